"""`tui corpus …`: thousands of texts beside the library, read, related, searched, judged pair by pair."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

import click

from tui.cli.options import group
from tui.cli.output import print_status

if TYPE_CHECKING:
    from store.corpus.corpus_file import Corpus

COMMANDS = {
    "make": "corpus_make",
    "relate": "corpus_relate",
    "search": "corpus_search",
    "list": "corpus_make",
    "remove": "corpus_make",
    "pairs": "corpus_pairs",
}
"""Which module of `tui.cli` holds a command, as `<name>_command`; it is imported when the command is called."""


class CorpusGroup(click.Group):
    """A group that knows its commands by a table."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(
            import_module(f"tui.cli.{COMMANDS[cmd_name]}"), f"{cmd_name}_command"
        )
        return command


@group(
    "corpus",
    cls=CorpusGroup,
    examples=(
        "tui corpus make papers ~/newspapers       a folder of texts, or JSON-lines",
        "tui corpus relate papers -o pairs.jsonl   which passages say the same",
        "tui corpus list",
        "tui corpus pairs pairs.jsonl --min-score 80",
    ),
)
def corpus_command() -> None:
    """Keep thousands of texts beside the library, and find what they say of the same.

    A corpus is no part of the library: nothing in it is marked, and nothing of it is in a backup. What you judge of its
    pairs goes to the library.
    """


def says_that_it_is_empty(corpus: Corpus) -> bool:
    """Whether a corpus that a reader has made has no text; says so, and what to do."""
    if corpus.counts().texts or not corpus.is_named:
        return False
    print_status(f"{corpus.name} has no text yet: add some with `tui corpus make {corpus.name} FOLDER`")
    return True
