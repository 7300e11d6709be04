"""Boxes that lie over the foot of the desk at times: completions, first keys, what can follow a key, whole messages."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.widgets import Static

from texts.visible import one_line
from tui.keys.keymap import Continuation
from tui.widgets.status import StatusNote, Tone

_ROWS = 8
"""Completions that are seen at once."""
_MOST_LABEL = 40
"""Cells of their first column, at most."""
_BETWEEN = 3
"""Cells between two columns of what can follow a key."""
_MOST_OF_SCREEN = 0.75


class FloatingBox(Static):
    """A box over the status line, hidden until something is shown in it."""

    DEFAULT_CSS = """
    FloatingBox {
        dock: bottom;
        layer: over;
        height: auto;
        margin-bottom: 1;
        padding: 0 1;
        background: $panel;
        display: none;
    }
    """

    def hide(self) -> None:
        """Takes it away."""
        if self.display:
            self.display = False


class Completions(FloatingBox):
    """What a line at the prompt could become, over the prompt; highlighted is what Tab has put into it."""

    DEFAULT_CSS = """
    Completions {
        margin-bottom: 2;
        color: $foreground;
        border-top: solid $primary 50%;
    }
    """

    def show(self, choices: Sequence[tuple[str, str]], emphasized: int | None) -> None:
        """Shows (choice, explanation) pairs, those around the highlighted one."""
        if not choices:
            self.display = False
            return
        first = max(0, min((emphasized or 0) - _ROWS // 2, len(choices) - _ROWS))
        seen = choices[first : first + _ROWS]
        width = min(_MOST_LABEL, max(len(one_line(choice)) for choice, _ in seen))
        lines = [
            Content.assemble(
                (one_line(choice).ljust(width), "bold reverse" if first + number == emphasized else "bold"),
                (f"  {one_line(words)}", "$foreground 80%"),
            ).truncate(max(10, self.screen.size.width - 2), ellipsis=True)
            for number, (choice, words) in enumerate(seen)
        ]
        more = len(choices) - len(seen)
        if more:
            lines.append(Content.styled(f"{more} more", "$foreground 65%"))
        self.update(Content("\n").join(lines))
        self.display = True


class Welcome(FloatingBox):
    """The keys that one cannot do without, in a library that is new to the reader, until something has been done."""

    DEFAULT_CSS = """
    Welcome {
        color: $foreground;
        border-top: solid $accent;
    }
    """

    def show(self, title: str, rows: Sequence[tuple[str, str]]) -> None:
        """Shows a line, and under it keys with what they do, side by side where there is room."""
        width = max(len(keys) for keys, _ in rows)
        cells = [Content.assemble((keys.rjust(width), "bold $accent"), f"  {words}") for keys, words in rows]
        widest = max(cell.cell_length for cell in cells) + 3
        columns = max(1, (self.screen.size.width - 2) // widest)
        down = -(-len(cells) // columns)
        lines = [
            Content("").join(cell.pad_right(widest - cell.cell_length) for cell in cells[row::down])
            for row in range(down)
        ]
        self.update(Content("\n").join([Content.styled(title, "bold"), *lines]))
        self.display = True


class WhichKey(FloatingBox):
    """What can follow an unfinished key sequence, shown after a pause: a small table of presses."""

    DEFAULT_CSS = """
    WhichKey {
        max-height: 80%;
        color: $foreground;
        border-top: solid $primary 50%;
    }
    """

    def show(self, follows: Sequence[Continuation]) -> None:
        """Shows the presses in as many columns as find room with all their words; in more where they are many."""
        width = self.screen.size.width - 2
        presses = max(len(one_line(follow.press)) for follow in follows)
        cells = [
            Content.assemble(
                (one_line(follow.press).rjust(presses), "bold $accent"), f"  {one_line(follow.help)}"
            )
            for follow in follows
        ]
        widest = max(cell.cell_length for cell in cells)
        most_rows = max(1, int(self.screen.size.height * _MOST_OF_SCREEN))
        columns = max(1, (width + _BETWEEN) // (widest + _BETWEEN), -(-len(cells) // most_rows))
        room = max(8, (width + _BETWEEN) // columns - _BETWEEN)
        rows = -(-len(cells) // columns)
        lines = [
            Content(" " * _BETWEEN).join(
                cell.truncate(room, ellipsis=True, pad=True) for cell in cells[row::rows]
            )
            for row in range(rows)
        ]
        self.update(Content("\n").join(lines))
        self.display = True


class WholeMessage(FloatingBox):
    """A message that the status line has no room for, in as many rows as it takes."""

    DEFAULT_CSS = """
    WholeMessage {
        max-height: 50%;
        &.-error { color: $error; text-style: bold; }
        &.-warning { color: $warning; }
        &.-good { color: $success; }
    }
    """

    def show(self, message: StatusNote) -> None:
        """Shows a message."""
        for tone in Tone:
            self.set_class(tone is message.tone, f"-{tone}")
        self.update(Content(one_line(message.words)))
        self.display = True
