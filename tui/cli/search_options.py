"""What a search of the library and one of a corpus are both told."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

import click

from store.services.search import DEFAULT, Way
from texts.search import Mode
from tui.cli.codes import CallError
from tui.cli.options import SCORE, option, tell_idle

F = TypeVar("F", bound=Callable[..., Any])

_MODES = {
    "exact": "The letters as typed, in any part of a word.",
    "word": "The letters as typed, as whole words.",
    "regex": "A regular expression, as in Python.",
}
"""How to look by letters, by the names of the options, with their help."""


def mode_options(function: F) -> F:
    """Adds `--exact`, `--word` and `--regex`, all `mode`: None where none is named; two of them are refused."""

    @wraps(function)
    def with_mode(*values: Any, exact: bool, word: bool, regex: bool, **named: Any) -> Any:
        modes = [mode for mode, asked in zip(_MODES, (exact, word, regex), strict=True) if asked]
        if len(modes) > 1:
            raise CallError(f"--{modes[0]} and --{modes[1]} cannot both be meant; choose one.")
        if modes:
            tell_idle(f"what --{modes[0]} finds has a score of 100", "min_score")
        return function(*values, mode=modes[0] if modes else None, **named)

    made: Any = with_mode
    for name, help in reversed(_MODES.items()):
        made = option(f"--{name}", is_flag=True, help=help)(made)
    return cast(F, made)


def answer_options(function: F) -> F:
    """Adds `--min-score`, `--limit` and `--context`."""
    for add in reversed(
        (
            option(
                "--min-score",
                type=SCORE,
                default=DEFAULT.min_score,
                show_default=True,
                metavar="N",
                help="Only scores of at least N, 0–100.",
            ),
            option("--limit", type=click.IntRange(min=1), metavar="N", help="The best N."),
            option(
                "-C",
                "--context",
                type=click.IntRange(min=0),
                metavar="N",
                help="With N passages before and after.",
            ),
        )
    ):
        function = add(function)
    return function


def way_of(mode: str | None, min_score: float, with_furniture: bool) -> Way:
    """How to look, as the options say it."""
    return Way(Mode(mode) if mode else Mode.FUZZY, min_score, with_furniture)
