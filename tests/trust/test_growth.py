"""What is read takes a time that grows with its size: the steps of the interpreter are counted."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from importlib import import_module
from uuid import UUID

import pytest
from formats import W, docx_of, epub_of, zip_of
from steps import Steps

from store.exchange.foreign import slug_for
from store.exchange.refi import qdpx
from store.library import Library
from texts.load import docx, epub, html
from texts.load.document import File

FEW, MANY = 60, 240
"""Things of a kind: four times as many may take at most so many times the steps as `LINEAR` says."""
LINEAR = 5.0


def grows_as_its_size(read: Callable[[bytes], object], made: Callable[[int], bytes]) -> None:
    """Asserts that reading many things of a kind takes no more steps a thing than reading a few of them."""
    read(made(2))  # what is imported and compiled once
    counts = []
    for number in (FEW, MANY):
        data = made(number)
        with Steps() as steps:
            read(data)
        counts.append(steps.count)
    assert counts[1] / counts[0] < LINEAR * (MANY / FEW) / 4, counts


def page(content: str) -> bytes:
    return f"<html><body>{content}</body></html>".encode()


PAGES: dict[str, Callable[[int], bytes]] = {
    "paragraphs": lambda n: page("<p>The quay was full.</p>" * n),
    "items": lambda n: page("<ul>" + "<li>The quay</li>" * n + "</ul>"),
    "rows": lambda n: page("<table>" + "<tr><td>a b</td><td>c d</td></tr>" * n + "</table>"),
    "cells": lambda n: page("<table><tr>" + "<td>word</td>" * n + "</tr></table>"),
    "tables": lambda n: page("<table><tr><td>a b</td><td>c d</td></tr></table>" * n),
    "broken lines": lambda n: page("<p>" + "a line<br>" * n + "</p>"),
    "spans": lambda n: page("<p>" + "<span>a word </span>" * n + "</p>"),
    "headings": lambda n: page("<h1>A title</h1>" * n),
    "nested": lambda n: page("<div>" * n + "a word" + "</div>" * n),
    "stanzas": lambda n: page("<div class='stanza'><div>a line</div></div>" * n),
    "notes": lambda n: page("<p>" + "word<sup>1</sup> " * n + "</p>"),
    "comments": lambda n: page("<!-- x -->a word " * n),
}


@pytest.mark.promise("a page takes a time that grows with its size")
@pytest.mark.parametrize("kind", PAGES)
def test_pages(kind: str) -> None:
    grows_as_its_size(lambda data: html.read(File(data, "x.html", furniture=False)), PAGES[kind])


def test_a_page_of_very_many_tags_is_read_without_a_second_opinion(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("trafilatura")
    monkeypatch.setattr(html, "MOST_TAGS_COMPARED", 0)
    monkeypatch.setattr("trafilatura.external.justext_rescue", _refuse)
    grows_as_its_size(lambda data: html.read(File(data, "x.html")), PAGES["tables"])


def _refuse(*_: object) -> None:
    raise AssertionError("jusText was asked")


P = "<w:p><w:r><w:t>A word.</w:t></w:r></w:p>"


def document(content: str, **more: str) -> bytes:
    return zip_of({"word/document.xml": f"<w:document {W}><w:body>{content}</w:body></w:document>", **more})


def with_notes(number: int) -> bytes:
    calls = "".join(
        f'<w:p><w:r><w:t>A</w:t><w:footnoteReference w:id="{n}"/></w:r></w:p>' for n in range(number)
    )
    notes = "".join(f'<w:footnote w:id="{n}">{P}</w:footnote>' for n in range(number))
    return document(calls, **{"word/footnotes.xml": f"<w:footnotes {W}>{notes}</w:footnotes>"})


def with_styles(number: int) -> bytes:
    used = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="S{n}"/></w:pPr><w:r><w:t>A</w:t></w:r></w:p>' for n in range(number)
    )
    styles = "".join(
        f'<w:style w:styleId="S{n}"><w:name w:val="n{n}"/><w:basedOn w:val="S{n - 1}"/></w:style>'
        for n in range(number)
    )
    return document(used, **{"word/styles.xml": f"<w:styles {W}>{styles}</w:styles>"})


DOCUMENTS: dict[str, Callable[[int], bytes]] = {
    "paragraphs": lambda n: docx_of(*["Some words."] * n),
    "runs": lambda n: document("<w:p>" + "<w:r><w:t>a </w:t></w:r>" * n + "</w:p>"),
    "rows": lambda n: document("<w:tbl>" + f"<w:tr><w:tc>{P}</w:tc><w:tc>{P}</w:tc></w:tr>" * n + "</w:tbl>"),
    "cells": lambda n: document("<w:tbl><w:tr>" + f"<w:tc>{P}</w:tc>" * n + "</w:tr></w:tbl>"),
    "notes": with_notes,
    "styles": with_styles,
}


@pytest.mark.promise("a DOCX takes a time that grows with its size")
@pytest.mark.parametrize("kind", DOCUMENTS)
def test_documents(kind: str) -> None:
    grows_as_its_size(lambda data: docx.read(File(data, "x.docx")), DOCUMENTS[kind])


def with_contents(number: int) -> bytes:
    """A book that names its table of contents many times."""
    nav = '<html><body><nav><a href="0.xhtml">One</a></nav></body></html>'
    named = "".join(
        f'<item id="n{n}" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>'
        for n in range(number)
    )
    with zipfile.ZipFile(io.BytesIO(epub_of("Some words."))) as book:
        members = {name: book.read(name).decode() for name in book.namelist()}
    members["book.opf"] = members["book.opf"].replace("</manifest>", f"{named}</manifest>")
    return zip_of({**members, "nav.xhtml": nav})


BOOKS: dict[str, Callable[[int], bytes]] = {
    "chapters": lambda n: epub_of(*["Some words."] * n),
    "paragraphs": lambda n: epub_of("</p><p>".join(["Some words."] * n)),
    "tables of contents": with_contents,
}


@pytest.mark.promise("an EPUB takes a time that grows with its size")
@pytest.mark.parametrize("kind", BOOKS)
def test_books(kind: str) -> None:
    grows_as_its_size(lambda data: epub.read(File(data, "x.epub")), BOOKS[kind])


OTHERS: dict[str, tuple[str, Callable[[int], bytes]]] = {
    "RTF": ("rtf", lambda n: rb"{\rtf1 " + rb"Words \u8217?s{\b bold}.\par " * n + b"}"),
    "notes of RTF": ("rtf", lambda n: rb"{\rtf1 " + rb"A{\footnote b}.\par " * n + b"}"),
    "TEI": (
        "tei",
        lambda n: b"<TEI><text>" + b"<p>A<lb/>b <hi>c</hi>.<note>d</note></p>" * n + b"</text></TEI>",
    ),
    "verse of TEI": ("tei", lambda n: b"<TEI><text><lg>" + b"<l>A line.</l>" * n + b"</lg></text></TEI>"),
    "notes of FB2": (
        "fb2",
        lambda n: (
            b'<FictionBook xmlns:l="l"><body>'
            + b"".join(b'<p>A<a l:href="#%d"/></p>' % k for k in range(n))
            + b'</body><body name="notes">'
            + b"".join(b'<section id="%d"><p>B</p></section>' % k for k in range(n))
            + b"</body></FictionBook>"
        ),
    ),
    "subtitles": ("subtitles", lambda n: b"WEBVTT\n\n" + b"00:01.000 --> 00:02.000\nWords\n\n" * n),
    "indented lines": ("plain", lambda n: b"    A first line of it\nand a second one.\n" * n),
    "broken words": ("plain", lambda n: b"A line that is bro-\nken, and another bro-\n" * n + b"ken"),
}


@pytest.mark.promise(
    "RTF, TEI, FB2, subtitles and plain text take a time that grows with their size", tries=len(OTHERS)
)
@pytest.mark.parametrize("kind", OTHERS)
def test_other_formats(kind: str) -> None:
    module, made = OTHERS[kind]
    read = import_module(f"texts.load.{module}").read
    grows_as_its_size(lambda data: read(File(data, "x")), made)


def guid(number: int) -> str:
    return str(UUID(int=number + 1))


def project(texts: int = 1, selections: int = 0, codes: int = 1, *, name: str = "same") -> bytes:
    """A project of other programs, of whose texts the first is coded."""
    coded = "".join(
        f'<PlainTextSelection guid="{guid(20_000 + n)}" startPosition="{5 * n}" endPosition="{5 * n + 4}">'
        f'<Coding guid="{guid(30_000 + n)}"><CodeRef targetGUID="{guid(10_000)}"/></Coding></PlainTextSelection>'
        for n in range(selections)
    )
    sources = "".join(
        f'<TextSource guid="{guid(n)}" name="{name.format(n)}" plainTextPath="internal://{guid(n)}.txt">'
        f"{coded if not n else ''}</TextSource>"
        for n in range(texts)
    )
    book = "".join(
        f'<Code guid="{guid(10_000 + n)}" name="code {n}" isCodable="true"/>' for n in range(codes)
    )
    markup = (
        f'<Project xmlns="urn:QDA-XML:project:1.0" name="p" origin="X"><CodeBook><Codes>{book}</Codes></CodeBook>'
        f"<Sources>{sources}</Sources></Project>"
    )
    words = {f"sources/{guid(n)}.txt": "word " * max(3, selections) + str(n) for n in range(texts)}
    return zip_of({"project.qde": markup, **words})


PROJECTS: dict[str, Callable[[int], bytes]] = {
    "texts": lambda n: project(n, name="text {}"),
    "texts of one name": project,
    "selections": lambda n: project(selections=n),
    "codes": lambda n: project(codes=n),
}


@pytest.mark.promise("a QDPX takes a time that grows with its size")
@pytest.mark.parametrize("kind", PROJECTS)
def test_projects(kind: str) -> None:
    grows_as_its_size(lambda data: qdpx.read(data, "x.qdpx"), PROJECTS[kind])


@pytest.mark.parametrize("taken", range(1, 40))
def test_a_slug_has_the_first_number_behind_those_that_are_taken(taken: int) -> None:
    names = {"quay", *(f"quay-{number}" for number in range(2, taken + 1))}
    assert slug_for("Quay", names) == f"quay-{taken + 1}"


def test_a_new_tag_takes_no_longer_in_a_large_codebook(tmp_path) -> None:
    counts = []
    with Library.open(tmp_path / "library.db", create=True) as library, library.transaction():
        for size in (600, 2_400):
            for number in range(library_size(library), size):
                library.codebook.ensure(f"tag {number}")
            with Steps() as steps:
                library.codebook.ensure(f"new {size}")
            counts.append(steps.count)
    assert counts[1] < 1.2 * counts[0]


def library_size(library: Library) -> int:
    return sum(1 for _ in library.codebook.list())
