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
from store.exchange.archive import Archive, HighlightEntry, LinkEntry, TagEntry
from store.exchange.foreign import NamedTexts, derived, time_in
from store.exchange.spreadsheets import COLUMNS, SpreadsheetRow, known_table
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


class _SaidLink(NamedTuple):
    """A link as a cell says it: `same = 12`."""

    kind: str
    direction: str
    """`<`, `>`, or `=` for both."""
    other: str
    """The number of the highlight at its other end."""


class _Reading(NamedTuple):
    """A row, or the rows of `--long` that are one highlight."""

    number: str
    """What the column id says; else the row."""
    entry: HighlightEntry
    links: tuple[_SaidLink, ...]
    passage: int | None
    """The number of the passage, where no other column says the place."""


def read(data: bytes, name: str) -> Archive:
    """The highlights in a table; raises LibraryError where there is none.

    A row that says no highlight is named and left out, a cell that cannot be read is named with what is taken in its
    place. The texts are not in it: the library must have them.
    """
    found = known_table(data, COLUMNS, NEEDED)
    readings: dict[str, _Reading] = {}
    texts = NamedTexts()
    colours: dict[str, str] = {}
    for row in found.rows:
        reading = _reading(row, texts)
        if reading is None:
            continue
        reading = _joined(readings.get(reading.number), reading, row)
        readings[reading.number] = reading
        for tag in reading.entry.tags[:1]:
            colours.setdefault(tag, _colour(row))
    found.refuse_if_empty(readings)
    made = sorted(readings.values(), key=_in_order)
    uids = _uids(made)
    return Archive(
        texts=tuple(texts.entries.values()),
        tags=tuple(TagEntry(path, colour) for path, colour in sorted(colours.items())),
        highlights=tuple(one.entry._replace(uid=uids[one.number]) for one in made),
        links=tuple(_links(made, uids)),
        left_out=tuple(found.left_out),
        unsaid=frozenset({"uid"}),
        passages=tuple((uids[one.number], one.passage) for one in made if one.passage),
    )


def _reading(row: SpreadsheetRow, texts: NamedTexts) -> _Reading | None:
    """What a row says; None where it is no highlight, which is named."""
    cells = row.cells
    parts = _parts(row)
    if not cells["text"] or not (cells["quote"] or parts):
        row.leave_out("has neither a quote nor a place" if cells["text"] else "names no text")
        return None
    anchor = _anchor(row)
    entry = HighlightEntry(
        uid="",
        text=texts.slug(cells["text"], cells["title"]),
        version=None,
        parts=parts,
        quote=cells["quote"],
        before=cells["before"],
        after=cells["after"],
        tags=tuple(_tags(row)),
        note=cells["note"],
        star=row.truth("star"),
        reader=cells["reader"],
        created=time_in(row, "created"),
        updated=time_in(row, "updated"),
        anchor=anchor,
        confidence=100.0 if anchor is Anchor.EXACT else UNSURE,
    )
    id = row.whole_number("id")
    number = _own_number(row) if id is None else str(id)
    passage = None if parts else row.whole_number("passage")
    return _Reading(number, entry, tuple(_said_links(row, number)), passage)


def _own_number(row: SpreadsheetRow) -> str:
    """What stands for an id where there is none."""
    return f"row {row.number}"


def _anchor(row: SpreadsheetRow) -> Anchor:
    said = row.cells["anchor"].strip().lower()
    if said not in (*Anchor, ""):
        row.leave_empty("anchor", f"none of {', '.join(Anchor)}")
        return Anchor.EXACT
    return Anchor(said or Anchor.EXACT)


def _tags(row: SpreadsheetRow) -> Iterator[str]:
    """The tags of a row, each once; what is none is named."""
    seen: set[str] = set()
    for said in parted(row.cells["tags"]):
        try:
            tag = tag_path(said)
        except LibraryError as error:
            row.leave_out(f"{error}: left out")
            continue
        if tag not in seen:
            yield tag
        seen.add(tag)


def _said_links(row: SpreadsheetRow, number: str) -> Iterator[_SaidLink]:
    """The links of a row of that number; what is none is named."""
    for said in parted(row.cells["links"]):
        found = _LINK.fullmatch(said)
        if found and found[3] != number:
            yield _SaidLink(*found.groups())
        else:
            why = "links a highlight to itself" if found else "is no link such as “same = 12”"
            row.leave_out(f"“{truncate(said)}” in the column links {why}: left out")


def _colour(row: SpreadsheetRow) -> str:
    """The colour of the first tag of a row; what is none is left empty and named."""
    said = row.cells["colour"].strip().lower()
    if said and said not in PALETTE:
        row.leave_empty("colour", f"none of {', '.join(PALETTE)}")
        return ""
    return said


def _parts(row: SpreadsheetRow) -> tuple[Span, ...]:
    """The place of a row; what is none is named, and the quote is looked for."""
    start, end = row.whole_number("start"), row.whole_number("end")
    if start is None or end is None:
        if start is not end:
            row.leave_out("has a start without an end, or an end without a start: its place is left out")
        return ()
    if end <= start:
        row.leave_out(f"ends at {end} before it starts at {start}: its place is left out")
        return ()
    return (Span(start, end),)


def _joined(there: _Reading | None, again: _Reading, row: SpreadsheetRow) -> _Reading:
    """A row with those before it that are the same highlight, which `--long` writes for each of its tags.

    A row that only has the id of another highlight is one of its own.
    """
    if there is None:
        return again
    tags = tuple(dict.fromkeys((*there.entry.tags, *again.entry.tags)))
    if again._replace(entry=again.entry._replace(tags=there.entry.tags)) != there:
        row.leave_out(f"the id {there.number} stands for another highlight already: it is left out")
        return again._replace(number=_own_number(row))
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
        for kind, direction, other in one.links:
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
