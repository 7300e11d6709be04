"""Plans what a merge writes, and says it: all is known before anything is written.

First comes where texts go (`match_texts`), where highlights stand (`anchoring`) and which records are there already
(`incoming_highlights` and its neighbours, by `duplicates`); tags are the same by their path. `merge` has it written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from store.exchange.archive import Archive, NameEntry
from store.merge.duplicates import Resolve
from store.merge.incoming_dismissed import NewDismissed, new_dismissed
from store.merge.incoming_highlights import IncomingHighlights
from store.merge.incoming_links import IncomingLinks
from store.merge.incoming_notes import IncomingNotes
from store.merge.match_texts import TextMatches
from store.merge.outcome import Outcome
from store.merge.tags import IncomingTags
from store.merge.white_space import with_white_space_of_library
from store.merge.wording import grouped
from store.records import Anchor
from store.sanitize import pluralize, truncate

if TYPE_CHECKING:
    from store.library import Library


class MergeReport(NamedTuple):
    """What a merge did, or would do."""

    texts: int
    """Added, as are those that follow."""
    versions: int
    """Of texts that the library had."""
    tags: int
    highlights: int
    links: int
    notes: int
    dismissed: int
    names: int
    furniture: int
    """Words on what is furniture, in versions that the library had."""
    filled: int
    """Descriptions of tags, notes on links and languages of texts that were empty."""
    updated: int
    """Highlights, links, notes and tags of the library that took over what was changed there."""
    settled: int
    """Conflicts that end with what the library has, by the reader's word."""
    orphans: int
    """Of the highlights added, those that found no place and had one before."""
    there: int
    """Highlights, links and notes that the library had already."""
    updates: tuple[str, ...]
    """What was taken over, a line each."""
    conflicts: tuple[str, ...]
    """What the two say differently, a line each."""
    left_out: tuple[str, ...]
    """As of the archive."""
    assumed: tuple[str, ...] = ()
    """What the file does not say and was taken as likely, a line each."""

    @property
    def changes(self) -> bool:
        """Whether the library is another one than before."""
        return any(getattr(self, name) for name in _CHANGES)


_CHANGES = (
    "texts", "versions", "tags", "highlights", "links", "notes", "dismissed", "names", "furniture", "filled", "updated",
    "settled",
)  # fmt: skip


class MergePlan(NamedTuple):
    """All that is to be written."""

    matches: TextMatches
    tags: IncomingTags
    highlights: IncomingHighlights
    links: IncomingLinks
    notes: IncomingNotes
    dismissed: list[NewDismissed]
    outcome: Outcome
    names: tuple[NameEntry, ...]
    report: MergeReport


def plan(library: Library, archive: Archive, resolve: Resolve = Resolve.TELL) -> MergePlan:
    """What putting in a checked archive takes; raises LibraryError for what refers to nothing.

    What stands in a text that is nowhere is left out, and named, where the archive has other texts too.
    """
    if archive.respaced:
        archive = with_white_space_of_library(library, archive)
    matches = TextMatches(library, archive)
    if matches.absent:
        archive = _without(archive, matches.absent)
    outcome = Outcome(resolve)
    highlights = IncomingHighlights(library, archive, matches, outcome)
    links = IncomingLinks(library, archive, highlights, outcome)
    notes = IncomingNotes(library, archive, matches, outcome)
    dismissed = new_dismissed(library, matches, archive.dismissed)
    tags = IncomingTags(library, archive, highlights, resolve)
    names, disputed = _new_names(library, archive.names)
    anchored = [highlight.anchored for highlight in highlights.new]
    updated = len(highlights.changed) + len(links.changed) + len(notes.changed)
    languages = sum(match.text_id is not None and match.language != "" for match in matches)
    report = MergeReport(
        texts=sum(match.text_id is None for match in matches),
        versions=sum(len(match.added) for match in matches if match.text_id is not None),
        tags=len(tags.new),
        highlights=len(highlights.new),
        links=len(links.new),
        notes=len(notes.new),
        dismissed=len(dismissed),
        names=len(names),
        furniture=sum(len(match.overrides) for match in matches),
        filled=len(tags.described) + len(links.filled) + languages,
        updated=updated + len(tags.changed),
        settled=outcome.settled,
        orphans=sum(one.anchor is Anchor.ORPHAN is not one.entry.anchor for one in anchored),
        there=outcome.there,
        updates=tuple(grouped((*outcome.updates, *tags.updates))),
        conflicts=(*matches.conflicts, *tags.conflicts, *grouped(outcome.conflicts), *disputed),
        left_out=(*archive.left_out, *matches.left_out, *outcome.left_out),
        assumed=tuple(matches.assumed),
    )
    return MergePlan(matches, tags, highlights, links, notes, dismissed, outcome, names, report)


def _without(archive: Archive, absent: Mapping[str, str]) -> Archive:
    """The archive without what stands in some of its texts, by slug and name; says how much that was."""
    highlights = {entry.uid: entry.text for entry in archive.highlights if entry.text in absent}
    gone = highlights | {entry.uid: entry.text for entry in archive.mentioned if entry.text in absent}
    marked, notes = Counter(highlights.values()), Counter(note.text for note in archive.notes)
    linked = Counter(text for link in archive.links for text in {gone.get(link.left), gone.get(link.right)})
    told = []
    for slug, name in absent.items():
        counts = ((marked[slug], "highlight"), (notes[slug], "note"), (linked[slug], "link"))
        what = ", ".join(pluralize(count, noun) for count, noun in counts if count)
        where = f"{what} in {name}" if what else name
        told.append(f"{where}: the text is neither in the file nor in the library")
    return archive._replace(
        texts=tuple(text for text in archive.texts if text.slug not in absent),
        highlights=tuple(entry for entry in archive.highlights if entry.uid not in gone),
        mentioned=tuple(entry for entry in archive.mentioned if entry.uid not in gone),
        links=tuple(link for link in archive.links if not gone.keys() & {link.left, link.right}),
        notes=tuple(note for note in archive.notes if note.text not in absent),
        dismissed=tuple(pair for pair in archive.dismissed if not absent.keys() & {pair.left, pair.right}),
        left_out=(*archive.left_out, *told),
    )


def _new_names(library: Library, entries: Iterable[NameEntry]) -> tuple[tuple[NameEntry, ...], list[str]]:
    """What readers say of names that the library does not have, and where the two differ."""
    if not entries:
        return (), []
    from texts.naming import spelling_key

    known = {
        frozenset(map(spelling_key, (rule.one, rule.other))): rule.same for rule in library.name_rules.list()
    }
    new, conflicts = [], []
    for entry in entries:
        pair = frozenset(map(spelling_key, (entry.one, entry.other)))
        if pair not in known:
            known[pair] = entry.same
            new.append(entry)
        elif known[pair] is not entry.same:
            here, there = ("one name", "two names") if known[pair] else ("two names", "one name")
            names = f"“{truncate(entry.one)}” and “{truncate(entry.other)}”"
            conflicts.append(f"{names} are {here} here and {there} there: yours stays")
    return tuple(new), conflicts
