"""Runs of words that a passage of either text has one after the other, as what quotes has of what is quoted.

All else by which passages are compared goes by their lengths, so that eight words of a poem vanish in the page that
quotes them. A run counts by how unlikely it is: the rarity of its words, those of a name together as that of one, less
the ways in which two passages of such lengths can be laid beside each other, as searches for sequences weigh a match
(Karlin and Altschul 1990), and less the places that have the same words, as formulas do that everybody uses. `spans`
looks for runs of a few passages in loops, by the same `formula`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from texts.relate.formula import CHANGED, GAP, MOST_PLACES, SEED, raised_by_copy, worth_in_run
from texts.relate.sparse import Floats, Ints, numbered, ranges, stable_order

if TYPE_CHECKING:
    import numpy.typing as npt

    from texts.relate.features import Analysis


@dataclass(frozen=True)
class CopiedRuns:
    """The pairs of passages that share a run of words, by their left passages and then their right ones."""

    keys: Ints
    """Index of the left passage × number of right passages + index of the right passage; ascending."""
    surprise: Floats
    """How unlikely the most unlikely run of each pair is: the natural logarithm of the odds against it, over 0."""
    count: int
    """How many passages the right text has."""

    @classmethod
    def none(cls) -> CopiedRuns:
        """Those of two texts that share none."""
        return cls(np.zeros(0, np.int64), np.zeros(0, np.float32), 1)

    def joined_to(self, lefts: Ints, rights: Ints) -> tuple[Ints, Ints]:
        """These pairs, which are sorted by left, then right, and the pairs that share a run, sorted likewise."""
        keys = lefts * self.count + rights
        place = np.searchsorted(keys, self.keys)
        is_new = np.append(keys, -1)[place] != self.keys
        if not is_new.any():
            return lefts, rights
        lefts, rights = np.divmod(np.insert(keys, place[is_new], self.keys[is_new]), self.count)
        return lefts, rights

    def raise_scores(self, lefts: Ints, rights: Ints, scores: Floats) -> Floats:
        """The scores of these pairs, about 0–1, raised for those that share a run and are not alike by all else."""
        if not len(self.keys):
            return scores
        return np.asarray(raised_by_copy(scores, self.surprise_of(lefts, rights)), np.float32)

    def surprise_of(self, lefts: Ints, rights: Ints) -> Floats:
        """How unlikely the most unlikely run is that each of these pairs shares; 0 for pairs that share none."""
        if not len(self.keys):
            return np.zeros(len(lefts), np.float32)
        wanted = lefts * self.count + rights
        place = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
        return np.where(self.keys[place] == wanted, self.surprise[place], np.float32(0))


def copied_runs(
    left: Analysis, right: Analysis, rarity: npt.NDArray[np.float64], stop_words: npt.NDArray[np.bool_]
) -> CopiedRuns:
    """The runs of words that two texts share, given the rarity of each word of the vocabulary, at least 1.

    A run is a row of seeds at the same distance from each other in both texts, in one passage of either.
    """
    here, there, places = _seeds(left, right, len(rarity))
    pairs = left.owners()[here] * len(right) + right.owners()[there]
    if not len(pairs):
        return CopiedRuns.none()
    order = np.lexsort((here, there - here, pairs))
    here, there, places, pairs = here[order], there[order], places[order], pairs[order]
    goes_on = (np.diff(pairs) == 0) & (np.diff(there - here) == 0) & (np.diff(here) <= SEED + GAP)
    heads = np.flatnonzero(np.concatenate([[True], ~goes_on]))
    tails = np.append(heads[1:], len(here)) - 1
    nth, run = ranges(np.zeros_like(heads), here[tails] - here[heads] + SEED)
    at = here[heads][run] + nth
    is_same = left.roots[at] == right.roots[there[heads][run] + nth]
    words = left.roots[at]
    worth = worth_in_run(
        rarity[words], stop_words[words].astype(np.float64), left.names[at].astype(np.float64)
    )
    surprise = np.bincount(run, np.where(is_same, worth, -CHANGED))
    lefts, rights = np.divmod(pairs[heads], len(right))
    surprise -= np.log(np.diff(left.passages)[lefts] * np.diff(right.passages)[rights])
    surprise -= np.log(np.minimum.reduceat(places, heads))
    first = np.flatnonzero(np.diff(pairs[heads], prepend=-1))
    best = np.maximum.reduceat(surprise, first).astype(np.float32)
    return CopiedRuns(pairs[heads][first][best > 0], best[best > 0], len(right))


def _seeds(left: Analysis, right: Analysis, size: int) -> tuple[Ints, Ints, Ints]:
    """Where in the left and in the right words the same few stand in a row, and at how many pairs of places they do."""
    sides = (left, right)
    keys = [side.roots for side in sides]
    for step in range(1, SEED):
        longer = [key[:-1] * size + side.roots[step:] for key, side in zip(keys, sides, strict=True)]
        found, numbers = numbered(np.concatenate(longer))
        keys = [numbers[: len(longer[0])], numbers[len(longer[0]) :]]
    inside = [_within_passages(side) for side in sides]
    keys = [key[starts] for key, starts in zip(keys, inside, strict=True)]
    held = [np.bincount(key, minlength=len(found)) for key in keys]
    places = held[0] * held[1]
    looked_up = np.flatnonzero(places[keys[0]] <= MOST_PLACES)
    seed = keys[0][looked_up]
    ends = np.cumsum(held[1])
    entry, which = ranges((ends - held[1])[seed], ends[seed])
    there = stable_order(keys[1])[entry]
    return inside[0][looked_up[which]], inside[1][there], places[seed[which]]


def _within_passages(analysis: Analysis) -> Ints:
    """Where a row of `SEED` words begins that ends in the same passage."""
    owners = analysis.owners()
    return np.flatnonzero(owners[: 1 - SEED] == owners[SEED - 1 :])
