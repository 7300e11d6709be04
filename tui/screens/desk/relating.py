"""Relating: what the other text says about this, the bridge between the panes, and how they move together."""

from __future__ import annotations

from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING

from textual.worker import get_current_worker

from store.library import Library, LibraryError
from texts.model import Passage, Span
from texts.visible import one_line
from tui.keys import Press
from tui.reading.bridge import Tie, Weight
from tui.relating import answers, dismissed_passages, relations_in
from tui.screens.desk.moving import Place
from tui.screens.desk.part import Part, does
from tui.screens.desk.refusals import one_text
from tui.screens.desk.side import Side

if TYPE_CHECKING:
    from texts.model import Text
    from texts.relate import Related, Relations
    from tui.widgets.related_list import Row

_STRONG = 60.0
"""From this score on a relation is drawn as a full line, and the other pane follows it."""
_LISTED = 12
"""Rows of the related list."""
_LEAST_LISTED = 10.0
"""Under this score a passage has nothing to say about the other."""
_AROUND_ITSELF = 2
"""Passages before and after a place that are no answer of its own text: they are near because they stand there."""


class Sync(StrEnum):
    """How the other pane moves with this one."""

    OFF = "off"
    PROPORTIONAL = "proportional"
    FOLLOW = "follow"


class Relating(Part):
    """Holds the relations of the pair, once they are computed."""

    relations: Relations | None = None
    sync: Sync = Sync.OFF
    _inverted: bool = False
    _follows: str = ""
    """What the other pane follows, for the status line."""
    progress: str = ""
    """How far the computing is, in words; empty while nothing is computed."""
    _passage: Passage | None = None
    _asked: Span | None = None
    _before: tuple[Place, int] | None = None
    """Where the reader was before the list opened, and what stood at the top of the other pane."""
    _drawn: object = None
    _dismissed_pairs: frozenset[tuple[int, int]] = frozenset()

    # computing

    def start(self) -> None:
        """Takes the relations of the pair from the library, or has them computed beside the desk."""
        self.sync = Sync(self.desk.session.places.get("sync", Sync.OFF))
        self.relations = None
        self._passage = None
        self.read_dismissed()
        self.draw_bridge()
        left, right = (side.text for side in self.desk.sides)
        self.progress = "…" if left and right else ""
        if left is not None and right is not None:
            work = partial(self._relate, left, right)
            self.desk.run_worker(work, thread=True, exclusive=True, group="relate", exit_on_error=False)

    def _relate(self, left: Text, right: Text) -> None:
        """Relates the pair in a thread, with a connection of its own to the library."""
        from texts.relate import Cancelled
        from texts.relate.beside import RelatingError

        desk, worker = self.desk, get_current_worker()

        def progress(done: float) -> None:
            desk.app.call_later(self.progressed, done)

        try:
            with Library.open(desk.session.library.path, reader=desk.session.reader) as library:
                relations = relations_in(
                    library, left, right,
                    progress=progress,
                    cancelled=lambda: worker.is_cancelled, beside=True,
                )  # fmt: skip
        except Cancelled:
            return
        except (LibraryError, RelatingError) as problem:
            desk.app.call_later(self._failed, problem)
            return
        if not worker.is_cancelled:
            desk.app.call_later(self.arrived, left, right, relations)

    def remember(self) -> None:
        """Keeps how the panes move together."""
        self.desk.session.places.put("sync", str(self.sync))

    def progressed(self, done: float) -> None:
        """Says how far the computing is, 0–1."""
        if self.progress:  # else a thread tells of texts that are no longer open
            self.progress = f"{done:.0%}"
            self.desk.show_status()

    def _failed(self, problem: BaseException) -> None:
        self.progress = ""
        self.refused(problem)

    def arrived(self, left: Text, right: Text, relations: Relations) -> None:
        """Takes the relations of the pair, if it still is the one on the desk."""
        if (left, right) != tuple(side.text for side in self.desk.sides):
            return
        self.relations, self.progress = relations, ""
        self.draw_bridge()
        self.desk.show_status()

    def sync_words(self) -> str:
        """How the panes move together, what is followed, and how far the computing is."""
        words = f"sync: {self.sync}{' (other way round next)' if self._inverted else ''}"
        if self.sync is Sync.FOLLOW and self._follows:
            words += f" {self._follows}"
        return f"{words} · relating {self.progress}" if self.progress else words

    # between a side and the relations

    def _best(
        self, side: Side, number: int, least: float | None = None, most: int | None = None
    ) -> list[Related]:
        """Passages of the other text related to a passage of this side, best first, dismissed ones left out.

        `least` is the score that they have at least, `most` how many are wanted; None asks for the usual, and for all.
        """
        if self.relations is None:
            return []
        from texts.relate import DEFAULT_SCORE

        least = DEFAULT_SCORE if least is None else least
        of = self.relations.for_left if side.number == 0 else self.relations.for_right
        found = of(number, min_score=least, limit=None if self._dismissed_pairs else most)
        return [each for each in found if not self._dismissed(each.left, each.right)][:most]

    def counterparts(self) -> int:
        """How many passages of the other text are related to the one at the cursor."""
        number = self.desk.active.passage_number()
        return len(self._best(self.desk.active, number)) if number is not None else 0

    def pairs(self) -> list[Related]:
        """All related passages of the two texts, best first, dismissed ones left out."""
        left = self.desk.sides[0].text
        numbers = [passage.number for passage in left.numbered if passage.number] if left else []
        found = [each for number in numbers for each in self._best(self.desk.sides[0], number)]
        return sorted(found, key=lambda each: -each.score)

    def _dismissed(self, left: int, right: int) -> bool:
        return (left, right) in self._dismissed_pairs

    def read_dismissed(self) -> None:
        """Reads again which pairs of passages are not to be suggested."""
        left, right = (side.text for side in self.desk.sides)
        self._dismissed_pairs = frozenset(
            dismissed_passages(self.desk.session.library, left, right) if left and right else ()
        )

    def _far(self, side: Side, related: Related) -> int:
        return related.right if side.number == 0 else related.left

    # the related list

    @does("related")
    def related(self, press: Press) -> None:
        """Opens the list of what the other text says about the selection, or the sentence at the cursor."""
        side, other = self.desk.active, self.desk.other
        if side.text is None or other.text is None:
            self.desk.tell(one_text(self.desk), error=True)
            return
        if self.relations is None:
            self.desk.tell(
                f"still comparing the two texts ({self.progress or 'not begun'}): again in a moment"
            )
            return
        from texts.relate import Side as RelatedSide

        asked = side.pane.target()
        near = RelatedSide.LEFT if side.number == 0 else RelatedSide.RIGHT
        found = answers(self.relations, near, asked, _LISTED * 2)
        found = [each for each in found if each.score >= _LEAST_LISTED and not self._is_itself(each)]
        found = [each for each in found if not self._dismissed(each.left, each.right)][:_LISTED]
        if not found:
            self.desk.tell(
                f"{other.slug} says nothing about this: "
                f"{self.desk.key_of('grow')} and {self.desk.key_of('related')} ask for more of it, "
                f"{self.desk.key_of('next_related')} goes to what it speaks of"
            )
            return
        self._asked = asked
        self._before = (self.desk.moving.here(), other.pane.place)
        rows = [self._row(side, each) for each in found]
        words = " ".join(side.text.quote(asked).split())
        self.desk.foot.related_list.open(
            f"Enter go · l link · x dismiss · Esc back   {other.slug} on “{words}”", rows
        )

    def _is_itself(self, related: Related) -> bool:
        """Whether both panes show one text, and this says no more than that a place is near to itself."""
        left, right = self.desk.sides
        return left.slug == right.slug and abs(related.left - related.right) <= _AROUND_ITSELF

    def _row(self, side: Side, related: Related) -> Row:
        from tui.widgets.related_list import Row

        other = self.desk.sides[1 - side.number]
        sentence = related.right_sentence if side.number == 0 else related.left_sentence
        words = other.text.quote(sentence) if other.text else ""
        spans = [
            Span(
                max(span.start, sentence.start) - sentence.start, min(span.end, sentence.end) - sentence.start
            )
            for span in self._evidence(side, related.left, related.right)[1]
            if span.overlaps(sentence)
        ]
        linked = (related.left, related.right) in self.desk.linking.passages()
        return Row(self._far(side, related), related.score, sentence, words, tuple(spans), linked)

    def _evidence(self, side: Side, left: int, right: int) -> tuple[list[Span], list[Span]]:
        """Spans that speak for the relation: in this side's text, and in the other's."""
        if self.relations is None:
            return [], []
        evidence = self.relations.evidence(left, right)
        near, far = [each.left for each in evidence], [each.right for each in evidence]
        return (near, far) if side.number == 0 else (far, near)

    def preview(self, row: Row) -> None:
        """Shows a row's passage level in the other pane, with the evidence underlined on both sides."""
        side, other = self.desk.active, self.desk.other
        number = side.passage_number()
        if other.text is None or number is None or self.relations is None:
            return
        pair = (number, row.number) if side.number == 0 else (row.number, number)
        near, far = self._evidence(side, *pair)
        passage = other.text.passage(row.number)
        side.pane.set_evidence(sorted(near))
        other.pane.set_evidence(sorted(far))
        other.pane.set_lit(passage.span)
        other.pane.reveal(passage.span, where="near")
        self.draw_bridge()

    def wanted(self, what: str, row: Row | None) -> None:
        """Goes there, links, dismisses, or leaves."""
        listed, other = self.desk.foot.related_list, self.desk.other
        if what in ("link", "dismiss"):
            refusal = next(filter(None, map(self.desk.versions.refusal, self.desk.sides)), "")
            if refusal:
                self.desk.tell(refusal, error=True)
                return
        if what == "leave" or row is None or other.text is None:
            self._leave(back=True)
        elif what == "go":
            self._leave(back=False)
            self.desk.moving.go(Place(other.slug, other.text.passage(row.number).span.start))
        elif what == "link":
            asked = self._asked or self.desk.active.pane.target()
            self.desk.linking.link_spans(asked, row.sentence, lambda: listed.show_linked(row))
        elif what == "dismiss":
            self._dismiss(row)
            listed.drop(row)

    def _leave(self, *, back: bool) -> None:
        self.desk.foot.related_list.close()
        self.desk.set_focus(self.desk.active.pane, scroll_visible=False)
        if back:
            if self._before is not None:
                self.desk.other.pane.reveal(self._before[1], "top")
            self.clear()
        self._before = None

    def _dismiss(self, row: Row) -> None:
        number = self.desk.active.passage_number()
        if number is None:
            return
        left, right = (number, row.number) if self.desk.active.number == 0 else (row.number, number)
        self._dismissed_pairs |= {(left, right)}
        one, two = (side.text for side in self.desk.sides)
        if one is None or two is None:
            return
        spans = one.passage(left).span, two.passage(right).span
        self.desk.session.write(
            lambda library: library.links.dismiss(one.slug, spans[0], two.slug, spans[1]),
            lambda _: self.desk.tell(
                f"¶{left} – ¶{right} will not be suggested again: {self.desk.key_of('undo')} takes that back",
                good=True,
            ),
            self.refused,
        )

    def clear(self) -> None:
        """Puts out evidence and what is lit."""
        for side in self.desk.sides:
            side.pane.set_evidence([])
            side.pane.set_lit(None)

    @does("next_related", "previous_related")
    def to_related(self, press: Press) -> None:
        """To the next or the last passage that the other text speaks of too."""
        side = self.desk.active
        if side.text is None or self.relations is None:
            self.desk.tell(
                "still comparing the two texts: again in a moment"
                if side.text and self.desk.other.text
                else one_text(self.desk)
            )
            return
        step = 1 if press.id == "next_related" else -1
        number = side.passage_number()
        if number is None:  # between two numbers, on furniture
            before = sum(passage.span.start < side.pane.cursor for passage in side.text.numbered)
            number = before if step > 0 else before + 1
        left = press.times
        while left:
            number += step
            if not 1 <= number <= len(side.text.numbered):
                self.desk.tell(f"no {'later' if step > 0 else 'earlier'} passage has a counterpart")
                return
            left -= bool(self._best(side, number, most=1))
        self.desk.moving.go(Place(side.slug, side.text.passage(number).span.start))

    # moving together

    @does("sync")
    def turn_sync(self, press: Press) -> None:
        """Off, proportional, follow, and round again."""
        ways = tuple(Sync)
        self.move_together(ways[(ways.index(self.sync) + press.times) % len(ways)])

    def move_together(self, way: Sync) -> None:
        """Has the panes move together in one of the ways, from now on."""
        if self.desk.other.text is None:
            self.desk.tell(one_text(self.desk), error=True)
            return
        self.sync = way
        self._follows = ""
        self._passage = None
        self.cursor_moved()

    @does("sync_invert")
    def invert(self, press: Press) -> None:
        """The other way round for the next move: panes that move together do not, and the reverse."""
        if self.desk.other.text is None:
            self.desk.tell(one_text(self.desk), error=True)
            return
        self._inverted = not self._inverted

    @does("level")
    def level(self, press: Press) -> None:
        """Brings the other pane level with the cursor: its best related passage, else the same part of the text."""
        if self.desk.other.text is None:
            self.desk.tell(one_text(self.desk), error=True)
        elif not self._follow(least=_LEAST_LISTED):
            self._proportional()

    def cursor_moved(self) -> None:
        """Moves the other pane where the panes move together, and lights the current tie."""
        side = self.desk.active
        passage = side.text.passage_at(side.pane.cursor) if side.text else None
        if passage == self._passage and self.sync is not Sync.PROPORTIONAL:
            return
        self._passage = passage
        sync = self.sync
        if self._inverted:
            sync, self._inverted = (Sync.FOLLOW if sync is Sync.OFF else Sync.OFF), False
        if sync is Sync.FOLLOW:
            self._follow(least=_STRONG)
        elif sync is Sync.PROPORTIONAL:
            self._proportional()
        self.draw_bridge()

    def _follow(self, least: float) -> bool:
        side, other = self.desk.active, self.desk.other
        number = side.passage_number()
        best = self._best(side, number, least, 1) if number is not None else []
        if not best or other.text is None:
            self._follows = "(nothing sure here)" if self.relations else ""
            return False
        far = other.text.passage(self._far(side, best[0]))
        self._follows = f"¶{number}→¶{far.number} {best[0].score:.0f} {self._because(side, best[0])}".strip()
        other.pane.reveal(far.span.start, side.pane.screen_row_of(side.pane.cursor))
        other.pane.set_lit(far.span)
        return True

    def _because(self, side: Side, related: Related) -> str:
        if self.relations is None or side.text is None:
            return ""
        weighty = sorted(self.relations.evidence(related.left, related.right), key=lambda each: -each.weight)
        words = [side.text.quote(each.left if side.number == 0 else each.right) for each in weighty[:2]]
        return f"({', '.join(one_line(word) for word in words)})" if words else ""

    def _proportional(self) -> None:
        side, other = self.desk.active, self.desk.other
        if side.text is None or other.text is None or not side.text.body:
            return
        share = side.pane.cursor / len(side.text.body)
        offset = int(share * len(other.text.body))
        other.pane.reveal(offset, side.pane.screen_row_of(side.pane.cursor))

    # the bridge

    def draw_bridge(self) -> None:
        """Draws the ties of what is in view; does nothing where nothing that matters has changed."""
        left, right = self.desk.sides
        if left.text is None or right.text is None:
            return
        shown = (tuple(left.pane.visible_passages()), tuple(right.pane.visible_passages()))
        lit = (self.desk.active.number, self.desk.active.passage_number())
        state = (shown, lit, id(self.relations), self.desk.linking.state(), len(self._dismissed_pairs))
        if state == self._drawn:
            return
        self._drawn = state
        self.desk.bridge.show(self._ties(shown, lit))

    def _ties(
        self, shown: tuple[tuple[tuple[int, int, int], ...], ...], lit: tuple[int, int | None]
    ) -> list[Tie]:
        rows = [{number: first for number, first, _ in side} for side in shown]
        ties: dict[tuple[int, int], Tie] = {}
        for number in rows[0]:
            for related in self._best(self.desk.sides[0], number, most=1):
                pair = (related.left, related.right)
                if pair[1] in rows[1]:
                    ties[pair] = self._tie(pair, rows, related.score, lit)
        active = self.desk.sides[lit[0]]
        for related in self._best(active, lit[1], most=1) if lit[1] is not None else []:
            pair = (related.left, related.right)
            ties[pair] = self._tie(pair, rows, related.score, lit)
        for pair in self.desk.linking.passages():
            if pair[lit[0]] == lit[1] or (pair[0] in rows[0] and pair[1] in rows[1]):
                ties[pair] = self._tie(pair, rows, None, lit)
        return list(ties.values())

    def _tie(
        self,
        pair: tuple[int, int],
        rows: list[dict[int, int]],
        score: float | None,
        lit: tuple[int, int | None],
    ) -> Tie:
        """A tie between two passages; an end out of sight goes over the edge it lies behind."""
        ends = [self._row_of(side, number, rows[side]) for side, number in enumerate(pair)]
        weight = Weight.LINKED if score is None else Weight.STRONG if score >= _STRONG else Weight.WEAK
        label = "" if score is None else f"{score:.0f}"
        for side, number in enumerate(pair):
            if number not in rows[side]:
                label = f"{'↑' if ends[side] < 0 else '↓'}¶{number}"
        return Tie(ends[0], ends[1], weight, pair[lit[0]] == lit[1], label)

    def _row_of(self, side: int, number: int, rows: dict[int, int]) -> int:
        if number in rows:
            return max(0, rows[number]) + 1
        above = all(number < seen for seen in rows) if rows else True
        return -1 if above else self.desk.bridge.size.height + 1
