"""The CSV of annotations back in: ours, or any table that says texts and quotes.

What stands in no other column is looked for or left empty. A row has no uid; one is made from text, place, quote,
reader and time, so that a second import finds what the first one made.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from store.codebook import PALETTE
from store.errors import LibraryError
from store.exchange.archive import Archive, HighlightEntry, LinkEntry, TagEntry, TextEntry
from store.exchange.checking import is_time
from store.exchange.foreign import derived, moment
from store.exchange.spreadsheets import COLUMNS, SpreadsheetRow, known_rows
from store.records import Anchor
from store.sanitize import tag_path, truncate
from texts.joined_cells import parted
from texts.lazy_pattern import lazy_pattern
from texts.model import Span

NEEDED = ("text", "quote")
"""Columns without which a table says nothing."""

UNSURE = 50.0
"""The confidence of an anchor that is not exact: the table does not say it."""

_LINK = lazy_pattern(r"(.{1,60}) ([<>=]) ([0-9]{1,15})")


class _Reading(NamedTuple):
    """A row, or the rows of `--long` that are one highlight."""

    number: str
    """What the column id says; else the row."""
    entry: HighlightEntry
    links: tuple[str, ...]


def read(data: bytes, name: str) -> Archive:
    """The highlights in a table; raises LibraryError with the row where there is none.

    A row that says no highlight is named and left out, a time that is none is named and left empty. The texts are not
    in it: the library must have them.
    """
    left_out: list[str] = []
    readings: dict[str, _Reading] = {}
    texts: dict[str, TextEntry] = {}
    colours: dict[str, str] = {}
    for row in known_rows(data, COLUMNS, NEEDED):
        try:
            reading = _reading(row)
        except LibraryError as error:
            left_out.append(str(error))
            continue
        reading = _with_times(reading, row, left_out)
        there = readings.get(reading.number)
        readings[reading.number] = reading if there is None else _with_tag(there, reading, row)
        texts.setdefault(
            reading.entry.text, TextEntry(reading.entry.text, row.cells["title"], "", "", "", ())
        )
        for tag in reading.entry.tags[:1]:
            colours.setdefault(tag, _colour(row, left_out))
    if left_out and not readings:
        raise LibraryError(left_out[0])
    made = sorted(readings.values(), key=_in_order)
    uids = _uids(made)
    return Archive(
        texts=tuple(texts.values()),
        tags=tuple(TagEntry(path, colour) for path, colour in sorted(colours.items())),
        highlights=tuple(one.entry._replace(uid=uids[one.number]) for one in made),
        links=tuple(_links(made, uids)),
        left_out=tuple(left_out),
        unsaid=frozenset({"uid"}),
    )


def _reading(row: SpreadsheetRow) -> _Reading:
    cells = row.cells
    if not cells["text"]:
        raise row.wrong("names no text")
    try:
        tags = tuple(dict.fromkeys(tag_path(tag) for tag in parted(cells["tags"])))
        anchor = Anchor(cells["anchor"] or Anchor.EXACT)
    except (LibraryError, ValueError) as error:
        raise row.wrong(str(error)) from error
    entry = HighlightEntry(
        uid="",
        text=cells["text"],
        version=None,
        parts=_parts(row),
        quote=cells["quote"],
        before=cells["before"],
        after=cells["after"],
        tags=tags,
        note=cells["note"],
        star=row.truth("star"),
        reader=cells["reader"],
        created=cells["created"],
        updated=cells["updated"],
        anchor=anchor,
        confidence=100.0 if anchor is Anchor.EXACT else UNSURE,
    )
    if not entry.quote and not entry.parts:
        raise row.wrong("has neither a quote nor a place")
    number = row.whole_number("id")
    return _Reading(
        f"row {row.number}" if number is None else str(number), entry, tuple(parted(cells["links"]))
    )


def _with_times(reading: _Reading, row: SpreadsheetRow, left_out: list[str]) -> _Reading:
    """A reading with its times as archives have them; what is no time is left empty and named."""
    entry = reading.entry
    return reading._replace(
        entry=entry._replace(
            created=_time(row, "created", left_out),
            updated=_time(row, "updated", left_out),
        )
    )


def _time(row: SpreadsheetRow, column: str, left_out: list[str]) -> str:
    said = row.cells[column].strip()
    time = said if is_time(said) else moment(said)
    if said and not time:
        left_out.append(_left_empty(row, column, said, "no time such as 2026-01-31T12:00:00Z"))
    return time


def _colour(row: SpreadsheetRow, left_out: list[str]) -> str:
    """The colour of the first tag of a row; what is none is left empty and named."""
    said = row.cells["colour"].strip().lower()
    if said and said not in PALETTE:
        left_out.append(_left_empty(row, "colour", said, f"none of {', '.join(PALETTE)}"))
        return ""
    return said


def _left_empty(row: SpreadsheetRow, column: str, said: str, why: str) -> str:
    return str(row.wrong(f"“{truncate(said)}” in the column {column} is {why}: left empty"))


def _parts(row: SpreadsheetRow) -> tuple[Span, ...]:
    start, end = row.whole_number("start"), row.whole_number("end")
    if start is None or end is None:
        if start is not end:
            raise row.wrong("has a start without an end, or an end without a start")
        return ()
    if end <= start:
        raise row.wrong(f"ends at {end} before it starts at {start}")
    return (Span(start, end),)


def _with_tag(there: _Reading, again: _Reading, row: SpreadsheetRow) -> _Reading:
    """A highlight that has a row for each of its tags, with one more."""
    tags = (*there.entry.tags, *again.entry.tags)
    one_more = again.entry.tags and len(set(tags)) == len(tags)
    if not one_more or again._replace(entry=again.entry._replace(tags=there.entry.tags)) != there:
        raise row.wrong(f"the id {there.number} stands for another highlight already")
    return there._replace(entry=there.entry._replace(tags=tags))


def _in_order(reading: _Reading) -> tuple[bool, int]:
    """In the order of ids, which is that in which highlights were made; rows without one come last."""
    return not reading.number.isdecimal(), int(reading.number.removeprefix("row "))


def _by_size(number: str) -> tuple[int, str]:
    """Orders decimal numbers as numbers."""
    return len(number), number


def _uids(made: Iterable[_Reading]) -> Mapping[str, str]:
    """A uid for each; those that are alike in all that it is made from are counted."""
    seen: Counter[tuple[str, ...]] = Counter()
    uids = {}
    for one in made:
        entry = one.entry
        same = (entry.text, str(entry.parts), entry.quote, entry.reader, entry.created)
        uids[one.number] = derived(*same, str(seen[same]))
        seen[same] += 1
    return uids


def _links(made: Iterable[_Reading], uids: Mapping[str, str]) -> Iterator[LinkEntry]:
    """The links, each of which stands at both of its ends; those to highlights that are not in the table are left."""
    seen: set[tuple[str, str, str, str]] = set()
    for one in made:
        for cell in one.links:
            found = _LINK.fullmatch(cell)
            if found is None:
                raise LibraryError(
                    f"the highlight {one.number} has a link “{truncate(cell)}”: write “same = 12”"
                )
            kind, direction, other = found.groups()
            left, right = (other, one.number) if direction == "<" else (one.number, other)
            if direction == "=":
                left, right = sorted((left, right), key=_by_size)
            link = (kind, direction.replace("<", ">"), left, right)
            if link in seen or other not in uids:
                continue
            seen.add(link)
            entry = one.entry
            yield LinkEntry(
                derived(*link[:2], uids[left], uids[right]), uids[left], uids[right], kind, direction == "=", "",
                entry.reader, entry.created, entry.created,
            )  # fmt: skip
