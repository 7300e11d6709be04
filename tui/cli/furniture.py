"""`tui furniture`: which paragraphs of a text are page chrome, and a reader's own word on that."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from typing import TYPE_CHECKING

import click

from store.sanitize import pluralize
from texts.visible import one_line
from tui.cli.codes import CallError, ExitCode
from tui.cli.invocation import Invocation
from tui.cli.options import TEXT, command, json_option, option
from tui.cli.output import line, print_status, write_json
from tui.cli.quotes import passage_of

if TYPE_CHECKING:
    from texts.model import Passage, Text


@command(
    "furniture",
    writes=True,
    examples=(
        "tui furniture analysis",
        "tui furniture analysis --passage 1 --passage 10",
        'tui furniture analysis --article "Have your say"',
    ),
)
@click.argument("text", type=TEXT)
@option(
    "--passage",
    "passages",
    type=click.IntRange(min=1),
    multiple=True,
    metavar="N",
    help="Take passage N as furniture, again and again.",
)
@option(
    "--article",
    "beginnings",
    multiple=True,
    metavar="WORDS",
    help="Take the paragraph of furniture that begins so as part of the article, again and again.",
)
@option("--all", "every", is_flag=True, help="With --article: every paragraph that begins so.")
@json_option
@click.pass_obj
def furniture_command(
    invocation: Invocation,
    *,
    text: str,
    passages: Sequence[int],
    beginnings: Sequence[str],
    every: bool,
    as_json: bool,
) -> ExitCode | None:
    """List the furniture of TEXT (page chrome: neither numbered nor searched), or say what is and what is not.

    What you say is one act and outlasts what the program thinks. The numbers of the passages shift with it: all that
    one call names are those from before.
    """
    if not passages and not beginnings:
        return _list(invocation.text(text), as_json)
    if as_json:
        raise click.UsageError("--json lists: leave out --passage and --article.")
    library = invocation.library(writing=True)
    if not invocation.is_slug(text):
        raise CallError(f"{text} is a file: add it to the library first, with `tui add`.")
    present = library.texts.get(text)
    chrome = [passage_of(present, number) for number in passages]
    article = [paragraph for words in beginnings for paragraph in _beginning(present, words, every=every)]
    rulings = {paragraph.span.start: paragraph in chrome for paragraph in (*chrome, *article)}
    name = library.texts.current_version(text).name
    label = f"took {len(rulings)} paragraphs of {name} as furniture or as part of the article"
    with library.act(label) if len(rulings) > 1 else nullcontext():
        for start, is_furniture in rulings.items():
            library.texts.set_furniture(text, start, is_furniture, version=present.sha256)
    print_status(f"{text} has {pluralize(len(library.texts.get(text).numbered), 'passage')} now")
    return None


def _list(text: Text, as_json: bool) -> ExitCode:
    found = _furniture(text)
    if as_json:
        write_json(
            {"text": text.slug, "start": start, "end": end, "quote": text.body[start:end]}
            for (start, end), _ in found
        )
    else:
        for paragraph in found:
            line(one_line(text.quote(paragraph.span)))
    return ExitCode.FOUND if found else ExitCode.NOTHING


def _furniture(text: Text) -> list[Passage]:
    return [passage for passage in text.passages if passage.is_furniture]


def _beginning(text: Text, words: str, *, every: bool) -> list[Passage]:
    """The furniture that begins with these words, whatever their case and quotation marks; raises CallError."""
    wanted = _plain(words)
    if not wanted:
        raise CallError("Every paragraph begins with nothing: give its first words.")
    found = [passage for passage in _furniture(text) if _plain(text.quote(passage.span)).startswith(wanted)]
    if not found:
        raise CallError(
            f"no furniture of {text.slug} begins with “{words}”: `tui furniture {text.slug}` lists it."
        )
    if len(found) > 1 and not every:
        raise CallError(
            f"{len(found)} paragraphs of furniture begin with “{words}”: give more words, or say --all."
        )
    return found


def _plain(words: str) -> str:
    from texts.typography import fold_text

    return " ".join(fold_text(words).text.split())
