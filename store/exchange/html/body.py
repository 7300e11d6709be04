"""A body as HTML: passages in order, the words of highlights marked in them, and their notes behind each passage.

Leaving out the notes, the text of what comes out is the body, letter for letter.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from store.exchange.html import escaping
from store.exchange.html.cards import card, letter
from store.exchange.html.colours import colour_class
from store.exchange.views import Piece, Sheet, Shown, View, pieces
from texts.model import Passage
from texts.prose import keeps_lines

LANES = 4
"""So many overlapping highlights have a line of their own below the words; further ones share them."""


def body(sheet: Sheet, view: View) -> Iterator[str]:
    """The HTML of a body, piece by piece."""
    return _Body(sheet, view).html()


class _Body:
    def __init__(self, sheet: Sheet, view: View) -> None:
        self._sheet = sheet
        self._reading = view
        self._lanes = _lanes(sheet.standing)
        self._begun: set[int] = set()

    def html(self) -> Iterator[str]:
        starting = {passage.span.start: passage for passage in self._sheet.text.passages}
        cuts = [edge for passage in starting.values() for edge in passage.span]
        passage: Passage | None = None
        begun_here: list[int] = []
        for piece in pieces(self._sheet.text.body, self._sheet.standing, cuts):
            if piece.span.start in starting:
                passage = starting[piece.span.start]
                yield self._opening(passage)
            if passage is None:
                yield _gap(self._sheet.text.quote(piece.span))
                continue
            new = [index for index in piece.covering if index not in self._begun]
            self._begun.update(new)
            begun_here += new
            yield from (letter(self._sheet.standing[index], self._reading, at_words=True) for index in new)
            yield self._marked(piece)
            if piece.span.end == passage.span.end:
                yield "</p>"
                yield from self._cards(begun_here, passage)
                yield "</div>"
                passage, begun_here = None, []
        # A highlight of nothing but the blanks between passages begins in none of them.
        yield from self._cards([i for i in range(len(self._lanes)) if i not in self._begun], None)

    def _opening(self, passage: Passage) -> str:
        kinds = ["passage"]
        if passage.is_furniture:
            kinds.append("furniture")
        if keeps_lines(self._sheet.text.quote(passage.span)):
            kinds.append("lines")
        number = "" if passage.is_furniture else f' data-n="{passage.number}"'
        return f'<div class="row"><p class="{" ".join(kinds)}" dir="auto"{number}>'

    def _marked(self, piece: Piece) -> str:
        """A stretch, in one mark for each highlight that covers it."""
        html = escaping.text(self._sheet.text.quote(piece.span))
        for index in reversed(piece.covering):
            one = self._sheet.standing[index]
            colour = colour_class(self._reading.colour(one.entry))
            lane = self._lanes[index] % LANES
            html = f'<mark class="{colour} lane{lane}" data-of="{one.anchor}">{html}</mark>'
        return html

    def _cards(self, begun: Sequence[int], passage: Passage | None) -> Iterator[str]:
        if not begun:
            return
        label = f"Notes on ¶{passage.number}" if passage and passage.number else "Notes"
        yield f'<div class="cards" role="group" aria-label="{label}">'
        yield from (card(self._sheet.standing[index], self._reading) for index in begun)
        yield "</div>"


def _gap(blanks: str) -> str:
    """What stands between passages; a no-break space or the like there would take up a line."""
    return blanks if blanks.strip(" \n\t") == "" else f'<span class="gap">{escaping.text(blanks)}</span>'


def _lanes(standing: Sequence[Shown]) -> list[int]:
    """For each highlight the first line below the words that no overlapping one has."""
    ends: list[int] = []
    lanes = []
    for one in standing:
        start, end = one.parts[0].start, one.parts[-1].end
        lane = next((lane for lane, taken in enumerate(ends) if taken <= start), len(ends))
        ends[lane : lane + 1] = [end]
        lanes.append(lane)
    return lanes
