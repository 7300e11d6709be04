"""Wraps a text into display rows, each with the exact span of the body that it shows.

A row is known by the offset at which it starts, so a text of 600,000 words is one array of integers. A `Layout` holds
the rows of a window of the text and grows it on demand: a reader sees four screens, not a book, so opening and
resizing cost the same for both. Paragraphs whose characters all take one cell are wrapped by `str.rfind`; others are
measured first, and never broken inside a grapheme.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

from texts.lazy_pattern import lazy_pattern
from texts.model import Span
from texts.prose import flows, is_running
from tui.view.cells import (
    WHITE_SPACE,
    cells_before,
    cells_of,
    grapheme_starts,
    graphemes,
    odd_characters,
    width,
)
from tui.view.justify import UNSTRETCHED, JustifiedRow, stretch
from tui.view.visible_text import VisibleText

NARROWEST = 10
"""Cells that a text column has at least."""
BLOCK = 16_384
"""Characters that are wrapped at one go: a longer passage is wrapped in blocks, so that none takes long."""
CHUNK = 65_536
"""Characters by which a layout grows in one step."""

_MEASURED_AT_MOST = 400_000
"""Characters whose measures are kept for the next width."""
_SPACES = lazy_pattern(f"[{WHITE_SPACE}]+")
# Kinsoku: what must not start a row, and what must not end one (JIS X 4051, the common part).
_NEVER_FIRST = frozenset(
    WHITE_SPACE + "。、，．！？；：）」』】〉》”’…·ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ,.!?;:)]}"
)
_NEVER_LAST = frozenset("（「『【〈《“‘([{")


class DisplayRow(NamedTuple):
    """A display row."""

    start: int
    """Offset of its first character."""
    end: int
    """Offset after its last character that is no white space; what hangs over lies between that and `after`."""
    after: int
    """Where the next row of the text begins, or its passage ends."""
    passage: int
    """Index of its passage among those shown."""
    first: bool
    """Whether it is the first row of its passage."""
    blank: bool
    """Whether it is a blank row behind its passage, where no cursor stands."""


def wrap_plain(string: str, start: int, end: int, columns: int, rows: array[int], *, base: int = 0) -> None:
    """Appends the offsets at which the rows of string[start:end] start, plus `base`; every character is one cell.

    Greedy: a row takes all the words that fit; one space, or several, hang over its end.
    """
    rows.append(base + start)
    rfind = string.rfind
    while end - start > columns:
        space = rfind(" ", start, start + columns + 1)
        if space > start:
            start = space + 1
            while start < end and string[start] == " ":
                start += 1
            if start == end:
                return
        else:
            start += columns
        rows.append(base + start)


class Measured:
    """A paragraph with characters that do not take one cell: where its rows may start, at any width."""

    def __init__(self, string: str) -> None:
        self._cells = cells_before(string)
        self._graphemes = grapheme_starts(string)
        breaks = sorted(self._breaks(string))
        self._starts = [start for start, _ in breaks]
        """Where a row may start."""
        self._needs = [need for _, need in breaks]
        """Cells up to the last ink before each of them: what a row that ends there needs."""

    def _breaks(self, string: str) -> Iterator[tuple[int, int]]:
        """Where a row may start, with the cells up to the last ink before: after white space, and by wide characters.

        Never inside a grapheme, such as a space with an accent on it.
        """
        cells, graphemes = self._cells, self._graphemes
        whole = graphemes if isinstance(graphemes, range) else frozenset(graphemes)
        for space in _SPACES.finditer(string):
            if space.end() in whole:
                yield space.end(), cells[space.start()]
        # A letter that takes two cells with its vowel sign (रा) is no wide one: it stands inside a word.
        wide = {
            start
            for start, (before, after) in enumerate(pairwise(cells))
            if after - before == 2 and (width(string[start]) == 2 or not string[start].isalpha())
        }
        for last, start in pairwise(graphemes if wide else ()):
            if (
                (last in wide or start in wide)
                and string[start] not in _NEVER_FIRST
                and string[last] not in _NEVER_LAST
            ):
                yield start, cells[start]

    def wrap(self, columns: int, rows: array[int], base: int) -> None:
        """Appends the offsets at which its rows start, plus `base`."""
        cells, breaks = self._cells, self._starts
        length = len(cells) - 1
        start = following = 0
        rows.append(base)
        while cells[-1] - cells[start] > columns:
            fitting = bisect_right(self._needs, cells[start] + columns, following)
            if fitting > following and breaks[fitting - 1] > start:
                start, following = breaks[fitting - 1], fitting
            else:
                start = self._inside_word(start, columns)
                following = bisect_right(breaks, start, following)
            if start >= length:
                return
            rows.append(base + start)

    def _inside_word(self, start: int, columns: int) -> int:
        """Where to break a word that is wider than a row: before the first grapheme that no longer fits."""
        last = bisect_right(self._cells, self._cells[start] + columns, start) - 1
        place = bisect_right(self._graphemes, last) - 1
        if self._graphemes[place] > start:
            return self._graphemes[place]
        return self._graphemes[place + 1] if place + 1 < len(self._graphemes) else len(self._cells) - 1


class Wrapper:
    """Wraps the passages that are shown, at any width; keeps what does not depend on the width.

    It works in blocks: a passage is one, and a very long passage is several.
    """

    def __init__(self, shown: VisibleText, spacing: int = 1, *, justified: bool = False) -> None:
        """`spacing` is how many blank rows part two passages."""
        self.shown = shown
        self.justified = justified
        """Whether rows of prose are stretched to the column. Where they start does not depend on it."""
        self.fillers: Mapping[int, int] = {}
        """Blank rows behind passages besides those that part them, by index; before the first one by -1."""
        self.spacing = spacing
        """Blank rows that part two passages."""
        self._measured: dict[int, Measured] = {}
        self._measured_characters = 0
        self._flows: dict[int, bool] = {}
        self._running: dict[int, bool] = {}
        self._long: dict[int, list[int]] = {}

    @property
    def beyond(self) -> int:
        """An offset behind all blocks, where none starts."""
        return self.shown.end + 1

    def block_at(self, offset: int) -> int:
        """Start of the block that holds the offset, or is nearest."""
        index = self.shown.index(offset)
        blocks = self._blocks(index)
        return blocks[max(0, bisect_right(blocks, offset) - 1)]

    def block_from(self, offset: int) -> int:
        """Start of the first block that starts at the offset or after it; beyond the text if there is none."""
        blocks = self._blocks(self.shown.index(offset))
        place = bisect_left(blocks, offset)
        if place < len(blocks):
            return blocks[place]
        following = self.shown.index_from(offset)
        passages = self.shown.passages
        return passages[following].span.start if following < len(passages) else self.beyond

    def _blocks(self, index: int) -> list[int]:
        """Starts of the blocks of a passage: one, unless it is very long."""
        span = self.shown.passages[index].span
        if span.end - span.start <= 2 * BLOCK:
            return [span.start]
        blocks = self._long.get(index)
        if blocks is None:
            blocks = self._long[index] = self._cut(span)
        return blocks

    def _cut(self, span: Span) -> list[int]:
        """Starts of blocks of about `BLOCK` characters, after a newline or a space where there is one."""
        body = self.shown.body
        blocks = [span.start]
        while span.end - blocks[-1] > 2 * BLOCK:
            low, high = blocks[-1] + BLOCK, blocks[-1] + 2 * BLOCK
            cut = body.rfind("\n", low, high) + 1 or body.rfind(" ", low, high) + 1
            blocks.append(self.shown.snap_to_grapheme(cut or high))
        return blocks

    def wrap(self, low: int, high: int, columns: int) -> array[int]:
        """Offsets at which the rows of the blocks in body[low:high] start; low and high are starts of blocks.

        Blank rows between passages start where the passage ends.
        """
        rows: array[int] = array("I")
        body, passages = self.shown.body, self.shown.passages
        odd = odd_characters(body[low:high])
        find = body.find
        if low <= self.shown.start:
            rows.extend([self.shown.start] * self.fillers.get(-1, 0))
        for index in range(self.shown.index(low), self.shown.index_from(high)):
            first, last = passages[index].span
            start, end = max(first, low), min(last, high)
            if find("\n", start, end) >= 0:
                self._wrap_lines(index, Span(start, end), columns, rows)
            elif odd and odd.search(body, start, end):
                self._wrap_measured(body[start:end], start, columns, rows)
            else:
                wrap_plain(body, start, end, columns, rows)
            if end == last and index + 1 < len(passages) and last < passages[index + 1].span.start:
                rows.extend([last] * (self.spacing + self.fillers.get(index, 0)))
        return rows

    def _wrap_lines(self, index: int, part: Span, columns: int, rows: array[int]) -> None:
        """Wraps part of a passage that has several lines: they flow as one, or each stays for itself."""
        start = part.start
        string = self.shown.body[part.start : part.end]
        if index not in self._flows:
            self._flows[index] = flows(
                self.shown.text.quote(self.shown.passages[index].span), self.shown.text.wrapped_at
            )
        if self._flows[index]:
            self._wrap_string(string.replace("\n", " ").rstrip(), start, columns, rows)
            return
        for line in string.split("\n"):
            if line.strip(WHITE_SPACE) or start == self.shown.passages[index].span.start:
                self._wrap_string(line.rstrip(WHITE_SPACE), start, columns, rows)
            start += len(line) + 1

    def is_running(self, index: int) -> bool:
        """Whether a passage is running prose of the article, whose rows may be stretched."""
        running = self._running.get(index)
        if running is None:
            passage = self.shown.passages[index]
            running = not passage.is_furniture and is_running(
                self.shown.text.quote(passage.span), self.shown.text.wrapped_at
            )
            self._running[index] = running
        return running

    def _wrap_string(self, string: str, start: int, columns: int, rows: array[int]) -> None:
        if odd_characters(string):
            self._wrap_measured(string, start, columns, rows)
        else:
            wrap_plain(string, 0, len(string), columns, rows, base=start)

    def _wrap_measured(self, string: str, start: int, columns: int, rows: array[int]) -> None:
        measured = self._measured.get(start)
        if measured is None:
            measured = Measured(string)
            if self._measured_characters < _MEASURED_AT_MOST:
                self._measured[start] = measured
                self._measured_characters += len(string)
        measured.wrap(columns, rows, start)


class Layout:
    """The rows of a window of a text, at one width.

    Rows are numbered from the first one of the window. When the window grows upwards, numbers shift by as many rows
    as `above` grows; `number - above` stays.
    """

    def __init__(self, wrapper: Wrapper, columns: int, *, around: int = 0, rows: int = 0) -> None:
        """Lays out about `rows` rows on either side of the offset `around`; all of the text if that is 0."""
        self.shown = wrapper.shown
        self.columns = max(NARROWEST, columns)
        self.rows: array[int]
        """Offsets at which the rows start."""
        self.lead: int
        """Blank rows before the first passage, which are in no text."""
        self.above: int
        """Rows that were added in front since the window was laid out."""
        self._wrapper = wrapper
        self.lay_out(around, rows)

    def lay_out(self, around: int, rows: int) -> None:
        """Lays out a new window: about `rows` rows on either side of the offset; all of the text if that is 0."""
        reach = rows * self.columns
        self._low = self._wrapper.block_at(around - reach) if reach else self.shown.start
        self.lead = self._wrapper.fillers.get(-1, 0)  # then there are no windows: all of the text is laid out
        self._high = self._wrapper.block_from(around + reach) if reach else self._wrapper.beyond
        self.rows = self._wrap(self._low, self._high)
        self.above = 0

    # the window

    @property
    def at_top(self) -> bool:
        """Whether the window begins with the text."""
        return self._low <= self.shown.start

    @property
    def at_bottom(self) -> bool:
        """Whether the window ends with the text."""
        return self._high >= self._wrapper.beyond

    @property
    def complete(self) -> bool:
        """Whether the whole text is laid out."""
        return self.at_top and self.at_bottom

    def holds(self, offset: int) -> bool:
        """Whether the row of the offset is laid out."""
        return (self.at_top or offset >= self._low) and (self.at_bottom or offset < self._high)

    def grow_up(self, characters: int = CHUNK) -> int:
        """Lays out about so many characters above the window; returns the number of rows that this adds."""
        if self.at_top:
            return 0
        low = self._wrapper.block_at(min(self._low - 1, self._low - characters))
        rows = self._wrap(low, self._low)
        added = len(rows)
        rows.extend(self.rows)
        self.rows, self._low = rows, low
        self.above += added
        return added

    def grow_down(self, characters: int = CHUNK) -> int:
        """Lays out about so many characters below the window; returns the number of rows that this adds."""
        if self.at_bottom:
            return 0
        high = self._wrapper.block_from(self._high + max(1, characters))
        before = len(self.rows)
        self.rows.extend(self._wrap(self._high, high))
        self._high = high
        return len(self.rows) - before

    def include(self, offset: int) -> None:
        """Grows the window until it has the row of the offset."""
        while not self.holds(offset):
            if offset < self._low:
                self.grow_up()
            else:
                self.grow_down()

    def reach(self, number: int) -> int:
        """Grows the window until it has the row; returns its number then, or that of the nearest row there is."""
        while number < 0 and not self.at_top:
            number += self.grow_up()
        while number >= len(self.rows) and not self.at_bottom:
            self.grow_down()
        return min(max(number, 0), len(self.rows) - 1)

    # rows

    @property
    def has_fillers(self) -> bool:
        """Whether there are blank rows that bring passages level with those of another text."""
        return bool(self._wrapper.fillers)

    def is_filler(self, number: int) -> bool:
        """Whether that row is such a one: a blank one behind those that part two passages."""
        before = number - self._wrapper.spacing
        if number < self.lead or before < self.lead or not self.row(number).blank:
            return number < self.lead
        return self.rows[before] == self.rows[number]

    def row(self, number: int) -> DisplayRow:
        """The row of that number."""
        start = self.rows[number]
        if number < self.lead:
            return DisplayRow(start, start, start, 0, False, True)
        index = self.shown.index(start)
        span = self.shown.passages[index].span
        limit = self.rows[number + 1] if number + 1 < len(self.rows) else self._high
        after = min(limit, span.end)
        line = self.shown.body[start:after].rstrip(WHITE_SPACE)
        blank = start >= span.end > span.start
        return DisplayRow(start, start + len(line), max(start, after), index, start == span.start, blank)

    def row_of(self, offset: int) -> int:
        """Number of the row that the offset is on; the nearest row of the window if it is not laid out."""
        return max(0, bisect_right(self.rows, offset) - 1)

    def column_of(self, row: DisplayRow, offset: int) -> int:
        """Cell of the row at which the offset stands; what hangs over the end stands in the margin."""
        inside = min(max(offset, row.start), row.end)
        cells = cells_of(self.shown.body[row.start : inside]) + self.stretch(row).before(inside)
        return min(cells + max(0, offset - row.end), self.columns)

    def offset_at(self, row: DisplayRow, column: int) -> int:
        """Offset of the grapheme in that cell of the row; that of the row's last one where the cell is behind it."""
        line, stretched = self.shown.body[row.start : row.end], self.stretch(row)
        if not stretched.places and line.isascii() and "\t" not in line:
            return row.start + max(0, min(column, len(line) - 1))
        place = taken = 0
        for start, cells in graphemes(line):
            if taken > column:
                break
            place = start
            taken += cells + stretched.at(row.start + start)
        return row.start + place

    def stretch(self, row: DisplayRow) -> JustifiedRow:
        """How the row is widened to the column, where rows are justified.

        Only prose is, and of it neither the last row of a passage nor one that ends inside a word.
        """
        wrapper = self._wrapper
        if not wrapper.justified or row.end == row.after or not wrapper.is_running(row.passage):
            return UNSTRETCHED
        if row.after == self.shown.passages[row.passage].span.end:
            return UNSTRETCHED
        return stretch(self.shown.body, row.start, row.end, self.columns)

    def _wrap(self, low: int, high: int) -> array[int]:
        return self._wrapper.wrap(low, high, self.columns)
