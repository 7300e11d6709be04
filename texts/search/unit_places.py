"""Where the units of a query stand in many texts, each of which is looked into when it is asked for.

In most texts it need not be: which words they use, and how often, is known from shards, and so is how alike the places
of a word are and how many there are. What shards leave open (compounds, phrases, runs of characters) is looked up.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

from texts.search.old_texts import spelt_as_of_old
from texts.search.phrase import (
    APART,
    needed_of_phrase,
    needed_of_run,
    places_like_run,
    places_of_compound,
    places_of_phrase,
    places_of_run,
)
from texts.search.query import Term, Unit
from texts.search.variants import WantedWord, WordGroup, expand, most_variants, variants_in
from texts.search.word_places import Places, places_of_word

if TYPE_CHECKING:
    from texts.lexicon import Aliases
    from texts.search.index import Index
    from texts.search.known_words import KnownTexts
    from texts.search.search_records import Searchable


class UnitTally:
    """How alike the places of a unit in a text are, and how many there are."""

    __slots__ = ("best", "by_similarity")

    def __init__(self, by_similarity: Mapping[float, int]) -> None:
        self.by_similarity = by_similarity
        """For each similarity the number of places that have it."""
        self.best = max(by_similarity, default=0.0)
        """The greatest similarity; 0 where there is no place."""

    def __bool__(self) -> bool:
        return bool(self.by_similarity)

    def count(self, least: float) -> int:
        """How many places have at least this similarity."""
        return sum(count for similarity, count in self.by_similarity.items() if similarity >= least)


NOWHERE = UnitTally({})


class SearchedTexts:
    """The texts of a search, and what shards tell of them."""

    def __init__(self, searchables: Sequence[Searchable], aliases: Aliases, known: KnownTexts | None) -> None:
        self.searchables = searchables
        self.aliases = aliases
        self.words = known.words if known else None
        """What shards tell, if there are any."""
        self.numbers: Sequence[int | None] = known.numbers if known else [None] * len(searchables)
        """For each text its number in the shards, or None."""

    @cached_property
    def untold(self) -> dict[int, Index]:
        """The texts of which no shard tells, with their indexes."""
        return {text: self.index(text) for text, number in enumerate(self.numbers) if number is None}

    def index(self, text: int) -> Index:
        """The index of a text, which opens it."""
        return self.searchables[text].index

    def with_word(self, word: str) -> Mapping[int, int]:
        """The texts with a folded word, by their numbers in the shards, and how often; 0 where that is not told."""
        return self.words.texts_with(word) if self.words else {}


class UnitPlaces(ABC):
    """The places of a unit in the texts of a search, text by text."""

    def __init__(self, texts: SearchedTexts) -> None:
        self._texts = texts
        self._found: dict[int, Places] = {}

    def __getitem__(self, text: int) -> Places:
        """The places in a text, which is opened for them."""
        if text not in self._found:
            self._found[text] = self._find(text)
        return self._found[text]

    def tally(self, text: int) -> UnitTally:
        """How alike the places in a text are, and how many; it is opened only where shards do not tell."""
        number = self._texts.numbers[text]
        known = None if number is None else self._known(number) if number in self.may_have else NOWHERE
        return _tally_of(self[text]) if known is None else known

    @property
    @abstractmethod
    def may_have(self) -> Collection[int]:
        """The numbers of the texts that may have a place, of those of which shards tell."""

    def _known(self, number: int) -> UnitTally | None:
        """What shards tell of the places in a text that may have some, if that is all."""
        return None

    @abstractmethod
    def _find(self, text: int) -> Places: ...


def _tally_of(places: Places) -> UnitTally:
    found: dict[float, int] = {}
    for number, similarity in places.variants.items():
        found[similarity] = found.get(similarity, 0) + places.index.count(number)
    for match in places.wide.values():
        found[match.similarity] = found.get(match.similarity, 0) + 1
    return UnitTally(found)


def _tally_of_words(words: Sequence[tuple[float, int]]) -> UnitTally | None:
    """That of words of which each is so alike and stands so often; None where it is not told how often."""
    found: dict[float, int] = {}
    for similarity, count in words:
        if not count:
            return None
        found[similarity] = found.get(similarity, 0) + count
    return UnitTally(found)


class _Word(UnitPlaces):
    """A plain word by all that it may stand for."""

    def __init__(self, texts: SearchedTexts, wanted: WantedWord, joined: Sequence[str] = ()) -> None:
        super().__init__(texts)
        self._wanted = wanted
        self._joined = joined
        self._most = most_variants(wanted)
        known = texts.words.groups(wanted, texts.aliases) if texts.words else []
        untold = [WordGroup(index, spelt_as_of_old(index)) for index in texts.untold.values()]
        variants = expand(wanted, [*known, *untold], texts.aliases)
        self._untold = dict(zip(texts.untold, zip(variants[len(known) :], untold, strict=True), strict=True))
        self._by_number: dict[int, dict[str, tuple[float, int]]] = {}
        for group, found in zip(known, variants, strict=False):
            for word, similarity in found.items():
                written = group.vocabulary.word(word)
                for number, count in group.postings[word].items():
                    self._by_number.setdefault(number, {})[written] = similarity, count
        self._joined_words: dict[int, dict[str, tuple[float, int]]] = {}
        for both in joined:
            for number, count in texts.with_word(both).items():
                self._joined_words.setdefault(number, {})[both] = APART, count
        self._tallies: dict[tuple[tuple[float, int], ...], UnitTally | None] = {}

    @cached_property
    def may_have(self) -> Collection[int]:
        return self._by_number.keys() | self._joined_words.keys()

    def _known(self, number: int) -> UnitTally | None:
        words = self._by_number.get(number, {})
        if len(words) > self._most or (self._texts.words and self._texts.words.old(number)):
            return None
        if number in self._joined_words:
            words = self._joined_words[number] | words
        key = tuple(words.values())  # most texts have the same few
        if key not in self._tallies:
            self._tallies[key] = _tally_of_words(key)
        return self._tallies[key]

    def _find(self, text: int) -> Places:
        index, number = self._texts.index(text), self._texts.numbers[text]
        if number is None:
            variants, group = self._untold[text]
            old = group.old
        else:
            words = self._by_number.get(number, {})
            numbered = ((index.find(word), alike) for word, (alike, _) in words.items())
            variants = {n: alike for n, alike in numbered if n is not None}
            old = self._texts.words.old(number) if self._texts.words else ""
        variants = variants_in(index, variants, self._wanted, old)
        for word in self._joined:
            if (joined := index.find(word)) is not None:
                variants.setdefault(joined, APART)
        return places_of_word(index, variants)


class _WordOrHalves(UnitPlaces):
    """A plain word, and where no text has it in one, its two halves side by side."""

    def __init__(self, texts: SearchedTexts, word: str, whole: UnitPlaces) -> None:
        super().__init__(texts)
        self._word = word
        self._whole = whole

    @cached_property
    def _halves(self) -> list[tuple[str, str]]:
        """All ways to part the word; none where a text has it."""
        word = self._word
        if self._texts.with_word(word) or any(
            one.find(word) is not None for one in self._texts.untold.values()
        ):
            return []
        return [(word[:middle], word[middle:]) for middle in range(2, len(word) - 1)]

    @cached_property
    def _with_halves(self) -> list[set[int]]:
        """For each way to part it the texts that have both halves."""
        texts = self._texts
        return [texts.with_word(one).keys() & texts.with_word(other).keys() for one, other in self._halves]

    @cached_property
    def may_have(self) -> Collection[int]:
        return set(self._whole.may_have).union(*self._with_halves) if self._halves else self._whole.may_have

    def tally(self, text: int) -> UnitTally:
        if not self._halves:
            return self._whole.tally(text)
        return super().tally(text)

    def _known(self, number: int) -> UnitTally | None:
        if any(number in those for those in self._with_halves):
            return None
        return self._whole._known(number)

    def _find(self, text: int) -> Places:
        number, index, places = self._texts.numbers[text], self._texts.index(text), self._whole[text]
        for halves, those in zip(self._halves, self._with_halves, strict=True):
            if number is None or number in those:
                parts = [
                    Places(index, {n: 1.0}, {}) for each in halves if (n := index.find(each)) is not None
                ]
                if len(parts) == len(halves):
                    places = places_of_compound(places, parts, {})
        return places


class _Compound(UnitPlaces):
    """A hyphenated compound: in one word, in its parts, or its core without the particle."""

    def __init__(self, texts: SearchedTexts, term: Term, whole: UnitPlaces) -> None:
        super().__init__(texts)
        self._whole = whole
        self._parts = [_Word(texts, WantedWord(part, len(part))) for part in term.parts]
        self._core = _Word(texts, WantedWord(term.core, len(term.core))) if term.core else None

    @cached_property
    def may_have(self) -> Collection[int]:
        core = self._core.may_have if self._core else ()
        parts = set.intersection(*(set(part.may_have) for part in self._parts))
        return {*self._whole.may_have, *core, *parts}

    def _find(self, text: int) -> Places:
        core = self._core[text].variants if self._core else {}
        return places_of_compound(self._whole[text], [part[text] for part in self._parts], core)


class _Run(UnitPlaces):
    """A run of characters; where no text has it, what is like it."""

    def __init__(self, texts: SearchedTexts, characters: Sequence[str]) -> None:
        super().__init__(texts)
        self._characters = characters

    @cached_property
    def _counts(self) -> Counter[int]:
        """How many of the characters each text has."""
        return Counter(chain.from_iterable(map(self._texts.with_word, self._characters)))

    def _with(self, least: int) -> set[int]:
        return {number for number, count in self._counts.items() if count >= least}

    @cached_property
    def may_have(self) -> Collection[int]:
        return self._with(needed_of_run(self._characters))

    @cached_property
    def _is_nowhere(self) -> bool:
        whole = self._with(len(self._characters))
        return not any(
            self._exactly(text).wide
            for text, number in enumerate(self._texts.numbers)
            if number is None or number in whole
        )

    def _exactly(self, text: int) -> Places:
        one = self._texts.searchables[text]
        return places_of_run(self._characters, one.body, one.index)

    def _known(self, number: int) -> UnitTally | None:
        has_all = self._counts[number] == len(self._characters)
        return None if has_all or self._is_nowhere else NOWHERE

    def _find(self, text: int) -> Places:
        is_like = needed_of_run(self._characters) < len(self._characters) and self._is_nowhere
        return places_like_run(self._characters, self._texts.index(text)) if is_like else self._exactly(text)


class _Phrase(UnitPlaces):
    """Terms that stand together."""

    def __init__(self, texts: SearchedTexts, terms: Sequence[Term], places: Sequence[UnitPlaces]) -> None:
        super().__init__(texts)
        self._terms = terms
        self._places = places

    @cached_property
    def may_have(self) -> Collection[int]:
        counts = Counter(chain.from_iterable(places.may_have for places in self._places))
        needed = needed_of_phrase(self._terms)
        return {number for number, count in counts.items() if count >= needed}

    def _find(self, text: int) -> Places:
        index = self._texts.index(text)
        return places_of_phrase(index, self._terms, [places[text] for places in self._places])


def places_of_unit(texts: SearchedTexts, unit: Unit) -> UnitPlaces:
    """The places of a unit in these texts."""
    in_phrase = len(unit.terms) > 2
    by_term = [_places_of_term(texts, term, in_phrase) for term in unit.terms]
    return by_term[0] if len(by_term) == 1 else _Phrase(texts, unit.terms, by_term)


def _places_of_term(texts: SearchedTexts, term: Term, in_phrase: bool) -> UnitPlaces:
    if term.characters:
        return _Run(texts, term.characters)
    letters = max(map(len, term.parts), default=len(term.word))
    is_settled = term.is_prefix or term.light
    wanted = WantedWord(term.word, letters, term.is_prefix, is_settled, in_phrase)
    whole = _Word(texts, wanted, term.joined)
    if term.parts:
        return _Compound(texts, term, whole)
    return whole if term.is_prefix else _WordOrHalves(texts, term.word, whole)
