"""Notes for Anki, as its import of text files takes them: tab-separated, below header lines that say what is what.

The words are in front, what was noted is behind, with where the words stand. The id of a highlight is that of its note,
so that a second import changes notes rather than doubling them. Out only: places have no column.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import BinaryIO

from store.connection import batches
from store.exchange.archive import Archive
from store.exchange.files import as_utf_8
from store.exchange.foreign import kept_apart
from store.exchange.render_model import ArchiveReading, HighlightView, LinkView, TextReading
from store.highlight_queries import AT_ONCE
from store.sanitize import truncate
from texts.lazy_pattern import lazy_pattern
from texts.visible import visible

HEAD = (
    "#separator:tab",
    "#html:true",
    "#columns:GUID\tFront\tBack\tTags",
    "#guid column:1",
    "#tags column:4",
)
STAR = "marked"
"""The tag by which Anki itself marks a note."""

_ESCAPES = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("[", "&#91;"), ("{{", "{&#123;"), ("\\", "&#92;"))
"""Also what Anki would run: `[sound:…]`, `[latex]`, and holes of a cloze."""
_NOT_IN_TAG = lazy_pattern(r"[\s\"\x00-\x1f\x7f]+|:(?=:)")


def write_archive(archive: Archive, out: BinaryIO) -> int:
    """Writes a row a highlight, text by text; gives how many."""
    reading = ArchiveReading(archive)
    tags = kept_apart(reading.tags, _tag)
    with as_utf_8(out) as lines:
        lines.writelines(f"{line}\n" for line in HEAD)
        rows = csv.writer(lines, delimiter="\t", lineterminator="\n")
        for text in reading.texts():
            rows.writerows(_rows(text, reading, tags))
    return len(archive.highlights)


def _rows(text: TextReading, reading: ArchiveReading, tags: Mapping[str, str]) -> Iterator[list[str]]:
    for some in batches(chain(text.standing(), text.gone()), AT_ONCE):
        threads = reading.threads(some)
        for one in some:
            back = _back(one, text, reading, threads.get(one.entry.uid, ()))
            named = [tags[path] for path in one.entry.tags] + [STAR] * one.entry.star
            yield [one.entry.uid, _html(one.entry.quote), back, " ".join(named)]


def _back(one: HighlightView, text: TextReading, reading: ArchiveReading, threads: Iterable[LinkView]) -> str:
    """The note, the links, and where the words stand."""
    links = (
        f"{thread.phrase} “{truncate(thread.other.entry.quote)}”, {_work(reading, thread.other)}"
        + (f": {thread.link.note}" if thread.link.note else "")
        for thread in threads
    )
    reader = one.entry.reader if reading.several_readers else ""
    where = ", ".join(filter(None, (text.entry.author, text.title, one.place, reader)))
    return "<br><br>".join(_html(part) for part in (one.entry.note, "\n".join(links), f"— {where}") if part)


def _work(reading: ArchiveReading, one: HighlightView) -> str:
    return " ".join(filter(None, (reading.title(one.entry.text), one.place)))


def _html(words: str) -> str:
    """Words as HTML that shows them as they are."""
    words = visible(words)
    for sign, escape in _ESCAPES:
        words = words.replace(sign, escape)
    return words.replace("\n", "<br>").replace("\t", "&#9;")


def _tag(path: str) -> str:
    """`actor::maliki`: one word, since blanks part tags."""
    parts: Sequence[str] = [_NOT_IN_TAG.sub("_", part) for part in path.split("/")]
    return "::".join(parts)
