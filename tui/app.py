"""The desk as a program: opens the library, shows the desk, and leaves everything written behind it."""

from __future__ import annotations

import os
import sys
from collections import deque
from collections.abc import Callable, Sequence
from contextvars import copy_context
from dataclasses import replace
from functools import partial
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any, ClassVar

from texts.late_modules import left_out
from tui.runtime import expect_a_long_run
from tui.terminals import has_few_signs, is_in_screen

# OpenSSL takes 4 MB and a thirtieth of the time to the first frame, and the desk talks to no other machine.
with left_out("ssl"):
    import asyncio

# Textual reads its frame rate when it is imported; at 60 a key waits up to 16 ms for its frame.
os.environ.setdefault("TEXTUAL_FPS", "120")
if is_in_screen(
    os.environ
):  # GNU screen takes 24-bit colours for attributes, whatever the terminal around it can show
    os.environ.setdefault("TEXTUAL_COLOR_SYSTEM", "256")

from textual import events
from textual.app import App
from textual.binding import BindingType
from textual.color import Color
from textual.driver import Driver
from textual.filter import LineFilter
from textual.screen import Screen
from textual.theme import Theme

from store.errors import LibraryError
from texts.visible import one_line, visible
from tui.desk.acts import write_failed
from tui.desk.desk_screen import DeskScreen
from tui.desk.open_texts import remember
from tui.desk.target import is_being_made
from tui.home import settings_file
from tui.keys.key_table import Press, is_held_key
from tui.keys.keymap import Keymap
from tui.leaving import Leaving
from tui.monochrome import Colours, MonochromeFilter, colours_of
from tui.private_api import EndableApp
from tui.session import Session
from tui.settings import AUTO, Settings, SettingsProblem, read_settings
from tui.terminal_driver import lasting, with_plain_escape
from tui.themes import THEMES
from tui.view.cells import count_as, terminal_of
from tui.view.palette import NO_COLOUR, PLAIN_SIGNS, SIXTEEN, Palette, palette_of

if TYPE_CHECKING:
    from texts.child.runner import Child

_THEMES = {theme.name: theme for theme in THEMES}
_LONGEST_WAIT = 1.0
"""Seconds that a key waits for what the keys before it began."""
_LONGEST_TURN = 0.02
"""Seconds that one look at most counts of that wait: while the desk is busy nothing that was begun can go on."""
_LONGEST_WRITING = 30.0
"""Seconds that a key waits for a highlight to be written: where another program writes, the writer gives up before."""
_REST = 0.005
"""Seconds between looks at a highlight that is being made."""


class ReaderApp(EndableApp):
    """Two texts on a desk."""

    TITLE = "tui"
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(
        self,
        session: Session,
        settings: Settings,
        problems: Sequence[SettingsProblem] = (),
        *,
        welcome: bool = False,
        leaving: Leaving | None = None,
    ) -> None:
        """`problems` are shown at the start; `welcome` says whether the first start in a library shows the first keys.

        `leaving` is given how the desk leaves for a signal.
        """
        chosen = session.ui_state.theme or settings.theme
        # Before Textual makes its variables of CSS: a change would have them made, and all of the CSS parsed, again.
        self.set_reactive(App.theme, chosen if chosen in _THEMES else THEMES[0].name)
        super().__init__()
        self.colours = Colours.MANY
        """What the terminal shows; to be set before the app runs."""
        self.plain_signs = False
        """Whether its font has few signs, as those of the Linux console; to be set likewise."""
        self._shapes: dict[str, MonochromeFilter] = {}
        """What draws in shapes, by the theme that it reads."""
        self._problems = problems
        self._welcome = welcome
        self._leaving = leaving
        self._typed: deque[events.Event] = deque()
        """What was typed and not taken yet."""
        self._waited = self._looked = 0.0
        """How long the first of that has waited for what still goes on, and when that was last looked at."""
        self.session = session
        self.settings = settings
        session.deliver_with(self.call_later)
        keymap = Keymap.with_changes(settings.keys, preset=settings.preset)
        self.desk = DeskScreen(session, keymap, settings)

    @property
    def available_themes(self) -> dict[str, Theme]:
        """Textual's themes and ours."""
        return {**super().available_themes, **_THEMES}

    def get_driver_class(self) -> type[Driver]:
        """As Textual chooses it; it outlasts its terminal, and Esc and a quick key are two keys in it."""
        return lasting(with_plain_escape(super().get_driver_class()))

    def push_screen(
        self,
        screen: Screen[Any] | str,
        callback: Callable[[Any], Any] | None = None,
        wait_for_dismiss: bool = False,
        *,
        mode: str | None = None,
    ) -> Any:
        """As Textual's; where what was picked has gone from the library meanwhile, the desk says so and goes on."""

        def careful(result: Any) -> None:
            assert callback is not None
            try:
                callback(result)
            except LibraryError as problem:
                write_failed(self.desk.context, problem)

        push: Any = super().push_screen  # the overloads differ only in what is awaited
        return push(screen, None if callback is None else careful, wait_for_dismiss, mode=mode)

    def get_default_screen(self) -> Screen[None]:
        return self.desk

    def on_mount(self) -> None:
        self.call_after_refresh(expect_a_long_run)
        self.app_resume_signal.subscribe(self, lambda _: self._paint_all())
        if self._leaving is not None:
            self._leave_with(self._leaving)
        if self._welcome:
            self.call_after_refresh(self._show_first_keys)
        for problem in self._problems:
            self.notify(one_line(str(problem)), title="settings", severity="warning", markup=False)

    async def on_event(self, event: events.Event) -> None:
        """Takes what is typed one by one: each key goes where those before it lead."""
        if isinstance(event, events.Key) and is_held_key(event.key):
            return
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            self._typed.append(event)
            if len(self._typed) == 1:
                self._waited, self._looked = 0.0, monotonic()
                await self._take_typed()
        else:
            await super().on_event(event)

    async def _take_typed(self) -> None:
        """Takes what was typed, as far as what was typed before is done.

        Textual hands a key on at once, and so a burst of them (a slow line, a macro) to what is open before the first:
        what is typed right behind `t` belongs to the list that `t` opens.
        """
        while self._typed:
            now = monotonic()
            self._waited += min(now - self._looked, _LONGEST_TURN)
            self._looked = now
            is_early = self._waits_for_highlight(self._typed[0])
            longest, rest = (_LONGEST_WRITING, _REST) if is_early else (_LONGEST_WAIT, 0)
            if (is_early or not self._is_done()) and self._waited < longest:
                await asyncio.sleep(rest)
                self.call_later(self._take_typed)
                return
            await super().on_event(self._typed.popleft())
            self._waited, self._looked = 0.0, monotonic()

    def _is_done(self) -> bool:
        """Whether the screen on top is there, and no key, nor what came of it, is on its way up from the focus."""
        if not (self.desk.stands and self.screen.is_mounted):
            return False
        return not any(node.message_queue_size for node in (self.focused or self.screen).ancestors_with_self)

    def _waits_for_highlight(self, event: events.Event) -> bool:
        """Whether what is typed may act on a highlight at the cursor that is being made, and is there once written.

        Keys that only move wait for nothing.
        """
        if not self.desk.stands or self.screen is not self.desk:
            return False
        return is_being_made(self.desk.context) and self.desk.acts_with(event)

    def _leave_with(self, leaving: Leaving) -> None:
        """Says how to leave, in the thread and the context of the screens."""
        leaving.take_signals()  # a driver may have taken some
        ask = partial(asyncio.get_running_loop().call_soon_threadsafe, context=copy_context())
        leaving.ask = lambda number: ask(self._leave_on_signal, number)
        leaving.keep_draft = self._keep_drafts

    def _leave_on_signal(self, number: int) -> None:
        """Leaves as `q` does, with what is being written kept as a draft."""
        self._keep_drafts()
        self.exit(128 + number)

    def _keep_drafts(self) -> None:
        """Keeps what is being written, in whichever screen."""
        from tui.dialogs.modal import WithDraft  # which the first paint can do without

        for screen in self.screen_stack:
            if isinstance(screen, WithDraft):
                screen.keep_draft()

    def on_unmount(self) -> None:
        remember(self.desk.context)

    def _paint_all(self) -> None:
        """Paints every row anew: after `fg` or an editor the screen is empty, and Textual takes it for unchanged."""
        self.screen.refresh(layout=True)
        for widget in self.screen.walk_children():
            widget.refresh()

    def _show_first_keys(self) -> None:
        """Shows the first keys of a first start."""
        from tui.desk.next_keys import show_first_keys  # which the first paint can do without

        show_first_keys(self.desk.context)

    def report_fatal_error(self) -> None:
        """Ends over a mistake of the program's own: one line on the terminal, the traceback in a file.

        Textual would print the traceback with the values in it, the words of texts and notes among them. A library
        that can no longer be read is no mistake of the program's: that line says what to do.
        """
        import traceback

        from rich.text import Text as RichText

        error = sys.exception()
        if self.is_ending:
            return  # what follows from the first mistake would only hide it
        if isinstance(error, LibraryError):
            self.end(RichText(one_line(f"tui: {self.session.cause_of(error)}")))
            return
        problem = traceback.format_exc(limit=-40)
        log = self.session.library.path.with_name("tui-error.log")
        told = f"tui stopped over a mistake of its own; what you did is saved. Please report {log}"
        try:
            log.write_text(visible(problem), encoding="utf-8")
        except OSError:
            told = f"tui stopped over a mistake of its own; what you did is saved. {problem.splitlines()[-1]}"
        self.end(RichText(one_line(told)))

    # few colours, or none

    def palette_for(self, theme: Theme) -> Palette:
        """The colours of a pane: those of the theme where the terminal can show them."""
        if self.colours is Colours.MANY:
            return palette_of(theme)
        palette = SIXTEEN if self.colours is Colours.SIXTEEN else NO_COLOUR
        return replace(palette, signs=PLAIN_SIGNS) if self.plain_signs else palette

    def get_line_filters(self) -> Sequence[LineFilter]:
        """As Textual has them, or shapes in their place."""
        if self.colours is Colours.MANY:
            return super().get_line_filters()
        shapes = self._shapes.get(self.theme)
        if shapes is None:
            ground = Color.parse(palette_of(self.current_theme).background)
            shapes = self._shapes[self.theme] = MonochromeFilter(
                ground,
                hues=self.colours is Colours.SIXTEEN,
                signs=PLAIN_SIGNS if self.plain_signs else None,
            )
        return [shapes]

    def action_help_quit(self) -> None:
        """Ctrl-c in a list or a note: says how to leave."""
        self.notify(f"Esc goes back to the texts; there {one_line(self.desk.way_out)}", markup=False)

    async def action_quit(self) -> None:
        """Ctrl-q, as q."""
        self._keep_drafts()
        self.exit(0)


def _rescue(session: Session) -> None:
    """Puts words that no library could take into files, and says where."""
    if session.drafts.unsaved:
        from tui.drafts import rescued

        for words in rescued(session.drafts.unsaved):
            print(words, file=sys.stderr)


def run_desk(
    library: Path,
    left: str | None,
    right: str | None,
    reader: str,
    *,
    pairs: Path | None = None,
    relating: Child | None = None,
) -> int:
    """Opens the desk and returns its exit code. `left` and `right` are slugs; None means the last pair.

    `pairs` is a file of pairs to be listed; `relating` is a child that can relate the two texts. The caller closes it.

    Raises LibraryError where the library cannot be opened, and LibraryReplaced where it was another file in the end.
    """
    settings, problems = read_settings(settings_file())
    count_as(terminal_of(os.environ) if settings.terminal == AUTO else settings.terminal)
    session = Session(library, reader)
    session.relating = relating
    leaving = Leaving(session.writer.close)
    try:
        leaving.start()
        if left is not None:
            session.pair = (left, right or "")
        app = ReaderApp(session, settings, problems, welcome=pairs is None, leaving=leaving)
        if pairs is not None:
            app.desk.context.state.first_press = Press("pair_file", argument=str(pairs))
        app.colours = colours_of(app.console.color_system, os.environ)
        app.plain_signs = has_few_signs(os.environ)
        code = app.run(mouse=settings.mouse) or app.return_code or 0
    finally:
        session.close()
        leaving.done()
        _rescue(session)
    if session.replaced is not None and not app.is_ending:  # else it was told as the desk ended over it
        raise session.replaced
    return code
