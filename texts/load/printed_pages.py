"""The pages of a plain text that a program has parted by form feeds, as one text: without running heads and numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from texts.load.layout import running_key, running_keys
from texts.prose import ends_sentence

_FEWEST_PAGES = 3
_GOING_ON = 1 / 3
"""Share of the pages at least that end inside a paragraph."""
_FULL = 0.85
"""Share of the widest line of a page that a line has at least which the next one goes on."""


class PrintedPages:
    """Joins pages, and knows how many lines it left out."""

    def __init__(self) -> None:
        self._gone = 0

    def joined(self, string: str) -> str:
        """A text without what runs along its pages, a paragraph that goes on over two of them in one piece.

        Nothing is left out where there are fewer than `_FEWEST_PAGES`, or where most pages end with a sentence: they
        may be chapters or poems, whose titles are alike but for a number.
        """
        pages = [page for page in map(_lines, string.split("\f")) if page]
        if len(pages) < 2:  # there is no edge between them
            return string
        kept = self._without_running(pages)
        pieces = ["\n".join(kept[0])]
        for page, following in pairwise(kept):
            pieces += ("\n" if _goes_on(page, following[0]) else "\n\n", "\n".join(following))
        return "".join(pieces)

    def _without_running(self, pages: list[list[str]]) -> list[list[str]]:
        running = running_keys([[page[place] for place in _edges(page)] for page in pages])
        kept = [left for page in pages if (left := _without(page, running))]
        goes_on = sum(_goes_on(page, following[0]) for page, following in pairwise(kept))
        if len(kept) < _FEWEST_PAGES or goes_on < _GOING_ON * len(kept):
            return pages
        self._gone = sum(map(_filled, pages)) - sum(map(_filled, kept))
        return kept

    def remarks(self) -> Iterator[str]:
        """That lines were left out, if any were."""
        if self._gone:
            yield (
                f"{self._gone:,} lines at the edges of pages left out, running heads and numbers"
                " (--no-furniture keeps them)"
            )


def _lines(page: str) -> list[str]:
    """The lines of a page from its first with words to its last."""
    lines = page.split("\n")
    filled = [place for place, line in enumerate(lines) if line.strip()]
    return lines[filled[0] : filled[-1] + 1] if filled else []


def _filled(page: Sequence[str]) -> int:
    return sum(bool(line.strip()) for line in page)


def _edges(page: Sequence[str]) -> list[int]:
    """The places of the first and the last line, where they have a number or a blank line parts them from the rest."""
    beside = {0: page[1:2], len(page) - 1: page[-2:-1]}
    return [
        place
        for place, others in beside.items()
        if any(map(str.isdigit, page[place])) or not others or not others[0].strip()
    ]


def _without(page: Sequence[str], running: set[str]) -> list[str]:
    """The lines of a page but those at its edges that run along."""
    gone = [place for place in _edges(page) if running_key(page[place]) in running]
    return _lines("\n".join(line for place, line in enumerate(page) if place not in gone))


def _goes_on(page: Sequence[str], following: str) -> bool:
    """Whether the paragraph at the end of a page goes on at the head of the next one."""
    last = page[-1].rstrip()
    if ends_sentence(last):
        return False
    return following.lstrip()[:1].islower() or last.endswith("-") or _ends_full(page)


def _ends_full(page: Sequence[str]) -> bool:
    """Whether the last line of a page is as full as others; where none is, it may be the title of a book."""
    widths = [len(line.rstrip()) for line in page]
    full = _FULL * max(widths)
    return widths[-1] >= full and sum(width >= full for width in widths) > 1
