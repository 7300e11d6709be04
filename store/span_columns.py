"""The parts of a highlight as columns of its table, and as a quote."""

from __future__ import annotations

import json
from collections.abc import Sequence

from texts.model import Span

CONTEXT = 32
"""Characters kept before and after a quote."""

GAP = " … "
"""What stands between the parts of a quote."""


def quoted(body: str, parts: Sequence[Span]) -> tuple[str, str, str]:
    """The quote of some parts of a body, and what stands before and after it."""
    start, end = parts[0].start, parts[-1].end
    return (
        GAP.join(body[part.start : part.end] for part in parts),
        body[max(0, start - CONTEXT) : start],
        body[end : end + CONTEXT],
    )


def span_columns(parts: Sequence[Span]) -> tuple[int, int, str | None]:
    """Parts as three columns: start, end, and JSON where there are gaps."""
    return parts[0].start, parts[-1].end, json.dumps(parts) if len(parts) > 1 else None


def parts_of(start: int, end: int, gapped: str | None) -> tuple[Span, ...]:
    """Parts from their three columns."""
    return (Span(start, end),) if gapped is None else tuple(Span(*part) for part in json.loads(gapped))
