"""Annotations as the API of Hypothesis gives and takes them: `{"total": n, "rows": [...]}`.

A row is a highlight; a reply to it is a link, tagged with its kind; a row without selectors is a note on the text. A
row keeps what it does not know (the API's `extra`), so that what Hypothesis has no word for stands there under
`close-reading-tui`. Its positions count UTF-16 units in a web page: they are written, from the body, but only ours are
read. Reading finds the quote again.
"""

from __future__ import annotations

import base64
import json
import re
from bisect import bisect_left
from collections.abc import Iterable
from typing import BinaryIO, TypeAlias
from uuid import UUID

from store.errors import LibraryError
from store.exchange import json as everything
from store.exchange.archive import Archive, HighlightEntry, LinkEntry, NoteEntry, TextEntry
from store.exchange.checking import LONGEST_KIND
from store.exchange.foreign import derived, is_address, is_slug, moment, slug_for, tag_of, title_of, uid_of
from store.exchange.json import Json
from store.records import Anchor
from store.tidy import one_line, words
from texts.model import Span
from texts.visible import one_line as shown
from texts.visible import visible_json

EXTRA = "close-reading-tui"
AUTHORITY = "localhost"
"""Of the account names that readers get: they are nobody's on a server."""

_TEXT = "urn:close-reading-tui:text:"
_LIBRARY = "urn:close-reading-tui:library"
_NOT_IN_ACCOUNT = re.compile(r"[^A-Za-z0-9._]+")
_HYPOTHESIS_ID = re.compile(r"[A-Za-z0-9_-]{22}")

Node: TypeAlias = dict[str, Json]


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


def read(data: bytes, name: str) -> Archive:
    """The archive in an answer of the API, or in an export of the client; raises LibraryError for anything else.

    Bodies do not travel: the texts are those of the library, or are named by their address only.
    """
    whole = everything.parsed(data)
    rows: Json = whole
    if isinstance(whole, dict):
        rows = whole.get("rows", whole.get("annotations"))
    if not isinstance(rows, list):
        raise LibraryError(
            f"{shown(name)} is no export of Hypothesis: it has no array of “rows” or “annotations”"
        )
    return _Reading().archive(rows)


def id_of(uid: str) -> str:
    """A uid as Hypothesis writes ids: 22 characters."""
    return base64.urlsafe_b64encode(UUID(uid_of(uid)).bytes).rstrip(b"=").decode()


def uid_of_id(identifier: str) -> str:
    """The uid of an id of Hypothesis."""
    if not _HYPOTHESIS_ID.fullmatch(identifier):
        return uid_of(identifier)
    uid = str(UUID(bytes=base64.urlsafe_b64decode(f"{identifier}==")))
    return uid if id_of(uid) == identifier else derived(identifier)


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
            return _LIBRARY, ""
        text = self._texts.get(slug, TextEntry(slug, slug, "", "", "", ()))
        return text.source if is_address(text.source) else _TEXT + slug, text.title

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


class _Reading:
    def __init__(self) -> None:
        self._texts: dict[str, TextEntry] = {}
        self._slugs: dict[str, str] = {}
        self._highlights: list[HighlightEntry] = []
        self._links: list[LinkEntry] = []
        self._notes: list[NoteEntry] = []

    def archive(self, rows: Iterable[Json]) -> Archive:
        for number, row in enumerate(rows):
            place = f"rows[{number}]"
            if not isinstance(row, dict):
                raise LibraryError(f"{place}: must be an object")
            self._read(place, row)
        return Archive(
            texts=tuple(self._texts.values()),
            highlights=tuple(self._highlights),
            links=tuple(self._links),
            notes=tuple(self._notes),
        )

    def _read(self, place: str, row: Node) -> None:
        identifier = _string(place, row, "id", "")
        uid = uid_of_id(identifier) if identifier else derived(json.dumps(row, sort_keys=True))
        extra = row.get(EXTRA)
        ours = extra if isinstance(extra, dict) else {}
        text = words(_string(place, row, "text", ""))
        tags = _tags(place, row)
        references = row.get("references")
        quote = _quote(place, row)
        if isinstance(references, list) and references and isinstance(right := ours.get("link"), str):
            left = uid_of_id(str(references[0]))
            kind = one_line(str(ours.get("kind") or "linked"))[:LONGEST_KIND] or "linked"
            link = LinkEntry(uid, left, uid_of(right), kind, ours.get("mutual") is True, text, *_by(row))
            self._links.append(link)
        elif quote is not None and not references:
            before, exact, after = quote
            entry = HighlightEntry(
                uid=uid,
                text=self._slug(place, row, ours),
                version=None,
                parts=(),
                quote=exact,
                before=before,
                after=after,
                tags=tags,
                note=text,
                star=ours.get("star") is True,
                reader="",
                created="",
                updated="",
                anchor=Anchor.EXACT,
                confidence=100.0,
            )
            reader, created, updated = _by(row)
            self._highlights.append(
                _as_written(entry, ours)._replace(reader=reader, created=created, updated=updated)
            )
        elif note := "\n\n".join(filter(None, (text, " ".join(f"#{tag}" for tag in tags)))):
            on_text = row.get("uri") != _LIBRARY
            self._notes.append(
                NoteEntry(uid, self._slug(place, row, ours) if on_text else None, note, *_by(row))
            )

    def _slug(self, place: str, row: Node, ours: Node) -> str:
        """The text of a row, which is named here where it has an address."""
        uri = words(_string(place, row, "uri"))
        said = ours.get("text")
        key = f"{uri}\n{said}"
        if key in self._slugs:
            return self._slugs[key]
        title = _title(row) or title_of(uri)
        known = isinstance(said, str) and is_slug(said) and said not in self._texts
        slug = self._slugs[key] = str(said) if known else slug_for(title, self._texts)
        self._texts[slug] = TextEntry(slug, title, "", uri if is_address(uri) else "", "", ())
        return slug


def _as_written(entry: HighlightEntry, ours: Node) -> HighlightEntry:
    """A highlight with what we wrote of it beside what Hypothesis knows; as it is where that does not hold."""
    version, parts, quote = ours.get("version"), ours.get("parts"), ours.get("quote")
    anchor, confidence = ours.get("anchor"), ours.get("confidence")
    spans = _spans(parts) if isinstance(parts, list) else None
    if not isinstance(quote, str) or spans is None or anchor not in tuple(Anchor):
        return entry
    if not isinstance(confidence, int | float) or not 0 <= confidence <= 100:
        return entry
    return entry._replace(
        version=version if isinstance(version, int) and version > 0 else None,
        parts=spans,
        quote=words(quote),
        anchor=Anchor(str(anchor)),
        confidence=float(confidence),
    )


def _spans(parts: Iterable[Json]) -> tuple[Span, ...] | None:
    spans: list[Span] = []
    for part in parts:
        match part:
            case [int(start), int(end)] if 0 <= start < end:
                spans.append(Span(start, end))
            case _:
                return None
    return tuple(spans)


def _quote(place: str, row: Node) -> tuple[str, str, str] | None:
    """What stands before, the words, and what stands after; None for a row on a whole text."""
    targets = row.get("target", [])
    if not isinstance(targets, list):
        raise LibraryError(f"{place}.target: must be an array")
    for target in targets:
        selectors = target.get("selector") if isinstance(target, dict) else None
        for selector in selectors if isinstance(selectors, list) else ():
            if isinstance(selector, dict) and selector.get("type") == "TextQuoteSelector":
                within = f"{place}.target.selector"
                exact = words(_string(within, selector, "exact"))
                before, after = (words(_string(within, selector, key, "")) for key in ("prefix", "suffix"))
                return (before, exact, after) if exact else None
    return None


def _tags(place: str, row: Node) -> tuple[str, ...]:
    tags = row.get("tags") or []
    if not isinstance(tags, list):
        raise LibraryError(f"{place}.tags: must be an array of strings")
    return tuple(
        dict.fromkeys(tag_of(tag.split("/")) for tag in tags if isinstance(tag, str) and tag.strip())
    )


def _title(row: Node) -> str:
    document = row.get("document")
    titles = document.get("title") if isinstance(document, dict) else None
    title = titles[0] if isinstance(titles, list) and titles else titles
    return one_line(title) if isinstance(title, str) else ""


def _by(row: Node) -> tuple[str, str, str]:
    """Reader, and times of making and of the last change."""
    info, user = row.get("user_info"), row.get("user")
    name = info.get("display_name") if isinstance(info, dict) else None
    if not isinstance(name, str) and isinstance(user, str):
        name = user.removeprefix("acct:").partition("@")[0]
    created = moment(row.get("created"))
    return one_line(name) if isinstance(name, str) else "", created, moment(row.get("updated")) or created


def _string(place: str, node: Node, key: str, default: str | None = None) -> str:
    value = node.get(key)
    if value is None and default is not None:
        return default
    if not isinstance(value, str):
        raise LibraryError(f"{place}.{key}: must be a string")
    return value
