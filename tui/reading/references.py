"""References in notes: `[[12]]` is highlight 12."""

from __future__ import annotations

import re

_REFERENCE = re.compile(r"\[\[ *([0-9]{1,18}) *\]\]")
"""At most 18 digits: more is no id that SQLite could give."""


def references(note: str) -> tuple[int, ...]:
    """Ids of the highlights that a note refers to, in the order of the note, each once."""
    return tuple(dict.fromkeys(int(number) for number in _REFERENCE.findall(note)))
