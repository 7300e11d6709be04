"""Moving about: motions, jumps, remembered places, panes, what is in view."""

from __future__ import annotations

from typing import NamedTuple

from store.records import Anchor
from tui.keymap import Follow
from tui.keys import KEYS, Group, Press
from tui.reading.view import Where
from tui.screens.desk.part import Part, does
from tui.screens.desk.side import Side

MOTIONS = tuple(key.id for key in KEYS if key.group is Group.MOVE)
_FAR = ("text_start", "text_end")
_JUMPS = ("text_end", "search_next", "next_highlight")
"""Commands that leave a place to go back to, for example."""
_JUMPS_KEPT = 100
_MAKES = {
    "highlight": ("highlight", "makes one"),
    "note": ("note", "writes one"),
    "link": ("link", "starts a link"),
}
"""For each kind of mark the command that makes it, and what its key does."""


class Place(NamedTuple):
    """Where the reader is or was: a text and an offset into its body."""

    text: str
    offset: int


def _is_place(kept: object) -> bool:
    """Whether what was kept is the slug and the offset of a place."""
    return isinstance(kept, list) and [type(each) for each in kept] == [str, int]


class Moving(Part):
    """Motions in a pane, jumps between places."""

    _back: list[Place]
    _forward: list[Place]

    def start(self) -> None:
        """Takes up the jumps and marks of the last run."""
        places = self.desk.session.places
        self._back = [Place(*place) for place in places.get("jumps", []) if _is_place(place)]
        self._forward = []
        marks = places.get("marks", {}).items()
        self._marks = {letter: Place(*place) for letter, place in marks if _is_place(place)}

    def remember(self) -> None:
        """Keeps jumps and marks for the next run."""
        places = self.desk.session.places
        places.put("jumps", [[place.text, place.offset] for place in self._back[-_JUMPS_KEPT:]])
        places.put("marks", {letter: [place.text, place.offset] for letter, place in self._marks.items()})

    @does(*MOTIONS)
    def move(self, press: Press) -> None:
        """Any motion; with a count, gg and G go to that passage."""
        pane = self.desk.active.pane
        if press.id in _FAR:
            self.leave_trace()
            if press.count is not None:
                pane.move("go_to_passage", press.count)
                return
        pane.move(press.id, press.times)

    # places

    def here(self) -> Place:
        """Where the cursor is."""
        side = self.desk.active
        return Place(side.slug, side.pane.cursor)

    def leave_trace(self) -> None:
        """Remembers where the reader is, before a jump, so that Ctrl-o returns."""
        here = self.here()
        if not self._back or self._back[-1] != here:
            self._back.append(here)
        self._forward.clear()

    def go(self, place: Place, *, trace: bool = True) -> bool:
        """Goes to a place in either pane, its text opened in this one where it is not on the desk.

        Says so where the library has it no longer.
        """
        side = self.desk.side_of(place.text)
        if side is None and not self.desk.session.library.shelf.has(place.text):
            self.desk.tell(
                f"{place.text} is no longer in the library: {self.desk.key_of('open_text')} shows what is",
                error=True,
            )
            return False
        if trace:
            self.leave_trace()
        if side is None:
            side = self.desk.active
            self.desk.open_text(side, place.text)
        self.desk.activate(side)
        side.pane.reveal(place.offset, where="middle")
        side.pane.move_to(place.offset)
        return True

    @does("jump_back", "jump_back_too")
    def jump_back(self, press: Press) -> None:
        """Back to where the reader was."""
        jumps = ", ".join(map(self.desk.key_of, _JUMPS))
        self._travel(
            self._back, self._forward, press.times, f"no earlier place: jumps leave one, such as {jumps}"
        )

    @does("jump_forward")
    def jump_forward(self, press: Press) -> None:
        """Forward again."""
        self._travel(
            self._forward,
            self._back,
            press.times,
            f"no later place: {self.desk.key_of('jump_back')} goes back first",
        )

    def _travel(self, way: list[Place], other: list[Place], times: int, end: str) -> None:
        for _ in range(times):
            while way and way[-1] == self.here():
                way.pop()
            if not way:
                self.desk.tell(end)
                return
            here = self.here()
            place = way.pop()
            if self.go(place, trace=False):
                other.append(here)

    @does("set_mark")
    def set_mark(self, press: Press) -> None:
        """Remembers the place under a letter."""
        if not press.argument.isalpha() or len(press.argument) != 1:
            self.desk.tell(f"m wants a letter after it, and {press.argument} is none", error=True)
            return
        self._marks[press.argument] = self.here()
        self.desk.tell(f"this place is '{press.argument}")

    @does("go_mark")
    def go_mark(self, press: Press) -> None:
        """Goes to the place under a letter; '' goes back."""
        if press.argument == "'":
            self.jump_back(press)
        elif press.argument in self._marks:
            self.go(self._marks[press.argument])
        else:
            self.desk.tell(
                f"no place is remembered as {press.argument}: m{press.argument} remembers one", error=True
            )

    def remembered(self) -> list[Follow]:
        """The letters that places are remembered under, for what can follow m and '."""
        return [Follow(letter, self._words(place)) for letter, place in sorted(self._marks.items())]

    def _words(self, place: Place) -> str:
        side = self.desk.side_of(place.text)
        passage = side.text.passage_at(place.offset) if side and side.text else None
        return f"{place.text} ¶{passage.number}" if passage and passage.number else place.text

    # panes

    @does("other_pane")
    def other_pane(self, press: Press) -> None:
        """To the other pane."""
        self.desk.activate(self.desk.other)

    @does("left_pane")
    def left_pane(self, press: Press) -> None:
        """To the left pane."""
        self.desk.activate(self.desk.sides[0])

    @does("right_pane")
    def right_pane(self, press: Press) -> None:
        """To the right pane."""
        self.desk.activate(self.desk.sides[1])

    @does("swap_panes")
    def swap_panes(self, press: Press) -> None:
        """The two texts change places."""
        self.desk.swap()

    @does("only_pane", "zoom")
    def zoom(self, press: Press) -> None:
        """This pane alone, or both again."""
        self.desk.zoom(not self.desk.zoomed)

    @does("equal_panes")
    def equal_panes(self, press: Press) -> None:
        """Both panes, and equally wide."""
        self.desk.zoom(False)
        self.desk.share_out(50)

    @does("narrower")
    def narrower(self, press: Press) -> None:
        """This pane narrower."""
        self._resize(-5 * press.times)

    @does("wider")
    def wider(self, press: Press) -> None:
        """This pane wider."""
        self._resize(5 * press.times)

    def _resize(self, percent: int) -> None:
        self.desk.zoom(False)
        self.desk.share_out(self.desk.share + (percent if self.desk.active.number == 0 else -percent))

    # view

    @does("view_top", "view_middle", "view_bottom")
    def view(self, press: Press) -> None:
        """Scrolls so that the cursor's line is at the top, in the middle, at the bottom."""
        pane = self.desk.active.pane
        ways: dict[str, Where] = {"view_top": "top", "view_middle": "middle", "view_bottom": "bottom"}
        pane.reveal(pane.cursor, ways[press.id])

    @does("toggle_marks")
    def toggle_marks(self, press: Press) -> None:
        """Hides or shows highlights in both panes."""
        shown = not self.desk.active.pane.show_marks
        for side in self.desk.sides:
            side.pane.show_marks = shown
        self.desk.tell(
            "highlights shown"
            if shown
            else f"highlights hidden: {self.desk.key_of('toggle_marks')} shows them"
        )

    @does("toggle_furniture")
    def toggle_furniture(self, press: Press) -> None:
        """Hides or shows furniture in both panes."""
        shown = not self.desk.active.pane.show_furniture
        for side in self.desk.sides:
            side.pane.show_furniture = shown
        self.desk.tell(
            "furniture shown"
            if shown
            else f"furniture hidden: {self.desk.key_of('toggle_furniture')} shows it"
        )

    @does("focus_passage")
    def focus_passage(self, press: Press) -> None:
        """Dims all but the current passage, or shows all again."""
        dim = not self.desk.active.pane.focus_dim
        for side in self.desk.sides:
            side.pane.focus_dim = dim
        self.desk.tell(
            f"only this passage is bright: {self.desk.key_of('focus_passage')} shows all"
            if dim
            else "all passages are bright"
        )

    @does("furniture")
    def furniture(self, press: Press) -> None:
        """Takes the passage as furniture, or as part of the article: the reader's word counts."""
        side = self.desk.active
        passage = side.text.passage_at(side.pane.cursor) if side.text else None
        if passage is None:
            return
        slug, start, value = side.slug, passage.span.start, not passage.is_furniture
        self.desk.session.write(
            lambda library: library.shelf.set_furniture(slug, start, value),
            lambda _: self.desk.reopen(side, "furniture" if value else "part of the article"),
            self.refused,
        )

    # highlights of one kind

    @does("next_orphan", "previous_orphan")
    def to_orphan(self, press: Press) -> None:
        """To where an orphan stood last."""
        side, step = self.desk.active, 1 if press.id == "next_orphan" else -1
        found = self.desk.session.library.highlights.find(text=side.slug, anchor=Anchor.ORPHAN)
        starts = sorted(
            (each.span.start for each in found if (each.span.start - side.pane.cursor) * step > 0),
            reverse=step < 0,
        )
        if len(starts) < press.times:
            self.desk.tell(
                f"no {'later' if step > 0 else 'earlier'} orphan in {side.slug}: "
                f"{self.desk.key_of('orphans')} lists all there are"
            )
            return
        self.go(Place(side.slug, starts[press.times - 1]))
        self.desk.tell(f"an orphan stood here last: {self.desk.key_of('orphans')} shows it")

    @does("next_highlight", "previous_highlight", "next_note", "previous_note", "next_link", "previous_link")
    def to_mark(self, press: Press) -> None:
        """To the next or the last mark of a kind."""
        direction, kind = press.id.split("_")
        self._to_mark(self.desk.active, 1 if direction == "next" else -1, kind, press.times)

    def _to_mark(self, side: Side, direction: int, kind: str, times: int) -> None:
        wanted = {
            "highlight": lambda mark: True,
            "note": lambda mark: mark.note,
            "link": lambda mark: mark.link,
        }
        offset = side.pane.cursor
        for _ in range(times):
            mark = side.pane.next_mark(offset, direction, wanted[kind])
            if mark is None:
                name = {
                    "highlight": "highlight",
                    "note": "highlight with a note",
                    "link": "linked highlight",
                }[kind]
                command, makes = _MAKES[kind]
                self.desk.tell(
                    f"no {'later' if direction > 0 else 'earlier'} {name} in {side.slug}: "
                    f"{self.desk.key_of(command)} {makes}"
                )
                return
            offset = mark.span.start
        self.go(Place(side.slug, offset))
