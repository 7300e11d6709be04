"""Turns likeness into a score of 0–100 that means the same for short texts and long ones."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

_LEAST, _BASE, _PER_PAIR = 0.1, 0.04, 0.0148
_STEEPNESS = 5.0
_FOOT = 0.25


def threshold(counts: tuple[int, int]) -> float:
    """The likeness from which two passages count as related, where the texts have so many passages.

    The more pairs there are to compare, the higher is the best likeness that chance gives, and it grows with the
    logarithm of their number, as extremes do (Gumbel 1958).
    """
    return max(_LEAST, _BASE + _PER_PAIR * math.log(max(1, counts[0] * counts[1])))


def calibrated(likeness: npt.ArrayLike, counts: tuple[int, int]) -> npt.NDArray[np.float64]:
    """Scores between 0 and 100, 50 at the threshold; a higher likeness always gets a higher score.

    A power of the likeness rather than an exponential, so that even the scores of two copies of a text can be told
    apart; below the foot, where a power would not do for numbers under 0, an exponential that joins it smoothly.
    """
    ratio = np.asarray(likeness, np.float64) / threshold(counts)
    foot = _FOOT**_STEEPNESS * np.exp(_STEEPNESS * (np.minimum(ratio, _FOOT) - _FOOT) / _FOOT)
    odds = np.where(ratio > _FOOT, np.maximum(ratio, _FOOT) ** _STEEPNESS, foot)
    scores: npt.NDArray[np.float64] = 100 * odds / (1 + odds)
    return scores
