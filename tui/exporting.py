"""Taking a record out of a library: the highlights that are chosen, in a format, to a stream or to a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from io import TextIOBase
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, TextIO, TypeAlias, cast

from store.errors import LibraryError
from store.exchange import DEFAULT, FORMATS, Format, endings, format_of
from store.tidy import counted

if TYPE_CHECKING:
    from store.exchange.archive import Archive
    from store.exchange.gather import Choice
    from store.exchange.html import Section
    from store.library import Library
    from store.records import Annotation

__all__ = ["endings", "export", "export_each", "export_to", "written"]

_COMPARED_MOST = 400_000
"""Characters of two texts that a page compares as well: seconds, not a minute, for who wants a page."""
_COMPARED_ROWS = 25
"""Rows of names, words and runs that a page shows; `tui compare` has all of them."""

Progress: TypeAlias = Callable[[int, int], None]
"""Told how many of how many highlights are done."""


def export(
    library: Library,
    out: TextIO | BinaryIO,
    choice: Choice | None = None,
    *,
    format: str = DEFAULT,
    long: bool = False,
    excel: bool = False,
    progress: Progress | None = None,
) -> int:
    """Writes the chosen highlights, by default all, to a stream; gives how many rows, tags or highlights they took.

    A format of rows takes a stream of words or of bytes, any other one of bytes. Raises NotFound for an unknown text,
    and LibraryError for an option that the format does not have.
    """
    entry = FORMATS[format]
    options = {name: True for name, asked in (("long", long), ("excel", excel)) if asked}
    for name in options:
        if name not in entry.options:
            having = ", ".join(each for each, other in FORMATS.items() if name in other.options)
            raise LibraryError(f"{format} has no option --{name}: it is for {having}")
    from store.annotations import annotated
    from store.exchange.files import as_utf_8
    from store.exchange.gather import EVERYTHING, chosen, gather, silent

    follow = progress or silent
    choice = choice or EVERYTHING
    if entry.rows:
        write: Callable[..., int] = _function(entry, "write")
        words = nullcontext(out) if isinstance(out, TextIOBase) else as_utf_8(cast("BinaryIO", out))
        with library.reading(), words as rows:
            highlights = chosen(library, choice)
            annotations = _followed(annotated(library, highlights), len(highlights), follow)
            return write(annotations, rows, **options)
    write_archive: Callable[..., int] = _function(entry, entry.writer)
    archive = gather(library, choice, progress=follow)
    if entry.sections:
        return write_archive(archive, cast("BinaryIO", out), _comparisons(library, archive))
    return write_archive(archive, cast("BinaryIO", out), **options)


def _comparisons(library: Library, archive: Archive) -> tuple[Section, ...]:
    """The comparison of the texts of an archive, where there are two and they are no books."""
    bodies = [text.versions[-1].body for text in archive.texts if text.versions]
    if len(bodies) != 2 or sum(map(len, bodies)) > _COMPARED_MOST:
        return ()
    from store.exchange.html import Section, Table
    from texts.compare.tables import limited, tables
    from tui.comparing import comparison_of

    left, right = (text.slug for text in archive.texts)
    shown = limited(comparison_of(library, left, right), _COMPARED_ROWS)
    return (
        Section(
            "comparison",
            "What the two share, and where they part",
            tuple(
                Table(
                    f"{table.title}: {table.how}",
                    tuple(column.heading for column in table.columns),
                    tuple(tuple("" if cell is None else str(cell) for cell in row) for row in table.rows),
                )
                for table in tables(shown)
            ),
        ),
    )


def export_to(
    library: Library,
    path: Path,
    choice: Choice | None = None,
    *,
    format: str | None = None,
    long: bool = False,
    excel: bool = False,
    progress: Progress | None = None,
) -> int:
    """As `export`, to a file that is written whole or not at all; its ending says the format if nothing else does.

    Raises LibraryError where the file cannot be written, or has no ending of a format.
    """
    from store.exchange.files import replacing_bytes

    format = format or format_of(path)
    with replacing_bytes(path) as out:
        return export(library, out, choice, format=format, long=long, excel=excel, progress=progress)


def export_each(
    library: Library,
    folder: Path,
    choice: Choice | None = None,
    *,
    format: str,
    progress: Progress | None = None,
) -> list[Path]:
    """Writes a file for each text that has to do with the choice into a folder, which is made; gives the files.

    They are named after the slugs, each written whole or not at all. Links from text to text are only in those of a
    format that has `folder`. Raises LibraryError as `export_to` does.
    """
    from store.exchange.files import replacing_bytes
    from store.exchange.gather import EVERYTHING, gather, silent

    choice, entry = choice or EVERYTHING, FORMATS[format]
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise LibraryError(f"the folder {folder} cannot be made: {error.strerror or error}") from error
    archive = gather(library, choice, progress=progress or silent)
    if entry.in_folder:
        contents = _function(entry, "folder")(archive)
        for name, content in contents.items():
            with replacing_bytes(folder / name) as out:
                out.write(content)
        return [folder / name for name in contents]
    files = []
    for text in archive.texts:
        files.append(folder / f"{text.slug}{entry.endings[0]}")
        export_to(library, files[-1], choice._replace(texts=(text.slug,)), format=format, progress=progress)
    return files


def written(count: int, path: Path, format: str | None = None, *, over: bool = False) -> str:
    """What was written, in one line: `12 highlights written to notes.md`, or `exported over` a file that was there.

    The format is as of `export_to`.
    """
    way = "exported over" if over else "written to"
    return f"{counted(count, FORMATS[format or format_of(path)].unit)} {way} {path}"


def _function(entry: Format, name: str) -> Callable[..., Any]:
    """A function of the module of a format, which is imported now."""
    from importlib import import_module

    function: Callable[..., Any] = getattr(import_module(f"store.exchange.{entry.module}"), name)
    return function


def _followed(annotations: Iterable[Annotation], of: int, progress: Progress) -> Iterator[Annotation]:
    """The annotations, and a word now and then about how many have gone by."""
    from store.exchange.gather import STEP

    for done, annotation in enumerate(annotations):
        if done % STEP == 0:
            progress(done, of)
        yield annotation
    progress(of, of)
