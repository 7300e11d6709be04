"""The command line: commands by name, with completion and with what was typed before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from textual.content import Content

from store.errors import LibraryError
from tui.commands import Command, CommandError, Completion, Line, commands, completions, understood
from tui.exporting import endings
from tui.keys import Press
from tui.reading.earlier import Earlier
from tui.screens.desk.part import Part, does
from tui.screens.desk.relating import Sync
from tui.settings import SPACINGS, TEXT_WIDTHS
from tui.themes import THEMES

if TYPE_CHECKING:
    from tui.screens.picker import Picked

_HINT = "Tab completes · ↑ earlier · Esc back"
_DIGITS = 9
"""What has more is no number that anything here takes; Python refuses to read one of thousands."""
_MOST_FILES = 200
"""Entries of a folder that completion offers."""


class Commanding(Part):
    """Reads a line, completes it, and does what it says."""

    _found: Sequence[Completion] = ()
    _lit: int | None = None
    """Which completion Tab has put into the prompt."""
    _lines: Earlier | None = None

    @does("command")
    def open(self, press: Press) -> None:
        """Opens the prompt for a command."""
        self._begin("")

    def _begin(self, line: str) -> None:
        """Opens the prompt with the beginning of a line."""
        self.desk.asking = self
        self._earlier.begin()
        self.desk.foot.prompt.open(":", line)
        self.desk.foot.prompt.count(_HINT)
        self.typed(line)

    @property
    def _earlier(self) -> Earlier:
        if self._lines is None:
            self._lines = Earlier(self.desk.session.places.get("commands", []))
        return self._lines

    @property
    def known(self) -> list[Command]:
        """All commands that can be typed."""
        return commands(self.desk.typing.keymap.keys)

    @does("palette")
    def palette(self, press: Press) -> None:
        """All commands, to find one by what it does; below the list what is to be known of it."""
        from tui.screens.picker import Choice, Picker
        from tui.tooltips import tooltip

        by_name = {command.name: command for command in self.known if command.id != press.id}
        widest = max(len(command.keys) for command in by_name.values())

        def line(command: Command) -> Content:
            return Content.assemble((command.keys.ljust(widest), "bold"), f"  {command.help}")

        choices = [
            Choice(name, f"{command.keys} {command.help}", f":{name}", shown=line(command))
            for name, command in by_name.items()
        ]

        def preview(name: str) -> Content:
            return Content(tooltip(by_name[name].id, self.desk.key_of))

        def picked(which: Picked | None) -> None:
            if which is not None:
                self._call(by_name[which.key])

        self.desk.app.push_screen(Picker("Commands", choices, preview=preview, preview_rows=3), picked)

    def _call(self, command: Command) -> None:
        """Does a command; one that says nothing without words is put into the prompt, to be followed by them."""
        if command.takes and command.id not in self.desk.commands:
            self._begin(f"{command.name} ")
        else:
            self.run(Line(command))

    # the prompt

    def typed(self, text: str) -> None:
        """Shows what the line could become."""
        self._found, self._lit = completions(text, self.known, self._offers), None
        self._show()

    def turned(self, by: int) -> None:
        """Puts the next completion into the prompt, or the one before."""
        if self._found:
            at = -1 if self._lit is None and by > 0 else self._lit or 0
            self._lit = (at + by) % len(self._found)
            self.desk.foot.prompt.put(self._found[self._lit].line)
            self._show()

    def walked(self, by: int) -> None:
        """Puts an earlier line into the prompt, or a later one."""
        line = self._earlier.walk(by, self.desk.foot.prompt.words)
        self.desk.foot.prompt.put(line)
        self.typed(line)

    def entered(self, text: str) -> None:
        """Does what the line says; says why not where it says nothing that can be done."""
        self._close()
        if not text.strip():
            return
        self._earlier.add(text.strip())
        self.desk.session.places.put("commands", self._earlier.lines)
        try:
            self.run(understood(text, self.known))
        except (CommandError, LibraryError) as problem:
            self.refused(problem)

    def left(self) -> None:
        """Esc: nothing is done."""
        self._close()

    def _close(self) -> None:
        self.desk.foot.completions.hide()
        self.desk.foot.prompt.close()
        self.desk.set_focus(self.desk.active.pane, scroll_visible=False)

    def _show(self) -> None:
        self.desk.foot.completions.show([(each.line, each.help) for each in self._found], self._lit)

    @property
    def _offers(self) -> dict[str, Callable[[str], Sequence[str]]]:
        """What can follow the names of commands."""
        return {
            "open_text": self._texts_and_files,
            "tag": lambda _: [tag.path for tag in self.desk.tagging.tags()],
            "untag": lambda _: [tag for each in self.desk.marking.here()[:1] for tag in each.tags],
            "theme": lambda _: [theme.name for theme in THEMES],
            "sync": lambda _: [str(way) for way in Sync],
            "spacing": lambda _: [str(rows) for rows in SPACINGS],
            "justify": lambda _: ["on", "off"],
            "export": lambda typed: [
                f"{typed.partition('.')[0] or 'annotations'}{ending}" for ending in endings()
            ],
        }

    def _texts_and_files(self, typed: str) -> Sequence[str]:
        """Texts of the library; the entries of a folder where a path is being typed."""
        if not typed.startswith(("/", ".", "~")) and "/" not in typed:
            return [each.slug for each in self.desk.session.library.shelf.list()]
        begun = typed[: typed.rfind("/") + 1]
        try:
            entries = sorted(Path(begun or ".").expanduser().iterdir())[:_MOST_FILES]
        except OSError:
            return ()
        return [f"{begun}{entry.name}{'/' if entry.is_dir() else ''}" for entry in entries]

    # doing

    def run(self, line: Line) -> None:
        """Does a command that was understood, with what follows its name."""
        with_words: dict[str, Callable[[str], None]] = {
            "open_text": self.desk.listing.open_named,
            "tag": self.desk.tagging.tag_as,
            "untag": self.desk.tagging.take_off,
            "note": self.desk.marking.note_as,
            "search": self.desk.finding.search_for,
            "search_back": lambda words: self.desk.finding.search_for(words, backwards=True),
            "theme": self._theme,
            "export": self.desk.listing.export_to_file,
            "sync": self._sync,
            "undo": lambda words: self._times("undo", words),
            "redo": lambda words: self._times("redo", words),
            "go": self._go,
            "width": self._width,
            "spacing": self._spacing,
            "justify": self._justify,
        }
        id, words = line.command.id, line.argument
        if id == "write":
            self.desk.tell(f"every act is already written: {self.desk.key_of('quit')} leaves", good=True)
        elif id == "tutorial":
            self.desk.listing.open_tutorial()
        elif id in with_words and (words or id not in self.desk.commands):
            with_words[id](words)
        else:
            self.desk.do(Press(id))

    def _number(self, words: str, numbers: range, what: str) -> int | None:
        if words.isdecimal() and len(words) <= _DIGITS and int(words) in numbers:
            return int(words)
        self.desk.tell(f"{what} takes a number from {numbers[0]} to {numbers[-1]}", error=True)
        return None

    def _go(self, words: str) -> None:
        text = self.desk.active.text
        last = len(text.numbered) if text else 0
        if not last:
            self.desk.tell(f"no passage is here: {self.desk.key_of('open_text')} opens a text", error=True)
        elif (number := self._number(words, range(1, last + 1), ":go")) is not None:
            self.desk.do(Press("text_start", number))

    def _times(self, id: str, words: str) -> None:
        number = self._number(words, range(1, 1000), f":{id}")
        if number is not None:
            self.desk.do(Press(id, number))

    def _width(self, words: str) -> None:
        number = self._number(words, TEXT_WIDTHS, ":width")
        if number is not None:
            for side in self.desk.sides:
                side.pane.text_width = number

    def _spacing(self, words: str) -> None:
        number = self._number(words, SPACINGS, ":spacing")
        if number is not None:
            for side in self.desk.sides:
                side.pane.spacing = number

    def _justify(self, words: str) -> None:
        if words not in ("on", "off"):
            self.desk.tell(":justify takes on or off", error=True)
            return
        for side in self.desk.sides:
            side.pane.justified = words == "on"

    def _theme(self, words: str) -> None:
        names = [theme.name for theme in THEMES]
        if words in names:
            self.desk.listing.use_theme(words)
        else:
            self.desk.tell(f"no theme is called {words}; there are {', '.join(names)}", error=True)

    def _sync(self, words: str) -> None:
        ways = {str(way): way for way in Sync}
        if words in ways:
            self.desk.relating.move_together(ways[words])
        else:
            self.desk.tell(f"sync is one of {', '.join(ways)}", error=True)
