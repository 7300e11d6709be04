"""Which links of an archive a library has already, and what becomes of each. Nothing is written here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from store.errors import LibraryError
from store.exchange.archive import Archive, LinkEntry
from store.merge.duplicates import (
    LINK,
    Content,
    Existing,
    Incoming,
    Received,
    digests,
    find_counterparts,
    read_received,
)
from store.merge.incoming_highlights import IncomingHighlights
from store.merge.outcome import ChangedRow, Outcome
from store.sanitize import one_line, truncate

if TYPE_CHECKING:
    from store.library import Library


class IncomingLinks:
    """The links that come, sorted into what is there, what is to be added and what is to be changed."""

    def __init__(
        self, library: Library, archive: Archive, highlights: IncomingHighlights, outcome: Outcome
    ) -> None:
        """Raises LibraryError for one that ends at a highlight that is nowhere."""
        self.new: list[LinkEntry] = []
        self.filled: list[ChangedRow] = []
        """Links of the library that had no note, with the one they get."""
        self.changed: list[ChangedRow] = []
        self._library = library
        self._archive = archive
        self._highlights = highlights
        self._outcome = outcome
        self._sort(archive.links)

    def _sort(self, entries: Sequence[LinkEntry]) -> None:
        uids = {highlight.id: highlight.uid for highlight in self._highlights.standing}
        uids_here = set(uids.values())
        known = read_received(self._library.connection, LINK) if entries else {}
        existing = [
            Existing(
                link.id,
                link.uid,
                (key,),
                (key,),
                {"kind": one_line(link.kind), "mutual": link.mutual, "note": link.note},
            )
            for link in self._library.links.list()
            for key in [_ends(uids[link.left], uids[link.right], one_line(link.kind), link.mutual)]
        ]
        leading = list(self._leading(entries))
        coming = [
            Incoming(
                one.uid, (key,), (key,), {"kind": one_line(one.kind), "mutual": one.mutual, "note": one.note}
            )
            for one in leading
            for key in [_ends(one.left, one.right, one_line(one.kind), one.mutual)]
        ]
        found = find_counterparts(
            existing, coming, own_uids="uid" not in self._archive.unsaid, repeats=_adds_no_note
        )
        taken = {key for one in existing for key in one.keys}
        deleted = []
        for entry, incoming, counterpart in zip(leading, coming, found, strict=True):
            if counterpart is None:
                stood = entry.left in uids_here and entry.right in uids_here  # else it went with a text
                if incoming.uid in known and stood and not self._outcome.brings_deleted_back:
                    if not taken.intersection(incoming.keys):  # else it was joined with another one
                        deleted.append(f"a link ({truncate(entry.kind)})")
                    continue
                if taken.intersection(incoming.keys):
                    self._outcome.conflicts.append(
                        f"a link ({entry.kind}) has another note here: both are kept"
                    )
                self.new.append(entry)
                self._outcome.remember(LINK, entry.uid, digests(incoming.content), entry.updated)
            else:
                self._merge(counterpart.existing, entry, incoming, known.get(counterpart.existing.uid))
        self._outcome.tell_deleted(deleted, "link")

    def _merge(
        self, existing: Existing, entry: LinkEntry, incoming: Incoming, received: Received | None
    ) -> None:
        content = dict(incoming.content)
        unseen = received is None or "note" not in received.content
        if unseen and entry.uid != existing.uid and not entry.note:
            del content["note"]
        reconciled = self._outcome.reconciled(existing.content, content, received, entry.updated)
        if unseen and reconciled.changes.keys() == {"note"} and not existing.content["note"]:
            self.filled.append(ChangedRow(existing.id, reconciled.changes, entry.updated))
        else:
            if reconciled.changes:
                self.changed.append(ChangedRow(existing.id, reconciled.changes, entry.updated))
            else:
                self._outcome.there += 1
            self._outcome.tell(
                f"the link {existing.id} ({entry.kind})", existing.content, reconciled, content
            )
        if reconciled.received is not None:
            self._outcome.remember(LINK, existing.uid, reconciled.received, entry.updated)

    def _leading(self, entries: Sequence[LinkEntry]) -> Iterable[LinkEntry]:
        """The links with the uids that their ends have here; without those whose ends were deleted or joined here."""
        for number, entry in enumerate(entries):
            left = self._end(entry.left, f"links[{number}].left")
            right = self._end(entry.right, f"links[{number}].right")
            if left is not None and right is not None and left != right:
                yield entry._replace(left=left, right=right)

    def _end(self, uid: str, where: str) -> str | None:
        if uid not in self._highlights.uids:
            raise LibraryError(
                f"{where}: the highlight {truncate(uid)} is neither in the file nor in the library"
            )
        return self._highlights.uids[uid]


def _adds_no_note(ours: Content, theirs: Content) -> bool:
    """Whether two links of the same ends and kind are one: two readers may each have written why."""
    return not ours["note"] or not theirs["note"]


def _ends(left: str, right: str, kind: str, mutual: bool) -> tuple[str, str, str, bool]:
    """What a link stands for; one that is mutual reads the same both ways."""
    one, other = sorted((left, right)) if mutual else (left, right)
    return one, other, kind, mutual
