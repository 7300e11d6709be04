"""Tags as codes: a path becomes codes inside each other, and the other way round."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple
from xml.etree.ElementTree import Element

from store.codebook import PALETTE, ancestors
from store.exchange.archive import TagEntry
from store.exchange.foreign import tag_of
from store.exchange.refi import guids
from store.exchange.refi.xml import add, add_words, guid_of, words_of


class Codes(NamedTuple):
    """The codes of a file."""

    tags: tuple[TagEntry, ...]
    """Those that can be put on something, or say something."""
    paths: dict[str, str]
    """GUID → path, of every code."""


def add_codes(parent: Element, tags: Iterable[TagEntry], used: Iterable[str] = ()) -> None:
    """Codes for all tags, and for paths in use that are not among them; what only leads to tags is not codable."""
    entries = {path: TagEntry(path) for path in used} | {tag.path: tag for tag in tags}
    paths = {above for path in entries for above in ancestors(path)}
    made: dict[str, Element] = {}
    for path in sorted(paths, key=lambda path: path.split("/")):
        above, _, name = path.rpartition("/")
        entry = entries.get(path)
        made[path] = add(
            made.get(above, parent),
            "Code",
            guid=guids.of_code(path),
            name=name,
            isCodable="true" if entry else "false",
            color=PALETTE.get(entry.colour, "") if entry else "",
        )
        if entry and entry.description:
            add_words(made[path], "Description", entry.description)


def codes_of(parent: Element, notes: Callable[[Element], str] = lambda code: "") -> Codes:
    """The codes in an element; `notes` gives the words of the notes on one, which join its description."""
    tags: dict[str, TagEntry] = {}
    paths: dict[str, str] = {}
    for names, code in _walk(parent, ()):
        guid = guid_of(code)
        if guid == guids.STAR:
            continue
        path = paths[guid] = tag_of(names)
        description = "\n\n".join(filter(None, (words_of(code, "Description"), notes(code))))
        codable = code.get("isCodable", "true").strip() not in ("false", "0")
        if path not in tags and (codable or description):
            tags[path] = TagEntry(path, _nearest(code.get("color", "")), description=description)
    return Codes(tuple(tags.values()), paths)


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
