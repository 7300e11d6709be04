"""What readers say of names: which spellings are one, and which are two, whatever the program makes of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from store.connection import Connection
from store.errors import LibraryError, NotFound
from store.journal import Journal
from store.tidy import clipped, one_line
from texts.naming import Overrides, spelling_key

LONGEST_SPELLING = 200
"""Characters."""


class Ruling(NamedTuple):
    """A reader's word on two spellings."""

    one: str
    """As the reader wrote it; the spelling that comes first in the alphabet."""
    other: str
    same: bool
    """Whether the two are one name."""
    reader: str
    created: str


class Naming:
    """Joins spellings and parts them, for all texts of the library.

    Spellings that differ in case, accents, kinds of quotes or a possessive count as one.
    """

    def __init__(self, connection: Connection, journal: Journal) -> None:
        self._connection = connection
        self._journal = journal

    def join(self, one: str, other: str) -> Ruling:
        """The two spellings are one name from now on; raises LibraryError for what is no pair of spellings."""
        return self._rule(one, other, same=True)

    def part(self, one: str, other: str) -> Ruling:
        """The two spellings are two names from now on; raises LibraryError likewise."""
        return self._rule(one, other, same=False)

    def forget(self, one: str, other: str) -> None:
        """Leaves the two spellings to the program again; raises NotFound where no reader has said anything."""
        ruling = self._about(one, other)
        if ruling is None:
            raise NotFound(f"nobody has joined or parted “{clipped(one)}” and “{clipped(other)}”")
        with self._journal.act(f"left “{clipped(one)}” and “{clipped(other)}” to the program"):
            self._delete(ruling)

    def list(self) -> Sequence[Ruling]:
        """All that readers have said, the oldest first."""
        rows = self._connection.rows("SELECT one, other, same, reader, created FROM naming ORDER BY id")
        return [Ruling(one, other, bool(same), *rest) for one, other, same, *rest in rows]

    def overrides(self) -> Overrides:
        """All that readers have said, for `texts.compare` and for relating."""
        rulings = self.list()
        joined, parted = (
            frozenset((each.one, each.other) for each in rulings if each.same is same)
            for same in (True, False)
        )
        return Overrides(joined, parted)

    def _rule(self, one: str, other: str, *, same: bool) -> Ruling:
        one, other = sorted((spelling(one), spelling(other)))
        if spelling_key(one) == spelling_key(other):
            raise LibraryError(f"“{clipped(one)}” and “{clipped(other)}” are one spelling: name two")
        there = self._about(one, other)
        if there is not None and there.same is same:
            return there
        ruling = Ruling(one, other, same, self._journal.reader, self._journal.now())
        done = "joined" if same else "parted"
        with self._journal.act(f"{done} the names “{clipped(one)}” and “{clipped(other)}”"):
            if there is not None:
                self._delete(there)
            self._connection.insert("naming", **ruling._asdict())
        return ruling

    def _about(self, one: str, other: str) -> Ruling | None:
        keys = {spelling_key(one), spelling_key(other)}
        return next((each for each in self.list() if {*map(spelling_key, each[:2])} == keys), None)

    def _delete(self, ruling: Ruling) -> None:
        self._connection.execute("DELETE FROM naming WHERE one = ? AND other = ?", ruling.one, ruling.other)


def spelling(written: str) -> str:
    """A spelling as it is kept; raises LibraryError where it has no letter, or too many."""
    kept = one_line(written)
    if not any(map(str.isalnum, kept)) or len(kept) > LONGEST_SPELLING:
        raise LibraryError(
            f"“{clipped(written)}” is no name: write one of 1 to {LONGEST_SPELLING} characters"
        )
    return kept
