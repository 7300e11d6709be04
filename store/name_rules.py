"""What readers say of names: which spellings are one, and which are two, whatever the program makes of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from store.connection import Connection
from store.errors import LibraryError, NotFound
from store.journal import Journal
from store.sanitize import one_line, truncate
from texts.naming import Overrides, spelling_key

LONGEST_SPELLING = 200
"""Characters."""


class NameRule(NamedTuple):
    """A reader's word on two spellings."""

    one: str
    """As the reader wrote it; the spelling that comes first in the alphabet."""
    other: str
    same: bool
    """Whether the two are one name."""
    reader: str
    created: str


class NameRules:
    """Joins spellings and parts them, for all texts of the library.

    Spellings that differ in case, accents, kinds of quotes or a possessive count as one.
    """

    def __init__(self, connection: Connection, journal: Journal) -> None:
        self._connection = connection
        self._journal = journal

    def join(self, one: str, other: str) -> NameRule:
        """The two spellings are one name from now on; raises LibraryError for what is no pair of spellings."""
        return self._rule(one, other, same=True)

    def part(self, one: str, other: str) -> NameRule:
        """The two spellings are two names from now on; raises LibraryError likewise."""
        return self._rule(one, other, same=False)

    def forget(self, one: str, other: str) -> None:
        """Leaves the two spellings to the program again; raises NotFound where no reader has said anything."""
        rule = self._about(one, other)
        if rule is None:
            raise NotFound(f"nobody has joined or parted “{truncate(one)}” and “{truncate(other)}”")
        with self._journal.act(f"left “{truncate(one)}” and “{truncate(other)}” to the program"):
            self._delete(rule)

    def list(self) -> Sequence[NameRule]:
        """All that readers have said, the oldest first."""
        rows = self._connection.rows("SELECT one, other, same, reader, created FROM naming ORDER BY id")
        return [NameRule(one, other, bool(same), *rest) for one, other, same, *rest in rows]

    def overrides(self) -> Overrides:
        """All that readers have said, for `texts.compare` and for relating."""
        rules = self.list()
        joined, parted = (
            frozenset((each.one, each.other) for each in rules if each.same is same) for same in (True, False)
        )
        return Overrides(joined, parted)

    def _rule(self, one: str, other: str, *, same: bool) -> NameRule:
        one, other = sorted((spelling(one), spelling(other)))
        if spelling_key(one) == spelling_key(other):
            raise LibraryError(f"“{truncate(one)}” and “{truncate(other)}” are one spelling: name two")
        there = self._about(one, other)
        if there is not None and there.same is same:
            return there
        rule = NameRule(one, other, same, self._journal.reader, self._journal.now())
        done = "joined" if same else "parted"
        with self._journal.act(f"{done} the names “{truncate(one)}” and “{truncate(other)}”"):
            if there is not None:
                self._delete(there)
            self._connection.insert("naming", **rule._asdict())
        return rule

    def _about(self, one: str, other: str) -> NameRule | None:
        keys = {spelling_key(one), spelling_key(other)}
        return next((each for each in self.list() if {*map(spelling_key, each[:2])} == keys), None)

    def _delete(self, rule: NameRule) -> None:
        self._connection.execute("DELETE FROM naming WHERE one = ? AND other = ?", rule.one, rule.other)


def spelling(written: str) -> str:
    """A spelling as it is kept; raises LibraryError where it has no letter, or too many."""
    kept = one_line(written)
    if not any(map(str.isalnum, kept)) or len(kept) > LONGEST_SPELLING:
        raise LibraryError(
            f"“{truncate(written)}” is no name: write one of 1 to {LONGEST_SPELLING} characters"
        )
    return kept
