"""How the words of one or more texts are brought to what their forms have in common, by the languages of the texts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

import Stemmer

from texts.languages.months import months
from texts.languages.old_spelling import KEYS, is_old
from texts.languages.telling import UNKNOWN, effective_language, sample_of, stop_words, words_of
from texts.lexicon import STOP_WORDS, root
from texts.model import Text

_SNOWBALL = {
    "ar": "arabic",
    "cs": "czech",
    "da": "danish",
    "de": "german",
    "es": "spanish",
    "fa": "persian",
    "fi": "finnish",
    "fr": "french",
    "hi": "hindi",
    "hu": "hungarian",
    "hy": "armenian",
    "it": "italian",
    "nl": "dutch",
    "no": "norwegian",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
}
"""The stemmers of Snowball that are put to folded words; Greek and Yiddish want marks that folding takes off."""


class Morphology(NamedTuple):
    """What is known of the words of some texts."""

    root: Callable[[str], str]
    """What the forms of a folded word have in common."""
    stop_words: frozenset[str]
    """Folded words that carry order but no subject."""
    months: frozenset[str] = frozenset()
    """The roots of the names of the months."""


ENGLISH = Morphology(root, STOP_WORDS, frozenset(map(root, months("en"))))


def morphology_of(texts: Sequence[Text]) -> Morphology:
    """How to take the words of texts that are compared; as English, where their languages are unknown or differ.

    Words of languages that differ have no stems in common; then names are what they share.
    """
    codes = frozenset(effective_language(text) for text in texts) - {UNKNOWN}
    old = any(_is_old(code, text.body) for code in codes for text in texts) if len(codes) == 1 else False
    return _morphology(codes, old)


@cache
def _morphology(codes: frozenset[str], old: bool) -> Morphology:
    """What is known of words in these languages; `old`: of one of them, in old spelling."""
    stops = STOP_WORDS.union(*map(stop_words, codes - {"en"}))
    if len(codes) != 1:
        named = frozenset(map(root, months("en").union(*map(months, codes))))
        return ENGLISH._replace(stop_words=stops, months=named)
    (code,) = codes
    if code == "en" and not old:
        return ENGLISH
    take = KEYS["en"] if code == "en" else _root(code, old)
    stops = STOP_WORDS if code == "en" else stop_words(code) or STOP_WORDS
    return Morphology(take, stops, frozenset(map(take, months(code))))


@cache
def _root(code: str, old: bool) -> Callable[[str], str]:
    """The stemmer of a language, with the key of old spelling before it where there is need."""
    stemmer = Stemmer.Stemmer(_SNOWBALL[code], 0) if code in _SNOWBALL else None
    key = KEYS.get(code) if old else None

    @lru_cache(1 << 17)
    def take(word: str) -> str:
        if key is not None:
            word = key(word)
        return str(stemmer.stemWord(word)) if stemmer is not None else word

    return take


def is_in_old_spelling(text: Text) -> bool:
    """Whether a text is spelt as before 1700 in English, before 1800 in German and French, or is in Latin."""
    return _is_old(effective_language(text), text.body)


def _is_old(code: str, body: str) -> bool:
    if code not in KEYS or code == "la":
        return code == "la"
    words = words_of(sample_of(body))
    return is_old(code, words.__getitem__, words.total())
