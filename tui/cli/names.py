"""`tui names …`: a reader's word on which spellings are one name, and which are two."""

from __future__ import annotations

import click

from texts.visible import one_line
from tui.cli.codes import ExitCode
from tui.cli.invocation import Invocation
from tui.cli.options import (
    command,
    csv_option,
    group,
    json_option,
    refuse_two_formats,
)
from tui.cli.output import line, print_status, write_csv, write_json


@group(
    "names",
    invoke_without_command=True,
    examples=(
        "tui names join Burma Myanmar",
        "tui names part 'Hillary Clinton' Clinton",
        "tui names list",
    ),
)
@click.pass_context
def names_command(context: click.Context) -> ExitCode | None:
    """Join spellings of one name, or part two names that the program takes for one.

    `tui compare` counts them so from then on; `tui search` and `tui related` take joined spellings as one. Each is one
    act: `tui undo` takes it back.
    """
    return None if context.invoked_subcommand else context.invoke(list_command)


@command("list", group=names_command, examples=("tui names list", "tui names list --json"))
@json_option
@csv_option
@click.pass_obj
def list_command(invocation: Invocation, as_json: bool = False, as_csv: bool = False) -> ExitCode:
    """List what readers have joined and parted, the oldest first."""
    refuse_two_formats(as_json, as_csv)
    rulings = invocation.library().name_rules.list()
    records = [ruling._asdict() for ruling in rulings]
    if as_json:
        write_json(records)
    elif as_csv:
        write_csv(("one", "other", "same", "reader", "created"), rulings)
    else:
        for ruling in rulings:
            line(f"{one_line(ruling.one)} {'=' if ruling.same else '≠'} {one_line(ruling.other)}")
    return ExitCode.FOUND if rulings else ExitCode.NOTHING


@command("join", group=names_command, writes=True, examples=("tui names join Burma Myanmar",))
@click.argument("one")
@click.argument("other")
@click.pass_obj
def join_command(invocation: Invocation, one: str, other: str) -> None:
    """Make the spellings ONE and OTHER one name."""
    from store.services.comparison import join_names

    join_names(invocation.library(writing=True), [one], [other])
    print_status(f"{one} and {other} are now one name")


@command("part", group=names_command, writes=True, examples=("tui names part 'Hillary Clinton' Clinton",))
@click.argument("one")
@click.argument("other")
@click.pass_obj
def part_command(invocation: Invocation, one: str, other: str) -> None:
    """Make the spellings ONE and OTHER two names."""
    from store.services.comparison import part_names

    part_names(invocation.library(writing=True), one, [other])
    print_status(f"{one} and {other} are now two names")


@command("forget", group=names_command, writes=True, examples=("tui names forget Burma Myanmar",))
@click.argument("one")
@click.argument("other")
@click.pass_obj
def forget_command(invocation: Invocation, one: str, other: str) -> None:
    """Leave it to the program again whether ONE and OTHER are one name."""
    invocation.library(writing=True).name_rules.forget(one, other)
    print_status(f"{one} and {other} are left to the program")
