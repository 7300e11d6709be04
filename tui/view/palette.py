"""The colours of a pane, and the style of every look that a stretch of text can have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from types import MappingProxyType

from rich.style import Style
from textual.color import Color
from textual.theme import Theme

from tui.view.overlay import PLAIN, StyleFlags

HUES: Mapping[str, str] = MappingProxyType(
    {
        "orange": "#e69f00",
        "sky": "#56b4e9",
        "green": "#009e73",
        "yellow": "#f0e442",
        "blue": "#0072b2",
        "vermilion": "#d55e00",
        "pink": "#cc79a7",
        "grey": "#bbbbbb",
    }
)
"""What the names of tag colours look like; any other name is drawn in the colour of the text.

The colours of Okabe and Ito (2008), which dichromats tell apart, with a grey so light that it is not taken for pink.
"""

FAINT = 3.0
"""Contrast that furniture and what is out of focus keep, whatever lies on them (WCAG 2.2, 1.4.11)."""


@dataclass(frozen=True, eq=False)
class Palette:
    """The colours of a pane as `#rrggbb`; without `colour`, shapes alone tell things apart."""

    background: str
    text: str
    dim: str
    """Furniture, ¶ numbers, what is out of focus."""
    accent: str
    """Search hits, labels, the current ¶ number, evidence."""
    selection: str
    wash: float = 0.3
    """How much of its colour a highlight lays under its words, 0–1."""
    contrast: float = 0.35
    """How much of the text's colour goes into bars and letters, so that dark hues stay legible, 0–1."""
    colour: bool = True
    """False where there are few colours or none: shapes then tell looks apart."""
    least: float = 4.5
    """Contrast that words keep, whatever lies on them (WCAG 2.2: 4.5 for AA, 7 for AAA)."""
    named: Mapping[str, str] = field(default_factory=dict)
    """Without `colour`: what the terminal itself calls the colours of tags, for bars and letters."""
    signs: Mapping[int, str] = field(default_factory=dict)
    """What is drawn in place of signs that the terminal's font lacks, as `str.translate` takes it."""

    def ink(self, name: str) -> str:
        """The colour in which bars and letters of a tag's colour are drawn."""
        return blend(HUES.get(name, self.text), self.text, self.contrast)

    def under(self, name: str) -> str:
        """What a highlight of that colour lays under its words."""
        strength = self.wash if name in HUES else self.wash / 2
        return blend(self.background, HUES.get(name, self.text), strength)


DARK = Palette(background="#141414", text="#d8d8d8", dim="#757575", accent="#e0af68", selection="#3c5f94")
LIGHT = Palette(
    background="#fbfaf7",
    text="#1d1d1d",
    dim="#8a8782",
    accent="#8a5a00",
    selection="#a9c6ec",
    wash=0.38,
    contrast=0.45,
)
_SHARES = tuple(step / 10 for step in range(11))
"""Shares of the way that a colour goes to be legible."""

NO_COLOUR = Palette("", "", "", "", "", colour=False)
# Whether the ground is black or white cannot be known; yellow, green and cyan are not legible on white.
SIXTEEN = replace(
    NO_COLOUR,
    named=MappingProxyType(
        {
            "blue": "bright_blue",
            "sky": "bright_blue",
            "vermilion": "red",
            "orange": "red",
            "pink": "magenta",
        }
    ),
)

PLAIN_SIGNS = str.maketrans(
    {
        "▌": "|", "▐": "|", "╎": ":", "▓": "#", "★": "*", "✎": "n", "⇄": "=", "↮": "x", "◆": "+", "◇": "+",
        "○": "o", "●": "*", "▸": ">", "◂": "<", "▾": "v", "✓": "x", "‹": "<", "›": ">", "╭": "┌", "╮": "┐",
        "╰": "└", "╯": "┘", "┆": "│", "┄": "─", "╷": "│", "╵": "│", "╴": "─", "╶": "─", "╻": "│", "╹": "│",
        "╸": "─", "╺": "─", "━": "═", "┃": "║", "┏": "╔", "┓": "╗", "┗": "╚", "┛": "╝", "┣": "╠", "┫": "╣",
        "┳": "╦", "┻": "╩", "╋": "╬", "▏": "|", "▎": "|", "▍": "|", "▋": "█", "▊": "█", "▉": "█", "≈": "~", "▪": "-",
        "╱": "/",
    }
)  # fmt: skip
"""Signs of the desk by what the fonts of the Linux console have in their place, each one cell."""


def palette_of(theme: Theme) -> Palette:
    """The palette that goes with a theme; where the theme leaves colours to the terminal, those of dark or light."""
    base = DARK if theme.dark else LIGHT
    background, text = _hex(theme.background) or base.background, _hex(theme.foreground) or base.text
    return replace(
        base,
        background=background,
        text=text,
        dim=blend(background, text, 0.5),
        accent=_hex(theme.accent) or base.accent,
        selection=blend(background, _hex(theme.primary) or base.selection, 0.5),
        # Nobody who does not need contrast chooses a theme that goes to the ends of the scale, which is 21.
        least=7 if contrast(background, text) > 20 else 4.5,
    )


def _hex(name: str | None) -> str | None:
    """A colour as `#rrggbb`; None for one that only the terminal knows."""
    if not name:
        return None
    colour = Color.parse(name)
    return None if colour.ansi is not None else f"#{colour.r:02x}{colour.g:02x}{colour.b:02x}"


def style(palette: Palette, look: StyleFlags = PLAIN) -> Style:
    """How a stretch of text with that look is drawn, or a cell with nothing on it; for one look always one object."""
    return _style(palette, look)


@lru_cache(4096)
def _style(palette: Palette, look: StyleFlags) -> Style:
    return _style_in_colour(palette, look) if palette.colour else _style_without_colour(look)


@lru_cache(1024)
def sign_style(palette: Palette, colour: str, behind: str | None = None) -> Style:
    """How letter, sign or bar of a mark is drawn; `behind` is the colour that fills the rest of its cell."""
    if not palette.colour:
        return Style(color=palette.named.get(colour), bold=True)
    ground = palette.background if behind is None else palette.ink(behind)
    return Style(color=palette.ink(colour), bgcolor=ground, bold=True)


@lru_cache(64)
def number_style(palette: Palette, *, current: bool) -> Style:
    """How a ¶ number is drawn."""
    if not palette.colour:
        return Style(bold=current)
    return Style(color=palette.accent if current else palette.dim, bgcolor=palette.background, bold=current)


@lru_cache(64)
def filler_style(palette: Palette) -> Style:
    """How a row is drawn that is only there to bring passages level: so faint that no words are looked for in it."""
    if not palette.colour:
        return Style(dim=True)
    return Style(color=blend(palette.background, palette.text, 0.28), bgcolor=palette.background)


@lru_cache(64)
def label_style(palette: Palette) -> Style:
    """How a hint label is drawn."""
    if not palette.colour:
        return Style(bold=True, reverse=True)
    return Style(color=palette.background, bgcolor=palette.accent, bold=True)


def _style_in_colour(palette: Palette, look: StyleFlags) -> Style:
    ground = palette.under(look.marked) if look.marked is not None else palette.background
    text = palette.dim if look.dim else palette.text
    if look.emphasized:
        ground = blend(ground, palette.accent, 0.12)
    if look.evidence:
        text = palette.accent
    if look.hit:
        ground = blend(ground, palette.accent, 0.45)
        text = palette.text
    if look.selected:
        ground = blend(ground, palette.selection, 0.8)
        text = palette.text
    if look.current:
        ground, text = palette.accent, palette.background
    if look.cursor:
        ground, text = palette.text, palette.background
    elif look.away:
        ground = blend(ground, palette.text, 0.3)
    text, ground = _legible(text, ground, palette, FAINT if text == palette.dim else palette.least)
    return Style(
        color=text,
        bgcolor=ground,
        bold=look.current or look.evidence or look.heading,
        underline=look.evidence or look.overlap or look.away,
    )


def _legible(text: str, ground: str, palette: Palette, least: float) -> tuple[str, str]:
    """The two colours, changed as little as is needed for that contrast: the ground first calms down, where nothing
    would be legible on it, then the words go towards black or white."""
    for calm in _SHARES:
        calmer = blend(ground, palette.background, calm)
        end = max("#000000", "#ffffff", key=lambda end: contrast(end, calmer))
        if contrast(end, calmer) >= least:
            shades = (blend(text, end, share) for share in _SHARES)
            return next(shade for shade in shades if contrast(shade, calmer) >= least), calmer
    return text, ground


def _style_without_colour(look: StyleFlags) -> Style:
    """Highlights are underlined, doubly where they overlap; hits and evidence bold; what is chosen reversed."""
    return Style(
        bold=look.hit or look.evidence or look.cursor or look.heading,
        underline=look.marked is not None or look.evidence or look.cursor,
        underline2=look.overlap,
        italic=look.emphasized,
        dim=look.dim or look.away,
        reverse=(look.selected or look.current or look.away) ^ look.cursor,
    )


@lru_cache(1024)
def contrast(one: str, other: str) -> float:
    """The contrast ratio of two `#rrggbb` colours by WCAG 2.2, 1–21."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    """Relative luminance, 0–1."""
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@lru_cache(1024)
def blend(under: str, over: str, share: float) -> str:
    """The colour between two `#rrggbb` colours: `share` of the second one, 0–1."""
    pairs = ((int(under[at : at + 2], 16), int(over[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)
