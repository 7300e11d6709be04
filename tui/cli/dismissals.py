"""`tui dismiss` and `tui dismissed …`: related passages that are not to be suggested again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from texts.visible import one_line
from tui.cli.codes import CallError, ExitCode
from tui.cli.invocation import Invocation
from tui.cli.listing import Listing, between_option
from tui.cli.options import (
    SLUG,
    command,
    group,
    json_option,
)
from tui.cli.output import line, print_status, write_json
from tui.cli.quotes import passage_of
from tui.cli.terminal import paint

if TYPE_CHECKING:
    from store.records import Dismissed
    from texts.model import Span, Text


@command("dismiss", writes=True, examples=("tui dismiss editorial 9 analysis 6",))
@click.argument("left", type=SLUG)
@click.argument("n", type=click.IntRange(min=1))
@click.argument("right", type=SLUG)
@click.argument("m", type=click.IntRange(min=1))
@click.pass_obj
def dismiss_command(invocation: Invocation, left: str, n: int, right: str, m: int) -> ExitCode:
    """Never suggest again that passage N of LEFT and passage M of RIGHT are related; print the dismissal's id.

    `tui related` lists what is suggested, `tui dismissed` what is dismissed.
    """
    library = invocation.library(writing=True)
    texts = library.texts.get(left), library.texts.get(right)
    one, other = passage_of(texts[0], n), passage_of(texts[1], m)
    dismissed = library.links.dismiss(
        left,
        one.span,
        right,
        other.span,
        left_version=texts[0].sha256,
        right_version=texts[1].sha256,
    )
    line(str(dismissed.id))
    return ExitCode.FOUND


@group(
    "dismissed",
    cls=Listing,
    examples=("tui dismissed", "tui dismissed --text editorial --json", "tui dismissed take-back 2"),
)
def dismissed_command() -> None:
    """List dismissed suggestions, or let them be made again; `tui dismiss` dismisses one."""


@command("list", group=dismissed_command, examples=("tui dismissed list", "tui dismissed list --json"))
@between_option
@json_option
@click.pass_obj
def list_command(invocation: Invocation, texts: Sequence[str], as_json: bool) -> ExitCode:
    """List dismissed suggestions, the oldest first: id and both passages."""
    library = invocation.library()
    found = library.links.dismissed(*texts)
    slugs = {*texts, *(slug for each in found for slug in (each.left, each.right))}
    of = {slug: library.texts.get(slug) for slug in slugs}
    if as_json:
        write_json(_record(each, of[each.left], of[each.right]) for each in found)
    else:
        for each in found:
            line(_format_dismissed(each, of[each.left], of[each.right]))
    return ExitCode.FOUND if found else ExitCode.NOTHING


def _record(each: Dismissed, left: Text, right: Text) -> dict[str, object]:
    """With null for what a place is in a text that has changed since."""
    return {
        "id": each.id,
        "left": _side(left, each.left_span, each.present),
        "right": _side(right, each.right_span, each.present),
        "present": each.present,
        "reader": each.reader,
        "created": each.created,
    }


def _side(text: Text, span: Span, present: bool) -> dict[str, object]:
    return {
        "text": text.slug,
        "passage": _number(text, span) if present else None,
        "start": span.start if present else None,
        "end": span.end if present else None,
        "quote": text.quote(span) if present else None,
    }


def _number(text: Text, span: Span) -> int | None:
    passage = text.passage_at(span.start)
    return None if passage is None else passage.number


def _format_dismissed(each: Dismissed, left: Text, right: Text) -> str:
    """`2  editorial ¶9 ≁ analysis ¶6: … ≁ …`."""
    number = paint(str(each.id), "bold")
    if not each.present:
        return f"{number}  {one_line(left.slug)} ≁ {one_line(right.slug)} (changed since)"
    sides = ((left, each.left_span), (right, each.right_span))
    places = " ≁ ".join(f"{one_line(text.slug)} ¶{_number(text, span) or '–'}" for text, span in sides)
    quotes = " ≁ ".join(one_line(text.quote(span)) for text, span in sides)
    return f"{number}  {paint(places, 'cyan')}: {quotes}"


@command(
    "take-back",
    group=dismissed_command,
    writes=True,
    examples=("tui dismissed take-back 2", "tui dismissed take-back 2 5"),
)
@click.argument("ids", nargs=-1, required=True, type=click.IntRange(min=1), metavar="ID…")
@click.pass_obj
def take_back_command(invocation: Invocation, ids: Sequence[int]) -> None:
    """Let the suggestions of these IDs be made again, as `tui dismissed` lists them."""
    links = invocation.library(writing=True).links
    there = {each.id for each in links.dismissed()}
    for number in ids:
        if number not in there:
            raise CallError(f"there is no dismissal {number}: `tui dismissed` lists what there is.")
    links.take_back(dict.fromkeys(ids))
    print_status(f"{'it' if len(set(ids)) == 1 else 'they'} can be suggested again")
