"""Saving a note that was being written while other programs were at work.

What was typed is never thrown away, and what another program wrote meanwhile is never replaced unseen: both are kept,
or the words go to a note that is there. Each function runs inside one transaction.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from store.errors import NotFound, TextChanged
from store.library import Library
from store.records import Draft, Highlight, Link
from store.sanitize import truncate
from texts.model import Span, Text
from texts.short_titles import short_title

_BETWEEN = "\n\n"
_DIGITS = 18
"""What has more is no number of a row."""


class SavedNote(NamedTuple):
    """Result of saving a note."""

    highlight: Highlight | None = None
    """The highlight that carries it, as it now is; None where it is on something else."""
    told: str = ""
    """What the reader has to know; empty where the note was saved as it was written."""
    text: str | None = None
    """Slug of the text in whose note the words are, where `apart`; None for the note on the library."""
    apart: bool = False
    """Whether the words are in another note than they were written for."""


class NoteSubject(Protocol):
    """What a note is written on, as the reader saw it when they began."""

    @property
    def key(self) -> str:
        """Name under which its draft is kept, such as `highlight:12`, `text:editorial`, `library`."""

    @property
    def seen(self) -> str:
        """The words that it had."""

    def begun_with(self, seen: str) -> NoteSubject:
        """The same, for who began when it had these words."""

    def save(self, library: Library, note: str) -> SavedNote:
        """Writes the note; see the module. Raises LibraryError where nothing can be written at all."""


@dataclass(frozen=True, slots=True)
class HighlightNote:
    """The note of a highlight."""

    highlight: Highlight

    @property
    def key(self) -> str:
        """Name of its draft."""
        return f"highlight:{self.highlight.id}"

    @property
    def seen(self) -> str:
        """The words that it had."""
        return self.highlight.note

    def begun_with(self, seen: str) -> HighlightNote:
        """The same, for who began when it had these words."""
        return HighlightNote(self.highlight._replace(note=seen))

    def save(self, library: Library, note: str) -> SavedNote:
        """Writes the note; on the text where the highlight has been deleted."""
        number = self.highlight.id
        now = library.highlights.present([number]).get(number)
        if now is None:
            gone = f"highlight {number} is gone"
            return _keep_apart(library, self.highlight.text, self.highlight.quote, note, gone)
        kept, told = _merged(self.seen, now.note, note)
        (highlight,) = library.highlights.note(number, kept)
        return SavedNote(highlight, told)


@dataclass(frozen=True, slots=True)
class PlaceNote:
    """A note on words that are no highlight yet, and become one with it."""

    text: Text
    parts: tuple[Span, ...]
    tags: Sequence[str] = ()

    @property
    def key(self) -> str:
        """Name of its draft."""
        places = ",".join(f"{part.start}-{part.end}" for part in self.parts)
        return f"place:{self.text.slug}:{places}:{self.text.sha256[:16]}"

    @property
    def seen(self) -> str:
        """There was none."""
        return ""

    def begun_with(self, seen: str) -> PlaceNote:
        """The same: there was none."""
        return self

    @property
    def quote(self) -> str:
        """The words that it is on."""
        return " … ".join(self.text.quote(part) for part in self.parts)

    def save(self, library: Library, note: str) -> SavedNote:
        """Highlights the words with the note; where they are gone, the note is on the text."""
        slug = self.text.slug
        try:
            highlight = library.highlights.mark(
                slug, self.parts, tags=self.tags, note=note, version=self.text.sha256
            )
        except (TextChanged, NotFound) as problem:
            name = short_title(self.text.title) or slug
            gone = (
                f"{name} no longer has these words"
                if isinstance(problem, TextChanged)
                else f"{name} is no longer there"
            )
            return _keep_apart(library, slug, self.quote, note, gone)
        return SavedNote(highlight)


@dataclass(frozen=True, slots=True)
class TextNote:
    """This reader's note on a text, or on the library where the slug is None."""

    text: str | None
    seen: str = ""

    @property
    def key(self) -> str:
        """Name of its draft."""
        return "library" if self.text is None else f"text:{self.text}"

    def begun_with(self, seen: str) -> TextNote:
        """The same, for who began when it had these words."""
        return TextNote(self.text, seen)

    def save(self, library: Library, note: str) -> SavedNote:
        """Writes the note; on the library where the text is gone."""
        if self.text is not None and not library.texts.has(self.text):
            return _keep_apart(library, self.text, self.text, note, f"{self.text} is no longer there")
        mine = library.notes.mine(self.text)
        kept, told = _merged(self.seen, mine.words if mine else "", note)
        library.notes.write(kept, self.text)
        return SavedNote(told=told)


@dataclass(frozen=True, slots=True)
class LinkNote:
    """The note of a link."""

    link: Link
    end: Highlight
    """The highlight that it starts from."""

    @property
    def key(self) -> str:
        """Name of its draft."""
        return f"link:{self.link.id}"

    @property
    def seen(self) -> str:
        """The words that it had."""
        return self.link.note

    def begun_with(self, seen: str) -> LinkNote:
        """The same, for who began when it had these words."""
        return LinkNote(self.link._replace(note=seen), self.end)

    def save(self, library: Library, note: str) -> SavedNote:
        """Writes the note; on the text where the link starts, if the link has been deleted."""
        try:
            now = library.links.get(self.link.id)
        except NotFound:
            gone = f"link {self.link.id} is gone"
            return _keep_apart(library, self.end.text, self.end.quote, note, gone)
        kept, told = _merged(self.seen, now.note, note)
        library.links.edit(self.link.id, note=kept)
        return SavedNote(told=told)


def subject_of_draft(library: Library, draft: Draft) -> NoteSubject:
    """What a draft was written on; where that is gone, this reader's note on its text, or on the library."""
    kind, _, rest = draft.on.partition(":")
    number = int(rest) if rest.isdecimal() and len(rest) <= _DIGITS else 0
    if kind == "highlight" and (found := library.highlights.present([number])):
        return HighlightNote(found[number]).begun_with(draft.seen)
    if kind == "link":
        link = next((each for each in library.links.list() if each.id == number), None)
        if link is not None:
            return LinkNote(link, library.highlights.get(link.left)).begun_with(draft.seen)
    slug = rest.partition(":")[0] if kind in ("text", "place") else ""
    text = slug if slug and library.texts.has(slug) else None
    place = _place_of_draft(library, rest) if kind == "place" and text else None
    return place or TextNote(text, draft.seen)


def _place_of_draft(library: Library, rest: str) -> PlaceNote | None:
    """The words that a draft was on, in the version in which they were chosen; None where that is not known."""
    try:
        slug, places, digest = rest.split(":")
        parts = tuple(Span(*map(int, place.split("-"))) for place in places.split(","))
    except (ValueError, TypeError):
        return None
    for version in library.texts.versions(slug):
        if version.sha256.startswith(digest):
            return PlaceNote(library.texts.version(slug, version.number), parts)
    return None


def _merged(seen: str, now: str, mine: str) -> tuple[str, str]:
    """The note to keep of what it was, what it is by now and what was typed; and what has to be told."""
    if now in (seen, mine) or not now.strip():
        return mine, ""
    if mine == seen or not mine.strip() or now.endswith(_BETWEEN + mine):
        return now, "the note changed elsewhere: it is as that left it"
    if mine.startswith(now + "\n"):
        return mine, ""
    return now + _BETWEEN + mine, "the note changed elsewhere: both are kept, yours below"


def _keep_apart(library: Library, slug: str, quote: str, note: str, why: str) -> SavedNote:
    """Keeps words whose subject is gone in this reader's note on the text, or on the library."""
    if not note.strip():
        return SavedNote(told=why)
    text = slug if library.texts.has(slug) else None
    quoted = "\n".join(f"> {line}" for line in quote.splitlines()) or "> "
    mine = library.notes.mine(text)
    words = _BETWEEN.join([*([mine.words] if mine else []), quoted, note])
    library.notes.write(words, text)
    where = "the library" if text is None else text
    return SavedNote(None, f"{truncate(why, 80)}: your words are in your note on {where}", text, apart=True)
