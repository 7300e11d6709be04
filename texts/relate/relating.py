"""Relates two texts: from words to candidates to scores to relations, each step in a module of its own."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from typing import Any

import numpy as np

from texts.lexicon import Aliases
from texts.model import Text
from texts.relate.analysis import Analysis, analyse
from texts.relate.candidates import candidates
from texts.relate.findings import Findings, Places
from texts.relate.hubs import Hubs
from texts.relate.order import in_order
from texts.relate.rarity import are_stop_words, weigh_words
from texts.relate.records import CancelCheck, Progress, Watch
from texts.relate.relations import Relations, fingerprint
from texts.relate.scoring import Scored, Scorer, Side
from texts.relate.sparse import Floats, Ints
from texts.relate.spelling import soft_links
from texts.relate.words import Reader, Vocabulary

_KEPT = 20
"""How many pairs are kept for each passage of either text."""


def relate(
    left: Text,
    right: Text,
    *,
    aliases: Iterable[Iterable[str]] = (),
    progress: Progress | None = None,
    cancelled: CancelCheck | None = None,
) -> Relations:
    """Which passages of two texts are related: see `texts.relate.relate`."""
    watch = Watch(progress, cancelled)
    own_aliases = tuple(tuple(group) for group in aliases)
    vocabulary = Vocabulary()
    reader = Reader(vocabulary)
    analyses = (
        _analyse(left, reader, watch.part(0.0, 0.15)),
        _analyse(right, reader, watch.part(0.15, 0.3)),
    )
    weights, stop_words = weigh_words(vocabulary, analyses), are_stop_words(vocabulary)
    in_left, in_right = (np.bincount(analysis.roots, minlength=len(vocabulary)) > 0 for analysis in analyses)
    links = soft_links(vocabulary.roots(), in_left, in_right, Aliases(own_aliases), watch.part(0.3, 0.4))
    scorer = Scorer(
        Side.of(analyses[0], weights, stop_words, links),
        Side.of(analyses[1], weights, stop_words),
        stop_words,
    )
    likeness, scored = _score(scorer, watch.part(0.4, 1.0), ordered=left.body != right.body)
    kept = _best(scored, likeness)
    watch.at(1.0)
    lefts, rights = scored.lefts[kept], scored.rights[kept]
    by_right = np.argsort(rights, kind="stable")
    findings = Findings(
        texts=fingerprint(left, right),
        counts=scorer.counts,
        left_starts=_starts(lefts, scorer.counts[0]),
        rights=_column(rights, np.uint32),
        likeness=_column(likeness[kept], np.float32),
        left_stretch=_column(scored.left_stretch[kept], np.uint8),
        right_stretch=_column(scored.right_stretch[kept], np.uint8),
        by_right=_column(by_right, np.uint32),
        right_starts=_starts(rights[by_right], scorer.counts[1]),
        left_places=_places(analyses[0]),
        right_places=_places(analyses[1]),
        words="\n".join(vocabulary.roots()),
        weights=_column(weights, np.float32),
        users=_column(in_left + 2 * in_right, np.uint8),
        aliases=own_aliases,
    )
    return Relations(left, right, findings)


def _column(numbers: np.ndarray, kind: type[np.generic]) -> memoryview[Any]:
    return np.ascontiguousarray(numbers, kind).data


def _starts(owners: Ints, count: int) -> memoryview:
    """Where the entries of each of so many owners start, of entries sorted by owner; at last how many there are."""
    return _column(np.searchsorted(owners, np.arange(count + 1)), np.uint32)


def _analyse(text: Text, reader: Reader, watch: Watch) -> Analysis:
    return analyse(text.body, [passage.span for passage in text.numbered], reader, watch)


def _places(analysis: Analysis) -> Places:
    return Places(_column(analysis.first_stretch, np.uint32), array("I", analysis.sentences.ravel().tolist()))


def _score(scorer: Scorer, watch: Watch, *, ordered: bool) -> tuple[Floats, Scored]:
    """How alike the passages of each candidate pair are, hubs taken off, and the pairs.

    Neighbours support each other only where the texts are `ordered`: in a text beside itself each would lend its
    neighbours the certainty of being itself.
    """
    pairs = candidates(scorer.left.words, scorer.right.words, watch.part(0.0, 0.4))
    scored = scorer.score(pairs, watch.part(0.4, 0.75))
    if ordered:
        scored = in_order(scorer, scored, watch.part(0.75, 0.95))
    hubs = Hubs.of(scored, scorer.counts)
    # What all passages have of a hub is no reason to score one pair below another, so that it is given back.
    level = np.float32(hubs.left.mean() + hubs.right.mean()) if len(scored) else np.float32(0)
    return hubs.off(scored) + level, scored


def _best(scored: Scored, likeness: Floats) -> Ints:
    """Where the pairs stand that are among the best of their left or of their right passage."""
    kept = np.zeros(len(scored), bool)
    for passages, others in ((scored.lefts, scored.rights), (scored.rights, scored.lefts)):
        order = np.lexsort((others, -likeness, passages))
        rank = np.arange(len(order)) - np.searchsorted(passages[order], passages[order])
        kept[order[rank < _KEPT]] = True
    return np.flatnonzero(kept)
