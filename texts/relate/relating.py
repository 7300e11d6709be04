"""Relates two texts: from words to candidates to scores to relations, each step in a module of its own."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from texts.languages.morphology import Morphology, morphology_of
from texts.languages.telling import effective_language
from texts.lexicon import Aliases
from texts.model import Text
from texts.relate.claim import Ranked, Shared, alike_as_wholes, claims, never_above_better, unproven
from texts.relate.copied import copied_runs
from texts.relate.features import (
    Analysis,
    Features,
    analyse,
    are_dates,
    are_stop_words,
    phrase_rows,
    rarities,
    shares_at_large,
    word_weights,
)
from texts.relate.findings import Findings, SentencePlaces
from texts.relate.formula import worth_of_phrases
from texts.relate.hubs_and_order import Hubs, Ordered, in_order
from texts.relate.passage_words import RootNumbers, WordReader
from texts.relate.relate_records import CancelCheck, Progress, ProgressCallback
from texts.relate.relations import Relations, fingerprint
from texts.relate.scoring import Scored, Scorer
from texts.relate.soft_links import SoftLinks, soft_links
from texts.relate.sparse import Floats, Ints, best_first, falling, stable_order
from texts.relate.threads import Alongside

if TYPE_CHECKING:
    import numpy.typing as npt

_KEPT = 20
"""How many pairs are kept for each passage of either text."""


def relate(
    left: Text,
    right: Text,
    *,
    aliases: Iterable[Iterable[str]] = (),
    progress: ProgressCallback | None = None,
    cancelled: CancelCheck | None = None,
) -> Relations:
    """Which passages of two texts are related: see `texts.relate.relate`."""
    overall = Progress(progress, cancelled)
    vocabulary = RootNumbers()
    morphology = morphology_of((left, right))
    reader = WordReader(vocabulary, morphology=morphology)
    analyses = (
        _analyse(left, reader, overall.subrange(0.0, 0.15)),
        _analyse(right, reader, overall.subrange(0.15, 0.3)),
    )
    own_aliases = tuple(tuple(group) for group in aliases)
    return _relate((left, right), vocabulary, analyses, morphology, own_aliases=own_aliases, overall=overall)


class OneWithOthers:
    """Relates one text with one after the other, as `relate` does: its own words are read once."""

    def __init__(self, one: Text) -> None:
        self._one = one
        self._read: dict[Morphology, ReadText] = {}

    def relate(
        self,
        left: Text,
        right: Text,
        *,
        aliases: Iterable[Iterable[str]] = (),
        progress: ProgressCallback | None = None,
        cancelled: CancelCheck | None = None,
    ) -> Relations:
        """What `relate` says of two texts, of which the left is the one, to the last bit."""
        if left != self._one:
            return relate(left, right, aliases=aliases, progress=progress, cancelled=cancelled)
        morphology, overall = morphology_of((left, right)), Progress(progress, cancelled)
        read = self._read.get(morphology)
        if read is None:
            read = self._read[morphology] = read_words(left, morphology, overall.subrange(0.0, 0.15))
        other = read_words(right, morphology, overall.subrange(0.15, 0.3))
        return relate_read(read, other, morphology, aliases=aliases, overall=overall)


class ReadText(NamedTuple):
    """A text whose words have been read by themselves, to be related with one text after the other."""

    text: Text
    roots: Sequence[str]
    """The vocabulary of the text, in the order in which its words come."""
    analysis: Analysis


def read_words(text: Text, morphology: Morphology, progress: Progress | None = None) -> ReadText:
    """The words of a text, as the `morphology_of` it and of the other text takes them."""
    vocabulary = RootNumbers()
    analysis = _analyse(text, WordReader(vocabulary, morphology=morphology), progress or Progress())
    return ReadText(text, vocabulary.roots(), analysis)


def relate_read(
    left: ReadText,
    right: ReadText,
    morphology: Morphology,
    *,
    aliases: Iterable[Iterable[str]] = (),
    overall: Progress | None = None,
) -> Relations:
    """What `relate` says of two texts, whose words have been read by this morphology, to the last bit."""
    vocabulary = RootNumbers(left.roots)
    numbers = np.array([vocabulary.number(root) for root in right.roots], np.int64)
    analyses = left.analysis, replace(right.analysis, roots=numbers[right.analysis.roots])
    own_aliases = tuple(tuple(group) for group in aliases)
    texts = left.text, right.text
    return _relate(
        texts, vocabulary, analyses, morphology, own_aliases=own_aliases, overall=overall or Progress()
    )


def _relate(
    texts: tuple[Text, Text],
    vocabulary: RootNumbers,
    analyses: tuple[Analysis, Analysis],
    morphology: Morphology,
    *,
    own_aliases: tuple[tuple[str, ...], ...],
    overall: Progress,
) -> Relations:
    """What is related in two texts whose words are these."""
    left, right = texts
    shares = shares_at_large(vocabulary)
    rarity = rarities(shares, analyses)
    stop_words = are_stop_words(vocabulary, morphology.stop_words)
    weights = word_weights(vocabulary, analyses, rarity)
    in_left, in_right = (np.bincount(analysis.roots, minlength=len(vocabulary)) > 0 for analysis in analyses)
    find_links = partial(
        soft_links,
        vocabulary.roots(),
        in_left,
        in_right,
        Aliases(own_aliases),
        overall.subrange(0.3, 0.4),
    )
    scorer, links = _scorer(
        analyses, weights, rarity, stop_words, roots=vocabulary.roots(), find_links=find_links
    )
    ranked = rank_pairs(scorer, overall.subrange(0.4, 0.95), ordered=left.body != right.body)
    scored, similarity = ranked.pairs.supported, ranked.similarity
    kept = _best(scored, similarity)
    lefts, rights = scored.lefts[kept], scored.rights[kept]
    shared = Shared.of(analyses, rarity, stop_words | are_dates(vocabulary, morphology.months), links)
    claimed = claims(
        ranked,
        kept,
        shared,
        lambda: alike_as_wholes(analyses, -np.log(shares), stop_words),
    )
    by_right = stable_order(rights)
    findings = Findings(
        texts=fingerprint(left, right),
        counts=scorer.counts,
        left_starts=_starts(lefts, scorer.counts[0]),
        rights=_column(rights, np.uint32),
        similarity=_column(similarity[kept], np.float32),
        claims=_column(claimed, np.float32),
        left_segment=_column(scored.left_segment[kept], np.uint8),
        right_segment=_column(scored.right_segment[kept], np.uint8),
        by_right=_column(by_right, np.uint32),
        right_starts=_starts(rights[by_right], scorer.counts[1]),
        left_places=_places(analyses[0]),
        right_places=_places(analyses[1]),
        words="\n".join(vocabulary.roots()),
        weights=_column(weights, np.float32),
        rarity=_column(rarity, np.float32),
        used_in=_column(in_left + 2 * in_right, np.uint8),
        aliases=own_aliases,
    )
    relations = Relations(left, right, findings)
    for pair in unproven(claimed, shared, lefts, rights).tolist():
        if not relations.evidence(int(lefts[pair]) + 1, int(rights[pair]) + 1):
            claimed[pair] = 0
    claimed = never_above_better(claimed, lefts, rights, similarity[kept])
    overall.update(1.0)
    return Relations(left, right, replace(findings, claims=_column(claimed, np.float32)))


def _scorer(
    analyses: tuple[Analysis, Analysis],
    weights: Floats,
    rarity: npt.NDArray[np.float64],
    stop_words: npt.NDArray[np.bool_],
    *,
    roots: Sequence[str],
    find_links: Callable[[], SoftLinks],
) -> tuple[Scorer, SoftLinks]:
    """What says how alike passages of two texts are, and the links between their words that it goes by.

    What has no need of links is made alongside, while these are found.
    """
    left, right = analyses
    with Alongside(len(left) * len(right)) as alongside:
        phrases = alongside.start(phrase_rows, left, right, stop_words)
        copied = alongside.start(copied_runs, left, right, rarity, stop_words)
        right_features = alongside.start(Features.of, right, weights, stop_words)
        links = find_links()
        scorer = Scorer(
            Features.of(left, weights, stop_words, links),
            right_features(),
            phrases(),
            worth_of_phrases=worth_of_phrases(roots),
            copied=copied(),
        )
    return scorer, links


def _column(numbers: np.ndarray, kind: type[np.generic]) -> memoryview[Any]:
    return np.ascontiguousarray(numbers, kind).data


def _starts(owners: Ints, count: int) -> memoryview:
    """Where the entries of each of so many owners start, of entries sorted by owner; at last how many there are."""
    return _column(np.searchsorted(owners, np.arange(count + 1)), np.uint32)


def _analyse(text: Text, reader: WordReader, progress: Progress) -> Analysis:
    spans = [passage.span for passage in text.numbered]
    return analyse(text.body, spans, reader, progress, language=effective_language(text))


def _places(analysis: Analysis) -> SentencePlaces:
    return SentencePlaces(
        _column(analysis.first_segment, np.uint32), array("I", analysis.sentences.ravel().tolist())
    )


def rank_pairs(scorer: Scorer, progress: Progress, *, ordered: bool) -> Ranked:
    """The candidate pairs, and how alike the passages of each are, hubs taken off.

    Neighbours support each other only where the texts are `ordered`: in a text beside itself each would lend its
    neighbours the certainty of being itself.
    """
    scored = scorer.score(scorer.candidates(progress.subrange(0.0, 0.4)), progress.subrange(0.4, 0.75))
    within = progress.subrange(0.75, 1.0)
    found = in_order(scorer, scored, within) if ordered else Ordered.without_order(scored, scorer.counts)
    hubs = Hubs.of(found.supported, scorer.counts) if found.has_order else found.hubs
    return Ranked(found, hubs.levelled(found.supported), scorer.copied, is_one_text=not ordered)


def _best(scored: Scored, similarity: Floats) -> Ints:
    """Where the pairs stand that are among the best of their left or of their right passage."""
    kept, by_similarity = np.zeros(len(scored), bool), falling(similarity)
    for passages in (
        scored.lefts,
        scored.rights,
    ):  # equals by the other passage: that is the order of the pairs
        order, place = best_first(passages, by_similarity)
        kept[order[place < _KEPT]] = True
    return np.flatnonzero(kept)
