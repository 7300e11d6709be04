"""The desk as a program: opens the library, shows the desk, and leaves everything written behind it."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import ClassVar

# Textual reads its frame rate when it is imported; at 60 a key waits up to 16 ms for its frame.
os.environ.setdefault("TEXTUAL_FPS", "120")

from textual.app import App, SystemCommand
from textual.binding import BindingType
from textual.screen import Screen

from texts.visible import one_line, visible
from tui.home import settings_file
from tui.keys import Keymap, Press, shown
from tui.screens.desk import DeskScreen
from tui.session import Session
from tui.settings import Problem, Settings, read_settings
from tui.themes import THEMES

_SIGNALS = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))


class ReaderApp(App[int]):
    """Two texts on a desk."""

    TITLE = "tui"
    ENABLE_COMMAND_PALETTE = True
    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = []
    CSS = """
    * { scrollbar-color: $primary 60%; scrollbar-background: $surface; }
    """

    def __init__(self, session: Session, settings: Settings, problems: Sequence[Problem] = ()) -> None:
        super().__init__()
        self._problems = problems
        self.session = session
        self.settings = settings
        for theme in THEMES:
            self.register_theme(theme)
        names = {theme.name for theme in THEMES}
        chosen = session.places.get("theme", settings.theme)
        self.theme = chosen if chosen in names else THEMES[0].name
        session.deliver_with(self.call_later)
        self.desk = DeskScreen(session, Keymap.with_changes(settings.keys), settings.text_width)

    def get_default_screen(self) -> Screen[None]:
        return self.desk

    def on_mount(self) -> None:
        self.call_after_refresh(self._settle)
        for number in _SIGNALS:
            with suppress(
                NotImplementedError, RuntimeError, ValueError
            ):  # no such signals, or not the main thread
                asyncio.get_running_loop().add_signal_handler(number, self._leave_on_signal, number)
        for problem in self._problems:
            self.notify(one_line(str(problem)), title="settings", severity="warning", markup=False)

    def _leave_on_signal(self, number: int) -> None:
        """Leaves as `q` does, with what is being written kept as a draft."""
        keep_draft = getattr(self.screen, "keep_draft", None)
        if keep_draft is not None:
            keep_draft()
        self.exit(128 + number)

    def on_unmount(self) -> None:
        self.desk.remember()

    def _settle(self) -> None:
        """What is alive after the first paint lives to the end: the collector need not look at it again."""
        gc.collect()
        gc.freeze()

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The commands of the key table, by what they do."""
        if screen is not self.desk:
            return
        for key in self.desk.typing.keymap.keys:
            if not key.takes and key.keys:
                title = key.help[0].upper() + key.help[1:]
                yield SystemCommand(
                    title, f"{key.group} · {shown(key)}", lambda id=key.id: self.desk.do(Press(id))
                )

    def _fatal_error(self) -> None:
        """Ends over a mistake of the program's own: one line on the terminal, the traceback in a file.

        Textual would print the traceback with the values in it, the words of texts and notes among them.
        """
        import traceback

        from rich.text import Text as RichText

        problem = traceback.format_exc(limit=-40)
        log = self.session.library.path.with_name("tui-error.log")
        told = f"tui stopped over a mistake of its own; what you did is saved. Please report {log}"
        try:
            log.write_text(visible(problem), encoding="utf-8")
        except OSError:
            told = f"tui stopped over a mistake of its own; what you did is saved. {problem.splitlines()[-1]}"
        self._exit_renderables.append(RichText(one_line(told)))
        self._close_messages_no_wait()

    async def action_quit(self) -> None:
        """Ctrl-q, as q."""
        self.exit(0)


def run_desk(library: Path, left: str | None, right: str | None, reader: str) -> int:
    """Opens the desk and returns its exit code. `left` and `right` are slugs; None means the last pair.

    Raises LibraryError where the library cannot be opened.
    """
    settings, problems = read_settings(settings_file())
    session = Session(library, reader)
    try:
        if left is not None:
            session.pair = (left, right or "")
        app = ReaderApp(session, settings, problems)
        return app.run() or app.return_code or 0
    finally:
        session.close()
