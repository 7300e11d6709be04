"""Lists that are drawn row by row: which row is highlighted, which are in view, which are ticked."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from textual.app import App, ComposeResult
from textual.message import Message
from textual.widget import Widget

from texts.model import Span
from tui.view.tables import TableRow, TableView, ViewColumn
from tui.widgets.related_list import RelatedList, RelatedRow
from tui.widgets.row_list import RowList

COLUMNS = (ViewColumn("#", 4, is_number=True), ViewColumn("Words"))


def table_of(*words: str) -> TableView:
    rows = tuple(TableRow(word, (str(number), word)) for number, word in enumerate(words, 1))
    return TableView("t", "A title", COLUMNS, rows, "Nothing at all.")


TEN = table_of("ant", "bee", "cat", "dog", "eel", "fox", "gnu", "hen", "ibis", "jay")


class _One(App[None]):
    """A single widget, and what it says."""

    CSS = "RowList { height: 6; }"

    def __init__(self, widget: Widget) -> None:
        super().__init__()
        self.widget = widget
        self.told: list[Message] = []

    def compose(self) -> ComposeResult:
        yield self.widget

    def heard(self, message: Message) -> None:
        kinds = (RowList.Highlighted, RowList.Chosen, RelatedList.Highlighted, RelatedList.Wanted)
        if isinstance(message, kinds) and not any(message is each for each in self.told):
            self.told.append(message)


@asynccontextmanager
async def shown(widget: Widget) -> AsyncIterator[tuple[_One, object]]:
    app = _One(widget)
    async with app.run_test(size=(60, 12), message_hook=app.heard) as pilot:
        await pilot.pause()
        yield app, pilot


def lines(rows: RowList) -> list[str]:
    return [rows.render_line(y).text.rstrip() for y in range(rows.size.height)]


def in_view(rows: RowList) -> list[str]:
    return [line.split()[-1] for line in lines(rows)[2:]]


async def test_the_highlighted_row_stays_in_view_and_the_list_stays_full() -> None:
    async with shown(rows := RowList()):
        rows.show(TEN)
        assert (rows.page, rows.place, rows.row) == (4, (1, 10), TEN.rows[0])
        assert in_view(rows) == ["ant", "bee", "cat", "dog"]
        rows.move(3)
        assert in_view(rows) == ["ant", "bee", "cat", "dog"]
        rows.move(1)
        assert (rows.place, in_view(rows)) == ((5, 10), ["bee", "cat", "dog", "eel"])
        rows.move(-3)
        assert (rows.place, in_view(rows)) == ((2, 10), ["bee", "cat", "dog", "eel"])
        rows.move(-1)
        assert in_view(rows) == ["ant", "bee", "cat", "dog"]
        rows.move(99)
        assert (rows.place, in_view(rows)) == ((10, 10), ["gnu", "hen", "ibis", "jay"])
        rows.move(-99)
        assert (rows.place, in_view(rows)) == ((1, 10), ["ant", "bee", "cat", "dog"])
    async with shown(rows := RowList()) as (_, pilot):
        rows.show(TEN, highlighted="jay")
        assert in_view(rows) == ["gnu", "hen", "ibis", "jay"]
        rows.styles.height = 9
        await pilot.pause()  # type: ignore[attr-defined]
        assert in_view(rows) == ["dog", "eel", "fox", "gnu", "hen", "ibis", "jay"], "no row is left empty"
        rows.show(table_of("one", "two"), highlighted="gone")
        assert [line.split()[-1] for line in lines(rows)[2:4]] == ["one", "two"]
        assert rows.place == (1, 2)


async def test_a_row_says_its_number_and_whether_it_is_highlighted_and_ticked() -> None:
    async with shown(rows := RowList()):
        rows.show(TEN)
        rows.tick()
        rows.tick()
        rows.move(-1)
        title, headings, *rest = lines(rows)
        assert title.startswith(" A title")
        assert title.endswith(" 2/10")
        assert headings.split() == ["#", "Words"]
        assert [line[:2] for line in rest] == [" ✓", "▸✓", "  ", "  "]
        assert list(rows.ticked) == ["ant", "bee"]
        rows.tick()
        assert (list(rows.ticked), rows.place) == (["ant"], (3, 10))
        rows.show(table_of("bee", "ant"))
        assert list(rows.ticked) == ["ant"], "what is there still"
        rows.show(table_of("bee"))
        assert rows.ticked == {}


async def test_narrowing_highlights_the_first_and_goes_back_to_it() -> None:
    async with shown(rows := RowList()) as (app, pilot):
        rows.show(TEN, highlighted="fox")
        rows.narrow("bis")
        assert rows.row is not None
        assert (rows.row.key, rows.place) == ("ibis", (1, 1))
        rows.narrow("")
        assert rows.row is not None
        assert (rows.row.key, rows.place) == ("ibis", (9, 10)), "what was found stays highlighted"
        rows.narrow("zzzzzz")
        assert (rows.row, rows.place) == (None, (0, 0))
        assert lines(rows)[2] == " Nothing like that here."
        rows.tick()
        assert rows.ticked == {}
        rows.narrow("")
        assert rows.place == (1, 10)
        rows.show(table_of())
        assert lines(rows)[2] == " Nothing at all."
        await pilot.pause()  # type: ignore[attr-defined]
        assert [type(each) for each in app.told] == [RowList.Highlighted] * 4


async def test_a_click_highlights_and_two_choose() -> None:
    async with shown(rows := RowList()) as (app, pilot):
        rows.show(TEN)
        rows.move_to(9)
        await pilot.click(RowList, offset=(5, 2))  # type: ignore[attr-defined]
        assert rows.place == (7, 10)
        await pilot.click(RowList, offset=(5, 1))  # type: ignore[attr-defined]
        assert rows.place == (7, 10), "the headings are no row"
        assert not any(isinstance(each, RowList.Chosen) for each in app.told)
        await pilot.click(RowList, offset=(5, 3), times=2)  # type: ignore[attr-defined]
        assert rows.place == (8, 10)
        assert sum(isinstance(each, RowList.Chosen) for each in app.told) == 1


def related(number: int, score: float) -> RelatedRow:
    words = f"words of {number}"
    return RelatedRow(number, score, Span(0, len(words)), words, (Span(0, 5),))


async def test_the_related_list_says_how_sure_each_is_and_what_is_linked() -> None:
    async with shown(listed := RelatedList()) as (_, pilot):
        rows = [related(3, 90), related(7, 70), related(5, 1)]
        listed.open("asked\nof you", rows)
        await pilot.pause()  # type: ignore[attr-defined]
        assert str(listed.query_one("#asked").render()) == "asked␤of you"
        options = listed.query_one("#rows")
        assert listed.styles.height is not None
        assert listed.styles.height.value == 3 + 1 + 2, "the rows, a line before what is unsure, the frame"
        prompts = [str(options.get_option_at_index(at).prompt) for at in range(3)]  # type: ignore[attr-defined]
        assert ["⇄" in prompt for prompt in prompts] == [False] * 3
        listed.show_linked(rows[1])
        prompts = [str(options.get_option_at_index(at).prompt) for at in range(3)]  # type: ignore[attr-defined]
        assert ["⇄" in prompt for prompt in prompts] == [False, True, False]
        assert [row.linked for row in listed.rows] == [False, True, False]
        listed.show_linked(related(99, 1))
        assert len(listed.rows) == 3


async def test_the_related_list_goes_on_from_what_is_taken_out_of_it() -> None:
    async with shown(listed := RelatedList()) as (app, pilot):
        rows = [related(number, 90) for number in (3, 7, 5)]
        listed.open("asked", rows)
        listed.action_move(99)
        assert listed.row is rows[2]
        listed.action_move(-99)
        listed.action_move(1)
        assert listed.row is rows[1]
        for dropped, then in ((rows[1], rows[2]), (rows[2], rows[0])):
            app.told.clear()
            listed.drop(dropped)
            await pilot.pause()  # type: ignore[attr-defined]
            assert listed.row is then
            told = [each.row for each in app.told if isinstance(each, RelatedList.Highlighted)]
            assert then in told
        listed.drop(related(99, 1))
        assert listed.rows == [rows[0]]
        app.told.clear()
        listed.drop(rows[0])
        await pilot.pause()  # type: ignore[attr-defined]
        (wanted,) = [each for each in app.told if isinstance(each, RelatedList.Wanted)]
        assert (wanted.what, wanted.row, listed.rows) == ("leave", None, [])
