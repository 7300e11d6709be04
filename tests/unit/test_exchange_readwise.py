"""CSV for Readwise: its columns, its dates, and tags in the way that it reads them from notes."""

from __future__ import annotations

import csv
import io

import pytest
from entries import highlight_entry, text_entry
from exported import exported

from store.exchange import readwise
from store.exchange.archive import Archive, HighlightEntry
from store.records import Anchor

AT = "2026-01-01T12:30:00Z"
BODY = "A headline\n\nThe first, “quoted”;\nit has two lines.\n\nThe second."


def rows(*highlights: HighlightEntry, source: str = "") -> list[dict[str, str]]:
    text = text_entry("left", BODY, title="Left", author="A. Author", source=source)
    table = exported(readwise.write_archive, Archive((text,), highlights=highlights))
    return list(csv.DictReader(io.StringIO(table.decode(), newline="")))


def highlight(start: int, end: int, **changes: object) -> HighlightEntry:
    return highlight_entry(f"uid {start}", "left", BODY, (start, end), created=AT)._replace(**changes)  # type: ignore[arg-type]


def test_a_row_has_the_columns_of_the_import() -> None:
    (row,) = rows(highlight(12, 50), source="https://example.org/article")
    assert row == {
        "Highlight": BODY[12:50], "Title": "Left", "Author": "A. Author", "URL": "https://example.org/article",
        "Note": "", "Location": "2", "Date": "2026-01-01 12:30:00",
    }  # fmt: skip


def test_highlights_come_in_the_order_of_the_text_and_orphans_last() -> None:
    lost = highlight(0, 3, anchor=Anchor.ORPHAN, quote="gone")
    found = rows(lost, highlight(49, 52), highlight(12, 15))
    assert [row["Location"] for row in found] == ["2", "2", ""]
    assert [row["Highlight"] for row in found] == ["The", BODY[49:52], "gone"]


def test_a_file_name_is_no_address() -> None:
    assert rows(highlight(0, 3), source="article.txt")[0]["URL"] == ""


@pytest.mark.parametrize(
    ("tags", "note", "star", "expected"),
    [
        (("actor/sistani", "war & peace"), "two\nlines", False, ".actor_sistani .war-peace\ntwo\nlines"),
        (("claim",), "", True, ".claim .starred"),
        ((), "plain", False, "plain"),
        ((), ".h1 is a note", False, " .h1 is a note"),  # else Readwise would make a heading of it
        (("h1", "c2"), "", False, ".h1_ .c2_"),  # nor of a tag
        (("&",), "", False, ".tag"),
    ],
)
def test_tags_stand_at_the_beginning_of_the_note(
    tags: tuple[str, ...], note: str, star: bool, expected: str
) -> None:
    assert rows(highlight(0, 3, tags=tags, note=note, star=star))[0]["Note"] == expected


def test_a_control_character_does_not_reach_the_table() -> None:
    assert rows(highlight(0, 3, note="a\x1b]0;b"))[0]["Note"] == "a␛]0;b"
