"""Highlights for notes programs (Obsidian, Logseq, Zettlr, any Markdown): quote, citation, tags, note, links.

One file for all texts, or one a text. A highlight is a quotation with a block name behind it (`^h-…`), by which
Obsidian links to it and embeds it; an anchor of the same name before it lets the same link work wherever Markdown
becomes HTML. Tags are hashtags; what they are really called stands in the codebook at the end. Words of authors and
names are escaped; notes are the reader's own Markdown, in which only raw HTML is made text.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import BinaryIO

from store.connection import batches
from store.exchange.archive import Archive, NoteEntry
from store.exchange.markdown import TaggedReading, file_of, markdown_escaping
from store.exchange.render_model import HighlightView, LinkView, TextReading
from store.highlight_queries import AT_ONCE
from store.sanitize import truncate
from texts.lazy_pattern import lazy_pattern
from texts.visible import one_line

LIBRARY = "_library.md"
"""Name of the file with the codebook and the notes on the library; no slug has an underscore."""

_NOT_IN_NAME = lazy_pattern(r"[^a-z0-9-]+")


def write_archive(archive: Archive, out: BinaryIO) -> int:
    """Writes one file with all texts; gives how many highlights are in it."""
    reading = TaggedReading(archive)
    texts = (block for text in reading.texts() for block in _text(text, reading, {}, level=2))
    out.writelines(file_of(chain(["# Highlights"], texts, _library(reading))))
    return len(archive.highlights)


def folder(archive: Archive) -> Iterator[tuple[str, Iterator[bytes]]]:
    """A file for each text and one for the library: their names and what is in them, one after the other."""
    reading = TaggedReading(archive)
    names = _names(reading.slugs())
    for text in reading.texts():
        head = _front_matter(text, reading)
        blocks = _text(text, reading, names, level=1)
        yield names[text.entry.slug], file_of(chain([head], blocks))
    library = list(_library(reading))
    if library:
        yield LIBRARY, file_of(["# Library", *library])


def _names(slugs: Iterable[str]) -> dict[str, str]:
    """A file name for each slug; slugs are safe as they are, but an archive may come from anywhere."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for slug in slugs:
        stem = _NOT_IN_NAME.sub("-", slug.lower()).strip("-")[:100] or "text"
        name, number = f"{stem}.md", 2
        while name in taken:
            name, number = f"{stem}-{number}.md", number + 1
        names[slug] = name
        taken.add(name)
    return names


def _front_matter(text: TextReading, reading: TaggedReading) -> str:
    """YAML, in the part of it that is JSON."""
    tags = dict.fromkeys(path for one in chain(text.standing(), text.gone()) for path in one.entry.tags)
    entries: dict[str, str | list[str]] = {
        "title": text.title,
        "author": text.entry.author,
        "source": text.entry.source,
        "tags": [reading.hashtags[path].removeprefix("#") for path in tags],
    }
    lines = (f"{key}: {_yaml(entry)}" for key, entry in entries.items() if entry)
    return "\n".join(("---", *lines, "---"))


def _yaml(entry: str | list[str]) -> str:
    return json.dumps(one_line(entry) if isinstance(entry, str) else entry, ensure_ascii=False)


def _text(
    text: TextReading, reading: TaggedReading, files: Mapping[str, str], *, level: int
) -> Iterator[str]:
    yield f"{'#' * level} {markdown_escaping.plain_line(text.title)}"
    names = (text.entry.author, text.entry.source)
    by = " · ".join(markdown_escaping.plain_line(name) for name in names if name)
    if by:
        yield by
    yield from map(_note, text.notes)
    yield from _highlights(text.standing(), text, reading, files)
    heading = f"{'#' * (level + 1)} {'Not in the text any more' if text.text.body else 'Highlights'}"
    for block in _highlights(text.gone(), text, reading, files):
        if heading:
            yield heading
            heading = ""
        yield block


def _highlights(
    shown: Iterable[HighlightView], text: TextReading, reading: TaggedReading, files: Mapping[str, str]
) -> Iterator[str]:
    for some in batches(shown, AT_ONCE):
        threads = reading.threads(some)
        for one in some:
            yield from _highlight(one, text, reading)
            if one.entry.uid in threads:
                yield "\n".join(_thread(thread, reading, files) for thread in threads[one.entry.uid])


def _highlight(one: HighlightView, text: TextReading, reading: TaggedReading) -> Iterator[str]:
    highlight = one.entry
    yield f'<a id="^{one.anchor}"></a>'
    yield markdown_escaping.quoted(markdown_escaping.plain(highlight.quote))
    yield f"^{one.anchor}"
    yield _citation(one, text, reading)
    if highlight.note:
        yield markdown_escaping.note(highlight.note)


def _citation(one: HighlightView, text: TextReading, reading: TaggedReading) -> str:
    title = f"*{markdown_escaping.name_line(text.title)}*"
    work = ", ".join(filter(None, (markdown_escaping.name_line(text.entry.author), title, one.place)))
    tags = " ".join(reading.hashtags[path] for path in one.entry.tags)
    reader = markdown_escaping.name_line(one.entry.reader) if reading.several_readers else ""
    return " · ".join(filter(None, (f"— {work}", tags, "★" if one.entry.star else "", reader)))


def _thread(thread: LinkView, reading: TaggedReading, files: Mapping[str, str]) -> str:
    other = thread.other
    file = files.get(other.entry.text, "")
    where = " ".join(filter(None, (truncate(reading.title(other.entry.text), 40), other.place)))
    words = markdown_escaping.plain_line(f"“{truncate(other.entry.quote, 60)}”, {where}")
    note = markdown_escaping.note(thread.link.note).replace("\n", "\n  ")
    line = f"- {markdown_escaping.plain_line(thread.phrase)} [{words}]({file}#^{other.anchor})"
    return f"{line}\n\n  {note}" if note else line


def _library(reading: TaggedReading) -> Iterator[str]:
    if reading.notes:
        yield "## Notes on all of it"
        yield from map(_note, reading.notes)
    if reading.tags:
        yield "## Codebook"
        yield "\n".join(
            f"- {reading.hashtags[path]} {markdown_escaping.plain_line(path)}"
            + (
                f": {markdown_escaping.note(tag.description)}".replace("\n", "\n  ")
                if tag.description
                else ""
            )
            for path, tag in reading.tags.items()
        )


def _note(note: NoteEntry) -> str:
    return markdown_escaping.note(note.words)
