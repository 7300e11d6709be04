"""Printing: data on stdout, words about it on stderr, and nothing that a terminal would obey."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from io import StringIO
from typing import TYPE_CHECKING

from texts.lazy_pattern import lazy_pattern
from texts.visible import one_line, visible, visible_json
from tui.cli.progress import make_way

if TYPE_CHECKING:
    from store.library import Library

_OURS = lazy_pattern(r"(\x1b\[[0-9;]*m|\r\n|\A\ufeff)")
"""What is meant: colours, line ends as CSV has them, the mark that spreadsheets look for."""


def write(words: str) -> None:
    """Words on stdout. They should be harmless already; what slipped through is stopped here, for all commands."""
    if sys.stdout is None:
        return
    if visible(words) != words:
        parts = _OURS.split(words)  # every second one is ours
        parts[::2] = map(visible, parts[::2])
        words = "".join(parts)
    sys.stdout.write(words)


def line(words: str) -> None:
    """One line on stdout of words that are harmless already."""
    write(words + "\n")


def print_status(words: str) -> None:
    """One line on stderr, beside the data."""
    if sys.stderr is not None:
        make_way()
        sys.stderr.write(one_line(words) + "\n")


def print_error(message: str) -> None:
    """One line on stderr after the program's name; does nothing where stderr is closed."""
    with suppress(OSError):
        print_status(f"tui: {message}")


def warn_unknown_tag(library: Library, tag: str) -> None:
    """Says on stderr that the codebook has neither this tag nor one below it, where that is so.

    A slip of the hand would look like nothing found.
    """
    path = library.codebook.spelling(tag)
    if not any(known.path == path or known.path.startswith(f"{path}/") for known in library.codebook.list()):
        print_status(f"there is no tag {path}: `tui tags list` lists what there is")


def write_json(records: Iterable[Mapping[str, object]]) -> None:
    """The records as one JSON array, a record a line."""
    import json

    separator = "[\n"
    for record in records:
        write(separator + visible_json(json.dumps(record, ensure_ascii=False)))
        separator = ",\n"
    line("\n]" if separator == ",\n" else "[]")


def write_json_object(record: Mapping[str, object]) -> None:
    """The record as one JSON object, a key a line."""
    import json

    separator = "{\n"
    for key, value in record.items():
        write(separator + visible_json(f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}"))
        separator = ",\n"
    line("\n}" if record else "{}")


def write_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """The rows as CSV by RFC 4180."""
    import csv

    writer = csv.writer(HarmlessStdout())
    writer.writerow(header)
    writer.writerows(rows)


class HarmlessStdout(StringIO):
    """Stdout for those who write rows of CSV: nothing gets through that a terminal would obey."""

    def write(self, row: str) -> int:
        """Writes one row, or the mark at the start of a file that spreadsheets look for."""
        if row == "\ufeff":
            write(row)
        else:
            write(visible(row.removesuffix("\r\n")) + "\r\n" * row.endswith("\r\n"))
        return len(row)
