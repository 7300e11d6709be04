"""`tui compare`: what two texts share and where they part, or one text against all others."""

from __future__ import annotations

from collections.abc import Sequence
from inspect import cleandoc
from typing import TYPE_CHECKING, NamedTuple

import click

from store.services.comparison import beside_library, compared, comparison_of, table_of_others
from texts.compare import collate, collate_passages, collate_versions
from texts.compare.tables import HOW, TABLES, Table, changes, limited, tables
from texts.relate.relate_records import DEFAULT_SCORE
from texts.visible import one_line
from tui.cli.codes import CallError, ExitCode
from tui.cli.invocation import Invocation
from tui.cli.options import (
    TEXT,
    asked_format,
    command,
    csv_option,
    format_option,
    furniture_option,
    option,
    refuse,
    tell_idle,
)
from tui.cli.output import line, write, write_csv, write_json, write_json_object
from tui.cli.overview import PARTS, overview, shown_table
from tui.cli.pair import least_score_option, meaning_option, others_option, overrides_for, pair
from tui.cli.progress import share_done
from tui.cli.quotes import passage_of
from tui.cli.terminal import paint, width

if TYPE_CHECKING:
    from collections.abc import Iterable

    from texts.compare import CollatedPiece, Comparison
    from texts.model import Text

SHOWN = 20
"""Rows of a table that are shown unless `--limit` says otherwise; JSON and CSV give all."""

_OF_TABLES = ("parts", "min_score", "limit", "others", "meaning")
"""Parameters that say nothing where words are set against words."""


def _parts(context: click.Context, parameter: click.Parameter, values: Sequence[str]) -> tuple[str, ...]:
    """What `--only` names, again and again or between commas."""
    names = [name.strip() for value in values for name in value.split(",")]
    wrong = [name for name in names if name not in PARTS]
    if wrong:
        raise click.BadParameter(f"“{wrong[0]}” is no table; name {', '.join(PARTS)}.")
    return tuple(names) or PARTS


@command(
    "compare",
    examples=(
        "tui compare editorial analysis",
        "tui compare editorial analysis --only names,coverage",
        "tui compare old.txt new.txt --json | jq '.names[].name'",
        "tui compare --csv --table distinctive",
        "tui compare editorial                        against all other texts",
        "tui compare editorial analysis --passages 9 6  word against word",
        "tui compare editorial --versions 1 2",
        "tui compare first.txt second.txt --format tei  one edition of both, with an apparatus",
    ),
)
@click.argument("left", type=TEXT, required=False)
@click.argument("right", type=TEXT, required=False)
@option(
    "--only",
    "parts",
    multiple=True,
    metavar="TABLE",
    callback=_parts,
    help=f"Show only this: {', '.join(PARTS)}; between commas, or again and again.",
)
@option(
    "--table",
    type=click.Choice(TABLES),
    default=TABLES[0],
    show_default=True,
    help="The table that --csv prints.",
)
@option(
    "--passages",
    type=(click.IntRange(min=1), click.IntRange(min=1)),
    metavar="N M",
    help="Compare passage N of LEFT with passage M of RIGHT, word against word.",
)
@option(
    "--versions",
    type=(click.IntRange(min=1), click.IntRange(min=1)),
    metavar="OLD NEW",
    help="Compare two versions of LEFT, word against word; what is the same is left out.",
)
@least_score_option("Passages count as counterparts from this score, 0–100.")
@option(
    "--limit",
    type=click.IntRange(min=1),
    metavar="N",
    help=f"The first N rows of each table; on a screen {SHOWN} without it.",
)
@others_option
@meaning_option
@furniture_option
@option("--json", "as_json", is_flag=True, help="Print one JSON object; with LEFT alone, an array.")
@csv_option
@format_option
@click.pass_obj
def compare_command(
    invocation: Invocation,
    *,
    left: str | None,
    right: str | None,
    parts: Sequence[str],
    table: str,
    passages: tuple[int, int] | None,
    versions: tuple[int, int] | None,
    min_score: float,
    limit: int | None,
    others: int,
    meaning: bool | None,
    furniture: bool,
    as_json: bool,
    as_csv: bool,
    format: str | None,
) -> ExitCode:
    """Show what LEFT and RIGHT share, and what each says alone.

    Names with their spellings, distinctive words, the passages that have a counterpart, words in a row that both have,
    and tags. Without texts it takes those that were last open side by side; with LEFT alone it holds LEFT against all
    other texts of the library. Below each table stands how its numbers are made.
    """
    asked = asked_format(format, as_json=as_json, as_csv=as_csv)
    form = _Form(asked == "json", asked == "csv", table, parts, limit)
    if asked == "tei":
        refuse("an apparatus is of whole texts", "passages")
        tell_idle("an apparatus is of whole texts", "table", *_OF_TABLES)
        return _apparatus(_both(invocation, left, right, versions, furniture=furniture), versions)
    if versions is not None:
        refuse("--versions sets two versions side by side", "passages")
        tell_idle("--versions sets two versions side by side", "table", "furniture", *_OF_TABLES)
        return _versions(invocation, left, right, versions, form)
    if left is not None and right is None and passages is None:
        tell_idle("LEFT alone gives one table, by words", "parts", "table", *(["meaning"] if meaning else []))
        return _beside_others(invocation, invocation.text(left, furniture=furniture), form, others, min_score)
    names = pair(invocation, left, right)
    one, other = (invocation.text(name, furniture=furniture) for name in names)
    if passages is not None:
        tell_idle("--passages sets two passages side by side", "table", *_OF_TABLES)
        return _passages(one, other, passages, form)
    tell_idle("it is for LEFT alone", "others")
    if asked != "csv":
        tell_idle("it is for --csv", "table")
    return _print(_comparison(invocation, names, (one, other), min_score, meaning), form)


class _Form(NamedTuple):
    """How the answer is to be printed."""

    as_json: bool
    as_csv: bool
    table: str
    parts: Sequence[str]
    limit: int | None


def _comparison(
    invocation: Invocation,
    names: Sequence[str],
    texts: tuple[Text, Text],
    min_score: float,
    meaning: bool | None,
) -> Comparison:
    """The comparison of two texts: with all that the library knows of them where both stand in it."""
    with share_done("comparing") as tell:
        if all(map(invocation.is_slug, names)):
            return comparison_of(
                invocation.library(), *names, min_score=min_score, progress=tell, meaning=meaning
            )
        overrides = overrides_for(invocation, names)
        return compared(*texts, overrides=overrides, min_score=min_score, progress=tell, meaning=meaning)


def _print(comparison: Comparison, form: _Form) -> ExitCode:
    """Two texts held against each other; where there is nothing to compare, the exit code says so."""
    if form.limit is not None:
        comparison = limited(comparison, form.limit)
    if form.as_json:
        from texts.compare.to_json import to_json

        write_json_object(to_json(comparison))
    elif form.as_csv:
        _write_table(next(table for table in tables(comparison) if table.id == form.table))
    else:
        for words in overview(comparison, form.parts, form.limit or SHOWN):
            line(words)
    return _found(table.rows for table in tables(comparison))


def _write_table(table: Table) -> None:
    write_csv([column.id for column in table.columns], table.rows)


def _found(results: Iterable[Sequence[object]]) -> ExitCode:
    return ExitCode.FOUND if any(results) else ExitCode.NOTHING


def _beside_others(
    invocation: Invocation, text: Text, form: _Form, others: int, min_score: float
) -> ExitCode:
    """One text against all others of the library."""
    with share_done(f"comparing {one_line(text.slug)} with the library") as tell:
        found = beside_library(invocation.library(), text, most=others, min_score=min_score, progress=tell)[
            : form.limit
        ]
    table = table_of_others(text, found)
    if form.as_json:
        pairs = zip(table.records(), found, strict=True)
        write_json({**record, "words": list(each.near.words)} for record, each in pairs)
    elif form.as_csv:
        _write_table(table)
    else:
        for words in shown_table(table, form.limit or SHOWN):
            line(words)
    return _found([table.rows])


def _passages(left: Text, right: Text, numbers: tuple[int, int], form: _Form) -> ExitCode:
    """Two passages word against word."""
    spans = [passage_of(text, number).span for text, number in zip((left, right), numbers, strict=True)]
    pieces = collate_passages(left.body, right.body, *spans)
    if form.as_json or form.as_csv:
        return _write_pieces(pieces, left, right, form)
    from tui.cli.collation import LEGEND, collation_lines

    heads = (f"{one_line(text.slug)} ¶{number}" for text, number in zip((left, right), numbers, strict=True))
    line(paint("  ~  ".join(heads), "cyan"))
    for words in collation_lines(pieces, left, right, width()):
        line(words)
    line(paint(LEGEND, "dim"))
    return ExitCode.FOUND


def _versions(
    invocation: Invocation, left: str | None, right: str | None, numbers: tuple[int, int], form: _Form
) -> ExitCode:
    """Two versions of one text, without what is the same in both."""
    old, new = _both(invocation, left, right, numbers, furniture=True)

    if form.as_json or form.as_csv:
        return _write_pieces(collate(old, new), old, new, form)
    from tui.cli.collation import LEGEND, differences

    told = list(differences(collate_versions(old.body, new.body), old, new, width()))
    for words in told:
        line(words)
    if told:
        line(paint(LEGEND, "dim"))
    return _found([told])


def _both(
    invocation: Invocation,
    left: str | None,
    right: str | None,
    numbers: tuple[int, int] | None,
    *,
    furniture: bool,
) -> tuple[Text, Text]:
    """The two that are compared: two versions of LEFT, or two texts."""
    if numbers is None:
        names = pair(invocation, left, right)
        one, other = (invocation.text(name, furniture=furniture) for name in names)
        return one, other
    if left is None or right is not None:
        raise CallError("--versions compares two versions of one text: name that text.")
    texts = invocation.library().texts
    return texts.version(left, numbers[0]), texts.version(left, numbers[1])


def _apparatus(both: tuple[Text, Text], versions: tuple[int, int] | None) -> ExitCode:
    """Both as one edition."""
    from store.exchange.tei.tei_pairs import apparatus

    for markup in apparatus(*both, versions=versions):
        write(markup)
    return ExitCode.FOUND


def _write_pieces(pieces: Sequence[CollatedPiece], left: Text, right: Text, form: _Form) -> ExitCode:
    if form.as_json:
        from tui.cli.collation import record

        write_json(record(piece, left, right) for piece in pieces)
    else:
        _write_table(changes(pieces, left, right))
    return _found([pieces])


compare_command.help = "\n\n".join(
    [
        cleandoc(compare_command.help or ""),
        "How the numbers are made:",
        *(f"{name}: {how.format(min_score=DEFAULT_SCORE)}" for name, how in HOW.items()),
    ]
)
