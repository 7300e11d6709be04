"""Where a text mentions people, places and groups: found by their capitals alone.

A capital inside a sentence makes a name; one at its head tells nothing, so such a word is a name only if it is one
elsewhere, or is no word of English. Words that both texts mostly write small are none (`said, Come`). Neighbouring
names are one (Nouri Maliki), unless each lives alone as well (LORD God) or is a people (Sunni Arabs); titles stand
apart (President Obama), particles belong (Ludwig van Beethoven), the article of Arabic does not count (al-Maliki).

A people is a name of its own: Iraqi and Iraqis are one, and not Iraq, for a country and those who live in it act apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from texts.compare.nouns import NounEvidence
from texts.compare.tokenized import HYPHENS, Chain, FirstLetter, TokenizedText, TokenizedWord, is_ordinary
from texts.compare.wordlists import CALENDAR, INSTITUTIONS, OPENINGS, PARTICLES, TITLES
from texts.lazy_pattern import lazy_pattern
from texts.lexicon import root
from texts.model import Span
from texts.naming import ARTICLES

_ORDINARY_ENDING = lazy_pattern(
    r".{2,}(?:ing|ed|ly|tion|sion|ness|ment|ism|ity|ful|less|able|ible|ous|ive|eth|est|ise|ize)s?"
)


class CapitalizationStats:
    """How two texts write each of their words, which decides what is a name in either."""

    def __init__(self, left: TokenizedText, right: TokenizedText) -> None:
        readings = left, right
        self._tallies = left.tally, right.tally
        self._telling = [reading.tally for reading in readings if not reading.capitalizes_nouns]
        nouns = [reading for reading in readings if reading.capitalizes_nouns]
        self._nouns = NounEvidence(nouns) if nouns else None
        self._names: dict[str, bool] = {}
        self._readings = readings

    def is_name(self, folded: str) -> bool:
        """Whether a word that may have a capital, taken alone, is a name."""
        known = self._names.get(folded)
        if known is None:
            known = self._names[folded] = self._is_name(folded)
        return known

    def _is_name(self, folded: str) -> bool:
        inside = sum(tally.inside[folded] for tally in self._telling)
        small = sum(tally.small[folded] for tally in self._telling)
        if inside or small:
            return inside > small
        if self._nouns is not None and self._nouns.has(folded):
            return self._nouns.is_name(folded)
        return not (
            is_ordinary(folded) or _ORDINARY_ENDING.fullmatch(folded) or self._is_form_of_word(folded)
        )

    def _is_form_of_word(self, folded: str) -> bool:
        return any(root(folded) in tally.small_roots for tally in self._tallies)

    def occurs_unhyphenated(self, folded: str) -> bool:
        """Whether a word occurs without a hyphen before or after it."""
        return any(folded in tally.alone for tally in self._tallies)

    def stand_in_row(self, one: str, other: str) -> bool:
        """Whether two words with capitals stand side by side with a blank between them: Moore Hay."""
        return (one, other) in self._rows

    @cached_property
    def _rows(self) -> set[tuple[str, str]]:
        return {
            (one.folded, other.folded)
            for reading in self._readings
            for words in reading.by_passage
            for one, other in pairwise(words)
            if FirstLetter.NONE not in (one.capital, other.capital) and other.gap.isspace()
        }

    def is_demonym(self, folded: str) -> bool:
        """Whether a name has a plural in these texts, or is one: Sunni and Sunnis."""
        return self._has_capital(folded + "s") or (folded.endswith("s") and self._has_capital(folded[:-1]))

    def _has_capital(self, folded: str) -> bool:
        return any(folded in tally.capitals for tally in self._tallies)


_NO_NAMES = CALENDAR | OPENINGS
_ROMAN = lazy_pattern(r"[IVXLC]{2,}")


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where a name stands."""

    span: Span
    """Without a possessive at its end."""
    written: str
    """The words of the span, white space made single."""
    parts: tuple[str, ...]
    """Its folded words without particles and articles: Nuri al-Maliki → nuri, maliki."""
    before: str
    """The folded word before it in the passage; empty where there is none."""
    is_acronym: bool
    is_institution: bool
    """Whether it goes on after `of`, so that its last word alone does not stand for it."""
    stands_for: tuple[str, ...] | None
    """The parts of the longer name that it follows in brackets: Islamic State of Iraq and the Levant (Isis)."""


class NameWord(NamedTuple):
    """A word of a name as written: one word, or several with hyphens."""

    first: int
    """Index of its first word in the passage."""
    last: int
    """Index of its last word."""
    folded: str
    is_acronym: bool
    is_name: bool
    """Whether it is a name even when it stands alone."""
    is_possessive: bool
    """Whether a name ends here: Iraq’s, in Iraq’s Supreme Court."""


NameRun = list[NameWord]
"""Units that stand together as one name."""


def find_mentions(left: TokenizedText, right: TokenizedText) -> tuple[list[Mention], list[Mention]]:
    """All mentions of names in two texts, each in the order of its text, none overlapping another.

    Both are read together, because how one text writes a word says what it is in the other.
    """
    census = CapitalizationStats(left, right)
    found = [
        [
            (words, _runs(words, chains, census))
            for words, chains in zip(reading.by_passage, reading.capitals, strict=True)
        ]
        for reading in (left, right)
    ]
    habits = _Habits(census, (passage for passages in found for passage in passages))
    first, second = (
        [
            mention
            for words, runs in passages
            for mention in _mentions(reading.text.body, words, _linked(habits.split(runs), words, habits))
        ]
        for reading, passages in zip((left, right), found, strict=True)
    )
    return first, second


def _runs(
    words: Sequence[TokenizedWord], chains: Iterable[Chain], census: CapitalizationStats
) -> list[NameRun]:
    """The names of a passage, titles taken off, as runs of units."""
    runs: list[NameRun] = []
    for chain in chains:
        for unit in _units(words, chain, census):
            if unit.folded in TITLES:
                continue
            if runs and _goes_on(runs[-1][-1], unit, words, census):
                runs[-1].append(unit)
            else:
                runs.append([unit])
    trimmed = (_trimmed(run, words) for run in runs)
    return [run for run in trimmed if run]


def _units(words: Sequence[TokenizedWord], chain: Chain, census: CapitalizationStats) -> Iterator[NameWord]:
    """The units in words that hyphens join: one name (Beth-shemesh), or several (US-Iran), or a part (Isis-held)."""
    start, end = chain
    if end - start > 1 and words[start].folded in ARTICLES and _may_be_name(words[start + 1], census):
        # al-Maliki: the article is part of what stands there, not of what is compared.
        rest = list(_units(words, Chain(start + 1, end), census))
        if rest:
            rest[0] = rest[0]._replace(first=start)
        yield from rest
    elif end - start > 1 and _is_compound(words[start:end], census):
        folded = "".join(word.folded for word in words[start:end])
        yield NameWord(start, end - 1, folded, False, True, words[end - 1].is_possessive)
    else:
        for index in range(start, end):
            word = words[index]
            if _may_be_name(word, census):
                name = census.is_name(word.folded)
                yield NameWord(index, index, word.folded, word.is_acronym, name, word.is_possessive)


def _is_compound(chain: Sequence[TokenizedWord], census: CapitalizationStats) -> bool:
    """Whether words with hyphens between them are one name.

    They are when they occur in one piece too (Bethshemesh), or when the first is no name by itself and those after it
    are no words of English.
    """
    whole = "".join(word.folded for word in chain)
    if chain[0].capital is FirstLetter.NONE:
        return False
    if census.occurs_unhyphenated(whole) and census.is_name(whole):
        return True
    if not _may_be_name(chain[0], census) or any(word.is_acronym for word in chain):
        return False
    if all(word.capital is not FirstLetter.NONE for word in chain):
        return not all(census.occurs_unhyphenated(word.folded) for word in chain)
    return not census.occurs_unhyphenated(chain[0].folded) and not any(
        is_ordinary(word.folded) for word in chain[1:]
    )


def _may_be_name(word: TokenizedWord, census: CapitalizationStats) -> bool:
    """Whether a word may be a name, or a part of one."""
    if word.capital is FirstLetter.NONE or word.is_stop or word.folded in _NO_NAMES:
        return False
    return word.capital is FirstLetter.INSIDE or word.folded in TITLES or census.is_name(word.folded)


def _goes_on(
    unit: NameWord, following: NameWord, words: Sequence[TokenizedWord], census: CapitalizationStats
) -> bool:
    """Whether two units stand together: with nothing between but a blank, a particle, or the dot of an initial.

    A hyphen counts as a blank where the two have one elsewhere: Moore-Hay, and Moore Hay.
    """
    if unit.is_possessive or unit.is_acronym or following.is_acronym:
        return False
    gaps = [words[index].gap for index in range(unit.last + 1, following.first + 1)]
    if len(unit.folded) == 1:
        if not gaps[0].startswith("."):
            return False
        gaps[0] = gaps[0][1:]
    between = words[unit.last + 1 : following.first]
    if len(gaps) == 1 and gaps[0] in HYPHENS:
        return census.stand_in_row(unit.folded, following.folded)
    return all(gap.isspace() for gap in gaps) and all(word.folded in PARTICLES for word in between)


def _trimmed(run: NameRun, words: Sequence[TokenizedWord]) -> NameRun:
    """The run without what only begins a sentence or speech, and without initials that belong to nothing."""
    while run and not run[0].is_name and _may_be_dropped(run, words[run[0].first]):
        run = run[1:]
    while run and len(run[-1].folded) == 1:
        run = run[:-1]
    if len(run) == 1 and (len(run[0].folded) == 1 or _ROMAN.fullmatch(words[run[0].last].written)):
        return []
    return run


def _may_be_dropped(run: NameRun, first: TokenizedWord) -> bool:
    """Whether nothing but its capital speaks for the first word of a run, and something else explains that."""
    if first.capital is FirstLetter.HEAD or first.may_open_speech:
        return True
    return len(run) == 1 and first.folded not in INSTITUTIONS


class _Habits:
    """How names of two texts stand: together, or each alone."""

    def __init__(
        self,
        census: CapitalizationStats,
        passages: Iterable[tuple[Sequence[TokenizedWord], Sequence[NameRun]]],
    ) -> None:
        self._census = census
        self._single: Counter[str] = Counter()
        self._pairs: Counter[tuple[str, str]] = Counter()
        self._leading: set[str] = set()
        for words, runs in passages:
            for run in runs:
                self._count(run, words)

    def _count(self, run: NameRun, words: Sequence[TokenizedWord]) -> None:
        if len(run) == 1:
            self._single[run[0].folded] += 1
        if not run[0].first or "and" not in {
            word.folded for word in words[max(0, run[0].first - 2) : run[0].first]
        }:
            self._leading.add(run[0].folded)
        self._pairs.update((one.folded, other.folded) for one, other in pairwise(run))

    def only_follows(self, folded: str) -> bool:
        """Whether a name never stands anywhere but after an `and`."""
        return folded not in self._leading

    def split(self, runs: Iterable[NameRun]) -> list[NameRun]:
        """The runs, with two names that only happened to meet taken apart."""
        parted: list[NameRun] = []
        for run in runs:
            parted.append(run[:1])
            for one, other in pairwise(run):
                if self._part(one.folded, other.folded):
                    parted.append([])
                parted[-1].append(other)
        return parted

    def _part(self, one: str, other: str) -> bool:
        together = self._pairs[one, other]
        if self._single[one] > together and self._single[other] > together:
            return True
        return self._census.is_demonym(one) and self._census.is_demonym(other)


def _linked(runs: Sequence[NameRun], words: Sequence[TokenizedWord], habits: _Habits) -> list[NameRun]:
    """The runs, with institutions and what follows their `of` made one: Office of Security Cooperation."""
    linked: list[NameRun] = []
    for run in runs:
        if linked and _belongs(linked[-1], run, words, habits):
            linked[-1] = [*linked[-1], *run]
        else:
            linked.append(run)
    return [run for run in linked if len(run) > 1 or run[0].is_name]


def _belongs(run: NameRun, following: NameRun, words: Sequence[TokenizedWord], habits: _Habits) -> bool:
    if run[-1].is_possessive or run[-1].is_acronym:
        return False
    gaps = (words[index].gap for index in range(run[-1].last + 1, following[0].first + 1))
    if not all(gap.isspace() for gap in gaps):
        return False
    between = [word.folded for word in words[run[-1].last + 1 : following[0].first]]
    if between in (["of"], ["of", "the"]):
        return run[-1].folded in INSTITUTIONS
    # … of Iraq and the Levant: only what is never named by itself can belong to the name before it.
    return (
        between in (["and"], ["and", "the"])
        and _has_of(run, words)
        and habits.only_follows(following[0].folded)
    )


def _has_of(run: NameRun, words: Sequence[TokenizedWord]) -> bool:
    return any(word.folded == "of" for word in words[run[0].first : run[-1].last])


def _mentions(body: str, words: Sequence[TokenizedWord], runs: Iterable[NameRun]) -> Iterator[Mention]:
    """The runs of a passage as mentions."""
    previous: Mention | None = None
    for run in runs:
        span = Span(words[run[0].first].span.start, words[run[-1].last].bare.end)
        stands_for = None
        if (
            previous
            and len(run) == 1
            and len(previous.parts) > 1
            and body[previous.span.end : span.start] == " ("
        ):
            stands_for = previous.parts
        previous = Mention(
            span,
            " ".join(body[span.start : span.end].split()),
            tuple(unit.folded for unit in run),
            words[run[0].first - 1].folded if run[0].first else "",
            len(run) == 1 and run[0].is_acronym,
            _has_of(run, words),
            stands_for,
        )
        yield previous
