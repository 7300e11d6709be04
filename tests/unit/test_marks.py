"""Marks are found on every row that they touch, and by no other."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from texts.model import Span
from tui.view.marks import Mark, Marks, stretches

spans = st.tuples(st.integers(0, 400), st.integers(1, 120)).map(lambda pair: Span(pair[0], pair[0] + pair[1]))
parts = st.lists(spans, min_size=1, max_size=3).map(lambda found: tuple(sorted(found)))
many = st.lists(parts, max_size=200).map(
    lambda all: [Mark(n, each, "sky", "A") for n, each in enumerate(all)]
)


def touching(marks: list[Mark], start: int, end: int) -> set[int]:
    return {mark.id for mark in marks if any(first < end and start < last for first, last in mark.parts)}


@given(many, spans)
def test_marks_within_a_range_are_those_that_touch_it(marks: list[Mark], wanted: Span) -> None:
    found = Marks(marks).within(*wanted)
    assert {mark.id for mark in found} == touching(marks, *wanted)
    lengths = [mark.inwardness for mark in found]
    assert lengths == sorted(lengths), "innermost first"


@given(many, many, st.sets(st.integers(0, 220)), spans)
def test_putting_and_dropping_is_as_building_anew(
    marks: list[Mark], more: list[Mark], dropped: set[int], wanted: Span
) -> None:
    kept = Marks(marks)
    for mark in more:
        kept.put(mark)
    for id in dropped:
        kept.drop(id)
    there = {mark.id: mark for mark in [*marks, *more] if mark.id not in dropped}
    anew = Marks(there.values())
    assert len(kept) == len(anew) == len(there)
    assert kept.within(*wanted) == anew.within(*wanted)
    assert kept.at(wanted.start) == anew.at(wanted.start)
    assert kept.starting(*wanted) == anew.starting(*wanted)


@given(many, spans)
def test_stretches_tell_the_innermost_mark_of_every_offset(marks: list[Mark], wanted: Span) -> None:
    kept = Marks(marks)
    found = stretches(kept.within(*wanted), *wanted)
    for offset in range(*wanted):
        here = [each for each in found if each.start <= offset < each.end]
        at = kept.at(offset)
        assert [each.innermost for each in here] == at[:1]
        assert [each.overlap for each in here] == [_overlap(at, offset)] * len(here)


def _overlap(at: list[Mark], offset: int) -> bool:
    return sum(part.holds(offset) for mark in at for part in mark.parts) > 1


@given(many, st.integers(-5, 600))
def test_walking_from_mark_to_mark_meets_each_place_once(marks: list[Mark], offset: int) -> None:
    kept = Marks(marks)
    starts = sorted({mark.span.start for mark in marks})
    walked = []
    place = -1
    while (mark := kept.next(place, 1)) is not None:
        place = mark.span.start
        walked.append(place)
    assert walked == starts
    before = kept.next(offset, -1)
    assert (before.span.start if before else None) == max((s for s in starts if s < offset), default=None)


def test_a_predicate_chooses() -> None:
    kept = Marks([Mark(1, (Span(0, 5),), "", ""), Mark(2, (Span(10, 15),), "", "", note=True)])
    found = kept.next(-1, 1, lambda mark: mark.note)
    assert found is not None
    assert found.id == 2
    assert kept.next(10, 1, lambda mark: mark.note) is None


def test_dropping_what_is_not_there_changes_nothing() -> None:
    kept = Marks([Mark(1, (Span(0, 5),), "", "")])
    assert kept.drop(7) is None
    assert len(kept) == 1


def test_an_empty_row_inside_a_mark_has_no_stretches() -> None:
    assert stretches([Mark(1, (Span(0, 10),), "sky", "S")], 5, 5) == []


@given(many, st.integers(0, 520))
def test_the_next_mark_and_the_one_before_are_the_nearest_that_begin_there(
    marks: list[Mark], offset: int
) -> None:
    kept = Marks(marks)
    firsts = {mark.parts[0].start for mark in marks}
    after, before = kept.next(offset, 1), kept.next(offset, -1)
    assert (after and after.parts[0].start) == min((at for at in firsts if at > offset), default=None)
    assert (before and before.parts[0].start) == max((at for at in firsts if at < offset), default=None)
    even = kept.next(offset, 1, lambda mark: mark.id % 2 == 0)
    starts = [mark.parts[0].start for mark in marks if mark.id % 2 == 0 and mark.parts[0].start > offset]
    assert (even and even.parts[0].start) == min(starts, default=None)


def test_a_thousand_put_one_by_one_are_found_as_if_given_at_once() -> None:
    marks = [
        Mark(n, (Span(n * 37 % 1009 * 5, n * 37 % 1009 * 5 + 4 + n % 9),), "sky", "A") for n in range(1000)
    ]
    kept, anew = Marks(), Marks(marks)
    for mark in marks:
        kept.put(mark)
        assert mark in kept.within(*mark.parts[0])
    assert kept.starts() == anew.starts() == sorted(mark.parts[0].start for mark in marks)
    for start in range(0, 5100, 50):
        assert [each.id for each in kept.within(start, start + 60)] == [
            each.id for each in anew.within(start, start + 60)
        ]
        assert kept.next(start, 1) == anew.next(start, 1)
        assert kept.next(start, -1) == anew.next(start, -1)
    for mark in marks[::-2]:
        kept.drop(mark.id)
    assert kept.starts() == sorted(mark.parts[0].start for mark in marks[::2])
