"""How far two readers agree on what to mark in the same texts, and on how to tag it, and where they do not.

Only numbered passages count: furniture takes no part. What is counted is of two kinds. On characters, a unit is a
character that is not white space. On passages, a unit is a passage, and a reader says of it what they say of any of its
characters. Of a unit a reader says a set of tags, because highlights may overlap and carry several; the set is empty
where nothing is marked, and has `UNTAGGED` as its only member where what is marked has no tag.

From that come, each on characters and on passages:
- for any highlight: marked or not, whatever the tag (kappa, and alpha with nominal values);
- for each tag by itself: marked with this tag or not, whatever other tags there are (likewise);
- for the tags as sets: kappa with each set as a value of its own, and alpha with MASI as the distance of two sets, so
  that a tag in common counts for something.

Neighbouring characters are not independent of each other, as units of either coefficient should be: on characters the
coefficients tell how much of the text is agreed on, but tests of significance would not hold. Passages come nearer.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from texts.agreement.disagreements import Disagreement, places
from texts.agreement.figures import (
    CoincidenceTable,
    Common,
    Figures,
    Tally,
    agreed,
    alpha,
    common,
    kappa,
    masi,
    tallies,
    tally,
)
from texts.agreement.stretches import UNTAGGED, Codes, MarkedSpan, Stretch, inside, joined, stretches, written
from texts.model import Text

__all__ = [
    "UNTAGGED",
    "Agreement",
    "AsSets",
    "Codes",
    "Common",
    "Disagreement",
    "Figures",
    "MarkedSpan",
    "OnSets",
    "Read",
    "Stretch",
    "Tally",
    "agreement",
    "alpha",
    "kappa",
    "masi",
    "stretches",
]


class Read(NamedTuple):
    """A text that two readers have read."""

    text: Text
    one: Sequence[MarkedSpan]
    """What the one reader has marked in it, in any order."""
    other: Sequence[MarkedSpan]


class OnSets(NamedTuple):
    """How far two readers agree on which tags there are, all tags of a unit together."""

    agreed: float
    """The share of units of which both say the same set of tags, 0–1."""
    kappa: float | None
    """Cohen's kappa, each set a value of its own; None where both say one set of every unit."""
    alpha: float | None
    """Krippendorff's alpha with MASI as the distance of two sets; likewise."""


class AsSets(NamedTuple):
    """The tags as sets, on either kind of unit."""

    characters: OnSets
    passages: OnSets


@dataclass(frozen=True)
class Agreement:
    """What two readers have in common, in all of some texts together."""

    marked: Figures
    """On any highlight: marked or not."""
    tags: Mapping[str, Figures]
    """On each tag that either has used, `UNTAGGED` too: marked with it or not. In the order of the alphabet."""
    places: tuple[Disagreement, ...]
    """Where they disagree, in the order of the texts."""
    characters: CoincidenceTable
    """What both say, and of how many characters."""
    passages: CoincidenceTable
    """What both say, and of how many passages."""

    @cached_property
    def as_sets(self) -> AsSets:
        """On all tags together. Made when asked for: a thousand different sets take half a second."""
        return AsSets(_on_sets(self.characters), _on_sets(self.passages))


def agreement(texts: Iterable[Read]) -> Agreement:
    """How far two readers agree in these texts, taken as one; what is marked on furniture alone is left out."""
    reads = [Read(text, inside(text, one), inside(text, other)) for text, one, other in texts]
    characters: Counter[tuple[Codes, Codes]] = Counter()
    passages: Counter[tuple[Codes, Codes]] = Counter()
    found: list[Disagreement] = []
    for text, one, other in reads:
        cut = stretches(text, one, other)
        for stretch in cut:
            characters[stretch.one, stretch.other] += written(text.body, stretch.span)
        passages.update(_by_passage(cut))
        found += places(text, cut)
    return Agreement(
        Figures(common([read[1:] for read in reads]), tally(characters), tally(passages)),
        _by_tag(reads, characters, passages),
        tuple(found),
        characters,
        passages,
    )


def _on_sets(table: CoincidenceTable) -> OnSets:
    return OnSets(agreed(table), kappa(table), alpha(table, masi))


def _by_passage(cut: Iterable[Stretch]) -> list[tuple[Codes, Codes]]:
    """What each reader says of each passage: all that they say of any stretch of it."""
    held: defaultdict[int, list[Stretch]] = defaultdict(list)
    for stretch in cut:
        held[stretch.passage].append(stretch)
    return [
        (joined(*(each.one for each in within)), joined(*(each.other for each in within)))
        for within in held.values()
    ]


def _by_tag(
    reads: Iterable[Read], characters: CoincidenceTable, passages: CoincidenceTable
) -> dict[str, Figures]:
    sorted_out = [(_by_label(one), _by_label(other)) for _, one, other in reads]
    labels = sorted({label for pair in sorted_out for held in pair for label in held})
    on_characters, on_passages = tallies(characters, labels), tallies(passages, labels)
    return {
        label: Figures(
            common([(one.get(label, ()), other.get(label, ())) for one, other in sorted_out]),
            on_characters[label],
            on_passages[label],
        )
        for label in labels
    }


def _by_label(marked: Iterable[MarkedSpan]) -> dict[str, list[MarkedSpan]]:
    held: defaultdict[str, list[MarkedSpan]] = defaultdict(list)
    for each in marked:
        for label in each.labels:
            held[label].append(each)
    return dict(held)
