"""What other programs write, in the words of this one: ids, times, tags, bodies; and what of it cannot be read."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable, Container, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import unquote
from uuid import UUID

from store.errors import LibraryError
from store.exchange.archive import HighlightEntry, TextEntry, VersionEntry
from store.exchange.checking import is_time
from store.records import Anchor
from store.sanitize import LONGEST_PATH, one_line, tag_path, words
from texts.lazy_pattern import lazy_pattern
from texts.load.titles import numbered, slugify

if TYPE_CHECKING:
    from store.exchange.spreadsheets import SpreadsheetRow

NAMESPACE = UUID("6b0d7ac6-65a2-4f0f-9a54-0b2b2f6f0d61")
"""Of every id that is made from a name; never to change, or a second import would double what the first one made."""

_UUID = lazy_pattern("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_HEXADECIMAL = lazy_pattern("[0-9a-f]{32}")
_SLUG = lazy_pattern("[a-z0-9]+(?:-[a-z0-9]+)*")
_ADDRESS = lazy_pattern("https?://[!-~]+")
_VISIT = lazy_pattern("(?:utm_[a-z_]+|fbclid|gclid|msclkid|mc_[ce]id)=")
_LONGEST_SLUG = 100
_FEWEST_MILLISECONDS = 10**11
"""As seconds a time in the year 5138."""
_DIVISION_SLASH = "\u2215"


class OddRows:
    """Collects what is wrong with single rows of a file: each is named and left out, and never refuses the rest."""

    def __init__(self, *, of: int) -> None:
        """`of` says how many rows there are: where none of them can be read, the file is refused."""
        self.left_out: list[str] = []
        self._of = of

    @contextmanager
    def named(self) -> Iterator[None]:
        """Reads one row inside; raises LibraryError where every row is wrong."""
        try:
            yield
        except LibraryError as error:
            self.left_out.append(str(error))
            if len(self.left_out) == self._of:
                raise LibraryError(self.left_out[0]) from error


def uid_of(identifier: str) -> str:
    """The uid of what another program calls by some id: its UUID in lower case, or one made from any other id."""
    if _UUID.fullmatch(identifier):
        return identifier
    if _HEXADECIMAL.fullmatch(identifier):
        return _hyphened(identifier)
    try:
        return str(UUID(identifier))
    except ValueError:
        return derived(identifier)


def derived(*names: str) -> str:
    """A uid made from names: always the same for the same ones."""
    return _uid(hashlib.sha1(NAMESPACE.bytes + words("\n".join(names)).encode(), usedforsecurity=False))


def derived_from(names: Iterable[str]) -> str:
    """The same (version 5 of RFC 9562), from as many names as there are, one after the other."""
    digest = hashlib.sha1(NAMESPACE.bytes, usedforsecurity=False)
    between = b""
    for name in names:
        digest.update(between + words(name).encode())
        between = b"\n"
    return _uid(digest)


def _uid(digest: hashlib._Hash) -> str:
    number = bytearray(digest.digest()[:16])
    number[6] = number[6] & 0x0F | 0x50
    number[8] = number[8] & 0x3F | 0x80
    return _hyphened(number.hex())


def _hyphened(digits: str) -> str:
    """32 hexadecimal digits as a UUID is written."""
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


def is_slug(said: str) -> bool:
    """Whether it is one as a library makes them: small letters, digits, single hyphens between."""
    return len(said) <= _LONGEST_SLUG and _SLUG.fullmatch(said) is not None


def is_address(source: str) -> bool:
    """Whether a text comes from an address on the web."""
    return _ADDRESS.fullmatch(source) is not None


def page_of(address: str) -> str:
    """The page that an address leads to, the same for all ways in which a page is written.

    These are http and https, with and without `www.`, a slash at the end, a place in the page, and what only says where
    a visitor came from.
    """
    whole = address.partition("#")[0] if "#!" not in address else address
    path, _, query = whole.partition("://")[2].partition("?")
    host, _, rest = path.partition("/")
    asked = "&".join(part for part in query.split("&") if part and not _VISIT.match(part))
    return f"{host.casefold().removeprefix('www.')}/{rest.rstrip('/')}" + (f"?{asked}" if asked else "")


def title_of(address: str) -> str:
    """What a text may be called of which only the address is known: the end of it."""
    stem = address.partition("?")[0].partition("#")[0].rstrip("/").rpartition("/")[2]
    return one_line(unquote(stem.partition(".")[0] or stem)) or "text"


def slug_for(name: str, taken: Container[str]) -> str:
    """A slug for a text that another program calls so: numbered where it is taken."""
    return numbered(slugify(name), taken.__contains__)


class NamedTexts:
    """Texts as a table calls them, by slugs or by any other names: without bodies, which the library must have.

    What is no slug gets one that no text of a library has, with a hyphen at its end, so that it is known by its name.
    """

    def __init__(self) -> None:
        self.entries: dict[str, TextEntry] = {}
        """By slug, in the order in which they were named."""
        self._slugs: dict[str, str] = {}

    def slug(self, name: str, title: str = "") -> str:
        """The slug of the text that is called so; `title` is what the table says of its title."""
        if name not in self._slugs:
            slug = name if is_slug(name) else numbered(f"{slugify(name)}-", self.entries.__contains__)
            self._slugs[name] = slug
            self.entries[slug] = TextEntry(
                slug, one_line(title or ("" if slug == name else name)), "", "", "", ()
            )
        return self._slugs[name]


def moment(written: object) -> str:
    """A time as this program keeps it, ISO 8601 UTC with a Z; empty for what is no time. Without a zone it is UTC.

    A number counts seconds since 1970, or milliseconds, as JavaScript does.
    """
    if isinstance(written, int | float) and not isinstance(written, bool) and written > 0:
        try:
            seconds = written / 1000 if written >= _FEWEST_MILLISECONDS else written
            return _moment(datetime.fromtimestamp(seconds, UTC).isoformat())
        except (ValueError, OverflowError, OSError):
            return ""
    return _moment(written) if isinstance(written, str) else ""


@lru_cache(1 << 10)
def _moment(written: str) -> str:
    try:
        at = datetime.fromisoformat(written.strip())
        at = at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return ""
    return at.replace(tzinfo=None).isoformat() + "Z"


def time_in(row: SpreadsheetRow, column: str) -> str:
    """The time in a cell as this program keeps it; empty for what is no time, which is named.

    A merge puts in what is empty: when something was made, and else the time of the import.
    """
    said = row.cells[column].strip()
    time = said if is_time(said) else moment(said)
    if said and not time:
        taken = "it was made" if column == "updated" else "it is first imported"
        row.unread(column, "no time such as 2026-01-31T12:00:00Z", f"the time when {taken} is taken")
    return time


def tag_of(names: Iterable[str]) -> str:
    """A tag path of the names of nested codes, whatever is in them: always one that `store.sanitize.tag_path` takes."""
    path = unicodedata.normalize("NFC", "/".join(filter(None, map(_part, names)))) or "code"
    return path if len(path) <= LONGEST_PATH else path[: LONGEST_PATH - 1].rstrip("/ ") + "…"


@lru_cache(1 << 12)
def _part(name: str) -> str:
    """A name as a part of a path: blanks in place of what no tag may hold."""
    name = words(name).replace("/", _DIVISION_SLASH)
    try:
        return tag_path(name)
    except LibraryError:
        unseen = {"Cc", "Cf", "Cs", "Zl", "Zp"}
        return " ".join("".join(" " if unicodedata.category(c) in unseen else c for c in name).split())


def kept_apart(paths: Iterable[str], short: Callable[[str], str]) -> dict[str, str]:
    """What another program shall call each tag: short, and the same for no two of them, whatever their case.

    Of several that would be called the same (`C#` and `C++`) the one that is called so anyway keeps the name; the
    others get a number behind it.
    """
    given: dict[str, str] = {}
    taken: set[str] = set()
    for path in sorted(paths, key=lambda path: (path not in short(path), path)):
        name, number = short(path), 2
        while name.casefold() in taken:
            name, number = f"{short(path)}-{number}", number + 1
        taken.add(name.casefold())
        given[path] = name
    return given


def answer(words: str, reader: str, created: str, depth: int = 1) -> str:
    """What answers a note, as it stands below that: quoted as deep as it lies, after who said it and when."""
    by = ", ".join(filter(None, (reader, created.partition("T")[0])))
    lines = f"**{by or 'reply'}**: {words}".split("\n")
    return "\n".join(f"{'> ' * depth}{line}".rstrip() for line in lines)


def context_before(highlight: HighlightEntry) -> str:
    """What stands before a highlight in its paragraph: in a page something else may stand between two of them."""
    return highlight.before if highlight.anchor is Anchor.ORPHAN else highlight.before.rpartition("\n")[2]


def context_after(highlight: HighlightEntry) -> str:
    """What stands after a highlight in its paragraph."""
    return highlight.after if highlight.anchor is Anchor.ORPHAN else highlight.after.partition("\n")[0]


def version_of(body: str, *, source: str = "", reader: str = "", added: str = "") -> VersionEntry:
    """A body that another program gives, every paragraph of it part of the text."""
    return VersionEntry(body, hashlib.sha256(body.encode()).hexdigest(), False, (), source, reader, added)
