"""What the parts of the desk have in common: each does some of the commands of the key table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, TypeVar

from tui.keys import Press

if TYPE_CHECKING:
    from tui.screens.desk.screen import DeskScreen

Doing = Callable[[Press], None]
_Method = TypeVar("_Method", bound=Callable[..., None])
_COMMANDS = "_desk_commands"


def does(*ids: str) -> Callable[[_Method], _Method]:
    """Marks a method as the one that does the commands with these ids."""

    def mark(method: _Method) -> _Method:
        setattr(method, _COMMANDS, ids)
        return method

    return mark


class Part:
    """Some of what the desk can do. It holds the desk and talks to its panes and its session."""

    def __init__(self, desk: DeskScreen) -> None:
        self.desk = desk

    def commands(self) -> Iterator[tuple[str, Doing]]:
        """The ids of the commands that this part does, and the methods that do them."""
        for name in dir(type(self)):
            method = getattr(type(self), name)
            for command in getattr(method, _COMMANDS, ()):
                yield command, getattr(self, name)
