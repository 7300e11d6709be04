"""Where the program keeps what belongs to a user: the default library and the settings."""

from __future__ import annotations

from pathlib import Path

PROGRAM = "close-reading-tui"


def default_library() -> Path:
    """The library that is used where none is named: one file in the user's data folder."""
    from platformdirs import user_data_path

    return user_data_path(PROGRAM, appauthor=False) / "library.db"


def settings_file() -> Path:
    """The user's `settings.toml`, whether or not it is there."""
    from platformdirs import user_config_path

    return user_config_path(PROGRAM, appauthor=False) / "settings.toml"


def make_first_library(path: Path, reader: str) -> None:
    """Makes a library with the two articles in it, and its folder, open to its owner only.

    Several programs may do so at once: the same article twice is one text. Raises LibraryError.
    """
    from store.library import Library
    from store.text_names import FIRST_PAIR
    from texts.articles import articles

    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    library = Library.open(path, reader=reader)
    try:
        library.ui_state.put(FIRST_PAIR, [library.texts.add(article)[0].slug for article in articles()])
    finally:
        library.close()
