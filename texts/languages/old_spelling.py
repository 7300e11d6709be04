"""Old spellings of a language: whether a text has them, by which key a word is compared, and which are of one word.

English before 1700 is brought to modern words (`early_english`); German before 1800, Latin and French have keys by
rules (`spelling_keys`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from types import MappingProxyType

from texts.languages.early_english import is_spelling_of, modern_root, root_today
from texts.languages.spelling_keys import french_key, german_key, latin_key

KEYS: Mapping[str, Callable[[str], str]] = MappingProxyType(
    {"en": modern_root, "la": latin_key, "de": german_key, "fr": french_key}
)
"""For each language with old spellings the function that gives the key of a folded word."""

_MARKS = {
    "la": "eius ejus enim autem sunt quod quae ergo sicut illi dixit ait",
    "en": "vnto vpon haue hath hym hys thei wyth vs doe shal wyll whiche ther hem iesus loue heauen sayd vp euer wolde "
    "shulde worde thynge kyng kynge lyfe tyme sonne lorde sayth saye daye thre lyke vnder selfe beynge mans owne",
    "de": "vnd jn jr jhm jm seyn auff vnter vber vns thun bey seyd nit sey zeyt darumb vnnd teutsch freyheit thier",
    "fr": "estoit estoient avoit avoient estre mesme vostre nostre tousjours roy luy j'ay faict nostres foy soubs",
}


def is_old(language: str, count: Callable[[str], int], total: int) -> bool:
    """Whether a text of so many words is in the old spelling of a language, or in Latin, which never had one alone.

    `count` says how often it uses a folded word.
    """
    used = [times for mark in _MARKS.get(language, "").split() if (times := count(mark))]
    return len(used) >= 4 and sum(used) * 200 >= total


_FIRST_LETTERS = ("uvw", "ijygh", "cksq", "fp", "aeiouyh", "tdþ")


def spellings_of(word: str, language: str, words_from: Callable[[str, int], Iterable[str]]) -> Iterator[str]:
    """The words of an old text that are old spellings of a modern one, in English also of its forms, folded.

    `words_from(letter, length)` gives the words of the text that begin so and have so many letters.
    """
    if language == "en":
        wanted = root_today(word)
        is_spelling = partial(is_spelling_of, word=word, wanted=wanted)
    else:
        key, wanted = KEYS[language], KEYS[language](word)
        is_spelling = partial(_has_key, key=key, wanted=wanted)
    letters = {word[0]}.union(*(group for group in _FIRST_LETTERS if word[0] in group))
    for letter in sorted(letters):
        for length in range(max(2, len(word) - 3), len(word) + 5):
            for other in words_from(letter, length):
                if other != word and is_spelling(other):
                    yield other


def _has_key(other: str, key: Callable[[str], str], wanted: str) -> bool:
    return key(other) == wanted
