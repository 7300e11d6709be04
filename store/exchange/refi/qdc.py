"""Codebooks (`.qdc`): tags with their tree, colours and descriptions."""

from __future__ import annotations

from typing import BinaryIO

from store.errors import LibraryError
from store.exchange.archive import Archive
from store.exchange.refi.codes import add_codes, codes_of
from store.exchange.refi.xml import CODEBOOK, add, document, parsed, root
from texts.visible import one_line


def write_archive(archive: Archive, out: BinaryIO) -> int:
    """Writes the tags of an archive; gives how many. Raises LibraryError without any: the standard wants one.

    Letters and digits of tags have no place in the format.
    """
    if not archive.tags:
        raise LibraryError("there is no tag yet, and a REFI-QDA codebook cannot be empty")
    book = root("CodeBook", CODEBOOK)
    add_codes(add(book, "Codes"), archive.tags)
    out.write(document(book))
    return len(archive.tags)


def read(data: bytes, name: str) -> Archive:
    """The tags of a codebook; raises LibraryError for what is none."""
    name = one_line(name)
    book = parsed(data, name)
    codes = book.find("Codes")
    if book.tag != "CodeBook" or codes is None:
        raise LibraryError(
            f"{name} is no REFI-QDA codebook: it holds <{one_line(book.tag)}>, not <CodeBook> with <Codes>"
        )
    return Archive(tags=codes_of(codes).tags)
