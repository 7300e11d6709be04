"""Finds highlights of which only the words are known at which they start and before which they end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from store.exchange.archive import HighlightEntry, QuotedEnd, QuotedRange
from store.highlight_rows import GAP, quoted
from store.records import Anchor
from texts.model import Span, united
from texts.reanchor import Placement, Quoted, State
from texts.reanchor.folded_body import FoldedBody
from texts.reanchor.locate import QuoteLocator
from texts.reanchor.placement import ORPHANED
from texts.reanchor.plain_form import plain_quote


def in_ranges(
    body: str, entries: Sequence[HighlightEntry], ranges: Mapping[str, Sequence[QuotedRange]]
) -> list[HighlightEntry]:
    """The highlights, those that `ranges` has by uid with the parts of the body where they stand.

    A highlight may have other parts beside its ranges, of which it has the words. Where some part is not found, it is
    changed; where none is, it stays the orphan that it is.
    """
    if not any(entry.uid in ranges for entry in entries):
        return list(entries)
    search = _RangeSearch(body)
    return [search.placed(entry, ranges[entry.uid]) if entry.uid in ranges else entry for entry in entries]


class _RangeSearch:
    def __init__(self, body: str) -> None:
        self._body = body
        self._folded = FoldedBody(body)
        self._locator = QuoteLocator(self._folded)

    def placed(self, entry: HighlightEntry, ranges: Sequence[QuotedRange]) -> HighlightEntry:
        """A highlight with its parts, as far as they are found."""
        others = entry.quote
        for one in ranges:
            others = others.replace(one.quote, "", 1)
        placements = [self._between(one) for one in ranges]
        placements += [self._at(QuotedEnd(words, "", "")) for words in others.split(GAP) if words]
        found = [one for one in placements if one.span is not None]
        if not found:
            return entry
        parts = united(one.span for one in found if one.span is not None)
        is_exact = all(one.state is State.EXACT for one in placements)
        sure = min(one.confidence for one in found) * len(found) / len(placements)
        return entry._replace(
            parts=parts,
            quote=quoted(self._body, parts)[0],
            anchor=Anchor.EXACT if is_exact else Anchor.CHANGED,
            confidence=100.0 if is_exact else round(sure, 1),
        )

    def _between(self, said: QuotedRange) -> Placement:
        """Where a range is both of whose ends stand in the body, letter for letter."""
        first, last = self._at(said.start), self._at(said.end)
        if first.span is None or last.span is None or {first.state, last.state} != {State.EXACT}:
            return ORPHANED
        words = self._body[first.span.start : last.span.start].rstrip()
        if not words:
            return ORPHANED
        return Placement(Span(first.span.start, first.span.start + len(words)), State.EXACT, 100.0)

    def _at(self, words: QuotedEnd) -> Placement:
        return self._locator.place(Quoted(None, *(plain_quote(self._folded, each) for each in words)))
