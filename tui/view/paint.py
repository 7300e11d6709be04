"""Paints display rows: the gutter with ¶ numbers and signs, the words with all that lies on them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from rich.segment import Segment
from textual.strip import Strip

from tui.view.cells import cells_before, cells_of, graphemes, odd_characters
from tui.view.justify import JustifiedRow
from tui.view.marks import Mark, Marks, stretches
from tui.view.overlay import PLAIN, Layer, Overlay, StyleFlags, added_up, in_a_row, joined, marked
from tui.view.palette import Palette, filler_style, label_style, number_style, sign_style, style
from tui.view.wrap import DisplayRow, Layout

__all__ = ["MARGIN", "Mark", "Painter", "gutter_width"]

SIGNS = 3
"""Cells of the gutter for the letters and signs of the marks that begin on a row."""
MARGIN = 1
"""Cells kept free right of the text column: the cursor stands there on a space that hangs over a row's end."""


SCREENS_KEPT = 8
"""Screens of painted rows that are kept: the one in view, those painted ahead, and where the reader has just been.

A row takes some 4 kB, most of it what Textual's strips hold ready: a thousand of them were 8 MB for two panes.
"""
_HATCHING = "╱"
_DIM = StyleFlags(dim=True)
_HEADING = StyleFlags(heading=True)


class Cover(NamedTuple):
    """A hint label as it is drawn."""

    start: int
    """Offset of the first character that it is drawn over."""
    end: int
    """The offset that it names: what it is drawn over ends here."""
    label: str
    """What is drawn over the words, as wide as they are."""
    overhang: str
    """What is drawn over the end of the gutter, where there are not words enough before the offset."""


def gutter_width(passages: int) -> int:
    """Cells of the gutter for a text with so many passages: ▸, number, signs, bar."""
    return 1 + max(3, len(str(passages))) + SIGNS + 1


class Painter:
    """Makes strips of rows, each as wide as the pane."""

    def __init__(
        self,
        layout: Layout,
        marks: Marks,
        overlay: Overlay,
        palette: Palette,
        width: int,
        *,
        height: int = 40,
    ) -> None:
        """`width` and `height` are those of the pane, in cells and rows."""
        self.layout = layout
        self.marks = marks
        self.overlay = overlay
        self.palette = palette
        self.width = width
        self.gutter = gutter_width(len(layout.shown.text.numbered))
        self._kept: dict[int, Strip] = {}
        """Painted rows by the offset at which they start, which stays when the layout grows; the oldest first."""
        self._most = SCREENS_KEPT * max(1, height)
        self._grounds: dict[int, StyleFlags] = {}
        """The looks of passages where nothing lies on them, by index."""

    # strips that are kept

    def strip(self, number: int) -> Strip:
        """The row of that number in the layout, kept until something on it changes; a blank one behind the text."""
        if number >= len(self.layout.rows) and self.layout.reach(number) < number:
            return self._blank()
        start = self.layout.rows[number]
        strip = self._kept.get(start)
        if strip is None:
            if len(self._kept) >= self._most:
                for oldest in [*islice(self._kept, self._most // 2)]:
                    del self._kept[oldest]
            strip = self._kept[start] = self.paint(number)
        return strip

    def strips(self, first: int, many: int) -> list[Strip]:
        """So many rows from the one of that number on."""
        lead = self.layout.lead - first
        if lead > 0:  # fillers before the text, which have the offset of its first row
            return [self._filler()] * min(lead, many) + self.strips(first + lead, max(0, many - lead))
        starts, kept = self.layout.rows, self._kept
        # Most rows of a frame are kept: looked up here, they cost a third of what asking for each would.
        strips = [kept.get(start) for start in starts[first : first + many]]
        if self.layout.has_fillers:
            strips = self._with_fillers(strips, first)
        strips += [None] * (many - len(strips))
        return [strip or self.strip(first + place) for place, strip in enumerate(strips)]

    def _with_fillers(self, strips: Sequence[Strip | None], first: int) -> list[Strip | None]:
        """The strips with fillers drawn, which have the offset of the blank row before them."""
        filler, is_filler = self._filler(), self.layout.is_filler
        return [filler if is_filler(first + place) else strip for place, strip in enumerate(strips)]

    def forget(self, first: int, last: int) -> None:
        """Has the rows of these numbers painted anew when they are next wanted."""
        rows = self.layout.rows
        if last - first > len(self._kept):
            low, high = rows[first], rows[last]
            self._kept = {start: strip for start, strip in self._kept.items() if not low <= start <= high}
        else:
            for number in range(first, last + 1):
                self._kept.pop(rows[number], None)

    def forget_where(self, differs: Callable[[int, int], bool]) -> list[int]:
        """Has those rows painted anew of whose stretch of the body something has changed; returns their numbers.

        Those outside the window that is laid out are forgotten too: nobody knows where they end.
        """
        layout, forgotten = self.layout, []
        for start in list(self._kept):
            if not layout.holds(start):
                del self._kept[start]
                continue
            number = layout.row_of(start)
            after = layout.rows[number + 1] if number + 1 < len(layout.rows) else layout.shown.end + 1
            if differs(start, after):
                del self._kept[start]
                forgotten.append(number)
        return forgotten

    def forget_all(self) -> None:
        """Has every row painted anew when it is next wanted."""
        self._kept.clear()
        self._grounds.clear()

    def paint_ahead(self, numbers: Iterable[int], most: int) -> list[Strip]:
        """Paints those rows that are laid out and not painted, `most` at most; none where nothing is left to do."""
        rows, lead = self.layout.rows, self.layout.lead
        wanted = (
            number for number in numbers if lead <= number < len(rows) and rows[number] not in self._kept
        )
        return [self.strip(number) for number in islice(wanted, most)]

    # rows

    def _blank(self) -> Strip:
        return Strip([Segment(" " * self.width, style(self.palette))], self.width)

    def _filler(self) -> Strip:
        """A row that is no part of the text, hatched as editors do beside lines that only the other file has."""
        columns = max(0, self.width - self.gutter - MARGIN)
        hatching = _HATCHING.translate(self.palette.signs) * columns
        plain = style(self.palette)
        segments = [Segment(" " * self.gutter, plain), Segment(hatching, filler_style(self.palette))]
        return Strip([*segments, Segment(" " * (self.width - self.gutter - columns), plain)], self.width)

    def paint(self, number: int) -> Strip:
        """Paints the row of that number in the layout."""
        row = self.layout.row(number)
        if row.blank:
            return self._blank()
        marks = self.marks.within(row.start, row.end) if self.overlay.show_marks else []
        covers = self._covers(row) if self.overlay.labels else []
        segments = self._gutter(row, marks, covers[0].overhang if covers else "")
        cells = self.gutter + self._words(row, marks, covers, segments)
        room = self.width - cells
        if room > 0:
            segments.append(Segment(" " * room, style(self.palette)))
        runs = _runs(segments)
        if self.palette.signs:
            runs = [Segment(run.text.translate(self.palette.signs), run.style) for run in runs]
        return Strip(runs if room >= 0 else _cut(runs, self.width), self.width)

    # words

    def _words(
        self, row: DisplayRow, marks: Sequence[Mark], covers: Sequence[Cover], segments: list[Segment]
    ) -> int:
        """Appends the words of a row, cut wherever their look changes; returns their cells."""
        body, palette, cursor = self.layout.shown.body, self.palette, self.overlay.cursor
        stretch = self.layout.stretch(row)
        pieces = self._pieces(row, marks)
        if covers:
            segments += self._covered(pieces, covers, stretch)
        else:
            segments += (
                Segment(stretch.shown(body, low, high), style(palette, look)) for low, high, look in pieces
            )
        cells = cells_of(body[row.start : row.end]) + stretch.cells
        if row.end <= cursor.start < max(row.after, row.start + 1):
            # The cursor is on white space that hangs over the end of the row, or in an empty text.
            segments.append(Segment(" ", style(palette, self.overlay.cursor_look)))
            cells += 1
        return cells

    def _is_dim(self, row: DisplayRow) -> bool:
        passage = self.layout.shown.passages[row.passage]
        out_of_focus = self.overlay.focus_dim and not passage.span.holds(self.overlay.cursor.start)
        return passage.is_furniture or out_of_focus

    def _ground(self, row: DisplayRow) -> StyleFlags:
        """The look of a row's words where nothing lies on them."""
        if self.overlay.focus_dim and self._is_dim(row):
            return _DIM
        ground = self._grounds.get(row.passage)
        if ground is None:
            ground = self._grounds[row.passage] = self._ground_of(row.passage)
        return ground

    def _ground_of(self, passage: int) -> StyleFlags:
        """The same of a passage by its index, wherever the cursor is."""
        shown = self.layout.shown
        if shown.passages[passage].is_furniture:
            return _DIM
        return _HEADING if shown.tells_headings and shown.is_heading(passage) else PLAIN

    def _pieces(self, row: DisplayRow, marks: Sequence[Mark]) -> Iterator[Layer]:
        """A row cut where its look changes; each piece has the look that all that lies on it adds up to."""
        start, end = row.start, row.end
        ground = self._ground(row)
        on_it: list[Layer] = []
        if marks:
            on_it += (
                (low, high, marked(innermost.colour, overlap))
                for low, high, innermost, overlap in stretches(marks, start, end)
            )
        others = self.overlay.layers(start, end)
        if others or ground is not PLAIN:
            return joined(added_up(self._at_graphemes(row, [*on_it, *others]), start, end, ground))
        return joined(in_a_row(self._at_graphemes(row, on_it), start, end))

    def _at_graphemes(self, row: DisplayRow, layers: Sequence[Layer]) -> Sequence[Layer]:
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

    def _gutter(self, row: DisplayRow, marks: Sequence[Mark], label: str) -> list[Segment]:
        """▸ and ¶ number on a passage's first row, signs of the marks that begin on the row, and the bar.

        A label that finds no room before a row's first words is drawn over the end.
        """
        palette, overlay = self.palette, self.overlay
        room = self.gutter - SIGNS - 1
        passage = self.layout.shown.passages[row.passage]
        current = passage.span.holds(overlay.cursor.start)
        number = ""
        if row.first:
            emphasized = overlay.emphasized is not None and overlay.emphasized.overlaps(passage.span)
            nothing = "" if passage.span.start == passage.span.end else "·"
            number = nothing if passage.number is None else str(passage.number)
            number = ("▸" if emphasized else "") + number.rjust(room - emphasized)
        plain = style(palette)
        look = number_style(palette, current=current) if number else plain
        segments = [Segment(number.rjust(room), look)]
        starting = self.marks.starting(row.start, row.after) if overlay.show_marks else []
        signs = _signs(starting)
        segments.append(Segment(" " * (SIGNS - len(signs)), plain))
        segments += [Segment(sign, sign_style(palette, colour)) for sign, colour in signs]
        segments.append(self._bar(marks) if marks else Segment(" ", plain))
        if label:
            kept = Strip(segments, self.gutter).crop(0, self.gutter - len(label))
            return [*kept, Segment(label, label_style(palette))]
        return segments

    def _bar(self, marks: Sequence[Mark]) -> Segment:
        """A bar in the colour of the innermost mark on the row, half and half with another one's colour."""
        palette, first = self.palette, marks[0].colour
        if len(marks) == 1:
            return Segment("╎" if marks[0].pending else "▌", sign_style(palette, first))
        if not palette.colour:
            return Segment("█", sign_style(palette, first))
        second = next((mark.colour for mark in marks if mark.colour != first), first)
        return Segment("▌", sign_style(palette, first, second))

    # labels

    def _covers(self, row: DisplayRow) -> list[Cover]:
        """Where the hint labels of a row are drawn: over what stands before their place, never over the place."""
        covers: list[Cover] = []
        free, stretch = row.start, self.layout.stretch(row)
        for offset, label in sorted(self.overlay.labels.items()):
            if row.start <= offset < max(row.end, row.start + 1):
                covers.append(self._cover(offset, label, free, stretch))
                free = offset
        return covers

    def _cover(self, offset: int, label: str, free: int, stretch: JustifiedRow) -> Cover:
        """A label before an offset, with the graphemes from `free` on to be drawn over."""
        body = self.layout.shown.body
        start, room = offset, 0
        for place, cells in reversed(graphemes(body[free:offset])):
            if room >= len(label):
                break
            start = free + place
            room += cells + stretch.at(start)
        over = len(label) - room
        return Cover(start, offset, label[max(0, over) :].rjust(room), label[: max(0, over)])

    def _covered(
        self, pieces: Iterable[Layer], covers: Sequence[Cover], stretch: JustifiedRow
    ) -> Iterator[Segment]:
        """The words of a row with labels drawn over some of them."""
        body, palette = self.layout.shown.body, self.palette
        for start, end, look in pieces:
            drawn = style(palette, look)
            place = start
            for cover in covers:
                if place < cover.end and cover.start < end:
                    if place <= cover.start:
                        yield Segment(stretch.shown(body, place, cover.start), drawn)
                        yield Segment(cover.label, label_style(palette))
                    place = min(cover.end, end)
            if place < end:
                yield Segment(stretch.shown(body, place, end), drawn)


def _runs(segments: Sequence[Segment]) -> list[Segment]:
    """The segments with those of one style that stand side by side made one.

    Each that goes to the terminal takes some forty bytes for its colours: a page takes three fifths of the bytes so.
    """
    runs: list[Segment] = []
    for segment in segments:
        if runs and runs[-1].style is segment.style:
            runs[-1] = Segment(runs[-1].text + segment.text, segment.style)
        else:
            runs.append(segment)
    return runs


def _cut(segments: Iterable[Segment], width: int) -> list[Segment]:
    """The segments up to so many cells, as `cells` counts them; spaces where a grapheme finds no room."""
    kept: list[Segment] = []
    for segment in segments:
        before = cells_before(segment.text)
        if before[-1] >= width:
            end = bisect_right(before, width) - 1
            kept.append(Segment(segment.text[:end] + " " * (width - before[end]), segment.style))
            break
        kept.append(segment)
        width -= before[-1]
    return kept


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
