"""Plain text: the body is the file."""

from __future__ import annotations

from texts.load.decode import body_of
from texts.load.document import Document, File


def read(file: File) -> Document:
    """The document in a plain text file; raises LoadError."""
    return Document(body_of(file.data, file.name, file.encoding))
