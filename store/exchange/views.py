"""An archive as people read it: text by text, each highlight where it stands now, with its tags and its links."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from store.exchange.archive import Archive, HighlightEntry, LinkEntry, NoteEntry, TagEntry, TextEntry
from store.records import Anchor
from texts.model import Span, Text
from texts.segment import passages

UNTAGGED = "grey"
"""The colour of a highlight without a tag."""

_UUID = re.compile(r"[0-9a-f]{32}")


class Shown(NamedTuple):
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


class Sheet(NamedTuple):
    """A text in its present version, with what was made of it."""

    entry: TextEntry
    text: Text
    standing: tuple[Shown, ...]
    """Those with a place, in the order of the body."""
    gone: tuple[Shown, ...]
    """Those without: orphans, and all where the archive carries no bodies."""
    notes: tuple[NoteEntry, ...]

    @property
    def title(self) -> str:
        """Its title, or else its name."""
        return self.entry.title or self.entry.slug


class Thread(NamedTuple):
    """A link as seen from one of its highlights."""

    link: LinkEntry
    other: Shown
    outgoing: bool

    @property
    def phrase(self) -> str:
        """`supports →` to the other one, `← supports` from it, `same ↔` where it is mutual."""
        if self.link.mutual:
            return f"{self.link.kind} ↔"
        return f"{self.link.kind} →" if self.outgoing else f"← {self.link.kind}"


class View(NamedTuple):
    """All of an archive that a page or a book of notes shows."""

    sheets: tuple[Sheet, ...]
    notes: tuple[NoteEntry, ...]
    """On the library."""
    tags: Mapping[str, TagEntry]
    """By path, those that highlights carry but the codebook lacks included."""
    placed: Mapping[str, Shown]
    """By uid."""
    links: tuple[LinkEntry, ...]
    """Those with both ends among the highlights."""
    threads: Mapping[str, Sequence[Thread]]
    """By uid of the highlight from which they are seen."""
    numbers: Mapping[str, int]
    """Of tags, by path: short names for them."""
    several_readers: bool
    """Whether highlights are by more than one, so that it matters who made which."""

    def title(self, slug: str) -> str:
        """Of the text of that name."""
        return next((sheet.title for sheet in self.sheets if sheet.entry.slug == slug), slug)

    def colour(self, highlight: HighlightEntry) -> str:
        """Of its first tag."""
        return self.tags[highlight.tags[0]].colour if highlight.tags else UNTAGGED


class Piece(NamedTuple):
    """A stretch of the body that the same highlights cover."""

    span: Span
    covering: tuple[int, ...]
    """Indexes of the highlights, in the order in which they start."""


def view_of(archive: Archive) -> View:
    """An archive as people read it."""
    of_text: dict[str, list[HighlightEntry]] = defaultdict(list)
    for highlight in archive.highlights:
        of_text[highlight.text].append(highlight)
    known = {text.slug for text in archive.texts}
    nameless = [TextEntry(slug, "", "", "", "", ()) for slug in sorted(of_text.keys() - known)]
    sheets = tuple(_sheet(text, of_text[text.slug], archive.notes) for text in (*archive.texts, *nameless))
    placed = {one.entry.uid: one for sheet in sheets for one in (*sheet.standing, *sheet.gone)}
    links = tuple(link for link in archive.links if link.left in placed and link.right in placed)
    library_notes = tuple(note for note in archive.notes if note.text is None)
    tags = _tags(archive)
    return View(
        sheets,
        library_notes,
        tags,
        placed,
        links,
        _threads(links, placed),
        {path: number for number, path in enumerate(tags)},
        len({highlight.reader for highlight in archive.highlights}) > 1,
    )


def anchor(uid: str) -> str:
    """A short name of letters, digits and a hyphen: what block names and addresses may consist of everywhere.

    It begins a UUID, so that a note can be told from the lossless export; what is no UUID is hashed.
    """
    compact = uid.replace("-", "").lower()
    if not _UUID.fullmatch(compact):
        compact = hashlib.sha256(uid.encode(errors="replace")).hexdigest()
    return f"h-{compact[:12]}"


def pieces(body: str, standing: Sequence[Shown], cuts: Iterable[int] = ()) -> Iterator[Piece]:
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
        yield Piece(Span(start, end), tuple(covering))


def by_line(sheet: Sheet) -> str:
    """Author and source, as far as they are known."""
    return " · ".join(filter(None, (sheet.entry.author, sheet.entry.source)))


def _sheet(entry: TextEntry, highlights: Sequence[HighlightEntry], notes: Sequence[NoteEntry]) -> Sheet:
    text = _present(entry)
    placed = [_place(text, len(entry.versions), highlight) for highlight in highlights]
    standing = sorted((one for one in placed if one.parts), key=lambda one: (one.parts[0], one.parts[-1].end))
    gone = tuple(one for one in placed if not one.parts)
    return Sheet(entry, text, tuple(standing), gone, tuple(note for note in notes if note.text == entry.slug))


def _present(entry: TextEntry) -> Text:
    """The text in its last version; without a body where none is carried."""
    if not entry.versions:
        return Text(entry.slug, entry.title, entry.author, entry.source, "", ())
    version = entry.versions[-1]
    found = passages(version.body, furniture=version.furniture, overrides=dict(version.overrides))
    return Text(entry.slug, entry.title, entry.author, entry.source, version.body, found)


def _place(text: Text, versions: int, highlight: HighlightEntry) -> Shown:
    if highlight.anchor is Anchor.ORPHAN or highlight.version not in (None, versions):
        return Shown(highlight, (), None)
    parts = joined(
        Span(max(0, part.start), min(part.end, len(text.body)))
        for part in sorted(highlight.parts)
        if part.start < len(text.body) and part.end > max(0, part.start)
    )
    passage = text.passage_at(parts[0].start) if parts else None
    return Shown(highlight, parts, passage.number if passage else None)


def joined(parts: Iterable[Span]) -> tuple[Span, ...]:
    """Parts in order, those that touch made one."""
    joined: list[Span] = []
    for part in parts:
        if joined and part.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, part.end))
        else:
            joined.append(part)
    return tuple(joined)


def _tags(archive: Archive) -> dict[str, TagEntry]:
    known = {tag.path: tag._replace(colour=tag.colour or UNTAGGED) for tag in archive.tags}
    used = dict.fromkeys(path for highlight in archive.highlights for path in highlight.tags)
    return known | {path: TagEntry(path, UNTAGGED) for path in used if path not in known}


def _threads(links: Iterable[LinkEntry], placed: Mapping[str, Shown]) -> dict[str, list[Thread]]:
    threads: dict[str, list[Thread]] = defaultdict(list)
    for link in links:
        threads[link.left].append(Thread(link, placed[link.right], True))
        if link.right != link.left:
            threads[link.right].append(Thread(link, placed[link.left], False))
    return threads
