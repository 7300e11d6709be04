"""Which of very many texts may be near to one, by the index of all of them: `texts.compare.similarity` weighs these."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from texts.compare.similarity import BagOfWords, Roots, Usage

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from texts.search.search_records import Searchable

_FEWEST, _TIMES = 160, 8
"""At least so many are weighed, and so many times what is asked for: of 1,083 manuals, short and long, .93 of the 20
that are nearest are among 160."""
_FOR_QUOTATIONS = 8
"""One place in so many is for texts that have nearly all words of one passage."""


def likely_near(
    one: Searchable,
    texts: Collection[int],
    usage: Usage,
    *,
    passage: int | None = None,
    most: int,
) -> set[int]:
    """Numbers of some hundred of the texts, among which those mostly are that `near` would give of all.

    What counts is the share of a passage's rarity that a text has anywhere, squared: a text that has much of one
    passage is likelier to say it than one that has little of each.
    """
    import numpy as np

    roots = Roots()
    ours = BagOfWords(one, roots)
    asked = [ours.passages[passage]] if passage is not None else list(ours.passages.values())
    places = max(_FEWEST, _TIMES * most)
    numbers = np.array(sorted(texts), dtype=np.uint32)
    if len(numbers) <= places:
        return set(texts)
    squares = [weight * weight for weight in usage.weights(roots)]
    using = _using(roots, usage, numbers)
    mean, best = np.zeros(len(numbers)), np.zeros(len(numbers))
    for words in asked:
        share = np.zeros(len(numbers))
        for number in words:
            share[using[number]] += squares[number]  # once, also where a text is there twice
        share /= sum(map(squares.__getitem__, words)) or 1
        mean += share * share
        np.maximum(best, share, out=best)
    quoting = places // _FOR_QUOTATIONS
    likely: set[int] = set()
    for score, count in ((mean, places - quoting), (best, quoting)):
        order = np.argsort(-score, kind="stable")[:count]
        likely.update(numbers[order[score[order] > 0]].tolist())
    return likely


def _using(roots: Roots, usage: Usage, numbers: NDArray[np.uint32]) -> dict[int, NDArray[np.intp]]:
    """For each root the places of the texts that use it, as it is written in the one text; some of them twice, where
    that writes it in two ways.
    """
    import numpy as np

    found: dict[int, list[memoryview]] = {root: [] for root in roots.values()}
    for word, texts in usage.texts_with(word for word, root in roots.items() if root):
        found[roots[word]].append(texts)
    return {
        root: _places(np.frombuffer(b"".join(lists), np.uint32), numbers) for root, lists in found.items()
    }


def _places(wanted: NDArray[np.uint32], numbers: NDArray[np.uint32]) -> NDArray[np.intp]:
    """Where in `numbers`, ascending, those of the wanted stand that are there."""
    import numpy as np

    places = np.minimum(np.searchsorted(numbers, wanted), len(numbers) - 1)
    there: NDArray[np.intp] = places[numbers[places] == wanted]
    return there
