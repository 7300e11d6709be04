"""What the other text says about this: the related list, and from passage to related passage."""

from __future__ import annotations

from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from texts.meaning import MISSING, model_version
from texts.model import Passage, Span, Text
from tui.desk.context import DeskContext, command
from tui.desk.linking import change_link_kind, link_places
from tui.desk.navigation import go
from tui.desk.open_texts import activate
from tui.desk.pair_view import LEAST_LISTED, PairView
from tui.desk.relating import leave_related_list, once_related, read_dismissed, start_relating
from tui.desk.side import Side
from tui.desk.ties import draw_bridge, linked_passages, links_by_passages
from tui.keys.key_table import Press
from tui.ui_state import Place

if TYPE_CHECKING:
    from texts.relate import Related
    from tui.widgets.related_list import RelatedRow

_LISTED = 12
"""Rows of the related list."""


_FEW = 4
"""With fewer rows than this the list is filled up with less likely ones, so that there is a choice."""


_AROUND_ITSELF = 2
"""Passages before and after a place that are no answer of its own text: they are near because they stand there."""


class _Asked(NamedTuple):
    """What the open list is about, as the reader sees it, and where they were before it opened."""

    span: Span
    passage: Passage
    text: Text
    other: Text
    top: int
    """Offset of what stood at the top of the other pane."""


class RelatedListState:
    """What the list of related passages was opened on."""

    def __init__(self, ctx: DeskContext) -> None:
        self.asked: _Asked | None = None


@command("related")
def related(ctx: DeskContext, press: Press) -> None:
    """Opens the list of what the other text says about the selection, or the sentence at the cursor."""
    side, other = ctx.active, ctx.other
    if side.text is None or other.text is None:
        ctx.tell(ctx.one_text(), error=True)
        return
    once_related(ctx, "related", partial(_list_related, ctx, side, other, side.pane.target()))
    if ctx.state.relations.found is None:
        # The other process is at work: what reads its answer can be loaded meanwhile.
        from store.services.relations import load_answering

        load_answering()


def _list_related(ctx: DeskContext, side: Side, other: Side, asked: Span) -> None:
    """Opens the list for a span of a side."""
    view = ctx.view_from(side)
    if view is None or side.text is None or other.text is None:
        return
    if ctx.active is not side:  # the reader went over while this waited
        activate(ctx, side)
    found = _worth_a_row(ctx, view.answers(asked, _LISTED * 2), view)
    if not found:
        ctx.tell(
            f"{ctx.name(other.slug)} says nothing about this: "
            f"{ctx.key_of('grow')} and {ctx.key_of('related')} ask for more of it, "
            f"{ctx.key_of('next_related')} goes to what it speaks of"
        )
        return
    passage = side.pane.passage_at(asked.start)
    ctx.own(RelatedListState).asked = _Asked(asked, passage, side.text, other.text, other.pane.place)
    linked = linked_passages(ctx)
    rows = [_row(view, other.text, each, linked) for each in found]
    words = " ".join(side.text.quote(asked).split())
    ctx.overlays.related_list.open(
        f"Enter go · l link · x dismiss · Esc back   {ctx.name(other.slug)} on “{words}”", rows
    )


def _worth_a_row(ctx: DeskContext, found: list[Related], view: PairView) -> list[Related]:
    """What the list shows of these: all that may be so, and, where that is little, some more that share a word."""
    left, right = ctx.sides
    if left.slug == right.slug:  # what stands around a place says no more than that it is near to itself
        found = [each for each in found if abs(each.left - each.right) > _AROUND_ITSELF]
    likely = [each for each in found if each.score >= LEAST_LISTED][:_LISTED]
    if not likely or len(likely) >= _FEW:
        return likely
    rest = (each for each in found if each.score < LEAST_LISTED and view.share_words(each))
    return [*likely, *islice(rest, _FEW - len(likely))]


def _row(view: PairView, text: Text, found: Related, linked: set[tuple[int, int]]) -> RelatedRow:
    """A related passage of the other text as a row: its best sentence, the words underlined that speak for it."""
    from tui.widgets.related_list import RelatedRow

    sentence = view.far_sentence(found)
    spans = [
        Span(max(span.start, sentence.start) - sentence.start, min(span.end, sentence.end) - sentence.start)
        for span in view.evidence_of(found)[1]
        if span.overlaps(sentence)
    ]
    tied = (found.left, found.right) in linked
    by_meaning = view.is_by_meaning and not view.share_words(found)
    words = text.quote(sentence)
    return RelatedRow(
        view.far_number(found), found.score, sentence, words, tuple(spans), tied, by_meaning=by_meaning
    )


def preview_row(ctx: DeskContext, row: RelatedRow) -> None:
    """Shows a row's passage level in the other pane, with the evidence underlined on both sides."""
    side, other = ctx.active, ctx.other
    asked, view = ctx.own(RelatedListState).asked, ctx.view_from(side)
    number = asked.passage.number if asked else None
    if other.text is None or number is None or view is None:
        return
    near, far = view.evidence(number, row.number)
    passage = other.text.passage(row.number)
    side.pane.set_evidence(sorted(near))
    other.pane.set_evidence(sorted(far))
    other.pane.emphasize(passage.span)
    other.pane.reveal(passage.span, where="near")
    draw_bridge(ctx)


def act_on_row(ctx: DeskContext, what: str, row: RelatedRow | None) -> None:
    """Goes there, links, says of what kind the link is, dismisses, or leaves."""
    listed, other, asked = ctx.overlays.related_list, ctx.other, ctx.own(RelatedListState).asked
    if what in ("link", "kind", "dismiss"):
        refusal = next(filter(None, (ctx.why_locked(side) for side in ctx.sides)), "")
        if refusal:
            ctx.tell(refusal, error=True)
            return
    if what == "leave" or row is None or other.text is None:
        leave_related(ctx)
    elif what == "go":
        leave_related_list(ctx)
        go(ctx, Place(other.slug, other.text.passage(row.number).span.start))
    elif what == "link" and asked is not None:
        far = asked.other, row.sentence
        link_places(ctx, (asked.text, asked.span), far, lambda: listed.show_linked(row))
    elif what == "kind" and asked is not None:
        _change_kind(ctx, asked, row)
    elif what == "dismiss":
        _dismiss(ctx, asked, row)
        listed.drop(row)


def _change_kind(ctx: DeskContext, asked: _Asked, row: RelatedRow) -> None:
    view = ctx.view_from(ctx.active)
    if view is None:
        return
    (_, near), (_, far) = _ends(view, asked, row)
    link = links_by_passages(ctx).get((near.number or 0, far.number or 0))
    if link is None:
        ctx.tell("no link is here: l makes one")
    else:
        change_link_kind(ctx, link)


def _ends(
    view: PairView, asked: _Asked, row: RelatedRow
) -> tuple[tuple[Text, Passage], tuple[Text, Passage]]:
    """Text and passage on the left and on the right of a row."""
    return view.left_and_right((asked.text, asked.passage), (asked.other, asked.other.passage(row.number)))


def leave_related(ctx: DeskContext) -> None:
    """Leaves the list, and the other pane as it was before."""
    asked = ctx.own(RelatedListState).asked
    leave_related_list(ctx)
    if asked is not None:
        ctx.other.pane.reveal(asked.top, "top")
    ctx.clear_evidence()


def _dismiss(ctx: DeskContext, asked: _Asked | None, row: RelatedRow) -> None:
    view = ctx.view_from(ctx.active)
    if asked is None or asked.passage.number is None or view is None:
        return
    (one, near), (two, far) = _ends(view, asked, row)
    left, right = near.number or 0, far.number or 0
    ctx.state.relations.dismissed |= {(left, right)}

    def failed(problem: BaseException) -> None:
        read_dismissed(ctx)
        draw_bridge(ctx)
        ctx.refused(problem)

    ctx.session.write(
        lambda library: library.links.dismiss(
            one.slug, near.span, two.slug, far.span, left_version=one.sha256, right_version=two.sha256
        ),
        lambda _: ctx.tell(
            f"¶{left} – ¶{right} will not be suggested again: {ctx.key_of('undo')} takes that back",
            good=True,
        ),
        failed,
    )


@command("next_related", "previous_related")
def to_related(ctx: DeskContext, press: Press) -> None:
    """To the next or the last passage that the other text speaks of too."""
    side, view = ctx.active, ctx.view_from(ctx.active)
    if side.text is None or view is None:
        once_related(ctx, press.id, partial(to_related, ctx, press))
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
            ctx.tell(f"no {'later' if step > 0 else 'earlier'} passage has a counterpart")
            return
        left -= bool(view.best(number, most=1))
    go(ctx, Place(side.slug, side.text.passage(number).span.start))


@command("meaning")
def relate_by_meaning(ctx: DeskContext, press: Press) -> None:
    """Relates the pair by meaning and words, or by words alone again; what is being computed by meaning is left."""
    left, right = (side.text for side in ctx.sides)
    if left is None or right is None:
        ctx.tell(ctx.one_text(), error=True)
        return
    relations = ctx.state.relations
    wanted = not relations.is_by_meaning
    if wanted and not model_version():
        ctx.tell(MISSING, error=True)
        return
    relations.meaning[frozenset((left.slug, right.slug))] = wanted
    start_relating(ctx)
    key = ctx.key_of(press.id)
    ctx.tell(
        f"relating by meaning and words: {key} goes back to words" if wanted else "related by words alone"
    )
