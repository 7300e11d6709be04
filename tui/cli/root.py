"""The command `tui`, and the table of its subcommands: a module is imported when its command is called."""

from __future__ import annotations

import importlib
import os
from collections.abc import Sequence
from contextlib import closing
from typing import NamedTuple

import click

from tui import __version__
from tui.cli.codes import COMPLETION_VARIABLE, CallError, ExitCode
from tui.cli.invocation import Invocation
from tui.cli.options import HELP, library_option, reader_option, telling_option
from tui.cli.terminal import width

PROGRAM = "tui"
WIDEST_HELP = 100
"""Columns of the help; longer lines are hard to read."""


class Subcommand(NamedTuple):
    """Where a subcommand lives and how `tui --help` names it."""

    module: str
    """Under `tui.cli`; it holds the command as `<name>_command`, a hyphen of the name as `_`."""
    section: str
    help: str


COMMANDS = {
    "open": Subcommand("desk", "Read", "Open texts on the desk, side by side."),
    "web": Subcommand("desk", "Read", "Open the desk in a browser on this machine."),
    "keys": Subcommand("keys", "Read", "List every key of the desk."),
    "add": Subcommand("texts", "Texts", "Add files to the library."),
    "texts": Subcommand("texts", "Texts", "List the library's texts."),
    "update": Subcommand("texts", "Texts", "Give a text a new version; its highlights are found again."),
    "rename": Subcommand("texts", "Texts", "Give a text another name, title or author."),
    "remove": Subcommand("removal", "Texts", "Remove texts with all that was made of them."),
    "language": Subcommand("language", "Texts", "Show the language of a text, or say what it is."),
    "furniture": Subcommand("furniture", "Texts", "List page chrome, or say what is and what is not."),
    "search": Subcommand("search", "Find", "Find words, tolerant of spelling."),
    "related": Subcommand("related", "Find", "List passages of other texts that say the same."),
    "dismiss": Subcommand("dismissals", "Find", "Never suggest two passages as related again."),
    "dismissed": Subcommand("dismissals", "Find", "List what was dismissed, or take it back."),
    "compare": Subcommand("compare", "Find", "Show what two texts share, and what each says alone."),
    "compare-readers": Subcommand("readers", "Find", "Show where two readers agree, and where they do not."),
    "corpus": Subcommand("corpus", "Find", "Find what thousands of texts say of the same."),
    "mark": Subcommand("annotations", "Mark", "Highlight a quote."),
    "change": Subcommand("changing", "Mark", "Change highlights: tags, note, star, edges."),
    "join": Subcommand("changing", "Mark", "Make highlights of one text one."),
    "delete": Subcommand("changing", "Mark", "Delete highlights."),
    "link": Subcommand("links", "Mark", "Link two highlights."),
    "links": Subcommand("links", "Mark", "List links, or delete some."),
    "note": Subcommand("notes", "Mark", "Write a note on a text or on the library."),
    "notes": Subcommand("notes", "Mark", "List the notes on texts and on the library."),
    "drafts": Subcommand("notes", "Mark", "List notes that were typed and never saved."),
    "annotations": Subcommand("annotations", "Mark", "List highlights with their tags and notes."),
    "tags": Subcommand("tags", "Mark", "List and reshape the codebook."),
    "names": Subcommand("names", "Mark", "Join spellings of one name, or part two names."),
    "export": Subcommand("exchange", "Library", "Write the annotations out."),
    "import": Subcommand("exchange", "Library", "Merge in what others have made, or another library."),
    "undo": Subcommand("library", "Library", "Undo the last act."),
    "redo": Subcommand("library", "Library", "Do again what was undone."),
    "history": Subcommand("library", "Library", "List what was done."),
    "backup": Subcommand("library", "Library", "Write a consistent copy of the library."),
    "check": Subcommand("library", "Library", "Look after the library's health."),
}
"""Every subcommand, in the order in which the help lists them."""


class LazyGroup(click.Group):
    """A group that knows its commands by a table and imports one when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        entry = COMMANDS.get(cmd_name)
        if entry is None:
            return None
        from texts.light_numpy import expect_numpy

        expect_numpy()
        module = importlib.import_module(f"tui.cli.{entry.module}")
        command: click.Command = getattr(module, f"{cmd_name.replace('-', '_')}_command")
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click's, but for an unknown command it names those like it."""
        if args[0] not in COMMANDS and not args[0].startswith("-") and not ctx.resilient_parsing:
            raise click.UsageError(_unknown(args), ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for section in dict.fromkeys(entry.section for entry in COMMANDS.values()):
            with formatter.section(section):
                formatter.write_dl(
                    [(name, entry.help) for name, entry in COMMANDS.items() if entry.section == section]
                )

    def shell_complete(
        self, ctx: click.Context, incomplete: str
    ) -> list[click.shell_completion.CompletionItem]:
        """From the table too: completing a name must not import eight modules."""
        from click.shell_completion import CompletionItem

        commands = [
            CompletionItem(name, help=entry.help)
            for name, entry in COMMANDS.items()
            if name.startswith(incomplete)
        ]
        return commands + click.Command.shell_complete(self, ctx, incomplete)


def _unknown(args: Sequence[str]) -> str:
    """What to say of words that begin with no command: of files, how they are opened."""
    from difflib import get_close_matches

    name = args[0]
    if os.path.isfile(name):  # which answers for names that no file can have, too
        import shlex

        return f"There is no command “{name}”, but a file: `tui open {shlex.join(args)}` opens it."
    like = get_close_matches(name[:40], COMMANDS)
    guess = f"; did you mean {' or '.join(like)}?" if like else "."
    return f"There is no command “{name}”{guess}"


@click.group(
    cls=LazyGroup,
    name="tui",
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="""\b
Examples:
  tui                              the desk, with the last two texts
  tui open old.txt new.txt         two files side by side
  tui add *.txt                    files into the library
  tui search Sistani               finds Systani and al-Sistani too
  tui related old.txt new.txt      what the one says that the other says too
  tui export -o notes.csv          everything marked, for a spreadsheet

\b
TEXT is the name of a text in the library, as `tui texts` lists them, or its beginning, or a file.
Exit codes: 0 found or done, 1 nothing found, 2 an error, told on stderr.
Completion: eval "$(_TUI_COMPLETE=bash_source tui)" (or zsh_source, fish_source).""",
)
@library_option
@reader_option
@click.pass_context
def tui(context: click.Context) -> int | None:
    """Read two texts against each other: mark, tag, relate, find, and take the result out.

    Without a command it opens the desk with the last two texts, at first with two articles that come with it.
    """
    invocation = context.ensure_object(Invocation)
    if context.invoked_subcommand is not None:
        return None
    from tui.cli.opening import open_desk

    return open_desk(invocation, None, None)


tui.params += (
    telling_option(
        "--version", help="Show the version and exit.", tell=lambda _: f"tui, version {__version__}"
    ),
    HELP,
)


def invoke(arguments: Sequence[str]) -> int:
    """Runs `tui` with these arguments; returns the exit code. What click refuses is raised as CallError."""
    try:
        with closing(Invocation()) as invocation:
            if COMPLETION_VARIABLE in os.environ:
                tui.main(list(arguments), prog_name=PROGRAM, complete_var=COMPLETION_VARIABLE, obj=invocation)
            columns = min(width(), WIDEST_HELP)
            with tui.make_context(
                PROGRAM, list(arguments), terminal_width=columns, obj=invocation
            ) as context:
                result = tui.invoke(context)
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.Abort:
        raise KeyboardInterrupt from None
    except click.UsageError as error:
        raise CallError(_usage(error)) from error
    except click.ClickException as error:
        raise CallError(error.format_message()) from error
    return ExitCode.FOUND if result is None else int(result)


def _usage(error: click.UsageError) -> str:
    message = " ".join(error.format_message().split())
    path = error.ctx.command_path if error.ctx is not None else PROGRAM
    end = "" if message.endswith((".", "?")) else "."
    return f"{message}{end} See `{path} --help`."
