"""A REFI-QDA project as an archive, whichever program wrote it.

Texts are read from plain text, that of PDFs included; selections in them become highlights, without a code untagged
ones. What has no place here (pictures, sound, coordinates on pages, cases, sets, graphs) is left out, and what of it
carries a reader's work is named. Positions count code points, as the standard has it, so CRLF is two of them; those
of NVivo count units of UTF-16, of which an emoji is two, as projects of its Windows version show.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property
from xml.etree.ElementTree import Element

from store.exchange.archive import Archive, HighlightEntry, LinkEntry, NoteEntry, TextEntry
from store.exchange.checking import LONGEST_KIND
from store.exchange.foreign import is_slug, moment, slug_for, uid_of
from store.exchange.refi import guids
from store.exchange.refi.codes import Codes, codes_of
from store.exchange.refi.sources import Source, source_of
from store.exchange.refi.xml import ORIGIN, guid_of, targets, words_of
from store.highlights import quoted
from store.records import Anchor
from store.tidy import clipped, counted, one_line

Load = Callable[[str], str | None]
"""Gives the words of a file by its address (`internal://…`); None where the project does not hold it."""

_UNREAD = ("PictureSource", "PDFSource", "AudioSource", "VideoSource")
_STATE = re.compile(rf"({Anchor.CHANGED}|{Anchor.ORPHAN}) (\d{{1,3}}(?:\.\d{{1,20}})?)")


def archive_of(project: Element, load: Load) -> Archive:
    """What is in a project; `load` gives the words of the files beside it."""
    return _Reading(project, load).whole()


class _Reading:
    def __init__(self, project: Element, load: Load) -> None:
        self._project = project
        self._load = load
        self._left_out: list[str] = []
        origin = project.get("origin", "")
        self._ours = origin == ORIGIN
        self._utf_16 = origin.startswith("NVivo")
        self._noted: set[str] = set()
        self._highlights: list[HighlightEntry] = []
        self._notes: list[NoteEntry] = []
        self._heads: dict[str, str] = {}
        """GUID of any selection → uid of the highlight it belongs to."""

    def whole(self) -> Archive:
        texts = [self._text(slug, sources) for slug, sources in self._by_text().items()]
        links = list(self._links())
        self._notes += self._library_notes()
        return Archive(
            texts=tuple(texts),
            tags=self._codes.tags,
            highlights=tuple(sorted(self._highlights, key=lambda highlight: highlight.created)),
            links=tuple(links),
            notes=tuple(self._notes),
            left_out=tuple(self._left_out),
        )

    # users, codes, notes: by GUID

    @cached_property
    def _readers(self) -> dict[str, str]:
        users = self._project.findall("Users/User")
        return {guid_of(user): one_line(user.get("name") or user.get("id") or "") for user in users}

    @cached_property
    def _codes(self) -> Codes:
        codes = self._project.find("CodeBook/Codes")
        return Codes((), {}) if codes is None else codes_of(codes, self._words_on)

    @cached_property
    def _written(self) -> dict[str, Element]:
        return {guid_of(note): note for note in self._project.findall("Notes/Note")}

    def _words(self, note: Element) -> str:
        """The words of a note; a name that another program's reader gave it stands above them."""
        words = words_of(note, "PlainTextContent") or self._load(note.get("plainTextPath", "")) or ""
        words = words or words_of(note, "Description")
        name = one_line(note.get("name", ""))
        if self._ours or not name or words.startswith(name):
            return words
        return f"# {name}\n\n{words}" if words else f"# {name}"

    def _words_on(self, element: Element) -> str:
        """The words of all notes on a selection, on its codings, or on a code."""
        found: dict[str, str] = {}
        for owner in (element, *element.findall("Coding")):
            for guid in targets(owner, "NoteRef"):
                if guid in self._written:
                    self._noted.add(guid)
                    found[guid] = self._words(self._written[guid])
        return "\n\n".join(filter(None, found.values()))

    def _by(self, element: Element) -> tuple[str, str, str]:
        """Reader, and times of making and of the last change."""
        reader = self._readers.get(guid_of(element, "creatingUser"), "")
        created = moment(element.get("creationDateTime"))
        return reader, created, moment(element.get("modifiedDateTime")) or created

    # texts

    def _by_text(self) -> dict[str, list[Source]]:
        """Slug → its versions in their order."""
        found: dict[str, list[Source]] = {}
        for element in self._text_elements():
            source = self._source(element)
            if source is None:
                continue
            said = source.said.get("slug", "")
            slug = said if is_slug(said) else slug_for(element.get("name", ""), found)
            found.setdefault(slug, []).append(source)
        return {slug: sorted(sources, key=lambda source: source.number) for slug, sources in found.items()}

    def _text_elements(self) -> Iterator[Element]:
        for element in self._project.findall("Sources/*"):
            name = one_line(element.get("name", "")) or element.tag
            if element.tag == "TextSource":
                yield element
            elif element.tag in _UNREAD:
                spoken = element.find("Representation")
                if spoken is None or element.tag != "PDFSource":
                    self._left_out.append(f"{clipped(name)} is no text ({element.tag})")
                    continue
                if lost := len(element.findall("PDFSelection")):
                    self._left_out.append(
                        f"{counted(lost, 'selection')} on pages of {clipped(name)}, which are no text"
                    )
                spoken.set("name", spoken.get("name") or name)
                yield spoken

    def _source(self, element: Element) -> Source | None:
        name = clipped(one_line(element.get("name", "")) or "a source without a name")
        string = words_of(element, "PlainTextContent") or self._load(element.get("plainTextPath", ""))
        if not string or not string.strip():
            self._left_out.append(f"{name} holds no plain text")
            return None
        if element.find("Coding") is not None:
            self._left_out.append(f"codes on {name} as a whole")
        reader, added, _ = self._by(element)
        return source_of(element, string, reader, added, utf_16=self._utf_16)

    def _text(self, slug: str, sources: list[Source]) -> TextEntry:
        present = sources[-1]
        for number, source in enumerate(sources, 1):
            self._highlights += self._in_source(slug, number, source)
            for guid in targets(source.element, "NoteRef"):
                if guid in self._written and guid not in self._noted:
                    self._noted.add(guid)
                    self._notes.append(self._note(guid, slug))
        return TextEntry(
            slug,
            one_line(present.element.get("name", "")) or slug,
            present.said.get("author", ""),
            present.said.get("source", ""),
            present.said.get("added", "") or sources[0].entry.added,
            tuple(source.entry for source in sources),
        )

    # highlights

    def _in_source(self, slug: str, number: int, source: Source) -> Iterator[HighlightEntry]:
        for members in source.marked():
            selection, guid = members[0], guid_of(members[0])
            parts = [source.place(member) for member in members]
            if None in parts:
                name = clipped(one_line(selection.get("name", "")) or guid)
                self._left_out.append(f"the selection “{name}”, which has no place in {slug}")
                continue
            uid = uid_of(guid)
            self._heads.update((guid_of(member), uid) for member in members)
            quote, before, after = quoted(source.entry.body, places := tuple(filter(None, parts)))
            yield self._marked(selection, uid)._replace(
                text=slug, version=number, parts=places, quote=quote, before=before, after=after
            )

    def _marked(self, selection: Element, uid: str) -> HighlightEntry:
        """What a selection says of a highlight, without its place."""
        said = words_of(selection, "Description").strip()
        state = _STATE.fullmatch(said)
        note = self._words_on(selection)
        codes = [code for coding in selection.findall("Coding") for code in targets(coding, "CodeRef")]
        reader, created, updated = self._by(selection)
        return HighlightEntry(
            uid=uid,
            text="",
            version=None,
            parts=(),
            quote="",
            before="",
            after="",
            tags=tuple(dict.fromkeys(path for code in codes if (path := self._codes.paths.get(code)))),
            note=note if state or not said else "\n\n".join(filter(None, (said, note))),
            star=guids.STAR in codes,
            reader=reader,
            created=created,
            updated=updated,
            anchor=Anchor(state[1]) if state else Anchor.EXACT,
            confidence=min(float(state[2]), 100.0) if state else 100.0,
        )

    # links and notes

    def _links(self) -> Iterator[LinkEntry]:
        for link in self._project.findall("Links/Link"):
            left, right = (self._heads.get(guid_of(link, end)) for end in ("originGUID", "targetGUID"))
            name = one_line(link.get("name", ""))
            if left is None or right is None or left == right:
                self._left_out.append(
                    f"the link “{clipped(name)}”, which does not lead from highlight to highlight"
                )
                continue
            notes = [self._written[guid] for guid in targets(link, "NoteRef") if guid in self._written]
            reader, created, updated = self._by(notes[0]) if notes else ("", "", "")
            yield LinkEntry(
                uid_of(guid_of(link)),
                left,
                right,
                name[:LONGEST_KIND].strip() or "linked",
                link.get("direction", "").strip() != "OneWay",
                self._words_on(link),
                reader,
                created,
                updated,
            )

    def _library_notes(self) -> list[NoteEntry]:
        """The notes on the project, then those on nothing: none is lost."""
        rest = dict.fromkeys((*targets(self._project, "NoteRef"), *self._written))
        return [self._note(guid, None) for guid in rest if guid in self._written and guid not in self._noted]

    def _note(self, guid: str, text: str | None) -> NoteEntry:
        note = self._written[guid]
        return NoteEntry(uid_of(guid), text, self._words(note), *self._by(note))
