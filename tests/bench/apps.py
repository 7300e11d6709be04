"""Small apps to measure against `bare.py`: `python tests/bench/apps.py KIND FILE [MARKS]`.

panes: the file in two text panes, with MARKS highlights each; textarea: the file in two read-only TextAreas.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.bench.bare import Measured  # isort: skip  (sets what Textual reads when it is imported)

from textual import events
from textual.app import App, ComposeResult
from textual.containers import Horizontal

from texts.model import Passage, Span, Text
from tui.view.marks import Mark
from tui.view.palette import HUES
from tui.widgets.text_pane import TextPane


class Panes(Measured):
    """A text in two text panes."""

    def __init__(self, text: Text, marks: int) -> None:
        super().__init__()
        self._text, self._count = text, marks

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield TextPane(id="left")
            yield TextPane(id="right")

    def on_mount(self) -> None:
        marks = _marks(self._text, self._count)
        for pane in self.query(TextPane):
            pane.show(self._text)
            pane.set_marks(marks)
        self.query(TextPane).first().focus()

    def on_key(self, event: events.Key) -> None:
        do = _KEYS.get(event.key)
        if do is not None and isinstance(self.focused, TextPane):
            event.stop()
            do(self.focused)


def _mark_here(pane: TextPane) -> None:
    pane.clear_selection()
    pane.put_mark(Mark(-pane.cursor - 1, (Span(pane.cursor, pane.cursor + 30),), "sky", "S"))


_KEYS: dict[str, Callable[[TextPane], object]] = {
    "l": lambda pane: pane.move("char_right"),
    "j": lambda pane: pane.move("line_down"),
    "w": lambda pane: pane.move("word_next"),
    "right_parenthesis": lambda pane: pane.move("sentence_next"),
    "v": lambda pane: pane.select("select"),
    "enter": _mark_here,
    "ctrl+f": lambda pane: pane.move("page_down"),
    "ctrl+b": lambda pane: pane.move("page_up"),
    "e": lambda pane: pane.scroll_rows(1),
    "g": lambda pane: pane.move("text_start"),
    "G": lambda pane: pane.move("text_end"),
}


class Areas(Measured):
    """A text in two read-only TextAreas."""

    def __init__(self, text: Text) -> None:
        super().__init__()
        self._text = text

    def compose(self) -> ComposeResult:
        from textual.widgets import TextArea

        with Horizontal():
            yield TextArea(self._text.body, read_only=True)
            yield TextArea(self._text.body, read_only=True)


def text_of(path: Path) -> Text:
    """A file as a text, with a paragraph a block: how long loading takes is measured elsewhere."""
    body = path.read_text(encoding="utf-8")
    return Text(path.stem, path.stem, "", "", body, tuple(_passages(body)))


def _passages(body: str) -> Iterator[Passage]:
    start = 0
    for number, block in enumerate(body.split("\n\n"), start=1):
        end = start + len(block.rstrip("\n"))
        if end > start:
            yield Passage(Span(start, end), number)
        start += len(block) + 2


def _marks(text: Text, count: int) -> list[Mark]:
    chance = random.Random(3)
    names = list(HUES)
    found = []
    for id in range(count):
        start = chance.randrange(max(1, len(text.body) - 100))
        span = Span(start, min(len(text.body), start + max(4, int(chance.gauss(60, 60)))))
        found.append(Mark(id, (span,), names[id % len(names)], "ABCDEFGH"[id % 8], note=id % 5 == 0))
    return found


def app_of(kind: str, path: Path, marks: int = 0) -> App[None]:
    """The app of that kind."""
    return Areas(text_of(path)) if kind == "textarea" else Panes(text_of(path), marks)


if __name__ == "__main__":
    kind, path, *marks = sys.argv[1:]
    app_of(kind, Path(path), int(marks[0]) if marks else 0).run()
