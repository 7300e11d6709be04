"""Pairs of passages as lines of JSON: they come back as they were, and what is none says why."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from texts.corpus.json_lines import LineError, decoded
from texts.corpus.pairs import VERDICTS, Pair, PairEvidence, PairSide, Verdict, from_json, pair_of, to_json
from texts.model import Span

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
spans = st.tuples(st.integers(0, 2**40), st.integers(0, 2**40)).map(lambda ends: Span(*sorted(ends)))
scores = st.integers(0, 1000).map(lambda tenths: tenths / 10)
places = st.one_of(st.just((None, None)), spans)


@st.composite
def sides(draw: st.DrawFn) -> PairSide:
    start, end = draw(places)
    return PairSide(
        draw(words.filter(bool)),
        draw(st.none() | st.integers(1, 10**6)),
        start,
        end,
        draw(words),
        draw(st.none() | spans),
        *(draw(words) for _ in range(9)),
    )


verdicts = st.builds(
    Verdict,
    st.sets(st.sampled_from(VERDICTS)).map(lambda said: tuple(each for each in VERDICTS if each in said)),
    words,
    st.lists(words, max_size=2).map(tuple),
    words,
    words,
    words,
)
pairs = st.builds(
    Pair,
    sides(),
    sides(),
    scores,
    st.lists(st.builds(PairEvidence, spans, spans, scores), max_size=3).map(tuple),
    words,
    words,
    st.integers(0, 2**40),
    st.none() | verdicts,
)

SIDE = {"text": "a", "passage": 1, "start": 0, "end": 3, "quote": "The", "sentence": [0, 3]}
PAIR = {"left": SIDE, "right": SIDE, "score": 91.0, "evidence": []}


@given(pairs)
def test_a_pair_comes_back_from_its_line_as_it_was(pair: Pair) -> None:
    assert pair_of(json.dumps(to_json(pair)).encode()) == pair


@given(
    st.binary(max_size=80)
    | st.recursive(
        st.none() | st.floats() | st.text() | st.integers(),
        lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from([*PAIR, *SIDE]), inner),
    ).map(lambda value: json.dumps(value).encode())
)
def test_what_is_no_pair_is_refused_and_nothing_else_happens(line: bytes) -> None:
    with suppress(LineError):
        pair_of(line)


def test_what_related_prints_is_a_pair() -> None:
    assert from_json(PAIR).left == PairSide("a", 1, 0, 3, "The", Span(0, 3))
    assert PAIR.items() <= {**to_json(from_json(PAIR)), "left": SIDE, "right": SIDE}.items()
    assert SIDE.items() <= to_json(from_json(PAIR))["left"].items()


def test_every_pair_has_the_same_keys() -> None:
    """Programs that take the columns from the first lines would pass over a key that comes first after them."""
    verdict = Verdict(("linked",), tags=("a",))
    side = PairSide("a", 1, 0, 3, "The", title="A", date="1901")
    plain, full = to_json(from_json(PAIR)), to_json(Pair(side, side, 1.0, by="x", group="g", verdict=verdict))
    assert (plain.keys(), plain["left"].keys()) == (full.keys(), full["left"].keys())


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"[" * 100_000, "nested too deep"),
        (b'{"a":' * 100_000, "nested too deep"),
        (b'{"score": ' + b"9" * 5000 + b"}", "a number that is too long"),
        (b'{"left"', "is no JSON"),
        (b'{"left": "\xff"}', "is not UTF-8"),
        (b"[]", "is no JSON object"),
        (b"{}", "has no “left”"),
    ],
)
def test_hostile_lines_are_refused_in_words(line: bytes, reason: str) -> None:
    with pytest.raises(LineError, match=reason):
        pair_of(line)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"score": float("nan")}, "no number from 0 to 100"),
        ({"score": 10**400}, "no number from 0 to 100"),
        ({"score": -1}, "no number from 0 to 100"),
        ({"score": True}, "no number from 0 to 100"),
        ({"left": {**SIDE, "start": -1}}, "no whole number from 0 on"),
        ({"left": {**SIDE, "start": 9}}, "ends before it starts"),
        ({"left": {**SIDE, "start": None}}, "a place in “left” that is no whole number"),
        ({"left": {**SIDE, "end": None}}, "a place in “left” that is no whole number"),
        ({"left": {**SIDE, "end": 2**53}}, "a place in “left” that is no whole number"),
        ({"left": None}, "has no “left”"),
        ({"group_size": -1}, "a “group_size” that is no whole number"),
        ({"evidence": [[0, 1]]}, "evidence that is not two places"),
        ({"left": {**SIDE, "sentence": [1]}}, "not two offsets"),
        ({"left": {**SIDE, "text": ""}}, "which text “left” is of"),
        ({"evidence": {}}, "evidence that is no list"),
        ({"evidence": [{"left": [0, 1]}]}, "not two offsets"),
    ],
)
def test_fields_that_cannot_be_are_refused(changes: dict[str, object], reason: str) -> None:
    with pytest.raises(LineError, match=reason):
        from_json(PAIR | changes)


def test_halves_of_surrogate_pairs_become_a_character_that_files_can_hold() -> None:
    line = json.dumps(PAIR | {"left": {**SIDE, "quote": "a\ud800b", "title": "\udfff"}}).encode()
    pair = pair_of(line)
    assert (pair.left.quote, pair.left.title) == ("a\ufffdb", "\ufffd")


def test_a_line_is_one_object() -> None:
    with pytest.raises(LineError, match="is no JSON"):
        decoded(b'{"a": 1} {"b": 2}')
