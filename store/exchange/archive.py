"""All that a library holds, or a chosen part of it, as plain records that need no database.

Everything refers to everything else by names that hold in any library: texts by slug, tags by path, highlights, links
and notes by uid. Formats write archives and read them; `store.exchange.snapshot` takes one out of a library and
`store.merge` puts one in. Offsets are code points into the body of the version that they name.
"""

from __future__ import annotations

from abc import abstractmethod
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from enum import Enum
from typing import NamedTuple, overload

from store.highlight_rows import GAP
from store.records import Anchor
from texts.model import Span


class VersionEntry(NamedTuple):
    """One state of a text."""

    body: str
    """Empty where a format carries only the digest."""
    sha256: str
    """Of the body in UTF-8, in hexadecimal."""
    furniture: bool
    """Whether page chrome is told from the article; False takes every paragraph as part of it."""
    overrides: tuple[tuple[int, bool], ...]
    """The reader's own word on paragraphs: where one starts, and whether it is furniture."""
    source: str
    reader: str
    added: str


class TextEntry(NamedTuple):
    """A text with all its versions."""

    slug: str
    title: str
    author: str
    source: str
    added: str
    versions: tuple[VersionEntry, ...]
    """The first one first; empty where a format does not carry bodies: then the library must have the text."""
    language: str = ""
    """The code of its language where a reader has said what it is; empty where none has, or a format does not say."""


class TagEntry(NamedTuple):
    """A tag of the codebook."""

    path: str
    colour: str = ""
    """A name of `store.codebook.PALETTE`; empty where a format does not say: the library chooses."""
    letter: str = ""
    """One letter or digit; empty where a format does not say."""
    description: str = ""
    quick: int | None = None
    """The digit 1–9 that puts it on; None without one."""


class HighlightEntry(NamedTuple):
    """A highlight."""

    uid: str
    text: str
    """Slug."""
    version: int | None
    """Number, from 1, of the version into which the parts count; None where a format does not say: the present one."""
    parts: tuple[Span, ...]
    """Empty where a format gives no places: the quote is looked for."""
    quote: str
    before: str
    after: str
    tags: tuple[str, ...]
    """Paths, in the order in which they were put on."""
    note: str
    star: bool
    reader: str
    """Here and below: who made it; empty where a format does not say."""
    created: str
    """Here and below: ISO 8601 UTC with a Z; empty where a format does not say."""
    updated: str
    anchor: Anchor
    confidence: float
    """0–100."""


class LinkEntry(NamedTuple):
    """A link between two highlights."""

    uid: str
    left: str
    """Uid of the highlight it starts from."""
    right: str
    kind: str
    mutual: bool
    note: str
    reader: str
    created: str
    updated: str


class NoteEntry(NamedTuple):
    """A note on a text or on the library."""

    uid: str
    text: str | None
    """Slug; None for a note on the library."""
    words: str
    reader: str
    created: str
    updated: str


class DismissedEntry(NamedTuple):
    """Two places that a reader does not want suggested as related again."""

    left: str
    """Slug."""
    left_version: int
    left_span: Span
    right: str
    right_version: int
    right_span: Span
    reader: str
    created: str


class NameEntry(NamedTuple):
    """What a reader says of two spellings."""

    one: str
    other: str
    same: bool
    """Whether the two are one name."""
    reader: str
    created: str


class QuotedEnd(NamedTuple):
    """Words at which a range starts, or before which it ends, with what stands around them."""

    quote: str
    before: str
    after: str


class QuotedRange(NamedTuple):
    """The place of a highlight, or of one of its parts, that is said by the words at its ends."""

    uid: str
    start: QuotedEnd
    end: QuotedEnd
    """Not part of the range."""

    @property
    def quote(self) -> str:
        """What the highlight has for words of this part until it is found."""
        return f"{self.start.quote}{GAP}{self.end.quote}"


class Archive(NamedTuple):
    """What is carried from one library to another.

    Texts, highlights and links may be a million: a library gives them out anew each time they are walked, and keeps
    none of them in memory. Who writes them out does likewise, and asks `highlights_of` and `links_of` for some.
    """

    texts: Sequence[TextEntry] = ()
    tags: Sequence[TagEntry] = ()
    highlights: Sequence[HighlightEntry] = ()
    """In the order in which they were made."""
    links: Sequence[LinkEntry] = ()
    notes: Sequence[NoteEntry] = ()
    dismissed: Sequence[DismissedEntry] = ()
    names: Sequence[NameEntry] = ()
    mentioned: Sequence[HighlightEntry] = ()
    """Highlights that are not carried but at which links end: the library must have them, by uid or by place."""
    left_out: tuple[str, ...] = ()
    """What of a reader's work in a file has no place here, and why: a line each."""
    unsaid: frozenset[str] = frozenset()
    """Fields of highlights that the format has no place for, `uid` where it has no lasting ids: that they are empty or
    new says nothing."""
    counted_elsewhere: bool = False
    """Whether places count in a page of another program: they are believed where the quote stands there."""
    utf_16: frozenset[str] = frozenset()
    """Uids of highlights whose places are known to count units of UTF-16, as their program does."""
    in_text_order: bool = False
    """Whether highlights without a place come in the order of their text."""
    passages: tuple[tuple[str, int], ...] = ()
    """Uids of highlights without a place, or only mentioned, that start in a known passage, with its number."""
    ranges: tuple[QuotedRange, ...] = ()
    """Places of highlights of which only the words at their ends are known: as they come, these are orphans."""
    respaced: bool = False
    """Whether the format does not keep each space and line break of a body."""


class Sorting(Enum):
    """In which order the highlights of a text come."""

    MADE = "made"
    """As they were made."""
    TIME = "time"
    """By the time that they say, then as they were made."""
    PLACE = "place"
    """By where they start, where the first part ends, where they end, then as they were made."""


class HighlightEntries(Sequence[HighlightEntry]):
    """The highlights of an archive, of which some can be asked for."""

    @abstractmethod
    def __iter__(self) -> Iterator[HighlightEntry]: ...

    def uids(self) -> Iterator[str]:
        """Their uids, in order."""
        return (entry.uid for entry in self)

    def readers(self) -> set[str]:
        """Who made them."""
        return {entry.reader for entry in self}

    def uses(self) -> Mapping[str, int]:
        """How many carry each tag that any of them carries."""
        return Counter(path for entry in self for path in entry.tags)

    def starred(self) -> bool:
        """Whether any has a star."""
        return any(entry.star for entry in self)

    def versions(self) -> set[tuple[str, int | None]]:
        """The slugs of their texts with the numbers of the versions that they stand in."""
        return {(entry.text, entry.version) for entry in self}

    @abstractmethod
    def of(
        self, text: str, sorting: Sorting, *, orphans: bool | None = None, bare: bool = False
    ) -> Iterable[HighlightEntry]:
        """Those of a text; only its orphans, or none of them, where that is asked for.

        `bare` is for who wants to know where they stand: they may come without words, tags, reader and times.
        """

    @abstractmethod
    def named(self, uids: Collection[str]) -> Mapping[str, HighlightEntry]:
        """Those with these uids."""


class TextEntries(Sequence[TextEntry]):
    """The texts of an archive, one of which can be asked for."""

    @abstractmethod
    def __iter__(self) -> Iterator[TextEntry]: ...

    @abstractmethod
    def named(self, slug: str) -> TextEntry | None:
        """The one of that name; None where there is none."""

    def slugs(self) -> Iterable[str]:
        """Their names, in order."""
        return (text.slug for text in self)


class LinkEntries(Sequence[LinkEntry]):
    """The links of an archive, of which some can be asked for."""

    @abstractmethod
    def __iter__(self) -> Iterator[LinkEntry]: ...

    def uids(self) -> Iterator[str]:
        """Their uids, in order."""
        return (entry.uid for entry in self)

    @abstractmethod
    def at(self, uids: Collection[str]) -> Iterable[LinkEntry]:
        """Those from or to any highlight with one of these uids, in order."""


def text_of(archive: Archive, slug: str) -> TextEntry | None:
    """The text of that name; None where the archive has none."""
    if isinstance(archive.texts, TextEntries):
        return archive.texts.named(slug)
    return next((text for text in archive.texts if text.slug == slug), None)


class Bodies:
    """The bodies of an archive's texts; those that were last asked for stay in memory."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._kept: dict[str, tuple[str, ...]] = {}
        self._size = 0

    def of(self, slug: str, version: int | None) -> str | None:
        """The body of a version of a text, by default the present one; None where the archive has none."""
        if slug not in self._kept:
            self._keep(slug)
        versions = self._kept[slug]
        return versions[(version or len(versions)) - 1] if versions else None

    def _keep(self, slug: str) -> None:
        text = text_of(self._archive, slug)
        bodies = tuple(version.body for version in text.versions) if text else ()
        self._size += sum(map(len, bodies))
        self._kept[slug] = bodies
        while self._size > _BODIES_KEPT and len(self._kept) > 1:
            self._size -= sum(map(len, self._kept.pop(next(iter(self._kept)))))


_BODIES_KEPT = 8_000_000
"""Characters."""


def headers(archive: Archive) -> dict[str, TextEntry]:
    """The texts of an archive by slug, their versions without bodies: who goes through them has one in memory."""
    return {
        text.slug: text._replace(versions=tuple(version._replace(body="") for version in text.versions))
        for text in archive.texts
    }


def highlights_of(archive: Archive) -> HighlightEntries:
    """The highlights of an archive, to be asked for some of them."""
    there = archive.highlights
    return there if isinstance(there, HighlightEntries) else _HighlightsInMemory(there)


def links_of(archive: Archive) -> LinkEntries:
    """The links of an archive, to be asked for some of them."""
    return archive.links if isinstance(archive.links, LinkEntries) else _LinksInMemory(archive.links)


class _HighlightsInMemory(HighlightEntries):
    def __init__(self, entries: Sequence[HighlightEntry]) -> None:
        self._entries = entries
        self._of: dict[str, list[HighlightEntry]] = defaultdict(list)
        for entry in entries:
            self._of[entry.text].append(entry)
        self._named = {entry.uid: entry for entry in entries}

    def __len__(self) -> int:
        return len(self._entries)

    def __iter__(self) -> Iterator[HighlightEntry]:
        return iter(self._entries)

    @overload
    def __getitem__(self, place: int, /) -> HighlightEntry: ...
    @overload
    def __getitem__(self, place: slice, /) -> Sequence[HighlightEntry]: ...
    def __getitem__(self, place: int | slice, /) -> HighlightEntry | Sequence[HighlightEntry]:
        return self._entries[place]

    def of(
        self, text: str, sorting: Sorting, *, orphans: bool | None = None, bare: bool = False
    ) -> Iterable[HighlightEntry]:
        found = [
            entry
            for entry in self._of.get(text, ())
            if orphans is None or (entry.anchor is Anchor.ORPHAN) is orphans
        ]
        if sorting is Sorting.PLACE:
            found.sort(key=reading_order)
        elif sorting is Sorting.TIME:
            found.sort(key=lambda entry: entry.created)
        return found

    def named(self, uids: Collection[str]) -> Mapping[str, HighlightEntry]:
        return {uid: self._named[uid] for uid in uids if uid in self._named}


class _LinksInMemory(LinkEntries):
    def __init__(self, entries: Sequence[LinkEntry]) -> None:
        self._entries = entries
        self._at: dict[str, list[int]] = defaultdict(list)
        for number, entry in enumerate(entries):
            for end in {entry.left, entry.right}:
                self._at[end].append(number)

    def __len__(self) -> int:
        return len(self._entries)

    def __iter__(self) -> Iterator[LinkEntry]:
        return iter(self._entries)

    @overload
    def __getitem__(self, place: int, /) -> LinkEntry: ...
    @overload
    def __getitem__(self, place: slice, /) -> Sequence[LinkEntry]: ...
    def __getitem__(self, place: int | slice, /) -> LinkEntry | Sequence[LinkEntry]:
        return self._entries[place]

    def at(self, uids: Collection[str]) -> Iterable[LinkEntry]:
        numbers = {number for uid in uids for number in self._at.get(uid, ())}
        return [self._entries[number] for number in sorted(numbers)]


def reading_order(entry: HighlightEntry) -> tuple[int, int, int]:
    """Where a highlight comes in its text."""
    parts = sorted(entry.parts)
    return (parts[0].start, parts[0].end, parts[-1].end) if parts else (0, 0, 0)
