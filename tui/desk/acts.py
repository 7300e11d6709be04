"""Acts on the library: written by the writer, and shown as the library then has it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from store.library import Library
from store.records import Highlight
from tui.desk.context import DeskContext
from tui.desk.open_texts import put_highlights, reload


def write_highlights(ctx: DeskContext, job: Callable[[Library], list[Highlight]]) -> None:
    """Changes highlights and shows them as the library then has them."""
    ctx.session.write(job, partial(put_highlights, ctx), partial(write_failed, ctx))


def write_on(ctx: DeskContext, seen: Sequence[Highlight], job: Callable[[Library], object]) -> None:
    """As `write`, unless another program has changed one of the highlights since they were seen."""
    # While the desk itself writes, what it knows is older than its own acts.
    known = () if ctx.session.writing else tuple(seen)

    def checked(library: Library) -> None:
        library.highlights.require_unchanged(known)
        job(library)

    write(ctx, checked)


def write(ctx: DeskContext, job: Callable[[Library], object]) -> None:
    """Does an act that may change many highlights, and shows all anew."""
    ctx.session.write(job, lambda _: reload(ctx), partial(write_failed, ctx))


def write_failed(ctx: DeskContext, problem: BaseException) -> None:
    """Says why an act was not done, and shows what the library has."""
    ctx.refused(problem)
    reload(ctx)
