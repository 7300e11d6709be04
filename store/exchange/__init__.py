"""Formats in which a record leaves a library and comes back: one module or package a format.

To plug a format in, write `store/exchange/<module>.py` and give it a line in `FORMATS`. A module has

    write(rows: Iterable[Annotation], out: TextIO, …) -> int            where a format is rows (`Format.rows`), or
    write_archive(archive: Archive, out: BinaryIO) -> int               gives how many highlights it wrote,
    read(data: bytes, name: str) -> Archive                             where it can be read back,
    folder(archive: Archive) -> Iterator[tuple[str, Iterator[bytes]]]   where files for each text refer to each other.

`read` gets the whole file and its name, and raises LibraryError with one line that says what is wrong; that offsets,
digests and references hold is checked for all formats by `store.exchange.checking`. A module is imported when it is
asked for. The same archive gives the same bytes: no time of day, no random names.
"""

from __future__ import annotations

import codecs
from collections.abc import Mapping
from pathlib import PurePath
from types import MappingProxyType
from typing import NamedTuple

from store.errors import LibraryError

UTF_16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
"""How a file in UTF-16 begins."""


SEPARATOR_LINE = b"sep="
"""How the line begins by which spreadsheets are told what stands between the columns, before the header."""


def header_of(begins: bytes) -> bytes:
    """The line with the names of a table's columns, of the bytes that it begins with, in UTF-8 and small letters."""
    if begins.startswith(UTF_16_MARKS):  # as spreadsheets save “Unicode text”
        begins = begins.decode("utf-16", "ignore").encode()
    lines = begins.removeprefix(codecs.BOM_UTF8).lstrip().lower().replace(b"\r", b"\n").split(b"\n")
    is_told = lines[0].lstrip(b'"').startswith(SEPARATOR_LINE)
    return next((line for line in lines[1:] if line), b"") if is_told else lines[0]


class Format(NamedTuple):
    """One line of the table of formats."""

    module: str
    """Under `store.exchange`."""
    help: str
    endings: tuple[str, ...]
    """Of the names of its files, the usual one first; of formats that share one the first is written."""
    signs: tuple[bytes, ...] = ()
    """What stands at the beginning of each of its files: tells which it is where formats share an ending."""
    other_signs: tuple[bytes, ...] = ()
    """What stands there in another form of it, which is read too."""
    in_lines: tuple[bytes, ...] = ()
    """What stands in a line of it where each line is a row (JSON Lines: `.jsonl`, `.ndjson`), which is read too."""
    in_header: tuple[bytes, ...] = ()
    """What stands in the header of a table of it, in small letters, where it usually is no table."""
    also_read: tuple[str, ...] = ()
    """Endings of files that are read as it, but not written."""
    reads: bool = True
    rows: str = ""
    """What `write` takes: `annotations`, or `links` with what stands at their ends; empty for a `write_archive`."""
    options: frozenset[str] = frozenset()
    """Of `write` or `write_archive`: `long`, `excel`."""
    binary: bool = False
    """Whether it is no text, so that a terminal must not get it."""
    writer: str = "write_archive"
    """The function that writes, where a module holds several formats."""
    unit: str = "highlight"
    """What writing counts."""
    in_folder: bool = False
    """Whether `folder` writes a file for each text, in which links from text to text hold."""
    sections: bool = False
    """Whether `write_archive` takes sections to stand below the texts, such as a comparison of the two."""


_TABLE = frozenset({"excel"})
_TABS = (".tsv",)
"""Endings of tables with tabs between their columns."""

FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "csv": Format(
            "csv", "a row a highlight, for spreadsheets and scripts", (".csv",), (b"text", b"quote"),
            rows="annotations", options=frozenset({"long", "excel"}), unit="row", also_read=_TABS,
        ),
        "links-csv": Format(
            "links_csv", "a row a link, with what stands at its ends", (".csv",), (b"kind", b"left_quote"),
            rows="links", options=_TABLE, unit="link", also_read=_TABS,
        ),
        "codebook-csv": Format(
            "codebook_csv", "a row a tag", (".csv",), (b"tag", b"letter", b"quick"), options=_TABLE,
            unit="tag", also_read=_TABS,
        ),
        "json": Format(
            "json", "everything, without loss", (".json",), (b'"format"', b'"close-reading-tui"'),
        ),
        "md": Format(
            "markdown.markdown_highlights", "Markdown for notes programs: quotes, notes, tags, links", (".md",),
            reads=False, in_folder=True,
        ),
        "html": Format(
            "html", "a page with the texts side by side and all that was made of them", (".html", ".htm"), reads=False,
            sections=True,
        ),
        "text-md": Format(
            "markdown.markdown_texts", "the whole text in Markdown, highlights in place", (".md",), reads=False,
        ),
        "text-html": Format(
            "html", "the whole text as a page, highlights in place", (".html",), reads=False, writer="write_in_turn",
        ),
        "jsonld": Format(
            "w3c", "W3C Web Annotations", (".jsonld", ".json"), (b"http://www.w3.org/ns/anno.jsonld",),
            (b'"Annotation"', b'"target"'), in_lines=(b'"Annotation"',),
        ),
        "qdpx": Format(
            "refi.qdpx", "a REFI-QDA project, the interchange format of NVivo, ATLAS.ti, MAXQDA and QualCoder",
            (".qdpx",), binary=True,
        ),
        "qdc": Format("refi.qdc", "a REFI-QDA codebook, for the same", (".qdc",), unit="tag"),
        "hypothesis": Format(
            "hypothesis", "annotations as Hypothesis has them", (".json",), (b'"annotations"',), (b'"rows"',),
            in_lines=(b'"uri"', b'"target"'), in_header=(b"annotation/reply type", b"url", b"quote"),
            also_read=(".csv", *_TABS),
        ),
        "taguette": Format(
            "taguette", "CSV of highlights as Taguette has it", (".csv",), (b"document", b"content"), also_read=_TABS,
        ),
        "taguette-codebook": Format(
            "taguette", "CSV of tags as Taguette has it", (".csv",), (b"tag", b"number of highlights"),
            writer="write_codebook", unit="tag", also_read=_TABS,
        ),
        "tei": Format("tei", "TEI P5: the texts, what was made of them standing off", (".xml", ".tei"), reads=False),
        "docx": Format(
            "office.docx", "a document of Word: highlights in colour, notes, tags and links as comments", (".docx",),
            binary=True,
        ),
        "odt": Format("office.odt", "the same for LibreOffice (OpenDocument)", (".odt",), binary=True),
        "txt": Format("plain", "the words of a text alone", (".txt",), reads=False, unit="text"),
        "anki": Format(
            "anki", "cards for Anki: words in front, note behind, tags", (".tsv",), (b"#separator",), reads=False,
        ),
        "readwise": Format(
            "readwise", "CSV for Readwise", (".csv",), (b"highlight", b"book title"),
            (b"highlight", b"title", b"author"), also_read=_TABS,
        ),
    }
)  # fmt: skip
"""By name, in the order in which the help lists them; the first is the default."""

DEFAULT = next(iter(FORMATS))

_BEGINNING = 4096
"""Bytes of a file in which the signs of a format stand: a header, the first keys."""


_LINES = (".jsonl", ".ndjson")
"""Endings of files of which each line is a row."""


def endings(*, readable: bool = False) -> tuple[str, ...]:
    """The endings of file names that say a format; `readable` leaves those of formats that can be read."""
    entries = (entry for entry in FORMATS.values() if entry.reads or not readable)
    found = dict.fromkeys(
        ending for entry in entries for ending in (*entry.endings, *(entry.also_read if readable else ()))
    )
    return (*found, *(_LINES if readable else ()))


def format_of(name: str | PurePath) -> str:
    """The format that a file to be written has by its ending; raises LibraryError for one that there is not."""
    ending = PurePath(name).suffix.lower()
    for format, entry in FORMATS.items():
        if ending in entry.endings:
            return format
    raise LibraryError(
        f"{PurePath(name).name} has no ending of a format: choose one of {', '.join(endings())}"
    )


def format_in(name: str | PurePath, data: bytes) -> str:
    """The format that a file has by its ending, and where several share it by what stands in it.

    Raises LibraryError for a file that is in none, or in one that is only written.
    """
    path = PurePath(name)
    if path.suffix.lower() in _LINES:
        return _format_of_lines(path.name, data[:_BEGINNING])
    ending = path.suffix.lower()
    those = {name: entry for name, entry in FORMATS.items() if ending in (*entry.endings, *entry.also_read)}
    readable = {name: entry for name, entry in those.items() if entry.reads}
    if not those:
        known = ", ".join(endings(readable=True))
        raise LibraryError(
            f"{path.name} has no ending of a format that can be read ({known}, .db): name one with --format"
        )
    if len(readable) == 1:
        return next(iter(readable))
    fitting = _fitting(those, data[:_BEGINNING], is_table=ending in (".csv", *_TABS))
    if readable and not fitting:
        raise LibraryError(f"{path.name} is none of {', '.join(readable)}: name its format with --format")
    best = max(fitting, key=lambda name: fitting[name]) if fitting else next(iter(those))
    if best not in readable:
        raise LibraryError(f"{path.name} cannot be read back: {best} is only written")
    return best


def _fitting(formats: Mapping[str, Format], begins: bytes, *, is_table: bool) -> dict[str, int]:
    """Those of formats that the beginning of a file has the signs of, with how many bytes of signs it has."""
    if is_table:  # columns are called the same however large their letters are
        begins = header_of(begins)
    return {
        name: sum(map(len, signs))
        for name, entry in formats.items()
        for signs in filter(
            None, (entry.in_header,) if is_table and entry.in_header else (entry.other_signs, entry.signs)
        )
        if all(sign in begins for sign in signs)
    }


def _format_of_lines(name: str, begins: bytes) -> str:
    """The format whose rows the lines of a file are."""
    for format, entry in FORMATS.items():
        if entry.in_lines and all(sign in begins for sign in entry.in_lines):
            return format
    known = ", ".join(format for format, entry in FORMATS.items() if entry.in_lines)
    raise LibraryError(f"{name} is none of {known}: name its format with --format")
