"""REFI-QDA: as the standard wants it, read back whole, and safe to open whoever wrote it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable

import pytest
from archives import archives, unhurried
from damage import CODEBOOKS, GUID, PROJECTS, damaged
from exported import exported
from hypothesis import example, given
from hypothesis import strategies as st
from libraries import libraries
from lxml import etree
from published import codebook_faults, project_faults
from whole_library import whole_library

from store.exchange.archive import Archive, HighlightEntry, TextEntry
from store.exchange.checking import check
from store.exchange.foreign import tag_of, version_of
from store.exchange.refi import guids, qdc, qdpx
from store.exchange.xml import harmless
from store.library import LibraryError
from store.records import Anchor
from store.sanitize import tag_path
from store.services.imports import import_bytes
from texts.load.decode import body_with_offsets
from texts.model import Span

PROJECT = '<Project xmlns="urn:QDA-XML:project:1.0" name="p" origin="Other 1.0">{}</Project>'
SOURCE = '<TextSource guid="11111111-1111-1111-1111-11111111111A" name="Interview" plainTextPath="internal://A.txt"{}'
REFERENCES = {"targetGUID", "originGUID", "creatingUser", "modifyingUser"}
CODES = (
    "<CodeBook><Codes>"
    '<Code guid="{C0DE0000-0000-0000-0000-000000000001}" name="Actors" isCodable="false">'
    '<Code guid="C0DE0000-0000-0000-0000-000000000002" name="his/her" isCodable="true" color="#ee0"/></Code>'
    '<Code guid="C0DE0000-0000-0000-0000-000000000003" name="\u200b" isCodable="true"/>'
    "</Codes></CodeBook>"
)


def dangling(markup: str) -> set[str]:
    """GUIDs that the document refers to and does not hold."""
    held: set[str] = set()
    meant: set[str] = set()
    for element in etree.fromstring(markup.encode()).iter():
        for name, value in element.attrib.items():
            if name == "guid":
                held.add(value)
            elif name in REFERENCES:
                meant.add(value)
    return meant - held


def written(archive: Archive) -> bytes:
    return exported(qdpx.write_archive, archive)


def project_in(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read("project.qde").decode()


def package(project: str, files: Iterable[tuple[str, bytes]] = (), name: str = "project.qde") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr(name, project)
        for file, data in files:
            made.writestr(file, data)
    return out.getvalue()


def selection(number: int, start: int, end: int, inside: str = "") -> str:
    guid = f"5E1EC710-0000-0000-0000-{number:012}"
    place = f'guid="{guid}" startPosition="{start}" endPosition="{end}"'
    return f"<PlainTextSelection {place}>{inside}</PlainTextSelection>"


def coded(number: int) -> str:
    return (
        f'<Coding guid="C0D10000-0000-0000-0000-{number:012}">'
        f'<CodeRef targetGUID="C0DE0000-0000-0000-0000-{number:012}"/></Coding>'
    )


def carried(archive: Archive) -> Archive:
    """What of an archive the format has a place for."""
    needed = {(one.text, one.version) for one in archive.highlights}
    texts, numbers = [], {}
    for text in archive.texts:
        last = len(text.versions)
        kept = [number for number in range(1, last + 1) if number == last or (text.slug, number) in needed]
        numbers |= {(text.slug, number): count for count, number in enumerate(kept, 1)}
        texts.append(text._replace(versions=tuple(text.versions[number - 1] for number in kept)))
    return archive._replace(
        texts=tuple(texts),
        tags=tuple(tag._replace(letter="", description=harmless(tag.description)) for tag in archive.tags),
        highlights=tuple(
            one._replace(version=numbers[one.text, one.version or 0], note=harmless(one.note))
            for one in sorted(archive.highlights)
        ),
        links=tuple(link._replace(note=harmless(link.note)) for link in archive.links),
        notes=tuple(note._replace(words=harmless(note.words)) for note in sorted(archive.notes)),
    )


@unhurried
@given(archives())
def test_what_is_written_is_valid_and_comes_back(archive: Archive) -> None:
    data = written(archive)
    assert project_faults(project_in(data)) == []
    assert dangling(project_in(data)) == set()
    back = qdpx.read(data, "library.qdpx")
    check(back)
    assert back.left_out == ()
    assert back._replace(
        highlights=tuple(sorted(back.highlights)), notes=tuple(sorted(back.notes))
    ) == carried(archive)
    assert written(back) == data


@unhurried
@given(archives())
def test_the_same_archive_gives_the_same_bytes(archive: Archive) -> None:
    assert written(archive) == written(archive)


@unhurried
@given(archives())
def test_a_codebook_is_valid_and_comes_back(archive: Archive) -> None:
    out = io.BytesIO()
    assert qdc.write_archive(archive, out) == len(archive.tags)
    assert codebook_faults(out.getvalue().decode()) == []
    assert qdc.read(out.getvalue(), "tags.qdc") == Archive(tags=carried(archive).tags)


def test_an_empty_codebook_is_refused() -> None:
    with pytest.raises(LibraryError, match="no tag yet"):
        qdc.write_archive(Archive(), io.BytesIO())


def test_an_empty_library_is_a_valid_project() -> None:
    assert project_faults(project_in(written(Archive()))) == []
    assert qdpx.read(written(Archive()), "empty.qdpx") == Archive()


def whole_project() -> str:
    return project_in(written(whole_library()))


def whole_codebook() -> str:
    out = io.BytesIO()
    qdc.write_archive(whole_library(), out)
    return out.getvalue().decode()


def test_a_whole_library_is_valid() -> None:
    assert project_faults(whole_project()) == []
    assert codebook_faults(whole_codebook()) == []
    assert dangling(whole_project()) == set()


@pytest.mark.parametrize(("what", "by", "said"), PROJECTS.values(), ids=PROJECTS)
def test_a_damaged_project_is_refused_by_name(what: str, by: str, said: str) -> None:
    assert said in "\n".join(project_faults(damaged(whole_project(), what, by)))


@pytest.mark.parametrize(("what", "by", "said"), CODEBOOKS.values(), ids=CODEBOOKS)
def test_a_damaged_codebook_is_refused_by_name(what: str, by: str, said: str) -> None:
    assert said in "\n".join(codebook_faults(damaged(whole_codebook(), what, by)))


def test_a_reference_to_nothing_is_seen() -> None:
    assert dangling(damaged(whole_project(), '<User guid="[^"]*"', f'<User guid="{GUID}"')) != set()


def test_a_highlight_without_a_place_is_refused() -> None:
    with pytest.raises(LibraryError, match=r"“Tehran” has no place in a text"):
        written(
            Archive(
                highlights=(
                    HighlightEntry(
                        "u", "one", None, (), "Tehran", "", "", (), "", False, "", "", "", Anchor.EXACT, 100
                    ),
                )
            )
        )


def test_a_star_is_a_code_that_other_programs_show() -> None:
    text = TextEntry("one", "One", "", "", "", (version_of("Tehran and Baghdad"),))
    one = HighlightEntry(
        "00000000-0000-4000-8000-000000000001", "one", 1, (Span(0, 6), Span(11, 18)), "Tehran … Baghdad", "", "", (),
        "a note", True, "", "", "", Anchor.EXACT, 100.0,
    )  # fmt: skip
    project = project_in(written(Archive((text,), (), (one,))))
    assert f'<Code guid="{guids.STAR}" name="★" isCodable="true" />' in project
    assert project.count(f'<CodeRef targetGUID="{guids.STAR}" />') == 2  # each part of a highlight with a gap
    assert project.count("<NoteRef ") == 1  # but its note stands on the first one only


def test_a_project_of_another_program_is_read() -> None:
    body = "﻿One línea.\r\nTwo cafe\u0301s, 😀 three.\r\n"  # a mark, CRLF, a letter that NFC makes one with its accent
    text = body.removeprefix("\ufeff")
    start = text.index("three")
    inside = selection(1, start, start + 5, coded(2) + coded(3)) + selection(2, 0, 3)
    made = ' creationDateTime="2020-01-01T01:00:00+01:00">'
    project = PROJECT.format(
        f'<Users><User guid="0000000A-0000-0000-0000-000000000000" name="Ana"/></Users>{CODES}<Sources>'
        f"{SOURCE.format(made)}{inside}</TextSource>"
        '<PictureSource guid="11111111-1111-1111-1111-11111111111B" name="photo.png"/></Sources>'
    )
    archive = qdpx.read(package(project, [("Sources/a.TXT", body.encode())]), "x.qdpx")
    assert archive.left_out == ("photo.png is no text (PictureSource)",)
    (entry,) = archive.texts
    assert (entry.slug, entry.title, entry.added) == ("interview", "Interview", "2020-01-01T00:00:00Z")
    assert entry.versions[0].body == "One línea.\nTwo cafés, 😀 three."
    quotes = {one.quote: one.tags for one in archive.highlights}
    assert quotes == {"three": ("Actors/his∕her", "code"), "One": ()}
    assert [(tag.path, tag.colour) for tag in archive.tags] == [
        ("Actors/his∕her", "yellow"),
        ("code", ""),
    ]
    check(archive)


@given(
    st.text(st.sampled_from("ab\u00e9😀𝔘\n"), max_size=20),
    st.text(st.sampled_from("xy😀"), min_size=1, max_size=5),
)
@example("😀", "x")
def test_positions_of_nvivo_count_units_of_utf_16(before: str, marked: str) -> None:
    start, end = (len(words.encode("utf-16-le")) // 2 for words in (f"({before}", f"({before}{marked}"))
    inside = selection(1, start, end)
    project = PROJECT.format(f"<Sources>{SOURCE.format('>')}{inside}</TextSource></Sources>")
    project = project.replace("Other 1.0", "NVivo for Windows 12.6")
    archive = qdpx.read(package(project, [("sources/a.txt", f"({before}{marked})".encode())]), "x.qdpx")
    (one,) = archive.highlights
    assert one.quote == marked
    assert archive.texts[0].versions[0].body[slice(*one.parts[0])] == marked


@pytest.mark.parametrize("origin", ["NVivo for Windows 12.6", "QualCoder 3.5", "Other 1.0"])
@pytest.mark.parametrize("counted", ["\r\n", "\n"])
def test_what_begins_and_ends_with_words_tells_whether_crlf_counts_as_one(origin: str, counted: str) -> None:
    words = "One 😀\r\n\r\ntwo three\r\nfour five\r\nsix seven"
    there = words.replace("\r\n", counted)
    places = [
        (len(there[: there.index(word)].encode("utf-16-le")) // 2, word)
        for word in ("three", "five", "seven")
    ]
    inside = "".join(selection(n, start, start + len(word)) for n, (start, word) in enumerate(places))
    project = PROJECT.format(f"<Sources>{SOURCE.format('>')}{inside}</TextSource></Sources>")
    project = project.replace("Other 1.0", origin)
    archive = qdpx.read(package(project, [("sources/a.txt", words.encode())]), "x.qdpx")
    assert [one.quote for one in archive.highlights] == ["three", "five", "seven"]


def test_a_known_program_is_believed_where_a_selection_of_several_cuts_words() -> None:
    words = "One 😀\r\ntwo three four\r\nfive six"
    inside = selection(1, 12, 17) + selection(2, 18, 20) + selection(3, 29, 32)  # “three”, “fo”, “six”
    project = PROJECT.format(f"<Sources>{SOURCE.format('>')}{inside}</TextSource></Sources>")
    project = project.replace("Other 1.0", "NVivo for Windows 12.6")
    archive = qdpx.read(package(project, [("sources/a.txt", words.encode())]), "x.qdpx")
    assert [one.quote for one in archive.highlights] == ["three", "fo", "six"]


def test_a_position_inside_a_character_is_at_its_start() -> None:
    inside = selection(1, 2, 5) + selection(2, 4, 5)  # “😀 😀” is five units
    project = PROJECT.format(f"<Sources>{SOURCE.format('>')}{inside}</TextSource></Sources>")
    project = project.replace("Other 1.0", "NVivo for Windows 12.6")
    archive = qdpx.read(package(project, [("sources/a.txt", "😀 😀".encode())]), "x.qdpx")
    assert [one.quote for one in archive.highlights] == [" 😀", "😀"]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("One two", "One two"),  # at the very beginning
        ("five six", "five six"),
        (" four ", "four"),
        ("thre", "e"),  # it stands twice: the position is all that there is
        ("O", "e"),  # one letter says nothing
        ("seven", "e"),  # no word of the text
        ("", "e"),
    ],
)
def test_a_selection_whose_position_is_wrong_is_where_its_name_stands_once(name: str, found: str) -> None:
    """Some programs name selections by their words, and have positions of another reading of the file."""
    body = "One two thre four thre five six"
    named = [(0, 3, "One"), (4, 7, "two"), (18, 22, "thre"), (11, 12, name)]
    inside = "".join(
        selection(number, start, end).replace("startPosition", f'name="{words}" startPosition')
        for number, (start, end, words) in enumerate(named)
    )
    project = PROJECT.format(f"<Sources>{SOURCE.format('>')}{inside}</TextSource></Sources>")
    archive = qdpx.read(package(project, [("sources/a.txt", body.encode())]), "x.qdpx")
    uid = "5e1ec710-0000-0000-0000-000000000003"
    assert [one.quote for one in archive.highlights if one.uid == uid] == [found]
    assert {one.quote for one in archive.highlights if one.uid != uid} == {"One", "two", "thre"}


def test_names_that_are_labels_move_nothing() -> None:
    """One of them happens to be a word of the text; most selections have names that are no words of it."""
    body = "One two three four"
    named = [(0, 3, "first"), (4, 7, "second"), (8, 13, "four")]
    inside = "".join(
        selection(number, start, end).replace("startPosition", f'name="{label}" startPosition')
        for number, (start, end, label) in enumerate(named)
    )
    project = PROJECT.format(f"<Sources>{SOURCE.format('>')}{inside}</TextSource></Sources>")
    archive = qdpx.read(package(project, [("sources/a.txt", body.encode())]), "x.qdpx")
    assert sorted(one.quote for one in archive.highlights) == ["One", "three", "two"]


def test_notes_of_another_program_keep_their_names_and_none_is_lost() -> None:
    note = '<Note guid="0000000{}-0000-0000-0000-000000000000" name="{}"><PlainTextContent>{}</PlainTextContent></Note>'
    inside = selection(
        1, 0, 3, '<Description>said</Description><NoteRef targetGUID="00000001-0000-0000-0000-000000000000"/>'
    )
    project = PROJECT.format(
        f"<Sources>{SOURCE.format('>')}{inside}</TextSource></Sources>"
        f"<Notes>{note.format(1, 'Memo', 'on a place')}{note.format(2, 'Lost', 'on nothing')}</Notes>"
    )
    archive = qdpx.read(package(project, [("sources/a.txt", b"One two")]), "x.qdpx")
    assert [one.note for one in archive.highlights] == ["said\n\n# Memo\n\non a place"]
    assert [(note.text, note.words) for note in archive.notes] == [(None, "# Lost\n\non nothing")]


def test_what_has_no_place_is_named() -> None:
    inside = selection(1, 5, 99) + selection(2, 3, 3) + selection(3, -1, 2) + selection(4, 4, 2)
    project = PROJECT.format(
        f"<Sources>{SOURCE.format('>')}{inside}{coded(2)}</TextSource>{SOURCE.format('/>')}</Sources>"
        '<Links><Link guid="00000009-0000-0000-0000-000000000000" name="leads" originGUID="" targetGUID=""/></Links>'
    ).replace('internal://A.txt"/>', 'relative://B.txt"/>')
    archive = qdpx.read(package(project, [("sources/a.txt", b"One two")]), "x.qdpx")
    assert archive.highlights == ()
    assert archive.left_out == (
        "codes on Interview as a whole",
        "Interview, whose file relative://B.txt is not in the project",
        *(
            f"the selection “5e1ec710-0000-0000-0000-{n:012}”, which has no place in interview"
            for n in (1, 2, 3, 4)
        ),
        "the link “leads”, which does not lead from highlight to highlight",
    )


def test_importing_says_what_had_no_place() -> None:
    project = PROJECT.format(
        f"<Sources>{SOURCE.format('>')}{selection(1, 0, 3)}</TextSource>"
        '<PictureSource guid="11111111-1111-1111-1111-11111111111B" name="photo.png"/></Sources>'
    )
    data = package(project, [("sources/a.txt", b"One two")])
    with libraries() as some, some.new() as library:
        merged = import_bytes(library, data, "x.qdpx")
    assert (merged.texts, merged.highlights) == (1, 1)
    assert (merged.conflicts, merged.left_out) == ((), ("photo.png is no text (PictureSource)",))


def test_the_text_of_a_pdf_is_read() -> None:
    spoken = f'plainTextPath="internal://a.txt">{selection(1, 0, 3)}'
    inside = f'<Representation guid="11111111-1111-1111-1111-11111111111C" {spoken}</Representation>'
    project = PROJECT.format(
        f'<Sources><PDFSource guid="11111111-1111-1111-1111-11111111111B" name="Paper.pdf"><PDFSelection/>{inside}'
        "</PDFSource></Sources>"
    )
    archive = qdpx.read(package(project, [("sources/a.txt", b"One two")]), "x.qdpx")
    assert [(one.text, one.quote) for one in archive.highlights] == [("paper-pdf", "One")]
    assert archive.left_out == ("1 selection on pages of Paper.pdf, which is no text",)


def test_the_transcripts_of_recordings_are_read() -> None:
    point = '<SyncPoint guid="5f000000-0000-0000-0000-{0:012}" timeStamp="{0}000" position="{1}"/>'
    between = (
        '<TranscriptSelection guid="5E1EC710-0000-0000-0000-{0:012}" fromSyncPoint="5f000000-0000-0000-0000-{1:012}" '
        f"{{2}}>{coded(2)}</TranscriptSelection>"
    )
    to = 'toSyncPoint="{{5F000000-0000-0000-0000-{:012}}}"'.format
    recordings = "".join(
        f'<{kind}Source guid="11111111-1111-1111-1111-1111111111{kind[:1]}{kind[1:2]}" name="Tape {kind}">'
        f'<Transcript guid="{kind}" plainTextPath="internal://{kind}.txt">'
        + "".join(point.format(number, place) for number, place in enumerate((0, 14, 30), 1))
        + between.format(1, 2, to(3))
        + between.format(2, 1, "")
        + between.format(3, 9, to(3))
        + f'</Transcript><{kind}Selection begin="1" end="2"/></{kind}Source>'
        for kind in ("Audio", "Video")
    )
    files = [(f"sources/{kind}.txt", b"I: The mole?\r\nA: It was broken.") for kind in ("Audio", "Video")]
    archive = qdpx.read(package(PROJECT.format(f"{CODES}<Sources>{recordings}</Sources>"), files), "x.qdpx")
    assert [text.title for text in archive.texts] == ["Tape Audio", "Tape Video"]
    assert [
        (one.text, one.quote, one.tags) for one in sorted(archive.highlights, key=lambda h: (h.text, h.parts))
    ] == [
        (text, quote, ("Actors/his∕her",))
        for text in ("tape-audio", "tape-video")
        for quote in ("I: The mole?\n", "A: It was broken")
    ]
    assert archive.left_out[:2] == (
        "1 selection by time of Tape Audio, which is no text",
        "1 selection by time of Tape Video, which is no text",
    )
    assert all("has no place" in said for said in archive.left_out[2:])


def test_selections_on_what_is_no_text_are_counted() -> None:
    sources = "<PictureSource name='mole.png'><PictureSelection/><PictureSelection/></PictureSource>"
    text = f"{SOURCE.format('>')}{selection(1, 0, 3)}</TextSource>"
    project = PROJECT.format(f"<Sources>{sources}{text}</Sources>")
    archive = qdpx.read(package(project, [("sources/A.txt", b"One two")]), "x.qdpx")
    assert archive.left_out == ("mole.png is no text (PictureSource), and 2 selections in it",)


def test_the_project_may_have_the_name_that_atlas_ti_gives_it() -> None:
    assert qdpx.read(package(PROJECT.format(""), name="Trial.qde"), "x.qdpx") == Archive(
        unsaid=frozenset({"uid"})
    )


LAUGHS = '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>' + PROJECT.format("&b;")
OUTSIDE = '<!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + PROJECT.format("&a;")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "x.qdpx is damaged"),
        (b"PK\x03\x04 no archive", "x.qdpx is damaged"),
        (package(LAUGHS), "entities of its own"),
        (package(OUTSIDE), "entities of its own"),
        (package("<Project"), "x.qdpx is damaged"),
        (package("<CodeBook/>"), "holds <CodeBook>, not <Project>"),
        (package("<x/>", name="readme.txt"), "holds no project.qde"),
        (package("<a>" * 600 + "</a>" * 600), "nested too deep"),
        (package(PROJECT.format(""), [("../../etc/passwd", b"x")]), r"not safe: .*\.\./\.\./etc/passwd"),
        (package(PROJECT.format(""), [("/etc/passwd", b"x")]), "not safe"),
        (package(PROJECT.format(""), [("sources\\x.txt", b"x")]), "not safe"),
        (package(PROJECT.format(""), [("C:x.txt", b"x")]), "not safe"),
        (package(PROJECT.format(""), [("PROJECT.qde", b"x")]), "two files of one name"),
        (
            package(
                PROJECT.format(f"<Sources>{SOURCE.format('/>')}</Sources>"),
                [("sources/a.txt", bytes(60_000_000))],
            ),
            "far more than a text",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_broken_or_hostile_file_is_refused_in_one_line(data: bytes, said: str) -> None:
    with pytest.raises(LibraryError, match=said) as refused:
        qdpx.read(data, "x.qdpx")
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("data", [b"", b"<a/>", b"<CodeBook/>", LAUGHS.encode(), b"\xff\xfe<"])
def test_what_is_no_codebook_is_refused(data: bytes) -> None:
    with pytest.raises(LibraryError, match=r"x\.qdc"):
        qdc.read(data, "x.qdc")


@given(st.lists(st.text(max_size=30), max_size=4))
@example(["a/b", " ", "\u202e"])
@example(["long" * 100, "x"])
def test_any_names_of_codes_make_a_tag(names: list[str]) -> None:
    path = tag_of(names)
    assert tag_path(path) == path


@given(
    st.text(
        st.sampled_from("ab\r\n\x0c\u0301e\x85\x1b 😀\ufeff\u200f\u1100\u1161\u11a8\u09c7\u09be"), max_size=30
    ),
    st.data(),
)
@example("a\ufeffb e", None)
@example("\u1100\u1161\u11a8e\u09c7\u09bee", None)
@example("e\r\ne\r\ne", None)
@example("e\u0301e\u0301e", None)
def test_offsets_follow_the_body(string: str, data: st.DataObject | None) -> None:
    """What stands at an offset stands there in the body too, whatever was put right on the way."""
    places = range(len(string) + 1)
    if data is not None:
        places = data.draw(st.lists(st.integers(0, len(string)), max_size=5))
    body, offsets = body_with_offsets(string)
    there = offsets(places)
    assert all(0 <= there[place] <= len(body) for place in places)
    assert sorted(there.values()) == [there[place] for place in sorted(there)]
    for place in places:
        # letters that stay what they are, unless an accent follows
        if string[place : place + 1] in {"e", "b"} and string[place + 1 : place + 2] != "\u0301":
            assert body[there[place]] == string[place]


@pytest.mark.parametrize("unseen", "\u00ad\u200b\u200e\u200f\u2060\ufeff")
def test_what_nobody_sees_is_left_out_and_places_beside_it_hold(unseen: str) -> None:
    string = f"The com{unseen}mis{unseen}sion cafe\u0301 met."
    body, offsets = body_with_offsets(string)
    assert body == "The commission café met."
    start, end = offsets([4, 16]).values()
    assert body[start:end] == "commission"
    assert offsets([string.index("met")]) == {string.index("met"): body.index("met")}


def test_a_project_that_was_packed_with_its_folder_is_found() -> None:
    markup = PROJECT.format(f"<Sources>{SOURCE.format('>')}{selection(1, 0, 3)}</TextSource></Sources>")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as files:
        files.writestr("mine/project.qde", markup)
        files.writestr("mine/sources/A.txt", "One two")
        files.writestr("__MACOSX/mine/._project.qde", "x")
    (highlight,) = qdpx.read(packed.getvalue(), "x.qdpx").highlights
    assert highlight.quote == "One"


@pytest.mark.parametrize(
    ("direction", "mutual"), [("Associative", True), ("Bidirectional", True), ("OneWay", False), ("", True)]
)
def test_only_a_link_with_an_arrow_is_directed(direction: str, mutual: bool) -> None:
    ends = 'originGUID="5e1ec710-0000-0000-0000-000000000001" targetGUID="{5E1EC710-0000-0000-0000-000000000002}"'
    project = PROJECT.format(
        f"<Sources>{SOURCE.format('>')}{selection(1, 0, 3)}{selection(2, 4, 7)}</TextSource></Sources>"
        f'<Links><Link guid="00000009-0000-0000-0000-000000000000" direction="{direction}" {ends}/></Links>'
    )
    archive = qdpx.read(package(project, [("sources/a.txt", b"One two")]), "x.qdpx")
    first, second = archive.highlights
    assert [(one.left, one.right, one.kind, one.mutual) for one in archive.links] == [
        (first.uid, second.uid, "linked", mutual)
    ]


@unhurried
@given(archives(), st.data())
def test_a_project_with_anything_in_its_attributes_is_read_or_refused(
    archive: Archive, data: st.DataObject
) -> None:
    with zipfile.ZipFile(io.BytesIO(written(archive))) as made:
        files = [(name, made.read(name)) for name in made.namelist() if name != "project.qde"]
        whole = made.read("project.qde").decode()
    places = [match.span(1) for match in re.finditer(r'="([^"]*)"', whole)][4:]
    start, end = data.draw(st.sampled_from(places))
    odd = data.draw(
        st.sampled_from(("", "x", "-1", "9" * 5000, "1e3", "{", "\u0663", "internal://../x", "#\u0663ab"))
    )
    try:
        check(qdpx.read(package(whole[:start] + odd + whole[end:], files), "x.qdpx"))
    except LibraryError as error:
        assert "\n" not in str(error)  # noqa: PT017  # most can still be read


def test_the_words_that_describe_a_picture_are_a_text_and_what_is_said_of_it_is_kept() -> None:
    project = PROJECT.format(
        '<Sources><PictureSource guid="00000001-0000-0000-0000-000000000000" name="Photo">'
        '<TextDescription guid="00000002-0000-0000-0000-000000000000" plainTextPath="internal://a.txt">'
        f"{selection(1, 0, 3)}</TextDescription><Description>taken in May</Description>"
        '<PictureSelection guid="00000003-0000-0000-0000-000000000000" name="face"><Description>who?</Description>'
        "</PictureSelection></PictureSource>"
        '<VideoSource guid="00000004-0000-0000-0000-000000000000" name="Film"><Description>lost</Description>'
        "</VideoSource></Sources>"
    )
    archive = qdpx.read(package(project, [("sources/a.txt", b"One two")]), "x.qdpx")
    assert [(text.slug, text.title) for text in archive.texts] == [("photo", "Photo")]
    assert [highlight.quote for highlight in archive.highlights] == ["One"]
    assert [(note.text, note.words) for note in archive.notes] == [
        ("photo", "taken in May"),
        (None, "# face\n\nwho?"),
        (None, "# Film\n\nlost"),
    ]
    assert archive.left_out == (
        "1 selection on the picture of Photo, which is no text",
        "Film is no text (VideoSource)",
    )


def test_cases_sets_graphs_and_values_of_variables_are_named_and_what_is_written_of_them_kept() -> None:
    value = '<VariableValue><VariableRef targetGUID="00000009-0000-0000-0000-000000000000"/></VariableValue>'
    project = PROJECT.format(
        '<CodeBook><Codes/><Sets><Set guid="00000005-0000-0000-0000-000000000000" name="A set"/></Sets></CodeBook>'
        f'<Cases><Case guid="00000006-0000-0000-0000-000000000000" name="Ann">'
        f"<Description>the first</Description>{value}"
        f'</Case><Case guid="00000007-0000-0000-0000-000000000000" name="Ben">{value}</Case></Cases>'
        f"<Sources>{SOURCE.format('>')}{selection(1, 0, 3)}</TextSource></Sources>"
        '<Graphs><Graph guid="00000008-0000-0000-0000-000000000000" name="Map"/></Graphs>'
    )
    archive = qdpx.read(package(project, [("sources/a.txt", b"One two")]), "x.qdpx")
    assert archive.left_out == ("2 cases, 1 set, 1 graph", "2 values of variables")
    assert [(note.text, note.words) for note in archive.notes] == [(None, "# Ann\n\nthe first")]


def test_a_note_of_one_project_is_no_note_of_another_one() -> None:
    with libraries() as made, made.new() as library:
        for number, words in (("1", "the first"), ("2", "the second"), ("1", "the first")):
            case = f'<Case guid="0000000{number}-0000-0000-0000-000000000000"><Description>{words}</Description></Case>'
            project = PROJECT.format(f"<Cases>{case}</Cases>")
            import_bytes(library, package(project, []), "x.qdpx")
        assert [note.words for note in library.notes.list()] == ["the first", "the second"]


@pytest.mark.parametrize(
    ("described", "words"),
    [
        ('<Cases><Case name="Ann"><Description>the first</Description></Case></Cases>', "# Ann\n\nthe first"),
        ("<Description>a project memo</Description>", "a project memo"),
    ],
)
def test_a_note_of_ones_own_does_not_replace_what_is_described_without_an_author(
    described: str, words: str
) -> None:
    project = PROJECT.format(described)
    with libraries() as made, made.new() as library:
        import_bytes(library, package(project, []), "x.qdpx")
        library.notes.write("my own")
        written = [(note.reader, note.words) for note in library.notes.list()]
    assert written == [("Other 1.0", words), ("ana", "my own")]


def test_what_is_written_twice_of_a_set_is_one_note_and_another_one_of_its_id_is_kept() -> None:
    named = '<Set guid="00000005-0000-0000-0000-000000000000" name="Odd">'
    sets = [
        f"<Sets>{named}<Description>{words}</Description></Set></Sets>" for words in ("why", "why", "how")
    ]
    project = PROJECT.format(
        f"<CodeBook><Codes/>{sets[0]}</CodeBook><Sources>{SOURCE.format('/>')}</Sources>{sets[1]}{sets[2]}"
    )
    archive = qdpx.read(package(project, [("sources/a.txt", b"One two")]), "x.qdpx")
    check(archive)
    assert [note.words for note in archive.notes] == ["# Odd\n\nwhy", "# Odd\n\nhow"]
