"""What the program uses of Textual that it does not promise to keep; no other module does.

(`serving` has what is used of textual-serve, which only `tui web` loads.) Each name that is used or overridden here
is held by `tests/unit/test_private_api.py`, so that a new release which lacks one is known by its name rather than by
what the desk no longer does. Classes of ours override the public methods of these.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from typing import IO, Any, TypeVar

from textual import events
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.driver import Driver
from textual.geometry import Region, Size
from textual.screen import Screen
from textual.widget import Widget

Result = TypeVar("Result")

_PARSER = "XTermParser"
"""What the modules of all drivers call their parser."""
_FILE = "_file"
"""What all drivers for terminals write to."""


class EndableApp(App[int]):
    """An app that says itself what it stops over."""

    def report_fatal_error(self) -> None:
        """Called in place of Textual's report while the exception is being handled; to call `end`."""
        raise NotImplementedError

    @property
    def is_ending(self) -> bool:
        """Whether `end` was called."""
        return bool(self._exit_renderables)

    def end(self, told: Any) -> None:
        """Ends the app with exit code 2 and a line on the terminal, which is a Rich renderable."""
        self._return_code = 2
        self._exit_renderables.append(told)
        self._close_messages_no_wait()

    def _fatal_error(self) -> None:
        self.report_fatal_error()


class SizedBeforePaint(Widget):
    """A widget that can lay itself out at a new size before the first frame at that size is painted.

    The event that Textual sends for it arrives after that frame.
    """

    def take_size(self, take: Callable[[], bool], *, is_new: bool) -> bool:
        """Called with what gives the widget its size; to return what that returns."""
        raise NotImplementedError

    def _size_updated(
        self, size: Size, virtual_size: Size, container_size: Size, layout: bool = True
    ) -> bool:
        give = super()._size_updated
        return self.take_size(
            lambda: give(size, virtual_size, container_size, layout), is_new=size != self._size
        )


class ForgetfulRows(Widget):
    """A widget that hears which of its rows are to be drawn anew."""

    def forget_rows(self, regions: Sequence[Region]) -> None:
        """Called with the regions that have changed; with none where all have."""
        raise NotImplementedError

    def _set_dirty(self, *regions: Region) -> None:
        self.forget_rows(regions)
        super()._set_dirty(*regions)


class ScreenWithoutTooltips(Screen[Result]):
    """A screen whose widgets have no tooltips.

    Textual looks for one at every key and, where none is mounted, words an error that names all widgets: a twentieth of
    what a key takes.
    """

    def _clear_tooltip(self) -> None:
        pass


class KeySequences(XTermParser):
    """Textual's parser of what a terminal sends."""

    def keys_of(
        self, sequence: str, alt: bool, usual: Callable[[str], Iterable[events.Key]]
    ) -> Iterable[events.Key]:
        """The keys of a sequence; `usual` are those that Textual makes of one without Alt."""
        raise NotImplementedError

    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterable[events.Key]:
        return self.keys_of(sequence, alt, super()._sequence_to_key_events)


def read_keys_with(parser: type[KeySequences], driver: type[Driver]) -> None:
    """Has a driver read what is typed with a parser of ours; it makes its parser itself, in its own thread."""
    module = import_module(driver.__module__)
    if hasattr(module, _PARSER):
        setattr(module, _PARSER, parser)


def write_through(driver: Driver, wrap: Callable[[IO[str]], Any]) -> None:
    """Wraps what a driver writes to; one that writes to no terminal is left as it is."""
    file = getattr(driver, _FILE, None)
    if file is not None:
        setattr(driver, _FILE, wrap(file))


def bind_first(screen: Screen[Any], key: str, action: str) -> None:
    """Binds a key of a screen before the widget that has the focus takes it."""
    screen._bindings.bind(key, action, priority=True)
