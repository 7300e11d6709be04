"""Which reader a file gets: by its first bytes where they are certain, else by the ending of its name."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from importlib import import_module
from pathlib import PurePath
from typing import cast

from texts.load.document import Document, File

Reader = Callable[[File], Document]
"""Raises LoadError where there is nothing to read."""

_MODULES = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".epub": "epub",
    ".docx": "docx",
    ".pdf": "pdf",
}
_PLAIN = "plain"
_ZIP = b"PK\x03\x04"
_WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_HEAD = 2048
# What may stand before the first tag of a page: an XML declaration, comments (SingleFile writes one), blanks.
_PAGE = re.compile(
    rb"(?:\s|<\?xml[^>]*>|(?><!--.*?-->))*+<(?:!doctype\s+html|html)[\s>]", re.IGNORECASE | re.DOTALL
)


def reader_of(data: bytes, name: str) -> Reader:
    """The reader for a file of that name that holds these bytes."""
    module = _by_bytes(data) or _MODULES.get(PurePath(name).suffix.lower(), _PLAIN)
    return cast(Reader, import_module(f"texts.load.{module}").read)


def _by_bytes(data: bytes) -> str:
    """The module for what certain bytes begin with; empty where nothing is certain."""
    if data.startswith(b"%PDF-"):
        return "pdf"
    if data.startswith(_ZIP):
        from texts.load.archive import kind_of

        return kind_of(data)
    head = data[:_HEAD].removeprefix(codecs.BOM_UTF8)
    if head.startswith(_WIDE_MARKS):
        head = head[2:].replace(b"\0", b"")
    return "html" if _PAGE.match(head) else ""
