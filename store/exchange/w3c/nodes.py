"""The nodes of a Web Annotation: what JSON-LD says in any of its shapes, made one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeAlias

from store.errors import LibraryError
from store.exchange.flattening import flattened
from store.exchange.foreign import moment
from store.exchange.json import JsonValue
from store.records import Anchor
from store.sanitize import one_line, words
from texts.lazy_pattern import lazy_pattern
from texts.model import Span

Node: TypeAlias = dict[str, JsonValue]
"""A JSON object."""

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
_CHARACTERS = lazy_pattern(r"#?char=(\d{1,15}),(\d{1,15})(?![\d,])")
_PREFIXES = ("oa:", "as:", "http://www.w3.org/ns/oa#", "https://www.w3.org/ns/activitystreams#")


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
        purpose = next((kind for kind in _strings(value.get("purpose"))), "").removeprefix("oa:")
        text = value.get("value", value.get("chars"))
        source = value.get("source", value)
        if isinstance(text, str):
            if "text/html" in _strings(value.get("format")):
                text = flattened(text)[0].strip()
            yield AnnotationBody(purpose, words(text), "")
        elif address := source if isinstance(source, str) else address_of(source):
            yield AnnotationBody(purpose, "", words(address))


def targets_of(place: str, value: JsonValue) -> Iterator[AnnotationTarget]:
    """The targets in one; `place` is for messages, which LibraryError brings where a selector is broken."""
    if isinstance(value, str):
        yield AnnotationTarget(value, False, "", "", "", None, None)
    elif isinstance(value, dict):
        if isinstance(items := value.get("items"), list):
            for item in items:
                yield from targets_of(place, item)
            return
        source = value.get("source", value)
        if address := source if isinstance(source, str) else address_of(source):
            yield _selected(f"{place}.target.selector", address, value)


def _selected(place: str, source: str, target: Node) -> AnnotationTarget:
    quote, before, after, part = None, "", "", None
    unread: list[str] = []
    for selector in _selectors(target.get("selector")):
        if "TextQuoteSelector" in kinds_of(selector) and quote is None:
            quote = _string(place, selector, "exact")
            before, after = (
                words(whole)
                if isinstance(whole := target.get(key), str)
                else _string(place, selector, said, "")
                for key, said in (("tui:before", "prefix"), ("tui:after", "suffix"))
            )
        elif "TextPositionSelector" in kinds_of(selector) and part is None:
            part = _span(place, selector)
        elif (
            "RangeSelector" in kinds_of(selector) and part is None and (between := _between(place, selector))
        ):
            part = between
        elif "FragmentSelector" in kinds_of(selector) and part is None and (said := _of_fragment(selector)):
            part = said
        else:
            unread += sorted(kinds_of(selector))
    version = target.get("tui:version")
    ours = isinstance(version, int) and version > 0
    return AnnotationTarget(
        source,
        bool(quote) or part is not None,
        quote or "",
        before,
        after,
        part,
        version if isinstance(version, int) and ours else None,
        "" if quote or part else ", ".join(dict.fromkeys(unread)),
    )


def _selectors(value: JsonValue) -> Iterator[Node]:
    """All selectors, those that refine others included."""
    waiting = list(each(value))
    while waiting:
        selector = waiting.pop(0)
        if isinstance(selector, dict):
            yield selector
            waiting += each(selector.get("refinedBy"))


def _string(place: str, node: Node, key: str, default: str | None = None) -> str:
    value = node.get(key, default)
    if not isinstance(value, str):
        raise LibraryError(f"{place}.{key}: must be a string")
    return words(value)


def _span(place: str, selector: Node) -> Span:
    """The positions of a selector; raises LibraryError for what are none."""
    start, end = (_position(f"{place}.{key}", selector.get(key)) for key in ("start", "end"))
    if end <= start:
        raise LibraryError(f"{place}: ends at {end}, before it starts")
    return Span(start, end)


def _between(place: str, selector: Node) -> Span | None:
    """The place from where one position starts to where another does; None for ranges between other things."""
    ends: list[int] = []
    for key in ("startSelector", "endSelector"):
        for each in _selectors(selector.get(key)):
            if "TextPositionSelector" in kinds_of(each):
                ends.append(_position(f"{place}.{key}.start", each.get("start")))
                break
    return Span(*ends) if len(ends) == 2 and ends[0] < ends[1] else None


def _of_fragment(selector: Node) -> Span | None:
    """The place that a fragment of plain text says (RFC 5147, `char=26,37`: code points); None for other fragments."""
    value = selector.get("value")
    found = _CHARACTERS.match(value) if isinstance(value, str) else None
    return Span(int(found[1]), int(found[2])) if found and int(found[1]) < int(found[2]) else None


def _position(place: str, value: JsonValue) -> int:
    """An offset, also as digits in quotes: so it comes out of programs that keep annotations as RDF."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 20:
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**53:
        raise LibraryError(f"{place}: must be a whole number that is not negative")
    return value


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


def kinds_of(node: Node) -> set[str]:
    """The types of a node, without prefixes."""
    return {
        next((kind.removeprefix(prefix) for prefix in _PREFIXES if kind.startswith(prefix)), kind)
        for kind in _strings(node.get("type", node.get("@type")))
    }


def motives_of(node: Node) -> list[str]:
    """What it was made for."""
    return [motive.removeprefix("oa:") for motive in _strings(node.get("motivation"))]


def address_of(node: JsonValue) -> str:
    """What a node is called; empty where it does not say."""
    address = node.get("id", node.get("@id")) if isinstance(node, dict) else None
    return address if isinstance(address, str) else ""


def each(value: JsonValue) -> Iterator[JsonValue]:
    """What stands alone or in an array."""
    yield from value if isinstance(value, list) else () if value is None else (value,)


def _strings(value: JsonValue) -> Iterator[str]:
    return (item for item in each(value) if isinstance(item, str))


def is_uid(address: str) -> bool:
    """Whether it may be one of ours."""
    return address.startswith("urn:uuid:")
