"""A text read once for all comparisons: its words, and what their capitals tell."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property
from itertools import groupby, pairwise
from typing import NamedTuple, TypeAlias

from texts.compare.wordlists import DETERMINERS
from texts.languages.morphology import ENGLISH, Morphology
from texts.languages.telling import effective_language
from texts.lazy_pattern import lazy_pattern
from texts.lexicon import STOP_WORDS, acronym_root, background, root
from texts.model import Passage, Span, Text
from texts.prose import ends_sentence
from texts.tokens import APOSTROPHES, WORD, WordPattern, is_acronym
from texts.typography import fold_word

# A hyphen after these is a habit of spelling, not a seam: co-operation, re-open, to-day.
_WORD = WordPattern(before=r"(?:(?<!\w)(?:[Cc]o|[Rr]e|[Pp]re|[Tt]o(?=-(?:day|night|morrow)))-)?")
HYPHENS = frozenset("-‐‑")
_PARTS_OF_NAMES = ("al", "el")
_OPENERS = "\"“”„«‘'([ \u00a0\t"
_QUOTES = "\"“„«‘'"
_ENDS_SENTENCE = ".!?:;…\n"
_SPEECH_BEFORE = lazy_pattern(r"[,–—-]\s+[\"“‘']?$")
_HEADLINE_WORDS = 3
_HEADLINE_SHARE = 0.8


class FirstLetter(Enum):
    """What the first letter of a word tells."""

    NONE = auto()
    """A small letter, a digit, or a letter of a script without capitals."""
    INSIDE = auto()
    """A capital inside a sentence, where names have one; and those of US, anywhere in a sentence."""
    NOUN = auto()
    """A capital inside a sentence of a text that writes all nouns with one."""
    HEAD = auto()
    """A capital that tells nothing: at the head of a sentence or of speech, in a headline, in capitals all over."""


class TokenizedWord(NamedTuple):
    """A word of a numbered passage."""

    span: Span
    written: str
    folded: str
    """As `texts.typography.fold_word` leaves it; never empty."""
    passage: int
    """Number of its passage, from 1."""
    gap: str
    """What stands between it and the word before it in its passage; empty for the first word."""
    capital: FirstLetter

    @property
    def root(self) -> str:
        """What its forms have in common: gains → gain, gave → give; acronyms stay apart from stop words."""
        return acronym_root(self.folded) if self.is_acronym else root(self.folded)

    @property
    def is_acronym(self) -> bool:
        """Whether it is written like US, NATO, U.S., where capitals tell anything."""
        return self.capital is not FirstLetter.HEAD and is_acronym(self.written)

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
        return bare.lower() if self.capital is FirstLetter.HEAD else bare


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


Pairs: TypeAlias = frozenset[tuple[str, str]]
"""Folded words that are one where they stand together."""


def joined(words: Iterable[TokenizedWord], pairs: Pairs) -> Iterator[TokenizedWord]:
    """The words, with those of a pair that stand together made one, from left to right."""
    before: TokenizedWord | None = None
    for word in words:
        if (
            before is not None
            and word.gap == ""
            and before.passage == word.passage
            and (before.folded, word.folded) in pairs
        ):
            yield before._replace(
                span=Span(before.span.start, word.span.end),
                written=before.written + word.written,
                folded=before.folded + word.folded,
            )
            before = None
            continue
        if before is not None:
            yield before
        before = word
    if before is not None:
        yield before


class CaseCounts(NamedTuple):
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

    def take(self, word: TokenizedWord) -> None:
        """Takes a word in."""
        if word.capital is FirstLetter.NONE:
            self.small[word.folded] += 1
            self.small_roots.add(root(word.folded))
            return
        self.capitals.add(word.folded)
        if word.capital is FirstLetter.INSIDE and not (word.may_open_speech and is_ordinary(word.folded)):
            self.inside[word.folded] += 1


@dataclass(frozen=True, eq=False)
class TokenizedText:
    """A text and its words; what is asked again and again of them is worked out once."""

    text: Text
    words: tuple[TokenizedWord, ...]
    """Of the numbered passages, in order; furniture is left out."""
    morphology: Morphology = ENGLISH
    """How its words are taken, beside those of another text."""
    capitalizes_nouns: bool = False
    """Whether all its nouns have a capital, so that one tells no name."""
    collocations: tuple[Pairs, ...] = ()
    """Characters of scripts without blanks that are one word, beside those of another text: first pairs, then pairs of
    pairs."""

    @cached_property
    def by_passage(self) -> tuple[tuple[TokenizedWord, ...], ...]:
        """The words of each passage that has any."""
        return tuple(tuple(words) for _, words in groupby(self.words, key=lambda word: word.passage))

    @cached_property
    def units(self) -> Sequence[TokenizedWord]:
        """Its words; of scripts without blanks, what is one word as far as the texts show it."""
        found: Sequence[TokenizedWord] = self.words
        for pairs in self.collocations:
            found = tuple(joined(found, pairs))
        return found

    @cached_property
    def uses(self) -> Mapping[str, Uses]:
        """The words that carry a subject, by root; numbers and the articles of names are left out."""
        found: defaultdict[str, list[TokenizedWord]] = defaultdict(list)
        for word in self.units:
            if not (self._is_stop(word) or word.folded[0].isdigit() or word.folded in _PARTS_OF_NAMES):
                found[self._root(word)].append(word)
        return {
            name: Uses(tuple(word.bare for word in words), Counter(word.form for word in words))
            for name, words in found.items()
        }

    def _is_stop(self, word: TokenizedWord) -> bool:
        if word.is_acronym:
            return False
        known = self.morphology
        return word.folded in known.stop_words or (
            known is not ENGLISH and known.root(word.folded) in known.stop_words
        )

    def _root(self, word: TokenizedWord) -> str:
        return acronym_root(word.folded) if word.is_acronym else self.morphology.root(word.folded)

    @cached_property
    def capitals(self) -> tuple[tuple[Chain, ...], ...]:
        """For each of `by_passage`, the chains in which a word has a capital."""
        return tuple(tuple(_capital_chains(words)) for words in self.by_passage)

    @cached_property
    def tally(self) -> CaseCounts:
        """How the text writes its words."""
        found = CaseCounts(Counter(), Counter(), set(), set(), set())
        for words in self.by_passage:
            for word, following in zip(words, (*words[1:], None), strict=True):
                found.take(word)
                if word.gap not in HYPHENS and (following is None or following.gap not in HYPHENS):
                    found.alone.add(word.folded)
        return found


def read(text: Text) -> TokenizedText:
    """Reads the words of the numbered passages of a text."""
    inside = FirstLetter.NOUN if capitalizes_nouns(text) else FirstLetter.INSIDE
    words = (word for passage in text.numbered for word in _passage_words(text.body, passage, inside))
    return TokenizedText(text, tuple(words), capitalizes_nouns=inside is FirstLetter.NOUN)


_ENOUGH_ARTICLES = 30
_MOST_NOUNS = 0.55


def capitalizes_nouns(text: Text) -> bool:
    """Whether a text writes nouns with a capital: German does, and what has one after most of its articles."""
    if effective_language(text) == "de":
        return True
    after = large = 0
    for passage in text.numbered:
        written = (match[0] for match in WORD.finditer(text.body, *passage.span))
        for before, word in pairwise(written):
            if before in DETERMINERS:
                after += 1
                large += word[0].isupper() and word[1:].islower()
    return after >= _ENOUGH_ARTICLES and large >= _MOST_NOUNS * after


def _passage_words(body: str, passage: Passage, inside_sentence: FirstLetter) -> Iterator[TokenizedWord]:
    """The words of a passage; `inside_sentence` is what a capital inside a sentence tells, but that of an acronym."""
    assert passage.number is not None
    matches = list(_WORD.finditer(body, *passage.span))
    telling = not _is_headline(body[passage.span.start : passage.span.end], [match[0] for match in matches])
    end = passage.span.start
    for nth, match in enumerate(matches):
        written = match[0]
        folded = fold_word(written.replace("-", ""))
        if not folded:
            continue
        capital = FirstLetter.NONE
        if written[0].isupper() or written[0].istitle():
            capital = FirstLetter.HEAD
            if telling and is_acronym(written):
                capital = FirstLetter.INSIDE
            elif telling and not _is_head(body, match.start(), passage.span.start):
                capital = inside_sentence
        gap = body[end : match.start()] if nth else ""
        yield TokenizedWord(Span(*match.span()), written, folded, passage.number, gap, capital)
        end = match.end()


def _capital_chains(words: Sequence[TokenizedWord]) -> Iterator[Chain]:
    start = 0
    has_capital = False
    for index, word in enumerate(words):
        if word.gap not in HYPHENS:
            if has_capital:
                yield Chain(start, index)
            start, has_capital = index, False
        has_capital = has_capital or word.capital is not FirstLetter.NONE
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
