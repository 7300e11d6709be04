"""An archive as a REFI-QDA project: one document, written piece by piece, and the bodies as files beside it.

What the standard has no word for is said with the words that it has: a star is a code of its own, a gap in a
highlight makes several selections, what we know of a text and of how its highlights stand is in variables of its
source, the reader and times of a link on its note. A note is the description of what it is on as well, which QualCoder
reads and notes it does not. Letters and digits of tags, and dismissed suggestions, have no place.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from heapq import merge
from typing import NamedTuple

from store.connection import batches
from store.errors import LibraryError
from store.exchange.archive import (
    Archive,
    Bodies,
    HighlightEntry,
    LinkEntry,
    NoteEntry,
    Sorting,
    TextEntry,
    VersionEntry,
    headers,
    highlights_of,
)
from store.exchange.foreign import moment, uid_of
from store.exchange.refi import guids
from store.exchange.refi.qdc import STAR, codes
from store.exchange.refi.refi_xml import PROJECT, opening
from store.exchange.xml import attributes_of, element, started, words_in
from store.highlight_queries import AT_ONCE
from store.records import Anchor
from store.sanitize import truncate

VARIABLES = {
    "slug": "Text",
    "author": "Text",
    "source": "Text",
    "added": "Text",
    "version": "Integer",
    "version source": "Text",
    "furniture": "Boolean",
    "overrides": "Text",
    "anchors": "Text",
    "language": "Text",
}
"""What a source says beyond the standard, and of which type it is."""


class _Edition(NamedTuple):
    """A version of a text that goes along: the present one, and those in which highlights stand."""

    text: TextEntry
    version: VersionEntry
    place: int
    """Number of the version in the archive, from 1."""
    number: int
    """From 1, among those that go along."""

    @property
    def present(self) -> bool:
        """Whether it is the last one."""
        return self.place == len(self.text.versions)

    @property
    def guid(self) -> str:
        """Of its source."""
        return guids.of_source(self.text.slug, f"{self.number} {self.version.sha256}")


class _Note(NamedTuple):
    """A note on anything."""

    guid: str
    name: str
    words: str
    reader: str
    created: str
    updated: str


class Project:
    """What goes into a project file."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._highlights = highlights_of(archive)
        self._bodies = Bodies(archive)
        self._texts = headers(archive)
        self.sources = {f"{edition.guid}.txt": edition for edition in self._editions()}
        """Name of a file without its folder → what is in it."""
        self._noted: list[tuple[str, str]] = []
        """GUID of its note and uid, for each highlight that has one and is written."""

    def body(self, name: str) -> str:
        """What is in a file."""
        edition = self.sources[name]
        return self._bodies.of(edition.text.slug, edition.place) or ""

    def markup(self) -> Iterator[str]:
        """The document; raises LibraryError for a highlight that has no place in a body of the archive."""
        yield opening("Project", PROJECT, name="Close reading")
        yield _group("Users", self._users())
        yield _group("CodeBook", self._codebook())
        yield _group("Variables", self._variables())
        if self.sources:
            yield "<Sources>"
            for edition in self.sources.values():
                yield from self._source(edition)
            yield "</Sources>"
        yield from _grouped("Notes", self._notes())
        yield from _grouped("Links", map(_link, self._archive.links))
        notes = [note for note in self._archive.notes if note.text not in self._texts]
        if notes:
            yield words_in("Description", described(notes))
        for note in notes:
            yield element("NoteRef", targetGUID=uid_of(note.uid))
        yield "</Project>"

    def _users(self) -> str:
        readers = {version.reader for text in self._texts.values() for version in text.versions}
        readers |= self._highlights.readers()
        readers |= {link.reader for link in self._archive.links} | {
            note.reader for note in self._archive.notes
        }
        return "".join(
            element("User", guid=guids.of_reader(name), name=name) for name in sorted(readers - {""})
        )

    def _codebook(self) -> str:
        found = codes(self._archive.tags, self._highlights.uses())
        if self._highlights.starred():
            found += element("Code", guid=guids.STAR, name=STAR, isCodable="true")
        return _group("Codes", found)

    def _variables(self) -> str:
        if not self._texts:
            return ""
        return "".join(
            element("Variable", guid=guids.of_variable(name), name=name, typeOfVariable=kind)
            for name, kind in VARIABLES.items()
        )

    def _editions(self) -> Iterator[_Edition]:
        standing: dict[str, set[int]] = defaultdict(set)
        for slug, version in self._highlights.versions():
            text = self._texts.get(slug)
            if text is None or not text.versions:
                raise _without_place(next(iter(self._highlights.of(slug, Sorting.MADE))))
            number = len(text.versions) if version is None else version
            if not 1 <= number <= len(text.versions):
                raise LibraryError(f"{slug} has no version {number}, in which a highlight should stand")
            standing[slug].add(number)
        for slug, text in self._texts.items():
            last = len(text.versions)
            kept = [number for number in range(1, last + 1) if number == last or number in standing[slug]]
            for count, number in enumerate(kept, 1):
                yield _Edition(text, text.versions[number - 1], number, count)

    def _source(self, edition: _Edition) -> Iterator[str]:
        text, version = edition.text, edition.version
        yield started(
            "TextSource",
            guid=edition.guid,
            name=text.title if edition.present else f"{text.title} (version {edition.number})",
            plainTextPath=f"internal://{edition.guid}.txt",
            creatingUser=guids.of_reader(version.reader) if version.reader else "",
            creationDateTime=moment(version.added),
        )
        notes = [note for note in self._archive.notes if note.text == text.slug and edition.present]
        if notes:
            yield words_in("Description", described(notes))
        anchors: dict[str, str] = {}
        for highlight in self._highlights.of(text.slug, Sorting.TIME):
            if (highlight.version or len(text.versions)) == edition.place:
                yield from self._selections(highlight)
                if highlight.anchor is not Anchor.EXACT:
                    state = f"{highlight.anchor} {round(highlight.confidence, 4)}"
                    anchors[uid_of(highlight.uid)] = state
        for note in notes:
            yield element("NoteRef", targetGUID=uid_of(note.uid))
        yield from _said(edition, anchors)
        yield "</TextSource>"

    def _selections(self, highlight: HighlightEntry) -> Iterator[str]:
        if not highlight.parts:
            raise _without_place(highlight)
        uid = uid_of(highlight.uid)
        if highlight.note:
            self._noted.append((guids.of_note(uid), highlight.uid))
        name = attributes_of({"name": truncate(highlight.quote)})
        by = attributes_of(
            {
                "creatingUser": guids.of_reader(highlight.reader) if highlight.reader else "",
                "creationDateTime": moment(highlight.created),
            }
        )
        changed = attributes_of({"modifiedDateTime": moment(highlight.updated)})
        marks = [guids.of_code(path) for path in highlight.tags] + [guids.STAR] * highlight.star
        for number, part in enumerate(highlight.parts):
            guid = guids.of_part(uid, number)
            said = note = ""
            if number == 0 and highlight.note:
                said = words_in("Description", highlight.note)
                note = element("NoteRef", targetGUID=guids.of_note(uid))
            codings = "".join(
                [
                    f'<Coding guid="{guids.of_coding(guid, code)}"{by}><CodeRef targetGUID="{code}" /></Coding>'
                    for code in marks
                ]
            )
            place = f' startPosition="{part.start}" endPosition="{part.end}"'
            start = f'<PlainTextSelection guid="{guid}"{name}{place}{by}{changed}'
            inside = f"{said}{codings}{note}"
            yield f"{start}>{inside}</PlainTextSelection>" if inside else f"{start} />"

    def _notes(self) -> Iterator[str]:
        """All notes, by their GUIDs; those on highlights are read again some at a time."""
        others = [
            _Note(guids.of_note(uid_of(link.uid)), f"Link: {link.kind}", link.note, *_by(link))
            for link in self._archive.links
        ]
        others += [
            _Note(uid_of(note.uid), f"Note on {note.text or 'the library'}", note.words, *_by(note))
            for note in self._archive.notes
        ]
        on_highlights = batches(sorted(self._noted), AT_ONCE)
        return map(
            _note, merge(sorted(others), (note for some in on_highlights for note in self._read(some)))
        )

    def _read(self, some: Collection[tuple[str, str]]) -> Iterator[_Note]:
        found = self._highlights.named([uid for _, uid in some])
        for guid, uid in some:
            entry = found[uid]
            yield _Note(guid, f"Note on “{truncate(entry.quote, 32)}”", entry.note, *_by(entry))


def _without_place(highlight: HighlightEntry) -> LibraryError:
    return LibraryError(
        f"the highlight “{truncate(highlight.quote)}” has no place in a text, which REFI-QDA needs"
    )


def _group(tag: str, inside: str) -> str:
    """An element round others; nothing where there are none."""
    return element(tag, inside) if inside else ""


def _grouped(tag: str, inside: Iterator[str]) -> Iterator[str]:
    """The same, piece by piece."""
    started = False
    for piece in inside:
        yield piece if started else f"<{tag}>{piece}"
        started = True
    if started:
        yield f"</{tag}>"


def described(notes: Iterable[NoteEntry]) -> str:
    """What notes say together, as the description of what they are on."""
    return "\n\n".join(note.words for note in notes)


def _said(edition: _Edition, anchors: Mapping[str, str]) -> Iterator[str]:
    """What our variables say of a source; `anchors` how highlights stand in it that are not exact, by uid."""
    text, version = edition.text, edition.version
    said = {
        "slug": text.slug,
        "author": text.author,
        "source": text.source,
        "added": text.added,
        "version": str(edition.number),
        "version source": version.source,
        "furniture": "true" if version.furniture else "false",
        "overrides": json.dumps(version.overrides) if version.overrides else "",
        "anchors": json.dumps(anchors) if anchors else "",
        "language": text.language,
    }
    for name, kind in VARIABLES.items():
        if said[name]:
            about = element("VariableRef", targetGUID=guids.of_variable(name))
            yield element("VariableValue", about, words_in(f"{kind}Value", said[name]))


def _note(note: _Note) -> str:
    return element(
        "Note",
        words_in("PlainTextContent", note.words),
        guid=note.guid,
        name=note.name,
        creatingUser=guids.of_reader(note.reader) if note.reader else "",
        creationDateTime=moment(note.created),
        modifiedDateTime=moment(note.updated),
    )


def _by(entry: HighlightEntry | LinkEntry | NoteEntry) -> tuple[str, str, str]:
    return entry.reader, entry.created, entry.updated


def _link(link: LinkEntry) -> str:
    uid = uid_of(link.uid)
    return element(
        "Link",
        # A link has neither user nor time of its own, its note has: so that there is one even without words.
        element("NoteRef", targetGUID=guids.of_note(uid)),
        guid=uid,
        name=link.kind,
        direction="Associative" if link.mutual else "OneWay",
        originGUID=uid_of(link.left),
        targetGUID=uid_of(link.right),
    )
