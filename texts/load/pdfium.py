"""The letters of a PDF as PDFium finds them: a program of its own, which `pdf` runs and can end.

A PDF can keep PDFium busy for ever, and nothing but the end of its process stops it. Reads the file on standard
input; prints a line of JSON with the count of pages and the metadata, then one for each page.
"""

from __future__ import annotations

import ctypes
import json
import math
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import closing
from dataclasses import astuple, dataclass, field
from statistics import median
from typing import TYPE_CHECKING

from texts.load.layout import Line

if TYPE_CHECKING:
    from pypdfium2 import PdfTextPage

PASSWORD = 4
"""Exit code where a password is wanted; any other but 0 means that the file is damaged."""

_GAP = 1.5  # letters high: as far apart, two words stand in two columns
_LIGATURES = {letter: unicodedata.normalize("NFKC", chr(letter)) for letter in range(0xFB00, 0xFB07)}
_BELOW = 0.2  # the share of a letter's height that may hang below its line
_SAMPLED = 16
_SPACES = (0x09, 0x20, 0xA0)
_NEWLINES = (0x0A, 0x0D)
_HYPHENS = (0x02, 0xFFFE)  # what PDFium makes of a hyphen at the end of a line


@dataclass(slots=True)
class _Run:
    """The letters of a line while they are read."""

    base: float
    """Height of the line that they stand on."""
    left: float
    right: float
    sizes: list[float] = field(default_factory=list)
    """Of some letters."""
    letters: list[int] = field(default_factory=list)
    """Units of UTF-16."""

    def line(self) -> Line | None:
        """The line that the letters make; None where they are only white space."""
        units = b"".join(letter.to_bytes(2, "little") for letter in self.letters if letter <= 0xFFFF)
        words = " ".join(units.decode("utf-16-le", "replace").translate(_LIGATURES).split())
        if not words:
            return None
        size = median(self.sizes)
        bottom = self.base - _BELOW * size
        return Line(words, self.left, self.right, bottom, bottom + size, size)

    def leaves(self, left: float, base: float) -> bool:
        """Whether a letter there is on another line, or in another column of this one; a raised one is not."""
        size = self.sizes[0]
        return (
            left - self.right > _GAP * size or abs(base - self.base) > 0.6 * size or left < self.left - size
        )


class _Letters:
    """Asks PDFium for the letters of a page."""

    def __init__(self, page: PdfTextPage) -> None:
        from pypdfium2 import raw

        self._raw = raw
        self._page = page
        self._doubles = [ctypes.c_double() for _ in range(4)]
        self._matrix = raw.FS_MATRIX()

    def lines(self) -> Iterator[Line]:
        """The lines in the order of the letters in the file."""
        run: _Run | None = None
        for place in range(self._page.count_chars()):
            letter = self._raw.FPDFText_GetUnicode(self._page, place)
            if letter in _SPACES:
                if run:
                    run.letters.append(0x20)
                continue
            left, right, base = self._box(place)
            if run and (letter in _NEWLINES or run.leaves(left, base)):
                if line := run.line():
                    yield line
                run = None
            if letter not in _NEWLINES:
                run = run or _Run(base, left, right)
                if len(run.letters) % _SAMPLED == 0 or not run.sizes:
                    run.sizes.append(self._size(place))
                run.letters.append(0x2D if letter in _HYPHENS else letter)
                run.left, run.right = min(run.left, left), max(run.right, right)
        if run and (line := run.line()):
            yield line

    def _box(self, place: int) -> tuple[float, float, float]:
        """Left, right and base of a letter."""
        left, right, low, high = self._doubles
        self._raw.FPDFText_GetCharBox(self._page, place, left, right, low, high)
        edges = left.value, right.value
        self._raw.FPDFText_GetCharOrigin(self._page, place, low, high)
        return *edges, high.value

    def _size(self, place: int) -> float:
        """Of a letter as it is printed, in points; never 0."""
        size = float(self._raw.FPDFText_GetFontSize(self._page, place))
        if self._raw.FPDFText_GetMatrix(self._page, place, self._matrix):
            size *= math.hypot(self._matrix.c, self._matrix.d)
        return max(size, 0.1)


def main() -> int:
    """Prints what there is in the PDF on standard input; returns the exit code."""
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        with closing(PdfDocument(sys.stdin.buffer.read())) as document:
            said = document.get_metadata_dict(skip_empty=True)
            print(json.dumps([len(document), said.get("Title", ""), said.get("Author", "")]), flush=True)
            for number in range(len(document)):
                with closing(document[number]) as page, closing(page.get_textpage()) as words:
                    print(json.dumps([astuple(line) for line in _Letters(words).lines()]), flush=True)
    except PdfiumError as error:
        return PASSWORD if getattr(error, "err_code", None) == PASSWORD else 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
