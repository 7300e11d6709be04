"""What is fuzzed: every way in, with good files to begin from."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from store.errors import LibraryError
from store.library import Library
from store.services.exports import export_to
from store.services.imports import DATABASES, READABLE, import_bytes
from texts.load import LoadError, load_bytes
from texts.visible import visible
from tui.home import make_first_library

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
XHTML = 'media-type="application/xhtml+xml"'
BOOK = {
    "META-INF/container.xml": '<container><rootfiles><rootfile full-path="b.opf"/></rootfiles></container>',
    "b.opf": f"""<package xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>
<dc:title>The quay</dc:title><dc:creator>Ann Ash</dc:creator></metadata>
<manifest><item id="n" properties="nav" href="n.xhtml" {XHTML}/><item id="one" href="one.xhtml" {XHTML}/></manifest>
<spine><itemref idref="one"/></spine></package>""",
    "n.xhtml": '<html><body><nav><ol><li><a href="one.xhtml#a">One</a></li></ol></nav></body></html>',
    "one.xhtml": """<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body>
<h1 id="a">One</h1><p>It began&nbsp;<i>at</i> dawn<br/>early.</p><ol start="3"><li>a<ul><li>b</li></ul></li></ol>
<blockquote><p>Then.</p></blockquote><pre>  x</pre><table><tr><td>1</td><td>2</td></tr></table></body></html>""",
}
DOCUMENT = {
    "word/document.xml": f"""<w:document {W}><w:body>
<w:p><w:pPr><w:pStyle w:val="H"/></w:pPr><w:r><w:t>One</w:t></w:r></w:p>
<w:p><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr>
<w:r><w:t>a</w:t><w:br/><w:tab/></w:r></w:p>
<w:p><w:r><w:t xml:space="preserve">It began </w:t></w:r><w:del><w:r><w:delText>no</w:delText></w:r></w:del>
<w:r><w:footnoteReference w:id="2"/></w:r></w:p>
<w:tbl><w:tr><w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>""",
    "word/styles.xml": f"""<w:styles {W}>
<w:style w:styleId="H"><w:name w:val="heading 1"/><w:basedOn w:val="N"/></w:style>
<w:style w:styleId="N"><w:name w:val="Normal"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style></w:styles>""",
    "word/numbering.xml": f"""<w:numbering {W}><w:abstractNum w:abstractNumId="7">
<w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="lowerRoman"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num></w:numbering>""",
    "word/footnotes.xml": f"""<w:footnotes {W}>
<w:footnote w:id="2"><w:p><w:r><w:t>See</w:t></w:r></w:p></w:footnote></w:footnotes>""",
}
PDF = b"""%PDF-1.4
1 0 obj
<< /Type /Catalog /Pages 2 0 R >>
endobj
2 0 obj
<< /Type /Pages /Kids [3 0 R] /Count 1 >>
endobj
3 0 obj
<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] /Contents 4 0 R /Resources << /Font << /F << /Type /Font
/Subtype /Type1 /BaseFont /Helvetica >> >> >> >>
endobj
4 0 obj
<< /Length 39 >>
stream
BT /F 9 Tf 9 9 Td (It began at dawn.) Tj ET
endstream
endobj
trailer
<< /Root 1 0 R /Size 5 >>
"""

NOVEL = """<?xml version="1.0"?><FictionBook xmlns:l="x"><description><title-info><book-title>The quay</book-title>
</title-info></description><body><section><title><p>One</p></title><p>It began<a l:href="#n">1</a> at <sup>2</sup>.</p>
<poem><stanza><v>a</v><v>b</v></stanza></poem><table><tr><td>1</td><td>2</td></tr></table></section></body>
<body name="notes"><section id="n"><title><p>1</p></title><p>See.</p></section></body></FictionBook>"""
SPOKEN = b"""[Script Info]
[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
Dialogue: 0,0:00:01.00,0:00:03.00,Default,,0,0,0,,{\\i1}It began{\\i0}\\Nat dawn.
Dialogue: 0,0:00:05.00,0:00:06.00,Default,,0,0,0,,{\\p1}m 0 0 l 9 0{\\p0}Then.
"""
SUNG = b"[ti: The quay]\n[ar:Ann Ash]\n[00:12.00][00:40.00]It <00:13.00>began\n[00:15.30]\n[00:18]at dawn\n"


class Target(NamedTuple):
    """A way in."""

    good: bytes
    """A file, or the part of one that is changed, that is taken."""
    feed: Callable[[bytes], None]
    """Takes one, or refuses it in one line; what it raises is a finding."""


@contextmanager
def targets(folder: Path) -> Iterator[Mapping[str, Target]]:
    """All ways in, by name; a library in the folder is what the importers change."""
    files = _exports(folder)
    library_words = files[".txt"]
    plain = {
        ".txt": library_words,
        ".md": library_words + b"\n\n- a\n  - b\n\n> c\n\n| d | e |\n|--|--|\n",
        ".html": files[".html"],
        ".pdf": PDF,
        ".fb2": NOVEL.encode(),
        ".ass": SPOKEN,
        ".lrc": SUNG,
    }
    made = {ending: Target(good, loader(ending)) for ending, good in plain.items()}
    for ending, members in ((".epub", BOOK), (".docx", DOCUMENT)):
        made[ending] = Target(packed(members), loader(ending))
        for name, words in members.items():
            made[f"{ending} {name}"] = Target(words.encode(), inside(members, name, loader(ending)))
    with Library.open(folder / "hurt.db", reader="fuzz") as library:
        for format in _importable():
            made[format] = Target(files[format], importer(format, library))
        project = unpacked(files["qdpx"])
        name = "project.qde"
        made[f"qdpx {name}"] = Target(project[name], inside(project, name, importer("qdpx", library)))
        yield made


def _importable() -> list[str]:
    return [name for name in READABLE if name not in DATABASES]


def _exports(folder: Path) -> dict[str, bytes]:
    """A library as each format that is imported, its page, and the words of one of its texts."""
    path = folder / "library.db"
    make_first_library(path, "ada")
    files: dict[str, bytes] = {}
    with Library.open(path, reader="ada") as library:
        text = library.texts.get("editorial")
        marked = [
            library.highlights.mark("editorial", passage.span, tags=["a/b"], note="n").id
            for passage in text.numbered[:3]
        ]
        library.links.add(marked[0], marked[1], kind="answers", note="so")
        for format in _importable():
            export_to(library, folder / "out", format=format)
            files[format] = (folder / "out").read_bytes()
        export_to(library, folder / "out.html")
        files[".html"] = (folder / "out.html").read_bytes()
        files[".txt"] = text.body.encode()
    return files


def loader(ending: str) -> Callable[[bytes], None]:
    """Reads bytes as a file of that ending."""

    def feed(data: bytes) -> None:
        try:
            text = load_bytes(data, f"x{ending}")
        except LoadError as error:
            assert str(error).isprintable(), "a refusal is one line"  # noqa: PT017
        else:
            assert text.body == visible(text.body)

    return feed


def importer(format: str, library: Library) -> Callable[[bytes], None]:
    """Merges bytes of that format into a library, and takes it back."""

    def feed(data: bytes) -> None:
        try:
            import_bytes(library, data, "x", format=format)
        except LibraryError as error:
            assert "\n" not in str(error), "a refusal is one line"  # noqa: PT017
        while library.journal.undo():
            pass

    return feed


def inside(
    members: Mapping[str, bytes | str], name: str, feed: Callable[[bytes], None]
) -> Callable[[bytes], None]:
    """Feeds archives of which one member is changed: its bytes are what is given."""
    return lambda data: feed(packed({**members, name: data}))


def packed(members: Mapping[str, bytes | str]) -> bytes:
    """A ZIP archive."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, words in members.items():
            archive.writestr(name, words)
    return file.getvalue()


def unpacked(data: bytes) -> dict[str, bytes]:
    """The members of a ZIP archive."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
