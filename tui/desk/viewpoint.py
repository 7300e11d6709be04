"""Where a reader is in a pane, and where that is once another program has put a new version in its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from store.services.versions import spans_after
from texts.model import Span, Text
from tui.desk.context import DeskContext
from tui.desk.multi_span import carry_parts, parts_in
from tui.desk.side import Side

_NEIGHBOURS = 3
"""Passages on either side that stand in for one that is gone."""


@dataclass(frozen=True, slots=True)
class Viewpoint:
    """What a reader sees and has chosen in a side; offsets into the body of the version that is shown."""

    text: Text
    cursor: int
    row: int | None
    """Screen row of the cursor; None where it is out of sight."""
    top: int
    """Offset of the first character in view."""
    selection: Span | None
    at_start: bool
    """Whether the cursor stands at the first character of the selection."""
    parts: tuple[Span, ...]
    """Parts that are kept for a highlight with gaps."""
    held: bool


def viewpoint_of(ctx: DeskContext, side: Side, text: Text) -> Viewpoint:
    """The reader's viewpoint in a side that shows a text."""
    pane = side.pane
    row = pane.screen_row_of(pane.cursor)
    selection = pane.selection
    return Viewpoint(
        text,
        pane.cursor,
        row if 0 <= row < pane.outer_size.height else None,
        pane.place,
        selection,
        selection is not None and pane.cursor == selection.start != selection.end - 1,
        parts_in(ctx, side),
        ctx.state.parts.held,
    )


def carry_over(ctx: DeskContext, side: Side, old: Viewpoint) -> bool:
    """Puts the reader where they were, in the new version that a side shows; says whether all was found there.

    Cursor, view, selection and kept parts go to the same words. What is selected is dropped
    where its words are gone.
    """
    if side.text is None or side.text.body == old.text.body:
        return True
    carried = _Carried(old, side.text)
    pane = side.pane
    pane.move_to(carried.cursor)
    if old.row is None:
        pane.reveal(carried.top, "top")
    else:
        pane.reveal(carried.cursor, old.row)
    carry_parts(ctx, side, carried.parts, held=old.held)
    if carried.selection is not None:
        pane.select_span(carried.selection)
        if old.at_start:
            pane.other_edge()
    return (old.selection is None or carried.selection is not None) and len(carried.parts) == len(old.parts)


def offsets_after(old: Text, new: Text, offsets: Sequence[int]) -> list[int]:
    """Where offsets into one version of a text are in another one, in the same order."""
    nowhere = Viewpoint(old, 0, None, 0, None, False, (), False)
    return _Carried(nowhere, new, offsets).offsets


class _Carried:
    """Where everything of a viewpoint is in a new version: both bodies are compared once."""

    def __init__(self, old: Viewpoint, new: Text, offsets: Sequence[int] = ()) -> None:
        self._old, self._new = old.text, new
        exact = [*([old.selection] if old.selection else []), *old.parts]
        places = [old.cursor, old.top, *offsets]
        around = [self._around(offset) for offset in places]
        found = iter(spans_after(old.text.body, new.body, [*exact, *(s for spans in around for s in spans)]))
        again = [span if kept else None for span, kept in (next(found) for _ in exact)]
        landed = [
            self._landed(offset, spans, [next(found)[0] for _ in spans])
            for offset, spans in zip(places, around, strict=True)
        ]
        self.cursor, self.top, *self.offsets = landed
        self.selection = again.pop(0) if old.selection else None
        self.parts = tuple(sorted(span for span in again if span is not None))

    def _around(self, offset: int) -> list[Span]:
        """What an offset is known by, the nearest first: its sentence, its passage, passages before and after."""
        from texts.languages.sentences import sentences

        passages = self._old.passages
        at = next((n for n, each in enumerate(passages) if offset < each.span.end), len(passages) - 1)
        if at < 0:
            return []
        near = sorted(
            range(max(0, at - _NEIGHBOURS), min(len(passages), at + _NEIGHBOURS + 1)),
            key=lambda number: (abs(number - at), -number),
        )
        sentence = [s for s in sentences(self._old.body, passages[at].span) if s.start <= offset < s.end]
        return [*sentence, *(passages[number].span for number in near)]

    def _landed(self, offset: int, spans: list[Span], found: list[Span | None]) -> int:
        for was, now in zip(spans, found, strict=True):
            if now is not None:
                within = offset - was.start if was.start <= offset < was.end else 0
                return now.start + min(within, now.end - now.start - 1)
        return min(offset, max(0, len(self._new.body) - 1))
