"""A library: one SQLite file with texts and all that readers make of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from functools import cached_property
from typing import TYPE_CHECKING, Self

from store import log
from store.connection import Connection, connect, use_wal
from store.errors import ConstraintError, JournalError, LibraryError, LibraryReplaced, NotFound, is_damage
from store.journal import Journal, now
from store.migrations import examine, migrate, up_to_date
from store.sanitize import one_line

if TYPE_CHECKING:
    from os import PathLike
    from pathlib import Path
    from types import TracebackType

    from store.caches import RelationCache, VectorCache
    from store.codebook import Codebook
    from store.highlights import Highlights
    from store.links import Links
    from store.name_rules import NameRules
    from store.notes import Drafts, Notes
    from store.search_indexes import SearchIndexes
    from store.text_bodies import TextBodies
    from store.texts import Texts
    from store.ui_state import StoredUiState
    from texts.naming import SameNames

__all__ = ["ConstraintError", "JournalError", "Library", "LibraryError", "LibraryReplaced", "NotFound"]


class Library:
    """Opens a library and hands out its parts. It belongs to the thread that opened it."""

    def __init__(
        self, connection: Connection, *, reader: str | None = None, clock: Callable[[], str] = now
    ) -> None:
        self._connection = connection
        self.journal = Journal(connection, one_line(reader or ""), clock)
        self.journal.when_restored = self._reanchor_restored
        self.journal.when_renamed = self._carry_over
        self._data_version = self._present_data_version()

    def _reanchor_restored(self, highlights: Sequence[int]) -> None:
        if highlights:
            from store.reanchor import reanchor_restored

            reanchor_restored(self._connection, highlights)

    def _carry_over(self, old: str, new: str) -> None:
        self.ui_state.rename(old, new)
        self.drafts.rename(old, new)

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
            if not connection.read_only:
                connection.where.remember_log()
                connection.lineage()
            return cls(connection, reader=reader, clock=clock)
        except BaseException:
            connection.close()
            raise

    # The parts are imported when they are first asked for: a search wants the texts and nothing else.

    @cached_property
    def texts(self) -> Texts:
        """The texts."""
        from store.texts import Texts

        return Texts(self._connection, self.journal, self.bodies, self.search_indexes)

    @cached_property
    def bodies(self) -> TextBodies:
        """The bodies of the texts, and their passages."""
        from store.text_bodies import TextBodies

        return TextBodies(self._connection)

    @cached_property
    def search_indexes(self) -> SearchIndexes:
        """What searches run over."""
        from store.search_indexes import SearchIndexes

        return SearchIndexes(self._connection, self.bodies)

    @cached_property
    def highlights(self) -> Highlights:
        """What readers have marked."""
        from store.highlights import Highlights

        return Highlights(self._connection, self.journal, self.texts, self.codebook)

    @cached_property
    def codebook(self) -> Codebook:
        """The tags."""
        from store.codebook import Codebook

        return Codebook(self._connection, self.journal)

    @cached_property
    def links(self) -> Links:
        """Connections between highlights, and dismissed suggestions."""
        from store.links import Links

        return Links(self._connection, self.journal, self.texts, self.highlights)

    @cached_property
    def name_rules(self) -> NameRules:
        """Which spellings are one name, and which are two, by the readers' word."""
        from store.name_rules import NameRules

        return NameRules(self._connection, self.journal)

    def joined_names(self) -> tuple[SameNames, ...]:
        """The spellings that readers have made one name: what search looks for together."""
        # Every search asks, and mostly for nothing: then the part that knows names is not imported.
        asked = self._connection.row("SELECT 1 FROM naming LIMIT 1")
        return self.name_rules.overrides().groups() if asked else ()

    @cached_property
    def notes(self) -> Notes:
        """Notes on texts and on the library."""
        from store.notes import Notes

        return Notes(self._connection, self.journal, self.texts)

    @cached_property
    def drafts(self) -> Drafts:
        """Notes being written."""
        from store.notes import Drafts

        return Drafts(self._connection, self.journal)

    @cached_property
    def vectors(self) -> VectorCache:
        """Vectors of sentences once made."""
        from store.caches import VectorCache

        return VectorCache(self._connection)

    @cached_property
    def relations(self) -> RelationCache:
        """Related passages once found."""
        from store.caches import RelationCache

        return RelationCache(self._connection, self.texts)

    @cached_property
    def ui_state(self) -> StoredUiState:
        """What the desk remembers between runs."""
        from store.ui_state import StoredUiState

        return StoredUiState(self._connection)

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

    def verify_file(self) -> None:
        """Raises LibraryReplaced where the path leads to another file by now, or to none; see `rescue`."""
        if not self.read_only:
            self._connection.verify_file()

    def is_written_over(self, error: LibraryError) -> bool:
        """Whether the library could not be read because something else is being, or has been, written into its file."""
        return is_damage(error) and self._connection.where.is_newly_written()

    def lacks_log_since(self) -> str:
        """When that was done which may be missing, because the log is; empty where nothing is."""
        if self._connection.where.has_log:
            return ""
        return str(self._connection.value("SELECT open_since FROM recording") or "")

    @property
    def is_settled(self) -> bool:
        """Whether all that this program has written is in the file itself."""
        return self.read_only or not self._connection.has_written

    def mark_open(self) -> bool:
        """Says in the transaction that is open that the file will lack what is in the log; False where it does so."""
        self.journal.enter_state()
        return log.mark_open(self._connection, self.journal.now())

    def write_through(self) -> bool:
        """Writes the log into the file as far as nobody reads an older state; whether that was all of it."""
        try:
            self._connection.verify_file()
            return log.write_through(self._connection)
        except LibraryError:
            return False  # what it writes is safe in the log

    def settle(self) -> bool:
        """Writes the log into the file, so that a copy of that alone is whole; False where it is still in use.

        Raises LibraryReplaced where it is no longer the file that was opened: after a copy of what it had was made. Who
        has only filled caches, as what works beside a desk does, loses nothing with the file, and makes none.
        """
        if self.is_settled:
            return True

        try:
            return log.empty(self._connection)
        except LibraryReplaced:
            if self._connection.has_acted:
                raise self.rescue() from None
            return False
        except LibraryError:
            return False  # the disk is full, or gone: what was told is in the log

    def rescue(self, seen: LibraryReplaced | None = None) -> LibraryReplaced:
        """Copies what the library had, goes on reading from the copy, and refuses to write; the error says so.

        `seen` is what another connection has found the file to be.
        """
        from store.rescue import rescue

        return rescue(self._connection, seen)

    def continue_on(self, error: LibraryReplaced) -> None:
        """Goes on reading from the copy that another connection has made, and refuses to write."""
        self._connection.refuse_writing(error)
        if error.rescued:
            self._connection.continue_on(error.rescued, error)

    def close(self) -> None:
        """Settles and closes the file, also where that raises LibraryReplaced; a second time does nothing."""
        try:
            self.settle()
        finally:
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
    with connection.reading():
        version, is_done = examine(connection), up_to_date(connection)
    connection.close()
    if is_done:
        return connect(path, read_only=connection.read_only)  # another program was faster
    if version == 0 and not create and not Backups(path).list():
        raise LibraryError(f"{path} is empty: make a library of it with `tui add`")
    if version == 0 and Backups(path).list():
        raise LibraryError(f"{path} is empty, but was a library: `tui check` names the newest good backup")
    if connection.read_only:
        what = "is empty" if version == 0 else "is from an older version of this program"
        raise LibraryError(f"{path} {what} and cannot be written: work on a copy in a folder of your own")
    if version:
        Backups(path).make("before-migration")
    migrate(path)
    return connect(path)
