"""DOCX: the paragraphs of a document as its readers see them, changes accepted, notes at the end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from texts.load.archive import Archive
from texts.load.blocks import CELLS, Block, Kind, body_of_blocks
from texts.load.document import Document, File
from texts.load.wordstyles import Numbering, Styles, child, name_of, value

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_DOCUMENT = "word/document.xml"
_CORE = "docProps/core.xml"
_NOTES = {"footnoteReference": "word/footnotes.xml", "endnoteReference": "word/endnotes.xml"}
_SKIPPED = frozenset(("del", "moveFrom", "Fallback", "pPr", "rPr", "tblPr", "sectPr", "sdtPr"))
"""What is deleted or moved away, what is said a second time for older programs, and what is no content."""
_BREAKS = {"tab": " ", "cr": "\n", "noBreakHyphen": "‑", "ptab": " "}
_HEADING = re.compile(r"heading ?([1-9])$")
_QUOTE = re.compile(r"quot|^block ?text")
_SPACE = re.compile(r"[ \t\r\n]+")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def read(file: File) -> Document:
    """The document in a DOCX; raises LoadError, also where it is damaged or hostile."""
    archive = Archive(file.data, file.name)
    body = body_of_blocks(_Reader(archive).blocks(), file.name)
    title, author = _core(archive)
    return Document(body, title, author)


def _core(archive: Archive) -> tuple[str, str]:
    """Title and author as the program that wrote the file keeps them."""
    if _CORE not in archive:
        return "", ""
    said = {name_of(one): "".join(one.itertext()).strip() for one in archive.xml(_CORE)}
    return said.get("title", ""), said.get("creator", "")


class _Reader:
    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._styles = Styles(archive)
        self._numbering = Numbering.of(archive)
        self._calls: list[tuple[str, str]] = []
        """The member that holds each note, and its id, in the order in which the text calls them."""
        self._numbers: dict[tuple[str, str], str] = {}
        self._boxes: list[Element] = []
        """Text boxes in the paragraph that is being read."""
        self._list: object = None

    def blocks(self) -> Iterator[Block]:
        """The blocks of the text, then those of its notes."""
        for body in self._archive.xml(_DOCUMENT):
            if name_of(body) == "body":
                yield from self._blocks(body)
        yield from self._noted()

    def _blocks(self, parent: Element) -> Iterator[Block]:
        for element in parent:
            name = name_of(element)
            if name == "p":
                yield from self._paragraph(element)
            elif name == "tbl":
                self._list = None
                yield from self._table(element)
            elif name not in _SKIPPED:
                yield from self._blocks(element)

    def _paragraph(self, element: Element) -> Iterator[Block]:
        words = "".join(self._words(element))
        boxes, self._boxes = self._boxes, []
        if words.strip():
            yield self._shaped([line.strip() for line in words.split("\n")], child(element, "pPr"))
        for box in boxes:
            yield from self._blocks(box)

    def _shaped(self, lines: list[str], look: Element | None) -> Block:
        """The lines as what the paragraph's style says that they are."""
        style = value(child(look, "pStyle"))
        names = self._styles.names(style)
        level = next(
            (int(found[1]) for name in names if (found := _HEADING.match(name))), int("title" in names)
        )
        if level:
            self._list = None
            return Block(lines, Kind.HEADING, level=level)
        numbered = child(look, "numPr")
        if numbered is None:
            numbered = self._styles.numbered(style)
        mark, level = self._numbering.next_mark(numbered) if numbered is not None else ("", 1)
        if mark:
            self._list = self._list or object()
            return Block(lines, Kind.ITEM, level, mark, group=self._list)
        self._list = None
        return Block(lines, quoted=int(any(map(_QUOTE.search, names))))

    def _words(self, parent: Element) -> Iterator[str]:
        """The words of a paragraph; newlines only where a line is broken by hand."""
        for element in parent:
            name = name_of(element)
            if name == "t":
                yield _SPACE.sub(" ", element.text or "")
            elif name in _BREAKS:
                yield _BREAKS[name]
            elif name == "br":
                yield "\n" if value(element, "type") in ("", "textWrapping") else " "
            elif name in _NOTES:
                yield self._call((_NOTES[name], value(element, "id")))
            elif name == "txbxContent":
                self._boxes.append(element)
            elif name not in _SKIPPED and not _is_hidden(element):
                yield from self._words(element)

    def _call(self, note: tuple[str, str]) -> str:
        """The number of a note, which then stands at the end of the text."""
        if note not in self._numbers:
            self._calls.append(note)
            self._numbers[note] = str(len(self._calls)).translate(_RAISED)
        return self._numbers[note]

    def _table(self, table: Element) -> Iterator[Block]:
        """A block for each row; a table of one column only frames what is in it."""
        group = object()
        for row in _rows(table):
            cells = [list(self._blocks(cell)) for cell in row]
            if len(cells) == 1:
                yield from cells[0]
                continue
            words = [" ".join(line.strip() for block in cell for line in block.lines) for cell in cells]
            if any(map(str.strip, words)):
                yield Block([CELLS.join(words)], Kind.ROW, group=group)

    def _noted(self) -> Iterator[Block]:
        """The notes that the text calls, each with its number; a note may call others."""
        members: dict[str, dict[str, Element]] = {}
        for member, id in self._calls:  # which grows on the way where a note calls another
            if member not in members:
                root = self._archive.xml(member) if member in self._archive else ()
                members[member] = {value(one, "id"): one for one in root}
            note = members[member].get(id)
            raised = f"{self._numbers[member, id]} "
            for block in self._blocks(note) if note is not None else ():
                first, *others = block.lines
                yield Block([raised + first.strip(), *others])
                raised = ""


def _rows(table: Element) -> Iterator[list[Element]]:
    """The cells of each row; rows and cells may stand in wrappers, and deleted rows are none."""
    for row in _inside(table, "tr"):
        if child(row, "trPr", "del") is None:
            yield list(_inside(row, "tc"))


def _inside(parent: Element, name: str) -> Iterator[Element]:
    for element in parent:
        if name_of(element) == name:
            yield element
        elif name_of(element) in ("sdt", "sdtContent", "ins", "customXml"):
            yield from _inside(element, name)


def _is_hidden(run: Element) -> bool:
    vanish = child(run, "rPr", "vanish")
    return vanish is not None and value(vanish) not in ("0", "false")
