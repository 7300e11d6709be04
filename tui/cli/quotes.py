"""The places in a text that a quote or a number on the command line means."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui.cli.codes import CallError

if TYPE_CHECKING:
    from texts.model import Passage, Span, Text

MOST_NAMED = 8
"""Passages that a refusal names."""


def place(text: Text, quote: str, *, passage: int | None = None, near: Sequence[Span] = ()) -> Span:
    """The only place of the quote in the text, or in a passage of it; raises CallError where there is none.

    Of several it is the only one that overlaps what is `near`, such as the parts of a highlight that is moved.
    """
    found = places(text, quote, passage=passage)
    nearby = [span for span in found if any(map(span.overlaps, near))]
    for spans in (found, nearby):
        if len(spans) == 1:
            return spans[0]
    raise too_many(text, quote, found, passage=passage)


def places(text: Text, quote: str, *, passage: int | None = None) -> list[Span]:
    """All places of the quote in the text, or in a passage of it, in order; raises CallError where there is none."""
    from texts.quotes import places

    if not quote.strip():
        raise CallError("An empty quote is nowhere: give some of the text's words.")
    if passage is not None:
        passage_of(text, passage)
    found = places(text, quote, passage=passage)
    if not found:
        raise CallError(f"“{quote}” is not in {_where(text, passage)}; `tui search` finds what is like it.")
    return found


def too_many(
    text: Text, quote: str, found: Sequence[Span], *, passage: int | None = None, otherwise: str = ""
) -> CallError:
    """Why a quote that is in several places names none; `otherwise` is what else can be done than to choose one."""
    remedies = ["quote more words", "" if passage else "choose by --passage N", otherwise]
    where = _where(text, passage) + ("" if passage else f" ({_passages(text, found)})")
    return CallError(f"“{quote}” is {len(found)} times in {where}: {', or '.join(filter(None, remedies))}.")


def passage_of(text: Text, number: int) -> Passage:
    """The passage of this number; raises CallError where there is none."""
    try:
        return text.passage(number)
    except IndexError:
        last = len(text.numbered)
        raise CallError(f"{text.slug} has no passage {number}: they go from 1 to {last}.") from None


def _where(text: Text, passage: int | None) -> str:
    return text.slug if passage is None else f"¶{passage} of {text.slug}"


def _passages(text: Text, spans: Sequence[Span]) -> str:
    """`¶3, ¶9, …`."""
    numbers = dict.fromkeys(
        passage.number for span in spans if (passage := text.passage_at(span.start)) is not None
    )
    named = [f"¶{number}" if number else "furniture" for number in numbers]
    return f"{', '.join(named[:MOST_NAMED])}{', …' if len(named) > MOST_NAMED else ''}"
