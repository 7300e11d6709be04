"""What every screen over the desk has in common."""

from __future__ import annotations

from typing import Protocol, TypeVar, cast, runtime_checkable

from rich.console import Console, ConsoleOptions, ConsoleRenderable, RenderableType, RenderResult, RichCast
from textual import events
from textual.await_complete import AwaitComplete
from textual.message_pump import MessagePump
from textual.renderables.background_screen import BackgroundScreen
from textual.screen import ModalScreen, Screen

Result = TypeVar("Result")


@runtime_checkable
class WithDraft(Protocol):
    """A screen in which something is being written."""

    def keep_draft(self) -> None:
        """Keeps what is written so far."""


class NeverComposed(MessagePump):
    """A screen that handles no event where the program ends while it is being opened: it has no widgets then."""

    async def on_event(self, event: events.Event) -> None:
        """Handles an event."""
        if self.is_attached or isinstance(event, events.Unmount) or cast("Screen[object]", self).children:
            await super().on_event(event)


class WithoutControls:
    """What is drawn, without the columns that panes say for terminals of other widths.

    Textual takes those for letters where it tints the desk behind a dialog, and leaves off as much of each row's end.
    """

    def __init__(self, drawn: RichCast | ConsoleRenderable) -> None:
        self._drawn = drawn

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        return (segment for segment in console.render(self._drawn, options) if not segment.control)


class Modal(NeverComposed, ModalScreen[Result]):
    """A screen over the desk that gives one result, however fast the keys come."""

    _given = False

    @property
    def is_left(self) -> bool:
        """Whether it has given its result."""
        return self._given

    def render(self) -> RenderableType:
        """The desk behind it."""
        behind = super().render()
        return WithoutControls(behind) if isinstance(behind, BackgroundScreen) else behind

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Gives the result and goes; what is typed before the screen has gone, Esc right after Enter, does nothing."""
        if self._given:
            return AwaitComplete()
        self._given = True
        return super().dismiss(result)
