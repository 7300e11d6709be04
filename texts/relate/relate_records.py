"""What relating two texts gives: records without any machinery behind them, light to import."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from texts.model import Span

DEFAULT_SCORE = 50.0
"""Pairs with this score, or a higher one, count as related: more likely than not they speak of the same."""


class WhichText(StrEnum):
    """Which of the two texts."""

    LEFT = "left"
    RIGHT = "right"

    @property
    def other(self) -> WhichText:
        """The text across from this one."""
        return WhichText.RIGHT if self is WhichText.LEFT else WhichText.LEFT


class Kind(StrEnum):
    """Why two words are held to be one."""

    SAME = "same"
    """The same word, but for case, accents and possessive."""
    STEM = "stem"
    """Forms of one word: gain and gains, give and gave."""
    SPELLING = "spelling"
    """Spelt differently: Nouri and Nuri."""
    ALIAS = "alias"
    """Known to name the same: Shi’ite and Shia."""


@dataclass(frozen=True, slots=True)
class Related:
    """A passage of the left text and one of the right that speak of the same."""

    left: int
    """Number of the passage in the left text, from 1."""
    right: int
    """Number of the passage in the right text, from 1."""
    score: float
    """How sure it is that the two speak of the same, 0–100: of pairs with 70, about 70 in 100 do.

    `texts.relate.claim` says how it is made. For a passage the order by score is that by rank: what stands higher never
    has a lower score.
    """
    left_sentence: Span
    """The sentence of the left passage that carries the relation."""
    right_sentence: Span
    """The sentence of the right passage that carries the relation."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A word of the left text and one of the right that are held to be one word."""

    left: Span
    """The word in the left body."""
    right: Span
    """The word in the right body."""
    score: float
    """0–100: how alike the two words are."""
    weight: float
    """0–100: how much the two add, against the word that adds most in this pair of passages."""
    kind: Kind
    """Why they are held to be one."""


class Cancelled(Exception):  # noqa: N818 (nothing went wrong)
    """The caller no longer wants the answer."""


ProgressCallback = Callable[[float], None]
"""Called with the share of the work that is done, 0–1."""
CancelCheck = Callable[[], bool]
"""Says whether the answer is no longer wanted."""


class Progress:
    """Reports to a caller how far the work is, and stops it when the caller no longer wants the answer."""

    def __init__(
        self, callback: ProgressCallback | None = None, cancelled: CancelCheck | None = None
    ) -> None:
        self._callback, self._cancelled = callback, cancelled
        self._start, self._width = 0.0, 1.0

    def subrange(self, start: float, end: float) -> Progress:
        """Progress of a part of the work, which spans `start` to `end` (0–1) of this one."""
        inner = Progress(self._callback, self._cancelled)
        inner._start = self._start + self._width * start
        inner._width = self._width * (end - start)
        return inner

    def update(self, share: float) -> None:
        """Reports that this share (0–1) is done; to be called often. Raises Cancelled."""
        if self._cancelled is not None and self._cancelled():
            raise Cancelled
        if self._callback is not None:
            self._callback(self._start + self._width * min(1.0, share))
