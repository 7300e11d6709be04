"""Which of many texts are worth comparing with one: those whose passages share its rarer words.

It works on search indexes, which a library keeps, so that looking at a hundred texts costs what relating a few of them
does.
"""

from __future__ import annotations

import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import chain
from typing import TYPE_CHECKING

from texts.lexicon import STOP_WORDS, background, rarity, roots_of
from texts.search.search_records import Searchable
from texts.search.shard import Shard
from texts.tokens import APOSTROPHES, WORD

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_SHORTEST_SHOWN, _LONGEST = 3, 80
_WORDS_SHOWN = 12
_ALL_BUT_A_COPY, _FOR_QUOTATIONS = 0.6, 4
"""How alike a passage is to one that it quotes, and the share of places, one in so many, for texts that have one."""


@dataclass(frozen=True, slots=True)
class Near:
    """How near a text is to the one that was asked about."""

    text: str
    """Slug."""
    similarity: float
    """0–100: how alike the most alike passage of this text is, on average over the passages that were asked about.

    Passages are alike by the cosine of their words, each counted once and weighted by rarity (Salton and Buckley
    1988)."""
    words: tuple[str, ...]
    """Words that both use, those first that say most: rare in all texts, and used often by both."""


class Roots(dict[str, int]):
    """For each folded word the number of its root, 0 where it carries no subject; found once for all texts."""

    def __init__(self) -> None:
        super().__init__()
        self._numbers = {"": 0}

    def numbers_of(self, words: Sequence[str]) -> Iterable[int]:
        """The number of each of these folded words."""
        new = [word for word in words if word not in self]
        numbers = self._numbers
        for word, name in zip(new, roots_of(new), strict=True):
            self[word] = numbers.setdefault(_telling(word, name), len(numbers))
        return map(self.__getitem__, words)

    @property
    def names(self) -> list[str]:
        """The roots by number; the first stands for words that carry no subject."""
        return list(self._numbers)


class BagOfWords:
    """The words of the numbered passages of a text, as numbers of roots: a few bytes a word, for all of a library."""

    def __init__(self, source: Searchable, roots: Roots) -> None:
        index = source.index
        self.source = source
        self._numbers = array("I", roots.numbers_of(list(index.words())))
        tokens = index.tokens
        self.passages: dict[int, array[int]] = {}
        """The roots in each, none of them twice."""
        for passage, start, end in zip(source.passages, index.bounds, index.bounds[1:], strict=False):
            if passage.number is not None:
                found = set(map(self._numbers.__getitem__, tokens[start:end]))
                found.discard(0)
                self.passages[passage.number] = array("I", found)

    def counts(self) -> Counter[int]:
        """How often each root stands in numbered passages."""
        index, found = self.source.index, Counter[int]()
        for passage, start, end in zip(self.source.passages, index.bounds, index.bounds[1:], strict=False):
            if passage.number is not None:
                found.update(self._numbers[token] for token in index.tokens[start:end])
        del found[0]
        return found

    def form(self, wanted: int) -> str:
        """How the text mostly writes a root that it has, without a possessive."""
        index = self.source.index
        numbers = (number for number, found in enumerate(self._numbers) if found == wanted)
        starts = (index.starts[position] for number in numbers for position in index.positions(number))
        pieces = (self.source.body[start : start + _LONGEST] for start in starts)
        forms = Counter(_bare(found[0]) for piece in pieces if (found := WORD.match(piece)))
        return min(forms, key=lambda form: (-forms[form], form))


class Usage:
    """How many texts of a library use each word: what is rare goes by that where only some of them are weighed."""

    def __init__(self, shards: Sequence[Shard]) -> None:
        self._shards = shards
        self._texts = sum(len(shard.texts) for shard in shards)

    def texts_with(self, words: Iterable[str]) -> Iterator[tuple[str, memoryview]]:
        """Each of some folded words, and numbers of texts that use it: those of one shard, then those of the next."""
        for length, those in _by_length(words).items():
            wanted = _column(length, "".join(those))
            for shard in self._shards:
                places, numbers = _find(shard, length, wanted)
                for place, number in zip(places.tolist(), numbers.tolist(), strict=True):
                    yield those[place], shard.texts_with(number)

    def counts(self, words: Iterable[str]) -> Iterator[tuple[list[str], NDArray[np.int64]]]:
        """The folded words, some after others, and beside them how many texts use each."""
        import numpy as np

        for length, those in _by_length(words).items():
            wanted, counts = _column(length, "".join(those)), np.zeros(len(those), np.int64)
            for shard in self._shards:
                places, numbers = _find(shard, length, wanted)
                pointers = np.frombuffer(shard.pointers, np.uint32)
                counts[places] += pointers[numbers + 1] - pointers[numbers]
            yield those, counts

    def weights(self, roots: Roots) -> Sequence[float]:
        """What each root says, by how few texts have it, and by how rare it is in English."""
        import numpy as np

        holding = np.zeros(len(roots.names))
        for words, counts in self.counts(roots):
            numbers = np.fromiter(map(roots.__getitem__, words), np.intp, len(words))
            holding += np.bincount(numbers, counts, len(holding))
        return _rarities(self._texts, np.minimum(holding, self._texts).tolist(), roots.names)


def _by_length(words: Iterable[str]) -> dict[int, list[str]]:
    """Words by how long they are, those of a length in order, as neighbours are found soonest after each other."""
    found: dict[int, list[str]] = {}
    for word in sorted(words):
        found.setdefault(len(word), []).append(word)
    return found


def _find(shard: Shard, length: int, wanted: NDArray[np.str_]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Which of some words of a length a shard has, by their places, and their numbers there."""
    import numpy as np

    bucket = shard.buckets.get(length)
    if bucket is None:
        return np.zeros(0, np.intp), np.zeros(0, np.intp)
    there = _column(length, bucket.joined)
    places = np.minimum(np.searchsorted(there, wanted), len(there) - 1)
    found = np.flatnonzero(there[places] == wanted)
    return found, bucket.first + places[found]


def _column(length: int, joined: str) -> NDArray[np.str_]:
    """Words of a length, of which nothing stands between one and the next."""
    import numpy as np

    return np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), f"<U{length}")


def near(
    one: Searchable,
    others: Iterable[Searchable],
    *,
    passage: int | None = None,
    most: int | None = None,
    usage: Usage | None = None,
) -> list[Near]:
    """The other texts, the nearest first, then by slug, `most` at most; those that share no word are left out.

    With `passage` only ¶`passage` of the one text is asked about, else all of it. A quarter of the places are for texts
    that have a passage which nearly stands in the one text: a quotation in a book brings the book no nearer on average.
    """
    roots = Roots()
    ours = BagOfWords(one, roots)
    bags = [BagOfWords(other, roots) for other in others]
    names = roots.names
    weights = _weights((ours, *bags), names) if usage is None else usage.weights(roots)
    asked = [ours.passages[passage]] if passage is not None else list(ours.passages.values())
    best = _best(asked, bags, weights, names)
    alike = [
        (100 * sum(scores) / max(1, len(asked)), max(scores), each)
        for each, scores in zip(bags, best, strict=True)
        if any(scores)
    ]
    alike.sort(key=lambda found: (-found[0], found[2].source.slug))
    shared = _Shared(ours, asked, weights, names)
    return [Near(each.source.slug, score, shared.words(each)) for score, _, each in _chosen(alike, most)]


def _chosen(
    found: list[tuple[float, float, BagOfWords]], most: int | None
) -> list[tuple[float, float, BagOfWords]]:
    """`most` of the texts, nearest first, a quarter of them by their best passage if that is all but a copy."""
    if most is None or len(found) <= most:
        return found
    quoting = [nth for nth in range(len(found)) if found[nth][1] >= _ALL_BUT_A_COPY]
    quoting = sorted(quoting, key=lambda nth: (-found[nth][1], nth))[: most // _FOR_QUOTATIONS]
    others = [nth for nth in range(len(found)) if nth not in quoting]
    return [found[nth] for nth in sorted([*quoting, *others[: most - len(quoting)]])]


def _telling(folded: str, name: str) -> str:
    """The root of a word, its name, if the word carries a subject, else nothing."""
    return "" if folded in STOP_WORDS or name in STOP_WORDS or folded[0].isdigit() else name


def _bare(written: str) -> str:
    return written[:-2] if written[-1] in "sS" and written[-2:-1] in APOSTROPHES else written


def _weights(bags: Sequence[BagOfWords], names: Sequence[str]) -> Sequence[float]:
    """What each root says, by how few passages of all texts have it, and by how rare it is in English."""
    holding = Counter(chain.from_iterable(chain.from_iterable(each.passages.values() for each in bags)))
    passages = sum(len(each.passages) for each in bags)
    return _rarities(passages, [holding[number] for number in range(len(names))], names)


def _rarities(total: int, holding: Sequence[float], names: Sequence[str]) -> Sequence[float]:
    """What each root says, of which so many of the total hold it; 0 where none does."""
    share = background().share
    # Most words are in a few texts and unknown to English at large.
    telling = cache(partial(rarity, total))
    return [telling(held, share(name)) if held else 0.0 for held, name in zip(holding, names, strict=True)]


def _best(
    asked: Sequence[Sequence[int]],
    bags: Sequence[BagOfWords],
    weights: Sequence[float],
    names: Sequence[str],
) -> list[list[float]]:
    """For each text, for each passage asked about, its similarity (0–1) to the most alike passage of the text."""
    squares = [weight * weight for weight in weights]
    holding = defaultdict(list)
    for nth, words in enumerate(asked):
        for number in words:
            holding[number].append(nth)
    norms = [math.sqrt(math.fsum(map(squares.__getitem__, words))) for words in asked]
    about = frozenset(holding)
    best = [[0.0] * len(asked) for _ in bags]
    for each, scores in zip(bags, best, strict=True):
        for words in each.passages.values():
            shared = about.intersection(words)
            if not shared:
                continue
            products = [0.0] * len(asked)
            # By the alphabet, so that rounding is the same in every run.
            for number in sorted(shared, key=names.__getitem__):
                for nth in holding[number]:
                    products[nth] += squares[number]
            norm = math.sqrt(math.fsum(map(squares.__getitem__, words)))
            for nth, product in enumerate(products):
                if product > scores[nth] * norms[nth] * norm:
                    scores[nth] = product / (norms[nth] * norm)
    return best


class _Shared:
    """What is asked about, to be held against one text after another."""

    def __init__(
        self,
        ours: BagOfWords,
        asked: Sequence[Collection[int]],
        weights: Sequence[float],
        names: Sequence[str],
    ) -> None:
        self._counts = ours.counts()
        self._about = frozenset(chain.from_iterable(asked))
        self._weights = weights
        self._names = names
        self._form = cache(ours.form)

    def words(self, theirs: BagOfWords) -> tuple[str, ...]:
        """The words that say most of what a text shares with it."""
        counts, names = theirs.counts(), self._names

        def telling(number: int) -> tuple[float, str]:
            return -self._weights[number] * min(self._counts[number], counts[number]) ** 0.5, names[number]

        shared = [number for number in self._about & counts.keys() if len(names[number]) >= _SHORTEST_SHOWN]
        return tuple(map(self._form, sorted(shared, key=telling)[:_WORDS_SHOWN]))
