"""Archives, pages and PDFs made to hurt: each ends in one line, none in a traceback, a hang or a full memory."""

from __future__ import annotations

import io
import random
import struct
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from formats import pdf_of_objects
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from texts.load import LoadError, load_bytes
from texts.load.archive import DEEPEST, MOST_MEMBERS, ZipArchive, parse_xml
from texts.load.markup import MOST_TAGS
from texts.visible import visible

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
WORDS = f"<w:document {W}><w:body><w:p><w:r><w:t>Words.</w:t></w:r></w:p></w:body></w:document>"
ENDINGS = (".txt", ".md", ".html", ".epub", ".docx", ".pdf")


def packed(members: Mapping[str, str | bytes], level: int = 6) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, words in members.items():
            archive.writestr(name, words)
    return file.getvalue()


def docx(document: str | bytes = WORDS, **more: str | bytes) -> bytes:
    return packed({"word/document.xml": document, **more})


def refusal(data: bytes, name: str = "x.docx") -> str:
    """The one line with which a file is refused."""
    with pytest.raises(LoadError) as refused:
        load_bytes(data, name)
    assert str(refused.value).isprintable()
    return str(refused.value)


def test_a_bomb_is_not_unpacked() -> None:
    bomb = docx(WORDS.encode() + b" " * 300_000_000)
    assert len(bomb) < 1_000_000
    assert "unpacks to far more" in refusal(bomb)


def test_a_page_of_blanks_is_no_bomb_until_it_is_larger_than_a_page() -> None:
    blanks = b" " * 1_000_000
    archive = ZipArchive(packed({"page": blanks, "more": blanks + b" "}), "x.docx")
    assert archive.read("page") == blanks
    with pytest.raises(LoadError, match="unpacks to far more"):
        archive.read("more")


def test_a_bomb_in_many_small_members_is_not_unpacked() -> None:
    noise = random.Random(1).randbytes(100_000).hex()
    package = "".join(f'<item id="i{n}" href="{n}.html" media-type="text/html"/>' for n in range(400))
    spine = "".join(f'<itemref idref="i{n}"/>' for n in range(400))
    container = '<container><rootfile full-path="p.opf"/></container>'
    members = {str(n) + ".html": f"<!--{noise}-->x" for n in range(400)}
    book = {"META-INF/container.xml": container, "p.opf": f"<package>{package}{spine}</package>", **members}
    assert "unpacks to far more" in refusal(packed(book), "x.epub")


def test_an_archive_in_an_archive_is_not_opened() -> None:
    assert "is damaged" in refusal(docx(docx(docx())))
    assert load_bytes(docx(inner=docx(WORDS.encode() + b" " * 300_000_000)), "x.docx").body == "Words."


def test_a_million_members_are_refused_before_they_are_listed() -> None:
    assert "holds too many files" in refusal(docx() + b"PK\x01\x02" * (MOST_MEMBERS + 1))


@pytest.mark.parametrize(
    "name", ["../../evil", "/etc/evil", "..\\evil", "C:\\evil", "a\0b", "\x1b[2J", "a" * 60_000]
)
def test_names_in_an_archive_lead_nowhere(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert load_bytes(docx(**{name: "evil"}), "x.docx").body == "Words."
    assert not list(tmp_path.iterdir())


def test_a_book_cannot_name_files_outside_of_itself(tmp_path: Path) -> None:
    secret = tmp_path / "secret.html"
    secret.write_text("<p>secret</p>")
    package = f'<package><item id="a" href="{secret.as_uri()}" media-type="text/html"/><itemref idref="a"/></package>'
    book = {"META-INF/container.xml": f'<container><rootfile full-path="{secret}"/></container>'}
    assert "is damaged" in refusal(packed(book), "x.epub")
    book = {
        "META-INF/container.xml": '<container><rootfile full-path="p.opf"/></container>',
        "p.opf": package,
    }
    assert "is empty" in refusal(packed(book), "x.epub")


XML = {
    "a file": '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>',
    "an address": '<!DOCTYPE a [<!ENTITY e SYSTEM "http://localhost:1/">]><a>&e;</a>',
    "a parameter": '<!DOCTYPE a [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]><a/>',
    "billion laughs": "<!DOCTYPE a [<!ENTITY a0 'lol'>"
    + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10))
    + "]><a>&a9;</a>",
    "quadratic blow-up": f"<!DOCTYPE a [<!ENTITY e '{'x' * 50_000}'>]><a>{'&e;' * 50_000}</a>",
}


@pytest.mark.parametrize("kind", XML)
def test_entities_are_refused(kind: str) -> None:
    assert "defines entities of its own" in refusal(docx(XML[kind]))


@pytest.mark.parametrize(
    "xml",
    [
        "",
        "<a>",
        "<a></b>",
        "no xml",
        "<a>&nbsp;</a>",
        "<?xml version='1.0' encoding='none'?><a/>",
        "<a b='1' b='2'/>",
        "\0",
    ],
)
def test_broken_xml_is_refused(xml: str) -> None:
    assert "is damaged" in refusal(docx(xml))


def test_deep_xml_is_refused_and_what_is_as_deep_as_it_may_be_is_read() -> None:
    assert "nested too deep" in refusal(docx("<a>" * 100_000))
    assert parse_xml(b"<a>" * DEEPEST + b"</a>" * DEEPEST, "x").tag == "a"
    nested = (
        "<w:sdt>" * (DEEPEST - 5) + "<w:p><w:r><w:t>Words.</w:t></w:r></w:p>" + "</w:sdt>" * (DEEPEST - 5)
    )
    content = f"<w:document {W}><w:body>{nested}</w:body></w:document>"
    assert load_bytes(docx(content), "x.docx").body == "Words."


def test_an_archive_cut_anywhere_is_refused() -> None:
    whole = docx()
    for length in range(0, len(whole) - 1, 7):
        refusal(whole[:length])


def test_an_archive_with_a_flipped_byte_anywhere_is_read_or_refused() -> None:
    whole = docx()
    for place in range(len(whole)):
        damaged = bytearray(whole)
        damaged[place] ^= 0xFF
        harmless(bytes(damaged), "x.docx")


def test_headers_that_lie_about_sizes() -> None:
    whole = docx(WORDS.encode() + b" " * 5_000_000)
    at = whole.index(b"PK\x01\x02")
    small = whole[: at + 24] + struct.pack("<I", 10) + whole[at + 28 :]
    huge = whole[: at + 24] + struct.pack("<I", 0xFFFFFFF0) + whole[at + 28 :]
    for lying in (small, huge):
        harmless(lying, "x.docx")


def test_a_locked_archive_is_refused() -> None:
    whole = bytearray(docx())
    whole[whole.index(b"PK\x01\x02") + 8] |= 1
    assert "locked with a password" in refusal(bytes(whole))


def test_a_missing_member_is_a_damage() -> None:
    with pytest.raises(LoadError, match="is damaged"):
        ZipArchive(docx(), "x").read("gone")


@pytest.mark.parametrize(
    ("ending", "inside"), [(".epub", ".docx"), (".txt", ".docx"), (".pdf", ".docx"), (".html", ".docx")]
)
def test_a_wrong_ending_changes_nothing(ending: str, inside: str) -> None:
    assert load_bytes(docx(), f"x{ending}").body == load_bytes(docx(), f"x{inside}").body == "Words."


HTML: dict[str, Callable[[], bytes]] = {
    "100,000 deep": lambda: b"<div>" * 100_000 + b"Words",
    "100,000 quotes": lambda: b"<blockquote>" * 100_000 + b"Words",
    "100,000 tables": lambda: b"<table><tr><td>" * 100_000 + b"Words",
    "100,000 lists": lambda: b"<ul><li>" * 100_000 + b"Words",
    "comments left open": lambda: b"Words" + b"<!--" * 900_000,
    "scripts left open": lambda: b"Words" + b"<script>" * 900_000,
    "scripts half closed": lambda: b"Words" + b"<script>x</scrip" * 300_000,
    "tags left open": lambda: b"Words" + b"<a" * 900_000,
    "quotes left open": lambda: b"Words" + b'<a b="' * 900_000,
    "ends left open": lambda: b"Words" + b"</" * 900_000,
    "ends without beginning": lambda: b"<div>" * 400 + b"Words" + b"</p></b></ul>" * 200_000,
    "attributes": lambda: b"Words<a " + b"b=c " * 500_000 + b">",
    "entities": lambda: b"Words" + b"&#1;&#xD800;&nope;&" * 200_000,
    "one row": lambda: b"<table><tr>" + b"<td>Words" * 300_000,
    "CDATA": lambda: b"Words" + b"<![CDATA[" * 500_000,
    "pictures": lambda: b"Words<img src='" + b"data:image/png;base64," + b"A" * 30_000_000 + b"'>",
}


@pytest.mark.parametrize("kind", HTML)
def test_pages_that_would_take_minutes_or_the_stack(kind: str) -> None:
    text = load_bytes(b"<!doctype html>" + HTML[kind](), "x.html", furniture=False)
    assert "Words" in text.body


def test_more_tags_and_letters_than_a_page_has_are_refused() -> None:
    assert "more tags than a text has" in refusal(b"<!doctype html>" + b"<p>a" * MOST_TAGS, "x.html")
    assert "is too large for a page" in refusal(b"<!doctype html>" + b"word and " * 3_000_000, "x.html")
    assert "is too large: 60 MB" in refusal(b"<!doctype html>" + b"a" * 60_000_000, "x.html")


def test_comments_before_a_page_are_no_riddle() -> None:
    harmless(b"<!---->" * 300 + b"<p", "x.txt")


PDFS = {
    "no pages": pdf_of_objects("<< /Type /Catalog >>"),
    "pages that hold themselves": pdf_of_objects(
        "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>"
    ),
    "a billion pages": pdf_of_objects(
        "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [] /Count 1000000000 >>"
    ),
    "a catalogue that is itself": pdf_of_objects("1 0 R"),
    "nothing more": b"%PDF-1.7\n",
    "noise": b"%PDF-1.7\n" + random.Random(4).randbytes(50_000),
    "brackets": b"%PDF-1.7\n1 0 obj\n" + b"[<<" * 300_000,
}


@pytest.mark.parametrize("kind", PDFS)
@pytest.mark.usefixtures("reading_isolated")
def test_pdfs_made_to_hurt_are_refused(kind: str) -> None:
    pytest.importorskip("pypdfium2")
    refusal(PDFS[kind], "x.pdf")


def harmless(data: bytes, name: str) -> None:
    """Asserts that the bytes are a harmless text or refused in one line."""
    try:
        text = load_bytes(data, name)
    except LoadError as error:
        told = str(error)
    else:
        told = ""
        assert text.body == visible(text.body)
        assert text.body.strip()
        for words in (text.title, text.author, text.source):
            assert words == visible(words)
    assert not told or told.isprintable()


HEADS = (
    b"",
    b"%PDF-1.7\n",
    b"PK\x03\x04",
    b"<!doctype html>",
    b"<html><table><tr><td>",
    docx()[:200],
    PDFS["no pages"][:300],
)


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=60, deadline=None)
@given(st.sampled_from(HEADS), st.binary(max_size=400), st.sampled_from(ENDINGS))
@example(b"<html>", b"<![if \xff", ".html")
@example(b"", b"", ".epub")
def test_any_bytes_under_any_ending(head: bytes, tail: bytes, ending: str) -> None:
    harmless(head + tail, "x" + ending)
