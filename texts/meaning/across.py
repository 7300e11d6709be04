"""Relates two texts by meaning and words: the steps in order, each in a module of its own."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np

from texts.languages.telling import effective_language
from texts.meaning.beads import Bead, beads
from texts.meaning.cooccurrence import WordsOfPassages
from texts.meaning.meaning_claims import meaning_claims
from texts.meaning.meaning_relations import PARTNERS, MeaningRelations, Sentences
from texts.meaning.meaning_scores import MeaningScorer
from texts.meaning.pieces import Piece, pieces_of
from texts.meaning.vectors import TextVectors, unit
from texts.model import Span, Text
from texts.relate import relate
from texts.relate.claim import never_above_better
from texts.relate.findings import Findings, SentencePlaces
from texts.relate.hubs_and_order import Hubs, Ordered, in_order
from texts.relate.relate_records import Progress, ProgressCallback
from texts.relate.scoring import Scored
from texts.relate.sparse import Floats, Ints, best_first, falling

_KEPT = 20
"""How many pairs are kept for each passage of either text."""
_WORTH_OF_WORDS = 1.0
"""What being alike by words counts beside the cosine of two passages."""
_IN_ONE_LANGUAGE = 49.0
"""The most that meaning claims in one language, where words claim better: it ranks what is less sure."""
_LOOKED_INTO = 20.0
"""Claims from which on two sentences are looked for that stand for one."""
_BETTER = 0.03
"""By how much the cosine has to grow where a sentence takes its neighbour along."""
_SURE_PAIR = 50.0
_TOGETHER = 0.95
"""What the claim of the lesser part of a bead is worth, of that of the better one."""
_GAP = 0.75
"""Of how near passages are to their nearest ten on average: what a bead has to be nearer than."""
_PAIRS_OF_PASSAGE = 8


def relate_by_meaning(
    left: Text,
    right: Text,
    vectors: Mapping[bytes, bytes],
    *,
    aliases: Iterable[Iterable[str]] = (),
    parted: Sequence[tuple[str, str]] = (),
    progress: ProgressCallback | None = None,
) -> MeaningRelations:
    """Which passages of two texts say the same, in whatever language.

    `vectors` has those of all their pieces, by key (`texts.meaning.pieces`). `aliases` are groups of words that name
    the same, `parted` spellings that do not; `progress` is told the share of the work done, 0–1.
    """
    overall = Progress(progress)
    by_words = relate(left, right, aliases=aliases, progress=overall.subrange(0.0, 0.3).update)
    pieces = pieces_of(left), pieces_of(right)
    counts = len(left.numbered), len(right.numbered)
    sides = tuple(TextVectors.of(own, count, vectors) for own, count in zip(pieces, counts, strict=True))
    words = tuple(WordsOfPassages.of([text.quote(p.span) for p in text.numbered]) for text in (left, right))
    table = _WordScores.of(by_words.findings)
    scorer = MeaningScorer(
        (sides[0], sides[1]), (words[0], words[1]), table.score, _WORTH_OF_WORDS, overall.subrange(0.3, 0.5)
    )
    scored = scorer.candidates(overall.subrange(0.5, 0.8), table.pairs)
    one_language = _are_in_one_language(left, right)
    found = _Found.of(scorer, scored, overall.subrange(0.8, 0.95), ordered=left.body != right.body)
    claimed = found.claims
    if one_language:
        by_meaning = np.minimum(claimed, _IN_ONE_LANGUAGE)
        claimed = np.maximum(table.claim(found.scored.lefts, found.scored.rights), by_meaning)
    together = [] if one_language else found.beads(scorer, claimed)
    claimed = _with_beads(claimed, found.scored, together)
    findings = _findings(found, claimed, scorer, pieces, by_words.findings, one_language=one_language)
    overall.update(1.0)
    return MeaningRelations(
        left, right, findings, _sentences(found, scorer, pieces, together, parted, one_language=one_language)
    )


def _are_in_one_language(left: Text, right: Text) -> bool:
    return effective_language(left) == effective_language(right)


@dataclass(frozen=True)
class _WordScores:
    """What relating by words has found, to be looked up by pairs."""

    keys: Ints
    width: int
    similarity: Floats
    claims: Floats

    @classmethod
    def of(cls, findings: Findings) -> _WordScores:
        starts = np.frombuffer(findings.left_starts, np.uint32).astype(np.int64)
        lefts = np.repeat(np.arange(findings.counts[0]), np.diff(starts))
        width = max(1, findings.counts[1])
        keys = lefts * width + np.frombuffer(findings.rights, np.uint32).astype(np.int64)
        similarity = np.maximum(np.asarray(findings.similarity, np.float32), 0)
        return cls(keys, width, similarity, np.asarray(findings.claims, np.float32))

    @property
    def pairs(self) -> tuple[Ints, Ints]:
        """Its pairs, by left and then right passage."""
        lefts, rights = np.divmod(self.keys, self.width)
        return lefts, rights

    def score(self, lefts: Ints, rights: Ints) -> Floats:
        """How alike pairs are by words, about 0–1."""
        return self._look_up(self.similarity, lefts, rights)

    def claim(self, lefts: Ints, rights: Ints) -> Floats:
        """How sure pairs are by words, 0–100."""
        return self._look_up(self.claims, lefts, rights)

    def _look_up(self, values: Floats, lefts: Ints, rights: Ints) -> Floats:
        if not len(self.keys):
            return np.zeros(len(lefts), np.float32)
        wanted = lefts * self.width + rights
        place = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
        found: Floats = np.where(self.keys[place] == wanted, values[place], 0).astype(np.float32)
        return found


@dataclass(frozen=True)
class _Found:
    """The pairs with all that is known of them."""

    ordered: Ordered
    similarity: Floats
    claims: Floats

    @classmethod
    def of(cls, scorer: MeaningScorer, scored: Scored, progress: Progress, *, ordered: bool) -> _Found:
        """Neighbours heard and hubs taken off; not of a text beside itself, where each would support itself."""
        found = (
            in_order(scorer, scored, progress) if ordered else Ordered.without_order(scored, scorer.counts)
        )
        hubs = Hubs.of(found.supported, scorer.counts) if found.has_order else found.hubs
        similarity = hubs.levelled(found.supported)
        cosine = scorer.cosine(found.supported.lefts, found.supported.rights)
        return cls(found, similarity, meaning_claims(found, similarity, cosine))

    @property
    def scored(self) -> Scored:
        """The pairs."""
        return self.ordered.supported

    def beads(self, scorer: MeaningScorer, claimed: Floats) -> list[Bead]:
        """Passages that stand together for one or two of the other text, where the texts have an order."""
        if not self.ordered.has_order:
            return []
        sure = np.flatnonzero(claimed >= _SURE_PAIR)
        pairs = list(zip(self.scored.lefts[sure].tolist(), self.scored.rights[sure].tolist(), strict=True))
        typical = (
            float(scorer.cosine(self.scored.lefts[sure], self.scored.rights[sure]).mean()) if pairs else 0.0
        )
        found = beads(scorer.left.passages, scorer.right.passages, _GAP * scorer.around_all, typical, pairs)
        return [bead for bead in found if bead.is_merged]


def _with_beads(claimed: Floats, scored: Scored, together: Iterable[Bead]) -> Floats:
    """The claims, with every part of a bead nearly as sure as its surest one: two passages may render one."""
    place = {
        pair: k for k, pair in enumerate(zip(scored.lefts.tolist(), scored.rights.tolist(), strict=True))
    }
    raised = claimed.copy()
    for bead in together:
        pairs = [(i, j) for i in range(*bead.left) for j in range(*bead.right)]
        known = [place[pair] for pair in pairs if pair in place]
        best = max((float(claimed[k]) for k in known), default=0.0)
        if best >= _SURE_PAIR:
            for i, j in _ends(bead):
                if (i, j) in place:
                    raised[place[i, j]] = max(float(raised[place[i, j]]), best * _TOGETHER)
    return raised


def _ends(bead: Bead) -> list[tuple[int, int]]:
    """The pairs of a bead: of two and two the first and the second ones."""
    lefts, rights = range(*bead.left), range(*bead.right)
    if len(lefts) == len(rights):
        return list(zip(lefts, rights, strict=True))
    return [(i, j) for i in lefts for j in rights]


def _findings(
    found: _Found,
    claimed: Floats,
    scorer: MeaningScorer,
    pieces: tuple[Sequence[Piece], Sequence[Piece]],
    by_words: Findings,
    *,
    one_language: bool,
) -> Findings:
    """What is kept: the best pairs of each passage of either side, and what relating by words knows of words."""
    scored = found.scored
    kept = _best(scored, found.similarity)
    lefts, rights, similarity = scored.lefts[kept], scored.rights[kept], found.similarity[kept]
    claimed = claimed[kept]
    if not one_language:  # else what words claim stands, whatever meaning makes of the ranks below it
        claimed = never_above_better(claimed, lefts, rights, similarity)
    places = tuple(_Segments.of(own, count) for own, count in zip(pieces, scorer.counts, strict=True))
    segments = _merged(
        scorer, lefts, rights, (scored.left_segment[kept], scored.right_segment[kept]), claimed
    )
    by_right = np.argsort(rights, kind="stable")
    return replace(
        by_words,
        left_starts=_column(np.searchsorted(lefts, np.arange(scorer.counts[0] + 1)), np.uint32),
        rights=_column(rights, np.uint32),
        similarity=_column(similarity, np.float32),
        claims=_column(claimed, np.float32),
        left_segment=_column(segments[0], np.uint8),
        right_segment=_column(segments[1], np.uint8),
        by_right=_column(by_right, np.uint32),
        right_starts=_column(np.searchsorted(rights[by_right], np.arange(scorer.counts[1] + 1)), np.uint32),
        left_places=places[0].places,
        right_places=places[1].places,
    )


def _column(numbers: np.ndarray, kind: type[np.generic]) -> memoryview[Any]:
    return np.ascontiguousarray(numbers, kind).data


def _best(scored: Scored, similarity: Floats) -> Ints:
    """Where the pairs stand that are among the best of their left or of their right passage."""
    kept, by_similarity = np.zeros(len(scored), bool), falling(similarity)
    for passages in (scored.lefts, scored.rights):
        order, place = best_first(passages, by_similarity)
        kept[order[place < _KEPT]] = True
    return np.flatnonzero(kept)


@dataclass(frozen=True)
class _Segments:
    """The sentences of each passage, and after these each two neighbours as one: what a pair may rest on."""

    places: SentencePlaces

    @classmethod
    def of(cls, pieces: Sequence[Piece], count: int) -> _Segments:
        spans: list[list[Span]] = [[] for _ in range(count)]
        for piece in pieces:
            spans[piece.passage].append(piece.span)
        first, flat = [0], array("I")
        for own in spans:
            every = [*own, *(Span(a.start, b.end) for a, b in pairwise(own))] or [Span(0, 0)]
            for span in every:
                flat.extend(span)
            first.append(first[-1] + len(every))
        return cls(SentencePlaces(_column(np.array(first), np.uint32), flat))


def _merged(
    scorer: MeaningScorer, lefts: Ints, rights: Ints, segments: tuple[Ints, Ints], claimed: Floats
) -> tuple[Ints, Ints]:
    """The segments of each pair, two sentences where these together are clearly more like the one of the other side."""
    found = segments[0].copy(), segments[1].copy()
    starts = scorer.left.first_piece, scorer.right.first_piece
    for k in np.flatnonzero(claimed >= _LOOKED_INTO).tolist():
        i, j = int(lefts[k]), int(rights[k])
        rows = (
            scorer.left.pieces[starts[0][i] : starts[0][i + 1]],
            scorer.right.pieces[starts[1][j] : starts[1][j + 1]],
        )
        one, other = int(segments[0][k]), int(segments[1][k])
        best = float(rows[0][one] @ rows[1][other]) + _BETTER
        for side, (here, there) in enumerate(((one, rows[1][other]), (other, rows[0][one]))):
            for first in (here - 1, here):
                if first >= 0 and first + 1 < len(rows[side]):
                    alike = float(unit(rows[side][first : first + 2].sum(0, keepdims=True))[0] @ there)
                    if alike > best:
                        best = alike
                        found[side][k] = len(rows[side]) + first
                        found[1 - side][k] = (other, one)[side]
    return found


def _sentences(
    found: _Found,
    scorer: MeaningScorer,
    pieces: tuple[Sequence[Piece], Sequence[Piece]],
    together: Sequence[Bead],
    parted: Sequence[tuple[str, str]],
    *,
    one_language: bool,
) -> Sentences:
    """The sentences of both texts, and which of the other are most like each: among the best pairs of its passage."""
    flat = [[edge for piece in own for edge in piece.span] for own in pieces]
    scored = found.scored
    left = _partners(scorer.left, scorer.right, scored.lefts, scored.rights, found.similarity)
    right = _partners(scorer.right, scorer.left, scored.rights, scored.lefts, found.similarity)
    numbers = [
        number
        for bead in together
        for number in (bead.left[0] + 1, bead.left[1], bead.right[0] + 1, bead.right[1])
    ]
    return Sentences(
        flat[0], flat[1], left[0], right[0], left[1], right[1], numbers, tuple(parted), one_language
    )


def _partners(
    here: TextVectors, there: TextVectors, own: Ints, other: Ints, similarity: Floats
) -> tuple[list[int], list[int]]:
    """For each sentence here the indices plus one of the sentences there most like it, and how alike, 0–100."""
    count = len(here.pieces)
    partners, alike = np.zeros((count, PARTNERS), np.int64), np.zeros((count, PARTNERS), np.int64)
    order, place = best_first(own, falling(similarity))
    best = order[place < _PAIRS_OF_PASSAGE]
    bounds = np.searchsorted(own[best], np.arange(len(here.first_piece)))
    for passage in range(len(here.first_piece) - 1):
        rows = slice(here.first_piece[passage], here.first_piece[passage + 1])
        others = other[best[bounds[passage] : bounds[passage + 1]]]
        columns = [np.arange(there.first_piece[j], there.first_piece[j + 1]) for j in others.tolist()]
        if rows.start == rows.stop or not columns:
            continue
        column = np.concatenate(columns)
        products = here.pieces[rows] @ there.pieces[column].T
        most = min(PARTNERS, len(column))
        nearest = np.argsort(-products, axis=1, kind="stable")[:, :most]
        partners[rows, :most] = column[nearest] + 1
        cosines = np.take_along_axis(products, nearest, 1)
        alike[rows, :most] = np.clip(np.round(100 * cosines), 0, 100)
    return partners.ravel().tolist(), alike.ravel().tolist()
