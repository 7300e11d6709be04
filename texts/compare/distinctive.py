"""The words that each of two texts uses beyond what chance allows, and those that they share."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from texts.compare.tokenized import TokenizedText, Uses
from texts.lexicon import acronym_root
from texts.model import Span
from texts.tokens import is_acronym
from texts.typography import fold_word

SIGNIFICANT = 3.84
"""The log-likelihood that chance exceeds once in twenty words (chi-squared, one degree of freedom)."""

_NEVER_SEEN = 0.5
"""Stands for a count of 0 in a ratio, which would else be infinite (Hardie 2014)."""

_NO_USES = Uses((), Counter())


@dataclass(frozen=True)
class WordUse:
    """How two texts use a word in all its forms."""

    word: str
    """The form that occurs most often, as written."""
    left: tuple[Span, ...]
    """Each place in the left body, in order."""
    right: tuple[Span, ...]
    """Each place in the right body, in order."""
    log_likelihood: float
    """G² of Dunning (1993), 0 or more: how hard chance alone explains the difference. 3.84 happens by chance to one
    word in twenty, 10.83 to one in a thousand. It grows with the length of the texts."""
    log_ratio: float
    """How many times the word's share in the left text doubles its share in the right (Hardie 2014): 1 is twice as
    frequent in the left, −1 in the right; 0.5 stands for a count of 0."""

    @property
    def chance(self) -> float:
        """How likely chance alone makes such a difference or a greater one, 0–1."""
        return math.erfc(math.sqrt(self.log_likelihood / 2))


@dataclass(frozen=True)
class Distinctive:
    """The words of two texts, by where they belong.

    Counted are words of numbered passages, forms of one word together (by `texts.lexicon.root`), the most common
    function words and numbers left out; shares are of all words of a text, those included.
    """

    left: tuple[WordUse, ...]
    """Words of the left text beyond chance, the least likely first."""
    right: tuple[WordUse, ...]
    """Words of the right text beyond chance, the least likely first."""
    shared: tuple[WordUse, ...]
    """Words that both use, neither beyond chance: those first that both use most."""


def distinctive(
    left: TokenizedText,
    right: TokenizedText,
    *,
    alike: Iterable[Collection[str]] = (),
    min_log_likelihood: float = SIGNIFICANT,
    min_count: int = 2,
) -> Distinctive:
    """The words that tell two texts apart: from this log-likelihood and number of occurrences upwards.

    `alike` are groups of words that count as one, such as the spellings of a name, which tell editors apart.
    """
    uses = list(_uses(left, right, alike))
    telling = [use for use in uses if _is_telling(use, min_log_likelihood, min_count)]
    telling.sort(key=lambda use: (-use.log_likelihood, -abs(use.log_ratio), use.word))
    shared = [
        use for use in uses if use.left and use.right and not _is_telling(use, min_log_likelihood, min_count)
    ]
    shared.sort(
        key=lambda use: (-min(len(use.left), len(use.right)), -len(use.left) - len(use.right), use.word)
    )
    return Distinctive(
        tuple(use for use in telling if use.log_ratio > 0),
        tuple(use for use in telling if use.log_ratio < 0),
        tuple(shared),
    )


def _is_telling(use: WordUse, min_log_likelihood: float, min_count: int) -> bool:
    return use.log_likelihood >= min_log_likelihood and len(use.left) + len(use.right) >= min_count


def _uses(left: TokenizedText, right: TokenizedText, alike: Iterable[Collection[str]]) -> Iterator[WordUse]:
    root = left.morphology.root
    one = {_root(word, root): _root(min(group), root) for group in alike for word in group}
    ours, theirs = _merged(left.uses, one), _merged(right.uses, one)
    totals = len(left.units), len(right.units)
    for name in dict.fromkeys((*ours, *theirs)):
        mine, its = ours.get(name, _NO_USES), theirs.get(name, _NO_USES)
        counts = len(mine.spans), len(its.spans)
        yield WordUse(
            _usual_form(mine.forms + its.forms if all(counts) else mine.forms or its.forms),
            mine.spans,
            its.spans,
            log_likelihood(*counts, *totals),
            log_ratio(*counts, *totals),
        )


def _merged(uses: Mapping[str, Uses], one: Mapping[str, str]) -> Mapping[str, Uses]:
    """The uses of a text, with those of words that count as one put together."""
    merged = {name: use for name, use in uses.items() if name not in one}
    for name, other in one.items():
        if name in uses:
            before, its = merged.get(other, _NO_USES), uses[name]
            merged[other] = Uses(tuple(sorted(before.spans + its.spans)), before.forms + its.forms)
    return merged


def _root(written: str, root: Callable[[str], str]) -> str:
    folded = fold_word(written)
    return acronym_root(folded) if is_acronym(written) else root(folded)


def _usual_form(forms: Mapping[str, int]) -> str:
    return min(forms, key=lambda form: (-forms[form], form.casefold(), form))


def log_likelihood(left: int, right: int, left_total: int, right_total: int) -> float:
    """G² (Dunning 1993) of a word that occurs so often among so many words of each text; 0 or more.

    Taken over the four cells of the table: the word and all other words, in the left text and in the right.
    """
    total = left_total + right_total
    cells = (
        (left, left_total, left + right),
        (right, right_total, left + right),
        (left_total - left, left_total, total - left - right),
        (right_total - right, right_total, total - left - right),
    )
    found = sum(count * math.log(count * total / (row * column)) for count, row, column in cells if count)
    return max(0.0, 2 * found)


def log_ratio(left: int, right: int, left_total: int, right_total: int) -> float:
    """The binary logarithm of a word's share in the left text over its share in the right (Hardie 2014)."""
    if not left_total or not right_total:
        return 0.0
    return math.log2((left or _NEVER_SEEN) / left_total) - math.log2((right or _NEVER_SEEN) / right_total)
