"""Which texts are in old spelling: their words are taken for other spellings, and fewer of them for slips."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from texts.search.index import Index


def spelt_as_of_old(index: Index) -> str:
    """The language in whose old spelling the text is, by a few words of its vocabulary; empty for none."""
    known = _OLD.get(index)
    if known is None:
        known = _OLD[index] = next(filter(partial(_is_spelt_as_of_old, index), _SIGNS), "")
    return known


_OLD: WeakKeyDictionary[Index, str] = WeakKeyDictionary()
_SIGNS: Mapping[str, str] = MappingProxyType(
    {
        "en": "vnto haue lyfe hym",
        "de": "vnd vnnd jm auff seyn",
        "fr": "estoit mesme tousjours avoit",
        "la": "eius ejus enim autem",
    }
)
"""Words of which an old text has one at least: looked for first, as most texts have none."""

OLD_LANGUAGES = tuple(_SIGNS)
"""The languages whose old spelling is known."""


def _is_spelt_as_of_old(index: Index, language: str) -> bool:
    if all(index.find(sign) is None for sign in _SIGNS[language].split()):
        return False
    from texts.languages.old_spelling import is_old

    return is_old(language, lambda word: _count(index, word), len(index.tokens))


def _count(index: Index, word: str) -> int:
    number = index.find(word)
    return 0 if number is None else index.count(number)
