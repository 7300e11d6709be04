"""Formats in which a record leaves a library and comes back: one module a format.

A format that writes has `write(annotations, out, …)`; its module is imported when it is asked for.
"""

from __future__ import annotations

from pathlib import PurePath

from store.errors import LibraryError

FORMATS = ("csv",)
"""Names of the formats, which are also the endings of their files; the first is the default."""


def format_of(name: str | PurePath) -> str:
    """The format of a file by its ending; raises LibraryError for one that there is not."""
    ending = PurePath(name).suffix.lower().removeprefix(".")
    if ending not in FORMATS:
        raise LibraryError(
            f"{PurePath(name).name} has no ending of a format: choose one of .{', .'.join(FORMATS)}"
        )
    return ending
