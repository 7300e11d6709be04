"""Coverage, the alignment map, tags, and the whole comparison as plain data."""

from __future__ import annotations

import json
from collections.abc import Collection

import pytest
from hypothesis import given
from hypothesis import strategies as st

from texts.articles import articles
from texts.compare import (
    Overrides,
    Tagged,
    alignment_map,
    compare,
    coverage,
    read,
    tag_table,
)
from texts.compare.tables import how_coverage
from texts.compare.to_json import to_json
from texts.model import Span, Text
from texts.relate import Cancelled, Related, relate
from texts.segment import passages
from tui.view.tables import tag_tables

NOWHERE = Span(0, 1)
TAGGED = st.lists(
    st.builds(
        lambda tag, text, passage, start, length: Tagged(tag, text, passage, Span(start, start + length)),
        st.sampled_from(["actor", "actor/maliki", "oil", "war"]),
        st.sampled_from(["left", "right", "elsewhere"]),
        st.one_of(st.none(), st.integers(1, 4)),
        st.integers(0, 40),
        st.integers(1, 20),
    ),
    max_size=20,
)


def text(count: int, slug: str = "text") -> Text:
    """A text of so many passages."""
    body = "\n\n".join(f"Passage {number}." for number in range(count))
    return Text(slug, slug, "", "", body, passages(body, furniture=False))


def related(left: int, right: int, score: float) -> Related:
    """A pair of passages."""
    return Related(left, right, score, NOWHERE, NOWHERE)


PAIRS = st.lists(
    st.builds(related, st.integers(1, 7), st.integers(1, 5), st.integers(1, 100).map(float)), max_size=20
)


def test_a_passage_is_covered_by_what_reaches_the_threshold() -> None:
    pairs = [related(1, 2, 80), related(1, 1, 90), related(2, 2, 40)]
    found = coverage(text(3), text(2), pairs, min_score=50)
    assert [(covered.passage, covered.counterparts, covered.score) for covered in found.left] == [
        (1, (1, 2), 90),
        (2, (), 40),
        (3, (), 0),
    ]
    assert [covered.counterparts for covered in found.right] == [(1,), (1,)]
    assert [covered.passage for covered in found.left if covered.is_alone] == [2, 3]
    assert found.left_share == pytest.approx(1 / 3)
    assert found.right_share == 1


def test_what_a_reader_has_linked_is_covered_without_a_score() -> None:
    found = coverage(text(3), text(2), [related(1, 1, 80), related(2, 1, 30)], linked=[(2, 1), (3, 2)])
    assert [(covered.counterparts, covered.score) for covered in found.left] == [
        ((1,), 80),
        ((1,), 30),
        ((2,), 0),
    ]
    assert [covered.counterparts for covered in found.right] == [(1, 2), (3,)]
    assert found.left_share == 1


def test_what_a_reader_has_dismissed_covers_nothing() -> None:
    left, right = articles()
    relations = relate(left, right)
    best = relations.pairs()[0]
    found = compare(left, right, relations, dismissed={(best.left, best.right)}, linked=[(1, 1)])
    assert (best.left, best.right) not in {(pair.left, pair.right) for pair in found.related}
    assert best.right not in found.coverage.left[best.left - 1].counterparts
    assert found.alignment_map(width=99, height=99).rows[0][0].linked


def test_an_empty_text_covers_nothing() -> None:
    found = coverage(text(0), text(2), [])
    assert (found.left, found.left_share, found.right_share) == ((), 0, 0)


@given(PAIRS)
def test_coverage_is_mutual(pairs: list[Related]) -> None:
    found = coverage(text(7), text(5), pairs)
    here = {(covered.passage, other) for covered in found.left for other in covered.counterparts}
    there = {(other, covered.passage) for covered in found.right for other in covered.counterparts}
    assert here == there


def test_a_map_of_few_passages_has_a_cell_for_each_pair() -> None:
    found = alignment_map(text(3), text(2), [related(3, 1, 70)], width=40, height=20, links=[(1, 2)])
    assert [[cell.score for cell in row] for row in found.rows] == [[0, 0, 70], [0, 0, 0]]
    assert [[cell.linked for cell in row] for row in found.rows] == [
        [False, False, False],
        [True, False, False],
    ]
    assert [[(cell.left, cell.right) for cell in row] for row in found.rows] == [
        [(1, 1), (2, 1), (3, 1)],
        [(1, 2), (2, 2), (3, 2)],
    ]


def test_a_map_of_many_passages_shows_the_best_of_each_cell() -> None:
    pairs = [related(1, 1, 60), related(2, 2, 90), related(10, 10, 50)]
    found = alignment_map(text(10), text(10), pairs, width=5, height=5)
    assert (found.width, found.height) == (5, 5)
    assert (found.rows[0][0].score, found.rows[0][0].left) == (90, 2)
    assert found.rows[4][4].score == 50
    assert found.place(10, 1) == (0, 4)


def test_a_map_of_an_empty_text_has_no_cells() -> None:
    assert alignment_map(text(0), text(3), [], width=5, height=5).rows == ()


@given(PAIRS, st.integers(1, 9), st.integers(1, 9))
def test_every_pair_shows_in_its_cell(pairs: list[Related], width: int, height: int) -> None:
    found = alignment_map(text(7), text(5), pairs, width=width, height=height)
    assert (found.width, found.height) == (min(width, 7), min(height, 5))
    for pair in pairs:
        row, column = found.place(pair.left, pair.right)
        assert found.rows[row][column].score >= pair.score
    for row_number, row in enumerate(found.rows):
        for column, cell in enumerate(row):
            assert found.place(cell.left, cell.right) == (row_number, column)


def test_tags_are_counted_where_they_are_and_where_they_meet() -> None:
    marks = [
        Tagged("war", "left", 1, Span(0, 10)),
        Tagged("oil", "left", 1, Span(5, 15)),
        Tagged("oil", "left", 2, Span(30, 40)),
        Tagged("war", "right", 1, Span(0, 5)),
        Tagged("oil", "elsewhere", 1, Span(0, 5)),
    ]
    table = tag_table(marks, ("left", "right"))
    assert table.counts == {"oil": (2, 0), "war": (1, 1)}
    assert [(pair.one, pair.other, pair.passages, pair.overlapping) for pair in table.together] == [
        ("oil", "war", 1, 1)
    ]
    assert table.only("left") == ("oil",)
    assert table.only("right") == ()


def test_a_tag_of_one_text_only_says_so_and_is_set_off() -> None:
    marks = [Tagged("war", "left", 1, Span(0, 10)), Tagged("war", "right", 1, Span(0, 5))]
    marks.append(Tagged("oil", "left", 1, Span(5, 15)))
    counted, met = tag_tables(tag_table(marks, ("left", "right")), "left", "right", marks)
    assert [(row.cells, row.is_strong) for row in counted.rows] == [
        (("oil", "1", "0", "only in 1"), True), (("war", "1", "1", ""), False),
    ]  # fmt: skip
    assert [row.places.left for row in met.rows] == [(Span(0, 10), Span(5, 15))]


def test_tags_that_touch_do_not_overlap_and_furniture_is_no_passage() -> None:
    marks = [Tagged("oil", "left", None, Span(0, 5)), Tagged("war", "left", None, Span(5, 9))]
    assert tag_table(marks, ("left", "right")).together == ()


@given(TAGGED)
def test_tags_that_meet_are_counted_as_by_hand(marks: list[Tagged]) -> None:
    table = tag_table(marks, ("left", "right"))
    mine = [mark for mark in marks if mark.text != "elsewhere"]
    assert sum(map(sum, table.counts.values())) == len(mine)
    for pair in table.together:
        ones = [mark for mark in mine if mark.tag == pair.one]
        others = [mark for mark in mine if mark.tag == pair.other]
        meeting = [(one, other) for one in ones for other in others if one.text == other.text]
        assert pair.overlapping == sum(one.span.overlaps(other.span) for one, other in meeting)
        shared = {(one.text, one.passage) for one, other in meeting if one.passage == other.passage}
        assert pair.passages == len({place for place in shared if place[1] is not None})
        assert pair.one < pair.other


def test_a_comparison_is_plain_data_with_the_names_that_scripts_rely_on() -> None:
    left, right = articles()
    marks = [Tagged("actor/maliki", left.slug, 7, Span(10, 20))]
    comparison = compare(left, read(right), relate(left, right), tagged=marks)
    found = json.loads(json.dumps(to_json(comparison)))
    assert list(found) == ["names", "distinctive", "coverage", "reuse", "tags"]
    maliki = next(name for name in found["names"] if name["name"] == "Maliki")
    assert maliki["left"]["count"] == len(maliki["left"]["spans"]) > 0
    assert {spelling["written"] for spelling in maliki["spellings"]} == {
        "Maliki",
        "Nouri Maliki",
        "Nuri al-Maliki",
    }
    places = (left.passage_at(start) for start, _ in maliki["left"]["spans"])
    assert maliki["left"]["passages"] == sorted({place.number for place in places if place and place.number})
    for start, end in maliki["right"]["spans"]:
        assert right.body[start:end].endswith("Maliki")
    assert found["reuse"][0]["quote"].endswith("Levant")
    assert found["tags"]["only"] == {left.slug: ["actor/maliki"], right.slug: []}
    assert len(found["coverage"]["left"]["passages"]) == len(left.numbered)
    assert {"left", "right", "shared"} == set(found["distinctive"])


def test_the_readers_word_on_names_reaches_the_comparison() -> None:
    left, right = articles()
    comparison = compare(left, right, relate(left, right), overrides=Overrides().part("Tehran", "Teheran"))
    labels = {name.label for name in comparison.names}
    assert {"Tehran", "Teheran"} <= labels


def test_empty_texts_compare_as_nothing() -> None:
    empty = text(0)
    comparison = compare(empty, empty, relate(empty, empty))
    assert comparison.names == ()
    assert comparison.reuse == ()
    assert comparison.coverage.left == ()
    assert to_json(comparison)["names"] == []


def test_progress_goes_up_to_the_end_and_any_step_can_be_the_last() -> None:
    left, right = articles()
    relations = relate(left, right)
    shares: list[float] = []
    compare(left, right, relations, progress=shares.append)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    for stop in range(len(shares)):
        told: list[float] = []
        with pytest.raises(Cancelled):
            compare(left, right, relations, progress=told.append, cancelled=lambda: len(told) == stop)  # noqa: B023
        assert told == shares[:stop]


def in_order(count: int, *, but: Collection[int] = ()) -> list[Related]:
    """Each passage related to the one with its number, but for some."""
    return [related(number, number, 90) for number in range(1, count + 1) if number not in but]


def test_what_stands_alone_across_from_what_stands_alone_may_have_a_counterpart() -> None:
    found = coverage(text(20), text(20), in_order(20, but=(4, 9, 10)))
    assert (found.unsure, found.left_share) == (3, 0.85)
    assert found.shares_at_most == pytest.approx((1, 1))
    assert "Up to 3 more of each text" in how_coverage(found)


def test_what_has_nothing_across_from_it_has_no_counterpart() -> None:
    pairs = [related(number, number - (number > 5), 90) for number in range(1, 21) if number != 5]
    found = coverage(text(20), text(19), pairs)
    assert (found.unsure, found.shares_at_most) == (0, (0.95, 1))
    assert "may have one" not in how_coverage(found)


def test_of_two_texts_without_an_order_nothing_is_said_of_what_stands_alone() -> None:
    upside_down = [related(number, 21 - number, 90) for number in range(1, 21) if number % 4]
    assert coverage(text(20), text(20), upside_down).unsure == 0
    assert coverage(text(9), text(9), in_order(9, but=range(5, 10))).unsure == 0


@given(PAIRS)
def test_no_more_passages_are_unsure_than_stand_alone(pairs: list[Related]) -> None:
    found = coverage(text(7), text(5), pairs)
    assert found.unsure <= min(sum(each.is_alone for each in side) for side in (found.left, found.right))
    assert max(found.shares_at_most) <= 1


def test_how_far_a_comparison_is_is_said_after_each_part() -> None:
    left, right = articles()
    told: list[float] = []
    compare(left, right, relate(left, right), progress=told.append)
    assert told == [0.2, 0.4, 0.6, 0.9, 1.0]
