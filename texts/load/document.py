"""What every reader of a format hands back, and the one error that any of them raises."""

from __future__ import annotations

from dataclasses import dataclass


class LoadError(Exception):
    """A file cannot become a text. The message is one harmless line: what is wrong and what to do."""


@dataclass(frozen=True, slots=True)
class Document:
    """A file's words, and what the file itself says about them."""

    body: str
    """As `decode.body_of` makes it: newlines `\\n`, NFC, nothing harmful or invisible."""
    title: str = ""
    """Empty where the format has no place for it."""
    author: str = ""
