"""What commands have in common: how they are made, and the arguments and options that many of them take."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import click

from tui.cli.invocation import Invocation, library_option, reader_option

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from store.library import Library

F = TypeVar("F", bound=Callable[..., Any])


def epilog(examples: Sequence[str]) -> str:
    """Examples as click prints them below the options, a line each."""
    return "\n".join(("\b", "Examples:", *(f"  {example}" for example in examples)))


def command(
    name: str, *, examples: Sequence[str], writes: bool = False, group: click.Group | None = None
) -> Callable[[Callable[..., Any]], click.Command]:
    """Makes a command that also takes `--library`, and `--reader` if it writes, with examples below its help."""
    make = click.command if group is None else group.command

    def decorate(function: Callable[..., Any]) -> click.Command:
        if writes:
            function = reader_option(function)
        return make(name, epilog=epilog(examples))(library_option(function))

    return decorate


class _Named(click.types.StringParamType):
    """The name of something in the library, completed by the shell."""

    def __init__(self, name: str, names: Callable[[Library], Iterator[str]], *, files: bool = False) -> None:
        self.name = name
        self._names = names
        self._files = files

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Names that begin so, then files; a library that cannot be read completes nothing."""
        from click.shell_completion import CompletionItem

        try:
            with ctx:
                names = list(self._names(ctx.ensure_object(Invocation).library()))
        except Exception:
            names = []
        found = [CompletionItem(name) for name in names if name.startswith(incomplete)]
        return [*found, CompletionItem(incomplete, type="file")] if self._files else found


def _slugs(library: Library) -> Iterator[str]:
    return (shelved.slug for shelved in library.shelf.list())


def _paths(library: Library) -> Iterator[str]:
    return (tag.path for tag in library.codebook.list())


TEXT = _Named("text", _slugs, files=True)
"""A text of the library by its slug, or a file by its path."""
SLUG = _Named("slug", _slugs)
"""A text of the library."""
TAG = _Named("tag", _paths)
"""A tag by its path."""


def json_option(function: F) -> F:
    """`--json`: one array on stdout."""
    return click.option("--json", "as_json", is_flag=True, help="Print one JSON array.")(function)


def csv_option(function: F) -> F:
    """`--csv`: rows under a header on stdout."""
    return click.option("--csv", "as_csv", is_flag=True, help="Print CSV with a header.")(function)


def furniture_option(function: F) -> F:
    """`--no-furniture`: every paragraph of a file is part of the article."""
    return click.option(
        "--no-furniture",
        "furniture",
        flag_value=False,
        default=True,
        help="Take every paragraph of a file as part of the article.",
    )(function)


def encoding_option(function: F) -> F:
    """`--encoding`: how the bytes of a file are to be read."""
    return click.option(
        "--encoding",
        metavar="NAME",
        help="Read files in this encoding, rather than the one they seem to have.",
    )(function)


def one_format(as_json: bool, as_csv: bool) -> None:
    """Raises UsageError where both are asked for."""
    if as_json and as_csv:
        raise click.UsageError("--json and --csv cannot both be printed; choose one.")
