"""The parts of anchoring: folding typography, comparing two versions, similarity of strings."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from texts.model import Span
from texts.reanchor.align import align, align_strings
from texts.reanchor.alignment import Alignment, SharedBlock
from texts.reanchor.folded_body import FoldedBody
from texts.reanchor.patience import longest_rise
from texts.reanchor.slide import is_sentence_edge, slide
from texts.reanchor.string_similarity import string_similarity
from texts.typography import fold_typography

TYPOGRAPHY = st.text(st.sampled_from("aBİ “”’'«–—-…. \u00a0\u2003\t\n\u00ad\u200b🦆"), max_size=60)
PROSE = st.lists(
    st.sampled_from(["the", "old", "a", "of", "no", "house", "wood\n\nstood", "here\nand", "there was"]),
    max_size=60,
).map(" ".join)


def sides(alignment: Alignment) -> tuple[list[Span], list[Span]]:
    """The stretches that the blocks take in each version, in order."""
    old = sorted(Span(b.old, b.old_end) for b in alignment.blocks)
    new = sorted(Span(b.new, b.new_end) for b in alignment.blocks)
    return old, new


@pytest.mark.parametrize(
    ("words", "folded"),
    [
        ("“Shi’ite” — ‘so’", "\"Shi'ite\" - 'so'"),
        ("wait… what", "wait... what"),
        ("a -- b\u00a0\u2003c", "a - b c"),
        ("soft\u00adhyphen\u200b", "softhyphen"),
        (" two\n \n paragraphs ", "two paragraphs"),
    ],
)
def test_typography_is_folded_and_letters_are_not(words: str, folded: str) -> None:
    assert fold_typography(words) == folded


@given(TYPOGRAPHY)
def test_the_key_has_a_code_point_for_each_of_the_text(body: str) -> None:
    folded = FoldedBody(body)
    assert len(folded.key) == len(folded.text)


@given(TYPOGRAPHY, st.integers(0, 60), st.integers(0, 60))
def test_a_span_carried_there_and_back_holds_itself(body: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(body)), min(other, len(body))))
    folded = FoldedBody(body)
    there = folded.into(Span(start, end))
    assert 0 <= there.start <= there.end <= len(folded.text)
    back = folded.back(there)
    assert 0 <= back.start <= back.end <= len(body)
    if fold_typography(body[start:end]):
        assert back.start <= start or not body[start : back.start].strip("\u00ad\u200b")
        assert back.end >= end or not body[back.end : end].strip("\u00ad\u200b")
        assert fold_typography(body[slice(*back)]) != ""


@given(st.text(st.sampled_from("ab c"), max_size=40), st.integers(0, 40), st.integers(0, 40))
def test_folding_even_words_keeps_every_offset(body: str, one: int, other: int) -> None:
    body = " ".join(body.split())
    span = Span(*sorted((min(one, len(body)), min(other, len(body)))))
    assert FoldedBody(body).into(span) == span


@given(PROSE, PROSE)
def test_blocks_are_in_bounds_and_overlap_in_neither_version(old: str, new: str) -> None:
    one, other = FoldedBody(old), FoldedBody(new)
    for spans, text in zip(sides(align(one, other)), (one.text, other.text), strict=True):
        assert all(0 <= span.start < span.end <= len(text) for span in spans)
        assert all(before.end <= after.start for before, after in pairwise(spans))


@given(st.permutations(["*", "the old house", "a", "of wood", "x", "there was no end of it", "ab"]), PROSE)
def test_blocks_of_moved_lines_overlap_nothing(lines: list[str], inserted: str) -> None:
    old = FoldedBody("*\nthe old house\na\nof wood\nx\nthere was no end of it\nab")
    for spans in sides(align(old, FoldedBody("\n".join([*lines[:3], inserted, *lines[3:]])))):
        assert all(before.end <= after.start for before, after in pairwise(spans))


@given(PROSE)
def test_a_version_compared_with_itself_is_one_block(body: str) -> None:
    folded = FoldedBody(body)
    expected = [SharedBlock(0, 0, len(folded.text))] if folded.text else []
    assert align_strings(folded.key, folded.key).blocks == expected


@given(PROSE, PROSE, st.integers(0, 200), st.integers(0, 60))
def test_what_is_left_of_a_span_comes_from_it(old: str, new: str, start: int, length: int) -> None:
    alignment = align(FoldedBody(old), FoldedBody(new))
    span = Span(start, start + length)
    for block in alignment.left_of(span):
        assert span.start <= block.old < block.old_end <= span.end
        assert block in alignment.origin_of(Span(block.new, block.new_end))


def test_moved_paragraphs_are_aligned() -> None:
    one, two = "The first paragraph, about nothing much.", "The second one is about something else."
    old, new = FoldedBody(f"{one}\n\n{two}\n\nEnd."), FoldedBody(f"{two}\n\n{one}\n\nEnd.")
    alignment = align(old, new)
    assert alignment.left_of(Span(0, len(one))) == [SharedBlock(0, new.text.index(one), len(one))]
    start = old.text.index(two)
    assert alignment.left_of(Span(start, start + len(two))) == [SharedBlock(start, 0, len(two))]


def test_unrelated_words_share_nothing() -> None:
    old = "Nobody had expected the ships before spring, and so the customs house was shut."
    new = "A committee met in autumn; its figures pleased whoever could make sense of them."
    assert sum(block.length for block in align_strings(old, new).blocks) < len(old) / 5


def test_near_is_beside_what_stood_beside() -> None:
    alignment = Alignment([SharedBlock(0, 10, 5), SharedBlock(20, 40, 5)])
    assert [alignment.near(offset) for offset in (0, 3, 12, 22, 99)] == [10, 13, 15, 42, 45]
    assert Alignment([]).near(7) == 7


@given(st.lists(st.integers(0, 12), max_size=9))
def test_the_longest_rise_rises_and_none_is_longer(numbers: list[int]) -> None:
    rise = longest_rise(numbers)
    assert rise == sorted(rise)
    assert all(numbers[one] < numbers[other] for one, other in pairwise(rise))
    best = [1] * len(numbers)
    for k, number in enumerate(numbers):
        best[k] = 1 + max((best[j] for j in range(k) if numbers[j] < number), default=0)
    assert len(rise) == max(best, default=0)


@given(st.text(max_size=40), st.text(max_size=40))
def test_string_similarity_goes_from_nothing_to_the_same(one: str, other: str) -> None:
    assert 0 <= string_similarity(one, other) <= 100
    assert (string_similarity(one, other) == 100) == (one == other)


def test_string_similarity_of_very_long_strings_goes_by_their_words() -> None:
    words = [f"word{k}" for k in range(4_000)]
    long = " ".join(words)
    assert string_similarity(long, " ".join(words[:3_000])) == pytest.approx(600 / 7)
    assert string_similarity(long, " ".join(f"other{k}" for k in range(4_000))) == 0


words = st.lists(
    st.sampled_from(
        [
            "the",
            "old",
            "mill",
            "burned",
            "on",
            "a",
            "cold",
            "night",
            "while",
            "nobody",
            "came",
            "to",
            "see",
            "it",
        ]
    ),
    min_size=4,
    max_size=14,
)


@given(words, words, words, st.data())
def test_a_sentence_is_not_torn_by_a_copy_of_it_with_another_word_that_comes_before_it(
    first: list[str], sentence: list[str], last: list[str], data: st.DataObject
) -> None:
    one, said, two = (" ".join(each).capitalize() + "." for each in (first, sentence, last))
    other = data.draw(st.integers(0, len(sentence) - 1))
    copy = " ".join([*sentence[:other], "zephyr", *sentence[other + 1 :]]).capitalize() + "."
    old, new = FoldedBody(f"{one} {said} {two}"), FoldedBody(f"{one} {copy} {said} {two}")
    start = len(one) + 1
    left = align(old, new).left_of(Span(start, start + len(said)))
    assert left == [SharedBlock(start, start + len(copy) + 1, len(said))]


@pytest.mark.parametrize(
    ("old", "new", "blocks", "put_in"),
    [
        ("x ab ac", "x ab ab ac", [(0, 0, 3), (3, 6, 4)], "ab "),  # begins after a blank
        ("a b. A c.", "a b. A d. A c.", [(0, 0, 6), (6, 11, 3)], "A d. "),  # a sentence
        ("ab ac", "ab ab ac", [(0, 0, 1), (1, 4, 4)], "ab "),  # from the beginning
        ("ca ba", "ca ba ba", [(0, 0, 4), (4, 7, 1)], " ba"),  # to the end
    ],
)
def test_what_was_put_in_is_something_whole(
    old: str, new: str, blocks: list[tuple[int, int, int]], put_in: str
) -> None:
    for one, other, turn in ((old, new, 1), (new, old, -1)):
        found = slide(
            one,
            other,
            [SharedBlock(*block[:2][::turn], block[2]) for block in blocks],
            frozenset(),
            frozenset(),
        )
        ours, theirs = list(one), list(other)
        for block in found:
            assert one[block.old : block.old + block.length] == other[block.new : block.new + block.length]
            for place in range(block.length):
                ours[block.old + place] = theirs[block.new + place] = ""
        assert "".join([*ours, *theirs]) == put_in


@pytest.mark.parametrize(
    ("before", "is_edge"),
    [
        ("it was. ", True),
        ("it was.) ", True),
        ('was!") ', True),
        ("it was.", False),
        ("it was) ", False),
        ("it, ", False),
    ],
)
def test_a_sentence_begins_after_a_stop_its_brackets_and_a_blank(before: str, is_edge: bool) -> None:
    assert is_sentence_edge(f"{before}And so on.", len(before)) is is_edge
