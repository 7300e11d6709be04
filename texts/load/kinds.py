"""Which reader a file gets: by its first bytes where they are certain, else by the ending of its name."""

from __future__ import annotations

import codecs
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import PurePath

from texts.lazy_pattern import lazy_pattern
from texts.load.document import UTF_16_MARKS, CancelCheck, Document, File, need

ReadFile = Callable[[File], Document]
"""What the `read` of a format's module is; raises LoadError where there is nothing to read."""


@dataclass(frozen=True, slots=True)
class InputFormat:
    """A format, and what reading it wants."""

    module: str
    """The module of `texts.load` whose `read` reads it."""
    package: str = ""
    """What it needs beyond what every installation has."""
    extra: str = ""
    """What brings that package."""
    title: str = ""
    """What a reader calls the format."""


_PLAIN = InputFormat("plain")
_FORMATS = {
    "markdown": InputFormat("markdown"),
    "html": InputFormat("html", "trafilatura", "html", "HTML"),
    "epub": InputFormat("epub"),
    "docx": InputFormat("docx"),
    "odt": InputFormat("odt"),
    "rtf": InputFormat("rtf"),
    "mhtml": InputFormat("mhtml", "trafilatura", "html", "HTML"),
    "subtitles": InputFormat("subtitles"),
    "tei": InputFormat("tei"),
    "fb2": InputFormat("fb2"),
    "pdf": InputFormat("pdf", "pypdfium2", "pdf", "PDF"),
}
_ENDINGS = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".epub": "epub",
    ".docx": "docx",
    ".fb2": "fb2",
    ".fodt": "odt",
    ".odt": "odt",
    ".rtf": "rtf",
    ".mht": "mhtml",
    ".mhtml": "mhtml",
    ".srt": "subtitles",
    ".ass": "subtitles",
    ".ssa": "subtitles",
    ".lrc": "subtitles",
    ".tei": "tei",
    ".vtt": "subtitles",
    ".pdf": "pdf",
}
_PAGES = frozenset(("html", "mhtml"))
_DECODED_HERE = frozenset(("plain", "markdown"))
"""Formats whose reading only decodes, in a time and a memory that the size of the file bounds."""
_OF_BYTES = frozenset(("rtf", "mhtml"))
"""Formats that say themselves which characters their bytes are: they are none in UTF-16."""
_ZIP = b"PK\x03\x04"
_HEAD = 2048
# What may stand before the first tag of a page: an XML declaration, comments (SingleFile writes one), blanks.
_PAGE = lazy_pattern(
    rb"(?:\s|<\?xml[^>]*>|(?><!--.*?-->))*+<(?:!doctype\s+html|html)[\s>]", re.IGNORECASE | re.DOTALL
)

_BEGINNINGS = (
    (
        "tei",
        (b"<tei", b":tei"),
        lazy_pattern(
            rb"(?:\s|<\?[^>]*>|(?><!--.*?-->)|<!DOCTYPE[^>\[]*>)*+<(?:\w+:)?(?:TEI|TEI\.2|teiCorpus)[\s>]",
            re.DOTALL,
        ),
    ),
    (
        "fb2",
        (b"fictionbook",),
        lazy_pattern(rb"(?:\s|<\?[^>]*>|(?><!--.*?-->))*+<(?:\w+:)?FictionBook[\s>]", re.DOTALL),
    ),
    (
        "odt",
        (b"<office:document",),
        lazy_pattern(rb"(?:\s|<\?[^>]*>|(?><!--.*?-->))*+<office:document[\s>]", re.DOTALL),
    ),
    ("rtf", (b"{\\rtf",), lazy_pattern(rb"\{\\rtf\d?")),
    (
        "subtitles",
        (b"webvtt", b"-->", b"["),
        lazy_pattern(
            rb"WEBVTT(?:[ \t\r\n]|$)|\s*\d+[ \t]*\r?\n\s*\d{1,3}:\d\d:\d\d[,.]\d{1,3}\s*-->\s*\d"
            rb"|\[Script Info\]\s|(?:\[[a-z]{2,8}:[^\]\n]*\]\s*){1,20}\[\d{1,3}:\d\d\.\d{2,3}\]"
        ),
    ),
    (
        "mhtml",
        (b"multipart/related",),
        lazy_pattern(
            rb"(?:[!-9;-~]+:.*\r?\n(?:[ \t].*\r?\n)*){0,40}?content-type:\s*multipart/related", re.IGNORECASE
        ),
    ),
)
"""What files of some formats begin with, and words of which one is there then, whatever its capitals.

Most files have none of them: so their start waits for no expression to be compiled."""


def format_of(data: bytes, name: str) -> InputFormat:
    """The format of a file of that name that holds these bytes."""
    return _FORMATS.get(_by_bytes(data) or _ENDINGS.get(PurePath(name).suffix.lower(), ""), _PLAIN)


def read_document(file: File, name: str, cancelled: CancelCheck | None = None) -> Document:
    """The document in a file; raises LoadError, also where an extra is missing. `name` is the file's true one."""
    found = format_of(file.data, name)
    if found.module in _DECODED_HERE:
        read: ReadFile = import_module(f"texts.load.{found.module}").read
        return read(file)
    # What tells the article from the page chrome is what HTML needs its package for.
    if found.package and (file.furniture or found.module not in _PAGES) and not _is_installed(found.package):
        raise need(found.package, found.extra, found.title)
    from texts.load import isolated

    return isolated.read_isolated(found.module, file, cancelled)


def _is_installed(package: str) -> bool:
    return sys.modules.get(package, ...) is not None and find_spec(package) is not None


def _by_bytes(data: bytes) -> str:
    """The module for what certain bytes begin with; empty where nothing is certain."""
    if data.startswith(b"%PDF-"):
        return "pdf"
    if data.startswith(_ZIP):
        from texts.load.archive import kind_of

        return kind_of(data)
    head = data[:_HEAD].removeprefix(codecs.BOM_UTF8)
    is_utf_16 = head.startswith(UTF_16_MARKS)
    if is_utf_16:
        head = head[2:].replace(b"\0", b"")
    folded = head.lower()
    for module, words, pattern in _BEGINNINGS:
        if is_utf_16 and module in _OF_BYTES:
            continue
        if any(word in folded for word in words) and pattern.match(head):
            return module
    return "html" if b"html" in head.lower() and _PAGE.match(head) else ""
