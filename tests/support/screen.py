"""What stands on a terminal after all that the desk has sent to it, and where its cursor is.

It knows what `vt.DRAWING` lists, no more: places and colours, each character one cell wide.
"""

from __future__ import annotations

import codecs
import re

_PART = re.compile(
    r"\x1b\[(?P<row>[0-9]+);(?P<column>[0-9]+)H|\x1b\[[0-9;?<>$]*[a-zA-Z]|\x1b\][^\x07]*\x07|[\r\n]|[^\x1b\r\n]+"
)


class TerminalScreen:
    """Cells of a terminal."""

    def __init__(self, columns: int, rows: int) -> None:
        self._cells = [[" "] * columns for _ in range(rows)]
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self._rest = ""
        self.row, self.column = 0, 0
        """Where the cursor stands, from 0."""

    def feed(self, sent: bytes) -> None:
        """Takes what was sent; half a command waits for its other half."""
        words, at = self._rest + self._decode(sent), 0
        while (part := _PART.match(words, at)) is not None:
            at = part.end()
            if part["row"]:
                self.row, self.column = int(part["row"]) - 1, int(part["column"]) - 1
            elif part[0] == "\r":
                self.column = 0
            elif part[0] == "\n":
                self.row += 1
            elif not part[0].startswith("\x1b"):
                self._write(part[0])
        self._rest = words[at:]

    def _write(self, words: str) -> None:
        for character in words:
            if 0 <= self.row < len(self._cells) and 0 <= self.column < len(self._cells[0]):
                self._cells[self.row][self.column] = character
            self.column += 1

    @property
    def rows(self) -> list[str]:
        """The rows as words."""
        return ["".join(row) for row in self._cells]

    @property
    def word(self) -> str:
        """The word that begins at the cursor."""
        found = re.match(r"\w+", self.rows[self.row][self.column :]) if self.row < len(self._cells) else None
        return found[0] if found else ""
