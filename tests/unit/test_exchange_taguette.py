"""Taguette: the columns that it exports and imports, both ways as far as they hold."""

from __future__ import annotations

import csv
import io

import pytest
from archives import archives, unhurried
from exported import exported
from hypothesis import given
from libraries import libraries

from store.exchange import taguette
from store.exchange.archive import Archive, TagEntry
from store.exchange.checking import check
from store.library import LibraryError
from store.records import Anchor
from store.services.imports import import_bytes
from texts.load import load_bytes


def written(archive: Archive) -> bytes:
    return exported(taguette.write_archive, archive)


def codebook(archive: Archive) -> bytes:
    out = io.BytesIO()
    assert taguette.write_codebook(archive, out) == len(archive.tags)
    return out.getvalue()


def rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode(), newline="")))


@unhurried
@given(archives())
def test_quotes_and_tags_come_back(archive: Archive) -> None:
    data = written(archive)
    back = taguette.read(data, "x.csv")
    check(back)
    assert [(one.uid, one.text, one.quote, one.tags) for one in back.highlights] == [
        (one.uid, one.text, one.quote, one.tags) for one in archive.highlights
    ]
    assert all(one.parts == () and one.version is None for one in back.highlights)
    assert written(back) == data


@unhurried
@given(archives())
def test_there_is_a_row_for_each_tag_of_a_highlight(archive: Archive) -> None:
    header, *body = rows(written(archive))
    assert header == ["id", "document", "tag", "content"]
    assert len(body) == sum(max(1, len(one.tags)) for one in archive.highlights)


@unhurried
@given(archives())
def test_a_codebook_comes_back_and_counts_highlights(archive: Archive) -> None:
    data = codebook(archive)
    assert taguette.read(data, "x.csv").tags == tuple(
        TagEntry(tag.path, description=tag.description) for tag in archive.tags
    )
    header, *body = rows(data)
    assert header == ["tag", "description", "number of highlights"]
    assert {row[0]: int(row[2]) for row in body} == {
        tag.path: sum(tag.path in one.tags for one in archive.highlights) for tag in archive.tags
    }


def test_an_export_of_taguette_is_read() -> None:
    table = (
        'id,document,tag,content\r\n'
        '1,My interview.docx,interesting,"a, ""quoted"" one"\r\n'
        '1,My interview.docx,interesting.very,"a, ""quoted"" one"\r\n'
        '2,My interview.docx,,untagged\r\n'
        '1,Another,x,elsewhere\r\n'
    )  # fmt: skip
    archive = taguette.read(b"\xef\xbb\xbf" + table.encode(), "x.csv")
    check(archive)
    assert [(text.slug, text.title) for text in archive.texts] == [
        ("my-interview-docx-", "My interview.docx"),
        ("another-", "Another"),
    ]
    assert [(one.text, one.quote, one.tags) for one in archive.highlights] == [
        ("my-interview-docx-", 'a, "quoted" one', ("interesting", "interesting.very")),
        ("my-interview-docx-", "untagged", ()),
        ("another-", "elsewhere", ("x",)),
    ]
    assert taguette.read(table.encode(), "y.csv") == archive  # and a second time with the same uids


def test_a_codebook_of_anybody_is_read_by_the_names_that_taguette_takes() -> None:
    assert taguette.read(b"number,Path ,colour\n1,a/b,red\n\n2,c,blue\n", "x.csv").tags == (
        TagEntry("a/b"),
        TagEntry("c"),
    )


def test_a_row_without_words_is_named_and_leaves_the_rest_alone() -> None:
    read = taguette.read(b"id,document,tag,content\n1,one,a,mill\n2,one,b,\n3,one,,bell\n", "x.csv")
    assert [entry.quote for entry in read.highlights] == ["mill", "bell"]
    assert read.left_out == ("row 3: has no content",)


def test_a_cell_may_be_longer_than_python_reads_by_default() -> None:
    limit = csv.field_size_limit()
    table = f"id,document,tag,content\n1,one,,{'word ' * 60_000}\n"
    assert len(taguette.read(table.encode(), "x.csv").highlights[0].quote) == 300_000
    assert csv.field_size_limit() == limit


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "this is no table of Taguette"),
        (b"a,b\n1,2\n", "this is no table of Taguette"),
        (b"\xff\xf0", "this is no table of Taguette"),
        (b"id,document,tag,content\n1,one\n", "row 2: has no content"),
        (b"id,document,tag,content\n1,one,a,b,c\n", "row 2: has 5 cells, and the header 4"),
        (b"id,document,tag,content\n1,one,a,\n", "row 2: has no content"),
        (b"tag,description\n,x\n", "row 2: has no tag"),
        (b'id,document,tag,content\n"1"x,one,a,b\n', "this is no CSV"),
        (b'id,document,tag,content\n1,one,a,"b', "its quotation mark is never closed"),
    ],
)
def test_a_broken_table_is_refused_in_one_line(data: bytes, said: str) -> None:
    with pytest.raises(LibraryError, match=said) as refused:
        taguette.read(data, "x.csv")
    assert "\n" not in str(refused.value)


def test_words_that_stand_nowhere_come_in_once_however_their_quotation_marks_are_drawn() -> None:
    with libraries() as made, made.new() as library:
        library.texts.add(load_bytes(b"The old mill at Harrow burned on Monday.", "mill.txt"))
        for quote, counted in (
            ("it said “no” twice", (1, 0)),
            ("it said “no” twice", (0, 1)),
            ('it said "no" twice', (0, 1)),
        ):
            table = io.StringIO()
            csv.writer(table).writerows([("id", "document", "tag", "content"), ("1", "mill", "fire", quote)])
            merged = import_bytes(library, table.getvalue().encode(), "highlights.csv")
            assert (merged.highlights, merged.there) == counted, quote
        (one,) = library.highlights.find()
        assert (one.quote, one.anchor, one.tags) == ("it said “no” twice", Anchor.ORPHAN, ("fire",))


def test_a_document_without_a_name_is_no_text_of_the_library() -> None:
    with libraries() as made, made.new() as library:
        library.texts.add(load_bytes(b"# Text\n\nThe mill stood here.", "text.md"))
        assert [text.slug for text in library.texts.list()] == ["text"]
        table = b"id,document,tag,content\n1,,a,mill\n2,text,a,mill stood\n"
        merged = import_bytes(library, table, "highlights.csv")
        assert [one.quote for one in library.highlights.find()] == ["mill stood"]
        assert [line.partition(" in ")[0] for line in merged.left_out] == ["1 highlight"]
