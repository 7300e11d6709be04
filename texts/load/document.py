"""What every reader of a format takes and hands back, and the one error that any of them raises."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from dataclasses import dataclass

UTF_16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
"""How a file in UTF-16 begins, where it says so."""

CountCallback = Callable[[int, int], None]
"""Called with how much is done, and of how much; only by readers that can take seconds."""

CancelCheck = Callable[[], bool]
"""Says whether the text is no longer wanted."""

Remark = Callable[[str], None]
"""Called with what a reader should know of the reading, in one line."""


class LoadError(Exception):
    """A file cannot become a text. The message is one harmless line: what is wrong and what to do."""


@dataclass(frozen=True, slots=True)
class File:
    """A file's bytes, and what was asked for with them."""

    data: bytes
    name: str
    """Harmless and on one line: for messages."""
    encoding: str | None = None
    """The encoding that was asked for; None to have it found."""
    furniture: bool = True
    """Whether page chrome may be left out; False keeps every paragraph."""
    progress: CountCallback | None = None
    reading: str = "regularised"
    """Which of two readings of an edition is taken: `regularised` (and corrected, and expanded) or `original`."""


READINGS = ("regularised", "original")
"""What a file can be asked for of an edition that has both; the first is the default."""


@dataclass(frozen=True, slots=True)
class Document:
    """A file's words, and what the file itself says about them."""

    body: str
    """As `decode.body_of` makes it: newlines `\\n`, NFC, nothing harmful or invisible."""
    title: str = ""
    """Empty where the format has no place for it."""
    author: str = ""
    source: str = ""
    """Where the file says that it comes from, such as a page's canonical address."""
    remarks: tuple[str, ...] = ()
    """What a reader should know of the reading: what was left out. Each is harmless, on one line."""


def need(package: str, extra: str, formats: str) -> LoadError:
    """The error for a package that an extra would bring: one line that says how to install it."""
    return LoadError(
        f"reading {formats} wants one more package, {package}: pip install 'close-reading-tui[{extra}]'"
    )


def comments_left_out(count: int) -> tuple[str, ...]:
    """The remark that so many comments of others were left out; none for none."""
    if not count:
        return ()
    these, them, highlights = (
        ("comments", "them", "highlights with notes")
        if count > 1
        else ("comment", "it", "a highlight with a note")
    )
    return (f"{count:,} {these} left out: `tui import` takes {them} as {highlights}",)
