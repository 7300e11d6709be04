"""Search by regular expression, with a limit on time that no pattern escapes.

`re` cannot be stopped from a thread, and holds the lock that the screen needs. So the matching is done by a child
process, which is killed when its time is up, while compiling too. It starts in some 15 ms without `site`, needs no
further library, keeps the syntax of `re`, and leaves the rest of the program running.
"""

from __future__ import annotations

import marshal
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from texts.model import Span
from texts.search.records import Hit, QueryError, Searchable

SECONDS = 2.0
"""How long a regular expression may take over all texts together."""

_ESCAPED = re.compile(r"\\.|\(\?P?<?\w*[>)=]?", re.DOTALL)


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
    passages = [[p for p in one.passages if furniture or not p.is_furniture] for one in searchables]
    stretches = [
        (str(one.body), [(passage.span.start, passage.span.end) for passage in chosen])
        for one, chosen in zip(searchables, passages, strict=True)
    ]
    question = marshal.dumps((pattern, not has_capitals(pattern), limit, stretches))
    found = _ask(question, seconds)
    hits: list[Hit] = []
    for searchable, chosen, in_body in zip(searchables, passages, found, strict=True):
        for number, start, end in in_body:
            span = Span(start, end)
            hits.append(Hit(searchable.slug, chosen[number].number, span, 100.0, (span,)))
    return hits


def has_capitals(pattern: str) -> bool:
    r"""Whether a pattern asks for a capital letter; those of \W, \S or (?P<name>…) are not what it looks for."""
    return any(c.isupper() for c in _ESCAPED.sub("", pattern))


def _ask(question: bytes, seconds: float) -> list[list[tuple[int, int, int]]]:
    """The answer of `matcher` to a marshalled question; raises QueryError if there is none."""
    child = subprocess.Popen(
        [sys.executable, "-I", "-S", str(Path(__file__).with_name("matcher.py"))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    try:
        with child:
            try:
                answer, _ = child.communicate(question, timeout=seconds)
            finally:
                child.kill()
    except subprocess.TimeoutExpired:
        raise QueryError(f"the regular expression took more than {seconds:g} s: make it simpler") from None
    if child.returncode:
        raise QueryError("the regular expression took too much memory: make it simpler")
    found = marshal.loads(answer)
    if isinstance(found, str):
        raise QueryError(f"not a regular expression that can be searched for: {found}")
    answers: list[list[tuple[int, int, int]]] = found
    return answers
