"""The texts of a project: their bodies, what our variables say of them, and where selections lie in them."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from typing import NamedTuple
from xml.etree.ElementTree import Element

from store.exchange.archive import VersionEntry
from store.exchange.foreign import body_with_offsets, version_of
from store.exchange.refi import guids
from store.exchange.refi.writing import VARIABLES
from store.exchange.refi.xml import guid_of, targets, words_of
from texts.model import Span

_INTEGER = re.compile(r"\s*[+-]?\d{1,15}\s*")


class Source(NamedTuple):
    """A version of a text, as it stands in the file."""

    element: Element
    entry: VersionEntry
    said: dict[str, str]
    """The values of our variables."""
    places: dict[int, int]
    """Position → offset into the body."""

    @property
    def number(self) -> int:
        """Of the version, as we wrote it; 1 where another program did."""
        said = self.said.get("version", "")
        return int(said) if _INTEGER.fullmatch(said) else 1

    def marked(self) -> Iterator[list[Element]]:
        """The selections of each highlight: one, or several where it has gaps."""
        selections = {
            guid_of(selection): selection for selection in self.element.findall("PlainTextSelection")
        }
        further = {guid: found for guid in selections if (found := _further(guid, selections))}
        not_first = {part for found in further.values() for part in found}
        for guid, selection in selections.items():
            if guid not in not_first:
                yield [selection, *(selections[part] for part in further.get(guid, ()))]

    def place(self, selection: Element) -> Span | None:
        """Where a selection lies in the body; None where it lies nowhere."""
        span = _span(selection)
        if span is None or not set(span) <= self.places.keys():
            return None
        start, end = (self.places[position] for position in span)
        return Span(start, end) if start < end else None


def source_of(element: Element, string: str, reader: str, added: str, *, utf_16: bool = False) -> Source:
    """An element with the words that belong to it, and by whom and when it was added.

    With `utf_16` its positions count units of UTF-16 rather than code points.
    """
    body, offsets = body_with_offsets(string)
    point_at = _point_at(string) if utf_16 else int
    points = {
        position: point
        for selection in element.findall("PlainTextSelection")
        for position in _span(selection) or ()
        if (point := point_at(position)) <= len(string)
    }
    there = offsets(points.values())
    places = {position: there[point] for position, point in points.items()}
    said = _said(element)
    entry = version_of(body, source=said.get("version source", ""), reader=reader, added=added)
    return Source(element, _with_overrides(entry, said), said, places)


def _span(selection: Element) -> Span | None:
    """The positions of a selection; None where they are no range of a text."""
    start, end = selection.get("startPosition", ""), selection.get("endPosition", "")
    if not (_INTEGER.fullmatch(start) and _INTEGER.fullmatch(end)):
        return None
    span = Span(int(start), int(end))
    return span if 0 <= span.start < span.end else None


def _point_at(string: str) -> Callable[[int], int]:
    """What gives the code points before a position in units of UTF-16; one inside a character is at its start."""
    wide = (place for place, character in enumerate(string) if character > "\uffff")
    second_halves = [place + earlier + 1 for earlier, place in enumerate(wide)]
    return lambda position: position - bisect_right(second_halves, position)


def _further(guid: str, selections: dict[str, Element]) -> list[str]:
    """The GUIDs of the further parts of a highlight with gaps."""
    parts: list[str] = []
    while (part := guids.of_part(guid, len(parts) + 1)) in selections:
        parts.append(part)
    return parts


def _said(source: Element) -> dict[str, str]:
    """What our variables say of a source."""
    names = {guids.of_variable(name): name for name in VARIABLES}
    said: dict[str, str] = {}
    for value in source.findall("VariableValue"):
        for guid in targets(value, "VariableRef"):
            if name := names.get(guid):
                said[name] = words_of(value, f"{VARIABLES[name]}Value")
    return said


def _with_overrides(entry: VersionEntry, said: dict[str, str]) -> VersionEntry:
    try:
        pairs = json.loads(said.get("overrides") or "[]")
        overrides = tuple((int(start), bool(value)) for start, value in pairs)
    except (ValueError, TypeError, RecursionError):
        overrides = ()
    return entry._replace(furniture=said.get("furniture") == "true", overrides=overrides)
