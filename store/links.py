"""Links between highlights, and the suggestions of links that a reader has dismissed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from uuid import uuid4

from store.connection import Connection, Row
from store.errors import LibraryError, NotFound
from store.highlights import Highlights
from store.journal import Journal
from store.records import Dismissed, Link
from store.shelf import Shelf
from store.tidy import clipped, one_line, words
from texts.model import Span

KINDS = ("same", "supports", "contradicts", "quotes", "paraphrases", "answers")
"""The kinds that are offered; readers add their own."""

MUTUAL_KINDS = frozenset({"same", "contradicts"})
"""Those that read the same in both directions unless the reader says otherwise."""


class Links:
    """Makes, finds, changes and deletes links, and keeps what was dismissed."""

    def __init__(
        self, connection: Connection, journal: Journal, shelf: Shelf, highlights: Highlights
    ) -> None:
        self._connection = connection
        self._journal = journal
        self._shelf = shelf
        self._highlights = highlights

    def add(
        self, left: int, right: int, *, kind: str = "same", mutual: bool | None = None, note: str = ""
    ) -> Link:
        """Links two highlights; a link that is there already is given back.

        `mutual` is by default what the kind is by nature. Raises NotFound, and LibraryError.
        """
        if left == right:
            raise LibraryError(f"highlight {left} cannot be linked to itself")
        start, end = self._highlights.all([left, right])
        kind = _kind(kind)
        mutual = kind in MUTUAL_KINDS if mutual is None else mutual
        there = self._there(left, right, kind, mutual)
        if there is not None:
            return there
        at = self._journal.now()
        with self._journal.act(link_label(start.quote, end.quote, kind)):
            link = self._connection.insert(
                "link",
                uid=str(uuid4()),
                left_id=left,
                right_id=right,
                kind=kind,
                mutual=mutual,
                note=words(note),
                reader=self._journal.reader,
                created=at,
                updated=at,
            )
        return self.get(link)

    def get(self, number: int) -> Link:
        """The link of that id; raises NotFound."""
        row = self._connection.row(f"{_SELECT} WHERE link.id = ?", number)
        if row is None:
            raise NotFound(f"there is no link {number}")
        return _link(row)

    def of(self, highlight: int) -> Sequence[Link]:
        """The links from a highlight and to it, the oldest first."""
        rows = self._connection.rows(f"{_SELECT} WHERE ?1 IN (left_id, right_id) ORDER BY link.id", highlight)
        return [_link(row) for row in rows]

    def list(self, text: str | None = None, other: str | None = None) -> list[Link]:
        """All links, or those with an end in one text, or those between two; raises NotFound."""
        if text is None:
            rows = self._connection.rows(f"{_SELECT} ORDER BY link.id")
        elif other is None:
            rows = self._connection.rows(
                f"{_SELECT_ENDS} WHERE ?1 IN (l.text_id, r.text_id) ORDER BY link.id", self._text_id(text)
            )
        else:
            rows = self._connection.rows(
                f"""{_SELECT_ENDS}
                WHERE (l.text_id = ?1 AND r.text_id = ?2) OR (l.text_id = ?2 AND r.text_id = ?1)
                ORDER BY link.id""",
                self._text_id(text),
                self._text_id(other),
            )
        return [_link(row) for row in rows]

    def kinds(self) -> Sequence[str]:
        """The kinds that are offered, then the reader's own that are in use."""
        used = self._connection.rows("SELECT DISTINCT kind FROM link ORDER BY kind")
        return list(dict.fromkeys((*KINDS, *(kind for (kind,) in used))))

    def edit(
        self, number: int, *, kind: str | None = None, mutual: bool | None = None, note: str | None = None
    ) -> Link:
        """Changes what a link says; raises NotFound.

        A link that is mutual, or is not, by the nature of its kind alone goes over to that of its new kind.
        """
        link = self.get(number)
        kind = link.kind if kind is None else _kind(kind)
        by_nature = link.mutual is (link.kind in MUTUAL_KINDS)
        new = (
            kind,
            mutual if mutual is not None else kind in MUTUAL_KINDS if by_nature else link.mutual,
            link.note if note is None else words(note),
        )
        if new != (link.kind, link.mutual, link.note):
            with self._journal.act(f"changed the link {number} ({new[0]})"):
                self._connection.execute(
                    "UPDATE link SET kind = ?, mutual = ?, note = ?, updated = ? WHERE id = ?",
                    *new,
                    self._journal.now(),
                    number,
                )
        return self.get(number)

    def turn(self, number: int) -> Link:
        """Lets a link lead the other way; raises NotFound."""
        with self._journal.act(f"turned the link {number} round"):
            self._connection.execute(
                "UPDATE link SET left_id = right_id, right_id = left_id, updated = ? WHERE id = ?",
                self._journal.now(),
                self.get(number).id,
            )
        return self.get(number)

    def delete(self, numbers: int | Iterable[int]) -> None:
        """Deletes links; the highlights stay. Raises NotFound."""
        links = [self.get(number) for number in ([numbers] if isinstance(numbers, int) else numbers)]
        label = (
            f"deleted the link {links[0].id} ({links[0].kind})"
            if len(links) == 1
            else f"deleted {len(links)} links"
        )
        with self._journal.act(label):
            self._connection.execute(
                "DELETE FROM link WHERE id IN (SELECT value FROM json_each(?))",
                json.dumps([link.id for link in links]),
            )

    def dismiss(self, left: str, left_span: Span, right: str, right_span: Span) -> Dismissed:
        """Never suggests again that these places of two texts are related; raises NotFound, LibraryError."""
        there = self._dismissed(left, left_span, right, right_span)
        if there is not None:
            return there
        sides = []
        for slug, span in ((left, left_span), (right, right_span)):
            edition = self._shelf.edition(slug)
            if not 0 <= span.start < span.end <= len(self._shelf.body(edition.body_id)):
                raise LibraryError(f"{span.start}–{span.end} is no place in {slug}")
            sides.append(edition.version_id)
        with self._journal.act(f"dismissed a suggestion between {left} and {right}"):
            number = self._connection.insert(
                "dismissed",
                left_version_id=sides[0],
                left_start=left_span.start,
                left_end=left_span.end,
                right_version_id=sides[1],
                right_start=right_span.start,
                right_end=right_span.end,
                reader=self._journal.reader,
                created=self._journal.now(),
            )
        (row,) = self._connection.rows(f"{_SELECT_DISMISSED} WHERE dismissed.id = ?", number)
        return _dismissal(row)

    def dismissed(self, left: str | None = None, right: str | None = None) -> Sequence[Dismissed]:
        """What was dismissed, everywhere, or for one text, or between two.

        With two texts each stands on the side on which it is asked for.
        """
        everything = [
            _dismissal(row) for row in self._connection.rows(f"{_SELECT_DISMISSED} ORDER BY dismissed.id")
        ]
        asked = {slug for slug in (left, right) if slug is not None}
        found = [one for one in everything if asked <= {one.left, one.right}]
        if left is None or right is None or left == right:
            return found if left != right or left is None else [one for one in found if one.left == one.right]
        return [one if one.left == left else _turned(one) for one in found]

    def take_back(self, numbers: int | Iterable[int]) -> None:
        """Lets dismissed suggestions be made again."""
        wanted = [numbers] if isinstance(numbers, int) else list(numbers)
        what = "a dismissed suggestion" if len(wanted) == 1 else f"{len(wanted)} dismissed suggestions"
        with self._journal.act(f"took back {what}"):
            self._connection.execute(
                "DELETE FROM dismissed WHERE id IN (SELECT value FROM json_each(?))", json.dumps(wanted)
            )

    def _text_id(self, slug: str) -> int:
        return self._shelf.edition(slug).text_id

    def _there(self, left: int, right: int, kind: str, mutual: bool) -> Link | None:
        for link in self.of(left):
            ends = (link.left, link.right)
            same_way = ends == (left, right) or (mutual and ends == (right, left))
            if same_way and (link.kind, link.mutual) == (kind, mutual):
                return link
        return None

    def _dismissed(self, left: str, left_span: Span, right: str, right_span: Span) -> Dismissed | None:
        places = (left_span, right_span)
        found = (one for one in self.dismissed(left, right) if one.present)
        return next((one for one in found if (one.left_span, one.right_span) == places), None)


def link_label(start: str, end: str, kind: str) -> str:
    """What the journal calls the linking of one quote to another."""
    return f"linked “{clipped(start, 32)}” to “{clipped(end, 32)}” ({kind})"


_COLUMNS = """link.id, link.uid, link.left_id, link.right_id, link.kind, link.mutual, link.note, link.reader,
    link.created, link.updated"""
_SELECT = f"SELECT {_COLUMNS} FROM link"
_SELECT_ENDS = f"""SELECT {_COLUMNS} FROM link
    JOIN highlight AS l ON l.id = left_id JOIN highlight AS r ON r.id = right_id"""

_SELECT_DISMISSED = """
    SELECT dismissed.id, l.slug, left_start, left_end, r.slug, right_start, right_end,
        left_version_id = l.version_id AND right_version_id = r.version_id,
        dismissed.reader, dismissed.created
    FROM dismissed
    JOIN version AS lv ON lv.id = left_version_id JOIN present AS l ON l.text_id = lv.text_id
    JOIN version AS rv ON rv.id = right_version_id JOIN present AS r ON r.text_id = rv.text_id"""


def _link(row: Row) -> Link:
    number, uid, left, right, kind, mutual, *rest = row
    return Link(number, uid, left, right, kind, bool(mutual), *rest)


def _dismissal(row: Row) -> Dismissed:
    number, left, left_start, left_end, right, right_start, right_end, present, reader, created = row
    left_span, right_span = Span(left_start, left_end), Span(right_start, right_end)
    return Dismissed(number, left, left_span, right, right_span, bool(present), reader, created)


def _turned(one: Dismissed) -> Dismissed:
    return Dismissed(
        one.id, one.right, one.right_span, one.left, one.left_span, one.present, one.reader, one.created
    )


def _kind(kind: str) -> str:
    kind = one_line(kind)
    if not kind or len(kind) > 60:
        raise LibraryError(f"a link needs a kind of 1 to 60 characters, such as {', '.join(KINDS)}")
    return kind
