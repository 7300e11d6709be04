"""The relations of two texts as seen from one of them: near is its side, far the other one."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from texts.model import Span
    from texts.relate import Related, Relations


T = TypeVar("T")

STRONG = 60.0
"""From this score on a relation is drawn as a full line, and the other pane follows it."""
LEAST_LISTED = 1.0
"""Under this score a passage has nothing to say about the other."""


class PairView:
    """Asks of the relations what concerns the text of one side, without dismissed pairs."""

    def __init__(self, relations: Relations, side: int, dismissed: frozenset[tuple[int, int]]) -> None:
        """`side` is 0 for the left text, 1 for the right one; `dismissed` are pairs of passages, left and right."""
        self._relations = relations
        self._from_left = side == 0
        self._dismissed = dismissed

    def best(self, number: int, least: float | None = None, most: int | None = None) -> list[Related]:
        """Passages of the far text related to a near passage, best first.

        `least` is the score that they have at least, `most` how many are wanted; None asks for the usual, and for all.
        """
        from texts.relate import DEFAULT_SCORE

        least = DEFAULT_SCORE if least is None else least
        of = self._relations.for_left if self._from_left else self._relations.for_right
        return self._suggested(of(number, min_score=least, limit=None if self._dismissed else most))[:most]

    @property
    def is_by_meaning(self) -> bool:
        """Whether passages were related by meaning too."""
        return self._relations.by_meaning

    def counterparts(self, number: int) -> list[Related]:
        """The best passage for a near one, with the other one where two stand together for it."""
        found = self.best(number)
        ends = (self.left_and_right(*map(tuple, bead)) for bead in self._relations.beads())
        together = {far for near, others in ends if number in near for far in others}
        return [each for k, each in enumerate(found) if not k or self.far_number(each) in together]

    def pairs(self) -> list[Related]:
        """All related passages of the two texts, best first."""
        near = self._relations.left if self._from_left else self._relations.right
        found = [each for passage in near.numbered for each in self.best(passage.number or 0)]
        return sorted(found, key=lambda each: -each.score)

    def numbers_related(self) -> set[int]:
        """Numbers of the near passages that the far text speaks of too."""
        pairs = (pair for pair in self._relations.pair_numbers() if pair not in self._dismissed)
        return {left if self._from_left else right for left, right in pairs}

    def answers(self, span: Span, most: int) -> list[Related]:
        """What the far text says about a span of the near one: what is sure first."""
        from store.services.relations import answers
        from texts.relate import WhichText

        side = WhichText.LEFT if self._from_left else WhichText.RIGHT
        return self._suggested(answers(self._relations, side, span, most))

    def _suggested(self, found: list[Related]) -> list[Related]:
        return [each for each in found if (each.left, each.right) not in self._dismissed]

    def left_and_right(self, near: T, far: T) -> tuple[T, T]:
        """Something of the near text and the same of the far one, that of the left text first."""
        return (near, far) if self._from_left else (far, near)

    def far_number(self, related: Related) -> int:
        """Number of the far passage."""
        return related.right if self._from_left else related.left

    def far_sentence(self, related: Related) -> Span:
        """The sentence of the far passage that answers best."""
        return related.right_sentence if self._from_left else related.left_sentence

    def evidence(self, near: int, far: int) -> tuple[list[Span], list[Span]]:
        """Spans that speak for the relation of two passages, most telling first: in the near text, in the far one."""
        return self._spans(*self.left_and_right(near, far))

    def evidence_of(self, related: Related) -> tuple[list[Span], list[Span]]:
        """The same of a relation that was found."""
        return self._spans(related.left, related.right)

    def _spans(self, left: int, right: int) -> tuple[list[Span], list[Span]]:
        found = self._relations.evidence(left, right)
        ends = [each.left for each in found], [each.right for each in found]
        return ends if self._from_left else ends[::-1]

    def share_words(self, related: Related) -> bool:
        """Whether any word speaks for a relation."""
        return bool(self._relations.evidence(related.left, related.right))

    def most_telling(self, related: Related, most: int) -> list[Span]:
        """The near words that speak most for a relation."""
        found = sorted(self._relations.evidence(related.left, related.right), key=lambda each: -each.weight)
        return [each.left if self._from_left else each.right for each in found[:most]]
