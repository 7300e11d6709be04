"""The list in a picker: its lines, drawn some at a time, with ticks, columns and headings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from texts.visible import one_line
from tui.dialogs.choices import Choice, Choices
from tui.view.tables import ViewColumn, fitted, widths

AT_ONCE = 100
"""Choices that are made and drawn at a time: the first as the list opens, more as the reader comes near the end."""
_FURTHEST = 1000
"""How far down a list may begin, with all before it drawn."""
NEW = -1
"""Stands among the places of choices for what a typed name would make."""


class ChoiceList(Vertical):
    """Draws what is found among the choices, and knows which is highlighted and which are ticked."""

    DEFAULT_CSS = """
    ChoiceList {
        height: 1fr;
        & #headings { display: none; height: 1; color: $foreground 65%; text-style: underline; }
        &.-columns #headings { display: block; }
        & OptionList { border: none; background: $surface; height: 1fr; padding: 0; scrollbar-size-vertical: 1; }
        & OptionList > .option-list--option-highlighted,
        & OptionList:focus > .option-list--option-highlighted {
            background: $primary 30%;
            color: $foreground;
            text-style: none;
        }
    }
    """

    def __init__(self, choices: Choices, columns: Sequence[ViewColumn] = (), *, ticks: bool = False) -> None:
        super().__init__(classes="-columns" if columns else "")
        self._choices, self._columns, self._ticks = choices, tuple(columns), ticks
        self.ticked: dict[str, None] = {}
        """Keys of the choices that are ticked, in that order."""
        self.found: Sequence[int] = ()
        """Places of what is listed, among the choices; `NEW` for what a typed name would make."""
        self._new = Choice("", "")
        self._drawn: list[Choice] = []
        """Those of what is listed that are drawn."""
        self._room: Sequence[int] = ()
        """Cells of each column."""

    def compose(self) -> ComposeResult:
        yield Static(id="headings", markup=False)
        yield OptionList(id="list", markup=False, compact=True)

    @property
    def options(self) -> OptionList:
        """What has the focus where letters are keys."""
        return self.query_one("#list", OptionList)

    def show(self, found: Sequence[int], new: Choice) -> None:
        """Lists what is found, the first highlighted; `new` is the line for `NEW`."""
        self.found, self._new, self._drawn = found, new, []
        self.query_one("#headings", Static).visible = bool(found)
        self.options.clear_options()
        self._draw_more()
        if found:
            self.options.highlighted = 0

    def show_headings(self, cells: int, sorted_by: int | None) -> None:
        """Fits the columns to so many cells and names them, the one that the list is sorted by with a sign."""
        if not self._columns:
            return
        # Before the first column there is room for a tick and a sign.
        before = 2 * self._ticks + 2 * any(choice.sign for choice in self._choices[:1])
        room = self._room = widths(self._columns, cells - before)
        titles = [
            f"{column.title} ▾" if number == sorted_by else column.title
            for number, column in enumerate(self._columns)
        ]
        words = Content(" ".join(fitted(*each) for each in zip(titles, room, strict=True) if each[1]))
        self.query_one("#headings", Static).update(Content.assemble(" " * before, words))

    def _draw_more(self) -> None:
        """Draws the next of what is listed, and says how many more there are."""
        options = self.options
        if options.option_count > len(self._drawn):
            options.remove_option_at_index(len(self._drawn))
        choices = self._made(self.found[len(self._drawn) : len(self._drawn) + AT_ONCE])
        self._drawn += choices
        options.add_options([Option(self._line(choice)) for choice in choices])
        hidden = len(self.found) - len(self._drawn)
        if hidden > 0:
            options.add_option(Option(Content(f"… {hidden} more"), disabled=True))

    def _made(self, places: Sequence[int]) -> list[Choice]:
        made = iter(self._choices.some([index for index in places if index != NEW]))
        return [self._new if index == NEW else next(made) for index in places]

    def renew(self) -> None:
        """Makes and draws anew the lines that are drawn: more is known of the choices now."""
        self._drawn = self._made(self.found[: len(self._drawn)])
        self.draw()

    def draw(self) -> None:
        """Draws the lines anew, with what is ticked by now."""
        for index, choice in enumerate(self._drawn):
            self.options.replace_option_prompt_at_index(index, self._line(choice))

    def _line(self, choice: Choice) -> Content:
        tick = "✓ " if choice.key in self.ticked else "  " if self._ticks else ""
        sign = (f"{one_line(choice.sign)} ", f"bold {choice.colour}" if choice.colour else "bold")
        if choice.cells:
            return Content.assemble(tick, sign if choice.sign else "", *self._cells(choice))
        label = one_line(choice.label) if choice.shown is None else choice.shown
        detail = f"  {one_line(choice.detail)}" if choice.detail else ""
        return Content.assemble(tick, sign if choice.sign else "", label, (detail, "$foreground 65%"))

    def _cells(self, choice: Choice) -> Iterator[tuple[str, str]]:
        """The cells of a choice with their styles: those of the columns that fill the room stand out."""
        for column, room, words in zip(self._columns, self._room, choice.cells, strict=True):
            if room:
                style = "$foreground 75%" if column.width else ""
                yield fitted(words, room, is_number=column.is_number) + " ", style

    @property
    def current(self) -> Choice | None:
        """The highlighted choice."""
        index = self.options.highlighted
        return self._drawn[index] if index is not None and index < len(self._drawn) else None

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of all choices that are listed, those out of view too."""
        return tuple(self._choices.key(index) for index in self.found if index != NEW)

    def highlight(self, key: str) -> None:
        """Highlights the choice of a key, if it is listed; none is where the key is empty."""
        place = self._choices.find(key) if key else None
        if place is None or place not in self.found:
            return
        at = self.found.index(place)
        if at > _FURTHEST:
            return
        while len(self._drawn) <= at:
            self._draw_more()
        self.options.highlighted = at

    def move(self, rows: int) -> None:
        """Highlights the choice so many rows on."""
        at = (self.options.highlighted or 0) + rows
        if at >= len(self._drawn) - 1 and len(self._drawn) < len(self.found):
            self._draw_more()
        if self._drawn:
            self.options.highlighted = max(0, min(len(self._drawn) - 1, at))

    def tick(self) -> None:
        """Ticks the highlighted choice, or takes the tick back, and goes on to the next."""
        current = self.current
        if not self._ticks or current is None or not current.key:
            return
        if current.key in self.ticked:
            del self.ticked[current.key]
        else:
            self.ticked[current.key] = None
        if self.options.highlighted is not None:
            self.options.replace_option_prompt_at_index(self.options.highlighted, self._line(current))
        self.move(1)

    def tick_all(self) -> None:
        """Ticks all that is listed; takes the ticks back where all of it is ticked."""
        keys = dict.fromkeys(self.keys)
        if keys and all(key in self.ticked for key in keys):
            for key in keys:
                del self.ticked[key]
        else:
            self.ticked |= keys
        self.draw()
