"""A comparison as tables: what stands in each row, and where it leads."""

from __future__ import annotations

import pytest

from texts.compare import Tagged, compare
from texts.compare.versions import collate
from texts.load import Document, text_of
from texts.model import Span, Text
from texts.relate import relate
from tui.view.comparison_tabs import ComparisonTabs, Tab, alone, overview
from tui.view.tables import TableView

OLD = """The mill

The old mill at Harrow burned to the ground on Monday, and nobody was hurt in the fire.

Colin Moore was called out of bed at three. The mayor wept.

The mill had stood for two hundred years."""
NEW = """The mill

The old mill at Harrow burned to the ground on Tuesday, and nobody was hurt in the fire.

The mill had stood for two hundred years. It will be built again."""


def text(body: str, name: str) -> Text:
    return text_of(Document(body, f"The {name}", ""), name)._replace(slug=name)


LEFT, RIGHT = text(OLD, "old"), text(NEW, "new")
PLACES = {
    words: Span(OLD.index(words), OLD.index(words) + len(words)) for words in ("old mill", "burned", "Colin")
}
TAGGED = (
    Tagged("claim", "old", 2, PLACES["burned"]),
    Tagged("actor", "old", 2, PLACES["old mill"]),
    Tagged("actor", "old", 3, PLACES["Colin"]),
    Tagged("claim", "new", None, Span(0, 3)),
)


@pytest.fixture(scope="module")
def tabs() -> ComparisonTabs:
    relations = relate(LEFT, RIGHT)
    return overview(compare(LEFT, RIGHT, relations, tagged=TAGGED), TAGGED, collate(LEFT, RIGHT))


def cells(table: TableView) -> list[tuple[str, ...]]:
    return [row.cells for row in table.rows]


def test_what_differs_stands_in_the_order_of_the_left_and_leads_to_both_sides(tabs: ComparisonTabs) -> None:
    (table,) = tabs.tables[Tab.CHANGES]
    assert [(row.cells[0], row.cells[2], row.cells[3]) for row in table.rows] == [
        ("~ changed", "Monday", "Tuesday"),
        ("− removed", "Colin Moore was called out of bed at three. The mayor wept.", ""),
        ("+ added", "", "It will be built again."),
    ]
    for row in table.rows:
        assert [LEFT.quote(span) for span in row.places.left] == list(filter(None, [row.cells[2]]))
        assert [RIGHT.quote(span) for span in row.places.right] == list(filter(None, [row.cells[3]]))
    assert len({row.key for row in table.rows}) == len(table.rows)
    assert [column.title for column in table.columns][:2] == ["what", "¶"]


def test_the_numbers_of_passages_stand_on_the_side_that_has_them(tabs: ComparisonTabs) -> None:
    (table,) = tabs.tables[Tab.CHANGES]
    changed, removed, added = (row.cells[1] for row in table.rows)
    assert removed.endswith("–")
    assert added.startswith("–")
    assert all(changed.split("–"))


def test_a_long_quote_is_cut_and_a_short_one_is_not() -> None:
    short, long = "word " * 59 + "words", "word " * 60 + "words"
    for removed, shown in ((short, short), (long, "word " * 59 + "word…")):
        left, right = text(f"One line here.\n\n{removed}", "old"), text("One line here.", "new")
        made = overview(compare(left, right, relate(left, right)), (), collate(left, right))
        ((row,),) = [table.rows for table in made.tables[Tab.CHANGES]]
        assert row.cells[2] == shown


def test_tags_are_counted_for_each_side_and_together_by_passage(tabs: ComparisonTabs) -> None:
    counted, together = tabs.tables[Tab.TAGS]
    assert cells(counted) == [("actor", "2", "0", "only in 1"), ("claim", "1", "1", "")]
    actor, claim = counted.rows
    assert actor.places.left == tuple(sorted((PLACES["old mill"], PLACES["Colin"])))
    assert actor.places.right == ()
    assert claim.places.right == (Span(0, 3),)
    assert cells(together) == [("actor + claim", "1", "0")]
    assert together.rows[0].places.left == tuple(sorted((PLACES["old mill"], PLACES["burned"])))
    assert together.rows[0].places.right == ()


def test_passages_without_counterpart_can_be_seen_alone(tabs: ComparisonTabs) -> None:
    left, right = tabs.tables[Tab.COVERAGE]
    (row,) = alone(left).rows
    assert (row.cells[0], row.cells[3], row.cells[4]) == (
        "○", "alone", "Colin Moore was called out of bed at three. The mayor wept.",
    )  # fmt: skip
    assert alone(right).rows == ()
    for table in (left, right):
        for sign, _, score, across, _ in cells(table):
            assert (sign == "○") == (across == "alone")
            assert across == "alone" or across.startswith("¶")
            assert score == "" or 0 < int(score) <= 100
            assert bool(score) or sign == "○", "what has a counterpart says how sure that is"
    assert left.title == f"1 of {len(left.rows)} ¶ alone in 1 The old"
    related = next(row for row in left.rows if row.cells[4].startswith("The old mill"))
    assert LEFT.quote(related.places.left[0]).startswith("The old mill")
    assert RIGHT.quote(related.places.right[0]).startswith("The old mill")
    back = next(row for row in right.rows if row.cells[4].startswith("The old mill"))
    assert back.places.left == related.places.left
    assert back.places.right == related.places.right


def test_runs_that_both_have_are_counted_and_lead_to_all_their_places(tabs: ComparisonTabs) -> None:
    (table,) = tabs.tables[Tab.REUSE]
    first = table.rows[0]
    quote = first.cells[3]
    assert first.key == quote.casefold()
    assert first.cells[:2] == (str(len(quote.split())), "1:1")
    assert [LEFT.quote(span) for span in first.places.left] == [quote]
    assert [RIGHT.quote(span).casefold() for span in first.places.right] == [quote.casefold()]


def test_names_say_who_has_them(tabs: ComparisonTabs) -> None:
    (table,) = tabs.tables[Tab.NAMES]
    signs = {row.cells[0]: row.cells[1:4] for row in table.rows}
    assert signs["Harrow"] == ("=", "1", "1")
    assert signs["Colin Moore"] == ("◂", "1", "0")
    assert tabs.name("Harrow") is not None
    assert tabs.name("nobody") is None


def test_changes_are_a_view_only_of_versions_of_one_text(tabs: ComparisonTabs) -> None:
    assert tabs.views == tuple(Tab)
    without = overview(tabs.comparison, TAGGED)
    assert without.views == tuple(tab for tab in Tab if tab is not Tab.CHANGES)
