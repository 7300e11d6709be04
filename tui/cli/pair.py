"""Which two texts a command is about: those that are named, or those that were last open side by side.

And the options of all commands that relate two texts, or one and its nearest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import click

from store.services.comparison import OTHERS
from texts.naming import NO_OVERRIDES, Overrides
from texts.relate.relate_records import DEFAULT_SCORE
from tui.cli.codes import CallError
from tui.cli.invocation import Invocation
from tui.cli.options import SCORE, option

F = TypeVar("F", bound=Callable[..., Any])

others_option = option(
    "--others",
    type=click.IntRange(min=1),
    default=OTHERS,
    show_default=True,
    metavar="N",
    help="With LEFT alone: the N texts that are nearest by their words.",
)


meaning_option = option(
    "--meaning/--no-meaning",
    default=None,
    help="Relate by what passages mean as well as by their words, or by words alone; left to itself it is for two "
    "languages. Needs an extra: pip install 'close-reading-tui[meaning]'.",
)


def least_score_option(words: str) -> Callable[[F], F]:
    """`--min-score`, with what it is good for."""
    return option(
        "--min-score",
        type=SCORE,
        default=DEFAULT_SCORE,
        show_default=True,
        metavar="N",
        help=words,
    )


def pair(invocation: Invocation, left: str | None, right: str | None) -> tuple[str, str]:
    """The names of the two texts: both as given, or those that were last open; raises CallError."""
    if left is not None and right is not None:
        return left, right
    if left is not None or right is not None:
        raise CallError("Name two texts, or none for those that were last open.")
    from store.text_names import last_pair

    slugs = last_pair(invocation.library())
    if slugs is None:
        raise CallError("no two texts are open side by side: name two texts or files.")
    return slugs


def overrides_for(invocation: Invocation, names: Iterable[str]) -> Overrides:
    """The name rules of the library; nothing where all texts are files, which have none."""
    asked = any(map(invocation.is_slug, names))
    return invocation.library().name_rules.overrides() if asked else NO_OVERRIDES
