"""How the pairs of a file stand in a list, and how its preview shows the two passages of one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from rich.table import Table as Grid
from rich.text import Text as RichText

from texts.corpus.common_words import common_words
from texts.model import Span
from texts.visible import one_line, visible
from tui.desk.context import DeskContext
from tui.dialogs.choices import Choice, Choices, place_among
from tui.view.cells import cut
from tui.view.tables import ViewColumn

if TYPE_CHECKING:
    from store.corpus.pair_index import PairIndex
    from store.services.pair_verdicts import PairVerdicts
    from texts.corpus.pairs import Pair, PairSide

_NAME = 14
"""Cells for the name of a text with the number of the passage."""
COLUMNS = (
    ViewColumn("sure", 4, is_number=True),
    ViewColumn("text 1", _NAME, gives_way=2),
    ViewColumn("in 1", least=13),
    ViewColumn("text 2", _NAME, gives_way=1),
    ViewColumn("in 2", least=13),
    ViewColumn("alike", 5, is_number=True, gives_way=3),
)
LEGEND = """⇄ linked · ✗ dismissed · # tagged, both passages with the same tag
sure: 0–100, as the file says, or how much of their words the two have in common
alike: passages of the group of near-duplicates that this pair stands for; a shows them one by one
below, both passages, with the words that speak for them underlined; letters are keys here, / narrows the list"""
_SIGNS = {"linked": ("⇄", "$success"), "dismissed": ("✗", "$error"), "tagged": ("#", "$accent")}
_SHOWN = 1000
"""Characters of a passage that a preview shows."""
_SEARCHED = 100
"""Characters of a passage that what is typed is held against."""
_SEARCHED_IN = 200_000
"""Pairs of a list from which on that is names and dates alone: the words of a million would take as many bytes."""


class PairChoices(Choices):
    """Pairs of a file as lines of a list, read as they come into view."""

    def __init__(self, ctx: DeskContext, index: PairIndex, *, ungrouped: bool) -> None:
        self._ctx, self._index = ctx, index
        self._places = range(len(index)) if ungrouped else index.firsts
        self._verdicts: PairVerdicts | None = None

    def __len__(self) -> int:
        return len(self._places)

    def key(self, index: int) -> str:
        return str(self._places[index])

    def find(self, key: str) -> int | None:
        return place_among(self._places, key)

    def some(self, indices: Sequence[int]) -> list[Choice]:
        return [self._choice(self._places[index]) for index in indices]

    def searched(self, start: int, stop: int) -> Iterator[str]:
        most = _SEARCHED if len(self) <= _SEARCHED_IN else 0
        return (_words(pair, most) for pair in self._index.pairs(self._places[start:stop]))

    def look_again(self) -> None:
        """Asks the library anew what it says of the pairs."""
        self._verdicts = None

    def _choice(self, place: int) -> Choice:
        from store.services.pair_verdicts import PairVerdicts

        if self._verdicts is None:
            self._verdicts = PairVerdicts(self._ctx.session.library)
        pair = self._index.pair(place)
        verdict = self._verdicts.of(pair)
        sign, colour = (" ", "") if verdict is None else _SIGNS[verdict.said[0]]
        (one, mine), (other, its) = (
            (_short_place(side), " ".join(_sentence(side).split())) for side in pair.sides
        )
        alike = str(pair.group_size) if pair.group_size > 2 else ""
        cells = (f"{pair.score:.0f}", one, mine, other, its, alike)
        return Choice(str(place), _words(pair), sign=sign, colour=colour, cells=cells)


def _place(side: PairSide) -> str:
    return f"{side.name} ¶{side.passage}" if side.passage else side.name


def _short_place(side: PairSide) -> str:
    """The same in a few cells: of a long title the beginning, and the number whole."""
    number = f" ¶{side.passage}" if side.passage else ""
    return cut(one_line(side.name), _NAME - len(number)) + number


def _sentence(side: PairSide) -> str:
    if side.sentence is None or side.start is None:
        return side.quote
    return side.quote[max(0, side.sentence.start - side.start) : side.sentence.end - side.start] or side.quote


def _words(pair: Pair, most: int = _SEARCHED) -> str:
    """What stands in a line, against which what is typed is held: so many characters of each passage."""
    names = (f"{_place(side)} {side.text if side.title else ''} {side.date}" for side in pair.sides)
    return " ".join((*names, *(_sentence(side)[:most] for side in pair.sides)))


def pair_preview(pair: Pair) -> Grid:
    """Both passages side by side, with what is known of their texts, the words underlined that speak for them."""
    grid = Grid.grid(expand=True, padding=(0, 1))
    grid.add_column(ratio=1)
    grid.add_column(ratio=1)
    evidence = [[each.left for each in pair.evidence], [each.right for each in pair.evidence]]
    starts = [side.start or 0 for side in pair.sides]
    if not pair.evidence:
        left, right = (side.quote for side in pair.sides)
        common = common_words(left, Span(0, len(left)), right, Span(0, len(right)))
        evidence, starts = [[one for one, _ in common], [other for _, other in common]], [0, 0]
    grid.add_row(*(_passage(*each) for each in zip(pair.sides, starts, evidence, strict=True)))
    return grid


def _passage(side: PairSide, start: int, evidence: Iterable[Span]) -> RichText:
    about = " · ".join(filter(None, (_place(side), side.author, side.date, side.series)))
    shown = RichText(f"{visible(' '.join(about.split()))}\n", style="bold")
    words = RichText(visible(side.quote[:_SHOWN]), style="not bold")
    for span in evidence:
        words.stylize("bold underline", max(0, span.start - start), max(0, span.end - start))
    shown.append_text(words)
    return shown
