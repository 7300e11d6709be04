"""Passages that a library keeps in columns are as good as the tuple of them."""

from __future__ import annotations

import hashlib
import pickle
from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from texts.digests import _OWN
from texts.model import Passage, Passages, Span, Text

ROWS = st.lists(st.tuples(st.integers(0, 99), st.integers(1, 99), st.integers(0, 9)))


def columns(rows: list[tuple[int, int, int]]) -> Passages:
    starts, ends, numbers = (array("I", [row[column] for row in rows]) for column in range(3))
    return Passages(starts, ends, numbers)


@given(ROWS)
def test_they_equal_the_tuple_one_by_one_and_altogether(rows: list[tuple[int, int, int]]) -> None:
    kept = columns(rows)
    plain = tuple(Passage(Span(start, end), number or None) for start, end, number in rows)
    assert [kept[place] for place in range(len(kept))] == list(plain)
    assert (tuple(kept), kept[1:], hash(kept)) == (plain, plain[1:], hash(plain))
    assert kept == plain
    assert plain == kept
    assert kept != (*plain, Passage(Span(0, 1), None))
    assert pickle.loads(pickle.dumps(kept)) == kept


def test_there_is_none_beyond_the_last() -> None:
    with pytest.raises(IndexError):
        columns([(0, 1, 1)])[1]


@given(st.integers(-1, 12))
def test_a_text_finds_the_passage_of_an_offset_alike_in_columns_and_in_a_tuple(offset: int) -> None:
    kept = columns([(0, 3, 1), (5, 8, 0), (9, 11, 2)])
    in_columns, in_a_tuple = (
        Text("slug", "", "", "", "one  two two", passages) for passages in (kept, tuple(kept))
    )
    assert in_columns == in_a_tuple
    assert in_columns.passage_at(offset) == in_a_tuple.passage_at(offset)
    assert in_columns.numbered == in_a_tuple.numbered == (kept[0], kept[2])


@given(st.integers(0, 12), st.integers(0, 12))
def test_a_text_knows_which_passages_a_span_touches(start: int, end: int) -> None:
    kept = columns([(0, 3, 1), (5, 8, 0), (9, 11, 2)])
    span = Span(min(start, end), max(start, end))
    shared = [each for each in kept if set(range(*each.span)) & set(range(*span))]
    assert list(Text("slug", "", "", "", "one  two two", kept).touched(span)) == shared


@given(
    st.text(st.characters(exclude_categories=("Cs",))),
    st.sampled_from([0, 2, 500]),
    st.sampled_from([(), _OWN]),
)
def test_the_digest_of_a_body_hangs_neither_on_pieces_nor_on_who_digests(
    body: str, long: int, own: tuple[str, ...]
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("texts.digests._PIECE", 3)
        patch.setattr("texts.digests._LONG", long)
        patch.setattr("texts.digests._OWN", own)
        digest = Text("slug", "", "", "", body, ()).sha256
    assert digest == hashlib.sha256(body.encode()).hexdigest()


def test_the_words_of_a_text_are_not_written_out_where_it_is_named() -> None:
    text = Text("slug", "", "", "", "a secret", (Passage(Span(0, 8), 1),))
    assert repr(text) == "<Text slug: 8 code points in 1 passages>"
