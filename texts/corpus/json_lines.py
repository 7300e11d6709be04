"""Lines of JSON from anybody's file: one object a line, and a reason in words where a line is none."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date

from texts.lazy_pattern import lazy_pattern

LONGEST_LINE = 64_000_000
"""Bytes of a line at most: room for a text of 20 MB with its escapes."""

_SURROGATES = lazy_pattern("[\ud800-\udfff]")


class LineError(ValueError):
    """A line that is not what it should be; the message says why, to stand after `line 3: `."""


def decoded(line: bytes) -> dict[str, object]:
    """The object that a line of UTF-8 holds; halves of surrogate pairs in it become U+FFFD.

    Raises LineError for what is no JSON object, is nested deeper than Python goes, or holds a number of more digits
    than Python reads.
    """
    if len(line) > LONGEST_LINE:
        raise LineError(f"is longer than {LONGEST_LINE // 1_000_000} MB")
    try:
        record = json.loads(line)
    except UnicodeDecodeError:
        raise LineError("is not UTF-8") from None
    except json.JSONDecodeError as error:
        raise LineError(f"is no JSON ({error.msg.lower()} at character {error.pos + 1})") from None
    except RecursionError:
        raise LineError("is nested too deep") from None
    except ValueError:  # of more than 4,300 digits
        raise LineError("holds a number that is too long") from None
    if not isinstance(record, dict):
        raise LineError("is no JSON object")
    if (
        b"\\ud" in line or b"\\uD" in line
    ):  # perhaps half of a pair, which JSON may escape and no file can hold
        whole = json.dumps(record, ensure_ascii=False)
        record = dict(json.loads(_SURROGATES.sub("\ufffd", whole)))
    return record


def words(record: Mapping[str, object], key: str) -> str:
    """What stands under a key, as words: numbers as they are written, days as ISO 8601, lists joined; else empty."""
    value = record.get(key)
    if isinstance(value, str):
        return value
    if isinstance(value, date):  # not in JSON, but in Parquet
        return value.isoformat()
    if isinstance(value, list):
        return ", ".join(str(each) for each in value if isinstance(each, str | int | float))
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def whole_number(record: Mapping[str, object], key: str) -> int | None:
    """A count or offset under a key, also as digits in quotes; None where there is none. Raises LineError."""
    value = record.get(key)
    if value is None or value == "":
        return None
    if isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) < 17:
        value = int(value)
    if (
        isinstance(value, float) and value.is_integer()
    ):  # as data frames write whole numbers beside empty cells
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 2**53:
        raise LineError(f"has a “{key}” that is no whole number from 0 on")
    return value
