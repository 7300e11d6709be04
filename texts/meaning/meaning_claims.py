"""How sure it is that two passages say the same by their meaning: the claim, 0–100.

Unrelated sentences are nearly as alike as translations for a model that always finds something alike. So nothing
rests on how alike two are alone, but on how far a pair is ahead of every other one of either passage, in deviations
of all pairs of the two texts; on whether neighbours agree, where the texts have an order; and on how many passages
have a clear counterpart at all, which tells two texts of one matter from two that only speak of the same things. A
logistic model, fitted on seven pairs of languages in and out of order, with passages taken out, and on texts without
a counterpart; each language was judged by what was learned from the others (docs/meaning.md has the figures).
"""

from __future__ import annotations

import numpy as np

from texts.relate.hubs_and_order import Ordered
from texts.relate.scoring import Scored
from texts.relate.sparse import Floats

_ORDERED = (3.3, 1.95, 1.4, 1.45, -6.0)
"""Where the texts have an order: the lead over all rivals of both passages, of one, the same without neighbours, the
cosine, and the bias."""
_ALONE = (2.35, 0.5, 5.3, 18.8, -9.0)
"""Without order: the leads, the cosine, the share of passages that have a clear counterpart, and the bias."""
_FEW_SHARED, _ENOUGH_SHARED = 8.0, 0.35
"""With an order: what is taken off where no passage has a clear counterpart by itself, and the share of passages that
have one from which on nothing is. Neighbours that only speak of the same things agree with each other too."""
_LEADS = ((-3.0, 4.0), (-1.0, 5.0), (-3.0, 3.0))
_LEADS_ALONE = ((-2.0, 3.0), (-1.0, 4.0))
_MOST_ALIKE = 0.6
_CLEAR = 1.0
"""Deviations that a pair is ahead of all rivals if it clearly is a counterpart."""
_MOST_SHARED, _TOO_FEW = 0.4, 15
"""Share of clear pairs from which on more say no more, and passages that a short text is taken to have more."""
_LEAST = 0.5
"""What is less sure, in 100, is not claimed at all."""


def meaning_claims(found: Ordered, similarity: Floats, cosine: Floats) -> Floats:
    """How sure each pair is, 0–100; `similarity` is what they are ranked by, hubs taken off."""
    own = found.hubs.levelled(found.alone)
    deviation = max(float(own.std()), 1e-6) if len(own) else 1.0
    both, one = _leads(found.supported, similarity) / deviation
    alike = np.clip(cosine, 0, _MOST_ALIKE)
    if found.has_order:
        alone = _leads(found.alone, own)[0] / deviation
        parts = [np.clip(part, *limits) for part, limits in zip((both, one, alone), _LEADS, strict=True)]
        clear = np.count_nonzero(alone >= _CLEAR) / max(1, min(len(found.hubs.left), len(found.hubs.right)))
        logit = _weighed(_ORDERED, [*parts, alike])
        logit -= np.float32(_FEW_SHARED * max(0.0, 1 - clear / _ENOUGH_SHARED))
    else:
        passages = min(len(found.hubs.left), len(found.hubs.right))
        shared = np.count_nonzero(both >= _CLEAR) / (passages + _TOO_FEW)
        parts = [np.clip(part, *limits) for part, limits in zip((both, one), _LEADS_ALONE, strict=True)]
        logit = _weighed(_ALONE, [*parts, alike, np.full(len(alike), min(shared, _MOST_SHARED))])
    claimed = 100 / (1 + np.exp(-logit))
    return np.where(claimed < _LEAST, 0, claimed).astype(np.float32)


def _weighed(weights: tuple[float, ...], parts: list[Floats]) -> Floats:
    total = np.full(len(parts[0]), weights[-1], np.float64)
    for weight, part in zip(weights, parts, strict=False):
        total += weight * part
    return total.astype(np.float32)


def _leads(scored: Scored, scores: Floats) -> Floats:
    """How far each pair is ahead of the best other pair of both its passages, and of one: a row each."""
    leads = np.stack([scores - groups.rivals(scores) for groups in (scored.by_left, scored.by_right)])
    return np.stack([leads.min(0), leads.max(0)])
