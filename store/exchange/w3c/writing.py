"""Writes an archive as Web Annotations."""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Iterable
from typing import BinaryIO, TypeAlias

from store.exchange import json as everything
from store.exchange.archive import Archive, HighlightEntry, LinkEntry, NoteEntry, TextEntry
from store.exchange.foreign import derived, is_address, moment, uid_of
from store.highlights import GAP
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

Node: TypeAlias = "dict[str, object]"
"""A JSON object."""


def write_archive(archive: Archive, out: BinaryIO, *, bodies: bool = True) -> int:
    """Writes an archive; gives the number of highlights. Without `bodies` the texts are only named."""
    writer = _Writer(archive)
    items = [writer.highlight(highlight) for highlight in archive.highlights]
    items += [writer.link(link) for link in archive.links]
    items += [writer.note(note) for note in archive.notes]
    whole: Node = {
        "@context": [CONTEXT, EXTENSIONS],
        "id": writer.collection,
        "type": "AnnotationCollection",
        "label": "Close reading",
        "total": len(items),
        MEMBERS: _rest(archive, bodies=bodies),
    }
    page: Node = {}
    if items:
        page_id = _iri(derived("page", writer.collection))
        page = {"id": page_id, "type": "AnnotationPage", "partOf": writer.collection, "startIndex": 0}
        whole["last"] = page_id
    _put(out, whole, page, items)
    return len(archive.highlights)


def _put(out: BinaryIO, whole: Node, page: Node, items: Iterable[Node]) -> None:
    """Writes the collection with its page in it, an annotation a line."""
    encode = json.JSONEncoder(ensure_ascii=False).encode
    out.write(visible_json(encode(whole).removesuffix("}")).encode())
    if page:
        out.write(b',\n"first": ' + encode(page).removesuffix("}").encode() + b', "items": [')
        separator = "\n"
        for item in items:
            out.write((separator + visible_json(encode(item))).encode())
            separator = ",\n"
        out.write(b"\n]}")
    out.write(b"}\n")


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


def _rest(archive: Archive, *, bodies: bool) -> object:
    """What are no annotations, as the JSON of everything has it."""
    texts = archive.texts if bodies else tuple(text._replace(versions=()) for text in archive.texts)
    buffer = io.BytesIO()
    rest = archive._replace(texts=texts, highlights=(), links=(), notes=(), mentioned=())
    everything.write_archive(rest, buffer)
    return json.loads(buffer.getvalue())


class _Writer:
    def __init__(self, archive: Archive) -> None:
        uids = (
            entry.uid for entries in (archive.highlights, archive.links, archive.notes) for entry in entries
        )
        self.collection = _iri(derived("collection", *uids))
        self._texts = {text.slug: text for text in archive.texts}
        self._addresses = {text.slug: address for address, text in texts_by_address(archive.texts).items()}

    def _source(self, slug: str) -> str:
        return self._addresses.get(slug) or text_iri(slug)

    def highlight(self, highlight: HighlightEntry) -> Node:
        bodies: list[Node] = [_textual("tagging", path) for path in highlight.tags]
        if highlight.note:
            bodies.append(_textual("commenting", highlight.note, "text/markdown"))
        motives = ["highlighting"]
        motives += ["tagging"] * bool(highlight.tags) + ["commenting"] * bool(highlight.note)
        motives += ["bookmarking"] * highlight.star
        node = _annotation(highlight, motives)
        if bodies:
            node["body"] = bodies
        targets = self._targets(highlight)
        node["target"] = targets if len(targets) > 1 else targets[0]
        if highlight.anchor is not Anchor.EXACT:
            node |= {"tui:anchor": str(highlight.anchor), "tui:confidence": highlight.confidence}
        return node

    def _targets(self, highlight: HighlightEntry) -> list[Node]:
        """The parts of a highlight; one without a place where only the quote is known."""
        quotes = self._quotes(highlight)
        last = len(quotes) - 1
        targets: list[Node] = []
        for number, exact in enumerate(quotes):
            quote: Node = {"type": "TextQuoteSelector", "exact": exact}
            if number == 0:
                quote["prefix"] = highlight.before
            if number == last:
                quote["suffix"] = highlight.after
            selectors = [quote]
            if highlight.parts:
                start, end = highlight.parts[number]
                selectors.append({"type": "TextPositionSelector", "start": start, "end": end})
            targets.append(
                {"source": self._source(highlight.text), "selector": selectors} | self._state(highlight)
            )
        return targets

    def _quotes(self, highlight: HighlightEntry) -> list[str]:
        """The words of each part; all of them in the first one where it cannot be told which are whose."""
        parts = highlight.parts
        if len(parts) < 2:
            return [highlight.quote]
        text = self._texts.get(highlight.text)
        if text is not None and text.versions:
            body = text.versions[(highlight.version or len(text.versions)) - 1].body
            words = [body[start:end] for start, end in parts]
            if GAP.join(words) == highlight.quote:
                return words
        words = highlight.quote.split(GAP)
        return words if len(words) == len(parts) else [highlight.quote, *[""] * (len(parts) - 1)]

    def _state(self, highlight: HighlightEntry) -> Node:
        """Which version the positions count in, by the time since when it is in the library."""
        text = self._texts.get(highlight.text)
        if highlight.version is None:
            return {}
        version = {"tui:version": highlight.version}
        if text is None or not 0 < highlight.version <= len(text.versions):
            return {**version}
        added = moment(text.versions[highlight.version - 1].added)
        return {"state": {"type": "TimeState", "sourceDate": added}, **version} if added else {**version}

    def link(self, link: LinkEntry) -> Node:
        bodies: list[Node] = [
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

    def note(self, note: NoteEntry) -> Node:
        return _annotation(note, ["commenting"]) | {
            "body": [_textual("commenting", note.words, "text/markdown")],
            "target": self.collection if note.text is None else self._source(note.text),
        }


def _annotation(entry: HighlightEntry | LinkEntry | NoteEntry, motives: list[str]) -> Node:
    node: Node = {"id": _iri(uid_of(entry.uid)), "type": "Annotation", "motivation": motives}
    if entry.reader:
        node["creator"] = {
            "id": _iri(derived("reader", entry.reader)),
            "type": "Person",
            "name": entry.reader,
        }
    times: Iterable[tuple[str, str]] = (("created", entry.created), ("modified", entry.updated))
    return node | {key: time for key, time in times if time}


def _textual(purpose: str, value: str, format: str = "text/plain") -> Node:
    return {"type": "TextualBody", "purpose": purpose, "format": format, "value": value}
