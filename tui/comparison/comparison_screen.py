"""The screen itself: its views, the two panes below that follow the highlighted row, and what each key does."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from texts.compare import MatrixCell, Name
from texts.model import Text
from texts.visible import one_line
from tui.comparison.comparison_keys import bindings, help_words
from tui.comparison.comparison_state import ComparisonActions, ComparisonState, JumpTarget
from tui.comparison.exporting import EXPORTED
from tui.comparison.preview import Preview
from tui.comparison.views import Views
from tui.dialogs.choices import Choice, Picked
from tui.dialogs.modal import NeverComposed
from tui.dialogs.overwriting import free_name, write_with_care
from tui.dialogs.path_dialog import AskPath, path_of
from tui.dialogs.picker import Picker
from tui.dialogs.small_dialogs import Page
from tui.view.comparison_tabs import ComparisonTabs, Tab
from tui.view.tables import TableRow
from tui.widgets.alignment_map import AlignmentView
from tui.widgets.floating import WholeMessage
from tui.widgets.prompt import Prompt
from tui.widgets.row_list import RowList
from tui.widgets.status import StatusLine, StatusNote, Tone

_COMPARING = "comparing the two texts …"


class ComparisonScreen(NeverComposed, Screen[JumpTarget | None], inherit_bindings=False):
    """Shows an overview once it is there. Dismisses with where to go, or None."""

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [*bindings()]
    DEFAULT_CSS = """
    ComparisonScreen {
        layers: base over;
        background: $background;
        & #views { height: 1; background: $panel; }
        & #how { height: auto; max-height: 2; padding: 0 1; color: $foreground 75%; background: $surface; }
    }
    """

    def __init__(self, actions: ComparisonActions, left: Text, right: Text, kept: ComparisonState) -> None:
        super().__init__()
        self.actions = actions
        self._texts = left, right
        self.kept = kept
        self.overview: ComparisonTabs | None = None
        self._told = StatusNote(_COMPARING, Tone.WARNING)

    # what is on the screen

    def compose(self) -> ComposeResult:
        yield Static(id="views")
        yield Views(self.kept)
        yield Static(id="how")
        yield Preview(*self._texts)
        yield Prompt(id="prompt")
        yield StatusLine(id="status")
        yield WholeMessage()

    def on_mount(self) -> None:
        if self.overview is not None:
            self._body.fill(self.overview)
        else:
            self._body.wait(self._told.words)
        self._show_view()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """No key does anything before there is something on the screen: keys may come faster than it is made."""
        return self.is_mounted

    @property
    def _body(self) -> Views:
        return self.query_one(Views)

    @property
    def list(self) -> RowList | None:
        """The list that keys move; None on the map."""
        return self._body.list

    @property
    def row(self) -> TableRow | None:
        """The highlighted row; None on the map, and where there is none."""
        return self._body.row

    @property
    def cell(self) -> MatrixCell | None:
        """What the cursor of the map is on."""
        return self._body.cell

    def show(self, overview: ComparisonTabs) -> None:
        """Shows a comparison, in place of an older one if there is one: view and row stay."""
        if self.is_mounted:
            self._body.remember()
        self.overview = overview
        self._texts = overview.comparison.left, overview.comparison.right
        if self._told.words.startswith(_COMPARING):
            self._told = StatusNote("")
        if not self.is_mounted:
            return
        self.query_one(Preview).take(*self._texts)
        self._body.fill(overview)
        self._show_view()

    def tell(self, words: str, *, error: bool = False, good: bool = False) -> None:
        """Says something in the status line until the next key."""
        self._told = StatusNote(words, Tone.ERROR if error else Tone.GOOD if good else Tone.WARNING)
        if self.is_mounted:
            self._show_status()

    def progressed(self, words: str) -> None:
        """Says how far the comparing is; the message of an act stays."""
        told = f"{_COMPARING} {words}".strip()
        if not self._told.words or self._told.words.startswith(_COMPARING):
            self._told = StatusNote(told, Tone.WARNING)
        if self.is_mounted:
            self._body.wait(f"{told}\n\nEsc goes back to the desk.")
            self._show_status()

    def _show_view(self) -> None:
        self._body.show_view()
        how = self.overview.how(self.kept.view) if self.overview else ""
        self.query_one("#how", Static).update(Content(one_line(how)))
        self._show_names_of_views()
        self._preview()

    def _show_names_of_views(self) -> None:
        names = [
            Content.styled(
                f" {number} {view} ", "bold reverse" if view is self.kept.view else "$foreground 80%"
            )
            for number, view in enumerate(self._body.views, 1)
        ]
        self.query_one("#views", Static).update(Content("").join(names))

    def _preview(self) -> None:
        """Shows in both panes what the highlighted row, or the cell under the cursor, stands for."""
        places, preview = self._body.places, self.query_one(Preview)
        preview.show(places)
        left, right = (preview.number(side, spans) for side, spans in enumerate((places.left, places.right)))
        if self.kept.view is Tab.COVERAGE:
            self._body.mark(left, right)
        if places.are_passages and left and right:
            preview.underline(self.actions.evidence(left, right))
        self._show_status()

    def _show_status(self) -> None:
        parts = [StatusNote("COMPARE", Tone.MODE)]
        cell = self.cell
        if cell is not None:
            score = f"score {cell.score:.0f}" if cell.score else "not related"
            parts.append(
                StatusNote(f"¶{cell.left} – ¶{cell.right}  {score}{'  ◆ linked' if cell.linked else ''}")
            )
        elif self.list is not None and self.overview is not None:
            place, many = self.list.place
            parts.append(StatusNote(f"{place}/{many}"))
            if self.list.ticked and self.kept.view is Tab.NAMES:
                parts.append(StatusNote(f"{len(self.list.ticked)} ticked: J joins", Tone.WARNING))
        parts.append(self._told if self._told.words else StatusNote(self._hint(), Tone.DIM))
        status, message = self.query_one("#status", StatusLine), self.query_one(WholeMessage)
        status.show(parts)
        if status.leave_out(self._told):
            message.show(self._told)
        else:
            message.hide()

    def _hint(self) -> str:
        own = {
            Tab.NAMES: "Space ticks · J join · P part",
            Tab.COVERAGE: "o all" if self.kept.only_alone else "o only what stands alone",
            Tab.MAP: "h j k l · n next · d differences",
        }
        return " · ".join(filter(None, ("Enter go", own.get(self.kept.view, ""), "e export")))

    @on(RowList.Highlighted)
    def _highlighted_key(self, event: RowList.Highlighted) -> None:
        if self._body.go_to_list(event.rows):
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
        """A message stays until the next key; that the texts are being compared, until they are."""
        if not self._told.words.startswith(_COMPARING):
            self._told = StatusNote("")

    def action_view(self, number: int) -> None:
        """Another view, by its number from 1."""
        if number <= len(self._body.views):
            self._quiet()
            self.kept.view = self._body.views[number - 1]
            self._show_view()

    def action_turn(self, by: int) -> None:
        """The next view, or the one before."""
        views = self._body.views
        here = views.index(self.kept.view) if self.kept.view in views else -1
        self.action_view((here + by) % len(views) + 1)

    def action_move(self, down: int, right: int) -> None:
        """Rows down and lists to the right; on the map, cells."""
        self._quiet()
        if self.kept.view is Tab.MAP:
            self._body.map.move(down, right)
        elif self.list is not None and down:
            self.list.move(down)
        elif right and self._body.go_to_list_beside(right):
            self._preview()

    def action_page(self, screens: float) -> None:
        """So many screens down, or up."""
        self._quiet()
        if self.list is not None:
            self.list.move(round(self.list.page * screens))
        else:
            self._body.map.move(round(10 * screens), 0)

    def action_edge(self, direction: int) -> None:
        """To the first row, or the last."""
        far = direction * 10**9
        self._quiet()
        if self.list is not None:
            self.list.move(far)
        else:
            self._body.map.move(far, far)

    def action_to_next(self, direction: int) -> None:
        """On the map, to the next pair of passages that are related or linked, or to the one before."""
        self._quiet()
        if self.overview is None or self.kept.view is not Tab.MAP:
            return
        if not self._body.map.to_next(direction):
            self.tell(f"no {'later' if direction > 0 else 'earlier'} pair is related")

    # narrowing

    def action_narrow(self) -> None:
        """Asks for letters that narrow the list."""
        if self.overview is not None and self.list is not None and self.list.table.rows:
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
        places, row = self._body.places, self.row
        if not (places.left or places.right):
            self.tell("there is nothing to go to here")
            return
        self.action_leave(
            JumpTarget(places, row.cells[0] if row is not None and not places.are_passages else "")
        )

    def action_leave(self, going: JumpTarget | None = None) -> None:
        """Back to the desk."""
        self._body.remember()
        self.dismiss(going)

    def action_tick(self) -> None:
        """Ticks a name."""
        if self.kept.view is Tab.NAMES and self.list is not None:
            self._quiet()
            self.list.tick()
            self._show_status()

    def action_join(self) -> None:
        """Joins the names that are ticked, or the one that is ticked and the highlighted one."""
        if self.kept.view is not Tab.NAMES:
            self.tell("names are joined: 1 shows them")
            return
        if self.overview is None or self.list is None or self.row is None:
            self.tell(self._no_name())
            return
        keys = list(self.list.ticked)
        if len(keys) < 2 and self.row.key not in keys:
            keys.append(self.row.key)
        names = [name for key in keys if (name := self.overview.name(key)) is not None]
        if len(names) < 2:
            self.tell("Space ticks a name, then J on another joins the two", error=True)
            return
        self.list.ticked.clear()
        self.actions.join(names)

    def _no_name(self) -> str:
        """Why there is no name to act on in the view of names."""
        return "there is no name here" if self.overview else f"{_COMPARING} names come with it"

    def action_part(self) -> None:
        """Parts a name: of two spellings at once, of more the one that the reader picks."""
        if self.kept.view is not Tab.NAMES:
            self.tell("names are parted: 1 shows them")
            return
        if self.overview is None or self.row is None:
            self.tell(self._no_name())
            return
        name = self.overview.name(self.row.key)
        if name is None or len(name.spellings) < 2:
            self.tell("this name has one spelling: there is nothing to part", error=True)
        elif len(name.spellings) == 2:
            self.actions.part(name, name.spellings[1].written)
        else:
            choices = [
                Choice(each.written, each.written, f"{len(each.left)}:{len(each.right)}")
                for each in name.spellings
            ]
            title = "Which spelling is another name?"
            self.app.push_screen(Picker(title, choices), partial(self._part_picked, name))

    def _part_picked(self, name: Name, picked: Picked | None) -> None:
        if picked is not None:
            self.actions.part(name, picked.key)

    def action_only_alone(self) -> None:
        """Lists only the passages that stand alone, or all."""
        if self.kept.view is not Tab.COVERAGE or self.overview is None:
            self.tell("what stands alone is shown in coverage: 3")
            return
        self._quiet()
        self._body.remember()
        self.kept.only_alone = not self.kept.only_alone
        self._body.fill_view(self.overview, Tab.COVERAGE)
        self._show_view()

    def action_differences(self) -> None:
        """The two passages word against word."""
        places = self._body.places
        if not (places.left and places.right):
            self.tell("this wants a passage of each text: choose a row that has both", error=True)
            return
        from tui.comparison.differences import Differences

        spans = [self._texts[side].passage_at(spans[0].start) for side, spans in enumerate(places[:2])]
        if spans[0] is not None and spans[1] is not None:
            left, right = self._texts
            self.app.push_screen(Differences(left, spans[0].span, right, spans[1].span))

    def action_walk(self, way: str) -> None:
        """Undoes the last act, or does it again."""
        self.actions.walk(way)

    def action_export(self) -> None:
        """Asks for a file and exports the table to it."""
        if self.overview is None:
            return
        names = EXPORTED[self.kept.view]
        table = names[min(self.kept.lists.get(self.kept.view, 0), len(names) - 1)]
        ask = AskPath(
            f"Export {table} to which file?",
            str(free_name(Path(f"{table}.csv"))),
            hint="A CSV file with all rows, narrowed or not.",
        )
        self.app.push_screen(ask, partial(self._export_to, table))

    def _export_to(self, table: str, name: str | None) -> None:
        if name:
            write_with_care(self.app, path_of(name), partial(self.actions.export, table))

    def action_help(self) -> None:
        """The keys, and how the numbers are made."""
        self.app.push_screen(Page("Comparison", help_words()))
