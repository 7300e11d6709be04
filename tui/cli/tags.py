"""`tui tags …`: the codebook, listed and reshaped."""

from __future__ import annotations

from collections.abc import Sequence

import click

from store.records import Count, Tag
from texts.visible import one_line, visible
from tui.cli.codes import ExitCode
from tui.cli.invocation import Invocation
from tui.cli.options import TAG, command, csv_option, epilog, json_option, library_option, reader_option
from tui.cli.out import line, narrate, write_csv, write_json
from tui.cli.parameters import one_format
from tui.cli.terminal import cells, pad, pad_left, paint


@click.group(
    "tags",
    invoke_without_command=True,
    epilog=epilog(
        (
            "tui tags list",
            "tui tags rename maliki actor/maliki",
            "tui tags merge sistani ayatollah actor/sistani",
            "tui tags colour actor sky",
        )
    ),
)
@library_option
@reader_option
@click.pass_context
def tags_command(context: click.Context) -> ExitCode | None:
    """List and reshape the codebook. A tag is a path: `actor/maliki` lies below `actor`.

    Each change is one act: `tui undo` takes it back.
    """
    return None if context.invoked_subcommand else context.invoke(list_command)


@command("list", group=tags_command, examples=("tui tags list", "tui tags list --json"))
@json_option
@csv_option
@click.pass_obj
def list_command(invocation: Invocation, as_json: bool = False, as_csv: bool = False) -> ExitCode:
    """List all tags: letter, path, highlights, highlights with what lies below, colour, description."""
    one_format(as_json, as_csv)
    codebook = invocation.library().codebook
    tags, counts = codebook.list(), codebook.counts()
    rows = [_record(tag, counts.get(tag.path, Count(0, 0))) for tag in tags]
    if as_json:
        write_json(rows)
    elif as_csv:
        write_csv(
            ("tag", "colour", "letter", "description", "own", "below"), [list(row.values()) for row in rows]
        )
    else:
        _print(tags, counts)
    return ExitCode.FOUND if tags else ExitCode.NOTHING


def _record(tag: Tag, count: Count) -> dict[str, object]:
    return {
        "tag": tag.path,
        "colour": tag.colour,
        "letter": tag.letter,
        "description": tag.description,
        "own": count.own,
        "below": count.below,
    }


def _print(tags: Sequence[Tag], counts: dict[str, Count]) -> None:
    paths = max((cells(visible(tag.path)) for tag in tags), default=0)
    colours = max((len(tag.colour) for tag in tags), default=0)
    for tag in tags:
        count = counts.get(tag.path, Count(0, 0))
        path = paint(pad(visible(tag.path), paths), "bold")
        numbers = pad_left(str(count.own), 5) + pad_left(str(count.below), 6)
        told = f"{tag.letter}  {path}{numbers}  {pad(tag.colour, colours)}  {one_line(tag.description)}"
        line(told.rstrip())


@command("rename", group=tags_command, writes=True, examples=("tui tags rename maliki actor/maliki",))
@click.argument("old", type=TAG)
@click.argument("new")
@click.pass_obj
def rename_command(invocation: Invocation, old: str, new: str) -> None:
    """Give tag OLD the path NEW; what lies below it moves along."""
    invocation.library(writing=True).codebook.rename(old, new)
    narrate(f"{old} is now {new}")


@command(
    "merge", group=tags_command, writes=True, examples=("tui tags merge sistani ayatollah actor/sistani",)
)
@click.argument("sources", nargs=-1, required=True, type=TAG, metavar="FROM…")
@click.argument("into", type=TAG, metavar="INTO")
@click.pass_obj
def merge_command(invocation: Invocation, sources: Sequence[str], into: str) -> None:
    """Make the tags FROM… and INTO one tag, INTO; what they mark is marked once."""
    tag = invocation.library(writing=True).codebook.merge(sources, into)
    narrate(f"{', '.join(sources)} and {tag.path} are now {tag.path}")


@command("colour", group=tags_command, writes=True, examples=("tui tags colour actor sky",))
@click.argument("tag", type=TAG)
@click.argument("colour")
@click.pass_obj
def colour_command(invocation: Invocation, tag: str, colour: str) -> None:
    """Give TAG a colour: orange, sky, green, yellow, blue, vermilion, pink or grey."""
    invocation.library(writing=True).codebook.colour(tag, colour)
    narrate(f"{tag} is now {colour}")


@command(
    "describe",
    group=tags_command,
    writes=True,
    examples=('tui tags describe actor "Who acts, whatever the name"',),
)
@click.argument("tag", type=TAG)
@click.argument("text")
@click.pass_obj
def describe_command(invocation: Invocation, tag: str, text: str) -> None:
    """Write what TAG stands for, in Markdown."""
    invocation.library(writing=True).codebook.describe(tag, text)
    narrate(f"{tag} is described")


@command(
    "delete",
    group=tags_command,
    writes=True,
    examples=("tui tags delete draft", "tui tags delete draft --highlights"),
)
@click.argument("tag", type=TAG)
@click.option("--highlights", is_flag=True, help="Delete what it marks too; else only the tag comes off.")
@click.pass_obj
def delete_command(invocation: Invocation, tag: str, highlights: bool) -> None:
    """Delete TAG and the tags below it; the highlights stay unless you say otherwise."""
    invocation.library(writing=True).codebook.delete(tag, highlights=highlights)
    narrate(f"{tag} is deleted; `tui undo` brings it back")
