"""Tables as a screen shows them: columns that fit its width, and rows that lead back into two texts."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from texts.model import Span
from texts.visible import one_line
from tui.view.cells import cells_of, cut
from tui.view.ranking import FEW, rank

if TYPE_CHECKING:
    from texts.compare import Tagged, TagTable, Together

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_AFTER_NUMBERS = 1e12
_EIGHTHS = " ▏▎▍▌▋▊▉"


class ViewColumn(NamedTuple):
    """What stands under one heading."""

    title: str
    """Empty for a column that only draws what another one says."""
    width: int = 0
    """Cells; 0 takes what the others leave."""
    is_number: bool = False
    """Numbers stand at the right."""
    least: int = 8
    """Cells that one without a width must get: where it would get fewer, other columns give way."""
    gives_way: int = 0
    """Where the room is short, the column with the highest number is left out first; one with 0 never."""


class RowPlaces(NamedTuple):
    """Where a row leads, in both texts."""

    left: tuple[Span, ...] = ()
    """Into the left body, in order."""
    right: tuple[Span, ...] = ()
    """Into the right body, in order."""
    are_passages: bool = False
    """Whether these are whole passages, to be gone to, and not occurrences, to be walked through."""


class TableRow(NamedTuple):
    """A line of a table."""

    key: str
    """Tells it from the others; the same after the table has been made anew."""
    cells: tuple[str, ...]
    """One for each column, as they came from texts and readers: not yet harmless to show."""
    places: RowPlaces = RowPlaces()
    also: tuple[str, ...] = ()
    """Other keys that it answers to, such as the spellings of a name."""
    is_strong: bool = False
    """Whether it is set off from the others."""


@dataclass(frozen=True)
class TableView:
    """Rows under columns."""

    name: str
    """Tells it from the others; where the reader was in it is kept under this."""
    title: str
    columns: tuple[ViewColumn, ...]
    rows: tuple[TableRow, ...]
    empty: str
    """What to say where there are no rows."""

    @cached_property
    def _labels(self) -> list[str]:
        return [" ".join(filter(None, row.cells)).casefold() for row in self.rows]

    def narrowed(self, typed: str) -> Sequence[int]:
        """Indices of the rows that typed words mean: best first in a short table, in their order in a long one."""
        if not typed.strip():
            return range(len(self.rows))
        if len(self.rows) <= FEW:
            return rank(typed, self._labels)
        words = typed.casefold().split()
        return [index for index, label in enumerate(self._labels) if all(word in label for word in words)]

    def find(self, key: str) -> int | None:
        """The index of the row with that key, or of one that answers to it."""
        places = (index for index, row in enumerate(self.rows) if row.key == key)
        others = (index for index, row in enumerate(self.rows) if key in row.also)
        return next(places, None) if key in self._keys else next(others, None)

    @cached_property
    def _keys(self) -> frozenset[str]:
        return frozenset(row.key for row in self.rows)


def widths(columns: Sequence[ViewColumn], room: int) -> list[int]:
    """Cells of each column in so many, with a blank between neighbours; 0 for one that is left out."""
    shown = list(range(len(columns)))
    while True:
        open_ended = [number for number in shown if not columns[number].width]
        left = room - sum(columns[number].width for number in shown) - max(0, len(shown) - 1)
        least = sum(columns[number].least for number in open_ended)
        weakest = max(shown, key=lambda number: columns[number].gives_way, default=None)
        if left >= least or weakest is None or not columns[weakest].gives_way:
            break
        shown.remove(weakest)
    found = [columns[number].width if number in shown else 0 for number in range(len(columns))]
    for nth, number in enumerate(open_ended):
        share = max(0, left) // len(open_ended)
        found[number] = share + (nth < max(0, left) % len(open_ended))
    return found


def fitted(words: str, width: int, *, is_number: bool = False) -> str:
    """Words in exactly so many cells, harmless, cut or filled; numbers stand at the right."""
    words = cut(one_line(words[: 4 * width]), width)
    blanks = " " * (width - cells_of(words))
    return blanks + words if is_number else words + blanks


def sorting_key(cell: str) -> tuple[float, str]:
    """By what a column is sorted: numbers by their size before words, words regardless of case; nothing comes last."""
    number = _NUMBER.fullmatch(cell.strip().lstrip("¶"))
    if number is not None:
        return float(number[0]), ""
    return (_AFTER_NUMBERS if cell.strip() else 2 * _AFTER_NUMBERS), cell.casefold()


def bar(share: float, cells: int) -> str:
    """A bar that fills a share (0–1) of so many cells, to an eighth of a cell; never empty where there is a share."""
    eighths = round(min(1.0, max(0.0, share)) * cells * 8)
    if share > 0:
        eighths = max(1, eighths)
    whole, rest = divmod(eighths, 8)
    return "█" * whole + (_EIGHTHS[rest] if rest else "")


class _Highlights:
    """Where each tag stands in each text, and in which of its passages."""

    def __init__(self, tagged: Iterable[Tagged]) -> None:
        self._spans: defaultdict[tuple[str, str], list[Span]] = defaultdict(list)
        self._in_passages: defaultdict[tuple[str, str], defaultdict[int, list[Span]]] = defaultdict(
            lambda: defaultdict(list)
        )
        for mark in tagged:
            self._spans[mark.tag, mark.text].append(mark.span)
            if mark.passage is not None:
                self._in_passages[mark.tag, mark.text][mark.passage].append(mark.span)

    def of(self, tag: str, text: str) -> tuple[Span, ...]:
        """The highlights of a text that carry a tag, in order."""
        return tuple(sorted(self._spans[tag, text]))

    def of_both(self, one: str, other: str, text: str) -> tuple[Span, ...]:
        """The highlights that carry either tag, in the passages of a text that have both."""
        mine, its = self._in_passages[one, text], self._in_passages[other, text]
        return tuple(sorted({span for number in mine.keys() & its for span in (*mine[number], *its[number])}))


def tag_tables(
    table: TagTable, left: str, right: str, tagged: Iterable[Tagged]
) -> tuple[TableView, TableView]:
    """The two tables of two texts (slugs); `tagged` is what `table` was made of."""
    highlights = _Highlights(tagged)
    only = {tag: text for text in table.texts for tag in table.only(text)}

    def counted(tag: str) -> TableRow:
        places = RowPlaces(highlights.of(tag, left), highlights.of(tag, right))
        where = f"only in {1 if only[tag] == left else 2}" if tag in only else ""
        return TableRow(tag, (tag, *map(str, table.counts[tag]), where), places, is_strong=tag in only)

    def met(pair: Together) -> TableRow:
        words = f"{pair.one} + {pair.other}"
        mine, its = (highlights.of_both(pair.one, pair.other, text) for text in (left, right))
        places = RowPlaces(mine, its)
        return TableRow(words, (words, str(pair.passages), str(pair.overlapping)), places)

    counts = (
        ViewColumn("tag"),
        ViewColumn("in 1", 5, is_number=True),
        ViewColumn("in 2", 5, is_number=True),
        ViewColumn("one side", 9, gives_way=1),
    )
    together = (
        ViewColumn("tags"),
        ViewColumn("passages", 8, is_number=True),
        ViewColumn("overlap", 7, is_number=True),
    )
    return (
        TableView(
            "tags",
            "tags and texts",
            counts,
            tuple(map(counted, table.counts)),
            "Nothing is tagged in these texts: Esc goes back, t tags a sentence.",
        ),
        TableView(
            "tags together",
            "tags that occur together",
            together,
            tuple(map(met, table.together)),
            "No two tags meet in a passage.",
        ),
    )
