"""Regular expressions that are compiled when they are first used.

Most modules are imported for one of the things that they can do, and Python takes from a tenth of a millisecond to
twenty of them to compile an expression: those of a command that does not come to use them would be most of its start.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import AnyStr, cast


class _LazyPattern:
    """Stands for a compiled expression, and has its attributes from their first use on."""

    def __init__(self, expression: str | bytes, flags: int) -> None:
        self._expression = expression
        self._flags = flags

    @cached_property
    def _compiled(self) -> re.Pattern[str] | re.Pattern[bytes]:
        return re.compile(self._expression, self._flags)

    def __getattr__(self, name: str) -> object:
        found: object = getattr(self._compiled, name)
        setattr(self, name, found)  # next time Python finds it without asking here
        return found


def lazy_pattern(expression: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """A regular expression with the methods of one that `re.compile` gives; re.error is raised when it is first used.

    `tests/unit/test_lazy_pattern.py` compiles all of them.
    """
    return cast("re.Pattern[AnyStr]", _LazyPattern(expression, flags))
