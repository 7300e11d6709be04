"""How far two readers agree: worked examples of the papers, hand-made ones, and a second way to count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import permutations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from texts.agreement import (
    UNTAGGED,
    Agreement,
    Codes,
    Common,
    MarkedSpan,
    OnSets,
    Read,
    Tally,
    agreement,
    alpha,
    kappa,
    masi,
    stretches,
)
from texts.model import Passage, Span, Text
from texts.segment import passages

BODY = """The old mill burned on Monday. Nobody was hurt.

The mayor spoke. The crowd wept.

Its wheel was the largest."""
"""Three passages: five sentences."""


def text_of(body: str, slug: str = "mill") -> Text:
    """A text without furniture."""
    return Text(slug, "", "", "", body, passages(body, furniture=False))


MILL = text_of(BODY)


def mark(words: str, *tags: str, text: Text = MILL) -> MarkedSpan:
    """A highlight on these words, parts of which are parted by ` … `."""
    starts = [(text.body.index(part), len(part)) for part in words.split(" … ")]
    return MarkedSpan(tuple(Span(start, start + length) for start, length in starts), tags)


def compared(one: Sequence[MarkedSpan], other: Sequence[MarkedSpan], text: Text = MILL) -> Agreement:
    return agreement([Read(text, one, other)])


# the coefficients, by the examples of their papers


def table(one: str, other: str) -> Counter[tuple[str, str]]:
    """What two observers said of the units in order, a letter a unit."""
    return Counter(zip(one, other, strict=True))


def test_alpha_of_krippendorffs_binary_example() -> None:
    """Krippendorff 2011, A: two observers, ten units."""
    assert alpha(table("0100000010", "1110010000")) == pytest.approx(0.095, abs=0.0005)


def test_alpha_of_krippendorffs_nominal_example() -> None:
    """Krippendorff 2011, B: two observers, twelve units, five values; 310 / 448 by hand."""
    found = alpha(table("aabbdcccedda", "babbbccceddd"))
    assert found == pytest.approx(310 / 448)
    assert found == pytest.approx(0.692, abs=0.0005)


def test_kappa_of_a_two_by_two_table_by_hand() -> None:
    """Of 50 units both accept 20, both refuse 15: observed 0.7, by chance 0.5 × 0.6 + 0.5 × 0.4 = 0.5."""
    found = {("y", "y"): 20, ("y", "n"): 5, ("n", "y"): 10, ("n", "n"): 15}
    assert kappa(found) == pytest.approx(0.4)


def test_kappa_of_three_values_by_hand() -> None:
    """Cohen's own layout: the shares 60/100, 30/100, 10/100 of both; observed 66, expected 46 of 100."""
    found = {
        ("a", "a"): 44, ("a", "b"): 10, ("a", "c"): 6,
        ("b", "a"): 12, ("b", "b"): 18, ("b", "c"): 0,
        ("c", "a"): 4, ("c", "b"): 2, ("c", "c"): 4,
    }  # fmt: skip
    observed, expected = 66 / 100, (60 * 60 + 30 * 30 + 10 * 10) / 100**2
    assert kappa(found) == pytest.approx((observed - expected) / (1 - expected))


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("", "", 0),
        ("a", "a", 0),
        ("a", "", 1),
        ("a", "b", 1),
        ("a", "ab", 1 - 2 / 3 * 1 / 2),
        ("ab", "bc", 1 - 1 / 3 * 1 / 3),
        ("abc", "ab", 1 - 2 / 3 * 2 / 3),
    ],
)
def test_masi_of_sets(one: str, other: str, apart: float) -> None:
    """Passonneau 2006: Jaccard × 1 for equals, 2/3 for a subset, 1/3 where they cross, 0 where they share nothing."""
    assert masi(frozenset(one), frozenset(other)) == pytest.approx(apart)
    assert masi(frozenset(other), frozenset(one)) == pytest.approx(apart)


def by_pairs(table: Counter[tuple[Codes, Codes]], apart) -> float | None:
    """Alpha again, as its definition has it: every ordered pair of the values that were given, one by one."""
    units = list(table.elements())
    heap = [value for unit in units for value in unit]
    if len(heap) < 2:
        return None
    expected = sum(apart(*pair) for pair in permutations(heap, 2)) / (len(heap) * (len(heap) - 1))
    observed = sum(apart(*unit) for unit in units) / len(units)
    return 1 - observed / expected if expected else None


codes = st.frozensets(st.sampled_from("abc"))
tables = st.lists(st.tuples(codes, codes), max_size=12).map(Counter)


@given(tables)
def test_alpha_is_what_its_definition_gives(found: Counter[tuple[Codes, Codes]]) -> None:
    for apart in (masi, lambda one, other: float(one != other)):
        again = by_pairs(found, apart)
        if again is None:
            assert alpha(found, apart) is None
        else:
            assert alpha(found, apart) == pytest.approx(again)
    assert alpha(found) == pytest.approx(alpha(found, lambda one, other: float(one != other)))


@given(tables)
def test_coefficients_are_symmetric_and_never_above_one(found: Counter[tuple[Codes, Codes]]) -> None:
    turned = Counter({(other, one): number for (one, other), number in found.items()})
    for coefficient in (kappa, alpha, lambda each: alpha(each, masi)):
        value = coefficient(found)
        assert value is None or -1 <= value <= 1
        assert coefficient(turned) == (value if value is None else pytest.approx(value))


@given(st.lists(codes, min_size=1, max_size=12))
def test_coefficients_of_two_who_say_the_same_are_one_or_nothing(said: list[Codes]) -> None:
    found = Counter((each, each) for each in said)
    wanted = 1.0 if len(set(said)) > 1 else None
    assert kappa(found) == alpha(found) == alpha(found, masi) == wanted


# highlights to units


def test_characters_without_white_space_and_passages_are_counted() -> None:
    """“old mill” against “mill burned”: 7 + 10 characters, 4 in common; all in the first of three passages."""
    found = compared([mark("old mill")], [mark("mill burned")]).marked
    characters = len("".join(BODY.split()))
    assert found.characters == Tally(4, 3, 6, characters - 13)
    assert found.passages == Tally(1, 0, 0, 2)
    assert found.highlights == Common(one=1, other=1, one_met=1, other_met=1, same=0)


def test_figures_of_a_text_worked_out_by_hand() -> None:
    """Ten characters, one marks 4, the other 5, 3 of them the same: observed 7/10."""
    text = text_of("abcde fghij")
    found = compared([mark("abcd", text=text)], [mark("bcde f", text=text)], text).marked.characters
    assert found == Tally(3, 1, 2, 4)
    expected = 0.4 * 0.5 + 0.6 * 0.5
    assert found.agreed == 0.7
    assert found.kappa == pytest.approx((0.7 - expected) / (1 - expected))
    # Of 20 values 9 are yes: (n − 1) · o / (yes · no), o being the three units in which they part.
    assert found.alpha == pytest.approx(1 - 19 * 3 / (9 * 11))


def test_each_tag_is_a_question_of_its_own() -> None:
    """Overlapping highlights and highlights of several tags say all of their tags."""
    one = [mark("old mill burned", "fire"), mark("mill", "place", "fire")]
    other = [mark("mill", "place"), mark("The crowd", "people")]
    found = compared(one, other).tags
    assert list(found) == ["fire", "people", "place"]
    assert found["place"].characters[:3] == (4, 0, 0)
    assert found["place"].characters.kappa == 1.0
    assert found["place"].highlights == Common(1, 1, 1, 1, 1)
    assert found["fire"].characters[:3] == (0, 13, 0)
    assert found["fire"].highlights == Common(one=2, other=0, one_met=0, other_met=0, same=0)
    assert found["people"].passages == Tally(0, 0, 1, 2)
    assert found["people"].passages.kappa == 0


def test_tags_as_sets_give_credit_for_a_tag_in_common() -> None:
    """One passage is tagged a and ab, one alike, one not at all: by hand from the three pairs of sets."""
    one = [mark("old mill", "a"), mark("The mayor", "b")]
    other = [mark("old mill", "a", "b"), mark("The mayor", "b")]
    found = compared(one, other)
    heap = [frozenset(each) for each in ("a", "ab", "b", "b", "", "")]
    expected = sum(masi(*pair) for pair in permutations(heap, 2)) / 30
    assert found.as_sets.passages.alpha == pytest.approx(1 - (masi(heap[0], heap[1]) / 3) / expected)
    nominally = alpha(Counter(zip(heap[::2], heap[1::2], strict=True)))
    assert nominally is not None
    assert found.as_sets.passages.alpha > nominally
    assert found.as_sets.passages.agreed == pytest.approx(2 / 3)
    # The one says a, b and nothing, the other ab, b and nothing: two of nine pairs meet by chance.
    assert found.as_sets.passages.kappa == pytest.approx((2 / 3 - 2 / 9) / (1 - 2 / 9))


def test_a_highlight_without_a_tag_is_marked_and_adds_nothing_to_a_tag() -> None:
    alike = compared([mark("mill"), mark("mill", "place")], [mark("mill", "place")])
    assert alike.places == ()
    assert alike.tags[UNTAGGED].highlights == Common(1, 0, 0, 0, 0)
    assert alike.tags[UNTAGGED].characters.units == alike.marked.characters.units
    other = compared([mark("mill")], [mark("mill", "place")])
    assert other.marked.characters.kappa == 1.0
    assert len(other.places) == 1
    assert other.tags[UNTAGGED].characters[:3] == (0, 4, 0)


def test_a_highlight_with_gaps_does_not_mark_its_gaps() -> None:
    found = compared([mark("old … burned")], [mark("mill")])
    assert found.marked.characters[:3] == (0, 9, 4)
    assert found.marked.highlights.one_met == 0


def test_furniture_takes_no_part() -> None:
    first, *rest = MILL.passages
    text = MILL._replace(passages=(Passage(first.span, None), *(Passage(p.span, p.number - 1) for p in rest)))
    text = Text(*text)
    found = compared([mark("old mill", "fire")], [mark("The crowd")], text)
    assert found.marked.highlights == Common(0, 1, 0, 0, 0)
    assert list(found.tags) == [UNTAGGED]
    assert found.marked.passages == Tally(0, 0, 1, 1)


def test_several_texts_are_taken_as_one() -> None:
    other = text_of("Harrow burned.", "harrow")
    found = agreement(
        [
            Read(MILL, [mark("mill")], [mark("mill")]),
            Read(other, [mark("Harrow", text=other)], []),
        ]
    )
    assert found.marked.characters[:3] == (4, 6, 0)
    assert found.marked.passages == Tally(1, 1, 0, 2)
    assert [place.text for place in found.places] == ["harrow"]


@pytest.mark.parametrize(
    ("one", "other"), [([], []), ([mark(BODY)], [mark(BODY)])], ids=["nothing", "everything"]
)
def test_who_both_mark_nothing_or_everything_cannot_be_measured(
    one: list[MarkedSpan], other: list[MarkedSpan]
) -> None:
    found = compared(one, other)
    for tally in (found.marked.characters, found.marked.passages):
        assert (tally.kappa, tally.alpha, tally.agreed) == (None, None, 1.0)
    assert found.as_sets == (OnSets(1.0, None, None),) * 2


def test_who_marks_nothing_agrees_by_chance_with_who_marks_something() -> None:
    found = compared([mark("mill", "place")], [])
    assert found.marked.characters.kappa == found.tags["place"].characters.kappa == 0


def test_no_text_at_all_is_no_error() -> None:
    found = agreement([])
    assert found.marked.characters == Tally(0, 0, 0, 0)
    assert found.marked.characters.kappa is None
    assert (found.tags, found.places) == ({}, ())


# the places


def quotes(found: Agreement) -> list[str]:
    return [place.quote for place in found.places]


def test_what_only_one_has_marked_is_a_place() -> None:
    (place,) = compared([mark("old mill", "place")], []).places
    assert (place.quote, place.passage, place.span) == ("old mill", 1, Span(4, 12))
    assert (place.one, place.other) == ({"place"}, frozenset())


def test_disagreements_of_one_sentence_are_one_place() -> None:
    """The one begins before the other and ends before it: two stretches, one place."""
    (place,) = compared([mark("The old mill", "fire")], [mark("mill burned on", "fire")]).places
    assert place.quote == "The old mill burned on"
    assert [MILL.quote(stretch.span) for stretch in place.stretches] == ["The old", "mill", "burned on"]
    assert place.one == place.other == {"fire"}, "they only differ in how far it reaches"


def test_disagreements_of_two_sentences_are_two_places() -> None:
    found = compared([mark("old mill"), mark("was hurt")], [mark("The mayor")])
    assert quotes(found) == ["old mill", "was hurt", "The mayor"]


def test_a_disagreement_that_runs_over_two_sentences_takes_those_of_both_along() -> None:
    found = compared([mark("Monday. Nobody", "a")], [mark("old mill", "b"), mark("hurt", "b")])
    assert quotes(found) == ["old mill burned on Monday. Nobody was hurt"]


def test_another_tag_on_the_same_words_is_a_place() -> None:
    (place,) = compared([mark("mill", "place")], [mark("mill", "building")]).places
    assert (place.one, place.other) == ({"place"}, {"building"})


def test_what_is_apart_in_two_passages_is_two_places() -> None:
    both = BODY[BODY.index("The crowd") : BODY.index(" was the largest")]
    found = compared([mark(both, "a")], [])
    assert [(place.passage, place.quote) for place in found.places] == [
        (2, "The crowd wept."),
        (3, "Its wheel"),
    ]


def test_a_space_more_is_no_disagreement() -> None:
    found = compared([mark("The mayor spoke.")], [mark("The mayor spoke. ")])
    assert found.places == ()
    assert found.marked.characters.kappa == 1.0


# any highlights at all

WORDS = st.lists(
    st.sampled_from(["mill.", "Fire", "was", "it?", "é́", "“Go!”", "\n\n", "\n", " ", "漢字"]), max_size=24
).map(" ".join)


@st.composite
def reads(draw: st.DrawFn) -> Read:
    """A text and what two readers have marked in it."""
    text = text_of(draw(WORDS))
    offsets = st.integers(0, len(text.body))
    parts = st.lists(st.tuples(offsets, offsets), min_size=1, max_size=2).map(
        lambda pairs: tuple(Span(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1])
    )
    tags = st.lists(st.sampled_from(["a", "b", "b/c"]), max_size=2, unique=True).map(tuple)
    marked = st.lists(st.builds(MarkedSpan, parts.filter(bool), tags), max_size=4)
    return Read(text, draw(marked), draw(marked))


def said(marked: Iterable[MarkedSpan], offset: int) -> Codes:
    """What a reader says of one character, found by looking at every highlight."""
    here = [each for each in marked if any(part.holds(offset) for part in each.parts)]
    tags = frozenset(tag for each in here for tag in each.tags)
    return tags or frozenset({UNTAGGED} if here else ())


@given(reads())
def test_figures_are_those_of_looking_at_every_character(read: Read) -> None:
    found = agreement([read])
    body = read.text.body
    units = [
        (said(read.one, offset), said(read.other, offset), passage.number)
        for passage in read.text.numbered
        for offset in range(*passage.span)
        if not body[offset].isspace()
    ]

    def tally(pairs: Iterable[tuple[bool, bool]]) -> Tally:
        counts = Counter(pairs)
        return Tally(*(counts[pair] for pair in product((True, False), repeat=2)))

    assert found.marked.characters == tally((bool(one), bool(other)) for one, other, _ in units)
    assert found.as_sets.characters.alpha == pytest.approx(by_pairs(Counter(u[:2] for u in units), masi))
    numbers = {number for *_, number in units}
    for label, figures in found.tags.items():
        assert figures.characters == tally((label in one, label in other) for one, other, _ in units)
        if label != UNTAGGED:  # of a passage it says nothing where a tag is said of it
            ones, others = ({u[2] for u in units if label in u[side]} for side in (0, 1))
            assert figures.passages == tally((number in ones, number in others) for number in numbers)


@given(reads())
def test_two_who_mark_the_same_agree_fully(read: Read) -> None:
    found = agreement([read._replace(other=read.one[::-1])])
    assert found.places == ()
    for figures in (found.marked, *found.tags.values()):
        for tally in (figures.characters, figures.passages):
            assert tally.agreed == 1.0
            assert tally.kappa in (1.0, None)
            assert tally.alpha == tally.kappa
        assert figures.highlights.same == figures.highlights.one == figures.highlights.one_met


@given(reads())
def test_the_order_of_the_readers_does_not_matter(read: Read) -> None:
    found, turned = agreement([read]), agreement([Read(read.text, read.other, read.one)])
    assert [place.span for place in found.places] == [place.span for place in turned.places]
    assert found.tags.keys() == turned.tags.keys()
    for label, figures in found.tags.items():
        assert figures.characters.kappa == pytest.approx(turned.tags[label].characters.kappa)
        assert figures.passages.alpha == pytest.approx(turned.tags[label].passages.alpha)
    assert found.as_sets.characters.alpha == pytest.approx(turned.as_sets.characters.alpha)


@given(reads())
def test_places_tell_all_that_is_not_agreed_on_and_nothing_else(read: Read) -> None:
    body = read.text.body
    apart = {
        offset
        for passage in read.text.numbered
        for offset in range(*passage.span)
        if not body[offset].isspace() and said(read.one, offset) != said(read.other, offset)
    }
    told: set[int] = set()
    end = -1
    for place in agreement([read]).places:
        assert place.span.start >= end, "places come in order and do not overlap"
        end = place.span.end
        assert place.quote == body[slice(*place.span)] == place.quote.strip()
        for stretch in place.stretches:
            offsets = {offset for offset in range(*stretch.span) if not body[offset].isspace()}
            assert all(said(read.one, offset) == stretch.one for offset in offsets)
            assert all(said(read.other, offset) == stretch.other for offset in offsets)
            if stretch.one != stretch.other:
                told |= offsets
    assert told == apart


@given(reads())
def test_stretches_cover_the_article(read: Read) -> None:
    body = read.text.body
    covered = "".join(body[slice(*each.span)] for each in stretches(read.text, read.one, read.other))
    assert "".join(covered.split()) == "".join(body.split())
