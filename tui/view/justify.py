"""Justified rows: the gaps between the words of a row, widened until the row fills the column.

Nothing of that is in the body. A row keeps its span, and `JustifiedRow` is the one place that knows how many cells
stand where, so that the painter, the cursor, the mouse and the labels agree.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from tui.view.cells import as_shown, cells_of, grapheme_starts

MOST_ADDED = 2
"""Cells by which a gap may grow: a row that needs more is left as it is, because holes disturb more than an edge."""

_GAP = r"(?<=\S)[ \n]+(?=\S)"
"""What parts two words of a row; a newline does so in prose that was wrapped by hand."""


class JustifiedRow(NamedTuple):
    """How the spaces of a row are widened; of a row that stays as it is, not at all."""

    places: Sequence[int] = ()
    """Offsets of the spaces that are widened, in order: the last one of each gap."""
    added: Sequence[int] = ()
    """Cells that are added up to each of them, its own with them."""

    @property
    def cells(self) -> int:
        """Cells that the row takes more."""
        return self.added[-1] if self.added else 0

    def before(self, offset: int) -> int:
        """Cells that are added in front of an offset."""
        place = bisect_left(self.places, offset)
        return self.added[place - 1] if place else 0

    def at(self, offset: int) -> int:
        """Cells that are added to the character at an offset."""
        return self.before(offset + 1) - self.before(offset)

    def shown(self, body: str, start: int, end: int) -> str:
        """What is drawn of body[start:end], which lies in the row."""
        if not self.places:
            return as_shown(body[start:end])
        first, last = bisect_left(self.places, start), bisect_left(self.places, end)
        pieces: list[str] = []
        low = start
        for place in self.places[first:last]:
            pieces += as_shown(body[low : place + 1]), " " * self.at(place)
            low = place + 1
        return "".join((*pieces, as_shown(body[low:end])))


UNSTRETCHED = JustifiedRow()
"""Of a row that stays as it is."""


def stretch(body: str, start: int, end: int, columns: int) -> JustifiedRow:
    """Widens the gaps of the row body[start:end] until it fills so many cells, if none then grows too wide.

    Which gaps get a cell more than others differs from row to row, so that they make no river down the page.
    """
    line = body[start:end]
    missing = columns - cells_of(line)
    if missing <= 0:
        return UNSTRETCHED
    gaps = _gaps(line)
    count = len(gaps)
    if missing > MOST_ADDED * count:
        return UNSTRETCHED
    first = start % count
    added = (((place + 1) * missing + first) // count for place in range(count))
    return JustifiedRow(tuple(start + gap for gap in gaps), tuple(added))


def _gaps(line: str) -> list[int]:
    """Where the gaps of a line end: the last space of each, unless it makes one grapheme with its neighbours."""
    starts = grapheme_starts(line)
    whole = starts if isinstance(starts, range) else frozenset(starts)
    ends = (gap.end() for gap in re.finditer(_GAP, line))
    return [end - 1 for end in ends if end - 1 in whole and end in whole]
