"""Turns likeness into a score of 0–100 that means the same for short texts and long ones."""

from __future__ import annotations

import math

_LEAST, _BASE, _PER_PAIR = 0.1, 0.04, 0.0148
_STEEPNESS = 5.0
_FOOT = 0.25


def threshold(counts: tuple[int, int]) -> float:
    """The likeness from which two passages count as related, where the texts have so many passages.

    The more pairs there are to compare, the higher is the best likeness that chance gives, and it grows with the
    logarithm of their number, as extremes do (Gumbel 1958).
    """
    return max(_LEAST, _BASE + _PER_PAIR * math.log(max(1, counts[0] * counts[1])))


def calibrated(likeness: float, counts: tuple[int, int]) -> float:
    """A score between 0 and 100, 50 at the threshold; a higher likeness always gets a higher score.

    A power of the likeness rather than an exponential, so that even the scores of two copies of a text can be told
    apart; below the foot, where a power would not do for numbers under 0, an exponential that joins it smoothly.
    """
    ratio = likeness / threshold(counts)
    if ratio > _FOOT:
        odds = math.pow(ratio, _STEEPNESS)
    else:
        odds = _FOOT**_STEEPNESS * math.exp(_STEEPNESS * (ratio - _FOOT) / _FOOT)
    return 100 * odds / (1 + odds)


def least_likeness(score: float, counts: tuple[int, int]) -> float:
    """The likeness that gets this score: `calibrated` the other way round, infinite from 0 down and from 100 up."""
    if not 0 < score < 100:
        return math.copysign(math.inf, score - 50)
    odds = score / (100 - score)
    ratio = math.pow(odds, 1 / _STEEPNESS)
    if ratio <= _FOOT:
        ratio = _FOOT * (1 + math.log(odds / _FOOT**_STEEPNESS) / _STEEPNESS)
    return ratio * threshold(counts)
