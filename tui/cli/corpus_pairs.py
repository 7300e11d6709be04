"""`tui corpus pairs`: pairs out of a file, listed, narrowed and written anew, with what a reader has said of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from store.sanitize import pluralize
from texts.corpus.pair_filters import PairFilter, best, first_of_groups, is_day
from texts.corpus.pair_rows import COLUMNS, row_of
from texts.corpus.pairs import to_json
from texts.model import Span
from texts.visible import one_line
from tui.cli.codes import CallError, ExitCode
from tui.cli.flow import flow
from tui.cli.invocation import Invocation
from tui.cli.options import SCORE, command, csv_option, json_option, option, refuse_two_formats
from tui.cli.output import line, print_error, print_status, write_csv, write_json
from tui.cli.progress import progress
from tui.cli.tabular import side_by_side
from tui.cli.terminal import cells, cut, is_terminal, pad, pad_left, paint, width

if TYPE_CHECKING:
    from texts.corpus.pairs import Pair, PairSide

MOST_WARNINGS = 5
"""Records that are no pairs and are told one by one; of the others, how many there are."""
BETWEEN = "  │  "
NARROWEST = 24
"""Columns that a passage is given at least on a terminal."""
MOST_LINES = 12
"""Lines of a terminal that a passage is given at most."""
PLAIN = 300
"""Characters of a passage that a line in a pipe shows."""


def _day(context: click.Context, parameter: click.Parameter, value: str) -> str:
    if value and not is_day(value):
        raise click.BadParameter(
            f"“{one_line(value)}” is no year, month or day: write 1863, 1863-11 or 1863-11-19."
        )
    return value


@command(
    "pairs",
    examples=(
        "tui corpus pairs pairs.jsonl --min-score 80",
        "tui corpus pairs out.json --text speech --limit 20       as passim writes it, a file or the folder",
        "tui corpus pairs alignments.jsonl --since 1863 --json    as TextPAIR writes it",
        "tui corpus pairs pairs.parquet -o best.csv --excel",
        "tui corpus pairs pairs.jsonl --judged -o judged.csv      what you have linked, tagged or dismissed",
    ),
)
@click.argument("file", type=click.Path(path_type=Path))
@option(
    "--min-score",
    type=SCORE,
    default=0,
    metavar="N",
    help="Only scores of at least N, 0–100.",
)
@option(
    "--text",
    "--in",
    "texts",
    multiple=True,
    metavar="TEXT",
    help="Only pairs of this text, by its name, title or file; given twice, those between the two.",
)
@option(
    "--since",
    metavar="DATE",
    default="",
    callback=_day,
    help="Only with a text from DATE on: 1863, 1863-11-19.",
)
@option(
    "--until", metavar="DATE", default="", callback=_day, help="Only with a text up to DATE, and all of it."
)
@option("--limit", type=click.IntRange(min=1), metavar="N", help="The N best, best first.")
@option(
    "--all", "ungrouped", is_flag=True, help="List near-duplicates one by one, not the first of each group."
)
@option(
    "--group", metavar="NAME", default="", help="Only pairs of this group of near-duplicates, all of them."
)
@option("--judged", is_flag=True, help="Only pairs that the library says something of, with what it says.")
@json_option
@csv_option
@option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write them to a file: .jsonl, .csv or .parquet.",
)
@option(
    "--excel", is_flag=True, help="CSV for spreadsheets: a BOM, and cells guarded that would run as formulas."
)
@click.pass_obj
def pairs_command(
    invocation: Invocation,
    *,
    file: Path,
    min_score: float,
    texts: Sequence[str],
    since: str,
    until: str,
    limit: int | None,
    ungrouped: bool,
    group: str,
    judged: bool,
    as_json: bool,
    as_csv: bool,
    output: Path | None,
    excel: bool,
) -> ExitCode:
    """List the pairs in FILE: those of `tui corpus relate` and `tui related`, of passim, or of TextPAIR.

    What a file is, is told by what is in it: JSON-lines, CSV or Parquet, packed or not, or the folder that a program
    has written. Pairs come in the order of the file; what is listed shows the first of each group of near-duplicates,
    --json, --csv and -o have all. Of the passages of groups, as `tui corpus relate --groups` writes them, each makes a
    pair with the first of its group.
    """
    from store.corpus.pair_files import PairFile, format_of

    _refuse(texts, as_json=as_json, as_csv=as_csv, output=output, excel=excel)
    if output is not None:
        format_of(output)
    pair_file = PairFile(file)
    warnings = _Warnings(file)
    with progress(f"reading {one_line(file.name)}") as told:
        found = pair_file.pairs(warnings.add, told)
        wanted: Iterable[Pair] = filter(PairFilter(min_score, tuple(texts), since, until, group).wants, found)
        if judged:
            wanted = _judged(invocation, wanted)
        if output is None and not (as_json or as_csv or ungrouped or group):
            wanted = first_of_groups(wanted)
        if limit is not None:
            wanted = best(wanted, limit)
        count = _give(wanted, output, as_json=as_json, as_csv=as_csv, excel=excel)
    warnings.sum_up()
    return ExitCode.FOUND if count else ExitCode.NOTHING


def _refuse(texts: Sequence[str], *, as_json: bool, as_csv: bool, output: Path | None, excel: bool) -> None:
    refuse_two_formats(as_json, as_csv)
    if len(texts) > 2:
        raise CallError("A pair has two texts: give --text once or twice.")
    if output is not None and (as_json or as_csv):
        raise CallError("-o writes to a file, --json and --csv print: choose one.")
    if excel and (output is None or output.suffix.lower() != ".csv"):
        raise CallError("--excel is for CSV: name a .csv file with -o.")


class _Warnings:
    """What is wrong with records of a file: the first ones on stderr as they come, at the end how many more."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._count = 0

    def add(self, problem: str) -> None:
        self._count += 1
        if self._count <= MOST_WARNINGS:
            print_error(f"{self._file}: {problem}; passed over")

    def sum_up(self) -> None:
        if self._count > MOST_WARNINGS:
            print_error(
                f"{self._file}: {self._count - MOST_WARNINGS:,} more records are no pairs; passed over"
            )


def _judged(invocation: Invocation, pairs: Iterable[Pair]) -> Iterator[Pair]:
    from store.services.pair_verdicts import judged

    return judged(invocation.library(), pairs)


def _give(pairs: Iterable[Pair], output: Path | None, *, as_json: bool, as_csv: bool, excel: bool) -> int:
    """Writes or prints the pairs; gives how many."""
    counted = _Counted(pairs)
    if output is not None:
        from store.corpus.pair_files import write_to
        from store.exchange.files import written_to

        over = output.exists()
        count = write_to(output, counted, excel=excel)
        print_status(written_to(pluralize(count, "pair"), output, over=over))
    elif as_json:
        write_json(map(to_json, counted))
    elif as_csv:
        write_csv(COLUMNS, map(row_of, counted))
    else:
        for pair in counted:
            for words in (*_block(pair), "") if is_terminal() else (_line(pair),):
                line(words)
    return counted.count


class _Counted:
    """Pairs, counted as they go by."""

    def __init__(self, pairs: Iterable[Pair]) -> None:
        self._pairs = iter(pairs)
        self.count = 0

    def __iter__(self) -> Iterator[Pair]:
        for pair in self._pairs:
            self.count += 1
            yield pair


def _line(pair: Pair) -> str:
    """`editorial ¶9 ~ analysis ¶6 91: … ~ …`, as `tui related` prints it."""
    quotes = " ~ ".join(one_line(cut_words(_sentence(side), PLAIN)) for side in pair.sides)
    return f"{' ~ '.join(map(_place, pair.sides))} {pair.score:.0f}{_remarks(pair)}: {quotes}"


def cut_words(words: str, most: int) -> str:
    """Words on one line, cut to so many characters, with … for what is gone."""
    words = " ".join(words.split())
    return words if len(words) <= most else f"{words[: most - 1]}…"


def _remarks(pair: Pair) -> str:
    verdict = "" if pair.verdict is None else f" {', '.join(pair.verdict.said)}"
    group = f" ({pair.group_size:,} passages alike)" if pair.group_size > 2 else ""
    by = f" by {one_line(pair.by)}" if pair.by.startswith("meaning") else ""
    return f"{by}{group}{verdict}"


def _place(side: PairSide) -> str:
    passage = f" ¶{side.passage}" if side.passage else ""
    return f"{one_line(side.text)}{passage}"


def _sentence(side: PairSide) -> str:
    """The words that carry the relation."""
    return side.quote[slice(*_shown(side))]


def _shown(side: PairSide) -> Span:
    """Those words as a place in the quote."""
    if side.sentence is None or side.start is None:
        return Span(0, len(side.quote))
    start = max(0, side.sentence.start - side.start)
    return Span(start, max(start, side.sentence.end - side.start))


def _block(pair: Pair) -> Iterator[str]:
    """Lines with the two passages side by side, the words that join them marked."""
    columns = (width() - cells(BETWEEN)) // 2
    if columns < NARROWEST:
        yield _line(pair)
        return
    left, right = (_heading(side) for side in pair.sides)
    score = paint(pad_left(f"{pair.score:.0f}", 3), "bold")
    heading = paint(cut(right, columns), "cyan")
    yield f"{paint(pad(cut(left, columns), columns), 'cyan')}{score}  {heading}{paint(_remarks(pair), 'dim')}"
    near, far = (_flowed(side, spans, columns) for side, spans in zip(pair.sides, _marks(pair), strict=True))
    yield from side_by_side(near, far, columns, BETWEEN)


def _marks(pair: Pair) -> Iterator[list[Span]]:
    """For both sides the places in the quote of what speaks for the pair: what it brings, else words of both."""
    if not pair.evidence:
        from texts.corpus.common_words import common_words

        left, right = (side.quote for side in pair.sides)
        common = common_words(left, Span(0, len(left)), right, Span(0, len(right)))
        yield [one for one, _ in common]
        yield [other for _, other in common]
        return
    for side, spans in (
        (pair.left, [each.left for each in pair.evidence]),
        (pair.right, [each.right for each in pair.evidence]),
    ):
        at = side.start or 0
        yield [Span(max(0, span.start - at), span.end - at) for span in spans if span.end > at]


def _heading(side: PairSide) -> str:
    about = " · ".join(one_line(each) for each in (side.title, side.date) if each)
    return f"{_place(side)}  {about}" if about else _place(side)


def _flowed(side: PairSide, marks: Sequence[Span], columns: int) -> list[str]:
    lines = flow(side.quote, _shown(side), marks, columns)
    return lines if len(lines) <= MOST_LINES else [*lines[: MOST_LINES - 1], pad("…", columns)]
