"""Highlights for notes programs (Obsidian, Logseq, Zettlr, any Markdown): quote, citation, tags, note, links.

One file for all texts, or one a text. A highlight is a quotation with a block name behind it (`^h-…`), by which
Obsidian links to it and embeds it; an anchor of the same name before it lets the same link work wherever Markdown
becomes HTML. Tags are hashtags; what they are really called stands in the codebook at the end. Words of authors and
names are escaped; notes are the reader's own Markdown, in which only raw HTML is made text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from store.exchange.archive import Archive, NoteEntry
from store.exchange.markdown import escaping
from store.exchange.views import Sheet, Shown, Thread, View, view_of
from store.tidy import clipped
from texts.visible import one_line

LIBRARY = "_library.md"
"""Name of the file with the codebook and the notes on the library; no slug has an underscore."""

_NOT_IN_NAME = re.compile(r"[^a-z0-9-]+")


def write_archive(archive: Archive, out: BinaryIO) -> int:
    """Writes one file with all texts; gives how many highlights are in it."""
    view = view_of(archive)
    blocks = ["# Highlights"]
    for sheet in view.sheets:
        blocks += _sheet(sheet, view, {}, level=2)
    blocks += _library(view, level=2)
    out.write(_file(blocks))
    return len(archive.highlights)


def folder(archive: Archive) -> dict[str, bytes]:
    """A file for each text and one for the library: name → content."""
    view = view_of(archive)
    names = _names(view.sheets)
    files = {
        names[sheet.entry.slug]: _file([_front_matter(sheet), *_sheet(sheet, view, names, level=1)])
        for sheet in view.sheets
    }
    library = list(_library(view, level=2))
    return files | ({LIBRARY: _file(["# Library", *library])} if library else {})


def _file(blocks: Sequence[str]) -> bytes:
    return ("\n\n".join(blocks) + "\n").encode()


def _names(sheets: Sequence[Sheet]) -> dict[str, str]:
    """A file name for each slug; slugs are safe as they are, but an archive may come from anywhere."""
    names: dict[str, str] = {}
    for sheet in sheets:
        stem = _NOT_IN_NAME.sub("-", sheet.entry.slug.lower()).strip("-")[:100] or "text"
        name, number = f"{stem}.md", 2
        while name in names.values():
            name, number = f"{stem}-{number}.md", number + 1
        names[sheet.entry.slug] = name
    return names


def _front_matter(sheet: Sheet) -> str:
    """YAML, in the part of it that is JSON."""
    tags = dict.fromkeys(path for one in (*sheet.standing, *sheet.gone) for path in one.entry.tags)
    entries: dict[str, str | list[str]] = {
        "title": sheet.title,
        "author": sheet.entry.author,
        "source": sheet.entry.source,
        "tags": [escaping.hashtag(path).removeprefix("#") for path in tags],
    }
    lines = (f"{key}: {_yaml(entry)}" for key, entry in entries.items() if entry)
    return "\n".join(("---", *lines, "---"))


def _yaml(entry: str | list[str]) -> str:
    return json.dumps(one_line(entry) if isinstance(entry, str) else entry, ensure_ascii=False)


def _sheet(sheet: Sheet, view: View, files: dict[str, str], *, level: int) -> Iterator[str]:
    yield f"{'#' * level} {escaping.plain_line(sheet.title)}"
    names = (sheet.entry.author, sheet.entry.source)
    by = " · ".join(escaping.plain_line(name) for name in names if name)
    if by:
        yield by
    yield from map(_note, sheet.notes)
    for one in sheet.standing:
        yield from _highlight(one, sheet, view, files)
    if sheet.gone:
        yield f"{'#' * (level + 1)} {'Not in the text any more' if sheet.text.body else 'Highlights'}"
        for one in sheet.gone:
            yield from _highlight(one, sheet, view, files)


def _highlight(one: Shown, sheet: Sheet, view: View, files: dict[str, str]) -> Iterator[str]:
    highlight = one.entry
    yield f'<a id="^{one.anchor}"></a>'
    yield escaping.quoted(escaping.plain(highlight.quote))
    yield f"^{one.anchor}"
    yield _citation(one, sheet, view)
    if highlight.note:
        yield escaping.note(highlight.note)
    threads = view.threads.get(highlight.uid, ())
    if threads:
        yield "\n".join(_thread(thread, view, files) for thread in threads)


def _citation(one: Shown, sheet: Sheet, view: View) -> str:
    title = f"*{escaping.plain_line(sheet.title)}*"
    work = ", ".join(filter(None, (escaping.plain_line(sheet.entry.author), title, one.place)))
    tags = " ".join(map(escaping.hashtag, one.entry.tags))
    reader = escaping.plain_line(one.entry.reader) if view.several_readers else ""
    return " · ".join(filter(None, (f"— {work}", tags, "★" if one.entry.star else "", reader)))


def _thread(thread: Thread, view: View, files: dict[str, str]) -> str:
    other = thread.other
    file = files.get(other.entry.text, "")
    where = " ".join(filter(None, (clipped(view.title(other.entry.text), 40), other.place)))
    words = escaping.plain_line(f"“{clipped(other.entry.quote, 60)}”, {where}")
    note = escaping.note(thread.link.note).replace("\n", "\n  ")
    line = f"- {escaping.plain_line(thread.phrase)} [{words}]({file}#^{other.anchor})"
    return f"{line}\n\n  {note}" if note else line


def _library(view: View, *, level: int) -> Iterator[str]:
    heading = "#" * level
    if view.notes:
        yield f"{heading} Notes on all of it"
        yield from map(_note, view.notes)
    if view.tags:
        yield f"{heading} Codebook"
        yield "\n".join(
            f"- {escaping.hashtag(path)} {escaping.plain_line(path)}"
            + (f": {escaping.note(tag.description)}".replace("\n", "\n  ") if tag.description else "")
            for path, tag in view.tags.items()
        )


def _note(note: NoteEntry) -> str:
    return escaping.note(note.words)
