"""ODT (OpenDocument 1.2): as for DOCX, highlights as a background, notes, tags and links as annotations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from store.codebook import PALETTE
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
from store.exchange.xml import attributes_of, element, element_of, escaped, words_in
from texts.lazy_pattern import lazy_pattern
from texts.load.odt import read_commented

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_MAIN, _META = "content.xml", "meta.xml"
_KIND = "application/vnd.oasis.opendocument.text"
_SCHEMA = "urn:oasis:names:tc:opendocument:xmlns"
_NAMES = {
    "xmlns:office": f"{_SCHEMA}:office:1.0",
    "xmlns:style": f"{_SCHEMA}:style:1.0",
    "xmlns:text": f"{_SCHEMA}:text:1.0",
    "xmlns:meta": f"{_SCHEMA}:meta:1.0",
    "xmlns:fo": f"{_SCHEMA}:xsl-fo-compatible:1.0",
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
    "office:version": "1.2",
}
_FORMATTED = {
    OutputStyle.BODY: (
        '<style:paragraph-properties fo:margin-bottom="0.28cm" fo:line-height="115%"/>',
        "",
    ),
    OutputStyle.TITLE: ('<style:paragraph-properties fo:break-before="page"/>', 'fo:font-size="20pt"'),
    OutputStyle.NAME: ('<style:paragraph-properties fo:break-before="page"/>', 'fo:font-size="20pt"'),
    OutputStyle.BY_LINE: ("", 'fo:color="#595959"'),
    OutputStyle.QUOTE: ('<style:paragraph-properties fo:margin-left="1cm"/>', 'fo:font-style="italic"'),
    OutputStyle.FURNITURE: ("", 'fo:color="#7f7f7f"'),
    OutputStyle.ORPHANS: ("", 'fo:font-weight="bold" fo:font-size="15pt"'),
    OutputStyle.ORPHAN: ('<style:paragraph-properties fo:margin-left="1cm"/>', 'fo:font-style="italic"'),
}
"""What styles say beyond their names: of paragraphs, of their words."""
_OUTLINED = (OutputStyle.HEADING, OutputStyle.TITLE, OutputStyle.ORPHANS)
_BLANKS = lazy_pattern(" {2,}|^ | $|\t|\n")


def write_archive(archive: Archive, out: BinaryIO) -> int:
    """Writes all texts as one document; gives how many highlights are in them."""
    with package(out) as parts:
        parts.write("mimetype", [_KIND], stored=True)
        parts.write("META-INF/manifest.xml", [_manifest()])
        parts.write(_META, [_meta(*title_of(archive))])
        parts.write("styles.xml", [_styles()])
        parts.write(_MAIN, _content(archive))
    return len(archive.highlights)


def read(data: bytes, name: str) -> Archive:
    """As `docx.read` does."""
    return archive_of(read_commented, data, name, _META)


def _manifest() -> str:
    entries = (("/", _KIND), *((name, "text/xml") for name in (_MAIN, "styles.xml", _META)))
    return _HEAD + element_of(
        "manifest:manifest",
        {"xmlns:manifest": f"{_SCHEMA}:manifest:1.0", "manifest:version": "1.2"},
        *(
            element_of("manifest:file-entry", {"manifest:full-path": name, "manifest:media-type": kind})
            for name, kind in entries
        ),
    )


def _meta(title: str, author: str) -> str:
    said = element(
        "office:meta",
        words_in("dc:title", title),
        words_in("dc:creator", author),
        words_in("meta:keyword", OURS),
    )
    return _HEAD + element_of("office:document-meta", _NAMES, said)


def _styles() -> str:
    paragraphs = (_style(look) for look in OutputStyle if look is not OutputStyle.HEADING)
    headings = (
        element_of(
            "style:style",
            {
                "style:name": f"Heading_20_{level}",
                "style:display-name": f"Heading {level}",
                "style:family": "paragraph",
                "style:parent-style-name": "Standard",
                "style:default-outline-level": str(level),
            },
            f'<style:text-properties fo:font-weight="bold" fo:font-size="{max(11, 19 - 2 * level)}pt"/>',
        )
        for level in range(1, LEVELS + 1)
    )
    return _HEAD + element_of(
        "office:document-styles", _NAMES, element("office:styles", *paragraphs, *headings)
    )


def _style(look: OutputStyle) -> str:
    of_paragraph, of_words = _FORMATTED.get(look, ("", ""))
    attributes = {
        "style:name": _name(look),
        "style:display-name": look.value,
        "style:family": "paragraph",
        "style:parent-style-name": "" if look is OutputStyle.BODY else "Standard",
    }
    return element_of(
        "style:style", attributes, of_paragraph, f"<style:text-properties {of_words}/>" if of_words else ""
    )


def _content(archive: Archive) -> Iterator[str]:
    colours = (
        f'<style:style style:name="{colour}" style:family="text">'
        f'<style:text-properties fo:background-color="#{tint(colour)}"/></style:style>'
        for colour in PALETTE
    )
    yield f"{_HEAD}<office:document-content{attributes_of(_NAMES)}>"
    yield element("office:automatic-styles", *colours)
    yield "<office:body><office:text>"
    yield from map(_paragraph, blocks(archive))
    yield "</office:text></office:body></office:document-content>"


def _paragraph(block: OutputParagraph) -> str:
    inside = "<text:line-break/>".join("".join(map(_run, line)) for line in block.lines)
    if block.look in _OUTLINED and block.level:
        level = str(block.level)
        style = f"Heading_20_{level}" if block.look is OutputStyle.HEADING else _name(block.look)
        attributes = {"text:style-name": style, "text:outline-level": level}
        return element_of("text:h", attributes, inside)
    return element_of("text:p", {"text:style-name": _name(block.look)}, inside)


def _run(run: OutputRun) -> str:
    """Words between the beginnings of annotations and the ends of others."""
    words = _words(run.words)
    if run.colour:
        words = f'<text:span text:style-name="{run.colour}">{words}</text:span>'
    if run.begin:
        words = "".join(map(_comment, run.begin)) + words
    for number in run.end:
        words += f'<office:annotation-end office:name="{number}" />'
    return words


def _comment(comment: OutputComment) -> str:
    by = words_in("dc:creator", comment.reader)
    if comment.created:
        by += words_in("dc:date", comment.created.removesuffix("Z"))
    said = "".join([_said(words) for words in comment.paragraphs])
    return f'<office:annotation office:name="{comment.number}">{by}{said}</office:annotation>'


def _said(words: str) -> str:
    """A paragraph of a comment."""
    return f"<text:p>{_words(words)}</text:p>" if words else "<text:p />"


def _words(words: str) -> str:
    """Words in which no blank is lost: of several in a row, and at an edge, each is written as an element."""
    words = escaped(words)
    if words[:1] == " " or words[-1:] == " " or "  " in words or "\t" in words or "\n" in words:
        return _BLANKS.sub(_blanks, words)
    return words


def _blanks(found: re.Match[str]) -> str:
    if found[0] in "\t\n":
        return "<text:tab/>" if found[0] == "\t" else " "
    return f'<text:s text:c="{len(found[0])}"/>'


def _name(look: OutputStyle) -> str:
    return look.value.replace(" ", "_20_")
