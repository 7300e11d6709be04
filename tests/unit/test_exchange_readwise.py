"""CSV for Readwise: its columns, its dates, and tags in the way that it reads them from notes."""

from __future__ import annotations

import csv
import io

import pytest
from entries import highlight_entry, text_entry
from exported import exported
from libraries import libraries

from store.errors import LibraryError
from store.exchange import format_in, readwise
from store.exchange.archive import Archive, HighlightEntry
from store.merge import merge
from store.records import Anchor

AT = "2026-01-01T12:30:00Z"
BODY = "A headline\n\nThe first, “quoted”;\nit has two lines.\n\nThe second."


def rows(*highlights: HighlightEntry, source: str = "") -> list[dict[str, str]]:
    text = text_entry("left", BODY, title="Left", author="A. Author", source=source)
    table = exported(readwise.write_archive, Archive((text,), highlights=highlights))
    return list(csv.DictReader(io.StringIO(table.decode(), newline="")))


def highlight(start: int, end: int, **changes: object) -> HighlightEntry:
    return highlight_entry(f"uid-{start}", "left", BODY, (start, end), created=AT)._replace(**changes)  # type: ignore[arg-type]


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


EXPORTED = (
    "Highlight,Book Title,Book Author,Amazon Book ID,Note,Color,Tags,Location Type,Location,"
    "Highlighted at,Document tags\n"
    '"it has two lines",Left,A. Author,,why?,yellow,"actor, claim",page,3,2023-01-05 14:07:00+00:00,mills\n'
    '"The second",Left,A. Author,,.odd,,,page,4,,\n'
    ",Left,,,,,,,,,\n"
)


def test_what_readwise_exports_is_read() -> None:
    assert format_in("x.csv", EXPORTED.encode()) == "readwise"
    found = readwise.read(EXPORTED.encode(), "x.csv")
    assert [(one.quote, one.tags, one.note, one.created) for one in found.highlights] == [
        ("it has two lines", ("actor", "claim"), "why?", "2023-01-05T14:07:00Z"),
        ("The second", (), ".odd", ""),
    ]
    assert [text.title for text in found.texts] == ["Left"]
    assert found.left_out == ("row 4: has no highlight",)


def test_what_is_made_for_readwise_comes_home_and_elsewhere() -> None:
    text = text_entry("left", BODY, title="Left")
    made = Archive(
        (text,),
        highlights=(
            highlight(52, 62, tags=("actor/sistani", "h1"), note=".odd", star=True),
            highlight(12, 15, note="plain"),
        ),
    )
    table = exported(readwise.write_archive, made)
    assert format_in("x.csv", table) == "readwise"
    with libraries() as some, some.new(made) as home, some.new(Archive((text,))) as elsewhere:
        assert merge(home, readwise.read(table, "x.csv")).changes is False
        merge(elsewhere, readwise.read(table, "x.csv"))
        assert [(one.quote, one.tags, one.note, one.star) for one in elsewhere.highlights.of("left")] == [
            ("The", (), "plain", False),
            ("The second", ("actor_sistani", "h1"), ".odd", True),
        ]
        assert not merge(elsewhere, readwise.read(table, "x.csv")).changes


def test_another_table_is_refused() -> None:
    with pytest.raises(LibraryError, match="this is no table of Readwise"):
        readwise.read(b"text,quote\na,b\n", "x.csv")
