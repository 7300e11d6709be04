"""Finds the places of highlights that come: in the version they stand in, which need not be the present one.

What stands in the present version stays where it is. What comes from another version, or says no place that holds its
quote, is looked for as after an update. What is not found becomes an orphan: none is dropped.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from store.exchange.archive import HighlightEntry
from store.exchange.merging.homes import Home, Homes
from store.highlights import GAP, quoted
from store.reanchor import Standing, found_again, spans_again
from store.records import Anchor, Reanchored
from texts.model import Span, united

NOWHERE = (Span(0, 1),)
"""Where an orphan stands that never had a place."""


class Placed(NamedTuple):
    """A highlight with its place in a library."""

    entry: HighlightEntry
    home: Home
    digest: str
    """Of the version that the parts count in."""
    parts: tuple[Span, ...]
    quote: str
    before: str
    after: str
    anchor: Anchor
    confidence: float


def place(homes: Homes, highlights: Sequence[HighlightEntry], kind: str = "highlights") -> list[Placed]:
    """The highlights in their order, placed; raises LibraryError for one whose text is nowhere."""
    groups: dict[tuple[str, int | None], list[int]] = defaultdict(list)
    for number, entry in enumerate(highlights):
        groups[entry.text, entry.version].append(number)
    placed: dict[int, Placed] = {}
    for (slug, version), numbers in groups.items():
        home = homes.of(slug, f"{kind}[{numbers[0]}]")
        group = _Group(homes, home, home.digest_of(version))
        placed.update(zip(numbers, group.place([highlights[number] for number in numbers]), strict=True))
    return [placed[number] for number in range(len(highlights))]


def place_spans(
    homes: Homes, home: Home, digest: str | None, spans: Sequence[Span]
) -> list[tuple[str, Span]]:
    """Digest of the version and place there: in the present version where they are found, else as they were."""
    old_body = None if digest in (None, home.present) else homes.body(digest or "")
    if old_body is None:
        return [(home.present, span) for span in spans]
    found = spans_again(old_body, homes.present_body(home), spans)
    return [
        (digest or home.present, span) if one.span is None else (home.present, one.span)
        for span, one in zip(spans, found, strict=True)
    ]


class _Group:
    """Highlights that stand in one version of a text."""

    def __init__(self, homes: Homes, home: Home, digest: str | None) -> None:
        self._homes = homes
        self._home = home
        self._digest = digest
        self._body = homes.present_body(home)
        here = None if digest in (None, home.present) else homes.body(digest or "")
        self._is_present = here is None
        """Whether the parts count in the present version, as far as anybody knows."""
        self._old_body = self._body if here is None else here

    def place(self, entries: Sequence[HighlightEntry]) -> Iterator[Placed]:
        """Each of the highlights with its place."""
        sure = [self._sure(entry) for entry in entries]
        sought = [entry for entry, placed in zip(entries, sure, strict=True) if placed is None]
        found = iter(self._seek(sought))
        for placed in sure:
            yield next(found) if placed is None else placed

    def _sure(self, entry: HighlightEntry) -> Placed | None:
        """The place that needs no looking for."""
        if entry.anchor is Anchor.ORPHAN:
            return self._orphan(entry)
        if not self._is_present:
            return None
        parts = self._holding(entry)
        return None if parts is None else self._placed(entry, parts, entry.anchor, entry.confidence)

    def _holding(self, entry: HighlightEntry) -> tuple[Span, ...] | None:
        """The parts, if they hold the quote; those between start and end that do, where a format says no more."""
        if not entry.parts or entry.parts[-1].end > len(self._body):
            return None
        parts = united(entry.parts)
        if entry.quote in ("", quoted(self._body, parts)[0]):
            return parts
        return _gapped(self._body, parts[0], entry.quote) if len(parts) == 1 else None

    def _seek(self, entries: Sequence[HighlightEntry]) -> Iterator[Placed]:
        standing = [
            Standing(
                number, 0, entry.parts, entry.quote or quoted(self._old_body, entry.parts)[0],
                entry.anchor, entry.confidence, entry.before, entry.after,
            )
            for number, entry in enumerate(entries)
        ]  # fmt: skip
        for entry, moved in zip(entries, found_again(self._old_body, self._body, standing), strict=True):
            yield self._moved(entry, moved)

    def _moved(self, entry: HighlightEntry, moved: Reanchored) -> Placed:
        if moved.parts is None:
            return self._orphan(entry._replace(quote=moved.quote))
        return self._placed(entry, moved.parts, moved.anchor, moved.confidence)

    def _placed(
        self, entry: HighlightEntry, parts: tuple[Span, ...], anchor: Anchor, confidence: float
    ) -> Placed:
        sure = 100.0 if anchor is Anchor.EXACT else confidence
        return Placed(entry, self._home, self._home.present, parts, *quoted(self._body, parts), anchor, sure)

    def _orphan(self, entry: HighlightEntry) -> Placed:
        digest, parts = self._last_known(entry)
        quote = entry.quote or quoted(self._homes.body(digest) or "", parts)[0]
        words = (quote, entry.before, entry.after)
        confidence = entry.confidence if entry.anchor is Anchor.ORPHAN else 0.0
        return Placed(entry, self._home, digest, parts, *words, Anchor.ORPHAN, confidence)

    def _last_known(self, entry: HighlightEntry) -> tuple[str, tuple[Span, ...]]:
        """Where an orphan stood last: in the version that is named, else in the last one that holds its quote."""
        if not entry.parts:
            return self._home.present, NOWHERE
        if self._digest in self._home.digests:
            named = [self._digest]
        else:
            named = list(dict.fromkeys(reversed(self._home.digests)))
        bodies = {digest: body for digest in named if (body := self._homes.body(digest)) is not None}
        long_enough = [digest for digest, body in bodies.items() if entry.parts[-1].end <= len(body)]
        parts = united(entry.parts)
        for digest in long_enough:
            for held in (parts, _gapped(bodies[digest], parts[0], entry.quote)):
                if held and quoted(bodies[digest], held)[0] == entry.quote:
                    return digest, held
        return (long_enough[0], parts) if long_enough else (self._home.present, NOWHERE)


def _gapped(body: str, whole: Span, quote: str) -> tuple[Span, ...] | None:
    """The parts (a … b) of a span that make up a quote; None where there are none."""
    parts: list[Span] = []
    at = whole.start
    pieces = quote.split(GAP)
    for piece in pieces:
        start = body.find(piece, at, whole.end)
        if start < 0 or not piece:
            return None
        at = start + len(piece)
        parts.append(Span(start, at))
    parts[-1] = Span(whole.end - len(pieces[-1]), whole.end)
    held = united(parts)
    return held if held[0].start == whole.start and quoted(body, held)[0] == quote else None
