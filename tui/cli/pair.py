"""Which two texts a command is about: those that are named, or those that were last open side by side."""

from __future__ import annotations

from tui.cli.invocation import Invocation
from tui.cli.parameters import CallError


def pair(invocation: Invocation, left: str | None, right: str | None) -> tuple[str, str]:
    """The names of the two texts: both as given, or those that were last open; raises CallError."""
    if left is not None and right is not None:
        return left, right
    if left is not None or right is not None:
        raise CallError("Name two texts, or none for those that were last open.")
    from tui.home import last_pair

    slugs = last_pair(invocation.library())
    if slugs is None:
        raise CallError("no two texts were open yet: name two texts or files.")
    return slugs
