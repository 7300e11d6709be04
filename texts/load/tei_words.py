"""The words of a line of TEI: which reading is taken, how broken words are joined, what calls a note."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from texts.lazy_pattern import lazy_pattern
from texts.load.formulas import RAISED, superscript
from texts.load.words_broken import WordJoiner
from texts.load.wordstyles import value

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

BREAKS = frozenset(("lb", "pb", "cb", "gb"))
SKIPPED = frozenset(
    ("teiHeader", "facsimile", "sourceDoc", "standOff", "fw", "milestone", "del", "surplus", "figDesc", "graphic",
     "index", "metamark", "certainty", "interp", "spanGrp", "rdg", "sic", "orig", "abbr", "am")
)  # fmt: skip
DIVISION = lazy_pattern(r"div[0-7]?$")
_TAKEN = {
    "regularised": frozenset(("corr", "reg", "expan", "lem")),
    "original": frozenset(("sic", "orig", "abbr", "am", "lem")),
}
"""Of several readings, by what is asked for."""
_SET_OFF = frozenset(
    ("p", "ab", "l", "lg", "list", "item", "label", "table", "row", "cell", "head", "speaker", "addrLine")
)
"""What a blank parts from the words around it, where all of them are one line."""
_AT_END = frozenset(("back", "body", "front", "noteGrp"))
"""Where notes stand together, besides divisions."""

_JOIN, _LINE, _PAGE = "\ue000", "\ue001", "\ue002"
_JOINED = lazy_pattern(rf"[-¬⸗]?\s*{_JOIN}\s*")
_END = rf"\s*[{_LINE}{_PAGE}][\s{_LINE}{_PAGE}]*"
_ENDS = lazy_pattern(_END)
_BROKEN = lazy_pattern(rf"(?<=[^\W\d_][-\u2010¬⸗]){_END}(?=[^\W\d_])")
"""Where a line or a page ends in a hyphen, inside a word or a compound."""
_NEXT_PAGE = lazy_pattern(rf"(?<=[.,;:!?…)”’»]){_PAGE}(?=\w)")
_RAISED = lazy_pattern(r"(?:.*[\s:-])?sup(?:er(?:script)?)?\b")
"""How words above the line are said to be rendered: `sup`, `superscript`, `vertical-align: super`."""
_BLANK = lazy_pattern(rf"[\s{_LINE}]+")


class EditionWords:
    """Reads words in one of two readings; remembers the notes that it comes by.

    Tags of elements are names without their namespaces.
    """

    def __init__(self, root: Element, reading: str) -> None:
        self._root = root
        self._reading = reading
        self.choices = 0
        """How many places have an original and a regularised reading."""
        self.notes: list[Element] = []
        """In the order in which they are called."""
        self._numbers: dict[int, int] = {}
        self._notes_by_id = {value(one, "id"): one for one in root.iter() if one.tag == "note"}
        self._notes_by_anchor = dict(_pointing(root))
        self._signs = dict(_signs(root))

    def line(self, element: Element) -> str:
        """All the words of an element, on one line."""
        return self.one_line(self.inside(element))

    def one_line(self, words: Iterable[str]) -> str:
        """The words as one line; what a line or a page breaks is made whole, and compounds keep their hyphens."""
        lines = _BROKEN.split(_JOINED.sub("", "".join(words)))
        whole = self._joiner.flow(lines) if len(lines) > 1 else lines[0]
        return _BLANK.sub(" ", _NEXT_PAGE.sub(" ", whole).replace(_PAGE, "")).strip()

    @cached_property
    def _joiner(self) -> WordJoiner:
        """What tells hyphens from broken words: it knows all words of the edition."""
        return WordJoiner(_ENDS.split(_JOINED.sub("", "".join(_printed(self._root)))))

    def call(self, note: Element) -> str:
        """The raised number of a note."""
        if id(note) not in self._numbers:
            self.notes.append(note)
            self._numbers[id(note)] = len(self.notes)
        return str(self._numbers[id(note)]).translate(RAISED)

    def taken(self, element: Element) -> Element | None:
        """Of several readings the one that is asked for, else the first."""
        self.choices += element.tag == "choice"
        wanted = _TAKEN[self._reading]
        readings = list(element)
        taken = next((one for one in readings if one.tag in wanted), readings[0] if readings else None)
        while taken is not None and taken.tag == "rdgGrp":
            taken = next(iter(taken), None)
        return taken

    def inside(self, parent: Element) -> Iterator[str]:
        """The words inside an element, with signs where a line ends."""
        yield parent.text or ""
        for element in parent:
            yield from self.of(element, parent.tag)
            yield element.tail or ""

    def of(self, element: Element, parent: str) -> Iterator[str]:
        """What stands for an element among the words of one of that name."""
        name = element.tag
        if name in BREAKS:
            yield _JOIN if value(element, "break") == "no" else (_LINE if name == "lb" else _PAGE)
        elif name == "note":
            yield self.call(element)
        elif (called := self._called_by(element, name)) is not None:
            yield self.call(called)
        elif name in ("choice", "app"):
            taken = self.taken(element)
            yield from () if taken is None else self.inside(taken)
        elif name == "gap":
            yield "[…]"
        elif name == "space":
            yield " "
        elif name == "g" and not element.text:
            yield self._signs.get(value(element, "ref").lstrip("#"), "")
        elif self._is_read(name, parent):
            words = self.inside(element)
            yield " " if name in _SET_OFF else ""
            yield from map(superscript, words) if _RAISED.match(value(element, "rend")) else words
            yield " " if name in _SET_OFF else ""

    def _called_by(self, element: Element, name: str) -> Element | None:
        """The note that is called by something else than itself: by a pointer that says no more, or by an anchor."""
        if name in ("ptr", "ref") and not any(map(str.isalpha, "".join(element.itertext()))):
            return self._notes_by_id.get(value(element, "target").lstrip("#") or "#")
        return self._notes_by_anchor.get(value(element, "id")) if name == "anchor" else None

    def _is_read(self, name: str, parent: str) -> bool:
        """Whether the words of an element are part of those of the one that it stands in."""
        if name == "ex" and self._reading == "original":
            return False
        return name not in SKIPPED or (name in ("sic", "orig", "abbr", "am") and parent != "choice")


def _printed(parent: Element) -> Iterator[str]:
    """All words inside an element, whichever reading is asked for, with signs where lines, pages and blocks end."""
    yield parent.text or ""
    for element in parent:
        if element.tag in BREAKS:
            yield _JOIN if value(element, "break") == "no" else _LINE
        elif element.tag not in SKIPPED:
            yield from _printed(element)
            yield _LINE if element.tag in _SET_OFF else ""
        yield element.tail or ""


def _pointing(root: Element) -> Iterator[tuple[str, Element]]:
    """Notes that stand together and point at what they are about, each with the id of that."""
    for parent in root.iter():
        if parent.tag in _AT_END or DIVISION.match(parent.tag):
            for note in parent:
                if note.tag == "note" and (targets := value(note, "target").split()):
                    yield targets[-1].lstrip("#"), note


def _signs(root: Element) -> Iterator[tuple[str, str]]:
    """What letters that the edition declares stand for, by their ids."""
    for sign in root.iter():
        if sign.tag in ("char", "glyph"):
            for mapping in sign:
                if mapping.tag == "mapping":
                    yield value(sign, "id"), "".join(mapping.itertext()).strip()
