"""What the parts of the desk have in common: each does some of the commands of the key table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

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


class Asking(Protocol):
    """What the prompt is open for: it is told what is typed there."""

    def typed(self, text: str) -> None:
        """Another letter was typed, or taken back."""

    def turned(self, by: int) -> None:
        """Tab, or Shift-Tab."""

    def walked(self, by: int) -> None:
        """Up, which is negative, or Down."""

    def entered(self, text: str) -> None:
        """Enter."""

    def left(self) -> None:
        """Esc."""


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

    def refused(self, problem: BaseException) -> None:
        """Says why something was not done."""
        self.desk.tell(str(problem), error=True)


_Part = TypeVar("_Part", bound=Part)


class Later(Generic[_Part]):
    """A part of the desk that is imported and made when it is first asked for.

    Most parts wait for a key. The first paint does without them: that is a tenth of what it takes to start.
    """

    def __init__(self, module: str, name: str) -> None:
        """The module under `tui.screens.desk`, and the class in it."""
        self._module, self._class = module, name

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, desk: DeskScreen, owner: type) -> _Part:
        module = import_module(f"tui.screens.desk.{self._module}")
        part: _Part = getattr(module, self._class)(desk)
        desk.__dict__[self._name] = part  # found there from now on, before this is asked
        return part
