"""Highlights: spans of a text with what readers made of them."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeVar

from store.connection import Connection, transactional
from store.errors import ChangedElsewhere, LibraryError, NotFound
from store.highlight_queries import (
    HighlightQuery,
    Order,
    highlight_in_version,
    highlight_of,
    matching_ids,
    read_highlights,
    read_outlines,
)
from store.highlight_rows import (
    erase,
    holds_note,
    join_rows,
    joined_notes,
    quoted,
    remember_deleted,
    span_columns,
)
from store.journal import Journal
from store.records import Anchor, Highlight, Outline
from store.sanitize import one_line, pluralize, tag_path, truncate, words
from store.uids import new_uid
from texts.model import EVERYWHERE, Span, united

if TYPE_CHECKING:
    from typing import Unpack

    from store.codebook import Codebook
    from store.records import CurrentVersion
    from store.texts import Texts

T = TypeVar("T")


class Highlights:
    """Makes, finds, changes and deletes highlights. Ids are one or many: one act, one undo."""

    def __init__(self, connection: Connection, journal: Journal, texts: Texts, codebook: Codebook) -> None:
        self._connection = connection
        self._journal = journal
        self._texts = texts
        self._codebook = codebook

    @transactional
    def mark(
        self,
        slug: str,
        place: Span | Sequence[Span],
        *,
        tags: Iterable[str] = (),
        note: str = "",
        star: bool = False,
        version: str | None = None,
    ) -> Highlight:
        """Highlights a span of a text, or several as one (a … b); raises NotFound and LibraryError.

        `version` is the digest of the body that the spans count in, by default the current one. Where the text has
        another body by now, the words are found again in it; raises TextChanged where they are not.

        What this reader has marked there already, with the same tags, is not marked twice: it gets the star, and the
        note below its own.
        """
        current = self._texts.current_version(slug)
        body = self._texts.bodies.get(current.body_id)
        parts = self._checked(self._texts.current_spans(current, place, version), body, slug)
        quote, before, after = quoted(body, parts)
        paths = list(dict.fromkeys(tag_path(path) for path in tags))
        start, end, gapped = span_columns(parts)
        at = self._journal.now()
        with self._journal.act(f"highlighted “{truncate(quote)}” in {current.name}{_with(paths)}"):
            there = self._marked_already(current, parts, paths)
            if there is not None:
                return self._marked_again(there, words(note), star=star)
            highlight = self._connection.insert(
                "highlight",
                uid=new_uid(),
                text_id=current.text_id,
                version_id=current.version_id,
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
        return {highlight.id: highlight for highlight in self.each(ids)}

    def require_unchanged(self, seen: Iterable[Highlight]) -> None:
        """Raises ChangedElsewhere where a highlight is not as the reader saw it; its place may have moved.

        To be asked in the transaction that deletes or joins it.
        """
        known = {highlight.id: highlight for highlight in seen}
        for number, highlight in self.present(known).items():
            if _content(highlight) != _content(known[number]):
                raise ChangedElsewhere(
                    f"“{truncate(highlight.quote, 24)}” was changed by another program: look again; nothing was done"
                )

    def of(self, slug: str) -> list[Highlight]:
        """All highlights of a text in its order, orphans included; raises NotFound."""
        return self.find(text=slug)

    def outlines(self, slug: str, within: Span = EVERYWHERE) -> list[Outline]:
        """What is drawn of a text: its highlights in its order, without orphans; raises NotFound.

        `within` leaves only those that reach into a span: what a first screen needs.
        """
        return read_outlines(self._connection, self._texts.current_version(slug).text_id, within)

    def count(self) -> int:
        """How many highlights the library has."""
        number: int = self._connection.value("SELECT count(*) FROM highlight")
        return number

    def find(self, *, words: str = "", **query: Unpack[HighlightQuery]) -> list[Highlight]:
        """Highlights by text and place that meet a query; raises NotFound for an unknown text.

        `words` must stand in quote, note or tags, whatever their case and accents.
        """
        found = self.each(self.ids(**query))
        if not words:
            return list(found)
        from texts.typography import without_accents

        needle = without_accents(words)
        return [
            h for h in found if any(needle in without_accents(where) for where in (h.quote, h.note, *h.tags))
        ]

    def ids(
        self, *, order: Order = Order.TEXT, most: int | None = None, **query: Unpack[HighlightQuery]
    ) -> array[int]:
        """Ids of the highlights that meet a query, or the first so many of them; raises NotFound for an unknown text.

        Eight bytes a highlight: a million of them can be put in order, counted and read bit by bit.
        """
        text, tag = query.get("text"), query.get("tag")
        text_id = None if text is None else self._texts.current_version(text).text_id
        path = None if tag is None else self._codebook.spelling(tag)
        return matching_ids(self._connection, query, text_id=text_id, path=path, order=order, most=most)

    def each(self, ids: Iterable[int]) -> Iterator[Highlight]:
        """The highlights of these ids in this order, without those that are gone; few are in memory at a time."""
        return read_highlights(self._connection, ids, highlight_of)

    def each_in_version(self, ids: Iterable[int]) -> Iterator[tuple[Highlight, int]]:
        """The same, each with the id of the version of its text that it stands in."""
        return read_highlights(self._connection, ids, highlight_in_version)

    @transactional
    def tag(self, ids: int | Iterable[int], path: str) -> list[Highlight]:
        """Puts a tag on, made if there is none; gives the highlights as they now stand."""
        highlights, path = self.all(ids), tag_path(path)
        lacking = [highlight for highlight in highlights if path not in highlight.tags]
        with self._journal.act(f"tagged {_these(lacking)} {path}"):
            self._put_on([highlight.id for highlight in lacking], path)
            self._touch(lacking)
        return self.all(ids)

    @transactional
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

    @transactional
    def note(self, ids: int | Iterable[int], note: str) -> list[Highlight]:
        """Writes the note, in place of what was there; an empty one takes it away."""
        note = words(note)
        changing = [highlight for highlight in self.all(ids) if highlight.note != note]
        with self._journal.act(f"{'noted on' if note else 'took the note off'} {_these(changing)}"):
            self._set(changing, note=note)
        return self.all(ids)

    @transactional
    def star(self, ids: int | Iterable[int], star: bool) -> list[Highlight]:
        """Puts a star on or takes it off."""
        changing = [highlight for highlight in self.all(ids) if highlight.star is not star]
        with self._journal.act(f"{'starred' if star else 'took the star off'} {_these(changing)}"):
            self._set(changing, star=star)
        return self.all(ids)

    @transactional
    def move(self, number: int, place: Span | Sequence[Span], *, version: str | None = None) -> Highlight:
        """Moves a highlight in its text: an edge, a correction after an update, an orphan put back by hand.

        Where the reader puts it there it is exact. `version` is as of `mark`; raises NotFound, LibraryError and
        TextChanged.
        """
        highlight = self.get(number)
        current = self._texts.current_version(highlight.text)
        body = self._texts.bodies.get(current.body_id)
        parts = self._checked(self._texts.current_spans(current, place, version), body, highlight.text)
        with self._journal.act(f"moved highlight {number} to “{truncate(quoted(body, parts)[0])}”"):
            self._place(highlight, current, body, parts)
        return self.get(number)

    @transactional
    def confirm(self, ids: int | Iterable[int]) -> list[Highlight]:
        """Says that changed highlights are right where they are: they are exact from now on."""
        changed = [highlight for highlight in self.all(ids) if highlight.anchor is Anchor.CHANGED]
        with self._journal.act(f"confirmed {_these(changed)}"):
            self._set(changed, anchor=Anchor.EXACT, confidence=100.0)
        return self.all(ids)

    @transactional
    def orphan(self, ids: int | Iterable[int]) -> list[Highlight]:
        """Says that highlights were put in a wrong place: they become orphans that show where they were."""
        placed = [highlight for highlight in self.all(ids) if highlight.anchor is not Anchor.ORPHAN]
        with self._journal.act(f"orphaned {_these(placed)}"):
            self._set(placed, anchor=Anchor.ORPHAN, confidence=0.0)
        return self.all(ids)

    @transactional
    def delete(self, ids: int | Iterable[int]) -> None:
        """Deletes highlights with their links; raises NotFound."""
        highlights = self.all(ids)
        numbers = [highlight.id for highlight in highlights]
        with self._journal.act(f"deleted {_these(highlights)}"):
            remember_deleted(self._connection, "highlight", json.dumps(numbers))
            erase(self._connection, numbers)

    @transactional
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
        both = joined_notes([highlight.note for highlight in highlights])
        current = self._texts.current_version(kept.text)
        body = self._texts.bodies.get(current.body_id)
        parts = united(part for highlight in highlights for part in highlight.parts)
        with self._journal.act(f"joined {_these(highlights)}"):
            gone = [highlight.id for highlight in others]
            written = both if note is None else words(note)
            join_rows(self._connection, kept.id, gone, written, self._journal.now())
            if parts != kept.parts:
                self._place(kept, current, body, parts)
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

    def _marked_already(
        self, current: CurrentVersion, parts: Sequence[Span], paths: Sequence[str]
    ) -> Highlight | None:
        """What this reader has made of just these words with just these tags."""
        start, end, gapped = span_columns(parts)
        here = self._connection.rows(
            """SELECT id, reader FROM highlight WHERE text_id = ? AND "start" = ? AND "end" = ? AND version_id = ?
            AND parts IS ? AND anchor <> 'orphan' ORDER BY id""",
            current.text_id,
            start,
            end,
            current.version_id,
            gapped,
        )
        name = one_line(self._journal.reader)
        found = self.each(number for number, reader in here if one_line(reader) == name)
        return next((highlight for highlight in found if set(highlight.tags) == set(paths)), None)

    def _marked_again(self, there: Highlight, note: str, *, star: bool) -> Highlight:
        added = joined_notes([there.note, note])
        if note and not holds_note(there.note, note):
            self._set([there], note=added)
        if star and not there.star:
            self._set([there], star=True)
        return self.get(there.id)

    def _put_on(self, ids: Sequence[int], path: str) -> None:
        tag = self._codebook.ensure(path)
        self._connection.execute_many(
            "INSERT OR IGNORE INTO highlight_tag (highlight_id, tag_id) VALUES (?, ?)",
            [(highlight, tag.id) for highlight in ids],
        )

    def _place(self, highlight: Highlight, current: CurrentVersion, body: str, parts: Sequence[Span]) -> None:
        quote, before, after = quoted(body, parts)
        start, end, gapped = span_columns(parts)
        self._set(
            [highlight],
            version_id=current.version_id,
            start=start,
            end=end,
            parts=gapped,
            quote=quote,
            before=before,
            after=after,
            anchor=Anchor.EXACT,
            confidence=100.0,
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


def _content(highlight: Highlight) -> tuple[object, ...]:
    """What a reader made of a highlight."""
    is_orphan = highlight.anchor is Anchor.ORPHAN
    return highlight.quote, highlight.note, highlight.star, sorted(highlight.tags), is_orphan


def _ids(highlights: Iterable[Highlight]) -> str:
    return json.dumps([highlight.id for highlight in highlights])


def _these(highlights: Sequence[Highlight]) -> str:
    """`“quote”` for one, `3 highlights` for more."""
    if len(highlights) == 1:
        return f"“{truncate(highlights[0].quote)}”"
    return pluralize(len(highlights), "highlight")


def _with(paths: Sequence[str]) -> str:
    return f" as {', '.join(paths)}" if paths else ""
