"""A file becomes a Text: one module a format, found by the file's first bytes, else by the ending of its name.

To add a format, write a module with a function like `plain.read` and name it in `kinds`. A module is imported
when a file of its format is read, and what it needs beyond the standard library inside its functions. No
reader opens a file of its own or asks the network for anything.
"""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

from texts.load.document import Document, File, LoadError, Progress
from texts.load.files import check_size, read_bytes
from texts.load.kinds import reader_of
from texts.load.names import guess_author, guess_title, slugify, telling_stem
from texts.model import Text
from texts.segment import passages
from texts.visible import one_line

__all__ = ["Document", "LoadError", "Progress", "load", "load_bytes", "slugify"]


def load(
    path: str | os.PathLike[str],
    *,
    encoding: str | None = None,
    furniture: bool = True,
    title: str | None = None,
    author: str | None = None,
    source: str | None = None,
    slug: str | None = None,
    progress: Progress | None = None,
) -> Text:
    """The text in a file; raises LoadError, whose message is one line.

    Title, author, source and slug are guessed where they are not given: from the file itself, its words,
    its name. `progress` is told of what takes seconds, such as the pages of a PDF.
    """
    where = Path(path)
    return load_bytes(
        read_bytes(where),
        where.name,
        encoding=encoding,
        furniture=furniture,
        title=title,
        author=author,
        source=source,
        slug=slug,
        progress=progress,
    )


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
    progress: Progress | None = None,
) -> Text:
    """The text in the bytes of a file of that name (`-` is standard input); otherwise as `load`."""
    shown = "standard input" if name == "-" else one_line(name)
    check_size(len(data), shown)
    read = reader_of(data, name)
    document = read(File(data, shown, encoding, furniture, progress))
    body = document.body
    parts = passages(body, furniture=furniture)
    title = _clean(title or document.title) or guess_title(body, parts, name)
    if author is None:
        author = document.author or guess_author(body, parts)
    return Text(
        slug=slugify(slug or telling_stem(name) or title),
        title=title,
        author=_clean(author),
        source=_clean(document.source) or shown if source is None else _clean(source),
        body=body,
        passages=parts,
    )


def _clean(words: str) -> str:
    """A name as it is kept: NFC, on one line, harmless."""
    return one_line(unicodedata.normalize("NFC", words[:2000])).strip()
