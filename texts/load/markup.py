"""A page of HTML or XHTML becomes blocks: its paragraphs with their shape, everything else left behind.

Python's own parser reads both, as forgiving as a browser: it knows the entities of HTML by name, and neither
loads anything nor follows a DTD. It is never told that the page ends, for what it does then with tags and
comments that stay open takes a time that grows with the square of their number.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from itertools import groupby, pairwise

from texts.load.blocks import CELLS, Block, Kind
from texts.load.document import LoadError


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


_HIDDEN = _names(
    "audio button canvas datalist head iframe map noscript object rp rt script select style svg template"
    " textarea title video"
)
"""Elements whose words are no part of what the page says; those of the head are read on their own."""
_BLOCKS = _names(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption"
    " figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre search section"
    " summary table tbody td tfoot th thead tr ul"
)
_ENDLESS = frozenset(("p", "li", "dt", "dd", "td", "th", "hr"))
"""Blocks that mostly go unclosed; where the next one begins, they end."""
_INLINE = frozenset(("q", "sup"))
_LISTS = frozenset(("ul", "ol", "menu", "dir"))
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_STANZA = re.compile(r"\b(?:stanza|line-?group|verse-?group)\b", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\n\r\f]+")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")

MOST_TAGS = 1_000_000
"""A novel has a few thousand; a million take seconds."""

_DEEPEST = 500
"""Elements inside each other; the shape of what is deeper is not looked at, its words are."""
_CELL_MOST = 300
"""A table whose cells have more characters only lays out a page."""


@dataclass(slots=True)
class Page:
    """What a page holds."""

    blocks: list[Block] = field(default_factory=list)
    title: str = ""
    """The words of its `<title>`."""
    meta: dict[str, str] = field(default_factory=dict)
    """The contents of its `<meta>` elements by name or property, in lower case; the first one counts."""
    canonical: str = ""
    """The address that it calls its own."""


@dataclass(slots=True)
class _Open:
    """An element that is open."""

    tag: str
    is_stanza: bool = False


@dataclass(slots=True)
class _List:
    """A list that is open."""

    number: int | None
    """Of its next item; None where items are not numbered."""


@dataclass(slots=True)
class _Row:
    """A row of a table that is open: how many blocks there were before each of its cells."""

    table: object
    cells: list[int] = field(default_factory=list)


def page_of(source: str, name: str) -> Page:
    """The blocks of a page and what its head says; any string can be read, short of `MOST_TAGS`."""
    check_tags(source.count("<"), name)
    reader = _Reader()
    reader.feed(source.replace("\r\n", "\n").replace("\r", "\n"))
    return reader.finish()


def check_tags(count: int, name: str) -> None:
    """Raises LoadError for more tags than `MOST_TAGS`. `name` is for messages."""
    if count > MOST_TAGS:
        raise LoadError(f"{name} is made of more tags than a text has: {count:,}")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._page = Page()
        self._open: list[_Open] = []
        self._count: Counter[str] = Counter()
        """How many of each are open."""
        self._stanzas = 0
        self._hidden = 0
        self._words: list[str] = []
        """Of the paragraph that is being read; a line that must end ends in a newline."""
        self._title: list[str] = []
        self._heading = 0
        self._mark = ""
        self._lists: list[_List] = []
        self._rows: list[_Row] = []
        self._tables: list[object] = []

    def finish(self) -> Page:
        """The page, once all of it was fed."""
        if not self.rawdata.startswith("<"):  # a tag that never ends is none
            self.handle_data(unescape(self.rawdata))
        while self._open:
            self._leave()
        self._flush()
        self._page.title = " ".join("".join(self._title).split())
        return self._page

    # what the parser finds

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        tag = tag.rpartition(":")[2]
        if tag == "br":
            self._words.append("\n")
        elif tag == "meta":
            said = dict(attrs)
            key = said.get("name") or said.get("property") or ""
            self._page.meta.setdefault(key.lower(), said.get("content") or "")
        elif tag == "link":
            said = dict(attrs)
            if (said.get("rel") or "").lower() == "canonical":
                self._page.canonical = said.get("href") or ""
        elif tag in _BLOCKS:
            self._begin(tag, dict(attrs).get("class") or "", _number(dict(attrs).get("start")))
        elif tag in _HIDDEN or tag in _INLINE:
            self._words.append("“" if tag == "q" else "")
            self._enter(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        tag = tag.rpartition(":")[2]
        if tag in _ENDLESS:
            self._break()
        elif self._count[tag]:
            while self._leave() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1].tag == "title":
            if not self._count["svg"]:
                self._title.append(data)
        elif not self._hidden:
            if self._count["sup"] and data.isdecimal():
                data = data.translate(_RAISED)
            self._words.append(data if self._count["pre"] else _SPACE.sub(" ", data))

    def unknown_decl(self, data: str) -> None:
        if data.startswith("CDATA["):
            self.handle_data(data[6:])

    # elements

    def _begin(self, tag: str, names: str, start: int | None) -> None:
        while self._count["head"]:  # which nobody closed
            self._leave()
        if tag == "tr" and self._rows and self._tables and self._rows[-1].table is self._tables[-1]:
            self.handle_endtag("tr")  # which nobody closed
        self._break()
        self._heading = _HEADINGS.get(tag, 0)
        if tag == "li":
            self._mark = self._next_mark()
        elif tag in ("td", "th") and self._rows:
            self._rows[-1].cells.append(len(self._page.blocks))
        elif tag not in _ENDLESS:
            self._enter(tag, start, is_stanza=bool(_STANZA.search(names)))

    def _enter(self, tag: str, start: int | None = None, *, is_stanza: bool = False) -> None:
        if len(self._open) >= _DEEPEST and tag not in _HIDDEN:
            return
        if tag in _LISTS:
            number = (1 if start is None else start) if tag == "ol" else None
            self._lists.append(_List(number))
        elif tag == "table":
            self._tables.append(object())
        elif tag == "tr":
            self._rows.append(_Row(self._tables[-1] if self._tables else None))
        self._open.append(_Open(tag, is_stanza))
        self._count[tag] += 1
        self._stanzas += is_stanza
        self._hidden += tag in _HIDDEN

    def _leave(self) -> str:
        """Ends the innermost element; returns its tag."""
        tag = self._open[-1].tag
        self._stanzas -= self._open[-1].is_stanza
        if tag in _BLOCKS:
            self._break()
        self._open.pop()
        self._count[tag] -= 1
        self._hidden -= tag in _HIDDEN
        if tag == "q":
            self._words.append("”")
        elif tag in _HEADINGS:
            self._heading = 0
        elif tag in _LISTS:
            self._lists.pop()
            self._mark = ""
        elif tag == "table":
            self._tables.pop()
        elif tag == "tr":
            self._end_row(self._rows.pop())
        return tag

    def _next_mark(self) -> str:
        if not self._lists or self._lists[-1].number is None:
            return "-"
        self._lists[-1].number += 1
        return f"{self._lists[-1].number - 1}."

    # words

    def _break(self) -> None:
        """Ends a paragraph; inside a stanza, a line."""
        if self._stanzas:
            if self._words and self._words[-1] != "\n":
                self._words.append("\n")
        else:
            self._flush()

    def _flush(self) -> None:
        words = "".join(self._words)
        self._words.clear()
        if not words.strip():
            return
        shaped = bool(self._count["pre"])
        lines = [line if shaped else _SPACE.sub(" ", line).strip() for line in words.split("\n")]
        for has_words, block in groupby(lines, key=lambda line: bool(line.strip())):
            if has_words:
                self._page.blocks.append(self._shaped(list(block)))

    def _shaped(self, lines: list[str]) -> Block:
        quoted = self._count["blockquote"]
        if self._heading:
            return Block(lines, Kind.HEADING, level=self._heading, quoted=quoted)
        if not self._lists:
            return Block(lines, quoted=quoted)
        mark, self._mark = self._mark, ""
        return Block(lines, Kind.ITEM, len(self._lists), mark, quoted, self._lists[0])

    def _end_row(self, row: _Row) -> None:
        """Makes one block of the cells of a row, unless its table only lays out the page."""
        blocks = self._page.blocks
        cells = [blocks[start:end] for start, end in pairwise((*row.cells, len(blocks)))]
        small = all(
            len(cell) <= 1
            and all(b.kind is Kind.PARAGRAPH and sum(map(len, b.lines)) <= _CELL_MOST for b in cell)
            for cell in cells
        )
        if len(cells) < 2 or not small or not any(cells):
            return
        words = [" ".join(line for block in cell for line in block.lines) for cell in cells]
        quoted = self._count["blockquote"]
        blocks[row.cells[0] :] = [
            Block([CELLS.join(words).strip()], Kind.ROW, quoted=quoted, group=row.table)
        ]


def _number(start: str | None) -> int | None:
    return int(start) if start and start.isascii() and start.isdigit() and len(start) < 7 else None
