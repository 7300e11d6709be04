"""What every screen over the desk has in common."""

from __future__ import annotations

from typing import TypeVar

from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen

Result = TypeVar("Result")


class Modal(ModalScreen[Result]):
    """A screen over the desk that gives one result, however fast the keys come."""

    _given = False

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Gives the result and goes; what is typed before the screen has gone, Esc right after Enter, does nothing."""
        if self._given:
            return AwaitComplete()
        self._given = True
        return super().dismiss(result)
