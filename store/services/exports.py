"""Taking a record out of a library: the highlights that are chosen, in a format, to a stream or to a file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from io import TextIOBase
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple, Self, TextIO, TypeVar, cast

from store.errors import LibraryError
from store.exchange import DEFAULT, FORMATS, Format, endings, format_of
from store.exchange.files import written_to
from store.sanitize import pluralize
from store.text_names import last_pair

if TYPE_CHECKING:
    from store.exchange.archive import Archive
    from store.exchange.html import PageSection
    from store.exchange.snapshot import CountCallback, HighlightFilter
    from store.library import Library
    from texts.compare.tables import Table

T = TypeVar("T")

__all__ = ["each_written", "endings", "export", "export_each", "export_to", "written"]

_COMPARED_MOST = 400_000
"""Characters of two texts that a page compares as well: seconds, not a minute, for who wants a page."""
_COMPARED_ROWS = 25
"""Rows of names, words and runs that a page shows; `tui compare` has all of them."""


class WrittenFile(NamedTuple):
    """One of several files that an export has written."""

    path: Path
    over: bool
    """Whether it stands in the place of one that was there."""

    @classmethod
    def named(cls, path: Path) -> Self:
        """The file at a path, which is to be written next."""
        return cls(path, path.exists())


def export(
    library: Library,
    out: TextIO | BinaryIO,
    choice: HighlightFilter | None = None,
    *,
    format: str = DEFAULT,
    long: bool = False,
    excel: bool = False,
    progress: CountCallback | None = None,
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
    from store.annotations import annotated, linked
    from store.exchange.files import as_utf_8
    from store.exchange.snapshot import EVERYTHING, no_progress, select, select_links, snapshot

    follow = progress or no_progress
    choice = choice or EVERYTHING
    if entry.rows:
        write: Callable[..., int] = _function(entry, "write")
        words = nullcontext(out) if isinstance(out, TextIOBase) else as_utf_8(cast("BinaryIO", out))
        with library.reading(), words as rows:
            ids = select(library, choice)
            if entry.rows == "links":
                links = select_links(library, choice, ids)
                return write(
                    _followed(linked(library, links), library.links.count(), follow), rows, **options
                )
            annotations = annotated(library, library.highlights.each(ids))
            return write(_followed(annotations, len(ids), follow), rows, **options)
    write_archive: Callable[..., int] = _function(entry, entry.writer)
    with library.reading():
        archive = snapshot(library, choice, progress=follow)
        if entry.sections:
            order = choice.texts or last_pair(library) or ()
            sections = _comparisons(library, archive, order)
            return write_archive(archive, cast("BinaryIO", out), sections, order)
        return write_archive(archive, cast("BinaryIO", out), **options)


def _comparisons(library: Library, archive: Archive, order: Sequence[str]) -> tuple[PageSection, ...]:
    """The comparison of the texts of an archive, where there are two and they are no books; those of `order` first."""
    bodies = [text.versions[-1].body for text in archive.texts if text.versions]
    if len(bodies) != 2 or sum(map(len, bodies)) > _COMPARED_MOST:
        return ()
    from store.exchange.html import PageSection, PageTable
    from store.services.comparison import comparison_of
    from texts.compare.tables import limited, tables
    from texts.short_titles import short_titles

    titles = {text.slug: text.title or text.slug for text in archive.texts}
    left, right = sorted(titles, key=lambda slug: order.index(slug) if slug in order else len(order))
    names = dict(zip((left, right), short_titles([titles[left], titles[right]]), strict=True))
    shown = limited(comparison_of(library, left, right), _COMPARED_ROWS)
    return (
        PageSection(
            "comparison",
            "What the two share, and where they part",
            tuple(
                PageTable(
                    f"{table.title}: {table.how}",
                    tuple(_named(column.heading, names) for column in table.columns),
                    tuple(tuple(_shown(table, cell, names) for cell in row) for row in table.rows),
                )
                for table in tables(shown)
            ),
        ),
    )


def _named(words: str, names: Mapping[str, str]) -> str:
    """A heading with what texts are called in place of their slugs."""
    before, _, slug = words.rpartition(" ")
    return f"{before} {names.get(slug, slug)}".strip() if before else names.get(words, words)


def _shown(table: Table, cell: object, names: Mapping[str, str]) -> str:
    """A cell as people read it: a text by its title, a passage that no other is like as alone."""
    if table.id == "coverage" and cell == 0 and isinstance(cell, float):
        return "alone"
    return "" if cell is None else names.get(str(cell), str(cell))


def export_to(
    library: Library,
    path: Path,
    choice: HighlightFilter | None = None,
    *,
    format: str | None = None,
    long: bool = False,
    excel: bool = False,
    progress: CountCallback | None = None,
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
    choice: HighlightFilter | None = None,
    *,
    format: str,
    progress: CountCallback | None = None,
) -> list[WrittenFile]:
    """Writes a file for each text that has to do with the choice into a folder, which is made; gives the files.

    They are named after the slugs, each written whole or not at all. Links from text to text are only in those of a
    format that has `folder`. Raises LibraryError as `export_to` does.
    """
    from store.exchange.files import replacing_bytes
    from store.exchange.snapshot import EVERYTHING, no_progress, snapshot

    choice, entry = choice or EVERYTHING, FORMATS[format]
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise LibraryError(f"the folder {folder} cannot be made: {error.strerror or error}") from error
    files: list[WrittenFile] = []
    with library.reading():
        archive = snapshot(library, choice, progress=progress or no_progress)
        if entry.in_folder:
            for name, content in _function(entry, "folder")(archive):
                files.append(WrittenFile.named(folder / name))
                with replacing_bytes(files[-1].path) as out:
                    out.writelines(content)
            return files
        for text in archive.texts:
            files.append(WrittenFile.named(folder / f"{text.slug}{entry.endings[0]}"))
            alone = choice._replace(texts=(text.slug,))
            export_to(library, files[-1].path, alone, format=format, progress=progress)
        return files


def written(count: int, path: Path, format: str | None = None, *, over: bool = False) -> str:
    """What was written, in one line: `12 highlights written to notes.md`, or `exported over` a file that was there.

    The format is as of `export_to`.
    """
    return written_to(pluralize(count, FORMATS[format or format_of(path)].unit), path, over=over)


def same_names(library: Library, format: str) -> list[str]:
    """What to warn of in an export: tags that QualCoder, which knows a code by its last name only, takes for one."""
    if not FORMATS[format].module.startswith("refi."):
        return []
    by_name: dict[str, list[str]] = defaultdict(list)
    for tag in library.codebook.list():
        by_name[tag.path.rpartition("/")[2]].append(tag.path)
    return [
        f"QualCoder knows codes by their last name: it takes {' and '.join(paths)} for one"
        for paths in by_name.values()
        if len(paths) > 1
    ]


def each_written(files: Sequence[WrittenFile], folder: Path) -> str:
    """The same of several files: `3 files written to notes, 1 of them over one that was there`."""
    over = sum(file.over for file in files)
    told = f"{pluralize(len(files), 'file')} written to {folder}"
    if not over:
        return told
    return f"{told}, {over} of them over {'one' if over == 1 else 'ones'} that {'was' if over == 1 else 'were'} there"


def _function(entry: Format, name: str) -> Callable[..., Any]:
    """A function of the module of a format, which is imported now."""
    from importlib import import_module

    function: Callable[..., Any] = getattr(import_module(f"store.exchange.{entry.module}"), name)
    return function


def _followed(rows: Iterable[T], of: int, progress: CountCallback) -> Iterator[T]:
    """The rows, and a word now and then about how many have gone by."""
    from store.exchange.snapshot import STEP

    for done, row in enumerate(rows):
        if done % STEP == 0:
            progress(done, of)
        yield row
    progress(of, of)
