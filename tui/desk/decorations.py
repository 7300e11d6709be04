"""What is shown in the panes besides highlights, taken away again: hits of a search, labels, evidence."""

from __future__ import annotations

from tui.desk.context import DeskContext


def clear_search(ctx: DeskContext) -> None:
    """Forgets the query and takes all hits away."""
    ctx.state.search.query, ctx.state.search.hits = "", ()
    for side in ctx.sides:
        side.hits = []
        side.pane.set_hits([], None)


def clear_labels(ctx: DeskContext) -> None:
    """Takes the labels away."""
    ctx.state.labels = None
    for side in ctx.sides:
        side.pane.set_labels({})


def clear_evidence(ctx: DeskContext) -> None:
    """Takes away the evidence and what is emphasized."""
    for side in ctx.sides:
        side.pane.set_evidence([])
        side.pane.emphasize(None)
