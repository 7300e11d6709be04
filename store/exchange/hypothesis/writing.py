"""Writes an archive as rows of Hypothesis."""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Iterable
from typing import BinaryIO

from store.exchange.archive import Archive, HighlightEntry, LinkEntry, NoteEntry, TextEntry
from store.exchange.foreign import is_address, uid_of
from store.exchange.hypothesis.names import EXTRA, LIBRARY, TEXT, Node, id_of
from store.exchange.json import Json
from texts.visible import visible_json

AUTHORITY = "localhost"
"""Of the account names that readers get: they are nobody's on a server."""

_NOT_IN_ACCOUNT = re.compile(r"[^A-Za-z0-9._]+")


def write_archive(archive: Archive, out: BinaryIO) -> int:
    """Writes highlights, links and notes as rows that only their reader may read; gives how many highlights."""
    writer = _Writer(archive)
    rows = [writer.highlight(highlight) for highlight in archive.highlights]
    rows += [writer.link(link) for link in archive.links]
    rows += [writer.note(note) for note in archive.notes]
    encode = json.JSONEncoder(ensure_ascii=False).encode
    out.write(f'{{"total": {len(rows)}, "rows": ['.encode())
    separator = "\n"
    for row in rows:
        out.write((separator + visible_json(encode(row))).encode())
        separator = ",\n"
    out.write(b"\n]}\n")
    return len(archive.highlights)


class _Writer:
    def __init__(self, archive: Archive) -> None:
        self._texts = {text.slug: text for text in archive.texts}
        self._on = {highlight.uid: highlight.text for highlight in archive.highlights}
        self._beyond: dict[tuple[str, int], list[int]] = {}
        """For each version the offsets of characters that are two units of UTF-16."""

    def highlight(self, highlight: HighlightEntry) -> Node:
        extra: Node = {
            "version": highlight.version,
            "parts": [[part.start, part.end] for part in highlight.parts],
            "quote": highlight.quote,
            "star": highlight.star,
            "anchor": str(highlight.anchor),
            "confidence": highlight.confidence,
        }
        row = self._row(highlight, highlight.text, highlight.note, highlight.tags, extra)
        row["target"] = [{"source": row["uri"], "selector": self._selectors(highlight)}]
        return row

    def link(self, link: LinkEntry) -> Node:
        extra: Node = {"link": uid_of(link.right), "kind": link.kind, "mutual": link.mutual}
        row = self._row(link, self._on.get(link.left), link.note, [link.kind], extra)
        return row | {"references": [id_of(link.left)]}

    def note(self, note: NoteEntry) -> Node:
        return self._row(note, note.text, note.words, (), {})

    def _row(
        self,
        entry: HighlightEntry | LinkEntry | NoteEntry,
        slug: str | None,
        text: str,
        tags: Iterable[str],
        extra: Node,
    ) -> Node:
        user = f"acct:{_NOT_IN_ACCOUNT.sub('_', entry.reader) or '_'}@{AUTHORITY}"
        uri, title = self._address(slug)
        return {
            "id": id_of(entry.uid),
            "created": entry.created,
            "updated": entry.updated,
            "user": user,
            "user_info": {"display_name": entry.reader},
            "uri": uri,
            "document": {"title": [title]},
            "text": text,
            "tags": list(tags),
            "group": "__world__",
            "permissions": {"read": [user], "admin": [user], "update": [user], "delete": [user]},
            "target": [{"source": uri}],
            EXTRA: {"text": slug, **extra},
        }

    def _address(self, slug: str | None) -> tuple[str, str]:
        """Where a text is on the web, else a name of ours for it; and its title."""
        if slug is None:
            return LIBRARY, ""
        text = self._texts.get(slug, TextEntry(slug, slug, "", "", "", ()))
        return text.source if is_address(text.source) else TEXT + slug, text.title

    def _selectors(self, highlight: HighlightEntry) -> list[Json]:
        """The quote, with what stands in its gaps, as Hypothesis has none; and its place."""
        exact, text = highlight.quote, self._texts.get(highlight.text)
        place: list[Json] = []
        if text is not None and text.versions and highlight.parts:
            number = highlight.version or len(text.versions)
            body = text.versions[number - 1].body
            start, end = highlight.parts[0].start, highlight.parts[-1].end
            exact = body[start:end]
            first, last = (self._units(text.slug, number, body, offset) for offset in (start, end))
            place.append({"type": "TextPositionSelector", "start": first, "end": last})
        quote = {"exact": exact, "prefix": highlight.before, "suffix": highlight.after}
        return [*place, {"type": "TextQuoteSelector", **quote}]

    def _units(self, slug: str, number: int, body: str, offset: int) -> int:
        if (slug, number) not in self._beyond:
            self._beyond[slug, number] = [place for place, c in enumerate(body) if c > "\uffff"]
        return offset + bisect_left(self._beyond[slug, number], offset)
