"""The comparison of the two open texts: a screen of views, each row of which leads back into the texts."""

from tui.screens.comparison.screen import ComparisonScreen, Deeds, Going, Kept

__all__ = ["ComparisonScreen", "Deeds", "Going", "Kept"]
