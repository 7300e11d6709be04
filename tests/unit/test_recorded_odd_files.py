"""What is read of files of each format that are odd in one place each: what differs from the whole one, or why not.

Every kind of value is taken out once, emptied, and put as what nobody would expect there.
"""

from __future__ import annotations

import copy
import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from importlib import import_module
from typing import Any

import pytest
from libraries import libraries
from recorded import plain, same_as_recorded
from rich_library import rich_library

from store.errors import LibraryError
from store.exchange import FORMATS
from store.services.exports import export

Odd = tuple[str, str, bytes]
"""Where a file is odd, how, and the file."""

_DROPPED = object()
_VALUES = (_DROPPED, None, "", "odd", -1, 3, True, [], ["odd"], {"odd": 1})
_WORDS = ("", "odd", "-1", "3", "2026-13-01", "ODD; odd", "[[0, 3], [2, 5]]")
_WORDS_OF_XML = ("", "odd", "3")
_FEW = ("0001", "0002", "0006", "0007", "0008", "0009")
"""What the first part of a uid ends with, of highlights that differ most."""
_MOST_DIFFERENCES, _MOST_LETTERS = 3, 90


@cache
def written(format: str) -> bytes:
    """A file with a few highlights, and what stands around them."""
    rich = rich_library()
    marked = tuple(one for one in rich.highlights if one.uid.partition("-")[0].endswith(_FEW))
    uids = {one.uid for one in marked}
    links = tuple(link for link in rich.links if {link.left, link.right} <= uids)
    with libraries() as shelf, shelf.new(rich._replace(highlights=marked, links=links)) as library:
        out = io.BytesIO()
        export(library, out, format=format)
    return out.getvalue()


def odd_json(data: bytes) -> Iterator[Odd]:
    """Documents with another value at the first place of each kind."""
    whole = json.loads(data)
    for path in kinds_of_place(whole, ()):
        for value in _VALUES:
            made = copy.deepcopy(whole)
            *above, last = path
            holder = made
            for key in above:
                holder = holder[key]
            if value is _DROPPED:
                del holder[last]
            else:
                holder[last] = value
            how = "dropped" if value is _DROPPED else json.dumps(value)
            yield f".{'.'.join(map(str, path))}", how, json.dumps(made).encode()


def kinds_of_place(
    whole: Any, path: tuple[Any, ...], seen: set[object] | None = None
) -> Iterator[tuple[Any, ...]]:
    seen = set() if seen is None else seen
    for key, value in whole.items() if isinstance(whole, dict) else enumerate(whole):
        kind = (
            tuple(each if isinstance(each, str) else "" for each in (*path, key)),
            value if key == "type" else "",
        )
        if isinstance(value, (dict, list)):
            yield from kinds_of_place(value, (*path, key), seen)
        if str(kind) not in seen:
            seen.add(str(kind))
            yield (*path, key)


def odd_tables(data: bytes) -> Iterator[Odd]:
    """Tables with other words in each column of the second row, and without each column."""
    head, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig")))
    for column, name in enumerate(head):
        yield name, "dropped", table([*row[:column], *row[column + 1 :]] for row in (head, *rows))
        yield name, "empty", table((head, *(with_cell(row, column, "") for row in rows)))
        for words in (*_WORDS, rows[-1][column]):
            changed = with_cell(rows[1], column, words)
            yield name, words, table((head, rows[0], changed, *rows[2:]))


def with_cell(row: Sequence[str], column: int, words: str) -> list[str]:
    return [*row[:column], words, *row[column + 1 :]]


def table(rows: Iterable[Sequence[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def odd_xml(data: bytes) -> Iterator[Odd]:
    """Documents with other words in the first attribute of each kind, and in the first element of each."""
    whole = data.decode()
    seen: set[str] = set()
    for element in re.finditer(r"<([\w:-]+)((?:\s[^<>]*?)?)(/?)>([^<>]*)", whole):
        tag = element[1]
        if tag not in seen:
            for how, made in odd_elements(whole, element):
                yield tag, how, made.encode()
        for attribute in re.finditer(r'\s([\w:-]+)="[^"]*"', element[2]):
            name = f"{tag}.{attribute[1]}"
            if name in seen or attribute[1].startswith("xmlns"):
                continue
            seen.add(name)
            start, end = (element.start(2) + each for each in attribute.span())
            yield name, "dropped", (whole[:start] + whole[end:]).encode()
            for words in _WORDS_OF_XML:
                yield name, words, f'{whole[:start]} {attribute[1]}="{words}"{whole[end:]}'.encode()
        seen.add(tag)


def odd_elements(whole: str, element: re.Match[str]) -> Iterator[tuple[str, str]]:
    """A document with other words in an element, without it, and with it twice."""
    if element[4].strip():
        for words in _WORDS_OF_XML:
            yield words, whole[: element.start(4)] + words + whole[element.end(4) :]
    end = element.end(3) + 1
    if not element[3]:
        closed = re.compile(rf"<(/?){re.escape(element[1])}(?=[\s/>])[^<>]*?(/?)>")
        depth = 0
        for each in closed.finditer(whole, element.start()):
            depth += -1 if each[1] else not each[2]
            end = each.end()
            if depth == 0:
                break
    yield "dropped", whole[: element.start()] + whole[end:]
    yield "twice", whole[:end] + whole[element.start() : end] + whole[end:]


def in_package(data: bytes, member: str) -> Iterator[Odd]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        files = {name: package.read(name) for name in package.namelist()}
    for where, how, made in odd_xml(files[member]):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as package:
            for name, content in files.items():
                package.writestr(name, made if name == member else content)
        yield where, how, out.getvalue()


ODD: dict[str, Callable[[bytes], Iterator[Odd]]] = {
    "json": odd_json,
    "jsonld": odd_json,
    "hypothesis": odd_json,
    "csv": odd_tables,
    "links-csv": odd_tables,
    "codebook-csv": odd_tables,
    "taguette": odd_tables,
    "taguette-codebook": odd_tables,
    "readwise": odd_tables,
    "qdc": odd_xml,
    "qdpx": lambda data: in_package(data, "project.qde"),
    "docx": lambda data: in_package(data, "word/document.xml"),
    "odt": lambda data: in_package(data, "content.xml"),
}


@pytest.mark.parametrize("format", ODD)
def test_what_is_read_of_odd_files(format: str) -> None:
    read = import_module(f"store.exchange.{FORMATS[format].module}").read
    name = f"odd{FORMATS[format].endings[0]}"
    data = written(format)
    whole = read(data, name)
    found: dict[str, dict[str, list[str]]] = {}
    for where, how, odd in ODD[format](data):
        try:
            archive = read(odd, name)
            answers = [] if archive == whole else list(differences(plain(whole), plain(archive)))
        except LibraryError as error:
            answers = [f"error: {error}"]
        more = [f"{len(answers)} in all"] if len(answers) > _MOST_DIFFERENCES else []
        said = " | ".join([*answers[:_MOST_DIFFERENCES], *more])
        found.setdefault(where, {}).setdefault(said, []).append(how)
    answered = {where: {"; ".join(how): said for said, how in each.items()} for where, each in found.items()}
    same_as_recorded(f"odd-files/{format}", answered)


def differences(whole: Any, odd: Any, where: str = "") -> Iterator[str]:
    """Where the two differ, and what is there now."""
    if isinstance(whole, dict) and isinstance(odd, dict):
        for key in sorted(whole.keys() | odd.keys()):
            yield from differences(whole.get(key), odd.get(key), f"{where}.{key}" if where else key)
    elif isinstance(whole, list) and isinstance(odd, list) and len(whole) == len(odd):
        for number, pair in enumerate(zip(whole, odd, strict=True)):
            yield from differences(*pair, f"{where}[{number}]")
    elif isinstance(whole, list) and isinstance(odd, list):
        yield f"{where}: {len(whole)} are {len(odd)}"
        for one in odd:
            if one not in whole:
                yield f"{where}: {str(one)[:_MOST_LETTERS]} is new"
    elif whole != odd:
        yield f"{where}: {str(odd)[:_MOST_LETTERS]}"
