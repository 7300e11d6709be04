"""The CSV that the client of Hypothesis exports, as rows of its API: address, quote, words, tags, reader, time.

It has no ids, no places and no word on what a reply answers: a reply is a note on the text. Times are those of the
clock where it was exported, to the minute.
"""

from __future__ import annotations

from store.exchange import header_of
from store.exchange.json import JsonValue
from store.exchange.spreadsheets import table

UNSAID = frozenset({"uid", "star", "created"})
"""Fields of highlights that the table has no column for, or not to the second."""

_LONGEST_HEADER = 4096
_KIND = "annotation/reply type"
"""The column that no other table of annotations has."""


def is_table(data: bytes) -> bool:
    """Whether an export is a table rather than JSON."""
    header = header_of(data[:_LONGEST_HEADER])
    return _KIND.encode() in header and b"url" in header


def table_rows(data: bytes) -> tuple[list[JsonValue], list[str]]:
    """The rows as the API gives them, and what could not be read; raises LibraryError for what is no table."""
    found = table(data, lower=True)
    rows = [_row(dict(row.cells)) for row in found.rows]
    found.refuse_if_empty(rows)
    return rows, found.left_out


def _row(cells: dict[str, str]) -> JsonValue:
    quote = "" if cells.get(_KIND, "").strip().lower() == "reply" else cells.get("quote", "")
    selectors: list[JsonValue] = [{"type": "TextQuoteSelector", "exact": quote}] if quote else []
    return {
        "uri": cells.get("url", ""),
        "text": cells.get("body", ""),
        "tags": [tag for part in cells.get("tags", "").split(",") if (tag := part.strip())],
        "user_info": {"display_name": cells.get("user", "")},
        "created": cells.get("creation date", ""),
        "target": [{"selector": selectors}],
    }
