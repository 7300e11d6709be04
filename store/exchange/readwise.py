"""CSV as the import of Readwise takes it, and in again as that or as Readwise exports it.

It has no place for offsets, links and the tree of tags: quotes are found again. Readwise takes a word with a dot before
it, at the beginning of a note, for a tag; a few such words are commands to it (`.h1` makes a heading, `.c1` joins
highlights), and so would be a note that begins with a dot.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import BinaryIO

from store.errors import LibraryError
from store.exchange.archive import Archive, HighlightEntry
from store.exchange.files import as_utf_8
from store.exchange.foreign import NamedTexts, derived, kept_apart, tag_of, time_in
from store.exchange.render_model import ArchiveReading, HighlightView, TextReading
from store.exchange.spreadsheets import SpreadsheetRow, table, write
from store.records import Anchor
from texts.lazy_pattern import lazy_pattern
from texts.visible import visible

_TITLES = ("book title", "title")
_TIMES = ("highlighted at", "date")
_TAGS = "tags"
"""The column that only Readwise's own export has."""
_STARRED = "starred"
_UNSAID = frozenset({"uid", "star", "reader"})

COLUMNS = ("Highlight", "Title", "Author", "URL", "Note", "Location", "Date")

_NOT_IN_TAG = lazy_pattern(r"[^\w-]+")
_COMMAND = lazy_pattern(r"[hc]\d+|discard|favorite|pin", re.IGNORECASE)
_TAGS_OF_NOTE = lazy_pattern(r"((?:\.[\w-]+(?:[ \t]+|(?=\n)|$))+)\n?")
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
    tags = [words[path] for path in highlight.tags] + [f".{_STARRED}"] * highlight.star
    note = f" {highlight.note}" if highlight.note.startswith(".") else highlight.note
    return "\n".join(filter(None, (" ".join(tags), note)))


def _tag(path: str) -> str:
    """`.actor_sistani`: one word, since a tag of Readwise has neither blanks nor slashes."""
    word = _NOT_IN_TAG.sub("-", path.replace("/", "_")).strip("-")
    return f".{word}_" if _COMMAND.fullmatch(word) else f".{word or 'tag'}"


def read(data: bytes, name: str) -> Archive:
    """The highlights in a table that Readwise exports or imports; raises LibraryError for what is none.

    In one that it imports, tags stand at the beginning of the note: they come with what is new and change nothing else,
    as the words there are not the whole of a tag.
    """
    found = table(data, lower=True)
    if "highlight" not in found.columns or not {*_TITLES}.intersection(found.columns):
        raise LibraryError(
            "this is no table of Readwise: it has no columns Highlight and Book Title or Title"
        )
    title_in, time_in_ = (
        next((column for column in columns if column in found.columns), "") for columns in (_TITLES, _TIMES)
    )
    is_exported = _TAGS in found.columns
    texts = NamedTexts()
    highlights: dict[str, HighlightEntry] = {}
    for row in found.rows:
        quote, title = row.cells["highlight"].strip(), row.cells[title_in].strip()
        named = title or row.cells.get("url", "").strip()
        if not quote or not named:
            row.leave_out("names no text" if quote else "has no highlight")
            continue
        note, words = _note_and_tags(row)
        is_starred = not is_exported and _STARRED in words
        tags = tuple(dict.fromkeys(tag_of([word]) for word in words if not (is_starred and word == _STARRED)))
        created = time_in(row, time_in_) if time_in_ else ""
        uid = derived("readwise", named, quote, created)
        entry = HighlightEntry(
            uid, texts.slug(named, title), None, (), quote, "", "", tags, note, is_starred, "", created, created,
            Anchor.EXACT, 100.0,
        )  # fmt: skip
        highlights.setdefault(uid, entry)
    found.refuse_if_empty(highlights)
    return Archive(
        texts=tuple(texts.entries.values()),
        highlights=tuple(highlights.values()),
        left_out=tuple(found.left_out),
        unsaid=_UNSAID if is_exported else _UNSAID | {"tags"},
    )


def _note_and_tags(row: SpreadsheetRow) -> tuple[str, Sequence[str]]:
    """The note of a row, and the tags that stand in a column of their own or at its beginning."""
    note = row.cells.get("note", "")
    if _TAGS in row.cells:
        return note, [word for part in row.cells[_TAGS].split(",") if (word := part.strip())]
    written = _TAGS_OF_NOTE.match(note)
    if written is None:
        return note.strip(), ()
    words = (word[1:] for word in written[1].split())
    return note[written.end() :].strip(), [
        bare if _COMMAND.fullmatch(bare := word.removesuffix("_")) else word for word in words
    ]
