"""Selecting: by motions, by objects, by labels, and taking the selection along."""

from __future__ import annotations

from textual import events

from texts.model import Span
from texts.visible import one_line
from tui.keys import KEYS, Press
from tui.reading.hints import in_order_of_nearness, label_places, still_possible
from tui.screens.desk.moving import Place
from tui.screens.desk.part import Part, does
from tui.screens.desk.side import Side

_OBJECT = "select_"
OBJECTS = tuple(key.id for key in KEYS if key.id.startswith(_OBJECT) and len(key.id) == len(_OBJECT) + 2)

_MOST_OBJECTS = 500
"""Objects that a count takes at most."""

Labelled = tuple[int, int]
"""Number of a side and an offset into its text."""


class Selecting(Part):
    """Makes selections; while labels are shown, keys go to them."""

    _labels: dict[str, Labelled] | None = None
    _typed: str = ""
    _first: Labelled | None = None
    """The first of two labels."""
    _to_select: bool = False

    @does("select")
    def select(self, press: Press) -> None:
        """Starts or stops selecting."""
        self._turn("select")

    @does("select_passages")
    def select_passages(self, press: Press) -> None:
        """Starts or stops selecting whole passages."""
        self._turn("select passages")

    def _turn(self, mode: str) -> None:
        pane = self.desk.active.pane
        if pane.mode == mode:
            self.desk.tagging.selection_ended()
            pane.clear_selection()
        else:
            pane.select("select" if mode == "select" else "select passages")

    @does("grow")
    def grow(self, press: Press) -> None:
        """Selects the next larger of word, sentence, passage and text."""
        for _ in range(min(press.times, 4)):
            self.desk.active.pane.grow_selection()

    @does("shrink")
    def shrink(self, press: Press) -> None:
        """Selects less again."""
        for _ in range(min(press.times, 4)):
            self.desk.active.pane.shrink_selection()

    @does(*OBJECTS)
    def select_object(self, press: Press) -> None:
        """Selects a sentence, passage, word or highlight, and with a count those after it as well."""
        pane = self.desk.active.pane
        if press.id == f"{_OBJECT}ih" and not pane.marks_at(pane.cursor):
            self.desk.tell(f"no highlight is here: {self.desk.key_of('next_highlight')} goes to one")
            return
        for _ in range(min(press.times, _MOST_OBJECTS)):
            pane.select_object(press.id.removeprefix(_OBJECT))

    def select_sentences(self, count: int) -> None:
        """Selects so many sentences of the passage, from the one at the cursor on."""
        self.desk.active.pane.select("select")
        for _ in range(min(count, _MOST_OBJECTS)):
            self.desk.active.pane.select_object("is")

    @does("other_edge")
    def other_edge(self, press: Press) -> None:
        """Motions move the other edge; right after selecting has started on a highlight, the edges of that."""
        if not self.desk.at_highlight.take_by_edge():
            self.desk.active.pane.other_edge()

    @does("select_again")
    def select_again(self, press: Press) -> None:
        """Selects what was selected last."""
        span = self.desk.active.pane.last_selection
        if span is None:
            self.desk.tell(f"nothing has been selected here yet: {self.desk.key_of('select')} starts")
        else:
            self.desk.active.pane.select_span(span)

    @does("copy")
    def copy(self, press: Press) -> None:
        """Copies the selection, or the sentence, with where it is from."""
        side = self.desk.active
        if side.text is None:
            return
        span = side.pane.target()
        passage = side.text.passage_at(span.start)
        where = f", ¶{passage.number}" if passage and passage.number else ""
        by = f"{side.text.author}, " if side.text.author else ""
        quote = " ".join(side.text.quote(span).split())
        # What is pasted into a shell is obeyed there.
        self.desk.app.copy_to_clipboard(one_line(f"“{quote}” ({by}{side.text.title}{where})"))
        side.pane.clear_selection()
        self.desk.tell("copied, with its citation", good=True)

    # labels

    @property
    def labelling(self) -> bool:
        """Whether labels are shown and keys go to them."""
        return self._labels is not None

    @does("hint")
    def hint(self, press: Press) -> None:
        """Labels the sentences in view, in each pane that is; a label goes there."""
        self._show(to_select=False)

    @does("hint_select")
    def hint_select(self, press: Press) -> None:
        """Labels the sentences in view; two labels select from the one to the other."""
        self._show(to_select=True)

    def _show(self, *, to_select: bool) -> None:
        places: list[Labelled] = []
        for side in self.desk.sides_in_sight():
            if side.text is not None:
                near = in_order_of_nearness(side.pane.visible_sentences(), side.pane.cursor)
                places += [(side.number, offset) for offset in near]
        if not places:
            self.desk.tell(
                f"no sentence begins in view: {self.desk.key_of('line_down')} and {self.desk.key_of('line_up')} scroll"
            )
            return
        self._labels, self._typed, self._first, self._to_select = label_places(places), "", None, to_select
        self._draw()
        self.desk.tell(
            "type a label; Esc leaves" if not to_select else "two labels: where to begin, where to end"
        )

    def _draw(self) -> None:
        possible = still_possible(self._labels or {}, self._typed)
        for side in self.desk.sides:
            shown = {
                offset: label[len(self._typed) :]
                for label, (number, offset) in possible.items()
                if number == side.number
            }
            side.pane.set_labels(shown)

    def label_typed(self, event: events.Key) -> None:
        """One letter of a label; anything else leaves."""
        letter = event.character or ""
        possible = still_possible(self._labels or {}, self._typed + letter)
        if not letter.isalpha() or not possible:
            typed = self._typed + (letter or event.key)
            self.leave()
            self.desk.tell(
                ""
                if event.key == "escape"
                else f"no label begins with {typed}: {self.desk.key_of('hint')} labels again"
            )
            return
        self._typed += letter
        if self._typed in possible:
            self._chosen(possible[self._typed])
        else:
            self._draw()

    def leave(self) -> None:
        """Takes the labels away."""
        self._labels, self._typed, self._first = None, "", None
        self._draw()

    def _chosen(self, place: Labelled) -> None:
        side = self.desk.sides[place[0]]
        self.desk.tell("")
        if not self._to_select:
            self.leave()
            self.desk.moving.go(Place(side.slug, place[1]))
        elif self._first is None:
            self._first, self._typed = place, ""
            self._labels = {
                label: each for label, each in (self._labels or {}).items() if each[0] == place[0]
            }
            self._draw()
            self.desk.tell("and the label where it ends")
        else:
            self._select(side, self._first, place)

    def _select(self, side: Side, first: Labelled, last: Labelled) -> None:
        self.leave()
        start, end = sorted((first[1], last[1]))
        self.desk.activate(side)
        side.pane.select_span(Span(start, side.pane.sentence_at(end).end))
