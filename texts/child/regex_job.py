"""The job of regular-expression search; only `texts.search.regex` has it run.

It lies here rather than there because importing that package takes longer than the search.

Takes (pattern, ignore case, limit, [(body, [(start, stop), …]), …]) and gives the matches: for each body a list of
(number of the stretch, start, stop); or a string that says what is wrong with the pattern. Both are marshalled: the two
ends are the same Python, the child reads nothing but words and a pattern, and it costs no import.
"""

from __future__ import annotations

import marshal
import re
import warnings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


def run(question: Iterable[bytes], reply: Callable[[bytes], None], _: object) -> None:
    """The job: answers one question."""
    warnings.simplefilter("ignore")
    reply(marshal.dumps(matches(*marshal.loads(b"".join(question)))))


def matches(
    pattern: str, ignore_case: bool, limit: int | None, stretches: list[tuple[str, list[tuple[int, int]]]]
) -> list[list[tuple[int, int, int]]] | str:
    """The matches of a pattern inside stretches of bodies, empty ones left out; or what is wrong with it."""
    flags = re.MULTILINE | (re.IGNORECASE if ignore_case else 0)
    try:
        compiled = re.compile(pattern, flags)
    except (re.error, OverflowError, RecursionError, MemoryError) as error:
        return str(error) or type(error).__name__
    found: list[list[tuple[int, int, int]]] = []
    for body, spans in stretches:
        in_body: list[tuple[int, int, int]] = []
        found.append(in_body)
        for number, span in enumerate(spans):
            for match in compiled.finditer(body, *span):
                if limit == 0:
                    break
                if match.end() > match.start():
                    in_body.append((number, match.start(), match.end()))
                    limit = None if limit is None else limit - 1
    return found
