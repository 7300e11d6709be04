"""Paints display rows: the gutter with ¶ numbers and signs, the words with all that lies on them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from operator import itemgetter, or_

from rich.segment import Segment
from textual.strip import Strip

from texts.model import Span
from tui.reading.cells import as_shown, cells_of, graphemes, odd_characters
from tui.reading.marks import Mark, Marks, stretches
from tui.reading.palette import PLAIN, Look, Palette, label_style, number_style, sign_style, style
from tui.reading.wrap import Layout, Row

__all__ = ["Mark", "Marks", "Overlay", "Painter", "Palette", "Spans", "gutter_width"]

SIGNS = 3
"""Cells of the gutter for the letters and signs of the marks that begin on a row."""
MARGIN = 1
"""Cells kept free right of the text column: the cursor stands there on a space that hangs over a row's end."""


Layer = tuple[int, int, Look]
"""A range, and a look that lies on it."""


class Spans:
    """Spans that may overlap, kept so that those on a row are found at once."""

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        self._spans = sorted(spans)
        # The furthest end so far never falls, so it can be bisected where single ends cannot.
        self._reach = list(accumulate((span.end for span in self._spans), max))

    def __iter__(self) -> Iterator[Span]:
        return iter(self._spans)

    def __bool__(self) -> bool:
        return bool(self._spans)

    def within(self, start: int, end: int) -> list[Span]:
        """The spans that share a character with body[start:end]."""
        found = []
        for span in self._spans[bisect_right(self._reach, start) :]:
            if span.start >= end:
                break
            if span.end > start:
                found.append(span)
        return found


@dataclass
class Overlay:
    """What lies on the text besides marks."""

    cursor: Span = field(default=Span(0, 0))
    """The grapheme that the cursor is on."""
    focused: bool = False
    """Whether the reader is in this pane."""
    selection: Span | None = None
    hits: Spans = field(default_factory=Spans)
    current: Span | None = None
    """The hit that the reader is at."""
    evidence: Spans = field(default_factory=Spans)
    lit: Span | None = None
    """A passage that is shown as related."""
    labels: Mapping[int, str] = field(default_factory=dict)
    """Hint labels by the offset that they name."""
    show_marks: bool = True
    focus_dim: bool = False
    """Whether all but the current passage is dim."""


def gutter_width(passages: int) -> int:
    """Cells of the gutter for a text with so many passages: ▸, number, signs, bar."""
    return 1 + max(3, len(str(passages))) + SIGNS + 1


class Painter:
    """Makes strips of rows, each as wide as the pane."""

    def __init__(self, layout: Layout, marks: Marks, overlay: Overlay, palette: Palette, width: int) -> None:
        self.layout = layout
        self.marks = marks
        self.overlay = overlay
        self.palette = palette
        self.width = width
        self.gutter = gutter_width(len(layout.shown.text.numbered))

    def blank(self) -> Strip:
        """A row with nothing on it."""
        return Strip([Segment(" " * self.width, style(self.palette))], self.width)

    def paint(self, number: int) -> Strip:
        """The row of that number in the layout."""
        row = self.layout.row(number)
        if row.blank:
            return self.blank()
        rows = self.layout.rows
        limit = rows[number + 1] if number + 1 < len(rows) else max(row.end, row.start) + 1
        marks = self.marks.within(row.start, row.end) if self.overlay.show_marks else []
        segments = self._gutter(row, limit, marks)
        cells = self.gutter + self._words(row, limit, marks, segments)
        room = self.width - cells
        if room > 0:
            segments.append(Segment(" " * room, style(self.palette)))
        strip = Strip(segments, max(cells, self.width))
        if self.overlay.labels:
            strip = self._with_labels(strip, row)
        return strip if room >= 0 else strip.crop(0, self.width)

    # words

    def _words(self, row: Row, limit: int, marks: Sequence[Mark], segments: list[Segment]) -> int:
        """Appends the words of a row, cut wherever their look changes; returns their cells."""
        body, palette, cursor = self.layout.shown.body, self.palette, self.overlay.cursor
        line = body[row.start : row.end]
        plain = Look(dim=self._is_dim(row))
        for start, end, look in self._pieces(row, self._layers(row, marks), plain):
            segments.append(Segment(as_shown(body[start:end]), style(palette, look)))
        cells = cells_of(line)
        if row.end <= cursor.start < max(limit, row.start + 1):
            # The cursor is on white space that hangs over the end of the row, or in an empty text.
            segments.append(Segment(" ", style(palette, self._cursor_look())))
            cells += 1
        return cells

    def _cursor_look(self) -> Look:
        return _CURSOR if self.overlay.focused else _AWAY

    def _is_dim(self, row: Row) -> bool:
        passage = self.layout.shown.passages[row.passage]
        out_of_focus = self.overlay.focus_dim and not passage.span.holds(self.overlay.cursor.start)
        return passage.is_furniture or out_of_focus

    def _layers(self, row: Row, marks: Sequence[Mark]) -> list[Layer]:
        """What lies on a row: each with its ends, and as the look that it adds."""
        overlay, start, end = self.overlay, row.start, row.end
        layers: list[Layer] = []
        if marks:
            for low, high, innermost, overlap in stretches(marks, start, end):
                layers.append((low, high, Look(marked=innermost.colour, overlap=overlap)))
        if overlay.hits:
            layers += ((low, high, _HIT) for low, high in overlay.hits.within(start, end))
        if overlay.evidence:
            layers += ((low, high, _EVIDENCE) for low, high in overlay.evidence.within(start, end))
        for span, look in ((overlay.lit, _LIT), (overlay.current, _CURRENT), (overlay.selection, _SELECTED)):
            if span is not None and span.start < end and start < span.end:
                layers.append((*span, look))
        if start <= overlay.cursor.start < end:
            layers.append((*overlay.cursor, self._cursor_look()))
        return layers

    def _pieces(self, row: Row, layers: Sequence[Layer], plain: Look) -> Iterator[Layer]:
        """A row cut where its look changes; each piece has the look that the layers on it add up to."""
        if not layers:
            if row.start < row.end:
                yield row.start, row.end, plain
            return
        begun = sorted(self._at_graphemes(row, layers), key=itemgetter(0), reverse=True)
        cuts = sorted({row.start, row.end, *(edge for low, high, _ in begun for edge in (low, high))})
        inside: list[Layer] = []
        waiting: Layer | None = None
        for start, end in pairwise(cuts):
            while begun and begun[-1][0] <= start:
                inside.append(begun.pop())
            inside = [layer for layer in inside if layer[1] > start]
            look = _sum(plain, inside)
            if waiting is not None and waiting[2] == look:
                waiting = (waiting[0], end, look)
                continue
            if waiting is not None:
                yield waiting
            waiting = (start, end, look)
        if waiting is not None:
            yield waiting

    def _at_graphemes(self, row: Row, layers: Sequence[Layer]) -> Sequence[Layer]:
        """The layers clipped to the row, and widened to whole graphemes."""
        clipped = [(max(low, row.start), min(high, row.end), look) for low, high, look in layers]
        line = self.layout.shown.body[row.start : row.end]
        if line.isascii() or not odd_characters(line):
            return clipped
        starts = [*(row.start + start for start, _ in graphemes(line)), row.end]
        return [
            (starts[bisect_right(starts, low) - 1], starts[bisect_left(starts, high)], look)
            for low, high, look in clipped
        ]

    # gutter

    def _gutter(self, row: Row, limit: int, marks: Sequence[Mark]) -> list[Segment]:
        """▸ and ¶ number on a passage's first row, signs of the marks that begin on the row, and the bar."""
        palette, overlay = self.palette, self.overlay
        room = self.gutter - SIGNS - 1
        passage = self.layout.shown.passages[row.passage]
        current = passage.span.holds(overlay.cursor.start)
        number = ""
        if row.first:
            lit = overlay.lit is not None and overlay.lit.overlaps(passage.span)
            number = "·" if passage.number is None else str(passage.number)
            number = ("▸" if lit else "") + number.rjust(room - lit)
        segments = [Segment(number.rjust(room), number_style(palette, current=current))]
        starting = self.marks.starting(row.start, limit) if overlay.show_marks else []
        signs = _signs(starting)
        segments.append(Segment(" " * (SIGNS - len(signs)), style(palette)))
        segments += [Segment(sign, sign_style(palette, colour)) for sign, colour in signs]
        segments.append(self._bar(marks))
        return segments

    def _bar(self, marks: Sequence[Mark]) -> Segment:
        """A bar in the colour of the innermost mark on the row, half and half with another one's colour."""
        palette = self.palette
        if not marks:
            return Segment(" ", style(palette))
        first = marks[0].colour
        if len(marks) == 1:
            return Segment("╎" if marks[0].pending else "▌", sign_style(palette, first))
        if not palette.colour:
            return Segment("█", sign_style(palette, first))
        second = next((mark.colour for mark in marks if mark.colour != first), first)
        return Segment("▌", sign_style(palette, first, second))

    # labels

    def _with_labels(self, strip: Strip, row: Row) -> Strip:
        """Draws hint labels before what they name: over the space before it, or in the gutter at a row's start."""
        for offset, label in self.overlay.labels.items():
            if row.start <= offset < max(row.end, row.start + 1):
                end = self.gutter + self.layout.column_of(row, offset)
                start = max(0, end - len(label))
                strip = Strip.join(
                    [
                        strip.crop(0, start),
                        Strip([Segment(label[: end - start], label_style(self.palette))], end - start),
                        strip.crop(end, strip.cell_length),
                    ]
                )
        return strip


_HIT = Look(hit=True)
_CURRENT = Look(current=True)
_EVIDENCE = Look(evidence=True)
_LIT = Look(lit=True)
_SELECTED = Look(selected=True)
_CURSOR = Look(cursor=True)
_AWAY = Look(away=True)


def _sum(plain: Look, layers: Sequence[Layer]) -> Look:
    """The look of what has all these looks."""
    look = plain
    for _, _, added in layers:
        if look == PLAIN:
            look = added
        else:
            marked = look.marked if added.marked is None else added.marked
            look = Look(marked, *map(or_, look[1:], added[1:]))
    return look


def _signs(marks: Sequence[Mark]) -> list[tuple[str, str]]:
    """Letters and signs of marks, each with the mark's colour: `SIGNS` of them at most, + where there are more."""
    signs: list[tuple[str, str]] = []
    for mark in marks:
        shown = (("✎", mark.note), ("★", mark.star), ("⇄", mark.link), (mark.letter, bool(mark.letter)))
        signs += [(sign, mark.colour) for sign, there in shown if there]
    if len(signs) <= SIGNS:
        return signs
    letters = [(sign, colour) for sign, colour in signs if sign not in "✎★⇄"]
    others = [(sign, colour) for sign, colour in signs if sign in "✎★⇄"]
    return [("+", ""), *(*others, *letters)[-(SIGNS - 1) :]]
