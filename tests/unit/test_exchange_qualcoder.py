"""REFI-QDA as QualCoder and qc write it: every coding in its place, with its coder, its memo and its codes."""

from __future__ import annotations

import io
import re
import zipfile
from xml.sax.saxutils import escape

import pytest
from whole_library import whole_library

from store.exchange.archive import Archive
from store.exchange.refi import qdpx

USERS = "".join(
    f'<User guid="a0000000-0000-0000-0000-00000000000{k}" name="{name}"/>'
    for k, name in enumerate(("eva", "ben"), 1)
)
CODES = "".join(
    f'<Code guid="c0000000-0000-0000-0000-00000000000{k}" name="{name}" isCodable="true"/>'
    for k, name in enumerate(("claim", "mood", "★"), 1)
)


def a_project(
    body: str,
    *inside: str,
    rest: str = "",
    origin: str = "QualCoder 4.0",
    path: str = "internal://a.txt",
    beside: str = "",
) -> Archive:
    """What is read from a project with one text, and what other sources are `beside` it."""
    source = (
        f'<TextSource guid="50000000-0000-0000-0000-000000000001" name="A text" plainTextPath="{path}"'
        ' creatingUser="a0000000-0000-0000-0000-000000000001">' + "".join(inside) + "</TextSource>"
    )
    project = (
        f'<Project xmlns="urn:QDA-XML:project:1.0" name="p" origin="{origin}"><Users>{USERS}</Users>'
        f"<CodeBook><Codes>{CODES}</Codes></CodeBook><Sources>{source}{beside}</Sources>{rest}</Project>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("project.qde", project)
        package.writestr("sources/a.txt", body.encode())
    return qdpx.read(out.getvalue(), "x.qdpx")


def a_selection(
    number: int, start: int, end: int, name: str = "", *codings: tuple[int, int], said: str = ""
) -> str:
    """A selection with codings: of which user, and with which code."""
    made = "".join(
        f'<Coding guid="d0000000-0000-0000-00{number:02}-00000000000{k}"'
        f' creatingUser="a0000000-0000-0000-0000-00000000000{user}">'
        f'<CodeRef targetGUID="c0000000-0000-0000-0000-00000000000{code}"/></Coding>'
        for k, (user, code) in enumerate(codings)
    )
    described = f"<Description>{said}</Description>" if said else ""
    return (
        f'<PlainTextSelection guid="5e1ec710-0000-0000-0000-0000000000{number:02}" name="{name}"'
        f' startPosition="{start}" endPosition="{end}" creatingUser="a0000000-0000-0000-0000-000000000001"'
        f' creationDateTime="2026-01-0{number + 1}T00:00:00Z">{described}{made}</PlainTextSelection>'
    )


def made_of(archive: Archive) -> list[tuple[str, str, tuple[str, ...], str]]:
    return [(one.quote, one.reader, one.tags, one.note) for one in archive.highlights]


SMILING = "An 😀 smiling reader, 😀 and a frowning one."


@pytest.mark.parametrize("way", ["utf-16", "code points", "far off"])
@pytest.mark.parametrize("origin", ["QualCoder 4.0", "Anything 1"])
def test_the_words_in_the_name_of_a_selection_say_how_its_positions_count(way: str, origin: str) -> None:
    inside = [a_selection(k, 0, 2, "An") for k in (7, 8)]
    for k, quote in enumerate(("smiling", "frowning one")):
        start = SMILING.index(quote)
        shift = {"utf-16": SMILING[:start].count("😀"), "code points": 0, "far off": 3 + 2 * k}[way]
        inside.append(a_selection(k, start + shift, start + shift + len(quote), quote))
    inside.append(a_selection(6, 0, 2, "An"))
    found = {one.quote for one in a_project(SMILING, *inside, origin=origin).highlights}
    assert found == {"An", "smiling", "frowning one"}


@pytest.mark.parametrize("crlf_is_one", [True, False])
def test_where_names_are_labels_it_is_told_by_where_words_begin_and_end(crlf_is_one: bool) -> None:
    body = "First line here.\r\n\r\nSecond line there.\r\nThird one."
    counted = body.replace("\r\n", "\n") if crlf_is_one else body
    inside = [
        a_selection(k, counted.index(words), counted.index(words) + len(words), f"line:{k}")
        for k, words in enumerate(("First line", "Second line there.", "Third"))
    ]
    archive = a_project(body, *inside, origin="qc 1.7.8")
    assert [one.quote for one in archive.highlights] == ["First line", "Second line there.", "Third"]


def test_codings_of_two_users_are_two_highlights_and_those_of_one_at_one_place_one() -> None:
    archive = a_project(
        "The mill burned down.",
        a_selection(1, 4, 8, "mill", (1, 1), (2, 2), said="a memo"),
        a_selection(2, 4, 8, "mill", (1, 2), (1, 3)),
        a_selection(3, 9, 15, "burned"),
    )
    assert made_of(archive) == [
        ("mill", "eva", ("claim", "mood"), "a memo"), ("mill", "ben", ("mood",), ""), ("burned", "eva", (), ""),
    ]  # fmt: skip
    assert [one.star for one in archive.highlights] == [True, False, False]
    assert len({one.uid for one in archive.highlights}) == 3


def test_annotations_stand_in_their_place_and_memos_are_notes() -> None:
    by = 'creatingUser="a0000000-0000-0000-0000-000000000002" creationDateTime="2026-01-01T00:00:00Z"'
    notes = "".join(
        f'<Note guid="e0000000-0000-0000-0000-00000000000{k}" {by}><PlainTextContent>{words}</PlainTextContent>'
        f'<PlainTextSelection guid="e0000000-0000-0000-0000-00000000001{k}" startPosition="{start}"'
        f' endPosition="{end}"/></Note>'
        for k, (words, start, end) in enumerate((("who?", 4, 8), ("when?", 9, 15)))
    )
    archive = a_project(
        "The mill burned down.",
        "<Description>a file memo</Description>",
        '<NoteRef targetGUID="e0000000-0000-0000-0000-000000000000"/>',
        rest=f"<Notes>{notes}</Notes><Description>a project memo</Description>",
    )
    assert made_of(archive) == [("mill", "ben", (), "who?"), ("burned", "ben", (), "when?")]
    assert [(note.text, note.words, note.reader) for note in archive.notes] == [
        ("a-text", "a file memo", "eva"), (None, "a project memo", "QualCoder 4.0"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "path", ["a.txt", "internal://A.TXT", "sources/a.txt", "relative://x/a.txt", "C:\\here\\a.txt"]
)
def test_the_file_of_a_text_is_found_by_its_name(path: str) -> None:
    archive = a_project("The mill burned.", a_selection(1, 4, 8, "mill"), path=path)
    assert ([one.quote for one in archive.highlights], archive.left_out) == (["mill"], ())


def test_a_text_whose_file_is_missing_is_named_with_what_is_lost() -> None:
    archive = a_project("x", a_selection(1, 4, 8), a_selection(2, 4, 8), path="internal://b.txt")
    assert archive.left_out == (
        "A text, whose file internal://b.txt is not in the project, and 2 selections in it",
    )


def test_codings_carry_their_coder_and_their_time_and_notes_are_descriptions_too() -> None:
    out = io.BytesIO()
    library = whole_library()
    by = {"reader": "ana", "created": "2026-01-01T00:00:00Z"}
    library = library._replace(highlights=[one._replace(**by) for one in library.highlights])
    qdpx.write_archive(library, out)
    with zipfile.ZipFile(out) as package:
        project = package.read("project.qde").decode()
    codings = re.findall("<Coding [^>]*>", project)
    assert codings
    assert all("creatingUser=" in coding and "creationDateTime=" in coding for coding in codings)
    noted = [highlight for highlight in library.highlights if highlight.note]
    assert noted
    for highlight in noted:
        assert f"<Description>{escape(highlight.note)}</Description>" in project


def test_a_star_and_a_tag_on_one_place_are_one_highlight() -> None:
    """QualCoder writes a selection for each code, and the star is a code to it."""
    archive = a_project(
        SMILING,
        a_selection(1, 3, 12, "", (1, 2), said="why?"),
        a_selection(2, 3, 12, "", (1, 3), said="why?"),
        a_selection(3, 3, 12, "", (2, 3)),
    )
    assert [(one.reader, one.tags, one.star, one.note) for one in archive.highlights] == [
        ("eva", ("mood",), True, "why?"),
        ("ben", (), True, ""),
    ]


@pytest.mark.parametrize(
    ("name", "note"),
    [("Note on “smiling”", "a note"), ("A memo of theirs", "# A memo of theirs\n\na note"), ("", "a note")],
)
def test_the_name_that_we_gave_a_note_is_no_part_of_it(name: str, note: str) -> None:
    """Another program keeps the name of a note of ours when it saves our project."""
    guid = "70000000-0000-0000-0000-000000000001"
    selection = a_selection(1, 3, 12, "", (1, 1))
    referring = selection.replace("</Plain", f'<NoteRef targetGUID="{guid}"/></Plain')
    notes = (
        f'<Notes><Note guid="{guid}" name="{name}"><PlainTextContent>a note</PlainTextContent></Note></Notes>'
    )
    (one,) = a_project(SMILING, referring, rest=notes, origin="Another").highlights
    assert one.note == note


@pytest.mark.parametrize(("end", "fits"), [(11, False), (12, True), (20, True), (21, False)])
def test_an_annotation_that_no_source_refers_to_stands_in_the_only_text_that_is_as_long(
    end: int, fits: bool
) -> None:
    texts = ("Four words.", "four words. No more.")
    assert [len(text) for text in texts] == [11, 20]
    source = (
        '<TextSource guid="50000000-0000-0000-0000-000000000002" name="Longer">'
        f"<PlainTextContent>{texts[1]}</PlainTextContent></TextSource>"
    )
    note = (
        '<Note guid="e0000000-0000-0000-0000-000000000009"><PlainTextContent>why?</PlainTextContent>'
        '<PlainTextSelection guid="e0000000-0000-0000-0000-000000000019" startPosition="0"'
        f' endPosition="{end}"/></Note>'
    )
    archive = a_project(texts[0], rest=f"<Notes>{note}</Notes>", beside=source)
    assert [(one.text, one.quote, one.note) for one in archive.highlights] == (
        [("longer", texts[1][:end], "why?")] if fits else []
    )
    assert [note.words for note in archive.notes] == ([] if fits else ["why?"])
