"""Ids by which highlights, links and notes are known outside their library."""

from __future__ import annotations


def new_uid() -> str:
    """A random UUID (version 4) as text."""
    from uuid import uuid4  # which loads `platform` and its expressions, and most commands make no id

    return str(uuid4())
