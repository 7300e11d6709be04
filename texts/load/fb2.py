"""FB2 (FictionBook 2), alone or in a ZIP: the book in its order, its notes at the end with their numbers.

What a seller or a library says of the book (its description, the blurb in it) is no part of the text, nor are pictures.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from texts.load.archive import ZipArchive, parse_xml
from texts.load.blocks import CELLS, Block, BlockKind, body_of_blocks
from texts.load.document import Document, File, LoadError
from texts.load.formulas import RAISED, superscript
from texts.load.wordstyles import child, name_of, value

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

ENDING = ".fb2"
_MOST_AUTHORS = 5
_NAMES = ("first-name", "middle-name", "last-name")
_NOTES = frozenset(("notes", "comments", "footnotes"))
"""Bodies that hold notes."""
_PARAGRAPHS = frozenset(("p", "subtitle", "text-author", "date", "v"))
_NOTHING = frozenset(("image", "empty-line", "binary"))
_QUOTED = frozenset(("cite", "epigraph"))


def read(file: File) -> Document:
    """The document in a book; raises LoadError, also where it is damaged or hostile."""
    root = _book(file)
    reader = _Reader(root)
    body = body_of_blocks(reader.blocks(), file.name)
    about = child(root, "description", "title-info")
    authors = islice(_authors(about), _MOST_AUTHORS)
    return Document(body, _flat(_all_words(child(about, "book-title"))), ", ".join(authors))


def _book(file: File) -> Element:
    if not file.data.startswith(b"PK"):
        return parse_xml(file.data, file.name)
    archive = ZipArchive(file.data, file.name)
    books = [member for member in archive.members() if _is_book(member)]
    if len(books) != 1:
        raise LoadError(f"{file.name} holds {len(books)} books: take one of them out of it")
    return archive.xml(books[0])


def _is_book(member: str) -> bool:
    """Whether a member of an archive is one; macOS packs a file of its own beside each."""
    return member.lower().endswith(ENDING) and not member.startswith("__MACOSX/")


def _authors(about: Element | None) -> Iterator[str]:
    for author in about if about is not None else ():
        if name_of(author) == "author":
            said = _flat(" ".join(_all_words(child(author, name)) for name in _NAMES))
            if name := said or _flat(_all_words(child(author, "nickname"))):
                yield name


def _flat(words: str) -> str:
    return " ".join(words.split())


def _all_words(element: Element | None) -> str:
    return "" if element is None else "".join(element.itertext())


def _own(note: Element) -> Iterator[Element]:
    """What stands in a note, or among notes, but for its title and for the notes in it."""
    for one in note:
        if name_of(one) != "section":
            if name_of(one) != "title":
                yield one
        elif not value(one, "id"):
            title = child(one, "title")
            yield from () if title is None else (title,)
            yield from _own(one)


class _Reader:
    def __init__(self, root: Element) -> None:
        bodies = [one for one in root if name_of(one) == "body"]
        self._texts = [one for one in bodies if value(one, "name") not in _NOTES]
        self._notes: dict[str, Element] = {}
        """By their ids; what nothing can call has a name that is no id."""
        for one in bodies:
            if one not in self._texts:
                self._notes[f" {len(self._notes)}"] = one
                for note in one.iter():
                    if name_of(note) == "section" and (id := value(note, "id")):
                        self._notes[f"{id} {len(self._notes)}" if id in self._notes else id] = note
        self._called: dict[str, int] = {}
        """The numbers of notes by their ids, in the order in which they are called."""

    def blocks(self) -> Iterator[Block]:
        """The blocks of the book, then those of its notes: as they are called, and those that nothing calls."""
        for body in self._texts:
            yield from self._section(body, 0, 0)
        for id in self._in_order():
            yield from self._note(id)

    def _in_order(self) -> Iterator[str]:
        """The ids of notes as they are called, also by each other, then of those that nothing calls."""
        done = 0
        while done < len(self._called):
            for id in list(self._called)[done:]:
                done += 1
                yield id
        yield from [id for id in self._notes if id not in self._called]

    def _note(self, id: str) -> Iterator[Block]:
        mark = f"{str(self._called[id]).translate(RAISED)} " if id in self._called else ""
        blocks = [block for one in _own(self._notes[id]) for block in self._of(one, 1, 0)]
        for block in blocks or [Block([""])] * bool(mark):
            yield replace(block, lines=[mark + block.lines[0], *block.lines[1:]])
            mark = ""

    def _section(self, section: Element, depth: int, quoted: int) -> Iterator[Block]:
        depth += child(section, "title") is not None or name_of(section) == "section"
        for element in section:
            yield from self._of(element, depth, quoted)

    def _of(self, element: Element, depth: int, quoted: int) -> Iterator[Block]:
        """The blocks of what stands on its own, in divisions so deep."""
        name = name_of(element)
        if name in _NOTHING:
            return
        if name == "title":
            yield Block(list(self._lines(element)), BlockKind.HEADING, depth, quoted=quoted)
        elif name == "subtitle" and any(map(str.isalpha, line := self._line(element))):
            yield Block([line], BlockKind.HEADING, depth + 1, quoted=quoted)
        elif name == "stanza":
            title = child(element, "title")
            if title is not None:
                yield Block(list(self._lines(title)), quoted=quoted)
            yield Block(
                [self._line(one) for one in element if name_of(one) in ("v", "subtitle")], quoted=quoted
            )
        elif name == "table":
            group = object()
            for row in element:
                yield Block([CELLS.join(map(self._line, row))], BlockKind.ROW, quoted=quoted, group=group)
        elif name in _PARAGRAPHS or not len(element):
            yield Block([self._line(element)], quoted=quoted)
        else:
            yield from self._section(element, depth, quoted + (name in _QUOTED))

    def _lines(self, title: Element) -> Iterable[str]:
        return (self._line(one) for one in title if name_of(one) == "p")

    def _line(self, element: Element) -> str:
        return _flat("".join(self._words(element)))

    def _words(self, element: Element) -> Iterator[str]:
        yield element.text or ""
        for one in element:
            name = name_of(one)
            if name == "a" and value(one, "href").removeprefix("#") in self._notes:
                yield self._call(value(one, "href").removeprefix("#"))
            elif name == "sup":
                yield superscript("".join(self._words(one)))
            elif name == "p":  # in a cell
                yield f" {''.join(self._words(one))} "
            elif name not in _NOTHING:
                yield from self._words(one)
            yield one.tail or ""

    def _call(self, id: str) -> str:
        return str(self._called.setdefault(id, len(self._called) + 1)).translate(RAISED)
