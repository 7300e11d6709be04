"""The journal: what was done, so that it can be undone and redone, also tomorrow.

While an act is recorded, triggers write what each changed row held before and holds after
(`store.migrations`). Undoing walks these changes backwards, redoing forwards. Each step is taken only where
the row still holds what the journal says it was left with: nothing that was changed since is overwritten.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from store.connection import Connection, Row
from store.errors import ConstraintError, JournalError
from store.migrations import JOURNALED

if TYPE_CHECKING:
    from store.records import Act

ACTS_KEPT = 5_000
"""What is older can no longer be undone."""

BYTES_KEPT = 64_000_000
"""What the journal may hold altogether; the last act is kept whatever its size."""

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
        self._reader = reader
        self._connection = connection
        self._program = os.urandom(16).hex()
        self._opened_at: int = connection.value("SELECT coalesce(max(id), 0) FROM act")
        self._recording = False

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
            finally:
                self._recording = False
            self._settle(act_id)

    def undo(self) -> Act | None:
        """Takes back the last act and gives it, or None where there is none; raises JournalError."""
        return self._step("undone = 0 AND ({mine}) ORDER BY id DESC", backwards=True)

    def redo(self) -> Act | None:
        """Does again what was undone last and gives it, or None; raises JournalError."""
        return self._step("undone = 1 AND ({mine}) ORDER BY id", backwards=False)

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

    def _step(self, which: str, *, backwards: bool) -> Act | None:
        if self._recording:
            raise JournalError("an act is under way: finish it before undoing or redoing another one")
        with self._connection.transaction():
            row = self._connection.row(
                f"{_SELECT_ACT} WHERE {which.format(mine=_MINE)} LIMIT 1", self._program, self._opened_at
            )
            if row is None:
                return None
            act = _act(row)
            for change in self._changes(act, backwards=backwards):
                self._apply(change, act, "undone" if backwards else "redone")
            self._connection.execute("UPDATE act SET undone = ? WHERE id = ?", backwards, act.id)
        return act._replace(undone=backwards)

    def _changes(self, act: Act, *, backwards: bool) -> list[_Change]:
        order = "DESC" if backwards else "ASC"
        rows = self._connection.rows(
            f"SELECT table_name, row_id, before, after FROM change WHERE act_id = ? ORDER BY id {order}",
            act.id,
        )
        changes = self._connection.made(_change, rows)
        return [change.reversed() for change in changes] if backwards else changes

    def _apply(self, change: _Change, act: Act, done: str) -> None:
        try:
            if change.old is None:
                assert change.new is not None
                self._connection.insert(change.table, **change.new)
                return
            held = {"id": change.row, **change.old}
            where = " AND ".join(f'"{name}" IS ?' for name in held)
            if change.new is None:
                cursor = self._connection.execute(f"DELETE FROM {change.table} WHERE {where}", *held.values())
            else:
                columns = ", ".join(f'"{name}" = ?' for name in change.new)
                cursor = self._connection.execute(
                    f"UPDATE {change.table} SET {columns} WHERE {where}", *change.new.values(), *held.values()
                )
        except ConstraintError as error:
            raise _refusal(change, act, done) from error
        if cursor.rowcount != 1:
            raise _refusal(change, act, done)


_MINE = "program = ? OR id <= ?"
_SELECT_ACT = "SELECT id, label, reader, at, undone FROM act"
_NAMES = {
    "highlight_tag": "a tag of a highlight",
    "version": "a text",
    "furniture": "what counts as furniture",
    "dismissed": "a dismissed suggestion",
}


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


def _refusal(change: _Change, act: Act, done: str) -> JournalError:
    what = _NAMES.get(change.table, f"{change.table} {change.row}")
    return JournalError(f"“{act.label}” cannot be {done}: {what} was changed since by another program")
