"""Names of two texts that are one name in two scripts: Sistani, Систани, 西斯塔尼.

By how they sound (`texts.languages.transliteration`), and by where they stand: a name that occurs in passages which the
other text has too, but never in the counterpart of one that has the other name, is another name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from texts.compare.mentions import Mention
from texts.languages.transliteration import foreign_names, one_name, scripts_of, skeleton, sounds_alike
from texts.model import Span, Text
from texts.tokens import WORD, is_unspaced
from texts.typography import fold_word

_LONGEST = 6
"""Characters of a foreign name in Chinese."""
_SHORTEST = 3
"""Letters of a name in a script without capitals."""
_LEAST, _OFTEN, _MOSTLY = 0.75, 3, 0.6
"""How alike names must sound, if so many related passages and most of those with either have both: John, Иоанн."""

Numbers = Mapping[str, Collection[int]]
"""Numbers of the passages that have each word."""


def one_in_two_scripts(
    left: Numbers, right: Numbers, related: Collection[tuple[int, int]] = ()
) -> Iterator[tuple[str, str]]:
    """Pairs of folded words of names, one of each text, that are one name in two scripts.

    `related` are pairs of numbers of passages that say the same, as far as any are known. Each word has one partner at
    most: the one that sounds and stands most like it; inflected forms of a name may have the same one.
    """
    pairs = {
        (word, other): _sure(alike, one_name(word, other) > 0, _Where(left[word], right[other], related))
        for word in left
        for other in right
        if scripts_of([word]) != scripts_of([other])
        and (alike := sounds_alike(skeleton(word), skeleton(other))) >= _LEAST
    }
    for place in (0, 1):
        best: dict[str, tuple[float, tuple[str, str]]] = {}
        for pair, sure in sorted(pairs.items()):
            if sure > best.get(pair[place], (0.0, pair))[0]:
                best[pair[place]] = (sure, pair)
        yield from (pair for _, pair in best.values())


class _Where:
    """How often two words stand in related passages."""

    def __init__(
        self, here: Collection[int], there: Collection[int], related: Collection[tuple[int, int]]
    ) -> None:
        have_one = [(i in here, j in there) for i, j in related if i in here or j in there]
        self.together = sum(one and other for one, other in have_one)
        self.share = self.together / len(have_one) if have_one else 0.0
        self.are_apart = bool(have_one) and not self.together
        """Whether related passages have the one or the other, and none has both."""


def _sure(alike: float, is_one: bool, where: _Where) -> float:
    """How sure it is that two names are one, by sound and by place; 0 if they are not."""
    by_place = where.together >= _OFTEN and where.share >= _MOSTLY
    return 0.0 if where.are_apart or not (is_one or by_place) else alike + where.share


def passages_of(text: Text, mentions: Iterable[Mention]) -> Numbers:
    """The numbers of the passages that mention each folded word."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    for mention in mentions:
        passage = text.passage_at(mention.span.start)
        if passage is not None and passage.number is not None:
            for part in mention.parts:
                found[part].add(passage.number)
    return found


def mentions_without_capitals(text: Text, known: Sequence[Mention]) -> list[Mention]:
    """Where a text in a script without capitals mentions names that the other text has, in order."""
    names = sorted({part for mention in known for part in mention.parts if len(part) >= _SHORTEST})
    return [
        _mention(start, end, text.body[start:end])
        for passage in text.numbered
        for start, end in (*_words(text.body, *passage.span, names), *_runs(text.body, *passage.span, names))
    ]


def _words(body: str, start: int, end: int, names: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Words of scripts without capitals that sound like one of the names."""
    for word in WORD.finditer(body, start, end):
        if _may_be_name(word[0]) and any(one_name(name, word[0]) for name in names):
            yield word.span()


def _may_be_name(word: str) -> bool:
    letter = word[0]
    is_caseless = letter.isalpha() and letter.lower() == letter.upper()
    return len(word) >= _SHORTEST and is_caseless and not is_unspaced(letter)


def _runs(body: str, start: int, end: int, names: Sequence[str]) -> Iterator[tuple[int, int]]:
    """In each run of characters that render syllables in Chinese, the part that sounds most like one of the names."""
    for first, last in foreign_names(body, start, end):
        parts = (
            (begin, stop)
            for begin in range(first, last - 1)
            for stop in range(begin + 2, min(last, begin + _LONGEST) + 1)
        )
        alike = ((max(one_name(name, body[a:b]) for name in names), b - a, a, b) for a, b in parts)
        best = max(alike, default=(0.0, 0, 0, 0)) if names else (0.0, 0, 0, 0)
        if best[0]:
            yield best[2], best[3]


def _mention(start: int, end: int, written: str) -> Mention:
    return Mention(Span(start, end), written, (fold_word(written),), "", False, False, None)
