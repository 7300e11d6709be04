"""Which elements of a page its stylesheets hide, and how they number lists, as far as an element by itself tells.

Rules are read by tinycss2 (BSD). Those whose selectors are made of a tag, classes and an id are followed, in the order
that CSS gives them (Cascading and Inheritance Level 3, section 6: importance, specificity, place); those that look at
the elements around, at what a reader does or at another medium than the screen say nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from texts.lazy_pattern import lazy_pattern

MOST_LETTERS = 1_000_000
"""Of the stylesheets of one page; what comes after them is not read."""

_HIDING: Mapping[str, frozenset[str]] = {
    "display": frozenset(("none",)),
    "visibility": frozenset(("hidden", "collapse")),
}
_NUMBERING = "list-style-type"
_READ = {name: name for name in (*_HIDING, _NUMBERING)} | {"list-style": _NUMBERING}
"""The properties that are read, and as which."""
_MAY_SAY = lazy_pattern(r"\b(?:none|hidden|collapse|list-style)\b", re.IGNORECASE)
_SELECTOR = lazy_pattern(r"([a-z][a-z0-9]*|\*)?((?:[.#][\w-]+)+)", re.IGNORECASE)
_PART = lazy_pattern(r"([.#])([\w-]+)")
_INLINE = lazy_pattern(r"(?:^|;)\s*(display|visibility)\s*:\s*([\w-]+)", re.IGNORECASE)
_STYLE = lazy_pattern(r"<style\b[^>]{0,500}>", re.IGNORECASE)
_LINK = lazy_pattern(r"<link\b[^>]{0,2000}>", re.IGNORECASE)
_IS_SHEET = lazy_pattern(r"""\brel\s*=\s*["']?stylesheet\b""", re.IGNORECASE)
_ADDRESS = lazy_pattern(r"""\bhref\s*=\s*(["'])([^"'>]*)\1""", re.IGNORECASE)
_MEDIA = lazy_pattern(r"""\bmedia\s*=\s*(["']?)([^"'>]*)\1""", re.IGNORECASE)
_ON_SCREEN = frozenset(("", "all", "screen", "only screen"))


def own_styles(source: str) -> Iterator[str]:
    """The stylesheets inside a page that are meant for a screen."""
    folded, done = source.lower(), 0
    for begun in _STYLE.finditer(source):
        if begun.start() < done or begun[0].endswith("/>"):
            continue
        done = folded.find("</style", begun.end())
        if done < 0:
            return
        if _is_meant(begun[0]):
            yield source[begun.end() : done]


def linked_styles(source: str) -> Iterator[str]:
    """The addresses of the stylesheets for a screen that a page links to."""
    for link in _LINK.finditer(source):
        address = _ADDRESS.search(link[0])
        if address is not None and _IS_SHEET.search(link[0]) and _is_meant(link[0]):
            yield address[2]


def _is_meant(tag: str) -> bool:
    media = _MEDIA.search(tag)
    return media is None or _is_for_screen(media[2])


class _Rule(NamedTuple):
    """What one selector says of one property."""

    weight: tuple[bool, int, int, int]
    """Importance, ids, classes and tags, place: the greatest counts."""
    tag: str
    """Empty for any."""
    names: frozenset[str]
    """Classes as `.name`, ids as `#name`: all that an element must have."""
    value: str


class Stylesheets:
    """The rules of a page by which elements are hidden or shown, and lists numbered."""

    def __init__(self, sheets: Iterable[str] = ()) -> None:
        self._rules: dict[str, dict[str, list[_Rule]]] = {name: defaultdict(list) for name in _READ.values()}
        """Property → a name that the selector wants → the rules."""
        self._count = 0
        room = MOST_LETTERS
        for sheet in sheets:
            if len(sheet) <= room and _MAY_SAY.search(sheet):
                room -= len(sheet)
                self._read(sheet)

    def __bool__(self) -> bool:
        return self.may_hide or bool(self._rules[_NUMBERING])

    @property
    def may_hide(self) -> bool:
        """Whether a rule hides anything."""
        return any(
            rule.value in hiding
            for name, hiding in _HIDING.items()
            for each in self._rules[name].values()
            for rule in each
        )

    def hides(self, tag: str, attributes: Mapping[str, str | None]) -> bool:
        """Whether an element is hidden by a rule, and not shown by a weightier one or by its own style."""
        own = {found[1].lower() for found in _INLINE.finditer(attributes.get("style") or "")}
        return any(
            self._said(name, tag, attributes) in hiding for name, hiding in _HIDING.items() if name not in own
        )

    def numbering(self, tag: str, attributes: Mapping[str, str | None]) -> str:
        """What the weightiest rule says of how a list is numbered; empty where none does."""
        return self._said(_NUMBERING, tag, attributes)

    def _said(self, name: str, tag: str, attributes: Mapping[str, str | None]) -> str:
        rules = self._rules[name]
        if not rules:
            return ""
        names = {f".{name}" for name in (attributes.get("class") or "").split()}
        if attributes.get("id"):
            names.add(f"#{attributes['id']}")
        found = [
            rule
            for name in names
            for rule in rules.get(name, ())
            if rule.names <= names and rule.tag in ("", tag)
        ]
        return max(found).value if found else ""

    def _read(self, sheet: str) -> None:
        import tinycss2

        nodes = tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True)
        for prelude, content in _rules_on_screen(nodes):
            selectors = list(_selectors(prelude))
            if not selectors:
                continue
            for declaration in tinycss2.parse_blocks_contents(content):
                if declaration.type != "declaration" or declaration.lower_name not in _READ:
                    continue
                value = tinycss2.serialize(declaration.value).strip().lower()
                for tag, names in selectors:
                    self._add(
                        _READ[declaration.lower_name], tag, names, value, important=declaration.important
                    )

    def _add(self, name: str, tag: str, names: frozenset[str], value: str, *, important: bool) -> None:
        self._count += 1
        ids = sum(each.startswith("#") for each in names)
        weight = (important, ids, 2 * (len(names) - ids) + bool(tag), self._count)
        rule = _Rule(weight, tag, names, value)
        self._rules[name][min(names)].append(rule)


def _rules_on_screen(nodes: Iterable[Any]) -> Iterator[tuple[str, Any]]:
    """Selectors and contents of the rules that hold on a screen."""
    import tinycss2

    for node in nodes:
        if node.type == "qualified-rule":
            yield tinycss2.serialize(node.prelude), node.content
        elif (
            node.type == "at-rule"
            and node.lower_at_keyword == "media"
            and node.content is not None
            and _is_for_screen(tinycss2.serialize(node.prelude))
        ):
            inner = tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
            yield from _rules_on_screen(inner)


def _is_for_screen(media: str) -> bool:
    """Whether a list of media has the screen, whatever its size."""
    return any(each.strip().lower() in _ON_SCREEN for each in media.split(","))


def _selectors(prelude: str) -> Iterator[tuple[str, frozenset[str]]]:
    for each in prelude.split(","):
        if found := _SELECTOR.fullmatch(each.strip()):
            tag = (found[1] or "").lower()
            yield "" if tag == "*" else tag, frozenset(sign + name for sign, name in _PART.findall(found[2]))
