"""The screen itself: its views, the two panes below that follow the lit row, and the way from a key to what it does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import ClassVar, NamedTuple, Protocol

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from texts.compare import Cell, Name
from texts.model import Span, Text
from texts.visible import one_line
from tui.reading.overview import Overview, View, alone
from tui.reading.tables import Places, Row
from tui.screens.comparison.exporting import EXPORTED
from tui.screens.comparison.help import help_words
from tui.screens.comparison.keys import bindings
from tui.screens.dialogs import Ask, Page
from tui.screens.picker import Choice, Picked, Picker
from tui.widgets.alignment import AlignmentView
from tui.widgets.coverage import CoverageStrip
from tui.widgets.pane_head import PaneHead
from tui.widgets.prompt import Prompt
from tui.widgets.row_list import RowList
from tui.widgets.status import Note, StatusLine, Tone
from tui.widgets.text_pane import TextPane

_LISTS = {
    View.NAMES: 1,
    View.WORDS: 3,
    View.COVERAGE: 2,
    View.REUSE: 1,
    View.TAGS: 2,
    View.CHANGES: 1,
}
"""How many lists stand side by side in each view."""
_COMPARING = "comparing the two texts …"


class Going(NamedTuple):
    """Where the reader wants to go from here."""

    places: Places
    words: str
    """What stands there, for the status line."""


@dataclass
class Kept:
    """Where the reader is in the comparison, to land there again."""

    view: View = View.NAMES
    lists: dict[View, int] = field(default_factory=dict)
    """Which list of a view keys move, from 0."""
    rows: dict[str, str] = field(default_factory=dict)
    """For each table the key of the lit row."""
    pair: tuple[int, int] | None = None
    """On the map: numbers of a left passage and a right one; None where the reader has not been there yet."""
    only_alone: bool = False
    """Whether coverage lists only what stands alone."""


class Deeds(Protocol):
    """What the comparison asks of the desk. What comes of it, the desk tells with `show` and `tell`."""

    def evidence(self, left: int, right: int) -> tuple[list[Span], list[Span]]:
        """Spans that speak for the relation of two passages, in each text."""

    def join(self, names: Sequence[Name]) -> None:
        """These names are one from now on."""

    def part(self, name: Name, spelling: str) -> None:
        """A spelling of a name is another name from now on."""

    def walk(self, way: str) -> None:
        """`undo` or `redo`."""

    def export(self, table: str, path: Path) -> None:
        """A table, by what `EXPORTED` calls it, to a file."""


class ComparisonScreen(Screen[Going | None], inherit_bindings=False):
    """Shows an overview once it is there. Dismisses with where to go, or None."""

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [*bindings()]
    DEFAULT_CSS = """
    ComparisonScreen {
        background: $background;
        & #views { height: 1; background: $panel; }
        & #body { height: 3fr; }
        & .view { display: none; height: 1fr; }
        & .view.-shown { display: block; }
        & RowList { margin-right: 1; }
        & #waiting { padding: 1 2; height: 1fr; display: none; }
        &.-waiting #waiting { display: block; }
        &.-waiting .view.-shown { display: none; }
        & #how { height: auto; max-height: 2; padding: 0 1; color: $foreground 75%; background: $surface; }
        & #panes { height: 2fr; }
        & .side { width: 1fr; height: 1fr; }
    }
    """

    def __init__(self, deeds: Deeds, left: Text, right: Text, kept: Kept) -> None:
        super().__init__()
        self._deeds = deeds
        self._texts = left, right
        self.kept = kept
        self.overview: Overview | None = None
        self._told = Note(_COMPARING, Tone.WARNING)

    # what is on the screen

    def compose(self) -> ComposeResult:
        yield Static(id="views")
        with Vertical(id="body"):
            yield Static(Content(_COMPARING), id="waiting")
            for view, lists in _LISTS.items():
                with Horizontal(id=f"view-{view}", classes="view"):
                    if view is View.COVERAGE:
                        yield CoverageStrip(id="strip-0")
                    for number in range(lists):
                        yield RowList(id=f"{view}-{number}")
                    if view is View.COVERAGE:
                        yield CoverageStrip(id="strip-1")
            with Horizontal(id=f"view-{View.MAP}", classes="view"):
                yield AlignmentView(id="map")
        yield Static(id="how")
        with Horizontal(id="panes"):
            for number in range(2):
                with Vertical(classes="side"):
                    yield PaneHead(number + 1, id=f"head-{number}")
                    pane = TextPane(id=f"pane-{number}")
                    pane.can_focus = False
                    yield pane
        yield Prompt(id="prompt")
        yield StatusLine(id="status")

    def on_mount(self) -> None:
        self.set_class(self.overview is None, "-waiting")
        for number, text in enumerate(self._texts):
            self._pane(number).show(text)
            self._head(number, "")
        if self.overview is not None:
            self._fill(self.overview)
        self._show_view()

    def show(self, overview: Overview) -> None:
        """Shows a comparison, in place of an older one if there is one: view and row stay."""
        self.overview = overview
        if self._told.words.startswith(_COMPARING):
            self._told = Note("")
        if not self.is_mounted:
            return
        self._remember()
        self.remove_class("-waiting")
        self._fill(overview)
        self._show_view()

    def tell(self, words: str, *, error: bool = False, good: bool = False) -> None:
        """Says something in the status line until the next key."""
        self._told = Note(words, Tone.ERROR if error else Tone.GOOD if good else Tone.WARNING)
        self._show_status()

    def progressed(self, words: str) -> None:
        """Says how far the comparing is."""
        told = f"{_COMPARING} {words}".strip()
        self._told = Note(told, Tone.WARNING)
        if self.is_mounted:
            self.query_one("#waiting", Static).update(Content(f"{told}\n\nEsc goes back to the desk."))
            self._show_status()

    def _fill(self, overview: Overview) -> None:
        for view in overview.tables:
            self._fill_view(overview, view)
        for number, passages in enumerate(
            (overview.comparison.coverage.left, overview.comparison.coverage.right)
        ):
            self.query_one(f"#strip-{number}", CoverageStrip).show(passages)
        comparison = overview.comparison
        best = next(((pair.left, pair.right) for pair in comparison.related), (1, 1))
        self.query_one(AlignmentView).show(
            lambda width, height: comparison.alignment_map(width=width, height=height), self.kept.pair or best
        )

    def _fill_view(self, overview: Overview, view: View) -> None:
        for number, table in enumerate(overview.tables[view]):
            shown = alone(table) if view is View.COVERAGE and self.kept.only_alone else table
            self._list(view, number).show(shown, lit=self.kept.rows.get(table.name, ""))

    def _pane(self, number: int) -> TextPane:
        return self.query_one(f"#pane-{number}", TextPane)

    def _list(self, view: View, number: int) -> RowList:
        return self.query_one(f"#{view}-{number}", RowList)

    def _lists(self) -> list[RowList]:
        """The lists of the view that is shown."""
        return [self._list(self.kept.view, number) for number in range(_LISTS.get(self.kept.view, 0))]

    @property
    def list(self) -> RowList | None:
        """The list that keys move; None on the map."""
        lists = self._lists()
        return lists[self.kept.lists.get(self.kept.view, 0)] if lists else None

    @property
    def row(self) -> Row | None:
        """The lit row; None on the map, and where there is none."""
        return self.list.row if self.list is not None and self.overview is not None else None

    @property
    def cell(self) -> Cell | None:
        """What the cursor of the map is on."""
        shown = self.overview is not None and self.kept.view is View.MAP
        return self.query_one(AlignmentView).cell if shown else None

    def _remember(self) -> None:
        """Keeps which rows are lit."""
        for rows in self.query(RowList):
            if rows.table.name and rows.row is not None:
                self.kept.rows[rows.table.name] = rows.row.key
        if self.kept.view is View.MAP:
            self.kept.pair = self.query_one(AlignmentView).pair

    def _show_view(self) -> None:
        if self.overview is not None and self.kept.view not in self.overview.views:
            self.kept.view = View.NAMES
        for view in View:
            self.query_one(f"#view-{view}").set_class(view is self.kept.view, "-shown")
        for number, rows in enumerate(self._lists()):
            rows.active = number == self.kept.lists.get(self.kept.view, 0)
        how = self.overview.how(self.kept.view) if self.overview else ""
        self.query_one("#how", Static).update(Content(one_line(how)))
        self._show_names_of_views()
        self._preview()

    def _show_names_of_views(self) -> None:
        views = (
            self.overview.views if self.overview else tuple(view for view in View if view is not View.CHANGES)
        )
        names = [
            Content.styled(
                f" {number} {view} ", "bold reverse" if view is self.kept.view else "$foreground 80%"
            )
            for number, view in enumerate(views, 1)
        ]
        self.query_one("#views", Static).update(Content("").join(names))

    # the panes below

    def _preview(self) -> None:
        """Shows in both panes what the lit row, or the cell under the cursor, stands for."""
        places = self._places()
        for number, spans in enumerate((places.left, places.right)):
            pane = self._pane(number)
            pane.set_hits(
                [] if places.are_passages else spans, None if places.are_passages else next(iter(spans), None)
            )
            pane.set_lit(spans[0] if places.are_passages and spans else None)
            pane.set_evidence([])
            if spans:
                pane.reveal(spans[0], "top" if places.are_passages else "middle")
            if self.kept.view is View.COVERAGE:
                marked = self._number(number, spans[0]) if spans else None
                self.query_one(f"#strip-{number}", CoverageStrip).mark(marked)
            self._head(number, self._place_words(number, places))
        if places.are_passages and places.left and places.right:
            pair = self._number(0, places.left[0]), self._number(1, places.right[0])
            if pair[0] and pair[1]:
                for number, evidence in enumerate(self._deeds.evidence(pair[0], pair[1])):
                    self._pane(number).set_evidence(sorted(evidence))
        self._show_status()

    def _places(self) -> Places:
        cell, row = self.cell, self.row
        if cell is not None:
            left, right = self._texts
            return Places(
                (left.passage(cell.left).span,), (right.passage(cell.right).span,), are_passages=True
            )
        return row.places if row is not None else Places()

    def _number(self, side: int, span: Span) -> int | None:
        passage = self._texts[side].passage_at(span.start)
        return passage.number if passage else None

    def _place_words(self, side: int, places: Places) -> str:
        """`¶9/20`, or `3 × ¶9`; what a text has nothing of is told so."""
        spans = (places.left, places.right)[side]
        if not spans:
            return "not here"
        number = f"¶{self._number(side, spans[0]) or '–'}"
        return (
            f"{number}/{len(self._texts[side].numbered)}"
            if places.are_passages
            else f"{len(spans)} × from {number}"
        )

    def _head(self, side: int, place: str) -> None:
        text = self._texts[side]
        self.query_one(f"#head-{side}", PaneHead).show(f"{text.slug} · {text.title}", place, active=False)

    def _show_status(self) -> None:
        parts = [Note("COMPARE", Tone.MODE)]
        cell = self.cell
        if cell is not None:
            score = f"score {cell.score:.0f}" if cell.score else "not related"
            parts.append(Note(f"¶{cell.left} – ¶{cell.right}  {score}{'  ◆ linked' if cell.linked else ''}"))
        elif self.list is not None and self.overview is not None:
            place, many = self.list.place
            parts.append(Note(f"{place}/{many}"))
            if self.list.ticked and self.kept.view is View.NAMES:
                parts.append(Note(f"{len(self.list.ticked)} ticked: J joins", Tone.WARNING))
        parts.append(self._told if self._told.words else Note(self._hint(), Tone.DIM))
        self.query_one("#status", StatusLine).show(parts)

    def _hint(self) -> str:
        own = {
            View.NAMES: "Space ticks · J join · P part",
            View.COVERAGE: "o all" if self.kept.only_alone else "o only what stands alone",
            View.MAP: "h j k l · n next · d differences",
        }
        return " · ".join(filter(None, ("Enter go", own.get(self.kept.view, ""), "e export")))

    @on(RowList.Lit)
    def _lit(self, event: RowList.Lit) -> None:
        lists = self._lists()
        if event.rows in lists:
            self.kept.lists[self.kept.view] = lists.index(event.rows)
            for rows in lists:
                rows.active = rows is event.rows
            self._preview()

    @on(AlignmentView.Moved)
    def _moved(self) -> None:
        self._preview()

    @on(RowList.Chosen)
    @on(AlignmentView.Chosen)
    def _chosen(self) -> None:
        self.action_go()

    # moving

    def _quiet(self) -> None:
        """What was told stands until the next key; that the texts are being compared, until they are."""
        if not self._told.words.startswith(_COMPARING):
            self._told = Note("")

    def action_view(self, number: int) -> None:
        """Another view, by its number from 1."""
        views = self.overview.views if self.overview else tuple(View)
        if number <= len(views):
            self._quiet()
            self.kept.view = views[number - 1]
            self._show_view()

    def action_turn(self, by: int) -> None:
        """The next view, or the one before."""
        views = self.overview.views if self.overview else tuple(View)
        self.action_view((views.index(self.kept.view) + by) % len(views) + 1)

    def action_move(self, down: int, right: int) -> None:
        """Rows down and lists to the right; on the map, cells."""
        self._quiet()
        if self.kept.view is View.MAP:
            self.query_one(AlignmentView).move(down, right)
        elif self.list is not None and down:
            self.list.move(down)
        elif right:
            lists = self._lists()
            number = self.kept.lists.get(self.kept.view, 0) + right
            if 0 <= number < len(lists):
                self.kept.lists[self.kept.view] = number
                self._show_view()

    def action_page(self, screens: float) -> None:
        """So many screens down, or up."""
        self._quiet()
        if self.list is not None:
            self.list.move(round(self.list.page * screens))
        else:
            self.query_one(AlignmentView).move(round(10 * screens), 0)

    def action_edge(self, direction: int) -> None:
        """To the first row, or the last."""
        far = direction * 10**9
        self._quiet()
        if self.list is not None:
            self.list.move(far)
        else:
            self.query_one(AlignmentView).move(far, far)

    def action_to_next(self, direction: int) -> None:
        """On the map, to the next pair of passages that are related or linked, or to the one before."""
        self._quiet()
        if self.kept.view is View.MAP and not self.query_one(AlignmentView).to_next(direction):
            self.tell(f"no {'later' if direction > 0 else 'earlier'} pair is related")

    # narrowing

    def action_narrow(self) -> None:
        """Asks for letters that narrow the list."""
        if self.row is not None and self.list is not None:
            self.query_one(Prompt).open("/", "")

    @on(Prompt.Typed)
    def _typed(self, event: Prompt.Typed) -> None:
        if self.list is not None:
            self.list.narrow(event.words)
            self.query_one(Prompt).count(f"{self.list.place[1]} of {len(self.list.table.rows)}")

    @on(Prompt.Entered)
    def _entered(self) -> None:
        self._close_prompt()

    @on(Prompt.Left)
    def _left(self) -> None:
        if self.list is not None:
            self.list.narrow("")
        self._close_prompt()

    def _close_prompt(self) -> None:
        self.query_one(Prompt).close()
        self.set_focus(None)
        self._preview()

    # what can be done with a row

    def action_go(self) -> None:
        """Goes to what the row stands for."""
        places, row = self._places(), self.row
        if not (places.left or places.right):
            self.tell("there is nothing to go to here")
            return
        self.action_leave(Going(places, row.cells[0] if row is not None and not places.are_passages else ""))

    def action_leave(self, going: Going | None = None) -> None:
        """Back to the desk."""
        self._remember()
        self.dismiss(going)

    def action_tick(self) -> None:
        """Ticks a name."""
        if self.kept.view is View.NAMES and self.list is not None:
            self._quiet()
            self.list.tick()
            self._show_status()

    def action_join(self) -> None:
        """Joins the names that are ticked, or the one that is ticked and the lit one."""
        if self.kept.view is not View.NAMES or self.overview is None or self.list is None or self.row is None:
            self.tell("names are joined: 1 shows them")
            return
        keys = list(self.list.ticked)
        if len(keys) < 2 and self.row.key not in keys:
            keys.append(self.row.key)
        names = [name for key in keys if (name := self.overview.name(key)) is not None]
        if len(names) < 2:
            self.tell("Space ticks a name, then J on another joins the two", error=True)
            return
        self.list.ticked.clear()
        self._deeds.join(names)

    def action_part(self) -> None:
        """Parts a name: of two spellings at once, of more the one that the reader picks."""
        if self.kept.view is not View.NAMES or self.overview is None or self.row is None:
            self.tell("names are parted: 1 shows them")
            return
        name = self.overview.name(self.row.key)
        if name is None or len(name.spellings) < 2:
            self.tell("this name has one spelling: there is nothing to part", error=True)
        elif len(name.spellings) == 2:
            self._deeds.part(name, name.spellings[1].written)
        else:
            choices = [
                Choice(each.written, each.written, f"{len(each.left)}:{len(each.right)}")
                for each in name.spellings
            ]
            title = "Which spelling is another name?"
            self.app.push_screen(Picker(title, choices), partial(self._part_picked, name))

    def _part_picked(self, name: Name, picked: Picked | None) -> None:
        if picked is not None:
            self._deeds.part(name, picked.key)

    def action_only_alone(self) -> None:
        """Lists only the passages that stand alone, or all."""
        if self.kept.view is not View.COVERAGE or self.overview is None:
            self.tell("what stands alone is shown in coverage: 3")
            return
        self._quiet()
        self._remember()
        self.kept.only_alone = not self.kept.only_alone
        self._fill_view(self.overview, View.COVERAGE)
        self._show_view()

    def action_differences(self) -> None:
        """The two passages word against word."""
        places = self._places()
        if not (places.left and places.right):
            self.tell("this wants a passage of each text: choose a row that has both", error=True)
            return
        from tui.screens.comparison.differences import Differences

        spans = [self._texts[side].passage_at(spans[0].start) for side, spans in enumerate(places[:2])]
        if spans[0] is not None and spans[1] is not None:
            left, right = self._texts
            self.app.push_screen(Differences(left, spans[0].span, right, spans[1].span))

    def action_walk(self, way: str) -> None:
        """Undoes the last act, or does it again."""
        self._deeds.walk(way)

    def action_export(self) -> None:
        """Asks for a file and exports the table to it."""
        if self.overview is None:
            return
        names = EXPORTED[self.kept.view]
        table = names[min(self.kept.lists.get(self.kept.view, 0), len(names) - 1)]
        ask = Ask(
            f"Export {table} to which file?",
            f"{table}.csv",
            hint="A CSV file with all rows, narrowed or not.",
        )
        self.app.push_screen(ask, partial(self._export_to, table))

    def _export_to(self, table: str, name: str | None) -> None:
        if name:
            self._deeds.export(table, Path(name).expanduser())

    def action_help(self) -> None:
        """The keys, and how the numbers are made."""
        self.app.push_screen(Page("Comparison", help_words()))


def kept_of(plain: object) -> Kept:
    """What was kept of an earlier comparison, from what JSON made of it; anything broken is left out."""
    kept = Kept()
    if not isinstance(plain, Mapping):
        return kept
    if plain.get("view") in tuple(View):
        kept.view = View(plain["view"])
    rows = plain.get("rows")
    if isinstance(rows, Mapping):
        kept.rows = {str(name): str(key) for name, key in rows.items()}
    return kept
