"""Lines that were typed before, to be had again with Up and Down."""

from __future__ import annotations

from collections.abc import Iterable

KEPT = 100
"""Lines that are remembered."""


class PromptHistory:
    """The last lines of a prompt, each once, the latest last, and how far back the reader has walked."""

    def __init__(self, lines: Iterable[str] = ()) -> None:
        self._lines = list(lines)[-KEPT:]
        self._back = 0
        self._typed = ""

    @property
    def lines(self) -> list[str]:
        """All that is remembered, for the next run."""
        return list(self._lines)

    def begin(self) -> None:
        """Starts from a fresh line."""
        self._back, self._typed = 0, ""

    def add(self, line: str) -> None:
        """Remembers a line, as the latest one."""
        if line:
            others = [each for each in self._lines if each != line]
            self._lines = [*others, line][-KEPT:]

    def walk(self, by: int, typed: str) -> str:
        """The line so many further on, earlier ones where `by` is negative; past the latest what was typed."""
        if self._back == 0:
            self._typed = typed
        self._back = max(0, min(len(self._lines), self._back - by))
        return self._lines[-self._back] if self._back else self._typed
