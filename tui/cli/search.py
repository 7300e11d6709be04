"""`tui search`: a query in, places out."""

from __future__ import annotations

from collections.abc import Container, Sequence
from itertools import chain, count

from tui.cli.codes import CallError, ExitCode
from tui.cli.findings import Findings
from tui.cli.invocation import Invocation
from tui.cli.lacking import tell_if_unknown
from tui.cli.parameters import CSV, JSON, NO_FURNITURE, Command, Flag, Number, Option, one_format
from tui.finding import (
    DEFAULT,
    Scope,
    Source,
    Way,
    find_in_record,
    find_in_texts,
    source_in,
    source_of,
)


def search(
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
    with_furniture: bool,
    furniture: bool,
    as_json: bool,
    as_csv: bool,
) -> ExitCode:
    """Find QUERY in the texts of the library, best first; spelling, case, accents and endings may differ.

    Words in quotation marks stand together. A word with a capital letter finds only those that have it, if there are
    any; with --exact and --word capitals count, and so do accents if QUERY has one.
    """
    one_format(as_json, as_csv)
    from texts.search import Mode

    way = Way(Mode(mode) if mode else Mode.FUZZY, min_score, with_furniture)
    sources = _sources(invocation, names, furniture=furniture)
    marked = None if tag is None else invocation.library().highlights.find(tag=tag)
    found = find_in_texts(query, sources, way, within=marked, limit=limit) if Scope.TEXTS in scopes else []
    if set(scopes) != {Scope.TEXTS}:
        texts = {source.searchable.slug for source in sources} if names else None
        found += find_in_record(query, invocation.library(), scopes, way, within=marked, texts=texts)
        found.sort(key=lambda finding: -finding.score)
    if tag is not None and not marked:
        tell_if_unknown(invocation.library(), tag)
    Findings(sources, context).print(found[:limit], count=how_many, as_json=as_json, as_csv=as_csv)
    return ExitCode.FOUND if found else ExitCode.NOTHING


def _scopes(written: str) -> tuple[Scope, ...]:
    """What `--scope` names, between commas; raises CallError."""
    names = [name.strip() for name in written.split(",")]
    known = [str(scope) for scope in Scope]
    wrong = [name for name in names if name not in known]
    if wrong:
        raise CallError(f"“{wrong[0]}” is nothing to look in; name {', '.join(known)}, between commas.")
    return tuple(scope for scope in Scope if scope in names)


def _sources(invocation: Invocation, names: Sequence[str], *, furniture: bool) -> list[Source]:
    """The texts to look in: those named, else all of the library."""
    if not names:
        library = invocation.library()
        return [source_in(library, slug, once=True) for slug in library.shelf.slugs()]
    is_slug = {name: invocation.is_slug(name) for name in names}
    sources = {name: source_in(invocation.library(), name, once=True) for name in names if is_slug[name]}
    for name in dict.fromkeys(names):
        if not is_slug[name]:
            text = invocation.text(name, furniture=furniture)
            slug = _free(text.slug, sources)
            sources[slug] = source_of(text._replace(slug=slug))
    return list(sources.values())


def _free(slug: str, taken: Container[str]) -> str:
    """The slug, with a number if it is taken: two files of one name are two texts."""
    return next(free for free in chain([slug], (f"{slug}-{n}" for n in count(2))) if free not in taken)


search_command = Command(
    "search",
    search,
    argument="query",
    options=(
        Flag(("--exact",), "mode", "The letters as typed, in any part of a word.", "exact", None),
        Flag(("--word",), "mode", "The letters as typed, as whole words.", "word", None),
        Flag(("--regex",), "mode", "A regular expression, as in Python.", "regex", None),
        Option(("--in",), "names", "TEXT", "Only this text; again and again.", "text", again=True),
        Option(
            ("--scope",),
            "scopes",
            "LIST",
            "What to look in: texts, notes, tags, between commas.",
            _scopes,
            default="texts",
        ),
        Option(("--tag",), "tag", "TAG", "Only where a highlight has this tag, or one below it.", "tag"),
        Option(
            ("--min-score",),
            "min_score",
            "N",
            "Only scores of at least N, 0–100.",
            Number(float, 0, 100),
            default=str(DEFAULT.min_score),
        ),
        Option(("--limit",), "limit", "N", "The best N.", Number(int, 1)),
        Option(("-C", "--context"), "context", "N", "With N passages before and after.", Number(int, 0)),
        Flag(("--count",), "how_many", "Only how many there are in each text."),
        Flag(("--furniture",), "with_furniture", "Look in page chrome too."),
        NO_FURNITURE,
        JSON,
        CSV,
    ),
    examples=(
        "tui search Systani                       finds Sistani too",
        "tui search 'Nouri al Maliki' -C 1        with a passage before and after",
        "tui search '\"share power\"' --in analysis  words that stand together",
        "tui search --regex '[A-Z]{3,}' --count",
        "tui search veto --scope notes,tags",
        "tui search --json Iran | jq '.[].quote'",
    ),
)
