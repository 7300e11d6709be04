"""What a marking key acts on, and the highlight that is given another place first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from store.library import Library
from store.records import Anchor, Highlight
from texts.model import Span, Text
from tui.desk.acts import write_failed
from tui.desk.context import DeskContext
from tui.desk.desk_state import Placing
from tui.desk.multi_span import drop_parts, hold_parts, is_unwritten, parts_with
from tui.desk.open_texts import put_highlights
from tui.desk.side import Side


class Target(NamedTuple):
    """What a marking key acts on: a highlight that is there, or a span that is to be one."""

    side: Side
    text: Text
    """As the reader saw it when the key was pressed: the library may have another version by the time of writing."""
    parts: tuple[Span, ...]
    highlight: Highlight | None

    @property
    def quote(self) -> str:
        """The words, with ` … ` where there are gaps."""
        return " … ".join(self.text.quote(part) for part in self.parts)

    def mark(self, library: Library, *, tags: Sequence[str] = (), star: bool = False) -> Highlight:
        """Highlights it in the library; raises TextChanged where its words have gone meanwhile."""
        return library.highlights.mark(
            self.text.slug, self.parts, tags=tags, star=star, version=self.text.sha256
        )


def highlights_here(ctx: DeskContext) -> list[Highlight]:
    """The highlights at the cursor, innermost first, the one that O chose before the others."""
    side = ctx.active
    found = ctx.session.highlights([mark.id for mark in side.pane.marks_at(side.pane.cursor)])
    found.sort(key=lambda each: each.id != ctx.state.marking.cycled)
    return found


def is_being_made(ctx: DeskContext) -> bool:
    """Whether a highlight at the cursor is seen already and not in the library yet."""
    pane = ctx.active.pane
    return ctx.session.writing and any(is_unwritten(mark) for mark in pane.marks_at(pane.cursor))


def _refuse_for_now(ctx: DeskContext) -> None:
    ctx.tell("the highlight here is still being written: again in a moment", error=True)


def highlight_here(ctx: DeskContext) -> Highlight | None:
    """The highlight at the cursor; says so where there is none, or where it is not written yet."""
    if is_being_made(ctx):
        _refuse_for_now(ctx)
        return None
    here = highlights_here(ctx)
    if not here:
        ctx.tell(f"no highlight is here: {ctx.key_of('highlight')} makes one", error=True)
        return None
    return here[0]


def find_target(ctx: DeskContext) -> Target | None:
    """The selection; else the highlight at the cursor; else the sentence.

    A highlight whose edges are being moved is put in its place first, and is the target then.
    """
    return _chosen(ctx) if ctx.state.placing is None else put_in_place(ctx)


def _chosen(ctx: DeskContext) -> Target | None:
    """The selection; else the highlight at the cursor; else the sentence."""
    side = ctx.active
    text = side.text if side.text is not None and side.text.body else None
    refusal = ctx.why_locked(side) if text else ctx.no_text()
    if text is None or refusal:
        ctx.tell(refusal, error=True)
        return None
    parts = parts_with(ctx, side, side.pane.selection)
    if parts:
        return Target(side, text, parts, None)
    if side.pane.selection is not None:
        span = side.pane.selection
        same = [mark.id for mark in side.pane.marks_within(span) if mark.parts == (span,)]
        return Target(side, text, (span,), next(iter(ctx.session.highlights(same)), None))
    if is_being_made(ctx):
        _refuse_for_now(ctx)
        return None
    here = highlights_here(ctx)
    if here:
        mark = side.pane.mark(here[0].id)
        return Target(side, text, mark.parts if mark else here[0].parts, here[0])
    return Target(side, text, (side.pane.target(),), None)


def with_target(ctx: DeskContext, act: Callable[[Target], None]) -> None:
    """Does something with what a marking key acts on, if there is anything."""
    target = find_target(ctx)
    if target is not None:
        act(target)


def start_placing(ctx: DeskContext, highlight: Highlight, then: Callable[[], None] = lambda: None) -> None:
    """Has the reader select where a highlight belongs: Enter puts it there, Esc leaves it where it is.

    Of one with gaps, the part at the cursor is selected, and the others stay. `then` is called once it is there.
    """
    ctx.state.placing = Placing(highlight, then)
    side = ctx.active
    side.pane.clear_selection()
    if highlight.anchor is not Anchor.ORPHAN:
        parts = highlight.parts
        part = next((each for each in parts if len(parts) == 1 or each.holds(side.pane.cursor)), None)
        if part is not None:
            hold_parts(ctx, side, tuple(each for each in parts if each != part))
            side.pane.select_span(part)
    ctx.show_status()


def take_by_edge(ctx: DeskContext) -> bool:
    """Does the same where selecting has just started on a highlight, and would select a letter; says whether."""
    here = highlights_here(ctx) if can_be_taken(ctx) else []
    if here:
        start_placing(ctx, here[0])
    return bool(here)


def can_be_taken(ctx: DeskContext) -> bool:
    """Whether a highlight is here that the key of the other edge takes."""
    side = ctx.active
    started = side.pane.selecting_just_started and bool(side.pane.marks_at(side.pane.cursor))
    return started and ctx.state.placing is None and not parts_with(ctx, side, None)


def put_in_place(ctx: DeskContext) -> Target | None:
    """Puts the highlight where the reader has selected; says why not where it cannot be, and returns None.

    What it returns can be marked further: the highlight, with the place that it gets.
    """
    side = ctx.active
    if ctx.state.placing is None:
        return None
    highlight, then = placed = ctx.state.placing
    if side.slug != highlight.text:
        ctx.tell(
            f"this highlight is in {ctx.name(highlight.text)}: select there, {ctx.key_of('clear')} leaves it",
            error=True,
        )
        return None
    if side.pane.selection is None and not parts_with(ctx, side, None):
        ctx.tell(
            f"select where it belongs first ({ctx.key_of('select')} and motions), "
            f"{ctx.key_of('clear')} leaves it",
            error=True,
        )
        return None
    ctx.state.placing = None
    target = _chosen(ctx)
    if target is None:
        ctx.state.placing = placed
        return None
    side.pane.clear_selection()
    drop_parts(ctx)

    known = () if ctx.session.writing else (highlight,)

    def move(library: Library) -> Highlight:
        library.highlights.require_unchanged(known)
        return library.highlights.move(highlight.id, target.parts, version=target.text.sha256)

    def done(moved: Highlight) -> None:
        put_highlights(ctx, [moved])
        then()

    ctx.session.write(
        move,
        done,
        partial(write_failed, ctx),
    )
    return target._replace(highlight=highlight)


def stop_placing(ctx: DeskContext) -> bool:
    """Leaves a highlight where it was; says whether one was being placed."""
    if ctx.state.placing is None:
        return False
    ctx.state.placing = None
    drop_parts(ctx)
    return True
