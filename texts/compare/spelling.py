"""Which names are one name, spelt differently: the consonants must agree as transliteration reckons them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import product

from rapidfuzz.distance import Indel

from texts.compare.wordlists import DERIVING
from texts.lexicon import PLACES, SHORTEST_VARIANT, background, stem

_ALIKE = 0.78
"""Indel similarity from which two spellings with the same consonants are one name: Nouri–Nuri .89, Qaeda–Qaida .80."""
_ALIKE_IF_UNSURE = 0.85
"""The same where little speaks for it: a word of four letters, of one consonant or a differing one, or of ordinary
English."""
_CLEARLY_MORE = 4
"""A text that has both spellings still means one name, where the one is so many times as frequent as the other."""

_SOUNDS = (
    (re.compile(r"^[jiy](?=[aeiou])"), "j"),
    (re.compile(r"(?<=.)j"), "i"),
    (re.compile(r"w|u(?=[aeiouy])"), "v"),
    (re.compile(r"tsch|tch|ch|kh|ck|q|c"), "k"),
    (re.compile(r"ph|f"), "p"),
    (re.compile(r"sh|zh|z"), "s"),
    (re.compile(r"th"), "t"),
    (re.compile(r"dh"), "d"),
    (re.compile(r"gh"), "g"),
    (re.compile(r"x"), "ks"),
    (re.compile(r"[aeiouyh]"), ""),
    (re.compile(r"(.)\1+"), r"\1"),
)


_LOOSER_SOUNDS = (("b", "v"), ("g", ""))
"""What some transliterations write one way and some another, and too many names differ in: Sebastopol, Lugansk."""
_DAUGHTER_AND_SON = {"a", "o"}
"""Last letters that tell two names apart: Maria, Mario."""
_LONG = 7
"""Letters from which a name may differ in such a consonant."""


@lru_cache(1 << 14)
def consonants(folded: str) -> str:
    """The consonants of a folded name, those that transliterations exchange made one: shochoh and socoh → sk."""
    for pattern, sound in _SOUNDS:
        folded = pattern.sub(sound, folded)
    return folded


def _looser(consonants: str) -> str:
    for one, other in _LOOSER_SOUNDS:
        consonants = consonants.replace(one, other)
    return consonants


def variants(left: Mapping[str, int], right: Mapping[str, int]) -> list[tuple[str, str]]:
    """Pairs of words of names, one of each text, that are one name spelt differently.

    `left` and `right` say how often each text has each folded word. Each word is in one pair at most, the most alike
    first. Spellings that one text uses side by side are two names (Abel and Abiel), unless the one is clearly a slip.
    """
    found = sorted(_candidates(left, right), key=lambda pair: (-pair[0], sorted(pair[1:])))
    taken: tuple[set[str], set[str]] = (set(), set())
    pairs: list[tuple[str, str]] = []
    for _, one, other in found:
        if one not in taken[0] and other not in taken[1]:
            taken[0].add(one)
            taken[1].add(other)
            pairs.append((one, other))
    return pairs


def are_alike(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two names of several words are one, spelt differently: Moussa Koussa, Musa Kusa.

    Each word may differ by more than words that stand alone, for the others speak for it; but not in its last letter,
    where endings are.
    """
    if not 1 < len(one) == len(other):
        return False
    pairs = list(zip(one, other, strict=True))
    if not all(mine == its or _may_be_alike(mine, its) for mine, its in pairs):
        return False
    return Indel.normalized_similarity(" ".join(one), " ".join(other)) >= _ALIKE


def _may_be_alike(one: str, other: str) -> bool:
    return one[-1] == other[-1] and consonants(one) == consonants(other) and _could_be_one(one, other)


def _candidates(left: Mapping[str, int], right: Mapping[str, int]) -> Iterator[tuple[float, str, str]]:
    by_consonants: defaultdict[str, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for side, words in enumerate((left, right)):
        for word in words:
            if len(word) >= SHORTEST_VARIANT and word.isalpha():
                by_consonants[_looser(consonants(word))][side].append(word)
    for ours, theirs in by_consonants.values():
        for one, other in product(ours, theirs):
            if one != other and _could_be_one(one, other) and not _are_two(one, other, left, right):
                alike = Indel.normalized_similarity(one, other)
                if alike >= _threshold(one, other):
                    yield alike, one, other


def _could_be_one(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    ending = longer[len(shorter) :]
    if longer.startswith(shorter) and ending in DERIVING and not (ending == "y" and shorter.endswith("i")):
        return False
    if one[:-1] == other[:-1] and {one[-1], other[-1]} == _DAUGHTER_AND_SON:
        return False
    if consonants(one) != consonants(other) and len(shorter) < _LONG:
        return False
    return not (one in PLACES and other in PLACES)


def _threshold(one: str, other: str) -> float:
    unsure = (
        len(consonants(one)) < 2
        or consonants(one) != consonants(other)
        or min(len(one), len(other)) <= SHORTEST_VARIANT
    )
    ordinary = background().is_ordinary(stem(one)) or background().is_ordinary(stem(other))
    return _ALIKE_IF_UNSURE if unsure or ordinary else _ALIKE


def _are_two(one: str, other: str, left: Mapping[str, int], right: Mapping[str, int]) -> bool:
    """Whether the texts' own usage keeps the two apart."""
    for mine, its, text, elsewhere in ((one, other, left, right), (other, one, right, left)):
        # A text that has the other text's spelling too, and not clearly as its exception, tells the two apart.
        if its in text and (mine in elsewhere or text[mine] < _CLEARLY_MORE * text[its]):
            return True
    return False
