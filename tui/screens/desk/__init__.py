"""The desk: two texts side by side. One module for each kind of work that is done at it."""

from tui.screens.desk.screen import DeskScreen

__all__ = ["DeskScreen"]
