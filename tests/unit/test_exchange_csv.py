"""CSV in again: ours as it was written, and whatever a spreadsheet or a hand makes of it; the rest named by row."""

from __future__ import annotations

import csv as standard_csv
import io
import re
from collections.abc import Iterator
from contextlib import suppress

import pytest
from archives import archives, time, unhurried
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from libraries import Libraries, libraries

from store.annotations import annotated, linked
from store.exchange import codebook_csv, csv, format_in, links_csv, spreadsheets
from store.exchange.archive import Archive, HighlightEntry, LinkEntry, TextEntry
from store.exchange.checking import check
from store.exchange.foreign import version_of
from store.exchange.snapshot import snapshot_in_memory
from store.highlight_rows import GAP
from store.library import Library, LibraryError
from store.merge import merge
from store.records import Anchor
from texts.model import Span

few = settings(unhurried, max_examples=20)

NO_TIME = "no time such as 2026-01-31T12:00:00Z"
IDS = ("id", "links")
"""Columns that hold numbers of one library."""


@pytest.fixture(scope="module")
def made() -> Iterator[Libraries]:
    with libraries() as made:
        yield made


def table_of(library: Library, **options: bool) -> bytes:
    out = io.StringIO(newline="")
    csv.write(annotated(library, library.highlights.find()), out, **options)
    return out.getvalue().encode()


def cells(data: bytes) -> list[dict[str, str]]:
    """The rows, as they are told apart from one library to another."""
    rows = standard_csv.DictReader(io.StringIO(data.decode().removeprefix("\ufeff"), newline=""))
    return [{name: cell for name, cell in row.items() if name not in IDS} for row in rows]


def _its_words_tell_where(archive: Archive) -> bool:
    """Whether each part of a highlight with gaps stands in its text only once: a table names no places of parts."""
    bodies = {text.slug: text.versions[-1].body for text in archive.texts}
    return all(
        bodies[each.text].count(words) == 1
        for each in archive.highlights
        if len(each.parts) > 1
        for words in each.quote.split(GAP)
    )


@few
@given(archives(), st.sampled_from([{}, {"long": True}, {"excel": True}, {"long": True, "excel": True}]))
def test_out_and_in_again_gives_the_same_rows(archive: Archive, options: dict[str, bool]) -> None:
    assume(_its_words_tell_where(archive))
    bare = archive._replace(highlights=(), links=(), notes=(), tags=())
    with libraries() as made, made.new(archive) as one, made.new(bare) as other:
        data = table_of(one, **options)
        read = csv.read(data, "annotations.csv")
        merge(other, read)
        kept = ("colour",) if options.get("long") else ()
        assert [without(row, "colour") for row in cells(table_of(other, **options))] == [
            without(row, "colour") for row in cells(data)
        ], kept
        assert merge(other, read).changes is False
        assert len(other.links.list()) == len({link_of(link) for link in archive.links})


def without(row: dict[str, str], *columns: str) -> dict[str, str]:
    """A row without the colours, which depend on the order in which tags are made."""
    return {name: cell for name, cell in row.items() if name not in columns}


def link_of(link: object) -> object:
    """What a cell tells of a link: not its note."""
    _, left, right, kind, mutual, *_ = link  # type: ignore[misc]
    return (frozenset((left, right)) if mutual else (left, right)), kind, mutual


@few
@given(archives())
def test_links_and_codebook_come_back_too(archive: Archive) -> None:
    bare = archive._replace(links=(), notes=(), tags=())
    with libraries() as made, made.new(archive) as one, made.new(bare) as other:
        out, tags = io.StringIO(newline=""), io.BytesIO()
        assert links_csv.write(linked(one, one.links.list()), out) == len(archive.links)
        codebook_csv.write_archive(snapshot_in_memory(one), tags)
        links = links_csv.read(out.getvalue().encode(), "links.csv")
        codebook = codebook_csv.read(tags.getvalue(), "codebook.csv")
        assert codebook.tags == snapshot_in_memory(one).tags
        merge(other, codebook)
        merge(other, links)
        assert merge(other, links).changes is False
        told = {
            (link.kind, link.mutual, link.note, link.reader, link.created)
            for link in snapshot_in_memory(one).links
        }
        assert {
            (link.kind, link.mutual, link.note, link.reader, link.created)
            for link in snapshot_in_memory(other).links
        } <= told


def test_a_link_finds_an_orphan_where_another_highlight_has_its_place_and_words() -> None:
    earlier, present = version_of("Tehran spoke.", added=time(0)), version_of("Tehran wrote.", added=time(1))
    orphan = HighlightEntry(
        "a", "one", 1, (Span(0, 6),), "Tehran", "", " spoke.", (), "", False, "ana", time(2), time(2),
        Anchor.ORPHAN, 0.0,
    )  # fmt: skip
    again = orphan._replace(
        uid="b", version=2, after=" wrote.", created=time(3), anchor=Anchor.EXACT, confidence=100.0
    )
    bare = Archive(
        texts=(TextEntry("one", "One", "", "", time(0), (earlier, present)),), highlights=(orphan, again)
    )
    link = LinkEntry("c", "a", "b", "same", True, "", "ana", time(4), time(4))
    with libraries() as made, made.new(bare._replace(links=(link,))) as one, made.new(bare) as other:
        out = io.StringIO(newline="")
        links_csv.write(linked(one, one.links.list()), out)
        merge(other, links_csv.read(out.getvalue().encode(), "links.csv"))
        assert [(each.left, each.right) for each in snapshot_in_memory(other).links] == [("a", "b")]


@given(st.text())
def test_a_guard_is_taken_off_only_where_one_was_put_on(cell: str) -> None:
    assert spreadsheets.unguarded(spreadsheets.guarded(cell)) == cell
    if spreadsheets.unguarded(cell) != cell:
        assert spreadsheets.guarded(spreadsheets.unguarded(cell)) == cell


def test_a_table_made_by_hand_needs_texts_and_quotes_alone() -> None:
    read = csv.read('quote;text;tags\n“burned”;mill;"event; fire"\n'.encode(), "annotations.csv")
    (entry,) = read.highlights
    assert (entry.text, entry.quote, entry.tags, entry.parts) == ("mill", "“burned”", ("event", "fire"), ())
    assert (entry.anchor, entry.star, entry.created) == (Anchor.EXACT, False, "")
    check(read)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be"])
def test_a_table_saved_as_unicode_text_is_read(encoding: str) -> None:
    mark = "\ufeff" if encoding == "utf-16-be" else ""
    data = f"{mark}id\ttext\tquote\tbefore\tafter\tnote\n1\tmill\tburned\t\t\t'=why\n".encode(encoding)
    assert format_in("a.csv", data) == "csv"
    (entry,) = csv.read(data, "a.csv").highlights
    assert (entry.text, entry.quote, entry.note) == ("mill", "burned", "=why")
    with pytest.raises(LibraryError, match="marked as UTF-16"):
        csv.read(data[:-1], "a.csv")


def test_columns_may_be_in_large_letters_with_tabs_between() -> None:
    read = csv.read(b"Text\tQuote\tTags\nmill\tburned\tevent\n", "a.tsv")
    assert [(one.text, one.quote, one.tags) for one in read.highlights] == [("mill", "burned", ("event",))]


def test_what_is_odd_in_a_row_is_named_and_does_not_refuse_the_rest() -> None:
    header = "text,quote,created,updated,tags,colour\n"
    rows = (
        "mill,burned,01/03/2024,2024-03-01,event,sky\n",
        "mill,Harrow,2024-03-01T10:00:00+02:00,,a//b,\n",
        "mill,fire,2026-01-31T12:00:00.5Z,,place,no such\n",
    )
    read = csv.read((header + "".join(rows)).encode(), "a.csv")
    check(read)
    times = [(one.quote, one.created, one.updated) for one in read.highlights]
    assert times == [
        ("burned", "", "2024-03-01T00:00:00Z"),
        ("Harrow", "2024-03-01T08:00:00Z", ""),
        ("fire", "2026-01-31T12:00:00.5Z", ""),
    ]
    assert [one.tags for one in read.highlights] == [("event",), (), ("place",)]
    assert [line.partition("”")[0] for line in read.left_out[::2]] == [
        "row 2: “01/03/2024",
        "row 4: “no such",
    ]
    assert read.left_out[1].startswith("row 3: 'a//b' is no tag")
    assert [tag.colour for tag in read.tags] == ["sky", ""]


def test_spreadsheets_shout_their_truths_and_end_lines_as_they_like() -> None:
    read = csv.read(b"text,quote,star,start,end\rmill,burned,TRUE, 23 ,29\r\nmill,Harrow,False,,\n", "a.csv")
    assert [(entry.star, entry.parts) for entry in read.highlights] == [(True, (Span(23, 29),)), (False, ())]


def test_a_data_frame_writes_an_index_and_points_in_whole_numbers() -> None:
    read = csv.read(b",text,quote,start,end\n0,mill,burned,23.0,29.0\n1,mill,Harrow,,\n", "a.csv")
    assert [entry.parts for entry in read.highlights] == [(Span(23, 29),), ()]


def test_a_table_of_open_quotation_marks_is_not_read_again_and_again(monkeypatch: pytest.MonkeyPatch) -> None:
    data = b"text,quote\n" + b'x","z\n' * 40
    with pytest.raises(LibraryError, match="row 2: its quotation"):
        check(csv.read(data, "a.csv"))
    monkeypatch.setattr(spreadsheets, "MOST_AGAIN", 1_000)
    with pytest.raises(LibraryError, match="row 6: its quotation"):
        csv.read(data, "a.csv")


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n"])
def test_a_line_that_says_what_parts_columns_ends_as_the_others(end: str) -> None:
    data = end.join(("sep=;", "text;quote", "mill;a,b", "")).encode()
    assert [entry.quote for entry in csv.read(data, "a.csv").highlights] == ["a,b"]


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (b"", "row 1: there is no column text or quote"),
        (b"text,title\nmill,x\n", "row 1: there is no column quote"),
        (b"text,quote,text\nmill,burned,mill\n", "row 1: the column text is there twice"),
        (b"text,quote\nmill,burned,more\n", "row 2: has 3 cells, and the header 2"),
        (b'text,quote\nmill,"burned\n', "row 2: its quotation mark is never closed"),
        (b'text,quote\nmill,"burned"x\n', "row 2: this is no CSV"),
        (b"text,quote\nmill,\n", "row 2: has neither a quote nor a place"),
        (b"text,quote\n,burned\n", "row 2: names no text"),
        (b"text,quote,start,end\nmill,,x,9\n", "row 2: “x” in the column start is no whole number"),
        (b"PK\x03\x04\x00\xff", "row 1: there is no column text or quote"),
        (b"text,quote\nmill,\x00\x01\x02" + b"\xff\x01" * 40, "this looks like a binary file"),
    ],
)
def test_what_is_wrong_is_told_with_its_row(data: bytes, complaint: str) -> None:
    with pytest.raises(LibraryError, match=complaint) as refusal:
        check(csv.read(data, "annotations.csv"))
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("closed", ["", '"'])
def test_a_stray_quotation_mark_takes_in_no_other_row(closed: str) -> None:
    read = csv.read(
        f'text,quote\nmill,one\nmill,"two\nmill,three\nmill,fo{closed}ur\nmill,five\n'.encode(), "a.csv"
    )
    assert [entry.quote for entry in read.highlights] == ["one", "three", f"fo{closed}ur", "five"]
    assert [line.partition(":")[0] for line in read.left_out] == ["row 3"]


def test_each_row_may_have_a_stray_quotation_mark() -> None:
    rows = "".join(f'mill,"{"" if number % 2 else "x"}{number}\n' for number in range(3000))
    read = csv.read(f"text,quote\nmill,one\n{rows}".encode(), "a.csv")
    assert read.highlights[0].quote == "one"
    assert len(read.left_out) >= 1500


@pytest.mark.parametrize(
    "data",
    [
        "sep=;\r\ntext;quote\r\nmill;“café, burned”\r\n".encode(),
        'text,quote\n"=""mill""","=""“café, burned”"""\n'.encode(),
        '"=""text""","=""quote"""\n"=""mill""","=""“café, burned”"""\n'.encode(),
        b'"sep=|"\ntext|quote\nmill|\x93caf\xe9, burned\x94\n',
        "\ufeffSep=\t\ntext\tquote\nmill\t“café, burned”\n".encode("utf-16-le"),
        b"text;quote\r\nmill;\x93caf\xe9, burned\x94\r\n",
    ],
)
def test_tables_are_read_as_spreadsheets_save_them(data: bytes) -> None:
    assert format_in("a.csv", data) == "csv"
    read = csv.read(data, "a.csv")
    assert [(entry.text, entry.quote) for entry in read.highlights] == [("mill", "“café, burned”")]
    told = ["row 1: this is not UTF-8: read as windows-1252, by its letters"] if b"\x93" in data else []
    assert list(read.left_out) == told


@pytest.mark.parametrize(
    ("columns", "cells", "named"),
    [
        ("mood", "sad", "row 1: “mood” is none of the columns id, text"),
        ("start,end", "x,9", "row 2: “x” in the column start is no whole number"),
        ("start,end", "1.5,9", "row 2: “1.5” in the column start is no whole number"),
        ("start,end", "-1,9", "row 2: “-1” in the column start is no whole number"),
        ("start,end", "١,9", "row 2: “١” in the column start is no whole number"),
        ("start,end", "9,9", "row 2: ends at 9 before it starts at 9: its place is left out"),
        ("start,end", "9,", "row 2: has a start without an end"),
        (
            "start,end",
            "1,99999999999999999999",
            "row 2: “99999999999999999999” in the column end is no whole number",
        ),
        ("star", "maybe", "row 2: “maybe” in the column star is neither true nor false: left empty"),
        ("tags", "a//b", "row 2: 'a//b' is no tag"),
        (
            "anchor",
            "loose",
            "row 2: “loose” in the column anchor is none of exact, changed, orphan: left empty",
        ),
        (
            "id,links",
            "1,same to 2",
            "row 2: “same to 2” in the column links is no link such as “same = 12”: left out",
        ),
        (
            "id,links",
            "1,same = 1",
            "row 2: “same = 1” in the column links links a highlight to itself: left out",
        ),
    ],
)
def test_a_cell_that_cannot_be_read_is_named_and_leaves_the_highlight(
    columns: str, cells: str, named: str
) -> None:
    read = csv.read(f"text,quote,{columns}\nmill,burned,{cells}\n".encode(), "a.csv")
    check(read)
    (entry,) = read.highlights
    assert (entry.text, entry.quote, entry.parts, entry.tags, entry.star) == ("mill", "burned", (), (), False)
    assert (entry.anchor, read.links) == (Anchor.EXACT, ())
    assert read.left_out[0].startswith(named)


@pytest.mark.parametrize(
    ("made_at", "changed_at", "kept", "told"),
    [
        (
            "spring",
            "summer",
            (time(5), time(5)),
            [
                f"row 2: “spring” in the column created is {NO_TIME}: the time when it is first imported is taken",
                f"row 2: “summer” in the column updated is {NO_TIME}: the time when it was made is taken",
            ],
        ),
        (
            time(1),
            "summer",
            (time(1), time(1)),
            [f"row 2: “summer” in the column updated is {NO_TIME}: the time when it was made is taken"],
        ),
        ("", "", (time(5), time(5)), []),
    ],
)
def test_a_time_that_cannot_be_read_is_that_which_is_told(
    made: Libraries, made_at: str, changed_at: str, kept: tuple[str, str], told: list[str]
) -> None:
    mill = TextEntry("mill", "The Mill", "", "", time(0), (version_of("The mill burned.", added=time(0)),))
    read = csv.read(f"text,quote,created,updated\nmill,burned,{made_at},{changed_at}\n".encode(), "a.csv")
    with made.new(Archive(texts=(mill,))) as library:
        library.journal.now = lambda: time(5)
        report = merge(library, read)
        (highlight,) = library.highlights.find()
        assert (highlight.created, highlight.updated) == kept
        assert list(report.left_out) == told
        library.journal.now = lambda: time(6)
        assert not merge(library, read).changes
        assert [one.created for one in library.highlights.find()] == [kept[0]]


@pytest.mark.parametrize(
    ("row", "stands"),
    [
        ("burned,2,", (25, "exact")),
        ("burned,2.0,", (25, "exact")),
        ("burned,1,", (9, "exact")),
        ("burned,3,", (0, "orphan")),  # twice in it
        ("burned,9,", (0, "orphan")),  # there is none
        ("burned,0,", (0, "orphan")),
        ("burned,1, again", (25, "exact")),  # what stands around it goes before a number
        ("fell,1,", (52, "exact")),  # its words are somewhere else, once
    ],
)
def test_a_passage_tells_which_of_the_same_words_are_meant(
    made: Libraries, row: str, stands: tuple[int, str]
) -> None:
    body = "The mill burned.\n\nIt had burned again.\n\nAll burned, fell, burned down."
    mill = TextEntry("mill", "The Mill", "", "", time(0), (version_of(body, added=time(0)),))
    read = csv.read(f"text,quote,passage,after\nmill,{row}\n".encode(), "a.csv")
    assert read.left_out == ()
    with made.new(Archive(texts=(mill,))) as library:
        merge(library, read)
        (highlight,) = library.highlights.find()
        assert (highlight.span.start, highlight.anchor) == stands
        assert not merge(library, read).changes


@pytest.mark.parametrize(
    ("quote", "held"),
    [
        ("gov- ernment", "government"),
        ("its gov-\nernment", "its government"),
        ("well- known", "well-known"),
        ("by its gov-", "by its gov"),
        ("Smith &amp; Sons", "Smith & Sons"),
        ("Smith&nbsp;&#38;&#x20;Sons", "Smith & Sons"),
        ("Harrow&#8217;s gov- ernment", None),  # its words are not there
        ("Harrow&#8217;s", "Harrow’s"),
        ("write &lt;", "write &lt;"),  # so it stands there
        ("wheel- house", "wheel- house"),
        ("&nbsp;", None),
        ("&amp; then", None),  # twice
        ("mill&#27;[2J", None),
    ],
)
def test_entities_and_broken_words_are_found_by_what_they_stand_for(
    made: Libraries, quote: str, held: str | None
) -> None:
    body = (
        "Harrow’s mill of Smith & Sons is well-known by its government; we write &lt; here. A wheel- house, wheelhouse."
        " Now & then, now & then."
    )
    mill = TextEntry("mill", "The Mill", "", "", time(0), (version_of(body, added=time(0)),))
    out = io.StringIO()
    standard_csv.writer(out).writerows((("text", "quote"), ("mill", quote)))
    read = csv.read(out.getvalue().encode(), "a.csv")
    with made.new(Archive(texts=(mill,))) as library:
        merge(library, read)
        (highlight,) = library.highlights.find()
        stands = None if highlight.anchor is Anchor.ORPHAN else body[slice(*highlight.span)]
        assert (stands, highlight.quote) == (held, held or quote)
        assert highlight.anchor in (Anchor.EXACT, Anchor.ORPHAN)
        assert not merge(library, read).changes


@pytest.mark.parametrize(
    ("before", "after", "start"),
    [
        ("C &amp; D ", "", 25),
        ("A &amp; B ", "", 6),
        ("", "; write &lt;", 25),
        ("", ", then C&nbsp;&#38; D", 6),
        ("E &amp; F ", "", None),
    ],
)
def test_entities_around_words_tell_which_of_the_same_are_meant(
    made: Libraries, before: str, after: str, start: int | None
) -> None:
    body = "A & B burned, then C & D burned; write &lt; here."
    mill = TextEntry("mill", "The Mill", "", "", time(0), (version_of(body, added=time(0)),))
    out = io.StringIO()
    rows = (("text", "quote", "before", "after"), ("mill", "burned", before, after))
    standard_csv.writer(out).writerows(rows)
    read = csv.read(out.getvalue().encode(), "a.csv")
    with made.new(Archive(texts=(mill,))) as library:
        merge(library, read)
        (highlight,) = library.highlights.find()
        if start is None:
            assert (highlight.anchor, highlight.before, highlight.after) == (Anchor.ORPHAN, before, after)
        else:
            assert (highlight.anchor, highlight.span.start) == (Anchor.EXACT, start)
        assert not merge(library, read).changes


def test_a_passage_that_is_no_number_is_told_where_it_is_needed() -> None:
    table = b"text,quote,start,end,passage\nmill,burned,,,two\nmill,burned,9,15,two\n"
    assert csv.read(table, "a.csv").left_out == (
        "row 2: “two” in the column passage is no whole number: left empty",
    )


def test_a_row_that_cannot_be_read_is_named_and_leaves_the_rest() -> None:
    rows = (
        "mill,burned",
        "mill,fell,,more",
        'mill,"burned"x,',
        "mill,,place",
        ",fell,",
        "mill,Harrow,place,,,",
    )
    read = csv.read("\n".join(("text,quote,tags", *rows)).encode(), "a.csv")
    assert [(one.quote, one.tags) for one in read.highlights] == [("burned", ()), ("Harrow", ("place",))]
    assert [line.partition(" (")[0] for line in read.left_out] == [
        "row 3: has 4 cells, and the header 3",
        "row 4: this is no CSV",
        "row 5: has neither a quote nor a place",
        "row 6: names no text",
    ]


def test_a_highlight_that_has_the_id_of_another_one_is_one_of_its_own() -> None:
    rows = ("1,mill,burned,", "1,mill,Harrow,", "2,mill,fell,same = 1")
    read = csv.read("\n".join(("id,text,quote,links", *rows)).encode(), "a.csv")
    assert [one.quote for one in read.highlights] == ["burned", "fell", "Harrow"]
    assert read.left_out == ("row 3: the id 1 stands for another highlight already: it is left out",)
    by_uid = {one.uid: one.quote for one in read.highlights}
    assert [{by_uid[link.left], by_uid[link.right]} for link in read.links] == [{"burned", "fell"}]


@pytest.mark.parametrize("again", ["1,mill,burned,x", "1,mill,burned,", "1,mill,burned,y; x"])
def test_a_row_that_comes_once_more_says_the_same_highlight(again: str) -> None:
    rows = ("1,mill,burned,x; y", "2,mill,fell,", again)
    read = csv.read("\n".join(("id,text,quote,tags", *rows)).encode(), "a.csv")
    assert [(one.quote, one.tags) for one in read.highlights] == [("burned", ("x", "y")), ("fell", ())]
    assert read.left_out == ()


def test_a_text_may_be_called_by_its_title_or_file_which_is_not_taken_for_the_slug_of_another(
    made: Libraries,
) -> None:
    def text(slug: str, title: str, source: str) -> TextEntry:
        return TextEntry(slug, title, "", source, time(0), (version_of(f"{title} burned.", added=time(0)),))

    texts = (
        text("the-mill", "A Wheel", "a.txt"),
        text("mill", "The Mill", "b.txt"),
        text("fire", "Fire", "in/c.txt"),
    )
    read = csv.read(
        b"text,quote\nThe Mill,burned\nthe-mill,burned\nc.txt,burned\nThe mill!,burned\nOther,x\n", "a.csv"
    )
    check(read)
    with made.new(Archive(texts=texts)) as library:
        report = merge(library, read)
        assert sorted(one.text for one in library.highlights.find()) == [
            "fire",
            "mill",
            "the-mill",
            "the-mill",
        ]
        assert report.left_out == (
            "1 highlight in “Other”: the text is neither in the file nor in the library",
        )


def test_of_a_table_of_tags_what_cannot_be_read_is_named_and_leaves_the_rest() -> None:
    header = "tag,colour,letter,quick,mood"
    rows = (
        "place,SKY,p,3,sad",
        "fire,red,AB,3,",
        ",sky,,,",
        "place,,,,",
        "event,,,10,",
        "mill,,,three,",
        "a//b,,,,",
    )
    read = codebook_csv.read("\n".join((header, *rows)).encode(), "codebook.csv")
    check(read)
    assert [(tag.path, tag.colour, tag.letter, tag.quick) for tag in read.tags] == [
        ("place", "sky", "p", 3), ("fire", "", "", None), ("event", "", "", None), ("mill", "", "", None),
    ]  # fmt: skip
    assert [re.sub(r" (?:in the column|is none of the columns|is no tag).*", "", line) for line in read.left_out] == [
        "row 1: “mood”", "row 3: “red”", "row 3: “AB”", "row 3: “3”", "row 4: ''",
        "row 5: the tag place is there already", "row 6: “10”", "row 7: “three”", "row 8: 'a//b'",
    ]  # fmt: skip


def test_of_a_table_of_links_what_cannot_be_read_is_named_and_leaves_the_rest() -> None:
    header = "kind,left_text,left_quote,right_text,right_quote,mutual,left_start,created"
    rows = (
        "same,a,b,c,d,perhaps,x,yesterday",
        ",a,b,c,d,,,",
        "same,a,b,a,b,,,",
        "same,a,,c,d,,,",
        "same,a,b,c,d,,x,yesterday",
    )
    read = links_csv.read("\n".join((header, *rows)).encode(), "links.csv")
    check(read)
    assert [(link.kind, link.mutual, link.created) for link in read.links] == [("same", False, "")]
    assert [re.sub(r" in the column.*", "", line) for line in read.left_out] == [
        "row 2: “x”", "row 2: “perhaps”", "row 2: “yesterday”", "row 3: is no link: its cell kind is empty",
        "row 4: links a highlight to itself", "row 5: is no link: its cell left_quote is empty",
        "row 6: “x”", "row 6: “yesterday”", "row 6: is a link that is there already",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (b"colour\nsky\n", "row 1: there is no column tag"),
        (b"tag\na//b\n", "row 2: 'a//b' is no tag"),
    ],
)
def test_what_is_wrong_with_a_table_of_tags_is_told_with_its_row(data: bytes, complaint: str) -> None:
    with pytest.raises(LibraryError, match=complaint):
        codebook_csv.read(data, "codebook.csv")


def test_a_table_of_tags_needs_their_names_alone() -> None:
    (one, other) = codebook_csv.read(b"tag,quick\nplace,3\nactor/x,\n", "codebook.csv").tags
    assert (one.path, one.colour, one.letter, one.description, one.quick) == ("place", "", "", "", 3)
    assert (other.path, other.quick) == ("actor/x", None)


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (b"kind,left_text,left_quote,right_text\n", "row 1: there is no column right_quote"),
        (
            b"kind,left_text,left_quote,right_text,right_quote\n,a,b,c,d\n",
            "row 2: is no link: its cell kind is empty",
        ),
    ],
)
def test_what_is_wrong_with_a_table_of_links_is_told_with_its_row(data: bytes, complaint: str) -> None:
    with pytest.raises(LibraryError, match=complaint):
        links_csv.read(data, "links.csv")


def test_a_table_of_links_made_by_hand_names_texts_and_quotes_once_each() -> None:
    head = "kind,left,left_text,left_quote,right,right_text,right_quote,right_start,right_end,mutual,note"
    rows = ("same,9,mill,burned,3,fire,fell,7,11,true,why", "answers,3,fire,fell,,mill,Harrow,,,,")
    archive = links_csv.read("\n".join((head, *rows)).encode(), "links.csv")
    assert [text.slug for text in archive.texts] == ["mill", "fire"]
    ends = {one.uid: one for one in archive.mentioned}
    told = [
        (link.kind, link.mutual, link.note, ends[link.left].quote, ends[link.right].quote)
        for link in archive.links
    ]
    assert told == [("same", True, "why", "burned", "fell"), ("answers", False, "", "fell", "Harrow")]
    assert ends[archive.links[0].right].parts == (Span(7, 11),)
    assert ends[archive.links[0].left].parts == ()
    assert [one.quote for one in archive.mentioned][-1] == "burned", (
        "in the order of their ids, the largest last"
    )


tables = st.text(max_size=200).map(lambda words: f"text,quote,id\n{words}".encode(errors="replace"))


@given(st.binary(max_size=200) | tables)
def test_no_table_breaks_the_reader(data: bytes) -> None:
    with suppress(LibraryError):
        check(csv.read(data, "annotations.csv"))


def test_a_cell_may_be_longer_than_the_standard_library_allows() -> None:
    note = "x" * 1_000_000
    read = csv.read(f"text,quote,note\nmill,burned,{note}\n".encode(), "annotations.csv")
    assert read.highlights[0].note == note
    assert standard_csv.field_size_limit() < 1_000_000


def test_a_link_whose_ends_are_not_there_asks_for_the_highlights_first(made: Libraries) -> None:
    header = b"kind,left_text,left_quote,right_text,right_quote\n"
    links = links_csv.read(header + b"same,mill,burned,fire,burnt\n", "links.csv")
    with made.new() as library, pytest.raises(LibraryError, match="the text “mill” is neither"):
        merge(library, links)


def test_links_whose_ends_are_not_there_are_named_and_leave_the_rest(made: Libraries) -> None:
    header = b"kind,left_text,left_quote,right_text,right_quote\n"
    text = TextEntry(
        "mill", "Mill", "", "", time(0), (version_of("The mill burned and fell.", added=time(0)),)
    )
    highlights = csv.read(b"text,quote\nmill,burned\nmill,fell\n", "a.csv").highlights
    rows = b"same,mill,burned,mill,fell\nsame,mill,burned,fire,burnt\nsame,mill,burned,mill,stood\n"
    with made.new(Archive(texts=(text,), highlights=highlights)) as library:
        report = merge(library, links_csv.read(header + rows, "links.csv"))
        assert (report.links, len(library.links.list())) == (1, 1)
        assert report.left_out == (
            "1 link in “fire”: the text is neither in the file nor in the library",
            "links that end at “stood” in mill: there is no such highlight",
        )
        lost = links_csv.read(header + b"same,mill,burned,mill,stood\n", "links.csv")
        with pytest.raises(
            LibraryError, match="there is no highlight “stood” in mill: import the highlights first"
        ):
            merge(library, lost)


def test_a_passage_tells_at_which_of_the_same_words_a_link_ends(made: Libraries) -> None:
    body = "The mill burned.\n\nIt had burned again.\n\nThe wheel fell."
    text = TextEntry("mill", "Mill", "", "", time(0), (version_of(body, added=time(0)),))
    marks = csv.read(b"text,quote,passage\nmill,burned,1\nmill,burned,2\nmill,fell,3\n", "a.csv")
    header = b"kind,left_text,left_quote,left_passage,right_text,right_quote,right_passage\n"
    links = links_csv.read(
        header + b"same,mill,burned,2,mill,fell,\nanswers,mill,fell,3,mill,burned,1\n", "l.csv"
    )
    with made.new(Archive(texts=(text,))) as library:
        merge(library, marks)
        report = merge(library, links)
        assert (report.links, report.left_out) == (2, ())
        starts = {one.id: one.span.start for one in library.highlights.find()}
        ends = {one.kind: (starts[one.left], starts[one.right]) for one in library.links.list()}
        assert ends == {"same": (25, 50), "answers": (50, 9)}


@pytest.mark.parametrize("said", ["passage\nmill,burned,2\n", "before\nmill,burned,It had \n"])
def test_an_orphan_has_its_place_once_a_table_tells_it(made: Libraries, said: str) -> None:
    body = "The mill burned.\n\nIt had burned again.\n\nAll burned."
    mill = TextEntry("mill", "The Mill", "", "", time(0), (version_of(body, added=time(0)),))
    with made.new(Archive(texts=(mill,))) as library:
        merge(library, csv.read(b"text,quote\nmill,burned\n", "a.csv"))
        assert [one.anchor for one in library.highlights.find()] == ["orphan"]
        later = csv.read(f"text,quote,{said}".encode(), "a.csv")
        report = merge(library, later)
        assert report.updates == ("“burned” in mill: it was an orphan, and has a place now",)
        (highlight,) = library.highlights.find()
        assert (highlight.span.start, highlight.quote, highlight.anchor) == (25, "burned", "exact")
        assert not merge(library, later).changes
        assert not merge(library, csv.read(b"text,quote\nmill,burned\n", "a.csv")).changes


def test_the_second_of_the_same_words_stays_the_second_in_a_table_without_the_first(made: Libraries) -> None:
    body = "The mill burned.\n\nIt had burned again.\n\nAll burned."
    mill = TextEntry("mill", "The Mill", "", "", time(0), (version_of(body, added=time(0)),))
    with made.new(Archive(texts=(mill,))) as library:
        head = "id,text,quote,tags,passage"
        merge(library, csv.read(f"{head}\n1,mill,burned,a,1\n2,mill,burned,b,2\n".encode(), "a.csv"))
        merge(library, csv.read(f"{head}\n2,mill,burned,c,2\n".encode(), "a.csv"))
        marked = [(one.span.start, one.tags) for one in library.highlights.find()]
        assert marked == [(9, ("a",)), (25, ("c",))]


def test_the_same_words_at_a_place_where_none_stand_are_a_highlight_of_their_own(made: Libraries) -> None:
    body = "The mill burned.\n\nIt had burned again.\n\nAll burned."
    mill = TextEntry("mill", "The Mill", "", "", time(0), (version_of(body, added=time(0)),))
    with made.new(Archive(texts=(mill,))) as library:
        first = csv.read(b"text,quote,tags,passage\nmill,burned,b,1\n", "a.csv")
        later = csv.read(b"text,quote,tags,passage\nmill,burned,c,3\n", "b.csv")
        merge(library, first)
        merge(library, later)
        marked = [(one.span.start, one.tags) for one in library.highlights.find()]
        assert marked == [(9, ("b",)), (44, ("c",))]
        assert not merge(library, later).changes
        assert not merge(library, first).changes


def test_a_quotation_that_looks_like_a_formula_stays_one_and_a_number_written_so_is_one() -> None:
    data = b'text,quote,start,end\nmill,"=""a""","=""3""","=""7"""\nmill,"=""a""",,\n'
    assert [(one.quote, one.parts) for one in csv.read(data, "").highlights] == [
        ("a", (Span(3, 7),)),
        ('="a"', ()),
    ]
