"""What every command is given: the library that is meant, the reader, and the text behind a name."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING, Unpack

from tui.cli.codes import LIBRARY_VARIABLE

if TYPE_CHECKING:
    from pathlib import Path

    from store.library import Library
    from texts.child.runner import Child
    from texts.load import FindLoaded, LoadHints
    from texts.model import Text
    from tui.settings import Settings


_SLUG_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-")


class Invocation:
    """One call of the program: opens the library when it is first asked for."""

    def __init__(self) -> None:
        self.library_file: str | None = None
        """As `--library` named it; None where the environment or the default decides."""
        self.reader_name: str | None = None
        """As `--reader` named it; None where the settings or the login name decide."""
        self.relating: Child | None = None
        """A child that will relate the two texts of the desk."""
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
    def _exists(self) -> bool:
        return os.path.exists(self._named) if self._named else self.path.exists()

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
        """The reader's settings; what is wrong with them is printed on stderr."""
        from tui.home import settings_file
        from tui.settings import read_settings

        settings, problems = read_settings(settings_file())
        if problems:
            from tui.cli.output import print_error

            for problem in problems:
                print_error(str(problem))
        return settings

    def library(self, *, writing: bool = False) -> Library:
        """The library, open until `close`; raises LibraryError.

        To write, a library that is not there is made. The default library is made for reading too, with the
        articles that come with the program.
        """
        if writing and not self._writing:
            self._close_library()
        if self._library is None:
            from store.library import Library

            if self.is_default and not self._exists:
                self._make_first()
            elif writing:
                _refuse_missing_folder(self.path)
            self._library = Library.open(
                self._named or self.path, create=writing, reader=self.reader if writing else None
            )
            self._writing = writing
            if writing and (since := self._library.lacks_log_since()):
                self._tell_of_missing_log(since)
        return self._library

    def library_if_there(self) -> Library | None:
        """The library as it is for reading; None where there is none, rather than a new one."""
        return self.library() if self.path.exists() else None

    def _tell_of_missing_log(self, since: str) -> None:
        """Says in a line on stderr that the file may lack what was in its log; the command goes on."""
        from store.health import missing_log
        from tui.cli.output import print_error

        print_error(missing_log(self.path, since))

    def relate_ahead(self) -> None:
        """Starts the child that is to relate two texts, where there is no library yet and so no answer in it.

        It loads numpy on another core while this process adds the texts and loads Textual.
        """
        if not self._exists:
            from texts.relate.relate_job import start_child

            self.relating = start_child(ahead=True)

    def ensure_library(self) -> None:
        """Makes the library where there is none, and closes it: what follows opens it by its path.

        That is the desk, which makes the daily copy once it is drawn.
        """
        self._close_library()
        if not self.path.exists():
            if not self.is_default:
                _refuse_missing_folder(self.path)
            self._make_first()

    def _make_first(self) -> None:
        from tui.home import make_first_library

        make_first_library(self.path, self.reader)

    def close(self) -> None:
        """Ends the child that relates, and closes the library if it was opened.

        Makes the daily copy after the first command of a day that wrote. Raises LibraryReplaced where what was written
        would be lost.
        """
        if self.relating is not None:
            self.relating.close()
        if self._close_library():
            _copy_daily(self.path)

    def _close_library(self) -> bool:
        """Closes the library if it was opened; whether the command wrote to it."""
        library, self._library = self._library, None
        if library is None:
            return False
        has_written = self._writing and not library.is_settled
        library.close()
        return has_written

    def meant(self, name: str, *, files: bool) -> str:
        """The slug of the text that a name means; the name itself where it means none, or with `files` a file.

        Raises LibraryError where it could mean several.
        """
        is_path = name == "-" or os.sep in name or (files and os.path.lexists(name))
        if not name or is_path or not (self.is_default or self._exists):
            return name
        from store.text_names import text_meant

        return text_meant(self.library(), name) or name

    def text(self, name: str, *, furniture: bool = True) -> Text:
        """The text of this name in the library, or else the file of this path, read without being added.

        Without furniture every paragraph of a file is part of the article. Raises LibraryError and LoadError.
        """
        if self.is_slug(name):
            return self.library().texts.get(name)
        return read(name, furniture=furniture)

    def add_to_library(self, name: str, *, furniture: bool = True) -> str:
        """The slug of what the name means, a file being added to the library first.

        The desk, which comes next, makes its index once the text is seen.
        """
        if self.is_slug(name):
            return name
        texts = self.library(writing=True).texts
        text, _ = texts.add(read(name, furniture=furniture, known=texts.with_body), index=False)
        return text.slug

    def is_slug(self, name: str) -> bool:
        """Whether the name means a text of the library rather than a file.

        A text of the library goes before a file; what cannot be a slug is a path without asking the library.
        Raises NotFound, with names like it, where it is neither.
        """
        if name in ("", "-") or not _SLUG_LETTERS.issuperset(name):
            return False
        is_file = os.path.lexists(name)
        if is_file and not self.is_default and not self._exists:
            return False
        texts = self.library().texts
        return texts.has(name) or (not is_file and bool(texts.current_version(name)))


def read(name: str, *, known: FindLoaded | None = None, **hints: Unpack[LoadHints]) -> Text:
    """The text in a file, or in standard input for `-`; says on a terminal how far it is.

    `known` gives the text with the body of a digest, if that is at hand already: the file is then not taken apart.
    What was left out, such as comments, is printed on stderr. Raises LoadError.
    """
    from store.sanitize import truncate
    from texts.load import load, load_bytes
    from texts.visible import one_line
    from tui.cli.output import print_status
    from tui.cli.progress import progress

    remarks: list[str] = []
    shown = one_line(truncate(os.path.basename(name)))
    if name == "-":
        from texts.load.files import MOST_BYTES

        shown = "standard input"
        with progress(f"reading {shown}") as told:
            data = read_stdin(MOST_BYTES)
            text = load_bytes(data, name, progress=told, remark=remarks.append, known=known, **hints)
    else:
        with progress(f"reading {shown}") as told:
            text = load(name, progress=told, remark=remarks.append, known=known, **hints)
    for remark in remarks:
        print_status(f"{shown}: {remark}")
    return text


def read_stdin(most: int) -> bytes:
    """Standard input; of what has more than `most` bytes, one more than that."""
    return sys.stdin.buffer.read(most + 1) if sys.stdin is not None else b""


def _copy_daily(path: Path) -> None:
    from store.backups import Backups
    from store.errors import LibraryError

    if sys.stdout is not None:
        sys.stdout.flush()  # what was asked for does not wait for it
    with suppress(LibraryError):  # no room, no right: the command itself is done
        Backups(path).daily()


def _refuse_missing_folder(path: Path) -> None:
    """A folder that is not there is more often a slip of the hand than a wish; the default one is made."""
    if not path.parent.is_dir():
        from store.errors import LibraryError

        raise LibraryError(f"there is no folder {path.parent}: make it, or name another --library")
