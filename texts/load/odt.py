"""OpenDocument text (ODT), as LibreOffice writes it: paragraphs as they are read, notes at the end."""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Iterator
from posixpath import normpath
from typing import TYPE_CHECKING

from texts.lazy_pattern import lazy_pattern
from texts.load.archive import ZipArchive, parse_xml
from texts.load.blocks import CELLS, Block, BlockKind, body_of_blocks
from texts.load.comments import Comment, Commented, CommentMarks, bare, lines_of, marks_alone
from texts.load.document import UTF_16_MARKS, Document, File, LoadError, comments_left_out
from texts.load.formulas import RAISED, superscript
from texts.load.markup import page_of
from texts.load.odtstyles import OUTLINE, OdtStyles
from texts.load.symbols import in_font
from texts.load.wordstyles import child, name_of, number, value

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_SKIPPED = frozenset(
    ("tracked-changes", "annotation", "annotation-end", "ruby-text", "hidden-text", "sequence-decls", "forms",
     "table-of-content", "note-citation", "image", "desc", "title", "soft-page-break", "bookmark", "tab-stop",
     "page-number", "page-count")
)  # fmt: skip
_BLOCKS = frozenset(("p", "h", "list", "table"))
"""What has paragraphs of its own inside a paragraph is a frame or a shape in it."""
_MOST_SPACES = 1_000
_SPACE = lazy_pattern(r"[ \t\r\n]+")
_MATH = lazy_pattern(r"\A(?:\s|<[!?][^>]*>)*<(?:\w+:)?math\b")
"""A document of MathML, which is what a formula is kept as."""


def read(file: File) -> Document:
    """The document in an ODT, or in a flat one (FODT); raises LoadError, also where it is damaged or hostile."""
    is_flat = file.data.startswith(UTF_16_MARKS) or file.data.removeprefix(BOM_UTF8).lstrip().startswith(b"<")
    archive = None if is_flat else ZipArchive(file.data, file.name)
    if archive is None:
        content = parse_xml(file.data, file.name)
        parts, meta = [content], child(content, "meta")
        if child(content, "body", "text") is None:
            raise LoadError(
                f"{file.name} is an OpenDocument file, but no text: save it as .odt or plain text"
            )
    else:
        content, meta = archive.xml("content.xml"), _optional(archive, "meta.xml")
        parts = _styled_parts(archive, content)
    body = body_of_blocks(_Reader(OdtStyles.of(parts), archive).blocks(content), file.name)
    comments = sum(name_of(one) == "annotation" for one in content.iter())
    return Document(body, *_said(meta), remarks=comments_left_out(comments))


def read_commented(file: File) -> Commented:
    """The same with its comments."""
    archive = ZipArchive(file.data, file.name)
    content = archive.xml("content.xml")
    styles, marks = OdtStyles.of(_styled_parts(archive, content)), CommentMarks()
    blocks = _Reader(styles, archive, marks).blocks(content)
    annotations = [one for one in content.iter() if name_of(one) == "annotation"]
    core = _said(_optional(archive, "meta.xml"))
    return marks.commented(blocks, file.name, core, lambda: (_comment(one, styles) for one in annotations))


def _comment(annotation: Element, styles: OdtStyles) -> Comment:
    said = {name_of(one): "".join(one.itertext()).strip() for one in annotation}
    paragraphs = [one for one in annotation.iter() if name_of(one) == "p"]
    return Comment(
        _id(annotation),
        said.get("creator", ""),
        said.get("date", ""),
        tuple(line.strip() for one in paragraphs for line in "".join(_Reader(styles).words(one)).split("\n")),
        value(annotation, "parent-name"),
    )


def _id(annotation: Element) -> str:
    """The name of an annotation; in this reading also that of one without a name."""
    return value(annotation, "name") or f"unnamed {id(annotation)}"


def _styled_parts(archive: ZipArchive, content: Element) -> list[Element]:
    """The parts of a document that hold styles, in the order in which they count."""
    styles = _optional(archive, "styles.xml")
    return [content] if styles is None else [styles, content]


def _optional(archive: ZipArchive, member: str) -> Element | None:
    return archive.xml(member) if member in archive else None


def _said(meta: Element | None) -> tuple[str, str]:
    """Title and author as the document keeps them."""
    said = {} if meta is None else {name_of(one): "".join(one.itertext()).strip() for one in meta.iter()}
    return said.get("title", ""), said.get("creator", "") or said.get("initial-creator", "")


class _Reader:
    def __init__(
        self, styles: OdtStyles, archive: ZipArchive | None = None, marks: CommentMarks | None = None
    ) -> None:
        """With `marks` the words have them where comments begin and end; `archive` has the formulas."""
        self._styles = styles
        self._archive = archive
        self._ending: frozenset[str] = frozenset()
        """The names of comments that end somewhere."""
        self._marks = marks
        self._carried = ""
        """Marks that no words have followed yet."""
        self._notes: list[Element] = []
        self._boxes: list[Element] = []
        """What stands in frames and shapes of the paragraph that is read: it comes after it."""
        self._lists: dict[str, str] = {}
        """The style of each list that has an id, so that another can go on where it ends."""

    def blocks(self, content: Element) -> Iterator[Block]:
        """The blocks of the text, then those of its notes."""
        if self._marks is not None:
            ends = (one for one in content.iter() if name_of(one) == "annotation-end")
            self._ending = frozenset(map(_id, ends))
        text = child(content, "body", "text")
        if text is not None:
            yield from self._blocks(text)
        for count, note in enumerate(self._notes, 1):  # which grows where a note calls another
            raised = f"{self._carried}{str(count).translate(RAISED)} "
            self._carried = ""
            for block in self._blocks(note):
                first, *others = block.lines
                yield Block([raised + first, *others])
                raised = ""

    def _blocks(self, parent: Element) -> Iterator[Block]:
        for element in parent:
            name = name_of(element)
            if name == "h":
                yield self._heading(element)
                yield from self._boxed()
            elif name == "p":
                quoted = int(self._styles.is_quotation(value(element, "style-name")))
                yield Block(self._lines(element), quoted=quoted)
                yield from self._boxed()
            elif name == "list":
                yield from self._items(element, 1, object(), self._begun(element))
            elif name == "table":
                yield from self._rows(element)
            elif name not in _SKIPPED and not self._is_hidden(element):
                yield from self._blocks(element)

    def _boxed(self) -> Iterator[Block]:
        """What stands in frames and shapes of the paragraph before."""
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            yield from self._blocks(box)

    def _heading(self, element: Element, mark: str = "") -> Block:
        """A heading with its number: that of the outline, unless it stands in a list."""
        level = number(element, 1, "outline-level")
        lines = self._lines(element)
        if not mark and value(element, "is-list-header") != "true" and any(lines):
            anew = "1" if value(element, "restart-numbering") == "true" else ""
            mark = self._styles.next_mark(OUTLINE, level, _count(value(element, "start-value", default=anew)))
        return Block([f"{mark} {lines[0]}".lstrip(), *lines[1:]], BlockKind.HEADING, level)

    def _begun(self, element: Element) -> str:
        """The style of a list, which counts anew unless it goes on where another ends."""
        continued = value(element, "continue-list")
        style = value(element, "style-name") or self._lists.get(continued, "")
        if value(element, "continue-numbering") != "true" and not continued:
            self._styles.restart(style, 1)
        if id := value(element, "id"):
            self._lists[id] = style
        return style

    def _items(self, parent: Element, level: int, group: object, style: str) -> Iterator[Block]:
        """The items of a list, each with its number or a dash; a list without a style has that of the one around it."""
        for item in parent:
            mark = ""
            is_first = name_of(item) == "list-item"
            for element in item:
                name = name_of(element)
                if name == "list":
                    yield from self._items(element, level + 1, group, value(element, "style-name") or style)
                elif name in ("p", "h"):
                    if is_first:
                        mark = self._styles.next_mark(style, level, _count(value(item, "start-value")))
                    if name == "h":
                        yield self._heading(element, mark if mark != "-" else "")
                    else:
                        yield Block(self._lines(element), BlockKind.ITEM, level, mark, group=group)
                    yield from self._boxed()
                    mark, is_first = "", False

    def _rows(self, table: Element) -> Iterator[Block]:
        group = object()
        for row in (one for one in table.iter() if name_of(one) == "table-row"):
            cells = [list(self._blocks(cell)) for cell in row if name_of(cell) == "table-cell"]
            words = [" ".join(line.strip() for block in cell for line in block.lines) for cell in cells]
            if any(map(str.strip, words)):
                yield Block([CELLS.join(words)], BlockKind.ROW, group=group)

    def _mark(self, name: str, element: Element) -> str:
        """What marks the beginning or the end of a comment, or the place of one that no end names."""
        if self._marks is None:
            return ""
        id = _id(element)
        if name == "annotation-end":
            return self._marks.end(id)
        return self._marks.begin(id) if id in self._ending else self._marks.at(id)

    def _is_hidden(self, element: Element) -> bool:
        said = value(element, "display") == "none" or value(element, "is-hidden") == "true"
        return said or self._styles.hides(value(element, "style-name"))

    def _lines(self, paragraph: Element) -> list[str]:
        words = self._carried + "".join(self.words(paragraph))
        if self._marks is not None:
            words = self._marks.paragraph(self._styles.names(value(paragraph, "style-name")), words)
        self._carried = "" if bare(words).strip() else marks_alone(words)
        return lines_of(words) or [""]

    def words(self, parent: Element, font: str = "") -> Iterator[str]:
        """The words of a paragraph; newlines only where a line is broken by hand.

        `font` is the one that what it stands in is set in.
        """
        font = self._styles.font(value(parent, "style-name")) or font
        is_drawn = name_of(parent) == "frame"  # what stands around its parts is no text
        if not is_drawn:
            yield in_font(_flat(parent.text), font)
        for element in parent:
            name = name_of(element)
            if name == "s":
                yield " " * min(number(element, 1, "c"), _MOST_SPACES)
            elif name == "tab":
                yield " "
            elif name == "line-break":
                yield "\n"
            elif name in ("annotation", "annotation-end"):
                yield self._mark(name, element)
            elif name == "note":
                body = child(element, "note-body")
                if body is not None:
                    self._notes.append(body)
                    yield str(len(self._notes)).translate(RAISED)
            elif name == "object":
                yield self._formula(element)
            elif any(name_of(part) in _BLOCKS for part in element):
                self._boxes += () if self._is_hidden(element) else (element,)
            elif name not in _SKIPPED and not self._is_hidden(element):
                words = self.words(element, font)
                yield from (
                    map(superscript, words) if self._styles.raises(value(element, "style-name")) else words
                )
            if not is_drawn:
                yield in_font(_flat(element.tail), font)

    def _formula(self, element: Element) -> str:
        """A formula on one line; nothing for another object, such as a chart."""
        path = f"{normpath(value(element, 'href'))}/content.xml"
        math = child(element, "math")
        if math is not None:
            from xml.etree.ElementTree import tostring

            source = tostring(math, "unicode")
        elif self._archive is not None and path in self._archive:
            source = self._archive.read(path).decode("utf-8", "replace")
        else:
            return ""
        if not _MATH.match(source):
            return ""
        page = page_of(source, "a formula")
        return " ".join(line for block in page.blocks for line in block.lines)


def _count(said: str) -> int | None:
    """A number that an item says of itself."""
    return int(said) if said.isascii() and said.isdigit() and len(said) < 7 else None


def _flat(words: str | None) -> str:
    """Words with each run of white space as one blank."""
    return _SPACE.sub(" ", words) if words else ""
