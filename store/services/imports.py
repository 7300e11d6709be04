"""Putting a record into a library: from a file of any format that can be read, or from another library."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, TypeVar

from store.errors import LibraryError
from store.exchange import FORMATS, format_in
from store.sanitize import pluralize
from texts.visible import one_line

if TYPE_CHECKING:
    from typing import Unpack

    from store.exchange.archive import Archive, HighlightEntry, NoteEntry
    from store.exchange.snapshot import CountCallback
    from store.library import Library
    from store.merge import MergeReport, Resolve

Entry = TypeVar("Entry", "HighlightEntry", "NoteEntry")

LIBRARY = "library"
"""The format of another library."""

MOST_BYTES = 500_000_000
"""Of a file that is no library."""

_SQLITE = b"SQLite format 3\0"

TAGUETTE = "taguette-project"
"""The format of a database of Taguette."""

DATABASES = (TAGUETTE, LIBRARY)
"""The formats that are read from a file only, not from bytes."""

READABLE = (*(name for name, entry in FORMATS.items() if entry.reads), *DATABASES)
"""Names of the formats that can be read."""


class ImportOptions(TypedDict, total=False):
    """How an archive is put in."""

    text: str | None
    """Slug of the text that a file is about, where the file itself does not carry it."""
    dry_run: bool
    """Only says what would become of it."""
    resolve: Resolve | None
    """What becomes of what both have changed."""
    progress: CountCallback | None
    """Called with how many highlights have been read from another library, and then with how many are written."""


def import_file(
    library: Library, path: Path, *, format: str | None = None, **options: Unpack[ImportOptions]
) -> MergeReport:
    """Merges a file into the library; its ending and its first bytes say the format if nothing else does.

    Raises LibraryError, naming the file and what is wrong.
    """
    kind = format or _kind_of_database(library, path)
    if kind == TAGUETTE:
        from store.exchange.taguette_project import read_file

        with _named(path.name):
            archive = read_file(path)
        return _merged(library, archive, path.name, options)
    if kind == LIBRARY:
        archive = _gathered(path, options.get("progress"))
        return _merged(library, archive, path.name, options)
    if _is_itself(library, path):
        raise LibraryError(f"{one_line(path.name)} is the library itself, and no file of format {format}")
    return import_bytes(library, _read(path), path.name, format=format, **options)


def import_bytes(
    library: Library, data: bytes, name: str, *, format: str | None = None, **options: Unpack[ImportOptions]
) -> MergeReport:
    """Merges the bytes of a file of that name; otherwise as `import_file`."""
    if len(data) > MOST_BYTES:
        raise LibraryError(f"{one_line(name)} is too large: {MOST_BYTES // 10**6} MB are the most")
    entry = FORMATS[format or format_in(name, data)]
    if not entry.reads:
        raise LibraryError(f"{format} is only written: it cannot be read back")
    from store.exchange import isolated

    with _named(name):
        archive = isolated.read_isolated(entry.module, data, name)
    return _merged(library, archive, name, options)


def summary(merged: MergeReport, *, dry_run: bool = False) -> str:
    """What a merge did, or would do, in one line: `12 highlights and 3 links added; 4 were there already`."""
    counts = [
        pluralize(number, *nouns) for field, nouns in _NOUNS.items() if (number := getattr(merged, field))
    ]
    would = "would be " if dry_run else ""
    told = []
    if counts:
        lost = f", {merged.orphans} of the highlights without a place" if merged.orphans else ""
        told.append(f"{_listed(counts)} {would}added{lost}")
    if merged.filled:
        empty = pluralize(merged.filled, "empty description or note", "empty descriptions or notes")
        told.append(f"{empty} {would}filled in")
    if merged.updated:
        told.append(f"{merged.updated} {would}updated")
    if merged.settled:
        told.append(f"{merged.settled} {would}settled as yours")
    if not told:
        told.append("nothing new")
    if merged.there:
        told.append(f"{merged.there} there already")
    return "; ".join(told)


_NOUNS = {
    "texts": ("text",),
    "versions": ("version",),
    "tags": ("tag",),
    "highlights": ("highlight",),
    "links": ("link",),
    "notes": ("note",),
    "dismissed": ("dismissed suggestion",),
    "names": ("word on names", "words on names"),
    "furniture": ("word on furniture", "words on furniture"),
}
"""Of what is added, by field: in singular, and in plural where that takes no -s."""


def _listed(words: list[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def _merged(library: Library, archive: Archive, name: str, options: ImportOptions) -> MergeReport:
    from store.exchange.snapshot import no_progress
    from store.merge import Resolve, merge

    text = options.get("text")
    with _named(name):
        return merge(
            library,
            archive if text is None else _about(library, archive, text),
            dry_run=options.get("dry_run", False),
            source=name,
            resolve=options.get("resolve") or Resolve.TELL,
            progress=options.get("progress") or no_progress,
        )


def _about(library: Library, archive: Archive, slug: str) -> Archive:
    """An archive in which all that is on texts that it does not carry is on one text of the library.

    So is what stands in a document of another program, which is that text in some version: its own words do not come.
    """
    library.texts.current_version(slug)  # raises NotFound
    is_document = archive.counted_elsewhere
    carried = {text.slug for text in archive.texts if text.versions and not is_document}

    def moved(entry: Entry) -> Entry:
        return entry if entry.text is None or entry.text in carried else entry._replace(text=slug)

    return archive._replace(
        texts=[text for text in archive.texts if text.slug in carried],
        highlights=list(map(moved, archive.highlights)),
        mentioned=list(map(moved, archive.mentioned)),
        notes=list(map(moved, archive.notes)),
    )


@contextmanager
def _named(name: str) -> Iterator[None]:
    """Says the file before what is wrong with it, in one line whatever words of the file that line quotes."""
    try:
        yield
    except LibraryError as error:
        wrong, shown = one_line(str(error)), one_line(name)
        raise type(error)(wrong if wrong.startswith(shown) else f"{shown}: {wrong}") from error


def _read(path: Path) -> bytes:
    """All of a regular file that is not too large."""
    from texts.load.document import LoadError
    from texts.load.files import read_bytes

    try:
        return read_bytes(path, MOST_BYTES)
    except LoadError as error:
        raise LibraryError(str(error)) from error


def _kind_of_database(library: Library, path: Path) -> str | None:
    """The format of an SQLite file; None for any other file.

    The library itself is not opened to look: to close it again would drop the locks that SQLite has on it. See “POSIX
    advisory locks canceled by a separate thread doing close()” on https://www.sqlite.org/howtocorrupt.html.
    """
    if _is_itself(library, path):
        return LIBRARY
    try:
        if not path.is_file():  # to open a pipe would wait for whoever writes to it
            return None
        with path.open("rb") as file:
            if file.read(len(_SQLITE)) != _SQLITE:
                return None
    except (OSError, ValueError):
        return None
    from store.exchange.taguette_project import is_project

    return TAGUETTE if is_project(path) else LIBRARY


def _is_itself(library: Library, path: Path) -> bool:
    try:
        return path.samefile(library.path)
    except (OSError, ValueError):
        return False


def _gathered(path: Path, progress: CountCallback | None) -> Archive:
    """All of another library, which is only read: one of an older version is brought up to date as a copy."""
    from tempfile import TemporaryDirectory

    from store.backups import back_up
    from store.connection import connect
    from store.exchange.snapshot import no_progress, snapshot_in_memory
    from store.health import missing_log
    from store.library import Library
    from store.migrations import up_to_date

    connection = connect(path, read_only=True)
    try:
        as_it_is = up_to_date(connection)
    finally:
        connection.close()
    if as_it_is:
        with Library.open(path, create=False, read_only=True) as other:
            since = other.lacks_log_since()
            archive = snapshot_in_memory(other, progress=progress or no_progress)
        return archive._replace(left_out=(*archive.left_out, missing_log(path, since))) if since else archive
    with TemporaryDirectory(prefix="tui-import-") as folder:
        copy = Path(folder) / "library.db"
        back_up(path, copy)
        with Library.open(copy, create=False) as other:
            return snapshot_in_memory(other, progress=progress or no_progress)
