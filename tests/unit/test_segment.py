"""Paragraphs, sentences and words: where they begin and end, and that nothing falls between them."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from texts.model import Span
from texts.segment import front_matter_end, paragraphs, passages, sentences, words

PIECES = [
    "The tide came in.",
    "“We will go. We will not.”",
    "Mr. Ash",
    " ",
    "\n",
    "\n\n",
    "\t",
    "vol. 2",
    '"',
    "(",
    ")",
]
PIECES += [
    "’",
    "no end",
    "# Head",
    "---\n",
    "a: b\n",
    "U.S.",
    "…",
    "?!",
    "漢字。",
    "é",
    "\u00a0",
    "x" * 120,
    "1. ",
    "*",
]
BODIES = st.one_of(st.text(), st.lists(st.sampled_from(PIECES)).map("".join))


def quotes(body: str, spans: list[Span]) -> list[str]:
    return [body[span.start : span.end] for span in spans]


def split(body: str) -> list[str]:
    return quotes(body, sentences(body, Span(0, len(body))))


def blocks(body: str) -> list[str]:
    return quotes(body, paragraphs(body))


def covers(body: str, whole: Span, spans: list[Span]) -> bool:
    """Whether the spans are in order, apart, without white space at their edges, and leave only white space out."""
    left_out = list(body[whole.start : whole.end])
    for start, end in spans:
        left_out[start - whole.start : end - whole.start] = " " * (end - start)
    return (
        all(whole.start <= start < end <= whole.end for start, end in spans)
        and all(body[start:end] == body[start:end].strip() for start, end in spans)
        and all(left.end <= right.start for left, right in pairwise(spans))
        and not "".join(left_out).strip()
    )


@given(BODIES)
def test_paragraphs_cover_the_body(body: str) -> None:
    assert covers(body, Span(0, len(body)), paragraphs(body))


@given(BODIES)
def test_passages_are_the_paragraphs_numbered_without_gaps(body: str) -> None:
    found = passages(body)
    assert [passage.span for passage in found] == paragraphs(body)
    numbers = [passage.number for passage in found if passage.number is not None]
    assert numbers == list(range(1, len(numbers) + 1))


@given(BODIES, st.data())
def test_sentences_and_words_cover_any_span(body: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(body)))
    span = Span(start, data.draw(st.integers(start, len(body))))
    assert covers(body, span, sentences(body, span))
    letters = [body[word.start : word.end] for word in words(body, span)]
    assert "".join(filter(str.isalnum, "".join(letters))) == "".join(
        filter(str.isalnum, body[span.start : span.end])
    )


@pytest.mark.parametrize(
    "expected",
    [
        ["Mr. Ash went in.", "He saw U.S. forces there.", "See p. 5 for more.", "No.", "Yes!", "Oh."],
        ["It was so.", "… “We will go.", "We will not.”", "Then they left."],
        ["“Where?” he asked.", "“There!” she cried.", "“Is it so,” he said, “that we go?”", "Yes."],
        ['"One two.', 'Three four."', '"Five.', 'Six."', "'One.", "Two.'", "Three."],
        ["She said: “He must go.", "There is no other way.", "He should leave”.", "Nobody spoke."],
        ["He said: ‘It’s over.", "I’m gone.’", "The boys’ dogs’ tails.", "’Tis true."],
        ["See vol. 2 and ch. IV.", "Approx. 3 men.", "1. First.", "2. Second."],
        ["He cited it.[12]", "Then he left.¹", "And went."],
        ["日本語です。", "「次の文です。」", "そして。"],
        ["Ünïcödé — é.", "Größe.", "“Ça va?”", "Ñ."],
        ["He lives in the U.S. Mr. Ash does not.", "It was 5 p.m.", "We left on Jan. 5 with J. K. Rowe."],
        ["a line of verse\nwithout a stop\nand an end."],
    ],
    ids=lambda expected: expected[0][:20],
)
def test_sentences(expected: list[str]) -> None:
    assert split(" ".join(expected).replace("。 ", "。").replace("」 ", "」")) == expected


@pytest.mark.parametrize("body", ["", " ", "\n\n", "\u00a0\t"])
def test_white_space_has_no_sentence_and_no_paragraph(body: str) -> None:
    assert split(body) == []
    assert blocks(body) == []


def test_sentences_of_a_span_are_offsets_into_the_body() -> None:
    body = "é Before. ñ Inside one. “Inside two.” After."
    span = Span(body.index("ñ"), body.index(" After"))
    assert quotes(body, sentences(body, span)) == ["ñ Inside one.", "“Inside two.”"]


def test_words_have_inner_apostrophes_and_initials_their_dots() -> None:
    body = "Shi’ite-led U.S. troops’ al-Qa’ida, 1,000 snake_case."
    assert quotes(body, words(body, Span(0, len(body)))) == [
        *("Shi’ite", "led", "U.S.", "troops", "al", "Qa’ida", "1", "000", "snake", "case"),
    ]


def test_blank_lines_part_paragraphs_also_with_spaces_in_them() -> None:
    assert blocks("  One.  \n \t\n\u00a0\nTwo.\n\n\n\nThree.\n") == ["One.", "Two.", "Three."]


PROSE = (
    "The harbour lay quiet under a low sky while the crews unloaded the last of the grain and nobody on the quay "
    "spoke of the strike that had ended the day before, nor of the men who had not come back to work that morning."
)


@pytest.mark.parametrize("width", [40, 72, 100, 120, 140])
def test_wrapped_lines_are_one_paragraph(width: int) -> None:
    import textwrap

    wrapped = textwrap.fill(f"{PROSE} {PROSE}", width)
    assert blocks(wrapped) == [wrapped]
    assert blocks(f"{wrapped}\n\n{wrapped}\n") == [wrapped, wrapped]


def test_long_lines_without_blank_lines_are_paragraphs() -> None:
    lines = [PROSE, PROSE[:150] + ".", "A cross-heading", PROSE[40:]]
    assert blocks("\n".join(lines)) == lines
    assert blocks("Title\n\n" + "\n".join(lines)) == ["Title", *lines]


def test_two_long_lines_that_end_sentences_are_two_paragraphs() -> None:
    lines = ["So it went on, " * 8 + "and that was the end of it.", "Then it went on, " * 6 + "and so on."]
    assert blocks("\n".join(lines) + "\n\nTail.") == [*lines, "Tail."]


def test_verse_addresses_and_lists_are_one_paragraph_each() -> None:
    stanza = "The sea is calm,\nthe tide is full,\nthe moon lies fair"
    address = "Port Office\n12 Quay Street\nValletta"
    assert blocks(f"{stanza}\n\n{address}") == [stanza, address]


def test_a_text_without_blank_lines_has_a_paragraph_a_line() -> None:
    lines = [
        "First short line",
        "A second one that is rather longer than the first",
        "Third",
        "And the fourth.",
    ]
    assert blocks("\n".join(lines)) == lines


def test_a_column_of_words_is_not_wrapped_prose() -> None:
    assert len(blocks("short\n" * 50)) == 50


def test_scripts_without_spaces_are_not_taken_for_wrapped() -> None:
    lines = ["漢字の文章です" * 20, "次の段落です" * 9, "終わりの段落" * 15]
    assert blocks("\n".join(lines)) == lines


def test_markdown_headings_and_front_matter_stand_alone() -> None:
    body = "---\ntitle: Tides\n---\n# Tides\nThe sea is calm.\n## Ebb\nIt goes."
    assert blocks(body) == ["---\ntitle: Tides\n---", "# Tides", "The sea is calm.", "## Ebb", "It goes."]
    assert [passage.number for passage in passages(body)] == [None, 1, 2, 3, 4]
    assert [passage.number for passage in passages(body, furniture=False)] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    "body", ["---\n\nNo key here.\n---\n", "---\ntitle: x\n", "--- a\n", "-----\na: b\n-----\n", ""]
)
def test_a_rule_is_not_front_matter(body: str) -> None:
    assert front_matter_end(body) == 0


def test_one_passage_a_line_between_blank_lines() -> None:
    """As the sets of aligned passages are written: every paragraph one passage, whatever is in it."""
    lines = [
        "Share",
        "x" * 300,
        "—",
        "1. And",
        "# Not a heading?",
        "* * *",
        "“Yes.”",
        "---",
        "By Ann Ash",
        "a, b;",
    ]
    assert blocks("\n\n".join(lines) + "\n") == lines


def test_the_readers_word_stands_above_the_rule() -> None:
    body = "One thing is said here.\n\nAnother thing is said here.\n\nA third one."
    second = body.index("Another")
    assert [p.number for p in passages(body, overrides={second: True})] == [1, None, 2]
    assert [p.number for p in passages(body, furniture=False, overrides={second: True})] == [1, None, 2]
    front = "---\ntitle: Tides\n---\nThe sea."
    assert [p.number for p in passages(front, overrides={0: False})] == [1, 2]


def test_importing_segment_loads_no_furniture_and_nothing_heavy() -> None:
    code = (
        "import sys, texts.segment, texts.visible\n"
        "heavy = {'numpy', 'rapidfuzz', 'textual', 'rich', 'sqlite_utils', 'sentencex', 'texts.furniture'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
