"""What readers type, as it is kept: words that SQLite and UTF-8 can hold, and tag paths."""

from __future__ import annotations

import unicodedata

from store.errors import LibraryError
from texts.lazy_pattern import lazy_pattern

LONGEST_PATH = 200
"""Characters of a tag path."""

_UNSTORABLE = lazy_pattern("[\0\ud800-\udfff]")
_REFUSED_IN_PATHS = {"Cc", "Cf", "Cs", "Zl", "Zp"}
_JOINERS = "\u200c\u200d"


def words(text: str) -> str:
    """A note or a name as it is kept: NULs and lone surrogates, which no file can hold, become U+FFFD."""
    return text.replace("\0", "\ufffd") if text.isascii() else _UNSTORABLE.sub("\ufffd", text)


def one_line(text: str) -> str:
    """A title or a name as it is kept: in one line, NFC, since é comes as one character or as two and is one letter."""
    return " ".join(unicodedata.normalize("NFC", words(text)).split())


def tag_path(path: str) -> str:
    """A tag path in its one spelling: NFC, no blanks round its parts.

    Anything may stand in a part but a slash and what cannot be seen. Raises LibraryError.
    """
    parts = [part.strip() for part in unicodedata.normalize("NFC", path).split("/")]
    if not all(parts):
        raise LibraryError(f"{path!a} is no tag: write parts between slashes, such as actor/maliki")
    whole = "/".join(parts)
    for character in whole:
        if unicodedata.category(character) in _REFUSED_IN_PATHS and character not in _JOINERS:
            raise LibraryError(f"{path!a} is no tag: it has a character that cannot be seen ({character!a})")
    if len(whole) > LONGEST_PATH:
        raise LibraryError(f"this tag has {len(whole)} characters: {LONGEST_PATH} is the most")
    return whole


def pluralize(number: int, noun: str, nouns: str = "", *, grouped: bool = False) -> str:
    """`1 text`, `2 texts`; `nouns` for a plural of another kind. `grouped` sets thousands off: `2,000 texts`."""
    return f"{number:{',' if grouped else ''}} {noun if number == 1 else nouns or f'{noun}s'}"


def truncate(text: str, width: int = 48) -> str:
    """The beginning of some words in one line, for a label."""
    line = " ".join(words(text[: width * 4]).split())
    return line if len(line) <= width else line[: width - 1].rstrip() + "…"
