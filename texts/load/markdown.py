"""Markdown: the body keeps its source; front matter and the first heading say title and author."""

from __future__ import annotations

import re

from texts.lazy_pattern import lazy_pattern
from texts.load.decode import body_of
from texts.load.document import Document, File
from texts.segment import front_matter_end, toml_of

_HEAD = 1 << 16  # a first heading stands at the head; the rest of a book need not be searched
_TITLE_MOST = 300
_FENCE = lazy_pattern(r"^(?P<fence>```+|~~~+).*?(?:^(?P=fence)|\Z)", re.M | re.S)
_HEADING = lazy_pattern(
    r"^ {0,3}#[ \t]+(?P<hashed>\S[^\n]*?)(?:[ \t]+#+)?[ \t]*$|^(?P<lined>\S[^\n]*)\n=+[ \t]*$", re.M
)
_EMPHASIS = lazy_pattern(r"(?<!\w)([*_]{1,3}|`+)(\S(?:.*?\S)?)\1(?!\w)")
_LINK = lazy_pattern(r"!?\[([^\]]*)\]\([^)]*\)")


def read(file: File) -> Document:
    """The document in a Markdown file; raises LoadError."""
    body, remarks = body_of(file.data, file.name, file.encoding)
    front = front_matter_end(body)
    said = _front_matter(body[:front])
    author = said.get("author") or said.get("authors") or said.get("by", "")
    return Document(body, said.get("title") or _first_heading(body[front:]), author, remarks=remarks)


def _front_matter(source: str) -> dict[str, str]:
    """The plain entries of front matter; a list becomes its items with commas between."""
    if source.startswith("+++"):
        said = toml_of(source.strip().strip("+"))
        return {key.lower(): words for key, value in said.items() if (words := _toml_words(value))}
    entries: dict[str, str] = {}
    key = ""
    for line in source.splitlines()[1:-1]:
        stripped = line.strip()
        if key and stripped.startswith("- "):
            entries[key] = ", ".join(filter(None, (entries[key], _scalar(stripped[2:]))))
        elif ":" in line and not line[:1].isspace():
            key, _, value = line.partition(":")
            key = key.strip().lower()
            entries[key] = _scalar(value)
    return entries


def _toml_words(value: object) -> str:
    """A value of TOML in words; empty for what is neither words nor a list or table with a name of them."""
    if isinstance(value, list):
        return ", ".join(filter(None, map(_toml_words, value)))
    if isinstance(value, dict):
        value = value.get("name", "")
    return " ".join(value.split()) if isinstance(value, str) else ""


def _scalar(value: str) -> str:
    value = value.strip()
    if value.startswith("[") and value.endswith("]"):
        return ", ".join(filter(None, map(_scalar, value[1:-1].split(","))))
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1].strip()
    return "" if value in {"|", ">", "|-", ">-", "null", "~"} else value


def _first_heading(source: str) -> str:
    """The words of the first heading of the first level, code left aside; empty where there is none."""
    heading = _HEADING.search(_FENCE.sub("", source[:_HEAD]))
    return plain_words((heading["hashed"] or heading["lined"])[:_TITLE_MOST]) if heading else ""


def plain_words(source: str) -> str:
    """A line of Markdown without the marks of emphasis, code and links."""
    source = _LINK.sub(r"\1", source)
    return _EMPHASIS.sub(r"\2", source).strip()
