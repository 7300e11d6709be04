"""`tui corpus make`, `list`, `remove`: texts into a corpus, and which corpora there are."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

import click

from store.corpus import corpus_folder
from store.sanitize import pluralize
from texts.visible import one_line
from tui.cli.codes import ExitCode
from tui.cli.corpus import says_that_it_is_empty
from tui.cli.invocation import Invocation
from tui.cli.options import command, encoding_option, furniture_option, json_option, reading_option
from tui.cli.output import line, print_error, print_status, write_json
from tui.cli.progress import how_far
from tui.cli.terminal import pad, pad_left, paint

if TYPE_CHECKING:
    from texts.load import LoadHints

_counted = partial(pluralize, grouped=True)


@command(
    "make",
    examples=(
        "tui corpus make papers ~/newspapers",
        "tui corpus make speeches speeches.jsonl.gz        a line a text: id, text, title, date, series",
        "tui corpus make papers more/*.txt                 more texts into it",
    ),
)
@click.argument("name")
@click.argument("paths", nargs=-1, required=True, metavar="FOLDER|FILE…")
@encoding_option
@reading_option
@furniture_option
@click.pass_obj
def make_command(
    invocation: Invocation,
    *,
    name: str,
    paths: Sequence[str],
    encoding: str | None,
    reading: str,
    furniture: bool,
) -> ExitCode:
    """Make the corpus NAME of files, or add them to it; says how many texts, passages and words it has.

    Folders are read with all that is below them; a `metadata.csv` in one says title, author, date and series of its
    files. Of JSON-lines (.jsonl, .json) and Parquet every line is a text: `id`, `text`, and what else is known of it.
    Files may be packed (.gz, .bz2, .xz). What is there already is passed over, so that a call that was ended can be
    made again; what cannot be read is told, and the rest goes on.
    """
    from store.corpus.corpus_file import Corpus
    from store.corpus.corpus_making import MakingReport, add_given
    from store.corpus.corpus_sources import given_texts

    warnings = 0

    def warn(why: str) -> None:
        nonlocal warnings
        warnings += 1
        print_error(why)

    folder = corpus_folder.folder_of(invocation.path, name)
    with Corpus.create(folder) as corpus:
        hints: LoadHints = {"encoding": encoding, "reading": reading, "furniture": furniture}
        try:
            with how_far(f"reading into {name}") as tell:

                def told(made: MakingReport) -> None:
                    tell(f"{made.words:,} words in {pluralize(made.added, 'text')}")

                made = add_given(corpus, given_texts(paths), warn, hints, told)
            counts = corpus.counts()
        except KeyboardInterrupt:
            written = corpus.counts().texts
            print_status(
                f"stopped: {name} has {pluralize(written, 'text')}; the same command goes on from there"
                if written
                else "stopped before a text was written"
            )
            raise
        finally:
            is_left = not corpus.remove_if_empty()
    if made.there:
        print_status(f"{pluralize(made.there, 'text')} already there")
    if made.empty:
        print_status(f"{pluralize(made.empty, 'text')} without a word left out")
    if is_left:
        texts, passages = _counted(counts.texts, "text"), _counted(counts.passages, "passage")
        line(f"{name}: {texts}, {passages}, {_counted(counts.words, 'word')}")
    else:
        print_status(f"no text could be read: there is no corpus {name}")
    if warnings:
        return ExitCode.ERROR
    return ExitCode.FOUND if made.added or made.there else ExitCode.NOTHING


@command("list", examples=("tui corpus list", "tui corpus list papers", "tui corpus list papers --json"))
@click.argument("name", required=False)
@json_option
@click.pass_obj
def list_command(invocation: Invocation, *, name: str | None, as_json: bool) -> ExitCode:
    """List the corpora, or the texts of NAME."""
    from store.corpus.corpus_file import Corpus, CorpusSize
    from store.errors import LibraryError, NotFound

    if name is not None:
        return _list_texts(invocation, name, as_json)
    counted: dict[str, CorpusSize] = {}
    warnings = 0
    for each in corpus_folder.names(invocation.path):
        try:
            with Corpus.open(corpus_folder.existing(invocation.path, each)) as corpus:
                counted[each] = corpus.counts()
        except NotFound:
            counted[each] = CorpusSize(0, 0, 0)
        except LibraryError as error:
            warnings += 1
            print_error(str(error))
    if as_json:
        write_json({"corpus": each, **counts._asdict()} for each, counts in counted.items())
    else:
        widest = max(map(len, counted), default=0)
        for each, counts in counted.items():
            if not counts.texts:
                what = "  no text yet: it is being made, or that was ended; make it again, or remove it"
                line(f"{paint(pad(each, widest), 'bold')}{paint(what, 'dim')}")
                continue
            told = (_counted(counts.texts, "text"), f"{counts.passages:,} ¶", _counted(counts.words, "word"))
            numbers = "".join(pad_left(words, 20) for words in told)
            line(f"{paint(pad(each, widest), 'bold')}{paint(numbers, 'dim')}")
    if warnings:
        return ExitCode.ERROR
    return ExitCode.FOUND if counted else ExitCode.NOTHING


def _list_texts(invocation: Invocation, name: str, as_json: bool) -> ExitCode:
    from store.corpus.corpus_file import Corpus

    with Corpus.open(corpus_folder.existing(invocation.path, name)) as corpus:
        if says_that_it_is_empty(corpus):
            return ExitCode.NOTHING
        if as_json:
            write_json(
                {
                    "text": known.name,
                    "title": known.title,
                    "author": known.author,
                    "date": known.date,
                    "source": known.source,
                    "series": known.series,
                    "path": known.path,
                    "passages": passages,
                    "words": words,
                }
                for _, known, passages, words in corpus.texts()
            )
            return ExitCode.FOUND
        for _, known, passages, words in corpus.texts():
            numbers = pad_left(f"{passages:,} ¶", 9) + pad_left(_counted(words, "word"), 16)
            about = "  ".join(filter(None, (known.date, known.series, known.title)))
            line(f"{paint(one_line(known.name), 'bold')}{paint(numbers, 'dim')}  {one_line(about)}")
    return ExitCode.FOUND


@command("remove", examples=("tui corpus remove papers",))
@click.argument("name")
@click.pass_obj
def remove_command(invocation: Invocation, *, name: str) -> ExitCode:
    """Remove the corpus NAME from this machine; files that it was made of and the library stay as they are."""
    corpus_folder.remove(invocation.path, name)
    return ExitCode.FOUND
