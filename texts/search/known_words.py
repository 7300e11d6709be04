"""Which words of some texts a wanted one may stand for, by the shards that tell of them: no vocabulary is gone through.

Many texts have the same few of these words. They share one small vocabulary, which is looked at once for all of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from texts.search.shard import Shard, TextWords, shard_of
from texts.search.variants import WantedWord, completions, near_words, same_words

if TYPE_CHECKING:
    from texts.lexicon import Aliases
    from texts.search.packed_vocabulary import Vocabulary


class KnownWords:
    """The words of some texts, most of which shards tell of."""

    def __init__(self, shards: Sequence[Shard], texts: Sequence[int | None]) -> None:
        """`texts`: for each its number in the shards; None for one of which they do not tell."""
        self._shards = shards
        self._texts = texts
        old = dict(chain.from_iterable(zip(shard.texts, shard.old, strict=True) for shard in shards))
        self.old = [None if text is None else old[text] for text in texts]
        """The language in whose old spelling each text is, empty for none; None where no shard tells."""
        self._languages = sorted({language for language in self.old if language})
        self._vocabularies: dict[tuple[str, ...], Vocabulary] = {}

    def vocabularies(self, wanted: WantedWord, aliases: Aliases) -> list[Vocabulary | None]:
        """For each text its words that may count as variants, or None; the same object where they are the same."""
        by_text: dict[int, list[str]] = {text: [] for text in self._texts if text is not None}
        for shard in self._shards:
            for word in self._words(wanted, aliases, shard):
                written = shard.word(word)
                for text in by_text.keys() & shard.texts_with(word):
                    by_text[text].append(written)
        return [None if text is None else self._vocabulary(by_text[text]) for text in self._texts]

    def may_have_all(self, words: Sequence[str]) -> list[bool]:
        """For each text whether it may have all of some words."""
        found = [
            set(chain.from_iterable(self._texts_with(word, shard) for shard in self._shards))
            for word in words
        ]
        has_all: set[int | None] = {None, *set.intersection(*found)}
        return [text in has_all for text in self._texts]

    def _texts_with(self, word: str, shard: Shard) -> Sequence[int]:
        number = shard.find(word)
        return () if number is None else shard.texts_with(number)

    def _words(self, wanted: WantedWord, aliases: Aliases, shard: Shard) -> list[int]:
        words = {number for number, _ in same_words(wanted.word, shard, aliases, self._languages)}
        if wanted.is_prefix:
            words.update(number for number, _ in completions(wanted.word, shard))
        words.update(number for number, _, _ in near_in(wanted, shard))
        return sorted(words)

    def _vocabulary(self, words: list[str]) -> Vocabulary:
        key = tuple(words)
        if key not in self._vocabularies:
            self._vocabularies[key] = shard_of([TextWords(0, words, 0)])
        return self._vocabularies[key]


def near_in(wanted: WantedWord, shard: Shard) -> list[tuple[int, str, int]]:
    """Numbers of words of a shard that are nearly the wanted one, the words, and by how many edits; remembered."""
    known = _NEAR.setdefault(shard, {})
    if wanted not in known:
        known[wanted] = list(near_words(wanted, shard, keep=False))
    return known[wanted]


_NEAR: WeakKeyDictionary[Shard, dict[WantedWord, list[tuple[int, str, int]]]] = WeakKeyDictionary()
