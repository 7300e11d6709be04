"""A page of HTML or XHTML becomes blocks: its paragraphs with their shape, everything else left behind.

Python's own parser reads both, as forgiving as a browser: it knows the entities of HTML by name, and neither
loads anything nor follows a DTD. It is never told that the page ends, for what it does then with tags and
comments that stay open takes a time that grows with the square of their number.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from itertools import groupby, pairwise

from texts.lazy_pattern import lazy_pattern
from texts.load.blocks import CELLS, Block, BlockKind
from texts.load.called_notes import CalledNotes
from texts.load.document import LoadError
from texts.load.formulas import RAISED, SHAPED_FORMULAS, page_formula, superscript
from texts.load.open_elements import ENDLESS, MOST_AHEAD, VOID, OpenElement, OpenList, items_ahead
from texts.load.page_numbers import AFTER_PAGE, PAGE_ABBREVIATED
from texts.load.stylesheets import Stylesheets
from texts.prose import SUPERSCRIPTS


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


_HIDDEN = _names(
    "annotation annotation-xml audio button canvas datalist default del head iframe map noscript object rp rt script"
    " select style svg template textarea title video"
)
"""Elements whose words are no part of what the page says; those of the head are read on their own. The default of an
EPUB's switch says once more what its case has."""
_BLOCKS = _names(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption"
    " figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre search section"
    " summary table tbody td tfoot th thead tr ul"
)
_ENDS = {
    "li": ("li",),
    "dt": ("dt", "dd"),
    "dd": ("dt", "dd"),
    "td": ("td", "th", "tr"),
    "th": ("td", "th", "tr"),
}
"""What ends one of them where nothing else does; anything ends a paragraph. Only hidden ones are kept track of."""
_INLINE = frozenset(("q", "sup"))
_RELATION = lazy_pattern(r"[=<>≤≥≈≠≡→⇒∈]")
_LISTS = frozenset(("ul", "ol", "menu", "dir"))
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_STANZA = lazy_pattern(r"\b(?:stanza|line-?group|verse-?group|lg)\b", re.IGNORECASE)
_ONE_NUMBER = r"(?:\d+|[ivxlcdm]+)[a-z]?"
_NUMBER = lazy_pattern(
    rf"[\s\[({{|–—-]*{PAGE_ABBREVIATED}?{_ONE_NUMBER}(?:\s*[/–—-]\s*{_ONE_NUMBER})?{AFTER_PAGE}?[\s\])}}|.–—-]*",
    re.IGNORECASE,
)
_CALLED = lazy_pattern(r"[\[(]?(\d{1,4})[\])]?")
_RANGE = ("–", "-")
"""Between the calls of the first note and the last one."""
_SPACE = lazy_pattern(r"[ \t\n\r\f]+")

MOST_TAGS = 1_000_000
"""A novel has a few thousand; a million take seconds."""

_DEEPEST = 500
"""Elements inside each other; the shape of what is deeper is not looked at, its words are."""
_CELL_MOST = 300
"""A table whose cells have more characters only lays out a page."""


@dataclass(slots=True)
class WebPage:
    """What a page holds."""

    blocks: list[Block] = field(default_factory=list)
    title: str = ""
    """The words of its `<title>`."""
    meta: dict[str, str] = field(default_factory=dict)
    """The contents of its `<meta>` elements by name or property, in lower case; the first one counts."""
    canonical: str = ""
    """The address that it calls its own."""
    notes: list[Block] = field(default_factory=list)
    """Those of its blocks that are notes which the page calls."""
    hidden: list[tuple[int, int]] = field(default_factory=list)
    """Where the contents of hidden elements begin and end in the source, whose lines end in newlines."""


@dataclass(slots=True)
class _Row:
    """A row of a table that is open: how many blocks there were before each of its cells."""

    table: object
    cells: list[int] = field(default_factory=list)


def page_of(source: str, name: str, styles: Stylesheets | None = None) -> WebPage:
    """The blocks of a page and what its head says; any string can be read, short of `MOST_TAGS`.

    What `styles` hide is left out, unless that is most of the page: then a program was to show it.
    """
    check_tags(source.count("<"), name)
    page = _page_of(source, styles or None)
    if styles is not None and styles.may_hide:
        whole = _page_of(source, None)
        if 2 * _length(page) < _length(whole):
            return whole
    return page


def _length(page: WebPage) -> int:
    return sum(len(line) for block in page.blocks for line in block.lines)


def _page_of(source: str, styles: Stylesheets | None) -> WebPage:
    source = with_newlines(source)
    reader = _Reader(source, styles)
    reader.feed(source)
    return reader.finish()


def with_newlines(source: str) -> str:
    """The source with every line end as a newline."""
    return source.replace("\r\n", "\n").replace("\r", "\n")


def check_tags(count: int, name: str) -> None:
    """Raises LoadError for more tags than `MOST_TAGS`. `name` is for messages."""
    if count > MOST_TAGS:
        raise LoadError(f"{name} is made of more tags than a text has: {count:,}")


class _Reader(HTMLParser):
    def __init__(self, source: str, styles: Stylesheets | None) -> None:
        super().__init__(convert_charrefs=True)
        self._source = source
        self._is_over = False
        self._lines = (0, 0)
        """The last line that was looked up, and where it begins."""
        self._styles = styles
        self._page = WebPage()
        self._open: list[OpenElement] = []
        self._ahead = 0
        self._count: Counter[str] = Counter()
        """How many of each are open."""
        self._stanzas = 0
        self._hidden = 0
        self._words: list[str] = []
        """Of the paragraph that is being read; a line that must end ends in a newline."""
        self._title: list[str] = []
        self._heading = 0
        self._is_marginal = False
        """Whether the paragraph is called the number of a page."""
        self._initial = ""
        """What the last picture is called: it may be the first letter of a word."""
        self._mark = ""
        self._notes = CalledNotes()
        self._lists: list[OpenList] = []
        self._rows: list[_Row] = []
        self._tables: list[object] = []

    def finish(self) -> WebPage:
        """The page, once all of it was fed."""
        if not self.rawdata.startswith("<"):  # a tag that never ends is none
            self.handle_data(unescape(self.rawdata))
        self._is_over = True
        while self._open:
            self._leave()
        self._flush()
        self._page.title = " ".join("".join(self._title).split())
        return self._page

    # what the parser finds

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        tag = tag.rpartition(":")[2]
        if self._open and self._open[-1].tag in SHAPED_FORMULAS:
            self._open[-1].parts.append(len(self._words))
        if tag == "br":
            self._words.append("\n")
        elif tag == "img":
            self._initial = (dict(attrs).get("alt") or "").strip()
        elif tag in ("meta", "link"):
            self._of_head(tag, dict(attrs))
        else:
            said = dict(attrs)
            seen = OpenElement.of(tag, said) if attrs else OpenElement(tag)
            if self._styles is not None and attrs and tag not in VOID:
                seen.is_unseen = seen.is_unseen or self._styles.hides(tag, said)
            if seen.is_unseen:
                seen.content = self._here() + len(self.get_starttag_text() or "")
            if tag in _BLOCKS:
                self._begin(seen, said)
                return
            if not (self._hidden or seen.is_unseen):
                self._notes.pass_by(said, *self._inside())
            if tag in _HIDDEN or tag in _INLINE or self._is_watched(seen):
                self._words.append("“" if tag == "q" else "")
                self._enter(seen)

    def _here(self) -> int:
        """Where the tag that is being read begins in the source."""
        line, column = self.getpos()
        known, start = self._lines
        for _ in range(known, line - 1):
            start = self._source.index("\n", start) + 1
        self._lines = line - 1, start
        return start + column

    def _is_watched(self, seen: OpenElement) -> bool:
        """Whether it matters where an element within a line ends."""
        if seen.tag in VOID:
            return False
        in_formula = seen.tag == "math" or bool(self._count["math"])
        return in_formula or seen.is_unseen or seen.is_marginal or seen.is_call or bool(self._count[seen.tag])

    def _of_head(self, tag: str, said: dict[str, str | None]) -> None:
        if tag == "meta":
            key = said.get("name") or said.get("property") or ""
            self._page.meta.setdefault(key.lower(), said.get("content") or "")
        elif (said.get("rel") or "").lower() == "canonical":
            self._page.canonical = said.get("href") or ""

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        tag = tag.rpartition(":")[2]
        if tag in ENDLESS and not self._count[tag]:
            self._break()
        elif self._count[tag]:
            while self._leave() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1].tag == "title":
            if not self._count["svg"]:
                self._title.append(data)
        elif not self._hidden:
            self._words.append(self._as_read(data))

    def _as_read(self, data: str) -> str:
        """The words of a page as they are read where they stand."""
        initial, self._initial = self._initial, ""
        if self._count["pre"]:
            return data
        data = _SPACE.sub(" ", data)
        if self._stanzas and not data.strip() and (not self._words or self._words[-1].endswith("\n")):
            return ""  # between the elements of two lines
        if self._count["math"]:
            data = data.strip()
            return f" {data} " if _RELATION.fullmatch(data) else data
        if self._count["sup"]:
            before = next(filter(None, reversed(self._words)), " ")
            return data if data in _RANGE and before[-1] in SUPERSCRIPTS else superscript(data)
        return initial + data if len(initial) == 1 and initial.isalpha() and data[:1].isalpha() else data

    def unknown_decl(self, data: str) -> None:
        if data.startswith("CDATA["):
            self.handle_data(data[6:])

    # elements

    def _begin(self, seen: OpenElement, said: Mapping[str, str | None]) -> None:
        tag = seen.tag
        while self._count["head"]:  # which nobody closed
            self._leave()
        if tag == "tr" and self._rows and self._tables and self._rows[-1].table is self._tables[-1]:
            self.handle_endtag("tr")  # which nobody closed
        while self._open and (self._open[-1].tag == "p" or tag in _ENDS.get(self._open[-1].tag, ())):
            self._leave()  # likewise
        self._break()
        self._heading = _HEADINGS.get(tag, 0)
        self._initial = "" if tag == "figcaption" else self._initial
        self._is_marginal = seen.is_marginal
        if not (self._hidden or seen.is_unseen):
            self._notes.begin(seen, said, *self._inside())
        if tag in ENDLESS and seen.is_unseen:
            self._enter(seen)
        elif tag == "li":
            self._mark = self._lists[-1].next_mark(said) if self._lists else "-"
        elif tag in ("td", "th") and self._rows:
            self._rows[-1].cells.append(len(self._page.blocks))
        elif tag not in ENDLESS:
            seen.is_stanza = bool(_STANZA.search(said.get("class") or ""))
            self._enter(seen)
            if tag in _LISTS and self._open[-1] is seen:
                styled = self._styles.numbering(tag, said) if self._styles is not None else ""
                start = self._here() if "reversed" in said else 0
                self._lists[-1] = OpenList.of(tag, said, styled, lambda: self._items_ahead(start))

    def _inside(self) -> tuple[OpenList | None, OpenElement | None]:
        """The innermost list and the innermost element that are open."""
        return self._lists[-1] if self._lists else None, self._open[-1] if self._open else None

    def _items_ahead(self, start: int) -> int | None:
        """How many items a list has; None where so much was read ahead of the page that it would take too long."""
        if self._ahead > MOST_AHEAD:
            return None
        items, end = items_ahead(self._source, start)
        self._ahead += end - start
        return items

    def _enter(self, seen: OpenElement) -> None:
        tag = seen.tag
        if len(self._open) >= _DEEPEST and tag not in _HIDDEN:
            return
        if tag in _LISTS:
            self._lists.append(OpenList())
        elif tag == "table":
            self._tables.append(object())
        elif tag == "tr":
            self._rows.append(_Row(self._tables[-1] if self._tables else None))
        seen.start = len(self._words)
        self._open.append(seen)
        self._count[tag] += 1
        self._stanzas += seen.is_stanza
        self._notes.enter(seen)
        self._hidden += tag in _HIDDEN or seen.is_unseen

    def _leave(self) -> str:
        """Ends the innermost element; returns its tag."""
        seen = self._open[-1]
        tag = seen.tag
        self._stanzas -= seen.is_stanza
        if tag in _BLOCKS:
            self._break()
        elif not self._hidden:
            self._reread(seen)
        self._open.pop()
        self._notes.leave(seen)
        self._count[tag] -= 1
        self._hidden -= tag in _HIDDEN or seen.is_unseen
        if seen.is_unseen and not self._hidden:
            self._page.hidden.append((seen.content, len(self._source) if self._is_over else self._here()))
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

    def _reread(self, seen: OpenElement) -> None:
        """Changes the words of an element that has ended: a number in the margin, the call of a note, a formula."""
        if not (seen.is_marginal or seen.is_call or seen.parts):
            return
        words = "".join(self._words[seen.start :])
        if seen.parts:
            ends = (*seen.parts[1:], len(self._words))
            parts = ["".join(self._words[at:end]).strip() for at, end in zip(seen.parts, ends, strict=True)]
            self._words[seen.start :] = [page_formula(seen.tag, parts)]
        elif seen.is_marginal and _NUMBER.fullmatch(words):
            del self._words[seen.start :]
        elif seen.is_call:
            if called := _CALLED.fullmatch(words.strip()):
                self._words[seen.start :] = [called[1].translate(RAISED)]
            self._notes.call(seen.target, "".join(self._words[seen.start :]).strip())

    # words

    def _break(self) -> None:
        """Ends a paragraph; inside a stanza, a line."""
        if self._stanzas:
            while self._words and self._words[-1] != "\n" and not self._words[-1].strip():
                self._words.pop()
            if self._words and self._words[-1] != "\n":
                self._words.append("\n")
        else:
            self._flush()

    def _flush(self) -> None:
        words = "".join(self._words)
        self._words.clear()
        marginal, self._is_marginal = self._is_marginal, False
        if not words.strip() or (marginal and _NUMBER.fullmatch(words)):
            return
        shaped = bool(self._count["pre"])
        lines = [line if shaped else _SPACE.sub(" ", line).strip() for line in words.split("\n")]
        for has_words, block in groupby(lines, key=lambda line: bool(line.strip())):
            if has_words:
                self._page.blocks.append(
                    self._shaped(self._notes.marked(list(block), is_heading=self._heading > 0))
                )
                if self._notes.is_note(self._lists):
                    self._page.notes.append(self._page.blocks[-1])
        self._notes.end_paragraph(words)

    def _shaped(self, lines: list[str]) -> Block:
        quoted = self._count["blockquote"]
        if self._heading:
            return Block(lines, BlockKind.HEADING, level=self._heading, quoted=quoted)
        if not self._lists:
            return Block(lines, quoted=quoted)
        mark, self._mark = self._mark, ""
        return Block(lines, BlockKind.ITEM, len(self._lists), mark, quoted, self._lists[0])

    def _end_row(self, row: _Row) -> None:
        """Makes one block of the cells of a row, unless its table only lays out the page."""
        blocks = self._page.blocks
        cells = [blocks[start:end] for start, end in pairwise((*row.cells, len(blocks)))]
        small = all(
            len(cell) <= 1
            and all(b.kind is BlockKind.PARAGRAPH and sum(map(len, b.lines)) <= _CELL_MOST for b in cell)
            for cell in cells
        )
        if len(cells) < 2 or not small or not any(cells):
            return
        words = [" ".join(line for block in cell for line in block.lines) for cell in cells]
        quoted = self._count["blockquote"]
        notes = {id(note) for note in self._page.notes[-len(cells) :]}
        is_note = any(id(block) in notes for cell in cells for block in cell)
        blocks[row.cells[0] :] = [
            Block([CELLS.join(words).strip()], BlockKind.ROW, quoted=quoted, group=row.table)
        ]
        if is_note:
            self._page.notes.append(blocks[-1])
