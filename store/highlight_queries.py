"""How highlights are asked for and read: ids that meet a query, then the highlights of some ids at a time."""

from __future__ import annotations

import json
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import Enum
from typing import TypedDict, TypeVar

from store.connection import Connection, Row, batches
from store.highlight_rows import parts_of
from store.records import Anchor, Highlight, Outline
from store.sanitize import one_line
from texts.model import Span

T = TypeVar("T")

AT_ONCE = 500
"""Highlights in memory at a time where many are read one after the other."""


class Order(Enum):
    """In which order highlights are found."""

    TEXT = 'text.slug, highlight."start", highlight."end", highlight.id'
    """By text and place."""
    MADE = "highlight.id"
    """As they were made."""
    OLDEST = "highlight.created, highlight.id"
    NEWEST = "highlight.created DESC, highlight.id DESC"
    TAG = """(SELECT path FROM highlight_tag JOIN tag ON tag.id = tag_id WHERE highlight_id = highlight.id
        ORDER BY highlight_tag.id LIMIT 1) NULLS LAST, text.slug, highlight."start", highlight."end", highlight.id"""
    """By the first tag, those without one at the end; then by text and place."""


class HighlightQuery(TypedDict, total=False):
    """The conditions that highlights can be asked to meet, all of them; None asks for nothing."""

    text: str | None
    """Slug."""
    tag: str | None
    """Path; what lies below it is taken along."""
    reader: str | None
    anchor: Anchor | None
    star: bool | None
    noted: bool | None
    """Whether there is a note."""
    tagged: bool | None
    """Whether there is a tag."""


def matching_ids(
    connection: Connection,
    query: HighlightQuery,
    *,
    text_id: int | None,
    path: str | None,
    order: Order,
    most: int | None,
) -> array[int]:
    """Ids of the highlights that meet a query, or the first so many of them.

    `text_id` and `path` are the text and the tag of the query as the library has them.
    """
    anchor, star, reader = query.get("anchor"), query.get("star"), query.get("reader")
    values = {
        "text": text_id,
        "tag": path,
        "below": path and f"{path}/",
        "beyond": path and f"{path}0",
        "readers": reader and json.dumps(spellings_of_reader(connection, reader)),
        "noted": query.get("noted"),
        "tagged": query.get("tagged"),
        "most": -1 if most is None else most,
    }
    conditions = {
        "tag": _HAS_TAG,
        # The plus: for a tag, SQLite shall not go through a whole text.
        "text": f"{'' if path is None else '+'}highlight.text_id = :text",
        "reader": "highlight.reader IN (SELECT value FROM json_each(:readers))",
        "anchor": f"highlight.anchor = '{anchor}'",
        "star": f"highlight.star = {int(star or False)}",
        "noted": "(highlight.note <> '') = :noted",
        "tagged": "EXISTS (SELECT 1 FROM highlight_tag WHERE highlight_id = highlight.id) = :tagged",
    }
    asked = [condition for name, condition in conditions.items() if query.get(name) is not None]
    # What is rare is looked up first and then put in order; all comes in the order of the texts' index.
    rare = path is not None or reader is not None or anchor not in (None, Anchor.EXACT) or star
    statement = f"""SELECT highlight.id
        FROM {_RARE if rare or order is not Order.TEXT else _ALL} ON text.id = highlight.text_id
        WHERE {" AND ".join(asked or ["1"])} ORDER BY {order.value} LIMIT :most"""
    return array("q", (number for (number,) in connection.each(statement, values)))


def spellings_of_reader(connection: Connection, name: str) -> list[str]:
    """The name of a reader, and how highlights have it that were made when letters with accents were kept apart."""
    if name.isascii():
        return [name]
    kept = (reader for (reader,) in connection.rows("SELECT DISTINCT reader FROM highlight"))
    return [name, *(reader for reader in kept if reader != name and one_line(reader) == one_line(name))]


def read_highlights(
    connection: Connection, ids: Iterable[int], make: Callable[[Row, Sequence[str]], T]
) -> Iterator[T]:
    """What `make` makes of the highlights of these ids in this order, without those that are gone.

    It gets the row of each and its tags; few are in memory at a time.
    """
    for some in batches(ids, AT_ONCE):
        found = _made(connection, some, make)
        yield from (found[number] for number in some if number in found)


def read_outlines(connection: Connection, text_id: int, within: Span) -> list[Outline]:
    """What is drawn of a text inside a span: its highlights in its order, without orphans."""
    values = {"text": text_id, "start": within.start, "end": within.end}
    return connection.made(_outline, connection.rows_named(_OUTLINES, values))


def _made(
    connection: Connection, ids: Sequence[int], make: Callable[[Row, Sequence[str]], T]
) -> Mapping[int, T]:
    """What is made of the rows of highlights and of their tags, by id."""
    these = json.dumps(ids)
    tags: dict[int, list[str]] = defaultdict(list)
    for highlight, path in connection.rows(_SELECT_TAGS, these):
        tags[highlight].append(path)
    rows = connection.rows(_SELECT, these)
    made = connection.made(lambda row: make(row, tags.get(row[0], ())), rows)
    return {row[0]: each for row, each in zip(rows, made, strict=True)}


_SELECT = """
    SELECT highlight.id, highlight.uid, text.slug, highlight."start", highlight."end", highlight.parts,
        highlight.quote, highlight.before, highlight.after, highlight.note, highlight.star, highlight.reader,
        highlight.created, highlight.updated, highlight.anchor, highlight.confidence, highlight.version_id
    FROM highlight JOIN text ON text.id = highlight.text_id
    WHERE highlight.id IN (SELECT value FROM json_each(?))"""

_SELECT_TAGS = """
    SELECT highlight_tag.highlight_id, tag.path
    FROM highlight_tag JOIN tag ON tag.id = highlight_tag.tag_id
    WHERE highlight_tag.highlight_id IN (SELECT value FROM json_each(?)) ORDER BY highlight_tag.id"""

_OUTLINES = """
    SELECT id, "start", "end", parts,
        (SELECT path FROM highlight_tag JOIN tag ON tag.id = tag_id
            WHERE highlight_id = highlight.id ORDER BY highlight_tag.id LIMIT 1),
        star, note <> ''
    FROM highlight
    WHERE text_id = :text AND anchor <> 'orphan' AND "start" < :end AND "end" > :start
    ORDER BY "start", "end", id"""

_ALL, _RARE = "text CROSS JOIN highlight", "highlight CROSS JOIN text"

_HAS_TAG = """highlight.id IN (
    SELECT highlight_id FROM highlight_tag JOIN tag ON tag.id = tag_id
    WHERE tag.path = :tag OR (tag.path > :below AND tag.path < :beyond))"""

_ANCHORS = {anchor.value: anchor for anchor in Anchor}


def highlight_of(row: Row, tags: Sequence[str]) -> Highlight:
    """The highlight of a row, for `read_highlights`."""
    (
        number, uid, slug, start, end, gapped, quote, before, after, note, star, reader, created, updated, anchor,
        confidence, _,
    ) = row  # fmt: skip
    return Highlight(
        number, uid, slug, parts_of(start, end, gapped), quote, before, after, tuple(tags), note, star == 1, reader,
        created, updated, _ANCHORS[anchor], confidence,
    )  # fmt: skip


def highlight_in_version(row: Row, tags: Sequence[str]) -> tuple[Highlight, int]:
    """The same, with the id of the version of its text that it stands in."""
    return highlight_of(row, tags), row[-1]


def _outline(row: Row) -> Outline:
    number, start, end, gapped, tag, star, noted = row
    return Outline(number, parts_of(start, end, gapped), tag or "", star == 1, noted == 1)
