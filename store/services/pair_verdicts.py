"""What the library says of pairs out of a file: linked, dismissed, tagged.

Nothing is kept of a pair itself. A verdict is what links, dismissals and tags say of the two places in which its
passages stand now, so that it is undone, changed and exported as those are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from store.services.pair_texts import PairPlace, PairTexts
from texts.corpus.pairs import Pair, Verdict
from texts.model import Span

if TYPE_CHECKING:
    from store.library import Library
    from store.records import Dismissed, Highlight, Link

_SHARE = 0.5
"""Of the shorter of two spans that has to be in both for them to be one place."""


def judged(library: Library, pairs: Iterable[Pair]) -> Iterator[Pair]:
    """Those of the pairs that the library says something of, each with its verdict."""
    verdicts = PairVerdicts(library)
    for pair in pairs:
        verdict = verdicts.of(pair)
        if verdict is not None:
            yield replace(pair, verdict=verdict)


class PairVerdicts:
    """The verdicts of a library as it is now."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._texts = PairTexts(library)
        self._highlights: dict[str, list[Highlight]] = {}
        self._dismissed: dict[frozenset[str], list[Dismissed]] = defaultdict(list)
        for each in library.links.dismissed():
            if each.present:
                self._dismissed[frozenset((each.left, each.right))].append(each)
        tagged = "SELECT DISTINCT slug FROM text JOIN highlight ON highlight.text_id = text.id"
        self._marked = {slug for (slug,) in library.connection.rows(tagged)}

    def of(self, pair: Pair) -> Verdict | None:
        """What the library says of a pair; None where it says nothing."""
        known = [self._texts.candidates(side) for side in pair.sides]
        if not all(known) or not self._may_be_judged(*known):
            return None
        left, right = (self._texts.place(side) for side in pair.sides)
        return None if left is None or right is None else self.at(left, right)

    def _may_be_judged(self, left: Sequence[str], right: Sequence[str]) -> bool:
        if not self._marked.isdisjoint(left) and not self._marked.isdisjoint(right):
            return True
        return any(frozenset((one, other)) in self._dismissed for one in left for other in right)

    def at(self, left: PairPlace, right: PairPlace) -> Verdict | None:
        """What the library says of two places."""
        ends = self._marks_at(left), self._marks_at(right)
        link = self._link(*ends)
        dismissed = self._dismissal(left, right)
        tags = _tags_of_both(*ends)
        said = {"linked": link is not None, "dismissed": dismissed is not None, "tagged": bool(tags)}
        if not any(said.values()):
            return None
        acts = [(each.created, each.reader) for each in (link, dismissed) if each is not None]
        acts += [
            (mark.updated, mark.reader)
            for end in ends
            for mark in end
            if not tags.keys().isdisjoint(mark.tags)
        ]
        time, reader = max(acts)
        return Verdict(
            tuple(word for word, is_so in said.items() if is_so),
            "" if link is None else link.kind,
            tuple(tags),
            "" if link is None else link.note,
            reader,
            time,
        )

    def _marks_at(self, place: PairPlace) -> list[Highlight]:
        slug = place.text.slug
        if slug not in self._highlights:
            self._highlights[slug] = self._library.highlights.of(slug)
        return [
            each for each in self._highlights[slug] if any(_are_one(part, place.span) for part in each.parts)
        ]

    def _link(self, left: Sequence[Highlight], right: Sequence[Highlight]) -> Link | None:
        ids = {each.id for each in right}
        links = self._library.links.at(each.id for each in left)
        between = (
            link for found in links.values() for link in found if not ids.isdisjoint((link.left, link.right))
        )
        return max(between, key=lambda link: link.id, default=None)

    def _dismissal(self, left: PairPlace, right: PairPlace) -> Dismissed | None:
        for each in self._dismissed.get(frozenset((left.text.slug, right.text.slug)), ()):
            ends = (each.left_span, each.right_span)
            if each.left != left.text.slug:
                ends = ends[::-1]
            if _are_one(ends[0], left.span) and _are_one(ends[1], right.span):
                return each
        return None


def _tags_of_both(left: Iterable[Highlight], right: Iterable[Highlight]) -> dict[str, None]:
    there = {tag for each in right for tag in each.tags}
    return dict.fromkeys(tag for each in left for tag in each.tags if tag in there)


def _are_one(span: Span, other: Span) -> bool:
    """Whether two spans are one place."""
    shared = min(span.end, other.end) - max(span.start, other.start)
    return shared >= _SHARE * min(span.end - span.start, other.end - other.start)
