"""A library: one SQLite file with texts and all that readers make of them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import cached_property
from typing import TYPE_CHECKING, Self

from store.connection import Connection, connect, use_wal
from store.errors import ConstraintError, JournalError, LibraryError, NotFound
from store.journal import Journal, now
from store.migrations import examine, migrate, up_to_date
from store.tidy import one_line

if TYPE_CHECKING:
    from os import PathLike
    from pathlib import Path
    from types import TracebackType

    from store.codebook import Codebook
    from store.highlights import Highlights
    from store.links import Links
    from store.naming import Naming
    from store.notes import Drafts, Notes
    from store.places import Places
    from store.relations import RelationCache
    from store.shelf import Shelf
    from texts.naming import Group

__all__ = ["ConstraintError", "JournalError", "Library", "LibraryError", "NotFound"]


class Library:
    """Opens a library and hands out its parts. It belongs to the thread that opened it."""

    def __init__(
        self, connection: Connection, *, reader: str | None = None, clock: Callable[[], str] = now
    ) -> None:
        self._connection = connection
        self.journal = Journal(connection, one_line(reader or ""), clock)
        self._data_version = self._present_data_version()

    @classmethod
    def open(
        cls,
        path: str | PathLike[str],
        *,
        create: bool = True,
        read_only: bool = False,
        reader: str | None = None,
        clock: Callable[[], str] = now,
    ) -> Self:
        """Opens a library, made with its folder where there is none, and brought up to date where it is old.

        `reader` is the name that what is made now carries, by default the login name. A file or folder that
        may not be written opens read-only. Raises LibraryError for what is no library, and for a newer one.
        """
        connection = connect(path, create=create, read_only=read_only)
        try:
            if not up_to_date(connection):
                connection = _brought_up_to_date(connection, create=create)
            use_wal(connection)
            return cls(connection, reader=reader, clock=clock)
        except BaseException:
            connection.close()
            raise

    # The parts are imported when they are first asked for: a search wants the shelf and nothing else.

    @cached_property
    def shelf(self) -> Shelf:
        """The texts."""
        from store.shelf import Shelf

        return Shelf(self._connection, self.journal)

    @cached_property
    def highlights(self) -> Highlights:
        """What readers have marked."""
        from store.highlights import Highlights

        return Highlights(self._connection, self.journal, self.shelf, self.codebook)

    @cached_property
    def codebook(self) -> Codebook:
        """The tags."""
        from store.codebook import Codebook

        return Codebook(self._connection, self.journal)

    @cached_property
    def links(self) -> Links:
        """Connections between highlights, and dismissed suggestions."""
        from store.links import Links

        return Links(self._connection, self.journal, self.shelf, self.highlights)

    @cached_property
    def naming(self) -> Naming:
        """Which spellings are one name, and which are two, by the readers' word."""
        from store.naming import Naming

        return Naming(self._connection, self.journal)

    def joined_names(self) -> tuple[Group, ...]:
        """The spellings that readers have made one name: what search looks for together."""
        # Every search asks, and mostly for nothing: then the part that knows names is not imported.
        asked = self._connection.row("SELECT 1 FROM naming LIMIT 1")
        return self.naming.overrides().groups() if asked else ()

    @cached_property
    def notes(self) -> Notes:
        """Notes on texts and on the library."""
        from store.notes import Notes

        return Notes(self._connection, self.journal, self.shelf)

    @cached_property
    def drafts(self) -> Drafts:
        """Notes being written."""
        from store.notes import Drafts

        return Drafts(self._connection, self.journal)

    @cached_property
    def relations(self) -> RelationCache:
        """Related passages once found."""
        from store.relations import RelationCache

        return RelationCache(self._connection, self.shelf)

    @cached_property
    def places(self) -> Places:
        """Where the reader is."""
        from store.places import Places

        return Places(self._connection)

    @property
    def path(self) -> Path:
        """The file."""
        return self._connection.path

    @property
    def read_only(self) -> bool:
        """Whether writing raises LibraryError."""
        return self._connection.read_only

    @property
    def reader(self) -> str:
        """The name that what is made now carries."""
        return self.journal.reader

    @property
    def connection(self) -> Connection:
        """For `store.exchange`, which carries records from one library to another just as they are."""
        return self._connection

    def act(self, label: str) -> AbstractContextManager[None]:
        """One transaction and one entry of the journal for all that is done inside; see `Journal.act`."""
        return self.journal.act(label)

    def transaction(self) -> AbstractContextManager[None]:
        """One transaction for several acts, each with its own entry of the journal."""
        return self._connection.transaction()

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is open."""
        return self._connection.in_transaction

    def reading(self) -> AbstractContextManager[None]:
        """One state of the library for all that is read inside, whatever other programs write meanwhile."""
        return self._connection.reading()

    def changed_elsewhere(self) -> bool:
        """Whether another connection has written since this was last asked, or since the opening."""
        before, self._data_version = self._data_version, self._present_data_version()
        return self._data_version != before

    def close(self) -> None:
        """Closes the file; a second time does nothing."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _present_data_version(self) -> int:
        number: int = self._connection.value("PRAGMA data_version")
        return number


def _brought_up_to_date(connection: Connection, *, create: bool) -> Connection:
    """Migrates the file of a connection, which is closed, and opens it anew."""
    from store.backups import Backups

    path = connection.path
    version = examine(connection)
    connection.close()
    if version == 0 and (not create or Backups(path).list()):
        raise LibraryError(f"{path} is empty, but was a library: `tui check` names the newest good backup")
    if connection.read_only:
        what = "is empty" if version == 0 else "is from an older version of this program"
        raise LibraryError(f"{path} {what} and cannot be written: work on a copy in a folder of your own")
    if version:
        Backups(path).make("before-migration")
    migrate(path)
    return connect(path, create=False, read_only=False)
