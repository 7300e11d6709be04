"""Which text is meant: by a name that only begins it, and where none is named at all.

A library begins with two articles and a lesson, so that there is something to read. Once it has texts of the reader's
own, those step aside: they are neither searched, listed nor exported, unless they are open, named, or worked on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from store.errors import LibraryError
from store.sanitize import one_line

if TYPE_CHECKING:
    from store.library import Library
    from store.records import TextSummary

PAIR = "desk.pair"
"""Where a library keeps the slugs of the two texts that are open side by side."""

FIRST_PAIR = "desk.first pair"
"""Where a new library keeps the slugs of the articles that come with it, in their order."""

SHIPPED = "written for close-reading-tui, "
"""How the source of a text begins that comes with the program."""

EARLIER = "@"
"""Stands between slug and number in the slug of an earlier version, where no text of a library can have it."""

_NAMED = 5
"""Texts that are named where a name could mean several."""


class AmbiguousName(LibraryError):  # noqa: N818  # as NotFound
    """A name that begins several texts."""


def text_meant(library: Library, name: str) -> str | None:
    """The slug of the only text that a name means; None where it means none.

    A slug goes before what begins one, that before what begins a title or a word of it. Raises AmbiguousName.
    """
    if library.texts.has(name):
        return name
    wanted = one_line(name).casefold()
    if not wanted:
        return None
    rows = library.connection.rows("SELECT slug, title FROM text ORDER BY slug")
    texts: list[tuple[str, str]] = [(slug, one_line(title).casefold()) for slug, title in rows]
    ways: tuple[Callable[[str, str], bool], ...] = (
        lambda slug, title: title == wanted,
        lambda slug, title: slug.startswith(wanted) or title.startswith(wanted),
        lambda slug, title: f"-{wanted}" in slug or f" {wanted}" in title,
    )
    for meant in ways:
        found = [slug for slug, title in texts if meant(slug, title)]
        if len(found) > 1:
            named = ", ".join(found[:_NAMED]) + (" …" if len(found) > _NAMED else "")
            raise AmbiguousName(f"“{name}” could be {len(found)} texts: {named}; write more of its name")
        if found:
            return found[0]
    return None


def aside(library: Library) -> frozenset[str]:
    """Slugs of the texts that came with the program and step aside: see above."""
    rows = library.connection.rows(
        """SELECT slug FROM text WHERE substr(source, 1, ?) = ?
            AND NOT EXISTS (SELECT 1 FROM highlight WHERE text_id = text.id)
            AND NOT EXISTS (SELECT 1 FROM note WHERE text_id = text.id)""",
        len(SHIPPED),
        SHIPPED,
    )
    shipped = {slug for (slug,) in rows}
    if not shipped or not library.connection.value(
        "SELECT EXISTS (SELECT 1 FROM text WHERE substr(source, 1, ?) <> ?)", len(SHIPPED), SHIPPED
    ):
        return frozenset()
    kept = library.ui_state.get(PAIR)
    return frozenset(shipped.difference(kept if isinstance(kept, list) else ()))


def slugs_in_use(library: Library) -> list[str]:
    """Slugs of the texts that are meant where none is named, sorted."""
    without = aside(library)
    return [slug for slug in library.texts.slugs() if slug not in without]


def texts_in_use(library: Library) -> list[TextSummary]:
    """The texts that are meant where none is named, by slug."""
    without = aside(library)
    return [text for text in library.texts.list() if text.slug not in without]


def last_pair(library: Library) -> tuple[str, str] | None:
    """Slugs of the two texts that the desk showed last; None where it showed fewer."""
    left, right = pair_to_open(library, library.ui_state.get(PAIR))
    return (left, right) if right else None


def pair_to_open(library: Library, kept: object) -> tuple[str, str]:
    """The pair that was kept, as far as the library has its texts; at first the articles that came with it, or texts of
    the reader's own.

    The second slug is empty where one text was open alone, or where there is only one; then the first may be too.
    """
    known = library.texts.slugs()
    slugs: Sequence[str] = _known(kept, known)
    if not slugs:
        without = aside(library)
        in_use = [slug for slug in known if slug not in without]
        slugs = _known(library.ui_state.get(FIRST_PAIR), in_use) or in_use
    left, right, *_ = *slugs, "", ""
    return left, right


def _known(kept: object, known: Sequence[str]) -> list[str]:
    return [slug for slug in kept if slug in known] if isinstance(kept, list) else []
