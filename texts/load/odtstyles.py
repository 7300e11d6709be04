"""What an ODT says of its paragraphs apart from them: which styles are quotations, and how lists and headings count."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from texts.load.wordstyles import LIST_FORMS, child, name_of, number, numeral, value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from xml.etree.ElementTree import Element

_MOST_PARENTS = 12
_MOST_WORDS = 60  # before or behind a number
OUTLINE = "the outline"
"""The list that headings count in; no style has a blank in its name."""


@dataclass(frozen=True, slots=True)
class _Level:
    form: str
    """Empty for no number; `bullet` for a sign."""
    start: int
    shown: int
    """How many levels of numbers are shown: 2 for `1.2`."""
    before: str
    behind: str


_BULLET = _Level("bullet", 1, 1, "", "")


@dataclass(slots=True)
class OdtStyles:
    """The styles of a document, and its lists, counted while it is read."""

    _parents: dict[str, str] = field(default_factory=dict)
    _names: dict[str, str] = field(default_factory=dict)
    _levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    _counts: dict[str, Counter[int]] = field(default_factory=dict)
    _hidden: set[str] = field(default_factory=set)
    """Styles of words that are not shown."""
    _faces: dict[str, str] = field(default_factory=dict)
    """The families of fonts by the names that the document gives them."""
    _fonts: dict[str, str] = field(default_factory=dict)
    """What styles name as their fonts."""
    _raised: set[str] = field(default_factory=set)
    """Styles that set words above the line."""

    @classmethod
    def of(cls, parts: Iterable[Element]) -> OdtStyles:
        """The styles in the parts of a document."""
        styles = cls()
        for one in (one for part in parts for group in part for one in group):
            name = value(one, "name")
            if name_of(one) == "style":
                styles._parents[name] = value(one, "parent-style-name")
                styles._names[name] = value(one, "display-name") or name
                look = child(one, "text-properties")
                if value(look, "display") == "none":
                    styles._hidden.add(name)
                if _is_raised(value(look, "text-position")):
                    styles._raised.add(name)
                if font := value(look, "font-name") or value(look, "font-family"):
                    styles._fonts[name] = font
            elif name_of(one) == "font-face":
                styles._faces[name] = value(one, "font-family").strip("'\"")
            elif name_of(one) in ("list-style", "outline-style"):
                levels = {number(level, 1, "level"): _level(level) for level in one}
                styles._levels[name if name_of(one) == "list-style" else OUTLINE] = levels
        return styles

    def names(self, style: str) -> Iterator[str]:
        """What a style, and those that it is made from, are called to readers, in lower case."""
        for _ in range(_MOST_PARENTS):
            yield self._names.get(style, style).replace("_20_", " ").lower()
            style = self._parents.get(style, "")

    def is_quotation(self, style: str) -> bool:
        """Whether a style of paragraphs, or one that it is made from, is that of quotations."""
        return any("quot" in name for name in self.names(style))

    def hides(self, style: str) -> bool:
        """Whether a style hides its words."""
        return style in self._hidden

    def raises(self, style: str) -> bool:
        """Whether a style sets its words above the line."""
        return style in self._raised

    def font(self, style: str) -> str:
        """The family of the font that a style, or one that it is made from, is set in; empty where none says it."""
        for _ in range(_MOST_PARENTS):
            if found := self._fonts.get(style):
                return self._faces.get(found, found)
            style = self._parents.get(style, "")
        return ""

    def restart(self, which: str, depth: int) -> None:
        """Begins a list anew from a level on."""
        counts = self._counts.setdefault(which, Counter())
        for deeper in [one for one in counts if one >= depth]:
            del counts[deeper]

    def next_mark(self, which: str, depth: int, start: int | None = None) -> str:
        """What the next item of a list begins with on a level, such as `-` or `3.`; empty where it shows nothing.

        `start` is the number that the item itself says.
        """
        levels = self._levels.get(which, {})
        level = levels.get(depth, _BULLET if which != OUTLINE else _Level("", 1, 1, "", ""))
        self.restart(which, depth + 1)
        counts = self._counts[which]
        counts[depth] = start if start is not None else counts.get(depth, level.start - 1) + 1
        if level.form == "bullet":
            return "-"
        if not level.form:
            return (level.before + level.behind).strip()
        shown = range(max(1, depth - level.shown + 1), depth + 1)
        numbers = [
            numeral(form, counts.get(each, levels[each].start if each in levels else 1))
            for each in shown
            if (form := levels[each].form if each in levels else "decimal") not in ("", "bullet")
        ]
        return f"{level.before}{'.'.join(numbers)}{level.behind}".strip()


def _is_raised(position: str) -> bool:
    """Whether a position is above the line, as `super 58%` or `33% 58%`."""
    above = position.partition(" ")[0]
    return above == "super" or (above.endswith("%") and above[:1].isdigit() and above.strip("0.%") != "")


def _level(level: Element) -> _Level:
    if name_of(level) in ("list-level-style-bullet", "list-level-style-image"):
        return _BULLET
    before, behind = (value(level, name)[:_MOST_WORDS] for name in ("num-prefix", "num-suffix"))
    form = value(level, "num-format")
    return _Level(
        LIST_FORMS.get(form, "decimal" if form else ""),
        number(level, 1, "start-value"),
        number(level, 1, "display-levels"),
        before,
        behind,
    )
