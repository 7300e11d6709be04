"""Where quotes stand without their places: listed in the order of their text, or known to be in some part of it."""

from __future__ import annotations

from collections.abc import Sequence

from texts.model import Span
from texts.reanchor.folded_body import FoldedBody
from texts.reanchor.patience import longest_rise
from texts.tokens import is_whole
from texts.typography import fold_typography

_MOST = 1000
"""Occurrences of a quote beyond which it is not looked for: it says nothing about where it stands."""


def occurrences_in_order(body: str, quotes: Sequence[str]) -> list[Span | None]:
    """Code points into the body for each quote, where its place follows from the order; None where it does not.

    Quotes may overlap, and start in the order in which they are listed. Those that occur once tell between which places
    the others stand; of the same words listed as often as they occur between two of those, each is one. Only the shape
    of quotation marks, dashes, white space and letters may differ.
    """
    folded = FoldedBody(body)
    needles = [fold_typography(quote) for quote in quotes]
    known = {needle: _occurrences(folded.text, needle) for needle in set(needles)}
    places: list[Span | None] = [None] * len(quotes)
    single = [k for k, needle in enumerate(needles) if len(known[needle]) == 1]
    pins = [single[k] for k in longest_rise([known[needles[k]][0].start * len(quotes) + k for k in single])]
    for k in pins:
        places[k] = known[needles[k]][0]
    for first, last in zip([-1, *pins], [*pins, len(quotes)], strict=True):
        low = 0 if first < 0 else known[needles[first]][0].start
        high = len(folded.text) if last == len(quotes) else known[needles[last]][0].start
        _fill(folded.text, needles, range(first + 1, last), known, Span(low, high), places=places)
    return [None if place is None else folded.back(place) for place in places]


def occurrences_within(body: str, asked: Sequence[tuple[str, Span]]) -> list[Span | None]:
    """Code points into the body for each quote that stands once in the room given with it; None for the others.

    As whole words first, then anywhere. Only the shape of quotation marks, dashes, white space and letters may differ.
    """
    folded = FoldedBody(body)
    places: list[Span | None] = []
    for quote, room in asked:
        start, end = folded.into(room)
        there = _occurrences(folded.text[start:end], fold_typography(quote))
        moved = [Span(start + span.start, start + span.end) for span in there]
        only = [span for span in moved if is_whole(folded.text, *span)] or moved
        places.append(folded.back(only[0]) if len(only) == 1 else None)
    return places


def _fill(
    text: str,
    needles: Sequence[str],
    numbers: range,
    known: dict[str, list[Span]],
    between: Span,
    *,
    places: list[Span | None],
) -> None:
    """Gives the quotes between two pins their places: where the same words are listed as often as they occur there.

    Whole words of the text go before parts of words.
    """
    for needle in {needles[k] for k in numbers}:
        those = [k for k in numbers if needles[k] == needle]
        there = [span for span in known[needle] if between.start <= span.start <= between.end]
        whole = [span for span in there if is_whole(text, *span)]
        found = whole if len(whole) == len(those) else there
        if len(found) == len(those):
            for k, span in zip(those, found, strict=True):
                places[k] = span


def _occurrences(text: str, needle: str) -> list[Span]:
    found: list[Span] = []
    at = text.find(needle) if needle else -1
    while at >= 0 and len(found) <= _MOST:
        found.append(Span(at, at + len(needle)))
        at = text.find(needle, at + 1)
    return found if len(found) <= _MOST else []
