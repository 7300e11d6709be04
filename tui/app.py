"""The desk as a program: opens the library, shows the desk, and leaves everything written behind it."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from time import monotonic
from typing import ClassVar

# Textual reads its frame rate when it is imported; at 60 a key waits up to 16 ms for its frame.
os.environ.setdefault("TEXTUAL_FPS", "120")

from textual import events
from textual.app import App
from textual.binding import BindingType
from textual.color import Color
from textual.css.query import NoMatches
from textual.filter import LineFilter
from textual.screen import Screen
from textual.theme import Theme

from store.errors import LibraryError
from texts.visible import one_line, visible
from tui.cli import USUAL
from tui.home import default_library, settings_file
from tui.keymap import Keymap
from tui.reading.palette import NO_COLOUR, SIXTEEN, Palette, palette_of
from tui.screens.desk import DeskScreen
from tui.session import Session
from tui.settings import Problem, Settings, read_settings
from tui.shapes import Colours, Shapes, colours_of
from tui.themes import THEMES

_LONGEST_WAIT = 1.0
"""Seconds that a key waits for what the keys before it began."""
_SIGNALS = tuple(
    getattr(signal, name) for name in ("SIGTERM", "SIGHUP", "SIGINT", "SIGQUIT") if hasattr(signal, name)
)


class ReaderApp(App[int]):
    """Two texts on a desk."""

    TITLE = "tui"
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(
        self,
        session: Session,
        settings: Settings,
        problems: Sequence[Problem] = (),
        *,
        welcome: bool = False,
    ) -> None:
        """`problems` are told at the start; `welcome` says whether a first start shows the first keys."""
        super().__init__()
        self.colours = Colours.MANY
        """What the terminal shows; to be set before the app runs."""
        self._shapes: dict[str, Shapes] = {}
        """What draws in shapes, by the theme that it reads."""
        self._problems = problems
        self._welcome = welcome
        self._typed: deque[events.Event] = deque()
        """What was typed and not taken yet."""
        self._latest = 0.0
        """When the first of that is taken, whatever is still going on."""
        self.session = session
        self.settings = settings
        for theme in THEMES:
            self.register_theme(theme)
        names = {theme.name for theme in THEMES}
        chosen = session.places.get("theme", settings.theme)
        self._start_in(chosen if chosen in names else THEMES[0].name)
        session.deliver_with(self.call_later)
        keymap = Keymap.with_changes(settings.keys, preset=settings.preset)
        self.desk = DeskScreen(session, keymap, settings)

    def _start_in(self, theme: str) -> None:
        """Takes a theme before anything is drawn."""
        if not self.available_themes[theme].dark:
            self.theme = theme
            return
        # Dark as the theme that it replaces. Set as a change, it would have all of the CSS parsed twice before the
        # first paint: 3 ms of the 110 that this took beyond an empty app.
        self.set_reactive(App.theme, theme)
        self.stylesheet.set_variables(self.get_css_variables())

    def get_default_screen(self) -> Screen[None]:
        return self.desk

    def on_mount(self) -> None:
        self.call_after_refresh(self._settle)
        self.app_resume_signal.subscribe(self, lambda _: self._paint_all())
        for number in _SIGNALS:
            with suppress(
                NotImplementedError, RuntimeError, ValueError
            ):  # no such signals, or not the main thread
                asyncio.get_running_loop().add_signal_handler(number, self._leave_on_signal, number)
        if self._welcome:
            self.call_after_refresh(self.desk.show_first_keys)
        for problem in self._problems:
            self.notify(one_line(str(problem)), title="settings", severity="warning", markup=False)

    async def on_event(self, event: events.Event) -> None:
        """Takes what is typed one by one: each key goes where those before it lead."""
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            self._typed.append(event)
            if len(self._typed) == 1:
                self._latest = monotonic() + _LONGEST_WAIT
                await self._take_typed()
        else:
            await super().on_event(event)

    async def _take_typed(self) -> None:
        """Takes what was typed, as far as what was typed before is done.

        Textual hands a key on at once, and so a burst of them (a slow line, a macro) to what is open before the first:
        what is typed right behind `t` belongs to the list that `t` opens.
        """
        while self._typed:
            if not self._is_done() and monotonic() < self._latest:
                await asyncio.sleep(0)
                self.call_later(self._take_typed)
                return
            await super().on_event(self._typed.popleft())
            self._latest = monotonic() + _LONGEST_WAIT

    def _is_done(self) -> bool:
        """Whether the screen on top is there, and no key, nor what came of it, is on its way up from the focus."""
        if not (self.desk.stands and self.screen.is_mounted):
            return False
        return not any(node.message_queue_size for node in (self.focused or self.screen).ancestors_with_self)

    def _leave_on_signal(self, number: int) -> None:
        """Leaves as `q` does, with what is being written kept as a draft."""
        keep_draft = getattr(self.screen, "keep_draft", None)
        if keep_draft is not None:
            keep_draft()
        self.exit(128 + number)

    def on_unmount(self) -> None:
        self.desk.remember()

    def _paint_all(self) -> None:
        """Paints every row anew: after `fg` or an editor the screen is empty, and Textual takes it for unchanged."""
        self.screen.refresh(layout=True)
        for widget in self.screen.walk_children():
            widget.refresh()

    def _settle(self) -> None:
        """What is alive after the first paint lives to the end: the collector need not look at it again."""
        gc.set_threshold(*USUAL)
        gc.collect()
        gc.freeze()

    def _fatal_error(self) -> None:
        """Ends over a mistake of the program's own: one line on the terminal, the traceback in a file.

        Textual would print the traceback with the values in it, the words of texts and notes among them. A library
        that can no longer be read is no mistake of the program's: that line says what to do.
        """
        import sys
        import traceback

        from rich.text import Text as RichText

        error = sys.exception()
        if self._exit and isinstance(error, NoMatches):
            # A screen that was being opened while the desk was left: nothing is in it yet.
            self._return_code = 0
            return
        self._return_code = 2
        if self._exit_renderables:
            return  # what follows from the first mistake would only hide it
        if isinstance(error, LibraryError):
            self._exit_renderables.append(RichText(one_line(f"tui: {error}")))
            self._close_messages_no_wait()
            return
        problem = traceback.format_exc(limit=-40)
        log = self.session.library.path.with_name("tui-error.log")
        told = f"tui stopped over a mistake of its own; what you did is saved. Please report {log}"
        try:
            log.write_text(visible(problem), encoding="utf-8")
        except OSError:
            told = f"tui stopped over a mistake of its own; what you did is saved. {problem.splitlines()[-1]}"
        self._exit_renderables.append(RichText(one_line(told)))
        self._close_messages_no_wait()

    # few colours, or none

    def palette_for(self, theme: Theme) -> Palette:
        """The colours of a pane: those of the theme where the terminal can show them."""
        if self.colours is Colours.MANY:
            return palette_of(theme)
        return SIXTEEN if self.colours is Colours.SIXTEEN else NO_COLOUR

    def get_line_filters(self) -> Sequence[LineFilter]:
        """As Textual has them, or shapes in their place."""
        if self.colours is Colours.MANY:
            return super().get_line_filters()
        shapes = self._shapes.get(self.theme)
        if shapes is None:
            ground = Color.parse(palette_of(self.current_theme).background)
            shapes = self._shapes[self.theme] = Shapes(ground, hues=self.colours is Colours.SIXTEEN)
        return [shapes]

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
        app = ReaderApp(session, settings, problems, welcome=library == default_library())
        app.colours = colours_of(app.console.color_system, os.environ)
        return app.run(mouse=settings.mouse) or app.return_code or 0
    finally:
        session.close()
