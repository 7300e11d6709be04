"""The words of documents and notes that other programs keep as HTML, and places in them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from html.parser import HTMLParser

from texts.lazy_pattern import lazy_pattern

_BLOCKS = lazy_pattern(
    "address|article|aside|blockquote|body|d[dlt]|div|fig(caption|ure)|footer|h[1-6r]|header|li|main|nav|[ou]l|p|pre|"
    "section|table|t(body|d|foot|h|head|r)"
)
"""Elements that are paragraphs, or hold some."""


class Points:
    """Finds the code point of a flattened document at which so many bytes of its words have gone by."""

    def __init__(self, pieces: Iterable[tuple[int, int, str]]) -> None:
        """`pieces` are words of the document: where they start in bytes, where in the flattened string, and they."""
        self._pieces = list(pieces)
        self._starts = [start for start, _, _ in self._pieces]

    def point(self, offset: int, *, ends: bool = False) -> int:
        """A place in the flattened string; one inside a character is at its start.

        With `ends` something ends there: between two pieces that is the end of the first.
        """
        k = (bisect_left if ends else bisect_right)(self._starts, offset) - 1
        if k < 0:
            return 0
        start, there, said = self._pieces[k]
        return there + len(said.encode()[: offset - start].decode(errors="ignore"))


def flattened(html: str) -> tuple[str, Points]:
    """The words of a document, a blank line between paragraphs, and what finds places in them by bytes."""
    flattening = _Flattening()
    flattening.feed(html)
    flattening.close()
    return "".join(flattening.string), Points(flattening.pieces)


class _Flattening(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.string: list[str] = []
        self.pieces: list[tuple[int, int, str]] = []
        self._bytes = self._length = 0
        self._pending = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._break(tag)

    def handle_endtag(self, tag: str) -> None:
        self._break(tag)

    def _break(self, tag: str) -> None:
        if _BLOCKS.fullmatch(tag):
            self._pending = "\n\n"
        elif tag == "br" and not self._pending:
            self._pending = "\n"

    def handle_data(self, data: str) -> None:
        if data.strip() or not self._pending:
            if self._pending and self.string:
                self._put(self._pending)
            self._pending = ""
            self.pieces.append((self._bytes, self._length, data))
            self._put(data)
        else:  # what only keeps paragraphs apart
            self.pieces.append((self._bytes, self._length, ""))
        self._bytes += len(data.encode(errors="surrogatepass"))

    def _put(self, said: str) -> None:
        self.string.append(said)
        self._length += len(said)
