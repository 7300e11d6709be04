"""A widget of which each row is drawn by itself, and kept until it changes: what bars and the bridge are."""

from __future__ import annotations

from textual.color import Color
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

_UNUSED = Color(0, 0, 0)
"""Filters of lines are told a background; none of those that an app of ours has looks at it."""


class KeptRows(Widget):
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

    def _set_dirty(self, *regions: Region) -> None:
        if regions:
            for region in regions:
                for y in region.line_range:
                    self._kept.pop(y, None)
        else:
            self._kept.clear()
        super()._set_dirty(*regions)

    def render_lines(self, crop: Region) -> list[Strip]:
        """The rows of a region."""
        drawn_for = (self.outer_size, self.app.theme)
        if drawn_for != self._kept_for:
            self._kept_for = drawn_for
            self._kept.clear()
        strips = [self._kept.get(y) or self._keep(y) for y in crop.line_range]
        if crop.x or crop.width != self.outer_size.width:
            return [strip.crop(crop.x, crop.right) for strip in strips]
        return strips

    def _keep(self, y: int) -> Strip:
        strip = self.render_line(y)
        for line_filter in self.get_line_filters():
            strip = strip.apply_filter(line_filter, _UNUSED)
        self._kept[y] = strip
        return strip
