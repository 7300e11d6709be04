"""How a merge is reported: one line for what was updated, what conflicts and what stays deleted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence

from store.merge.duplicates import Content
from store.sanitize import pluralize, truncate

_SHOWN = 40
"""Characters that a line gives to each side of a difference."""


def update(where: str, ours: Content, changes: Content) -> str:
    """`“Isis” in editorial: tags iran → persia`."""
    return f"{where}: {_differences(ours, changes, changes)}"


def conflict(where: str, ours: Content, theirs: Content, fields: Sequence[str]) -> str:
    """`“Isis” in editorial: note “mine” here, “theirs” there: yours stays`."""
    told = "; ".join(f"{name} {_shown(ours[name])} here, {_shown(theirs[name])} there" for name in fields)
    return f"{where}: {told}: yours stays (--theirs, --both or --ours settles it)"


def deleted_here(names: Sequence[str], noun: str, what: str = "deleted") -> str:
    """`“Isis” was deleted here and stays so`, or how many highlights, links, notes or tags were."""
    one = len(names) == 1
    which = names[0] if one else pluralize(len(names), noun)
    was, stays, it = ("was", "stays", "it") if one else ("were", "stay", "them")
    return f"{which} {was} {what} here and {stays} so: --theirs brings {it} back"


def grouped(lines: Iterable[str]) -> list[str]:
    """Lines in their order; of those that say the same of several highlights one, which says of how many."""
    told = [(line, line.partition(": ")[2]) for line in lines]
    counts = Counter(what for line, what in told if " tags " in f" {what}" and ";" not in what)
    shown: dict[str, None] = {}
    for line, what in told:
        several = counts[what] > 1
        shown[f"{what} on {pluralize(counts[what], 'highlight')}" if several else line] = None
    return list(shown)


def _differences(ours: Content, theirs: Content, fields: Iterable[str]) -> str:
    return "; ".join(f"{name} {_shown(ours[name])} → {_shown(theirs[name])}" for name in sorted(fields))


def _shown(value: Hashable) -> str:
    match value:
        case tuple():
            return truncate(", ".join(map(str, value)), _SHOWN) or "none"
        case bool():
            return "yes" if value else "no"
    return f"“{truncate(str(value), _SHOWN)}”" if value else "none"
