"""Where the program keeps what belongs to a user: the default library and the settings."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.library import Library

PROGRAM = "close-reading-tui"

PAIR = "desk.pair"
"""Where a library keeps the slugs of the two texts that are open side by side."""


def default_library() -> Path:
    """The library that is used where none is named: one file in the user's data folder."""
    from platformdirs import user_data_path

    return user_data_path(PROGRAM, appauthor=False) / "library.db"


def settings_file() -> Path:
    """The user's `settings.toml`, whether or not it is there."""
    from platformdirs import user_config_path

    return user_config_path(PROGRAM, appauthor=False) / "settings.toml"


def last_pair(library: Library) -> tuple[str, str] | None:
    """Slugs of the two texts that the desk showed last; None where it showed fewer."""
    left, right = pair_among([shelved.slug for shelved in library.shelf.list()], library.places.get(PAIR))
    return (left, right) if right else None


def pair_among(known: Sequence[str], kept: object) -> tuple[str, str]:
    """The pair that was kept, as far as the library knows its texts; at first, the first two that it knows.

    The second slug is empty where one text was open alone, or where there is only one; then the first may be too.
    """
    open_last = [slug for slug in kept if slug in known] if isinstance(kept, list) else []
    slugs: Sequence[str] = open_last or known
    left, right, *_ = *slugs, "", ""
    return left, right


def make_first_library(path: Path, reader: str) -> None:
    """Makes a library with the two articles in it, and its folder, open to its owner only.

    Several programs may do so at once: the same article twice is one text. Raises LibraryError.
    """
    from store.library import Library
    from texts.articles import articles

    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    library = Library.open(path, reader=reader)
    try:
        added = [library.shelf.add(article)[0].slug for article in articles()]
        if library.places.get(PAIR) is None:
            library.places.put(PAIR, added)
    finally:
        library.close()
