"""`tui tags …`: the codebook, listed and reshaped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import click

from store.codebook import QUICK
from store.records import Count, Tag
from texts.visible import one_line, visible
from tui.cli.codes import ExitCode
from tui.cli.invocation import Invocation
from tui.cli.listing import Listing
from tui.cli.options import (
    TAG,
    command,
    csv_option,
    group,
    json_option,
    option,
    refuse_two_formats,
)
from tui.cli.output import line, print_status, write_csv, write_json
from tui.cli.terminal import cells, pad, pad_left, paint

FREED = "none"
"""What frees a digit of its tag."""


@group(
    "tags",
    cls=Listing,
    examples=(
        "tui tags list",
        "tui tags rename maliki actor/maliki",
        "tui tags merge sistani ayatollah actor/sistani",
        "tui tags colour actor sky",
        "tui tags quick actor/sistani 1",
    ),
)
def tags_command() -> None:
    """List and reshape the codebook. A tag is a path: `actor/maliki` lies below `actor`.

    Each change is one act: `tui undo` takes it back.
    """


@command("list", group=tags_command, examples=("tui tags list", "tui tags list --json"))
@json_option
@csv_option
@click.pass_obj
def list_command(invocation: Invocation, as_json: bool, as_csv: bool) -> ExitCode:
    """List all tags: letter, path, highlights, with those below, colour, description, quick digit."""
    refuse_two_formats(as_json, as_csv)
    codebook = invocation.library().codebook
    tags, counts = codebook.list(), codebook.counts()
    digits = {tag.path: digit for digit, tag in codebook.quick().items()}
    rows = [_record(tag, counts.get(tag.path, Count(0, 0)), digits.get(tag.path)) for tag in tags]
    if as_json:
        write_json(rows)
    elif as_csv:
        write_csv(
            ("tag", "colour", "letter", "description", "own", "below", "quick"),
            [list(row.values()) for row in rows],
        )
    else:
        _print(tags, counts, digits)
    return ExitCode.FOUND if tags else ExitCode.NOTHING


def _record(tag: Tag, count: Count, digit: int | None) -> dict[str, object]:
    return {
        "tag": tag.path,
        "colour": tag.colour,
        "letter": tag.letter,
        "description": tag.description,
        "own": count.own,
        "below": count.below,
        "quick": digit,
    }


def _print(tags: Sequence[Tag], counts: Mapping[str, Count], digits: Mapping[str, int]) -> None:
    paths = max((cells(visible(tag.path)) for tag in tags), default=0)
    colours = max((len(tag.colour) for tag in tags), default=0)
    for tag in tags:
        count = counts.get(tag.path, Count(0, 0))
        path = paint(pad(visible(tag.path), paths), "bold")
        numbers = pad_left(str(count.own), 5) + pad_left(str(count.below), 6)
        quick = f"(quick {digits[tag.path]})" if tag.path in digits else ""
        told = (pad(tag.colour, colours), one_line(tag.description), quick)
        line("  ".join((tag.letter, f"{path}{numbers}", *filter(None, told))).rstrip())


@command("rename", group=tags_command, writes=True, examples=("tui tags rename maliki actor/maliki",))
@click.argument("old", type=TAG)
@click.argument("new")
@click.pass_obj
def rename_command(invocation: Invocation, old: str, new: str) -> None:
    """Give tag OLD the path NEW; what lies below it moves along."""
    invocation.library(writing=True).codebook.rename(old, new)
    print_status(f"{old} is now {new}")


@command(
    "merge", group=tags_command, writes=True, examples=("tui tags merge sistani ayatollah actor/sistani",)
)
@click.argument("sources", nargs=-1, required=True, type=TAG, metavar="FROM…")
@click.argument("into", type=TAG, metavar="INTO")
@click.pass_obj
def merge_command(invocation: Invocation, sources: Sequence[str], into: str) -> None:
    """Make the tags FROM… and INTO one tag, INTO; what they mark is marked once."""
    if set(sources) <= {into}:
        raise click.UsageError(f"{into} is one tag already: name another one to merge into it.")
    tag = invocation.library(writing=True).codebook.merge(sources, into)
    print_status(f"{', '.join(sources)} and {tag.path} are now {tag.path}")


@command("colour", group=tags_command, writes=True, examples=("tui tags colour actor sky",))
@click.argument("tag", type=TAG)
@click.argument("colour")
@click.pass_obj
def colour_command(invocation: Invocation, tag: str, colour: str) -> None:
    """Give TAG a colour: orange, sky, green, yellow, blue, vermilion, pink or grey."""
    invocation.library(writing=True).codebook.colour(tag, colour)
    print_status(f"{tag} is now {colour}")


@command("letter", group=tags_command, writes=True, examples=("tui tags letter actor/sistani S",))
@click.argument("tag", type=TAG)
@click.argument("letter")
@click.pass_obj
def letter_command(invocation: Invocation, tag: str, letter: str) -> None:
    """Give TAG a letter, one of A–Z, a–z, 0–9, which tells it where colour cannot."""
    invocation.library(writing=True).codebook.letter(tag, letter)
    print_status(f"{tag} has the letter {letter}")


@command(
    "quick",
    group=tags_command,
    writes=True,
    examples=("tui tags quick actor/sistani 1", "tui tags quick actor/sistani none"),
)
@click.argument("tag", type=TAG)
@click.argument("digit", type=click.Choice([*map(str, QUICK), FREED]), metavar="1–9|none")
@click.pass_obj
def quick_command(invocation: Invocation, tag: str, digit: str) -> ExitCode:
    """Put TAG on a digit of the desk, where it takes the place of the tag that was there; `none` frees its digit."""
    codebook = invocation.library(writing=True).codebook
    path = codebook.get(tag).path  # refuses a slip, where the codebook would make a tag
    if digit != FREED:
        codebook.set_quick(int(digit), path)
        print_status(f"{path} is on {digit}")
        return ExitCode.FOUND
    freed = next((number for number, quick in codebook.quick().items() if quick.path == path), None)
    if freed is None:
        return ExitCode.NOTHING
    codebook.set_quick(freed, None)
    print_status(f"{freed} stands for no tag")
    return ExitCode.FOUND


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
    print_status(f"{tag} is described")


@command(
    "delete",
    group=tags_command,
    writes=True,
    examples=("tui tags delete draft", "tui tags delete draft --highlights"),
)
@click.argument("tag", type=TAG)
@option("--highlights", is_flag=True, help="Delete what it marks too; else only the tag comes off.")
@click.pass_obj
def delete_command(invocation: Invocation, tag: str, highlights: bool) -> None:
    """Delete TAG and the tags below it; the highlights stay unless you say otherwise."""
    invocation.library(writing=True).codebook.delete(tag, highlights=highlights)
    print_status(f"{tag} is deleted; `tui undo` brings it back")
