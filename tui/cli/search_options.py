"""What a search of the library and one of a corpus are both told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from store.services.search import DEFAULT, Way
from texts.search import Mode
from tui.cli.options import SCORE, option

F = TypeVar("F", bound=Callable[..., Any])


def mode_options(function: F) -> F:
    """Adds `--exact`, `--word` and `--regex`, all `mode`: None where none is named."""
    for add in reversed(
        (
            option(
                "--exact", "mode", flag_value="exact", help="The letters as typed, in any part of a word."
            ),
            option("--word", "mode", flag_value="word", help="The letters as typed, as whole words."),
            option("--regex", "mode", flag_value="regex", help="A regular expression, as in Python."),
        )
    ):
        function = add(function)
    return function


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
