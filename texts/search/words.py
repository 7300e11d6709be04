"""What search takes for a word, and for a joint inside one."""

from __future__ import annotations

import re

WORD = re.compile(r"(?:[A-Z]\.){2,}|[^\W_]+(?:['’ʼ‘`][^\W_]+)*")
"""The same as `texts.segment.WORD`, which is out of reach here: a search should not pay for loading all of segment."""

_UNSEEN = r"\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
_ACCENTS = r"\u0300-\u036f"
_HEBREW = r"\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
_ARABIC = r"\u064b-\u065f\u0670"
JOINT = re.compile(rf"(?:[-\u2010-\u2013]|[{_UNSEEN}{_ACCENTS}{_HEBREW}{_ARABIC}]+)\n?")
"""What joins the parts of a compound, also over the end of a line: hyphens, characters that nobody sees, and signs over
a letter that folding takes off."""

LONGEST_CHAIN = 8
"""A chain of more parts is a list, not a compound."""
