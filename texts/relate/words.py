"""Reads the words of passages, and cuts passages into stretches of sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import IntEnum
from typing import NamedTuple

from texts.fold import fold_word, is_acronym
from texts.lexicon import STOP_WORDS, acronym_root, root
from texts.model import Span
from texts.segment import WORD, sentences

# A hyphen after these is a habit of spelling, not a seam: co-operation, re-open, pre-war.
_LEADING = frozenset(("co", "re", "pre"))
_BEFORE_FIRST_WORD = " \"“‘'([\u00a0"
_ENDS_SENTENCE = ".!?:;\n…"

SHORTEST_STRETCH = 6
"""A sentence with fewer words goes with the one before or after: too little to be compared on its own."""
_MOST_STRETCHES = 12


class Capital(IntEnum):
    """Whether a word is written like a name."""

    NONE = 0
    INSIDE = 1
    """Inside a sentence, where only names have capitals."""
    FIRST = 2
    """At the head of a sentence, where every word has one."""


class Word(NamedTuple):
    """A word of a body, ready to be compared."""

    span: Span
    folded: str
    root: str
    capital: Capital

    @property
    def is_stop(self) -> bool:
        """Whether it carries order but no subject."""
        return self.root in STOP_WORDS


class Vocabulary:
    """The roots of both texts, numbered as they come."""

    def __init__(self, roots: Sequence[str] = ()) -> None:
        self._numbers = {name: number for number, name in enumerate(roots)}

    def __len__(self) -> int:
        return len(self._numbers)

    def number(self, name: str) -> int:
        """The number of a root; a new root gets the next one."""
        return self._numbers.setdefault(name, len(self._numbers))

    def find(self, name: str) -> int | None:
        """The number of a root, if it has one."""
        return self._numbers.get(name)

    def roots(self) -> list[str]:
        """The roots by number."""
        return list(self._numbers)


class _Form(NamedTuple):
    """What a word as written comes down to, wherever it stands."""

    folded: str
    root: str
    number: int | None
    capital: bool
    """Whether it is written as a name would be."""
    shouted: _Form | None
    """What an acronym is where everything stands in capitals: a word like others."""
    leads: bool
    """Whether a hyphen after it is a habit of spelling."""


class Reader:
    """Reads words, and remembers every form that it has met."""

    def __init__(self, vocabulary: Vocabulary, *, grow: bool = True) -> None:
        """`grow`: new roots are added to the vocabulary; else they have no number."""
        self._number = vocabulary.number if grow else vocabulary.find
        self._forms: dict[str, _Form] = {}

    def words(self, body: str, span: Span) -> list[Word]:
        """The words of a span, in order."""
        return [
            Word(Span(start, end), form.folded, form.root, capital)
            for start, end, form, capital in self.scan(body, span)
        ]

    def scan(self, body: str, span: Span) -> Iterator[tuple[int, int, _Form, Capital]]:
        """The words of a span as plain start, end, form and capital: `words` for whole texts."""
        forms = self._forms
        is_shouted: bool | None = None
        begun = -1  # where a hyphened word began whose second half is still to come
        for match in WORD.finditer(body, *span):
            start, end = match.span()
            if begun >= 0:
                start, begun = begun, -1
            written = body[start:end]
            form = forms.get(written)
            if form is None:
                form = forms[written] = self._form(written)
            if form.leads and end + 1 < span.end and body[end] == "-" and body[end + 1].isalpha():
                begun = start
                continue
            if form.shouted is not None:
                if is_shouted is None:
                    is_shouted = _is_shouted(body, span)
                if is_shouted:
                    form = form.shouted
            capital = Capital.NONE
            if form.capital:
                capital = Capital.FIRST if _is_first(body, start, span.start) else Capital.INSIDE
            if form.folded:
                yield start, end, form, capital

    def _form(self, written: str) -> _Form:
        folded = fold_word(written.replace("-", ""))
        plain = folded if folded in STOP_WORDS else root(folded)
        capital = written[0].isupper() and folded not in STOP_WORDS
        form = _Form(folded, plain, self._number(plain), capital, None, written.lower() in _LEADING)
        if not is_acronym(written):
            return form
        name = acronym_root(folded)
        return form._replace(root=name, number=self._number(name), capital=True, shouted=form)


def _is_shouted(body: str, span: Span) -> bool:
    """Whether a passage is set in capitals, so that they tell nothing."""
    letters = [letter for letter in body[span.start : span.end] if letter.isalpha()]
    return 2 * sum(map(str.isupper, letters)) > len(letters)


def _is_first(body: str, offset: int, start: int) -> bool:
    while offset > start and body[offset - 1] in _BEFORE_FIRST_WORD:
        offset -= 1
    return offset == start or body[offset - 1] in _ENDS_SENTENCE


class Stretch(NamedTuple):
    """One sentence or several of a passage, enough to be compared."""

    first: int
    """Index of its first word in the passage."""
    sentence: Span
    """The sentence that stands for it: its longest."""


def stretches(body: str, span: Span, places: Sequence[int]) -> list[Stretch]:
    """Cuts a passage into stretches.

    `places` are the offsets of the words. A stretch has `SHORTEST_STRETCH` words or more, and a very long passage
    few enough stretches that all can be held against all of another passage. A passage too short to be cut is one
    stretch, and stands for itself.
    """
    shortest = max(SHORTEST_STRETCH, len(places) // _MOST_STRETCHES)
    if len(places) < 2 * shortest:
        return [Stretch(0, span)]
    found: list[Stretch] = []
    word = 0
    for sentence in sentences(body, span):
        while word < len(places) and places[word] < sentence.start:
            word += 1
        if not found:
            found.append(Stretch(0, sentence))
        elif word - found[-1].first >= shortest and len(places) - word >= shortest:
            found.append(Stretch(word, sentence))
        elif _length(sentence) > _length(found[-1].sentence):
            found[-1] = Stretch(found[-1].first, sentence)
    return found or [Stretch(0, span)]


def _length(span: Span) -> int:
    return span.end - span.start


class PassageWords(NamedTuple):
    """The words of one passage that have a number, and its stretches."""

    numbers: list[int]
    """Vocabulary number of each word."""
    capitals: bytearray
    """`Capital` of each word."""
    stretches: list[Stretch]
    """One at least."""


def read_passage(body: str, span: Span, reader: Reader) -> PassageWords:
    """Reads one passage; words without a number are left out."""
    numbers: list[int] = []
    capitals = bytearray()
    places: list[int] = []
    for start, _, form, capital in reader.scan(body, span):
        if form.number is not None:
            numbers.append(form.number)
            capitals.append(capital)
            places.append(start)
    return PassageWords(numbers, capitals, stretches(body, span, places))
