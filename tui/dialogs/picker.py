"""The one picker: a list that a few typed letters narrow, with a preview, and keys that act on what is chosen.

Tags, texts, highlights, links, acts, themes and commands are all picked here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import monotonic
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.timer import Timer
from textual.visual import VisualType
from textual.widgets import Input, OptionList, Static

from store.errors import LibraryError
from texts.visible import one_line
from tui.dialogs.choice_list import AT_ONCE, NEW, ChoiceList
from tui.dialogs.choices import Choice, Choices, MadeChoices, Meaning, Picked, PickerAction, begins
from tui.dialogs.modal import Modal
from tui.private_api import bind_first
from tui.view.ranking import FEW, Ranking
from tui.view.tables import ViewColumn, sorting_key
from tui.widgets.field import Field

_A_WHILE = 0.04
"""Seconds for which the words of choices are read before what is found so far is shown; the rest is read meanwhile."""

_FEWEST_ROWS = 8
"""Rows of a list that are there even where it is shorter, so that there is room for what may be said instead."""
_AROUND = 5
"""Rows of the frame, the field and the keys around a list."""
_PREVIEW = 7
"""Rows of a preview, if its list asks for no other number."""
_WIDEST_TABLE = 180
"""Cells of the frame at most, as in the style below, of a list with columns."""
_SORT_KEYS = ("ctrl+o", "ctrl+y")
"""The first that does nothing else sorts a list."""
_SORTED_AT_MOST = 2_000
"""Choices of a list that is read as a whole to be sorted."""
_LETTERS = {"j": "step(1)", "k": "step(-1)", "slash": "type", "question_mark": "ask"}
"""What letters do in a list where they are keys, beside its actions."""
_EDGES = 7
"""Cells of a row that the frame, the scroll bar and the edges of a choice take."""


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
            border-subtitle-color: $foreground 80%;
            padding: 0 1;
        }
        &.-columns #frame { width: 96%; max-width: 180; max-height: 94%; }
        &.-foot { align: center bottom; background: transparent; }
        &.-foot #frame { max-height: 50%; margin-bottom: 1; }
        & Input { border: none; height: 1; background: $panel; padding: 0 1; margin-bottom: 1; }
        & #preview { display: none; color: $foreground; padding: 0 1; overflow-y: auto; }
        &.-previews #preview { display: block; border-top: solid $primary 40%; }
        & #keys { height: auto; color: $foreground 80%; text-align: right; }
        & #empty { color: $foreground 80%; padding: 1 1; display: none; height: auto; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "back"),
        Binding("down,ctrl+n,ctrl+j", "move(1)", "down", priority=True),
        Binding("up,ctrl+k", "move(-1)", "up", priority=True),
        Binding("pagedown", "move(10)", "page down", priority=True),
        Binding("pageup", "move(-10)", "page up", priority=True),
        Binding("tab", "tick", "tick", priority=True),
    ]

    def __init__(
        self,
        title: str,
        choices: Sequence[Choice],
        *,
        new: str = "",
        actions: Sequence[PickerAction] = (),
        preview: Callable[[str], VisualType] | None = None,
        preview_rows: int = _PREVIEW,
        ticks: bool = False,
        empty: str = "Nothing here yet.",
        typed: str = "",
        highlighted: str = "",
        matches: Meaning | None = None,
        hint: str = "type to narrow",
        lenient: bool = False,
        columns: Sequence[ViewColumn] = (),
        legend: str = "",
        at_foot: bool = False,
        letters: bool = False,
        acts: Callable[[Picked], None] | None = None,
        completed: Callable[[str], str] | None = None,
    ) -> None:
        """`new` names what typing something unknown makes (`tag`); `empty` says how to fill an empty list.

        What is typed and begins no part of a choice's label is taken as new, unless the picker is `lenient`: then
        what is only nearly the label of a choice still means that choice first.
        `matches` gives some typed words a meaning of their own, which `hint` tells.

        With `columns` the list is a table of the choices' cells, sorted by Ctrl-o, or Ctrl-y where that does something
        else. `legend` says what its numbers and signs mean, for who types `?`. `at_foot` leaves what is above in sight.

        With `letters` the keys of actions may be letters, and what narrows the list is typed after `/`. `acts` does
        what actions do that leave the list open. `completed` is what Tab makes of what is typed.
        """
        super().__init__()
        self.heading, self._new, self._actions = title, new, tuple(actions)
        self.choices = choices if isinstance(choices, Choices) else MadeChoices(choices)
        self._preview, self._preview_rows = preview, preview_rows
        self._ticks, self.when_empty = ticks, empty
        self.typed, self._highlighted_key = typed, highlighted
        self._matches, self._hint, self._lenient = matches, hint, lenient
        self._columns, self._legend = tuple(columns), legend
        self._letters, self._acts, self._completed = letters, acts, completed
        self._sorted_by: int | None = None
        """Number of the column by which the list is sorted; None for its own order."""
        self.set_class(bool(columns), "-columns")
        self.set_class(at_foot, "-foot")
        self._list = ChoiceList(self.choices, columns, ticks=ticks)
        self._ranking = Ranking(few=len(self.choices) <= FEW)
        self._reading: Timer | None = None
        for action in self._actions:
            # Before the field of typed letters, which has uses of its own for some of these keys.
            bind_first(self, action.press, f"do('{action.name}')")
        if self._ticks:
            bind_first(self, "ctrl+a", "tick_all")
        if self._sorts:
            bind_first(self, self._sorts, "sort")
        bind_first(self, "f1", "explain")
        if letters:
            for press, does in _LETTERS.items():
                bind_first(self, press, does)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Letters are keys only while nothing is typed."""
        if self._letters and self.is_mounted and self.query_one("#typed").has_focus:
            if action == "do":
                return not any(each.name == parameters[0] and len(each.press) == 1 for each in self._actions)
            return action not in ("step", "type", "ask")
        return super().check_action(action, parameters)

    @property
    def _sorts(self) -> str:
        """The key that sorts it; empty where it has no columns, or is so long that it is not read as a whole."""
        taken = {action.press for action in self._actions}
        if not self._columns or len(self.choices) > _SORTED_AT_MOST:
            return ""
        return next((key for key in _SORT_KEYS if key not in taken), "")

    def compose(self) -> ComposeResult:
        with Vertical(id="frame") as frame:
            frame.border_title = Content(one_line(self.heading))
            hint = f"/ {self._hint}" if self._letters else self._hint
            yield Field(self.typed, placeholder=hint, id="typed", select_on_focus=False, compact=True)
            yield Static(id="empty", markup=False)
            yield self._list
            yield Static(id="preview", markup=False)
            yield Static(Content(self._keys_line()), id="keys")

    def _keys_line(self) -> str:
        parts = ["Enter pick"] + (["Tab tick, Ctrl-a all"] if self._ticks else [])
        parts += ["Tab completes"] * (self._completed is not None)
        parts += [f"{_shown(action.press)} {action.help}" for action in self._actions]
        parts += [f"{_shown(self._sorts)} sort"] * bool(self._sorts) + ["? explains"] * bool(self._legend)
        return " · ".join([*parts, "Esc back"])

    def on_mount(self) -> None:
        self.set_class(self._preview is not None, "-previews")
        # As tall as the whole list, whatever is typed: a frame that grew and shrank with the letters would flicker.
        rows = max(_FEWEST_ROWS, len(self.choices)) + _AROUND + bool(self._columns)
        if self._preview is not None:
            self.query_one("#preview").styles.height = self._preview_rows + 1  # and its border
            rows += self._preview_rows + 2
        self.query_one("#frame").styles.height = rows
        highlighted = self._highlighted_key
        self._narrow(self.typed)
        if highlighted:
            self._list.highlight(highlighted)
        self.set_focus(self._list.options if self._letters else self.query_one("#typed", Input))

    def action_type(self) -> None:
        """Goes to the field in which letters narrow the list."""
        self.set_focus(self.query_one("#typed", Input))

    @property
    def _is_open(self) -> bool:
        """Whether the list is there to be drawn: what a reader waits for may come when it is closed."""
        return self.is_mounted and self.is_attached

    @on(Input.Changed, "#typed")
    def _on_typed(self, event: Input.Changed) -> None:
        if event.value == "?" and self._legend:
            event.input.value = ""
            self.action_explain()
        elif event.value != self.typed:
            self._narrow(event.value)

    def _narrow(self, typed: str) -> None:
        self.typed = typed
        if typed.strip():
            self._read_words()
        self._show_found()

    def _read_words(self) -> None:
        """Reads what typed words are held against, for a while; the rest is read while the reader goes on typing."""
        until = monotonic() + _A_WHILE
        while len(self._ranking) < len(self.choices) and monotonic() < until:
            start = len(self._ranking)
            self._ranking.add(self.choices.searched(start, min(start + AT_ONCE, len(self.choices))))
        if len(self._ranking) < len(self.choices) and self._reading is None:
            self._reading = self.set_interval(_A_WHILE / 2, self._read_on)

    def _read_on(self) -> None:
        before, highlighted = len(self._ranking), self._highlighted_key
        self._read_words()
        done = len(self._ranking) == len(self.choices)
        if done and self._reading is not None:
            self._reading.stop()
            self._reading = None
        # What was found so far is shown anew each time that there is twice as much to look through.
        if self.typed.strip() and (done or before.bit_length() < len(self._ranking).bit_length()):
            self._show_found()
            self._list.highlight(highlighted)

    def _show_found(self) -> None:
        """Lists what is meant by what is typed."""
        found = self._in_order(self._meant(self.typed))
        first = self.choices.some(found[:AT_ONCE])
        name = self.typed.strip()
        if self._new and name and not self.choices.has_label(name):
            goes_first = not self._lenient and not any(begins(name, choice.label) for choice in first)
            found = [NEW, *found] if goes_first else [*found, NEW]
        self._show_headings()
        self._list.show(found, Choice("", f"new {self._new}: {name}", sign="+", colour="$success"))
        self._show_count()
        empty = self.query_one("#empty", Static)
        empty.display = not found
        empty.update(Content(self.when_empty if not self.choices else self._not_found()))
        self._show_preview()

    def _in_order(self, found: Sequence[int]) -> Sequence[int]:
        """What is found, by the column that it is sorted by."""
        by = self._sorted_by
        if by is None:
            return found
        cells = {index: self.choices[index].cells for index in found}
        return sorted(found, key=lambda index: sorting_key(cells[index][by]))

    def _show_headings(self) -> None:
        self._list.show_headings(
            min(_WIDEST_TABLE, self.app.size.width * 96 // 100) - _EDGES, self._sorted_by
        )

    def _show_count(self) -> None:
        """Says how many there are, and how many of them are listed."""
        listed = sum(index != NEW for index in self._list.found)
        words = f"{listed} of {len(self.choices)}" if self.typed.strip() else f"{len(self.choices)}"
        self.query_one("#frame").border_subtitle = Content(words if len(self.choices) else "")

    def _not_found(self) -> str:
        return "Nothing like that here." if self._reading is None else "Nothing like that so far …"

    def renew(self) -> None:
        """Draws anew what is listed: more is known of the choices now."""
        if not self._is_open:
            return
        self._ranking = Ranking(few=len(self.choices) <= FEW)
        if self.typed.strip():
            highlighted = self._highlighted_key
            self._narrow(self.typed)
            self._list.highlight(highlighted)
            return
        self.redraw()

    def redraw(self) -> None:
        """Makes and draws anew the lines that are drawn; what they are found by stays."""
        if self._is_open:
            self._list.renew()

    def show_preview(self, key: str, preview: VisualType) -> None:
        """Shows the preview of a choice, which took a while, if it is still the highlighted one."""
        if self._is_open and self._highlighted_key == key:
            self.query_one("#preview", Static).update(preview)

    @property
    def left_at(self) -> tuple[str, str]:
        """What was typed, and the key of what was highlighted: enough to open the picker again as it was."""
        return self.typed, self._highlighted_key

    def restore(self, typed: str, highlighted: str) -> None:
        """Makes a picker that is not shown yet begin as another one was left."""
        self.typed, self._highlighted_key = typed, highlighted

    def _meant(self, typed: str) -> Sequence[int]:
        """The choices that what is typed means, best first; the one that it names in full before all others."""
        words, meets = self._matches(typed) if self._matches is not None else (typed, None)
        if not typed.strip():
            return range(len(self.choices))
        meant = self._ranking(words)
        named, key = words.strip().casefold(), self.choices.key
        if named:
            meant = sorted(meant, key=lambda index: key(index).casefold() != named)
        return meant if meets is None else [index for index in meant if meets(key(index))]

    def on_resize(self) -> None:
        """Fits the columns to the room."""
        if self._columns and self._list.found:
            self._show_headings()
            self._list.draw()

    @on(OptionList.OptionHighlighted)
    def _show_preview(self) -> None:
        current = self._list.current
        self._highlighted_key = current.key if current else ""
        if self._preview is None:
            return
        preview = self.query_one("#preview", Static)
        preview.update(self._previewed(current.key) if current and current.key else Content(""))

    def _previewed(self, key: str) -> VisualType:
        """The preview of a choice; why there is none where another program has taken it away."""
        assert self._preview is not None
        try:
            return self._preview(key)
        except LibraryError as problem:
            return Content(one_line(str(problem)))

    def action_move(self, rows: int) -> None:
        """Highlights the choice so many rows on."""
        self._list.move(rows)

    def action_step(self, rows: int) -> None:
        """The same by a letter."""
        self.action_move(rows)

    def action_ask(self) -> None:
        """Says what is what, by a letter."""
        self.action_explain()

    def action_sort(self) -> None:
        """Sorts the list by its next column, and after the last one as it was."""
        titled = [number for number, column in enumerate(self._columns) if column.title]
        orders = [None, *titled]
        self._sorted_by = orders[(orders.index(self._sorted_by) + 1) % len(orders)]
        highlighted = self._highlighted_key
        self._show_found()
        self._list.highlight(highlighted)

    def action_explain(self) -> None:
        """Says what numbers, signs and keys of the list mean."""
        from tui.dialogs.small_dialogs import Page

        parts = [part.strip() for part in (*self._legend.split("\n"), *self._keys_line().split(" · "))]
        self.app.push_screen(Page(f"In this list: {self.heading}", Content("\n".join(filter(None, parts)))))

    def action_tick(self) -> None:
        """Ticks the highlighted choice, or takes the tick back, and goes on; else completes what is typed."""
        if self._completed is None:
            self._list.tick()
            return
        field = self.query_one("#typed", Input)
        field.value = self._completed(field.value)
        field.cursor_position = len(field.value)

    def action_tick_all(self) -> None:
        """Ticks all that is listed; takes the ticks back where all of it is ticked."""
        self._list.tick_all()

    @property
    def searched_all(self) -> bool:
        """Whether what is typed has been held against every choice."""
        return len(self._ranking) == len(self.choices)

    @property
    def listed(self) -> tuple[str, ...]:
        """The keys of all choices that are listed, those out of view too."""
        return self._list.keys

    @property
    def ticked(self) -> dict[str, None]:
        """The keys of the choices that are ticked, in that order."""
        return self._list.ticked

    @on(Input.Submitted, "#typed")
    @on(OptionList.OptionSelected)
    def _pick(self, event: Input.Submitted | OptionList.OptionSelected) -> None:
        event.stop()
        current = self._list.current
        if self._letters and isinstance(event, Input.Submitted):
            self.set_focus(self._list.options)
        elif current is not None and not current.key:
            self.dismiss(Picked("new", tuple(self.ticked), self.typed.strip()))
        elif current is not None:
            self._leave_with("pick")
        else:
            self.app.bell()

    def _leave_with(self, action: str) -> None:
        current = self._list.current
        keys = tuple(self.ticked) or ((current.key,) if current and current.key else ())
        if not self.ticked and any(each.name == action and each.all for each in self._actions):
            keys = self.listed
        if not keys:
            self.app.bell()
        elif self._acts is not None and any(each.name == action and each.stays for each in self._actions):
            self._acts(Picked(action, keys, self.typed.strip()))
            self.ticked.clear()
            self._list.draw()
        else:
            self.dismiss(Picked(action, keys, self.typed.strip()))

    def action_do(self, name: str) -> None:
        """Leaves with what an action's key does."""
        self._leave_with(name)

    def action_leave(self) -> None:
        """Leaves without picking; first the field, where letters are keys outside of it."""
        if self._letters and self.query_one("#typed").has_focus:
            self.query_one("#typed", Input).value = ""
            self.set_focus(self._list.options)
        else:
            self.dismiss(None)


def _shown(press: str) -> str:
    return press.replace("ctrl+", "Ctrl-").replace("delete", "Del")
