"""DOCX and ODT that are written: the words as they are, highlights in colour, comments where they belong."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import BinaryIO
from xml.etree.ElementTree import Element, fromstring

import docx as python_docx
import pytest
from entries import AT, highlight_entry
from exported import exported
from hypothesis import given

from store.exchange.archive import Archive, HighlightEntry, NoteEntry, TagEntry, TextEntry
from store.exchange.foreign import version_of
from store.exchange.office import docx, odt
from tests.support.archives import archives, unhurried
from tests.support.whole_library import whole_library
from texts.load import load_bytes
from texts.model import Span

BODY = "\n\n".join(
    (
        "# A headline",
        "The first  names Tehran, a & <b>.",
        "Shall I compare thee\nTo a summer's day?",
        "- one\n- two",
        "> Somebody said so.",
    )
)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
Write = Callable[[Archive, BinaryIO], int]


def archive(*highlights: HighlightEntry, notes: tuple[NoteEntry, ...] = ()) -> Archive:
    text = TextEntry("left", "A headline", "A. Author", "", AT, (version_of(BODY),))
    tags = (TagEntry("actor/iran", "green"), TagEntry("claim", "pink"))
    return Archive((text,), tags, highlights, notes=notes)


def highlight(number: int, first: str, last: str = "", **changes: object) -> HighlightEntry:
    """From the first words to the last ones."""
    start = BODY.index(first)
    span = Span(start, BODY.index(last or first, start) + len(last or first))
    return highlight_entry(f"uid-{number}", "left", BODY, span, **changes)


@pytest.mark.parametrize("name", ["docx", "odt"])
def test_a_text_alone_comes_back_as_the_same_body(name: str) -> None:
    marked = archive(highlight(1, "first", "Tehran", tags=("claim",)), highlight(2, "thee", "one", note="x"))
    data = exported({"docx": docx, "odt": odt}[name].write_archive, marked)
    text = load_bytes(data, f"left.{name}", furniture=False)
    assert (text.title, text.author) == ("A headline", "A. Author")
    assert text.body == (BODY if name == "odt" else BODY.replace("first  names", "first names"))


def test_python_docx_reads_words_colours_and_comments() -> None:
    one = highlight(
        1, "first", "Tehran", tags=("actor/iran", "claim"), note="why?\n=1+1 <b>", star=True, reader="Ada"
    )
    two = highlight(2, "names", "thee", note="over two paragraphs")
    plain = highlight(3, "summer")
    on_text = NoteEntry("n", "left", "on the text", "Bo", AT, AT)
    document = python_docx.Document(
        io.BytesIO(exported(docx.write_archive, archive(one, two, plain, notes=(on_text,))))
    )
    assert [(each.style and each.style.name, each.text) for each in document.paragraphs] == [
        ("Heading 1", "A headline"),
        ("Normal", "The first  names Tehran, a & <b>."),
        ("Normal", "Shall I compare thee\nTo a summer's day?"),
        ("Normal", "- one\n- two"),
        ("Quote", "Somebody said so."),
    ]
    said = {each.author: [line.text for line in each.paragraphs] for each in document.comments}
    assert said == {
        "Bo": ["On the text: on the text"],
        "Ada": ["why?", "=1+1 <b>", "Tags: actor/iran; claim; ★"],
        "ana": ["over two paragraphs"],
    }
    assert range_words(document.element.body) == {
        "1": "A headline", "2": "first  names Tehran", "3": "names Tehran, a & <b>.Shall I compare thee",
    }  # fmt: skip
    shaded = [run for run in document.element.body.iter(f"{W}r") if run.find(f"{W}rPr/{W}shd") is not None]
    assert "".join(word.text for run in shaded for word in run.iter(f"{W}t")) == (
        "first  names Tehran, a & <b>.Shall I compare theesummer"
    )


def range_words(body: Element) -> dict[str, str]:
    """The words in the range of each comment, by its id."""
    words: dict[str, str] = {}
    going: set[str] = set()
    for one in body.iter():
        if one.tag == f"{W}commentRangeStart":
            going.add(str(one.get(f"{W}id")))
        elif one.tag == f"{W}commentRangeEnd":
            going.remove(str(one.get(f"{W}id")))
        elif one.tag == f"{W}t":
            words |= {id: words.get(id, "") + (one.text or "") for id in going}
    assert not going
    return words


def test_an_annotation_of_odt_says_who_when_and_what() -> None:
    one = highlight(1, "first", "thee", tags=("claim",), note="why?", reader="Ada")
    content = part(exported(odt.write_archive, archive(one)), "content.xml")
    (said,) = content.iter(f"{OFFICE}annotation")
    assert [each.text for each in said] == ["Ada", "2026-01-01T00:00:00", "why?", "Tags: claim"]
    assert [each.get(f"{OFFICE}name") for each in content.iter(f"{OFFICE}annotation-end")] == ["1"]


def part(data: bytes, name: str) -> Element:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return fromstring(package.read(name))


def test_several_texts_have_titles_orphans_stand_below_and_gaps_are_told() -> None:
    document = python_docx.Document(io.BytesIO(exported(docx.write_archive, whole_library())))
    assert [each.text for each in document.paragraphs] == [
        "One: “a” & <b>",
        "Ana & Co · https://example.org/one.html",
        "Tehran wrote to Baghdad; Najaf 😀 was silent & <b>.",
        "Not in the text any more",
        "spoke",
        "Two",
        "two.txt",
        "Maliki went.",
        "Sistani stayed.",
    ]
    said = [" | ".join(line.text for line in each.paragraphs) for each in document.comments]
    assert (
        said[2]
        == "gaps ]]> & <b> | Link: same; “x” ↔ “Sistani” (Two ¶1) | The words in between are not part of it."
    )
    assert said[3] == "a *note* | Tags: act; actor/tehran; ★ | Link: supports → “Maliki” (Two): because"


def test_a_text_that_begins_with_its_title_has_it_once() -> None:
    one, other = archive().texts[0], archive().texts[0]._replace(slug="other", title="Another title")
    commented = highlight(1, "A headline", note="on the title")
    data = exported(docx.write_archive, Archive((one, other), (), (commented,)))
    document = python_docx.Document(io.BytesIO(data))
    shown = [(each.style and each.style.name, each.text) for each in document.paragraphs]
    assert shown[:3] == [
        ("Text Title", "A headline"), ("Subtitle", "A. Author"), ("Normal", "The first  names Tehran, a & <b>."),
    ]  # fmt: skip
    assert shown[6:9] == [
        ("Text Name", "Another title"), ("Subtitle", "A. Author"), ("Heading 1", "A headline"),
    ]  # fmt: skip
    assert commented.note in [each.text for each in document.comments]
    assert set(range_words(document.element.body).values()) == {"A headline"}


@unhurried
@given(archives())
def test_any_library_makes_documents_whose_comments_begin_and_end(some: Archive) -> None:
    document = python_docx.Document(io.BytesIO(exported(docx.write_archive, some)))
    ids = {str(each.comment_id) for each in document.comments}
    assert set(range_words(document.element.body)) <= ids
    begins = [str(each.get(f"{W}id")) for each in document.element.body.iter(f"{W}commentRangeStart")]
    assert sorted(begins) == sorted(ids)
    content = part(exported(odt.write_archive, some), "content.xml")
    begun = [each.get(f"{OFFICE}name") for each in content.iter(f"{OFFICE}annotation")]
    ended = [each.get(f"{OFFICE}name") for each in content.iter(f"{OFFICE}annotation-end")]
    assert begun == sorted(begun, key=lambda name: int(str(name)))
    assert set(begun) == set(ended) == ids
