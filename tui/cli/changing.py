"""`tui change`, `tui join` and `tui delete`: highlights as they are already, changed by their ids."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from functools import partial
from typing import TYPE_CHECKING

import click

from store.sanitize import pluralize
from tui.cli.codes import ExitCode
from tui.cli.invocation import Invocation
from tui.cli.options import TAG, command, option
from tui.cli.output import line, print_status
from tui.cli.quotes import place

if TYPE_CHECKING:
    from store.library import Library
    from texts.model import Span

ID = click.IntRange(min=1)
"""Of a highlight, as `tui mark` and `tui annotations` print it."""

_Act = Callable[[], object]


@command(
    "change",
    writes=True,
    examples=(
        "tui change 12 --tag actor/sistani --star",
        'tui change 12 31 --untag draft --note "seen by both"',
        'tui change 12 --quote "The real danger is quieter"',
        "tui annotations --tag draft --json | jq .[].id | xargs tui change --no-star",
    ),
)
@click.argument("ids", nargs=-1, required=True, type=ID, metavar="ID…")
@option("--tag", "tags", type=TAG, multiple=True, metavar="TAG", help="A tag to put on, again and again.")
@option(
    "--untag", "untags", type=TAG, multiple=True, metavar="TAG", help="A tag to take off, again and again."
)
@option("--note", metavar="WORDS", help="The note, in place of what was there; an empty one takes it away.")
@option("--star/--no-star", default=None, help="Put a star on, or take it off.")
@option("--quote", metavar="QUOTE", help="Move the edges of one highlight to these words of its text.")
@option("--passage", type=click.IntRange(min=1), metavar="N", help="The place of QUOTE in passage N.")
@click.pass_obj
def change_command(
    invocation: Invocation,
    *,
    ids: Sequence[int],
    tags: Sequence[str],
    untags: Sequence[str],
    note: str | None,
    star: bool | None,
    quote: str | None,
    passage: int | None,
) -> None:
    """Change the highlights of these IDs: tags, note, star, and where one stands.

    All of it is one act. A QUOTE that the text has more than once means the place that overlaps the highlight, if only
    one does. An orphan is put back by --quote.
    """
    if passage is not None and quote is None:
        raise click.UsageError("--passage says where --quote is: give both.")
    if quote is not None and len(set(ids)) > 1:
        raise click.UsageError("--quote moves one highlight: name one ID.")
    library = invocation.library(writing=True)
    highlights, codebook = library.highlights, library.codebook
    acts: list[_Act] = [partial(highlights.untag, ids, codebook.get(path).path) for path in untags]
    acts += [partial(highlights.tag, ids, path) for path in tags]
    if note is not None:
        acts.append(partial(highlights.note, ids, note))
    if star is not None:
        acts.append(partial(highlights.star, ids, star))
    if quote is not None:
        span, version = _place(library, ids[0], quote, passage)
        acts.append(partial(highlights.move, ids[0], span, version=version))
    if not acts:
        raise click.UsageError("There is nothing to change: say --tag, --untag, --note, --star or --quote.")
    what = _these(ids)
    with library.act(f"changed {what}") if len(acts) > 1 else nullcontext():
        for act in acts:
            act()
    print_status(f"{what} changed")


def _place(library: Library, number: int, quote: str, passage: int | None) -> tuple[Span, str]:
    """Where a quote stands in the text of a highlight, and the digest of the body that it stands in."""
    from store.records import Anchor

    highlight = library.highlights.get(number)
    near = () if highlight.anchor is Anchor.ORPHAN else highlight.parts
    text = library.texts.get(highlight.text)
    return place(text, quote, passage=passage, near=near), text.sha256


@command("join", writes=True, examples=("tui join 12 31", 'tui join 12 31 --note "both at once"'))
@click.argument("ids", nargs=-1, required=True, type=ID, metavar="ID ID…")
@option("--note", metavar="WORDS", help="The note of the joined highlight, in Markdown.")
@click.pass_obj
def join_command(invocation: Invocation, *, ids: Sequence[int], note: str | None) -> ExitCode:
    """Make highlights of one text one, and print its id, which is the first ID.

    It has the tags, the star and the links of all; words between them stay out. Where their notes differ, --note says
    what becomes of them.
    """
    highlights = invocation.library(writing=True).highlights
    notes = {highlight.note for highlight in highlights.all(ids) if highlight.note}
    if note is None and len(notes) > 1:
        raise click.UsageError(
            f"They have {len(notes)} notes: say with --note what the note of all shall be."
        )
    line(str(highlights.join(ids, note=note).id))
    return ExitCode.FOUND


@command("delete", writes=True, examples=("tui delete 12", "tui delete 12 31"))
@click.argument("ids", nargs=-1, required=True, type=ID, metavar="ID…")
@click.pass_obj
def delete_command(invocation: Invocation, *, ids: Sequence[int]) -> None:
    """Delete the highlights of these IDs, with their notes and links; `tui undo` brings them back."""
    invocation.library(writing=True).highlights.delete(ids)
    print_status(f"{_these(ids)} deleted; `tui undo` brings back what is gone")


def _these(ids: Sequence[int]) -> str:
    """`highlight 12`, `3 highlights`."""
    number = len(set(ids))
    return f"highlight {ids[0]}" if number == 1 else pluralize(number, "highlight")
