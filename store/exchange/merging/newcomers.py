"""Which highlights, links, notes and dismissals of an archive a library has already, and which are to be added.

Nothing is written here. What is to be added has the uids, slugs and places that it will have in the library.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from store.errors import LibraryError
from store.exchange.archive import Archive, DismissedEntry, HighlightEntry, LinkEntry, NoteEntry
from store.exchange.merging.counterparts import Counterparts, Known
from store.exchange.merging.homes import Home, Homes
from store.exchange.merging.placing import Placed, place, place_spans
from store.tidy import clipped
from texts.model import Span

if TYPE_CHECKING:
    from store.library import Library
    from store.records import Highlight

Side: TypeAlias = tuple[str, str, Span]
"""Slug in the library, digest of a version, and a place in it."""


class NewHighlight(NamedTuple):
    """A highlight to be added."""

    uid: str
    placed: Placed


class NewDismissed(NamedTuple):
    """A dismissal to be added."""

    left: Side
    right: Side
    reader: str
    created: str


class Newcomers:
    """What readers made of the texts, sorted into what is there and what is to be added."""

    def __init__(self, library: Library, archive: Archive, homes: Homes) -> None:
        """Raises LibraryError for what refers to nothing."""
        self.there = 0
        """Highlights, links and notes that the library has already."""
        self.conflicts: list[str] = []
        self._library = library
        self._homes = homes
        self._digests: dict[int, str] = dict(library.connection.rows(_DIGESTS))
        self._standing = library.highlights.find()
        self._uids = {highlight.uid: highlight.uid for highlight in self._standing}
        self.highlights = self._new_highlights(archive.highlights)
        self._find_mentioned(archive.mentioned)
        self.filled: list[tuple[int, str, str]] = []
        """Links of the library that had no note, by id, with the one they get and its time."""
        self.links = self._new_links(archive.links)
        self.notes = self._new_notes(archive.notes)
        self.dismissed = self._new_dismissed(archive.dismissed)

    def _new_highlights(self, entries: Sequence[HighlightEntry]) -> list[NewHighlight]:
        known = (
            Known(one.id, one.uid, self._key(one), (tuple(sorted(one.tags)), one.note, one.star))
            for one in self._standing
        )
        counterparts = Counterparts(known, {entry.uid for entry in entries})
        new = []
        for entry, placed in zip(entries, place(self._homes, entries), strict=True):
            content = (tuple(sorted(set(entry.tags))), entry.note, entry.star)
            verdict = counterparts.find(entry.uid, _keys(placed), content)
            self._uids[entry.uid] = verdict.uid
            if verdict.there is not None:
                self.there += 1
                continue
            new.append(NewHighlight(verdict.uid, placed))
            if verdict.rival is not None:
                differing = _differing(("tags", "note", "star"), content, verdict.rival.content)
                self.conflicts.append(
                    f"the highlight “{clipped(placed.quote)}” in {placed.home.slug} differs in {differing} here: "
                    "both are kept"
                )
        return new

    def _key(self, highlight: Highlight) -> Hashable:
        return (
            self._digests[highlight.id],
            highlight.parts,
            highlight.quote,
            highlight.reader,
            highlight.created,
        )

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
                if entry.reader in ("", one.reader) and entry.created in ("", one.created)
            ]

        seen: Counter[Hashable] = Counter()
        for number, placed in enumerate(place(self._homes, entries, "mentioned")):
            entry = placed.entry
            reader, created, parts = entry.reader, entry.created, entry.parts
            here = (placed.digest, placed.parts, placed.quote)
            as_said = (placed.home.slug, Span(parts[0].start, parts[-1].end) if parts else None, entry.quote)
            # An orphan may stand at the same place as another highlight of the same words, in an earlier version.
            fitting = fits(by_place[here], entry) or fits(by_place[as_said], entry)
            if not fitting:
                raise LibraryError(
                    f"mentioned[{number}]: there is no highlight “{clipped(placed.quote)}” in {placed.home.slug}: "
                    "import the highlights first"
                )
            rank = seen[here, reader, created]
            seen[here, reader, created] += 1
            self._uids[entry.uid] = fitting[min(rank, len(fitting) - 1)].uid

    def _new_links(self, entries: Sequence[LinkEntry]) -> list[LinkEntry]:
        uids = {highlight.id: highlight.uid for highlight in self._standing}
        notes = {link.id: link.note for link in self._library.links.list()}
        known = [
            Known(link.id, link.uid, key, (key, link.note))
            for link in self._library.links.list()
            for key in [_ends(uids[link.left], uids[link.right], link.kind, link.mutual)]
        ]
        counterparts = Counterparts(known, {entry.uid for entry in entries})
        new = []
        for number, entry in enumerate(entries):
            left = self._end(entry.left, f"links[{number}].left")
            right = self._end(entry.right, f"links[{number}].right")
            if left == right:
                raise LibraryError(f"links[{number}]: both ends are one highlight of the library")
            key = _ends(left, right, entry.kind, entry.mutual)
            verdict = counterparts.find(entry.uid, [key], (key, entry.note))
            rival = verdict.rival
            if verdict.there is not None or (rival is not None and rival.key == key and not entry.note):
                self.there += 1
            elif rival is not None and rival.key == key and not notes[rival.id]:
                self.filled.append((rival.id, entry.note, entry.updated))
            else:
                new.append(entry._replace(uid=verdict.uid, left=left, right=right))
                if rival is not None and rival.key == key:
                    self.conflicts.append(f"a link ({entry.kind}) has another note here: both are kept")
        return new

    def _end(self, uid: str, where: str) -> str:
        if uid not in self._uids:
            raise LibraryError(
                f"{where}: the highlight {clipped(uid)} is neither in the file nor in the library"
            )
        return self._uids[uid]

    def _new_notes(self, entries: Sequence[NoteEntry]) -> list[NoteEntry]:
        known = (
            Known(note.id, note.uid, (note.text, note.reader), note.words)
            for note in self._library.notes.list()
        )
        counterparts = Counterparts(known, {entry.uid for entry in entries})
        new = []
        for number, entry in enumerate(entries):
            slug = None if entry.text is None else self._homes.of(entry.text, f"notes[{number}]").slug
            verdict = counterparts.find(entry.uid, [(slug, entry.reader)], entry.words)
            if verdict.there is not None:
                self.there += 1
                continue
            new.append(entry._replace(uid=verdict.uid, text=slug))
            if verdict.rival is not None:
                on = slug or "the library"
                self.conflicts.append(
                    f"the note of {entry.reader} on {on} is another one here: both are kept"
                )
        return new

    def _new_dismissed(self, entries: Sequence[DismissedEntry]) -> list[NewDismissed]:
        if not entries:
            return []
        lefts = [self._side(one.left, one.left_version, one.left_span) for one in entries]
        rights = [self._side(one.right, one.right_version, one.right_span) for one in entries]
        sides = self._at_present([*lefts, *rights])
        pairs = zip(sides, sides[len(entries) :], strict=False)
        known = self._known_dismissed()
        new = []
        for entry, (left, right) in zip(entries, pairs, strict=False):
            if frozenset((left, right)) not in known:
                known.add(frozenset((left, right)))
                new.append(NewDismissed(left, right, entry.reader, entry.created))
        return new

    def _known_dismissed(self) -> set[frozenset[Side]]:
        """What the library has, as it will stand once the texts are in."""
        rows = self._library.connection.rows(_DISMISSED)
        lefts = [(slug, sha256, Span(start, end)) for slug, sha256, start, end, *_ in rows]
        rights = [(slug, sha256, Span(start, end)) for *_, slug, sha256, start, end in rows]
        sides = self._at_present([*lefts, *rights])
        return {frozenset(pair) for pair in zip(sides, sides[len(rows) :], strict=False)}

    def _side(self, slug: str, version: int, span: Span) -> Side:
        home = self._homes.of(slug, "dismissed")
        return home.slug, home.digest_of(version) or home.present, span

    def _at_present(self, sides: Sequence[Side]) -> list[Side]:
        """Places in the present versions of the texts that the archive has, where they are found there."""
        homes = {home.slug: home for home in self._homes}
        groups: dict[tuple[str, str], list[int]] = defaultdict(list)
        for number, (slug, digest, _) in enumerate(sides):
            groups[slug, digest].append(number)
        moved = list(sides)
        for (slug, digest), numbers in groups.items():
            home: Home | None = homes.get(slug)
            if home is not None:
                found = place_spans(self._homes, home, digest, [sides[number][2] for number in numbers])
                for number, place_now in zip(numbers, found, strict=True):
                    moved[number] = (slug, *place_now)
        return moved


_DIGESTS = """
    SELECT highlight.id, sha256 FROM highlight
    JOIN version ON version.id = version_id JOIN body ON body.id = body_id"""

_DISMISSED = """
    SELECT l.slug, lb.sha256, left_start, left_end, r.slug, rb.sha256, right_start, right_end FROM dismissed
    JOIN version AS lv ON lv.id = left_version_id JOIN text AS l ON l.id = lv.text_id
    JOIN version AS rv ON rv.id = right_version_id JOIN text AS r ON r.id = rv.text_id
    JOIN body AS lb ON lb.id = lv.body_id JOIN body AS rb ON rb.id = rv.body_id"""


def _keys(placed: Placed) -> Iterable[Hashable]:
    """What a highlight stands for where it comes from, and where it is placed."""
    entry = placed.entry
    yield placed.home.digest_of(entry.version), entry.parts, entry.quote, entry.reader, entry.created
    yield placed.digest, placed.parts, placed.quote, entry.reader, entry.created


def _ends(left: str, right: str, kind: str, mutual: bool) -> tuple[str, str, str, bool]:
    """What a link stands for; one that is mutual reads the same both ways."""
    one, other = sorted((left, right)) if mutual else (left, right)
    return one, other, kind, mutual


def _differing(names: Sequence[str], one: Hashable, other: Hashable) -> str:
    assert isinstance(one, tuple)
    assert isinstance(other, tuple)
    return " and ".join(name for name, a, b in zip(names, one, other, strict=True) if a != b)
