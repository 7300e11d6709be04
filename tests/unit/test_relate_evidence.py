"""Which words of two related passages are underlined as the same."""

from __future__ import annotations

import pytest

from tests.unit.test_relate_pieces import words_of
from texts.lexicon import Aliases
from texts.relate.evidence import ContentWords, WordMatcher, align


def test_no_word_is_evidence_twice() -> None:
    matcher = WordMatcher(lambda root: float(len(root)), lambda root: True, Aliases())
    left, right = (
        words_of("Maliki, Maliki and the Iraqis"),
        words_of("Maliki was the man whom Iraqi voters chose"),
    )
    found = align(ContentWords.of(left), ContentWords.of(right), matcher)
    assert len(found) == 2
    assert len({word.left for word in found}) == len({word.right for word in found}) == 2
    assert [word.weight for word in found] == sorted((word.weight for word in found), reverse=True)
    assert found[0].weight == 100


@pytest.mark.parametrize(
    ("left", "right", "pairs"),
    [
        ("old mill", "mill stone, old mill", [(1, 3), (0, 2)]),  # the word before is the same
        ("mill wheel", "mill stone, mill wheel", [(0, 2), (1, 3)]),  # the word after
        ("mill, old mill", "old mill", [(1, 0), (2, 1)]),
        ("mill, mill wheel", "mill wheel", [(1, 0), (2, 1)]),
        ("mill", "mill, mill", [(0, 0)]),  # of equals the first
        ("stone mill", "mill bridge, mill tower", [(1, 0)]),
    ],
)
def test_of_the_same_words_that_counts_whose_neighbours_are_the_same(
    left: str, right: str, pairs: list[tuple[int, int]]
) -> None:
    matcher = WordMatcher(lambda root: 1.0, lambda root: True, Aliases())
    sides = words_of(left), words_of(right)
    starts = [{word.span: nth for nth, word in enumerate(side)} for side in sides]
    found = align(*map(ContentWords.of, sides), matcher)
    assert sorted((starts[0][word.left], starts[1][word.right]) for word in found) == sorted(pairs)
