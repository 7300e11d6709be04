"""A widget of which each row is drawn by itself, and kept until it changes: what bars and the bridge are."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from rich.style import Style
from textual.color import Color
from textual.filter import ANSIToTruecolor
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from tui.private_api import ForgetfulRows

_UNUSED = Color(0, 0, 0)
"""Filters of lines are given a background; none of those that an app of ours has looks at it."""


class KeptRows(ForgetfulRows):
    """Hands its rows to the compositor as they are; a widget below draws them, in `render_line`, in all its cells.

    Textual would pass every row that a frame asks for through borders, tints, opacity and links, of which there are
    none here: for the four widgets of the desk that took a fifth of what a key takes.

    Without a border its outer size, which Textual keeps, is its size, for which Textual would walk up to the screen.
    """

    ALLOW_SELECT = False

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._kept: dict[int, Strip] = {}
        self._kept_for: object = None
        """Size and theme of the kept rows."""
        self._styles: dict[ThemeStyle, Style] = {}
        """What was asked of the theme that they are drawn in."""

    def style_of(self, style: ThemeStyle) -> Style:
        """A style under the present theme: looked up once, since each row has several."""
        found = self._styles.get(style)
        if found is None:
            found = self._styles[style] = style.on(self)
        return found

    def forget_rows(self, regions: Sequence[Region]) -> None:
        """Forgets the rows of the regions, or all."""
        for region in regions:
            for y in region.line_range:
                self._kept.pop(y, None)
        if not regions:
            self._kept.clear()

    def render_lines(self, crop: Region) -> list[Strip]:
        """The rows of a region."""
        drawn_for = (self.outer_size, self.app.theme)
        if drawn_for != self._kept_for:
            self._kept_for = drawn_for
            self._kept.clear()
            self._styles.clear()
        strips = [self._kept.get(y) or self._keep(y) for y in crop.line_range]
        if crop.x or crop.width != self.outer_size.width:
            return [strip.crop(crop.x, crop.right) for strip in strips]
        return strips

    def _keep(self, y: int) -> Strip:
        strip = self.render_line(y)
        for line_filter in self.get_line_filters():
            if not isinstance(line_filter, ANSIToTruecolor):  # all colours of a theme are those already
                strip = strip.apply_filter(line_filter, _UNUSED)
        self._kept[y] = strip
        return strip


class ThemeStyle(NamedTuple):
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
