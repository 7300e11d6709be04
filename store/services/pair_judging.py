"""What a reader does with a pair out of a file: reads it, links, dismisses, tags its passages.

A text that the library does not have yet comes into it in the same act, so that one undo takes back both.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from store.errors import LibraryError
from store.links import KINDS, link_label
from store.sanitize import truncate
from store.services.pair_texts import (
    PairPlace,
    PairTexts,
    PlacedPair,
    fetch_text,
    mark_in,
    place_in,
    place_pair,
)
from texts.visible import one_line

if TYPE_CHECKING:
    from store.library import Library
    from store.records import Link
    from texts.corpus.pairs import Pair, PairSide
    from texts.model import Span, Text


class FoundPair(NamedTuple):
    """A pair with its places."""

    placed: PlacedPair
    new: tuple[Text, ...]
    """Texts of it that the library does not have."""

    @property
    def places(self) -> tuple[PairPlace, PairPlace]:
        """Left and right."""
        return self.placed.left, self.placed.right


class PairFinder:
    """Finds the places of pairs out of a file: in texts of the library, else in ones that are fetched.

    May read files: not for the thread of a screen.
    """

    def __init__(self, library: Library, pairs_file: Path) -> None:
        self._library, self._file = library, pairs_file
        self._known = PairTexts(library)
        self._fetched: dict[str, Text] = {}

    def find(self, pair: Pair) -> FoundPair:
        """Where a pair stands. Raises LibraryError, in one line."""
        new: dict[str, Text] = {}

        def place(side: PairSide) -> PairPlace:
            there = self._known.place(side)
            if there is not None:
                return there
            if side.text not in self._fetched:
                self._fetched[side.text] = fetch_text(side, self._file, self._library.path)
            text = new[side.text] = self._fetched[side.text]
            span = place_in(text.body, side)
            if span is None:
                quote = one_line(truncate(side.quote))
                raise LibraryError(f"{one_line(truncate(side.name))} has no such passage by now: “{quote}”")
            return PairPlace(text, span, mark_in(text.body, span, side))

        placed = place_pair(pair, place)
        return FoundPair(placed, tuple(new.values()))


def find_pair(library: Library, pair: Pair, pairs_file: Path) -> FoundPair:
    """Where one pair out of a file stands, as `PairFinder.find` says."""
    return PairFinder(library, pairs_file).find(pair)


def take_in(library: Library, found: FoundPair) -> FoundPair:
    """The pair with its new texts in the library, added in one act; as it is where it has none."""
    if not found.new:
        return found
    with library.act(
        f"added {' and '.join(one_line(truncate(text.title)) for text in found.new)} for a pair"
    ):
        added = {text.slug: library.texts.add(text)[0] for text in found.new}
    sides = []
    for place in found.places:
        is_new = any(place.text is text for text in found.new)
        sides.append(place._replace(text=added[place.text.slug]) if is_new else place)
    return FoundPair(found.placed._replace(left=sides[0], right=sides[1]), ())


def link_pair(library: Library, found: FoundPair, kind: str = KINDS[0]) -> Link:
    """Links what carries the pair in both texts, both highlighted in the same act. Raises TextChanged."""
    near, far = (place.text.quote(place.mark) for place in found.places)
    with library.act(link_label(near, far, kind)):
        ends = [highlight_at(library, place.text, place.mark) for place in take_in(library, found).places]
        return library.links.add(ends[0], ends[1], kind=kind)


def dismiss_pair(library: Library, found: FoundPair) -> None:
    """Never suggests again that the two are related. Raises TextChanged."""
    with library.act(f"dismissed a pair: {' and '.join(place.text.slug for place in found.places)}"):
        left, right = take_in(library, found).places
        library.links.dismiss(
            left.text.slug,
            left.span,
            right.text.slug,
            right.span,
            left_version=left.text.sha256,
            right_version=right.text.sha256,
        )


def tag_pair(library: Library, found: FoundPair, tags: Sequence[str]) -> None:
    """Puts tags on both passages, which are highlighted for it. Raises TextChanged."""
    with library.act(f"tagged both passages of a pair {', '.join(tags)}"):
        for place in take_in(library, found).places:
            highlight = highlight_at(library, place.text, place.mark)
            for tag in tags:
                library.highlights.tag(highlight, tag)


def highlight_at(library: Library, text: Text, span: Span) -> int:
    """The highlight with just this span of a text; made where there is none. Raises TextChanged."""
    texts = library.texts
    (now,) = texts.current_spans(texts.current_version(text.slug), span, text.sha256)
    for outline in library.highlights.outlines(text.slug, now):
        if outline.parts == (now,):
            return outline.id
    return library.highlights.mark(text.slug, now).id
