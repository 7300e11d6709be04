"""Reads the words of passages, and cuts passages into segments of sentences.

Addresses and file names are left out: their words were written for machines, and are no evidence of anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import IntEnum
from typing import NamedTuple

from texts.languages.morphology import ENGLISH, Morphology
from texts.languages.sentences import sentences
from texts.lazy_pattern import lazy_pattern
from texts.lexicon import STOP_WORDS, acronym_root
from texts.model import Span
from texts.tokens import WORD, is_acronym
from texts.typography import fold_word

# A hyphen after these is a habit of spelling, not a seam: co-operation, re-open, pre-war.
_PREFIXES = frozenset(("co", "re", "pre"))
_BEFORE_FIRST_WORD = " \"“‘'([\u00a0"
_ENDS_SENTENCE = ".!?:;\n…"

SHORTEST_SEGMENT = 6
"""A sentence with fewer words goes with the one before or after: too little to be compared on its own."""
_MOST_SEGMENTS = 12
_INSIDE_NAMES = frozenset(("of", "de", "du", "des", "del", "der", "di", "van", "von"))
_LONGEST_NAME = 255
_ADDRESS_HINT = lazy_pattern(
    r"[/@\\.wW-](?:(?<=[/@\\])|(?<=[wW])[wW]{2}\.|(?<=-)\w+-\w+-"
    r"|(?<=\.)(?i:html?|php|pdf|docx?|xlsx?|csv|txt|jpe?g|png|gif|zip)\b)"
)
"""Without any of these there is no address, and most texts have none. Begun by one class, it is found fast."""
_ADDRESS = lazy_pattern(
    r"""
    (?:https?|ftp)\s?:\s/\s/\s?\S+(?:(?:(?<=\.)\s|\s[-/_]\s)\S+)*   # http: / / example. org / a: signs set apart
    | (?:https?|ftp|file)://\S+
    | \bwww\.\S+
    | (?<![^\s@])[^\s@]{1,99}@[^\s@.]{1,99}(?:\.[^\s@.]{1,99})+
    | (?<![\w.~-])[\w.~-]{1,99}\.[a-z]{2,9}/\S*     # example.org/a
    | (?<![\w.~/\\-])(?:[\w.~-]*[/\\])*[\w~-]+(?:\.[\w~-]+)*\.(?:html?|php|pdf|docx?|xlsx?|csv|txt|jpe?g|png|gif|zip)\b
    | \b\w+(?:\s?[-/]\s?\w+){5,}                  # report-red-sox-make-offer-to, news / 2013 / 07 / quake - hits - 1
    """,
    re.VERBOSE | re.IGNORECASE,
)


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


class RootNumbers:
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
    all_caps_form: _Form | None
    """What an acronym is where everything stands in capitals: a word like others."""
    is_prefix: bool
    """Whether a hyphen after it is a habit of spelling."""
    is_plain: bool
    """Whether none of this is so, as with most words: nothing around it needs to be looked at."""


class WordReader:
    """Reads words, and remembers every form that it has met."""

    def __init__(
        self, vocabulary: RootNumbers, *, grow: bool = True, morphology: Morphology = ENGLISH
    ) -> None:
        """`grow`: new roots are added to the vocabulary; else they have no number."""
        self._root, self.stop_words = morphology.root, morphology.stop_words
        """`stop_words` are those of the languages that it reads, folded."""
        self._number = vocabulary.number if grow else vocabulary.find
        self._forms: dict[str, _Form] = {}
        self._looked_in: list[tuple[str, bool]] = []
        """The last two bodies read, and whether they may have addresses: evidence is read of either in turn."""

    def words(self, body: str, span: Span) -> list[Word]:
        """The words of a span, in order."""
        return [
            Word(Span(start, end), form.folded, form.root, capital)
            for start, end, form, capital in self.scan(body, span)
        ]

    def scan(self, body: str, span: Span) -> Iterator[tuple[int, int, _Form, Capital]]:
        """The words of a span as plain start, end, form and capital, those of addresses left out."""
        if self._may_have_addresses(body):
            return self._scan_around(list(_addresses(body, span)), body, span)
        return self._scan(body, span, span)

    def _scan_around(
        self, left_out: list[Span], body: str, span: Span
    ) -> Iterator[tuple[int, int, _Form, Capital]]:
        start = span.start
        for address in left_out:
            yield from self._scan(body, span, Span(start, address.start))
            start = address.end
        yield from self._scan(body, span, Span(start, span.end))

    def _may_have_addresses(self, body: str) -> bool:
        for known, may_have in self._looked_in:
            if known is body:
                return may_have
        self._looked_in = [(body, _may_have_addresses(body)), *self._looked_in[:1]]
        return self._looked_in[0][1]

    def _scan(self, body: str, passage: Span, span: Span) -> Iterator[tuple[int, int, _Form, Capital]]:
        """The words of a span of a passage."""
        forms, no_capital = self._forms, Capital.NONE
        is_all_caps: bool | None = None
        begun = -1  # where a hyphened word began whose second half is still to come
        for match in WORD.finditer(body, *span):
            start, end = match.span()
            if begun >= 0:
                start, begun = begun, -1
            written = body[start:end]
            form = forms.get(written)
            if form is None:
                form = forms[written] = self._form(written)
            if form.is_plain:
                yield start, end, form, no_capital
                continue
            if form.is_prefix and end + 1 < span.end and body[end] == "-" and body[end + 1].isalpha():
                begun = start
                continue
            if form.all_caps_form is not None:
                if is_all_caps is None:
                    is_all_caps = _is_all_caps(body, passage)
                if is_all_caps:
                    form = form.all_caps_form
            capital = Capital.NONE
            if form.capital:
                capital = Capital.FIRST if _is_first(body, start, passage.start) else Capital.INSIDE
            if form.folded:
                yield start, end, form, capital

    def _form(self, written: str) -> _Form:
        is_lower = written.islower()
        if is_lower and written.isascii() and written.isalpha():
            folded = written  # folding changes nothing of it
        else:
            folded = fold_word(written.replace("-", ""))
        is_stop = folded in self.stop_words
        plain = folded if is_stop else self._root(folded)
        is_prefix = written.lower() in _PREFIXES
        capital = written[0].isupper() and not is_stop
        is_plain = bool(folded) and not (is_prefix or capital)
        form = _Form(folded, plain, self._number(plain), capital, None, is_prefix, is_plain)
        if is_lower or not is_acronym(written):
            return form
        name = acronym_root(folded)
        return form._replace(
            root=name, number=self._number(name), capital=True, all_caps_form=form, is_plain=False
        )


def _may_have_addresses(body: str) -> bool:
    """Whether it is worth while to look for addresses in a body."""
    return _ADDRESS_HINT.search(body) is not None


def _addresses(body: str, span: Span) -> Iterator[Span]:
    """Where addresses and file names stand in a span of a body, as spans of the body, in order.

    Words joined by hyphens alone are one only if no blanks stand between them: `6 - 3 - 1` may be anything.
    """
    if _ADDRESS_HINT.search(body, *span) is None:
        return
    for found in _ADDRESS.finditer(body, *span):
        written = found[0]
        if "/" in written or "\\" in written or not any(map(str.isspace, written)):
            yield Span(*found.span())


def _is_all_caps(body: str, span: Span) -> bool:
    """Whether a passage is set in capitals, so that they tell nothing."""
    letters = [letter for letter in body[span.start : span.end] if letter.isalpha()]
    return 2 * sum(map(str.isupper, letters)) > len(letters)


def _is_first(body: str, offset: int, start: int) -> bool:
    while offset > start and body[offset - 1] in _BEFORE_FIRST_WORD:
        offset -= 1
    return offset == start or body[offset - 1] in _ENDS_SENTENCE


class Segment(NamedTuple):
    """One sentence or several of a passage, enough to be compared."""

    first: int
    """Index of its first word in the passage."""
    sentence: Span
    """The sentence that stands for it: its longest."""


def segments(body: str, span: Span, places: Sequence[int], language: str | None = None) -> list[Segment]:
    """Cuts a passage into segments.

    `places` are the offsets of the words, `language` decides where sentences end. A segment has `SHORTEST_SEGMENT`
    words or more, and a very long passage few enough segments that all can be held against all of another passage. A
    passage too short to be cut is one segment, and stands for itself.
    """
    shortest = max(SHORTEST_SEGMENT, len(places) // _MOST_SEGMENTS)
    if len(places) < 2 * shortest:
        return [Segment(0, span)]
    found: list[Segment] = []
    word = 0
    for sentence in sentences(body, span, language):
        while word < len(places) and places[word] < sentence.start:
            word += 1
        if not found:
            found.append(Segment(0, sentence))
        elif word - found[-1].first >= shortest and len(places) - word >= shortest:
            found.append(Segment(word, sentence))
        elif _length(sentence) > _length(found[-1].sentence):
            found[-1] = Segment(found[-1].first, sentence)
    return found or [Segment(0, span)]


def _length(span: Span) -> int:
    return span.end - span.start


class PassageWords(NamedTuple):
    """The words of one passage that have a number, and its segments."""

    numbers: list[int]
    """Vocabulary number of each word."""
    capitals: bytearray
    """`Capital` of each word."""
    names: bytearray
    """How many words with a capital stand in a row where each word stands; 1 where it stands alone or has none."""
    segments: list[Segment]
    """One at least."""


def read_passage(body: str, span: Span, reader: WordReader, language: str | None = None) -> PassageWords:
    """Reads one passage of a body in a language; words without a number are left out."""
    numbers: list[int] = []
    capitals = bytearray()
    places: list[int] = []
    names: list[list[int]] = []
    named = -1  # where the last word of a name ended
    for start, end, form, capital in reader.scan(body, span):
        number = form.number
        if capital:
            if named < 0 or not body[named:start].isspace():
                names.append([])
            if number is not None:
                names[-1].append(len(numbers))
            named = end
        elif named >= 0:
            named = end if form.folded in _INSIDE_NAMES and body[named:start].isspace() else -1
        if number is not None:
            numbers.append(number)
            capitals.append(capital)
            places.append(start)
    return PassageWords(
        numbers, capitals, _lengths(names, len(numbers)), segments(body, span, places, language)
    )


def _lengths(names: list[list[int]], words: int) -> bytearray:
    """How many words the name has that each word is part of; `names` are the indices of the words of each."""
    lengths = bytearray(b"\x01") * words
    for name in names:
        for k in name:
            lengths[k] = min(len(name), _LONGEST_NAME)
    return lengths
