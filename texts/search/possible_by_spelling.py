"""Which texts a fuzzy search need look at: `texts.search.possible_texts`, where words may be spelt otherwise."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from texts.search.fuzzy import SHORTEST_LIKE_RUN, known_aliases
from texts.search.known_words import near_in
from texts.search.query import Term, parse
from texts.search.shard import Shard
from texts.search.variants import (
    WantedWord,
    completions,
    edits_beside,
    most_edits,
    same_words,
)

if TYPE_CHECKING:
    from texts.lexicon import Aliases


def possible_by_spelling(
    query: str,
    shards: Sequence[Shard],
    texts: Collection[int],
    *,
    prefix_last: bool,
    aliases: Aliases | None,
) -> set[int]:
    """The texts with a word that some word of the query may stand for, as `texts.search.fuzzy` looks for it."""
    parsed = parse(query, prefix_last=prefix_last)
    finder = _Finder(shards, texts, aliases or known_aliases())
    found: set[int] = set()
    for unit in parsed.units:
        for term in unit.terms:
            found |= finder.with_term(term, in_phrase=len(unit.terms) > 2)
    return found


class _Finder:
    """Finds the texts that may have a term."""

    def __init__(self, shards: Sequence[Shard], texts: Collection[int], aliases: Aliases) -> None:
        self._shards = shards
        self._texts = frozenset(texts)
        self._aliases = aliases
        self._old = sorted(
            {
                old
                for shard in shards
                for text, old in zip(shard.texts, shard.old, strict=True)
                if old and text in self._texts
            }
        )

    def with_term(self, term: Term, *, in_phrase: bool) -> set[int]:
        if term.characters:
            return self._with_run(term.characters)
        letters = max(map(len, term.parts), default=len(term.word))
        wanted = WantedWord(term.word, letters, term.is_prefix, term.is_prefix or term.light, in_phrase)
        found = self._with_variants(wanted).union(*map(self._with_word, term.joined))
        for part in (*term.parts, *filter(None, [term.core])):
            found |= self._with_variants(WantedWord(part, len(part)))
        if not term.parts and not term.is_prefix and not self._with_word(term.word):
            for middle in range(2, len(term.word) - 1):
                found |= self._with_word(term.word[:middle]) & self._with_word(term.word[middle:])
        return found

    def _with_run(self, characters: Sequence[str]) -> set[int]:
        """The texts with all of the characters, or with so many as are enough where no text has them in a row."""
        needed = len(characters)
        if needed >= SHORTEST_LIKE_RUN:
            needed = -(-3 * needed // 4)
        counts = Counter(chain.from_iterable(map(self._with_word, characters)))
        return {text for text, count in counts.items() if count >= needed}

    def _with_word(self, word: str) -> set[int]:
        return self._using((shard, shard.find(word)) for shard in self._shards)

    def _using(self, words: Iterable[tuple[Shard, int | None]]) -> set[int]:
        """The texts that use one of some words."""
        found = (shard.texts_with(number) for shard, number in words if number is not None)
        return set(self._texts.intersection(chain.from_iterable(found)))

    def _with_variants(self, wanted: WantedWord) -> set[int]:
        """The texts with a word that the wanted one may stand for, by the rules of `texts.search.variants.expand`."""
        same = [
            (shard, number)
            for shard in self._shards
            for number, _ in same_words(wanted.word, shard, self._aliases, self._old)
        ]
        if wanted.is_prefix and len(wanted.word) > 1:
            same += ((shard, n) for shard in self._shards for n, _ in completions(wanted.word, shard))
        found = self._using(same)
        if most_edits(wanted.letters) and (wanted.in_phrase or not (wanted.is_settled and found)):
            found |= self._using(self._misspelt(wanted))
        return found

    def _misspelt(self, wanted: WantedWord) -> list[tuple[Shard, int]]:
        """Words within the edits that are allowed beside the best variant of all texts."""
        near = [
            (edits, shard, number) for shard in self._shards for number, _, edits in near_in(wanted, shard)
        ]
        if not self._old:  # else texts in old spelling, which are asked for no slips, might have the best one
            by_edits = sorted({edits for edits, _, _ in near})
            best = next((each for each in by_edits if self._using(_with_edits(near, each))), 0)
            allowed = max(edits_beside(wanted.letters, best), wanted.in_phrase)
            near = [each for each in near if each[0] <= max(allowed, best)]
        return [(shard, number) for _, shard, number in near]


def _with_edits(near: Iterable[tuple[int, Shard, int]], wanted: int) -> Iterable[tuple[Shard, int]]:
    return ((shard, number) for edits, shard, number in near if edits == wanted)
