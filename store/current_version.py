"""The version of a text that is read now."""

from __future__ import annotations

from typing import NamedTuple

from texts.short_titles import short_title


class CurrentVersion(NamedTuple):
    """A version of a text as the tables know it."""

    text_id: int
    slug: str
    title: str
    author: str
    source: str
    added: str
    version_id: int
    body_id: int
    sha256: str
    """Of the body."""
    furniture: bool
    """Whether page chrome is left out at all."""
    language: str = ""
    """Its language as a reader has set it; empty where none has."""

    @property
    def name(self) -> str:
        """What messages and the journal call the text: its title in few words, or its slug where it has none."""
        return short_title(self.title) or self.slug
