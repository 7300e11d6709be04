"""Making highlights, and what is done to the one at the cursor."""

from __future__ import annotations

from textual.content import Content

from store.records import Highlight
from texts.visible import one_line
from tui.desk.acts import write_highlights, write_on
from tui.desk.context import DeskContext, command
from tui.desk.marking import do_and_repeat, mark_target, short, tag_here, take_sentences
from tui.desk.target import (
    Target,
    highlight_here,
    highlights_here,
    put_in_place,
    start_placing,
    with_target,
)
from tui.dialogs.small_dialogs import Choose, Page
from tui.keys.key_table import Press
from tui.view.times import local_time

_REPEATED = ("highlight", "tag", "highlight_with", "note", "star", "untag", "link")
"""Commands that `.` does again."""


@command("highlight")
def highlight(ctx: DeskContext, press: Press) -> None:
    """Highlights with the armed tag, else the last one; keeps the edges where they are being moved."""
    if ctx.state.placing is not None:
        put_in_place(ctx)
        return
    do_and_repeat(ctx, lambda: tag_here(ctx, ctx.state.marking.armed or ctx.state.marking.last_tag))


@command("repeat")
def repeat(ctx: DeskContext, press: Press) -> None:
    """The last mark again, here; a count takes the place of the one that it had."""
    if ctx.state.marking.repeat is None:
        keys = ", ".join(map(ctx.key_of, _REPEATED))
        ctx.tell(f"nothing to repeat yet: what marks can be repeated ({keys})")
        return
    ctx.state.marking.repeat_count = press.count or ctx.state.marking.repeat_count
    take_sentences(ctx, ctx.state.marking.repeat_count)
    ctx.state.marking.repeat()


@command("star")
def star(ctx: DeskContext, press: Press) -> None:
    """Puts a star on the target, or takes it off."""

    def act(target: Target) -> None:
        highlight = target.highlight
        if highlight is None:
            mark_target(ctx, target, star=True)
        else:
            mark = target.side.pane.mark(highlight.id)
            if mark is not None:  # seen at once, written behind
                target.side.pane.put_mark(mark._replace(star=not highlight.star))
            write_highlights(ctx, lambda library: library.highlights.star(highlight.id, not highlight.star))

    do_and_repeat(ctx, lambda: with_target(ctx, act))


@command("cycle")
def cycle(ctx: DeskContext, press: Press) -> None:
    """The next one where highlights overlap."""
    here = highlights_here(ctx)
    if len(here) < 2:
        ctx.tell(
            f"only one highlight is here: {ctx.key_of('card')} shows it"
            if here
            else f"no highlight is here: {ctx.key_of('next_highlight')} goes to one"
        )
        return
    ordered = sorted(here, key=lambda each: each.id)
    current = here[0].id
    at = next(place for place, each in enumerate(ordered) if each.id == current)
    chosen = ordered[(at + press.times) % len(ordered)]
    ctx.state.marking.cycled = chosen.id
    ctx.active.pane.emphasize(chosen.span)
    ctx.tell(f"“{short(chosen.quote)}” {' '.join(chosen.tags)}")


@command("delete")
def delete(ctx: DeskContext, press: Press) -> None:
    """Deletes the highlight at the cursor; u brings it back."""
    highlight = highlight_here(ctx)
    if highlight is None:
        return
    ctx.active.pane.drop_mark(highlight.id)
    write_on(ctx, [highlight], lambda library: library.highlights.delete([highlight.id]))


@command("card")
def card(ctx: DeskContext, press: Press) -> None:
    """Shows all that is here."""
    here = highlights_here(ctx)
    if not here:
        ctx.tell(f"no highlight is here: {ctx.key_of('highlight')} makes one")
        return
    links = ctx.session.library.links
    ctx.push(
        Page(
            f"{len(here)} here",
            Content("\n\n").join(_card(ctx, each, len(links.of(each.id))) for each in here),
        )
    )


def _card(ctx: DeskContext, highlight: Highlight, links: int) -> Content:
    styles = ctx.session.tag_styles()
    tags = ", ".join(f"{styles.get(tag, ('', ''))[1]} {tag}" for tag in highlight.tags) or "no tag"
    facts = [
        f"id {highlight.id}",
        highlight.reader,
        local_time(highlight.created, seconds=True),
    ]
    if highlight.star:
        facts.insert(0, "★")
    if links:
        facts.append(f"{links} link{'s' if links > 1 else ''}: {ctx.key_of('follow_link')} follows")
    if highlight.anchor != "exact":
        facts.append(f"{highlight.anchor}, {highlight.confidence:.0f} % sure")
    return Content.assemble(
        (f"“{one_line(' '.join(highlight.quote.split()))}”\n", "italic"),
        (one_line(tags), "bold"),
        (f"\n{one_line(' · '.join(facts))}", "$foreground 75%"),
        f"\n\n{highlight.note}" if highlight.note else "",
    )


@command("edit_edges")
def edit_edges(ctx: DeskContext, press: Press) -> None:
    """Selects the highlight, so that motions move its edges until Enter keeps them."""
    highlight = highlight_here(ctx)
    if highlight is not None:
        start_placing(ctx, highlight)


@command("join")
def join(ctx: DeskContext, press: Press) -> None:
    """Joins the highlight with those that overlap it; asks what becomes of several notes."""
    highlight = highlight_here(ctx)
    if highlight is None:
        return
    overlapping = ctx.active.pane.marks_within(highlight.span)
    others = ctx.session.highlights([mark.id for mark in overlapping if mark.id != highlight.id])
    if not others:
        ctx.tell(f"nothing overlaps this highlight: {ctx.key_of('join')} joins those that do")
        return
    seen = (highlight, *others)
    ids = [each.id for each in seen]
    notes = [each.note for each in seen if each.note]
    if len(notes) < 2:
        write_on(ctx, seen, lambda library: library.highlights.join(ids))
        return

    def answered(key: str | None) -> None:
        if key is not None:
            note = "\n\n".join(notes) if key == "b" else notes[0]
            write_on(ctx, seen, lambda library: library.highlights.join(ids, note=note))

    answers = {"b": "keep all notes, one after the other", "f": "keep only the first"}
    ctx.push(Choose("The joined highlights have notes", answers), answered)
