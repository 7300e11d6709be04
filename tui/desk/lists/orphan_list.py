"""Highlights that lost their place when their text changed."""

from __future__ import annotations

from functools import partial

from textual.content import Content

from store.records import Anchor, Highlight
from store.sanitize import truncate
from store.services.orphans import LikelyPlace, likely_places
from texts.visible import one_line
from tui.desk.acts import write_on
from tui.desk.context import DeskContext, command
from tui.desk.highlight_rows import LEGEND, PlaceNames, highlight_choice, highlight_columns, highlight_preview
from tui.desk.navigation import go_to_highlight
from tui.desk.target import start_placing
from tui.dialogs.choices import Choice, Picked, PickerAction
from tui.dialogs.picker import Picker
from tui.keys.key_table import Press


@command("orphans")
def orphans(ctx: DeskContext, press: Press) -> None:
    """Highlights that lost their place when their text changed."""
    found = ctx.session.library.highlights.find(anchor=Anchor.ORPHAN)
    by_key, places = {str(each.id): each for each in found}, PlaceNames(ctx)
    picker = Picker(
        "Orphans: highlights that lost their place",
        [highlight_choice(ctx, each, places) for each in found],
        actions=(
            PickerAction("ctrl+r", "put", "put where you select"),
            PickerAction("ctrl+l", "likely", "where it may be"),
            PickerAction("delete", "delete", "delete"),
        ),
        empty="No orphans: every highlight has its place.",
        columns=highlight_columns(ctx),
        legend=LEGEND,
        preview=lambda key: _orphan_preview(ctx, by_key[key]),
    )
    ctx.push(picker, partial(_orphan_picked, ctx, by_key))


def _orphan_preview(ctx: DeskContext, orphan: Highlight) -> Content:
    """An orphan with its surroundings, and where it may be now."""
    likely = likely_places(ctx.session.library, [orphan]).get(orphan.id, ())
    told = [f"\nmay be at {_passage_name(place)}: “{one_line(place.quote)}”" for place in likely]
    shown = highlight_preview(orphan)
    return Content.assemble(shown, *((line, "$foreground 65%") for line in told))


def _put_where_likely(ctx: DeskContext, orphan: Highlight) -> None:
    """Offers the places where an orphan may be; the one that is picked becomes its place."""
    library = ctx.session.library
    with library.reading():  # else another program may put a new version between the two
        orphan = library.highlights.get(orphan.id)
        likely = likely_places(library, [orphan]).get(orphan.id, ())
        version = library.texts.digest(orphan.text)
    picker = Picker(
        f"Where “{truncate(orphan.quote, 40)}” may be",
        [
            Choice(str(number), f"“{one_line(place.quote)}”", _passage_name(place))
            for number, place in enumerate(likely)
        ],
        empty="Nothing in the text is like it: Ctrl-r in the list of orphans puts it where you select.",
    )

    def picked(choice: Picked | None) -> None:
        if choice is not None:
            span = likely[int(choice.key)].span
            write_on(ctx, [orphan], lambda library: library.highlights.move(orphan.id, span, version=version))

    ctx.push(picker, picked)


def _orphan_picked(ctx: DeskContext, by_key: dict[str, Highlight], picked: Picked | None) -> None:
    if picked is None:
        return
    orphan = by_key[picked.key]
    side = ctx.side_of(orphan.text)
    if picked.action == "likely":
        _put_where_likely(ctx, orphan)
    elif picked.action == "delete":
        write_on(ctx, [orphan], lambda library: library.highlights.delete([orphan.id]))
    elif picked.action == "put" and side is not None and side.text and side.pane.selection is not None:
        span, version = side.pane.selection, side.text.sha256
        side.pane.clear_selection()
        write_on(ctx, [orphan], lambda library: library.highlights.move(orphan.id, span, version=version))
    else:
        go_to_highlight(ctx, orphan)
        if picked.action == "put":
            start_placing(ctx, orphan)
        else:
            ctx.tell(f"here it stood last: {ctx.key_of('orphans')} and Ctrl-r puts it where you then select")


def _passage_name(place: LikelyPlace) -> str:
    return f"¶{place.passage}" if place.passage else "page chrome"
