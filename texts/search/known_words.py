"""What shards tell of the words of some texts, so that most of these need not be opened."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from texts.search.shard import Shard, TextWords, shard_of

if TYPE_CHECKING:
    from texts.lexicon import Aliases
    from texts.search.packed_vocabulary import Vocabulary
    from texts.search.variants import WantedWord, WordGroup


class KnownWords:
    """The words of some texts, by the shards that tell of them; the texts go by their numbers there."""

    def __init__(
        self, shards: Sequence[Shard], texts: Collection[int], fresh: Sequence[Vocabulary] = ()
    ) -> None:
        """`fresh` has all words of the shards, best each once: that is what is gone through; else they are."""
        self._shards = shards
        self._fresh = fresh or shards
        self.texts = frozenset(texts)
        """All of them; of others the shards may tell too, but they count for nothing."""
        self._tell_of_others = not all(map(self.texts.issuperset, (shard.texts for shard in shards)))
        old = chain.from_iterable(shard.old_texts.items() for shard in shards)
        self._old = {text: language for text, language in old if text in self.texts}
        self._with: dict[str, Mapping[int, int]] = {}
        self._groups: dict[tuple[WantedWord, Aliases], Sequence[WordGroup]] = {}

    def old(self, text: int) -> str:
        """The language in whose old spelling a text is; empty for none."""
        return self._old.get(text, "")

    def texts_with(self, word: str) -> Mapping[int, int]:
        """The texts that use a folded word, and how often; 0 where that is not told."""
        if word not in self._with:
            self._with[word] = self._using((shard, shard.find(word)) for shard in self._shards)
        return self._with[word]

    def texts_with_part(self, part: str) -> set[int]:
        """The texts with a word that holds `part` somewhere."""
        found = (shard.texts_with(word) for shard in self._shards for word in shard.containing(part))
        return set(self.texts.intersection(chain.from_iterable(found)))

    def groups(self, wanted: WantedWord, aliases: Aliases) -> Sequence[WordGroup]:
        """The words that may count as variants of a wanted one, with the texts that use them: all texts in one group.

        But those in old spelling are in groups by which of these words they have, as it goes by that what counts there.
        """
        key = wanted, aliases
        if key not in self._groups:
            self._groups[key] = self._made_groups(wanted, aliases)
        return self._groups[key]

    def _made_groups(self, wanted: WantedWord, aliases: Aliases) -> Sequence[WordGroup]:
        using = {
            word: texts for word in self._that_may_count(wanted, aliases) if (texts := self.texts_with(word))
        }
        if not self._old:
            return [_group(using)]
        of_old: dict[int, list[str]] = {}
        for word, texts in using.items():
            for text in self._old.keys() & texts:
                of_old.setdefault(text, []).append(word)
        alike: dict[tuple[str, tuple[str, ...]], list[int]] = {}
        for text, words in of_old.items():
            alike.setdefault((self._old[text], tuple(words)), []).append(text)
        plain = {
            word: {text: count for text, count in texts.items() if text not in self._old}
            for word, texts in using.items()
        }
        return [
            _group({word: texts for word, texts in plain.items() if texts}),
            *(
                _group(dict.fromkeys(words, dict.fromkeys(texts, 0)), old)
                for (old, words), texts in alike.items()
            ),
        ]

    def _using(self, words: Iterable[tuple[Shard, int | None]]) -> Mapping[int, int]:
        found: dict[int, int] = {}
        for shard, number in words:
            if number is not None:
                found.update(zip(shard.texts_with(number), shard.counts_with(number), strict=True))
        if not self._tell_of_others:
            return found
        return {text: count for text, count in found.items() if text in self.texts}

    def _that_may_count(self, wanted: WantedWord, aliases: Aliases) -> set[str]:
        from texts.search.variants import completions, near_words, same_words  # an exact search does without

        languages = sorted(set(self._old.values()))
        words: set[str] = set()
        for each in self._fresh:
            numbers = [number for number, _ in same_words(wanted.word, each, aliases, languages)]
            if wanted.is_prefix:
                numbers += [number for number, _ in completions(wanted.word, each)]
            words.update(map(each.word, numbers))
            words.update(other for _, other, _ in near_words(wanted, each, keep=False))
        return words


class KnownTexts(NamedTuple):
    """The texts of a search, as far as shards tell of them."""

    words: KnownWords
    """Of all texts that are asked, also of those that are left out of the search because they cannot answer."""
    numbers: Sequence[int | None]
    """For each text that is searched its number there; None for one of which the shards do not tell."""


def _group(using: Mapping[str, Mapping[int, int]], old: str = "") -> WordGroup:
    from texts.search.variants import WordGroup

    vocabulary = shard_of([TextWords(0, using, 0)])
    return WordGroup(vocabulary, old, [using[word] for word in vocabulary.words()])
