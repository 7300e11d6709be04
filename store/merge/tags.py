"""Which tags of an archive a library lacks, which it describes otherwise, and which were renamed there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from store.codebook import ancestors
from store.exchange.archive import Archive, TagEntry
from store.merge.duplicates import TAG, Content, Digests, Resolve, digests, read_received, reconcile
from store.merge.incoming_highlights import IncomingHighlights
from store.merge.outcome import ReceivedRow
from store.merge.wording import deleted_here, update

if TYPE_CHECKING:
    from store.library import Library
    from store.records import Tag


class ChangedTag(NamedTuple):
    """A tag of the library that takes something over."""

    path: str
    changes: Content
    """Of colour and description."""


class IncomingTags:
    """The tags that an archive has or uses, as far as the library does not have them so."""

    def __init__(
        self,
        library: Library,
        archive: Archive,
        highlights: IncomingHighlights,
        resolve: Resolve = Resolve.TELL,
    ) -> None:
        self.new: list[TagEntry] = []
        self.described: list[tuple[str, str]] = []
        """Tags of the library that had no description, by path, with the one they get."""
        self.changed: list[ChangedTag] = []
        self.withdrawn: list[str] = []
        """Tags that came from there, were renamed or deleted there, and that nothing carries any more."""
        self.conflicts: list[str] = []
        self.updates: list[str] = []
        self.received: list[ReceivedRow] = []
        self._resolve = resolve
        self._tags = {tag.path: tag for tag in library.codebook.list()}
        self._digits = library.codebook.quick()
        self._received = read_received(library.connection, TAG)
        used = _used(highlights)
        gone = set[str]() if resolve is Resolve.THEIRS else self._gone(library, archive, used)
        for tag in archive.tags:
            if tag.path not in gone:
                self._take(tag, is_used=tag.path in used)
        if gone:
            names = [f"the tag {path}" for path in sorted(gone)]
            self.conflicts.append(deleted_here(names, "tag", "renamed or deleted"))
        listed = {tag.path for tag in archive.tags} | self._tags.keys()
        self.new += [TagEntry(path) for path in used if path not in listed]
        self._withdraw(library, highlights, listed={tag.path for tag in archive.tags}, used=set(used))

    def _gone(self, library: Library, archive: Archive, used: Iterable[str]) -> set[str]:
        """The tags that had these paths here once, and come with highlights of which none brings them.

        So does a library's own older export. A codebook alone comes for its tags.
        """
        if not archive.highlights:
            return set()
        branches = {branch for path in used for branch in ancestors(path)}
        lacking = {tag.path for tag in archive.tags} - branches - self._tags.keys() - self._received.keys()
        return lacking & library.codebook.former_paths() if lacking else lacking

    def _take(self, tag: TagEntry, *, is_used: bool) -> None:
        ours = self._tags.get(tag.path)
        if ours is None:
            if is_used or tag.path not in self._received:  # else it was renamed or deleted here
                self._add(tag)
            return
        theirs: dict[str, str] = {}
        if tag.colour:
            theirs["colour"] = tag.colour
        if tag.description or not ours.description:
            theirs["description"] = tag.description
        received = self._received.get(tag.path)
        reconciled = reconcile(
            _content(ours), theirs, None if received is None else received.content, self._resolve
        )
        changes = dict(reconciled.changes)
        if not ours.description and received is None and "description" in changes:
            self.described.append((tag.path, tag.description))
            del changes["description"]
        if changes:
            self.changed.append(ChangedTag(tag.path, changes))
            self.updates.append(update(f"the tag {tag.path}", _content(ours), changes))
        if "colour" in reconciled.conflicts:
            self.conflicts.append(
                f"the tag {tag.path} is {ours.colour} here and {tag.colour} there: yours stays"
            )
        if "description" in reconciled.conflicts:
            self.conflicts.append(f"the tag {tag.path} is described otherwise there: yours stays")
        if reconciled.received is not None:
            self._remember(tag.path, reconciled.received)

    def _add(self, tag: TagEntry) -> None:
        if tag.quick is not None and tag.quick in self._digits:
            yours = self._digits[tag.quick].path
            self.conflicts.append(
                f"the digit {tag.quick} stands for {yours} here and {tag.path} there: yours stays"
            )
            tag = tag._replace(quick=None)
        self.new.append(tag)
        self._remember(tag.path, digests({"colour": tag.colour, "description": tag.description}))

    def _withdraw(
        self, library: Library, highlights: IncomingHighlights, *, listed: set[str], used: set[str]
    ) -> None:
        """Finds the tags that all lose what they marked, because they have another name there now."""
        losing: dict[str, int] = {}
        for changed in highlights.changed:
            if "tags" in changed.changes:
                before, after = changed.before["tags"], changed.changes["tags"]
                assert isinstance(before, tuple)
                assert isinstance(after, tuple)
                for path in {*before} - {*after}:
                    losing[path] = losing.get(path, 0) + 1
        counts = library.codebook.counts() if losing else {}
        quick = {tag.path for tag in self._digits.values()}
        for path, lost in losing.items():
            ours, received = self._tags.get(path), self._received.get(path)
            if ours is None or received is None or path in listed | used | quick:
                continue
            described = received.content.get("description", "").split()
            untouched = described[-1:] == [digests(_content(ours))["description"]]
            if untouched and counts[path].below == lost:
                self.withdrawn.append(path)
                self.updates.append(f"the tag {path} is gone: nothing carries it any more")

    def _remember(self, path: str, content: Digests) -> None:
        self.received.append(ReceivedRow(TAG, path, content, ""))


def _used(highlights: IncomingHighlights) -> dict[str, None]:
    """The paths that are put on something, in their order."""
    used = dict.fromkeys(path for new in highlights.new for path in new.anchored.entry.tags)
    for changed in highlights.changed:
        paths = changed.changes.get("tags", ())
        assert isinstance(paths, tuple)
        used |= dict.fromkeys(path for path in paths if path not in used)
    return used


def _content(tag: Tag) -> Content:
    return {"colour": tag.colour, "description": tag.description}
