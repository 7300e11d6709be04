"""What two texts share and where they part: names, words, passages, quotations, tags.

Each number's record says how it is made; `plain` turns all of it into what JSON can hold. Furniture takes no part,
except in `collate`, where a version is compared as it is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from texts.compare.collate import ChangeKind, CollatedPiece, collate_passages
from texts.compare.collocations import collocations
from texts.compare.coverage import Coverage, Covered, coverage
from texts.compare.distinctive import Distinctive, WordUse, distinctive
from texts.compare.matrix import AlignmentMap, MatrixCell, alignment_map
from texts.compare.names import Name, Spelling, names
from texts.compare.reuse import SharedRun, reuse
from texts.compare.tagging import Tagged, TagTable, Together, tag_table
from texts.compare.tokenized import TokenizedText, read
from texts.compare.versions import collate, collate_versions
from texts.languages.morphology import morphology_of
from texts.model import Text
from texts.naming import NO_OVERRIDES, Overrides
from texts.relate.relate_records import DEFAULT_SCORE, CancelCheck, Progress, ProgressCallback, Related

if TYPE_CHECKING:
    from texts.relate import Relations

__all__ = [
    "AlignmentMap",
    "ChangeKind",
    "CollatedPiece",
    "Comparison",
    "Coverage",
    "Covered",
    "Distinctive",
    "MatrixCell",
    "Name",
    "Overrides",
    "SharedRun",
    "Spelling",
    "TagTable",
    "Tagged",
    "Together",
    "TokenizedText",
    "WordUse",
    "alignment_map",
    "collate",
    "collate_passages",
    "collate_versions",
    "compare",
    "coverage",
    "distinctive",
    "names",
    "read",
    "reuse",
    "tag_table",
    "with_marks",
]


@dataclass(frozen=True)
class Comparison:
    """Two texts held against each other."""

    left: Text
    right: Text
    names: tuple[Name, ...]
    """Those of both texts first, then by how often they occur."""
    distinctive: Distinctive
    """Words of one text beyond chance, and shared ones."""
    coverage: Coverage
    """Which passages have a counterpart."""
    reuse: tuple[SharedRun, ...]
    """Runs of words that both have, the longest first."""
    tags: TagTable
    """Tags against the two texts."""
    related: tuple[Related, ...]
    """The pairs of passages from which coverage was computed, best first: without those that a reader has dismissed."""
    linked: frozenset[tuple[int, int]]
    """Numbers of a left passage and a right one between which a reader has made a link."""

    def alignment_map(self, *, width: int, height: int) -> AlignmentMap:
        """The passages of the two texts against each other, in at most `width` × `height` cells (1 or more each)."""
        return alignment_map(
            self.left, self.right, self.related, width=width, height=height, links=self.linked
        )


def compare(
    left: Text | TokenizedText,
    right: Text | TokenizedText,
    relations: Relations,
    *,
    tagged: Iterable[Tagged] = (),
    overrides: Overrides = NO_OVERRIDES,
    linked: Iterable[tuple[int, int]] = (),
    dismissed: Collection[tuple[int, int]] = (),
    min_score: float = DEFAULT_SCORE,
    progress: ProgressCallback | None = None,
    cancelled: CancelCheck | None = None,
) -> Comparison:
    """What two texts share and where they part.

    A text that is compared with many is best given as what `read` makes of it, so that it is read only once.
    `relations` are those of the same two texts, in this order; `tagged` is what the reader has tagged in them (what
    lies in other texts is left out). `overrides` are the reader's word on names; `linked` and `dismissed` that on
    passages, as numbers of a left one and a right one. Related passages count as covered from `min_score` (0–100).
    `progress` is called with the share that is done, 0–1, and `cancelled` asked, after each part of the work; where it
    says so, Cancelled is raised.
    """
    overall = Progress(progress, cancelled)
    ours = left if isinstance(left, TokenizedText) else read(left)
    overall.update(0.2)
    theirs = right if isinstance(right, TokenizedText) else read(right)
    overall.update(0.4)
    ours, theirs = _beside_each_other(ours, theirs)
    together = [(each.left, each.right) for each in relations.pairs(min_score)]
    found = names(ours, theirs, overrides=overrides, aliases=overrides.aliases(), related=together)
    overall.update(0.6)
    parted = distinctive(ours, theirs, alike=(name.one_word_spellings for name in found))
    overall.update(0.9)
    shared = reuse(ours, theirs)
    overall.update(1.0)
    of_words = Comparison(
        ours.text,
        theirs.text,
        found,
        parted,
        Coverage((), (), min_score),
        shared,
        tag_table((), ()),
        (),
        frozenset(),
    )
    return with_marks(of_words, relations, tagged=tagged, linked=linked, dismissed=dismissed)


def _beside_each_other(left: TokenizedText, right: TokenizedText) -> tuple[TokenizedText, TokenizedText]:
    """The same with their words taken by the languages of both texts."""
    morphology = morphology_of((left.text, right.text))
    pairs = collocations((left, right), morphology.stop_words)
    return (
        replace(left, morphology=morphology, collocations=pairs),
        replace(right, morphology=morphology, collocations=pairs),
    )


def with_marks(
    comparison: Comparison,
    relations: Relations,
    *,
    tagged: Iterable[Tagged] = (),
    linked: Iterable[tuple[int, int]] = (),
    dismissed: Collection[tuple[int, int]] = (),
) -> Comparison:
    """The comparison with these marks of a reader's in place of those it has; parameters as in `compare`.

    Names, words and runs, which take time, are taken over: no mark changes them.
    """
    left, right, least = comparison.left, comparison.right, comparison.coverage.min_score
    related = tuple(pair for pair in relations.pairs(least) if (pair.left, pair.right) not in dismissed)
    links = frozenset(linked)
    return replace(
        comparison,
        coverage=coverage(left, right, related, linked=links, min_score=least),
        tags=tag_table(tagged, (left.slug, right.slug)),
        related=related,
        linked=links,
    )
