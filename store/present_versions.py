"""Which version of a text is the present one, and which texts are named like a name that is none."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from store.connection import Connection
from store.errors import NotFound
from store.sanitize import truncate

if TYPE_CHECKING:
    from store.records import CurrentVersion

_TITLES_ASKED = 2_000
"""Titles that a name which is none is held against: in a larger library only slugs are."""


class Present(NamedTuple):
    """A text in its present version, as far as a search knows it before it is looked into."""

    title: str
    version_id: int
    body_id: int


def current_version(connection: Connection, slug: str) -> CurrentVersion:
    """The present version of a text; raises NotFound with names like it."""
    row = connection.row(f"{_SELECT_CURRENT} WHERE slug = ?", slug)
    if row is None:
        raise not_found(connection, slug)
    from store.records import CurrentVersion  # a search asks for none, and there are many records

    *columns, furniture, language = row
    return CurrentVersion._make((*columns, bool(furniture), language))


def not_found(connection: Connection, slug: str) -> NotFound:
    """What to raise where there is no text of this name."""
    return NotFound(f"there is no text “{truncate(slug)}” in {connection.path}{_like(connection, slug)}")


def slugs(connection: Connection) -> list[str]:
    """The names of all texts, sorted."""
    return [slug for (slug,) in connection.rows("SELECT slug FROM text ORDER BY slug")]


def _like(connection: Connection, slug: str) -> str:
    from difflib import get_close_matches

    wanted = slug[:200].casefold()
    names = {slug: slug for slug in slugs(connection)}
    named = connection.rows("SELECT title, slug FROM text WHERE title <> '' LIMIT ?", _TITLES_ASKED)
    close = [names[name] for name in get_close_matches(wanted, names, n=3, cutoff=0.5)]
    if not close:
        titles = {title.casefold(): slug for title, slug in named}
        close = [titles[title] for title in get_close_matches(wanted, titles, n=3, cutoff=0.5)]
    return f"; did you mean {' or '.join(close)}?" if close else "; `tui texts` lists what there is"


_SELECT_CURRENT = """
    SELECT text_id, slug, title, author, source, added, version_id, body_id, coalesce(body.sha256, ''), furniture,
        language
    FROM present LEFT JOIN body ON body.id = body_id"""
