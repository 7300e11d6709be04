"""Archives in which documents travel: members of a ZIP file and their XML, with a limit on everything.

Nothing is ever unpacked to a disk, so that the names in an archive lead nowhere.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from typing import IO, TYPE_CHECKING

from texts.load.document import LoadError

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MOST_MEMBERS = 10_000
MOST_MEMBER_BYTES = 50_000_000
"""Of one member, unpacked."""
MOST_TOTAL_BYTES = 60_000_000
"""Of all that is read from one archive, unpacked."""
MOST_RATIO = 1_000
"""Unpacked bytes for a packed one, which no text comes near, but the filling of a bomb does."""
DEEPEST = 200
"""Elements of XML inside each other."""

_CHUNK = 1 << 16
_FREE = 1_000_000  # so many bytes may be had at any ratio: a page of blanks is no bomb
_HEAD = 100  # an EPUB begins with its kind, by its standard
_ENTRY = b"PK\x01\x02"
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    RuntimeError,  # a password
    ValueError,
    OSError,
    OverflowError,
)


_BOOK = re.compile(_ENTRY + rb".{42}[^\0]{1,200}?\.fb2", re.DOTALL | re.IGNORECASE)
"""The name of a book in the directory of an archive."""


class ZipArchive:
    """The members of a ZIP file by name; every method raises LoadError where the file is broken or hostile."""

    def __init__(self, data: bytes, name: str) -> None:
        """`name` is for messages."""
        self.name = name
        self._read = 0
        # The directory is read whole when the file is opened: that must not be where a million names come in.
        if data.count(_ENTRY) > MOST_MEMBERS:
            raise LoadError(f"{name} holds too many files: more than {MOST_MEMBERS:,}")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            self._members = {member.filename: member for member in self._zip.infolist()}
        except _BROKEN as error:
            raise self.broken() from error

    def broken(self) -> LoadError:
        """The error for an archive that does not hold what it should."""
        return LoadError(f"{self.name} is damaged: get it, or save it, once more")

    def members(self) -> tuple[str, ...]:
        """The names of the members, in the order of the archive."""
        return tuple(self._members)

    def __contains__(self, member: str) -> bool:
        return member in self._members

    def read(self, member: str) -> bytes:
        """The bytes of a member; a missing one is a damage. Counted while they are unpacked."""
        if member not in self._members:
            raise self.broken()
        info = self._members[member]
        if info.flag_bits & 1:
            raise LoadError(f"{self.name} is locked with a password: save it without one")
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise self.broken()
        try:
            with self._zip.open(info) as stream:
                return self._unpack(stream, info.compress_size)
        except _BROKEN as error:
            raise self.broken() from error

    def _unpack(self, stream: IO[bytes], packed: int) -> bytes:
        chunks: list[bytes] = []
        size = 0
        while chunk := stream.read(_CHUNK):
            chunks.append(chunk)
            size += len(chunk)
            self._read += len(chunk)
            too_dense = size > _FREE and size > MOST_RATIO * max(packed, 1)
            if too_dense or size > MOST_MEMBER_BYTES or self._read > MOST_TOTAL_BYTES:
                raise LoadError(f"{self.name} unpacks to far more than a text has: it is not read")
        return b"".join(chunks)

    def xml(self, member: str) -> Element:
        """The root of a member that is XML, without any DTD, entity or address being followed."""
        return parse_xml(self.read(member), self.name)


def parse_xml(data: bytes, name: str) -> Element:
    """The root of an XML document; raises LoadError for a broken one, one too deep, one with entities of its own.

    A DTD may be named, as the contents of older EPUBs do; it is not looked at.
    """
    from xml.etree.ElementTree import ParseError, TreeBuilder

    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import DefusedXMLParser

    class Shallow(TreeBuilder):
        """Counts how deep it is: a tree too deep could not even be thrown away."""

        depth = 0

        def start(self, tag: str, attrs: dict[str, str], /) -> Element:
            self.depth += 1
            if self.depth > DEEPEST:
                raise LoadError(f"{name} is nested too deep: more than {DEEPEST} elements")
            return super().start(tag, attrs)

        def end(self, tag: str, /) -> Element:
            self.depth -= 1
            return super().end(tag)

    parser = DefusedXMLParser(target=Shallow(), forbid_dtd=False, forbid_entities=True, forbid_external=True)
    try:
        parser.feed(data)
        return parser.close()  # type: ignore[no-any-return]
    except DefusedXmlException as error:
        raise LoadError(
            f"{name} defines entities of its own, which is not safe: save it once more"
        ) from error
    except (ParseError, ValueError, LookupError) as error:  # an encoding that is none
        raise LoadError(f"{name} is damaged: get it, or save it, once more") from error


def kind_of(data: bytes) -> str:
    """The module that reads such an archive; empty where it is none of them, or too broken to tell."""
    if b"mimetypeapplication/vnd.oasis.opendocument.text" in data[:_HEAD]:
        return "odt"
    if b"application/epub+zip" in data[:_HEAD] or b"META-INF/container.xml" in data:
        return "epub"
    if b"word/document.xml" in data or (b"[Content_Types].xml" in data and b"word/" in data):
        return "docx"
    return "fb2" if _BOOK.search(data) else ""
