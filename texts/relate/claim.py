"""How sure it is that two passages speak of the same: the claim, 0–100, apart from how far up a pair stands.

A rank may lean on whatever helps; a claim is a statement to the reader, and has to be so. It is the share of pairs like
this one that are right, by a logistic model fitted on translations, editions, gospels, newspaper articles, texts with
passages taken out or replaced, and texts that have nothing to do with each other (docs/finding.md has the sets, and how
reliable it is). It knows no number of passages, so that it means the same on three of them and on seven hundred.

- What two passages share counts as far as it stands out: how far the pair is ahead of every other pair of either one.
- Neighbours may confirm what the words of a passage say, and contradict it. Without words they make no claim.
- Where no word is shared, but for stop words, nothing is claimed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from texts.relate.copied import CopiedRuns
from texts.relate.features import Analysis
from texts.relate.hubs_and_order import Ordered
from texts.relate.scoring import Scored
from texts.relate.soft_links import SoftLinks
from texts.relate.sparse import Floats, Ints, SparseRows, best_first, collect, falling, inner_products, median

if TYPE_CHECKING:
    import numpy.typing as npt

_Doubles: TypeAlias = "npt.NDArray[np.float64]"

_ORDERED = -3.7
"""Where the texts have an order: the bias."""
_COMPLETE, _COMPLETENESS, _SOME_WORDS = 5.2, (0.0, 4.0), (0.06, 0.12)
"""What it is worth that the shorter text has counterparts for all it says, between which logarithms of the odds, and
from which own similarity of a pair it counts for anything, and for all."""
_LEADS, _AHEAD, _OWN_WORDS = 2.2, 0.12, (0.07, 0.2)
"""What it is worth that a pair, its neighbours heard, is ahead of all rivals of both its passages, how far ahead
anything has to be, and the own similarity of a pair whose neighbours count for nothing and for all."""
_STANDS_OUT, _OUT = 4.1, (-0.06, 0.06)
"""What it is worth beside this that the own words of the two are nearer than either is to its nearest ten, and between
which differences."""
_SAID_BY_BOTH, _SHARE = 2.5, (-2.5, -0.5)
"""What it is worth that the passage that says less says what the other does, and between which logarithms of its
share: who stands where a counterpart would has neighbours that speak for it, and only its words against it."""
_AT_LENGTH, _LENGTH = 2.3, (3.0, 6.0)
"""What is lost by long passages, which share many words by chance, and between which logarithms of their rarity."""
_BEHIND, _FAR_BEHIND = 2.5, 0.02
"""What a pair loses that is behind a rival of either passage, completeness aside, and how far behind it has to be."""
_BY_CHANCE, _NO_SIGN = 0.13, 1.5
"""How alike two candidates are in most texts that are no counterparts, and how many times what goes beyond is no sign:
where each letter is a word, and in a language of many particles, any two passages have these in common."""
_SURE_LEAD, _NO_WORDS = 0.04, 0.07
"""How far ahead a pair is that counts as matched, and how alike by its own words it has to be."""
_COPIED, _COPY = 14.0, 0.4
"""What similarity above this is worth where there is a rival: the same passage told twice has two counterparts."""
_BIAS = -5.3
_OWN = 10.0
_LEAD, _MOST_LEAD = 25.0, 0.15
"""Without order: what being ahead of all rivals is worth, and how far ahead anything has to be."""
_WORDS, _CHANCE, _BEYOND_CHANCE = 2.2, 0.1, 0.23
"""Own similarity at which a pair is no better than chance, and from which on it is clearly better."""
_SAME_MATTER = 4.4
_APART, _TOGETHER = 0.25, 0.55
"""How alike two texts are, taken whole, that speak of different matters, and of one."""
_STRANGE, _UNLIKE, _AKIN = 4.0, 0.1, 0.25
"""What is lost by a pair of two texts that have nothing in common as wholes, and between which similarities it ends."""
_CHANCE_WORDS, _QUOTATION = 5.0, 15.0
"""Rarity that passages of any two texts share by chance, and from which on only a quotation or one event does."""
_LITTLE, _MUCH = 2.0, 3.5
"""Logarithm of the rarity that is shared by passages that share little, and by those that share much."""
_FAINT, _FAINTEST, _SEEN = 4.0, 1.0, 3.0
"""What is lost by passages that share nothing but an ordinary word, and between which rarities that ends."""
_CROWDED, _CROWD, _FORMULA = 8.0, (0.88, 1.0), (0.15, 0.22)
"""What is lost by a pair of passages that have as much in common with ten others: a formula that all repeat."""
_SOME, _UNCROWDED, _WHOLE, _QUOTED = 0.5, (0.3, 0.5), (0.7, 0.95), (15.0, 25.0)
"""A refrain is a crowd in its own text, and in no other: how near the one of the two has to be to its nearest ten,
against the pair, and the other at most; and from which share of what one of them says, or from which surprise of a
copied run, it is quoted rather than a formula."""
_LEAST_SCORE = 1e-3
_LEAST_RARITY = 0.05
_LEAST_LOGIT = -5.3
"""What is less likely than this, one half in a hundred, is not claimed at all."""
_FINEST = 65_536.0
"""Claims are multiples of one such part, so that sums with the numbers of passages are exact."""
_LOOKED_AT = 5.0
"""Claims under this are not worth a look at their evidence."""


@dataclass(frozen=True)
class Ranked:
    """Pairs of passages and what they are ranked by."""

    pairs: Ordered
    similarity: Floats
    """How alike the two of each pair are, order included and hubs taken off."""
    copied: CopiedRuns
    """The runs of words that the two texts share."""
    is_one_text: bool = False
    """Whether both texts are the same, so that each passage is its own counterpart, and rival of none."""


@dataclass(frozen=True)
class Shared:
    """The words that passages of two texts have in common, but for stop words."""

    left: SparseRows
    right: SparseRows
    links: SoftLinks

    @classmethod
    def of(
        cls,
        analyses: tuple[Analysis, Analysis],
        rarity: _Doubles,
        stop_words: npt.NDArray[np.bool_],
        links: SoftLinks,
    ) -> Shared:
        """The words of two texts, each by the root of its rarity, so that a product of two is the rarity of one."""
        values = np.sqrt(np.maximum(rarity - 1, _LEAST_RARITY))
        left, right = (_content(analysis, values, stop_words) for analysis in analyses)
        return cls(left, right, links)

    def rarity(self, lefts: Ints, rights: Ints) -> Floats:
        """Summed rarity of the words that the passages of each pair share; spelling variants count as they do."""
        return inner_products(self.links.widen(self.left), self.right, lefts, rights)

    def least_rarity(self, lefts: Ints, rights: Ints) -> Floats:
        """Summed rarity of the words of the passage of each pair that says less."""
        left, right = (
            np.bincount(rows.owners(), rows.values.astype(np.float64) ** 2, len(rows))
            for rows in (self.left, self.right)
        )
        return np.asarray(np.minimum(left[lefts], right[rights]))

    def have_word(self, lefts: Ints, rights: Ints) -> npt.NDArray[np.bool_]:
        """Whether the passages of each pair have any root in common, variants apart."""
        return inner_products(self.left, self.right, lefts, rights) > 0


def _content(analysis: Analysis, values: _Doubles, stop_words: npt.NDArray[np.bool_]) -> SparseRows:
    kept = ~stop_words[analysis.roots]
    roots = analysis.roots[kept]
    rows = collect(analysis.owners()[kept], roots, np.ones(len(roots)), len(analysis), len(values))
    return SparseRows(rows.starts, rows.columns, values[rows.columns].astype(np.float32), rows.width)


def alike_as_wholes(
    analyses: tuple[Analysis, Analysis], rarity_at_large: _Doubles, stop_words: npt.NDArray[np.bool_]
) -> float:
    """How alike two whole texts are, 0–1: the cosine of their words, weighted by how rare they are at large."""
    weights = np.where(stop_words, 0, rarity_at_large)
    one, other = (np.bincount(each.roots, minlength=len(weights)) * weights for each in analyses)
    length = float(np.linalg.norm(one) * np.linalg.norm(other))
    return float(one @ other) / length if length else 0.0


def claims(found: Ranked, kept: Ints, shared: Shared, alike: Callable[[], float]) -> Floats:
    """How sure each of the `kept` pairs is, 0–100, before its evidence is looked at; 0 where no word is shared.

    `alike` says how alike the whole texts are, 0–1; it is only asked where they have no order, which says it better.
    """
    if found.pairs.has_order:
        likely, logit, rarity = _claims_in_order(found, kept, shared)
    else:
        likely, logit, rarity = _claims_alone(found, kept, shared, alike())
    claimed = np.zeros(len(kept), np.float32)
    claimed[likely] = np.where(rarity > 0, 100 / (1 + np.exp(-logit.astype(np.float64))), 0)
    return claimed


def _claims_in_order(found: Ranked, kept: Ints, shared: Shared) -> tuple[Ints, Floats, Floats]:
    """The kept pairs worth a claim, the logarithms of their odds, and the rarity that they share."""
    lefts, rights = found.pairs.supported.lefts[kept], found.pairs.supported.rights[kept]
    logit, copied = (part[kept] for part in _in_order(found))
    least = np.log1p(shared.least_rarity(lefts, rights))
    logit -= _AT_LENGTH * _step(least, *_LENGTH)
    likely = np.flatnonzero(logit + copied + _SAID_BY_BOTH > _LEAST_LOGIT)
    rarity = shared.rarity(lefts[likely], rights[likely])
    said = np.log1p(rarity)
    logit = logit[likely] + copied[likely] * _step(said, _LITTLE, _MUCH)
    logit += _SAID_BY_BOTH * _step(said - least[likely], *_SHARE)
    return likely, logit, rarity


def _claims_alone(found: Ranked, kept: Ints, shared: Shared, alike: float) -> tuple[Ints, Floats, Floats]:
    """The same for two texts that have no order in common and are so much `alike` as wholes."""
    lefts, rights = found.pairs.supported.lefts[kept], found.pairs.supported.rights[kept]
    matter = _SAME_MATTER * _step(alike, _APART, _TOGETHER)
    logit = _alone(found)[kept]
    crowd = _Crowd.of(found, kept)
    likely = np.flatnonzero(logit + matter - np.where(crowd.spared > 0, 0, crowd.lost) > _LEAST_LOGIT)
    rarity = shared.rarity(lefts[likely], rights[likely])
    logit = logit[likely] + matter * _step(np.log1p(rarity), _LITTLE, _MUCH) - crowd.lost[likely]
    again = np.flatnonzero(crowd.spared[likely] > 0)
    if len(again):
        pairs = likely[again]
        whole = _step(
            rarity[again] / np.maximum(shared.least_rarity(lefts[pairs], rights[pairs]), 1), *_WHOLE
        )
        quoted = _step(found.copied.surprise_of(lefts[pairs], rights[pairs]), *_QUOTED)
        logit[again] += np.maximum(whole, quoted) * crowd.spared[pairs]
    strange = _STRANGE * (1 - _step(alike, _UNLIKE, _AKIN))
    logit -= strange * (1 - _step(rarity, _CHANCE_WORDS, _QUOTATION))
    logit -= _FAINT * (1 - _step(rarity, _FAINTEST, _SEEN))
    return likely, logit, rarity


def _in_order(found: Ranked) -> tuple[Floats, Floats]:
    """The logarithm of the odds of each pair of two texts that run in the same order, and what copies add to it.

    Neighbours say which passage stands where; how much that counts is up to the words of the two.
    """
    pairs = found.pairs
    own = (
        pairs.alone.scores
    )  # hubs and all: with these taken off and levelled, any two passages would share words
    ahead = _leads(pairs.supported, found.similarity, found.similarity).min(0)
    matched = int(np.count_nonzero((ahead >= _SURE_LEAD) & (own >= _NO_WORDS)))
    missing = max(0, min(len(pairs.hubs.left), len(pairs.hubs.right)) - matched)
    out = own - pairs.hubs.around(pairs.alone)
    telling = own - _NO_SIGN * max(0.0, median(own) - _BY_CHANCE) if len(own) else own
    leads = _LEADS * _step(telling, *_OWN_WORDS) + _STANDS_OUT * _step(out, *_OUT)
    complete = _COMPLETE * _step(np.log((matched + 1) / (missing + 1)), *_COMPLETENESS)
    complete = complete * _step(telling, *_SOME_WORDS)
    behind = _step(-ahead, 0, _FAR_BEHIND)
    logit = _ORDERED + leads * _step(ahead, 0, _AHEAD) + complete * (1 - behind) - _BEHIND * behind
    return np.asarray(logit), np.asarray(_COPIED * np.maximum(own - _COPY, 0))


def _alone(found: Ranked) -> Floats:
    """The logarithm of the odds of each pair of two texts without a common order, crowds apart."""
    pairs, own = found.pairs, found.similarity
    contending = np.where(pairs.alone.lefts == pairs.alone.rights, 0, own) if found.is_one_text else own
    ahead = np.clip(_leads(pairs.alone, own, contending), -_MOST_LEAD, _MOST_LEAD).min(0)
    return np.asarray(_BIAS + _OWN * own + _LEAD * ahead + _WORDS * _step(own, _CHANCE, _BEYOND_CHANCE))


@dataclass(frozen=True)
class _Crowd:
    """What pairs lose that have as much in common with ten others."""

    lost: Floats
    spared: Floats
    """What of it, and of what is taken off for hubs, is given back where one of the two stands in no crowd."""

    @classmethod
    def of(cls, found: Ranked, kept: Ints) -> _Crowd:
        """Of the kept pairs."""
        pairs, own = found.pairs, found.similarity[kept]
        scores = np.maximum(pairs.alone.scores, _LEAST_SCORE)
        one, both = (
            (nearest / scores)[kept]
            for nearest in (pairs.hubs.around(pairs.alone), pairs.hubs.around_both(pairs.alone))
        )
        lost = _CROWDED * _step(one, *_CROWD) * _step(own, *_FORMULA)
        hubs = np.where(one > _SOME, np.maximum(pairs.alone.scores[kept] - own, 0), 0)
        return cls(lost, (1 - _step(both, *_UNCROWDED)) * (lost + _OWN * hubs))


def _step(values: Any, low: float, high: float) -> Any:
    """0 up to the low value, 1 from the high one on, and straight between them."""
    return np.clip((values - low) / (high - low), 0, 1)


def _leads(scored: Scored, scores: Floats, contending: Floats) -> Floats:
    """How far each pair is ahead of what the next best one of its left passage, and of its right one, contends with.

    A row for each; under 0 where the pair is behind.
    """
    rivals = np.stack([groups.rivals(contending) for groups in (scored.by_left, scored.by_right)])
    return np.asarray(scores - rivals)


def unproven(claimed: Floats, shared: Shared, lefts: Ints, rights: Ints) -> Ints:
    """The pairs whose claim rests on variants of spelling alone, so that their evidence should be looked at."""
    pairs = np.flatnonzero(claimed >= _LOOKED_AT)
    found: Ints = pairs[~shared.have_word(lefts[pairs], rights[pairs])]
    return found


def never_above_better(claimed: Floats, lefts: Ints, rights: Ints, similarity: Floats) -> Floats:
    """The claims, none of them higher than that of a pair which stands above it for its left or its right passage.

    So the order by claim is that by rank: for each passage and from either side. What stands below a pair of which
    nothing can be said is not the counterpart either.
    """
    claimed = (np.floor(claimed * _FINEST) / _FINEST).astype(np.float32)
    by_similarity = falling(similarity)
    ways = [(passages, best_first(passages, by_similarity)[0]) for passages in (lefts, rights)]
    before = None
    while before is None or (claimed < before).any():
        before = claimed
        for passages, order in ways:
            claimed = _falling(claimed, passages, order)
    return claimed


def _falling(claimed: Floats, passages: Ints, order: Ints) -> Floats:
    """The claims with each at most as high as those before it of the same passage."""
    below = 256.0 * passages[order]  # puts every passage under the one before it, exactly
    fallen = np.empty_like(claimed)
    fallen[order] = np.minimum.accumulate(claimed[order].astype(np.float64) - below) + below
    return fallen
