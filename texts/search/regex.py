"""Search by regular expression, with a limit on time that no pattern escapes.

`re` cannot be stopped from a thread, and holds the lock that the screen needs. So the matching is done by a child
process, which is killed when its time or its memory is up, while compiling too. It needs no further library, keeps the
syntax of `re`, and leaves the rest of the program running. (The package `regex` has a `timeout=`, but takes three times
as long to import as the child to start, does not stop while it compiles, and finds other words: its `\\w` has combining
marks.)
"""

from __future__ import annotations

import marshal
import re
import unicodedata
from collections.abc import Sequence

from texts.child.runner import ChildError, Limits, OutOfTimeError, answer_of
from texts.lazy_pattern import lazy_pattern
from texts.model import Span
from texts.search.search_records import Body, Hit, QueryError, Searchable
from texts.tokens import is_letter_edge
from texts.typography import is_capital

SECONDS = 2.0
"""How long a regular expression may take over all texts together."""
MOST_MEMORY = 1_000_000_000
"""Bytes that it may take."""

_LONGEST_LETTER = 32  # code points of a letter with its marks; nobody writes more

_ESCAPED = lazy_pattern(r"\\.|\(\?P?<?\w*[>)=]?", re.DOTALL)


def search_pattern(
    pattern: str,
    searchables: Sequence[Searchable],
    *,
    furniture: bool = False,
    limit: int | None = None,
    seconds: float = SECONDS,
) -> list[Hit]:
    """All matches inside passages in the order of the texts, with score 100; empty matches are no hits.

    `^` and `$` match at lines too. Case matters if the pattern has a capital that it wants to find. Raises QueryError
    for what is no regular expression, and for one that takes more than `seconds`.
    """
    if not pattern:
        raise QueryError("nothing to look for: type a regular expression")
    pattern = unicodedata.normalize("NFC", pattern)  # as bodies are; macOS writes é as two characters
    passages = [[p for p in one.passages if furniture or not p.is_furniture] for one in searchables]
    stretches = [
        (str(one.body), [(passage.span.start, passage.span.end) for passage in chosen])
        for one, chosen in zip(searchables, passages, strict=True)
    ]
    question = marshal.dumps((pattern, not has_capitals(pattern), limit, stretches))
    found = _ask(question, seconds)
    hits: list[Hit] = []
    for searchable, chosen, in_body in zip(searchables, passages, found, strict=True):
        reached = 0
        for number, start, end in in_body:
            span = _whole_letters(searchable.body, Span(start, end), chosen[number].span)
            if span.start >= reached:
                hits.append(Hit(searchable.slug, chosen[number].number, span, 100.0, (span,)))
                reached = span.end
    return hits


def _whole_letters(body: Body, span: Span, within: Span) -> Span:
    """The span with all of the letters that it cuts from their marks."""
    low, high = max(within.start, span.start - _LONGEST_LETTER), min(within.end, span.end + _LONGEST_LETTER)
    around = body[low:high]
    start, end = span.start - low, span.end - low
    while not is_letter_edge(around, start):
        start -= 1
    while not is_letter_edge(around, end):
        end += 1
    return Span(low + start, low + end)


def has_capitals(pattern: str) -> bool:
    r"""Whether a pattern asks for a capital letter; those of \W, \S or (?P<name>…) are not what it looks for."""
    return any(map(is_capital, _ESCAPED.sub("", pattern)))


def _ask(question: bytes, seconds: float) -> list[list[tuple[int, int, int]]]:
    """The answer of `texts.child.regex_job` to a marshalled question; raises QueryError if there is none."""
    try:
        answer = answer_of("texts.child.regex_job:run", (question,), Limits(MOST_MEMORY, seconds))
    except OutOfTimeError:
        raise QueryError(f"the regular expression took more than {seconds:g} s: make it simpler") from None
    except ChildError:
        raise QueryError("the regular expression took too much memory: make it simpler") from None
    found = marshal.loads(answer)
    if isinstance(found, str):
        raise QueryError(f"not a regular expression that can be searched for: {found}")
    answers: list[list[tuple[int, int, int]]] = found
    return answers
