"""EPUBs: chapters in the order of the spine, with title and author, and locked ones refused."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

import pytest

from texts.load import LoadError, load_bytes

CONTAINER = """<?xml version="1.0"?><container xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>"""
PACKAGE = """<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>The long quay</dc:title>
<dc:creator>Ann Ash</dc:creator><dc:creator>Tom Berg</dc:creator></metadata>
<manifest><item id="n" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="two" href="text/two%20b.xhtml" media-type="application/xhtml+xml"/>
<item id="one" href="text/one.xhtml" media-type="application/xhtml+xml"/>
<item id="cover" href="cover.png" media-type="image/png"/>
<item id="gone" href="gone.xhtml" media-type="application/xhtml+xml"/>
</manifest><spine><itemref idref="cover"/><itemref idref="n"/><itemref idref="one"/><itemref idref="two"/>
<itemref idref="two"/><itemref idref="gone"/><itemref idref="none"/></spine></package>"""
DOCTYPE = '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd">'
ONE = f"""<?xml version="1.0" encoding="utf-8"?>{DOCTYPE}<html xmlns="http://www.w3.org/1999/xhtml"><head>
<title/><style/></head><body><h1>One</h1><p>It began&nbsp;at dawn &mdash; early.</p><p/>
<ul><li>a</li></ul></body></html>"""
TWO = (
    "<html xmlns='http://www.w3.org/1999/xhtml'><body><ul><li>b</li></ul><p>Then<br/>night.</p></body></html>"
)
NAV = """<html xmlns="http://www.w3.org/1999/xhtml"><body><nav><ol><li><a href="text/one.xhtml">First</a></li>
<li><a href="text/two%20b.xhtml#top">Second</a></li></ol></nav></body></html>"""
BOOK = {
    "mimetype": "application/epub+zip",
    "META-INF/container.xml": CONTAINER,
    "OEBPS/book.opf": PACKAGE,
    "OEBPS/text/one.xhtml": ONE,
    "OEBPS/text/two b.xhtml": TWO,
    "OEBPS/nav.xhtml": NAV,
}


def packed(members: Mapping[str, str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, words in members.items():
            archive.writestr(name, words, zipfile.ZIP_STORED if name == "mimetype" else None)
    return file.getvalue()


@pytest.mark.parametrize("name", ["quay.epub", "quay.txt", "-"])
def test_a_book(name: str) -> None:
    text = load_bytes(packed(BOOK), name)
    assert (text.title, text.author) == ("The long quay", "Ann Ash, Tom Berg")
    assert text.body == "# One\n\nIt began\xa0at dawn — early.\n\n- a\n\n# Second\n\n- b\n\nThen\nnight."


def of_role(role: str, name: str, identifier: str = "") -> str:
    """A creator, by the way of EPUB 2, or of EPUB 3 where it has an id."""
    if not identifier:
        return f'<dc:creator xmlns:opf="http://www.idpf.org/2007/opf" opf:role="{role}">{name}</dc:creator>'
    meta = f'<meta refines="#{identifier}" property="role" scheme="marc:relators">{role}</meta>'
    return f'<dc:creator id="{identifier}">{name}</dc:creator>{meta}'


@pytest.mark.parametrize(
    ("creators", "author"),
    [
        (of_role("trl", "Tom Berg") + of_role("aut", "Ann Ash"), "Ann Ash"),
        (of_role("trl", "Tom Berg", "c1") + of_role("aut", "Ann Ash", "c2"), "Ann Ash"),
        (of_role("trl", "Tom Berg", "c1") + "<dc:creator>Ann Ash</dc:creator>", "Ann Ash"),
        (of_role("http://id.loc.gov/vocabulary/relators/trl", "Tom Berg", "c1"), ""),
        (of_role("edt", "Eve Orr") + of_role("ill", "Tom Berg"), "Eve Orr"),
        (of_role("aut", "Ann Ash") + of_role("AUT", "Tom Berg"), "Ann Ash, Tom Berg"),
    ],
)
def test_those_who_translated_a_book_are_not_its_authors(creators: str, author: str) -> None:
    old = "<dc:creator>Ann Ash</dc:creator><dc:creator>Tom Berg</dc:creator>"
    assert (
        load_bytes(packed(BOOK | {"OEBPS/book.opf": PACKAGE.replace(old, creators)}), "b.epub").author
        == author
    )


def test_an_older_book_takes_its_chapters_names_from_the_ncx() -> None:
    ncx = """<!DOCTYPE ncx PUBLIC "-//NISO//DTD ncx 2005-1//EN" "http://www.daisy.org/z3986/2005/ncx-2005-1.dtd">
    <ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap><navPoint><navLabel><text>II</text></navLabel>
    <content src="text/two%20b.xhtml"/></navPoint></navMap></ncx>"""
    package = PACKAGE.replace('href="nav.xhtml"', 'href="toc.ncx"').replace(
        'media-type="application/xhtml+xml" properties="nav"', 'media-type="application/x-dtbncx+xml"'
    )
    book = {**BOOK, "OEBPS/book.opf": package, "OEBPS/toc.ncx": ncx}
    assert "\n\n# II\n\n- b\n\n" in load_bytes(packed(book), "b.epub").body


def test_a_chapter_that_is_no_proper_xml_is_read_all_the_same() -> None:
    book = {**BOOK, "OEBPS/text/one.xhtml": "<html><body><p>An <b>open tag & an ampersand<p>Two"}
    assert load_bytes(packed(book), "b.epub").body.startswith(
        "# First\n\nAn open tag & an ampersand\n\nTwo\n\n"
    )


def test_chapters_are_told_as_progress() -> None:
    seen: list[tuple[int, int]] = []
    load_bytes(packed(BOOK), "b.epub", progress=lambda done, of: seen.append((done, of)))
    assert seen == [(0, 2), (1, 2)]


def encrypted(algorithm: str) -> bytes:
    words = f"""<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><EncryptedData
    xmlns="http://www.w3.org/2001/04/xmlenc#"><EncryptionMethod Algorithm="{algorithm}"/></EncryptedData>
    </encryption>"""
    return packed({**BOOK, "META-INF/encryption.xml": words})


def test_a_locked_book_is_refused() -> None:
    with pytest.raises(LoadError, match=r"^b\.epub is locked \(DRM\)"):
        load_bytes(encrypted("http://www.w3.org/2001/04/xmlenc#aes128-cbc"), "b.epub")


def test_a_book_of_which_only_fonts_are_scrambled_is_read() -> None:
    assert load_bytes(encrypted("http://www.idpf.org/2008/embedding"), "b.epub").title == "The long quay"


@pytest.mark.parametrize("missing", ["META-INF/container.xml", "OEBPS/book.opf"])
def test_a_book_without_what_makes_it_one_is_refused(missing: str) -> None:
    with pytest.raises(LoadError, match="is damaged"):
        load_bytes(packed({name: words for name, words in BOOK.items() if name != missing}), "b.epub")


def test_a_book_of_pictures_is_empty() -> None:
    book = {**BOOK, "OEBPS/text/one.xhtml": "<html><img/></html>", "OEBPS/text/two b.xhtml": "<html/>"}
    with pytest.raises(LoadError, match="is empty"):
        load_bytes(packed(book), "b.epub")


def test_what_the_stylesheet_of_a_book_hides_is_left_out() -> None:
    chapter = """<html xmlns="http://www.w3.org/1999/xhtml"><head><title/><style/>
<link href="../css/book.css" rel="stylesheet" type="text/css"/><link href="gone.css" rel="stylesheet"/></head>
<body><p>It began at dawn.</p><p class="side no">Seen by nobody.</p></body></html>"""
    members = {
        **BOOK,
        "OEBPS/css/book.css": "@charset 'utf-8'; .no { display: none }",
        "OEBPS/text/one.xhtml": chapter,
    }
    text = load_bytes(packed(members), "quay.epub")
    assert "dawn" in text.body
    assert "nobody" not in text.body


def book_of(chapter: str, label: str = "First", **package: str) -> bytes:
    """A book whose first chapter has that body, and which the table of contents calls by that name."""
    page = f"<html xmlns='http://www.w3.org/1999/xhtml'><head><title/></head><body>{chapter}</body></html>"
    words = PACKAGE
    for old, new in package.values():
        words = words.replace(old, new)
    nav = NAV.replace("First", label)
    return packed({**BOOK, "OEBPS/text/one.xhtml": page, "OEBPS/nav.xhtml": nav, "OEBPS/book.opf": words})


def first_chapter(chapter: str, label: str = "First") -> str:
    return load_bytes(book_of(chapter, label), "b.epub").body.partition("\n\n# Second")[0]


def test_a_chapter_s_name_that_stands_in_it_as_a_paragraph_is_not_there_twice() -> None:
    assert first_chapter("<p>FIRST</p><p>It began.</p>") == "# First\n\nIt began."
    assert first_chapter("<p>At first</p><p>It began.</p>") == "# First\n\nAt first\n\nIt began."
    assert first_chapter("<ul><li>First</li></ul>") == "# First\n\n- First"


def test_a_chapter_with_a_heading_near_its_top_gets_no_other() -> None:
    assert first_chapter("<p>a</p><p>b</p><h2>Own</h2><p>c</p>").startswith("a\n\nb\n\n")
    assert first_chapter("<p>a</p><p>b</p><p>c</p><h2>Own</h2>").startswith("# First\n\na\n\n")


@pytest.mark.parametrize("label", ["Untitled", "Section 12", "[no title]", "unknown"])
def test_a_name_that_a_program_gave_is_none(label: str) -> None:
    assert first_chapter("<p>It began.</p>", label) == "It began."


def test_who_a_program_calls_unknown_is_no_author_and_five_are_named() -> None:
    names = ["Unknown", "Ann Ash", "Bo", "Cy", "Di", "Ed", "Flo"]
    creators = "".join(f"<dc:creator>{name}</dc:creator>" for name in names)
    old = "<dc:creator>Ann Ash</dc:creator><dc:creator>Tom Berg</dc:creator>"
    title = ("The long quay", "Untitled")
    text = load_bytes(book_of("<p>It began.</p>", creators=(old, creators), title=title), "b.epub")
    assert text.author == "Ann Ash, Bo, Cy, Di, Ed"
    assert text.title != "Untitled"


def test_the_contents_page_that_an_older_book_names_as_one_is_no_chapter() -> None:
    guide = (
        "</spine>",
        '</spine><guide><reference type="cover" href="text/one.xhtml"/>'
        '<reference type="toc" href="text/two%20b.xhtml#top"/></guide>',
    )
    assert load_bytes(book_of("<p>It began.</p>", guide=guide), "b.epub").body == "# First\n\nIt began."
