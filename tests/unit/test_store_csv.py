"""CSV: every highlight a row, read back by anybody, and nothing a spreadsheet would run unless it is guarded."""

from __future__ import annotations

import csv as standard_csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.annotations import annotated
from store.exchange import csv, files, format_of
from store.exchange.spreadsheets import COLUMNS, SpreadsheetRow, guarded, unguarded
from store.library import Library, LibraryError
from texts.joined_cells import joined_in_cell, parted
from texts.model import Span, Text
from texts.segment import passages

BODY = 'A headline\n\nThe first, "quoted" paragraph;\nit has two lines.\n\nThe second one names Tehran.'


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    clock = iter(f"2026-01-01T00:00:{second:02}Z" for second in range(60))
    with Library.open(tmp_path / "library.db", reader="ana", clock=lambda: next(clock)) as library:
        for slug in ("one", "two"):
            body = f"{BODY} {slug}"
            library.texts.add(Text(slug, f"Title {slug}", "", "", body, passages(body)))
        yield library


def written(library: Library, **options: bool) -> str:
    out = io.StringIO(newline="")
    csv.write(annotated(library, library.highlights.find()), out, **options)
    return out.getvalue()


def rows(table: str) -> list[dict[str, str]]:
    return list(standard_csv.DictReader(io.StringIO(table, newline="")))


def test_the_columns_are_those_of_the_design() -> None:
    assert ", ".join(COLUMNS) == (
        "id, text, title, passage, start, end, quote, before, after, tags, colour, note, star, reader, created, "
        "updated, anchor, links"
    )


def test_a_row_has_everything(library: Library) -> None:
    start = BODY.index('"quoted"')
    left = library.highlights.mark(
        "one", Span(start, start + 34), tags=["a", 'b; "c"\\'], note="=1+1\nsecond line", star=True
    )
    right = library.highlights.mark("two", Span(0, 10))
    library.links.add(left.id, right.id, kind="supports")
    library.links.add(right.id, left.id, kind="same")
    first, second = rows(written(library))
    assert first == {
        "id": "1", "text": "one", "title": "Title one", "passage": "2",
        "start": str(start), "end": str(start + 34), "quote": left.quote, "before": left.before, "after": left.after,
        "tags": 'a; b\\; "c"\\\\', "colour": "orange", "note": "=1+1\nsecond line", "star": "true", "reader": "ana",
        "created": left.created, "updated": left.updated, "anchor": "exact", "links": "supports > 2; same = 2",
    }  # fmt: skip
    assert (second["links"], second["tags"], second["passage"]) == ("supports < 1; same = 1", "", "1")


def test_a_highlight_on_furniture_and_an_orphan_have_no_passage(library: Library) -> None:
    library.texts.set_furniture("one", 0, True)
    library.highlights.mark("one", Span(0, 10))
    library.highlights.orphan(library.highlights.mark("one", Span(30, 40)).id)
    assert [row["passage"] for row in rows(written(library))] == ["", ""]


def test_long_has_a_row_for_each_tag(library: Library) -> None:
    library.highlights.mark("one", Span(0, 4), tags=["a", "b"])
    library.highlights.mark("one", Span(5, 9))
    assert [(row["id"], row["tags"], row["colour"]) for row in rows(written(library, long=True))] == [
        ("1", "a", "orange"), ("1", "b", "sky"), ("2", "", ""),
    ]  # fmt: skip


def test_it_is_rfc_4180(library: Library) -> None:
    library.highlights.mark("one", Span(0, 30), note='say "so", twice')
    table = written(library)
    assert table.endswith("\r\n")
    assert table.startswith(",".join(COLUMNS) + "\r\n")
    assert '"say ""so"", twice"' in table


@pytest.mark.parametrize(
    ("cell", "number"),
    [("12", 12), (" 7 ", 7), ("12.0", 12), ("0", 0), ("9" * 15, 10**15 - 1), ("", None), (".0", None)],
)
def test_a_cell_counts_as_data_frames_and_hands_write_numbers(cell: str, number: int | None) -> None:
    row = SpreadsheetRow(3, {"start": cell}, [])
    assert row.whole_number("start") == number
    assert row.left_out == []


@pytest.mark.parametrize("cell", ["9" * 16, "-1", "1.5", "1e3", "١٢", "²", "twelve"])
def test_a_cell_that_counts_nothing_is_told_with_its_row(cell: str) -> None:
    row = SpreadsheetRow(3, {"start": cell}, [])
    assert row.whole_number("start") is None
    assert row.left_out == [f"row 3: “{cell}” in the column start is no whole number: left empty"]


def test_excel_gets_a_bom_and_no_formulas_and_all_comes_back(library: Library) -> None:
    notes = [
        "=1+1",
        "+1",
        "-1",
        "@SUM(1)",
        "\t=1",
        "'quoted'",
        " =1",
        "＝1",
        "harmless",
        '=HYPERLINK("http://x")',
    ]
    for number, note in enumerate(notes):
        library.highlights.mark("one", Span(number, number + 2), note=note)
    table = written(library, excel=True)
    assert table.startswith("\ufeff")
    cells = [row["note"] for row in rows(table.removeprefix("\ufeff"))]
    assert not any(cell.lstrip(" ")[0] in "=+-@\t＝" for cell in cells)
    assert [unguarded(cell) for cell in cells] == notes
    assert [row["note"] for row in rows(written(library))] == notes


@given(st.text())
def test_guarding_is_reversible(cell: str) -> None:
    assert unguarded(guarded(cell)) == cell
    assert guarded(cell).lstrip(" ")[:1] not in {*"=+-@\t\r\n"}


@given(st.lists(st.text("ab;\\ /,\"'", min_size=1).filter(lambda item: item == item.strip())))
def test_joining_is_reversible(items: list[str]) -> None:
    assert parted(joined_in_cell(items)) == items


def test_formats_go_by_the_ending() -> None:
    assert format_of("a.b/Notes.CSV") == "csv"
    assert format_of("notes.docx") == "docx"
    with pytest.raises(LibraryError, match=r"choose one of \.csv, .*\.html"):
        format_of("notes.pptx")


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "notes.csv"
    path.write_text("before")

    def fails() -> None:
        with files.replacing(path) as out:
            out.write("half")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()
    assert path.read_text() == "before"
    with files.replacing(path) as out:
        out.write("after\r\n")
    assert path.read_bytes() == b"after\r\n"
    assert list(tmp_path.iterdir()) == [path]
    with pytest.raises(LibraryError, match="cannot be written"), files.replacing(tmp_path / "no" / "x.csv"):
        pass
