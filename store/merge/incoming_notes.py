"""Which notes on texts and on the library an archive brings, and what becomes of each. Nothing is written here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from store.exchange.archive import Archive, NoteEntry
from store.merge.duplicates import NOTE, Existing, Incoming, digests, find_counterparts, read_received
from store.merge.match_texts import TextMatches
from store.merge.outcome import ChangedRow, Outcome
from store.sanitize import one_line

if TYPE_CHECKING:
    from store.library import Library


class IncomingNotes:
    """The notes that come, sorted into what is there, what is to be added and what is to be changed."""

    def __init__(self, library: Library, archive: Archive, matches: TextMatches, outcome: Outcome) -> None:
        """Raises LibraryError for one on a text that is nowhere."""
        self.new: list[NoteEntry] = []
        self.changed: list[ChangedRow] = []
        self._library = library
        self._archive = archive
        self._matches = matches
        self._outcome = outcome
        self._sort(archive.notes)

    def _sort(self, entries: Sequence[NoteEntry]) -> None:
        known = read_received(self._library.connection, NOTE) if entries else {}
        # What came as another note once is that one, however much else of its reader stands there.
        existing = [
            Existing(note.id, note.uid, () if note.uid in known else key, key, {"words": note.words})
            for note in self._library.notes.list()
            for key in [((note.text, one_line(note.reader)),)]
        ]
        matches = [
            None if entry.text is None else self._matches.of(entry.text, f"notes[{number}]")
            for number, entry in enumerate(entries)
        ]
        slugs = [None if match is None else match.slug for match in matches]
        coming = [
            Incoming(entry.uid, key, key, {"words": entry.words})
            for entry, slug in zip(entries, slugs, strict=True)
            for key in [((slug, one_line(entry.reader)),)]
        ]
        deleted = []
        found = find_counterparts(existing, coming, own_uids="uid" not in self._archive.unsaid)
        for entry, match, incoming, counterpart in zip(entries, matches, coming, found, strict=True):
            slug = None if match is None else match.slug
            before = known.get(entry.uid)
            where = f"the note of {entry.reader} on {slug or 'the library'}"
            if counterpart is not None:
                one = counterpart.existing
                received = known.get(one.uid)
                reconciled = self._outcome.reconciled(one.content, incoming.content, received, entry.updated)
                if reconciled.changes:
                    self.changed.append(ChangedRow(one.id, reconciled.changes, entry.updated))
                else:
                    self._outcome.there += 1
                self._outcome.tell(where, one.content, reconciled, incoming.content)
                if reconciled.received is not None:
                    self._outcome.remember(NOTE, one.uid, reconciled.received, entry.updated)
            elif before is None or self._outcome.brings_deleted_back or (match and match.text_id is None):
                if any((slug, one_line(entry.reader)) in one.loose_keys for one in existing):
                    self._outcome.conflicts.append(f"{where} is another one here: both are kept")
                self.new.append(entry._replace(text=slug))
                self._outcome.remember(NOTE, entry.uid, digests(incoming.content), entry.updated)
            else:
                deleted.append(where)
        self._outcome.tell_deleted(deleted, "note")
