"""The versions of a text: reading an earlier one, updating from a file, and looking at what that did.

Reading files, comparing versions and finding highlights again take time on long texts: a thread does that, with a
connection of its own to the library, and the status line says so meanwhile.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from textual.content import Content

from store.library import Library, LibraryError
from store.records import Anchor, Highlight, Update, Version
from texts.model import Span, Text
from texts.visible import visible
from tui.keys import Press
from tui.screens.desk.part import Part, does
from tui.screens.desk.refusals import no_text
from tui.screens.desk.side import Side
from tui.screens.dialogs import Ask, Page
from tui.screens.picker import Choice, Deed, Picked, Picker
from tui.updating import EARLIER, Unsettled, earlier_version, landing, unsettled

if TYPE_CHECKING:
    from texts.search import Index

T = TypeVar("T")

_ASK_AGAIN = 0.2
"""Seconds until a result that waits for the reader looks again whether it may show itself."""
_SHOWN_BEFOREHAND = 40
"""Highlights that the report before an update spells out; its first line counts them all."""
_LEGEND = "~ its words changed · ✗ orphan: its words are gone, it stays listed"
_SIGNS = {Anchor.CHANGED: ("~", "$warning"), Anchor.ORPHAN: ("✗", "$error")}


class _Earlier(NamedTuple):
    """An earlier version, ready to be shown and searched."""

    text: Text
    search_index: Index
    cursor: int
    """Where the reader goes on in it."""


class _Proposed(NamedTuple):
    """An update that was tried out, with nothing written yet."""

    slug: str
    new: Text
    report: Update
    cursors: Mapping[int, int]
    """Where the reader goes on in the new version, by number of the side."""


class Versions(Part):
    """Keeps what lies open only to be read, and what is being worked on."""

    _updating: str = ""
    """Slug of the text that the writer is updating."""
    _index: Index | None = None
    """Of the earlier version that is open."""
    _replaced: str = ""
    """Slug of the text in whose place the earlier version was opened."""

    # for the other parts

    def refusal(self, side: Side) -> str:
        """Why nothing can be marked in a side just now; empty where it can."""
        if side.is_earlier:
            return (
                f"an earlier version is only read: {self.desk.key_of('clear')} goes back to the present one"
            )
        if self._updating and side.slug == self._updating:
            return f"{side.slug} is being updated: again in a moment"
        return ""

    def earlier_index(self, side: Side) -> Index | None:
        """The search index of what a side shows, if that is an earlier version."""
        return self._index if side.is_earlier else None

    # the list

    @does("versions")
    def versions(self, press: Press) -> None:
        """The versions of the text in this pane, the newest first."""
        side = self.desk.active
        if side.text is None:
            self.desk.tell(no_text(self.desk), error=True)
            return
        slug, library = side.library_slug, self.desk.session.library
        versions = library.shelf.versions(slug)
        waiting = _waiting_words(library, slug)
        deeds = [Deed("ctrl+u", "update", "update from a file")]
        if waiting:
            deeds.append(Deed("ctrl+r", "review", "look at what changed"))
        picker = Picker(
            f"Versions of {slug}{f' · {waiting}' if waiting else ''}",
            [_version_choice(version, len(versions)) for version in reversed(versions)],
            deeds=deeds,
            lit=str(len(versions) if side.is_earlier else max(1, len(versions) - 1)),
        )
        self.desk.app.push_screen(picker, partial(self._version_picked, slug, len(versions)))

    def _version_picked(self, slug: str, present: int, picked: Picked | None) -> None:
        if picked is None:
            return
        if picked.deed == "update":
            self._ask_file(slug)
        elif picked.deed == "review":
            self.review(slug)
        elif int(picked.key) != present:
            self._read(slug, int(picked.key))
        elif not self.leave():
            self.desk.tell(f"this is the present version of {slug}")

    # reading an earlier version

    def _read(self, slug: str, number: int) -> None:
        """Has the thread fetch a version, and the place in it where the reader is in the present one."""
        near = next((side for side in self.desk.sides if side.slug == slug), None)
        place = near.pane.sentence_at(near.pane.cursor) if near is not None else Span(0, 0)

        def job(library: Library) -> _Earlier:
            from texts.search import Index

            text = earlier_version(library, slug, number)
            cursor = landing(library.shelf.get(slug).body, text.body, place)
            return _Earlier(text, Index.build(text.body, text.passages), cursor)

        self._beside(f"opening version {number} of {slug} …", job, self._opened)

    def _opened(self, earlier: _Earlier) -> None:
        """Shows a version in the pane across, or in place of the version that is open there."""
        side = next((side for side in self.desk.sides if side.is_earlier), None)
        if side is None:
            present = self.desk.side_of(earlier.text.slug.partition(EARLIER)[0]) or self.desk.active
            side = self.desk.sides[1 - present.number]
            self._replaced = side.slug
        self._index = earlier.search_index
        self.desk.show_text(side, earlier.text)
        side.pane.move_to(earlier.cursor)
        side.pane.reveal(side.pane.cursor, "middle")
        self.desk.tell(
            f"{earlier.text.slug}: to be read only, {self.desk.key_of('clear')} goes back", good=True
        )

    def leave(self) -> bool:
        """Puts back what was there before an earlier version was opened; says whether there was one."""
        side = next((side for side in self.desk.sides if side.is_earlier), None)
        if side is None:
            return False
        if not self._replaced and side.number == 0:
            self.desk.swap()
            side = self.desk.sides[1]
        present = self.desk.sides[1 - side.number]
        self.desk.show_text(side, self.desk.session.text(self._replaced) if self._replaced else None)
        self._replaced, self._index = "", None
        self.desk.activate(present)
        return True

    # updating

    def _ask_file(self, slug: str) -> None:
        source = self.desk.session.text(slug).source
        value = source if source and Path(source).expanduser().is_file() else ""
        hint = (
            "The present version is kept, each highlight is found again, and you see first what would happen."
        )
        self.desk.app.push_screen(
            Ask(f"Update {slug} from which file?", value, hint=hint), partial(self._try, slug)
        )

    def _try(self, slug: str, name: str | None) -> None:
        """Has the thread find out what an update would do."""
        if not name:
            return
        places = {
            side.number: side.pane.sentence_at(side.pane.cursor)
            for side in self.desk.sides
            if side.slug == slug
        }

        def job(library: Library) -> _Proposed:
            from texts.load import load

            new = load(Path(name).expanduser())
            report = library.shelf.update(slug, new, dry_run=True)
            old_body = library.shelf.get(slug).body
            cursors = {number: landing(old_body, new.body, place) for number, place in places.items()}
            return _Proposed(slug, new, report, cursors)

        self._beside(f"finding the highlights of {slug} again …", job, self._propose)

    def _propose(self, proposed: _Proposed) -> None:
        """Shows what would happen; Enter does it."""
        from tui.screens.desk.rewordings import in_one_line

        report = proposed.report
        moved = [each for each in report.highlights if each.anchor is not Anchor.EXACT]
        lines = [Content.assemble((f"{report.summary}", "bold"))]
        for each in moved[:_SHOWN_BEFOREHAND]:
            sign, colour = _SIGNS[each.anchor]
            quote = "" if each.anchor is Anchor.ORPHAN else each.quote
            lines.append(Content.assemble((f"{sign} ", f"bold {colour}"), in_one_line(each.old_quote, quote)))
        if len(moved) > _SHOWN_BEFOREHAND:
            lines.append(Content(f"… and {len(moved) - _SHOWN_BEFOREHAND} more"))
        lines.append(Content.styled(f"\n{_LEGEND}", "$foreground 75%"))
        page = Page(
            f"Version {report.version} of {proposed.slug} would leave the highlights so",
            Content("\n").join(lines),
            does="updates",
        )
        self.desk.app.push_screen(page, partial(self._decided, proposed))

    def _decided(self, proposed: _Proposed, agreed: bool | None) -> None:
        if not agreed:
            self.desk.tell(f"{proposed.slug} is as it was")
            return
        slug, kept = proposed.slug, self._old_quotes(proposed.slug)
        self._updating = slug
        self._work(f"updating {slug} …")

        def job(library: Library) -> tuple[Update, dict[int, str]]:
            unconfirmed = {each.id for each in library.highlights.find(text=slug, anchor=Anchor.CHANGED)}
            report = library.shelf.update(slug, proposed.new)
            changed = [each for each in report.highlights if each.anchor is Anchor.CHANGED]
            # What was never confirmed is held against the words that the reader marked, not against the last guess.
            return report, {
                each.id: kept.get(each.id, each.old_quote) if each.id in unconfirmed else each.old_quote
                for each in changed
            }

        self.desk.session.write(job, partial(self._updated, proposed), self._not_updated)

    def _not_updated(self, problem: BaseException) -> None:
        self._updating = ""
        self._failed(problem)

    def _updated(self, proposed: _Proposed, done: tuple[Update, dict[int, str]]) -> None:
        report, old_quotes = done
        self._updating = ""
        self._work("")
        self._keep_old_quotes(report.text, old_quotes)
        self.desk.take_new_versions()
        for number, cursor in proposed.cursors.items():
            side = self.desk.sides[number]
            if side.slug == report.text:
                side.pane.move_to(cursor)
        self.desk.tell(f"{report.text} is now version {report.version}: {report.summary}", good=True)
        if report.how_many(Anchor.EXACT) < len(report.highlights):
            self.review(report.text)

    def _old_quotes(self, slug: str) -> dict[int, str]:
        """The words that changed highlights had before the last updates, by id."""
        kept = self.desk.session.places.get("old quotes", {}).get(slug, {})
        return {int(number): quote for number, quote in kept.items()}

    def _keep_old_quotes(self, slug: str, quotes: Mapping[int, str]) -> None:
        places = self.desk.session.places
        places.put(
            "old quotes", {**places.get("old quotes", {}), slug: {str(id): quotes[id] for id in quotes}}
        )

    # what an update did

    def review(self, slug: str) -> None:
        """The highlights that an update left changed or orphans, each with what became of its words."""
        quotes = self._old_quotes(slug)
        self._beside(
            f"looking at the highlights of {slug} …",
            lambda library: unsettled(library, slug, quotes),
            partial(self._show_review, slug),
        )

    def _show_review(self, slug: str, cases: Sequence[Unsettled]) -> None:
        if not cases:
            self.desk.tell(f"every highlight of {slug} has its place", good=True)
            return
        by_key = {str(case.highlight.id): case for case in cases}
        deeds = (
            Deed("ctrl+y", "confirm", "right as it is"),
            Deed("ctrl+e", "correct", "correct by selecting"),
            Deed("ctrl+o", "orphan", "orphan"),
        )
        changed = sum(case.highlight.anchor is Anchor.CHANGED for case in cases)
        picker = Picker(
            f"{slug}: {changed} changed, {len(cases) - changed} orphan",
            [_case_choice(case) for case in cases],
            deeds=deeds,
            ticks=True,
            preview=lambda key: _case_preview(by_key[key]),
        )
        self.desk.app.push_screen(picker, partial(self._reviewed, slug, by_key))

    def _reviewed(self, slug: str, by_key: Mapping[str, Unsettled], picked: Picked | None) -> None:
        if picked is None:
            return
        highlights = [by_key[key].highlight for key in picked.keys]
        ids = [each.id for each in highlights]
        if picked.deed == "confirm":
            self._settle(slug, lambda library: library.highlights.confirm(ids))
        elif picked.deed == "orphan":
            self._settle(slug, lambda library: library.highlights.orphan(ids))
        else:
            self.desk.listing.go_to_highlight(highlights[0])
            if picked.deed == "correct":
                self.desk.at_highlight.place(highlights[0], then=partial(self.review, slug))
            else:
                self.desk.tell(f"{self.desk.key_of('versions')} and Ctrl-r go on with the list")

    def _settle(self, slug: str, job: Callable[[Library], object]) -> None:
        """Does what settles some of the highlights, and goes on with the others."""

        def done(_: object) -> None:
            self.desk.reload()
            self.review(slug)

        self.desk.session.write(job, done, self._failed)

    # beside the desk

    def _work(self, words: str) -> None:
        self.desk.working = words
        self.desk.show_status()

    def _beside(self, words: str, job: Callable[[Library], T], done: Callable[[T], None]) -> None:
        """Does a job that only reads in a thread; `done` is called in the thread of the screens."""
        session, app = self.desk.session, self.desk.app

        def finish(result: T) -> None:
            if self._reader_is_busy():
                self.desk.set_timer(_ASK_AGAIN, partial(finish, result))
                return
            self._work("")
            done(result)

        def work() -> None:
            from texts.load import LoadError

            try:
                with Library.open(session.library.path, reader=session.reader) as library:
                    result = job(library)
            except (LibraryError, LoadError) as problem:
                app.call_later(self._failed, problem)
            else:
                app.call_later(finish, result)

        self._work(words)
        self.desk.run_worker(work, thread=True, group="versions", exit_on_error=False)

    def _reader_is_busy(self) -> bool:
        """Whether the reader is in a list or typing, and nothing may open under their fingers."""
        return self.desk.app.screen is not self.desk or bool(self.desk.foot.prompt.display)

    def _failed(self, problem: BaseException) -> None:
        self._work("")
        self.refused(problem)


def _waiting_words(library: Library, slug: str) -> str:
    """`2 changed, 1 orphan`; empty where every highlight of a text has its place."""
    counts = {anchor: len(library.highlights.find(text=slug, anchor=anchor)) for anchor in _SIGNS}
    return ", ".join(f"{count} {anchor}" for anchor, count in counts.items() if count)


def _version_choice(version: Version, present: int) -> Choice:
    now = " (now)" if version.number == present else ""
    facts = (version.added[:16].replace("T", " "), version.source, version.reader)
    return Choice(str(version.number), f"version {version.number}{now}", " · ".join(filter(None, facts)))


def _case_choice(case: Unsettled) -> Choice:
    from tui.screens.desk.rewordings import in_one_line

    highlight = case.highlight
    sign, colour = _SIGNS[highlight.anchor]
    return Choice(
        str(highlight.id),
        f"{case.old_quote} {highlight.quote}",
        f"{highlight.anchor}{f' {highlight.confidence:.0f} %' if highlight.anchor is Anchor.CHANGED else ''}",
        sign,
        colour,
        in_one_line(case.old_quote, _present_quote(highlight)),
    )


def _case_preview(case: Unsettled) -> Content:
    from tui.screens.desk.rewordings import in_full

    highlight = case.highlight
    facts = " · ".join(filter(None, (f"id {highlight.id}", ", ".join(highlight.tags), highlight.note)))
    return Content.assemble(
        (_context(f"…{highlight.before}"), "$foreground 65%"),
        in_full(case.old_quote, _present_quote(highlight)),
        (_context(f"{highlight.after}…"), "$foreground 65%"),
        (visible(f"\n{facts}"), "$accent"),
    )


def _context(words: str) -> str:
    """What stands around a quote, harmless and in one line."""
    return visible(re.sub(r"\s+", " ", words))


def _present_quote(highlight: Highlight) -> str:
    """The words that a highlight has now: an orphan has none."""
    return "" if highlight.anchor is Anchor.ORPHAN else highlight.quote
