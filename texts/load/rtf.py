"""RTF: the words of a document with its paragraphs; fonts, pictures and what a program keeps for itself left behind.

By the Rich Text Format specification 1.9.1. (striprtf, BSD, was tried: it leaves lone surrogates, and puts notes in the
middle of sentences.)
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from texts.load.blocks import CELLS, Block, BlockKind, body_of_blocks
from texts.load.document import Document, File, LoadError
from texts.load.formulas import RAISED, superscript
from texts.load.symbols import set_in_font

_TOKEN = re.compile(
    rb"\\([a-z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-f]{2})|\\([^a-z0-9])|([{}])|[\r\n]+|([^\\{}\r\n]+)",
    re.IGNORECASE,
)
_DROPPED = frozenset(
    ("fonttbl", "colortbl", "stylesheet", "pict", "object", "header", "headerl", "headerr", "headerf", "footer",
     "footerl", "footerr", "footerf", "fldinst", "listtable", "listoverridetable", "rsidtbl", "generator", "datastore",
     "themedata", "xmlnstbl", "latentstyles", "nonshppict", "annotation", "atnid", "atnauthor", "comment", "operator",
     "company", "revtbl", "bkmkstart", "bkmkend", "tc", "xe", "filetbl", "keywords", "subject", "doccomm", "category",
     "manager", "sp")
)  # fmt: skip
_DESTINATIONS = frozenset(("footnote", "shp", "shpinst", "shprslt", "shptxt", "ud", "upr"))
"""Groups that are read, but for those in what is not."""
_READ_WHATEVER_MARK = frozenset(("footnote", "shpinst", "ud"))
"""What is read although a mark says that old programs shall leave it out: LibreOffice marks notes, Word shapes."""
_SIGNS = {
    "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•",
    "tab": " ", "emspace": " ", "enspace": " ", "line": "\n", "softline": "\n", "lbr": "\n",
}  # fmt: skip
_ESCAPED = {"~": "\u00a0", "_": "‑", "-": "", "\\": "\\", "{": "{", "}": "}"}
_CHARSETS = {
    0: "cp1252", 1: "", 77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gb18030", 136: "cp950",
    161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251",
    222: "cp874", 238: "cp1250", 254: "cp437", 255: "cp850",
}  # fmt: skip
"""The encoding of bytes that are set in a font, by its charset; empty for that of the document."""
_DOCUMENT_CHARSETS = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}
_HEIGHTS = ("super", "sub", "nosupersub")
_DEEPEST = 500
_BULLET = "\uf0b7"
"""As programs write the one of the font Symbol, also before paragraphs that are set in another."""


@dataclass(slots=True)
class _State:
    """What holds inside a group."""

    dropped: bool = False
    hidden: bool = False
    skip: int = 1
    """Characters of older programs that follow each one of Unicode."""
    encoding: str = ""
    font: int = -1
    """The number of the font in the table of fonts; -1 for the one that nobody chose."""
    info: str = ""
    """`title` or `author`, while that is said."""
    in_fonts: bool = False
    is_raised: bool = False
    in_cell: bool = False
    """Whether its paragraphs are those of a cell."""
    has_unicode: bool = False
    """Whether what it says comes twice, first for programs without Unicode."""
    has_box: bool = False
    """Whether the words of its shape were read."""
    ends_flow: bool = False


@dataclass(slots=True)
class _Paragraph:
    words: list[str] = field(default_factory=list)
    level: int = 0
    """Of a heading, from 1; 0 for none."""


@dataclass(slots=True)
class _Flow:
    """Paragraphs that follow each other: those of the text, of a note, of a text box."""

    blocks: list[Block] = field(default_factory=list)
    paragraph: _Paragraph = field(default_factory=_Paragraph)
    boxes: list[_Flow] = field(default_factory=list)
    """Those in the paragraph that is being read; they come after it."""
    cell: list[Block] = field(default_factory=list)
    """The paragraphs of a cell that goes on."""
    cells: list[str] = field(default_factory=list)
    """Of a row that goes on."""
    rows: object = None
    """The table that was read last, while nothing stands below it."""

    def end_paragraph(self, *, in_cell: bool = False) -> None:
        """Ends the paragraph, if it has words."""
        words, level = "".join(self.paragraph.words), self.paragraph.level
        self.paragraph = _Paragraph(level=level)
        if words.strip():
            lines = [" ".join(line.split()) for line in words.split("\n")]
            self.cell.append(Block(lines, BlockKind.HEADING, level) if level else Block(lines))
        if not in_cell:
            self._end_table()

    def _end_table(self) -> None:
        """Takes paragraphs that stand in no cell, and what a row without an end left."""
        if self.cells:
            if self.cell or self.boxes:
                self.end_cell()
            self.end_row()
        self._take(self.cell)
        self.cell = []
        for box in self.boxes:
            self._take(box.blocks)
        self.boxes = []

    def _take(self, blocks: list[Block]) -> None:
        if blocks:
            self.rows = None
            self.blocks += blocks

    def end_cell(self) -> None:
        """Ends a cell, whose paragraphs stand on one line."""
        self.end_paragraph(in_cell=True)
        for box in self.boxes:
            self.cell += box.blocks
        self.cells.append(" ".join(" ".join(line for block in self.cell for line in block.lines).split()))
        self.paragraph, self.cell, self.boxes = _Paragraph(), [], []

    def end_row(self) -> None:
        """Ends a row, which is none where its cells have no words."""
        self.rows = self.rows or object()
        if any(self.cells):
            self.blocks.append(Block([CELLS.join(self.cells)], BlockKind.ROW, group=self.rows))
        self.cells = []


def read(file: File) -> Document:
    """The document in an RTF; raises LoadError."""
    reader = _Reader(file.name)
    reader.feed(file.data)
    body = body_of_blocks(reader.blocks(), file.name)
    said = {key: " ".join("".join(words).split()) for key, words in reader.info.items()}
    return Document(body, said.get("title", ""), said.get("author", ""), remarks=_left_out(reader.comments))


def _left_out(comments: int) -> tuple[str, ...]:
    if not comments:
        return ()
    these = "1 comment" if comments == 1 else f"{comments:,} comments"
    return (f"{these} left out: saved as .docx or .odt, `tui import` takes them as highlights",)


class _Reader:
    def __init__(self, name: str) -> None:
        self._name = name
        self._states = [_State()]
        self._encoding = "cp1252"
        self._fonts: dict[int, str] = {}
        self._font_names: dict[int, str] = {}
        self._font = 0
        self._default_font = -1
        self._bytes = bytearray()
        self._skip = 0
        self._surrogate = 0
        self._flow = _Flow()
        self._outer: list[_Flow] = []
        self._notes: list[_Flow] = []
        self.info: dict[str, list[str]] = {}
        self.comments = 0
        """Remarks of others beside the text."""

    def blocks(self) -> Iterator[Block]:
        """The blocks of the text, then its notes; once all was fed."""
        self._flow.end_paragraph()
        yield from self._flow.blocks
        for count, note in enumerate(self._notes, 1):
            raised = f"{str(count).translate(RAISED)} "
            for block in note.blocks:
                yield Block([raised + block.lines[0].strip(), *block.lines[1:]])
                raised = ""

    def feed(self, data: bytes) -> None:
        """Reads all of the file."""
        for found in _TOKEN.finditer(data):
            word, argument, code, escaped, brace, plain = found.groups()
            if word is not None:
                self._flush()
                self._control(word.decode().lower(), None if argument is None else int(argument))
            elif code is not None:
                self._take(bytes([int(code, 16)]))
            elif escaped is not None:
                self._flush()
                self._escape(escaped.decode("latin-1"))
            elif brace == b"{":
                self._flush()
                self._open()
            elif brace == b"}":
                self._flush()
                self._close()
            elif plain is not None:
                self._take(plain)
        self._flush()
        while len(self._states) > 1:  # of a file that was cut off
            self._close()

    def _open(self) -> None:
        if len(self._states) > _DEEPEST:
            raise LoadError(f"{self._name} is nested too deep: more than {_DEEPEST} groups")
        now = self._states[-1]
        inner = replace(now, has_unicode=False, ends_flow=False)
        inner.dropped = now.dropped or now.has_unicode
        self._states.append(inner)

    def _close(self) -> None:
        if len(self._states) > 1 and self._states.pop().ends_flow:
            self._flow.end_paragraph()
            self._flow = self._outer.pop()

    def _take(self, data: bytes) -> None:
        """Bytes in the encoding of the font; those that only stand for a character of Unicode are left out."""
        skipped = min(self._skip, len(data))
        self._skip -= skipped
        self._bytes += data[skipped:]

    def _flush(self) -> None:
        """Decodes the bytes that have come."""
        if self._bytes:
            encoding = self._states[-1].encoding or self._encoding
            words = self._bytes.decode(encoding, "replace")
            self._bytes.clear()
            self._write(words)

    def _write(self, words: str) -> None:
        state = self._states[-1]
        if state.dropped and not state.in_fonts:
            return
        if state.info:
            self.info.setdefault(state.info, []).append(words)
        elif state.in_fonts:
            self._font_names[self._font] = self._font_names.get(self._font, "") + words
        elif not state.hidden:
            font = self._font_names.get(state.font, "").rstrip("; ")
            words = set_in_font(words, font).replace(_BULLET, "•")
            self._flow.paragraph.words.append(superscript(words) if state.is_raised else words)

    def _escape(self, sign: str) -> None:
        if sign == "*":
            self._states[-1].dropped = True
        elif sign in "\r\n":
            self._end_paragraph()
        elif sign in _ESCAPED:
            self._write(_ESCAPED[sign])

    def _control(self, word: str, argument: int | None) -> None:
        state = self._states[-1]
        if word == "u" and argument is not None:
            self._unicode(argument % 0x10000)
        elif word in _SIGNS:
            self._write(_SIGNS[word])
        elif word in ("par", "sect", "page") and not state.dropped:
            self._end_paragraph()
        elif word in ("cell", "row", "pard", "intbl") and not state.dropped:
            self._table(word)
        elif word in _DESTINATIONS:
            self._begin_destination(word)
        elif word == "outlinelevel" and argument is not None and argument < 9:
            self._flow.paragraph.level = argument + 1
        elif word in ("title", "author"):
            state.info = word if len(self._states) > 2 else ""
        elif word in ("v", "deleted"):
            state.hidden = argument != 0
        elif word in _HEIGHTS:
            state.is_raised = word == "super" and argument != 0
        elif word in _DROPPED:
            self.comments += word == "annotation"
            state.dropped, state.in_fonts = True, word == "fonttbl"
        else:
            self._encodings(word, argument)

    def _encodings(self, word: str, argument: int | None) -> None:
        state = self._states[-1]
        if word == "uc" and argument is not None:
            state.skip = max(0, min(argument, 10))
        elif word == "ansicpg" and argument:
            self._encoding = _known(f"cp{argument}") or self._encoding
        elif word in _DOCUMENT_CHARSETS:
            self._encoding = _DOCUMENT_CHARSETS[word]
        elif word == "deff" and argument is not None:
            self._default_font = argument
        elif word == "plain":
            state.font, state.encoding = -1, self._fonts.get(self._default_font, "")
            state.is_raised = False
        elif word == "f" and argument is not None:
            self._font = argument
            if not state.in_fonts:
                state.font = argument
                state.encoding = self._fonts.get(argument, "")
        elif word == "fcharset" and state.in_fonts and argument in _CHARSETS:
            self._fonts.setdefault(self._font, _CHARSETS[argument])
        elif word == "cpg" and state.in_fonts:  # goes before the charset
            self._fonts[self._font] = _known(f"cp{argument}") or self._fonts.get(self._font, "")

    def _unicode(self, code: int) -> None:
        """A unit of UTF-16; two of them may be one character."""
        self._skip = self._states[-1].skip
        if 0xD800 <= code < 0xDC00:
            self._surrogate = code
        elif 0xDC00 <= code < 0xE000:
            high, self._surrogate = self._surrogate, 0
            self._write(chr(0x10000 + ((high - 0xD800) << 10) + code - 0xDC00) if high else "\ufffd")
        else:
            self._write(chr(code))

    def _end_paragraph(self) -> None:
        self._flow.end_paragraph(in_cell=self._states[-1].in_cell or bool(self._flow.cells))

    def _begin_destination(self, word: str) -> None:
        state = self._states[-1]
        if word in _READ_WHATEVER_MARK:
            state.dropped = any(around.dropped for around in self._states[-2:-1])
        if state.dropped or state.ends_flow:
            return
        if word == "footnote":  # its number stands where it is called
            self._flow.paragraph.words.append(str(len(self._notes) + 1).translate(RAISED))
            self._notes.append(self._begin_flow())
        elif word == "shp":
            state.has_box = False
        elif word == "shprslt" and state.has_box:  # the shape once more, for old programs
            state.dropped = True
        elif word in ("shptxt", "shprslt"):
            self._flow.boxes.append(self._begin_flow())
            for around in self._states:
                around.has_box = True
        state.has_unicode = word == "upr"

    def _begin_flow(self) -> _Flow:
        """A flow of which all is that follows in this group."""
        self._outer.append(self._flow)
        self._flow = _Flow()
        self._states[-1].ends_flow, self._states[-1].in_cell = True, False
        return self._flow

    def _table(self, word: str) -> None:
        if word == "cell":
            self._flow.end_cell()
        elif word == "row":
            self._flow.end_row()
        else:
            self._states[-1].in_cell = word == "intbl"
            if word == "pard":
                self._flow.paragraph.level = 0


def _known(encoding: str) -> str:
    try:
        return codecs.lookup(encoding).name
    except LookupError:
        return ""
