"""`tui corpus relate`: which passages of thousands of texts say the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from store.corpus import corpus_folder
from store.sanitize import pluralize
from texts.relate.relate_records import DEFAULT_SCORE
from texts.visible import one_line
from tui.cli.codes import CallError, ExitCode
from tui.cli.corpus import says_that_it_is_empty
from tui.cli.invocation import Invocation
from tui.cli.options import SCORE, TEXT, command, json_option, option
from tui.cli.output import line, print_status, write_json
from tui.cli.progress import progress

if TYPE_CHECKING:
    from collections.abc import Iterable

    from store.corpus.corpus_file import Corpus
    from store.corpus.corpus_relating import CorpusRun, Estimate, Step, Wanted
    from texts.corpus.pairs import Pair

_LONG = 20.0
"""Seconds from which on it is told beforehand how long it will take."""


@command(
    "relate",
    examples=(
        "tui corpus relate papers -o pairs.jsonl",
        "tui corpus relate papers --with speeches -o pairs.csv",
        "tui corpus relate papers --with editorial              one text of the library, or a file",
        "tui corpus relate papers --between-series              not what one newspaper or book has twice",
        "tui corpus relate papers --estimate",
        "tui corpus relate papers --spark spark://HOST:7077 -o pairs.jsonl    on many machines",
    ),
)
@click.argument("name")
@option(
    "--with", "other", type=TEXT, metavar="NAME|TEXT", help="Another corpus, or a text, rather than itself."
)
@option(
    "--passages", type=click.IntRange(min=1), metavar="N", help="The best N for each passage; 5 by default."
)
@option(
    "--min-score",
    type=SCORE,
    default=DEFAULT_SCORE,
    show_default=True,
    metavar="N",
    help="Only scores of at least N, 0–100.",
)
@option(
    "--between-series",
    is_flag=True,
    help="No pairs inside one series (a newspaper, a book); a text without one is one of its own.",
)
@option(
    "-o",
    "--output",
    "file",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write to FILE: .jsonl, .csv or .parquet.",
)
@option(
    "--groups",
    "groups_file",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write all passages of each group of near-duplicates to FILE, a line or row each: .jsonl, .csv or .parquet.",
)
@option(
    "--spark",
    "master",
    metavar="MASTER",
    help="Let Apache Spark do it: local[4], or a cluster, spark://HOST:7077.",
)
@option("--estimate", is_flag=True, help="Only say how long it will take.")
@json_option
@click.pass_obj
def relate_command(
    invocation: Invocation,
    *,
    name: str,
    other: str | None,
    passages: int | None,
    min_score: float,
    between_series: bool,
    file: Path | None,
    groups_file: Path | None,
    master: str | None,
    estimate: bool,
    as_json: bool,
) -> ExitCode:
    """Find passages of the texts in NAME that say the same, best first.

    A pair is told where two passages share more than any two of so many would by chance; its score, the sentences and
    the words that show it are those of `tui related`. Passages that many texts repeat are one group, of which
    a few pairs are told, with its size; `--groups` writes all of its passages. What was done stays when it is ended:
    the same command goes on from there.
    """
    from store.corpus.corpus_relating import BEST, Wanted

    if estimate and master is not None:
        raise CallError("--estimate tells of this machine alone; leave out --spark.")
    if file is not None and as_json:
        raise CallError("--json prints and -o writes to a file; choose one.")
    written = [each for each in (file, groups_file) if each is not None]
    for each in written:
        _check(each)
    if file is not None and groups_file is not None and file.absolute() == groups_file.absolute():
        raise CallError("-o and --groups write to a file each: name two.")
    there = [each for each in written if each.exists()]
    with _corpora(invocation, name, other) as (corpus, beside):
        if says_that_it_is_empty(corpus) or (beside is not None and says_that_it_is_empty(beside)):
            return ExitCode.NOTHING
        library = invocation.library_if_there()
        aliases = () if library is None else library.name_rules.overrides().aliases()
        names = [list(group) for group in aliases]
        wanted = Wanted(passages or BEST, min_score, names, between_series=between_series)
        if between_series and not any(series for _, series in corpus.series()):
            print_status(f"no text of {name} has a series: all of them are held against each other")
        run = _run(master, corpus, beside, wanted)
        if estimate:
            print_estimate(name, run.estimate(), line)
            return ExitCode.FOUND
        with corpus_folder.claimed(run.plan.folder, name):
            try:
                with progress(f"relating {name}") as tell:
                    run.run(_telling(tell))
            except KeyboardInterrupt:
                print_status("stopped: the same command goes on from there")
                raise
            count = _print(run.pairs(), file, as_json)
            members = 0 if groups_file is None else _write_groups(run, groups_file)
            if groups_file is None:
                _say_untold(*run.untold())
            run.forget()
    if written:
        from store.exchange.files import written_to

        if file is not None:
            print_status(written_to(pluralize(count, "pair"), file, over=file in there))
        if groups_file is not None:
            what = f"{pluralize(members, 'passage')} of groups"
            print_status(written_to(what, groups_file, over=groups_file in there))
    return ExitCode.FOUND if count else ExitCode.NOTHING


def _check(file: Path) -> None:
    """Raises LibraryError and CallError for a file that cannot be written, before work is done for it."""
    from store.corpus.pair_files import format_of

    format_of(file)
    if not file.parent.is_dir():
        raise CallError(f"There is no folder {file.parent}.")


def _write_groups(run: CorpusRun, file: Path) -> int:
    from store.corpus.pair_files import write_members_to

    return write_members_to(file, run.members())


def _say_untold(passages: int, groups: int) -> None:
    if passages:
        print_status(
            f"{passages:,} passages say the same as others, in {pluralize(groups, 'group')}: "
            "--groups FILE writes all of them"
        )


def _run(master: str | None, corpus: Corpus, beside: Corpus | None, wanted: Wanted) -> CorpusRun:
    """The run, here or on Spark."""
    if master is None:
        from store.corpus.corpus_relating import CorpusRun

        return CorpusRun(corpus, beside, wanted)
    from store.corpus.spark.spark_session import check

    check(master)
    from store.corpus.spark.spark_run import SparkRun

    return SparkRun(master, corpus, beside, wanted)


def _telling(tell: Callable[[int, int], None]) -> Callable[[Step], None]:
    return lambda step: tell(step.done, step.of)


def print_estimate(name: str, estimate: Estimate, say: Callable[[str], None]) -> None:
    """Says how long relating will take."""
    seconds = estimate.seconds
    long = f"{seconds / 60:,.0f} minutes" if seconds >= 120 else pluralize(max(1, round(seconds)), "second")
    say(f"{name}: {estimate.passages:,} passages, about {estimate.sections:,} pairs of sections, {long}")


@contextmanager
def _corpora(invocation: Invocation, name: str, other: str | None) -> Iterator[tuple[Corpus, Corpus | None]]:
    """The corpus, and what it is related with where that is not itself; a text becomes a corpus for the while."""
    from store.corpus.corpus_file import Corpus

    with Corpus.open(corpus_folder.existing(invocation.path, name)) as corpus:
        if other is None:
            yield corpus, None
        elif corpus_folder.has_corpus(invocation.path, other):
            if other == name:
                raise CallError("A corpus is related with itself without --with.")
            with Corpus.open(corpus_folder.existing(invocation.path, other)) as beside:
                yield corpus, beside
        else:
            with _of_text(invocation, corpus, other) as beside:
                yield corpus, beside


@contextmanager
def _of_text(invocation: Invocation, corpus: Corpus, name: str) -> Iterator[Corpus]:
    """A corpus of one text for the while, beside what is kept of the runs of the other."""
    from store.corpus.corpus_file import Corpus
    from store.corpus.corpus_making import add_texts
    from store.corpus.corpus_sources import path_kept
    from texts.corpus.corpus_texts import CorpusText, IncomingText

    text = invocation.text(name)
    is_slug = invocation.is_slug(name)
    path = "" if is_slug or name == "-" else path_kept(Path(name))
    known = CorpusText(text.slug, text.title, text.author, "", text.source, "", path)
    folder = corpus.folder / corpus_folder.RUNS / f"with-{text.sha256[:16]}"
    with corpus_folder.claimed(folder, corpus.name):
        try:
            with Corpus.create(folder) as beside:
                add_texts(beside, [IncomingText(known, text)])
                yield beside
        finally:
            corpus_folder.remove_folder(folder)


def _print(pairs: Iterable[Pair], file: Path | None, as_json: bool) -> int:
    """Prints or writes the pairs; how many there were."""
    if file is not None:
        from store.corpus.pair_files import write_to

        return write_to(file, pairs)
    count = 0

    def counted() -> Iterator[Pair]:
        nonlocal count
        for pair in pairs:
            count += 1
            yield pair

    if as_json:
        from texts.corpus.pairs import to_json

        write_json(map(to_json, counted()))
    else:
        for pair in counted():
            line(pair_line(pair))
    return count


def pair_line(pair: Pair) -> str:
    """`mill ¶2 ~ fire ¶3 91: … ~ …`, with the sentences that carry it, as `tui related` has it."""
    places = " ~ ".join(f"{side.text} ¶{side.passage}" for side in pair.sides)
    quotes = []
    for side in pair.sides:
        start, end = (0, None) if side.sentence is None or side.start is None else side.sentence
        shift = side.start or 0
        quotes.append(side.quote[max(0, start - shift) : None if end is None else end - shift])
    many = f" (one of {pair.group_size:,})" if pair.group_size else ""
    return one_line(f"{places} {pair.score:.0f}{many}: {' ~ '.join(quotes)}")
