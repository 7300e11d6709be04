"""Which pairs are wanted: by score, by text, by date, by group; and which of a group stands for it."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from texts.corpus.pairs import Pair, PairSide
from texts.lazy_pattern import lazy_pattern

_DAY = lazy_pattern(r"\d{4}(-\d{2}(-\d{2})?)?\Z")
_YEAR = lazy_pattern(r"(?<!\d)(\d{4})(-\d{2}(-\d{2})?)?(?!\d)")


@dataclass(frozen=True, slots=True)
class PairFilter:
    """What is asked of a pair; what is left empty asks for nothing."""

    min_score: float = 0
    """0–100."""
    texts: tuple[str, ...] = ()
    """Names, titles or files of texts, case aside, each of which has to be on one side."""
    since: str = ""
    """A year, a month or a day, as ISO 8601: a pair has a text from then on."""
    until: str = ""
    """Likewise: a pair has a text up to the end of it."""
    group: str = ""
    """The name of a group of near-duplicates, case aside."""

    def wants(self, pair: Pair) -> bool:
        """Whether a pair is wanted."""
        return (
            pair.score >= self.min_score
            and (not self.group or pair.group.casefold() == self.group.casefold())
            and (not self.texts or self._has_texts(pair))
            and (not (self.since or self.until) or any(map(self._has_date, pair.sides)))
        )

    def _has_texts(self, pair: Pair) -> bool:
        sides = [_names(side) for side in pair.sides]
        wanted = [text.casefold() for text in self.texts]
        if len(wanted) == 2:  # each on a side of its own
            (one, other), (left, right) = wanted, sides
            return (one in left and other in right) or (one in right and other in left)
        return all(any(text in names for names in sides) for text in wanted)

    def _has_date(self, side: PairSide) -> bool:
        found = _YEAR.search(side.date)
        if found is None:
            return False
        day = found[0]
        return day >= self.since[: len(day)] and (not self.until or day[: len(self.until)] <= self.until)


def is_day(words: str) -> bool:
    """Whether words are a year, a month or a day as ISO 8601: 1863, 1863-11, 1863-11-19."""
    return bool(_DAY.match(words))


def first_of_groups(pairs: Iterable[Pair]) -> Iterator[Pair]:
    """The pairs, of each group of near-duplicates the first alone."""
    seen: set[str] = set()
    for pair in pairs:
        if pair.group:
            if pair.group in seen:
                continue
            seen.add(pair.group)
        yield pair


def best(pairs: Iterable[Pair], most: int) -> list[Pair]:
    """The pairs with the highest scores, best first, equal ones in their order; no more are held at a time."""
    return heapq.nlargest(most, pairs, key=lambda pair: pair.score)


def _names(side: PairSide) -> tuple[str, ...]:
    file = side.path.replace("\\", "/").rpartition("/")[2]
    return tuple(each.casefold() for each in (side.text, side.title, file, side.path) if each)
