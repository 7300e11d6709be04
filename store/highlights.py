"""Highlights: spans of a text with what readers made of them."""

from __future__ import annotations

import json
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING
from uuid import uuid4

from store.connection import Connection, Row
from store.errors import LibraryError, NotFound
from store.journal import Journal
from store.records import Anchor, Highlight, Outline
from store.tidy import clipped, counted, tag_path, words
from texts.model import EVERYWHERE, Span, united

if TYPE_CHECKING:
    from store.codebook import Codebook
    from store.shelf import Edition, Shelf

CONTEXT = 32
"""Characters kept before and after a quote."""

GAP = " … "
"""What stands between the parts of a quote."""


def quoted(body: str, parts: Sequence[Span]) -> tuple[str, str, str]:
    """The quote of some parts of a body, and what stands before and after it."""
    start, end = parts[0].start, parts[-1].end
    return (
        GAP.join(body[part.start : part.end] for part in parts),
        body[max(0, start - CONTEXT) : start],
        body[end : end + CONTEXT],
    )


def places(parts: Sequence[Span]) -> tuple[int, int, str | None]:
    """Parts as three columns: start, end, and JSON where there are gaps."""
    return parts[0].start, parts[-1].end, json.dumps(parts) if len(parts) > 1 else None


def parts_of(start: int, end: int, gapped: str | None) -> tuple[Span, ...]:
    """The other way round."""
    return (Span(start, end),) if gapped is None else tuple(Span(*part) for part in json.loads(gapped))


def erase(connection: Connection, ids: Sequence[int]) -> None:
    """Deletes highlights with their links and without their tags, inside an act."""
    for statement in _ERASE:
        connection.execute(statement, json.dumps(ids))


class Highlights:
    """Makes, finds, changes and deletes highlights. Ids are one or many: one act, one undo."""

    def __init__(self, connection: Connection, journal: Journal, shelf: Shelf, codebook: Codebook) -> None:
        self._connection = connection
        self._journal = journal
        self._shelf = shelf
        self._codebook = codebook

    def mark(
        self,
        slug: str,
        place: Span | Sequence[Span],
        *,
        tags: Iterable[str] = (),
        note: str = "",
        star: bool = False,
    ) -> Highlight:
        """Highlights a span of a text, or several as one (a … b); raises NotFound and LibraryError."""
        edition = self._shelf.edition(slug)
        body = self._shelf.body(edition.body_id)
        parts = self._checked(place, body, slug)
        quote, before, after = quoted(body, parts)
        paths = list(dict.fromkeys(tag_path(path) for path in tags))
        start, end, gapped = places(parts)
        at = self._journal.now()
        with self._journal.act(f"highlighted “{clipped(quote)}” in {slug}{_with(paths)}"):
            highlight = self._connection.insert(
                "highlight",
                uid=str(uuid4()),
                text_id=edition.text_id,
                version_id=edition.version_id,
                start=start,
                end=end,
                parts=gapped,
                quote=quote,
                before=before,
                after=after,
                note=words(note),
                star=star,
                reader=self._journal.reader,
                created=at,
                updated=at,
            )
            for path in paths:
                self._put_on([highlight], path)
            return self.get(highlight)

    def get(self, number: int) -> Highlight:
        """The highlight of that id; raises NotFound."""
        return self.all([number])[0]

    def all(self, ids: int | Iterable[int]) -> list[Highlight]:
        """Highlights in the order of their ids as given; raises NotFound for any that is not there."""
        wanted = [ids] if isinstance(ids, int) else list(dict.fromkeys(ids))
        found = self.present(wanted)
        for number in wanted:
            if number not in found:
                raise NotFound(f"there is no highlight {number}: `tui annotations` lists what there is")
        return [found[number] for number in wanted]

    def present(self, ids: Iterable[int]) -> dict[int, Highlight]:
        """Those of the highlights that are there, by id: another program may have deleted some."""
        these = json.dumps(list(ids))
        found = self._select("highlight.id IN (SELECT value FROM json_each(:ids))", ids=these)
        return {highlight.id: highlight for highlight in found}

    def of(self, slug: str) -> list[Highlight]:
        """All highlights of a text in its order, orphans included; raises NotFound."""
        return self._select("highlight.text_id = :text", text=self._shelf.edition(slug).text_id)

    def outlines(self, slug: str, within: Span = EVERYWHERE) -> list[Outline]:
        """What is drawn of a text: its highlights in its order, without orphans; raises NotFound.

        `within` leaves only those that reach into a span: what a first screen needs.
        """
        values = {"text": self._shelf.edition(slug).text_id, "start": within.start, "end": within.end}
        return self._connection.made(_outline, self._connection.rows_named(_OUTLINES, values))

    def count(self) -> int:
        """How many highlights the library has."""
        number: int = self._connection.value("SELECT count(*) FROM highlight")
        return number

    def find(
        self,
        *,
        text: str | None = None,
        tag: str | None = None,
        reader: str | None = None,
        anchor: Anchor | None = None,
        star: bool | None = None,
        noted: bool | None = None,
        tagged: bool | None = None,
        words: str = "",
    ) -> list[Highlight]:
        """Highlights by text and place that meet every condition given; raises NotFound for an unknown text.

        `tag` takes what lies below it along; `noted` asks whether there is a note, `tagged` whether there is
        a tag; `words` must stand in quote, note or tags, whatever their case and accents.
        """
        conditions = [condition for asked, condition in (
            (text, "highlight.text_id = :text"),
            (tag, _HAS_TAG),
            (reader, "highlight.reader = :reader"),
            (anchor, "highlight.anchor = :anchor"),
            (star, "highlight.star = :star"),
            (noted, "(highlight.note <> '') = :noted"),
            (tagged, "EXISTS (SELECT 1 FROM highlight_tag WHERE highlight_id = highlight.id) = :tagged"),
        ) if asked is not None]  # fmt: skip
        path = None if tag is None else self._codebook.spelling(tag)
        found = self._select(
            " AND ".join(conditions or ["1"]),
            text=None if text is None else self._shelf.edition(text).text_id,
            tag=path,
            below=path and f"{path}/",
            beyond=path and f"{path}0",
            reader=reader,
            anchor=anchor,
            star=star,
            noted=noted,
            tagged=tagged,
        )
        if not words:
            return found
        needle = _plain(words)
        return [h for h in found if any(needle in _plain(where) for where in (h.quote, h.note, *h.tags))]

    def tag(self, ids: int | Iterable[int], path: str) -> list[Highlight]:
        """Puts a tag on, made if there is none; gives the highlights as they now stand."""
        highlights, path = self.all(ids), tag_path(path)
        lacking = [highlight for highlight in highlights if path not in highlight.tags]
        with self._journal.act(f"tagged {_these(lacking)} {path}"):
            self._put_on([highlight.id for highlight in lacking], path)
            self._touch(lacking)
        return self.all(ids)

    def untag(self, ids: int | Iterable[int], path: str) -> list[Highlight]:
        """Takes a tag off; the tag stays in the codebook."""
        highlights, path = self.all(ids), self._codebook.spelling(path)
        having = [highlight for highlight in highlights if path in highlight.tags]
        with self._journal.act(f"took {path} off {_these(having)}"):
            self._connection.execute(
                """DELETE FROM highlight_tag WHERE tag_id = (SELECT id FROM tag WHERE path = ?)
                AND highlight_id IN (SELECT value FROM json_each(?))""",
                path,
                _ids(having),
            )
            self._touch(having)
        return self.all(ids)

    def note(self, ids: int | Iterable[int], note: str) -> list[Highlight]:
        """Writes the note, in place of what was there; an empty one takes it away."""
        note = words(note)
        changing = [highlight for highlight in self.all(ids) if highlight.note != note]
        with self._journal.act(f"{'noted on' if note else 'took the note off'} {_these(changing)}"):
            self._set(changing, note=note)
        return self.all(ids)

    def star(self, ids: int | Iterable[int], star: bool) -> list[Highlight]:
        """Puts a star on or takes it off."""
        changing = [highlight for highlight in self.all(ids) if highlight.star is not star]
        with self._journal.act(f"{'starred' if star else 'took the star off'} {_these(changing)}"):
            self._set(changing, star=star)
        return self.all(ids)

    def move(self, number: int, place: Span | Sequence[Span]) -> Highlight:
        """Moves a highlight in its text: an edge, a correction after an update, an orphan put back by hand.

        Where the reader puts it there it is exact.
        """
        highlight = self.get(number)
        edition = self._shelf.edition(highlight.text)
        body = self._shelf.body(edition.body_id)
        parts = self._checked(place, body, highlight.text)
        with self._journal.act(f"moved highlight {number} to “{clipped(quoted(body, parts)[0])}”"):
            self._place(highlight, edition, body, parts)
        return self.get(number)

    def confirm(self, ids: int | Iterable[int]) -> list[Highlight]:
        """Says that changed highlights are right where they are: they are exact from now on."""
        changed = [highlight for highlight in self.all(ids) if highlight.anchor is Anchor.CHANGED]
        with self._journal.act(f"confirmed {_these(changed)}"):
            self._set(changed, anchor=Anchor.EXACT, confidence=100.0)
        return self.all(ids)

    def orphan(self, ids: int | Iterable[int]) -> list[Highlight]:
        """Says that highlights were put in a wrong place: they become orphans that show where they were."""
        placed = [highlight for highlight in self.all(ids) if highlight.anchor is not Anchor.ORPHAN]
        with self._journal.act(f"orphaned {_these(placed)}"):
            self._set(placed, anchor=Anchor.ORPHAN, confidence=0.0)
        return self.all(ids)

    def delete(self, ids: int | Iterable[int]) -> None:
        """Deletes highlights with their links; raises NotFound."""
        highlights = self.all(ids)
        with self._journal.act(f"deleted {_these(highlights)}"):
            erase(self._connection, [highlight.id for highlight in highlights])

    def join(self, ids: Iterable[int], *, note: str | None = None) -> Highlight:
        """Makes highlights of one text one: the first of them, with the parts, tags, star and links of all.

        `note` is what its note shall be; without it the notes follow each other. Parts that do not touch
        leave a gap (a … b). Raises LibraryError for several texts, for orphans, and for fewer than two.
        """
        highlights = self.all(ids)
        if len(highlights) < 2:
            raise LibraryError("joining takes two highlights or more")
        if len({highlight.text for highlight in highlights}) > 1:
            raise LibraryError("only highlights of one text can be joined")
        if any(highlight.anchor is Anchor.ORPHAN for highlight in highlights):
            raise LibraryError("an orphan cannot be joined: put it back first")
        kept, *others = highlights
        notes = dict.fromkeys(highlight.note for highlight in highlights if highlight.note)
        edition = self._shelf.edition(kept.text)
        body = self._shelf.body(edition.body_id)
        parts = united(part for highlight in highlights for part in highlight.parts)
        with self._journal.act(f"joined {_these(highlights)}"):
            for path in dict.fromkeys(path for highlight in others for path in highlight.tags):
                self._put_on([kept.id], path)
            self._take_links(kept, others)
            self._set(
                [kept],
                note="\n\n".join(notes) if note is None else words(note),
                star=any(highlight.star for highlight in highlights),
            )
            if parts != kept.parts:
                self._place(kept, edition, body, parts)
            erase(self._connection, [highlight.id for highlight in others])
        return self.get(kept.id)

    def _checked(self, place: Span | Sequence[Span], body: str, slug: str) -> tuple[Span, ...]:
        parts = united([place] if isinstance(place, Span) else place)
        if not parts:
            raise LibraryError("nothing is selected: a highlight needs at least one character")
        for part in parts:
            if not 0 <= part.start < part.end <= len(body):
                raise LibraryError(
                    f"{part.start}–{part.end} is no place in {slug}, which has {len(body)} characters"
                )
        return parts

    def _put_on(self, ids: Sequence[int], path: str) -> None:
        tag = self._codebook.ensure(path)
        self._connection.execute_many(
            "INSERT OR IGNORE INTO highlight_tag (highlight_id, tag_id) VALUES (?, ?)",
            [(highlight, tag.id) for highlight in ids],
        )

    def _place(self, highlight: Highlight, edition: Edition, body: str, parts: Sequence[Span]) -> None:
        quote, before, after = quoted(body, parts)
        start, end, gapped = places(parts)
        self._set(
            [highlight],
            version_id=edition.version_id,
            start=start,
            end=end,
            parts=gapped,
            quote=quote,
            before=before,
            after=after,
            anchor=Anchor.EXACT,
            confidence=100.0,
        )

    def _take_links(self, kept: Highlight, others: Sequence[Highlight]) -> None:
        """Leads the links of the others to the one that is kept; those among them go."""
        for side in ("left_id", "right_id"):
            other = "right_id" if side == "left_id" else "left_id"
            going = json.dumps([kept.id, *(highlight.id for highlight in others)])
            self._connection.execute(
                f"""UPDATE link SET {side} = ? WHERE {side} IN (SELECT value FROM json_each(?))
                AND {side} <> ? AND {other} NOT IN (SELECT value FROM json_each(?))""",
                kept.id,
                _ids(others),
                kept.id,
                going,
            )

    def _touch(self, highlights: Sequence[Highlight]) -> None:
        self._set(highlights)

    def _set(self, highlights: Sequence[Highlight], **columns: object) -> None:
        columns["updated"] = self._journal.now()
        names = ", ".join(f'"{name}" = ?' for name in columns)
        self._connection.execute(
            f"UPDATE highlight SET {names} WHERE id IN (SELECT value FROM json_each(?))",
            *columns.values(),
            _ids(highlights),
        )

    def _select(self, condition: str, **values: object) -> list[Highlight]:
        tags: dict[int, list[str]] = defaultdict(list)
        for highlight, path in self._connection.rows_named(_SELECT_TAGS.format(condition=condition), values):
            tags[highlight].append(path)
        rows = self._connection.rows_named(_SELECT.format(condition=condition), values)
        return self._connection.made(lambda row: _highlight(row, tags.get(row[0], ())), rows)


_ERASE = (
    """DELETE FROM link WHERE left_id IN (SELECT value FROM json_each(?1))
        OR right_id IN (SELECT value FROM json_each(?1))""",
    "DELETE FROM highlight_tag WHERE highlight_id IN (SELECT value FROM json_each(?1))",
    "DELETE FROM highlight WHERE id IN (SELECT value FROM json_each(?1))",
)

_SELECT = """
    SELECT highlight.id, highlight.uid, text.slug, highlight."start", highlight."end", highlight.parts,
        highlight.quote, highlight.before, highlight.after, highlight.note, highlight.star, highlight.reader,
        highlight.created, highlight.updated, highlight.anchor, highlight.confidence
    FROM highlight JOIN text ON text.id = highlight.text_id
    WHERE {condition}
    ORDER BY text.slug, highlight."start", highlight."end", highlight.id"""

_SELECT_TAGS = """
    SELECT highlight_tag.highlight_id, tag.path
    FROM highlight JOIN highlight_tag ON highlight_tag.highlight_id = highlight.id
    JOIN tag ON tag.id = highlight_tag.tag_id
    WHERE {condition} ORDER BY highlight_tag.id"""

_OUTLINES = """
    SELECT id, "start", "end", parts,
        (SELECT path FROM highlight_tag JOIN tag ON tag.id = tag_id
            WHERE highlight_id = highlight.id ORDER BY highlight_tag.id LIMIT 1),
        star, note <> ''
    FROM highlight
    WHERE text_id = :text AND anchor <> 'orphan' AND "start" < :end AND "end" > :start
    ORDER BY "start", "end", id"""

_HAS_TAG = """EXISTS (
    SELECT 1 FROM highlight_tag JOIN tag ON tag.id = tag_id WHERE highlight_id = highlight.id
    AND (tag.path = :tag OR (tag.path > :below AND tag.path < :beyond)))"""

_ANCHORS = {anchor.value: anchor for anchor in Anchor}


def _highlight(row: Row, tags: Sequence[str]) -> Highlight:
    (
        number, uid, slug, start, end, gapped, quote, before, after, note, star, reader, created, updated, anchor,
        confidence,
    ) = row  # fmt: skip
    return Highlight(
        number, uid, slug, parts_of(start, end, gapped), quote, before, after, tuple(tags), note, star == 1, reader,
        created, updated, _ANCHORS[anchor], confidence,
    )  # fmt: skip


def _outline(row: Row) -> Outline:
    number, start, end, gapped, tag, star, noted = row
    return Outline(number, parts_of(start, end, gapped), tag or "", star == 1, noted == 1)


def _ids(highlights: Iterable[Highlight]) -> str:
    return json.dumps([highlight.id for highlight in highlights])


def _these(highlights: Sequence[Highlight]) -> str:
    """`“quote”` for one, `3 highlights` for more."""
    if len(highlights) == 1:
        return f"“{clipped(highlights[0].quote)}”"
    return counted(len(highlights), "highlight")


def _with(paths: Sequence[str]) -> str:
    return f" as {', '.join(paths)}" if paths else ""


def _plain(text: str) -> str:
    """Without case and accents, for finding."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()
