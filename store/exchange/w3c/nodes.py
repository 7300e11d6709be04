"""The nodes of a Web Annotation: what JSON-LD says in any of its shapes, made one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from store.errors import LibraryError
from store.exchange.archive import QuotedEnd
from store.exchange.flattening import flattened
from store.exchange.foreign import moment
from store.exchange.json import JsonValue
from store.exchange.w3c.selectors import Node, each, kinds_of, selection_of, strings_of, with_fragment
from store.records import Anchor
from store.sanitize import one_line, words
from texts.lazy_pattern import lazy_pattern
from texts.model import Span

_PUT_IN = 10_000
"""Nodes that are put into others at most, beside ten for each node of the graph."""
_REFERRING = ("target", "body", "selector", "refinedBy", "items", "creator")
"""Keys whose value may be the address of another node of the graph."""
_IN_UTF_16 = (
    "hypothes.is",
    "hypothesis",
    "recogito",
    "annotorious",
    "apache annotator",
    "annotator.apache",
    "annotatorjs",
)
"""What stands in the name or address of programs that run in a browser and count as it does."""

_VOCABULARY = lazy_pattern(
    r"^(?:oa|as|cnt|dc|dcterms|foaf|rdf|schema):"
    r"|^https?://(?:www\.w3\.org|purl\.org|xmlns\.com|schema\.org)/[!-~]*?(?=[^/#]+$)"
)
"""What stands before the names of RDF."""
_NEW_NAMES = {
    "annotatedAt": "created",
    "annotatedBy": "creator",
    "chars": "value",
    "hasBody": "body",
    "hasPurpose": "purpose",
    "hasSelector": "selector",
    "hasSource": "source",
    "hasTarget": "target",
    "motivatedBy": "motivation",
}
"""Names of Open Annotation (2013), and of RDF, that the recommendation has for others."""


class AnnotationTarget(NamedTuple):
    """What an annotation is on."""

    source: str
    """Its address."""
    selected: bool
    """Whether a quote or a position is known, rather than the whole."""
    quote: str
    before: str
    after: str
    part: Span | None
    version: int | None
    ends: tuple[QuotedEnd, QuotedEnd] | None = None
    """The words at the ends of a range, where it is known by them alone."""
    unread: str = ""
    """What says the place where nothing else does, and is not understood."""


class AnnotationBody(NamedTuple):
    """What an annotation says."""

    purpose: str
    """Empty where it does not say."""
    words: str
    address: str
    """Of what it leads to; empty where it says something itself."""


def bodies_of(value: JsonValue) -> Iterator[AnnotationBody]:
    """The bodies in one: a choice or a set holds several."""
    if isinstance(value, str):
        yield AnnotationBody("", "", words(value))
    elif isinstance(value, dict):
        if isinstance(items := value.get("items"), list):
            for item in items:
                yield from bodies_of(item)
            return
        purpose = next((kind for kind in strings_of(value.get("purpose"))), "").removeprefix("oa:")
        text = value.get("value", value.get("chars"))
        source = value.get("source", value)
        if isinstance(text, str):
            if "text/html" in strings_of(value.get("format")):
                text = flattened(text)[0].strip()
            yield AnnotationBody(purpose, words(text), "")
        elif address := source if isinstance(source, str) else address_of(source):
            yield AnnotationBody(purpose, "", words(address))


def targets_of(place: str, value: JsonValue) -> Iterator[AnnotationTarget]:
    """The targets in one; `place` is for messages, which LibraryError brings where a selector is broken."""
    if isinstance(value, str):
        yield _selected(f"{place}.target", value, {})
    elif isinstance(value, dict):
        if isinstance(items := value.get("items"), list):
            for item in items:
                yield from targets_of(place, item)
            return
        source = value.get("source", value)
        if address := source if isinstance(source, str) else address_of(source):
            yield _selected(f"{place}.target.selector", address, value)


def _selected(place: str, address: str, target: Node) -> AnnotationTarget:
    source, selector = with_fragment(address, target.get("selector"))
    found = selection_of(place, selector)
    before, after = (
        words(whole) if isinstance(whole := target.get(key), str) else said
        for key, said in (("tui:before", found.before), ("tui:after", found.after))
    )
    version = target.get("tui:version")
    ours = isinstance(version, int) and version > 0
    return AnnotationTarget(
        source,
        bool(found.quote) or found.part is not None,
        found.quote,
        before,
        after,
        found.part,
        version if isinstance(version, int) and ours else None,
        found.ends,
        ", ".join(found.unread),
    )


def counts_utf_16(node: Node) -> bool:
    """Whether the program that made an annotation is known to count units of UTF-16, as JavaScript does.

    The recommendation has code points; what runs in a browser takes the offsets of its own strings.
    """
    said = " ".join(
        str(value).casefold()
        for generator in each(node.get("generator"))
        for value in (generator.values() if isinstance(generator, dict) else (generator,))
    )
    return any(name in said for name in _IN_UTF_16)


def in_new_names(value: JsonValue) -> JsonValue:
    """What is said in the names that Open Annotation had, or in those of RDF, in those of the recommendation."""
    if isinstance(value, list):
        return [in_new_names(item) for item in value]
    if not isinstance(value, dict):
        return value
    if "@value" in value:  # beside it stand only the language or the type of a literal
        return value["@value"]
    made: Node = {}
    for key, said in value.items():
        bare = _VOCABULARY.sub("", key)
        new = in_new_names(said)
        is_alone = bare != key and isinstance(new, list) and len(new) == 1
        made[_NEW_NAMES.get(bare, bare)] = new[0] if is_alone and isinstance(new, list) else new
    return made


def embedded(graph: Sequence[JsonValue]) -> list[JsonValue]:
    """The nodes of a graph, each with those it refers to in it, as RDF programs write them side by side.

    Nodes that have gone into others are left out; annotations stay, and so does the address of one that another is on.
    Raises LibraryError where nodes refer to each other so often that putting them together would never end.
    """
    nodes = {address: node for node in graph if isinstance(node, dict) and (address := address_of(node))}
    parts = {address: node for address, node in nodes.items() if "Annotation" not in kinds_of(node)}
    used: set[str] = set()
    most, put = _PUT_IN + 10 * len(graph), 0

    def whole(value: JsonValue, inside: frozenset[str]) -> JsonValue:
        if isinstance(value, list):
            return [whole(item, inside) for item in value]
        address = value if isinstance(value, str) else address_of(value) if _is_reference(value) else ""
        if address not in parts or address in inside:
            return value
        nonlocal put
        put += 1
        if put > most:
            raise LibraryError("its nodes refer to each other more often than a reader could have meant")
        used.add(address)
        return filled(parts[address], inside | {address})

    def filled(node: Node, inside: frozenset[str]) -> Node:
        return {key: whole(value, inside) if key in _REFERRING else value for key, value in node.items()}

    made = [
        (address_of(node), filled(node, frozenset((address_of(node),))) if isinstance(node, dict) else node)
        for node in graph
    ]
    return [node for address, node in made if address not in used]


def _is_reference(value: JsonValue) -> bool:
    return isinstance(value, dict) and len(value) == 1 and bool(address_of(value))


def anchor_of(node: Node) -> tuple[Anchor, float]:
    """How a highlight of ours stands; exact where it does not say."""
    state, confidence = node.get("tui:anchor"), node.get("tui:confidence")
    if state not in tuple(Anchor) or not isinstance(confidence, int | float) or not 0 <= confidence <= 100:
        return Anchor.EXACT, 100.0
    return Anchor(str(state)), float(confidence)


def made_by(node: Node) -> tuple[str, str, str]:
    """Reader, and times of making and of the last change; empty where it does not say."""
    creator = next(each(node.get("creator")), None)
    name: JsonValue = creator
    if isinstance(creator, dict):
        name = next((creator[key] for key in ("name", "nickname", "id", "@id") if creator.get(key)), "")
    name = next(each(name), "")
    created = moment(node.get("created"))
    reader = one_line(name) if isinstance(name, str) else ""
    return reader, created, moment(node.get("modified")) or created


def motives_of(node: Node) -> list[str]:
    """What it was made for."""
    return [motive.removeprefix("oa:") for motive in strings_of(node.get("motivation"))]


def address_of(node: JsonValue) -> str:
    """What a node is called; empty where it does not say."""
    address = node.get("id", node.get("@id")) if isinstance(node, dict) else None
    return address if isinstance(address, str) else ""


def is_uid(address: str) -> bool:
    """Whether it may be one of ours."""
    return address.startswith("urn:uuid:")
