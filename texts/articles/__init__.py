"""The texts that come with the program: two articles on one event, and a lesson at the keyboard.

A new library starts with them, so that there is something to read, relate and find on the first start.
"""

from __future__ import annotations

from importlib.resources import files

from texts.load import load_bytes
from texts.model import Text


def articles() -> list[Text]:
    """The editorial and the analysis, in this order: the pair that the desk opens at first."""
    return [
        _shipped("editorial.txt", title="A chance in Baghdad", author="Carmela Zerafa"),
        _shipped("analysis.txt", title="Arm’s length, still", author="Imran Haldane"),
    ]


def tutorial() -> Text:
    """A hundred words that teach the first keys; all of it is article, short as its lines are."""
    return _shipped("tutorial.md", title="Read me with the program", author="", furniture=False)


def _shipped(name: str, *, title: str, author: str, furniture: bool = True) -> Text:
    """One file of this package as a Text, its slug the name without the ending."""
    return load_bytes(
        files(__name__).joinpath(name).read_bytes(),
        name,
        furniture=furniture,
        title=title,
        author=author,
        source=f"written for close-reading-tui, {name}",
        slug=name.partition(".")[0],
    )
