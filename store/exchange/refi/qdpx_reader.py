"""A REFI-QDA project as an archive, whichever program wrote it.

Texts are read from plain text, that of PDFs and pictures and the transcripts of recordings included; selections in them
become highlights, without a code untagged ones. What has no place here (pictures, sound, coordinates on pages, cases,
sets, graphs) is left out and named; what was written about it is a note. Positions count code points, as the standard
has it, so CRLF is two of them; those of NVivo (as projects of its Windows version show) and QualCoder count units of
UTF-16, of which an emoji is two.

Codings of one selection by two users are two highlights, and selections of one place by one user are one. A note with a
selection of its own, as QualCoder writes annotations, is a highlight with that note.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from xml.etree.ElementTree import Element

from store.exchange.archive import Archive, HighlightEntry, LinkEntry, NoteEntry, TextEntry
from store.exchange.checking import LONGEST_KIND
from store.exchange.foreign import derived, is_slug, moment, slug_for, uid_of
from store.exchange.refi.qdc import RefiCodes, codes_of
from store.exchange.refi.qdpx_writer import described
from store.exchange.refi.refi_xml import ORIGIN, guid_of, targets, words_of
from store.exchange.refi.sources import OUR_VARIABLES, PositionUnit, Source, source_of, with_positions
from store.highlight_rows import joined_notes, quoted
from store.records import Anchor
from store.sanitize import one_line, pluralize, truncate
from texts.languages.telling import code_of
from texts.lazy_pattern import lazy_pattern

Load = Callable[[str], str | None]
"""Gives the words of a file by its address (`internal://…`); None where the project does not hold it."""

_UNREAD = ("PictureSource", "PDFSource", "AudioSource", "VideoSource")
_UNREAD_SELECTIONS = ("PictureSelection", "PDFSelection", "AudioSelection", "VideoSelection")
_WORDS_OF = {"PDFSource": "Representation", "PictureSource": "TextDescription"}
_WHERE = {"PDFSource": "on pages", "PictureSource": "on the picture"}
_SAID_OF = ("Description", "NoteRef", "Coding")
_BESIDE = ("Cases/Case", "CodeBook/Sets/Set", "Sets/Set", "Graphs/Graph")
"""What other programs have and a library has not."""
_OUR_NAME = lazy_pattern("Note on .+|Link: .+")
"""What we call notes, which have no names here: it comes back from other programs."""
_STATE = lazy_pattern(rf"({Anchor.CHANGED}|{Anchor.ORPHAN}) (\d{{1,3}}(?:\.\d{{1,20}})?)")


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
        self._counting = (
            PositionUnit.STANDARD
            if self._ours
            else PositionUnit.UTF_16
            if origin.startswith(("NVivo", "QualCoder"))
            else PositionUnit.UNKNOWN
        )
        self._somebody = "" if self._ours else one_line(origin)
        """Who described something, where nobody is named: a note of whoever imports it would take its place."""
        self._noted: set[str] = set()
        self._beside = [] if self._ours else [one for path in _BESIDE for one in project.findall(path)]
        """What has no place here, with what is said of it."""
        self._highlights: list[HighlightEntry] = []
        self._notes: list[NoteEntry] = []
        self._heads: dict[str, str] = {}
        """GUID of any selection → uid of the highlight it belongs to."""

    def whole(self) -> Archive:
        texts = [self._text(slug, sources) for slug, sources in self._by_text().items()]
        links = list(self._links())
        self._left_out += self._without_place()
        self._notes += self._library_notes()
        return Archive(
            texts=tuple(texts),
            tags=self._codes.tags,
            highlights=tuple(sorted(self._highlights, key=lambda highlight: highlight.created)),
            links=tuple(links),
            notes=_each_once(self._notes),
            left_out=tuple(self._left_out),
            unsaid=frozenset() if self._ours else frozenset({"uid"}),
        )

    def _without_place(self) -> Iterator[str]:
        """How many cases and the like there are."""
        counts = Counter(one.tag for one in self._beside if one.tag in ("Case", "Set", "Graph"))
        if counts:
            yield ", ".join(pluralize(count, tag.lower()) for tag, count in counts.items())
        values = sum(not self._is_ours(value) for value in self._project.iter("VariableValue"))
        if values:
            yield pluralize(values, "value") + " of variables"

    @staticmethod
    def _is_ours(value: Element) -> bool:
        """Whether the value of a variable is one that we have written, which other programs keep."""
        return not OUR_VARIABLES.isdisjoint(targets(value, "VariableRef"))

    # users, codes, notes: by GUID

    @cached_property
    def _readers(self) -> dict[str, str]:
        users = self._project.findall("Users/User")
        return {guid_of(user): one_line(user.get("name") or user.get("id") or "") for user in users}

    @cached_property
    def _codes(self) -> RefiCodes:
        codes = self._project.find("CodeBook/Codes")
        return RefiCodes((), {}) if codes is None else codes_of(codes, self._words_on, ours=self._ours)

    @cached_property
    def _written(self) -> dict[str, Element]:
        return {guid_of(note): note for note in self._project.findall("Notes/Note")}

    def _words(self, note: Element) -> str:
        """The words of a note; a name that another program's reader gave it stands above them."""
        words = words_of(note, "PlainTextContent") or self._load(note.get("plainTextPath", "")) or ""
        words = words or words_of(note, "Description")
        name = one_line(note.get("name", ""))
        if self._ours or not name or words.startswith(name) or _OUR_NAME.fullmatch(name):
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
                yield from self._spoken(element, name)

    def _spoken(self, element: Element, name: str) -> Iterator[Element]:
        """What a source that is no text has of words: the text of a PDF, the transcripts of a recording."""
        spoken = element.findall(_WORDS_OF.get(element.tag, ""))
        spoken += map(with_positions, element.findall("Transcript"))
        unread = [child for child in element if child.tag in _UNREAD_SELECTIONS]
        self._beside += unread
        lost, selections = len(unread), pluralize(len(unread), "selection")
        if not spoken:
            with_it = f", and {selections} in it" if lost else ""
            self._left_out.append(f"{truncate(name)} is no text ({element.tag}){with_it}")
            self._beside.append(element)
        elif lost:
            where = "by time" if element.tag in ("AudioSource", "VideoSource") else _WHERE[element.tag]
            are = "is" if lost == 1 else "are"
            self._left_out.append(f"{selections} {where} of {truncate(name)}, which {are} no text")
        for number, each in enumerate(spoken):
            each.set("name", each.get("name") or name)
            if number == 0:  # what is said of the source is said of its words
                own = {child.tag for child in each}
                each.extend(child for child in element if child.tag in _SAID_OF and child.tag not in own)
            yield each

    def _source(self, element: Element) -> Source | None:
        name = truncate(one_line(element.get("name", "")) or "a source without a name")
        file = element.get("plainTextPath", "")
        string = words_of(element, "PlainTextContent") or self._load(file)
        if not string or not string.strip():
            why = f"{name} holds no plain text"
            if file and string is None:
                why = f"{name}, whose file {truncate(one_line(file))} is not in the project"
            lost = len(element.findall("PlainTextSelection"))
            with_it = f", and {pluralize(lost, 'selection')} in it" if lost else ""
            self._left_out.append(f"{why}{with_it}")
            return None
        if element.find("Coding") is not None:
            self._left_out.append(f"codes on {name} as a whole")
        reader, added, _ = self._by(element)
        annotations = [selection for _, selection in self._annotations_on(element, len(string))]
        return source_of(element, string, reader, added, counting=self._counting, annotations=annotations)

    def _annotations_on(self, element: Element, length: int) -> list[tuple[Element, Element]]:
        """Notes with a selection of their own in a source: those it refers to, and those that fit no other source."""
        referred = set(targets(element, "NoteRef"))
        return [
            (note, selection)
            for guid, note in self._written.items()
            for selection in note.findall("PlainTextSelection")[:1]
            if guid in referred or (guid not in self._referred and self._only_fits(selection, length))
        ]

    @cached_property
    def _referred(self) -> set[str]:
        """Notes that some source refers to."""
        sources = self._project.findall("Sources/*")
        return {guid for source in sources for guid in targets(source, "NoteRef")}

    @cached_property
    def _lengths(self) -> list[int]:
        """Of the texts."""
        return [
            len(words_of(element, "PlainTextContent") or self._load(element.get("plainTextPath", "")) or "")
            for element in self._project.findall("Sources/TextSource")
        ]

    def _only_fits(self, selection: Element, length: int) -> bool:
        """Whether a selection ends past all texts but the one of this length."""
        end = selection.get("endPosition", "").strip()
        return end.isdecimal() and length >= int(end) and sum(each >= int(end) for each in self._lengths) == 1

    def _text(self, slug: str, sources: list[Source]) -> TextEntry:
        present = sources[-1]
        for number, source in enumerate(sources, 1):
            self._highlights += self._in_source(slug, number, source)
            on_it = [
                self._note(guid, slug)
                for guid in targets(source.element, "NoteRef")
                if guid in self._written and guid not in self._noted
            ]
            self._noted.update(targets(source.element, "NoteRef"))
            self._notes += on_it
            self._notes += self._described(source.element, slug, on_it)
        return TextEntry(
            slug,
            one_line(present.element.get("name", "")) or slug,
            present.said.get("author", ""),
            present.said.get("source", ""),
            present.said.get("added", "") or sources[0].entry.added,
            tuple(source.entry for source in sources),
            code_of(present.said.get("language", "")),
        )

    def _described(
        self, element: Element, slug: str | None, notes: Sequence[NoteEntry], *, heading: str = ""
    ) -> list[NoteEntry]:
        """The description of a source or the project as a note, unless it says what its notes say."""
        said = words_of(element, "Description").strip()
        if self._ours or not said or _same_words(said, described(notes)):
            return []
        user = guid_of(element, "creatingUser") or guid_of(element, "creatingUserGUID")
        reader = self._readers.get(user, "") or self._somebody
        created = moment(element.get("creationDateTime"))
        said = f"# {heading}\n\n{said}" if heading else said
        uid = derived("description", guid_of(element), said if not guid_of(element) else "")
        return [NoteEntry(uid, slug, said, reader, created, created)]

    # highlights

    def _in_source(self, slug: str, number: int, source: Source) -> list[HighlightEntry]:
        found: list[HighlightEntry] = []
        anchors = source.anchors
        for members in source.marked():
            selection, guid = members[0], guid_of(members[0])
            parts = tuple(source.places[member] for member in members if member in source.places)
            if len(parts) < len(members):
                name = truncate(one_line(selection.get("name", "")) or guid)
                self._left_out.append(f"the selection “{name}”, which has no place in {slug}")
                continue
            uid = uid_of(guid)
            self._heads.update((guid_of(member), uid) for member in members)
            quote, before, after = quoted(source.entry.body, parts)
            for one in self._marked(selection, uid, anchors.get(uid, "")):
                found.append(
                    one._replace(
                        text=slug, version=number, parts=parts, quote=quote, before=before, after=after
                    )
                )
        for note, selection in self._annotations_on(source.element, len(source.entry.body)):
            found += self._annotation(slug, number, source, note, selection)
        return found if self._ours else self._at_one_place(found)

    def _marked(self, selection: Element, uid: str, state: str) -> Iterator[HighlightEntry]:
        """The highlights that a selection is, one for each user who has coded it, without their place."""
        said = words_of(selection, "Description").strip()
        anchored = _STATE.fullmatch(state) or _STATE.fullmatch(said)
        note = self._words_on(selection)
        if said and not self._ours and not _same_words(said, note):
            note = "\n\n".join(filter(None, (said, note)))
        reader, created, updated = self._by(selection)
        by_user: dict[str, list[Element]] = {}
        for coding in selection.findall("Coding"):
            by_user.setdefault(self._readers.get(guid_of(coding, "creatingUser"), reader), []).append(coding)
        for number, (user, codings) in enumerate((by_user or {reader: []}).items()):
            times = [time for coding in codings if (time := moment(coding.get("creationDateTime")))]
            codes = [code for coding in codings for code in targets(coding, "CodeRef")]
            yield HighlightEntry(
                uid=uid if number == 0 else derived(uid, user),
                text="",
                version=None,
                parts=(),
                quote="",
                before="",
                after="",
                tags=tuple(dict.fromkeys(path for code in codes if (path := self._codes.paths.get(code)))),
                note=note if number == 0 else "",
                star=bool(self._codes.stars.intersection(codes)),
                reader=user,
                created=created or min(times, default=""),
                updated=updated or max(times, default=""),
                anchor=Anchor(anchored[1]) if anchored else Anchor.EXACT,
                confidence=min(float(anchored[2]), 100.0) if anchored else 100.0,
            )

    def _annotation(
        self, slug: str, number: int, source: Source, note: Element, selection: Element
    ) -> Iterator[HighlightEntry]:
        """A note with a place of its own, as a highlight that has no tag."""
        if selection not in source.places:
            return
        self._noted.add(guid_of(note))
        parts = (source.places[selection],)
        quote, before, after = quoted(source.entry.body, parts)
        yield HighlightEntry(
            uid_of(guid_of(note)), slug, number, parts, quote, before, after, (), self._words(note), False,
            *self._by(note), Anchor.EXACT, 100.0,
        )  # fmt: skip

    @staticmethod
    def _at_one_place(found: Sequence[HighlightEntry]) -> list[HighlightEntry]:
        """Highlights of which those that one reader has at one place are one, as others write one for each code."""
        joined: dict[tuple[object, ...], HighlightEntry] = {}
        for one in found:
            is_coded = bool(one.tags) or one.star
            key = (one.parts, one.reader) if is_coded else (one.parts, one.reader, one.uid)
            there = joined.get(key)
            joined[key] = (
                one
                if there is None
                else there._replace(
                    tags=tuple(dict.fromkeys((*there.tags, *one.tags))),
                    note=joined_notes([there.note, one.note]),
                    star=there.star or one.star,
                    created=min(filter(None, (there.created, one.created)), default=""),
                    updated=max(there.updated, one.updated),
                )
            )
        return list(joined.values())

    # links and notes

    def _links(self) -> Iterator[LinkEntry]:
        for link in self._project.findall("Links/Link"):
            left, right = (self._heads.get(guid_of(link, end)) for end in ("originGUID", "targetGUID"))
            name = one_line(link.get("name", ""))
            if left is None or right is None or left == right:
                self._left_out.append(
                    f"the link “{truncate(name)}”, which does not lead from highlight to highlight"
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
        notes = [self._note(guid, None) for guid in rest if guid in self._written and guid not in self._noted]
        on_project = set(map(uid_of, targets(self._project, "NoteRef")))
        beside = [
            note
            for one in self._beside
            for note in self._described(one, None, [], heading=one_line(one.get("name", "")))
        ]
        return [
            *notes,
            *beside,
            *self._described(self._project, None, [one for one in notes if one.uid in on_project]),
        ]

    def _note(self, guid: str, text: str | None) -> NoteEntry:
        note = self._written[guid]
        return NoteEntry(uid_of(guid), text, self._words(note), *self._by(note))


def _each_once(notes: Sequence[NoteEntry]) -> tuple[NoteEntry, ...]:
    """Notes without those that come once more; one that only has the id of another gets its own."""
    found: dict[str, NoteEntry] = {}
    for note in notes:
        there = found.setdefault(note.uid, note)
        if (note.text, note.words) != (there.text, there.words):
            own = derived(note.uid, note.text or "", note.words)
            found.setdefault(own, note._replace(uid=own))
    return tuple(found.values())


def _same_words(one: str, other: str) -> bool:
    """Whether two notes say the same, whatever a program made of the blanks at their ends."""
    return one.split() == other.split()
