"""JSON of everything: the lossless format. Its shape is `schema/archive-1.schema.json`, and that of the records.

An object with `format`, `version` and an array for each kind of record, a record a line. A record is an object whose
keys are the fields of `store.exchange.archive`; a span is `[start, end]`. What a terminal would obey is written as an
escape. Reading takes nothing on trust: each value is checked against the type of its field, and what is wrong is told
with its place (`highlights[3].parts[0]: must be [start, end]`).
"""

from __future__ import annotations

import json
from codecs import BOM_UTF8
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cache
from types import MappingProxyType, NoneType, UnionType
from typing import BinaryIO, Never, TypeAlias, Union, get_args, get_origin, get_type_hints

from store.errors import LibraryError
from store.exchange.archive import (
    Archive,
    DismissedEntry,
    HighlightEntry,
    LinkEntry,
    NameEntry,
    NoteEntry,
    TagEntry,
    TextEntry,
)
from texts.model import Span
from texts.visible import visible_json

FORMAT = "close-reading-tui"
VERSION = 1
SCHEMA = f"archive-{VERSION}.schema.json"
"""The name of the schema, which is in the folder `schema`."""

SECTIONS: Mapping[str, tuple[str, type]] = MappingProxyType(
    {
        "texts": ("texts", TextEntry),
        "codebook": ("tags", TagEntry),
        "highlights": ("highlights", HighlightEntry),
        "links": ("links", LinkEntry),
        "notes": ("notes", NoteEntry),
        "dismissed": ("dismissed", DismissedEntry),
        "names": ("names", NameEntry),
    }
)
"""Each array by its key: the field of an archive that it is, and the record in it."""

_LARGEST = 2**53
"""The largest whole number that all programs read alike (RFC 8259)."""


def schema() -> str:
    """The JSON Schema (draft 2020-12) of the format."""
    from importlib.resources import files

    return files("store.exchange").joinpath("schema", SCHEMA).read_text(encoding="utf-8")


def write_archive(archive: Archive, out: BinaryIO) -> int:
    """Writes all of it; gives how many highlights."""
    encode = json.JSONEncoder(ensure_ascii=False).encode
    head = {"$schema": SCHEMA, "format": FORMAT, "version": VERSION}
    out.write(encode(head).removesuffix("}").encode())
    for key, (field, _) in SECTIONS.items():
        out.write(f',\n"{key}": ['.encode())
        some = write_items(map(_plain, getattr(archive, field)), out)
        out.write(b"\n]" if some else b"]")
    out.write(b"\n}\n")
    return len(archive.highlights)


def write_items(items: Iterable[object], out: BinaryIO) -> int:
    """Writes what stands in an array, each on a line of its own, and gives how many.

    What a terminal would obey is written as an escape.
    """
    encode = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode
    written = 0
    for item in items:
        out.write((b",\n" if written else b"\n") + visible_json(encode(item)).encode())
        written += 1
    return written


def in_one_line(archive: Archive) -> Iterator[str]:
    """The same without line ends, in pieces, to stand in other JSON; what a terminal would obey is not escaped yet."""
    encode = json.JSONEncoder(ensure_ascii=False).encode
    yield encode({"$schema": SCHEMA, "format": FORMAT, "version": VERSION}).removesuffix("}")
    for key, (field, _) in SECTIONS.items():
        separator = f', "{key}": ['
        for entry in getattr(archive, field):
            yield separator + encode(_plain(entry))
            separator = ", "
        yield f"{separator}]" if separator != ", " else "]"
    yield "}"


def read(data: bytes, name: str) -> Archive:
    """The archive in a file; raises LibraryError for what is none of ours, damaged, or of a newer program."""
    whole = parsed(data)
    if not isinstance(whole, dict) or whole.get("format") != FORMAT:
        raise LibraryError(f'this is no JSON of ours: it has no "format": "{FORMAT}"')
    version = whole.get("version")
    if isinstance(version, int) and version > VERSION:
        raise LibraryError("this was written by a newer version of this program: update close-reading-tui")
    if version != VERSION:
        raise LibraryError(f"version: must be {VERSION}")
    unknown = whole.keys() - SECTIONS.keys() - {"$schema", "format", "version"}
    if unknown:
        raise LibraryError(
            f"{_shown(min(unknown))}: there is no such section in version {VERSION} of the format"
        )
    try:
        return Archive(
            **{
                field: _inside(key, _list_of(record), whole.get(key, []))
                for key, (field, record) in SECTIONS.items()
            }  # type: ignore[arg-type]  # each reader gives the tuple of records that its field wants
        )
    except _Wrong as wrong:
        raise LibraryError(f"{wrong.place}: {wrong.reason}") from None


JsonValue: TypeAlias = "bool | int | float | str | list[JsonValue] | dict[str, JsonValue] | None"


def parsed(data: bytes) -> JsonValue:
    """Any JSON, read strictly: raises LibraryError for what is none, for keys given twice, and for NaN.

    Meant for all formats that are JSON; how deep it may be nested Python decides, far beyond what any of them needs.
    """
    try:
        whole: JsonValue = json.loads(data, object_pairs_hook=_unambiguous, parse_constant=_no_number)
    except RecursionError:
        raise LibraryError("this JSON is nested too deeply to be read") from None
    except UnicodeDecodeError as error:
        raise LibraryError(f"this is no JSON: byte {error.start} is no UTF-8") from error
    except json.JSONDecodeError as error:
        raise LibraryError(f"this is no JSON: {error.msg} in line {error.lineno}") from error
    except ValueError as error:
        raise LibraryError(f"this JSON has a number that cannot be read: {error}") from error
    return whole


def parsed_rows(data: bytes) -> JsonValue:
    """The same, and JSON of which each line is an object of its own (JSON Lines): then an array of them.

    A line that is none stays a string, so that who reads rows names it among them. Raises LibraryError where all are.
    """
    lines = [line for line in data.removeprefix(BOM_UTF8).splitlines() if line.strip()]
    if len(lines) < 2 or not lines[0].lstrip().startswith(b"{") or not lines[0].rstrip().endswith(b"}"):
        return parsed(data)
    rows = [_row(line) for line in lines]
    return rows if any(isinstance(row, dict) for row in rows) else parsed(data)


def _row(line: bytes) -> JsonValue:
    try:
        return parsed(line)
    except LibraryError:
        return line.decode("utf-8", "replace")


def _unambiguous(pairs: list[tuple[str, JsonValue]]) -> dict[str, JsonValue]:
    whole = dict(pairs)
    if len(whole) < len(pairs):
        (twice, _), *_ = Counter(key for key, _ in pairs).most_common(1)
        raise LibraryError(f"the key {_shown(twice)} stands twice in one object")
    return whole


def _no_number(name: str) -> Never:
    raise LibraryError(f"{name} is no number that JSON has")


def _plain(entry: object) -> object:
    """A record as JSON has it: spans are arrays already."""
    if isinstance(entry, TextEntry):
        return entry._asdict() | {"versions": [version._asdict() for version in entry.versions]}
    return entry._asdict() if hasattr(entry, "_asdict") else entry


# Reading: for each type a function that takes a value as JSON has it and gives the record, made once from its fields.

_Reader: TypeAlias = Callable[[JsonValue], object]


class _Wrong(Exception):  # noqa: N818  # it never leaves this module
    """A value that does not fit; its place grows on the way out."""

    def __init__(self, reason: str) -> None:
        self.place = ""
        self.reason = reason


def _inside(place: str, reader: _Reader, value: JsonValue) -> object:
    """What a reader makes of a value; a complaint gets the place of the value before its own."""
    try:
        return reader(value)
    except _Wrong as wrong:
        dot = "." if wrong.place and not wrong.place.startswith("[") else ""
        wrong.place = f"{place}{dot}{wrong.place}"
        raise


@cache
def _reader(kind: object) -> _Reader:
    """The reader of a type of a field."""
    if kind in _SIMPLE:
        return _SIMPLE[kind]
    origin, kinds = get_origin(kind), get_args(kind)
    if origin in (UnionType, Union):
        (other,) = (one for one in kinds if one is not NoneType)
        return _or_none(_reader(other))
    if origin is tuple:
        return _list_of(kinds[0]) if kinds[1:] == (...,) else _row_of(kinds)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return _one_of(kind)
    assert isinstance(kind, type)
    return _object_of(kind)


def _text(value: JsonValue) -> str:
    if not isinstance(value, str):
        raise _Wrong("must be a string")
    return value


def _truth(value: JsonValue) -> bool:
    if not isinstance(value, bool):
        raise _Wrong("must be true or false")
    return value


def _whole_number(value: JsonValue) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= _LARGEST:
        raise _Wrong("must be a whole number that is not negative")
    return value


def _number(value: JsonValue) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise _Wrong("must be a number")
    return float(min(max(value, -_LARGEST), _LARGEST))


def _span(value: JsonValue) -> Span:
    if not isinstance(value, list) or len(value) != 2:
        raise _Wrong("must be [start, end]")
    return Span(_whole_number(value[0]), _whole_number(value[1]))


_SIMPLE: Mapping[object, _Reader] = MappingProxyType(
    {str: _text, bool: _truth, int: _whole_number, float: _number, Span: _span}
)


def _or_none(reader: _Reader) -> _Reader:
    return lambda value: None if value is None else reader(value)


def _list_of(kind: object) -> _Reader:
    reader = _reader(kind)

    def read_list(value: JsonValue) -> object:
        if not isinstance(value, list):
            raise _Wrong("must be an array")
        return tuple(_inside(f"[{number}]", reader, item) for number, item in enumerate(value))

    return read_list


def _row_of(kinds: Sequence[object]) -> _Reader:
    readers = [_reader(kind) for kind in kinds]

    def read_row(value: JsonValue) -> object:
        if not isinstance(value, list) or len(value) != len(readers):
            raise _Wrong(f"must be an array of {len(readers)}")
        return tuple(reader(item) for reader, item in zip(readers, value, strict=True))

    return read_row


def _one_of(kind: type[StrEnum]) -> _Reader:
    values = {str(one): one for one in kind}

    def read_one(value: JsonValue) -> object:
        if not isinstance(value, str) or value not in values:
            raise _Wrong(f"must be {' or '.join(values)}")
        return values[value]

    return read_one


def _object_of(record: type) -> _Reader:
    """Of a record: an object with its fields, those with a default being free."""
    readers = {field: _reader(kind) for field, kind in get_type_hints(record).items()}
    needed = readers.keys() - record._field_defaults.keys()  # type: ignore[attr-defined]  # a named tuple

    def read_object(value: JsonValue) -> object:
        if not isinstance(value, dict):
            raise _Wrong("must be an object")
        if missing := needed - value.keys():
            raise _Wrong(f"lacks “{min(missing)}”")
        if unknown := value.keys() - readers.keys():
            raise _Wrong(f"has no field {_shown(min(unknown))}")
        return record(**{field: _inside(field, readers[field], item) for field, item in value.items()})

    return read_object


def _shown(key: str) -> str:
    return f"“{key[:60]}”"
