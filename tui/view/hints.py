"""Hint labels: short strings of letters that name places on the screen, none the beginning of another."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

ALPHABET = "asdfghjklqwertyuiopzxcvbnm"
"""Letters of labels, those under the resting fingers first."""

Place = TypeVar("Place", bound=Hashable)


def labels(count: int, alphabet: str = ALPHABET) -> list[str]:
    """So many labels, as short as can be and the short ones first; no label begins another.

    Raises ValueError for an alphabet of fewer than two letters, or with a letter twice.
    """
    if len(alphabet) < 2 or len(set(alphabet)) < len(alphabet):
        raise ValueError("labels want an alphabet of two letters or more, all different")
    found = [""]
    while len(found) < count:
        # The first label that is still shortest makes room: it becomes the beginning of longer ones.
        shortest = len(found[0])
        grown = next(place for place, label in enumerate(found) if len(label) == shortest)
        longer = [found[grown] + letter for letter in alphabet]
        found[grown : grown + 1] = []
        found += longer
        found.sort(key=len)
    return found[:count] if count > 1 else list(alphabet[:count])


def label_places(places: Sequence[Place]) -> dict[str, Place]:
    """Gives each place a label, in order: the first places get the shortest."""
    return dict(zip(labels(len(places)), places, strict=True))


def still_possible(labelled: Mapping[str, Place], typed: str) -> dict[str, Place]:
    """The places whose label begins with what was typed."""
    return {label: place for label, place in labelled.items() if label.startswith(typed)}


def in_order_of_nearness(offsets: Iterable[int], to: int) -> list[int]:
    """Offsets with the nearest to a place first, so that it gets the shortest label."""
    return sorted(offsets, key=lambda offset: (abs(offset - to), offset))
