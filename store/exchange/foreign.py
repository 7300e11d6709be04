"""What other programs write, in the words of this one: ids, times, tags, bodies."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Container, Iterable
from datetime import UTC, datetime
from functools import lru_cache
from urllib.parse import unquote
from uuid import UUID, uuid5

from store.errors import LibraryError
from store.exchange.archive import VersionEntry
from store.tidy import LONGEST_PATH, one_line, tag_path, words
from texts.load.decode import tidy
from texts.load.names import slugify

NAMESPACE = UUID("6b0d7ac6-65a2-4f0f-9a54-0b2b2f6f0d61")
"""Of every id that is made from a name; never to change, or a second import would double what the first one made."""

_SLUG = re.compile("[a-z0-9]+(?:-[a-z0-9]+)*")
_ADDRESS = re.compile("https?://[!-~]+")
_LONGEST_SLUG = 100
_LATER_JAMO = frozenset(map(chr, (*range(0x1161, 0x1176), *range(0x11A8, 0x11C3))))
"""The vowels and last letters of Korean syllables."""
_DIVISION_SLASH = "\u2215"


def uid_of(identifier: str) -> str:
    """The uid of what another program calls by some id: its UUID in lower case, or one made from any other id."""
    try:
        return str(UUID(identifier))
    except ValueError:
        return derived(identifier)


def derived(*names: str) -> str:
    """A uid made from names: always the same for the same ones."""
    return str(uuid5(NAMESPACE, words("\n".join(names))))


def is_slug(said: str) -> bool:
    """Whether it is one as a library makes them: small letters, digits, single hyphens between."""
    return len(said) <= _LONGEST_SLUG and _SLUG.fullmatch(said) is not None


def is_address(source: str) -> bool:
    """Whether a text comes from an address on the web."""
    return _ADDRESS.fullmatch(source) is not None


def title_of(address: str) -> str:
    """What a text may be called of which only the address is known: the end of it."""
    stem = address.partition("?")[0].partition("#")[0].rstrip("/").rpartition("/")[2]
    return one_line(unquote(stem.partition(".")[0] or stem)) or "text"


def slug_for(name: str, taken: Container[str]) -> str:
    """A slug for a text that another program calls so: numbered where it is taken."""
    slug = wanted = slugify(name)
    number = 2
    while slug in taken:
        slug, number = f"{wanted}-{number}", number + 1
    return slug


def moment(written: object) -> str:
    """A time as this program keeps it, ISO 8601 UTC with a Z; empty for what is no time. Without a zone it is UTC."""
    if not isinstance(written, str):
        return ""
    try:
        at = datetime.fromisoformat(written.strip())
        at = at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return ""
    return at.replace(tzinfo=None).isoformat() + "Z"


def tag_of(names: Iterable[str]) -> str:
    """A tag path of the names of nested codes, whatever is in them: always one that `store.tidy.tag_path` takes."""
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


def version_of(body: str, *, source: str = "", reader: str = "", added: str = "") -> VersionEntry:
    """A body that another program gives, every paragraph of it part of the text."""
    return VersionEntry(body, hashlib.sha256(body.encode()).hexdigest(), False, (), source, reader, added)


def body_with_offsets(string: str) -> tuple[str, Callable[[Iterable[int]], dict[int, int]]]:
    """A string as a body (newlines `\\n`, NFC, all visible), and what finds offsets into the string in the body.

    Offsets count code points. One between characters that the body holds as one comes to lie after them.
    """
    body = tidy(string)

    def found(offsets: Iterable[int]) -> dict[int, int]:
        places = sorted(set(offsets))
        if body == string:
            return {place: place for place in places}
        there: dict[int, int] = {}
        cut = length = 0
        for place in places:
            after = _boundary(string, place)
            if after > cut:
                # What is cut off at the ends of a body, a mark and newlines, is not cut off at those of a piece of it.
                length += len(tidy("x" * (cut > 0) + string[cut:after] + "x")) - 1 - (cut > 0)
                cut = after
            there[place] = min(length, len(body))
        return there

    return body, found


def _boundary(string: str, place: int) -> int:
    """The place, or the next one where the string can be cut without changing what either side becomes."""
    while 0 < place < len(string) and _grow_together(string[place - 1], string[place]):
        place += 1
    return place


def _grow_together(before: str, after: str) -> bool:
    """Whether two characters may become one in a body."""
    return (
        unicodedata.combining(after) != 0
        or after in _LATER_JAMO
        or before + after == "\r\n"
        or len(unicodedata.normalize("NFC", before + after)) < 2
    )
