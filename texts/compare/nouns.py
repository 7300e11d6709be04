"""What is a name in a text that writes every noun with a capital: German, and English of about 1700.

A capital tells nothing there, so other things must speak for a name, and nothing against it. Against: an article or the
like before it, small letters elsewhere, a form with another ending (Tag, Tage), an ending that makes nouns (-ung), a
place in the vocabulary of ordinary English. For: a name beside it (Angela Merkel), a title before it, a genitive that
needs no article (Merkels Politik), someone who says something (sprach Jesus), a known country, a vowel that words of
German do not end in (Kana), or that it stands there three times, or twice after a word such as nach, without an
article.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import pairwise

from texts.compare.tokenized import FirstLetter, TokenizedText, TokenizedWord, is_ordinary
from texts.compare.wordlists import (
    CALENDAR,
    DETERMINERS,
    GERMAN_COUNTRIES,
    GERMAN_TITLES,
    OPENINGS,
    POSSESSIVES,
    SAYING,
    TITLES,
)
from texts.languages.telling import effective_language, stop_words
from texts.lazy_pattern import lazy_pattern
from texts.lexicon import PLACES, STOP_WORDS

_MAKES_NOUNS = lazy_pattern(
    r".{2,}(?:ung|heit|keit|schaft|tion|tat|ismus|nis|nisse|lein|ling|tum|hood|ness|ment|ity|ance|ence)(?:en|s|es)?"
)
_ENDINGS = ("e", "en", "n", "es")
"""Endings of other forms of a noun; a name takes only -s."""
_ADJECTIVE = lazy_pattern(r"\w{2,}e[mnrs]?")
_BEFORE_NAMES = TITLES | GERMAN_TITLES | SAYING
_BEFORE_PLACES = frozenset(("aus", "gen", "in", "nach"))
_NO_NAMES = TITLES | GERMAN_TITLES | CALENDAR | OPENINGS | STOP_WORDS
_COUNTRIES = PLACES | GERMAN_COUNTRIES
_FOREIGN_END = lazy_pattern(r".{2,}[aoiuy]")
_MOST_AFTER_ARTICLE = 0.4
"""Share of its places: `den Jesus lieb hatte` is no article, and looks like one."""
_MOST_AFTER_POSSESSIVE = 0.1
_OFTEN = 3
"""So often a word must stand inside a sentence, where nothing else speaks for a name."""
_SURE = 6
"""So often, and never after a word such as ein, mein or zum, that another form of it does not matter: Gott, Gottes."""


class NounEvidence:
    """What speaks for and against each word's being a name, in texts that write nouns with a capital."""

    def __init__(self, texts: Iterable[TokenizedText]) -> None:
        self._uses = Counter[str]()
        """How often each has a capital inside a sentence."""
        self._after_article = Counter[str]()
        self._after_possessive = Counter[str]()
        self._after_place_word = Counter[str]()
        self._ordinary: set[str] = set()
        self._all: set[str] = set()
        self._small: set[str] = set()
        self._for: set[str] = set()
        pairs: set[tuple[str, str]] = set()
        for text in texts:
            self._small.update(text.tally.small)
            if effective_language(text.text) != "de":
                self._ordinary.update(filter(is_ordinary, text.tally.capitals))
            for words in text.by_passage:
                self._take(words)
                pairs.update(_pairs(words))
        for pair in pairs:
            if not any(map(self._is_noun, pair)):
                self._for.update(pair)

    def _take(self, words: Sequence[TokenizedWord]) -> None:
        for at, word in enumerate(words):
            if word.capital is FirstLetter.NONE:
                continue
            folded = word.folded
            self._all.add(folded)
            if word.capital is FirstLetter.NOUN:
                self._uses[folded] += 1
                self._after_article[folded] += _has_article(words, at)
                self._after_possessive[folded] += _has_article(words, at, POSSESSIVES)
                if word.gap.isspace():
                    self._after_place_word[folded] += words[at - 1].folded in _BEFORE_PLACES
                    if words[at - 1].folded in _BEFORE_NAMES:
                        self._for.add(folded)
            following = words[at + 1] if at + 1 < len(words) and words[at + 1].gap.isspace() else None
            if following is not None and following.folded in SAYING and self._uses[folded]:
                self._for.add(folded)
            if following is not None and following.capital is FirstLetter.NOUN and _is_genitive(words, at):
                self._for.update((folded, folded[:-1]))

    def has(self, folded: str) -> bool:
        """Whether a word has a capital anywhere."""
        return folded in self._all

    def is_name(self, folded: str) -> bool:
        """Whether a word is a name."""
        if folded in _COUNTRIES:
            return True
        return not self._is_noun(folded) and (
            folded in self._for
            or self._uses[folded] >= _OFTEN
            or self._after_place_word[folded] > 1
            or (self._uses[folded] > 0 and _FOREIGN_END.fullmatch(folded) is not None)
        )

    def _is_noun(self, folded: str) -> bool:
        """Whether anything speaks against a name."""
        if (
            folded in self._small
            or folded in _NO_NAMES
            or folded in stop_words("de")
            or folded in self._ordinary
            or _MAKES_NOUNS.fullmatch(folded)
        ):
            return True
        uses = self._uses[folded]
        if self._after_article[folded] > _MOST_AFTER_ARTICLE * uses:
            return True
        if self._after_possessive[folded] > _MOST_AFTER_POSSESSIVE * uses:
            return True
        is_sure = uses >= _SURE and not self._after_possessive[folded]
        return not is_sure and any(form in self._all for form in _other_forms(folded))


def _other_forms(folded: str) -> Iterator[str]:
    """What a noun may be with another ending, or without its own."""
    for ending in _ENDINGS:
        yield folded + ending
        if folded.endswith(ending):
            yield folded.removesuffix(ending)


def _pairs(words: Sequence[TokenizedWord]) -> Iterator[tuple[str, str]]:
    """Words with capitals that stand together without an article before them."""
    for at, (word, following) in enumerate(pairwise(words)):
        if (
            word.capital is not FirstLetter.NONE
            and following.capital is FirstLetter.NOUN
            and following.gap.isspace()
            and not _has_article(words, at)
        ):
            yield word.folded, following.folded


def _is_genitive(words: Sequence[TokenizedWord], at: int) -> bool:
    """Whether a word may be a genitive that needs no article: Merkels, in Merkels Politik."""
    return (
        len(words[at].folded) > 3
        and words[at].folded.endswith("s")
        and (at == 0 or words[at - 1].capital is FirstLetter.NONE)
        and not _has_article(words, at)
    )


def _has_article(words: Sequence[TokenizedWord], at: int, articles: Container[str] = DETERMINERS) -> bool:
    """Whether an article or the like stands before a word, or before the adjective before it."""
    if not at or not words[at].gap.isspace():
        return False
    before = words[at - 1]
    if before.folded in articles:
        return True
    return (
        at > 1
        and before.capital is FirstLetter.NONE
        and before.gap.isspace()
        and _ADJECTIVE.fullmatch(before.folded) is not None
        and words[at - 2].folded in articles
    )
