"""Marking: highlights, tags, notes, stars, and taking it all back."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from store.library import Library
from store.records import Highlight
from texts.model import Span
from tui.keys import Press
from tui.reading.paint import Mark
from tui.screens.desk.part import Part, does
from tui.screens.desk.refusals import no_text
from tui.screens.desk.side import Side
from tui.widgets.status import Note, Tone

if TYPE_CHECKING:
    from tui.screens.desk.screen import DeskScreen


_REPEATED = ("highlight", "tag", "highlight_with", "note", "star", "untag", "link")
"""Commands that `.` does again."""


class Target(NamedTuple):
    """What a marking key acts on: a highlight that is there, or a span that is to be one."""

    side: Side
    parts: tuple[Span, ...]
    highlight: Highlight | None


class Marking(Part):
    """Each act is shown at once, written by the writer, and taken back from the screen if that fails."""

    armed: str = ""
    """The tag that every selection gets."""
    last_tag: str = ""
    """The tag that Enter puts on while none is armed."""
    _repeat: Callable[[], None] | None = None
    _repeat_count: int | None = None
    _count: int | None = None
    """How many sentences a count has given to what is being done."""
    _cycled: int | None = None

    def __init__(self, desk: DeskScreen) -> None:
        super().__init__(desk)
        self._pending = count(-1, -1)

    # what a key acts on

    def here(self) -> list[Highlight]:
        """The highlights at the cursor, innermost first, the one that O chose before the others."""
        side = self.desk.active
        found = self.desk.session.highlights([mark.id for mark in side.pane.marks_at(side.pane.cursor)])
        found.sort(key=lambda each: each.id != self._cycled)
        return found

    def target(self) -> Target | None:
        """The selection; else the highlight at the cursor; else the sentence.

        A highlight whose edges are being moved is put in its place first, and is the target then.
        """
        if self.desk.at_highlight.placing:
            return self.desk.at_highlight.put_in_place()
        side = self.desk.active
        empty = side.text is None or not side.text.body
        refusal = no_text(self.desk) if empty else self.desk.versions.refusal(side)
        if refusal:
            self.desk.tell(refusal, error=True)
            return None
        parts = self.desk.gaps.parts_with(side, side.pane.selection)
        if parts:
            return Target(side, parts, None)
        if side.pane.selection is not None:
            span = side.pane.selection
            same = [mark.id for mark in side.pane.marks_within(span) if mark.parts == (span,)]
            return Target(side, (span,), next(iter(self.desk.session.highlights(same)), None))
        here = self.here()
        if here:
            return Target(side, here[0].parts, here[0])
        return Target(side, (side.pane.target(),), None)

    def highlight_here(self) -> Highlight | None:
        """The highlight at the cursor; says so where there is none."""
        here = self.here()
        if not here:
            self.desk.tell(f"no highlight is here: {self.desk.key_of('highlight')} makes one", error=True)
            return None
        return here[0]

    # making highlights

    def _mark(self, target: Target, *, tag: str = "", note: str = "", star: bool = False) -> None:
        """Makes a highlight of the target, with the armed tag if no other: seen at once, written behind."""
        side, pane = target.side, target.side.pane
        tag = tag or self.armed
        colour, letter = self.desk.session.looks().get(tag, ("", ""))
        pending = Mark(next(self._pending), target.parts, colour, letter, star, bool(note), False, True)
        pane.put_mark(pending)
        pane.clear_selection()
        self.desk.gaps.drop()
        slug = side.slug
        tags = (tag,) if tag else ()

        def job(library: Library) -> Highlight:
            return library.highlights.mark(slug, target.parts, tags=tags, note=note, star=star)

        def done(highlight: Highlight) -> None:
            pane.drop_mark(pending.id)
            self.desk.put_highlights([highlight])

        def failed(problem: BaseException) -> None:
            pane.drop_mark(pending.id)
            self.desk.tell(f"not saved: {problem}", error=True)

        self.desk.session.write(job, done, failed)

    def change(self, job: Callable[[Library], list[Highlight]]) -> None:
        """Changes highlights and shows them as the library then has them."""
        self.desk.session.write(job, self.desk.put_highlights, self.failed)

    def act(self, job: Callable[[Library], object]) -> None:
        """Does an act that may change many highlights, and shows all anew."""
        self.desk.session.write(job, lambda _: self.desk.reload(), self.failed)

    def failed(self, problem: BaseException) -> None:
        """Says why an act was not done, and shows what the library has."""
        self.refused(problem)
        self.desk.reload()

    def put_tag(self, target: Target, tag: str) -> None:
        """Puts a tag on the target, which becomes a highlight if it is none."""
        if tag:
            self.last_tag = tag
        highlight = target.highlight
        if highlight is None:
            self._mark(target, tag=tag)
        elif tag and tag not in highlight.tags:
            self.change(lambda library: library.highlights.tag(highlight.id, tag))
        else:
            self.desk.tell(f"already highlighted{f' as {tag}' if tag else ''}")
        target.side.pane.clear_selection()

    @does("highlight")
    def highlight(self, press: Press) -> None:
        """Highlights with the armed tag, else the last one; keeps the edges where they are being moved."""
        if self.desk.at_highlight.placing:
            self.desk.at_highlight.put_in_place()
            return
        self.do_and_repeat(lambda: self.tag_here(self.armed or self.last_tag))

    def tag_here(self, tag: str) -> None:
        """Puts a tag on what a marking key acts on now."""
        self.with_target(lambda target: self.put_tag(target, tag))

    def with_target(self, act: Callable[[Target], None]) -> None:
        """Does something with what a marking key acts on, if there is anything."""
        target = self.target()
        if target is not None:
            act(target)

    def take_sentences(self, count: int | None) -> None:
        """Gives so many sentences to what follows, where nothing is selected and no highlight is here."""
        side = self.desk.active
        reading = side.text is not None and side.pane.mode == "read"
        self._count = count if count and reading and not self.here() else None
        if self._count is not None:
            self.desk.selecting.select_sentences(self._count)

    def will_repeat(self, act: Callable[[], None]) -> None:
        """Says what `.` does from now on, to as many sentences as now."""
        self._repeat, self._repeat_count = act, self._count

    def do_and_repeat(self, act: Callable[[], None]) -> None:
        """Does something that `.` then does again."""
        self.will_repeat(act)
        act()

    @does("repeat")
    def repeat(self, press: Press) -> None:
        """The last mark again, here; a count takes the place of the one that it had."""
        if self._repeat is None:
            keys = ", ".join(map(self.desk.key_of, _REPEATED))
            self.desk.tell(f"nothing to repeat yet: what marks can be repeated ({keys})")
            return
        self._repeat_count = press.count or self._repeat_count
        self.take_sentences(self._repeat_count)
        self._repeat()

    # notes and stars

    @does("note")
    def note(self, press: Press) -> None:
        """Writes a note on the target, which becomes a highlight if it is none."""
        target = self.target()
        if target is None:
            return
        highlight = target.highlight
        key = f"highlight:{highlight.id}" if highlight else f"span:{target.side.slug}:{target.parts[0].start}"

        def written(words: str | None) -> None:
            if words is not None:
                self._put_note(target, words)
                self.will_repeat(lambda: self.with_target(lambda here: self._put_note(here, words)))

        title = "Note" if highlight is None else f"Note on highlight {highlight.id}"
        self.write_note(title, highlight.note if highlight else "", key, self.quote(target), written)

    def note_as(self, words: str) -> None:
        """Writes a note on what a marking key acts on, without the editor."""
        self.do_and_repeat(lambda: self.with_target(lambda target: self._put_note(target, words)))

    def _put_note(self, target: Target, words: str) -> None:
        highlight = target.highlight
        if highlight is not None:
            self.change(lambda library: library.highlights.note(highlight.id, words))
        elif words:
            self._mark(target, note=words)

    def write_note(
        self, title: str, note: str, key: str, quote: str, written: Callable[[str | None], None]
    ) -> None:
        """Opens the note editor; its draft is kept under the key until the note is written or left."""
        # Here, because it brings Textual's text area, which the first paint can do without.
        from tui.screens.note_editor import NoteEditor

        session = self.desk.session
        draft = session.library.drafts.get(key)

        def keep_draft(words: str) -> None:
            session.writer.submit(lambda library: library.drafts.keep(key, words))

        def left(words: str | None) -> None:
            if not session.library.read_only:
                session.writer.submit(lambda library: library.drafts.drop(key))
            written(words)

        editor = NoteEditor(
            title, note, quote=quote, draft=draft.words if draft else None, keep_draft=keep_draft
        )
        self.desk.app.push_screen(editor, left)

    @does("star")
    def star(self, press: Press) -> None:
        """Puts a star on the target, or takes it off."""

        def act(target: Target) -> None:
            highlight = target.highlight
            if highlight is None:
                self._mark(target, star=True)
            else:
                mark = target.side.pane.mark(highlight.id)
                if mark is not None:  # seen at once, written behind
                    target.side.pane.put_mark(mark._replace(star=not highlight.star))
                self.change(lambda library: library.highlights.star(highlight.id, not highlight.star))

        self.do_and_repeat(lambda: self.with_target(act))

    # on a highlight

    @does("cycle")
    def cycle(self, press: Press) -> None:
        """The next one where highlights overlap."""
        here = self.here()
        if len(here) < 2:
            self.desk.tell(
                f"only one highlight is here: {self.desk.key_of('card')} shows it"
                if here
                else f"no highlight is here: {self.desk.key_of('next_highlight')} goes to one"
            )
            return
        ordered = sorted(here, key=lambda each: each.id)
        current = here[0].id
        at = next(place for place, each in enumerate(ordered) if each.id == current)
        chosen = ordered[(at + press.times) % len(ordered)]
        self._cycled = chosen.id
        self.desk.active.pane.set_lit(chosen.span)
        self.desk.tell(f"“{short(chosen.quote)}” {' '.join(chosen.tags)}")

    # for the status line

    def status_notes(self) -> list[Note]:
        """What is here, and what every selection gets."""
        notes = []
        here = self.here()
        if here:
            looks = self.desk.session.looks()
            first = here[0]
            tags = (
                " ".join(f"{looks.get(tag, ('', ''))[1]} {tag}".strip() for tag in first.tags) or "highlight"
            )
            signs = ("★" if first.star else "") + (" ✎ note" if first.note else "")
            notes.append(Note(f"{len(here)} here: {tags} {signs}".strip()))
        if self.armed:
            notes.append(Note(f"armed: {self.armed}", Tone.WARNING))
        return notes

    def quote(self, target: Target) -> str:
        """The words of a target."""
        text = target.side.text
        return " … ".join(text.quote(part) for part in target.parts) if text else ""


def short(words: str, length: int = 48) -> str:
    """Words on one line, cut where they are many."""
    words = " ".join(words.split())
    return words if len(words) <= length else words[: length - 1] + "…"
