"""The child process of regular-expression search: `python -I -S matcher.py`, which only `pattern.py` starts.

Takes (pattern, ignore case, limit, [(body, [(start, stop), …]), …]) on stdin and gives the matches on stdout: for each
body a list of (number of the stretch, start, stop); or a string that says what is wrong with the pattern. Both are
marshalled: the two ends are the same Python, and reading it costs no import.
"""

from __future__ import annotations

import marshal
import re
import sys
import warnings

MOST_MEMORY = 1 << 30


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


def main() -> None:
    """Answer the one question on stdin."""
    warnings.simplefilter("ignore")
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    except (ImportError, ValueError, OSError):  # not on Windows; the time limit holds everywhere
        pass
    marshal.dump(matches(*marshal.load(sys.stdin.buffer)), sys.stdout.buffer)


if __name__ == "__main__":
    main()
