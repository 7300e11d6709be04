"""Reads W3C Web Annotations, whoever wrote them, into an archive.

Targets in one text are the parts of one highlight; one that is a whole text makes a note on it. An annotation on
another one is a link where a body leads to a third, else a note. Of selectors those for quotes and positions count,
also inside others; where only others say the place, that is told. Positions of other programs count in a page, not in a
body: they are believed where the quote stands. Without a quote they count as those beside them that have one, else as
their program does. What is no annotation, or a broken one, is named and left out; the rest comes in.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import pairwise

from store.errors import LibraryError
from store.exchange import json as everything
from store.exchange.archive import Archive, HighlightEntry, LinkEntry, NoteEntry, QuotedRange, TextEntry
from store.exchange.checking import LONGEST_KIND
from store.exchange.foreign import OddRows, derived, slug_for, tag_of, title_of, uid_of
from store.exchange.json import JsonValue
from store.exchange.w3c.nodes import (
    AnnotationBody,
    AnnotationTarget,
    address_of,
    anchor_of,
    bodies_of,
    counts_utf_16,
    embedded,
    in_new_names,
    is_uid,
    made_by,
    motives_of,
    targets_of,
)
from store.exchange.w3c.selectors import Node, each, kinds_of
from store.exchange.w3c.w3c_writer import MEMBERS, text_iri, texts_by_address
from store.highlight_rows import GAP
from store.records import Anchor
from store.sanitize import one_line, words
from texts.model import Span, united
from texts.visible import one_line as shown

_NOWHERE = Span(0, 0)


def read(data: bytes, name: str) -> Archive:
    """The archive in a file, ours or anybody's; raises LibraryError that names the place of what is wrong."""
    whole = everything.parsed_rows(data)
    try:
        root, items = _items(in_new_names(whole) if b"hasTarget" in data else whole, shown(name))
        rest = root.get(MEMBERS) if root else None
        base = Archive() if rest is None else everything.read(json.dumps(rest).encode(), name)
        return _Reading(base, address_of(root or {})).archive(items, ours=rest is not None)
    except RecursionError as error:
        raise LibraryError(f"{shown(name)} is nested too deeply to be read") from error


def _items(whole: JsonValue, name: str) -> tuple[Node | None, Sequence[JsonValue]]:
    """The collection or page, if there is one, and the annotations in it."""
    if isinstance(whole, list):
        return None, whole
    if isinstance(whole, dict):
        kinds = kinds_of(whole)
        if "Annotation" in kinds:
            return None, [whole]
        if "AnnotationCollection" in kinds:
            first = whole.get("first")
            if isinstance(first, str):
                raise LibraryError(f"{name} only says where its annotations are: save its pages with it")
            return whole, _list(first, "items", "first") if isinstance(first, dict) else []
        if "AnnotationPage" in kinds:
            return whole, _list(whole, "items", "")
        if "@graph" in whole:
            return whole, embedded(_list(whole, "@graph", ""))
    raise LibraryError(
        f"{name} holds no Web Annotations: its type is none of AnnotationCollection, AnnotationPage, Annotation"
    )


def _list(node: Node, key: str, place: str) -> list[JsonValue]:
    value = node.get(key)
    if not isinstance(value, list):
        raise LibraryError(f"{place + '.' if place else ''}{key}: must be an array of Annotations")
    return value


class _Reading:
    def __init__(self, base: Archive, collection: str) -> None:
        self._base = base
        self._collection = collection
        self._slugs = {address: text.slug for address, text in texts_by_address(base.texts).items()}
        self._slugs |= {text_iri(text.slug): text.slug for text in base.texts}
        self._taken = set(self._slugs.values())
        self._texts = list(base.texts)
        self._uids: dict[str, str] = {}
        self._highlights: list[HighlightEntry] = []
        self._links: list[LinkEntry] = []
        self._notes: list[NoteEntry] = []
        self._utf_16: set[str] = set()
        self._ranges: list[QuotedRange] = []
        self._left_out: list[str] = []

    def archive(self, items: Sequence[JsonValue], *, ours: bool) -> Archive:
        nodes: list[tuple[str, Node]] = []
        odd = OddRows(of=len(items))
        for number, item in enumerate(items):
            place = f"items[{number}]"
            with odd.named():
                if not isinstance(item, dict) or "Annotation" not in kinds_of(item):
                    raise LibraryError(f"{place}: must be an object of the type Annotation")
                nodes.append((place, item))
                if address := address_of(item):
                    self._uids[address] = uid_of(address)
        for place, node in nodes:
            with odd.named():
                self._read(place, node)
        return self._base._replace(
            texts=tuple(self._texts),
            highlights=tuple(self._highlights),
            links=tuple(self._links),
            notes=tuple(self._notes),
            left_out=(*self._base.left_out, *odd.left_out, *self._left_out),
            unsaid=frozenset() if ours else frozenset({"star"}),
            counted_elsewhere=not ours,
            utf_16=frozenset(self._utf_16),
            ranges=tuple(self._ranges),
        )

    def _read(self, place: str, node: Node) -> None:
        targets = [target for value in each(node.get("target")) for target in targets_of(place, value)]
        if not targets:
            raise LibraryError(f"{place}.target: must be an address or an object with a source")
        bodies = [body for value in each(node.get("body")) for body in bodies_of(value)]
        if isinstance(plain := node.get("bodyValue"), str):
            bodies.append(AnnotationBody("", words(plain), ""))
        uid = uid_of(address_of(node)) if address_of(node) else derived(json.dumps(node, sort_keys=True))
        left = next((self._uids[target.source] for target in targets if target.source in self._uids), None)
        right = next((self._right(body) for body in bodies if self._right(body)), None)
        if right and (left := left or self._outside(targets, node)) and left != right:
            self._links.append(_link(uid, left, right, bodies, node))
        elif selected := [target for target in targets if target.selected]:
            self._mark(uid, selected, bodies, node)
            self._tell_lost(place, targets)
        else:
            noted = self._note(uid, targets[0].source, bodies, node)
            if unread := targets[0].unread:
                on_text = ": what it says is a note on the text" if noted else ""
                self._left_out.append(f"{place}: its place, which only {unread} says{on_text}")

    def _right(self, body: AnnotationBody) -> str:
        """Uid of the highlight that a body leads to; empty for other bodies."""
        if body.address in self._uids:
            return self._uids[body.address]
        return uid_of(body.address) if body.purpose == "linking" and is_uid(body.address) else ""

    @staticmethod
    def _outside(targets: Sequence[AnnotationTarget], node: Node) -> str | None:
        """Uid of a highlight that the file does not hold, from which a link of ours starts."""
        return uid_of(targets[0].source) if "tui:mutual" in node and is_uid(targets[0].source) else None

    def _slug(self, source: str) -> str:
        """The text of an address; one that nobody told of is named by the end of the address."""
        if source not in self._slugs:
            title = title_of(source)
            slug = self._slugs[source] = slug_for(title, self._taken)
            self._taken.add(slug)
            self._texts.append(TextEntry(slug, title, "", words(source), "", ()))
        return self._slugs[source]

    def _mark(
        self, uid: str, targets: Sequence[AnnotationTarget], bodies: Sequence[AnnotationBody], node: Node
    ) -> None:
        by_text: dict[str, list[AnnotationTarget]] = {}
        for target in targets:
            by_text.setdefault(self._slug(target.source), []).append(target)
        motives = motives_of(node)
        tags, note = _said(bodies, motives)
        reader, created, updated = made_by(node)
        in_utf_16 = counts_utf_16(node)
        for number, (slug, parts) in enumerate(by_text.items()):
            own_uid = uid if number == 0 else derived(uid, slug)
            if in_utf_16:
                self._utf_16.add(own_uid)
            if all(target.part for target in parts):
                parts.sort(key=lambda target: target.part or _NOWHERE)
            anchor, confidence = anchor_of(node)
            if any(target.ends for target in parts):
                anchor, confidence = Anchor.ORPHAN, 0.0
            self._ranges += (QuotedRange(own_uid, *target.ends) for target in parts if target.ends)
            self._highlights.append(
                HighlightEntry(
                    uid=own_uid,
                    text=slug,
                    version=parts[0].version,
                    parts=_places(parts),
                    quote=GAP.join(target.quote for target in parts if target.quote),
                    before=parts[0].before,
                    after=parts[-1].after,
                    tags=tags,
                    note=note,
                    star="bookmarking" in motives,
                    reader=reader,
                    created=created,
                    updated=updated,
                    anchor=anchor,
                    confidence=confidence,
                )
            )

    def _tell_lost(self, place: str, targets: Sequence[AnnotationTarget]) -> None:
        """Names the targets that are no part of the highlight that the others in their text make."""
        quoting = {target.source for target in targets if target.quote}
        for target in targets:
            bare = target.part and not target.quote and target.source in quoting
            why = target.unread or ("a position" if bare else "")
            if why:
                beside = " beside words" if bare else ""
                self._left_out.append(f"{place}: one of its targets, which only {why} says{beside}")

    def _note(self, uid: str, source: str, bodies: Sequence[AnnotationBody], node: Node) -> bool:
        """Whether there was anything to note."""
        tags, note = _said(bodies, motives_of(node))
        note = "\n\n".join(filter(None, (note, " ".join(f"#{tag}" for tag in tags))))
        on_text = source != self._collection and source not in self._uids
        if note:
            self._notes.append(NoteEntry(uid, self._slug(source) if on_text else None, note, *made_by(node)))
        return bool(note)


def _places(targets: Sequence[AnnotationTarget]) -> tuple[Span, ...]:
    """The parts of a highlight that targets in their order make; none where words have to tell them."""
    places = tuple(target.part for target in targets if target.part)
    if len(places) < len(targets):
        return ()
    if not any(target.quote for target in targets):
        return united(places)
    return () if any(after.start < before.end for before, after in pairwise(places)) else places


def _link(uid: str, left: str, right: str, bodies: Sequence[AnnotationBody], node: Node) -> LinkEntry:
    kind = next((body.words for body in bodies if body.purpose == "classifying"), "")
    note = "\n\n".join(body.words for body in bodies if body.words and body.purpose != "classifying")
    mutual = node.get("tui:mutual") is True
    return LinkEntry(
        uid, left, right, one_line(kind)[:LONGEST_KIND] or "linked", mutual, note, *made_by(node)
    )


def _said(bodies: Sequence[AnnotationBody], motives: Sequence[str]) -> tuple[tuple[str, ...], str]:
    """Tags and note: what has no purpose is a tag where tagging is all that the annotation is for."""
    tags: list[str] = []
    note: list[str] = []
    for body in bodies:
        if body.address:
            note.append(f"<{body.address}>")
        elif (body.purpose or (motives[0] if len(motives) == 1 else "")) == "tagging":
            tags.append(tag_of(body.words.split("/")))
        elif body.words:
            note.append(body.words)
    return tuple(dict.fromkeys(tags)), "\n\n".join(note)
