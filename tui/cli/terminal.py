"""The terminal that stdout may be: whether it is one, its colours and its width, and how wide words are."""

from __future__ import annotations

import os
import sys

NARROW = dict.fromkeys((*range(0xC0, 0x250), *map(ord, "‘’“”–—…·«»¶§")))
"""Letters of Latin beyond ASCII, and signs that stand in most texts, as `str.translate` takes them out."""

_SGR = {"bold": "1", "dim": "2", "underline": "4", "red": "31", "green": "32", "yellow": "33", "cyan": "36"}


def is_terminal() -> bool:
    """Whether somebody reads stdout on a screen."""
    return sys.stdout is not None and sys.stdout.isatty()


def has_reader() -> bool:
    """Whether somebody can be asked: stdin and stderr are a terminal."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr))


def confirm(question: str) -> bool:
    """Asks on stderr; whether the answer is yes. Anything but `y` and `yes` is no."""
    sys.stdout.flush()
    sys.stderr.write(f"{question} [y/N] ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().casefold() in ("y", "yes")


def has_colour() -> bool:
    """Whether stdout may be coloured: a terminal, not a dumb one, and no NO_COLOR (no-color.org)."""
    return is_terminal() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def paint(words: str, *styles: str) -> str:
    """The words, harmless already, in styles: bold, dim, underline, red, green, yellow, cyan."""
    if not words or not has_colour():
        return words
    return f"\x1b[{';'.join(_SGR[style] for style in styles)}m{words}\x1b[0m"


def width() -> int:
    """Columns of the terminal; 80 where it does not say."""
    columns = os.environ.get("COLUMNS", "")
    if columns.isdecimal() and int(columns):
        return int(columns)
    try:
        return os.get_terminal_size(sys.__stdout__.fileno()).columns or 80 if sys.__stdout__ else 80
    except (OSError, ValueError):
        return 80


def cells(words: str) -> int:
    """How many columns the words take, counted as at the desk."""
    if _is_narrow(words):
        return len(words)
    from tui.view.cells import cells_of

    return cells_of(words)


def cut(words: str, columns: int) -> str:
    """The words cut to so many columns, with … for what is gone."""
    if cells(words) <= columns:
        return words
    if _is_narrow(words):
        return f"{words[: columns - 1]}…" if columns > 0 else ""
    from tui.view.cells import cut as cut_cells

    return cut_cells(words, columns)


def cut_start(words: str, columns: int) -> str:
    """The words without their start, in so many columns, with … for what is gone."""
    if cells(words) <= columns:
        return words
    if _is_narrow(words):
        return f"…{words[len(words) - columns + 1 :]}" if columns > 0 else ""
    from tui.view.cells import cut_start as cut_start_cells

    return cut_start_cells(words, columns)


def _is_narrow(words: str) -> bool:
    """Whether each character takes one column for certain, as in most texts: nothing need be looked up then."""
    return words.isascii() or words.translate(NARROW).isascii()


def pad(words: str, columns: int) -> str:
    """The words filled up with blanks to so many columns."""
    return words + " " * (columns - cells(words))


def pad_left(words: str, columns: int) -> str:
    """The words with blanks before them, so that they end at so many columns."""
    return " " * (columns - cells(words)) + words
