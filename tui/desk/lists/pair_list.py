"""All related passages of the two texts, both sides of each with its evidence, to narrow and to go to."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from rich.table import Table as Grid
from rich.text import Text as RichText

from texts.model import Passage, Span, Text
from texts.visible import visible
from tui.desk.context import DeskContext, command
from tui.desk.navigation import go
from tui.desk.open_texts import activate
from tui.desk.relating import once_related
from tui.dialogs.choices import Choice, Picked
from tui.dialogs.picker import Picker
from tui.keys.key_table import Press
from tui.ui_state import Place
from tui.view.tables import ViewColumn

if TYPE_CHECKING:
    from texts.relate import Related
    from tui.desk.pair_view import PairView

_COLUMNS = (
    ViewColumn("sure", 4, is_number=True),
    ViewColumn("¶", 3, is_number=True),
    ViewColumn("in 1", least=16),
    ViewColumn("¶", 3, is_number=True),
    ViewColumn("in 2", least=16),
)
_LEGEND = """sure: of pairs with 70, about 70 in 100 speak of the same
in 1, in 2: the sentences that carry it; below, the passages, with the words that speak for it underlined"""

_PREVIEW = 11
"""Rows of a preview at most: two passages side by side; a quarter of a smaller screen."""


@command("pairs")
def pairs(ctx: DeskContext, press: Press) -> None:
    """All related passages of the two texts, to narrow and to go to."""
    left, right = (side.text for side in ctx.sides)
    if left is None or right is None:
        ctx.tell(ctx.one_text(), error=True)
        return
    view = ctx.view_from(ctx.sides[0])
    if view is None:
        once_related(ctx, press.id, partial(ctx.do, press))
        return
    found = view.pairs()

    def picked(which: Picked | None) -> None:
        if which is not None:
            each = found[int(which.key)]
            _go_to_pair(ctx, left.passage(each.left), right.passage(each.right))

    ctx.push(
        Picker(
            f"{len(found)} related passages: 1 {ctx.name(left.slug)} – 2 {ctx.name(right.slug)}",
            [_choice(number, each, left, right) for number, each in enumerate(found)],
            preview=lambda key: _both(view, found[int(key)], left, right),
            preview_rows=min(_PREVIEW, ctx.screen.size.height // 4),
            empty="Nothing in these two texts speaks of the same.",
            columns=_COLUMNS,
            legend=_LEGEND,
        ),
        picked,
    )


def _choice(number: int, each: Related, left: Text, right: Text) -> Choice:
    mine, its = (
        " ".join(text.quote(sentence).split())
        for text, sentence in ((left, each.left_sentence), (right, each.right_sentence))
    )
    cells = (f"{each.score:.0f}", str(each.left), mine, str(each.right), its)
    return Choice(str(number), f"¶{each.left} {mine} ¶{each.right} {its}", cells=cells)


def _both(view: PairView, each: Related, left: Text, right: Text) -> Grid:
    """Both passages side by side, the words underlined that speak for their relation."""
    mine, its = view.evidence_of(each)
    grid = Grid.grid(expand=True, padding=(0, 1))
    grid.add_column(ratio=1)
    grid.add_column(ratio=1)
    grid.add_row(
        _passage(left, left.passage(each.left), mine), _passage(right, right.passage(each.right), its)
    )
    return grid


def _passage(text: Text, passage: Passage, evidence: Sequence[Span]) -> RichText:
    """A passage with its number; in no markup, and harmless."""
    number = f"¶{passage.number} "
    shown = RichText(number + visible(text.quote(passage.span)))
    for span in evidence:
        start, end = span.start - passage.span.start, span.end - passage.span.start
        shown.stylize("bold underline", len(number) + max(0, start), len(number) + max(0, end))
    return shown


def _go_to_pair(ctx: DeskContext, near: Passage, far: Passage) -> None:
    """Goes to the left passage of a pair, the right one level with it."""
    left, right = ctx.sides
    activate(ctx, left)
    go(ctx, Place(left.slug, near.span.start))
    right.pane.emphasize(far.span)
    right.pane.reveal(far.span.start, left.pane.screen_row_of(near.span.start))
