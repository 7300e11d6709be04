"""PDF: the words of its pages, read by PDFium (extra `pdf`), made into paragraphs."""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from statistics import median
from types import TracebackType
from typing import TYPE_CHECKING

from texts.load.blocks import body_of_blocks
from texts.load.document import Document, File, LoadError
from texts.load.layout import LayoutLine
from texts.load.reflow import paragraphs

if TYPE_CHECKING:
    from pypdfium2 import PdfTextPage

_PASSWORD = 4
"""PDFium's code where a password is wanted."""

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

    def line(self) -> LayoutLine | None:
        """The line that the letters make; None where they are only white space."""
        units = b"".join(letter.to_bytes(2, "little") for letter in self.letters if letter <= 0xFFFF)
        words = " ".join(units.decode("utf-16-le", "replace").translate(_LIGATURES).split())
        if not words:
            return None
        size = median(self.sizes)
        bottom = self.base - _BELOW * size
        return LayoutLine(words, self.left, self.right, bottom, bottom + size, size)

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

    def lines(self) -> Iterator[LayoutLine]:
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


class Pages:
    """The pages of a PDF; a context manager. Raises LoadError where PDFium cannot read them."""

    def __init__(self, data: bytes, name: str) -> None:
        """`name` is for messages."""
        from pypdfium2 import PdfDocument, PdfiumError

        self._name = name
        self._error = PdfiumError
        try:
            self._document = PdfDocument(data)
        except PdfiumError as error:
            if getattr(error, "err_code", None) == _PASSWORD:
                raise LoadError(f"{name} is locked with a password: save it without one") from error
            raise self._damaged() from error
        said = self._document.get_metadata_dict(skip_empty=True)
        self.title: str = said.get("Title", "")
        self.author: str = said.get("Author", "")

    def __enter__(self) -> Pages:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._document.close()

    def __len__(self) -> int:
        return len(self._document)

    def lines(self, number: int) -> list[LayoutLine]:
        """The lines of a page, counted from 0, as they come in the file."""
        try:
            with closing(self._document[number]) as page, closing(page.get_textpage()) as words:
                return list(_Letters(words).lines())
        except self._error as error:
            raise self._damaged() from error

    def _damaged(self) -> LoadError:
        return LoadError(f"{self._name} is damaged: get it, or save it, once more")


MOST_PAGES = 5_000
MOST_LETTERS = 20_000_000

_MADE_BY_MACHINES = ("microsoft word", "untitled")
_ENDINGS = (".doc", ".docx", ".pdf", ".indd", ".tex", ".dvi")
_NO_TEXT = 10  # letters on a page: fewer are a stamp on a picture


def read(file: File) -> Document:
    """The document in a PDF; raises LoadError."""
    if not file.data.startswith(b"%PDF-"):
        raise LoadError(f"{file.name} is no PDF, whatever its name says")
    with Pages(file.data, file.name) as found:
        if len(found) > MOST_PAGES:
            raise LoadError(f"{file.name} has {len(found):,} pages, more than a text may have: split it")
        pages: list[list[LayoutLine]] = []
        letters = 0
        for number in range(len(found)):
            if file.progress:
                file.progress(number, len(found))
            pages.append(found.lines(number))
            letters += sum(len(line.words) for line in pages[-1])
            if letters > MOST_LETTERS:
                raise LoadError(f"{file.name} holds far more than a text does: it is not read")
        title, author = found.title, found.author
    if letters < _NO_TEXT * max(len(pages), 1):
        raise LoadError(f"{file.name} holds pictures of pages and no words: run it through OCR first")
    body = body_of_blocks(paragraphs(pages, furniture=file.furniture), file.name)
    return Document(body, _title(title), author)


def _title(said: str) -> str:
    """The title that a file carries, unless it is only what a program called the file."""
    made = said.lower().startswith(_MADE_BY_MACHINES) or said.lower().endswith(_ENDINGS)
    return "" if made else said
