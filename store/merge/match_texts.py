"""Where the texts of an archive go: to a text that the library has, or to a new one.

A text is the same where the present bodies are, whatever the slugs; else where the two have a version in common. Its
versions are taken over. Where only the archive has a newer one, that becomes the present version, as by an update;
where both have, the library's stays, and the archive's is kept as an earlier one. Of formats that do not keep white
space, `white_space` has made the bodies those of the library before.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from store.errors import TextAbsent
from store.exchange.archive import Archive, TextEntry, VersionEntry
from store.exchange.checking import digest
from store.exchange.foreign import is_address, is_slug, page_of
from store.sanitize import one_line, truncate
from texts.languages.telling import NAMES
from texts.load.titles import slugify
from texts.model import Passage, Span

if TYPE_CHECKING:
    from store.library import Library

_NOTHING = digest("")


class TextMatch(NamedTuple):
    """Where a text goes."""

    entry: TextEntry
    slug: str
    """In the library."""
    text_id: int | None
    """None for a text that is new."""
    digests: tuple[str, ...]
    """Of all its versions once the archive is in, the present one last."""
    added: tuple[VersionEntry, ...]
    """Those that the library does not have, in the order in which they are added."""
    overrides: tuple[tuple[str, int, bool], ...]
    """The word on furniture that the library does not have, in versions that it has: digest, start, value."""
    language: str = ""
    """What the archive says of its language, where the library's readers have said nothing."""

    @property
    def present(self) -> str:
        """Digest of the version that highlights stand in."""
        return self.digests[-1]

    def digest_of(self, version: int | None) -> str | None:
        """Digest of a version of the archive's text; None where the archive does not say."""
        versions = self.entry.versions
        return versions[(version or len(versions)) - 1].sha256 if versions else None


class _LibraryText(NamedTuple):
    """A text of the library."""

    text_id: int
    slug: str
    title: str
    source: str
    language: str
    digests: tuple[str, ...]


class TextMatches:
    """The matches of all texts that an archive has or speaks of. Nothing is written here."""

    def __init__(self, library: Library, archive: Archive) -> None:
        """Raises TextAbsent where the archive speaks only of texts that neither it carries nor the library has."""
        self.conflicts: list[str] = []
        self.left_out: list[str] = []
        """Of highlights with gaps the words that stand nowhere, a line each."""
        self.assumed: list[str] = []
        """What a file does not say and was taken as likely, a line each."""
        self.absent: dict[str, str] = {}
        """Texts of an archive with others beside them that neither it carries nor the library has: slug and name."""
        self._titles_hold = "uid" not in archive.unsaid  # another program may have called a text by its file
        self._library = library
        self._connection = library.connection
        self._library_texts = self._read_library_texts()
        self._bodies = {
            version.sha256: version.body
            for text in archive.texts
            for version in text.versions
            if _is_carried(version)
        }
        self._passages: dict[str, Sequence[Passage]] = {}
        self._matches = self._found(archive.texts)

    def __iter__(self) -> Iterator[TextMatch]:
        """In the order of the archive."""
        return iter(self._matches.values())

    def of(self, slug: str, where: str) -> TextMatch:
        """The match of a text by its slug in the archive; raises TextAbsent, naming `where` it was spoken of."""
        match = self._matches.get(slug)
        if match is None:
            match = self._matches[slug] = self._without_body(TextEntry(slug, "", "", "", "", ()), where)
        return match

    def body(self, sha256: str) -> str | None:
        """A body of the archive or the library by its digest."""
        if sha256 not in self._bodies:
            body = self._connection.value("SELECT content FROM body WHERE sha256 = ?", sha256)
            if body is None:
                return None
            self._bodies[sha256] = body
        return self._bodies[sha256]

    def present_body(self, match: TextMatch) -> str:
        """The body that highlights of a text will stand in."""
        body = self.body(match.present)
        assert body is not None
        return body

    def passage(self, match: TextMatch, number: int) -> Span | None:
        """Where a passage of a text stands that the library has, as it is; None for one that it has not."""
        if match.text_id is None or match.added:
            return None
        if match.slug not in self._passages:
            self._passages[match.slug] = self._library.texts.without_body(match.slug).numbered
        there = self._passages[match.slug]
        return there[number - 1].span if 1 <= number <= len(there) else None

    def _read_library_texts(self) -> dict[str, _LibraryText]:
        digests: dict[tuple[int, str, str, str, str], list[str]] = defaultdict(list)
        for *text, sha256 in self._connection.rows(
            """SELECT text.id, slug, title, text.source, text.language, sha256
            FROM version JOIN text ON text.id = text_id JOIN body ON body.id = body_id ORDER BY version.id"""
        ):
            digests[tuple(text)].append(sha256)
        return {text[1]: _LibraryText(*text, tuple(versions)) for text, versions in digests.items()}

    def _found(self, texts: Sequence[TextEntry]) -> dict[str, TextMatch]:
        """The matches by slug: each text of the library is the match of one that is carried, at most."""
        carried = {
            text.slug: text for text in texts if text.versions and all(map(_is_carried, text.versions))
        }
        matches: dict[str, _LibraryText] = {}
        free = dict(self._library_texts)
        for fits in _FITS:
            for text in carried.values():
                match = (
                    None
                    if text.slug in matches
                    else next((one for one in free.values() if fits(text, one)), None)
                )
                if match is not None:
                    matches[text.slug] = free.pop(match.slug)
        taken = set(self._library_texts)
        found: dict[str, TextMatch] = {}
        first: TextAbsent | None = None
        for number, text in enumerate(texts):
            try:
                found[text.slug] = self._match(number, text, carried, matches, taken)
            except TextAbsent as absent:
                first = first or absent
                self.absent[text.slug] = _named(text)
        if first is not None and not found:
            raise first
        return found

    def _match(
        self,
        number: int,
        text: TextEntry,
        carried: Container[str],
        matches: Mapping[str, _LibraryText],
        taken: set[str],
    ) -> TextMatch:
        if text.slug not in carried:
            return self._without_body(text, f"texts[{number}]")
        match = matches.get(text.slug)
        return self._new(text, taken) if match is None else self._joined(text, match)

    def _new(self, text: TextEntry, taken: set[str]) -> TextMatch:
        slugs = (text.slug if number == 1 else f"{text.slug}-{number}" for number in count(1))
        slug = next(slug for slug in slugs if slug not in taken)
        taken.add(slug)
        if slug != text.slug:
            self.conflicts.append(f"another text is called {text.slug}: the one that comes is now {slug}")
        digests = tuple(version.sha256 for version in text.versions)
        return TextMatch(text, slug, None, digests, text.versions, (), text.language)

    def _joined(self, text: TextEntry, match: _LibraryText) -> TextMatch:
        if self._titles_hold and text.title and one_line(text.title) != one_line(match.title):
            self.conflicts.append(
                f"{match.slug} is called “{truncate(match.title)}” here and “{truncate(text.title)}” there: yours stays"
            )
        added = self._additions(text, match)
        digests = match.digests + tuple(version.sha256 for version in added)
        overrides, language = self._new_overrides(text, match), self._new_language(text, match)
        return TextMatch(text, match.slug, match.text_id, digests, added, overrides, language)

    def _new_language(self, text: TextEntry, match: _LibraryText) -> str:
        if text.language and match.language and text.language != match.language:
            here, there = NAMES[match.language], NAMES[text.language]
            self.conflicts.append(f"{match.slug} is taken as {here} here and as {there} there: yours stays")
        return "" if match.language else text.language

    def _additions(self, text: TextEntry, match: _LibraryText) -> tuple[VersionEntry, ...]:
        """The versions that the library lacks; then the present one again, if it is none of them."""
        theirs = [version.sha256 for version in text.versions]
        missing = [version for version in text.versions if version.sha256 not in match.digests]
        if not missing:
            return ()
        present = match.digests[-1]
        last = len(theirs) - 1 - theirs[::-1].index(present) if present in theirs else len(theirs)
        if any(version.sha256 not in match.digests for version in text.versions[last + 1 :]):
            final = text.versions[-1]
        else:
            final = self._present_version(match)
            if theirs[-1] not in match.digests:
                self.conflicts.append(
                    f"{match.slug} was changed here and there: yours stays the present version, theirs is kept as an "
                    "earlier one"
                )
        again = () if missing[-1].sha256 == final.sha256 else (final,)
        return (*missing, *again)

    def _present_version(self, match: _LibraryText) -> VersionEntry:
        row = self._connection.row(
            """SELECT version.id, content, sha256, furniture, source, reader, added FROM version
            JOIN body ON body.id = body_id WHERE text_id = ? ORDER BY version.id DESC""",
            match.text_id,
        )
        assert row is not None
        number, body, sha256, furniture, *rest = row
        return VersionEntry(body, sha256, bool(furniture), tuple(self._overrides(number).items()), *rest)

    def _new_overrides(self, text: TextEntry, match: _LibraryText) -> tuple[tuple[str, int, bool], ...]:
        rows = self._connection.rows(
            """SELECT sha256, max(version.id) FROM version JOIN body ON body.id = body_id
            WHERE text_id = ? GROUP BY sha256""",
            match.text_id,
        )
        ids: dict[str, int] = dict(rows)
        new = []
        for version in text.versions:
            if version.sha256 not in ids or not version.overrides:
                continue
            ours = self._overrides(ids[version.sha256])
            new += [(version.sha256, start, value) for start, value in version.overrides if start not in ours]
            if any(ours.get(start, value) is not value for start, value in version.overrides):
                self.conflicts.append(f"readers differ on what is furniture in {match.slug}: yours stays")
        return tuple(new)

    def _overrides(self, version_id: int) -> dict[int, bool]:
        rows = self._connection.rows(
            "SELECT start, value FROM furniture WHERE version_id = ? ORDER BY start", version_id
        )
        return {start: bool(value) for start, value in rows}

    def _without_body(self, text: TextEntry, where: str) -> TextMatch:
        """The text of the library that is meant: by digest, by an address that is its alone, by slug, title, file."""
        in_library = self._library_texts.values()
        digests = {version.sha256 for version in text.versions}
        of_address = [one for one in in_library if is_address(text.source) and one.source == text.source]
        if not of_address and is_address(text.source):
            page = page_of(text.source)
            of_address = [one for one in in_library if is_address(one.source) and page_of(one.source) == page]
        of_title = [one for one in in_library if text.title and one_line(one.title) == one_line(text.title)]
        of_file = [one for one in in_library if text.title and _file_of(one) == text.title]
        match = (
            next((one for one in in_library if digests.intersection(one.digests)), None)
            or (of_address[0] if len(of_address) == 1 else None)
            or self._library_texts.get(text.slug)
            or (of_title[0] if len(of_title) == 1 else None)
            or (of_file[0] if len(of_file) == 1 else None)
            or (
                self._library_texts.get(slugify(text.title))
                if text.title and not is_slug(text.slug)
                else None
            )
        )
        if match is None:
            raise TextAbsent(
                f"{where}: the text {_named(text)} is neither in the file nor in the library: "
                "add it first with `tui add`, or say with `tui import --text` which text it is"
            )
        return TextMatch(text, match.slug, match.text_id, match.digests, (), ())


def _file_of(one: _LibraryText) -> str:
    """The name of the file that a text comes from, by which other programs call it; empty for an address."""
    return "" if is_address(one.source) else one.source.replace("\\", "/").rpartition("/")[2]


def _named(text: TextEntry) -> str:
    if not text.title:
        return f"“{truncate(text.slug)}”"
    return f"“{truncate(text.title)}”" + (f" ({text.slug})" if is_slug(text.slug) else "")


def _is_carried(version: VersionEntry) -> bool:
    return version.body != "" or version.sha256 == _NOTHING


def _share(text: TextEntry, one: _LibraryText) -> bool:
    return any(version.sha256 in one.digests for version in text.versions)


_FITS: tuple[Callable[[TextEntry, _LibraryText], bool], ...] = (
    lambda text, one: text.slug == one.slug and text.versions[-1].sha256 == one.digests[-1],
    lambda text, one: text.versions[-1].sha256 == one.digests[-1],
    lambda text, one: text.slug == one.slug and _share(text, one),
    _share,
)
"""What makes two texts one, the surest first."""
