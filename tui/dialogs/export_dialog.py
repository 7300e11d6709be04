"""Asks what is to be written out, as what, and where: Up and Down go from one to the next, Left and Right choose."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from texts.visible import one_line
from tui.dialogs.modal import Modal
from tui.dialogs.overwriting import free_name
from tui.dialogs.path_completion import common_start, completions, shown_names
from tui.widgets.field import Field

_WHAT, _AS, _WHERE = range(3)


@dataclass(frozen=True, slots=True)
class Offer:
    """One of several that the dialog lets choose."""

    key: str
    """What the caller knows it by."""
    words: str
    """What is shown."""
    ending: str = ""
    """Of a format: how the name of its files ends."""


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """What the dialog was left with."""

    what: str
    format: str
    """Empty where the ending of the file says it."""
    path: Path


class ExportDialog(Modal[ExportRequest | None]):
    """Dismisses with what is wanted, or None."""

    DEFAULT_CSS = """
    ExportDialog {
        align: center middle;
        background: $background 60%;
        & #frame {
            width: 92%; max-width: 100; height: auto; max-height: 84%;
            background: $surface; border: round $primary; padding: 0 1;
            border-title-color: $foreground; border-subtitle-color: $foreground 80%;
        }
        & Input { border: none; height: 1; background: $panel; padding: 0 1; }
        & #folder, & #names { color: $foreground 75%; height: auto; padding: 0 1; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "back"),
        Binding("up", "go(-1)", "up", priority=True),
        Binding("down", "go(1)", "down", priority=True),
        Binding("tab", "complete", "complete", priority=True),
    ]

    def __init__(
        self, whats: Sequence[Offer], formats: Sequence[Offer], name: str, *, count: Callable[[str], str]
    ) -> None:
        """`name` is that of the file to begin with; `count` says how much a choice of what has in it."""
        super().__init__()
        self._offers = (tuple(whats), tuple(formats))
        self._chosen = [0, 0]
        self._row = _WHERE
        self._file, self._count = name, count

    def compose(self) -> ComposeResult:
        with Vertical(id="frame") as frame:
            frame.border_title = Content("Export")
            frame.border_subtitle = Content("Arrows choose · Tab completes · Enter writes · Esc back")
            yield Static(id="what", markup=False)
            yield Static(id="as", markup=False)
            yield Field(self._file, select_on_focus=True, compact=True)
            yield Static(id="folder", markup=False)
            yield Static(id="names", markup=False)

    def on_mount(self) -> None:
        self._show()

    @property
    def _field(self) -> Field:
        return self.query_one(Field)

    @property
    def path(self) -> Path:
        """The file as it is typed."""
        return Path(self._field.value.strip() or self._file).expanduser()

    def _show(self) -> None:
        """Shows what is chosen, and which row the keys are for."""
        for row, (id, title) in enumerate((("what", "what"), ("as", "as"))):
            offer = self._offers[row][self._chosen[row]]
            facts = f"  {self._count(offer.key)}" if row == _WHAT else ""
            here = row == self._row
            self.query_one(f"#{id}", Static).update(
                Content.assemble(
                    (f"{'▸' if here else ' '} {title:5}", "bold" if here else "$foreground 75%"),
                    ("‹ " if here else "  ", "$accent"),
                    (one_line(offer.words), "bold" if here else ""),
                    (" ›" if here else "", "$accent"),
                    (facts, "$foreground 65%"),
                )
            )
        folder = self.path.parent.absolute()
        self.query_one("#folder", Static).update(
            Content(one_line(f"in {folder}{'' if folder.is_dir() else ' (no such folder)'}"))
        )

    def action_go(self, by: int) -> None:
        """To another row."""
        self._row = (self._row + by) % 3
        if self._row == _WHERE:
            self.set_focus(self._field)
        else:
            self.set_focus(None)
        self._show()

    def on_key(self, event: events.Key) -> None:
        """Chooses on the rows that are no field."""
        if self._row == _WHERE:
            return
        event.stop()
        if event.key in ("left", "right", "h", "l", "space"):
            self._choose(-1 if event.key in ("left", "h") else 1)
        elif event.key == "enter":
            self._write()
        elif event.character and event.character.isalpha():
            self._choose_by_letter(event.character)

    def _choose(self, by: int) -> None:
        self._chosen[self._row] = (self._chosen[self._row] + by) % len(self._offers[self._row])
        self._fit_ending()
        self._show()

    def _choose_by_letter(self, letter: str) -> None:
        """The next one whose words begin so."""
        offers, now = self._offers[self._row], self._chosen[self._row]
        after = [*range(now + 1, len(offers)), *range(now)]
        begins = (at for at in after if offers[at].words.casefold().startswith(letter.casefold()))
        self._chosen[self._row] = next(begins, now)
        self._fit_ending()
        self._show()

    def _fit_ending(self) -> None:
        """Gives the file the ending of the format that was chosen, and a name that is free."""
        ending = self._offers[_AS][self._chosen[_AS]].ending
        if self._row == _AS and ending:
            self._field.value = str(free_name(Path(self._field.value or self._file).with_suffix(ending)))

    @on(Input.Changed)
    def _typed(self) -> None:
        self.query_one("#names", Static).update(Content(""))
        self._show()

    def action_complete(self) -> None:
        """Completes the name of a file or a folder, and shows what there is where it could be several."""
        typed = self._field.value
        begun, names = completions(typed)
        if not names:
            self.app.bell()
            return
        self._field.value = begun + common_start(names)
        self._field.cursor_position = len(self._field.value)
        shown = Content(one_line(shown_names(names)))
        self.call_after_refresh(self.query_one("#names", Static).update, shown)

    @on(Input.Submitted)
    def _write(self) -> None:
        chosen = self._offers[_AS][self._chosen[_AS]]
        says_format = self.path.suffix.lower() in ("", chosen.ending)
        what = self._offers[_WHAT][self._chosen[_WHAT]].key
        self.dismiss(ExportRequest(what, chosen.key if says_format else "", self.path))

    def action_leave(self) -> None:
        """Leaves without writing."""
        self.dismiss(None)
