"""DOCX (ECMA-376, transitional): highlights as shaded words, their notes, tags and links as Word's comments."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from tempfile import SpooledTemporaryFile
from typing import BinaryIO

from store.exchange.archive import Archive
from store.exchange.office.comments_reader import archive_of
from store.exchange.office.document import (
    LEVELS,
    OURS,
    OutputComment,
    OutputParagraph,
    OutputRun,
    OutputStyle,
    blocks,
    tint,
    title_of,
)
from store.exchange.package import package
from store.exchange.xml import attributes_of, element, element_of, escaped, in_attribute, words_in
from texts.load.docx import read_commented

_IN_MEMORY = 1 << 20
"""Bytes of comments that wait in memory for the end of the document; more wait in a file."""
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN, _CORE = "word/document.xml", "docProps/core.xml"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CORE_PROPERTIES = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_BUILT_IN = (OutputStyle.BODY, OutputStyle.HEADING)

_FORMATTED = {
    OutputStyle.TITLE: '<w:pPr><w:pageBreakBefore/><w:spacing w:after="120"/></w:pPr><w:rPr><w:sz w:val="40"/></w:rPr>',
    OutputStyle.NAME: '<w:pPr><w:pageBreakBefore/><w:spacing w:after="120"/></w:pPr><w:rPr><w:sz w:val="40"/></w:rPr>',
    OutputStyle.BY_LINE: '<w:rPr><w:color w:val="595959"/></w:rPr>',
    OutputStyle.QUOTE: '<w:pPr><w:ind w:left="567"/></w:pPr><w:rPr><w:i/></w:rPr>',
    OutputStyle.FURNITURE: '<w:rPr><w:color w:val="7F7F7F"/></w:rPr>',
    OutputStyle.ORPHANS: '<w:pPr><w:keepNext/></w:pPr><w:rPr><w:b/><w:sz w:val="30"/></w:rPr>',
    OutputStyle.ORPHAN: '<w:pPr><w:ind w:left="567"/></w:pPr><w:rPr><w:i/></w:rPr>',
}
"""What styles say beyond their names."""


def write_archive(archive: Archive, out: BinaryIO) -> int:
    """Writes all texts as one document; gives how many highlights are in them."""
    with SpooledTemporaryFile(_IN_MEMORY) as comments, package(out) as parts:
        parts.write("[Content_Types].xml", [_content_types()])
        parts.write(
            "_rels/.rels", [_relations((f"{_OFFICE}/officeDocument", _MAIN), (_CORE_PROPERTIES, _CORE))]
        )
        parts.write(_CORE, [_core(*title_of(archive))])
        beside = ((f"{_OFFICE}/{name}", f"{name}.xml") for name in ("styles", "comments"))
        parts.write("word/_rels/document.xml.rels", [_relations(*beside)])
        parts.write("word/styles.xml", [_styles()])
        parts.write(_MAIN, _document(archive, comments))
        comments.seek(0)
        parts.write("word/comments.xml", _all_comments(comments))
    return len(archive.highlights)


def read(data: bytes, name: str) -> Archive:
    """The text of a document and its comments; raises LibraryError where there are none."""
    return archive_of(read_commented, data, name, _CORE)


def _content_types() -> str:
    parts = (
        ("/word/document.xml", f"{_WORD}.document.main+xml"),
        ("/word/styles.xml", f"{_WORD}.styles+xml"),
        ("/word/comments.xml", f"{_WORD}.comments+xml"),
        ("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
    )
    return _HEAD + element_of(
        "Types",
        {"xmlns": "http://schemas.openxmlformats.org/package/2006/content-types"},
        element(
            "Default",
            Extension="rels",
            ContentType="application/vnd.openxmlformats-package.relationships+xml",
        ),
        element("Default", Extension="xml", ContentType="application/xml"),
        *(element("Override", PartName=part, ContentType=kind) for part, kind in parts),
    )


def _relations(*targets: tuple[str, str]) -> str:
    inside = (
        element("Relationship", Id=f"rId{number}", Type=kind, Target=target)
        for number, (kind, target) in enumerate(targets, 1)
    )
    return _HEAD + element_of("Relationships", {"xmlns": _RELATIONS}, *inside)


def _core(title: str, author: str) -> str:
    names = {
        "xmlns:cp": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
        "xmlns:dc": "http://purl.org/dc/elements/1.1/",
    }
    return _HEAD + element_of(
        "cp:coreProperties",
        names,
        words_in("dc:title", title),
        words_in("dc:creator", author),
        words_in("cp:keywords", OURS),
    )


def _styles() -> str:
    headings = (
        _style(f"Heading{level}", f"heading {level}", _heading(level)) for level in range(1, LEVELS + 1)
    )
    own = (
        _style(_id(look), look.value, _FORMATTED.get(look, ""))
        for look in OutputStyle
        if look not in _BUILT_IN
    )
    return _HEAD + element_of(
        "w:styles",
        {"xmlns:w": _W},
        '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Georgia" w:hAnsi="Georgia"/><w:sz w:val="22"/>'
        '</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="160" w:line="276" w:lineRule="auto"/>'
        "</w:pPr></w:pPrDefault></w:docDefaults>",
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>',
        *headings,
        *own,
        '<w:style w:type="character" w:styleId="CommentReference"><w:name w:val="annotation reference"/>'
        '<w:rPr><w:sz w:val="16"/></w:rPr></w:style>',
    )


def _heading(level: int) -> str:
    return (
        f'<w:pPr><w:keepNext/><w:outlineLvl w:val="{level - 1}"/></w:pPr>'
        f'<w:rPr><w:b/><w:sz w:val="{max(22, 38 - 4 * level)}"/></w:rPr>'
    )


def _style(id: str, name: str, formatted: str) -> str:
    return (
        f'<w:style w:type="paragraph" w:styleId="{id}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/>'
        f"{formatted}</w:style>"
    )


def _document(archive: Archive, comments: SpooledTemporaryFile[bytes]) -> Iterator[str]:
    """The main part; what its comments say goes into a file meanwhile."""
    yield f"{_HEAD}<w:document{attributes_of({'xmlns:w': _W})}><w:body>"
    for block in blocks(archive):
        yield _paragraph(block, comments)
    yield "<w:sectPr/></w:body></w:document>"


def _paragraph(block: OutputParagraph, comments: SpooledTemporaryFile[bytes]) -> str:
    style = f"Heading{block.level}" if block.look is OutputStyle.HEADING else _id(block.look)
    level = (
        f'<w:outlineLvl w:val="{block.level - 1}"/>'
        if block.look in (OutputStyle.TITLE, OutputStyle.ORPHANS) and block.level
        else ""
    )
    look = "" if block.look is OutputStyle.BODY else f'<w:pPr><w:pStyle w:val="{style}"/>{level}</w:pPr>'
    inside = []
    for number, line in enumerate(block.lines):
        if number:
            inside.append("<w:r><w:br/></w:r>")
        for run in line:
            inside.append(_run(run))
            for comment in run.begin:
                comments.write(_comment(comment).encode())
    return f"<w:p>{look}{''.join(inside)}</w:p>"


def _run(run: OutputRun) -> str:
    """Words between the beginnings of comments and the ends of others."""
    words = f"<w:r>{_shade(run.colour)}{_words(run.words)}</w:r>"
    if run.begin:
        begin = [f'<w:commentRangeStart w:id="{comment.number}"/>' for comment in run.begin]
        words = "".join(begin) + words
    for number in run.end:
        words += (
            f'<w:commentRangeEnd w:id="{number}"/><w:r><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr>'
            f'<w:commentReference w:id="{number}"/></w:r>'
        )
    return words


@cache
def _shade(colour: str) -> str:
    """What a run says of its colour; nothing where it has none."""
    if not colour:
        return ""
    return f'<w:rPr><w:shd w:val="clear" w:color="auto" w:fill="{tint(colour)}"/></w:rPr>'


def _all_comments(comments: SpooledTemporaryFile[bytes]) -> Iterator[str]:
    yield f"{_HEAD}<w:comments{attributes_of({'xmlns:w': _W})}>"
    yield from (line.decode() for line in comments)
    yield "</w:comments>"


def _comment(comment: OutputComment) -> str:
    """A line; the reader's name is not left out where it is empty, since Word wants one."""
    said = "".join([f"<w:p><w:r>{_words(words)}</w:r></w:p>" for words in comment.paragraphs])
    made = f' w:date="{in_attribute(comment.created)}"' if comment.created else ""
    author = in_attribute(comment.reader)
    return f'<w:comment w:id="{comment.number}"{made} w:author="{author}">{said}</w:comment>\n'


def _words(words: str) -> str:
    """What a run holds."""
    whole = f'<w:t xml:space="preserve">{escaped(words)}</w:t>'
    return whole.replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">') if "\t" in words else whole


def _id(look: OutputStyle) -> str:
    return look.value.replace(" ", "")
