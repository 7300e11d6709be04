"""Projects (`.qdpx`): a ZIP file with `project.qde` and the texts as `sources/<guid>.txt`."""

from __future__ import annotations

import io
import zipfile
from typing import BinaryIO

from store.errors import LibraryError
from store.exchange.archive import Archive
from store.exchange.package import package
from store.exchange.refi.qdpx_reader import archive_of
from store.exchange.refi.qdpx_writer import Project
from store.exchange.refi.refi_xml import parsed
from texts.load import archive as zips
from texts.load.decode import decode
from texts.load.document import LoadError
from texts.visible import one_line

_PROJECT = "project.qde"
_SOURCES = "sources/"


def write_archive(archive: Archive, out: BinaryIO) -> int:
    """Writes an archive as a project; gives the number of highlights.

    Raises LibraryError for a highlight without a place in a body that the archive holds.
    """
    project = Project(archive)
    with package(out) as members:
        members.write(_PROJECT, project.markup())
        for name in sorted(project.sources):
            members.write(f"{_SOURCES}{name}", [project.body(name)])
    return len(archive.highlights)


def read(data: bytes, name: str) -> Archive:
    """The archive in a project; raises LibraryError for what is none, or is broken or hostile."""
    name = one_line(name)
    try:
        archive = zips.ZipArchive(data, name)
        files = _files(data, name)
        project = parsed(archive.read(files[_project_file(files, name)]), name)
        if project.tag != "Project":
            raise LibraryError(
                f"{name} is no REFI-QDA project: it holds <{one_line(project.tag)}>, not <Project>"
            )

        by_name = _by_name(files)

        def load(address: str) -> str | None:
            file = _file_of(address, files, by_name)
            return None if file is None else decode(archive.read(file), name)

        return archive_of(project, load)
    except LoadError as error:
        raise LibraryError(str(error)) from error


def _file_of(address: str, files: dict[str, str], by_name: dict[str, list[str]]) -> str | None:
    """The file that an address means: `internal://NAME` in the folder of sources, as the standard has it.

    Some programs leave the scheme away, or name another folder, absolute or not; the name alone tells then.
    """
    path = address.partition("://")[2] or address
    wanted = path.replace("\\", "/").lower().lstrip("/")
    if not wanted:
        return None
    same = by_name.get(wanted.rpartition("/")[2], [])
    return files.get(_SOURCES + wanted) or files.get(wanted) or (same[0] if len(same) == 1 else None)


def _by_name(files: dict[str, str]) -> dict[str, list[str]]:
    """The files by their names without folders."""
    found: dict[str, list[str]] = {}
    for name, file in files.items():
        if not name.endswith("/"):
            found.setdefault(name.rpartition("/")[2], []).append(file)
    return found


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
    """`project.qde`; ATLAS.ti gives it the project's name, and who packs a folder by hand puts it in that folder."""
    projects = [file for file in files if file.endswith(".qde") and not file.startswith("__macosx/")]
    found = [file for file in projects if "/" not in file] or projects
    if _PROJECT in found:
        return _PROJECT
    if len(found) != 1:
        raise LibraryError(f"{name} is no REFI-QDA project: it holds no {_PROJECT}")
    return found[0]
