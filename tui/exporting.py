"""Taking a record out of a library: the highlights that are chosen, in a format, to a stream or to a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TextIO

from store.exchange import FORMATS, format_of

if TYPE_CHECKING:
    from store.library import Library


class Choice(NamedTuple):
    """Which highlights; None chooses by nothing."""

    text: str | None = None
    """Slug."""
    tag: str | None = None
    """With what lies below it."""
    reader: str | None = None
    star: bool | None = None


EVERYTHING = Choice()


def endings() -> tuple[str, ...]:
    """The endings of file names that say a format."""
    return tuple(f".{name}" for name in FORMATS)


def export(
    library: Library,
    out: TextIO,
    choice: Choice = EVERYTHING,
    *,
    format: str = FORMATS[0],
    long: bool = False,
    excel: bool = False,
) -> int:
    """Writes the highlights to a stream; gives how many rows they took. Raises NotFound for an unknown text.

    `long` and `excel` are as `store.exchange.csv` says; other formats have no such ways.
    """
    from importlib import import_module

    from store.annotations import annotated

    highlights = library.highlights.find(**choice._asdict())
    writer = import_module(f"store.exchange.{format}")
    rows: int = writer.write(annotated(library, highlights), out, long=long, excel=excel)
    return rows


def export_to(
    library: Library,
    path: Path,
    choice: Choice = EVERYTHING,
    *,
    format: str | None = None,
    long: bool = False,
    excel: bool = False,
) -> int:
    """As `export`, to a file that is written whole or not at all; its ending says the format if nothing else does.

    Raises LibraryError where the file cannot be written, or has no ending of a format.
    """
    from store.exchange.files import replacing

    format = format or format_of(path)
    with replacing(path) as out:
        return export(library, out, choice, format=format, long=long, excel=excel)
