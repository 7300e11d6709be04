"""What each format writes of one archive, to the letter; and what those that are read back say is left out."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from functools import cache
from importlib import import_module

import pytest
from libraries import libraries
from recorded import plain, same_as_recorded
from rich_library import rich_library

from store.exchange import FORMATS
from store.exchange.archive import Archive
from store.exchange.markdown.markdown_highlights import folder
from store.merge import merge
from store.services.exports import export

EXPORTS = [
    *((name, {}) for name in FORMATS),
    *(("csv", {"long": True}), ("csv", {"excel": True}), ("links-csv", {"excel": True})),
    ("codebook-csv", {"excel": True}),
]


@cache
def written(format: str, options: tuple[tuple[str, bool], ...]) -> bytes:
    with libraries() as shelf:
        out = io.BytesIO()
        library = shelf.new(rich_library())
        export(library, out, format=format, **dict(options))
        library.close()
    return out.getvalue()


def shown(data: bytes) -> dict[str, list[str]]:
    """The lines of a file, or of those in a package."""
    if not data.startswith(b"PK"):
        return {"": lines_of(data)}
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {each.filename: lines_of(package.read(each)) for each in package.infolist()}


def lines_of(data: bytes) -> list[str]:
    words = data.decode("utf-8")
    if words.startswith(("<?xml", "<office")) and words.count("\n") < 9:
        words = words.replace("><", ">\n<")
    words = re.sub(r"<(style|script)>.*?</\1>|'sha256-[^']*'", "", words, flags=re.DOTALL)
    return re.split(r"(?<=\n)", words)


@pytest.mark.parametrize(("format", "options"), EXPORTS, ids=str)
def test_what_is_written_is_what_was(format: str, options: Mapping[str, bool]) -> None:
    name = "-".join((format, *options))
    same_as_recorded(f"exports/{name}", shown(written(format, tuple(options.items()))))


@pytest.mark.parametrize("format", [name for name, entry in FORMATS.items() if entry.reads])
def test_what_is_read_back_is_what_was(format: str) -> None:
    """Read as a file of ours, and merged twice into a library that has the texts alone."""
    name = f"rich{FORMATS[format].endings[0]}"
    archive = import_module(f"store.exchange.{FORMATS[format].module}").read(written(format, ()), name)
    with libraries() as shelf:
        rich = rich_library()
        library = shelf.new(rich._replace(links=()) if format == "links-csv" else Archive(rich.texts))
        report = merge(library, archive)
        again = merge(library, archive)
        out = io.BytesIO()
        export(library, out, format="readwise")
        library.close()
    same_as_recorded(
        f"exports/read-{format}",
        {
            "archive": plain(archive),
            "merged": plain(report),
            "again": plain(again),
            "library": lines_of(out.getvalue()),
        },
    )


def test_the_files_of_a_folder_are_what_they_were() -> None:
    files = {name: lines_of(b"".join(content)) for name, content in folder(rich_library())}
    same_as_recorded("exports/folder-md", files)
