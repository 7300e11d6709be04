"""Reads what the API of Hypothesis answers, whoever asked it, into an archive."""

from __future__ import annotations

import json
from collections.abc import Iterable

from store.errors import LibraryError
from store.exchange import json as everything
from store.exchange.archive import Archive, HighlightEntry, LinkEntry, NoteEntry, TextEntry
from store.exchange.checking import LONGEST_KIND
from store.exchange.foreign import derived, is_address, is_slug, moment, slug_for, tag_of, title_of, uid_of
from store.exchange.hypothesis.names import EXTRA, LIBRARY, Node, uid_of_id
from store.exchange.json import Json
from store.records import Anchor
from store.tidy import one_line, words
from texts.model import Span
from texts.visible import one_line as shown


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
            on_text = row.get("uri") != LIBRARY
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
