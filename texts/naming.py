"""The reader's own word on names: which spellings are one name, and which are two.

Light on purpose, because every search asks for it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import combinations, product
from typing import NamedTuple

from texts.lazy_pattern import lazy_pattern
from texts.tokens import WORD
from texts.typography import fold_text, fold_word

ARTICLES = frozenset(("al", "el", "ad", "an", "ar", "as", "ash", "at", "az"))
"""The article of Arabic names, as it stands before a hyphen: al-Maliki, ash-Sharif."""

SameNames = tuple[str, ...]
"""Spellings, or words, that name the same."""


class Overrides(NamedTuple):
    """The reader's own word on spellings; case, accents, kinds of quotes and a possessive are regardless."""

    joined: frozenset[tuple[str, str]] = frozenset()
    """Pairs of spellings that are one name."""
    parted: frozenset[tuple[str, str]] = frozenset()
    """Pairs of spellings that are two names; where a pair is in both, this counts."""

    def join(self, one: str, other: str) -> Overrides:
        """These, and the two spellings are one name from now on."""
        without = self.without(one, other)
        return Overrides(without.joined | {_pair(one, other)}, without.parted)

    def part(self, one: str, other: str) -> Overrides:
        """These, and the two spellings are two names from now on."""
        without = self.without(one, other)
        return Overrides(without.joined, without.parted | {_pair(one, other)})

    def without(self, one: str, other: str) -> Overrides:
        """These, and about the two spellings nothing is said."""
        keys = {spelling_key(one), spelling_key(other)}
        joined, parted = (
            frozenset(pair for pair in pairs if set(map(spelling_key, pair)) != keys)
            for pairs in (self.joined, self.parted)
        )
        return Overrides(joined, parted)

    def groups(self) -> tuple[SameNames, ...]:
        """The spellings that are joined, be it by way of others, but none that are parted; all of it sorted."""
        return _merged(sorted(self.joined), {frozenset(map(spelling_key, pair)) for pair in self.parted})

    def aliases(self) -> tuple[SameNames, ...]:
        """The words that are one by what was joined: see `aliases_of`."""
        return aliases_of(self.groups())


NO_OVERRIDES = Overrides()


@lru_cache(1 << 14)
def spelling_key(written: str) -> str:
    """What distinguishes spellings: letters, not case, accents, kinds of quotes, blanks, or a possessive."""
    words = fold_text(written).text.split()
    return " ".join([*words[:-1], *(word.removesuffix("'s") for word in words[-1:])])


def aliases_of(groups: Iterable[SameNames]) -> tuple[SameNames, ...]:
    """The words that are one by groups of spellings, for `texts.lexicon.Aliases`; sorted.

    Spellings of one word name the same (Burma, Myanmar). Of longer ones that differ in one place, the words in that
    place do (Nouri Maliki, Nuri al-Maliki); what differs in more is one only as a whole.
    """
    return _merged(
        pair
        for group in groups
        for one, other in combinations(map(naming_words, group), 2)
        if (pair := _difference(one, other))
    )


def naming_words(written: str) -> tuple[str, ...]:
    """The words of a spelling, as written, without the articles of Arabic names."""
    return tuple(word[0] for word in _words(written))


def _words(written: str) -> list[re.Match[str]]:
    every = WORD.finditer(written)
    return [
        word for word in every if not (word[0].lower() in ARTICLES and written[word.end() :].startswith("-"))
    ]


def rephrased(query: str, groups: Iterable[SameNames]) -> list[str]:
    """The query with a joined spelling in it replaced by each of those that it is joined with.

    Other words than a name has are left as they are, and a spelling of several words becomes a quoted phrase. What
    differs by one word is left out, because `aliases_of` sees to it.
    """
    words = _words(query)
    keys = [fold_word(word[0]) for word in words]
    found: list[str] = []
    for group in groups:
        parts = [naming_words(written) for written in group]
        for spelling in parts:
            place = _place(keys, [fold_word(word) for word in spelling])
            if place is None:
                continue
            before = _ARTICLE.sub("", query[: words[place].start()])
            after = query[words[place + len(spelling) - 1].end() :]
            in_phrase = len(_QUOTE.findall(before)) % 2 == 1
            for other in parts:
                if other != spelling and not _difference(spelling, other):
                    whole = " ".join(other)
                    found.append(
                        f'{before}"{whole}"{after}' if other[1:] and not in_phrase else before + whole + after
                    )
    return list(dict.fromkeys(found))


def _pair(one: str, other: str) -> tuple[str, str]:
    return min(one, other), max(one, other)


def _merged(
    pairs: Iterable[tuple[str, str]], parted: Collection[frozenset[str]] = frozenset()
) -> tuple[SameNames, ...]:
    """Groups of what the pairs join, be it by way of others; groups and what is in them sorted.

    A pair that would bring together two spellings whose keys are `parted` joins nothing.
    """
    of: dict[str, dict[str, str]] = {}
    for pair in pairs:
        first, second = (of.setdefault(spelling_key(word), {spelling_key(word): word}) for word in pair)
        if first is not second and not any({*keys} in parted for keys in product(first, second)):
            first |= second
            of.update(dict.fromkeys(second, first))
    return tuple(sorted({tuple(sorted(group.values())) for group in of.values() if len(group) > 1}))


def _difference(one: Sequence[str], other: Sequence[str]) -> tuple[str, str] | None:
    """The one pair of words in which two spellings of one length differ; None where they differ otherwise."""
    if len(one) != len(other):
        return None
    pairs = zip(one, other, strict=True)
    differing = [pair for pair in pairs if spelling_key(pair[0]) != spelling_key(pair[1])]
    return differing[0] if len(differing) == 1 else None


def _place(keys: Sequence[str], spelling: Sequence[str]) -> int | None:
    """Where the words of a spelling stand in a row among those of a query."""
    last = len(keys) - len(spelling)
    places: Iterator[int] = (
        at for at in range(last + 1) if keys[at : at + len(spelling)] == list(spelling) and spelling
    )
    return next(places, None)


_QUOTE = lazy_pattern('["“”„«»]')
_ARTICLE = lazy_pattern(rf"\b(?:{'|'.join(sorted(ARTICLES))})-$", re.IGNORECASE)
