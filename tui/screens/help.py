"""The help, made from the table of keys."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content

from tui.keys import Group, Key, by_group, shown

_FIRST = {
    "reading": (Group.MOVE, Group.MARK, Group.SELECT, Group.COMPARE),
    "selecting": (Group.SELECT, Group.MARK, Group.MOVE),
    "highlight": (Group.HIGHLIGHT, Group.MARK, Group.COMPARE),
}
"""Which groups come first, by what the reader is doing."""


def help_words(keys: Iterable[Key], doing: str) -> Content:
    """All keys under their groups, those that matter for what the reader is doing first."""
    groups = by_group(keys)
    first = [group for group in _FIRST.get(doing, ()) if group in groups]
    order = [*first, *(group for group in groups if group not in first)]
    lines = [
        Content.assemble(
            ("Read two texts against each other. ", "bold"),
            "Move, mark what you find, and ask with gr what the other text says about it. "
            "Every act is written at once; u takes it back.\n",
        )
    ]
    for group in order:
        lines.append(Content.assemble((f"{group}", "bold $accent")))
        lines += [Content.assemble((f"  {_keys(key):<20}", "bold"), f" {key.help}") for key in groups[group]]
        lines.append(Content(""))
    return Content("\n").join(lines)


def _keys(key: Key) -> str:
    return f"{shown(key)}{{{key.takes.split()[-1]}}}" if key.takes else shown(key)
