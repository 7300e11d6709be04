"""Words of a list's filter that mean themselves: `starred`, `orphan`, `tag:actor`, `-noted`, `reader:"Ann B"`.

They narrow exactly; what else is typed is held against the list as anywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cache
from typing import NamedTuple

from store.records import Anchor, Highlight
from texts.lazy_pattern import lazy_pattern
from texts.typography import without_accents

FILTER_HINT = "words · starred noted linked untagged changed orphan · tag: text: reader: · -starred"
"""What can be typed, in one line."""

_TYPED = lazy_pattern(r'(?P<turned>-?)(?:(?P<field>\w+):(?P<value>"[^"]*"?|[^"]*)|(?P<word>\w+))')
_PIECE = lazy_pattern(r'(?:"[^"]*"?|\S)+')

Meets = Callable[[int], bool]
"""Whether the highlight with this id meets what was typed."""


class Typed(NamedTuple):
    """What was typed, taken apart."""

    conditions: tuple[Condition, ...]
    words: str
    """What is no condition, to be held against the list."""


class Condition(NamedTuple):
    """One word of the filter that means itself."""

    name: str
    """`starred`, or the field before a colon."""
    value: str = ""
    """What stands after the colon, without its quotation marks."""
    turned: bool = False
    """Whether a `-` before it asks for the others."""


_STATES: Mapping[str, Callable[[Highlight], bool]] = {
    "starred": lambda highlight: highlight.star,
    "noted": lambda highlight: bool(highlight.note),
    "tagged": lambda highlight: bool(highlight.tags),
    "untagged": lambda highlight: not highlight.tags,
    "exact": lambda highlight: highlight.anchor is Anchor.EXACT,
    "changed": lambda highlight: highlight.anchor is Anchor.CHANGED,
    "orphan": lambda highlight: highlight.anchor is Anchor.ORPHAN,
}
_FIELDS: Mapping[str, Callable[[Highlight], Collection[str]]] = {
    "tag": lambda highlight: highlight.tags,
    "text": lambda highlight: (highlight.text,),
    "reader": lambda highlight: (highlight.reader,),
}
_LINKED = "linked"


def taken_apart(typed: str) -> Typed:
    """The conditions in what was typed, and the other words; a field without a value yet is no condition."""
    conditions: list[Condition] = []
    words: list[str] = []
    for piece in _PIECE.findall(typed):
        condition = _condition(piece)
        if condition is None:
            words.append(piece.replace('"', " ").strip())
        elif condition.value or condition.name not in _FIELDS:
            conditions.append(condition)
    return Typed(tuple(conditions), " ".join(words))


def _condition(piece: str) -> Condition | None:
    found = _TYPED.fullmatch(piece)
    if found is None:
        return None
    turned = bool(found["turned"])
    if found["field"] is not None:
        field = found["field"].casefold()
        return Condition(field, found["value"].strip('"').strip(), turned) if field in _FIELDS else None
    word = found["word"].casefold()
    return Condition(word, turned=turned) if word in _STATES or word == _LINKED else None


class Filter:
    """Tells which of some highlights meet what is typed."""

    def __init__(self, highlights: Iterable[Highlight] = (), linked: Collection[int] = frozenset()) -> None:
        """`linked`: ids of the highlights that a link touches."""
        self._highlights: dict[int, Highlight] = {}
        self._linked = linked
        self._names: dict[str, set[str]] = {field: set() for field in _FIELDS}
        self._plain = cache(without_accents)
        self.add(highlights)

    def add(self, highlights: Iterable[Highlight]) -> None:
        """Takes more highlights; their words are not kept."""
        for highlight in highlights:
            self._highlights[highlight.id] = highlight._replace(
                uid="",
                parts=(),
                quote="",
                before="",
                after="",
                note=highlight.note[:1],
                created="",
                updated="",
            )
            for field, names in _FIELDS.items():
                self._names[field].update(map(self._plain, names(highlight)))

    def __call__(self, typed: str) -> tuple[str, Meets]:
        """The words that are no condition, and whether a highlight meets those that are.

        A name that is there means itself, a tag also what lies below it; one that is not (yet) means every
        name that begins so. Case and accents make no difference.
        """
        conditions, words = taken_apart(typed)
        tests = [(self._test(condition), condition.turned) for condition in conditions]

        def meets(number: int) -> bool:
            highlight = self._highlights[number]
            return all(test(highlight) is not turned for test, turned in tests)

        return words, meets

    def _test(self, condition: Condition) -> Callable[[Highlight], bool]:
        if condition.name == _LINKED:
            return lambda highlight: highlight.id in self._linked
        if condition.name in _STATES:
            return _STATES[condition.name]
        names, wanted = _FIELDS[condition.name], self._plain(condition.value)
        below = f"{wanted.rstrip('/')}/"
        known = self._names[condition.name]
        if wanted in known or (condition.name == "tag" and any(name.startswith(below) for name in known)):
            return lambda highlight: any(
                name == wanted or (condition.name == "tag" and name.startswith(below))
                for name in map(self._plain, names(highlight))
            )
        return lambda highlight: any(self._plain(name).startswith(wanted) for name in names(highlight))
