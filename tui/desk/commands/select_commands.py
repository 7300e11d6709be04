"""Selecting: by motions, by objects, by labels, and taking the selection along."""

from __future__ import annotations

from textual import events

from texts.model import Span
from texts.visible import one_line
from tui.desk.clipboard import copy_to_file, copy_words
from tui.desk.context import DeskContext, command
from tui.desk.desk_state import KeptParts, Labelled, Labels
from tui.desk.marking import MOST_OBJECTS, selection_ended
from tui.desk.multi_span import draw_parts, with_part
from tui.desk.navigation import go
from tui.desk.open_texts import activate
from tui.desk.side import Side
from tui.desk.target import take_by_edge
from tui.keys.key_table import KEYS, Press
from tui.keys.other_scripts import told_of_script
from tui.ui_state import Place
from tui.view.hints import in_order_of_nearness, label_places, still_possible

_OBJECT = "select_"


OBJECTS = tuple(key.id for key in KEYS if key.id.startswith(_OBJECT) and len(key.id) == len(_OBJECT) + 2)


@command("select")
def select(ctx: DeskContext, press: Press) -> None:
    """Starts or stops selecting."""
    _turn(ctx, "select")


@command("select_passages")
def select_passages(ctx: DeskContext, press: Press) -> None:
    """Starts or stops selecting whole passages."""
    _turn(ctx, "select passages")


def _turn(ctx: DeskContext, mode: str) -> None:
    pane = ctx.active.pane
    if ctx.active.text is None:
        ctx.tell(ctx.no_text(), error=True)
    elif pane.mode == mode:
        selection_ended(ctx)
        pane.clear_selection()
    else:
        pane.select("select" if mode == "select" else "select passages")


@command("grow")
def grow(ctx: DeskContext, press: Press) -> None:
    """Selects the next larger of word, sentence, passage and text."""
    for _ in range(min(press.times, 4)):
        ctx.active.pane.grow_selection()


@command("shrink")
def shrink(ctx: DeskContext, press: Press) -> None:
    """Selects less again."""
    for _ in range(min(press.times, 4)):
        ctx.active.pane.shrink_selection()


@command(*OBJECTS)
def select_object(ctx: DeskContext, press: Press) -> None:
    """Selects a sentence, passage, word or highlight, and with a count those after it as well."""
    pane = ctx.active.pane
    if press.id == f"{_OBJECT}ih" and not pane.marks_at(pane.cursor):
        ctx.tell(f"no highlight is here: {ctx.key_of('next_highlight')} goes to one")
        return
    for _ in range(min(press.times, MOST_OBJECTS)):
        pane.select_object(press.id.removeprefix(_OBJECT))


@command("other_edge")
def other_edge(ctx: DeskContext, press: Press) -> None:
    """Motions move the other edge; right after selecting has started on a highlight, the edges of that."""
    if not take_by_edge(ctx):
        ctx.active.pane.other_edge()


@command("select_again")
def select_again(ctx: DeskContext, press: Press) -> None:
    """Selects what was selected last."""
    span = ctx.active.pane.last_selection
    if span is None:
        ctx.tell(f"nothing has been selected here yet: {ctx.key_of('select')} starts")
    else:
        ctx.active.pane.select_span(span)


@command("copy")
def copy(ctx: DeskContext, press: Press) -> None:
    """Copies the selection, or the sentence, with where it is from; to the named file, where one is named."""
    side = ctx.active
    if side.text is None:
        ctx.tell(ctx.no_text(), error=True)
        return
    span = side.pane.target()
    passage = side.text.passage_at(span.start)
    where = f", ¶{passage.number}" if passage and passage.number else ""
    by = f"{side.text.author}, " if side.text.author else ""
    quote = " ".join(side.text.quote(span).split())
    # What is pasted into a shell is obeyed there.
    words = one_line(f"“{quote}” ({by}{side.text.title}{where})")
    if press.argument:
        copy_to_file(ctx, words, press.argument)
    elif copy_words(ctx, words, "with its citation", to_file="copy"):
        side.pane.clear_selection()


@command("keep_part")
def keep_part(ctx: DeskContext, press: Press) -> None:
    """Keeps the selection, or the sentence, as a part of the highlight to come."""
    side = ctx.active
    refusal = ctx.why_locked(side)
    if side.text is None or not side.text.body or refusal:
        ctx.tell(refusal or ctx.no_text(), error=True)
        return
    if ctx.state.parts.spans and side.slug != ctx.state.parts.slug:
        ctx.tell(
            f"a highlight stays in one text: its first part is in {ctx.name(ctx.state.parts.slug)}, "
            f"{ctx.key_of('clear')} drops it",
            error=True,
        )
        return
    parts = with_part(ctx.state.parts.spans, side.pane.target())
    ctx.state.parts = KeptParts(parts, side.slug)
    side.pane.clear_selection()
    draw_parts(ctx, side)


@command("hint")
def hint(ctx: DeskContext, press: Press) -> None:
    """Labels the sentences in view, in each pane that is; a label goes there."""
    _show(ctx, to_select=False)


@command("hint_select")
def hint_select(ctx: DeskContext, press: Press) -> None:
    """Labels the sentences in view; two labels select from the one to the other."""
    _show(ctx, to_select=True)


def _show(ctx: DeskContext, *, to_select: bool) -> None:
    places: list[Labelled] = []
    for side in ctx.sides_in_sight():
        if side.text is not None:
            near = in_order_of_nearness(side.pane.visible_sentences(), side.pane.cursor)
            places += [(side.number, offset) for offset in near]
    if not places:
        ctx.tell(f"no sentence begins in view: {ctx.key_of('line_down')} and {ctx.key_of('line_up')} scroll")
        return
    labels = ctx.state.labels = Labels(label_places(places), to_select)
    _draw_labels(ctx, labels)
    ctx.tell("type a label; Esc leaves" if not to_select else "two labels: where to begin, where to end")


def _draw_labels(ctx: DeskContext, labels: Labels) -> None:
    """Shows what is left to type of each label that is still possible."""
    possible = still_possible(labels.places, labels.typed)
    for side in ctx.sides:
        shown = {
            offset: label[len(labels.typed) :]
            for label, (number, offset) in possible.items()
            if number == side.number
        }
        side.pane.set_labels(shown)


def label_typed(ctx: DeskContext, labels: Labels, event: events.Key) -> None:
    """One letter of a label; anything else leaves."""
    letter = event.character or ""
    possible = still_possible(labels.places, labels.typed + letter)
    if not letter.isalpha() or not possible:
        typed = labels.typed + (letter or event.key)
        ctx.clear_labels()
        again = f"{ctx.key_of('hint')} labels again"
        why = told_of_script(letter, unless=again)
        ctx.tell("" if event.key == "escape" else f"no label begins with {typed}: {why}")
        return
    labels.typed += letter
    if labels.typed in possible:
        _chosen(ctx, labels, possible[labels.typed])
    else:
        _draw_labels(ctx, labels)


def _chosen(ctx: DeskContext, labels: Labels, place: Labelled) -> None:
    side = ctx.sides[place[0]]
    ctx.tell("")
    if not labels.to_select:
        ctx.clear_labels()
        go(ctx, Place(side.slug, place[1]))
    elif labels.first is None:
        of_side = {label: each for label, each in labels.places.items() if each[0] == place[0]}
        labels = ctx.state.labels = Labels(of_side, labels.to_select, first=place)
        _draw_labels(ctx, labels)
        ctx.tell("and the label where it ends")
    else:
        _select(ctx, side, labels.first, place)


def _select(ctx: DeskContext, side: Side, first: Labelled, last: Labelled) -> None:
    ctx.clear_labels()
    start, end = sorted((first[1], last[1]))
    activate(ctx, side)
    side.pane.select_span(Span(start, side.pane.sentence_at(end).end))
