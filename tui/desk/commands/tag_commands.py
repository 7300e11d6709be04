"""Tagging: the tag picker, quick tags and letters, the armed tag, the quoted words as a tag."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from store.library import Library
from tui.desk.acts import write, write_highlights
from tui.desk.context import DeskContext, command
from tui.desk.marking import do_and_repeat, put_tag, short, tag_here, will_repeat
from tui.desk.multi_span import drop_parts
from tui.desk.tag_picker import tag_picker
from tui.desk.target import Target, find_target, highlight_here, with_target
from tui.dialogs.choices import Choice, Picked
from tui.dialogs.picker import Picker
from tui.keys.key_table import Press

_ABOVE = 3
"""Rows that are left in sight of what is tagged, and above it."""
_TAG_LENGTH = 60
"""The longest quote that T makes a tag of."""


@command("tag")
def tag(ctx: DeskContext, press: Press) -> None:
    """Puts the named tag on the target; opens the tag picker where none is named."""
    if press.argument:
        _tag_as(ctx, press.argument)
        return
    target = find_target(ctx)
    if target is not None:
        title = f"Tag “{short(target.quote)}”"
        top = _keep_in_sight(ctx, target)
        ctx.push(tag_picker(ctx, title, ticks=True, at_foot=True), partial(_tags_picked, ctx, target, top))


def _keep_in_sight(ctx: DeskContext, target: Target) -> int | None:
    """Scrolls so that what is tagged stands above the list of tags; gives what was at the top, where it scrolled."""
    pane, start = target.side.pane, target.parts[0].start
    if pane.region.y + pane.screen_row_of(start) < ctx.screen.size.height // 2 - _ABOVE:
        return None
    top = pane.place
    pane.reveal(start, _ABOVE)
    return top


def _tags_picked(ctx: DeskContext, target: Target, top: int | None, picked: Picked | None) -> None:
    if picked is None:
        if top is not None:
            target.side.pane.reveal(top, "top")
        return
    tags = (*picked.keys, picked.typed) if picked.action == "new" else picked.keys
    _put_tags(ctx, tags, target)
    will_repeat(ctx, partial(with_target, ctx, partial(_put_tags, ctx, tags)))


def _put_tags(ctx: DeskContext, tags: Sequence[str], target: Target) -> None:
    """Puts tags on the target, in one act."""
    if len(tags) == 1:
        put_tag(ctx, target, tags[0])
        return
    ctx.state.marking.last_tag = tags[-1]
    target.side.pane.clear_selection()
    drop_parts(ctx)
    highlight = target.highlight

    def job(library: Library) -> None:
        if highlight is None:
            target.mark(library, tags=tags)
            return
        with library.act(f"tagged a highlight {', '.join(tags)}"):
            for tag in tags:
                library.highlights.tag(highlight.id, tag)

    write(ctx, job)


def _tag_as(ctx: DeskContext, tag: str) -> None:
    """Tags what a marking key acts on, by the tag's name."""
    do_and_repeat(ctx, partial(tag_here, ctx, tag))


@command("tag_quoted")
def tag_quoted(ctx: DeskContext, press: Press) -> None:
    """Makes the quoted words the tag."""
    target = find_target(ctx)
    if target is None:
        return
    words = " ".join(target.quote.replace("/", " ").split())
    if len(words) > _TAG_LENGTH:
        ctx.tell(
            f"too long for a tag: {ctx.key_of('select')} and motions select a few words, "
            f"then {ctx.key_of('tag_quoted')}; "
            f"or {ctx.key_of('tag')} and a name",
            error=True,
        )
        return
    _tag_as(ctx, words)


@command("highlight_with")
def highlight_with(ctx: DeskContext, press: Press) -> None:
    """Highlights with a quick tag's digit or a tag's letter."""
    tag = _tag_by_sign(ctx, press.argument)
    if tag is not None:
        _tag_as(ctx, tag)


@command("quick_tag")
def quick_tag(ctx: DeskContext, press: Press) -> None:
    """While selecting, a digit highlights with that quick tag."""
    highlight_with(ctx, press)


def _tag_by_sign(ctx: DeskContext, sign: str) -> str | None:
    """The tag with this quick digit or letter; says so where there is none."""
    if sign.isdigit():
        quick = ctx.session.library.codebook.digits().get(int(sign))
        if quick is None:
            how = (
                f"{ctx.key_of('codebook')} chooses them"
                if ctx.session.tags()
                else f"{ctx.key_of('tag')} makes a tag, and the first nine take 1 to 9"
            )
            ctx.tell(f"no quick tag {sign} yet: {how}", error=True)
        return quick.path if quick else None
    named = [tag.path for tag in ctx.session.tags() if tag.letter == sign] or [
        tag.path for tag in ctx.session.tags() if tag.letter.casefold() == sign.casefold()
    ]
    if not named:
        ctx.tell(f"no tag has the letter {sign}: {ctx.key_of('codebook')} shows them all", error=True)
    return named[0] if named else None


@command("arm")
def arm(ctx: DeskContext, press: Press) -> None:
    """Arms a tag, so that every selection gets it; again disarms."""
    if ctx.state.marking.armed:
        ctx.tell(f"{ctx.state.marking.armed} is no longer armed")
        ctx.state.marking.armed = ""
        return

    select, again = ctx.key_of("select"), ctx.key_of("arm")

    def armed(picked: Picked | None) -> None:
        if picked is not None:
            ctx.state.marking.armed = picked.typed if picked.action == "new" else picked.key
            ctx.tell(
                f"{ctx.state.marking.armed} is armed: {select}, motions, {select} marks; {again} ends it",
                good=True,
            )

    ctx.push(tag_picker(ctx, "Arm a tag: every selection gets it"), armed)


@command("untag")
def untag(ctx: DeskContext, press: Press) -> None:
    """Takes the named tag off the highlight, else its only one; asks which where it has several."""
    if press.argument:
        _take_off(ctx, press.argument)
        return
    highlight = highlight_here(ctx)
    if highlight is None:
        return
    if not highlight.tags:
        ctx.tell(f"this highlight has no tag: {ctx.key_of('tag')} puts one on")
    elif len(highlight.tags) == 1:
        _take_off(ctx, highlight.tags[0])
    else:
        choices = [Choice(tag, tag) for tag in highlight.tags]

        def picked(which: Picked | None) -> None:
            if which is not None:
                _take_off(ctx, which.key)

        ctx.push(Picker("Take a tag off", choices), picked)


def _take_off(ctx: DeskContext, tag: str) -> None:
    """Takes a tag off the highlight at the cursor; `.` takes it off others."""
    do_and_repeat(ctx, partial(_take_off_here, ctx, tag))


def _take_off_here(ctx: DeskContext, tag: str) -> None:
    highlight = highlight_here(ctx)
    if highlight is None:
        return
    if tag not in highlight.tags:
        has = ", ".join(highlight.tags) or f"no tag: {ctx.key_of('tag')} puts one on"
        ctx.tell(f"this highlight is not tagged {tag}; it has {has}", error=True)
        return
    write_highlights(ctx, lambda library: library.highlights.untag(highlight.id, tag))
