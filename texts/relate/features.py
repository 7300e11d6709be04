"""What two texts are compared by, as columns of numbers: their words, what each says, which count as one, phrases.

`analyse` reads words into columns, `word_weights` says how much each of them tells, `weighted_rows` and `phrase_rows`
make vectors of passages. `Features` is one text in all the shapes in which it is compared.
"""

from __future__ import annotations

from array import array
from codecs import utf_32_le_decode  # `bytes.decode` would import a module for it
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from texts.lexicon import (
    BACKGROUND_PASSAGES,
    STOP_WORDS,
    background,
    rarity,
)
from texts.model import Span
from texts.relate.formula import NAME_OF_SEVERAL
from texts.relate.passage_words import Capital, RootNumbers, WordReader, read_passage
from texts.relate.relate_records import Progress
from texts.relate.soft_links import SoftLinks
from texts.relate.sparse import Floats, Ints, SparseRows, Strings, collect, distinct, numbered

if TYPE_CHECKING:
    import numpy.typing as npt

_PASSAGES_AT_ONCE = 64
_NAME_BOOST = 1.15
_NAME_SHARE = 0.6
_DIGITS = 4
_FIRST_LETTER, _SURROGATES = 0x100, (0xD800, 0xE000)
_LETTERS = 0x10FFFF - _FIRST_LETTER - (_SURROGATES[1] - _SURROGATES[0])


@dataclass(frozen=True)
class Analysis:
    """The words of some passages of one text, passage after passage."""

    roots: Ints
    """Vocabulary number of each word."""
    capitals: npt.NDArray[np.int8]
    """`Capital` of each word."""
    names: npt.NDArray[np.uint8]
    """How many words with a capital stand in a row where each word stands, at least 1."""
    passages: Ints
    """Index of the first word of each passage, and the number of words at the end."""
    segments: Ints
    """Index of the first word of each segment, and the number of words at the end."""
    first_segment: Ints
    """Index of the first segment of each passage, and the number of segments at the end."""
    sentences: Ints
    """Start and end in the body of the sentence that stands for each segment: a row of two for each."""

    def __len__(self) -> int:
        """How many passages."""
        return len(self.passages) - 1

    def owners(self) -> Ints:
        """Index of the passage of each word."""
        return np.repeat(np.arange(len(self)), np.diff(self.passages))

    def segment_owners(self) -> Ints:
        """Index of the segment of each word."""
        return np.repeat(np.arange(len(self.segments) - 1), np.diff(self.segments))


def analyse(
    body: str,
    spans: Sequence[Span],
    reader: WordReader,
    progress: Progress | None = None,
    *,
    language: str | None = None,
) -> Analysis:
    """The passages at these spans of a body, read into columns; words without a number are left out.

    `language` is the code of the language that the body is in; without it, it is detected.
    """
    numbers, capitals, names = array("q"), bytearray(), bytearray()
    passages, segment_starts, first_segment = array("q", [0]), array("q"), array("q", [0])
    carrying = array("q")
    for nth, span in enumerate(spans):
        if progress is not None and nth % _PASSAGES_AT_ONCE == 0:
            progress.update(nth / len(spans))
        passage = read_passage(body, span, reader, language)
        for segment in passage.segments:
            segment_starts.append(len(numbers) + segment.first)
            carrying.extend(segment.sentence)
        numbers.extend(passage.numbers)
        capitals += passage.capitals
        names += passage.names
        passages.append(len(numbers))
        first_segment.append(len(segment_starts))
    segment_starts.append(len(numbers))
    return Analysis(
        np.array(numbers, np.int64),
        np.frombuffer(bytes(capitals), np.int8),
        np.frombuffer(bytes(names), np.uint8),
        np.array(passages, np.int64),
        np.array(segment_starts, np.int64),
        np.array(first_segment, np.int64),
        np.array(carrying, np.int64).reshape(-1, 2),
    )


def shares_at_large(vocabulary: RootNumbers) -> npt.NDArray[np.float64]:
    """The share of passages of English at large that has each word of the vocabulary, 0–1."""
    at_large = background()
    return np.array([at_large.share(root) for root in vocabulary.roots()], np.float64)


def rarities(shares: npt.NDArray[np.float64], analyses: Sequence[Analysis]) -> npt.NDArray[np.float64]:
    """How rare each word of the vocabulary is, English at large mixed in; at least 1 (`texts.lexicon.rarity`).

    Two articles are too small to know what is rare, and the smaller they are, the more English at large has a say.
    """
    passages, holding = _holding(len(shares), analyses)
    return np.array(
        [rarity(passages, held, share) for share, held in zip(shares.tolist(), holding.tolist(), strict=True)]
    )


def _holding(size: int, analyses: Sequence[Analysis]) -> tuple[int, Ints]:
    """How many passages there are, and how many of them have each of so many words."""
    holding = sum((_passages_with(analysis, size) for analysis in analyses), np.zeros(size, np.int64))
    return sum(len(analysis) for analysis in analyses), holding


def word_weights(
    vocabulary: RootNumbers, analyses: Sequence[Analysis], rarity_of: npt.NDArray[np.float64]
) -> Floats:
    """The weight of each word of the vocabulary: its rarity in the texts and at large, more for names.

    Rarity at large (`rarities`) does not know what two articles are about: their great names are rare in it, run
    through both of them, and tell no passage from another. So rarity among their own passages has a say, and the
    greater one the smaller they are.
    """
    passages, holding = _holding(len(vocabulary), analyses)
    mixed = rarity_of.copy()
    mixed[_are_names(len(vocabulary), analyses)] *= _NAME_BOOST
    own = np.log((passages + 1) / (holding + 0.5)) + 1
    say = BACKGROUND_PASSAGES / (BACKGROUND_PASSAGES + passages)
    return (mixed ** (1 - say) * own**say).astype(np.float32)


def _passages_with(analysis: Analysis, size: int) -> Ints:
    """In how many passages each word occurs."""
    return np.bincount(distinct(analysis.owners() * size + analysis.roots) % max(1, size), minlength=size)


def _are_names(size: int, analyses: Sequence[Analysis]) -> np.ndarray:
    """Which words are mostly written with a capital where only names have one."""
    inside, capital = np.zeros(size, np.int64), np.zeros(size, np.int64)
    for analysis in analyses:
        tells = analysis.capitals != Capital.FIRST
        inside += np.bincount(analysis.roots[tells], minlength=size)
        capital += np.bincount(analysis.roots[analysis.capitals == Capital.INSIDE], minlength=size)
    return np.asarray((capital > 0) & (capital >= _NAME_SHARE * inside))


def are_stop_words(vocabulary: RootNumbers, stop_words: frozenset[str] = STOP_WORDS) -> np.ndarray:
    """Which words of the vocabulary carry order but no subject."""
    return np.array([root in stop_words for root in vocabulary.roots()], bool)


def are_dates(vocabulary: RootNumbers, months: frozenset[str]) -> np.ndarray:
    """Which words of the vocabulary are `months` or numbers of a day or a year: alone they relate nothing."""
    return np.array(
        [name in months or (name.isdecimal() and len(name) <= _DIGITS) for name in vocabulary.roots()], bool
    )


def weighted_rows(
    words: Ints, owners: Ints, count: int, weights: Floats, names: npt.NDArray[np.uint8] | None = None
) -> SparseRows:
    """Each passage (or segment) as a row of length 1 over its words: (1 + ln of how often) × weight.

    `names` says how many words the name has that each word is part of; together they count as little more than one.
    """
    counted = collect(owners, words, np.ones(len(words)), count, len(weights))
    values = (1 + np.log(counted.values)) * weights[counted.columns]
    if names is not None and (names > 1).any():
        shares = collect(owners, words, names.astype(np.float64) ** NAME_OF_SEVERAL, count, len(weights))
        values *= shares.values / counted.values
    return SparseRows(counted.starts, counted.columns, values.astype(np.float32), counted.width).unit()


def phrase_rows(left: Analysis, right: Analysis, stop_words: np.ndarray) -> tuple[SparseRows, SparseRows]:
    """The passages of both texts as rows of length 1 over phrases, weighted by how rare the phrase is.

    Phrases are pairs of words that stand together or one apart, in the same order in both texts (skip-bigrams). One
    has at most one stop word. Those that only one passage has are left out of the rows, but not out of
    their lengths: they match nothing.
    """
    size = len(stop_words)
    sides = [_phrases(analysis, size, stop_words) for analysis in (left, right)]
    keys, numbers = numbered(np.concatenate([keys for keys, _ in sides]))
    split = len(sides[0][0])
    rows = [
        collect(owners, found, np.ones(len(owners)), len(analysis), max(1, len(keys)))
        for analysis, (_, owners), found in zip(
            (left, right), sides, (numbers[:split], numbers[split:]), strict=True
        )
    ]
    holding = sum((np.bincount(side.columns, minlength=len(keys)) for side in rows), np.zeros(len(keys), int))
    weights = np.log((len(left) + len(right) + 1) / (holding + 1)) + 1
    shared = np.bincount(rows[0].columns, minlength=len(keys)).astype(bool)
    shared &= np.bincount(rows[1].columns, minlength=len(keys)).astype(bool)
    first, second = (_only(_weighted(side, weights), shared) for side in rows)
    return first, second


def _phrases(analysis: Analysis, size: int, stop_words: np.ndarray) -> tuple[Ints, Ints]:
    """A key for each phrase in order, and the passage it stands in."""
    owners, words = analysis.owners(), analysis.roots
    keys, found = [], []
    for step in (1, 2):
        first, second = words[:-step], words[step:]
        kept = (owners[:-step] == owners[step:]) & ~(stop_words[first] & stop_words[second])
        keys.append(first[kept] * size + second[kept])
        found.append(owners[:-step][kept])
    return np.concatenate(keys), np.concatenate(found)


def _weighted(rows: SparseRows, weights: np.ndarray) -> SparseRows:
    values = (1 + np.log(rows.values)) * weights[rows.columns]
    return SparseRows(rows.starts, rows.columns, values.astype(np.float32), rows.width).unit()


def _only(rows: SparseRows, kept: np.ndarray) -> SparseRows:
    """The rows without the columns that are not kept, and the rest numbered anew."""
    renumbered = np.cumsum(kept) - 1
    stays = kept[rows.columns]
    starts = np.concatenate([[0], np.cumsum(stays)])[rows.starts]
    columns = renumbered[rows.columns[stays]]
    return SparseRows(starts, columns, rows.values[stays], max(1, int(kept.sum())))


@dataclass(frozen=True)
class Features:
    """One text, in all the shapes in which `scoring` compares it with the other."""

    analysis: Analysis
    words: SparseRows
    """Passages over weighted words; of the left text widened by its soft links."""
    segments: SparseRows
    """Segments over weighted words, likewise."""
    content: Strings
    """Each passage as a string, a letter for a word, without stop words."""
    sequence: Strings
    """The same with stop words."""

    @classmethod
    def of(
        cls, analysis: Analysis, weights: Floats, stop_words: np.ndarray, links: SoftLinks | None = None
    ) -> Features:
        """A text whose words weigh so much; the left one takes the soft links."""
        words = weighted_rows(analysis.roots, analysis.owners(), len(analysis), weights, analysis.names)
        count = len(analysis.segments) - 1
        segments = weighted_rows(analysis.roots, analysis.segment_owners(), count, weights, analysis.names)
        if links is not None:
            words, segments = links.widen(words), links.widen(segments)
        kept = ~stop_words[analysis.roots]
        content_starts = np.concatenate([[0], np.cumsum(kept)])[analysis.passages]
        return cls(
            analysis,
            words,
            segments,
            _as_letters(analysis.roots[kept], content_starts),
            _as_letters(analysis.roots, analysis.passages),
        )


def _as_letters(words: Ints, starts: Ints) -> Strings:
    """Runs of words as strings in which each word is one letter, so that rapidfuzz compares words, not letters."""
    letters = words % _LETTERS + _FIRST_LETTER
    letters[letters >= _SURROGATES[0]] += _SURROGATES[1] - _SURROGATES[0]
    string, _ = utf_32_le_decode(letters.astype("<u4").tobytes(), "strict", True)
    bounds = starts.tolist()
    return np.array([string[start:end] for start, end in pairwise(bounds)], np.object_)
