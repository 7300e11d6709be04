"""The styles of the bars and of the bridge, from the colours of the theme.

Styles of CSS would do as well, but each of those costs a rule to parse and a node to match it with: together a
twentieth of what the first paint took beyond that of an empty app.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from rich.style import Style
from textual.color import Color
from textual.widget import Widget


class Ink(NamedTuple):
    """Colours by the names that themes have for them."""

    colour: str
    ground: str
    share: float = 1.0
    """How much of the colour shows before the ground, 0–1."""
    bold: bool = False

    def on(self, widget: Widget) -> Style:
        """The style under the theme that the widget is shown in."""
        named = widget.app.theme_variables
        return _style(named[self.colour], named[self.ground], self.share, self.bold)


@lru_cache(256)
def _style(colour: str, ground: str, share: float, bold: bool) -> Style:
    below = Color.parse(ground)
    drawn = below.blend(Color.parse(colour), share)
    return Style.from_color(drawn.rich_color, below.rich_color) + Style(bold=bold)
