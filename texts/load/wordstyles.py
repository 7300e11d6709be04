"""What a DOCX says of its paragraphs apart from them: styles by name, and how lists are numbered."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from texts.load.archive import Archive

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_STYLES = "word/styles.xml"
_NUMBERING = "word/numbering.xml"
_MOST_PARENTS = 12
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def name_of(element: Element) -> str:
    """An element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def child(element: Element | None, *names: str) -> Element | None:
    """The element that the names lead to, each below the one before; None where there is none."""
    for name in names:
        if element is not None:
            element = next((one for one in element if name_of(one) == name), None)
    return element


def value(element: Element | None, name: str = "val", default: str = "") -> str:
    """The attribute of that name, whatever its namespace."""
    if element is None:
        return default
    return next((said for key, said in element.attrib.items() if key.rpartition("}")[2] == name), default)


def number(element: Element | None, default: int, name: str = "val") -> int:
    """The attribute of that name as a small number."""
    said = value(element, name)
    return int(said) if said.isascii() and said.isdigit() and len(said) < 7 else default


@dataclass(frozen=True, slots=True)
class _Style:
    name: str
    parent: str
    numbered: Element | None


class Styles:
    """The styles of paragraphs by id."""

    def __init__(self, archive: Archive) -> None:
        self._styles: dict[str, _Style] = {}
        if _STYLES in archive:
            for one in archive.xml(_STYLES):
                name, parent = value(child(one, "name")).lower(), value(child(one, "basedOn"))
                self._styles[value(one, "styleId")] = _Style(name, parent, child(one, "pPr", "numPr"))

    def _line(self, style: str) -> list[_Style]:
        """The style and those that it is based on, itself first."""
        line: list[_Style] = []
        while style in self._styles and len(line) < _MOST_PARENTS:
            line.append(self._styles[style])
            style = line[-1].parent
        return line

    def names(self, style: str) -> list[str]:
        """Its name and those of the styles that it is based on, in lower case; the id where it is not known."""
        return [one.name for one in self._line(style)] or [style.lower()]

    def numbered(self, style: str) -> Element | None:
        """How a paragraph of that style is numbered; None where it is not."""
        return next((one.numbered for one in self._line(style) if one.numbered is not None), None)


@dataclass(frozen=True, slots=True)
class _Level:
    form: str
    start: int


@dataclass(slots=True)
class Numbering:
    """The lists of a document, counted while it is read."""

    _levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    _counts: dict[str, Counter[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, archive: Archive) -> Numbering:
        """The lists that the document defines."""
        if _NUMBERING not in archive:
            return cls()
        root = archive.xml(_NUMBERING)
        kinds = {
            value(one, "abstractNumId"): {
                number(level, 0, "ilvl"): _Level(
                    value(child(level, "numFmt"), default="decimal"), number(child(level, "start"), 1)
                )
                for level in one
                if name_of(level) == "lvl"
            }
            for one in root
            if name_of(one) == "abstractNum"
        }
        lists = (one for one in root if name_of(one) == "num")
        return cls({value(one, "numId"): kinds.get(value(child(one, "abstractNumId")), {}) for one in lists})

    def next_mark(self, numbered: Element) -> tuple[str, int]:
        """What the next item begins with, such as `-` or `3.`, and its level from 1; no mark for no item."""
        which, depth = value(child(numbered, "numId")), number(child(numbered, "ilvl"), 0)
        if which in ("", "0"):
            return "", 1
        level = self._levels.get(which, {}).get(depth, _Level("bullet", 1))
        counts = self._counts.setdefault(which, Counter())
        for deeper in [one for one in counts if one > depth]:
            del counts[deeper]
        counts[depth] += 1
        return _mark(level.form, level.start + counts[depth] - 1), depth + 1


def _mark(form: str, count: int) -> str:
    if form == "bullet":
        return "-"
    if form == "none":
        return ""
    words = str(count)
    if form.endswith("Roman") and 0 < count < 4000:
        words = _roman(count)
    elif form.endswith("Letter") and count > 0:
        words = chr(ord("a") + (count - 1) % 26) * min((count - 1) // 26 + 1, 9)
    return (words.upper() if form.startswith("upper") else words) + "."


def _roman(count: int) -> str:
    words = ""
    for worth, letters in _ROMAN:
        words += letters * (count // worth)
        count %= worth
    return words
