"""Links between highlights, and the suggestions of links that a reader has dismissed."""

from __future__ import annotations

import json
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from store.connection import Connection, Row, transactional
from store.errors import LibraryError, NotFound
from store.highlight_rows import remember_deleted
from store.highlights import Highlights
from store.journal import Journal
from store.records import Dismissed, Link
from store.sanitize import one_line, truncate, words
from store.texts import Texts
from store.uids import new_uid
from texts.model import Span

KINDS = ("same", "supports", "contradicts", "quotes", "paraphrases", "answers")
"""The kinds that are offered; readers add their own."""

MUTUAL_KINDS = frozenset({"same", "contradicts"})
"""Those that read the same in both directions unless the reader says otherwise."""


class Links:
    """Makes, finds, changes and deletes links, and keeps what was dismissed."""

    def __init__(
        self, connection: Connection, journal: Journal, texts: Texts, highlights: Highlights
    ) -> None:
        self._connection = connection
        self._journal = journal
        self._texts = texts
        self._highlights = highlights

    @transactional
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
                uid=new_uid(),
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
            raise NotFound(f"there is no link {number}: `tui links` lists what there is")
        return _link(row)

    def of(self, highlight: int) -> Sequence[Link]:
        """The links from a highlight and to it, the oldest first."""
        rows = self._connection.rows(f"{_SELECT} WHERE ?1 IN (left_id, right_id) ORDER BY link.id", highlight)
        return [_link(row) for row in rows]

    def at(self, highlights: Iterable[int]) -> dict[int, list[Link]]:
        """The links from each of some highlights and to it, the oldest first; those without any are left out."""
        found: dict[int, list[Link]] = defaultdict(list)
        these = set(highlights)
        for link in map(_link, self._connection.rows(_SELECT_AT, json.dumps(list(these)))):
            for end in {link.left, link.right} & these:
                found[end].append(link)
        return found

    def list(self, text: str | None = None, other: str | None = None) -> list[Link]:
        """As `each`, all at once."""
        return list(self.each(text, other))

    def each(self, text: str | None = None, other: str | None = None) -> Iterator[Link]:
        """All links, the oldest first, or those with an end in one text, or those between two; raises NotFound."""
        sides = [self._text_id(slug) for slug in (text, other) if slug is not None]
        if not sides:
            return map(_link, self._connection.each(f"{_SELECT} ORDER BY link.id"))
        queries = _SELECT_BY_LINK if self._fewer_than_in(sides[0]) else _SELECT_BY_TEXT
        return map(_link, self._connection.each(queries[len(sides) - 1], sides))

    def _fewer_than_in(self, text_id: int) -> bool:
        """Whether there are fewer links than highlights in a text: then it is the links that are looked through."""
        query = "SELECT 1 FROM highlight WHERE text_id = ? LIMIT 1 OFFSET (SELECT count(*) FROM link)"
        return self._connection.row(query, text_id) is not None

    def ids(self) -> array[int]:
        """The ids of all links, the oldest first."""
        return array("q", (number for (number,) in self._connection.each("SELECT id FROM link ORDER BY id")))

    def present(self, ids: Iterable[int]) -> dict[int, Link]:
        """Those of the links that are there, by id."""
        query = f"{_SELECT} WHERE link.id IN (SELECT value FROM json_each(?))"
        links = map(_link, self._connection.rows(query, json.dumps(list(ids))))
        return {link.id: link for link in links}

    def count(self) -> int:
        """How many links the library has."""
        number: int = self._connection.value("SELECT count(*) FROM link")
        return number

    def ends(self) -> set[int]:
        """Ids of the highlights that a link touches."""
        rows = self._connection.each("SELECT left_id FROM link UNION SELECT right_id FROM link")
        return {number for (number,) in rows}

    def ends_in(self, text: str) -> set[int]:
        """Ids of the highlights of a text that a link touches; there need be no such text."""
        return {number for (number,) in self._connection.each(_ENDS_IN, (text,))}

    def kinds(self) -> Sequence[str]:
        """The kinds that are offered, then the reader's own that are in use."""
        used = self._connection.rows("SELECT DISTINCT kind FROM link ORDER BY kind")
        return list(dict.fromkeys((*KINDS, *(one_line(kind) for (kind,) in used))))

    @transactional
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

    @transactional
    def turn(self, number: int) -> Link:
        """Lets a link lead the other way; raises NotFound."""
        with self._journal.act(f"turned the link {number} round"):
            self._connection.execute(
                "UPDATE link SET left_id = right_id, right_id = left_id, updated = ? WHERE id = ?",
                self._journal.now(),
                self.get(number).id,
            )
        return self.get(number)

    @transactional
    def delete(self, numbers: int | Iterable[int]) -> None:
        """Deletes links; the highlights stay. Raises NotFound."""
        links = [self.get(number) for number in ([numbers] if isinstance(numbers, int) else numbers)]
        label = (
            f"deleted the link {links[0].id} ({links[0].kind})"
            if len(links) == 1
            else f"deleted {len(links)} links"
        )
        ids = json.dumps([link.id for link in links])
        with self._journal.act(label):
            remember_deleted(self._connection, "link", ids)
            self._connection.execute("DELETE FROM link WHERE id IN (SELECT value FROM json_each(?))", ids)

    @transactional
    def dismiss(
        self,
        left: str,
        left_span: Span,
        right: str,
        right_span: Span,
        *,
        left_version: str | None = None,
        right_version: str | None = None,
    ) -> Dismissed:
        """Never suggests again that these places of two texts are related; raises NotFound, LibraryError.

        The versions are the digests of the bodies that the spans count in, by default the current ones. Where a text
        has another body by now, its place is found again in it; raises TextChanged where it is not.
        """
        versions, spans = [], []
        for slug, span, version in ((left, left_span, left_version), (right, right_span, right_version)):
            current = self._texts.current_version(slug)
            (place,) = self._texts.current_spans(current, span, version, reworded=True)
            if not 0 <= place.start < place.end <= len(self._texts.bodies.get(current.body_id)):
                raise LibraryError(f"{place.start}–{place.end} is no place in {slug}")
            versions.append(current)
            spans.append(place)
        left_span, right_span = spans
        there = self._dismissed(left, left_span, right, right_span)
        if there is not None:
            return there
        from texts.short_titles import short_titles

        names = short_titles([current.title or current.slug for current in versions])
        with self._journal.act(f"dismissed a suggestion between {' and '.join(names)}"):
            number = self._connection.insert(
                "dismissed",
                left_version_id=versions[0].version_id,
                left_start=left_span.start,
                left_end=left_span.end,
                right_version_id=versions[1].version_id,
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
        return self._texts.current_version(slug).text_id

    def _there(self, left: int, right: int, kind: str, mutual: bool) -> Link | None:
        for link in self.of(left):
            ends = (link.left, link.right)
            same_way = ends == (left, right) or (mutual and ends == (right, left))
            if same_way and (one_line(link.kind), link.mutual) == (one_line(kind), mutual):
                return link
        return None

    def _dismissed(self, left: str, left_span: Span, right: str, right_span: Span) -> Dismissed | None:
        places = (left_span, right_span)
        found = (one for one in self.dismissed(left, right) if one.present)
        return next((one for one in found if (one.left_span, one.right_span) == places), None)


def link_label(start: str, end: str, kind: str) -> str:
    """What the journal calls the linking of one quote to another."""
    return f"linked “{truncate(start, 32)}” to “{truncate(end, 32)}” ({kind})"


_COLUMNS = """link.id, link.uid, link.left_id, link.right_id, link.kind, link.mutual, link.note, link.reader,
    link.created, link.updated"""
_SELECT = f"SELECT {_COLUMNS} FROM link"
_SELECT_AT = f"""{_SELECT} WHERE link.id IN (
    SELECT id FROM link WHERE left_id IN (SELECT value FROM json_each(?1))
    UNION SELECT id FROM link WHERE right_id IN (SELECT value FROM json_each(?1)))
    ORDER BY link.id"""

_SELECT_BY_LINK = tuple(
    f"""{_SELECT} CROSS JOIN highlight AS l ON l.id = left_id CROSS JOIN highlight AS r ON r.id = right_id
    WHERE {condition} ORDER BY link.id"""
    for condition in (
        "?1 IN (l.text_id, r.text_id)",
        "(l.text_id = ?1 AND r.text_id = ?2) OR (l.text_id = ?2 AND r.text_id = ?1)",
    )
)

# Through the highlights of the first text, by the indexes of links; what is found is put in order afterwards.
_SELECT_BY_TEXT = tuple(
    f"""{_SELECT} WHERE link.id IN (
        SELECT link.id FROM highlight AS near CROSS JOIN link ON left_id = near.id {other.format(end="right_id")}
        UNION
        SELECT link.id FROM highlight AS near CROSS JOIN link ON right_id = near.id {other.format(end="left_id")})
    ORDER BY link.id"""
    for other in (
        "WHERE near.text_id = ?1",
        "JOIN highlight AS far ON far.id = {end} WHERE near.text_id = ?1 AND far.text_id = ?2",
    )
)

_ENDS_IN = """
    SELECT highlight.id FROM text JOIN highlight ON highlight.text_id = text.id
    WHERE slug = ? AND EXISTS (SELECT 1 FROM link) AND (
        EXISTS (SELECT 1 FROM link WHERE left_id = highlight.id)
        OR EXISTS (SELECT 1 FROM link WHERE right_id = highlight.id))"""

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
