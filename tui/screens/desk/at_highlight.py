"""At a highlight: its card, its place, joining it with others, deleting it."""

from __future__ import annotations

from collections.abc import Callable

from textual.content import Content

from store.records import Anchor, Highlight
from texts.visible import one_line
from tui.keys import Press
from tui.screens.desk.marking import Target
from tui.screens.desk.part import Part, does
from tui.screens.dialogs import Choose, Page
from tui.widgets.status import Note, Tone


class AtHighlight(Part):
    """Acts on the highlight at the cursor."""

    _placed: tuple[Highlight, Callable[[], None]] | None = None
    """The highlight that the reader selects a place for, and what follows once it is there."""

    @property
    def placing(self) -> bool:
        """Whether Enter now puts a highlight in its place."""
        return self._placed is not None

    @does("delete")
    def delete(self, press: Press) -> None:
        """Deletes the highlight at the cursor; u brings it back."""
        highlight = self.desk.marking.highlight_here()
        if highlight is None:
            return
        self.desk.active.pane.drop_mark(highlight.id)
        self.desk.marking.act(lambda library: library.highlights.delete([highlight.id]))

    @does("card")
    def card(self, press: Press) -> None:
        """Shows all that is here."""
        here = self.desk.marking.here()
        if not here:
            self.desk.tell(f"no highlight is here: {self.desk.key_of('highlight')} makes one")
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
            facts.append(f"{links} link{'s' if links > 1 else ''}: {self.desk.key_of('follow_link')} follows")
        if highlight.anchor != "exact":
            facts.append(f"{highlight.anchor}, {highlight.confidence:.0f} % sure")
        return Content.assemble(
            (f"“{one_line(' '.join(highlight.quote.split()))}”\n", "italic"),
            (one_line(tags), "bold"),
            (f"\n{one_line(' · '.join(facts))}", "$foreground 75%"),
            f"\n\n{highlight.note}" if highlight.note else "",
        )

    @does("edit_edges")
    def edit_edges(self, press: Press) -> None:
        """Selects the highlight, so that motions move its edges until Enter keeps them."""
        highlight = self.desk.marking.highlight_here()
        if highlight is not None:
            self.place(highlight)

    def take_by_edge(self) -> bool:
        """Does the same where selecting has just started on a highlight, and would select a letter; says whether."""
        here = self.desk.marking.here() if self._can_be_taken() else []
        if here:
            self.place(here[0])
        return bool(here)

    def _can_be_taken(self) -> bool:
        """Whether a highlight is here that the key of the other edge takes."""
        side = self.desk.active
        started = side.pane.selecting_just_started and bool(side.pane.marks_at(side.pane.cursor))
        return started and not self.placing and not self.desk.gaps.parts_with(side, None)

    def place(self, highlight: Highlight, then: Callable[[], None] = lambda: None) -> None:
        """Has the reader select where a highlight belongs: Enter puts it there, Esc leaves it where it is.

        Of one with gaps, the part at the cursor is selected, and the others stay. `then` is called once it is there.
        """
        self._placed = highlight, then
        side = self.desk.active
        side.pane.clear_selection()
        if highlight.anchor is not Anchor.ORPHAN:
            parts = highlight.parts
            part = next((each for each in parts if len(parts) == 1 or each.holds(side.pane.cursor)), None)
            if part is not None:
                self.desk.gaps.hold(side, tuple(each for each in parts if each != part))
                side.pane.select_span(part)
        self.desk.show_status()

    def status_notes(self) -> list[Note]:
        """What becomes of the highlight that is being placed, and by which keys."""
        key = self.desk.key_of
        if self._placed is None:
            offered = f"{key('other_edge')} moves this highlight's edges" if self._can_be_taken() else ""
            return [Note(offered, Tone.DIM)]
        keeps, leaves = key("highlight"), key("clear")
        if self.desk.active.pane.selection is not None:
            words = f"move the edge ({key('other_edge')}: the other one), {keeps} keeps, {leaves} leaves it"
        else:
            words = (
                f"select where it belongs ({key('select')} and motions, {key('keep_part')} for each part), "
                f"{keeps} puts it there, {leaves} leaves it"
            )
        return [Note(words, Tone.WARNING)]

    def put_in_place(self) -> Target | None:
        """Puts the highlight where the reader has selected; says why not where it cannot be, and returns None.

        What it returns can be marked further: the highlight, with the place that it gets.
        """
        side = self.desk.active
        if self._placed is None:
            return None
        highlight, then = placed = self._placed
        if side.slug != highlight.text:
            self.desk.tell(
                f"this highlight is in {highlight.text}: select there, {self.desk.key_of('clear')} leaves it",
                error=True,
            )
            return None
        if side.pane.selection is None and not self.desk.gaps.parts_with(side, None):
            self.desk.tell(
                f"select where it belongs first ({self.desk.key_of('select')} and motions), "
                f"{self.desk.key_of('clear')} leaves it",
                error=True,
            )
            return None
        self._placed = None
        target = self.desk.marking.target()
        if target is None:
            self._placed = placed
            return None
        side.pane.clear_selection()
        self.desk.gaps.drop()

        def done(moved: Highlight) -> None:
            self.desk.put_highlights([moved])
            then()

        self.desk.session.write(
            lambda library: library.highlights.move(highlight.id, target.parts),
            done,
            self.desk.marking.failed,
        )
        return target._replace(highlight=highlight)

    def stop_placing(self) -> bool:
        """Leaves a highlight where it was; says whether one was being placed."""
        if self._placed is None:
            return False
        self._placed = None
        self.desk.gaps.drop()
        return True

    @does("join")
    def join(self, press: Press) -> None:
        """Joins the highlight with those that overlap it; asks what becomes of several notes."""
        highlight = self.desk.marking.highlight_here()
        if highlight is None:
            return
        overlapping = self.desk.active.pane.marks_within(highlight.span)
        others = self.desk.session.highlights([mark.id for mark in overlapping if mark.id != highlight.id])
        if not others:
            self.desk.tell(f"nothing overlaps this highlight: {self.desk.key_of('join')} joins those that do")
            return
        ids = [highlight.id, *(each.id for each in others)]
        notes = [each.note for each in (highlight, *others) if each.note]
        if len(notes) < 2:
            self.desk.marking.act(lambda library: library.highlights.join(ids))
            return

        def answered(key: str | None) -> None:
            if key is not None:
                note = "\n\n".join(notes) if key == "b" else notes[0]
                self.desk.marking.act(lambda library: library.highlights.join(ids, note=note))

        answers = {"b": "keep all notes, one after the other", "f": "keep only the first"}
        self.desk.app.push_screen(Choose("The joined highlights have notes", answers), answered)
