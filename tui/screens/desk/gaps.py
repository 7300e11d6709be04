"""Highlights with gaps (a … b): `&` keeps a part, and the next mark makes one highlight of all that is kept."""

from __future__ import annotations

from texts.model import Span
from tui.keys import Press
from tui.reading.paint import Mark
from tui.screens.desk.part import Part, does
from tui.screens.desk.refusals import no_text
from tui.screens.desk.side import Side
from tui.widgets.status import Note, Tone

_MARK = -(1 << 40)
"""Id under which the parts are drawn: below all that marks not yet written count down to."""


class Gaps(Part):
    """Holds the parts that are kept, all of one text."""

    _parts: tuple[Span, ...] = ()
    _held: bool = False
    """Whether they belong to a highlight of which another part is being moved."""
    _slug: str = ""

    @does("keep_part")
    def keep(self, press: Press) -> None:
        """Keeps the selection, or the sentence, as a part of the highlight to come."""
        side = self.desk.active
        refusal = self.desk.versions.refusal(side)
        if side.text is None or not side.text.body or refusal:
            self.desk.tell(refusal or no_text(self.desk), error=True)
            return
        if self._parts and side.slug != self._slug:
            self.desk.tell(
                f"a highlight stays in one text: its first part is in {self._slug}, "
                f"{self.desk.key_of('clear')} drops it",
                error=True,
            )
            return
        parts = with_part(self._parts, side.pane.target())
        self._slug, self._parts, self._held = side.slug, parts, False
        side.pane.clear_selection()
        self.draw(side)

    def hold(self, side: Side, parts: tuple[Span, ...]) -> None:
        """Keeps parts of a highlight that is there, while another part of it is moved."""
        self.drop()
        self._slug, self._parts, self._held = side.slug, parts, True
        self.draw(side)

    def parts_with(self, side: Side, selection: Span | None) -> tuple[Span, ...]:
        """What is kept in a side together with what is selected there; empty where nothing is kept."""
        if not self._parts or side.slug != self._slug:
            return ()
        return self._parts if selection is None else with_part(self._parts, selection)

    def drop(self) -> bool:
        """Keeps nothing any longer; says whether something was kept."""
        dropped = bool(self._parts)
        self._parts, self._slug, self._held = (), "", False
        for side in self.desk.sides if dropped else ():
            side.pane.drop_mark(_MARK)
        return dropped

    def draw(self, side: Side) -> None:
        """Shows what is kept as a mark that is not written yet."""
        if self._parts and side.slug == self._slug:
            side.pane.put_mark(Mark(_MARK, self._parts, colour="", letter="&", pending=True))

    def status_notes(self) -> list[Note]:
        """How many parts are kept, and what can be done with them."""
        if not self._parts or self._held:
            return []
        count, another, drops = len(self._parts), self.desk.key_of("keep_part"), self.desk.key_of("clear")
        kept = f"{count} part{'s' if count > 1 else ''} kept"
        return [Note(f"{kept}: {another} keeps another, a mark takes all, {drops} drops", Tone.WARNING)]


def with_part(parts: tuple[Span, ...], new: Span) -> tuple[Span, ...]:
    """The parts with one more, in the order of the text; those that touch or overlap become one."""
    apart = []
    for part in parts:
        if part.end < new.start or new.end < part.start:
            apart.append(part)
        else:
            new = Span(min(part.start, new.start), max(part.end, new.end))
    return tuple(sorted([*apart, new]))
