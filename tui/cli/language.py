"""`tui language`: which language a text is in, and a reader's own word on that."""

from __future__ import annotations

import click

from texts.languages.telling import NAMES, UNKNOWN, code_of, effective_language
from tui.cli.codes import CallError, ExitCode
from tui.cli.invocation import Invocation
from tui.cli.options import TEXT, command, json_option, option
from tui.cli.output import line, print_status, write_json
from tui.cli.terminal import pad

AUTO = "auto"


@command(
    "language",
    writes=True,
    examples=(
        "tui language luther",
        "tui language luther de",
        "tui language luther auto",
        "tui language --list",
    ),
)
@click.argument("text", type=TEXT, required=False)
@click.argument("language", required=False, metavar="[CODE]")
@option("--list", "listed", is_flag=True, help="List the languages that can be said, by their codes.")
@json_option
@click.pass_obj
def language_command(
    invocation: Invocation, *, text: str | None, language: str | None, listed: bool, as_json: bool
) -> ExitCode:
    """Show the language of TEXT, or say that it is another one: de or German.

    It is told from the text, and decides how its words are taken: stems, words that say nothing, old spellings. `auto`
    has it told again. What you say can be undone.
    """
    if listed or text is None:
        if text is not None or not listed:
            raise click.UsageError("Name a text, or give --list alone.")
        return _list(as_json)
    if language is None:
        return _show(invocation, text, as_json)
    if not invocation.is_slug(text):
        raise CallError(f"{text} is a file: add it to the library first, with `tui add`.")
    texts = invocation.library(writing=True).texts
    code = UNKNOWN if language.casefold() == AUTO else code_of(language) or language
    texts.set_language(text, code)
    print_status(
        f"{text} is taken as {NAMES[code]}" if code else f"the language of {text} is told from its words"
    )
    return ExitCode.FOUND


def _list(as_json: bool) -> ExitCode:
    languages = sorted(NAMES.items())
    if as_json:
        write_json({"language": code, "name": name} for code, name in languages)
    else:
        for code, name in languages:
            line(f"{pad(code, 4)} {name}")
    return ExitCode.FOUND


def _show(invocation: Invocation, name: str, as_json: bool) -> ExitCode:
    text = invocation.text(name)
    code = effective_language(text)
    if as_json:
        write_json(
            [{"text": text.slug, "language": code, "name": NAMES.get(code, ""), "said": bool(text.language)}]
        )
    elif code:
        line(f"{code} {NAMES[code]}" + ("" if text.language else " (told from the text)"))
    else:
        print_status(f"the language of {text.slug} cannot be told: `tui language {text.slug} CODE` says it")
    return ExitCode.FOUND if code else ExitCode.NOTHING
