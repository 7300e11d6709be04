"""What an update has left changed or orphans, each highlight with what became of its words, for readers to settle."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from textual.content import Content

from store.library import Library
from store.records import Anchor, Highlight
from store.services.versions import NeedsReview, needing_review
from texts.visible import visible
from tui.desk.background import read_beside, work_failed
from tui.desk.context import DeskContext
from tui.desk.navigation import go_to_highlight
from tui.desk.open_texts import reload
from tui.desk.target import start_placing
from tui.dialogs.choices import Choice, Picked, PickerAction
from tui.dialogs.picker import Picker

SIGNS = {Anchor.CHANGED: ("~", "$warning"), Anchor.ORPHAN: ("✗", "$error")}
"""The sign and the colour of each."""


def old_quotes(ctx: DeskContext, slug: str) -> dict[int, str]:
    """The words that changed highlights had before the last updates, by id."""
    return ctx.session.ui_state.old_quotes.get(slug, {})


def keep_old_quotes(ctx: DeskContext, slug: str, quotes: Mapping[int, str]) -> None:
    """Keeps those words for the next review, past the end of the desk."""
    ctx.session.ui_state.old_quotes = {**ctx.session.ui_state.old_quotes, slug: dict(quotes)}


def review(ctx: DeskContext, slug: str) -> None:
    """The highlights that an update left changed or orphans, each with what became of its words."""
    quotes = old_quotes(ctx, slug)
    read_beside(
        ctx,
        f"looking at the highlights of {ctx.name(slug)} …",
        lambda library: needing_review(library, slug, quotes),
        partial(_show_review, ctx, slug),
    )


def _show_review(ctx: DeskContext, slug: str, cases: Sequence[NeedsReview]) -> None:
    if not cases:
        ctx.tell(f"every highlight of {ctx.name(slug)} has its place", good=True)
        return
    by_key = {str(case.highlight.id): case for case in cases}
    actions = (
        PickerAction("ctrl+y", "confirm", "right as it is"),
        PickerAction("ctrl+e", "correct", "correct by selecting"),
        PickerAction("ctrl+o", "orphan", "orphan"),
    )
    changed = sum(case.highlight.anchor is Anchor.CHANGED for case in cases)
    picker = Picker(
        f"{ctx.name(slug)}: {changed} changed, {len(cases) - changed} orphan",
        [_case_choice(case) for case in cases],
        actions=actions,
        ticks=True,
        preview=lambda key: _case_preview(by_key[key]),
    )
    ctx.push(picker, partial(_reviewed, ctx, slug, by_key))


def _reviewed(ctx: DeskContext, slug: str, by_key: Mapping[str, NeedsReview], picked: Picked | None) -> None:
    if picked is None:
        return
    highlights = [by_key[key].highlight for key in picked.keys]
    ids = [each.id for each in highlights]
    if picked.action == "confirm":
        _settle(ctx, slug, highlights, lambda library: library.highlights.confirm(ids))
    elif picked.action == "orphan":
        _settle(ctx, slug, highlights, lambda library: library.highlights.orphan(ids))
    else:
        go_to_highlight(ctx, highlights[0])
        if picked.action == "correct":
            start_placing(ctx, highlights[0], then=partial(review, ctx, slug))
        else:
            ctx.tell(f"{ctx.key_of('versions')} and Ctrl-r go on with the list")


def _settle(ctx: DeskContext, slug: str, seen: Sequence[Highlight], job: Callable[[Library], object]) -> None:
    """Does what settles some of the highlights, as they were seen, and goes on with the others."""

    def checked(library: Library) -> None:
        library.highlights.require_unchanged(seen)
        job(library)

    def done(_: object) -> None:
        reload(ctx)
        review(ctx, slug)

    ctx.session.write(checked, done, partial(work_failed, ctx))


def _case_choice(case: NeedsReview) -> Choice:
    from tui.desk.word_diff_view import in_one_line

    highlight = case.highlight
    sign, colour = SIGNS[highlight.anchor]
    return Choice(
        str(highlight.id),
        f"{case.old_quote} {highlight.quote}",
        f"{highlight.anchor}{f' {highlight.confidence:.0f} %' if highlight.anchor is Anchor.CHANGED else ''}",
        sign,
        colour,
        in_one_line(case.old_quote, _present_quote(highlight)),
    )


def _case_preview(case: NeedsReview) -> Content:
    from tui.desk.word_diff_view import in_full

    highlight = case.highlight
    facts = " · ".join(filter(None, (f"id {highlight.id}", ", ".join(highlight.tags), highlight.note)))
    return Content.assemble(
        (_context(f"…{highlight.before}"), "$foreground 65%"),
        in_full(case.old_quote, _present_quote(highlight)),
        (_context(f"{highlight.after}…"), "$foreground 65%"),
        (visible(f"\n{facts}"), "$accent"),
    )


def _context(words: str) -> str:
    """What stands around a quote, harmless and in one line."""
    return visible(re.sub(r"\s+", " ", words))


def _present_quote(highlight: Highlight) -> str:
    """The words that a highlight has now: an orphan has none."""
    return "" if highlight.anchor is Anchor.ORPHAN else highlight.quote
