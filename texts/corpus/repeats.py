"""Passages that many texts repeat, grouped: agency copy, reprints, headers are told once and counted, not listed.

Of passages that have the same words the first is looked for alone. What it has in common with another passage is said
of the second one too (`spread`): of two that is all of them, and of more, which are a group, one is of another text.

Passages are one group where they have the same words, or nearly so, or both are so near to a third. A group of three or
more stands for its passages: what it has in common with others is told of the passage that comes first.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from texts.corpus.shared_words import Bools, Candidates, Words, fingerprints
from texts.relate.sparse import Ints

NEARLY = 0.8
"""How alike two passages are at least that count as one, by the rarity of their words (cosine)."""
Apart = Callable[[Ints, Ints], Bools]
"""Says of the passages of pairs which of these may be told: those of two texts."""
MANY = 3
"""How many passages make a group; two are a pair."""


@dataclass(frozen=True)
class Repeats:
    """Which passages repeat each other."""

    first: Ints
    """For each passage the first one of its group, which is itself where it repeats none."""
    sizes: Ints
    """For each passage how many its group has, with itself."""

    def of_group(self, lefts: Ints, rights: Ints) -> Bools:
        """Which of these pairs lie in one group of `MANY` or more."""
        same: Bools = (self.first[lefts] == self.first[rights]) & (self.sizes[lefts] >= MANY)
        return same


def same_words(words: Words) -> Ints:
    """For each passage the first one that has the same words in the same order."""
    first: dict[bytes, int] = {}
    return np.array(
        [
            first.setdefault(print_, place) if print_ else place
            for place, print_ in enumerate(fingerprints(words))
        ],
        np.int64,
    )


def firsts_of_several(same: Ints, texts: Ints) -> Ints:
    """The passages that are the first with their words, which another text has too; `same` is of `same_words`."""
    rights = np.flatnonzero(same != np.arange(len(same)))
    return np.unique(same[rights[texts[same[rights]] != texts[rights]]])


def texts_to_find(same: Ints, texts: Ints) -> Ints:
    """The texts by which passages are looked for.

    One that is the first with words that another text has too is of a text of its own: what quotes it in its own text
    is no pair with it, but with the passage of the other text.
    """
    return texts_apart(texts, firsts_of_several(same, texts), 0)


def texts_apart(texts: Ints, firsts: Ints, place: int) -> Ints:
    """Texts of passages from this place of the corpus on, those of `firsts`, counted from there, each of its own."""
    found = texts.astype(np.int64)
    found[firsts] = -1 - (firsts + place)
    return found


def spread(found: Candidates, same: Ints, texts: Ints) -> Candidates:
    """The candidates, said of the second passage with the same words too; those of one text are left out.

    The second is the first one of another text, where there is one.
    """
    second = np.full(len(same), -1)
    rights = np.flatnonzero(same != np.arange(len(same)))[::-1]
    second[same[rights]] = rights
    rights = rights[texts[same[rights]] != texts[rights]]
    second[same[rights]] = rights
    parts = []
    for lefts in (found.lefts, second[found.lefts]):
        for others in (found.rights, second[found.rights]):
            kept = (lefts >= 0) & (others >= 0) & (texts[lefts] != texts[others])
            parts.append(found._replace(lefts=lefts, rights=others).only(kept).in_order())
    return Candidates.joined(parts)


def repeats(same: Ints, found: Candidates) -> Repeats:
    """The groups, of passages with the `same` words and of those that are nearly the same."""
    parents = same.tolist()
    near = found.cosine >= NEARLY
    for left, right in zip(found.lefts[near].tolist(), found.rights[near].tolist(), strict=True):
        one, other = sorted((_root(parents, left), _root(parents, right)))
        parents[other] = one
    first = np.array([_root(parents, place) for place in range(len(parents))], np.int64)
    return Repeats(first, np.bincount(first, minlength=len(first))[first])


def _root(parents: list[int], place: int) -> int:
    """The first of the group that a passage is in (union-find with halved paths: Tarjan and van Leeuwen 1984)."""
    while parents[place] != place:
        parents[place] = parents[parents[place]]
        place = parents[place]
    return place


def told_once(found: Candidates, groups: Repeats, apart: Apart, most: int) -> Candidates:
    """The candidates that are worth telling: of a group the first with `most` others, and one to any other passage.

    `apart` says which passages may be pairs.
    """
    inside = groups.of_group(found.lefts, found.rights)
    between = found.only(~inside)
    keys = np.stack(
        [
            np.where(groups.sizes[places] >= MANY, groups.first[places], places)
            for places in (between.lefts, between.rights)
        ]
    )
    order = np.lexsort((-between.shared, *np.sort(keys, axis=0)))
    low, high = np.sort(keys, axis=0)[:, order]
    head = np.ones(len(order), bool)
    head[1:] = (low[1:] != low[:-1]) | (high[1:] != high[:-1])
    return Candidates.joined([between.only(np.sort(order[head])), _stars(groups, apart, most)])


def _stars(groups: Repeats, apart: Apart, most: int) -> Candidates:
    """For each group its first passage with `most` others."""
    members = np.flatnonzero(groups.sizes >= MANY)
    members = members[np.argsort(groups.first[members], kind="stable")]
    first = groups.first[members]
    kept = apart(first, members)
    members, first = members[kept], first[kept]
    heads = np.flatnonzero(np.diff(first, prepend=-1))
    place = np.arange(len(first)) - np.repeat(heads, np.diff(np.append(heads, len(first))))
    rights, lefts = members[place < most], first[place < most]
    none = np.zeros(len(lefts), np.float32)
    return Candidates(lefts, rights, none, none, none)


def pairs_of_same(same: Ints, texts: Ints) -> Candidates:
    """The pairs of passages of two texts that have the same words, each with the first of them."""
    rights = np.flatnonzero(same != np.arange(len(same)))
    lefts = same[rights]
    apart = texts[lefts] != texts[rights]
    lefts, rights = lefts[apart], rights[apart]
    whole = np.ones(len(lefts), np.float32)
    return Candidates(lefts, rights, whole, whole, whole)
