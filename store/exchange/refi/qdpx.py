"""Projects (`.qdpx`): a ZIP file with `project.qde` and the texts as `sources/<guid>.txt`."""

from __future__ import annotations

import io
import zipfile
from typing import BinaryIO

from store.errors import LibraryError
from store.exchange.archive import Archive
from store.exchange.refi.reading import archive_of
from store.exchange.refi.writing import project_of
from store.exchange.refi.xml import document, parsed
from texts.load import archive as zips
from texts.load.decode import decode
from texts.load.document import LoadError
from texts.visible import one_line

_PROJECT = "project.qde"
_SOURCES = "sources/"
_INTERNAL = "internal://"
_EPOCH = (1980, 1, 1, 0, 0, 0)


def write_archive(archive: Archive, out: BinaryIO) -> int:
    """Writes an archive as a project; gives the number of highlights.

    Raises LibraryError for a highlight without a place in a body that the archive holds.
    """
    project = project_of(archive)
    files = {_PROJECT: document(project.element)}
    files |= {f"{_SOURCES}{name}": body.encode() for name, body in project.sources.items()}
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name in sorted(files):
            member = zipfile.ZipInfo(name, _EPOCH)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 3
            member.external_attr = 0o644 << 16
            package.writestr(member, files[name])
    return len(archive.highlights)


def read(data: bytes, name: str) -> Archive:
    """The archive in a project; raises LibraryError for what is none, or is broken or hostile."""
    name = one_line(name)
    try:
        package = zips.Archive(data, name)
        files = _files(data, name)
        project = parsed(package.read(files[_project_file(files, name)]), name)
        if project.tag != "Project":
            raise LibraryError(
                f"{name} is no REFI-QDA project: it holds <{one_line(project.tag)}>, not <Project>"
            )

        def load(address: str) -> str | None:
            file = files.get(_SOURCES + address.removeprefix(_INTERNAL).lower())
            if not address.startswith(_INTERNAL) or file is None:
                return None
            return decode(package.read(file), name)

        return archive_of(project, load)
    except LoadError as error:
        raise LibraryError(str(error)) from error


def _files(data: bytes, name: str) -> dict[str, str]:
    """The files of a package: name in small letters, as programs differ in them → name. Refuses one that leads out."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = package.namelist()
    for file in names:
        if file.startswith("/") or "\\" in file or ":" in file or ".." in file.split("/"):
            raise LibraryError(f"{name} is not safe: it holds a file named {one_line(file)!a}")
    files = {file.lower(): file for file in names}
    if len(files) < len(names):
        raise LibraryError(f"{name} is damaged: it holds two files of one name")
    return files


def _project_file(files: dict[str, str], name: str) -> str:
    """`project.qde`; ATLAS.ti gives it the project's name."""
    found = [file for file in files if file.endswith(".qde") and "/" not in file]
    if _PROJECT in found:
        return _PROJECT
    if len(found) != 1:
        raise LibraryError(f"{name} is no REFI-QDA project: it holds no {_PROJECT}")
    return found[0]
