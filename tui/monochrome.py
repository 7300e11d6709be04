"""What a terminal of few colours or none shows: shapes in place of grounds, for whatever a widget draws.

Textual answers NO_COLOR with shades of grey, which are colours too, and a terminal of sixteen colours with the nearest
of them, which makes a selection look as a highlight does. Here the colours that a widget asks for are read for what
they mean instead: a ground that stands out becomes reverse video, faint words become dim, a hue becomes the terminal's
own colour of that name, or nothing at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, auto
from functools import lru_cache

from rich.color import Color as RichColor
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

from tui.view.palette import contrast

STANDS_OUT = 1.45
"""Contrast between a ground and that of the app from which on it means something, as under a highlighted row.

Bars and frames lie below that: they are told by where they are.
"""
FAINT = 4.5
"""Contrast below which words are meant to be faint (what WCAG 2.2 asks of words)."""
HUES = ((20, "red"), (185, None), (255, "bright_blue"), (345, "magenta"), (361, "red"))
"""Up to which degree of the colour circle a colour goes by a name.

Only by those that can be read on black and on white, since nobody knows the ground: yellow, green and cyan are not
legible on white, and plain blue not on black.
"""
_GREY = 0.2
"""Saturation below which a colour has no hue."""


class Colours(Enum):
    """How many colours a terminal shows."""

    MANY = auto()
    SIXTEEN = auto()
    NONE = auto()


def colours_of(system: str | None, environment: Mapping[str, str]) -> Colours:
    """What may be used: `system` is what Rich found the terminal to be; NO_COLOR (no-color.org) overrules it."""
    if system is None or environment.get("NO_COLOR"):
        return Colours.NONE
    return Colours.SIXTEEN if system in ("standard", "windows") else Colours.MANY


class MonochromeFilter(LineFilter):
    """Draws a line in shapes; `ground` is the background of the app, `hues` whether colours have names."""

    def __init__(self, ground: Color, *, hues: bool, signs: Mapping[int, str] | None = None) -> None:
        """`signs` are drawn in place of others, as `str.translate` takes them."""
        super().__init__()
        self._ground = ground
        self._hues = hues
        self._signs = signs or {}

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments in shapes."""
        return [
            Segment(
                text.translate(self._signs) if self._signs else text,
                style and in_shapes(style, self._ground, self._hues),
                control,
            )
            for text, style, control in segments
        ]


@lru_cache(4096)
def in_shapes(style: Style, ground: Color, hues: bool) -> Style:
    """The style without colours, or with those that have a name; what else it says is kept."""
    bare = style.without_color + Style(meta=style.meta) if style.meta else style.without_color
    if style.color is None and style.bgcolor is None:
        return bare
    words, behind = _opaque(style.color), _opaque(style.bgcolor) or ground
    if style.reverse:
        words, behind = behind, words or ground
    if contrast(behind.hex6, ground.hex6) >= STANDS_OUT:
        return bare + Style(reverse=True, dim=False)  # in the colours of the terminal, which suit each other
    name = _name(words) if hues and words else None
    is_faint = words is not None and not name and contrast(words.hex6, behind.hex6) < FAINT
    return bare + Style(reverse=False, dim=is_faint, color=name)


def _opaque(colour: RichColor | None) -> Color | None:
    return None if colour is None or colour.is_default else Color.from_rich_color(colour)


def _name(colour: Color) -> str | None:
    """The name that a terminal has for a hue; None for grey."""
    hue, saturation, value = colour.hsv
    if saturation < _GREY or value < _GREY:
        return None
    return next(name for most, name in HUES if hue * 360 < most)
