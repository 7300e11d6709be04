"""Moves all that has a place in a text to its new version: highlights, dismissals, the word on furniture.

`texts.reanchor` finds the places; here is what follows from them. Nothing is dropped, and what changed says so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import NamedTuple

from store.connection import Connection
from store.highlight_rows import GAP, parts_of, quoted, span_columns
from store.records import Anchor, CurrentVersion, Reanchored
from texts.model import Span, united
from texts.reanchor import Placement, Quoted, State, reanchor_quotes
from texts.segment import paragraphs


class AnchoredQuote(NamedTuple):
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
        self, connection: Connection, body: Callable[[int], str], current: CurrentVersion, new_body: str
    ) -> None:
        self._connection = connection
        self._body = body
        self.current = current
        """The version that all of it stood in."""
        self._new_body = new_body
        self._stood = self._anchored_quotes()
        self._moved = self._find_highlights()

    def highlights(self) -> tuple[Reanchored, ...]:
        """What becomes of the highlights, in the order in which they stood."""
        return self._moved

    def is_current(self) -> bool:
        """Whether the highlights still stand as they did when they were looked for."""
        return self._stood == self._anchored_quotes()

    def write(self, version_id: int) -> None:
        """Moves everything to a version that has the new body, inside an act."""
        for moved in self._moved:
            move(self._connection, moved, version_id, self._new_body)
        self._move_furniture(version_id)
        self._move_dismissed(version_id)

    def _find_highlights(self) -> tuple[Reanchored, ...]:
        by_body: dict[int, list[AnchoredQuote]] = defaultdict(list)
        for anchored in self._stood:
            by_body[anchored.body_id].append(anchored)
        found = [
            moved
            for body_id, group in by_body.items()
            for moved in reanchor(self._body(body_id), self._new_body, group)
        ]
        return tuple(sorted(found, key=lambda moved: (moved.old_parts, moved.id)))

    def _anchored_quotes(self) -> list[AnchoredQuote]:
        rows = self._connection.rows(
            """SELECT highlight.id, body_id, "start", "end", parts, quote, anchor, confidence
            FROM highlight JOIN version ON version.id = version_id WHERE highlight.text_id = ?""",
            self.current.text_id,
        )
        return [
            AnchoredQuote(number, body_id, parts_of(start, end, gapped), quote, Anchor(anchor), confidence)
            for number, body_id, start, end, gapped, quote, anchor, confidence in rows
        ]

    def _move_furniture(self, version_id: int) -> None:
        """The reader's word on a paragraph goes with it, unless the new version came with one."""
        rulings: dict[int, int] = dict(
            self._connection.rows(
                "SELECT start, value FROM furniture WHERE version_id = ?", self.current.version_id
            )
        )
        if not rulings:
            return
        old_body = self._body(self.current.body_id)
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
                self.current.version_id,
            )
            spans = [Span(start, end) for _, start, end in rows]
            found = spans_again(self._body(self.current.body_id), self._new_body, spans)
            for (number, *_), placement in zip(rows, found, strict=True):
                if placement.span is not None:
                    self._connection.execute(
                        f"""UPDATE dismissed SET {side}_version_id = ?, {side}_start = ?, {side}_end = ?
                        WHERE id = ?""",
                        version_id,
                        *placement.span,
                        number,
                    )


def move(connection: Connection, moved: Reanchored, version_id: int, new_body: str) -> None:
    """Writes where a highlight stands in a version that has the new body."""
    if moved.parts is None:
        connection.execute(
            "UPDATE highlight SET anchor = ?, confidence = 0 WHERE id = ?", Anchor.ORPHAN, moved.id
        )
        return
    start, end, gapped = span_columns(moved.parts)
    quote, before, after = quoted(new_body, moved.parts)
    connection.execute(
        """UPDATE highlight SET version_id = ?, "start" = ?, "end" = ?, parts = ?, quote = ?, before = ?,
            after = ?, anchor = ?, confidence = ? WHERE id = ?""",
        version_id, start, end, gapped, quote, before, after, moved.anchor, moved.confidence, moved.id,
    )  # fmt: skip


def reanchor_restored(connection: Connection, highlights: Sequence[int]) -> None:
    """Moves those of the highlights to the present version that an undo brought back in an earlier one."""
    for number in highlights:
        row = connection.row(
            """SELECT version.body_id, "start", "end", parts, quote, anchor, confidence, before, after,
                present.version_id, present.body_id
            FROM highlight JOIN version ON version.id = highlight.version_id
                JOIN present ON present.text_id = highlight.text_id
            WHERE highlight.id = ? AND anchor <> ? AND present.version_id <> highlight.version_id""",
            number,
            Anchor.ORPHAN,
        )
        if row is None:
            continue
        body_id, start, end, gapped, quote, anchor, confidence, before, after, version_id, new_body_id = row
        old_body, new_body = (
            connection.value("SELECT content FROM body WHERE id = ?", each) for each in (body_id, new_body_id)
        )
        parts = parts_of(start, end, gapped)
        stood = AnchoredQuote(number, body_id, parts, quote, Anchor(anchor), confidence, before, after)
        for moved in reanchor(old_body, new_body, [stood]):
            move(connection, moved, version_id, new_body)


def reanchor(old_body: str, new_body: str, group: Sequence[AnchoredQuote]) -> list[Reanchored]:
    """What becomes of highlights that stand in one body where another one takes its place."""
    asked = [_asked(anchored, old_body) for anchored in group]
    found = iter(
        reanchor_quotes(old_body, new_body, [quote for quotes in asked for quote in quotes]) if asked else ()
    )
    return [
        _reanchored(anchored, [(quote.quote, next(found)) for quote in quotes], new_body)
        for anchored, quotes in zip(group, asked, strict=True)
    ]


def _asked(anchored: AnchoredQuote, old_body: str) -> Sequence[Quoted]:
    """The parts of a highlight; its words alone where it never had a place, or none that holds them."""
    if anchored.parts and quoted(old_body, anchored.parts)[0] == anchored.quote:
        return [Quoted(part, *quoted(old_body, [part])) for part in anchored.parts]
    if GAP in anchored.quote and anchored.quote not in old_body:
        return [Quoted(None, words) for words in anchored.quote.split(GAP)]
    known = anchored.parts and anchored.anchor is not Anchor.ORPHAN
    hint = Span(anchored.parts[0].start, anchored.parts[-1].end) if known else None
    return [Quoted(hint, anchored.quote, anchored.before, anchored.after)]


def spans_again(old_body: str, new_body: str, spans: Sequence[Span]) -> list[Placement]:
    """Where spans of one body are in another."""
    asked = [Quoted(span, *quoted(old_body, [span])) for span in spans]
    return reanchor_quotes(old_body, new_body, asked) if asked else []


def _reanchored(anchored: AnchoredQuote, asked: Sequence[tuple[str, Placement]], new_body: str) -> Reanchored:
    """What follows for a highlight from where its parts, of which these are the words, were found.

    What is found letter for letter is exact, an orphan that comes back too. What the reader has not confirmed yet
    and what has lost a part is changed; so is an orphan whose words are only like those that it had.
    """
    found = [placement for _, placement in asked if placement.span is not None]
    if not found:
        return Reanchored(
            anchored.id, anchored.parts, anchored.quote, None, anchored.quote, Anchor.ORPHAN, 0.0
        )
    parts = united(placement.span for placement in found if placement.span is not None)
    quote = quoted(new_body, parts)[0]
    whole = len(found) == len(asked)
    exact = whole and all(placement.state is State.EXACT for placement in found)
    confidence = min(placement.confidence for placement in found) * len(found) / len(asked)
    if anchored.anchor is Anchor.CHANGED:
        confidence = min(confidence, anchored.confidence)
    came_back = anchored.anchor is Anchor.ORPHAN and confidence == 100 and quote == anchored.quote
    anchor = Anchor.EXACT if exact and (came_back or anchored.anchor is Anchor.EXACT) else Anchor.CHANGED
    return Reanchored(
        anchored.id,
        anchored.parts,
        anchored.quote,
        parts,
        quote,
        anchor,
        100.0 if anchor is Anchor.EXACT else round(confidence, 1),
        tuple(words for words, placement in asked if placement.span is None),
    )
