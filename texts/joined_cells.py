"""Several items in one cell of a table, and out of it again: `; ` between them, `\\;` for a semicolon of theirs."""

from __future__ import annotations

from collections.abc import Iterable

from texts.lazy_pattern import lazy_pattern

_SEPARATOR = lazy_pattern(r"(?<!\\)((?:\\\\)*); ")
_ESCAPED = lazy_pattern(r"\\([\\;])")


def joined_in_cell(items: Iterable[str]) -> str:
    """Items in one cell."""
    return "; ".join(item.replace("\\", "\\\\").replace(";", "\\;") for item in items)


def parted(cell: str) -> list[str]:
    """The items of a cell."""
    if not cell:
        return []
    parts = _SEPARATOR.sub(r"\1\0", cell).split("\0")
    return [_ESCAPED.sub(r"\1", part) for part in parts]
