"""Texts cut into sections: nothing is lost, nothing is too long, and joined they are the text again."""

from __future__ import annotations

from array import array

from hypothesis import given
from hypothesis import strategies as st

from texts.corpus.corpus_texts import CorpusText
from texts.corpus.sections import LONGEST_PIECE, MOST_PASSAGES, joined, sections_of
from texts.load import load_bytes
from texts.model import Passages, Text


def text_of(body: str) -> Text:
    return load_bytes(body.encode(), "one.txt")


@given(
    st.lists(
        st.sampled_from(["Share this article", "A line of a poem,", "Words and more words. " * 30]),
        max_size=40,
    )
)
def test_the_sections_of_a_text_are_the_text(paragraphs: list[str]) -> None:
    text = text_of("A beginning.\n\n" + "\n\n".join(paragraphs))
    whole = joined(list(sections_of(text)), CorpusText(text.slug, text.title, text.author, text.source))
    assert whole.body == text.body
    assert list(whole.passages) == list(text.passages)


def test_a_long_text_is_cut_and_its_passages_keep_their_numbers() -> None:
    text = text_of("\n\n".join(f"Passage number {n} of a book." for n in range(1, 301)))
    sections = list(sections_of(text))
    assert [len(section.numbers()) for section in sections] == [
        MOST_PASSAGES,
        MOST_PASSAGES,
        300 - 2 * MOST_PASSAGES,
    ]
    assert [number for section in sections for number in section.numbers()] == list(range(1, 301))
    assert (
        sections[1].as_text("one").quote(sections[1].as_text("one").passage(1).span)
        == "Passage number 129 of a book."
    )


def test_a_passage_without_an_end_is_cut_at_blanks() -> None:
    text = text_of("word " * 10_000)
    sections = list(sections_of(text))
    pieces = [piece for section in sections for piece in section.pieces]
    assert len(pieces) == 17
    assert all(piece.span.end - piece.span.start <= LONGEST_PIECE and piece.number == 1 for piece in pieces)
    assert list(joined(sections, CorpusText("one")).passages) == list(text.passages)


def test_a_section_ends_before_the_passage_with_which_it_would_be_too_long() -> None:
    for last, ends in (
        (3_000, 1),
        (3_001, 2),
    ):  # with the blank lines it is just as long as may be, or longer
        paragraphs = ["x" * 9_848] * 20 + ["y" * last]
        text = text_of("\n\n".join(paragraphs))
        assert len(text.body) == 197_000 + last
        assert len(list(sections_of(text))) == ends


def test_a_piece_is_as_long_as_may_be_and_begins_after_a_blank() -> None:
    def pieces(body: str) -> list[str]:
        passages = Passages(array("I", [0]), array("I", [len(body)]), array("I", [1]))
        (section,) = sections_of(Text("one", "", "", "", body, passages))
        return [section.body[slice(*piece.span)] for piece in section.pieces]

    whole = "x" * LONGEST_PIECE
    assert pieces(whole) == [whole]
    assert pieces(whole + "y") == [whole, "y"]
    assert pieces("ab " + "x" * (LONGEST_PIECE - 3) + "y") == ["ab", "x" * (LONGEST_PIECE - 3) + "y"]
    assert pieces("a\nb\nc" + "x" * LONGEST_PIECE) == ["a\nb", "c" + "x" * (LONGEST_PIECE - 1), "x"]


def test_a_text_without_passages_is_a_section_of_its_own() -> None:
    text = Text("one", "", "", "", "", text_of("x").passages[:0])
    (section,) = sections_of(text)
    assert (section.start, section.body, section.numbers()) == (0, "", [])
