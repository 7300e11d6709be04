"""A text of a corpus: what is known of it beside its words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from texts.model import Text


class CorpusText(NamedTuple):
    """What a corpus knows of a text beside its words."""

    name: str
    """What it is called in the corpus, where no two have one name: its id, or the path of its file."""
    title: str = ""
    author: str = ""
    date: str = ""
    """As the source has it: a year, a day as ISO 8601, or words."""
    source: str = ""
    """Where it comes from: an address, a citation, a file."""
    series: str = ""
    """What it is one of: a newspaper, an edition."""
    path: str = ""
    """The file that it was read from."""
    language: str = ""
    """The code of its language."""


class IncomingText(NamedTuple):
    """A text on its way into a corpus."""

    known: CorpusText
    text: Text
