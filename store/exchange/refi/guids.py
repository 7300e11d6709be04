"""GUIDs that are the same in every export of the same things."""

from __future__ import annotations

from functools import lru_cache

from store.exchange.foreign import derived

STAR = derived("refi", "star")
"""Of the code that stands for a reader's star."""


@lru_cache(1 << 12)
def of_reader(name: str) -> str:
    """Of a user."""
    return derived("refi", "reader", name)


@lru_cache(1 << 12)
def of_code(path: str) -> str:
    """Of a tag, or of a path that leads to tags."""
    return derived("refi", "code", path)


def of_source(slug: str, sha256: str) -> str:
    """Of one version of a text."""
    return derived("refi", "source", slug, sha256)


@lru_cache(1 << 12)
def of_variable(name: str) -> str:
    """Of what we say of a text and the standard has no word for."""
    return derived("refi", "variable", name)


def of_part(highlight: str, number: int) -> str:
    """Of the selection for a further part of a highlight with gaps; the first, 0, is the highlight itself."""
    return highlight if number == 0 else derived("refi", "part", highlight, str(number))


def of_coding(selection: str, code: str) -> str:
    """Of a code on a selection, both by GUID."""
    return derived("refi", "coding", selection, code)


def of_note(owner: str) -> str:
    """Of the note that a highlight or a link carries."""
    return derived("refi", "note", owner)
