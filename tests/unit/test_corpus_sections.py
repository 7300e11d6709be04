"""Texts cut into sections: nothing is lost, nothing is too long, and joined they are the text again."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from texts.corpus.corpus_texts import CorpusText
from texts.corpus.sections import LONGEST_PIECE, MOST_PASSAGES, joined, sections_of
from texts.load import load_bytes
from texts.model import Text


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
    assert len(pieces) == 5
    assert all(piece.span.end - piece.span.start <= LONGEST_PIECE and piece.number == 1 for piece in pieces)
    assert list(joined(sections, CorpusText("one")).passages) == list(text.passages)
