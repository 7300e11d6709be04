"""`tui search`: a query in, places out."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from itertools import chain, count
from typing import Any

import click

from store.services.search import (
    Answering,
    Finding,
    Scope,
    SearchedSource,
    Way,
    answering,
    find_in_record,
    find_in_texts,
    source_in,
    source_of,
)
from store.text_names import slugs_in_use
from tui.cli.codes import CallError, ExitCode
from tui.cli.findings import FoundPlaces
from tui.cli.invocation import Invocation
from tui.cli.options import (
    TAG,
    TEXT,
    command,
    csv_option,
    furniture_option,
    json_option,
    option,
    refuse_two_formats,
    tell_idle,
)
from tui.cli.output import warn_unknown_tag
from tui.cli.progress import share_done
from tui.cli.search_options import answer_options, mode_options, way_of

_ANSWERS = 10
"""Sentences that are found by meaning where no limit is given."""


class _Scopes(click.ParamType[tuple[Scope, ...]]):
    """What to look in, between commas."""

    name = "list"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[Scope, ...]:
        names = [name.strip() for name in str(value).split(",")]
        known = [str(scope) for scope in Scope]
        wrong = [name for name in names if name not in known]
        if wrong:
            self.fail(
                f"“{wrong[0]}” is nothing to look in; name {', '.join(known)}, between commas.", param, ctx
            )
        return tuple(scope for scope in Scope if scope in names)


@command(
    "search",
    examples=(
        "tui search Systani                       finds Sistani too",
        "tui search 'Nouri al Maliki' -C 1        with a passage before and after",
        "tui search '\"share power\"' --in analysis  words that stand together",
        "tui search --regex '[A-Z]{3,}' --count",
        "tui search veto --scope notes,tags",
        "tui search --json Iran | jq '.[].quote'",
        "tui search --meaning 'share of power'    in other words, in any language",
    ),
)
@click.argument("query")
@mode_options
@option(
    "--in",
    "--text",
    "names",
    type=TEXT,
    multiple=True,
    metavar="TEXT",
    help="Only this text; again and again.",
)
@option(
    "--scope",
    "scopes",
    type=_Scopes(),
    default="texts",
    show_default=True,
    metavar="LIST",
    help="What to look in: texts, notes, tags, between commas.",
)
@option("--tag", type=TAG, metavar="TAG", help="Only where a highlight has this tag, or one below it.")
@answer_options
@option("--count", "how_many", is_flag=True, help="Only how many there are in each text.")
@option(
    "--meaning",
    is_flag=True,
    help="Sentences too that say it in other words, or in another language; below what has the words.",
)
@option("--furniture", "with_furniture", is_flag=True, help="Look in page chrome too.")
@furniture_option
@json_option
@csv_option
@click.pass_obj
def search_command(
    invocation: Invocation,
    *,
    query: str,
    mode: str | None,
    names: Sequence[str],
    scopes: Sequence[Scope],
    tag: str | None,
    min_score: float,
    limit: int | None,
    context: int | None,
    how_many: bool,
    meaning: bool,
    with_furniture: bool,
    furniture: bool,
    as_json: bool,
    as_csv: bool,
) -> ExitCode:
    """Find QUERY in the texts of the library, best first; spelling, case, accents and endings may differ.

    Words in quotation marks stand together. A word with a capital letter finds only those that have it, if there are
    any; with --exact and --word capitals count, and so do accents if QUERY has one.

    With --meaning, sentences follow that speak of the same: they match no word, their score says how far they stand out
    among all sentences (--min-score is about words), and ten of them are shown where --limit says no other number. It
    needs an extra, and is slow the first time that a text is asked.
    """
    refuse_two_formats(as_json, as_csv)

    if meaning and (mode or tag is not None or Scope.TEXTS not in scopes):
        raise CallError(
            "--meaning finds sentences of texts: leave --exact, --word, --regex, --tag, --scope out."
        )
    _tell_what_is_idle(invocation, names, scopes, how_many=how_many)
    way = way_of(mode, min_score, with_furniture)
    asked = _asked(invocation, names, furniture=furniture)
    answer = _opened(invocation, asked, None if meaning or Scope.TEXTS not in scopes else query, way)
    sources = answer.sources
    marked = None if tag is None else invocation.library().highlights.find(tag=tag)
    found = []
    if Scope.TEXTS in scopes:
        found = find_in_texts(
            query, sources, way, within=marked, limit=limit, passages=answer.passages, known=answer.known
        )
    if set(scopes) != {Scope.TEXTS}:
        found += find_in_record(query, invocation.library(), scopes, way, within=marked, texts=asked)
        found.sort(key=lambda finding: -finding.score)
    if tag is not None and not marked:
        warn_unknown_tag(invocation.library(), tag)
    found = found[:limit]
    if meaning:
        found += _by_meaning(
            invocation, query, sources, found, limit, keep=all(map(invocation.is_slug, names))
        )
    counted = () if not how_many else slugs_in_use(invocation.library()) if asked is None else asked
    FoundPlaces(sources, context, counted).print(found, count=how_many, as_json=as_json, as_csv=as_csv)
    return ExitCode.FOUND if found else ExitCode.NOTHING


def _tell_what_is_idle(
    invocation: Invocation, names: Sequence[str], scopes: Sequence[Scope], *, how_many: bool
) -> None:
    """Says on stderr which options change nothing beside the others."""
    if how_many:
        tell_idle("--count prints numbers alone", "context")
    if Scope.TEXTS not in scopes:
        tell_idle("page chrome is in texts, and --scope leaves these out", "with_furniture")
    if all(map(invocation.is_slug, names)):
        tell_idle("it is for files that --in names", "furniture")


def _by_meaning(
    invocation: Invocation,
    query: str,
    sources: Sequence[SearchedSource],
    found: Sequence[Finding],
    limit: int | None,
    *,
    keep: bool,
) -> list[Finding]:
    """Sentences that say it in other words: none that was found by its words. `keep`: all are texts of the library."""
    from store.services.meanings import Work
    from store.services.search_by_meaning import answered_by_meaning

    with share_done("reading what sentences mean") as tell:
        library = invocation.library_if_there()
        most = len(found) + (_ANSWERS if limit is None else limit)
        answers = answered_by_meaning(query, sources, library, Work(tell), limit=most, keep=keep)
    places = {(each.text, each.passage) for each in found}
    fresh = [each for each in answers if (each.text, each.passage) not in places]
    return fresh[: _ANSWERS if limit is None else limit]


def _asked(
    invocation: Invocation, names: Sequence[str], *, furniture: bool
) -> dict[str, SearchedSource | None] | None:
    """The texts to look in by slug, without a source those of the library; None where none is named: all of it."""
    if not names:
        return None
    asked: dict[str, SearchedSource | None] = {name: None for name in names if invocation.is_slug(name)}
    for name in dict.fromkeys(names):
        if name not in asked:
            text = invocation.text(name, furniture=furniture)
            slug = _free(text.slug, asked)
            asked[slug] = source_of(text._replace(slug=slug))
    return asked


def _opened(
    invocation: Invocation, asked: Mapping[str, SearchedSource | None] | None, query: str | None, way: Way
) -> Answering:
    """The texts as search takes them; of a library that is asked as a whole those that may answer."""
    if query is not None and not (asked and any(asked.values())):
        return answering(query, invocation.library(), asked, way)
    if asked is None:
        asked = dict.fromkeys(slugs_in_use(invocation.library()))
    sources = [source or source_in(invocation.library(), slug, once=True) for slug, source in asked.items()]
    return Answering(sources, None)


def _free(slug: str, taken: Container[str]) -> str:
    """The slug, with a number if it is taken: two files of one name are two texts."""
    return next(free for free in chain([slug], (f"{slug}-{n}" for n in count(2))) if free not in taken)
