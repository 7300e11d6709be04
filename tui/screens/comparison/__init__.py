"""The comparison of the two open texts: a screen of views, each row of which leads back into the texts."""

from tui.screens.comparison.deeds import Deeds, Going
from tui.screens.comparison.kept import Kept, kept_of
from tui.screens.comparison.screen import ComparisonScreen

__all__ = ["ComparisonScreen", "Deeds", "Going", "Kept", "kept_of"]
