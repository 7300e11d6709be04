"""CSV as the import of Readwise takes it. Out only: it has no place for offsets, links and the tree of tags.

Readwise takes a word with a dot before it, at the beginning of a note, for a tag; a few such words are commands to it
(`.h1` makes a heading, `.c1` joins highlights), and so would be a note that begins with a dot.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import chain
from typing import BinaryIO

from store.exchange.archive import Archive, HighlightEntry
from store.exchange.files import as_utf_8
from store.exchange.foreign import kept_apart
from store.exchange.render_model import ArchiveReading, HighlightView, TextReading
from store.exchange.spreadsheets import write
from texts.lazy_pattern import lazy_pattern
from texts.visible import visible

COLUMNS = ("Highlight", "Title", "Author", "URL", "Note", "Location", "Date")

_NOT_IN_TAG = lazy_pattern(r"[^\w-]+")
_COMMAND = lazy_pattern(r"[hc]\d+|discard|favorite|pin", re.IGNORECASE)
_ADDRESS = lazy_pattern(r"https?://\S+")


def write_archive(archive: Archive, out: BinaryIO) -> int:
    """Writes a row a highlight, text by text; gives how many. `Location` is the number of the passage."""
    reading = ArchiveReading(archive)
    words = kept_apart(reading.tags, _tag)
    rows = (_row(one, text, words) for text in reading.texts() for one in chain(text.standing(), text.gone()))
    with as_utf_8(out) as table:
        return write(table, COLUMNS, rows)


def _row(one: HighlightView, text: TextReading, words: Mapping[str, str]) -> list[str]:
    highlight, source = one.entry, text.entry.source
    names = (text.title, text.entry.author, source if _ADDRESS.fullmatch(source) else "")
    location = "" if one.passage is None else str(one.passage)
    date = highlight.created.replace("T", " ").removesuffix("Z")
    return [*map(visible, (highlight.quote, *names, _note(highlight, words))), location, date]


def _note(highlight: HighlightEntry, words: Mapping[str, str]) -> str:
    """Tags first, which are read only there, then the note."""
    tags = [words[path] for path in highlight.tags] + [".starred"] * highlight.star
    note = f" {highlight.note}" if highlight.note.startswith(".") else highlight.note
    return "\n".join(filter(None, (" ".join(tags), note)))


def _tag(path: str) -> str:
    """`.actor_sistani`: one word, since a tag of Readwise has neither blanks nor slashes."""
    word = _NOT_IN_TAG.sub("-", path.replace("/", "_")).strip("-")
    return f".{word}_" if _COMMAND.fullmatch(word) else f".{word or 'tag'}"
