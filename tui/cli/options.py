"""What commands have in common: how they are declared, and the arguments and options that many of them take."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from functools import wraps
from math import isnan
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.core import ParameterSource

from tui.cli.codes import LIBRARY_VARIABLE, CallError
from tui.cli.invocation import Invocation

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from store.library import Library

F = TypeVar("F", bound=Callable[..., Any])


class _Option(click.Option):
    """An option whose help is one line: click would load `inspect`, a tenth of a search, to take its indents off."""

    def __init__(self, *given: Any, help: str | None = None, **more: Any) -> None:
        super().__init__(*given, **more)
        self.help = help


def option(*names: str, **more: Any) -> Callable[[F], F]:
    """As `click.option`, the help being one line."""
    return click.option(*names, cls=_Option, **more)


def telling_option(*names: str, help: str, tell: Callable[[click.Context], str]) -> _Option:
    """An option that prints something and ends the program, such as `--help`.

    Those of click ask for a translation of their help, which loads `locale` and looks for files each time.
    """

    def callback(context: click.Context, parameter: click.Parameter, value: bool) -> None:
        if value and not context.resilient_parsing:
            click.echo(tell(context), color=context.color)
            context.exit()

    return _Option(names, is_flag=True, is_eager=True, expose_value=False, help=help, callback=callback)


HELP = telling_option("-h", "--help", help="Show this message and exit.", tell=click.Context.get_help)


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
        made = make(name, epilog=epilog(examples))(library_option(_refusing(function)))
        made.params.append(HELP)
        return made

    return decorate


def group(
    name: str, *, examples: Sequence[str], cls: type[click.Group] = click.Group, **more: Any
) -> Callable[[Callable[..., Any]], click.Group]:
    """Makes a command with others below it, which takes `--library` and `--reader` before their names too."""
    make = click.group(name, cls, epilog=epilog(examples), **more)

    def decorate(function: Callable[..., Any]) -> click.Group:
        made = make(library_option(reader_option(function)))
        made.params.append(HELP)
        return made

    return decorate


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
    return (summary.slug for summary in library.texts.list())


def _paths(library: Library) -> Iterator[str]:
    return (tag.path for tag in library.codebook.list())


class _ReaderName(click.types.StringParamType):
    """The name of a reader, spelt as libraries keep it."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The name on one line, é as one character."""
        from store.sanitize import one_line

        return one_line(super().convert(value, param, ctx))


class _TextName(_Named):
    """The name of a text, of which any unambiguous beginning will do."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The slug of the text that is meant; what means none is left to the command, which says so or reads a file."""
        name = super().convert(value, param, ctx)
        if ctx is None or ctx.resilient_parsing:
            return str(name)
        return ctx.ensure_object(Invocation).meant(str(name), files=self._files)


class _Score(click.FloatRange):
    """A number from 0 to 100; what is no number (`nan`) lies in no range, which click lets pass."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """The number."""
        score = float(super().convert(value, param, ctx))
        if isnan(score):
            self.fail(f"{value} is no number from 0 to 100.", param, ctx)
        return score


SCORE = _Score(0, 100)
TEXT = _TextName("text", _slugs, files=True)
"""A text of the library by its slug or the beginning of its name, or a file by its path."""
SLUG = _TextName("slug", _slugs)
"""A text of the library, likewise."""
READER = _ReaderName()
"""A reader by name."""
TAG = _Named("tag", _paths)
"""A tag by its path."""


def _keep(context: click.Context, parameter: click.Parameter, value: str | None) -> None:
    if value and parameter.name:
        setattr(context.ensure_object(Invocation), parameter.name, value)


def library_option(function: F) -> F:
    """`--library`, which stands before the command's name as well as after it."""
    return option(
        "--library",
        "library_file",
        metavar="FILE",
        expose_value=False,
        is_eager=True,  # the names of texts are looked up in it
        callback=_keep,
        help=f"The library to use, rather than {LIBRARY_VARIABLE} or the default one.",
    )(function)


def reader_option(function: F) -> F:
    """`--reader`, likewise."""
    return option(
        "--reader",
        "reader_name",
        metavar="NAME",
        expose_value=False,
        callback=_keep,
        help="Who highlights, notes and links are by.",
    )(function)


json_option = option("--json", "as_json", is_flag=True, help="Print one JSON array.")
csv_option = option("--csv", "as_csv", is_flag=True, help="Print CSV with a header.")
furniture_option = option(
    "--no-furniture",
    "furniture",
    flag_value=False,
    default=True,
    help="Take every paragraph of a file as part of the article.",
)


format_option = option(
    "--format",
    type=click.Choice(("json", "csv", "tei")),
    help="The same as --json or --csv, or an XML document by the TEI.",
)


def asked_format(format: str | None, *, as_json: bool, as_csv: bool) -> str:
    """`json`, `csv` or `tei`, however it is asked for; empty for none. Raises CallError where two are asked for."""
    asked = {
        name for name, is_asked in (("json", as_json), ("csv", as_csv), (format or "", True)) if is_asked
    }
    asked.discard("")
    if len(asked) > 1:
        raise CallError(f"{' and '.join(sorted(asked))} cannot both be printed; choose one.")
    return asked.pop() if asked else ""


def refuse(why: str, *names: str) -> None:
    """Raises CallError, saying why, where the command that runs was given options of these names of parameters."""
    if given := _given(names):
        raise CallError(f"{why}: leave {', '.join(given)} out.")


def tell_idle(why: str, *names: str) -> None:
    """Says on stderr which options of these names of parameters were given, and why they change nothing."""
    from tui.cli.output import print_status

    if given := _given(names):
        print_status(f"{', '.join(given)} {'changes' if len(given) == 1 else 'change'} nothing here: {why}")


def _given(names: Sequence[str]) -> list[str]:
    """The options that the command which runs was given, of these names of parameters, as they are typed."""
    context = click.get_current_context()
    return [
        max(each.opts, key=len)
        for each in context.command.params
        if each.name in names and context.get_parameter_source(each.name) is ParameterSource.COMMANDLINE
    ]


def refuse_two_formats(as_json: bool, as_csv: bool) -> None:
    """Raises CallError where both are asked for."""
    if as_json and as_csv:
        raise CallError("--json and --csv cannot both be printed; choose one.")


def reading_option(function: F) -> F:
    """`--reading`: which text of an edition is taken."""
    return option(
        "--reading",
        type=click.Choice(("regularised", "original")),
        default="regularised",
        show_default=True,
        help="Of an edition (TEI) that has both, the corrected and expanded text or the one of its source.",
    )(function)


def encoding_option(function: F) -> F:
    """`--encoding`: how the bytes of a file are to be read."""
    return option(
        "--encoding",
        metavar="NAME",
        help="Read files in this encoding, rather than the one they seem to have.",
    )(function)
