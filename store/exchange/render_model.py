"""An archive as people read it: text by text, each highlight where it stands now, with its tags and its links."""

from __future__ import annotations

import hashlib
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from store.exchange.archive import (
    Archive,
    HighlightEntries,
    HighlightEntry,
    LinkEntry,
    NoteEntry,
    Sorting,
    TagEntry,
    TextEntries,
    TextEntry,
    highlights_of,
    links_of,
    text_of,
)
from store.records import Anchor
from texts.lazy_pattern import lazy_pattern
from texts.model import Passages, Span, Text, united
from texts.segment import passages

UNTAGGED = "grey"
"""The colour of a highlight without a tag."""

_UUID = lazy_pattern(r"[0-9a-f]{32}")


class HighlightView(NamedTuple):
    """A highlight and where it stands in the present version of its text."""

    entry: HighlightEntry
    parts: tuple[Span, ...]
    """Into the body, in order; empty where the words are not in it any more."""
    passage: int | None
    """Number of the passage in which it starts; None on furniture and without a place."""

    @property
    def place(self) -> str:
        """`¶9`; empty where there is no number."""
        return "" if self.passage is None else f"¶{self.passage}"

    @property
    def anchor(self) -> str:
        """A name to link to it by."""
        return anchor(self.entry.uid)


class TextView(NamedTuple):
    """A text in its present version, with what was made of it."""

    entry: TextEntry
    text: Text
    standing: tuple[HighlightView, ...]
    """Those with a place, in the order of the body."""
    gone: tuple[HighlightView, ...]
    """Those without: orphans, and all where the archive carries no bodies."""
    notes: tuple[NoteEntry, ...]

    @property
    def title(self) -> str:
        """Its title, or else its name."""
        return self.entry.title or self.entry.slug


class LinkView(NamedTuple):
    """A link as seen from one of its highlights."""

    link: LinkEntry
    other: HighlightView
    outgoing: bool

    @property
    def phrase(self) -> str:
        """`supports →` to the other one, `← supports` from it, `same ↔` where it is mutual."""
        if self.link.mutual:
            return f"{self.link.kind} ↔"
        return f"{self.link.kind} →" if self.outgoing else f"← {self.link.kind}"


class ArchiveView(NamedTuple):
    """All of an archive that a page or a book of notes shows."""

    sheets: tuple[TextView, ...]
    notes: tuple[NoteEntry, ...]
    """On the library."""
    tags: Mapping[str, TagEntry]
    """By path, those that highlights carry but the codebook lacks included."""
    placed: Mapping[str, HighlightView]
    """By uid."""
    links: tuple[LinkEntry, ...]
    """Those with both ends among the highlights."""
    threads: Mapping[str, Sequence[LinkView]]
    """By uid of the highlight from which they are seen."""
    numbers: Mapping[str, int]
    """Of tags, by path: short names for them."""
    several_readers: bool
    """Whether highlights are by more than one, so that it matters who made which."""

    def has(self, slug: str) -> bool:
        """Whether a text of that name is among them."""
        return any(sheet.entry.slug == slug for sheet in self.sheets)

    def title(self, slug: str) -> str:
        """Of the text of that name."""
        return next((sheet.title for sheet in self.sheets if sheet.entry.slug == slug), slug)

    def colour(self, highlight: HighlightEntry) -> str:
        """Of its first tag."""
        return self.tags[highlight.tags[0]].colour if highlight.tags else UNTAGGED


class CoveredSpan(NamedTuple):
    """A stretch of the body that the same highlights cover."""

    span: Span
    covering: tuple[int, ...]
    """Indexes of the highlights, in the order in which they start."""


class ArchiveReading:
    """An archive as people read it, text by text: a few highlights and one body are in memory at a time."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._highlights = highlights_of(archive)
        self._links = links_of(archive)
        self._outlines: dict[str, _Outline] = {}
        self.notes = tuple(note for note in archive.notes if note.text is None)
        """On the library."""
        self.several_readers = len(self._highlights.readers()) > 1
        """Whether highlights are by more than one, so that it matters who made which."""

    @cached_property
    def tags(self) -> Mapping[str, TagEntry]:
        """By path, those that highlights carry but the codebook lacks included."""
        known = {tag.path: tag._replace(colour=tag.colour or UNTAGGED) for tag in self._archive.tags}
        used = self._highlights.uses()
        return known | {path: TagEntry(path, UNTAGGED) for path in used if path not in known}

    def slugs(self) -> list[str]:
        """Of the texts in their order, then of those without a body that highlights stand in."""
        texts = self._archive.texts
        known = list(texts.slugs() if isinstance(texts, TextEntries) else (text.slug for text in texts))
        if isinstance(self._archive.highlights, HighlightEntries):
            return known  # a library has all of its texts
        return known + sorted({entry.text for entry in self._archive.highlights} - set(known))

    def texts(self) -> Iterator[TextReading]:
        """The texts in the order of `slugs`."""
        for slug in self.slugs():
            entry = text_of(self._archive, slug) or _nameless(slug)
            yield TextReading(entry, self._archive.notes, self._highlights)

    def title(self, slug: str) -> str:
        """Of the text of that name."""
        return self._outline(slug).title

    def threads(self, some: Iterable[HighlightView]) -> dict[str, list[LinkView]]:
        """The links as seen from each of some highlights, by uid."""
        near = {one.entry.uid for one in some}
        links = list(self._links.at(near))
        far = self._highlights.named({end for link in links for end in (link.left, link.right)})
        placed = {uid: self._placed(entry) for uid, entry in far.items()}
        there = (link for link in links if link.left in placed and link.right in placed)
        threads = _threads(there, placed)
        return {uid: found for uid, found in threads.items() if uid in near}

    def _placed(self, entry: HighlightEntry) -> HighlightView:
        outline = self._outline(entry.text)
        return _place(outline.text, outline.length, outline.versions, entry)

    def _outline(self, slug: str) -> _Outline:
        if slug not in self._outlines:
            entry = text_of(self._archive, slug) or _nameless(slug)
            text = _present(entry)
            found = text.passages
            numbers = [passage.number or 0 for passage in found]
            starts, ends = ([passage.span[side] for passage in found] for side in (0, 1))
            packed = Passages(*(array("I", column) for column in (starts, ends, numbers)))
            shell = text._replace(body="", passages=packed)
            self._outlines[slug] = _Outline(entry.title or slug, shell, len(text.body), len(entry.versions))
        return self._outlines[slug]


class _Outline(NamedTuple):
    """What of a text stays in memory, so that links can say where they lead."""

    title: str
    text: Text
    """Without its body."""
    length: int
    """Of the body."""
    versions: int


class TextReading:
    """A text in its present version, with what was made of it, read as it is asked for."""

    def __init__(self, entry: TextEntry, notes: Iterable[NoteEntry], highlights: HighlightEntries) -> None:
        self.entry = entry
        self.text = _present(entry)
        self.title = entry.title or entry.slug
        """Or else its name."""
        self.notes = tuple(note for note in notes if note.text == entry.slug)
        self._highlights = highlights
        self._misplaced = False
        """Whether any that is no orphan has no place either."""

    def standing(self, *, bare: bool = False) -> Iterator[HighlightView]:
        """The highlights with a place, in the order of the body; `bare` as of `HighlightEntries.of`."""
        entries = self._highlights.of(self.entry.slug, Sorting.PLACE, orphans=False, bare=bare)
        for one in map(self._shown, entries):
            self._misplaced |= not one.parts
            if one.parts:
                yield one

    def gone(self, *, bare: bool = False) -> Iterator[HighlightView]:
        """Those without, once all others have been read: orphans, and all where the archive carries no bodies."""
        orphans = None if self._misplaced else True
        entries = self._highlights.of(self.entry.slug, Sorting.MADE, orphans=orphans, bare=bare)
        return (one for one in map(self._shown, entries) if not one.parts)

    def _shown(self, highlight: HighlightEntry) -> HighlightView:
        return _place(self.text, len(self.text.body), len(self.entry.versions), highlight)


def _nameless(slug: str) -> TextEntry:
    """What is known of a text that the archive does not have."""
    return TextEntry(slug, "", "", "", "", ())


def view_of(archive: Archive) -> ArchiveView:
    """An archive as people read it, all of it in memory."""
    reading = ArchiveReading(archive)
    sheets = tuple(
        TextView(each.entry, each.text, tuple(each.standing()), tuple(each.gone()), each.notes)
        for each in reading.texts()
    )
    placed = {one.entry.uid: one for sheet in sheets for one in (*sheet.standing, *sheet.gone)}
    links = tuple(link for link in archive.links if link.left in placed and link.right in placed)
    return ArchiveView(
        sheets,
        reading.notes,
        reading.tags,
        placed,
        links,
        _threads(links, placed),
        {path: number for number, path in enumerate(reading.tags)},
        reading.several_readers,
    )


def anchor(uid: str) -> str:
    """A short name of letters, digits and a hyphen: what block names and addresses may consist of everywhere.

    It begins a UUID, so that a note can be told from the lossless export; what is no UUID is hashed.
    """
    compact = uid.replace("-", "").lower()
    if not _UUID.fullmatch(compact):
        compact = hashlib.sha256(uid.encode(errors="replace")).hexdigest()
    return f"h-{compact[:12]}"


def pieces(body: str, standing: Sequence[HighlightView], cuts: Iterable[int] = ()) -> Iterator[CoveredSpan]:
    """The whole body in stretches, cut wherever a part of a highlight starts or ends, and where it is asked for."""
    starts: dict[int, list[int]] = defaultdict(list)
    ends: dict[int, list[int]] = defaultdict(list)
    for index, one in enumerate(standing):
        for part in one.parts:
            starts[part.start].append(index)
            ends[part.end].append(index)
    edges = sorted({0, len(body), *starts, *ends, *cuts})
    covering: list[int] = []
    for start, end in pairwise(edges):
        for index in ends[start]:
            covering.remove(index)
        covering.extend(starts[start])
        yield CoveredSpan(Span(start, end), tuple(covering))


def by_line(sheet: TextView) -> str:
    """Author and source, as far as they are known."""
    return " · ".join(filter(None, (sheet.entry.author, sheet.entry.source)))


def _present(entry: TextEntry) -> Text:
    """The text in its last version; without a body where none is carried."""
    if not entry.versions:
        return Text(entry.slug, entry.title, entry.author, entry.source, "", (), entry.language)
    version = entry.versions[-1]
    found = passages(version.body, furniture=version.furniture, overrides=dict(version.overrides))
    return Text(entry.slug, entry.title, entry.author, entry.source, version.body, found, entry.language)


def _place(text: Text, length: int, versions: int, highlight: HighlightEntry) -> HighlightView:
    """A highlight in a text with a body of that length and so many versions."""
    if highlight.anchor is Anchor.ORPHAN or highlight.version not in (None, versions):
        return HighlightView(highlight, (), None)
    inside = (Span(max(0, part.start), min(part.end, length)) for part in highlight.parts)
    parts = united(part for part in inside if part.start < part.end)
    passage = text.passage_at(parts[0].start) if parts else None
    return HighlightView(highlight, parts, passage.number if passage else None)


def _threads(links: Iterable[LinkEntry], placed: Mapping[str, HighlightView]) -> dict[str, list[LinkView]]:
    threads: dict[str, list[LinkView]] = defaultdict(list)
    for link in links:
        threads[link.left].append(LinkView(link, placed[link.right], True))
        if link.right != link.left:
            threads[link.right].append(LinkView(link, placed[link.left], False))
    return threads
