"""Annotations of the desk to a file: what, as what and where is asked."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from store.exchange import FORMATS
from store.exchange.snapshot import HighlightFilter, select
from store.library import Library
from store.sanitize import pluralize
from store.services.exports import export_to, written
from tui.desk.context import DeskContext
from tui.dialogs.export_dialog import ExportDialog, ExportRequest, Offer
from tui.dialogs.overwriting import free_name, refuse_if_there, write_with_care


def ask_export(ctx: DeskContext, path: str) -> None:
    """Writes the annotations to a file that is named, in the format of its ending, or asks what, as what and where."""
    if path:
        write_with_care(ctx.app, Path(path).expanduser(), partial(export_annotations, ctx))
        return
    whats = _whats(ctx)
    formats = [Offer(name, f"{name}: {entry.help}", entry.endings[0]) for name, entry in FORMATS.items()]
    library = ctx.session.library
    ctx.push(
        ExportDialog(
            [offer for offer, _ in whats.values()],
            formats,
            str(free_name(Path("annotations.csv"))),
            count=lambda key: pluralize(len(select(library, whats[key][1])), "highlight"),
        ),
        partial(_export_wanted, ctx, whats),
    )


def _whats(ctx: DeskContext) -> dict[str, tuple[Offer, HighlightFilter]]:
    """What can be written out: everything, this pair, either text, what is under a tag."""
    sides = [side for side in ctx.sides if side.text is not None]
    slugs = tuple(dict.fromkeys(side.library_slug for side in sides))
    names = " – ".join(ctx.name(slug) for slug in slugs)
    found = {"all": ("everything", HighlightFilter())}
    if len(slugs) > 1:
        found["pair"] = (f"both texts: {names}", HighlightFilter(slugs))
    for slug in slugs:
        found[f"text {slug}"] = (f"only {ctx.name(slug)}", HighlightFilter((slug,)))
    for tag in ctx.session.tags():
        found[f"pair {tag.path}"] = (f"tag {tag.path}, in both texts", HighlightFilter(slugs, tag.path))
        found[f"tag {tag.path}"] = (f"tag {tag.path}, everywhere", HighlightFilter((), tag.path))
    return {key: (Offer(key, words), choice) for key, (words, choice) in found.items()}


def _export_wanted(
    ctx: DeskContext, whats: Mapping[str, tuple[Offer, HighlightFilter]], wanted: ExportRequest | None
) -> None:
    if wanted is not None:
        write = partial(export_annotations, ctx, choice=whats[wanted.what][1], format=wanted.format or None)
        write_with_care(ctx.app, wanted.path, write)


def export_annotations(
    ctx: DeskContext,
    path: Path,
    over: bool,
    *,
    choice: HighlightFilter | None = None,
    format: str | None = None,
) -> None:
    """Writes the annotations to a file; `over` says whether one that is there may be written over."""

    def job(library: Library) -> str:
        refuse_if_there(path, over)
        return written(export_to(library, path, choice, format=format), path, format, over=over)

    ctx.session.read(job, lambda words: ctx.tell(words, good=True), ctx.refused)
