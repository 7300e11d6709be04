"""What the selectors of a Web Annotation select: words with what stands around them, a place, or both.

Quotes count, positions, ranges between two of either, and the fragments that count characters (RFC 5147) or that a
browser makes to link to words (`#:~:text=`). A selector that refines another one selects inside what that has selected:
its positions count from there, so that they say nothing where the outer one is not understood.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, TypeAlias
from urllib.parse import unquote

from store.errors import LibraryError
from store.exchange.archive import QuotedEnd
from store.exchange.json import JsonValue
from store.highlight_rows import GAP
from store.sanitize import words
from texts.lazy_pattern import lazy_pattern
from texts.model import Span

Node: TypeAlias = dict[str, JsonValue]
"""A JSON object."""

_PREFIXES = ("oa:", "as:", "http://www.w3.org/ns/oa#", "https://www.w3.org/ns/activitystreams#")
_CHARACTERS = lazy_pattern(r"#?char=(\d{1,15}),(\d{1,15})(?![\d,])")
_TEXT = lazy_pattern(r"#?[^#]*:~:text=(?:([^&,]*)-,)?([^&,]*)(?:,-([^&,]*))?")
"""A fragment that leads to words: those before, the words, those after. One that says where a range ends is none."""
_DEEPEST = 20
"""Selectors that refine each other."""


class SelectedWords(NamedTuple):
    """What a selector, or several for the same, select."""

    quote: str = ""
    before: str = ""
    after: str = ""
    part: Span | None = None
    ends: tuple[QuotedEnd, QuotedEnd] | None = None
    """Where the quote is not the words, but those at which a range starts and before which it ends."""
    unread: tuple[str, ...] = ()
    """The kinds of the selectors that are not understood, where no other says the place."""


def selection_of(place: str, value: JsonValue, depth: int = 0) -> SelectedWords:
    """What selectors that stand for the same select; `place` is for messages of LibraryError, for broken ones."""
    said = [_one(place, selector, depth) for selector in each(value) if isinstance(selector, dict)]
    part = next((one.part for one in said if one.part), None)
    quotes = sorted(
        (one for one in said if one.quote and not (part and one.ends)), key=lambda one: bool(one.ends)
    )
    quoted = next(iter(quotes), SelectedWords())
    is_read = quoted.quote or part
    unread = () if is_read else tuple(dict.fromkeys(kind for one in said for kind in one.unread))
    return quoted._replace(part=part, unread=unread)


def with_fragment(address: str, selector: JsonValue) -> tuple[str, JsonValue]:
    """An address and the selectors beside it; what the end of an address selects, where there are none."""
    source, sign, fragment = address.partition("#")
    if selector is None and sign and (_CHARACTERS.fullmatch(fragment) or _words_in(fragment)):
        return source, {"type": "FragmentSelector", "value": fragment}
    return address, selector


def _one(place: str, selector: Node, depth: int) -> SelectedWords:
    own = _alone(place, selector)
    refining = selector.get("refinedBy")
    if refining is None or depth == _DEEPEST:
        return own
    inner = selection_of(place, refining, depth + 1)
    if own.ends:
        return inner if inner.quote else SelectedWords(unread=tuple(sorted(kinds_of(selector))))
    return own if inner.unread else _inside(own, inner)


def _alone(place: str, selector: Node) -> SelectedWords:
    """What a selector selects without those that refine it."""
    kinds = kinds_of(selector)
    found: SelectedWords | None = None
    if "TextQuoteSelector" in kinds:
        found = SelectedWords(
            _string(place, selector, "exact"),
            _string(place, selector, "prefix", ""),
            _string(place, selector, "suffix", ""),
        )
    elif "TextPositionSelector" in kinds:
        found = SelectedWords(part=_span(place, selector))
    elif "RangeSelector" in kinds:
        between = _between(place, selector)
        found = SelectedWords(part=between) if between else _between_words(place, selector)
    elif "FragmentSelector" in kinds:
        found = _of_fragment(selector.get("value"))
    return found or SelectedWords(unread=tuple(sorted(kinds)))


def _inside(outer: SelectedWords, inner: SelectedWords) -> SelectedWords:
    """What is selected inside what another selector has selected."""
    if outer.part and inner.part and not outer.quote:
        start = outer.part.start
        return inner._replace(part=Span(start + inner.part.start, start + inner.part.end))
    if not outer.quote:
        whole = outer.part if outer.part and outer.part.end - outer.part.start == len(inner.quote) else None
        return inner._replace(part=whole) if inner.quote else outer
    quote, at = inner.quote, outer.quote.find(inner.quote)
    if inner.part and not quote:
        quote, at = outer.quote[inner.part.start : inner.part.end], inner.part.start
    if at < 0 or not quote or (inner.quote and outer.quote.count(quote) > 1):
        return inner._replace(part=None) if inner.quote else outer
    before, after = outer.quote[:at], outer.quote[at + len(quote) :]
    return SelectedWords(quote, outer.before + before, after + outer.after)


def _of_fragment(value: JsonValue) -> SelectedWords | None:
    """What a fragment selects; None where it names something else, such as a heading."""
    if not isinstance(value, str):
        return None
    found = _CHARACTERS.match(value)
    if found and int(found[1]) < int(found[2]):
        return SelectedWords(part=Span(int(found[1]), int(found[2])))
    return _words_in(value)


def _words_in(fragment: str) -> SelectedWords | None:
    """The words that a fragment leads to."""
    found = _TEXT.fullmatch(fragment)
    if found is None or not found[2]:
        return None
    before, quote, after = (words(unquote(said or "")) for said in found.groups())
    return SelectedWords(quote, before and f"{before} ", after and f" {after}")


def _between(place: str, selector: Node) -> Span | None:
    """The place from where one position starts to where another does; None for ranges between other things."""
    ends: list[int] = []
    for key in ("startSelector", "endSelector"):
        for one in each(selector.get(key)):
            if isinstance(one, dict) and "TextPositionSelector" in kinds_of(one):
                ends.append(_position(f"{place}.{key}.start", one.get("start")))
                break
    return Span(*ends) if len(ends) == 2 and ends[0] < ends[1] else None


def _between_words(place: str, selector: Node) -> SelectedWords | None:
    """The range from words to other words, which are no part of it; None for ranges between other things."""
    ends: list[QuotedEnd] = []
    for key in ("startSelector", "endSelector"):
        for one in each(selector.get(key)):
            if isinstance(one, dict) and "TextQuoteSelector" in kinds_of(one):
                said = _alone(f"{place}.{key}", one)
                ends.append(QuotedEnd(said.quote, said.before, said.after))
                break
    if len(ends) < 2 or not all(end.quote for end in ends):
        return None
    start, end = ends
    return SelectedWords(f"{start.quote}{GAP}{end.quote}", start.before, end.after, ends=(start, end))


def _span(place: str, selector: Node) -> Span:
    """The positions of a selector; raises LibraryError for what are none."""
    start, end = (_position(f"{place}.{key}", selector.get(key)) for key in ("start", "end"))
    if end <= start:
        raise LibraryError(f"{place}: ends at {end}, before it starts")
    return Span(start, end)


def _position(place: str, value: JsonValue) -> int:
    """An offset, also as digits in quotes: so it comes out of programs that keep annotations as RDF."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 20:
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**53:
        raise LibraryError(f"{place}: must be a whole number that is not negative")
    return value


def _string(place: str, node: Node, key: str, default: str | None = None) -> str:
    value = node.get(key, default)
    if not isinstance(value, str):
        raise LibraryError(f"{place}.{key}: must be a string")
    return words(value)


def kinds_of(node: Node) -> set[str]:
    """The types of a node, without prefixes."""
    return {
        next((kind.removeprefix(prefix) for prefix in _PREFIXES if kind.startswith(prefix)), kind)
        for kind in strings_of(node.get("type", node.get("@type")))
    }


def each(value: JsonValue) -> Iterator[JsonValue]:
    """What stands alone or in an array."""
    yield from value if isinstance(value, list) else () if value is None else (value,)


def strings_of(value: JsonValue) -> Iterator[str]:
    """The strings of what stands alone or in an array."""
    return (item for item in each(value) if isinstance(item, str))
