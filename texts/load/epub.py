"""EPUB 2 and 3: the chapters in the order of the spine, with what the package says of title and author."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING
from urllib.parse import unquote

from texts.lazy_pattern import lazy_pattern
from texts.load.archive import ZipArchive
from texts.load.blocks import Block, BlockKind, body_of_blocks
from texts.load.document import CountCallback, Document, File, LoadError
from texts.load.html import decoded
from texts.load.markup import check_tags, page_of
from texts.load.stylesheets import Stylesheets, linked_styles, own_styles

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MOST_CHAPTERS = 5_000

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_NCX = "application/x-dtbncx+xml"
_MADE_BY_MACHINES = lazy_pattern(r"unknown(?: title| author)?|untitled|section \d+|\[[^\]]*\]", re.IGNORECASE)
_NEAR_THE_TOP = 3
_MOST_AUTHORS = 5
_AUTHORS = frozenset(("", "aut", "author", "cre", "creator", "dub"))
_HELPERS = frozenset(
    ("art", "aui", "aft", "bkd", "bkp", "cov", "dsr", "ill", "nrt", "pbl", "prt", "translator", "trc", "trl")
)
"""Relators of MARC: translators, illustrators, who wrote only the foreword, who made the file."""
_PAGES = frozenset(("application/xhtml+xml", "text/html", "application/x-dtbook+xml", "text/x-oeb1-document"))
_FONT_ENCRYPTIONS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
"""Ways to make fonts unusable elsewhere, which leave the words alone."""


def read(file: File) -> Document:
    """The document in an EPUB; raises LoadError, also for one that is locked."""
    archive = ZipArchive(file.data, file.name)
    _refuse_locked(archive)
    package_path = _package_path(archive)
    package = archive.xml(package_path)
    book = _Book(archive, package, dirname(package_path))
    body = body_of_blocks(book.blocks(file.progress), file.name)
    authors = islice(_authors(package), _MOST_AUTHORS)
    return Document(body, next(_said(package, "title"), ""), ", ".join(authors))


def _refuse_locked(archive: ZipArchive) -> None:
    if _ENCRYPTION not in archive:
        return
    methods = (one.get("Algorithm", "") for one in _all(archive.xml(_ENCRYPTION), "EncryptionMethod"))
    if any(method not in _FONT_ENCRYPTIONS for method in methods):
        raise LoadError(f"{archive.name} is locked (DRM), and only its seller's programs can read it")


def _package_path(archive: ZipArchive) -> str:
    roots = _all(archive.xml(_CONTAINER), "rootfile")
    path = next((root.get("full-path", "") for root in roots), "")
    if path not in archive:
        raise archive.broken()
    return path


class _Book:
    """The chapters of a package in the order of its spine."""

    def __init__(self, archive: ZipArchive, package: Element, folder: str) -> None:
        self._archive = archive
        self._folder = folder
        self._items = {item.get("id", ""): item for item in _all(package, "item")}
        self._sheets: tuple[tuple[str, ...], Stylesheets] = (), Stylesheets()
        """The stylesheets of the last chapter: paths, or words, and what is read in them."""
        self._skipped = {
            self._path(one.get("href", "")) for one in _all(package, "reference") if one.get("type") == "toc"
        }
        self._skipped.update(
            self._path(item.get("href", "")) for item in self._items.values() if _is_nav(item)
        )
        self.chapters = self._spine(package)

    def _spine(self, package: Element) -> list[str]:
        """The members that hold chapters, each once; tables of contents are passed over."""
        found: dict[str, None] = {}
        for place in _all(package, "itemref"):
            item = self._items.get(place.get("idref", ""))
            if item is not None and item.get("media-type", "").lower() in _PAGES:
                found[self._path(item.get("href", ""))] = None
        if len(found) > MOST_CHAPTERS:
            raise LoadError(f"{self._archive.name} has too many chapters: more than {MOST_CHAPTERS:,}")
        return [path for path in found if path not in self._skipped and path in self._archive]

    def _path(self, address: str, folder: str | None = None) -> str:
        """The member that an address in the package means."""
        path = unquote(address.partition("#")[0])
        return normpath(join(self._folder if folder is None else folder, path)).lstrip("/")

    def blocks(self, progress: CountCallback | None) -> Iterator[Block]:
        """The blocks of all chapters, one chapter read at a time."""
        labels = self._labels()
        tags = 0
        for number, path in enumerate(self.chapters):
            if progress:
                progress(number, len(self.chapters))
            source = decoded(File(self._archive.read(path), self._archive.name))
            tags += source.count("<")
            check_tags(tags, self._archive.name)
            page = page_of(source, self._archive.name, self._styles(source, path))
            yield from _headed(page.blocks, labels.get(path, ""))

    def _styles(self, source: str, chapter: str) -> Stylesheets:
        """The stylesheets of a chapter: those it links to, which most chapters share, and its own."""
        linked = [self._path(address, dirname(chapter)) for address in linked_styles(source)]
        sheets = (*(path for path in linked if path in self._archive), *own_styles(source))
        if sheets != self._sheets[0]:
            words = (self._sheet(each) if each in self._archive else each for each in sheets)
            self._sheets = sheets, Stylesheets(words)
        return self._sheets[1]

    def _sheet(self, path: str) -> str:
        try:
            return decoded(File(self._archive.read(path), self._archive.name))
        except LoadError:
            return ""

    def _labels(self) -> dict[str, str]:
        """What the table of contents calls each chapter; nothing where it cannot be read."""
        labels: dict[str, str] = {}
        tables = (one for one in self._items.values() if _is_nav(one) or one.get("media-type") == _NCX)
        for path in dict.fromkeys(self._path(one.get("href", "")) for one in tables):
            if path not in self._archive:
                continue
            try:
                contents = self._archive.xml(path)
            except LoadError:
                continue
            for address, label in (*_nav_labels(contents), *_ncx_labels(contents)):
                labels.setdefault(self._path(address, dirname(path)), label)
        return labels


def _headed(blocks: list[Block], label: str) -> list[Block]:
    """A chapter that begins with a heading: its own, or what the table of contents calls it."""
    if (
        not blocks
        or not _is_given(label)
        or any(block.kind is BlockKind.HEADING for block in blocks[:_NEAR_THE_TOP])
    ):
        return blocks
    first = " ".join(blocks[0].lines)
    own = blocks[0].kind is BlockKind.PARAGRAPH and label.casefold() == first.casefold()
    return [Block([label], BlockKind.HEADING), *blocks[own:]]


def _nav_labels(contents: Element) -> Iterator[tuple[str, str]]:
    for link in _all(contents, "a"):
        yield link.get("href", ""), _words(link)


def _ncx_labels(contents: Element) -> Iterator[tuple[str, str]]:
    for point in _all(contents, "navPoint"):
        places = [child for child in point if _name(child) == "content"]
        labels = [child for child in point if _name(child) == "navLabel"]
        if places and labels:
            yield places[0].get("src", ""), _words(labels[0])


def _is_nav(item: Element) -> bool:
    return "nav" in item.get("properties", "").split()


def _said(package: Element, name: str) -> Iterator[str]:
    """The metadata of that name in the Dublin Core, in the order of the package."""
    for one in _all(package, "metadata"):
        yield from filter(_is_given, map(_words, _all(one, name)))


def _authors(package: Element) -> Iterator[str]:
    """Who wrote the book; where nobody is said to, those who made it in another way, but for its helpers."""
    creators: list[tuple[str, set[str]]] = []
    refined: dict[str, set[str]] = {}
    for one in _all(package, "meta"):
        if one.get("property") == "role":
            refined.setdefault(one.get("refines", "").removeprefix("#"), set()).add(_role(_words(one)))
    for metadata in _all(package, "metadata"):
        for one in _all(metadata, "creator"):
            own = {_role(said) for name, said in one.items() if name.rpartition("}")[2] == "role"}
            if _is_given(name := _words(one)):
                creators.append((name, own | refined.get(one.get("id", ""), set())))
    wrote = [name for name, roles in creators if not roles or roles & _AUTHORS]
    yield from wrote or (name for name, roles in creators if not roles <= _HELPERS)


def _role(said: str) -> str:
    """The code of a MARC relator, which may be its address."""
    return said.strip().rpartition("/")[2].lower()


def _is_given(words: str) -> bool:
    """Whether somebody gave that name, rather than a program in want of one."""
    return bool(words) and not _MADE_BY_MACHINES.fullmatch(words)


def _all(element: Element, name: str) -> Iterator[Element]:
    """All elements of that name below it, whatever their namespace."""
    return (one for one in element.iter() if _name(one) == name)


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _words(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())
