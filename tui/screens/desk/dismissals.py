"""Suggestions that were dismissed: listed for the pair on the desk, and taken back."""

from __future__ import annotations

from functools import partial

from textual.content import Content

from store.records import Dismissed
from texts.model import Span, Text
from texts.visible import one_line
from tui.keys import Press
from tui.screens.desk.moving import Place
from tui.screens.desk.part import Part, does
from tui.screens.desk.refusals import one_text
from tui.screens.picker import Choice, Deed, Picked, Picker, preview_words

_QUOTED = 48
"""Characters of a place in the list; the preview has all of it."""


class Dismissals(Part):
    """The list of what is not to be suggested again."""

    @does("dismissed")
    def dismissed(self, press: Press) -> None:
        """What was dismissed between the two texts, both places with their words."""
        left, right = (side.text for side in self.desk.sides)
        if left is None or right is None:
            self.desk.tell(one_text(self.desk), error=True)
            return
        found = self.desk.session.library.links.dismissed(
            self.desk.sides[0].library_slug, self.desk.sides[1].library_slug
        )
        by_key = {str(each.id): each for each in found}
        picker = Picker(
            f"Dismissed between {left.slug} and {right.slug}",
            [_choice(each, left, right) for each in found],
            deeds=(Deed("delete", "take_back", "suggest again"),),
            ticks=True,
            preview=lambda key: _preview(by_key[key], left, right),
            empty=f"Nothing is dismissed between these two: in the list of {self.desk.key_of('related')}, x dismisses.",
        )
        self.desk.app.push_screen(picker, partial(self._picked, by_key))

    def _picked(self, by_key: dict[str, Dismissed], picked: Picked | None) -> None:
        if picked is None:
            return
        if picked.deed == "take_back":
            ids = [by_key[key].id for key in picked.keys]
            self.desk.marking.act(lambda library: library.links.take_back(ids))
            return
        each = by_key[picked.key]
        if not each.present:
            self.desk.tell("one of the two texts has changed since: this pair has no place in it")
            return
        active = self.desk.active
        for side, span in zip(self.desk.sides, (each.left_span, each.right_span), strict=True):
            self.desk.moving.go(Place(side.slug, span.start))
        self.desk.activate(active)


def _choice(each: Dismissed, left: Text, right: Text) -> Choice:
    label = f"{_place(left, each.left_span, each.present)} ↮ {_place(right, each.right_span, each.present)}"
    return Choice(str(each.id), label, f"{each.reader} {each.created[:10]}")


def _place(text: Text, span: Span, present: bool) -> str:
    """`¶9 “How serious …”`; where the text has changed since, only that."""
    if not present:
        return f"{text.slug}, changed since"
    passage = text.passage_at(span.start)
    words = one_line(" ".join(text.quote(span).split()))
    number = f"¶{passage.number} " if passage and passage.number else ""
    return f"{number}“{words if len(words) <= _QUOTED else words[: _QUOTED - 1] + '…'}”"


def _preview(each: Dismissed, left: Text, right: Text) -> Content:
    if not each.present:
        return Content("One of the two texts has changed since, and the place is not in its present version.")
    return preview_words(
        (f"{left.slug}  “{left.quote(each.left_span)}”\n\n", ""),
        (f"{right.slug}  “{right.quote(each.right_span)}”", ""),
    )
