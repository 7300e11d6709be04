"""Formulas of office documents (OMML) and of pages (MathML) on one line: `1/2`, `x²`, `(a + b)/c`, `√2`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from texts.lazy_pattern import lazy_pattern

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
"""Digits as the call of a note has them."""
_RAISED = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
_LOWERED = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
SHAPED_FORMULAS = frozenset(("mfrac", "msup", "msub", "msubsup", "msqrt", "mroot"))
"""Elements of MathML whose parts do not just follow each other."""
_SIMPLE = frozenset(".,′")
_NUMBER = lazy_pattern(r"([+\-−–]?)((?:[0-9]+(?:[,–-] ?[0-9]+)*)?)([+\-−–]?)")
"""An exponent (10⁻⁶), a charge (Ca²⁺) or the calls of notes (¹,²)."""
_RAISED_SIGNS = str.maketrans("+-−–", "⁺⁻⁻⁻")


def fraction(above: str, below: str) -> str:
    """A fraction; what is more than a number or a name stands in brackets."""
    return f"{_bracketed(above)}/{_bracketed(below)}"


def raised(base: str, power: str) -> str:
    """A base with its power, in raised signs where there are such."""
    return base + (
        power.translate(_RAISED) if _has_all(power, "0123456789+-=()n") else f"^{_bracketed(power)}"
    )


def lowered(base: str, index: str) -> str:
    """A base with its index, likewise."""
    return base + (
        index.translate(_LOWERED) if _has_all(index, "0123456789+-=()") else f"_{_bracketed(index)}"
    )


def superscript(words: str) -> str:
    """Words as they are set above the line: numbers and the signs at their ends in raised signs, others as they are."""
    number = _NUMBER.fullmatch(words)
    if number is None:
        return words
    before, digits, behind = number.groups()
    return before.translate(_RAISED_SIGNS) + digits.translate(RAISED) + behind.translate(_RAISED_SIGNS)


def root(words: str, degree: str = "") -> str:
    """A root."""
    return f"{degree.translate(_RAISED)}√{_bracketed(words)}"


def page_formula(tag: str, parts: Sequence[str]) -> str:
    """A formula of MathML on one line; its parts in a row where there are fewer than its kind has."""
    if tag == "mfrac" and len(parts) == 2:
        return fraction(*parts)
    if tag == "msup" and len(parts) == 2:
        return raised(*parts)
    if tag == "msub" and len(parts) == 2:
        return lowered(*parts)
    if tag == "msubsup" and len(parts) == 3:
        return raised(lowered(*parts[:2]), parts[2])
    if tag == "msqrt":
        return root("".join(parts))
    return root(*parts) if tag == "mroot" and len(parts) == 2 else "".join(parts)


def _has_all(words: str, signs: str) -> bool:
    return all(sign in signs for sign in words)


def _bracketed(words: str) -> str:
    words = words.strip()
    plain = len(words) == 1 or all(sign.isalnum() or sign in _SIMPLE for sign in words)
    return words if plain else f"({words})"


def office_formula(element: Element) -> str | None:
    """The words of an element of OMML that is more than its parts in a row; None for any other."""
    space, _, name = str(element.tag).rpartition("}")
    shape = _SHAPES.get(name) if space.endswith("/math") else None
    return shape(element) if shape else None


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _words(element: Element) -> str:
    """The words of an element, its formulas on one line."""
    whole = office_formula(element)
    if whole is not None:
        return whole
    if _name(element) == "t":
        return element.text or ""
    return "".join(map(_words, element))


def _part(element: Element, name: str) -> str:
    return "".join(_words(one) for one in element if _name(one) == name)


def _delimited(element: Element) -> str:
    marks = {
        _name(one): next(iter(one.attrib.values()), "")
        for part in element
        for one in part
        if _name(part) == "dPr"
    }
    parts: Iterable[str] = (_words(one) for one in element if _name(one) == "e")
    return marks.get("begChr", "(") + marks.get("sepChr", "|").join(parts) + marks.get("endChr", ")")


_SHAPES: dict[str, Callable[[Element], str]] = {
    "f": lambda one: fraction(_part(one, "num"), _part(one, "den")),
    "sSup": lambda one: raised(_part(one, "e"), _part(one, "sup")),
    "sSub": lambda one: lowered(_part(one, "e"), _part(one, "sub")),
    "sSubSup": lambda one: raised(lowered(_part(one, "e"), _part(one, "sub")), _part(one, "sup")),
    "rad": lambda one: root(_part(one, "e"), _part(one, "deg")),
    "d": _delimited,
}
