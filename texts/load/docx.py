"""DOCX: the paragraphs of a document as its readers see them, changes accepted, notes at the end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from posixpath import join, normpath, split
from typing import TYPE_CHECKING

from texts.lazy_pattern import lazy_pattern
from texts.load.archive import ZipArchive
from texts.load.blocks import CELLS, Block, BlockKind, body_of_blocks
from texts.load.comments import (
    ORPHANS,
    TEXT_TITLE,
    Comment,
    Commented,
    CommentMarks,
    bare,
    lines_of,
    marks_alone,
)
from texts.load.document import Document, File, LoadError, comments_left_out
from texts.load.formulas import RAISED, office_formula, superscript
from texts.load.symbols import in_font, symbol
from texts.load.wordstyles import Numbering, WordStyles, child, is_on, name_of, value

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_DOCUMENT = "word/document.xml"
_CORE = "docProps/core.xml"
_RELATIONS = "_rels/.rels"
_NOTES = {"footnoteReference": "footnotes", "endnoteReference": "endnotes"}
_SKIPPED = frozenset(
    ("del", "moveFrom", "Fallback", "pPr", "rPr", "tblPr", "sectPr", "sdtPr", "rt", "rubyPr")
)
"""What is deleted or moved away, what is said a second time for older programs or readers, and what is no content."""
_COMMENT_MARKS = ("commentRangeStart", "commentRangeEnd", "commentReference")
_BREAKS = {"tab": " ", "cr": "\n", "noBreakHyphen": "‑", "ptab": " "}
_PAGE_FIELD = lazy_pattern(r"\s*(?:PAGE|NUMPAGES|SECTIONPAGES)(?![^\s\\])", re.IGNORECASE)
"""How the instruction of a field begins that numbers pages, or counts them: on another sheet it would say otherwise."""
_OUTLINE = tuple(map(str, range(9)))
"""Levels of an outline, the highest first."""
_HEADING = lazy_pattern(r"heading ?([1-9])$")
_QUOTE = lazy_pattern(r"quot|^block ?text")
_SPACE = lazy_pattern(r"[ \t\r\n]+")
_WORDS = frozenset(("t", "sym", *_BREAKS, "br"))


def read(file: File) -> Document:
    """The document in a DOCX; raises LoadError, also where it is damaged or hostile."""
    archive = ZipArchive(file.data, file.name)
    reader = _Reader(archive)
    blocks = list(reader.blocks())
    if not blocks and reader.chunks:
        raise LoadError(f"{file.name} only holds {_other_documents(reader.chunks)}")
    chunks = (f"left out {_other_documents(reader.chunks)}",) if reader.chunks else ()
    remarks = (*comments_left_out(len(reader.comments())), *chunks)
    return Document(body_of_blocks(blocks, file.name), *_core(archive), remarks=remarks)


def _other_documents(count: int) -> str:
    """What is said of documents that only Word takes into the text, when it opens it."""
    held = "1 document" if count == 1 else f"{count:,} documents"
    return f"{held} of another format: open it in Word and save it once more"


def read_commented(file: File) -> Commented:
    """The same with its comments."""
    archive = ZipArchive(file.data, file.name)
    marks = CommentMarks()
    reader = _Reader(archive, marks)
    return marks.commented(reader.blocks(), file.name, _core(archive), reader.comments)


def _core(archive: ZipArchive) -> tuple[str, str]:
    """Title and author as the program that wrote the file keeps them."""
    if _CORE not in archive:
        return "", ""
    said = {name_of(one): "".join(one.itertext()).strip() for one in archive.xml(_CORE)}
    return said.get("title", ""), said.get("creator", "")


def _main_part(archive: ZipArchive) -> str:
    """The member that is the document, as the package says, else where it usually is."""
    for kind, target in _relations(archive, _RELATIONS, ""):
        if kind == "officeDocument" and target in archive:
            return target
    return _DOCUMENT


def _relations(archive: ZipArchive, member: str, folder: str) -> Iterator[tuple[str, str]]:
    """What a member of relations leads to: the kind, such as `styles`, and the member."""
    for one in archive.xml(member) if member in archive else ():
        target = one.get("Target", "")
        if one.get("TargetMode", "") != "External":
            path = target if target.startswith("/") else join(folder, target)
            yield one.get("Type", "").rpartition("/")[2], normpath(path).lstrip("/")


class _Fields:
    """The fields of a paragraph that have begun: of each what it is to say, and then what it said last.

    Those that go on over paragraphs, as a table of contents does, say words; they are not followed.
    """

    def __init__(self) -> None:
        self._open: list[tuple[str, bool]] = []
        """The instruction of each so far, and whether its result has begun; the outermost first."""

    def take(self, element: Element, name: str) -> bool:
        """Whether an element is part of a field and no word of the text: an instruction, or the number of a page."""
        if name == "fldSimple":
            return _PAGE_FIELD.match(value(element, "instr")) is not None
        if name in ("fldChar", "instrText"):
            self._read(value(element, "fldCharType"), element.text or "")
            return True
        return name in _WORDS and any(
            not has_result or _PAGE_FIELD.match(said) for said, has_result in self._open
        )

    def _read(self, kind: str, instruction: str) -> None:
        if kind == "begin":
            self._open.append(("", False))
        elif self._open and kind == "end":
            self._open.pop()
        elif self._open:
            said, has_result = self._open[-1]
            self._open[-1] = (said + instruction, has_result or kind == "separate")


class _Reader:
    def __init__(self, archive: ZipArchive, marks: CommentMarks | None = None) -> None:
        """With `marks` the words have them where comments begin and end."""
        self._archive = archive
        self._marks = marks
        self._main = _main_part(archive)
        folder, name = split(self._main)
        kinds = ("styles", "numbering", "footnotes", "endnotes", "comments", "commentsExtended")
        self._parts = {kind: join(folder, f"{kind}.xml") for kind in kinds}
        said = _relations(archive, join(folder, "_rels", f"{name}.rels"), folder)
        self._parts.update((kind, target) for kind, target in said if kind in kinds)
        self._styles = WordStyles(archive, self._parts["styles"])
        self._numbering = Numbering.of(archive, self._parts["numbering"])
        self._calls: list[tuple[str, str]] = []
        """The member that holds each note, and its id, in the order in which the text calls them."""
        self._numbers: dict[tuple[str, str], str] = {}
        self._boxes: list[Element] = []
        """Text boxes in the paragraph that is being read."""
        self._fields = _Fields()
        self._list: object = None
        self.chunks = 0
        """Documents of other formats in it, once all was read."""
        self._carried = ""
        """Words of paragraphs that go on in the next one: their mark was deleted, or they are its initial."""

    def blocks(self) -> Iterator[Block]:
        """The blocks of the text, then those of its notes."""
        for body in self._archive.xml(self._main):
            if name_of(body) == "body":
                yield from self._blocks(body)
                yield from self._rest()
        yield from self._noted()

    def comments(self) -> list[Comment]:
        """The comments of the document, in its order."""
        member = self._parts["comments"]
        if member not in self._archive:
            return []
        elements = [one for one in self._archive.xml(member) if name_of(one) == "comment"]
        ids = {
            value(each, "paraId"): value(one, "id")
            for one in elements
            for each in one.iter()
            if name_of(each) == "p"
        }
        answers = self._answers(ids)
        return [
            Comment(
                value(one, "id"),
                value(one, "author"),
                value(one, "date"),
                tuple(self._said(one)),
                answers.get(value(one, "id"), ""),
            )
            for one in elements
        ]

    def _said(self, comment: Element) -> Iterator[str]:
        """The words of each paragraph of a comment."""
        for one in comment.iter():
            if name_of(one) == "p":
                yield from (line.strip() for line in bare("".join(self._words(one))).split("\n"))

    def _answers(self, ids: Mapping[str, str]) -> dict[str, str]:
        """Which comment answers which, by their ids; `ids` are those of comments by the paragraphs in them."""
        member = self._parts["commentsExtended"]
        said = self._archive.xml(member) if member in self._archive else ()
        pairs = ((ids.get(value(one, "paraId")), ids.get(value(one, "paraIdParent"))) for one in said)
        return {id: above for id, above in pairs if id and above and id != above}

    def _blocks(self, parent: Element) -> Iterator[Block]:
        for element in parent:
            name = name_of(element)
            if name == "p":
                yield from self._paragraph(element)
            elif name == "tbl":
                self._list = None
                yield from self._table(element)
            elif name == "altChunk":
                self.chunks += 1
            elif name in _COMMENT_MARKS:
                self._carried += self._mark(name, value(element, "id"))
            elif name not in _SKIPPED:
                yield from self._blocks(element)

    def _paragraph(self, element: Element) -> Iterator[Block]:
        look = child(element, "pPr")
        hidden = bool(self._styles.hides(value(child(look, "pStyle"))))
        self._fields = _Fields()
        words = self._carried + "".join(self._words(element, hidden=hidden))
        if self._marks is not None:
            words = self._marks.paragraph(self._styles.names(value(child(look, "pStyle"))), words)
        boxes, self._boxes = self._boxes, []
        if _goes_on(look):
            self._carried = words
        else:
            self._carried = ""
            if bare(words).strip():
                yield self._shaped(lines_of(words), look)
            else:
                self._carried = marks_alone(words)
        for box in boxes:
            yield from self._blocks(box)

    def _rest(self) -> Iterator[Block]:
        """What was to go on in a paragraph that does not come."""
        if bare(self._carried).strip():
            words, self._carried = self._carried, ""
            yield Block(lines_of(words))

    def _shaped(self, lines: list[str], look: Element | None) -> Block:
        """The lines as what the paragraph's style says that they are."""
        style = value(child(look, "pStyle"))
        names = self._styles.names(style)
        level = next(
            (int(found[1]) for name in names if (found := _HEADING.match(name))), int("title" in names)
        )
        if (TEXT_TITLE in names or ORPHANS in names) and (
            outline := value(child(look, "outlineLvl"))
        ) in _OUTLINE:
            level = int(outline) + 1
        numbered = child(look, "numPr")
        if numbered is None:
            numbered = self._styles.numbered(style)
        mark, depth = self._numbering.next_mark(numbered, style) if numbered is not None else ("", 1)
        if level:
            self._list = None
            if mark and mark != "-":
                lines = [f"{mark} {lines[0]}", *lines[1:]]
            return Block(lines, BlockKind.HEADING, level=level)
        if mark:
            self._list = self._list or object()
            return Block(lines, BlockKind.ITEM, depth, mark, group=self._list)
        self._list = None
        return Block(lines, quoted=int(any(map(_QUOTE.search, names))))

    def _words(self, parent: Element, *, hidden: bool = False, font: str = "") -> Iterator[str]:
        """The words of a paragraph; newlines only where a line is broken by hand.

        `hidden` is what its style says where a run does not; `font` is the one that its run is set in.
        """
        for element in parent:
            name = name_of(element)
            if hidden and name not in (
                "r",
                "ins",
                "moveTo",
                "hyperlink",
                "smartTag",
                "sdt",
                "sdtContent",
                "fldSimple",
                *_COMMENT_MARKS,
            ):
                continue
            if self._fields.take(element, name):
                continue
            if name == "t":
                yield in_font(_SPACE.sub(" ", element.text or ""), font)
            elif name == "br" or name in _BREAKS:
                yield _BREAKS.get(name) or _break(element)
            elif name == "sym":
                yield _symbol(element)
            elif name in _COMMENT_MARKS:
                yield self._mark(name, value(element, "id"))
            elif name in _NOTES:
                yield self._call((self._parts[_NOTES[name]], value(element, "id")))
            elif name == "txbxContent":
                self._boxes.append(element)
            elif (formula := office_formula(element)) is not None:
                yield formula
            elif name == "r":
                yield from self._run(element, self._is_hidden(element, hidden))
            elif name not in _SKIPPED:
                yield from self._words(element, hidden=hidden, font=font)

    def _run(self, run: Element, hidden: bool) -> Iterator[str]:
        """The words of a run, as they are set."""
        fonts = child(run, "rPr", "rFonts")
        words = self._words(run, hidden=hidden, font=value(fonts, "ascii") or value(fonts, "hAnsi"))
        height = value(child(run, "rPr", "vertAlign")) or self._styles.height(
            value(child(run, "rPr", "rStyle"))
        )
        return map(superscript, words) if height == "superscript" else words

    def _mark(self, name: str, id: str) -> str:
        """What marks the beginning or the end of a comment, or the place of one that has none."""
        if self._marks is None:
            return ""
        if name == "commentReference":
            return self._marks.at(id)
        return self._marks.begin(id) if name == "commentRangeStart" else self._marks.end(id)

    def _is_hidden(self, run: Element, inherited: bool) -> bool:
        """Whether a run is hidden: it says so itself, or its style does, or its paragraph's."""
        own = is_on(child(run, "rPr", "vanish"))
        if own is None:
            own = self._styles.hides(value(child(run, "rPr", "rStyle")))
        return inherited if own is None else own

    def _call(self, note: tuple[str, str]) -> str:
        """The number of a note, which then stands at the end of the text."""
        if note not in self._numbers:
            self._calls.append(note)
            self._numbers[note] = str(len(self._calls)).translate(RAISED)
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
                yield Block([CELLS.join(words)], BlockKind.ROW, group=group)

    def _noted(self) -> Iterator[Block]:
        """The notes that the text calls, each with its number; a note may call others."""
        members: dict[str, dict[str, Element]] = {}
        for member, id in self._calls:  # which grows on the way where a note calls another
            if member not in members:
                root = self._archive.xml(member) if member in self._archive else ()
                members[member] = {value(one, "id"): one for one in root}
            note = members[member].get(id)
            raised = f"{self._carried}{self._numbers[member, id]} "
            self._carried = ""
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


def _goes_on(look: Element | None) -> bool:
    """Whether a paragraph goes on in the next: its mark was deleted or moved away, or it is a large initial."""
    mark = child(look, "rPr")
    frame = child(look, "framePr")
    dropped = value(frame, "dropCap") in ("drop", "margin")
    return dropped or child(mark, "del") is not None or child(mark, "moveFrom") is not None


def _break(element: Element) -> str:
    """What a `w:br` is in a text: a new line, or a blank where it breaks a page or a column."""
    return "\n" if value(element, "type") in ("", "textWrapping") else " "


def _symbol(element: Element) -> str:
    """The character of a `w:sym`."""
    try:
        return symbol(value(element, "font"), int(value(element, "char")[:8], 16))
    except ValueError:
        return ""
