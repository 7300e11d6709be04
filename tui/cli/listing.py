"""What nouns that list and do more have in common: `list` goes without saying, and `--text` narrows it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from tui.cli.options import SLUG, option

F = TypeVar("F", bound=Callable[..., Any])


class Listing(click.Group):
    """A group with a command `list`: `tui links --json` is `tui links list --json`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Puts `list` before options that no command follows, and where there is nothing at all."""
        return super().parse_args(ctx, ["list", *args] if self._goes_unsaid(ctx, args) else args)

    def _goes_unsaid(self, ctx: click.Context, args: list[str]) -> bool:
        if ctx.resilient_parsing or (args and not args[0].startswith("-")):
            return False  # a shell completes the commands themselves
        return {*self.commands, *ctx.help_option_names}.isdisjoint(args)


def between_option(function: F) -> F:
    """`--text`, once or twice: what has an end in one text, or goes between two."""
    return option(
        "--text",
        "--in",
        "texts",
        type=SLUG,
        multiple=True,
        metavar="TEXT",
        callback=_two_at_most,
        help="Only those with an end in this text; given twice, those between the two.",
    )(function)


def _two_at_most(
    context: click.Context, parameter: click.Parameter, texts: tuple[str, ...]
) -> tuple[str, ...]:
    if len(texts) > 2:
        raise click.UsageError("Each goes between two texts: give --text once or twice.", context)
    return texts
