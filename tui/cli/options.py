"""What commands have in common: how they are made, and the arguments and options that many of them take."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from functools import wraps
from math import inf
from typing import TYPE_CHECKING, Any, TypeVar

import click

from tui.cli.codes import CallError
from tui.cli.invocation import Invocation
from tui.cli.parameters import CSV, JSON, LIBRARY, NO_FURNITURE, Command, Flag, Number, Option

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
        return make(name, epilog=epilog(examples))(library_option(_refusing(function)))

    return decorate


def made(table: Command) -> click.Command:
    """The command that a table describes."""
    function = click.pass_obj(table.run)
    for option in reversed(table.options):
        function = _made(option)(function)
    function = click.argument(table.argument)(function)
    return command(table.name, examples=table.examples)(function)


def _refusing(function: F) -> F:
    @wraps(function)
    def run(*values: Any, **named: Any) -> Any:
        try:
            return function(*values, **named)
        except CallError as error:
            raise click.UsageError(str(error)) from None

    return run  # type: ignore[return-value]


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
            with closing(ctx.ensure_object(Invocation)) as invocation:
                names = list(self._names(invocation.library()))
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


class _Read(click.ParamType[object]):
    """A value that a function reads."""

    name = "value"

    def __init__(self, read: Callable[[str], object]) -> None:
        self._read = read

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> object:
        try:
            return self._read(value) if isinstance(value, str) else value
        except CallError as error:
            self.fail(str(error), param, ctx)


def _made(option: Flag | Option) -> Callable[[F], F]:
    """An option of a table as click has it."""
    if isinstance(option, Flag):
        return click.option(
            *option.names,
            option.parameter,
            is_flag=True,
            flag_value=option.value,
            default=option.default,
            help=option.help,
        )
    return click.option(
        *option.names,
        option.parameter,
        type=_kind(option),
        multiple=option.again,
        default=option.default,
        show_default=option.default is not None,
        metavar=option.metavar,
        help=option.help,
    )


def _kind(option: Option) -> click.ParamType[Any]:
    kind = option.kind
    if isinstance(kind, Number):
        most = None if kind.most == inf else kind.most
        return click.IntRange(int(kind.least)) if kind.type is int else click.FloatRange(kind.least, most)
    if isinstance(kind, str):
        return {"text": TEXT, "tag": TAG}.get(kind, click.STRING)
    return _Read(kind)


def _keep(context: click.Context, parameter: click.Parameter, value: str | None) -> None:
    if value and parameter.name:
        setattr(context.ensure_object(Invocation), parameter.name, value)


def library_option(function: F) -> F:
    """`--library`, which stands before the command's name as well as after it."""
    return click.option(
        *LIBRARY.names,
        LIBRARY.parameter,
        metavar=LIBRARY.metavar,
        expose_value=False,
        callback=_keep,
        help=LIBRARY.help,
    )(function)


def reader_option(function: F) -> F:
    """`--reader`, likewise."""
    return click.option(
        "--reader",
        "reader_name",
        metavar="NAME",
        expose_value=False,
        callback=_keep,
        help="Who highlights, notes and links are by.",
    )(function)


json_option = _made(JSON)
"""`--json`: one array on stdout."""
csv_option = _made(CSV)
"""`--csv`: rows under a header on stdout."""
furniture_option = _made(NO_FURNITURE)
"""`--no-furniture`: every paragraph of a file is part of the article."""


def encoding_option(function: F) -> F:
    """`--encoding`: how the bytes of a file are to be read."""
    return click.option(
        "--encoding",
        metavar="NAME",
        help="Read files in this encoding, rather than the one they seem to have.",
    )(function)
