"""Writes an archive as rows of Hypothesis."""

from __future__ import annotations

import base64
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import BinaryIO, TypeAlias
from uuid import UUID

from store.connection import batches
from store.exchange.archive import (
    Archive,
    Bodies,
    HighlightEntry,
    LinkEntry,
    NoteEntry,
    TextEntry,
    headers,
    highlights_of,
)
from store.exchange.foreign import (
    context_after,
    context_before,
    derived,
    is_address,
    uid_of,
)
from store.exchange.json import JsonValue, write_items
from store.highlight_queries import AT_ONCE
from texts.lazy_pattern import lazy_pattern

EXTRA = "close-reading-tui"
"""The key under which a row keeps what Hypothesis has no word for."""
TEXT = "urn:close-reading-tui:text:"
"""With its slug, the address of a text that has none on the web."""
LIBRARY = "urn:close-reading-tui:library"

Node: TypeAlias = dict[str, JsonValue]
"""A JSON object."""

_HYPOTHESIS_ID = lazy_pattern(r"[A-Za-z0-9_-]{22}")


def id_of(uid: str) -> str:
    """A uid as Hypothesis writes ids: 22 characters."""
    return base64.urlsafe_b64encode(bytes.fromhex(uid_of(uid).replace("-", ""))).rstrip(b"=").decode()


def uid_of_id(identifier: str) -> str:
    """The uid of an id of Hypothesis."""
    if not _HYPOTHESIS_ID.fullmatch(identifier):
        return uid_of(identifier)
    uid = str(UUID(bytes=base64.urlsafe_b64decode(f"{identifier}==")))
    return uid if id_of(uid) == identifier else derived(identifier)


AUTHORITY = "localhost"
"""Of the account names that readers get: they are nobody's on a server."""

_NOT_IN_ACCOUNT = lazy_pattern(r"[^A-Za-z0-9._]+")
_BEYOND = lazy_pattern("[\U00010000-\U0010ffff]")
"""Characters that are two units of UTF-16."""


def write_archive(archive: Archive, out: BinaryIO) -> int:
    """Writes highlights, links and notes as the client imports them; gives how many highlights."""
    out.write(f'{{"client_version": "{EXTRA}", "annotations": ['.encode())
    write_items(_Writer(archive).rows(), out)
    out.write(b"\n]}\n")
    return len(archive.highlights)


@lru_cache(1 << 10)
def _user(reader: str) -> str:
    """The account of a reader."""
    return f"acct:{_NOT_IN_ACCOUNT.sub('_', reader) or '_'}@{AUTHORITY}"


class _Writer:
    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._texts = headers(archive)
        self._bodies = Bodies(archive)
        self._addresses: dict[str, tuple[str, str]] = {}
        self._beyond: dict[tuple[str, int], array[int]] = {}
        """For each version the offsets of characters that are two units of UTF-16."""

    def rows(self) -> Iterator[Node]:
        """All of them, in order."""
        yield from map(self.highlight, self._archive.highlights)
        highlights = highlights_of(self._archive)
        for some in batches(self._archive.links, AT_ONCE):
            starts = highlights.named({link.left for link in some})
            for link in some:
                yield self.link(link, starts[link.left].text if link.left in starts else None)
        yield from map(self.note, self._archive.notes)

    def highlight(self, highlight: HighlightEntry) -> Node:
        extra: Node = {
            "version": highlight.version,
            "parts": [[part.start, part.end] for part in highlight.parts],
            "quote": highlight.quote,
            "star": highlight.star,
            "anchor": str(highlight.anchor),
            "confidence": highlight.confidence,
            "before": highlight.before,
            "after": highlight.after,
        }
        row = self._row(highlight, highlight.text, highlight.note, highlight.tags, extra)
        row["target"] = [{"source": row["uri"], "selector": self._selectors(highlight)}]
        return row

    def link(self, link: LinkEntry, slug: str | None) -> Node:
        extra: Node = {"link": uid_of(link.right), "kind": link.kind, "mutual": link.mutual}
        row = self._row(link, slug, link.note, [link.kind], extra)
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
        user = _user(entry.reader)
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
        if slug not in self._addresses:
            text = self._texts.get(slug, TextEntry(slug, slug, "", "", "", ()))
            self._addresses[slug] = text.source if is_address(text.source) else TEXT + slug, text.title
        return self._addresses[slug]

    def _selectors(self, highlight: HighlightEntry) -> list[JsonValue]:
        """The quote, with what stands in its gaps, as Hypothesis has none; and its place."""
        exact = highlight.quote
        place: list[JsonValue] = []
        body = self._bodies.of(highlight.text, highlight.version) if highlight.parts else None
        if body is not None:
            start, end = highlight.parts[0].start, highlight.parts[-1].end
            exact = body[start:end]
            version = (highlight.text, highlight.version or 0)
            first, last = (self._units(version, body, offset) for offset in (start, end))
            place.append({"type": "TextPositionSelector", "start": first, "end": last})
        quote = {"exact": exact, "prefix": context_before(highlight), "suffix": context_after(highlight)}
        return [*place, {"type": "TextQuoteSelector", **quote}]

    def _units(self, version: tuple[str, int], body: str, offset: int) -> int:
        if version not in self._beyond:
            self._beyond[version] = array("I", (found.start() for found in _BEYOND.finditer(body)))
        beyond = self._beyond[version]
        return offset + bisect_left(beyond, offset)
