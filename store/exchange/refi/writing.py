"""An archive as a REFI-QDA project: one element tree, and the bodies as files beside it.

What the standard has no word for is said with the words that it has: a star is a code of its own, a gap in a
highlight makes several selections, what we know of a text stands in variables of its source, the reader and times
of a link on its note. Letters and digits of tags, and dismissed suggestions, have no place.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple
from xml.etree.ElementTree import Element

from store.errors import LibraryError
from store.exchange.archive import Archive, HighlightEntry, LinkEntry, NoteEntry, TextEntry, VersionEntry
from store.exchange.foreign import moment, uid_of
from store.exchange.refi import guids
from store.exchange.refi.codes import add_codes
from store.exchange.refi.xml import PROJECT, add, add_words, root
from store.records import Anchor
from store.tidy import clipped

VARIABLES = {
    "slug": "Text",
    "author": "Text",
    "source": "Text",
    "added": "Text",
    "version": "Integer",
    "version source": "Text",
    "furniture": "Boolean",
    "overrides": "Text",
}
"""What a source says beyond the standard, and of which type it is."""


class Project(NamedTuple):
    """What goes into a project file."""

    element: Element
    sources: dict[str, str]
    """Name of a file without its folder → body."""


class _Edition(NamedTuple):
    """A version of a text that goes along: the present one, and those in which highlights stand."""

    text: TextEntry
    version: VersionEntry
    number: int
    """From 1, among those that go along."""
    present: bool
    highlights: list[HighlightEntry]


def project_of(archive: Archive) -> Project:
    """The project; raises LibraryError for a highlight that has no place in a body of the archive."""
    project = root("Project", PROJECT)
    project.set("name", "Close reading")
    _add_users(project, archive)
    _add_codebook(project, archive)
    _add_variables(project, archive)
    editions = _editions(archive)
    if editions:
        sources = add(project, "Sources")
        for edition in editions:
            _add_source(sources, edition, archive.notes)
    _add_notes(project, archive)
    if archive.links:
        links = add(project, "Links")
        for link in archive.links:
            _add_link(links, link)
    slugs = {text.slug for text in archive.texts}
    for note in archive.notes:
        if note.text not in slugs:
            add(project, "NoteRef", targetGUID=uid_of(note.uid))
    return Project(project, {_file(edition): edition.version.body for edition in editions})


def _add_users(project: Element, archive: Archive) -> None:
    readers = {version.reader for text in archive.texts for version in text.versions}
    readers |= {highlight.reader for highlight in archive.highlights}
    readers |= {link.reader for link in archive.links} | {note.reader for note in archive.notes}
    if names := sorted(readers - {""}):
        users = add(project, "Users")
        for name in names:
            add(users, "User", guid=guids.of_reader(name), name=name)


def _add_codebook(project: Element, archive: Archive) -> None:
    used = {path for highlight in archive.highlights for path in highlight.tags}
    starred = any(highlight.star for highlight in archive.highlights)
    if archive.tags or used or starred:
        codes = add(add(project, "CodeBook"), "Codes")
        add_codes(codes, archive.tags, used)
        if starred:
            add(codes, "Code", guid=guids.STAR, name="★", isCodable="true")


def _add_variables(project: Element, archive: Archive) -> None:
    if archive.texts:
        variables = add(project, "Variables")
        for name, kind in VARIABLES.items():
            add(variables, "Variable", guid=guids.of_variable(name), name=name, typeOfVariable=kind)


def _editions(archive: Archive) -> list[_Edition]:
    on: dict[tuple[str, int], list[HighlightEntry]] = defaultdict(list)
    there = {text.slug: text for text in archive.texts}
    for highlight in archive.highlights:
        text = there.get(highlight.text)
        if text is None or not text.versions or not highlight.parts:
            raise LibraryError(
                f"the highlight “{clipped(highlight.quote)}” has no place in a text, which REFI-QDA needs"
            )
        number = len(text.versions) if highlight.version is None else highlight.version
        if not 1 <= number <= len(text.versions):
            raise LibraryError(f"{text.slug} has no version {number}, in which a highlight should stand")
        on[text.slug, number].append(highlight)
    editions = []
    for text in archive.texts:
        last = len(text.versions)
        kept = [number for number in range(1, last + 1) if number == last or (text.slug, number) in on]
        for count, number in enumerate(kept, 1):
            highlights = sorted(on[text.slug, number], key=lambda highlight: highlight.created)
            editions.append(_Edition(text, text.versions[number - 1], count, number == last, highlights))
    return editions


def _guid(edition: _Edition) -> str:
    return guids.of_source(edition.text.slug, f"{edition.number} {edition.version.sha256}")


def _file(edition: _Edition) -> str:
    return f"{_guid(edition)}.txt"


def _add_source(sources: Element, edition: _Edition, notes: Iterable[NoteEntry]) -> None:
    text, version = edition.text, edition.version
    source = add(
        sources,
        "TextSource",
        guid=_guid(edition),
        name=text.title if edition.present else f"{text.title} (version {edition.number})",
        plainTextPath=f"internal://{_file(edition)}",
        creatingUser=guids.of_reader(version.reader) if version.reader else "",
        creationDateTime=moment(version.added),
    )
    for highlight in edition.highlights:
        _add_highlight(source, highlight)
    for note in notes:
        if note.text == text.slug and edition.present:
            add(source, "NoteRef", targetGUID=uid_of(note.uid))
    said = {
        "slug": text.slug,
        "author": text.author,
        "source": text.source,
        "added": text.added,
        "version": str(edition.number),
        "version source": version.source,
        "furniture": "true" if version.furniture else "false",
        "overrides": json.dumps(version.overrides) if version.overrides else "",
    }
    for name, kind in VARIABLES.items():
        if said[name]:
            value = add(source, "VariableValue")
            add(value, "VariableRef", targetGUID=guids.of_variable(name))
            add_words(value, f"{kind}Value", said[name])


def _add_highlight(source: Element, highlight: HighlightEntry) -> None:
    uid = uid_of(highlight.uid)
    codes = [guids.of_code(path) for path in highlight.tags] + [guids.STAR] * highlight.star
    for number, part in enumerate(highlight.parts):
        guid = guids.of_part(uid, number)
        selection = add(
            source,
            "PlainTextSelection",
            guid=guid,
            name=clipped(highlight.quote),
            startPosition=str(part.start),
            endPosition=str(part.end),
            creatingUser=guids.of_reader(highlight.reader) if highlight.reader else "",
            creationDateTime=moment(highlight.created),
            modifiedDateTime=moment(highlight.updated),
        )
        if number == 0 and highlight.anchor is not Anchor.EXACT:
            add_words(selection, "Description", f"{highlight.anchor} {round(highlight.confidence, 4)}")
        for code in codes:
            coding = add(selection, "Coding", guid=guids.of_coding(guid, code))
            add(coding, "CodeRef", targetGUID=code)
        if number == 0 and highlight.note:
            add(selection, "NoteRef", targetGUID=guids.of_note(uid))


class _Written(NamedTuple):
    """A note on anything."""

    guid: str
    name: str
    words: str
    reader: str
    created: str
    updated: str


def _add_notes(project: Element, archive: Archive) -> None:
    written = [
        _Written(guids.of_note(uid_of(it.uid)), f"Note on “{clipped(it.quote, 32)}”", it.note, *_by(it))
        for it in archive.highlights
        if it.note
    ]
    written += [
        _Written(guids.of_note(uid_of(it.uid)), f"Link: {it.kind}", it.note, *_by(it)) for it in archive.links
    ]
    written += [
        _Written(uid_of(it.uid), f"Note on {it.text or 'the library'}", it.words, *_by(it))
        for it in archive.notes
    ]
    if written:
        notes = add(project, "Notes")
        for note in sorted(written):
            element = add(
                notes,
                "Note",
                guid=note.guid,
                name=note.name,
                creatingUser=guids.of_reader(note.reader) if note.reader else "",
                creationDateTime=moment(note.created),
                modifiedDateTime=moment(note.updated),
            )
            add_words(element, "PlainTextContent", note.words)


def _by(entry: HighlightEntry | LinkEntry | NoteEntry) -> tuple[str, str, str]:
    return entry.reader, entry.created, entry.updated


def _add_link(links: Element, link: LinkEntry) -> None:
    uid = uid_of(link.uid)
    element = add(
        links,
        "Link",
        guid=uid,
        name=link.kind,
        direction="Associative" if link.mutual else "OneWay",
        originGUID=uid_of(link.left),
        targetGUID=uid_of(link.right),
    )
    # A link has neither user nor time of its own, its note has: so that there is one even without words.
    add(element, "NoteRef", targetGUID=guids.of_note(uid))
