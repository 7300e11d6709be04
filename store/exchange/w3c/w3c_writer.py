"""Writes an archive as Web Annotations."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain
from typing import BinaryIO, TypeAlias

from store.exchange import json as everything
from store.exchange.archive import (
    Archive,
    Bodies,
    HighlightEntry,
    LinkEntry,
    NoteEntry,
    TextEntry,
    headers,
    highlights_of,
    links_of,
)
from store.exchange.foreign import (
    context_after,
    context_before,
    derived,
    derived_from,
    is_address,
    moment,
    uid_of,
)
from store.highlight_rows import GAP
from store.records import Anchor
from texts.visible import visible_json

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
EXTENSIONS = {
    "@version": 1.1,
    "tui": "urn:close-reading-tui:",
    "tui:archive": {"@type": "@json"},
}
"""What the context has besides the standard's own."""

MEMBERS = "tui:archive"

WrittenNode: TypeAlias = "dict[str, object]"
"""A JSON object."""


def write_archive(archive: Archive, out: BinaryIO, *, bodies: bool = True) -> int:
    """Writes an archive; gives the number of highlights. Without `bodies` the texts are only named."""
    writer = _Writer(archive)
    total = len(archive.highlights) + len(archive.links) + len(archive.notes)
    page_id = _iri(derived("page", writer.collection))
    encode = json.JSONEncoder(ensure_ascii=False).encode

    def put(words: str) -> None:
        out.write(visible_json(words).encode())

    head = {
        "@context": [CONTEXT, EXTENSIONS],
        "id": writer.collection,
        "type": "AnnotationCollection",
        "label": "Close reading",
        "total": total,
    }
    put(f'{encode(head).removesuffix("}")}, "{MEMBERS}": ')
    for piece in everything.in_one_line(_rest(archive, bodies=bodies)):
        put(piece)
    if total:
        page = {"id": page_id, "type": "AnnotationPage", "partOf": writer.collection, "startIndex": 0}
        put(f', "last": {encode(page_id)},\n"first": {encode(page).removesuffix("}")}, "items": [')
        everything.write_items(writer.items(), out)
        put("\n]}")
    put("}\n")
    return len(archive.highlights)


def texts_by_address(texts: Iterable[TextEntry]) -> dict[str, TextEntry]:
    """What stands for each text: its address on the web where it is the only one with it, else one made for it."""
    found: dict[str, TextEntry] = {}
    texts = list(texts)
    sharing = Counter(text.source for text in texts)
    for text in texts:
        own = is_address(text.source) and sharing[text.source] == 1
        found[text.source if own else text_iri(text.slug)] = text
    return found


def text_iri(slug: str) -> str:
    """What stands for a text without an address of its own."""
    return _iri(derived("text", slug))


def _iri(uid: str) -> str:
    return f"urn:uuid:{uid}"


def _rest(archive: Archive, *, bodies: bool) -> Archive:
    """What are no annotations."""
    texts = archive.texts if bodies else tuple(text._replace(versions=()) for text in archive.texts)
    return archive._replace(texts=texts, highlights=(), links=(), notes=(), mentioned=())


class _Writer:
    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        notes = (note.uid for note in archive.notes)
        uids = chain(highlights_of(archive).uids(), links_of(archive).uids(), notes)
        self.collection = _iri(derived_from(chain(["collection"], uids)))
        self._texts = headers(archive)
        self._bodies = Bodies(archive)
        addresses = texts_by_address(self._texts.values())
        self._addresses = {text.slug: address for address, text in addresses.items()}

    def items(self) -> Iterator[WrittenNode]:
        """All annotations, in order."""
        yield from map(self.highlight, self._archive.highlights)
        yield from map(self.link, self._archive.links)
        yield from map(self.note, self._archive.notes)

    def _source(self, slug: str) -> str:
        return self._addresses.get(slug) or text_iri(slug)

    def highlight(self, highlight: HighlightEntry) -> WrittenNode:
        bodies: list[WrittenNode] = [_textual("tagging", path) for path in highlight.tags]
        if highlight.note:
            bodies.append(_textual("commenting", highlight.note, "text/markdown"))
        motives = ["highlighting"]
        motives += ["tagging"] * bool(highlight.tags) + ["commenting"] * bool(highlight.note)
        motives += ["bookmarking"] * highlight.star
        node = _annotation(highlight, motives)
        node["body"] = bodies  # empty where nothing is said: some readers of the model want one
        targets = self._targets(highlight)
        node["target"] = targets if len(targets) > 1 else targets[0]
        if highlight.anchor is not Anchor.EXACT:
            node |= {"tui:anchor": str(highlight.anchor), "tui:confidence": highlight.confidence}
        return node

    def _targets(self, highlight: HighlightEntry) -> list[WrittenNode]:
        """The parts of a highlight; one without a place where only the quote is known."""
        quotes = self._quotes(highlight)
        last = len(quotes) - 1
        targets: list[WrittenNode] = []
        for number, exact in enumerate(quotes):
            quote: WrittenNode = {"type": "TextQuoteSelector", "exact": exact}
            if number == 0:
                quote["prefix"] = context_before(highlight)
            if number == last:
                quote["suffix"] = context_after(highlight)
            selectors = [quote]
            if highlight.parts:
                start, end = highlight.parts[number]
                selectors.append({"type": "TextPositionSelector", "start": start, "end": end})
            target: WrittenNode = {"source": self._source(highlight.text), "selector": selectors}
            # What stands beyond its paragraph is ours to know: in a page something else may stand between two of them.
            if number == 0 and quote["prefix"] != highlight.before:
                target["tui:before"] = highlight.before
            if number == last and quote["suffix"] != highlight.after:
                target["tui:after"] = highlight.after
            targets.append(target | self._state(highlight))
        return targets

    def _quotes(self, highlight: HighlightEntry) -> list[str]:
        """The words of each part; all of them in the first one where it cannot be told which are whose."""
        parts = highlight.parts
        if len(parts) < 2:
            return [highlight.quote]
        body = self._bodies.of(highlight.text, highlight.version)
        if body is not None:
            words = [body[start:end] for start, end in parts]
            if GAP.join(words) == highlight.quote:
                return words
        words = highlight.quote.split(GAP)
        return words if len(words) == len(parts) else [highlight.quote, *[""] * (len(parts) - 1)]

    def _state(self, highlight: HighlightEntry) -> WrittenNode:
        """Which version the positions count in, by the time since when it is in the library."""
        text = self._texts.get(highlight.text)
        if highlight.version is None:
            return {}
        version = {"tui:version": highlight.version}
        if text is None or not 0 < highlight.version <= len(text.versions):
            return {**version}
        added = moment(text.versions[highlight.version - 1].added)
        return {"state": {"type": "TimeState", "sourceDate": added}, **version} if added else {**version}

    def link(self, link: LinkEntry) -> WrittenNode:
        bodies: list[WrittenNode] = [
            {"source": _iri(uid_of(link.right)), "purpose": "linking"},
            _textual("classifying", link.kind),
        ]
        if link.note:
            bodies.append(_textual("commenting", link.note, "text/markdown"))
        return _annotation(link, ["linking"]) | {
            "body": bodies,
            "target": _iri(uid_of(link.left)),
            "tui:mutual": link.mutual,
        }

    def note(self, note: NoteEntry) -> WrittenNode:
        return _annotation(note, ["commenting"]) | {
            "body": [_textual("commenting", note.words, "text/markdown")],
            "target": self.collection if note.text is None else self._source(note.text),
        }


def _annotation(entry: HighlightEntry | LinkEntry | NoteEntry, motives: list[str]) -> WrittenNode:
    node: WrittenNode = {"id": _iri(uid_of(entry.uid)), "type": "Annotation", "motivation": motives}
    if entry.reader:
        node["creator"] = {
            "id": _reader_iri(entry.reader),
            "type": "Person",
            "name": entry.reader,
        }
    times: Iterable[tuple[str, str]] = (("created", entry.created), ("modified", entry.updated))
    return node | {key: time for key, time in times if time}


@lru_cache(1 << 10)
def _reader_iri(name: str) -> str:
    return _iri(derived("reader", name))


def _textual(purpose: str, value: str, format: str = "text/plain") -> WrittenNode:
    return {"type": "TextualBody", "purpose": purpose, "format": format, "value": value}
