"""What every reader of a format takes and hands back, and the one error that any of them raises."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

Progress = Callable[[int, int], None]
"""Told how much is done, and of how much; only by readers that can take seconds."""


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
    """Whether page chrome may be told from the article; False keeps every paragraph."""
    progress: Progress | None = None


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


def need(package: str, extra: str, formats: str) -> LoadError:
    """The error for a package that an extra would bring: one line that says how to install it."""
    return LoadError(
        f"reading {formats} wants one more package, {package}: pip install 'close-reading-tui[{extra}]'"
    )
