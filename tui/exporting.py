"""Taking a record out of a library: the highlights that are chosen, in a format, to a stream or to a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from io import TextIOBase
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, TextIO, TypeAlias, cast

from store.errors import LibraryError
from store.exchange import DEFAULT, FORMATS, Format, format_of

if TYPE_CHECKING:
    from store.exchange.gather import Choice
    from store.library import Library
    from store.records import Annotation

Progress: TypeAlias = Callable[[int, int], None]
"""Told how many of how many highlights are done."""


def endings() -> tuple[str, ...]:
    """The endings of file names that say a format."""
    return tuple(
        dict.fromkeys(ending for entry in FORMATS.values() if entry.writes for ending in entry.endings)
    )


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
        write = _function(entry, "write")
        highlights = chosen(library, choice)
        annotations = _followed(annotated(library, highlights), len(highlights), follow)
        if isinstance(out, TextIOBase):
            return write(annotations, out, **options)
        with as_utf_8(cast("BinaryIO", out)) as words:
            return write(annotations, words, **options)
    return _function(entry, entry.writer)(
        gather(library, choice, progress=follow), cast("BinaryIO", out), **options
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
    """Writes a file for each text of the choice, by default all, into a folder; gives the files.

    They are named after the slugs, each written whole or not at all; links from text to text are in none of them.
    Raises LibraryError as `export_to` does.
    """
    from store.exchange.gather import EVERYTHING

    choice = choice or EVERYTHING
    ending = FORMATS[format].endings[0]
    files = []
    for slug in choice.texts or library.shelf.slugs():
        files.append(folder / f"{slug}{ending}")
        export_to(library, files[-1], choice._replace(texts=(slug,)), format=format, progress=progress)
    return files


def _function(entry: Format, name: str) -> Callable[..., int]:
    """A function of the module of a format, which is imported now."""
    from importlib import import_module

    function: Any = getattr(import_module(f"store.exchange.{entry.module}"), name)
    return cast("Callable[..., int]", function)


def _followed(annotations: Iterable[Annotation], of: int, progress: Progress) -> Iterator[Annotation]:
    """The annotations, and a word now and then about how many have gone by."""
    from store.exchange.gather import STEP

    for done, annotation in enumerate(annotations):
        if done % STEP == 0:
            progress(done, of)
        yield annotation
    progress(of, of)
