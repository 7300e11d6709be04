"""Finds the places of highlights that come: in the version they stand in, which need not be the present one.

What stands in the present version stays where it is. What comes from another version, or says no place that holds its
quote, is looked for as after an update. What is not found becomes an orphan: none is dropped.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from store.exchange.archive import HighlightEntry, QuotedRange
from store.highlight_rows import GAP, quoted
from store.merge.counting import PositionCount, code_points, other_counts, utf_16
from store.merge.match_texts import TextMatch, TextMatches
from store.merge.quoted_ranges import in_ranges
from store.reanchor import AnchoredQuote, reanchor, spans_again
from store.records import Anchor, Reanchored
from store.sanitize import truncate
from texts.model import Span, united
from texts.reanchor import occurrences_in_order, occurrences_within
from texts.reanchor.folded_body import FoldedBody
from texts.reanchor.plain_form import may_be_plainer, plain_quote
from texts.typography import fold_typography

NO_PLACE = (Span(0, 1),)
"""Where an orphan stands that never had a place."""
_NO_PASSAGES: Mapping[str, int] = {}
_NO_RANGES: Mapping[str, Sequence[QuotedRange]] = {}
_TELLING = 5
"""Letters of quotes that stand, taken together, where a way of counting has them, so that it is no chance."""


class AnchoredHighlight(NamedTuple):
    """A highlight with its place in a library."""

    entry: HighlightEntry
    match: TextMatch
    digest: str
    """Of the version that the parts count in."""
    parts: tuple[Span, ...]
    quote: str
    before: str
    after: str
    anchor: Anchor
    confidence: float


def anchor_highlights(
    matches: TextMatches,
    highlights: Sequence[HighlightEntry],
    kind: str = "highlights",
    *,
    counted_elsewhere: bool = False,
    utf_16: Container[str] = frozenset(),
    in_text_order: bool = False,
    passages: Mapping[str, int] = _NO_PASSAGES,
    ranges: Mapping[str, Sequence[QuotedRange]] = _NO_RANGES,
) -> list[AnchoredHighlight]:
    """The highlights in their order, anchored; raises LibraryError for one whose text is nowhere.

    With `counted_elsewhere` their places count in a page of another program: they are believed where the quote stands
    there, however they count (`counting`). Those without a quote count as the others of their text do, else as `utf_16`
    says, which has the uids of highlights whose program counts units of UTF-16. With `in_text_order`
    highlights without a place stand in the order of the text, which says where those are whose words occur several
    times; so does the number of the passage, which `passages` has by uid. Those that `ranges` has by uid stand from the
    words at their starts to those at their ends (`quoted_ranges`).
    """
    groups: dict[tuple[str, int | None], list[int]] = defaultdict(list)
    for number, entry in enumerate(highlights):
        groups[entry.text, entry.version].append(number)
    anchored: dict[int, AnchoredHighlight] = {}
    for (slug, version), numbers in groups.items():
        match = matches.of(slug, f"{kind}[{numbers[0]}]")
        group = _Group(matches, match, match.digest_of(version))
        came = [highlights[number] for number in numbers]
        entries = group.in_plain_form(in_ranges(matches.present_body(match), came, ranges))
        if counted_elsewhere:
            entries = group.in_our_count(entries, utf_16)
        if in_text_order:
            entries = group.in_order(entries)
        if passages:
            entries = group.in_passages(entries, passages)
        anchored.update(zip(numbers, group.place(entries), strict=True))
    return [anchored[number] for number in range(len(highlights))]


def anchor_spans(
    matches: TextMatches, match: TextMatch, digest: str | None, spans: Sequence[Span]
) -> list[tuple[str, Span]]:
    """Digest of the version and place there: in the present version where they are found, else as they were."""
    old_body = None if digest in (None, match.present) else matches.body(digest or "")
    if old_body is None:
        return [(match.present, span) for span in spans]
    found = spans_again(old_body, matches.present_body(match), spans)
    return [
        (digest or match.present, span) if one.span is None else (match.present, one.span)
        for span, one in zip(spans, found, strict=True)
    ]


class _Group:
    """Highlights that stand in one version of a text."""

    def __init__(self, matches: TextMatches, match: TextMatch, digest: str | None) -> None:
        self._matches = matches
        self._match = match
        self._digest = digest
        self._body = matches.present_body(match)
        self._given: dict[str, HighlightEntry] = {}
        """Highlights whose words are looked for in another form, by uid, as they came."""
        here = None if digest in (None, match.present) else matches.body(digest or "")
        self._is_present = here is None
        """Whether the parts count in the present version, as far as anybody knows."""
        self._old_body = self._body if here is None else here

    def in_plain_form(self, entries: Sequence[HighlightEntry]) -> list[HighlightEntry]:
        """Highlights with words as they stand in the text, where they came with entities or broken."""
        plainer = [
            self._is_present and any(map(may_be_plainer, (entry.quote, entry.before, entry.after)))
            for entry in entries
        ]
        if not any(plainer):
            return list(entries)
        body = FoldedBody(self._body)
        return [
            self._in_plain_form(entry, body) if may_be else entry
            for entry, may_be in zip(entries, plainer, strict=True)
        ]

    def _in_plain_form(self, entry: HighlightEntry, body: FoldedBody) -> HighlightEntry:
        pieces = entry.quote.split(GAP) if GAP in entry.quote else [entry.quote]
        plain = entry._replace(
            quote=GAP.join(plain_quote(body, piece) for piece in pieces),
            before=plain_quote(body, entry.before),
            after=plain_quote(body, entry.after),
        )
        if plain != entry:
            self._given[entry.uid] = entry
        return plain

    def in_our_count(
        self, entries: Sequence[HighlightEntry], by_utf_16: Container[str]
    ) -> list[HighlightEntry]:
        """Highlights with their places where the quotes stand there; without one where it does not.

        Places without a quote count as those with one do: where they differ, that is told.
        """
        votes = {True: 0, False: 0}
        counted = []
        for entry in entries:
            parts = self._units.spans(entry.parts)
            found = self._quoted_there(entry, (entry.parts, parts))
            if found.parts and found.quote and parts != entry.parts:
                votes[found.parts == parts] += 1
            counted.append(found)
        other = self._other_count(entries, counted)
        if other is not None:
            counted = [
                self._quoted_there(entry, (other.spans(entry.parts),)) if _is_lost(entry, found) else found
                for entry, found in zip(entries, counted, strict=True)
            ]
        told = other
        if other is None and votes[True] != votes[False]:
            told = self._units if votes[True] > votes[False] else self._plain
        return [
            self._bare_place(entry, told, self._units if entry.uid in by_utf_16 else self._plain)
            for entry in counted
        ]

    @cached_property
    def _units(self) -> PositionCount:
        return utf_16(self._body)

    @cached_property
    def _plain(self) -> PositionCount:
        return code_points(self._body)

    def _other_count(
        self, entries: Sequence[HighlightEntry], counted: Sequence[HighlightEntry]
    ) -> PositionCount | None:
        """How a program counts in whose places the quotes stand in neither of the usual ways; None if it is not seen.

        It has to be so for half of the highlights that nothing else helps to find.
        """
        lost = [entry for entry, found in zip(entries, counted, strict=True) if _is_lost(entry, found)]
        if not lost:
            return None
        best, most = None, 0
        for count in other_counts(self._body):
            held = [entry for entry in lost if self._quoted_there(entry, (count.spans(entry.parts),)).parts]
            if len(held) > most and sum(len(entry.quote) for entry in held) >= _TELLING:
                best, most = count, len(held)
        return best if 2 * most >= len(lost) else None

    def _quoted_there(self, entry: HighlightEntry, readings: Sequence[tuple[Span, ...]]) -> HighlightEntry:
        """A highlight with a quote with the first of these places where that stands."""
        quotes = entry.quote.split(GAP) if len(entry.parts) > 1 else [entry.quote]
        known = entry.version is not None or not entry.parts or not entry.quote
        if known or len(quotes) != len(entry.parts):
            return entry
        wanted = list(map(fold_typography, quotes))
        for parts in readings:
            held = [self._body[part.start : part.end] for part in parts]
            if all(part.start < part.end for part in parts) and list(map(fold_typography, held)) == wanted:
                return entry._replace(parts=parts, quote=GAP.join(held))
        return entry._replace(parts=())

    def _bare_place(
        self, entry: HighlightEntry, told: PositionCount | None, usual: PositionCount
    ) -> HighlightEntry:
        """A highlight that has a place and no quote, in code points.

        `told` is how the others of its text count, None where they do not tell; `usual` is how its program does.
        """
        if entry.quote or entry.version is not None or not entry.parts:
            return entry
        count = told or usual
        if all(one.spans(entry.parts) == entry.parts for one in (count, self._units)):
            return entry
        why = (
            "as beside them, where words stand with them"
            if told is not None
            else "as their program counts"
            if usual is self._units
            else "as the W3C has it"
        )
        words = f"places without words in {self._match.slug} count {count.name}, {why}"
        if words not in self._matches.assumed:
            self._matches.assumed.append(words)
        return entry._replace(parts=count.spans(entry.parts))

    def in_order(self, entries: Sequence[HighlightEntry]) -> list[HighlightEntry]:
        """Highlights in the order of the text, with places for those whose words stand there once between others."""
        lacking = [entry.quote for entry in entries if not entry.parts]
        found = iter(occurrences_in_order(self._body, lacking))
        return [entry if entry.parts else self._at(entry, next(found)) for entry in entries]

    def in_passages(
        self, entries: Sequence[HighlightEntry], passages: Mapping[str, int]
    ) -> list[HighlightEntry]:
        """Highlights with places for those without one whose words stand once in the passage where they start.

        What stands around the words goes before the number of a passage, which other words may have got since.
        """
        rooms = [
            self._matches.passage(self._match, passages[entry.uid])
            if entry.uid in passages and not (entry.parts or entry.before or entry.after)
            else None
            for entry in entries
        ]
        asked = [(entry.quote, room) for entry, room in zip(entries, rooms, strict=True) if room is not None]
        found = iter(occurrences_within(self._body, asked) if asked else ())
        return [
            entry if room is None else self._at(entry, next(found))
            for entry, room in zip(entries, rooms, strict=True)
        ]

    def _at(self, entry: HighlightEntry, span: Span | None) -> HighlightEntry:
        """A highlight that stands there, with its words as they are there; as it came where that is nowhere."""
        if span is None:
            return entry
        return entry._replace(parts=(span,), quote=self._body[span.start : span.end])

    def place(self, entries: Sequence[HighlightEntry]) -> Iterator[AnchoredHighlight]:
        """Each of the highlights with its place."""
        sure = [self._sure(entry) for entry in entries]
        sought = [entry for entry, anchored in zip(entries, sure, strict=True) if anchored is None]
        found = iter(self._seek(sought))
        for anchored in sure:
            yield next(found) if anchored is None else anchored

    def _sure(self, entry: HighlightEntry) -> AnchoredHighlight | None:
        """The place that needs no looking for."""
        if entry.anchor is Anchor.ORPHAN:
            return self._orphan(entry)
        if not self._is_present:
            return None
        parts = self._holding(entry)
        return None if parts is None else self._anchored(entry, parts, entry.anchor, entry.confidence)

    def _holding(self, entry: HighlightEntry) -> tuple[Span, ...] | None:
        """The parts, if they hold the quote; those between start and end that do, where a format says no more."""
        if not entry.parts or entry.parts[-1].end > len(self._body):
            return None
        parts = united(entry.parts)
        if entry.quote in ("", quoted(self._body, parts)[0]):
            return parts
        return _gapped(self._body, parts[0], entry.quote) if len(parts) == 1 else None

    def _seek(self, entries: Sequence[HighlightEntry]) -> Iterator[AnchoredHighlight]:
        standing = [
            AnchoredQuote(
                number, 0, entry.parts, entry.quote or quoted(self._old_body, entry.parts)[0],
                entry.anchor, entry.confidence, entry.before, entry.after,
            )
            for number, entry in enumerate(entries)
        ]  # fmt: skip
        for entry, moved in zip(entries, reanchor(self._old_body, self._body, standing), strict=True):
            yield self._moved(entry, moved)

    def _moved(self, entry: HighlightEntry, moved: Reanchored) -> AnchoredHighlight:
        if moved.parts is None:
            return self._orphan(entry._replace(quote=moved.quote))
        anchored = self._anchored(entry, moved.parts, moved.anchor, moved.confidence)
        where = f"beside “{truncate(anchored.quote)}” in {self._match.slug}: it stands nowhere there"
        self._matches.left_out.extend(f"“{truncate(words)}” {where}" for words in moved.lost)
        return anchored

    def _anchored(
        self, entry: HighlightEntry, parts: tuple[Span, ...], anchor: Anchor, confidence: float
    ) -> AnchoredHighlight:
        sure = 100.0 if anchor is Anchor.EXACT else confidence
        words = quoted(self._body, parts)
        return AnchoredHighlight(entry, self._match, self._match.present, parts, *words, anchor, sure)

    def _orphan(self, entry: HighlightEntry) -> AnchoredHighlight:
        digest, parts = self._last_known(entry)
        came = self._given.get(entry.uid, entry)
        quote = came.quote or quoted(self._matches.body(digest) or "", parts)[0]
        words = (quote, came.before, came.after)
        confidence = entry.confidence if entry.anchor is Anchor.ORPHAN else 0.0
        return AnchoredHighlight(entry, self._match, digest, parts, *words, Anchor.ORPHAN, confidence)

    def _last_known(self, entry: HighlightEntry) -> tuple[str, tuple[Span, ...]]:
        """Where an orphan stood last: in the version that is named, else in the last one that holds its quote."""
        if not entry.parts:
            return self._match.present, NO_PLACE
        if self._digest in self._match.digests:
            named = [self._digest]
        else:
            named = list(dict.fromkeys(reversed(self._match.digests)))
        bodies = {digest: body for digest in named if (body := self._matches.body(digest)) is not None}
        long_enough = [digest for digest, body in bodies.items() if entry.parts[-1].end <= len(body)]
        parts = united(entry.parts)
        for digest in long_enough:
            for held in (parts, _gapped(bodies[digest], parts[0], entry.quote)):
                if held and quoted(bodies[digest], held)[0] == entry.quote:
                    return digest, held
        return (long_enough[0], parts) if long_enough else (self._match.present, NO_PLACE)


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


def _is_lost(entry: HighlightEntry, found: HighlightEntry) -> bool:
    """Whether the place of a highlight does not hold its quote, and no words around it help to find it."""
    return bool(entry.parts) and not found.parts and not (entry.before or entry.after)
