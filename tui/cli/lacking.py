"""A word where a tag was asked for that nobody has made: a slip of the hand looks like nothing found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.cli.out import narrate

if TYPE_CHECKING:
    from store.library import Library


def tell_if_unknown(library: Library, tag: str) -> None:
    """Says on stderr that the codebook has neither this tag nor one below it, where that is so."""
    path = library.codebook.spelling(tag)
    if not any(known.path == path or known.path.startswith(f"{path}/") for known in library.codebook.list()):
        narrate(f"there is no tag {path}: `tui tags list` lists what there is")
