"""The command line: commands by name, with completion and with what was typed before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from textual.content import Content

from store.errors import LibraryError
from store.services.exports import endings
from tui.desk.context import DeskContext, command
from tui.desk.desk_state import Sync
from tui.desk.navigation import open_tutorial
from tui.desk.target import highlights_here
from tui.dialogs.choices import Choice, Picked
from tui.dialogs.picker import Picker
from tui.keys.command_line import (
    Command,
    CommandError,
    CommandLine,
    Completion,
    commands,
    completions,
    understood,
)
from tui.keys.key_table import Press
from tui.keys.tooltips import tooltip
from tui.settings import SPACINGS, TEXT_WIDTHS
from tui.themes import THEMES
from tui.view.prompt_history import PromptHistory

_HINT = "Tab completes · ↑ earlier · Esc back"
_DIGITS = 9
"""What has more is no number that anything here takes; Python refuses to read one of thousands."""
_MOST_FILES = 200
"""Entries of a folder that completion offers."""


class CommandPrompt:
    """Reads a line, completes it, and does what it says."""

    def __init__(self, ctx: DeskContext) -> None:
        self._ctx = ctx
        self._found: Sequence[Completion] = ()
        self._highlighted: int | None = None
        """Which completion Tab has put into the prompt."""
        self._history = PromptHistory()

    def open(self, line: str) -> None:
        """Opens the prompt with the beginning of a line."""
        prompt = self._ctx.overlays.prompt
        self._ctx.state.prompt = self
        self._history = PromptHistory(self._ctx.session.ui_state.commands)
        prompt.open(":", line)
        prompt.count(_HINT)
        self.on_change(line)

    def on_change(self, text: str) -> None:
        """Shows what the line could become."""
        self._found, self._highlighted = (
            completions(text, known_commands(self._ctx), _offers(self._ctx)),
            None,
        )
        self._show()

    def on_cycle(self, by: int) -> None:
        """Puts the next completion into the prompt, or the one before."""
        if self._found:
            at = -1 if self._highlighted is None and by > 0 else self._highlighted or 0
            self._highlighted = (at + by) % len(self._found)
            self._ctx.overlays.prompt.put(self._found[self._highlighted].line)
            self._show()

    def on_history(self, by: int) -> None:
        """Puts an earlier line into the prompt, or a later one."""
        line = self._history.walk(by, self._ctx.overlays.prompt.words)
        self._ctx.overlays.prompt.put(line)
        self.on_change(line)

    def on_submit(self, text: str) -> None:
        """Does what the line says; says why not where it says nothing that can be done."""
        self._close()
        if not text.strip():
            return
        self._history.add(text.strip())
        self._ctx.session.ui_state.commands = self._history.lines
        try:
            run_line(self._ctx, understood(text, known_commands(self._ctx)))
        except (CommandError, LibraryError) as problem:
            self._ctx.refused(problem)

    def on_cancel(self) -> None:
        """Esc: nothing is done."""
        self._close()

    def _close(self) -> None:
        self._ctx.overlays.completions.hide()
        self._ctx.overlays.prompt.close()
        self._ctx.screen.set_focus(self._ctx.active.pane, scroll_visible=False)

    def _show(self) -> None:
        self._ctx.overlays.completions.show(
            [(each.line, each.help) for each in self._found], self._highlighted
        )


@command("command")
def command_line(ctx: DeskContext, press: Press) -> None:
    """Opens the prompt for a command."""
    ctx.own(CommandPrompt).open("")


def known_commands(ctx: DeskContext) -> list[Command]:
    """All commands that can be typed."""
    return commands(ctx.keys.keymap.keys)


@command("palette")
def palette(ctx: DeskContext, press: Press) -> None:
    """All commands, to find one by what it does; below the list what is to be known of it."""
    by_name = {command.name: command for command in known_commands(ctx) if command.id != press.id}
    widest = max(len(command.keys) for command in by_name.values())

    def line(command: Command) -> Content:
        return Content.assemble((command.keys.ljust(widest), "bold"), f"  {command.help}")

    choices = [
        Choice(name, f"{command.keys} {command.help}", f":{name}", shown=line(command))
        for name, command in by_name.items()
    ]

    def preview(name: str) -> Content:
        return Content(tooltip(by_name[name].id, ctx.key_of))

    def picked(which: Picked | None) -> None:
        if which is not None:
            _call(ctx, by_name[which.key])

    ctx.push(Picker("Commands", choices, preview=preview, preview_rows=3), picked)


def _call(ctx: DeskContext, command: Command) -> None:
    """Does a command; one that says nothing without words is put into the prompt, to be followed by them."""
    if command.takes and command.id not in ctx.commands:
        ctx.own(CommandPrompt).open(f"{command.name} ")
    else:
        run_line(ctx, CommandLine(command))


def _offers(ctx: DeskContext) -> dict[str, Callable[[str], Sequence[str]]]:
    """What can follow the names of commands."""
    return {
        "open_text": partial(_texts_and_files, ctx),
        "pair_file": _files,
        "tag": lambda _: [tag.path for tag in ctx.session.tags()],
        "untag": lambda _: [tag for each in highlights_here(ctx)[:1] for tag in each.tags],
        "theme": lambda _: [theme.name for theme in THEMES],
        "sync": lambda _: [str(way) for way in Sync],
        "spacing": lambda _: [str(rows) for rows in SPACINGS],
        "justify": lambda _: ["on", "off"],
        "export": lambda typed: [
            f"{typed.partition('.')[0] or 'annotations'}{ending}" for ending in endings()
        ],
    }


def _texts_and_files(ctx: DeskContext, typed: str) -> Sequence[str]:
    """Texts of the library; the entries of a folder where a path is being typed."""
    if not typed.startswith(("/", ".", "~")) and "/" not in typed:
        return [each.slug for each in ctx.session.library.texts.list()]
    return _files(typed)


def _files(typed: str) -> Sequence[str]:
    """The entries of the folder that is being typed."""
    begun = typed[: typed.rfind("/") + 1]
    try:
        entries = sorted(Path(begun or ".").expanduser().iterdir())[:_MOST_FILES]
    except OSError:
        return ()
    return [f"{begun}{entry.name}{'/' if entry.is_dir() else ''}" for entry in entries]


def run_line(ctx: DeskContext, line: CommandLine) -> None:
    """Does a command that was understood, with what follows its name."""
    id, words = line.command.id, line.argument
    if id in _ONLY_TYPED:
        _ONLY_TYPED[id](ctx, words)
    elif not words:
        ctx.do(Press(id))
    elif id in ("undo", "redo"):
        _times(ctx, id, words)
    else:
        ctx.run(Press(id, argument=words))


def _write(ctx: DeskContext, words: str) -> None:
    ctx.tell(f"every act is already written: {ctx.key_of('quit')} leaves", good=True)


def _number(ctx: DeskContext, words: str, numbers: range, what: str) -> int | None:
    if words.isdecimal() and len(words) <= _DIGITS and int(words) in numbers:
        return int(words)
    ctx.tell(f"{what} takes a number from {numbers[0]} to {numbers[-1]}", error=True)
    return None


def _go(ctx: DeskContext, words: str) -> None:
    text = ctx.active.text
    last = len(text.numbered) if text else 0
    if not last:
        ctx.tell(f"no passage is here: {ctx.key_of('open_text')} opens a text", error=True)
    elif (number := _number(ctx, words, range(1, last + 1), ":go")) is not None:
        ctx.do(Press("text_start", number))


def _times(ctx: DeskContext, id: str, words: str) -> None:
    number = _number(ctx, words, range(1, 1000), f":{id}")
    if number is not None:
        ctx.do(Press(id, number))


def _width(ctx: DeskContext, words: str) -> None:
    number = _number(ctx, words, TEXT_WIDTHS, ":width")
    if number is not None:
        for side in ctx.sides:
            side.pane.text_width = number


def _spacing(ctx: DeskContext, words: str) -> None:
    number = _number(ctx, words, SPACINGS, ":spacing")
    if number is not None:
        for side in ctx.sides:
            side.pane.spacing = number


def _justify(ctx: DeskContext, words: str) -> None:
    if words not in ("on", "off"):
        ctx.tell(":justify takes on or off", error=True)
        return
    for side in ctx.sides:
        side.pane.justified = words == "on"


def _tutorial(ctx: DeskContext, words: str) -> None:
    open_tutorial(ctx, ctx.active)


_ONLY_TYPED: dict[str, Callable[[DeskContext, str], None]] = {
    "write": _write,
    "tutorial": _tutorial,
    "go": _go,
    "width": _width,
    "spacing": _spacing,
    "justify": _justify,
}
"""Commands without a key, which have a name alone."""
