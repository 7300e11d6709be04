"""Marking: highlights, tags, notes, stars, and taking it all back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import count
from typing import TYPE_CHECKING

from textual.content import Content

from store.library import Library
from store.records import Highlight, Tag
from texts.model import Span
from texts.visible import one_line
from tui.keys import Press
from tui.reading.paint import Mark
from tui.screens.desk.part import Part, does
from tui.screens.desk.side import Side
from tui.screens.dialogs import Choose, Page
from tui.screens.picker import Choice, Picked, Picker
from tui.widgets.status import Note, Tone

if TYPE_CHECKING:
    from tui.screens.desk.screen import DeskScreen

_TAG_LENGTH = 60
"""The longest quote that T makes a tag of."""


@dataclass(frozen=True, slots=True)
class Target:
    """What a marking key acts on: a highlight that is there, or a span that is to be one."""

    side: Side
    parts: tuple[Span, ...]
    highlight: Highlight | None


class Marking(Part):
    """Each act is shown at once, written by the writer, and taken back from the screen if that fails."""

    _last_tag: str = ""
    _armed: str = ""
    _repeat: Callable[[], None] | None = None
    _cycled: int | None = None
    _placed: tuple[Highlight, Callable[[], None]] | None = None
    """The highlight that the reader selects a place for, and what follows once it is there."""

    def __init__(self, desk: DeskScreen) -> None:
        super().__init__(desk)
        self._pending = count(-1, -1)

    # what a key acts on

    def here(self) -> list[Highlight]:
        """The highlights at the cursor, innermost first, the one that O chose before the others."""
        side = self.desk.active
        marks = side.pane.marks_at(side.pane.cursor)
        found = [side.highlights[mark.id] for mark in marks if mark.id in side.highlights]
        found.sort(key=lambda each: each.id != self._cycled)
        return found

    def target(self) -> Target | None:
        """The selection; else the highlight at the cursor; else the sentence."""
        side = self.desk.active
        if side.text is None or not side.text.body:
            self.desk.tell("no text is open: Space d opens one", error=True)
            return None
        refusal = self.desk.versions.refusal(side)
        if refusal:
            self.desk.tell(refusal, error=True)
            return None
        parts = self.desk.gaps.parts_with(side, side.pane.selection)
        if parts:
            return Target(side, parts, None)
        if side.pane.selection is not None:
            span = side.pane.selection
            same = [each for each in side.highlights.values() if each.parts == (span,)]
            return Target(side, (span,), same[0] if same else None)
        here = self.here()
        if here:
            return Target(side, here[0].parts, here[0])
        return Target(side, (side.pane.target(),), None)

    def highlight_here(self) -> Highlight | None:
        """The highlight at the cursor; says so where there is none."""
        here = self.here()
        if not here:
            self.desk.tell("no highlight is here: Enter makes one", error=True)
            return None
        return here[0]

    # making highlights

    def _mark(self, target: Target, *, tag: str = "", note: str = "", star: bool = False) -> None:
        """Makes a highlight of the target: seen at once, written behind."""
        side, pane = target.side, target.side.pane
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
        self.desk.session.write(job, self.desk.put_highlights, self._failed)

    def act(self, job: Callable[[Library], object]) -> None:
        """Does an act that may change many highlights, and shows all anew."""
        self.desk.session.write(job, lambda _: self.desk.reload(), self._failed)

    def _failed(self, problem: BaseException) -> None:
        self.desk.tell(one_line(str(problem)), error=True)
        self.desk.reload()

    def put_tag(self, target: Target, tag: str) -> None:
        """Puts a tag on the target, which becomes a highlight if it is none."""
        if tag:
            self._last_tag = tag
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
        """Highlights with the last tag; keeps the edges where they are being moved."""
        if self._placed is not None:
            self._put_in_place()
            return
        self._do_and_repeat(lambda: self._with_target(lambda target: self.put_tag(target, self._last_tag)))

    def _with_target(self, act: Callable[[Target], None]) -> None:
        target = self.target()
        if target is not None:
            act(target)

    def _do_and_repeat(self, act: Callable[[], None]) -> None:
        self._repeat = act
        act()

    @does("repeat")
    def repeat(self, press: Press) -> None:
        """The last mark again, here."""
        if self._repeat is None:
            self.desk.tell("nothing to repeat yet: Enter, t, c and ! can be repeated")
            return
        self._repeat()

    # tags

    @does("tag")
    def tag(self, press: Press) -> None:
        """Opens the tag picker for the target."""
        target = self.target()
        if target is not None:
            title = f"Tag “{_short(self._quote(target))}”"
            self.desk.app.push_screen(self.tag_picker(title), partial(self._tag_picked, target))

    def tag_picker(self, title: str) -> Picker:
        """A picker of the codebook's tags in which a new name makes a tag."""
        codebook = self.desk.session.library.codebook
        counts = codebook.counts()
        digits = {tag.path: digit for digit, tag in codebook.quick().items()}
        choices = [_tag_choice(tag, counts[tag.path].own, digits.get(tag.path)) for tag in self.tags()]
        return Picker(
            title,
            choices,
            new="tag",
            lit=self._last_tag,
            empty="No tags yet: type a name, such as actor/maliki.",
        )

    def tags(self) -> list[Tag]:
        """All tags of the codebook."""
        return self.desk.session.library.codebook.list()

    def _tag_picked(self, target: Target, picked: Picked | None) -> None:
        if picked is None:
            return
        tag = picked.typed if picked.deed == "new" else picked.key
        self.put_tag(target, tag)
        self._repeat = lambda: self._with_target(lambda again: self.put_tag(again, tag))

    @does("tag_quoted")
    def tag_quoted(self, press: Press) -> None:
        """Makes the quoted words the tag."""
        target = self.target()
        if target is None:
            return
        words = " ".join(self._quote(target).replace("/", " ").split())
        if len(words) > _TAG_LENGTH:
            self.desk.tell("too long for a tag: select a few words first (v, motions, T)", error=True)
            return
        self._do_and_repeat(lambda: self._with_target(lambda again: self.put_tag(again, words)))

    @does("highlight_with")
    def highlight_with(self, press: Press) -> None:
        """Highlights with a quick tag's digit or a tag's letter."""
        tag = self.tag_by_sign(press.argument)
        if tag is not None:
            self._do_and_repeat(lambda: self._with_target(lambda target: self.put_tag(target, tag)))

    @does("quick_tag")
    def quick_tag(self, press: Press) -> None:
        """While selecting, a digit highlights with that quick tag."""
        self.highlight_with(press)

    def tag_by_sign(self, sign: str) -> str | None:
        """The tag with this quick digit or letter; says so where there is none."""
        if sign.isdigit():
            quick = self.desk.session.library.codebook.quick().get(int(sign))
            if quick is None:
                self.desk.tell(f"no quick tag {sign} yet: Space t chooses them", error=True)
            return quick.path if quick else None
        named = [tag.path for tag in self.tags() if tag.letter == sign] or [
            tag.path for tag in self.tags() if tag.letter.casefold() == sign.casefold()
        ]
        if not named:
            self.desk.tell(f"no tag has the letter {sign}: Space t shows them all", error=True)
        return named[0] if named else None

    @does("arm")
    def arm(self, press: Press) -> None:
        """Arms a tag, so that every selection gets it; again disarms."""
        if self._armed:
            self.desk.tell(f"{self._armed} is no longer armed")
            self._armed = ""
            return

        def armed(picked: Picked | None) -> None:
            if picked is not None:
                self._armed = picked.typed if picked.deed == "new" else picked.key
                self.desk.tell(f"{self._armed} is armed: v, motions, v marks; A ends it", good=True)

        self.desk.app.push_screen(self.tag_picker("Arm a tag: every selection gets it"), armed)

    def selection_ended(self) -> None:
        """With a tag armed, a finished selection is highlighted with it."""
        if self._armed:
            self._with_target(lambda target: self.put_tag(target, self._armed))

    @does("untag")
    def untag(self, press: Press) -> None:
        """Takes a tag off the highlight; asks which where it has several."""
        highlight = self.highlight_here()
        if highlight is None:
            return
        if not highlight.tags:
            self.desk.tell("this highlight has no tag: t puts one on")
        elif len(highlight.tags) == 1:
            self.change(lambda library: library.highlights.untag(highlight.id, highlight.tags[0]))
        else:
            choices = [Choice(tag, tag) for tag in highlight.tags]

            def picked(which: Picked | None) -> None:
                if which is not None:
                    self.change(lambda library: library.highlights.untag(highlight.id, which.key))

            self.desk.app.push_screen(Picker("Take a tag off", choices), picked)

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
            if words is None:
                return
            if highlight is not None:
                self.change(lambda library: library.highlights.note(highlight.id, words))
            elif words:
                self._mark(target, tag="", note=words)

        title = "Note" if highlight is None else f"Note on highlight {highlight.id}"
        self.write_note(title, highlight.note if highlight else "", key, self._quote(target), written)

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
                self.change(lambda library: library.highlights.star(highlight.id, not highlight.star))

        self._do_and_repeat(lambda: self._with_target(act))

    # on a highlight

    @does("delete")
    def delete(self, press: Press) -> None:
        """Deletes the highlight at the cursor; u brings it back."""
        highlight = self.highlight_here()
        if highlight is None:
            return
        side = self.desk.active
        side.highlights.pop(highlight.id, None)
        side.pane.drop_mark(highlight.id)
        self.act(lambda library: library.highlights.delete([highlight.id]))

    @does("cycle")
    def cycle(self, press: Press) -> None:
        """The next one where highlights overlap."""
        here = self.here()
        if len(here) < 2:
            self.desk.tell("only one highlight is here" if here else "no highlight is here")
            return
        ordered = sorted(here, key=lambda each: each.id)
        current = here[0].id
        following = [each for each in ordered if each.id > current] or ordered
        self._cycled = following[0].id
        chosen = following[0]
        self.desk.active.pane.set_lit(chosen.span)
        self.desk.tell(f"“{_short(chosen.quote)}” {' '.join(chosen.tags)}")

    @does("card")
    def card(self, press: Press) -> None:
        """Shows all that is here."""
        here = self.here()
        if not here:
            self.desk.tell("no highlight is here: Enter makes one")
            return
        links = self.desk.session.library.links
        self.desk.app.push_screen(
            Page(
                f"{len(here)} here",
                Content("\n\n").join(self._card(each, len(links.of(each.id))) for each in here),
            )
        )

    def _card(self, highlight: Highlight, links: int) -> Content:
        looks = self.desk.session.looks()
        tags = ", ".join(f"{looks.get(tag, ('', ''))[1]} {tag}" for tag in highlight.tags) or "no tag"
        facts = [
            f"id {highlight.id}",
            highlight.reader,
            highlight.created.replace("T", " ").removesuffix("Z"),
        ]
        if highlight.star:
            facts.insert(0, "★")
        if links:
            facts.append(f"{links} link{'s' if links > 1 else ''}: gp follows")
        if highlight.anchor != "exact":
            facts.append(f"{highlight.anchor}, {highlight.confidence:.0f} % sure")
        return Content.assemble(
            (f"“{one_line(highlight.quote)}”\n", "italic"),
            (one_line(tags), "bold"),
            (f"\n{one_line(' · '.join(facts))}", "$foreground 75%"),
            f"\n\n{highlight.note}" if highlight.note else "",
        )

    @does("edit_edges")
    def edit_edges(self, press: Press) -> None:
        """Selects the highlight, so that motions move its edges until Enter keeps them."""
        highlight = self.highlight_here()
        if highlight is None:
            return
        self.place(highlight)

    def place(self, highlight: Highlight, then: Callable[[], None] = lambda: None) -> None:
        """Has the reader select where a highlight belongs: Enter puts it there, Esc leaves it where it is.

        `then` is called once it is there.
        """
        self._placed = highlight, then
        if highlight.anchor != "orphan" and len(highlight.parts) == 1:
            self.desk.active.pane.select_span(highlight.span)
            self.desk.tell("move the edge (o: the other one), Enter keeps, Esc leaves it")
        else:
            self.desk.tell(
                "select where it belongs (v and motions, & for each part), Enter puts it there, Esc leaves it"
            )

    def _put_in_place(self) -> None:
        side = self.desk.active
        if self._placed is None:
            return
        highlight, then = self._placed
        if side.slug != highlight.text:
            self.desk.tell(f"this highlight is in {highlight.text}: select there, Esc leaves it", error=True)
            return
        if side.pane.selection is None and not self.desk.gaps.parts_with(side, None):
            self.desk.tell("select where it belongs first (v and motions), Esc leaves it", error=True)
            return
        target = self.target()
        if target is None:
            return
        self._placed = None
        side.pane.clear_selection()
        self.desk.gaps.drop()

        def done(moved: Highlight) -> None:
            self.desk.put_highlights([moved])
            then()

        self.desk.session.write(
            lambda library: library.highlights.move(highlight.id, target.parts), done, self._failed
        )

    def stop_placing(self) -> bool:
        """Leaves a highlight where it was; says whether one was being placed."""
        stopped, self._placed = self._placed is not None, None
        return stopped

    @does("join")
    def join(self, press: Press) -> None:
        """Joins the highlight with those that overlap it; asks what becomes of several notes."""
        highlight = self.highlight_here()
        if highlight is None:
            return
        others = [
            each
            for each in self.desk.active.highlights.values()
            if each.id != highlight.id and each.span.overlaps(highlight.span)
        ]
        if not others:
            self.desk.tell("nothing overlaps this highlight")
            return
        ids = [highlight.id, *(each.id for each in others)]
        notes = [each.note for each in (highlight, *others) if each.note]
        if len(notes) < 2:
            self.act(lambda library: library.highlights.join(ids))
            return

        def answered(key: str | None) -> None:
            if key is not None:
                note = "\n\n".join(notes) if key == "b" else notes[0]
                self.act(lambda library: library.highlights.join(ids, note=note))

        answers = {"b": "keep all notes, one after the other", "f": "keep only the first"}
        self.desk.app.push_screen(Choose("The joined highlights have notes", answers), answered)

    # the journal

    @does("undo")
    def undo(self, press: Press) -> None:
        """Takes back the last act, or as many as the count says."""
        self._walk("undo", press.times)

    @does("redo")
    def redo(self, press: Press) -> None:
        """Does again what was undone."""
        self._walk("redo", press.times)

    def _walk(self, way: str, times: int) -> None:
        def job(library: Library) -> str:
            label = ""
            for _ in range(times):
                act = library.journal.undo() if way == "undo" else library.journal.redo()
                if act is None:
                    break
                label = act.label
            return label

        def done(label: str) -> None:
            self.desk.reload()
            if label:
                self.desk.tell(f"{'undone' if way == 'undo' else 'done again'}: {label}", good=True)
            else:
                self.desk.tell(f"nothing to {way}")

        self.desk.session.write(job, done, self._failed)

    # for the status line

    def selection_changed(self) -> None:
        """A selection that ended by itself may belong to the armed tag."""

    def status_notes(self) -> list[Note]:
        """What is here, what is armed, and the quick tags while selecting."""
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
        if self._armed:
            notes.append(Note(f"armed: {self._armed}", Tone.WARNING))
        if self.desk.active.pane.mode != "read":
            quick = self.desk.session.library.codebook.quick()
            notes.append(
                Note("  ".join(f"{digit} {tag.path}" for digit, tag in sorted(quick.items())), Tone.DIM)
            )
        return notes

    def _quote(self, target: Target) -> str:
        text = target.side.text
        return " … ".join(text.quote(part) for part in target.parts) if text else ""


def _tag_choice(tag: Tag, uses: int, quick: int | None) -> Choice:
    detail = f"{uses} highlight{'' if uses == 1 else 's'}" + (f" · quick {quick}" if quick else "")
    return Choice(tag.path, tag.path, detail, tag.letter)


def _short(words: str, length: int = 48) -> str:
    words = " ".join(words.split())
    return words if len(words) <= length else words[: length - 1] + "…"
