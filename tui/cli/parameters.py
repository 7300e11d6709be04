"""The parameters of a command as a table: click makes the command from it, and a plain call is read by it at once.

Loading click takes a third of what a search of 600,000 words may take. So a command that has to be quick tells its
parameters here, without click. `Command.read` takes a call that is plainly well-formed and leaves every other one (a
wish for help, a mistake, an option before the command) to click, which knows the same table.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import inf
from typing import Any, Literal, NamedTuple

from tui.cli.codes import LIBRARY_VARIABLE, CallError, ExitCode


class Number(NamedTuple):
    """A kind of value: a number in bounds."""

    type: type[int] | type[float]
    least: float
    most: float = inf

    def __call__(self, written: str) -> float:
        """The number; raises ValueError."""
        number = self.type(written)
        if not self.least <= number <= self.most:
            raise ValueError(f"{written} is out of bounds")
        return number


Kind = Number | Literal["words", "text", "tag"] | Callable[[str], object]
"""How a value is read: a number, words that the shell may complete, or by a function that may raise CallError."""


class Flag(NamedTuple):
    """An option that stands by itself."""

    names: tuple[str, ...]
    parameter: str
    """What the command calls it; several flags may give one parameter its value."""
    help: str
    value: bool | str = True
    """What it gives the parameter."""
    default: bool | str | None = False
    again: Literal[False] = False

    @property
    def usual(self) -> object:
        """The value where none of the flags is given."""
        return self.default


class Option(NamedTuple):
    """An option that a value follows."""

    names: tuple[str, ...]
    parameter: str
    metavar: str
    help: str
    kind: Kind = "words"
    default: str | None = None
    """As a reader would write it."""
    again: bool = False
    """Whether it may be given again and again: the parameter is then a tuple."""

    def read(self, written: str) -> object:
        """The value as the command wants it; raises ValueError and CallError."""
        return self.kind(written) if callable(self.kind) else written

    @property
    def usual(self) -> object:
        """The value where none is given."""
        return () if self.again else None if self.default is None else self.read(self.default)


LIBRARY = Option(
    ("--library",),
    "library_file",
    "FILE",
    f"The library to use, rather than {LIBRARY_VARIABLE} or the default one.",
)
JSON = Flag(("--json",), "as_json", "Print one JSON array.")
CSV = Flag(("--csv",), "as_csv", "Print CSV with a header.")
NO_FURNITURE = Flag(
    ("--no-furniture",),
    "furniture",
    "Take every paragraph of a file as part of the article.",
    value=False,
    default=True,
)


class Command(NamedTuple):
    """A command that runs without click."""

    name: str
    run: Callable[..., ExitCode]
    """Takes the invocation, then the parameters by name; its docstring is the help. May raise CallError."""
    argument: str
    """The parameter that stands by itself: there is one, and it cannot be left out."""
    options: tuple[Flag | Option, ...]
    """`--library` goes without saying."""
    examples: tuple[str, ...]

    def read(self, words: Sequence[str]) -> dict[str, Any] | None:
        """The parameters of a call by name, that of `LIBRARY` too; None where click has to look at the call."""
        options = (*self.options, LIBRARY)
        named = {name: option for option in options for name in option.names}
        once: list[tuple[str, object]] = []
        values: dict[str, Any] = {option.parameter: option.usual for option in options}
        rest = iter(words)
        try:
            for word in rest:
                if not word.startswith("-"):
                    once.append((self.argument, word))
                    continue
                option = named[word]
                value = option.value if isinstance(option, Flag) else option.read(next(rest))
                if option.again:
                    values[option.parameter] = (*values[option.parameter], value)
                else:
                    once.append((option.parameter, value))
        except (KeyError, StopIteration, ValueError, CallError):
            return None
        given = dict(once)
        # What is given twice, or not at all, is a mistake or a change of mind: click knows what to do about it.
        if self.argument not in given or len(given) < len(once):
            return None
        return values | given


def one_format(as_json: bool, as_csv: bool) -> None:
    """Raises CallError where both are asked for."""
    if as_json and as_csv:
        raise CallError("--json and --csv cannot both be printed; choose one.")
