"""Linking: a typed connection between two highlights, usually across the texts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from store.errors import NotFound
from store.library import Library
from store.links import KINDS, link_label
from store.records import Highlight, Link
from texts.lazy_pattern import lazy_pattern
from tui.desk.acts import write
from tui.desk.context import DeskContext, command
from tui.desk.linking import change_link_kind, say_linked
from tui.desk.marking import show_pending, will_repeat
from tui.desk.multi_span import drop_parts
from tui.desk.navigation import go_to_highlight
from tui.desk.open_texts import put_highlights
from tui.desk.target import find_target, highlight_here
from tui.dialogs.choices import Picked
from tui.keys.key_table import Press

T = TypeVar("T")


@command("link")
def link(ctx: DeskContext, press: Press) -> None:
    """Starts a link at the target; at the second press finishes it."""
    target = find_target(ctx)
    if target is None:
        return
    started = ctx.state.link_start
    if target.highlight is not None:
        _take_end(ctx, started, target.highlight)
        return

    pending = show_pending(ctx, target, "", star=False, noted=False)

    def done(highlight: Highlight) -> None:
        target.side.pane.drop_mark(pending.id)
        put_highlights(ctx, [highlight])
        _take_end(ctx, started, highlight)

    def failed(problem: BaseException) -> None:
        target.side.pane.drop_mark(pending.id)
        ctx.refused(problem)

    ctx.session.write(target.mark, done, failed)


def _take_end(ctx: DeskContext, started: Highlight | None, end: Highlight) -> None:
    if started is None:
        ctx.state.link_start = end
        ctx.tell(
            f"link from here: go to the other end and press {ctx.key_of('link')} again, "
            f"{ctx.key_of('clear')} leaves it",
            good=True,
        )
    elif started.id == end.id:
        ctx.tell(
            f"a link wants two highlights: go to the other end and press {ctx.key_of('link')}",
            error=True,
        )
    else:
        ctx.state.link_start = None
        _add(ctx, started.id, end.id, KINDS[0])
        will_repeat(ctx, partial(_link_here, ctx, started.id, KINDS[0]))


@command("link_kind")
def call(ctx: DeskContext, press: Press) -> None:
    """Says of what kind a link of the highlight at the cursor is; asks which where there are several."""
    highlight = highlight_here(ctx)
    if highlight is not None:
        _choose(ctx, "What kind has which link?", _links_of(ctx, highlight), partial(_call, ctx))


def _call(ctx: DeskContext, link: Link) -> None:
    change_link_kind(ctx, link, lambda kind: will_repeat(ctx, partial(_link_here, ctx, link.left, kind)))


def _add(ctx: DeskContext, left: int, right: int, kind: str) -> None:
    ctx.session.write(
        lambda library: library.links.add(left, right, kind=kind),
        lambda _: say_linked(ctx, kind),
        ctx.refused,
    )


def _link_here(ctx: DeskContext, left: int, kind: str) -> None:
    """Links the same first end to what is here, in one act."""
    target = find_target(ctx)
    if target is None:
        return
    if target.highlight is not None:
        _add(ctx, left, target.highlight.id, kind)
        return

    def job(library: Library) -> Link:
        with library.act(link_label(library.highlights.get(left).quote, target.quote, kind)):
            return library.links.add(left, target.mark(library).id, kind=kind)

    target.side.pane.clear_selection()
    drop_parts(ctx)
    ctx.session.write(job, lambda link: say_linked(ctx, link.kind), ctx.refused)


@command("follow_link")
def follow(ctx: DeskContext, press: Press) -> None:
    """Goes to the other end of a link, or to what the note refers to; asks which where there are several."""
    highlight = highlight_here(ctx)
    if highlight is None:
        return
    ways = [(words, _far_end(ctx, highlight, link)) for words, link in _links_of(ctx, highlight)]
    gone = []
    for number in references(highlight.note):
        try:
            far = ctx.session.library.highlights.get(number)
        except NotFound:
            gone.append(f"[[{number}]]")
        else:
            ways.append((f"[[{number}]] {ctx.name(far.text)}: “{far.quote}”", far))
    if gone and not ways:
        ctx.tell(f"the note refers to {', '.join(gone)}, which is no highlight of this library")
    else:
        _choose(ctx, "Follow which link?", ways, partial(go_to_highlight, ctx))


@command("delete_link")
def delete(ctx: DeskContext, press: Press) -> None:
    """Deletes a link of the highlight at the cursor; asks which where there are several."""
    highlight = highlight_here(ctx)
    if highlight is not None:
        _choose(ctx, "Delete which link?", _links_of(ctx, highlight), partial(_delete, ctx))


def _links_of(ctx: DeskContext, highlight: Highlight) -> list[tuple[str, Link]]:
    """The links of a highlight, each after the words for it."""
    links = ctx.session.library.links.of(highlight.id)
    return [(_link_words(ctx, highlight, link), link) for link in links]


def _choose(ctx: DeskContext, title: str, ways: Sequence[tuple[str, T]], act: Callable[[T], None]) -> None:
    """Does something with the only one there is, or with the one that is picked by its words."""
    from tui.dialogs.choices import Choice
    from tui.dialogs.picker import Picker

    if not ways:
        ctx.tell(f"no link is here: {ctx.key_of('link')} starts one")
    elif len(ways) == 1:
        act(ways[0][1])
    else:
        choices = [Choice(str(number), words) for number, (words, _) in enumerate(ways)]

        def picked(which: Picked | None) -> None:
            if which is not None:
                act(ways[int(which.key)][1])

        ctx.push(Picker(title, choices), picked)


def _link_words(ctx: DeskContext, highlight: Highlight, link: Link) -> str:
    far = _far_end(ctx, highlight, link)
    arrow = "⇄" if link.mutual else "→" if link.left == highlight.id else "←"
    note = f" ({link.note})" if link.note else ""
    return f"{link.kind} {arrow} {ctx.name(far.text)}: “{far.quote}”{note}"


def _far_end(ctx: DeskContext, highlight: Highlight, link: Link) -> Highlight:
    return ctx.session.library.highlights.get(link.right if link.left == highlight.id else link.left)


def _delete(ctx: DeskContext, link: Link) -> None:
    write(ctx, lambda library: library.links.delete(link.id))


_REFERENCE = lazy_pattern(r"\[\[ *([0-9]{1,18}) *\]\]")
"""At most 18 digits: more is no id that SQLite could give."""


def references(note: str) -> tuple[int, ...]:
    """Ids of the highlights that a note refers to, in the order of the note, each once."""
    return tuple(dict.fromkeys(int(number) for number in _REFERENCE.findall(note)))
