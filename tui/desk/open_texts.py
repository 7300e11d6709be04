"""The texts that are open on the desk: put into panes, drawn with their highlights, kept up with the library."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from store.errors import NotFound
from store.records import Highlight, Outline
from texts.model import EVERYWHERE, Span, Text
from tui.desk.context import DeskContext
from tui.desk.jumps import bring_jumps_along, keep_jumps, rename_jumps
from tui.desk.multi_span import draw_parts, drop_parts
from tui.desk.relating import close_related_list, read_dismissed, start_relating
from tui.desk.side import Side
from tui.desk.ties import draw_bridge
from tui.view.cells import terminals_disagree
from tui.view.paint import Mark
from tui.widgets.text_pane import TextPane

_NARROWEST_PANE = 30
"""Cells that a pane keeps when the other is made wider."""


def activate(ctx: DeskContext, side: Side) -> None:
    """Makes a side the one that keys go to."""
    if side.text is None and any(each.text for each in ctx.sides):
        ctx.tell(f"no second text is open: {ctx.key_of('open_text')} opens one")
        return
    ctx.active_number = side.number
    if ctx.zoomed:
        _show_active_alone(ctx)
    ctx.screen.set_focus(side.pane, scroll_visible=False)
    refresh_place(ctx)
    draw_bridge(ctx)
    ctx.screen.call_after_refresh(lead_cursor, ctx)


def put_text(ctx: DeskContext, side: Side, text: Text | None) -> None:
    """Shows a text in a side, at the place where the reader left it."""
    drop_parts(ctx)
    side.text = text
    side.text_id = 0 if text is None else ctx.session.text_id(side.library_slug)
    ctx.session.shown = tuple(each.library_slug for each in ctx.sides if each.text is not None)
    side.hits = []
    if text is None:
        side.pane.clear()
        return
    name_head(ctx, side)
    bring_jumps_along(ctx, text)
    cursor = ctx.session.cursor(text)
    side.pane.show(text, cursor=cursor)
    bodies = (each.text.body for each in ctx.sides if each.text is not None)
    ctx.bridge.keeps_columns = any(map(terminals_disagree, bodies))
    screenful = ctx.app.size.height * side.pane.text_width
    draw_highlights(ctx, side, Span(max(0, cursor - screenful), cursor + screenful))
    ctx.screen.call_after_refresh(draw_highlights, ctx, side)


def name_head(ctx: DeskContext, side: Side) -> None:
    """Puts the name of a side's text over its pane; in few words where there is no room for it."""
    if side.text is not None:
        version = f" ({side.version})" if side.is_earlier else ""
        side.head.text_name, side.head.short = (
            f"{side.text.title or side.slug}{version}",
            partial(ctx.name, side.slug),
        )


def keep_cursors(ctx: DeskContext) -> None:
    """Remembers where the reader is in the texts on the desk."""
    ctx.session.keep_cursors(
        {side.slug: (side.text, side.pane.cursor) for side in ctx.sides if side.text is not None}
    )


def remember(ctx: DeskContext) -> None:
    """Keeps for the next run where the reader is, and where they can go back to."""
    keep_cursors(ctx)
    ctx.session.ui_state.active = ctx.active_number
    keep_jumps(ctx)


def open_in(ctx: DeskContext, side: Side, slug: str) -> None:
    """Opens another text of the library in a side."""
    show_text(ctx, side, ctx.session.text(slug))


def show_text(ctx: DeskContext, side: Side, text: Text | None) -> None:
    """Shows another text in a side, or none."""
    keep_cursors(ctx)
    put_text(ctx, side, text)
    ctx.screen.set_class(ctx.sides[1].text is None, "-single")
    pair_changed(ctx)
    if text is not None:
        activate(ctx, side)


def reopen_text(ctx: DeskContext, side: Side, told: str) -> None:
    """Reads the text of a side again after its passages have changed."""
    cursor = side.pane.cursor
    put_text(ctx, side, ctx.session.text(side.slug))
    side.pane.move_to(cursor)
    pair_changed(ctx)
    ctx.tell(told, good=True)


def swap_texts(ctx: DeskContext) -> None:
    """The two texts change places."""
    if ctx.other.text is None:
        ctx.tell(ctx.one_text())
        return
    keep_cursors(ctx)
    first, second = (side.text for side in ctx.sides)
    put_text(ctx, ctx.sides[0], second)
    put_text(ctx, ctx.sides[1], first)
    pair_changed(ctx)
    refresh_place(ctx)


def pair_changed(ctx: DeskContext) -> None:
    """Keeps the pair for the next run, and relates it; hits of the pair before are taken away."""
    if not any(side.is_earlier for side in ctx.sides):
        ctx.session.pair = (ctx.sides[0].slug, ctx.sides[1].slug)
    ctx.clear_search()
    start_relating(ctx)
    ctx.session.recheck_next_undo(ctx.show_status)


def set_zoom(ctx: DeskContext, zoomed: bool) -> None:
    """Gives the active pane the whole width, or takes it back."""
    if zoomed:
        _show_active_alone(ctx)
    ctx.screen.set_class(zoomed, "-zoomed")


def _show_active_alone(ctx: DeskContext) -> None:
    """Says by class which side a zoomed desk shows; at any other time that would cost a layout for nothing."""
    for side in ctx.sides:
        ctx.screen.query_one(f"#side-{side.number}").set_class(side is ctx.active, "-active")


def share_out(ctx: DeskContext, percent: int) -> None:
    """Gives the left pane so many percent of the width; both stay wide enough to read in."""
    least = min(50, max(20, -(-100 * _NARROWEST_PANE // max(1, ctx.screen.size.width))))
    ctx.state.share = min(100 - least, max(least, percent))
    ctx.screen.query_one("#side-0").styles.width = f"{ctx.state.share}fr"
    ctx.screen.query_one("#side-1").styles.width = f"{100 - ctx.state.share}fr"


def draw_highlights(ctx: DeskContext, side: Side, within: Span = EVERYWHERE) -> None:
    """Draws the highlights of a side as the library has them, or for now only those that reach into a span."""
    if side.text is None or side.is_earlier:
        return
    styles = ctx.session.tag_styles()
    try:
        with ctx.session.library.reading():
            if ctx.session.version_changed(side.text):
                return  # the next look shows the new version, and its highlights
            linked = ctx.session.linked(side.slug)
            outlines = ctx.session.outlines(side.slug, within)
    except NotFound:
        return  # taken out of the library a moment ago, which `_follow_texts` is about to see
    side.pane.set_marks(mark_of(outline, styles, linked) for outline in outlines)
    draw_parts(ctx, side)


def _follow_texts(ctx: DeskContext) -> None:
    """Leaves texts that the library no longer has, and opens them again once it has them again."""
    texts, before = ctx.session.library.texts, [side.slug for side in ctx.sides]
    for side in ctx.sides:
        if side.text is not None and side.is_present:
            _take_new_name(ctx, side, texts.slug_of(side.text_id))
        if side.text is not None and not texts.has(side.library_slug):
            ctx.state.gone[side.number] = side.library_slug
            put_text(ctx, side, None)
            side.head.show("no text", "", False)
        elif side.text is None and texts.has(ctx.state.gone.get(side.number, "")):
            put_text(ctx, side, ctx.session.text(ctx.state.gone.pop(side.number)))
    if [side.slug for side in ctx.sides] != before:
        ctx.screen.set_class(ctx.sides[1].text is None, "-single")
        pair_changed(ctx)
        activate(ctx, ctx.active if ctx.active.text else ctx.other)


def _take_new_name(ctx: DeskContext, side: Side, slug: str | None) -> None:
    """Goes on under the name and the title that a text has by now."""
    text = side.text
    if text is None or slug is None:
        return
    title = ctx.session.title(slug)
    if slug != text.slug:
        ctx.session.ui_state.rename(text.slug, slug)
        rename_jumps(ctx, text.slug, slug)
        if ctx.state.parts.slug == text.slug:
            ctx.state.parts.slug = slug
    if (slug, title) != (text.slug, text.title):
        side.text = text._replace(slug=slug, title=title).known_by(text.sha256)
        name_head(ctx, side)
        ctx.session.shown = tuple(each.library_slug for each in ctx.sides if each.text is not None)


def take_new_versions(ctx: DeskContext) -> str:
    """Shows the texts whose version has changed, with the reader at the same words; says what went on meanwhile.

    What it says is empty where everything that was chosen is still there.
    """
    changed = [
        (side, side.text) for side in ctx.sides if side.text and ctx.session.version_changed(side.text)
    ]
    if not changed:
        return ""
    # Here, because most runs never see a text change.
    from tui.desk.viewpoint import carry_over, viewpoint_of

    told = []
    if close_related_list(ctx):
        told.append(f"{ctx.key_of('related')} asks again what is related")
    if ctx.state.labels is not None:
        ctx.clear_labels()
    for side, text in changed:
        viewpoint = viewpoint_of(ctx, side, text)
        put_text(ctx, side, ctx.session.text(side.slug))
        if not carry_over(ctx, side, viewpoint):
            told.append("what was selected is no longer there")
    pair_changed(ctx)
    return "; ".join(dict.fromkeys(told))


def reload(ctx: DeskContext) -> None:
    """Reads again all that another act, or another program, may have changed; as of one state of the library."""
    with ctx.session.library.reading():
        _follow_texts(ctx)
        ctx.state.went_along = take_new_versions(ctx)
        for side in ctx.sides:
            draw_highlights(ctx, side)
        read_dismissed(ctx)
    draw_bridge(ctx)
    refresh_place(ctx)


def put_highlights(ctx: DeskContext, highlights: Iterable[Highlight]) -> None:
    """Shows highlights as the library now has them."""
    shown = [side.text for side in ctx.sides if side.text is not None]
    if any(map(ctx.session.version_changed, shown)):  # their places count in another version
        reload(ctx)
        return
    styles = ctx.session.tag_styles()
    for highlight in highlights:
        for side in ctx.sides:
            if side.slug == highlight.text:
                linked = ctx.session.linked(side.slug)
                side.pane.put_mark(mark_of(highlight.outline, styles, linked))
    refresh_place(ctx)


def refresh_place(ctx: DeskContext) -> None:
    """Shows names and places over the panes."""
    for side in ctx.sides:
        if side.text is None:
            continue
        total = len(side.text.numbered)
        place = f"¶{side.passage_number() or '–'}/{total}"
        side.head.show(side.head.text_name, place, side is ctx.active)
    ctx.show_status()


def lead_cursor(ctx: DeskContext) -> None:
    """Puts the terminal's own cursor where the reader's is: screen readers and magnifiers follow it."""
    cell = ctx.active.pane.cursor_cell() if isinstance(ctx.screen.focused, TextPane) else None
    if cell is not None:
        ctx.app.cursor_position = cell


def mark_of(outline: Outline, styles: dict[str, tuple[str, str]], linked: set[int]) -> Mark:
    """What a pane shows of a highlight: colour and letter of its first tag, and signs for what it carries."""
    colour, letter = styles.get(outline.tag, ("", ""))
    return Mark(
        id=outline.id,
        parts=outline.parts,
        colour=colour,
        letter=letter,
        star=outline.star,
        note=outline.noted,
        link=outline.id in linked,
        pending=False,
    )


def leave_earlier(ctx: DeskContext) -> bool:
    """Puts back what was there before an earlier version was opened; says whether there was one."""
    side = next((side for side in ctx.sides if side.is_earlier), None)
    if side is None:
        return False
    if not ctx.state.earlier.replaced and side.number == 0:
        swap_texts(ctx)
        side = ctx.sides[1]
    present = ctx.sides[1 - side.number]
    show_text(ctx, side, ctx.session.text(ctx.state.earlier.replaced) if ctx.state.earlier.replaced else None)
    ctx.state.earlier.replaced, ctx.state.earlier.index = "", None
    activate(ctx, present)
    return True
