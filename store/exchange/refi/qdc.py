"""Tags as codes, a path as codes inside each other, and codebooks (`.qdc`): the tree, colours and descriptions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO, NamedTuple
from xml.etree.ElementTree import Element

from store.codebook import PALETTE, ancestors
from store.errors import LibraryError
from store.exchange.archive import Archive, TagEntry
from store.exchange.foreign import tag_of
from store.exchange.refi import guids
from store.exchange.refi.refi_xml import CODEBOOK, guid_of, opening, parsed, words_of
from store.exchange.xml import element, words_in
from texts.visible import one_line

STAR = "★"
"""Name of the code that stands for a star."""


class RefiCodes(NamedTuple):
    """The codes of a file."""

    tags: tuple[TagEntry, ...]
    """Those that can be put on something, or say something."""
    paths: dict[str, str]
    """GUID → path, of every code."""
    stars: frozenset[str] = frozenset({guids.STAR})
    """GUIDs of the code that stands for a star; another program may have given it one of its own."""


def codes(tags: Iterable[TagEntry], used: Iterable[str] = ()) -> str:
    """Codes for all tags, and for paths in use that are not among them; what only leads to tags is not codable."""
    entries = {path: TagEntry(path) for path in used} | {tag.path: tag for tag in tags}
    paths = {above for path in entries for above in ancestors(path)}
    below: dict[str, list[str]] = defaultdict(list)
    for path in sorted(paths, key=lambda path: path.split("/"), reverse=True):
        above, _, name = path.rpartition("/")
        entry = entries.get(path)
        below[above].append(
            element(
                "Code",
                words_in("Description", entry.description) if entry and entry.description else "",
                *reversed(below.pop(path, [])),
                guid=guids.of_code(path),
                name=name,
                isCodable="true" if entry else "false",
                color=PALETTE.get(entry.colour, "") if entry else "",
            )
        )
    return "".join(reversed(below[""]))


def codes_of(
    parent: Element, notes: Callable[[Element], str] = lambda code: "", *, ours: bool = False
) -> RefiCodes:
    """The codes in an element; `notes` gives the words of the notes on one, which join its description."""
    stars = {guids.STAR}
    tags: dict[str, TagEntry] = {}
    paths: dict[str, str] = {}
    for names, code in _walk(parent, ()):
        guid = guid_of(code)
        if guid == guids.STAR or (not ours and names == (STAR,)):
            stars.add(guid)
            continue
        path = paths[guid] = tag_of(names)
        description = "\n\n".join(filter(None, (words_of(code, "Description"), notes(code))))
        codable = code.get("isCodable", "true").strip() not in ("false", "0")
        if path not in tags and (codable or description):
            tags[path] = TagEntry(path, _nearest(code.get("color", "")), description=description)
    return RefiCodes(tuple(tags.values()), paths, frozenset(stars))


def _walk(parent: Element, above: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Element]]:
    for code in parent.findall("Code"):
        names = (*above, code.get("name", ""))
        yield names, code
        yield from _walk(code, names)


def _nearest(colour: str) -> str:
    """The colour of the palette that a value such as `#e69f00` or `#ea0` is nearest to; empty for none."""
    digits = colour.strip().removeprefix("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    try:
        wanted = bytes.fromhex(digits)
    except ValueError:
        return ""
    if len(wanted) != 3:
        return ""

    def distance(name: str) -> int:
        return sum((a - b) ** 2 for a, b in zip(bytes.fromhex(PALETTE[name][1:]), wanted, strict=True))

    return min(PALETTE, key=distance)


def write_archive(archive: Archive, out: BinaryIO) -> int:
    """Writes the tags of an archive; gives how many. Raises LibraryError without any: the standard wants one.

    Letters and digits of tags have no place in the format.
    """
    if not archive.tags:
        raise LibraryError("there is no tag yet, and a REFI-QDA codebook cannot be empty")
    book = f"{opening('CodeBook', CODEBOOK)}{element('Codes', codes(archive.tags))}</CodeBook>"
    out.write(book.encode())
    return len(archive.tags)


def read(data: bytes, name: str) -> Archive:
    """The tags of a codebook; raises LibraryError for what is none."""
    name = one_line(name)
    book = parsed(data, name)
    found = book.find("Codes")
    if book.tag != "CodeBook" or found is None:
        raise LibraryError(
            f"{name} is no REFI-QDA codebook: it holds <{one_line(book.tag)}>, not <CodeBook> with <Codes>"
        )
    return Archive(tags=codes_of(found).tags)
