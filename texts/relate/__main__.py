"""Relates two texts in a process of its own: `python -m texts.relate`, as `texts.relate.beside` starts it.

Reads a request (`texts.relate.exchange`) from stdin, writes the relations as bytes to stdout, and the share of the work
done to stderr, a number a line.
"""

from __future__ import annotations

import os
import sys

from texts.relate import relate
from texts.relate.exchange import Request

_NICENESS = 10  # the desk comes first


def main() -> None:
    """Answers one request."""
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    request = Request.read(sys.stdin.buffer)
    relations = relate(request.left, request.right, aliases=request.aliases, progress=_tell)
    sys.stdout.buffer.write(relations.to_bytes())
    sys.stdout.buffer.flush()


def _tell(share: float) -> None:
    print(f"{share:.4f}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
