"""A comparison as tables: every number is there, each row fits its columns, and each table says how it is made."""

from __future__ import annotations

from dataclasses import replace

import pytest

from texts.articles import articles
from texts.compare import Comparison, Tagged, collate_passages, compare
from texts.compare.tables import HOW, TABLES, Table, changes, how_coverage, limited, pairs, tables
from texts.model import Span, Text
from texts.relate import relate
from texts.segment import passages


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    """Our two articles, with three tags on them and one link."""
    left, right = articles()
    marks = [
        Tagged("actor/maliki", left.slug, 7, Span(10, 20)),
        Tagged("oil", left.slug, 7, Span(15, 30)),
        Tagged("oil", right.slug, 2, Span(15, 30)),
    ]
    return compare(left, right, relate(left, right), tagged=marks, linked=[(1, 1)])


def by_id(comparison: Comparison) -> dict[str, Table]:
    """Its tables by name."""
    return {table.id: table for table in tables(comparison)}


def test_every_table_is_there_and_says_how_its_numbers_are_made(comparison: Comparison) -> None:
    found = tables(comparison)
    assert tuple(table.id for table in found) == TABLES == tuple(HOW)
    for table in found:
        assert table.title
        assert table.how
        assert "{" not in table.how
        assert all(len(row) == len(table.columns) for row in table.rows)
        assert len({column.id for column in table.columns}) == len(table.columns)
        for column, cells in zip(table.columns, zip(*table.rows, strict=True), strict=False):
            if column.is_number:
                assert all(isinstance(cell, int | float) for cell in cells), column


def test_names_have_their_spellings_counts_and_passages(comparison: Comparison) -> None:
    rows = {row["name"]: row for row in by_id(comparison)["names"].records()}
    maliki = rows["Maliki"]
    assert maliki["spellings"] == "Maliki 3+3; Nouri Maliki 1+0; Nuri al-Maliki 0+1"
    assert (maliki["left"], maliki["right"]) == (4, 4)
    assert maliki["left_passages"] == "7 8 14 18"
    assert rows["Iraq"]["spellings"] == ""


def test_words_stand_with_the_text_that_they_tell(comparison: Comparison) -> None:
    of = {row["word"]: row["of"] for row in by_id(comparison)["distinctive"].records()}
    words = comparison.distinctive
    assert all(of[use.word] == comparison.left.slug for use in words.left)
    assert all(of[use.word] == comparison.right.slug for use in words.right)
    assert all(of[use.word] == "both" for use in words.shared)


def test_every_passage_of_both_texts_is_in_the_coverage(comparison: Comparison) -> None:
    rows = list(by_id(comparison)["coverage"].records())
    assert len(rows) == len(comparison.left.numbered) + len(comparison.right.numbered)
    assert rows[0]["counterparts"] == "1", "the reader's link counts without a score"
    assert rows[0]["score"] == 0


def test_tags_are_counted_and_told_where_they_meet(comparison: Comparison) -> None:
    found = by_id(comparison)
    left, right = comparison.left.slug, comparison.right.slug
    assert found["tags"].rows == (("actor/maliki", 1, 0, left), ("oil", 1, 1, ""))
    assert found["together"].rows == (("actor/maliki", "oil", 1, 1),)
    assert [column.heading for column in found["tags"].columns[1:3]] == [left, right]


def test_two_versions_of_one_text_have_columns_of_their_own() -> None:
    one, other = (
        Text("same", "", "", "", body, passages(body)) for body in ("They saw Rome.", "They saw Paris.")
    )
    headings = [column.heading for column in by_id(compare(one, other, relate(one, other)))["names"].columns]
    assert len(set(headings)) == len(headings)


def test_a_limit_leaves_coverage_and_tags_whole(comparison: Comparison) -> None:
    few = limited(comparison, 2)
    assert few.names == comparison.names[:2]
    assert len(few.distinctive.shared) == 2
    assert few.coverage == comparison.coverage
    assert few.tags == comparison.tags


def test_empty_texts_have_all_tables_and_no_rows() -> None:
    empty = Text("empty", "", "", "", "", ())
    assert [table.rows for table in tables(compare(empty, empty, relate(empty, empty)))] == [()] * len(TABLES)


def test_the_map_s_table_has_related_pairs_best_first_then_linked_ones(comparison: Comparison) -> None:
    table = pairs(comparison)
    records = list(table.records())
    scored = [row["score"] for row in records if row["score"] is not None]
    related = {(pair.left, pair.right): pair.score for pair in comparison.related}
    assert scored == [pytest.approx(score, abs=0.05) for score in related.values()]
    assert scored == sorted(scored, reverse=True)
    linked = [(row["left_passage"], row["right_passage"]) for row in records if row["linked"] == "yes"]
    assert linked == [(1, 1)]
    assert len(records) == len(related | {(1, 1): 0})
    only_linked = replace(comparison, related=(), linked=frozenset({(3, 1), (2, 5)}))
    assert [tuple(row.values()) for row in pairs(only_linked).records()] == [
        (2, 5, None, "yes"),
        (3, 1, None, "yes"),
    ]
    assert [column.heading for column in table.columns[:2]] != ["¶ ", "¶ "]
    assert table.columns[0].heading != table.columns[1].heading


def test_how_many_more_may_have_a_counterpart_is_said_where_there_are_any(comparison: Comparison) -> None:
    none = replace(comparison.coverage, unsure=0)
    some = replace(comparison.coverage, unsure=3)
    assert "may have one" not in how_coverage(none)
    assert how_coverage(some).startswith(f"{how_coverage(none)} Up to 3 more")


def test_changes_have_their_places_and_words_on_each_side() -> None:
    old, new = (
        Text(slug, slug, "", "", body, passages(body)) for slug, body in (("a", "one two"), ("b", "two six"))
    )
    table = changes(collate_passages(old.body, new.body), old, new)
    rows = [tuple(row.values()) for row in table.records()]
    assert ("same", 4, 7, "two", 0, 3, "two") in [(str(row[0]), *row[1:]) for row in rows]
    for _, start, end, words, begin, stop, quote in rows:
        assert words == (None if start is None else old.body[start:end])  # type: ignore[index]
        assert quote == (None if begin is None else new.body[begin:stop])  # type: ignore[index]
    assert [column.heading for column in table.columns if column.id.endswith("quote")] == ["a", "b"]
