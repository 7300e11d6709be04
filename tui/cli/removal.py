"""`tui remove`: texts out of the library, and what `tui check --forget` says before it does it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from typing import TYPE_CHECKING

import click

from store.sanitize import pluralize
from texts.visible import one_line
from tui.cli.codes import CallError, ExitCode
from tui.cli.invocation import Invocation
from tui.cli.options import SLUG, command, option
from tui.cli.output import line, print_error, print_status
from tui.cli.terminal import confirm, has_reader

if TYPE_CHECKING:
    from store.services.forgetting import Forgettable


@command(
    "remove",
    writes=True,
    examples=("tui remove editorial --dry-run", "tui remove editorial", "tui undo", "tui check --forget"),
)
@click.argument("texts", nargs=-1, required=True, type=SLUG, metavar="TEXT…")
@option("--dry-run", is_flag=True, help="Say what would go, and change nothing.")
@option("--yes", is_flag=True, help="Do not ask at a terminal.")
@click.pass_obj
def remove_command(invocation: Invocation, *, texts: Sequence[str], dry_run: bool, yes: bool) -> ExitCode:
    """Remove texts with all that was made of them: versions, highlights, links, notes.

    A line for each says what goes with it. At a terminal you are asked first where a reader made any of it. It is one
    act: `tui undo` brings all of it back, until `tui check --forget`.
    """
    from store.services.forgetting import belongings

    library = invocation.library(writing=not dry_run)
    slugs = list(dict.fromkeys(texts))
    found = {slug: belongings(library, slug) for slug in slugs}
    for slug, goes in found.items():
        line(f"{slug}  {goes}".rstrip())
    if dry_run:
        return ExitCode.FOUND
    if not yes and has_reader() and any(goes.are_a_readers for goes in found.values()):
        what = slugs[0] if len(slugs) == 1 else pluralize(len(slugs), "text")
        if not confirm(f"Remove {what} with all of it?"):
            print_status("nothing was removed")
            return ExitCode.NOTHING
    names = [library.texts.current_version(slug).name for slug in slugs]
    with library.act(f"removed {', '.join(names)}") if len(slugs) > 1 else nullcontext():
        for slug in slugs:
            library.texts.remove(slug)
    print_status(
        f"{', '.join(slugs)} removed; `tui undo` brings back what is gone, `tui check --forget` makes it final"
    )
    return ExitCode.FOUND


def forget_removed(invocation: Invocation, *, dry_run: bool, yes: bool, keep_copies: bool) -> ExitCode:
    """Says what forgetting takes away for good, asks, and does it."""
    from store.services.forgetting import forget, forgettable

    library = invocation.library()
    found = forgettable(library)
    if found.is_nothing:
        print_status("there is nothing to forget")
        return ExitCode.NOTHING
    _print_forgettable(found, keep_copies)
    if dry_run:
        return ExitCode.FOUND
    if not yes:
        if not has_reader():
            raise CallError("--forget cannot be undone: say --yes as well where nobody can be asked.")
        if not confirm("Take all of this away for good?"):
            print_status("nothing was taken away")
            return ExitCode.NOTHING
    forget(invocation.library(writing=True), copies=not keep_copies)
    print_status(
        "forgotten"
        + ("; the copies named above still hold what was removed" * (keep_copies and bool(found.copies)))
    )
    for path in found.others:
        print_error(
            f"{path} may still hold what was removed, and was left alone: delete it if you need nothing of it"
        )
    return ExitCode.FOUND


def _print_forgettable(found: Forgettable, keep_copies: bool) -> None:
    for title in found.titles:
        line(f"removed text  {one_line(title)}")
    parts = (
        (
            found.bodies,
            f"{pluralize(found.bodies, 'body', 'bodies')} of texts and versions that are not there any more",
        ),
        (found.acts, f"the journal: {pluralize(found.acts, 'act')}, none of which can be undone any more"),
        (found.drafts, f"{pluralize(found.drafts, 'draft')} of notes on what is gone"),
        (found.remembered, "what desks remember: places in texts, searches, commands"),
        (found.vectors, f"{pluralize(found.vectors, 'vector')} of sentences that no text has any more"),
        (found.free_bytes, f"{found.free_bytes:,} bytes of the file that were given up"),
    )
    for is_there, words in parts:
        if is_there:
            line(words)
    for copy in found.copies:
        line(f"{'copy that is kept' if keep_copies else 'copy'}  {one_line(str(copy))}")
    line("what readers wrote themselves stays: tags, names, notes on other texts")
