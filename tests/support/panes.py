"""Two panes in an app of their own, without a desk around them, and all that they tell."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.containers import Horizontal
from textual.geometry import Region
from textual.message import Message
from textual.pilot import Pilot
from textual.widgets import Button

from texts.model import Text
from texts.segment import passages
from tui.widgets.text_pane import TextPane

PASSAGES = 40
BODY = "\n\n".join(
    f"Passage {n} begins here and says a few words. It goes on with a second sentence, which is longer than the first "
    f"and wraps. The third one ends passage {n}."
    for n in range(1, PASSAGES + 1)
)
TEXT = Text("text", "Text", "", "", BODY, passages(BODY, furniture=False))
HEIGHT = 20


class Panes(App[None]):
    """Two panes, and all messages of theirs."""

    CSS = "Button { height: 1; border: none; }"
    told: ClassVar[tuple[type[Message], ...]] = (
        TextPane.CursorMoved,
        TextPane.SelectionChanged,
        TextPane.ViewChanged,
    )

    def __init__(self, text: Text) -> None:
        super().__init__()
        self.text = text
        self.messages: list[Message] = []

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield TextPane(id="left")
            yield TextPane(id="right")
        yield Button("ok")

    def on_mount(self) -> None:
        for pane in self.query(TextPane):
            pane.show(self.text)
        self.query(TextPane).first().focus()

    def note(self, message: Message) -> None:
        # The hook sees a message again at every widget that it bubbles through.
        if isinstance(message, self.told) and not any(message is seen for seen in self.messages):
            self.messages.append(message)

    def names(self) -> list[str]:
        return [type(message).__name__ for message in self.messages]


class Desk:
    """An app under test, with its left pane at hand."""

    def __init__(self, app: Panes, pilot: Pilot[None]) -> None:
        self.app, self.pilot = app, pilot
        self.left, self.right = app.query(TextPane)

    async def snap_to_grapheme(self) -> None:
        await self.pilot.pause()

    def rows(self, pane: TextPane | None = None) -> list[str]:
        pane = pane or self.left
        return [strip.text for strip in pane.render_lines(Region(0, 0, *pane.size))]


@asynccontextmanager
async def desk_of(text: Text = TEXT, size: tuple[int, int] = (100, HEIGHT + 1)) -> AsyncIterator[Desk]:
    app = Panes(text)
    async with app.run_test(size=size, message_hook=app.note) as pilot:
        await pilot.pause()
        yield Desk(app, pilot)


def underlined(pane: TextPane) -> str:
    """The words of a pane that are drawn with a line below them."""
    drawn = (segment for strip in pane.render_lines(Region(0, 0, *pane.size)) for segment in strip)
    words = (segment.text for segment in drawn if segment.style is not None and segment.style.underline)
    return " ".join(" ".join(words).split())
