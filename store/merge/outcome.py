"""What becomes of the records that come with an archive, as it is decided one by one: told, counted, remembered."""

from __future__ import annotations

from typing import NamedTuple

from store.merge.duplicates import Content, Digests, Received, Reconciled, Resolve, reconcile
from store.merge.wording import conflict, deleted_here, update


class ChangedRow(NamedTuple):
    """A link or a note of the library that takes something over."""

    id: int
    changes: Content
    updated: str


class ReceivedRow(NamedTuple):
    """What is to be remembered of a record that came."""

    kind: str
    uid: str
    content: Digests
    updated: str


class Outcome:
    """What is the same for highlights, links and notes: how two records become one, and what the reader is told."""

    def __init__(self, resolve: Resolve) -> None:
        self.there = 0
        """Highlights, links and notes that the library has already."""
        self.settled = 0
        """Of those, how many differ and stay as they are by the reader's word."""
        self.conflicts: list[str] = []
        self.updates: list[str] = []
        self.left_out: list[str] = []
        """What could not be taken, a line each."""
        self.received: list[ReceivedRow] = []
        self._resolve = resolve

    @property
    def brings_deleted_back(self) -> bool:
        """Whether a record that was deleted here is added once more."""
        return self._resolve is Resolve.THEIRS

    def reconciled(
        self, ours: Content, theirs: Content, received: Received | None, updated: str, *, joined: bool = False
    ) -> Reconciled:
        """What a record takes over from one of that time; one that was joined here only adds what it says newly."""
        if received is not None and updated and received.updated > updated:
            return Reconciled({}, (), None, settled=False)  # a copy from before what came last
        content = None if received is None else received.content
        if received is not None and updated > received.updated:
            # It was changed there since: back again, perhaps.
            content = {name: agreed.split()[-1] for name, agreed in received.content.items()}
        return reconcile(ours, theirs, content, Resolve.BOTH if joined else self._resolve)

    def tell(self, where: str, ours: Content, reconciled: Reconciled, theirs: Content) -> None:
        """Says what a record takes over, and in what the two differ."""
        if reconciled.changes:
            self.updates.append(update(where, ours, reconciled.changes))
        if reconciled.conflicts:
            self.conflicts.append(conflict(where, ours, theirs, reconciled.conflicts))
        elif reconciled.settled and not reconciled.changes and self._resolve is Resolve.OURS:
            self.settled += 1

    def remember(self, kind: str, uid: str, content: Digests, updated: str) -> None:
        """Notes what a record said when it came."""
        self.received.append(ReceivedRow(kind, uid, content, updated))

    def tell_deleted(self, names: list[str], kind: str) -> None:
        """Says which records stay deleted, if any do."""
        if names:
            self.conflicts.append(deleted_here(names, kind))
