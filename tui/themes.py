"""The looks of the desk: dark, light, high contrast, and one for eyes that do not tell red from green."""

from __future__ import annotations

from textual.theme import Theme


def _scrollbars(primary: str, surface: str) -> dict[str, str]:
    """Scrollbars in the colours of a theme, as variables: a rule of CSS for them would be held against every widget."""
    return {"scrollbar": f"{primary}99", "scrollbar-background": surface}


DARK = Theme(
    name="dark",
    primary="#7aa2d6",
    secondary="#8f8fae",
    accent="#e0af68",
    warning="#e0af68",
    error="#e06c75",
    success="#8fbf7f",
    foreground="#d8d8d8",
    background="#141414",
    surface="#1c1c1c",
    panel="#242424",
    dark=True,
    variables=_scrollbars("#7aa2d6", "#1c1c1c"),
)
LIGHT = Theme(
    name="light",
    primary="#27568f",
    secondary="#5c5c74",
    accent="#8a5a00",
    warning="#8a5a00",
    error="#a1262f",
    success="#2f6b2f",
    foreground="#1d1d1d",
    background="#fbfaf7",
    surface="#f1efe9",
    panel="#e6e3da",
    dark=False,
    variables=_scrollbars("#27568f", "#f1efe9"),
)
HIGH_CONTRAST = Theme(
    name="high-contrast",
    primary="#6fc3ff",
    secondary="#ffffff",
    accent="#ffd700",
    warning="#ffd700",
    error="#ff8585",
    success="#7CFC00",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#1a1a1a",
    dark=True,
    text_alpha=1.0,
    variables=_scrollbars("#6fc3ff", "#000000"),
)
COLOUR_BLIND = Theme(
    name="colour-blind",
    primary="#56b4e9",
    secondary="#999999",
    accent="#e69f00",
    warning="#e69f00",
    error="#ef7a24",
    success="#1dbb90",
    foreground="#e8edf4",
    background="#0c1826",
    surface="#132334",
    panel="#1b2f45",
    dark=True,
    variables=_scrollbars("#56b4e9", "#132334"),
)
"""On dark blue, so that it is not taken for the dark one."""

THEMES = (DARK, LIGHT, HIGH_CONTRAST, COLOUR_BLIND)
"""All themes, the default first."""
