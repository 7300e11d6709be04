"""At a highlight: its card, its place, joining it with others, deleting it."""

from __future__ import annotations

from collections.abc import Callable

from textual.content import Content

from store.records import Highlight
from texts.visible import one_line
from tui.keys import Press
from tui.screens.desk.part import Part, does
from tui.screens.dialogs import Choose, Page


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
        if highlight is None:
            return
        self.place(highlight)

    def place(self, highlight: Highlight, then: Callable[[], None] = lambda: None) -> None:
        """Has the reader select where a highlight belongs: Enter puts it there, Esc leaves it where it is.

        `then` is called once it is there.
        """
        self._placed = highlight, then
        key = self.desk.key_of
        keeps, leaves = key("highlight"), key("clear")
        if highlight.anchor != "orphan" and len(highlight.parts) == 1:
            self.desk.active.pane.select_span(highlight.span)
            self.desk.tell(
                f"move the edge ({key('other_edge')}: the other one), {keeps} keeps, {leaves} leaves it"
            )
        else:
            self.desk.tell(
                f"select where it belongs ({key('select')} and motions, {key('keep_part')} for each part), "
                f"{keeps} puts it there, {leaves} leaves it"
            )

    def put_in_place(self) -> None:
        side = self.desk.active
        if self._placed is None:
            return
        highlight, then = self._placed
        if side.slug != highlight.text:
            self.desk.tell(
                f"this highlight is in {highlight.text}: select there, {self.desk.key_of('clear')} leaves it",
                error=True,
            )
            return
        if side.pane.selection is None and not self.desk.gaps.parts_with(side, None):
            self.desk.tell(
                f"select where it belongs first ({self.desk.key_of('select')} and motions), "
                f"{self.desk.key_of('clear')} leaves it",
                error=True,
            )
            return
        target = self.desk.marking.target()
        if target is None:
            return
        self._placed = None
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

    def stop_placing(self) -> bool:
        """Leaves a highlight where it was; says whether one was being placed."""
        stopped, self._placed = self._placed is not None, None
        return stopped

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
