"""Evidence: which words of one passage are which of the other, for underlining."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import Indel, JaroWinkler

from texts.lexicon import Aliases, are_two_words, may_vary
from texts.relate.passage_words import Word
from texts.relate.relate_records import Evidence, Kind

_FOUND = 0.83
_COMMON_WORD, _NAME = 0.8, 0.7
"""How alike two spellings of a common word, and of a name, must be: names are spelt more freely."""
_ALIAS = 0.95
_NEAR = 0.25
"""How much more a match counts for each neighbour that matches as well."""


class _Match(NamedTuple):
    strength: float
    """Weight of the word × similarity × neighbours: the strongest match is taken first."""
    weight: float
    similarity: float
    left: int
    right: int
    kind: Kind


@dataclass(frozen=True)
class WordMatcher:
    """Compares a word of the left text with one of the right, by what is known of the words of both."""

    weight: Callable[[str], float]
    """How much a root says."""
    used_by_both: Callable[[str], bool]
    """Whether both texts use a root."""
    aliases: Aliases

    def compare(self, left: Word, right: Word) -> tuple[float, Kind] | None:
        """How alike two words are, 0–1, and why; None if they are two words."""
        if left.root == right.root:
            same = left.folded == right.folded
            return 1.0, Kind.SAME if same else Kind.STEM
        if self.aliases.same(left.root, right.root):
            return _ALIAS, Kind.ALIAS
        if not (may_vary(left.root) and may_vary(right.root)):
            return None
        names = left.capital and right.capital
        similarity = Indel.normalized_similarity(left.folded, right.folded)
        if similarity < (_NAME if names else _COMMON_WORD):
            return None
        both = self.used_by_both(left.root) and self.used_by_both(right.root)
        if are_two_words(left.root, right.root, both_used_by_both=both):
            return None
        return similarity, Kind.SPELLING


@dataclass(frozen=True)
class ContentWords:
    """The words of a passage, ready to be aligned."""

    words: Sequence[Word]
    """All of them."""
    places: Sequence[int]
    """Indices of those that are no stop words."""
    roots: Sequence[str]
    """The roots of these."""

    @classmethod
    def of(cls, words: Sequence[Word]) -> ContentWords:
        """The words of a passage."""
        places = [k for k, word in enumerate(words) if not word.is_stop]
        return cls(words, places, [words[k].root for k in places])


def align(left: ContentWords, right: ContentWords, matcher: WordMatcher) -> list[Evidence]:
    """The words that two passages share, each at most once, most telling first; stop words are none."""
    if not left.places or not right.places:
        return []
    matches = [
        match
        for row, column in _alike(left.roots, right.roots, matcher.aliases)
        if (match := _match(left.words, right.words, left.places[row], right.places[column], matcher))
        is not None
    ]
    taken = _one_to_one(matches)
    most = max((match.weight for match in taken), default=1.0)
    return [
        Evidence(
            left.words[match.left].span,
            right.words[match.right].span,
            round(100 * match.similarity, 1),
            round(100 * match.weight / most, 1),
            match.kind,
        )
        for match in sorted(taken, key=lambda match: (-match.weight, match.left))
    ]


def _alike(left: Sequence[str], right: Sequence[str], aliases: Aliases) -> Iterator[tuple[int, int]]:
    """Pairs of roots that look alike or name the same, as indices in order."""
    for row, root in enumerate(left):
        spelt = process.extract(
            root, right, scorer=JaroWinkler.normalized_similarity, score_cutoff=_FOUND, limit=None
        )
        named = aliases.of(root)
        columns = {column for _, _, column in spelt}
        columns.update(column for column, other in enumerate(right) if other in named)
        yield from ((row, column) for column in sorted(columns))


def _match(
    left: Sequence[Word], right: Sequence[Word], i: int, j: int, matcher: WordMatcher
) -> _Match | None:
    found = matcher.compare(left[i], right[j])
    if found is None:
        return None
    similarity, kind = found
    weight = (matcher.weight(left[i].root) * matcher.weight(right[j].root)) ** 0.5 * similarity
    near = sum(
        left[i + step].root == right[j + step].root
        for step in (-1, 1)
        if 0 <= i + step < len(left) and 0 <= j + step < len(right)
    )
    return _Match(weight * (1 + _NEAR * near), weight, similarity, i, j, kind)


def _one_to_one(matches: list[_Match]) -> list[_Match]:
    """The strongest matches, no word in two of them; of equals those in the same order."""
    taken: list[_Match] = []
    lefts: set[int] = set()
    rights: set[int] = set()
    for match in sorted(matches, key=lambda match: (-match.strength, match.left, match.right)):
        if match.left not in lefts and match.right not in rights:
            lefts.add(match.left)
            rights.add(match.right)
            taken.append(match)
    return taken
