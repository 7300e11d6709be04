"""Which highlights, links and notes of an archive a library has already, and what becomes of each.

Nothing is written here. What is to be added has the uids, slugs and places that it will have in the library.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from store.errors import LibraryError
from store.exchange.archive import Archive, HighlightEntry, LinkEntry, NoteEntry, QuotedRange
from store.exchange.foreign import derived
from store.merge.anchoring import NO_PLACE, AnchoredHighlight, anchor_highlights
from store.merge.duplicates import (
    HIGHLIGHT,
    LINK,
    NOTE,
    Content,
    Digests,
    Existing,
    Incoming,
    Received,
    Reconciled,
    Resolve,
    digests,
    find_counterparts,
    read_received,
    reconcile,
    under_uids_of_their_places,
)
from store.merge.incoming_dismissed import new_dismissed
from store.merge.match_texts import TextMatches
from store.merge.wording import conflict, deleted_here, update
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


class ChangedRow(NamedTuple):
    """A link or a note of the library that takes something over."""

    id: int
    changes: Content
    updated: str


class ReceivedRow(NamedTuple):
    """What is to be remembered of a record that came."""

    kind: str
    uid: str
    content: Digests
    updated: str


class IncomingRecords:
    """What readers made of the texts, sorted into what is there, what is to be added and what is to be changed."""

    def __init__(
        self, library: Library, archive: Archive, matches: TextMatches, resolve: Resolve = Resolve.TELL
    ) -> None:
        """Raises LibraryError for what refers to nothing."""
        self.there = 0
        """Highlights, links and notes that the library has already."""
        self.settled = 0
        """Of those, how many differ and stay as they are by the reader's word."""
        self.conflicts: list[str] = []
        self.updates: list[str] = []
        self.left_out: list[str] = []
        """What could not be taken, a line each."""
        self.received: list[ReceivedRow] = []
        self._library = library
        self._archive = archive
        self._matches = matches
        self._resolve = resolve
        self._digests: dict[int, str] = dict(library.connection.rows(_DIGESTS))
        self._standing = library.highlights.find()
        self._orphans = {highlight.id for highlight in self._standing if highlight.anchor is Anchor.ORPHAN}
        self._uids: dict[str, str | None] = {highlight.uid: highlight.uid for highlight in self._standing}
        """Uid there → uid here; None for what was deleted here."""
        self.highlights: list[NewHighlight] = []
        self.changed_highlights: list[ChangedHighlight] = []
        self._sort_highlights(archive.highlights)
        self._find_mentioned(archive.mentioned)
        self.filled: list[ChangedRow] = []
        """Links of the library that had no note, with the one they get."""
        self.changed_links: list[ChangedRow] = []
        self.links = self._new_links(archive.links)
        self.changed_notes: list[ChangedRow] = []
        self.notes = self._new_notes(archive.notes)
        self.dismissed = new_dismissed(library, matches, archive.dismissed)

    # highlights

    def _sort_highlights(self, entries: Sequence[HighlightEntry]) -> None:
        known = read_received(self._library.connection, HIGHLIGHT)
        by_id = {highlight.id: highlight for highlight in self._standing}
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
            for one in self._standing
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
                self._uids[one.entry.uid] = by_id[counterpart.existing.id].uid
                self._merge_highlight(counterpart.existing, one, incoming, known.get(uid), joined=joined)
            elif before is not None and one.match.text_id is not None and self._resolve is not Resolve.THEIRS:
                self._uids[one.entry.uid] = None
                deleted.append(f"“{truncate(one.quote)}”")
            else:
                self._uids[one.entry.uid] = incoming.uid
                self.highlights.append(NewHighlight(incoming.uid, one))
                self._remember(HIGHLIGHT, incoming.uid, digests(incoming.content), one.entry.updated)
        if deleted:
            self.conflicts.append(deleted_here(deleted, "highlight"))

    def _uids_elsewhere(self, anchored: Sequence[AnchoredHighlight]) -> Mapping[str, str]:
        """For those that say where they stand, whose uid has the same words elsewhere: a uid made of their place."""
        saying = {uid for uid, _ in self._archive.passages}
        standing = {one.uid: one for one in self._standing if one.id not in self._orphans}
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

    def _merge_highlight(
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
        reconciled = self._reconciled(
            existing.content, content, received, entry.updated, Resolve.BOTH if joined else self._resolve
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
            self.changed_highlights.append(changed)
        else:
            self.there += 1
        where = f"“{truncate(anchored.quote)}” in {anchored.match.slug}"
        if is_found:
            self.updates.append(f"{where}: it was an orphan, and has a place now")
        self._tell(where, existing.content, reconciled, incoming.content)
        if reconciled.received is not None and not joined:
            self._remember(HIGHLIGHT, existing.uid, reconciled.received, entry.updated)

    def _reconciled(
        self, ours: Content, theirs: Content, received: Received | None, updated: str, resolve: Resolve
    ) -> Reconciled:
        if received is not None and updated and received.updated > updated:
            return Reconciled({}, (), None, settled=False)  # a copy from before what came last
        content = None if received is None else received.content
        if (
            received is not None and updated > received.updated
        ):  # it was changed there since: back again, perhaps
            content = {name: agreed.split()[-1] for name, agreed in received.content.items()}
        return reconcile(ours, theirs, content, resolve)

    def _tell(self, where: str, ours: Content, reconciled: Reconciled, theirs: Content) -> None:
        if reconciled.changes:
            self.updates.append(update(where, ours, reconciled.changes))
        if reconciled.conflicts:
            self.conflicts.append(conflict(where, ours, theirs, reconciled.conflicts))
        elif reconciled.settled and not reconciled.changes and self._resolve is Resolve.OURS:
            self.settled += 1

    def _remember(self, kind: str, uid: str, content: Digests, updated: str) -> None:
        self.received.append(ReceivedRow(kind, uid, content, updated))

    def _find_mentioned(self, entries: Sequence[HighlightEntry]) -> None:
        """The highlights of the library at which links end, by place, and by reader and time where these are said."""
        by_place: dict[Hashable, list[Highlight]] = defaultdict(list)
        for one in sorted(self._standing, key=lambda one: one.id) if entries else ():
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
                self._uids[entry.uid] = None
                missing[entry.uid] = f"“{truncate(anchored.quote)}” in {anchored.match.slug}"
                continue
            rank = seen[here, reader, created]
            seen[here, reader, created] += 1
            self._uids[entry.uid] = fitting[min(rank, len(fitting) - 1)].uid
        if missing and all(missing.keys() & {link.left, link.right} for link in self._archive.links):
            raise LibraryError(f"there is no highlight {min(missing.values())}: import the highlights first")
        self.left_out += [f"links that end at {one}: there is no such highlight" for one in missing.values()]

    # links

    def _new_links(self, entries: Sequence[LinkEntry]) -> list[LinkEntry]:
        uids = {highlight.id: highlight.uid for highlight in self._standing}
        uids_here = set(uids.values())
        known = read_received(self._library.connection, LINK) if entries else {}
        existing = [
            Existing(
                link.id,
                link.uid,
                (key,),
                (key,),
                {"kind": one_line(link.kind), "mutual": link.mutual, "note": link.note},
            )
            for link in self._library.links.list()
            for key in [_ends(uids[link.left], uids[link.right], one_line(link.kind), link.mutual)]
        ]
        leading = list(self._leading(entries))
        coming = [
            Incoming(
                one.uid, (key,), (key,), {"kind": one_line(one.kind), "mutual": one.mutual, "note": one.note}
            )
            for one in leading
            for key in [_ends(one.left, one.right, one_line(one.kind), one.mutual)]
        ]
        found = find_counterparts(
            existing, coming, own_uids="uid" not in self._archive.unsaid, repeats=_adds_no_note
        )
        taken = {key for one in existing for key in one.keys}
        new, deleted = [], []
        for entry, incoming, counterpart in zip(leading, coming, found, strict=True):
            if counterpart is None:
                stood = entry.left in uids_here and entry.right in uids_here  # else it went with a text
                if incoming.uid in known and stood and self._resolve is not Resolve.THEIRS:
                    if not taken.intersection(incoming.keys):  # else it was joined with another one
                        deleted.append(f"a link ({truncate(entry.kind)})")
                    continue
                if taken.intersection(incoming.keys):
                    self.conflicts.append(f"a link ({entry.kind}) has another note here: both are kept")
                new.append(entry)
                self._remember(LINK, entry.uid, digests(incoming.content), entry.updated)
            else:
                self._merge_link(counterpart.existing, entry, incoming, known.get(counterpart.existing.uid))
        if deleted:
            self.conflicts.append(deleted_here(deleted, "link"))
        return new

    def _merge_link(
        self, existing: Existing, entry: LinkEntry, incoming: Incoming, received: Received | None
    ) -> None:
        content = dict(incoming.content)
        unseen = received is None or "note" not in received.content
        if unseen and entry.uid != existing.uid and not entry.note:
            del content["note"]
        reconciled = self._reconciled(existing.content, content, received, entry.updated, self._resolve)
        if unseen and reconciled.changes.keys() == {"note"} and not existing.content["note"]:
            self.filled.append(ChangedRow(existing.id, reconciled.changes, entry.updated))
        elif reconciled.changes:
            self.changed_links.append(ChangedRow(existing.id, reconciled.changes, entry.updated))
            self._tell(f"the link {existing.id} ({entry.kind})", existing.content, reconciled, content)
        else:
            self.there += 1
            self._tell(f"the link {existing.id} ({entry.kind})", existing.content, reconciled, content)
        if reconciled.received is not None:
            self._remember(LINK, existing.uid, reconciled.received, entry.updated)

    def _leading(self, entries: Sequence[LinkEntry]) -> Iterable[LinkEntry]:
        """The links with the uids that their ends have here; without those whose ends were deleted or joined here."""
        for number, entry in enumerate(entries):
            left = self._end(entry.left, f"links[{number}].left")
            right = self._end(entry.right, f"links[{number}].right")
            if left is not None and right is not None and left != right:
                yield entry._replace(left=left, right=right)

    def _end(self, uid: str, where: str) -> str | None:
        if uid not in self._uids:
            raise LibraryError(
                f"{where}: the highlight {truncate(uid)} is neither in the file nor in the library"
            )
        return self._uids[uid]

    # notes on texts and on the library

    def _new_notes(self, entries: Sequence[NoteEntry]) -> list[NoteEntry]:
        known = read_received(self._library.connection, NOTE) if entries else {}
        # What came as another note once is that one, however much else of its reader stands there.
        existing = [
            Existing(note.id, note.uid, () if note.uid in known else key, key, {"words": note.words})
            for note in self._library.notes.list()
            for key in [((note.text, one_line(note.reader)),)]
        ]
        matches = [
            None if entry.text is None else self._matches.of(entry.text, f"notes[{number}]")
            for number, entry in enumerate(entries)
        ]
        slugs = [None if match is None else match.slug for match in matches]
        coming = [
            Incoming(entry.uid, key, key, {"words": entry.words})
            for entry, slug in zip(entries, slugs, strict=True)
            for key in [((slug, one_line(entry.reader)),)]
        ]
        new, deleted = [], []
        found = find_counterparts(existing, coming, own_uids="uid" not in self._archive.unsaid)
        for entry, match, incoming, counterpart in zip(entries, matches, coming, found, strict=True):
            slug = None if match is None else match.slug
            before = known.get(entry.uid)
            where = f"the note of {entry.reader} on {slug or 'the library'}"
            if counterpart is not None:
                one = counterpart.existing
                received = known.get(one.uid)
                reconciled = self._reconciled(
                    one.content, incoming.content, received, entry.updated, self._resolve
                )
                if reconciled.changes:
                    self.changed_notes.append(ChangedRow(one.id, reconciled.changes, entry.updated))
                else:
                    self.there += 1
                self._tell(where, one.content, reconciled, incoming.content)
                if reconciled.received is not None:
                    self._remember(NOTE, one.uid, reconciled.received, entry.updated)
            elif before is None or self._resolve is Resolve.THEIRS or (match and match.text_id is None):
                if any((slug, one_line(entry.reader)) in one.loose_keys for one in existing):
                    self.conflicts.append(f"{where} is another one here: both are kept")
                new.append(entry._replace(text=slug))
                self._remember(NOTE, entry.uid, digests(incoming.content), entry.updated)
            else:
                deleted.append(where)
        if deleted:
            self.conflicts.append(deleted_here(deleted, "note"))
        return new


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


def _adds_no_note(ours: Content, theirs: Content) -> bool:
    """Whether two links of the same ends and kind are one: two readers may each have written why."""
    return not ours["note"] or not theirs["note"]


def _ends(left: str, right: str, kind: str, mutual: bool) -> tuple[str, str, str, bool]:
    """What a link stands for; one that is mutual reads the same both ways."""
    one, other = sorted((left, right)) if mutual else (left, right)
    return one, other, kind, mutual
