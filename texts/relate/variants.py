"""Which words of a question are which words of the passages that may answer it, though they are spelt differently.

The same links as `spelling` finds between two whole texts, for the few words of a question.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler

from texts.lexicon import FINDS_VARIANTS, Aliases, are_two_words, may_vary, weigh_variant

FULL = 0.9
"""What two spellings of one word are worth at most, against the same word."""


def worth_of_spellings(left: str, right: str, *, both_used_by_both: bool) -> float:
    """What two different roots that look alike are worth against the same word, 0–1; 0 if they are two words."""
    likeness = weigh_variant(left, right)
    if not likeness or are_two_words(left, right, both_used_by_both=both_used_by_both):
        return 0.0
    return FULL * likeness**2


def links_of(
    asked: Collection[str], there: Collection[str], aliases: Aliases
) -> Mapping[str, Mapping[str, float]]:
    """For each root that is asked about the other roots there that count as it, and what each is worth, 0–1."""
    choices = [root for root in there if may_vary(root)]
    found: dict[str, dict[str, float]] = {}
    for root in asked:
        links = _spellings(root, choices, asked, there) if may_vary(root) else {}
        links.update(dict.fromkeys(aliases.of(root).intersection(there), FULL))
        if links:
            found[root] = links
    return found


def _spellings(
    root: str, choices: Collection[str], asked: Collection[str], there: Collection[str]
) -> dict[str, float]:
    alike = process.extract(
        root, choices, scorer=JaroWinkler.normalized_similarity, score_cutoff=FINDS_VARIANTS, limit=None
    )
    worths = {
        other: worth_of_spellings(root, other, both_used_by_both=root in there and other in asked)
        for other, *_ in alike
        if other != root
    }
    return {other: worth for other, worth in worths.items() if worth}
