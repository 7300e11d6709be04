"""What is known of terminals without asking them: it stands in the environment, or nowhere."""

from __future__ import annotations

from collections.abc import Mapping

_REFUSING = ("TMUX", "STY", "VTE_VERSION", "KONSOLE_VERSION", "XTERM_VERSION")
"""Variables of terminals that let no program copy unless told otherwise."""
_TERMS_REFUSING = ("linux", "rxvt", "st-", "screen")
"""How TERM begins in others of that kind."""


def is_in_screen(environment: Mapping[str, str]) -> bool:
    """Whether the program runs in GNU screen (tmux calls its terminal `screen` too, and sets no STY)."""
    return bool(environment.get("STY")) and environment.get("TERM", "").startswith("screen")


def has_few_signs(environment: Mapping[str, str]) -> bool:
    """Whether the font is one of the Linux console, which lacks stars, pens, half blocks and rounded corners."""
    return environment.get("TERM") == "linux"


def refuses_copies(environment: Mapping[str, str]) -> bool:
    """Whether the terminal is one that by default does not let programs copy (OSC 52)."""
    in_another = any(environment.get(name) for name in ("TMUX", "STY"))
    if environment.get("KITTY_WINDOW_ID") and not in_another:
        return False
    term = environment.get("TERM", "")
    return any(environment.get(name) for name in _REFUSING) or term.startswith(_TERMS_REFUSING)
