"""What every command is given: the library that is meant, the reader, and the text behind a name."""

from __future__ import annotations

import os
import sys
from functools import cached_property
from typing import TYPE_CHECKING, TypedDict, Unpack

from tui.cli.codes import LIBRARY_VARIABLE

if TYPE_CHECKING:
    from pathlib import Path

    from store.library import Library
    from texts.model import Text
    from tui.settings import Settings

    class Given(TypedDict, total=False):
        """What a reader can say about a file."""

        encoding: str | None
        furniture: bool
        title: str | None
        author: str | None
        source: str | None
        slug: str | None


_SLUG_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-")


class Invocation:
    """One call of the program: opens the library when it is first asked for."""

    def __init__(self) -> None:
        self.library_file: str | None = None
        """As `--library` named it; None where the environment or the default decides."""
        self.reader_name: str | None = None
        """As `--reader` named it; None where the settings or the login name decide."""
        self._library: Library | None = None
        self._writing = False

    @property
    def path(self) -> Path:
        """The library's file."""
        from pathlib import Path

        if self._named:
            return Path(self._named)
        from tui.home import default_library

        return default_library()

    @property
    def is_default(self) -> bool:
        """Whether nobody named a library."""
        return not self._named

    @property
    def _named(self) -> str | None:
        return self.library_file or os.environ.get(LIBRARY_VARIABLE)

    @property
    def reader(self) -> str:
        """The name that highlights, notes and links will carry."""
        return self.reader_name or self.settings.reader

    @cached_property
    def settings(self) -> Settings:
        """The reader's settings; what is wrong with them is told on stderr."""
        from tui.cli.run import complain
        from tui.home import settings_file
        from tui.settings import read_settings

        settings, problems = read_settings(settings_file())
        for problem in problems:
            complain(str(problem))
        return settings

    def library(self, *, writing: bool = False) -> Library:
        """The library, open until `close`; raises LibraryError.

        To write, a library that is not there is made. The default library is made for reading too, with the
        articles that come with the program.
        """
        if writing and not self._writing:
            self.close()
        if self._library is None:
            from store.library import Library

            if self.is_default and not self.path.exists():
                self._make_first()
            elif writing:
                _refuse_missing_folder(self.path)
            self._library = Library.open(
                self._named or self.path, create=writing, reader=self.reader if writing else None
            )
            self._writing = writing
        return self._library

    def settle(self) -> None:
        """Makes sure that there is a library, and lets go of it: what follows opens it by its path."""
        self.close()
        if not self.path.exists():
            if not self.is_default:
                _refuse_missing_folder(self.path)
            self._make_first()

    def _make_first(self) -> None:
        from tui.home import make_first_library

        make_first_library(self.path, self.reader)

    def close(self) -> None:
        """Closes the library if it was opened."""
        library, self._library = self._library, None
        if library is not None:
            library.close()

    def text(self, name: str, *, furniture: bool = True) -> Text:
        """The text of this name in the library, or else the file of this path, read without being added.

        Without furniture every paragraph of a file is part of the article. Raises LibraryError and LoadError.
        """
        if self.is_slug(name):
            return self.library().shelf.get(name)
        return read(name, furniture=furniture)

    def shelve(self, name: str, *, furniture: bool = True) -> str:
        """The slug of what the name means, a file being added to the library first."""
        if self.is_slug(name):
            return name
        text, _ = self.library(writing=True).shelf.add(read(name, furniture=furniture))
        return text.slug

    def is_slug(self, name: str) -> bool:
        """Whether the name means a text of the library rather than a file.

        A text of the library goes before a file; what cannot be a slug is a path without asking the library.
        Raises NotFound, with names like it, where it is neither.
        """
        if not name or not _SLUG_LETTERS.issuperset(name):
            return False
        is_file = os.path.lexists(name)
        if is_file and not self.is_default and not self.path.exists():
            return False
        shelf = self.library().shelf
        return shelf.has(name) or (not is_file and bool(shelf.edition(name)))


def read(name: str, **given: Unpack[Given]) -> Text:
    """The text in a file, or in standard input for `-`; says on a terminal how far it is. Raises LoadError."""
    from store.tidy import clipped
    from texts.load import load, load_bytes
    from texts.visible import one_line
    from tui.cli.progress import progress

    if name == "-":
        from texts.load.files import MOST_BYTES

        with progress("reading standard input") as told:
            return load_bytes(read_stdin(MOST_BYTES), name, progress=told, **given)
    with progress(f"reading {one_line(clipped(os.path.basename(name)))}") as told:
        return load(name, progress=told, **given)


def read_stdin(most: int) -> bytes:
    """Standard input; of what has more than `most` bytes, one more than that."""
    return sys.stdin.buffer.read(most + 1) if sys.stdin is not None else b""


def _refuse_missing_folder(path: Path) -> None:
    """A folder that is not there is more often a slip of the hand than a wish; the default one is made."""
    if not path.parent.is_dir():
        from store.errors import LibraryError

        raise LibraryError(f"there is no folder {path.parent}: make it, or name another --library.")
