"""The journal: what was done, so that it can be undone and redone, also tomorrow.

While an act is recorded, triggers write what each changed row held before and holds after
(`store.migrations`). Undoing walks these changes backwards, redoing forwards. Each step is taken only where
the row still holds what the journal says it was left with: nothing that was changed since is overwritten.

An act that another program has built on is refused whole, with two exceptions: a tag that it made and that is
used or changed since stays, and the rest is undone; a highlight that it made and that has only gone along with its
text to another version is taken away there. What is remembered of imports (`received`) is no reader's work, and goes
along whatever a merge noted since. A refused act does not bar the way to older ones: whoever asks again right after
the refusal passes over it. That is safe, because every step of the older act is held against its row as well.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from store.connection import Connection, Row
from store.errors import ConstraintError, JournalError
from store.log import Lineage
from store.migrations import JOURNALED
from store.sanitize import truncate

if TYPE_CHECKING:
    import sqlite3

    from store.records import Act

ACTS_KEPT = 5_000
"""What is older can no longer be undone."""

BYTES_KEPT = 64_000_000
"""What the journal may hold altogether; the last act is kept whatever its size."""

Allow: TypeAlias = "Callable[[Act], None]"

PRUNE_EVERY = 50
"""Acts between two looks at the size of the journal."""


def now() -> str:
    """The time, ISO 8601 UTC with a Z, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def login_name() -> str:
    """The name of who is logged in, or `reader` where the system does not know."""
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return "reader"


class _Change(NamedTuple):
    table: str
    row: int
    old: dict[str, object] | None
    """What the row must hold now; None where there must be none."""
    new: dict[str, object] | None
    """What it is to hold; None where it is to go."""

    @property
    def restores_highlight(self) -> bool:
        """Whether a highlight is there again, as it stood when it was deleted."""
        return self.table == "highlight" and self.old is None

    @property
    def renaming(self) -> tuple[str, str] | None:
        """The old slug of a text and the new one, where it gets another."""
        if self.table == "text" and self.old and self.new and "slug" in self.new:
            return str(self.old["slug"]), str(self.new["slug"])
        return None

    def reversed(self) -> _Change:
        """The way back."""
        return self._replace(old=self.new, new=self.old)


class Journal:
    """Records the acts of one program and takes them back.

    A program undoes what it did itself, and what was done before it opened the library. What other programs
    do meanwhile is theirs to undo.
    """

    def __init__(self, connection: Connection, reader: str, clock: Callable[[], str] = now) -> None:
        self.now = clock
        self.when_restored: Callable[[Sequence[int]], None] = lambda highlights: None
        """Called in the transaction that brings highlights back, with their ids: their text may have changed since."""
        self.when_renamed: Callable[[str, str], None] = lambda old, new: None
        """Called in the transaction that gives a text another slug, with the old one and the new one."""
        self._reader = reader
        self._connection = connection
        self._program = os.urandom(16).hex()
        self.enter_state = Lineage(connection).enter
        self._opened_at: int = connection.value("SELECT coalesce(max(id), 0) FROM act")
        self._recording = False
        self._refused: set[int] = set()

    @cached_property
    def reader(self) -> str:
        """The name that what is made now carries."""
        return self._reader or login_name()

    @contextmanager
    def act(self, label: str) -> Iterator[None]:
        """One transaction and one entry of the journal; an act inside an act is part of it.

        An act that changes nothing leaves no entry. A new act drops what could have been redone.
        """
        with self._connection.transaction():
            if self._recording:
                yield
                return
            act_id = self._connection.insert(
                "act", label=" ".join(label.split()), reader=self.reader, at=self.now(), program=self._program
            )
            self._record(act_id)
            try:
                yield
                self._record(None)
                self.enter_state()
            finally:
                self._recording = False
            self._settle(act_id)

    def undo(self, *, skip: bool = False, allow: Allow | None = None) -> Act | None:
        """Takes back the last act and gives it, or None where there is none.

        `allow` is called with an act before it is taken back; what it raises ends the undoing.

        Raises JournalError for an act that another program has built on. Asked again before anything new is done,
        it tries that one once more and then goes on to the act before it; with `skip` it does so at once. Where
        none of them can be undone, the refusal of the last one is raised.
        """
        return self._walk(backwards=True, skip=skip, allow=allow)

    def next_undo(self) -> Act | None:
        """The act that `undo` would take back now, or None."""
        rows = self._connection.rows(
            f"{_SELECT_ACT} WHERE undone = 0 AND ({_MINE}) ORDER BY id DESC LIMIT ?",
            self._program,
            self._opened_at,
            len(self._refused) + 1,
        )
        acts = [_act(row) for row in rows]
        return next((act for act in acts if act.id not in self._refused), acts[0] if acts else None)

    def is_own(self, act: Act) -> bool:
        """Whether this program did the act, since it opened the library."""
        return bool(self._connection.value("SELECT program = ? FROM act WHERE id = ?", self._program, act.id))

    def brought_in(self, act: Act, *, versions: bool) -> frozenset[str]:
        """Slugs of the texts that the act added; with `versions` also of those to which it gave the current version."""
        rows = self._connection.rows(
            f"""SELECT slug FROM change JOIN present ON table_name = 'text' AND row_id = present.text_id
                {"OR table_name = 'version' AND row_id = present.version_id" if versions else ""}
            WHERE act_id = ? AND before IS NULL""",
            act.id,
        )
        return frozenset(slug for (slug,) in rows)

    def texts_of(self, act: Act) -> frozenset[str] | None:
        """Slugs of the texts that an act was about; None where it was about none: tags, names, the library's note.

        A text that is not in the library has no slug here.
        """
        rows = self._connection.rows(_TEXTS_OF_ACT, act.id, _LOOKED_AT)
        about = {text for (text,) in rows if text is not None}
        if not about:
            return None
        slugs = (self._connection.value("SELECT slug FROM text WHERE id = ?", text) for text in about)
        return frozenset(slug for slug in slugs if slug is not None)

    def redo(self, *, skip: bool = False) -> Act | None:
        """Does again what was undone last and gives it, or None; refuses and goes on as `undo` does."""
        return self._walk(backwards=False, skip=skip, allow=None)

    def position(self) -> tuple[int, int]:
        """Changes whenever something is done, undone or redone: the last act, and what is undone of all."""
        last, undone = self._connection.row(
            "SELECT coalesce(max(id), 0), coalesce(sum(undone * id), 0) FROM act"
        ) or (0, 0)
        return last, undone

    def history(self, limit: int | None = None) -> list[Act]:
        """The acts of all programs, the newest first."""
        rows = self._connection.rows(
            f"{_SELECT_ACT} ORDER BY id DESC LIMIT ?", -1 if limit is None else limit
        )
        return [_act(row) for row in rows]

    def _record(self, act_id: int | None) -> None:
        self._connection.execute("UPDATE recording SET act_id = ?", act_id)
        self._recording = act_id is not None

    def _settle(self, act_id: int) -> None:
        if self._connection.row("SELECT 1 FROM change WHERE act_id = ?", act_id) is None:
            self._connection.execute("DELETE FROM act WHERE id = ?", act_id)
            return
        self._refused.clear()
        self._connection.execute(
            f"DELETE FROM act WHERE undone = 1 AND ({_MINE})", self._program, self._opened_at
        )
        if act_id % PRUNE_EVERY == 0:
            self._prune()

    def _prune(self) -> None:
        """Drops the oldest acts. Bodies are not copied into the journal, so none is ever dropped with it."""
        self._connection.execute(
            "DELETE FROM act WHERE id <= (SELECT id FROM act ORDER BY id DESC LIMIT 1 OFFSET ?)", ACTS_KEPT
        )
        self._connection.execute(
            """DELETE FROM act WHERE id IN (
                SELECT act_id FROM (
                    SELECT act_id, sum(sum(coalesce(length(before), 0) + coalesce(length(after), 0)))
                        OVER (ORDER BY act_id DESC) AS total
                    FROM change GROUP BY act_id
                ) WHERE total > ? AND act_id < (SELECT max(act_id) FROM change)
            )""",
            BYTES_KEPT,
        )

    def _walk(self, *, backwards: bool, skip: bool, allow: Allow | None) -> Act | None:
        if self._recording:
            raise JournalError("an act is under way: finish it before undoing or redoing another one")
        refusal: JournalError | None = None
        acts = self._acts(backwards=backwards)
        for number, act in enumerate(acts, 1):
            if allow is not None:
                allow(act)
            try:
                return self._step(act, backwards=backwards)
            except JournalError as error:
                refusal = refusal or error
                if not skip and act.id not in self._refused:
                    self._refused.add(act.id)
                    raise _with_way_on(error, backwards) if number < len(acts) else error from None
        if refusal:
            raise refusal
        return None

    def _acts(self, *, backwards: bool) -> list[Act]:
        """What can be undone or done again, in the order in which that is to be done."""
        order = "DESC" if backwards else "ASC"
        rows = self._connection.rows(
            f"{_SELECT_ACT} WHERE undone = ? AND ({_MINE}) ORDER BY id {order}",
            not backwards,
            self._program,
            self._opened_at,
        )
        return [_act(row) for row in rows]

    def _step(self, act: Act, *, backwards: bool) -> Act:
        """Undoes an act or does it again, as a whole; raises JournalError where a row has changed since."""
        kept: list[str] = []
        with self._connection.transaction():
            changes = self._changes(act, backwards=backwards)
            for change in changes:
                try:
                    self._apply(change)
                except _Conflict:
                    tag = self._tag_that_stays(change, backwards=backwards)
                    if tag is None or len(kept) + 1 == len(changes):
                        raise self._refusal(change, act, backwards) from None
                    kept.append(tag)
            for old, new in filter(None, (change.renaming for change in changes)):
                self.when_renamed(old, new)
            self.when_restored([change.row for change in changes if change.restores_highlight])
            self._connection.execute("UPDATE act SET undone = ? WHERE id = ?", backwards, act.id)
            self.enter_state()
        return act._replace(undone=backwards, kept=tuple(kept))

    def _tag_that_stays(self, change: _Change, *, backwards: bool) -> str | None:
        """The path of a tag whose making cannot be undone because others use it, or redone because it stayed.

        Numbers of rows are never given twice, so what has the number is the tag that the act made.
        """
        if change.table != "tag" or (change.new if backwards else change.old) is not None:
            return None
        row = self._connection.row("SELECT path FROM tag WHERE id = ?", change.row)
        return None if row is None else str(row[0])

    def _refusal(self, change: _Change, act: Act, backwards: bool) -> JournalError:
        done = "undone" if backwards else "redone"
        return JournalError(
            f"“{truncate(act.label, _LABEL)}” cannot be {done}: {self._named(change)} was changed since"
        )

    def _named(self, change: _Change) -> str:
        """What a row is to the reader; its number means nothing to them."""
        what, column = _NAMES[change.table]
        if column is None:
            return what
        row = self._connection.row(f"SELECT {column} FROM {change.table} WHERE id = ?", change.row)
        name = row[0] if row else ((change.old or {}) | (change.new or {})).get(column)
        return f"{what} “{truncate(str(name), _NAME)}”" if name else what

    def _changes(self, act: Act, *, backwards: bool) -> list[_Change]:
        order = "DESC" if backwards else "ASC"
        rows = self._connection.rows(
            f"SELECT table_name, row_id, before, after FROM change WHERE act_id = ? ORDER BY id {order}",
            act.id,
        )
        changes = self._connection.made(_change, rows)
        return [change.reversed() for change in changes] if backwards else changes

    def _apply(self, change: _Change) -> None:
        """Writes a change where the row is as it was left; raises _Conflict."""
        try:
            if change.old is None:
                assert change.new is not None
                if change.table == _REMEMBERED:
                    self._connection.execute(
                        "DELETE FROM received WHERE kind = ? AND uid = ?",
                        change.new["kind"],
                        change.new["uid"],
                    )
                self._connection.insert(change.table, **change.new)
                return
            held = {"id": change.row, **({} if change.table == _REMEMBERED else change.old)}
            where = " AND ".join(f'"{name}" IS ?' for name in held)
            if change.new is None:
                cursor = self._connection.execute(f"DELETE FROM {change.table} WHERE {where}", *held.values())
                if cursor.rowcount == 0 and change.table == "highlight":
                    cursor = self._delete_where_reanchored(held)
            else:
                columns = ", ".join(f'"{name}" = ?' for name in change.new)
                cursor = self._connection.execute(
                    f"UPDATE {change.table} SET {columns} WHERE {where}", *change.new.values(), *held.values()
                )
        except ConstraintError as error:
            raise _Conflict from error
        if cursor.rowcount != 1:
            raise _Conflict

    def _delete_where_reanchored(self, held: dict[str, object]) -> sqlite3.Cursor:
        """Deletes a highlight that has only gone along with its text to another version, or lost its place there."""
        said = {name: value for name, value in held.items() if name not in _PLACE}
        where = " AND ".join(f'"{name}" IS ?' for name in said)
        return self._connection.execute(
            f"DELETE FROM highlight WHERE {where} AND (version_id <> ? OR anchor = 'orphan')",
            *said.values(),
            held["version_id"],
        )


class _Conflict(Exception):  # noqa: N818  # never leaves this module
    """A row is not as the journal left it, or others have come to depend on it."""


_MINE = "program = ? OR id <= ?"
_SELECT_ACT = "SELECT id, label, reader, at, undone FROM act"
_LABEL = 30
_NAME = 16
"""Characters that a refusal gives to the label of an act, and to the name of what stands in its way."""

_PLACE = frozenset(
    ("version_id", "start", "end", "parts", "quote", "before", "after", "anchor", "confidence")
)
"""Columns of a highlight that an update of its text changes."""

_REMEMBERED = "received"
"""The table that merges also write outside acts."""

_LOOKED_AT = 500
"""Changes of an act that tell which texts it was about: the others of a large one are of its kind."""

_TEXTS_OF_ACT = """
    WITH looked AS (
        SELECT table_name AS name, row_id AS number, coalesce(after, before) AS image FROM change
        WHERE act_id = ? LIMIT ?
    ), ends AS (
        SELECT number AS highlight FROM looked WHERE name = 'highlight'
        UNION SELECT json_extract(image, '$.highlight_id') FROM looked WHERE name = 'highlight_tag'
        UNION SELECT json_extract(image, '$.left_id') FROM looked WHERE name = 'link'
        UNION SELECT json_extract(image, '$.right_id') FROM looked WHERE name = 'link'
        UNION SELECT left_id FROM looked CROSS JOIN link ON link.id = number WHERE name = 'link'
        UNION SELECT right_id FROM looked CROSS JOIN link ON link.id = number WHERE name = 'link'
    ), editions AS (
        SELECT json_extract(image, '$.version_id') AS edition FROM looked WHERE name = 'furniture'
        UNION SELECT version_id FROM looked CROSS JOIN furniture ON furniture.id = number WHERE name = 'furniture'
        UNION SELECT json_extract(image, '$.left_version_id') FROM looked WHERE name = 'dismissed'
        UNION SELECT json_extract(image, '$.right_version_id') FROM looked WHERE name = 'dismissed'
    )
    SELECT number FROM looked WHERE name = 'text'
    UNION SELECT json_extract(image, '$.text_id') FROM looked WHERE name IN ('highlight', 'version', 'note')
    UNION SELECT text_id FROM ends CROSS JOIN highlight ON highlight.id = highlight
    UNION SELECT text_id FROM editions CROSS JOIN version ON version.id = edition
    UNION SELECT text_id FROM looked CROSS JOIN note ON note.id = number WHERE name = 'note'"""

_NAMES: dict[str, tuple[str, str | None]] = {
    "text": ("the text", "title"),
    "version": ("a text", None),
    "furniture": ("what counts as furniture", None),
    "tag": ("the tag", "path"),
    "highlight": ("the highlight", "quote"),
    "highlight_tag": ("a tag of a highlight", None),
    "link": ("a link", None),
    "note": ("the note", "words"),
    "dismissed": ("a dismissed suggestion", None),
    "naming": ("what was said of the name", "one"),
    "received": ("what was imported", None),
}
"""What the reader calls a row of each table, and the column with its own name."""


def _with_way_on(error: JournalError, backwards: bool) -> JournalError:
    """The refusal, and what the reader can do."""
    way = "undo" if backwards else "redo"
    return JournalError(f"{error}; {way} again skips it (`tui {way} --skip`)")


def told_of_kept(act: Act) -> str:
    """What to say of the tags of an undone act that stay."""
    stay = "the tag {} stays" if len(act.kept) == 1 else "the tags {} stay"
    return f"{stay.format(truncate(', '.join(act.kept)))}: used or changed since"


def _act(row: Row) -> Act:
    from store.records import Act

    number, label, reader, at, undone = row
    return Act(number, label, reader, at, bool(undone))


def _change(row: Row) -> _Change:
    """A change forwards; raises ValueError for what our triggers cannot have written."""
    import json

    table, number, *images = row
    before, after = (None if image is None else json.loads(image) for image in images)
    # Names go into statements: a library may come from anybody.
    if table not in JOURNALED or not all(name.isidentifier() for name in (*(before or ()), *(after or ()))):
        raise ValueError(f"no table {table} is journaled with these columns")
    return _Change(table, number, before, after)
