"""`tui corpus search`: a query in, places in the texts of a corpus out."""

from __future__ import annotations

import click

from store.corpus import corpus_folder
from tui.cli.codes import ExitCode
from tui.cli.corpus import says_that_it_is_empty
from tui.cli.findings import FoundPlaces
from tui.cli.invocation import Invocation
from tui.cli.options import command, csv_option, json_option, option, refuse_two_formats, tell_idle
from tui.cli.search_options import answer_options, mode_options, way_of


@command(
    "search",
    examples=(
        "tui corpus search papers Systani              finds Sistani too",
        "tui corpus search papers '\"share power\"' --limit 20",
        "tui corpus search papers --regex '[A-Z]{3,}' --count",
    ),
)
@click.argument("name")
@click.argument("query")
@mode_options
@answer_options
@option("--count", "how_many", is_flag=True, help="Only how many there are in each text that has any.")
@option("--furniture", "with_furniture", is_flag=True, help="Look in page chrome too.")
@json_option
@csv_option
@click.pass_obj
def search_command(
    invocation: Invocation,
    *,
    name: str,
    query: str,
    mode: str | None,
    min_score: float,
    limit: int | None,
    context: int | None,
    how_many: bool,
    with_furniture: bool,
    as_json: bool,
    as_csv: bool,
) -> ExitCode:
    """Find QUERY in the texts of NAME, best first, as `tui search` finds it in the library."""
    from store.corpus.corpus_file import Corpus
    from store.corpus.corpus_search import find_in_corpus

    refuse_two_formats(as_json, as_csv)
    if how_many:
        tell_idle("--count prints numbers alone", "context")
    way = way_of(mode, min_score, with_furniture)
    with Corpus.open(corpus_folder.existing(invocation.path, name)) as corpus:
        if says_that_it_is_empty(corpus):
            return ExitCode.NOTHING
        found, sources = find_in_corpus(query, corpus, way, limit=limit)
        texts = [source.searchable.slug for source in sources]
        FoundPlaces(sources, context, texts).print(found, count=how_many, as_json=as_json, as_csv=as_csv)
    return ExitCode.FOUND if found else ExitCode.NOTHING
