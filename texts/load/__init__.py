"""A file becomes a Text: one module a format, found by the file's first bytes, else by the ending of its name.

To add a format, write a module with a function like `plain.read` and name it in `kinds`. A module is imported
when a file of its format is read, in a process of its own (`isolated`) unless it only decodes words. No reader opens
a file of its own or asks the network for anything.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

from texts.digests import digest_of
from texts.load.document import READINGS, CancelCheck, CountCallback, Document, File, LoadError, Remark
from texts.load.files import check_size, read_bytes
from texts.load.kinds import read_document
from texts.load.titles import guess_author, guess_title, short_slug, slugify, telling_stem
from texts.model import Text
from texts.segment import passages
from texts.visible import one_line

__all__ = [
    "CountCallback",
    "Document",
    "FindLoaded",
    "LoadError",
    "LoadHints",
    "LoadOptions",
    "load",
    "load_bytes",
    "slugify",
    "text_of",
]


if TYPE_CHECKING:
    from typing import Unpack

FindLoaded = Callable[[str], Text | None]
"""Gives the text with the body of a digest, where there is one already."""


class LoadHints(TypedDict, total=False):
    """What a reader can say of a file; what is not said is guessed from the file itself, its words, its name."""

    encoding: str | None
    furniture: bool
    title: str | None
    author: str | None
    source: str | None
    slug: str | None
    reading: str
    """One of `document.READINGS`: what is taken of an edition that has the original and a regularised text."""


class LoadOptions(LoadHints, total=False):
    """What `load` takes besides a file."""

    progress: CountCallback | None
    """Called as what takes seconds goes on, such as the pages of a PDF."""
    cancelled: CancelCheck | None
    """Whether to raise LoadError instead of going on."""
    remark: Remark | None
    """Called with what was left out, such as the comments of a DOCX."""
    known: FindLoaded | None
    """Called with the digest of the body; a text that it gives is the text, and paragraphs are not looked at."""


def load(path: str | os.PathLike[str], **options: Unpack[LoadOptions]) -> Text:
    """The text in a file; raises LoadError, whose message is one line."""
    where = Path(path)
    return load_bytes(read_bytes(where), where.name, **options)


def load_bytes(
    data: bytes,
    name: str,
    *,
    encoding: str | None = None,
    furniture: bool = True,
    title: str | None = None,
    author: str | None = None,
    source: str | None = None,
    slug: str | None = None,
    reading: str = READINGS[0],
    progress: CountCallback | None = None,
    cancelled: CancelCheck | None = None,
    remark: Remark | None = None,
    known: FindLoaded | None = None,
) -> Text:
    """The text in the bytes of a file of that name (`-` is standard input); otherwise as `load`."""
    shown = "standard input" if name == "-" else one_line(name)
    check_size(len(data), shown)
    document = read_document(File(data, shown, encoding, furniture, progress, reading), name, cancelled)
    if remark is not None:
        for each in document.remarks:
            remark(each)
    if known is not None and (text := known(digest_of(document.body))):
        return text
    return text_of(document, name, furniture=furniture, title=title, author=author, source=source, slug=slug)


def text_of(
    document: Document,
    name: str,
    *,
    furniture: bool = True,
    title: str | None = None,
    author: str | None = None,
    source: str | None = None,
    slug: str | None = None,
) -> Text:
    """The text that a document is: what neither it nor the caller says is guessed; `name` is that of its file."""
    shown = "standard input" if name == "-" else one_line(name)
    body = document.body
    parts = passages(body, furniture=furniture)
    title = _clean(title or document.title) or guess_title(body, parts, name)
    if author is None:
        author = document.author or guess_author(body, parts)
    return Text(
        slug=slugify(slug) if slug else short_slug(telling_stem(name) or title),
        title=title,
        author=_clean(author),
        source=_clean(document.source) or shown if source is None else _clean(source),
        body=body,
        passages=parts,
    )


def _clean(words: str) -> str:
    """A name as it is kept: NFC, on one line, harmless."""
    return one_line(unicodedata.normalize("NFC", words[:2000])).strip()
