"""The one picker: a list that a few typed letters narrow, with a preview, and keys that act on what is chosen.

Tags, texts, highlights, links, acts, themes and commands are all picked here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.visual import VisualType
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from texts.visible import one_line, visible
from tui.reading.ranking import rank
from tui.screens.modal import Modal
from tui.widgets.field import Field

_MOST_SHOWN = 400
"""Options drawn at once; typing narrows to the rest. More make the list slow to open, and nobody reads them."""


_FEWEST_ROWS = 8
"""Rows of a list that are there even where it is shorter, so that there is room for what may be said instead."""
_AROUND = 5
"""Rows of the frame, the field and the keys around a list."""
_PREVIEW = 7
"""Rows of a preview, if its list asks for no other number."""
_WIDEST = 120
"""Cells of the frame at most, as in the style below."""
_EDGES = 7
"""Cells of a row that the frame, the scroll bar and the edges of a choice take."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of a picker."""

    key: str
    """What the caller knows it by."""
    label: str
    """What is shown, and what the typed letters are held against."""
    detail: str = ""
    """Shown dim after the label; also searched."""
    sign: str = ""
    """A letter or shape before the label."""
    colour: str = ""
    """Colour of the sign, as the theme or CSS names it."""
    shown: Content | None = None
    """Shown in place of the label where plain words do not say it, such as what changed in a quote."""


@dataclass(frozen=True, slots=True)
class Deed:
    """What a key does with the choices that are ticked, or the one that is lit."""

    press: str
    """Textual's name of the key."""
    name: str
    """What the caller knows it by."""
    help: str
    """A word or two for the line below the list."""
    all: bool = False
    """Whether it takes everything that is listed while nothing is ticked."""


Meaning = Callable[[str], tuple[str, Callable[[str], bool]]]
"""Takes out of what is typed the words that have a meaning of their own: gives the others, and whether the choice
with a key meets those."""


@dataclass(frozen=True, slots=True)
class Picked:
    """How a picker was left."""

    deed: str
    """`pick` for Enter, `new` for a name that was typed, else the name of the deed."""
    keys: tuple[str, ...]
    """The choices: those that are ticked, beside a new name too; else the lit one."""
    typed: str = ""

    @property
    def key(self) -> str:
        """The one choice; empty where there was none."""
        return self.keys[0] if self.keys else ""


class Picker(Modal[Picked | None]):
    """Narrows choices as the reader types. Dismisses with what was picked, or None."""

    DEFAULT_CSS = """
    Picker {
        align: center middle;
        background: $background 60%;
        & #frame {
            width: 92%;
            max-width: 120;
            max-height: 84%;
            background: $surface;
            border: round $primary;
            border-title-color: $foreground;
            padding: 0 1;
        }
        & Input { border: none; height: 1; background: $panel; padding: 0 1; margin-bottom: 1; }
        & OptionList { border: none; background: $surface; height: 1fr; padding: 0; scrollbar-size-vertical: 1; }
        & OptionList > .option-list--option-highlighted,
        & OptionList:focus > .option-list--option-highlighted {
            background: $primary 30%;
            color: $foreground;
            text-style: none;
        }
        & #preview { display: none; color: $foreground; padding: 0 1; overflow-y: auto; }
        &.-previews #preview { display: block; border-top: solid $primary 40%; }
        & #keys { height: auto; color: $foreground 80%; text-align: right; }
        & #empty { color: $foreground 80%; padding: 1 1; display: none; height: auto; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "back", show=False),
        Binding("down,ctrl+n,ctrl+j", "move(1)", "down", show=False, priority=True),
        Binding("up,ctrl+k", "move(-1)", "up", show=False, priority=True),
        Binding("pagedown", "move(10)", "page down", show=False, priority=True),
        Binding("pageup", "move(-10)", "page up", show=False, priority=True),
        Binding("tab", "tick", "tick", show=False, priority=True),
    ]

    def __init__(
        self,
        title: str,
        choices: Sequence[Choice],
        *,
        new: str = "",
        deeds: Sequence[Deed] = (),
        preview: Callable[[str], VisualType] | None = None,
        preview_rows: int = _PREVIEW,
        ticks: bool = False,
        empty: str = "Nothing here yet.",
        typed: str = "",
        lit: str = "",
        matches: Meaning | None = None,
        hint: str = "type to narrow",
        lenient: bool = False,
    ) -> None:
        """`new` names what typing something unknown makes (`tag`); `empty` says how to fill an empty list.

        What is typed and begins no part of a choice's label is taken as new, unless the picker is `lenient`: then
        what is only nearly the label of a choice still means that choice first.
        `matches` gives some typed words a meaning of their own, which `hint` tells.
        """
        super().__init__()
        self._title, self._choices, self._new, self._deeds = title, list(choices), new, tuple(deeds)
        self._preview, self._preview_rows = preview, preview_rows
        self._ticks, self._empty = ticks, empty
        self._typed, self._lit = typed, lit
        self._matches, self._hint, self._lenient = matches, hint, lenient
        self._haystack = [f"{choice.label} {choice.detail}" for choice in self._choices]
        self._ticked: dict[str, None] = {}
        self._found: list[Choice] = []
        for deed in self._deeds:
            # Before the field of typed letters, which has uses of its own for some of these keys.
            self._bindings.bind(deed.press, f"deed('{deed.name}')", priority=True)
        if self._ticks:
            self._bindings.bind("ctrl+a", "tick_all", priority=True)

    @staticmethod
    def columns(cells: int) -> int:
        """Cells of a row of the list on a screen so many cells wide."""
        return min(_WIDEST, cells * 92 // 100) - _EDGES

    def compose(self) -> ComposeResult:
        with Vertical(id="frame") as frame:
            frame.border_title = Content(one_line(self._title))
            yield Field(self._typed, placeholder=self._hint, id="typed", select_on_focus=False, compact=True)
            yield Static(id="empty", markup=False)
            with Horizontal():
                yield OptionList(id="list", markup=False, compact=True)
            yield Static(id="preview", markup=False)
            yield Static(Content(self._keys_line()), id="keys")

    def _keys_line(self) -> str:
        parts = ["Enter pick"] + (["Tab tick, Ctrl-a all"] if self._ticks else [])
        parts += [f"{_shown(deed.press)} {deed.help}" for deed in self._deeds]
        return " · ".join([*parts, "Esc back"])

    def on_mount(self) -> None:
        self.set_class(self._preview is not None, "-previews")
        # As tall as the whole list, whatever is typed: a frame that grew and shrank with the letters would flicker.
        rows = max(_FEWEST_ROWS, len(self._choices)) + _AROUND
        if self._preview is not None:
            self.query_one("#preview").styles.height = self._preview_rows + 1  # and its border
            rows += self._preview_rows + 2
        self.query_one("#frame").styles.height = rows
        lit = self._lit
        self._narrow(self._typed)
        if lit:
            self._light(lit)
        self.set_focus(self.query_one("#typed", Input))

    @on(Input.Changed, "#typed")
    def _on_typed(self, event: Input.Changed) -> None:
        if event.value != self._typed:
            self._narrow(event.value)

    def _narrow(self, typed: str) -> None:
        self._typed = typed
        self._found = self._meant(typed)
        name = typed.strip()
        if self._new and name and all(choice.label != name for choice in self._choices):
            new = Choice("", f"new {self._new}: {name}", sign="+", colour="$success")
            goes_first = not self._lenient and not any(
                begins(name, choice.label) for choice in self._found[:_MOST_SHOWN]
            )
            self._found.insert(0 if goes_first else len(self._found), new)
        options = self.query_one("#list", OptionList)
        options.clear_options()
        options.add_options([Option(self._line(choice)) for choice in self._found[:_MOST_SHOWN]])
        hidden = len(self._found) - _MOST_SHOWN
        if hidden > 0:
            options.add_option(Option(Content(f"… {hidden} more: type to narrow"), disabled=True))
        if self._found:
            options.highlighted = 0
        empty = self.query_one("#empty", Static)
        empty.display = not self._found
        empty.update(Content(self._empty if not self._choices else "Nothing like that here."))
        self._show_preview()

    @property
    def left_at(self) -> tuple[str, str]:
        """What was typed, and the key of what was lit: enough to open the picker again as it was."""
        return self._typed, self._lit

    def take_up(self, typed: str, lit: str) -> None:
        """Makes a picker that is not shown yet begin as another one was left."""
        self._typed, self._lit = typed, lit

    def _meant(self, typed: str) -> list[Choice]:
        """The choices that what is typed means, best first; the one that it names in full before all others."""
        words, meets = self._matches(typed) if self._matches is not None else (typed, None)
        meant = [self._choices[index] for index in rank(words, self._haystack)]
        named = words.strip().casefold()
        if named:
            meant.sort(key=lambda choice: choice.key.casefold() != named)
        return meant if meets is None else [choice for choice in meant if meets(choice.key)]

    def _line(self, choice: Choice) -> Content:
        tick = "✓ " if choice.key in self._ticked else "  " if self._ticks else ""
        sign = (f"{one_line(choice.sign)} ", f"bold {choice.colour}" if choice.colour else "bold")
        label = one_line(choice.label) if choice.shown is None else choice.shown
        detail = f"  {one_line(choice.detail)}" if choice.detail else ""
        return Content.assemble(tick, sign if choice.sign else "", label, (detail, "$foreground 65%"))

    def _light(self, key: str) -> None:
        for index, choice in enumerate(self._found[:_MOST_SHOWN]):
            if choice.key == key:
                self.query_one("#list", OptionList).highlighted = index

    @property
    def _current(self) -> Choice | None:
        index = self.query_one("#list", OptionList).highlighted
        return self._found[index] if index is not None and index < len(self._found) else None

    @on(OptionList.OptionHighlighted)
    def _show_preview(self) -> None:
        current = self._current
        self._lit = current.key if current else ""
        if self._preview is None:
            return
        preview = self.query_one("#preview", Static)
        preview.update(self._preview(current.key) if current and current.key else Content(""))

    def action_move(self, rows: int) -> None:
        """Lights the choice so many rows on."""
        options = self.query_one("#list", OptionList)
        shown = min(len(self._found), _MOST_SHOWN)
        if shown:
            options.highlighted = max(0, min(shown - 1, (options.highlighted or 0) + rows))

    def action_tick(self) -> None:
        """Ticks the lit choice, or takes the tick back, and goes on to the next."""
        current = self._current
        if not self._ticks or current is None or not current.key:
            return
        if current.key in self._ticked:
            del self._ticked[current.key]
        else:
            self._ticked[current.key] = None
        options = self.query_one("#list", OptionList)
        if options.highlighted is not None:
            options.replace_option_prompt_at_index(options.highlighted, self._line(current))
        self.action_move(1)

    def action_tick_all(self) -> None:
        """Ticks all that is listed; takes the ticks back where all of it is ticked."""
        keys = dict.fromkeys(choice.key for choice in self._found if choice.key)
        if keys and all(key in self._ticked for key in keys):
            self._ticked = {key: None for key in self._ticked if key not in keys}
        else:
            self._ticked |= keys
        options = self.query_one("#list", OptionList)
        for index, choice in enumerate(self._found[:_MOST_SHOWN]):
            options.replace_option_prompt_at_index(index, self._line(choice))

    @on(Input.Submitted, "#typed")
    @on(OptionList.OptionSelected)
    def _pick(self, event: Input.Submitted | OptionList.OptionSelected) -> None:
        event.stop()
        current = self._current
        if current is not None and not current.key:
            self.dismiss(Picked("new", tuple(self._ticked), self._typed.strip()))
        elif current is not None:
            self._leave_with("pick")
        else:
            self.app.bell()

    def _leave_with(self, deed: str) -> None:
        current = self._current
        keys = tuple(self._ticked) or ((current.key,) if current and current.key else ())
        if not self._ticked and any(each.name == deed and each.all for each in self._deeds):
            keys = tuple(choice.key for choice in self._found if choice.key)
        if keys:
            self.dismiss(Picked(deed, keys, self._typed.strip()))
        else:
            self.app.bell()

    def action_deed(self, name: str) -> None:
        """Leaves with what a deed's key does."""
        self._leave_with(name)

    def action_leave(self) -> None:
        """Leaves without picking."""
        self.dismiss(None)


def begins(typed: str, label: str) -> bool:
    """Whether all that is typed begins a label, or a part of it, such as the last name of a tag's path."""
    wanted, held = typed.casefold().strip(), label.casefold()
    return bool(wanted) and any(
        held.startswith(wanted, at) for at in range(len(held)) if at == 0 or not held[at - 1].isalnum()
    )


def preview_words(*parts: tuple[str, str]) -> Content:
    """A preview of (words, style) parts, the words made harmless."""
    return Content.assemble(*((visible(words), style) for words, style in parts))


def _shown(press: str) -> str:
    return press.replace("ctrl+", "Ctrl-").replace("delete", "Del")
