"""TEI (P5, and P4 as far as it is alike): an edition as it is read, corrected and regularised, notes at the end.

Of a `choice` the correction, the regular form and the expansion are taken, or, if the original is asked for, what they
are of; of an `app` its lemma. What an editor or a printer put beside the words (numbers of pages, running heads,
deletions) is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from texts.lazy_pattern import lazy_pattern
from texts.load.archive import parse_xml
from texts.load.blocks import CELLS, Block, BlockKind, body_of_blocks
from texts.load.document import READINGS, Document, File
from texts.load.formulas import RAISED, superscript
from texts.load.wordstyles import name_of, value

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_SKIPPED = frozenset(
    ("teiHeader", "facsimile", "sourceDoc", "standOff", "fw", "cb", "gb", "milestone", "del", "surplus", "figDesc",
     "graphic", "index", "metamark", "listBibl", "certainty", "interp", "spanGrp", "rdg", "sic", "orig", "abbr", "am")
)  # fmt: skip
_TAKEN = {
    "regularised": frozenset(("corr", "reg", "expan", "lem")),
    "original": frozenset(("sic", "orig", "abbr", "am", "lem")),
}
"""Of several readings, by what is asked for."""
_DIVISION = lazy_pattern(r"div[0-7]?$")
_PARAGRAPHS = frozenset(
    ("p", "ab", "speaker", "stage", "opener", "closer", "salute", "signed", "dateline", "byline", "trailer",
     "titlePart", "docAuthor", "docDate", "docImprint", "imprimatur", "argument", "bibl", "epigraph", "postscript", "l")
)  # fmt: skip
_BLOCKS = _PARAGRAPHS | frozenset(("lg", "list", "table", "head", "sp", "quote", "q", "cit", "floatingText"))
_INNER = frozenset(("lg", "list", "table", "quote", "p", "l"))
"""What stands on its own after the paragraph that it is in."""
_JOIN, _LINE = "\ue000", "\ue001"
_JOINED = lazy_pattern(rf"[-¬⸗]?\s*{_JOIN}\s*")
_BROKEN = lazy_pattern(rf"(?<=[^\W\d_])(?:[¬⸗]\s*{_LINE}\s*|-\s*{_LINE}\s*(?=[^\W\d_A-ZÀ-ÖØ-Þ]))")
_RAISED = lazy_pattern(r"(?:.*[\s:-])?sup(?:er(?:script)?)?\b")
"""How words above the line are said to be rendered: `sup`, `superscript`, `vertical-align: super`."""
_BLANK = lazy_pattern(rf"[\s{_LINE}]+")


def read(file: File) -> Document:
    """The document in an edition; raises LoadError, also where it is damaged or hostile."""
    root = parse_xml(file.data, file.name)
    reader = _Reader(file.reading)
    body = body_of_blocks(reader.blocks(root), file.name)
    return Document(body, _said(root, "title"), _said(root, "author"), remarks=reader.remarks())


def _said(root: Element, name: str) -> str:
    """The first title, or author, of the header's `titleStmt`."""
    for statement in (one for one in root.iter() if name_of(one) == "titleStmt"):
        for one in statement:
            if name_of(one) == name:
                return " ".join("".join(one.itertext()).split())
    return ""


class _Reader:
    def __init__(self, reading: str) -> None:
        self._reading = reading
        self._choices = 0
        """How many places have an original and a regularised reading."""
        self._notes: list[Element] = []

    def remarks(self) -> tuple[str, ...]:
        """Which reading was taken, where there were two."""
        if not self._choices:
            return ()
        other = next(reading for reading in READINGS if reading != self._reading)
        places = f"{self._choices:,} place{'s' if self._choices > 1 else ''}"
        return (f"at {places} it has two readings: read {self._reading} (--reading {other} takes the other)",)

    def blocks(self, root: Element) -> Iterator[Block]:
        """The blocks of the text, then those of its notes."""
        yield from self._blocks(root, 0, 0)
        for count, note in enumerate(self._notes, 1):  # which grows where a note calls another
            raised = f"{str(count).translate(RAISED)} "
            inside = self._blocks(note, 0, 0) if _has_blocks(note) else iter([Block([self._line(note)])])
            for block in inside:
                yield Block([raised + block.lines[0], *block.lines[1:]])
                raised = ""

    def _blocks(self, parent: Iterable[Element], depth: int, quoted: int) -> Iterator[Block]:
        verses: list[str] = []
        for element in parent:
            name = name_of(element)
            if name == "l":
                verses.append(self._line(element))
                continue
            if verses and name not in ("pb", "lb"):
                yield Block(verses, quoted=quoted)
                verses = []
            if name not in _SKIPPED:
                yield from self._block(element, name, depth, quoted)
        if verses:
            yield Block(verses, quoted=quoted)

    def _block(self, element: Element, name: str, depth: int, quoted: int) -> Iterator[Block]:
        if name == "head":
            yield Block([self._line(element)], BlockKind.HEADING, max(depth, 1), quoted=quoted)
        elif name == "list":
            yield from self._items(element, 1, quoted, object())
        elif name == "table":
            yield from self._rows(element, quoted)
        elif name == "note":
            self._notes.append(element)
        elif name in ("quote", "q", "cit") and _has_blocks(element):
            yield from self._blocks(element, depth, quoted + (name != "cit"))
        elif name in _PARAGRAPHS or name in ("quote", "q"):
            yield from self._paragraph(element, depth, quoted)
        else:
            yield from self._blocks(element, depth + bool(_DIVISION.match(name)), quoted)

    def _paragraph(self, element: Element, depth: int, quoted: int) -> Iterator[Block]:
        """A paragraph; what is more than a line in it stands on its own after it."""
        inner = [one for one in element if name_of(one) in _INNER and _is_block(one)]
        yield Block([self._line(element, without=inner)], quoted=quoted)
        for one in inner:
            yield from self._blocks([one], depth, quoted)

    def _items(self, parent: Element, level: int, quoted: int, group: object) -> Iterator[Block]:
        for element in parent:
            name = name_of(element)
            if name == "item":
                inner = [one for one in element if name_of(one) == "list"]
                words = self._line(element, without=inner)
                yield Block([words], BlockKind.ITEM, level, value(element, "n") or "-", quoted, group)
                for one in inner:
                    yield from self._items(one, level + 1, quoted, group)
            elif name == "head":
                yield Block([self._line(element)], quoted=quoted)

    def _rows(self, table: Element, quoted: int) -> Iterator[Block]:
        group = object()
        for row in (one for one in table if name_of(one) == "row"):
            cells = [self._line(cell) for cell in row if name_of(cell) == "cell"]
            if any(cells):
                yield Block([CELLS.join(cells)], BlockKind.ROW, quoted=quoted, group=group)

    def _line(self, element: Element, without: Iterable[Element] = ()) -> str:
        words = "".join(self._words(element, set(map(id, without))))
        return _BLANK.sub(" ", _BROKEN.sub("", _JOINED.sub("", words))).strip()

    def _words(self, parent: Element, without: set[int]) -> Iterator[str]:
        """The words inside an element, with signs where a line ends."""
        yield parent.text or ""
        for element in parent:
            name = name_of(element)
            if id(element) in without:
                yield " "
            elif name in ("lb", "pb", "cb", "gb"):
                joins = value(element, "break") == "no"
                yield _JOIN if joins else (_LINE if name == "lb" else "")
            elif name == "note":
                self._notes.append(element)
                yield str(len(self._notes)).translate(RAISED)
            elif name in ("choice", "app"):
                yield from self._chosen(element, without)
            elif name == "gap":
                yield "[…]"
            elif name == "space":
                yield " "
            elif self._is_read(name, name_of(parent)):
                words = self._words(element, without)
                yield from map(superscript, words) if _RAISED.match(value(element, "rend")) else words
            yield element.tail or ""

    def _is_read(self, name: str, parent: str) -> bool:
        """Whether the words of an element are part of those of the one that it stands in."""
        if name == "ex" and self._reading == "original":
            return False
        return name not in _SKIPPED or (name in ("sic", "orig", "abbr", "am") and parent != "choice")

    def _chosen(self, element: Element, without: set[int]) -> Iterator[str]:
        """The words of one of several readings: of the one that is asked for, else of the first."""
        readings = list(element)
        wanted = _TAKEN[self._reading]
        taken = next((one for one in readings if name_of(one) in wanted), readings[0] if readings else None)
        self._choices += name_of(element) == "choice"
        if taken is not None:
            yield from self._words(taken, without)


def _is_block(element: Element) -> bool:
    return name_of(element) not in ("quote", "q") or _has_blocks(element)


def _has_blocks(element: Element) -> bool:
    return any(name_of(one) in _BLOCKS - {"q", "quote", "bibl"} for one in element)
