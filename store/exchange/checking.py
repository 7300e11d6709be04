"""Whether an archive holds together: a file may come from anybody, and be wrong by accident or on purpose.

What is wrong is named by its place, as in `highlights[3].parts[0]: ends before it starts`. Whether the library has
what an archive does not carry is for `store.merge` to say.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from store.codebook import PALETTE, QUICK
from store.errors import LibraryError
from store.exchange.archive import (
    Archive,
    DismissedEntry,
    HighlightEntry,
    LinkEntry,
    NameEntry,
    NoteEntry,
    TagEntry,
    TextEntry,
    VersionEntry,
)
from store.sanitize import tag_path, truncate
from texts.lazy_pattern import lazy_pattern
from texts.model import Span

MOST_CHARACTERS = 50_000_000
"""Of a body or a note."""

MOST_ENTRIES = 1_000_000
"""Of one kind."""

LONGEST_KIND = 60
"""Characters of the kind of a link."""

_SLUG = lazy_pattern(r"[a-z0-9-]{1,100}")
_UID = lazy_pattern(r"[!-~]{1,100}")
_TIME = lazy_pattern(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z")
_DIGEST = lazy_pattern(r"[0-9a-f]{64}")
_LETTER = lazy_pattern(r"[A-Za-z0-9]")
_UNSTORABLE = lazy_pattern("[\0\ud800-\udfff]")

Entry = TypeVar("Entry")


def fault(where: str, reason: str) -> LibraryError:
    """What is wrong with an archive, and where."""
    return LibraryError(f"{where}: {reason}")


def is_time(said: str) -> bool:
    """Whether it is a time as archives have it: ISO 8601 UTC with a Z."""
    return _TIME.fullmatch(said) is not None


def digest(body: str) -> str:
    """The SHA-256 of a body, in hexadecimal."""
    return hashlib.sha256(body.encode()).hexdigest()


def check(archive: Archive) -> None:
    """Raises LibraryError for the first thing that does not hold."""
    _check_texts(archive.texts)
    _check_tags(archive.tags)
    bodies = _Bodies(archive.texts)
    _unique("highlights", "uid", (one.uid for one in (*archive.highlights, *archive.mentioned)))
    for name, highlights in (("highlights", archive.highlights), ("mentioned", archive.mentioned)):
        for where, highlight in _each(name, highlights):
            _check_highlight(where, highlight, bodies)
    _unique("links", "uid", (link.uid for link in archive.links))
    for where, link in _each("links", archive.links):
        _check_link(where, link)
    _unique("notes", "uid", (note.uid for note in archive.notes))
    for where, note in _each("notes", archive.notes):
        _check_note(where, note)
    for where, dismissed in _each("dismissed", archive.dismissed):
        _check_dismissed(where, dismissed, bodies)
    for where, ruling in _each("names", archive.names):
        _check_name(where, ruling)


class _Bodies:
    """The bodies that an archive carries, by text and version."""

    def __init__(self, texts: Iterable[TextEntry]) -> None:
        self._versions: Mapping[str, Sequence[VersionEntry]] = {text.slug: text.versions for text in texts}

    def check_place(self, where: str, slug: str, version: int | None, parts: Sequence[Span]) -> None:
        """Raises LibraryError for parts that no body can have, or that the body that is meant does not have."""
        versions = self._versions.get(slug, ())
        if version is not None and (version < 1 or (versions and version > len(versions))):
            raise fault(f"{where}.version", f"there is no version {version} of “{truncate(slug)}”")
        body = versions[(version or len(versions)) - 1].body if versions else ""
        previous = 0
        for number, part in enumerate(parts):
            if part.end <= part.start:
                raise fault(f"{where}.parts[{number}]", "ends before it starts")
            if part.start < previous:
                raise fault(f"{where}.parts[{number}]", "starts before the text or the part before it ends")
            if part.end > (len(body) if body else MOST_CHARACTERS):
                raise fault(f"{where}.parts[{number}]", f"ends at {part.end}, past the end of its text")
            previous = part.end


def _each(name: str, entries: Sequence[Entry]) -> Iterator[tuple[str, Entry]]:
    """Each entry with its place in the archive."""
    if len(entries) > MOST_ENTRIES:
        raise fault(name, f"has {len(entries):,} entries: {MOST_ENTRIES:,} is the most")
    return ((f"{name}[{number}]", entry) for number, entry in enumerate(entries))


def _unique(name: str, field: str, values: Iterable[str]) -> None:
    seen: dict[str, int] = {}
    for number, value in enumerate(values):
        if seen.setdefault(value, number) != number:
            raise fault(f"{name}[{number}].{field}", f"{name}[{seen[value]}] has “{truncate(value)}” already")


def _check_texts(texts: Sequence[TextEntry]) -> None:
    _unique("texts", "slug", (text.slug for text in texts))
    for where, text in _each("texts", texts):
        if not _SLUG.fullmatch(text.slug):
            raise fault(f"{where}.slug", "a slug is made of up to 100 small letters, digits and hyphens")
        _check_words(where, title=text.title, author=text.author, source=text.source)
        _check_times(where, added=text.added)
        _check_language(where, text.language)
        for within, version in _each(f"{where}.versions", text.versions):
            _check_version(within, version)


def _check_language(where: str, language: str) -> None:
    if not language:
        return
    from texts.languages.telling import NAMES

    if language not in NAMES:
        raise fault(
            f"{where}.language", f"“{truncate(language)}” is no code of a language that is known here"
        )


def _check_version(where: str, version: VersionEntry) -> None:
    _check_words(where, body=version.body, source=version.source, reader=version.reader)
    _check_times(where, added=version.added)
    if not _DIGEST.fullmatch(version.sha256):
        raise fault(f"{where}.sha256", "is no SHA-256 in hexadecimal digits")
    if version.body and digest(version.body) != version.sha256:
        raise fault(f"{where}.sha256", "is not that of the body: the file was changed or damaged")
    for start, _ in version.overrides:
        if not 0 <= start <= len(version.body):
            raise fault(f"{where}.overrides", f"{start} is no place in the body")
    _unique(f"{where}.overrides", "start", (str(start) for start, _ in version.overrides))


def _check_tags(tags: Sequence[TagEntry]) -> None:
    _unique("codebook", "path", (tag.path for tag in tags))
    _unique_digits(tags)
    for where, tag in _each("codebook", tags):
        _check_path(f"{where}.path", tag.path)
        _check_words(where, description=tag.description)
        if tag.colour and tag.colour not in PALETTE:
            raise fault(f"{where}.colour", f"“{truncate(tag.colour)}” is none of {', '.join(PALETTE)}")
        if tag.letter and not _LETTER.fullmatch(tag.letter):
            raise fault(f"{where}.letter", "is no letter A–Z, a–z or digit")
        if tag.quick is not None and tag.quick not in QUICK:
            raise fault(f"{where}.quick", f"{tag.quick} is no digit from 1 to 9")


def _unique_digits(tags: Sequence[TagEntry]) -> None:
    seen: dict[int, int] = {}
    for number, tag in enumerate(tags):
        if tag.quick is not None and seen.setdefault(tag.quick, number) != number:
            raise fault(f"codebook[{number}].quick", f"codebook[{seen[tag.quick]}] has {tag.quick} already")


def _check_highlight(where: str, highlight: HighlightEntry, bodies: _Bodies) -> None:
    _check_uid(where, highlight.uid)
    bodies.check_place(where, highlight.text, highlight.version, highlight.parts)
    if not highlight.quote and not highlight.parts:
        raise fault(where, "has neither a quote nor a place")
    _check_words(
        where,
        text=highlight.text,
        quote=highlight.quote,
        before=highlight.before,
        after=highlight.after,
        note=highlight.note,
        reader=highlight.reader,
    )
    _check_times(where, created=highlight.created, updated=highlight.updated)
    for number, path in enumerate(highlight.tags):
        _check_path(f"{where}.tags[{number}]", path)
    if not 0 <= highlight.confidence <= 100:
        raise fault(f"{where}.confidence", "is not between 0 and 100")


def _check_link(where: str, link: LinkEntry) -> None:
    _check_uid(where, link.uid)
    if link.left == link.right:
        raise fault(where, "links a highlight to itself")
    if not link.kind or len(link.kind) > LONGEST_KIND:
        raise fault(f"{where}.kind", f"a kind has 1 to {LONGEST_KIND} characters")
    _check_words(where, kind=link.kind, note=link.note, reader=link.reader)
    _check_times(where, created=link.created, updated=link.updated)


def _check_note(where: str, note: NoteEntry) -> None:
    _check_uid(where, note.uid)
    _check_words(where, text=note.text or "", words=note.words, reader=note.reader)
    _check_times(where, created=note.created, updated=note.updated)


def _check_dismissed(where: str, dismissed: DismissedEntry, bodies: _Bodies) -> None:
    bodies.check_place(f"{where}.left", dismissed.left, dismissed.left_version, [dismissed.left_span])
    bodies.check_place(f"{where}.right", dismissed.right, dismissed.right_version, [dismissed.right_span])
    _check_words(where, reader=dismissed.reader)
    _check_times(where, created=dismissed.created)


def _check_name(where: str, name: NameEntry) -> None:
    _check_words(where, one=name.one, other=name.other, reader=name.reader)
    _check_times(where, created=name.created)
    from store.name_rules import spelling
    from texts.naming import spelling_key

    for field, written in (("one", name.one), ("other", name.other)):
        try:
            spelt = spelling(written)
        except LibraryError as error:
            raise fault(f"{where}.{field}", str(error)) from error
        if spelt != unicodedata.normalize("NFC", written):  # as older libraries have it
            raise fault(f"{where}.{field}", f"{written!a} is spelt {spelt!a} in a library")
    if not name.one < name.other or spelling_key(name.one) == spelling_key(name.other):
        raise fault(where, "two spellings of a name stand here, in the order of the alphabet")


def _check_uid(where: str, uid: str) -> None:
    if not _UID.fullmatch(uid):
        raise fault(f"{where}.uid", "has not 1 to 100 letters, digits and signs")


def _check_path(where: str, path: str) -> None:
    try:
        spelt = tag_path(path)
    except LibraryError as error:
        raise fault(where, str(error)) from error
    if spelt != path:
        raise fault(where, f"{path!a} is spelt {spelt!a} in a library")


def _check_words(where: str, **fields: str) -> None:
    for name, words in fields.items():
        if len(words) > MOST_CHARACTERS:
            raise fault(f"{where}.{name}", f"has {len(words):,} characters: {MOST_CHARACTERS:,} is the most")
        found = None if words.isascii() and "\0" not in words else _UNSTORABLE.search(words)
        if found:
            raise fault(f"{where}.{name}", f"has a character that no file can hold ({found[0]!a})")


def _check_times(where: str, **fields: str) -> None:
    for name, time in fields.items():
        if time and not is_time(time):
            raise fault(f"{where}.{name}", f"“{truncate(time)}” is no time such as 2026-01-31T12:00:00Z")
