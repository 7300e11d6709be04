"""A query as typed becomes units: words, compounds, and phrases in quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from texts.lazy_pattern import lazy_pattern
from texts.lexicon import STOP_WORDS
from texts.search.search_records import QueryError
from texts.tokens import IN_RUN, JOINT, LONGEST_CHAIN, WORD, is_acronym, is_unspaced
from texts.typography import fold_word

MOST_WORDS = 100
"""A query has no more words than this; each of them is held against the whole vocabulary."""

LONGEST_RUN = 40
"""Characters of a script without blanks between words that are looked for in one piece."""

_ARABIC = ("al", "el", "ad", "an", "ar", "as", "ash", "at", "az", "abu", "bin", "ibn", "ben")
_EUROPEAN = ("de", "la", "le", "du", "von", "van", "der")

PARTICLES = frozenset((*_ARABIC, *_EUROPEAN))
"""What names are written with or without: al-Maliki, Maliki."""

_QUOTES = str.maketrans(dict.fromkeys("“”„«»", '"'))
_QUOTED = lazy_pattern('"([^"]+)"')


class Term(NamedTuple):
    """A word of a query, or a hyphenated compound."""

    word: str
    """Folded; the parts of a compound joined."""
    written: str
    """As the reader typed it."""
    parts: tuple[str, ...] = ()
    """The folded parts of a compound; empty for a plain word."""
    light: bool = False
    """Whether it carries no subject (the, of, al) and so matters only beside other words."""
    is_prefix: bool = False
    """Whether the reader may still be typing it."""
    characters: tuple[str, ...] = ()
    """The folded characters of a run in a script that sets no blanks between words; empty for any other."""
    joined: tuple[str, ...] = ()
    """One word with its neighbour on either side, as which both may be written: co operation, cooperation."""

    @property
    def core(self) -> str | None:
        """The part of a compound name that may stand without its particle: al-Maliki → maliki."""
        if len(self.parts) == 2 and self.parts[0] in PARTICLES and len(self.parts[1]) > 2:
            return self.parts[1]
        return None


class Unit(NamedTuple):
    """What has to be found in one piece: a term, or the terms of a phrase."""

    terms: tuple[Term, ...]
    quoted: bool
    """Whether it stood in quotation marks, so that nothing is a hit without it."""

    @property
    def is_light(self) -> bool:
        """Whether it is a word outside quotation marks that carries no subject."""
        return self.terms[0].light and not self.quoted

    @property
    def folded(self) -> tuple[bool, tuple[tuple[object, ...], ...]]:
        """What two units have in common that look for the same."""
        return self.quoted, tuple((term.word, term.parts, term.light, term.is_prefix) for term in self.terms)


class Query(NamedTuple):
    """A query taken apart."""

    units: tuple[Unit, ...]
    """What is looked for, in the order typed, each once."""
    light: tuple[Term, ...]
    """Words outside phrases that carry no subject: they only decide between hits."""
    typed: tuple[int, ...]
    """All of it in the order typed, repeated words too: numbers of units, and from `len(units)` on of light words."""


def parse(query: str, *, prefix_last: bool = False) -> Query:
    """Take a query apart; `prefix_last`: the reader is still typing the last word.

    Raises QueryError for a query without a word, and for one with too many.
    """
    if not prefix_last:
        return _query(_units(query))
    units = list(_units(query))
    if units and query[-1:].isalnum():
        *before, last = units[-1].terms
        last = last._replace(is_prefix=not last.characters, light=False)
        units[-1] = units[-1]._replace(terms=(*before, last))
    return _query(iter(units))


def _query(units: Iterator[Unit]) -> Query:
    typed = list(units)
    first: dict[object, Unit] = {}
    for unit in typed:
        first.setdefault(unit.folded, unit)
    found = list(first.values())
    words = sum(len(unit.terms) for unit in found)
    if not found:
        raise QueryError("nothing to look for: type a word")
    if words > MOST_WORDS:
        raise QueryError(f"the query has {words:,} words, {MOST_WORDS} at most: search for a part of it")
    heavy = [unit for unit in found if not unit.is_light] or found
    light = [unit for unit in found if unit not in heavy]
    numbers = {unit.folded: number for number, unit in enumerate((*heavy, *light))}
    order = tuple(numbers[unit.folded] for unit in typed)
    return Query(tuple(heavy), tuple(unit.terms[0] for unit in light), order)


def _units(query: str) -> Iterator[Unit]:
    done = 0
    for quoted in _QUOTED.finditer(query.translate(_QUOTES)):
        yield from (Unit((term,), False) for term in _with_neighbours(query[done : quoted.start()]))
        if terms := tuple(_terms(quoted[1])):
            yield Unit(terms, True)
        done = quoted.end()
    yield from (Unit((term,), False) for term in _with_neighbours(query[done:]))


def _with_neighbours(string: str) -> Iterator[Term]:
    """The words and compounds of a string outside quotation marks; each knows what it is joined to a neighbour."""
    terms = list(_terms(string))
    joined: list[list[str]] = [[] for _ in terms]
    for number, (left, right) in enumerate(pairwise(terms)):
        if not any(term.light or term.parts or term.characters for term in (left, right)):
            joined[number].append(left.word + right.word)
            joined[number + 1].append(left.word + right.word)
    for term, words in zip(terms, joined, strict=True):
        yield term._replace(joined=tuple(words))


def _terms(string: str) -> Iterator[Term]:
    """The words, compounds and runs of a string; parts of a chain that is too long for a compound are words."""
    chain: list[re.Match[str]] = []
    for word in WORD.finditer(string):
        if chain and not _is_chained(string, chain[-1], word):
            yield from _chained(string, chain)
            chain = []
        chain.append(word)
    if chain:
        yield from _chained(string, chain)


def _is_chained(string: str, left: re.Match[str], right: re.Match[str]) -> bool:
    """Whether two words next to each other are parts of one compound, or of one run without blanks."""
    if is_unspaced(left[0]) or is_unspaced(right[0]):
        gap = string[left.end() : right.start()]
        return (
            is_unspaced(left[0]) and is_unspaced(right[0]) and (not gap or IN_RUN.fullmatch(gap) is not None)
        )
    return JOINT.fullmatch(string, left.end(), right.start()) is not None


def _chained(string: str, chain: list[re.Match[str]]) -> Iterator[Term]:
    parts = tuple(folded for word in chain if (folded := fold_word(word[0])))
    if len(parts) > 1 and is_unspaced(chain[0][0]):
        for start in range(0, len(parts), LONGEST_RUN):
            run = parts[start : start + LONGEST_RUN]
            yield Term("".join(run), "", characters=run)
        return
    if 2 <= len(parts) <= LONGEST_CHAIN:
        yield Term("".join(parts), string[chain[0].start() : chain[-1].end()], parts)
        return
    for word in chain:
        if folded := fold_word(word[0]):
            light = folded in STOP_WORDS or folded in PARTICLES
            yield Term(folded, word[0], light=light and not is_acronym(word[0]))
