"""`tui compare-readers`: where two readers agree, in figures, and where they do not, place by place."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from store.services.agreement import AgreementReport, compare_readers, two_readers
from texts.visible import one_line
from tui.cli.codes import ExitCode
from tui.cli.invocation import Invocation
from tui.cli.options import READER, SLUG, TAG, command, csv_option, option, refuse_two_formats
from tui.cli.output import line, print_status, write_csv, write_json_object

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from texts.compare.tables import CellValue, Table

TABLES = ("agreement", "highlights", "places")
"""What `--csv` can print."""
SHOWN = 20
"""Rows of a table that are shown unless `--limit` says otherwise; JSON and CSV give all."""

_UNDEFINED = "undefined"
"""Shown for a coefficient that there is none of."""


@command(
    "compare-readers",
    examples=(
        "tui compare-readers                    where a library has two readers",
        "tui compare-readers ana ben --tag actor",
        "tui compare-readers ana ben --text editorial --json | jq .any.characters.alpha",
        "tui compare-readers ana ben --csv --table places",
    ),
)
@click.argument("one", type=READER, metavar="[READER]", required=False)
@click.argument("other", type=READER, metavar="[READER]", required=False)
@option("--text", "--in", type=SLUG, metavar="TEXT", help="Only in this text.")
@option("--tag", type=TAG, metavar="TAG", help="Only with this tag, or one below it.")
@option(
    "--limit",
    type=click.IntRange(min=1),
    default=SHOWN,
    show_default=True,
    metavar="N",
    help="The first N rows of each table; JSON and CSV give all.",
)
@option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@csv_option
@option(
    "--table",
    type=click.Choice(TABLES),
    default=TABLES[0],
    show_default=True,
    help="The table that --csv prints.",
)
@click.pass_obj
def compare_readers_command(
    invocation: Invocation,
    *,
    one: str | None,
    other: str | None,
    text: str | None,
    tag: str | None,
    limit: int,
    as_json: bool,
    as_csv: bool,
    table: str,
) -> ExitCode:
    """Show where two readers agree: highlights in common, kappa and alpha, and the places of disagreement.

    Without names it takes the two readers that a library has. Texts count in which both have marked something; --text
    takes one text even so. `tui import OTHER.db` brings another reader's highlights in.
    """
    refuse_two_formats(as_json, as_csv)
    from tui.cli.reader_tables import agreement_tables, record

    library = invocation.library()
    agreed = compare_readers(library, *two_readers(library, one, other), text=text, tag=tag)
    if as_json:
        write_json_object(record(agreed))
    elif as_csv:
        chosen = agreement_tables(agreed)[table]
        write_csv([column.id for column in chosen.columns], chosen.rows)
    elif agreed.told:
        _print(agreed, agreement_tables(agreed), limit)
    for words in _left_out(agreed):
        print_status(words)
    return ExitCode.FOUND if agreed.told else ExitCode.NOTHING


def _left_out(agreed: AgreementReport) -> Iterator[str]:
    """What does not count, and why."""
    if not agreed.texts:
        yield f"{agreed.one} and {agreed.other} have marked nothing in the same text; --text takes one even so"
    elif not agreed.told:
        yield f"neither {agreed.one} nor {agreed.other} has marked such a thing in {', '.join(agreed.texts)}"
    if agreed.texts and agreed.only_one:
        told = ", ".join(f"{slug} ({reader})" for slug, reader in agreed.only_one.items())
        yield f"left out, because only one has marked something there: {told}"
    if agreed.orphans:
        yield f"left out, because they lost their place: {agreed.orphans} (`tui annotations --orphans` lists them)"


def _print(agreed: AgreementReport, tables: Mapping[str, Table], limit: int) -> None:
    from tui.cli.overview import shown_table
    from tui.cli.terminal import paint

    line(paint(one_line(f"{agreed.one} and {agreed.other} in {', '.join(agreed.texts)}"), "cyan"))
    for table in (tables["highlights"], _on_screen(tables["agreement"]), _in_short(tables["places"])):
        line("")
        for words in shown_table(table, limit):
            line(words)


def _on_screen(table: Table) -> Table:
    """Shares in %, coefficients to two decimals, and a word for what is undefined."""
    shares = [column.id.endswith("_same") for column in table.columns]
    rows = (
        tuple(_number(cell, share=share) for share, cell in zip(shares, row, strict=True))
        for row in table.rows
    )
    return replace(table, rows=tuple(rows))


def _number(cell: CellValue, *, share: bool) -> CellValue:
    if cell is None:
        return _UNDEFINED
    if isinstance(cell, float):
        return round(100 * cell if share else cell, 2) + 0.0  # which takes the sign off a zero
    return cell


def _in_short(table: Table) -> Table:
    """Without the offsets."""
    kept = [place for place, column in enumerate(table.columns) if column.id not in ("start", "end")]
    return replace(
        table,
        columns=tuple(table.columns[place] for place in kept),
        rows=tuple(tuple(row[place] for place in kept) for row in table.rows),
    )
