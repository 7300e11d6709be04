"""The comparison of the two open texts: a screen of views, each row of which leads back into the texts."""

from tui.comparison.comparison_screen import ComparisonScreen
from tui.comparison.comparison_state import ComparisonActions, ComparisonState, JumpTarget, state_of

__all__ = ["ComparisonActions", "ComparisonScreen", "ComparisonState", "JumpTarget", "state_of"]
