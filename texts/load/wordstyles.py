"""What a DOCX says of its paragraphs apart from them: styles by name, and how lists are numbered."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from texts.lazy_pattern import lazy_pattern
from texts.load.archive import ZipArchive

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_MOST_PARENTS = 12
_MOST_WORDS = 60  # before an item
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


def is_on(switch: Element | None) -> bool | None:
    """Whether a property is on; None where it is not there."""
    return None if switch is None else value(switch) not in ("0", "false", "off")


@dataclass(frozen=True, slots=True)
class _Style:
    name: str
    parent: str
    numbered: Element | None
    hidden: bool | None
    """Whether it hides its words; None where it does not say."""
    height: str
    """`superscript`, `subscript`, `baseline`; empty where it does not say."""


class WordStyles:
    """The styles of paragraphs and runs by id."""

    def __init__(self, archive: ZipArchive, member: str) -> None:
        self._styles: dict[str, _Style] = {}
        if member in archive:
            for one in archive.xml(member):
                name, parent = value(child(one, "name")).lower(), value(child(one, "basedOn"))
                hidden = is_on(child(one, "rPr", "vanish"))
                height = value(child(one, "rPr", "vertAlign"))
                self._styles[value(one, "styleId")] = _Style(
                    name, parent, child(one, "pPr", "numPr"), hidden, height
                )

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

    def hides(self, style: str) -> bool | None:
        """Whether the style hides its words; None where neither it nor what it is based on says so."""
        return next((one.hidden for one in self._line(style) if one.hidden is not None), None)

    def height(self, style: str) -> str:
        """Whether the style sets its words above or below the line, as `superscript`; empty where none says so."""
        return next((one.height for one in self._line(style) if one.height), "")

    def numbered(self, style: str) -> Element | None:
        """How a paragraph of that style is numbered; None where it is not."""
        return next((one.numbered for one in self._line(style) if one.numbered is not None), None)


@dataclass(frozen=True, slots=True)
class _Level:
    form: str
    start: int
    words: str
    """What stands before an item, `%1` for the number of the first level and so on; empty for a number and a dot."""
    style: str
    """The style of paragraphs that are on this level without saying so."""


@dataclass(slots=True)
class Numbering:
    """The lists of a document, counted while it is read."""

    _levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    _counts: dict[str, Counter[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, archive: ZipArchive, member: str) -> Numbering:
        """The lists that the document defines."""
        if member not in archive:
            return cls()
        root = archive.xml(member)
        kinds = {
            value(one, "abstractNumId"): {
                number(level, 0, "ilvl"): _level(level) for level in one if name_of(level) == "lvl"
            }
            for one in root
            if name_of(one) == "abstractNum"
        }
        lists = (one for one in root if name_of(one) == "num")
        return cls({value(one, "numId"): kinds.get(value(child(one, "abstractNumId")), {}) for one in lists})

    def next_mark(self, numbered: Element, style: str = "") -> tuple[str, int]:
        """What the next item begins with, such as `-` or `3.`, and its level from 1; no mark for no item.

        `style` is the paragraph's, which says the level where the paragraph does not.
        """
        which = value(child(numbered, "numId"))
        if which in ("", "0"):
            return "", 1
        levels = self._levels.get(which, {})
        of_style = next((depth for depth, one in levels.items() if style and one.style == style), 0)
        depth = number(child(numbered, "ilvl"), of_style)
        level = levels.get(depth, _BULLETS)
        counts = self._counts.setdefault(which, Counter())
        for deeper in [one for one in counts if one > depth]:
            del counts[deeper]
        counts[depth] += 1
        if level.form in ("bullet", "none") and "%" not in level.words:
            return ("-" if level.form == "bullet" else level.words.strip()), depth + 1

        def counted(found: re.Match[str]) -> str:
            asked = int(found[1]) - 1
            of_level = levels.get(asked, level)
            return numeral(of_level.form, of_level.start + max(counts[asked], 1) - 1)

        return _PLACE.sub(counted, level.words or f"%{depth + 1}.").strip(), depth + 1


_PLACE = lazy_pattern("%([1-9])")
_BULLETS = _Level("bullet", 1, "", "")


def _level(level: Element) -> _Level:
    return _Level(
        value(child(level, "numFmt"), default="decimal"),
        number(child(level, "start"), 1),
        value(child(level, "lvlText"))[:_MOST_WORDS],
        value(child(level, "pStyle")),
    )


LIST_FORMS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
"""The forms of numbers as pages and OpenDocument name them."""


def numeral(form: str, count: int) -> str:
    """A number as Word names its forms, such as `upperRoman`; empty for a bullet."""
    words = str(count)
    if form.endswith("Roman") and 0 < count < 4000:
        words = _roman(count)
    elif form.endswith("Letter") and count > 0:
        words = chr(ord("a") + (count - 1) % 26) * min((count - 1) // 26 + 1, 9)
    elif form in ("bullet", "none"):
        words = ""
    return words.upper() if form.startswith("upper") else words


def _roman(count: int) -> str:
    words = ""
    for worth, letters in _ROMAN:
        words += letters * (count // worth)
        count %= worth
    return words
