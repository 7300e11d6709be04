"""Which highlights of an archive a library has already, and what becomes of each.

Nothing is written here. What is to be added has the uids, slugs and places that it will have in the library.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from store.errors import LibraryError
from store.exchange.archive import Archive, HighlightEntry, QuotedRange
from store.exchange.foreign import derived
from store.merge.anchoring import NO_PLACE, AnchoredHighlight, anchor_highlights
from store.merge.duplicates import (
    HIGHLIGHT,
    Content,
    Existing,
    Incoming,
    Received,
    digests,
    find_counterparts,
    read_received,
    under_uids_of_their_places,
)
from store.merge.match_texts import TextMatches
from store.merge.outcome import Outcome
from store.records import Anchor
from store.sanitize import one_line, truncate
from texts.model import Span
from texts.typography import fold_typography

if TYPE_CHECKING:
    from store.library import Library
    from store.records import Highlight


class NewHighlight(NamedTuple):
    """A highlight to be added."""

    uid: str
    anchored: AnchoredHighlight


class ChangedHighlight(NamedTuple):
    """A highlight of the library that takes something over from one that comes."""

    id: int
    before: Content
    changes: Content
    """By field: tags, note, star, quote."""
    updated: str
    anchored: AnchoredHighlight


class IncomingHighlights:
    """The highlights that come, sorted into what is there, what is to be added and what is to be changed."""

    def __init__(self, library: Library, archive: Archive, matches: TextMatches, outcome: Outcome) -> None:
        """Raises LibraryError where no link can be taken because its highlights are nowhere."""
        self.new: list[NewHighlight] = []
        self.changed: list[ChangedHighlight] = []
        self.standing = library.highlights.find()
        """Those of the library, before anything is added."""
        self.uids: dict[str, str | None] = {highlight.uid: highlight.uid for highlight in self.standing}
        """Uid there → uid here; None for what was deleted here."""
        self._connection = library.connection
        self._archive = archive
        self._matches = matches
        self._outcome = outcome
        self._digests: dict[int, str] = dict(library.connection.rows(_DIGESTS))
        self._orphans = {highlight.id for highlight in self.standing if highlight.anchor is Anchor.ORPHAN}
        self._sort(archive.highlights)
        self._find_mentioned(archive.mentioned)

    def _sort(self, entries: Sequence[HighlightEntry]) -> None:
        known = read_received(self._connection, HIGHLIGHT)
        by_id = {highlight.id: highlight for highlight in self.standing}
        placeless = any(map(_is_placeless_orphan, entries))
        ranges: dict[str, list[QuotedRange]] = defaultdict(list)
        for each in self._archive.ranges:
            ranges[each.uid].append(each)
        anchored = anchor_highlights(
            self._matches,
            entries,
            counted_elsewhere=self._archive.counted_elsewhere,
            utf_16=self._archive.utf_16,
            in_text_order=self._archive.in_text_order,
            passages=dict(self._archive.passages),
            ranges=ranges,
        )
        unplaced = any(map(self._is_unplaced, anchored))
        existing = [
            Existing(
                one.id,
                one.uid,
                (self._key(one), self._key_by_words(one.text, one)) if placeless else (self._key(one),),
                (self._key(one)[:-1], self._key_by_words(one.text, one))
                if unplaced
                else (self._key(one)[:-1],),
                _content_of(one),
            )
            for one in self.standing
        ]
        coming = [self._incoming(one) for one in anchored]
        own_uids = "uid" not in self._archive.unsaid
        if not own_uids:
            coming = list(under_uids_of_their_places(existing, coming, self._uids_elsewhere(anchored)))
        found = find_counterparts(
            self._by_uid_or_joined(existing, known), coming, own_uids=own_uids, repeats=_repeats
        )
        deleted = []
        for one, incoming, counterpart in zip(anchored, coming, found, strict=True):
            before = known.get(incoming.uid)
            if counterpart is not None:
                uid = counterpart.existing.uid
                joined = counterpart.repeated or (before is not None and before.joined_into is not None)
                self.uids[one.entry.uid] = by_id[counterpart.existing.id].uid
                self._merge(counterpart.existing, one, incoming, known.get(uid), joined=joined)
            elif (
                before is not None and one.match.text_id is not None and not self._outcome.brings_deleted_back
            ):
                self.uids[one.entry.uid] = None
                deleted.append(f"“{truncate(one.quote)}”")
            else:
                self.uids[one.entry.uid] = incoming.uid
                self.new.append(NewHighlight(incoming.uid, one))
                self._outcome.remember(HIGHLIGHT, incoming.uid, digests(incoming.content), one.entry.updated)
        self._outcome.tell_deleted(deleted, "highlight")

    def _uids_elsewhere(self, anchored: Sequence[AnchoredHighlight]) -> Mapping[str, str]:
        """For those that say where they stand, whose uid has the same words elsewhere: a uid made of their place."""
        saying = {uid for uid, _ in self._archive.passages}
        standing = {one.uid: one for one in self.standing if one.id not in self._orphans}
        return {
            one.entry.uid: derived(
                one.entry.uid, one.digest, *(f"{part.start} {part.end}" for part in one.parts)
            )
            for one in anchored
            if one.entry.uid in saying
            and one.anchor is not Anchor.ORPHAN
            and (ours := standing.get(one.entry.uid)) is not None
            and self._digests[ours.id] == one.digest
            and ours.parts != one.parts
            and fold_typography(ours.quote) == fold_typography(one.quote)
        }

    @staticmethod
    def _by_uid_or_joined(existing: Sequence[Existing], known: Mapping[str, Received]) -> Iterable[Existing]:
        """The highlights, and each once more under the uids of those that were joined into it."""
        yield from existing
        by_uid = {one.uid: one for one in existing}
        for uid, received in known.items():
            if received.joined_into in by_uid and uid not in by_uid:
                yield by_uid[received.joined_into]._replace(uid=uid, keys=(), loose_keys=())

    def _key(self, highlight: Highlight) -> tuple[Hashable, ...]:
        place = (self._digests[highlight.id], highlight.parts, highlight.quote)
        unsaid = self._archive.unsaid
        reader = "" if "reader" in unsaid else one_line(highlight.reader)
        return (*place, reader, "" if "created" in unsaid else highlight.created)

    def _key_by_words(self, slug: str, one: Highlight | HighlightEntry) -> tuple[Hashable, ...]:
        """By what is known that comes without a place: the typography of its quote says nothing."""
        unsaid = self._archive.unsaid
        reader = "" if "reader" in unsaid else one_line(one.reader)
        return (slug, fold_typography(one.quote), reader, "" if "created" in unsaid else one.created)

    def _incoming(self, anchored: AnchoredHighlight) -> Incoming:
        """What comes, known by where it comes from and by where it is placed."""
        entry, unsaid = anchored.entry, self._archive.unsaid
        reader = "" if "reader" in unsaid else one_line(entry.reader)
        places = [(anchored.match.digest_of(entry.version), entry.parts, entry.quote)]
        if not self._is_known_by_uid(anchored):
            places.append((anchored.digest, anchored.parts, anchored.quote))
        keys: tuple[tuple[Hashable, ...], ...] = tuple(
            (*place, reader, "" if "created" in unsaid else entry.created) for place in places
        )
        if _is_placeless_orphan(entry) and not self._is_known_by_uid(anchored):
            keys += (self._key_by_words(anchored.match.slug, entry),)
        content: dict[str, Hashable] = {
            "tags": tuple(sorted(set(entry.tags))), "note": entry.note, "star": entry.star,
        }  # fmt: skip
        if anchored.anchor is Anchor.EXACT and anchored.digest == anchored.match.present:
            content["quote"] = anchored.quote
        said = {name: value for name, value in content.items() if name not in unsaid}
        loose_keys = tuple(key[:-1] for key in keys[: len(places)])
        if self._is_unplaced(anchored):
            loose_keys += (self._key_by_words(anchored.match.slug, entry),)
        return Incoming(entry.uid, keys, loose_keys, said)

    def _is_known_by_uid(self, anchored: AnchoredHighlight) -> bool:
        """Whether a highlight of another program stands nowhere, so that its uid tells it and its words do not."""
        return (
            self._archive.counted_elsewhere
            and "uid" not in self._archive.unsaid
            and anchored.anchor is Anchor.ORPHAN
            and anchored.parts == NO_PLACE
        )

    def _is_unplaced(self, anchored: AnchoredHighlight) -> bool:
        """Whether a format that knows highlights by their words alone has one whose words do not tell where it is."""
        return (
            "uid" in self._archive.unsaid
            and anchored.anchor is Anchor.ORPHAN
            and anchored.entry.anchor is not Anchor.ORPHAN
            and not anchored.entry.parts
        )

    def _merge(
        self,
        existing: Existing,
        anchored: AnchoredHighlight,
        incoming: Incoming,
        received: Received | None,
        *,
        joined: bool,
    ) -> None:
        """What becomes of a highlight that both have; one that was joined here only adds what it says newly."""
        entry = anchored.entry
        content = dict(incoming.content)
        placed = received is not None and "quote" in received.content
        if not placed and content.get("quote") != existing.content["quote"]:
            content.pop("quote", None)  # the place may have been found again differently: ours is as good
        reconciled = self._outcome.reconciled(
            existing.content, content, received, entry.updated, joined=joined
        )
        changes = reconciled.changes
        is_found = (
            existing.id in self._orphans
            and not joined
            and anchored.anchor is not Anchor.ORPHAN
            and anchored.digest == anchored.match.present
        )
        if is_found:
            changes = {**changes, "quote": anchored.quote}
        if changes:
            changed = ChangedHighlight(existing.id, existing.content, changes, entry.updated, anchored)
            self.changed.append(changed)
        else:
            self._outcome.there += 1
        where = f"“{truncate(anchored.quote)}” in {anchored.match.slug}"
        if is_found:
            self._outcome.updates.append(f"{where}: it was an orphan, and has a place now")
        self._outcome.tell(where, existing.content, reconciled, incoming.content)
        if reconciled.received is not None and not joined:
            self._outcome.remember(HIGHLIGHT, existing.uid, reconciled.received, entry.updated)

    def _find_mentioned(self, entries: Sequence[HighlightEntry]) -> None:
        """The highlights of the library at which links end, by place, and by reader and time where these are said."""
        by_place: dict[Hashable, list[Highlight]] = defaultdict(list)
        for one in sorted(self.standing, key=lambda one: one.id) if entries else ():
            by_place[self._digests[one.id], one.parts, one.quote].append(one)
            by_place[one.text, one.span, one.quote].append(one)

        def fits(those: Sequence[Highlight], entry: HighlightEntry) -> list[Highlight]:
            return [
                one
                for one in those
                if one_line(entry.reader) in ("", one_line(one.reader)) and entry.created in ("", one.created)
            ]

        seen: Counter[Hashable] = Counter()
        missing: dict[str, str] = {}
        passages = dict(self._archive.passages)
        for anchored in anchor_highlights(self._matches, entries, "mentioned", passages=passages):
            entry = anchored.entry
            reader, created, parts = entry.reader, entry.created, entry.parts
            here = (anchored.digest, anchored.parts, anchored.quote)
            as_said = (
                anchored.match.slug,
                Span(parts[0].start, parts[-1].end) if parts else None,
                entry.quote,
            )
            # An orphan may stand at the same place as another highlight of the same words, in an earlier version.
            fitting = fits(by_place[here], entry) or fits(by_place[as_said], entry)
            if not fitting:
                self.uids[entry.uid] = None
                missing[entry.uid] = f"“{truncate(anchored.quote)}” in {anchored.match.slug}"
                continue
            rank = seen[here, reader, created]
            seen[here, reader, created] += 1
            self.uids[entry.uid] = fitting[min(rank, len(fitting) - 1)].uid
        if missing and all(missing.keys() & {link.left, link.right} for link in self._archive.links):
            raise LibraryError(f"there is no highlight {min(missing.values())}: import the highlights first")
        self._outcome.left_out += [
            f"links that end at {one}: there is no such highlight" for one in missing.values()
        ]


_DIGESTS = """
    SELECT highlight.id, sha256 FROM highlight
    JOIN version ON version.id = version_id JOIN body ON body.id = body_id"""


def _is_placeless_orphan(entry: HighlightEntry) -> bool:
    return entry.anchor is Anchor.ORPHAN and not entry.parts


def _content_of(highlight: Highlight) -> Content:
    return {
        "tags": tuple(sorted(highlight.tags)),
        "note": highlight.note,
        "star": highlight.star,
        "quote": highlight.quote,
    }


def _repeats(ours: Content, theirs: Content) -> bool:
    """Whether a highlight of the same words by the same reader is the same mark made twice: with the same tags."""
    return ours["tags"] == theirs.get("tags")
