"""Moves all that has a place in a text to its new version: highlights, dismissals, the word on furniture.

`texts.anchor` finds the places; here is what follows from them. Nothing is dropped, and what changed says so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import NamedTuple

from store.connection import Connection
from store.highlights import GAP, parts_of, places, quoted
from store.records import Anchor, Reanchored
from store.shelf import Edition
from texts.anchor import Placement, Quoted, State, find_again
from texts.model import Span, united


class Standing(NamedTuple):
    """A highlight before its text changed."""

    id: int
    body_id: int
    """Of the version that it stands in: for an orphan, an earlier one."""
    parts: tuple[Span, ...]
    quote: str
    anchor: Anchor
    confidence: float
    before: str = ""
    """What stood before the quote, as far as known: it helps where the place does not hold the quote."""
    after: str = ""


class Reanchoring:
    """Where everything on a text stands in a new body. Nothing is written before `write`."""

    def __init__(
        self, connection: Connection, body: Callable[[int], str], edition: Edition, new_body: str
    ) -> None:
        self._connection = connection
        self._body = body
        self._edition = edition
        self._new_body = new_body
        self._moved = self._find_highlights()

    def highlights(self) -> tuple[Reanchored, ...]:
        """What becomes of the highlights, in the order in which they stood."""
        return self._moved

    def write(self, version_id: int) -> None:
        """Moves everything to a version that has the new body, inside an act."""
        for moved in self._moved:
            self._move(moved, version_id)
        self._move_furniture(version_id)
        self._move_dismissed(version_id)

    def _find_highlights(self) -> tuple[Reanchored, ...]:
        by_body: dict[int, list[Standing]] = defaultdict(list)
        for standing in self._standing():
            by_body[standing.body_id].append(standing)
        found = [
            moved
            for body_id, group in by_body.items()
            for moved in found_again(self._body(body_id), self._new_body, group)
        ]
        return tuple(sorted(found, key=lambda moved: (moved.old_parts, moved.id)))

    def _standing(self) -> list[Standing]:
        rows = self._connection.rows(
            """SELECT highlight.id, body_id, "start", "end", parts, quote, anchor, confidence
            FROM highlight JOIN version ON version.id = version_id WHERE highlight.text_id = ?""",
            self._edition.text_id,
        )
        return [
            Standing(number, body_id, parts_of(start, end, gapped), quote, Anchor(anchor), confidence)
            for number, body_id, start, end, gapped, quote, anchor, confidence in rows
        ]

    def _move(self, moved: Reanchored, version_id: int) -> None:
        if moved.parts is None:
            self._connection.execute(
                "UPDATE highlight SET anchor = ?, confidence = 0 WHERE id = ?", Anchor.ORPHAN, moved.id
            )
            return
        start, end, gapped = places(moved.parts)
        quote, before, after = quoted(self._new_body, moved.parts)
        self._connection.execute(
            """UPDATE highlight SET version_id = ?, "start" = ?, "end" = ?, parts = ?, quote = ?, before = ?,
                after = ?, anchor = ?, confidence = ? WHERE id = ?""",
            version_id, start, end, gapped, quote, before, after, moved.anchor, moved.confidence, moved.id,
        )  # fmt: skip

    def _move_furniture(self, version_id: int) -> None:
        """The reader's word on a paragraph goes with it, unless the new version came with one."""
        from texts.segment import paragraphs

        rulings: dict[int, int] = dict(
            self._connection.rows(
                "SELECT start, value FROM furniture WHERE version_id = ?", self._edition.version_id
            )
        )
        if not rulings:
            return
        old_body = self._body(self._edition.body_id)
        spans = [span for span in paragraphs(old_body) if span.start in rulings]
        new = paragraphs(self._new_body)
        for span, placement in zip(spans, spans_again(old_body, self._new_body, spans), strict=True):
            home = next((p for p in new if placement.span is not None and p.overlaps(placement.span)), None)
            if home is not None:
                self._connection.execute(
                    "INSERT OR IGNORE INTO furniture (version_id, start, value) VALUES (?, ?, ?)",
                    version_id,
                    home.start,
                    rulings[span.start],
                )

    def _move_dismissed(self, version_id: int) -> None:
        for side in ("left", "right"):
            rows = self._connection.rows(
                f"SELECT id, {side}_start, {side}_end FROM dismissed WHERE {side}_version_id = ?",
                self._edition.version_id,
            )
            spans = [Span(start, end) for _, start, end in rows]
            found = spans_again(self._body(self._edition.body_id), self._new_body, spans)
            for (number, *_), placement in zip(rows, found, strict=True):
                if placement.span is not None:
                    self._connection.execute(
                        f"""UPDATE dismissed SET {side}_version_id = ?, {side}_start = ?, {side}_end = ?
                        WHERE id = ?""",
                        version_id,
                        *placement.span,
                        number,
                    )


def found_again(old_body: str, new_body: str, group: Sequence[Standing]) -> list[Reanchored]:
    """What becomes of highlights that stand in one body where another one takes its place."""
    asked = [_asked(standing, old_body) for standing in group]
    found = iter(
        find_again(old_body, new_body, [quote for quotes in asked for quote in quotes]) if asked else ()
    )
    return [
        _reanchored(standing, [next(found) for _ in quotes], new_body)
        for standing, quotes in zip(group, asked, strict=True)
    ]


def _asked(standing: Standing, old_body: str) -> Sequence[Quoted]:
    """The parts of a highlight; its words alone where it never had a place, or none that holds them."""
    if standing.parts and quoted(old_body, standing.parts)[0] == standing.quote:
        return [Quoted(part, *quoted(old_body, [part])) for part in standing.parts]
    if GAP in standing.quote and standing.quote not in old_body:
        return [Quoted(None, words) for words in standing.quote.split(GAP)]
    known = standing.parts and standing.anchor is not Anchor.ORPHAN
    hint = Span(standing.parts[0].start, standing.parts[-1].end) if known else None
    return [Quoted(hint, standing.quote, standing.before, standing.after)]


def spans_again(old_body: str, new_body: str, spans: Sequence[Span]) -> list[Placement]:
    """Where spans of one body are in another."""
    asked = [Quoted(span, *quoted(old_body, [span])) for span in spans]
    return find_again(old_body, new_body, asked) if asked else []


def _reanchored(standing: Standing, placements: Sequence[Placement], new_body: str) -> Reanchored:
    """What follows for a highlight from where its parts were found.

    What is found letter for letter is exact, an orphan that comes back too. What the reader has not confirmed yet
    and what has lost a part is changed; so is an orphan whose words are only like those that it had.
    """
    found = [placement for placement in placements if placement.span is not None]
    if not found:
        return Reanchored(
            standing.id, standing.parts, standing.quote, None, standing.quote, Anchor.ORPHAN, 0.0
        )
    parts = united(placement.span for placement in found if placement.span is not None)
    quote = quoted(new_body, parts)[0]
    whole = len(found) == len(placements)
    exact = whole and all(placement.state is State.EXACT for placement in found)
    confidence = min(placement.confidence for placement in found) * len(found) / len(placements)
    if standing.anchor is Anchor.CHANGED:
        confidence = min(confidence, standing.confidence)
    came_back = standing.anchor is Anchor.ORPHAN and confidence == 100 and quote == standing.quote
    anchor = Anchor.EXACT if exact and (came_back or standing.anchor is Anchor.EXACT) else Anchor.CHANGED
    return Reanchored(
        standing.id,
        standing.parts,
        standing.quote,
        parts,
        quote,
        anchor,
        100.0 if anchor is Anchor.EXACT else round(confidence, 1),
    )
