"""The desk itself: composes the panes, the bridge and the status line, and routes keys and messages to commands."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widget import Widget

from store.errors import LibraryError
from tui.desk.context import DeskCommand, DeskContext
from tui.desk.desk_state import LastList
from tui.desk.following import follow_cursor, follow_view
from tui.desk.jumps import start_jumps
from tui.desk.marking import take_sentences
from tui.desk.open_texts import activate, lead_cursor, put_text, refresh_place
from tui.desk.relating import start_relating
from tui.desk.side import Side, make_sides
from tui.desk.status_notes import draw_hints, status_notes
from tui.keys.key_table import OF_SENTENCES, OF_THE_PRESENT, ONLY_LOOKING, Press, press_name
from tui.keys.keymap import Keymap
from tui.private_api import ScreenWithoutTooltips
from tui.session import Session
from tui.settings import Settings
from tui.widgets.status import StatusLine, StatusNote
from tui.widgets.text_pane import TextPane

if TYPE_CHECKING:
    from tui.widgets.prompt import Prompt
    from tui.widgets.related_list import RelatedList


class _Frame(Widget):
    """Holds widgets that cover it. It is hidden: Textual would draw its rows below theirs, a twelfth of a page down."""


class DeskScreen(ScreenWithoutTooltips[None], inherit_bindings=False):
    """Two texts, side by side."""

    AUTO_FOCUS = ""
    BLANK = True
    BINDINGS: ClassVar[list[BindingType]] = []
    HORIZONTAL_BREAKPOINTS = [(0, "-stacked"), (80, "-side-by-side")]  # noqa: RUF012  # as Textual declares it
    DEFAULT_CSS = """
    DeskScreen {
        layers: base over;
        background: $background;
        & #panes { height: 1fr; layout: horizontal; visibility: hidden; }
        & .side { width: 1fr; height: 1fr; layout: vertical; }
        & PaneHead, & TextPane, & Bridge { visibility: visible; }
        &.-stacked {
            & #panes { layout: vertical; }
            & Bridge { display: none; }
        }
        &.-zoomed {
            & Bridge { display: none; }
            & .side { display: none; }
            & .side.-active { display: block; }
        }
        &.-single {
            & Bridge { display: none; }
            & #side-1 { display: none; }
        }
    }
    """

    def __init__(self, session: Session, keymap: Keymap, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self.context = DeskContext(self, self, session, keymap)
        self._status = StatusLine(id="status")
        session.when_changed = self.look_elsewhere

    @property
    def session(self) -> Session:
        """The library as the desk has it."""
        return self.context.session

    @property
    def sides(self) -> tuple[Side, ...]:
        """The left and the right side."""
        return self.context.sides

    @property
    def active(self) -> Side:
        """The side the reader is in."""
        return self.context.active

    @property
    def other(self) -> Side:
        """The side the reader is not in."""
        return self.context.other

    # what is on the screen

    def compose(self) -> ComposeResult:
        self.context.sides = left, right = make_sides(self._settings)
        left.pane.take_key = right.pane.take_key = self.on_key
        with _Frame(id="panes"):
            with _Frame(classes="side", id="side-0"):
                yield left.head
                yield left.pane
            yield self.context.bridge
            with _Frame(classes="side", id="side-1"):
                yield right.head
                yield right.pane
        yield self._status

    def on_mount(self) -> None:
        ctx, session = self.context, self.context.session
        start_jumps(ctx)
        pair = session.pair
        for side, slug in zip(ctx.sides, pair, strict=True):
            put_text(ctx, side, session.text(slug) if slug else None)
        self.set_class(not pair[1], "-single")
        activate(ctx, ctx.sides[1 if pair[1] and session.ui_state.active == 1 else 0])
        if session.relating is not None:  # a process that waits for nothing but the two texts
            start_relating(ctx)
        else:
            self.call_after_refresh(start_relating, ctx)
        self.call_after_refresh(self._load_the_rest)

    def on_screen_resume(self) -> None:
        """A dialog was left: the terminal's cursor goes back to the text."""
        if self.context.is_drawn:
            lead_cursor(self.context)

    def on_resize(self, event: events.Resize) -> None:
        self.context.bridge.fit(event.size.width)

    def _load_the_rest(self) -> None:
        """Loads what the first paint did without, before a key asks for it."""
        from tui.desk.after_first_paint import complete_desk

        _ = self.context.overlays
        complete_desk(self.context)

    @property
    def stands(self) -> bool:
        """Whether all is there that a key may need: the foot comes after the first paint."""
        return self.is_mounted and self.context.overlays.prompt.is_mounted

    def show_status(self) -> None:
        """Draws the status line, and over it the last message if that would be cut there."""
        ctx = self.context
        self._status.show(status_notes(ctx))
        if ctx.is_drawn and ctx.overlays.hints.display:
            draw_hints(ctx)
        if self._status.leave_out(ctx.state.told):
            ctx.overlays.message.show(ctx.state.told)
        elif ctx.is_drawn:  # else nothing lies over the desk yet
            ctx.overlays.message.hide()

    def look_elsewhere(self) -> None:
        """Shows what another program has changed."""
        from tui.desk.elsewhere import look_elsewhere

        look_elsewhere(self.context)

    # keys

    @cached_property
    def commands(self) -> Mapping[str, DeskCommand]:
        """What each command of the key table does, by its id."""
        from tui.desk.command_table import CommandTable

        return CommandTable()

    def on_key(self, event: events.Key) -> None:
        ctx = self.context
        if not isinstance(self.focused, TextPane):
            if event.character == "?" or event.key == "f1":
                from tui.desk.context_help import help_in_related, show_keys

                event.stop()
                show_keys(ctx, "Help", help_in_related())
            return
        if ctx.state.labels is not None:
            from tui.desk.commands.select_commands import label_typed

            event.stop()
            label_typed(ctx, ctx.state.labels, event)
            return
        selecting = ctx.active.pane.mode != "read"
        press = ctx.keys.type(press_name(event.key, event.character), selecting)
        event.stop()
        event.prevent_default()
        if ctx.keys.pending or ctx.state.next_keys_timer is not None:
            from tui.desk.next_keys import wait_to_show_next_keys

            wait_to_show_next_keys(ctx)
        if press is not None:
            self.do(press)
        elif ctx.keys.unbound == "Ctrl-c":
            ctx.tell(self.way_out)
        elif ctx.keys.unbound:
            from tui.keys.other_scripts import told_of_script

            why = told_of_script(ctx.keys.unbound, unless=f"{ctx.key_of('help')} lists keys")
            ctx.tell(f"{ctx.keys.unbound} is not bound; {why}")
        else:
            self.show_status()

    def acts_with(self, event: events.Event) -> bool:
        """Whether what is typed completes a command that does more than move."""
        if not isinstance(event, events.Key):
            return False
        selecting = self.context.active.pane.mode != "read"
        press = self.context.keys.foresee(press_name(event.key, event.character), selecting)
        return press is not None and press.id not in ONLY_LOOKING

    @property
    def way_out(self) -> str:
        """How the program is left, for whoever interrupts it."""
        return f"{self.context.key_of('quit')} leaves: every act is written already"

    def do(self, press: Press) -> None:
        """Does a command."""
        ctx = self.context
        told = ctx.state.told
        if press.id in OF_THE_PRESENT and ctx.active.is_earlier:
            ctx.tell(ctx.why_locked(ctx.active), error=True)
        else:
            take_sentences(ctx, press.count if press.id in OF_SENTENCES else None)
            try:
                self.commands[press.id](ctx, press)
            except LibraryError as problem:
                # A page of the library is damaged, or its disk is gone: the rest can still be read.
                ctx.refused(problem)
            self._keep_list(press)
            if press.id not in ONLY_LOOKING:
                ctx.overlays.first_keys.hide()
        if ctx.state.told is told and told.words:
            ctx.state.told = StatusNote("")
        lead_cursor(ctx)  # before the frame that shows what was done: the pane's own word of it comes after
        self.show_status()

    def _keep_list(self, press: Press) -> None:
        """Keeps a list that a command has opened, to open it again."""
        if self.app.screen is self or press.id == "last_list":
            return
        from tui.dialogs.picker import Picker

        if isinstance(self.app.screen, Picker):
            self.context.state.last_list = LastList(press, self.app.screen)

    # messages of the panes

    @on(TextPane.CursorMoved)
    def _cursor_moved(self, event: TextPane.CursorMoved) -> None:
        event.stop()
        follow_cursor(self.context)
        refresh_place(self.context)
        lead_cursor(self.context)

    @on(TextPane.SelectionChanged)
    def _selection_changed(self, event: TextPane.SelectionChanged) -> None:
        event.stop()
        self.show_status()

    @on(TextPane.ViewChanged)
    def _view_changed(self, event: TextPane.ViewChanged) -> None:
        event.stop()
        follow_view(self.context, event.display)
        lead_cursor(self.context)

    @on(events.DescendantFocus)
    def _focused(self, event: events.DescendantFocus) -> None:
        for side in self.sides:
            if event.widget is side.pane is self.focused and side is not self.active:
                activate(self.context, side)

    # Named rather than decorated, because a decorator would need the widgets before the first paint.

    def on_prompt_typed(self, event: Prompt.Typed) -> None:
        """A letter more, or less, in the prompt."""
        if self.context.state.prompt is not None:
            self.context.state.prompt.on_change(event.words)

    def on_prompt_turned(self, event: Prompt.Turned) -> None:
        """Tab in the prompt."""
        if self.context.state.prompt is not None:
            self.context.state.prompt.on_cycle(event.by)

    def on_prompt_walked(self, event: Prompt.Walked) -> None:
        """Up and Down in the prompt."""
        if self.context.state.prompt is not None:
            self.context.state.prompt.on_history(event.by)

    def on_prompt_entered(self, event: Prompt.Entered) -> None:
        """Enter in the prompt."""
        if self.context.state.prompt is not None:
            self.context.state.prompt.on_submit(event.words)
            self.show_status()

    def on_prompt_left(self) -> None:
        """Esc in the prompt."""
        if self.context.state.prompt is not None:
            self.context.state.prompt.on_cancel()

    def on_related_list_highlighted(self, event: RelatedList.Highlighted) -> None:
        """Another row of the related list."""
        from tui.desk.commands.related_commands import preview_row

        preview_row(self.context, event.row)

    def on_related_list_wanted(self, event: RelatedList.Wanted) -> None:
        """Something is to be done with a related passage."""
        from tui.desk.commands.related_commands import act_on_row

        act_on_row(self.context, event.what, event.row)
