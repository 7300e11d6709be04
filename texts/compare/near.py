"""Which of many texts are worth comparing with one: those whose passages share its rarer words.

It works on search indexes, which a library keeps, so that looking at a hundred texts costs what relating a few of them
does.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain

from texts.fold import APOSTROPHES
from texts.lexicon import STOP_WORDS, background, rarity, root
from texts.search.records import Searchable
from texts.search.words import WORD

_SHORTEST_SHOWN, _LONGEST = 3, 80
_WORDS_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Near:
    """How near a text is to the one that was asked about."""

    text: str
    """Slug."""
    likeness: float
    """0–100: how alike the most alike passage of this text is, on average over the passages that were asked about.

    Passages are alike by the cosine of their words, each counted once and weighed by rarity (Salton and Buckley
    1988)."""
    words: tuple[str, ...]
    """Words that both use, those first that say most: rare in all texts, and used often by both."""


class _Bags:
    """The words of the numbered passages of a text, as roots."""

    def __init__(self, source: Searchable) -> None:
        index = source.index
        self.source = source
        self.roots = [_telling_root(index.word(number)) for number in range(index.size)]
        by_token = self.roots.__getitem__
        tokens = index.tokens.tolist()
        self.counts = Counter[str]()
        self.passages: dict[int, frozenset[str]] = {}
        self.form = cache(self._form)
        for passage, start, end in zip(source.passages, index.bounds, index.bounds[1:], strict=False):
            if passage.number is not None:
                words = [word for word in map(by_token, tokens[start:end]) if word]
                self.counts.update(words)
                self.passages[passage.number] = frozenset(words)

    def _form(self, wanted: str) -> str:
        """How the text mostly writes a root that it has, without a possessive."""
        index = self.source.index
        numbers = (number for number, name in enumerate(self.roots) if name == wanted)
        starts = (index.starts[position] for number in numbers for position in index.positions(number))
        pieces = (self.source.body[start : start + _LONGEST] for start in starts)
        forms = Counter(_bare(found[0]) for piece in pieces if (found := WORD.match(piece)))
        return min(forms, key=lambda form: (-forms[form], form))


def near(
    one: Searchable, others: Iterable[Searchable], *, passage: int | None = None, most: int | None = None
) -> list[Near]:
    """The other texts, the nearest first, then by slug, `most` at most; those that share no word are left out.

    With `passage` only ¶`passage` of the one text is asked about, else all of it.
    """
    ours = _Bags(one)
    bags = [_Bags(other) for other in others]
    weights = _weights((ours, *bags))
    asked = [ours.passages[passage]] if passage is not None else list(ours.passages.values())
    best = _best(asked, bags, weights)
    likeness = [
        (100 * sum(scores) / max(1, len(asked)), each)
        for each, scores in zip(bags, best, strict=True)
        if any(scores)
    ]
    likeness.sort(key=lambda pair: (-pair[0], pair[1].source.slug))
    return [
        Near(each.source.slug, alike, _words(ours, each, asked, weights)) for alike, each in likeness[:most]
    ]


def _telling_root(folded: str) -> str:
    """The root of a word that carries a subject, else nothing."""
    name = root(folded)
    return "" if folded in STOP_WORDS or name in STOP_WORDS or folded[0].isdigit() else name


def _bare(written: str) -> str:
    return written[:-2] if written[-1] in "sS" and written[-2:-1] in APOSTROPHES else written


def _weights(bags: Sequence[_Bags]) -> Mapping[str, float]:
    """What each root says, by how few passages of all texts have it, and by how rare it is in English."""
    holding = Counter(chain.from_iterable(chain.from_iterable(each.passages.values() for each in bags)))
    passages = sum(len(each.passages) for each in bags)
    english = background()
    return {name: rarity(passages, count, english.share(name)) for name, count in holding.items()}


def _best(
    asked: Sequence[Collection[str]], bags: Sequence[_Bags], weights: Mapping[str, float]
) -> list[list[float]]:
    """For each text, for each passage asked about, its likeness (0–1) to the most alike passage of the text."""
    squares = {name: weight * weight for name, weight in weights.items()}
    holding = defaultdict(list)
    for nth, words in enumerate(asked):
        for name in words:
            holding[name].append(nth)
    wanted = holding.keys()
    norms = [math.sqrt(math.fsum(squares[name] for name in words)) for words in asked]
    best = [[0.0] * len(asked) for _ in bags]
    for each, scores in zip(bags, best, strict=True):
        for words in each.passages.values():
            shared = words & wanted
            if not shared:
                continue
            products = [0.0] * len(asked)
            for name in sorted(shared):  # so that rounding is the same in every run
                for nth in holding[name]:
                    products[nth] += squares[name]
            norm = math.sqrt(math.fsum(squares[name] for name in words))
            for nth, product in enumerate(products):
                if product > scores[nth] * norms[nth] * norm:
                    scores[nth] = product / (norms[nth] * norm)
    return best


def _words(
    ours: _Bags, theirs: _Bags, asked: Sequence[Collection[str]], weights: Mapping[str, float]
) -> tuple[str, ...]:
    """The words that say most of what two texts share."""
    about = frozenset(chain.from_iterable(asked))
    shared = [name for name in about & theirs.counts.keys() if len(name) >= _SHORTEST_SHOWN]
    shared.sort(key=lambda name: (-weights[name] * min(ours.counts[name], theirs.counts[name]) ** 0.5, name))
    return tuple(ours.form(name) for name in shared[:_WORDS_SHOWN])
