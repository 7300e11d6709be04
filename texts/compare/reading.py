"""A text read once for all comparisons: its words, and what their capitals tell."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property
from itertools import groupby
from typing import NamedTuple

from texts.fold import APOSTROPHES, fold_word, is_acronym
from texts.lexicon import STOP_WORDS, acronym_root, background, root
from texts.model import Passage, Span, Text
from texts.prose import ends_sentence
from texts.segment import WORD

# A hyphen after these is a habit of spelling, not a seam: co-operation, re-open, to-day.
_WORD = re.compile(rf"(?:(?<!\w)(?:[Cc]o|[Rr]e|[Pp]re|[Tt]o(?=-(?:day|night|morrow)))-)?(?:{WORD.pattern})")
HYPHENS = frozenset("-‐‑")
_PARTS_OF_NAMES = ("al", "el")
_OPENERS = "\"“”„«‘'([ \u00a0\t"
_QUOTES = "\"“„«‘'"
_ENDS_SENTENCE = ".!?:;…\n"
_SPEECH_BEFORE = re.compile(r"[,–—-]\s+[\"“‘']?$")
_HEADLINE_WORDS = 3
_HEADLINE_SHARE = 0.8


class Capital(Enum):
    """What the first letter of a word tells."""

    NONE = auto()
    """A small letter, a digit, or a letter of a script without capitals."""
    INSIDE = auto()
    """A capital inside a sentence, where names have one; and those of US, anywhere in a sentence."""
    HEAD = auto()
    """A capital that tells nothing: at the head of a sentence or of speech, in a headline, in capitals all over."""


class Word(NamedTuple):
    """A word of a numbered passage."""

    span: Span
    written: str
    folded: str
    """As `texts.fold.fold_word` leaves it; never empty."""
    passage: int
    """Number of its passage, from 1."""
    gap: str
    """What stands between it and the word before it in its passage; empty for the first word."""
    capital: Capital

    @property
    def root(self) -> str:
        """What its forms have in common: gains → gain, gave → give; acronyms stay apart from stop words."""
        return acronym_root(self.folded) if self.is_acronym else root(self.folded)

    @property
    def is_acronym(self) -> bool:
        """Whether it is written like US, NATO, U.S., where capitals tell anything."""
        return self.capital is not Capital.HEAD and is_acronym(self.written)

    @property
    def is_stop(self) -> bool:
        """Whether it carries order but no subject."""
        return self.folded in STOP_WORDS and not self.is_acronym

    @property
    def is_possessive(self) -> bool:
        """Whether it ends with an apostrophe and s."""
        return len(self.written) > 2 and self.written[-1] in "sS" and self.written[-2] in APOSTROPHES

    @property
    def may_open_speech(self) -> bool:
        """Whether it stands where speech may begin without a sign of its own: `said, Come`."""
        return _SPEECH_BEFORE.search(self.gap) is not None

    @property
    def bare(self) -> Span:
        """Its span without the possessive."""
        return Span(self.span.start, self.span.end - 2) if self.is_possessive else self.span

    @property
    def form(self) -> str:
        """It as written, without possessive, and without a capital that tells nothing."""
        bare = self.written[: self.bare.end - self.bare.start]
        return bare.lower() if self.capital is Capital.HEAD else bare


class Uses(NamedTuple):
    """Where a text uses a word."""

    spans: tuple[Span, ...]
    """Each place, without possessives, in order."""
    forms: Counter[str]
    """How often each form of it is written."""


class Chain(NamedTuple):
    """Words with hyphens between them, mostly a single one: indexes into the words of their passage, half-open."""

    start: int
    end: int


class Tally(NamedTuple):
    """How one text writes its words, folded."""

    small: Counter[str]
    """How often each has a small letter."""
    inside: Counter[str]
    """How often each has a capital that only a name explains."""
    capitals: set[str]
    """What ever has a capital."""
    small_roots: set[str]
    """Roots of what ever has a small letter."""
    alone: set[str]
    """What ever stands without a hyphen before or after it."""

    def take(self, word: Word) -> None:
        """Takes a word in."""
        if word.capital is Capital.NONE:
            self.small[word.folded] += 1
            self.small_roots.add(root(word.folded))
            return
        self.capitals.add(word.folded)
        if word.capital is Capital.INSIDE and not (word.may_open_speech and is_ordinary(word.folded)):
            self.inside[word.folded] += 1


@dataclass(frozen=True, eq=False)
class Reading:
    """A text and its words; what is asked again and again of them is worked out once."""

    text: Text
    words: tuple[Word, ...]
    """Of the numbered passages, in order; furniture is left out."""

    @cached_property
    def by_passage(self) -> tuple[tuple[Word, ...], ...]:
        """The words of each passage that has any."""
        return tuple(tuple(words) for _, words in groupby(self.words, key=lambda word: word.passage))

    @cached_property
    def uses(self) -> Mapping[str, Uses]:
        """The words that carry a subject, by root; numbers and the articles of names are left out."""
        found: defaultdict[str, list[Word]] = defaultdict(list)
        for word in self.words:
            if not (word.is_stop or word.folded[0].isdigit() or word.folded in _PARTS_OF_NAMES):
                found[word.root].append(word)
        return {
            name: Uses(tuple(word.bare for word in words), Counter(word.form for word in words))
            for name, words in found.items()
        }

    @cached_property
    def capitals(self) -> tuple[tuple[Chain, ...], ...]:
        """For each of `by_passage`, the chains in which a word has a capital."""
        return tuple(tuple(_capital_chains(words)) for words in self.by_passage)

    @cached_property
    def tally(self) -> Tally:
        """How the text writes its words."""
        found = Tally(Counter(), Counter(), set(), set(), set())
        for words in self.by_passage:
            for word, following in zip(words, (*words[1:], None), strict=True):
                found.take(word)
                if word.gap not in HYPHENS and (following is None or following.gap not in HYPHENS):
                    found.alone.add(word.folded)
        return found


def read(text: Text) -> Reading:
    """Reads the words of the numbered passages of a text."""
    return Reading(
        text, tuple(word for passage in text.numbered for word in _passage_words(text.body, passage))
    )


def _passage_words(body: str, passage: Passage) -> Iterator[Word]:
    assert passage.number is not None
    matches = list(_WORD.finditer(body, *passage.span))
    telling = not _is_headline(body[passage.span.start : passage.span.end], [match[0] for match in matches])
    end = passage.span.start
    for nth, match in enumerate(matches):
        written = match[0]
        folded = fold_word(written.replace("-", ""))
        if not folded:
            continue
        capital = Capital.NONE
        if written[0].isupper() or written[0].istitle():
            inside = telling and (
                is_acronym(written) or not _is_head(body, match.start(), passage.span.start)
            )
            capital = Capital.INSIDE if inside else Capital.HEAD
        gap = body[end : match.start()] if nth else ""
        yield Word(Span(*match.span()), written, folded, passage.number, gap, capital)
        end = match.end()


def _capital_chains(words: Sequence[Word]) -> Iterator[Chain]:
    start = 0
    has_capital = False
    for index, word in enumerate(words):
        if word.gap not in HYPHENS:
            if has_capital:
                yield Chain(start, index)
            start, has_capital = index, False
        has_capital = has_capital or word.capital is not Capital.NONE
    if has_capital:
        yield Chain(start, len(words))


def is_ordinary(folded: str) -> bool:
    """Whether a folded word is one of ordinary English."""
    return background().is_ordinary(root(folded))


def _is_headline(string: str, words: Sequence[str]) -> bool:
    """Whether so many words of a passage have capitals that they tell nothing: a headline, or all in capitals."""
    long = [word for word in words if len(word) > 3 and word[0].isalpha()]
    if len(long) < _HEADLINE_WORDS:
        return False
    if sum(map(str.isupper, long)) >= _HEADLINE_SHARE * len(long):
        return True
    capitals = sum(word[0].isupper() for word in long)
    return capitals >= _HEADLINE_SHARE * len(long) and not ends_sentence(string)


def _is_head(body: str, offset: int, start: int) -> bool:
    """Whether a word at the offset would have a capital anyway: after the end of a sentence, or opening speech."""
    while offset > start and body[offset - 1] in _OPENERS:
        if body[offset - 1] in _QUOTES:
            return True
        offset -= 1
    return offset == start or body[offset - 1] in _ENDS_SENTENCE
