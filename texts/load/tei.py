"""TEI (P5, and P4 as far as it is alike): an edition as it is read, corrected and regularised, notes at the end.

Of a `choice` the correction, the regular form and the expansion are taken, or, if the original is asked for, what they
are of; of an `app` its lemma. What an editor or a printer put beside the words (numbers of pages, running heads,
deletions) is left out. All other words are kept, in the order of the edition, whatever elements they stand in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from texts.lazy_pattern import lazy_pattern
from texts.load.archive import parse_xml
from texts.load.blocks import CELLS, Block, BlockKind, body_of_blocks
from texts.load.document import READINGS, Document, File
from texts.load.formulas import RAISED
from texts.load.tei_words import BREAKS, DIVISION, SKIPPED, EditionWords
from texts.load.wordstyles import name_of, value

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_APART = frozenset(
    ("p", "ab", "l", "lg", "list", "table", "head", "sp", "speaker", "floatingText", "epigraph", "argument", "opener",
     "closer", "postscript", "entry", "sense", "castItem", "u")
)  # fmt: skip
"""What stands on its own, also between words."""
_LINES = frozenset(
    ("stage", "salute", "signed", "dateline", "byline", "trailer", "titlePart", "docAuthor", "docDate", "docImprint",
     "docEdition", "imprimatur", "bibl", "biblStruct", "addrLine", "quote", "q", "figure")
)  # fmt: skip
"""What stands on its own among others, and between words is one of them."""
_RUNNING = frozenset(
    ("p", "ab", "l", "speaker", "head", "item", "bibl", "u", "byline", "titlePart", "docImprint")
)
"""What is words throughout."""
_CONTAINERS = frozenset(
    ("TEI", "TEI.2", "teiCorpus", "text", "group", "front", "body", "back", "lg", "sp", "castList", "figure")
)
"""What only holds others, unless there are words in it."""
_MOST_AUTHORS = 5
_QUOTATIONS = frozenset(("quote", "q"))
_NUMBERING = lazy_pattern(r"\W*(?:\d{1,4}|[^\W\d_]|[ivxlIVXL]{1,6})\W*$")
"""A label that numbers its item."""


class _Place(NamedTuple):
    """Where in an edition something stands."""

    depth: int = 0
    """In how many divisions."""
    quoted: int = 0
    """In how many quotations."""
    level: int = 0
    """In how many lists, one inside the other."""
    group: object = None
    """The same for all items of these lists."""


class _VerseLine(NamedTuple):
    """A line of verse; those that stand one after the other are one block."""

    words: str


_Piece = str | _VerseLine | Block
"""Words that go on, or what stands between them."""


def read(file: File) -> Document:
    """The document in an edition; raises LoadError, also where it is damaged or hostile."""
    root = parse_xml(file.data, file.name)
    for element in root.iter():
        element.tag = name_of(element)
    reader = _Reader(root, file.reading)
    body = body_of_blocks(reader.blocks(), file.name)
    authors = islice(_said(root, "author"), _MOST_AUTHORS)
    return Document(body, next(_said(root, "title"), ""), ", ".join(authors), remarks=reader.remarks())


def _said(root: Element, name: str) -> Iterator[str]:
    """The titles, or authors, of the first `titleStmt` that names any."""
    for statement in (one for one in root.iter() if one.tag == "titleStmt"):
        said = [" ".join("".join(one.itertext()).split()) for one in statement if one.tag == name]
        if any(said):
            yield from filter(None, said)
            return


class _Reader:
    def __init__(self, root: Element, reading: str) -> None:
        self._root = root
        self._reading = reading
        self._words = EditionWords(root, reading)
        self._holders: set[int] = set()
        """Elements in which something stands on its own also between words."""
        self._parted: set[int] = set()
        """Elements in which something stands on its own."""
        self._look(root)

    def _look(self, element: Element) -> None:
        for one in element:
            self._look(one)
            name = one.tag
            if name == "note":
                continue
            if name in _APART or id(one) in self._holders:
                self._holders.add(id(element))
            if name in _APART or name in _LINES or id(one) in self._parted:
                self._parted.add(id(element))

    def remarks(self) -> tuple[str, ...]:
        """Which reading was taken, where there were two."""
        if not self._words.choices:
            return ()
        other = next(reading for reading in READINGS if reading != self._reading)
        places = f"{self._words.choices:,} place{'s' if self._words.choices > 1 else ''}"
        return (f"at {places} it has two readings: read {self._reading} (--reading {other} takes the other)",)

    def blocks(self) -> Iterator[Block]:
        """The blocks of the text, then those of its notes."""
        yield from self._gathered(self._block(self._root, self._root.tag, _Place()), 0)
        for count, note in enumerate(self._words.notes, 1):  # which grows where a note calls another
            raised = f"{str(count).translate(RAISED)} "
            inside = self._pieces(note, _Place(), is_running=True)
            for block in list(self._gathered(inside, 0)) or [Block([""])]:
                yield replace(block, lines=[raised + block.lines[0], *block.lines[1:]])
                raised = ""

    def _pieces(self, parent: Element, place: _Place, *, is_running: bool) -> Iterator[_Piece]:
        """What is in an element, in its order; where it is not running, each element in it stands on its own."""
        if is_running and id(parent) not in self._holders:
            yield "".join(self._words.inside(parent))
            return
        yield parent.text or ""
        for element in parent:
            name = element.tag
            if name in ("choice", "app") and (not is_running or id(element) in self._holders):
                taken = self._words.taken(element)
                yield from () if taken is None else self._pieces(taken, place, is_running=is_running)
            elif name == "head" and parent.tag == "figure":
                yield self._caption(element, place)
            elif self._stands_apart(element, name, is_running=is_running):
                yield from self._block(element, name, place)
            elif not is_running:
                yield self._beside(element, name)
            elif id(element) in self._holders and name != "note":
                yield from self._pieces(element, place, is_running=True)
            else:
                yield from self._words.of(element, parent.tag)
            yield element.tail or ""

    def _stands_apart(self, element: Element, name: str, *, is_running: bool) -> bool:
        if name in SKIPPED or name in BREAKS or name in ("note", "gap", "space"):
            return False
        return not is_running or name in _APART or (name in _QUOTATIONS and id(element) in self._holders)

    def _beside(self, element: Element, name: str) -> str:
        """What stands for something between blocks: a note there has no call."""
        if name == "note":
            self._words.call(element)
        return "[…]" if name == "gap" else ""

    def _block(self, element: Element, name: str, place: _Place) -> Iterator[_Piece]:
        """What stands on its own."""
        if name == "l":
            yield _VerseLine(self._words.line(element))
        elif name == "head":
            yield Block(
                [self._words.line(element)], BlockKind.HEADING, max(place.depth, 1), quoted=place.quoted
            )
        elif name == "list":
            yield from self._items(element, place)
        elif name == "table":
            yield from self._rows(element, place)
        else:
            is_quoted = name in _QUOTATIONS and id(element) in self._holders
            inner = place._replace(
                depth=place.depth + bool(DIVISION.match(name)), quoted=place.quoted + is_quoted
            )
            yield from self._gathered(
                self._pieces(element, inner, is_running=self._is_running(element, name)), inner.quoted
            )

    def _is_running(self, element: Element, name: str) -> bool:
        """Whether an element is words, rather than others that each stand on their own."""
        if name in _RUNNING or any(map(str.strip, _own_words(element))):
            return True
        return not (name in _CONTAINERS or DIVISION.match(name) or id(element) in self._parted)

    def _caption(self, head: Element, place: _Place) -> Block:
        return Block([self._words.line(head)], quoted=place.quoted)

    def _items(self, parent: Element, place: _Place) -> Iterator[_Piece]:
        place = place._replace(level=place.level + 1, group=place.group or object())
        numbered, is_labelled = "", False
        yield parent.text or ""
        for element in parent:
            name = element.tag
            if numbered and name != "item":
                yield numbered
                numbered = ""
            if name == "item":
                mark = "" if is_labelled else numbered or value(element, "n") or "-"
                yield from self._item(element, mark, place)
                numbered, is_labelled = "", False
            elif name == "label" and _NUMBERING.match(label := self._words.line(element)):
                numbered = label
            elif name == "label":
                yield Block([label], BlockKind.ITEM, place.level, "-", place.quoted, place.group)
                is_labelled = True
            else:
                yield from self._between(element, name, place)
            yield element.tail or ""
        yield numbered

    def _item(self, item: Element, mark: str, place: _Place) -> Iterator[Block]:
        for block in self._gathered(self._pieces(item, place, is_running=True), place.quoted):
            if block.kind is BlockKind.PARAGRAPH:
                yield replace(block, kind=BlockKind.ITEM, level=place.level, mark=mark, group=place.group)
                mark = ""
            else:
                yield block

    def _rows(self, table: Element, place: _Place) -> Iterator[_Piece]:
        group = object()
        yield table.text or ""
        for element in table:
            name = element.tag
            if name == "row":
                cells = [self._words.line(cell) for cell in element if cell.tag not in SKIPPED]
                if any(map(str.strip, _own_words(element))):
                    cells = [self._words.line(element)]
                if any(cells):
                    yield Block([CELLS.join(cells)], BlockKind.ROW, quoted=place.quoted, group=group)
            else:
                yield from self._between(element, name, place)
            yield element.tail or ""

    def _between(self, element: Element, name: str, place: _Place) -> Iterator[_Piece]:
        """What stands above, between or below the items of a list or the rows of a table."""
        if name == "head":
            yield self._caption(element, place)
        elif self._stands_apart(element, name, is_running=False):
            yield from self._block(element, name, place)
        else:
            yield self._beside(element, name)

    def _gathered(self, pieces: Iterable[_Piece], quoted: int) -> Iterator[Block]:
        """The blocks, words between them as paragraphs, lines of verse that follow each other as one."""
        words: list[str] = []
        verses: list[str] = []
        for piece in pieces:
            if (
                verses
                and not isinstance(piece, _VerseLine)
                and not (isinstance(piece, str) and not piece.strip())
            ):
                yield Block(verses, quoted=quoted)
                verses = []
            if isinstance(piece, str):
                words.append(piece)
                continue
            if line := self._words.one_line(words):
                yield Block([line], quoted=quoted)
            words = []
            if isinstance(piece, Block):
                yield piece
            else:
                verses.append(piece.words)
        if verses:
            yield Block(verses, quoted=quoted)
        if line := self._words.one_line(words):
            yield Block([line], quoted=quoted)


def _own_words(element: Element) -> Iterator[str]:
    yield element.text or ""
    for one in element:
        yield one.tail or ""
