"""The texts of a project: their bodies, what our variables say of them, and where selections lie in them."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import Enum
from typing import NamedTuple
from xml.etree.ElementTree import Element

from store.exchange.archive import VersionEntry
from store.exchange.foreign import version_of
from store.exchange.refi import guids
from store.exchange.refi.qdpx_writer import VARIABLES
from store.exchange.refi.refi_xml import guid_of, targets, words_of
from texts.lazy_pattern import lazy_pattern
from texts.load.decode import body_with_offsets
from texts.model import Span
from texts.tokens import is_whole

_INTEGER = lazy_pattern(r"\s*[+-]?\d{1,15}\s*")


OUR_VARIABLES = frozenset(map(guids.of_variable, VARIABLES))
"""Their GUIDs."""


class PositionUnit(Enum):
    """What the positions of a program count."""

    STANDARD = "code points"
    """As the standard has it; ours are so."""
    UTF_16 = "units of UTF-16"
    UNKNOWN = "unknown"
    """Code points, unless the selections speak against it."""


class Source(NamedTuple):
    """A version of a text, as it stands in the file."""

    element: Element
    entry: VersionEntry
    said: dict[str, str]
    """The values of our variables."""
    places: dict[Element, Span]
    """Selection → where it lies in the body; without those that lie nowhere."""

    @property
    def number(self) -> int:
        """Of the version, as we wrote it; 1 where another program did."""
        said = self.said.get("version", "")
        return int(said) if _INTEGER.fullmatch(said) else 1

    @property
    def anchors(self) -> dict[str, str]:
        """How highlights stand that are not exact, by uid."""
        try:
            anchors = json.loads(self.said.get("anchors") or "{}")
        except (ValueError, RecursionError):
            return {}
        return {str(uid): str(state) for uid, state in anchors.items()} if isinstance(anchors, dict) else {}

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


def source_of(
    element: Element,
    string: str,
    reader: str,
    added: str,
    *,
    counting: PositionUnit,
    annotations: Sequence[Element] = (),
) -> Source:
    """An element with the words that belong to it, and by whom and when it was added.

    `counting` is how the program that wrote the file counts, as far as known; the name of a selection, where it is its
    words, may say otherwise. `annotations` are selections that stand elsewhere in the file.
    """
    body, offsets = body_with_offsets(string)
    selections = [*element.findall("PlainTextSelection"), *annotations]
    points = _Positions(string, counting).points(selections)
    there = offsets(point for span in points.values() for point in span)
    places = {
        selection: place
        for selection, span in points.items()
        if (place := Span(there[span.start], there[span.end])).start < place.end
    }
    said = _said(element)
    entry = version_of(body, source=said.get("version source", ""), reader=reader, added=added)
    return Source(element, _with_overrides(entry, said), said, places)


def with_positions(transcript: Element) -> Element:
    """A transcript whose selections lie between points of its recording, with them as selections by position."""
    places = {
        guid_of(point): int(said)
        for point in transcript.findall("SyncPoint")
        if _INTEGER.fullmatch(said := point.get("position", ""))
    }
    for selection in transcript.findall("TranscriptSelection"):
        start = places.get(guid_of(selection, "fromSyncPoint"))
        end = places.get(guid_of(selection, "toSyncPoint"))
        if start is not None and (end is None or end <= start):  # from one point to the next
            end = min((place for place in places.values() if place > start), default=None)
        selection.tag = "PlainTextSelection"
        if start is not None and end is not None:
            selection.set("startPosition", str(start))
            selection.set("endPosition", str(end))
    return transcript


class _Positions:
    """Finds which code points of a text the positions of its selections mean.

    Programs count code points or units of UTF-16, and CRLF as two or as one. Where names are quotes they tell; else the
    way in which most selections begin and end with words, and of programs that are known the way in which they count
    unless that cuts most words.
    """

    def __init__(self, string: str, counting: PositionUnit) -> None:
        self._string = string
        self._counting = counting
        plain, wide = _point_at(string, ()), _point_at(string, (_WIDE,))
        one, both = _point_at(string, (_CRLF,)), _point_at(string, (_WIDE, _CRLF))
        self._ways = {
            PositionUnit.STANDARD: [plain],
            PositionUnit.UTF_16: [wide, plain, both, one],
            PositionUnit.UNKNOWN: [plain, wide, one, both],
        }[counting]
        """From a position to a code point, the likeliest first."""

    def points(self, selections: Iterable[Element]) -> dict[Element, Span]:
        """Code points of each selection; without those past the end."""
        spans = {selection: span for selection in selections if (span := _span(selection)) is not None}
        read = {
            selection: [Span(way(span.start), way(span.end)) for way in self._ways]
            for selection, span in spans.items()
        }
        said = [sum(self._says(each[way], s) for s, each in read.items()) for way in range(len(self._ways))]
        whole = [sum(self._is_whole(each[way]) for each in read.values()) for way in range(len(self._ways))]
        # A program that is known counts as it does, unless that cuts words in most of its selections.
        known = self._counting is not PositionUnit.UNKNOWN
        if known and (len(read) < _FEWEST_TO_TELL or whole[0] * 2 >= len(read)):
            whole = [0] * len(self._ways)
        best = max(range(len(self._ways)), key=lambda way: (said[way], whole[way], -way))
        # A name is a quote in the files of some programs, and a label in those of others.
        by_words = self._counting is not PositionUnit.STANDARD and max(said, default=0) * 2 > len(read)
        found = {s: self._chosen(s, each, best) if by_words else each[best] for s, each in read.items()}
        return {selection: span for selection, span in found.items() if span.end <= len(self._string)}

    def _chosen(self, selection: Element, readings: Sequence[Span], best: int) -> Span:
        """What the name of a selection says; the best reading where it says nothing."""
        for span in (readings[best], *readings):
            if self._says(span, selection):
                return span
        return self._sought(selection) or readings[best]

    def _says(self, span: Span, selection: Element) -> bool:
        """Whether the words of a span are the name of the selection, which may be shortened."""
        name = _evened(selection.get("name", "")).rstrip("….")
        words = _evened(self._string[span.start : span.end])
        return len(name) > 1 and (
            words.rstrip("….") == name or (len(name) >= _SHORTENED and words.startswith(name))
        )

    def _is_whole(self, span: Span) -> bool:
        """Whether a span cuts no word and begins with one; programs that mark lines have their ends in it."""
        words = self._string[span.start : span.end]
        return words == words.lstrip() and is_whole(
            self._string, span.start, min(span.end, len(self._string))
        )

    def _sought(self, selection: Element) -> Span | None:
        """Where the name of a selection stands, if it does once."""
        name = selection.get("name", "").strip()
        start = self._string.find(name) if len(name) > 1 else -1
        if start < 0 or self._string.find(name, start + 1) >= 0:
            return None
        return Span(start, start + len(name))


_WIDE, _CRLF = re.compile("[\U00010000-\U0010ffff]"), re.compile("\r\n")
_FEWEST_TO_TELL = 2
"""Selections whose words speak against what is known of a program."""
_SHORTENED = 20
"""Characters that a name has at least where it is the beginning of a longer quote."""


def _evened(words: str) -> str:
    return " ".join(words.split())


def _span(selection: Element) -> Span | None:
    """The positions of a selection; None where they are no range of a text."""
    start, end = selection.get("startPosition", ""), selection.get("endPosition", "")
    if not (_INTEGER.fullmatch(start) and _INTEGER.fullmatch(end)):
        return None
    span = Span(int(start), int(end))
    return span if 0 <= span.start < span.end else None


def _point_at(string: str, apart: Sequence[re.Pattern[str]]) -> Callable[[int], int]:
    """What gives the code point at a position, where positions count some things otherwise.

    With `_WIDE` a character beyond 16 bits counts two, and a position inside it is at its start; with `_CRLF` the two
    characters of a line end count one.
    """
    steps = sorted(
        (found.start(), -1 if kind is _WIDE else 1) for kind in apart for found in kind.finditer(string)
    )
    starts, shifts = [0], [0]  # positions from which on so much is added to come to the code point
    shift = 0
    for place, step in steps:
        starts.append(place - shift + 1)
        shift += step
        shifts.append(shift)
    return lambda position: position + shifts[bisect_right(starts, position) - 1]


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
