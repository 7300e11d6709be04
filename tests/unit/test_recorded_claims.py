"""What is claimed of pairs whose numbers are made up, small and large, where texts hardly ever lead them.

Who changes a weight, or where one begins and ends to count, sees which claims change.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import partial

import numpy as np
import pytest
from recorded import same_as_recorded

from texts.meaning.meaning_claims import meaning_claims
from texts.relate.claim import Ranked, Shared, claims, never_above_better, unproven
from texts.relate.copied import CopiedRuns
from texts.relate.hubs_and_order import Hubs, Ordered, coherence, in_order
from texts.relate.relate_records import Progress
from texts.relate.scoring import Scored
from texts.relate.soft_links import SoftLinks
from texts.relate.sparse import Floats, Ints, SparseRows

SIZES = ((1, 1), (2, 3), (6, 5), (9, 12), (16, 14))
WHOLES = (0.0, 0.12, 0.2, 0.3, 0.45, 0.7)
Chance = random.Random


def floats(values: list[float]) -> Floats:
    return np.array(values, np.float32)


def shown(values: Floats | Ints) -> list[float]:
    return [round(float(value), 3) for value in values.ravel()]


def scores_of(chance: Chance, lefts: Ints, rights: Ints) -> Floats:
    """Low ones, as any two passages have, and high ones for some, most of these along the diagonal."""
    usual, spread = chance.choice((0.02, 0.1, 0.2)), chance.choice((0.02, 0.08, 0.3))
    true = chance.choice((0.1, 0.2, 0.45, 0.8))
    drawn = (
        usual
        + spread * chance.random() ** 2
        + true * chance.random() * (left == right or chance.random() < 0.05)
        for left, right in zip(lefts.tolist(), rights.tolist(), strict=True)
    )
    return floats([round(score, 4) for score in drawn])


def scored_of(chance: Chance, counts: tuple[int, int]) -> Scored:
    keys = [key for key in range(counts[0] * counts[1]) if chance.random() < 0.8] or [0]
    lefts, rights = np.divmod(np.array(keys, np.int64), counts[1])
    none = np.zeros(len(keys), np.int64)
    return Scored(lefts, rights, scores_of(chance, lefts, rights), none, none)


def rows_of(chance: Chance, count: int, worth: float) -> SparseRows:
    """So many passages of up to 30 words out of 40, each by the root of its rarity."""
    rows = [sorted(chance.sample(range(40), chance.choice((0, 1, 3, 9, 30)))) for _ in range(count)]
    starts = np.cumsum([0, *map(len, rows)])
    columns = np.array([column for row in rows for column in row], np.int64)
    values = floats([worth * (0.3 + (7 * column % 10) / 5) for column in columns.tolist()])
    return SparseRows(starts, columns, values, 40)


def ranked(seed: int, *, has_order: bool) -> tuple[Ranked, Shared, tuple[int, int]]:
    chance = Chance(seed)
    counts = SIZES[seed % len(SIZES)]
    alone = scored_of(chance, counts)
    hubs = Hubs.of(alone, counts)
    heard = floats([chance.choice((0.0, 0.05, 0.2)) * chance.random() for _ in range(len(alone))])
    supported = alone.rescored((alone.scores + heard).astype(np.float32)) if has_order else alone
    pairs = Ordered(alone, hubs, supported, has_order)
    similarity = (supported.scores - chance.choice((0, 0.05))).astype(np.float32)
    keys = np.flatnonzero([chance.random() < 0.3 for _ in range(counts[0] * counts[1])])
    copied = CopiedRuns(keys, floats([chance.uniform(1, 40) for _ in keys]), counts[1])
    none = np.zeros(0, np.int64)
    worth = chance.choice((0.3, 0.8, 1.5, 3.0))
    shared = Shared(
        rows_of(chance, counts[0], worth),
        rows_of(chance, counts[1], worth),
        SoftLinks(none, none, np.zeros(0, np.float32)),
    )
    is_one_text = counts[0] == counts[1] or seed % 7 == 0
    return Ranked(pairs, similarity, copied, is_one_text and not has_order), shared, counts


@pytest.mark.parametrize("has_order", [True, False])
def test_what_is_claimed(has_order: bool) -> None:
    made: dict[str, object] = {}
    for seed in range(60):
        found, shared, _ = ranked(seed, has_order=has_order)
        kept = np.arange(len(found.similarity))[:: 1 + seed % 2]
        alike = WHOLES[seed % len(WHOLES)]
        claimed = claims(found, kept, shared, partial(float, alike))
        lefts, rights = found.pairs.alone.lefts[kept], found.pairs.alone.rights[kept]
        made[str(seed)] = [
            shown(claimed[:40]),
            shown(never_above_better(claimed, lefts, rights, found.similarity[kept])[:40]),
            len(unproven(claimed, shared, lefts, rights)),
        ]
    same_as_recorded(f"claims/words-{has_order}", made)


@pytest.mark.parametrize("has_order", [True, False])
def test_what_is_claimed_by_meaning(has_order: bool) -> None:
    made: dict[str, object] = {}
    for seed in range(60):
        found, _, _ = ranked(seed, has_order=has_order)
        cosine = np.clip(found.pairs.alone.scores * (0.5, 1.0, 2.0)[seed % 3], -1, 1)
        made[str(seed)] = shown(meaning_claims(found.pairs, found.similarity, cosine)[:40])
    same_as_recorded(f"claims/meaning-{has_order}", made)


class Scores:
    """Scores that were drawn before they are asked for."""

    def __init__(self, chance: Chance, counts: tuple[int, int], noise: float) -> None:
        self.counts = counts
        self._table = np.array(
            [
                [
                    round(0.05 + noise * chance.random() + 0.4 * (abs(i - j) < 1) * chance.random(), 4)
                    for j in range(counts[1])
                ]
                for i in range(counts[0])
            ],
            np.float32,
        )

    def score(self, pairs: tuple[Ints, Ints], progress: Progress) -> Scored:
        none = np.zeros(len(pairs[0]), np.int64)
        return Scored(*pairs, self._table[pairs], none, none)


def drawn() -> Iterator[tuple[int, Scores, Scored]]:
    for seed in range(24):
        chance = Chance(seed)
        counts = ((7, 9), (8, 8), (9, 12), (20, 18))[seed % 4]
        scorer = Scores(chance, counts, (0.02, 0.1, 0.3)[seed % 3])
        keys = np.flatnonzero([chance.random() < 0.6 for _ in range(counts[0] * counts[1])])
        yield seed, scorer, scorer.score(np.divmod(keys, counts[1]), Progress())


def test_what_neighbours_say() -> None:
    made: dict[str, object] = {}
    for seed, scorer, scored in drawn():
        seen: list[float] = []
        found = in_order(scorer, scored, Progress(seen.append))
        made[str(seed)] = [
            round(coherence(scored, scorer.counts), 3),
            found.has_order,
            len(found.alone),
            shown(found.supported.scores[::5][:50]),
            shown(found.hubs.left),
            shown(found.hubs.right),
            shown(found.hubs.around(found.alone)[::9]),
            shown(found.hubs.around_both(found.alone)[::9]),
            shown(found.hubs.levelled(found.alone)[::9]),
            [round(share, 3) for share in seen],
        ]
    same_as_recorded("claims/order", made)
