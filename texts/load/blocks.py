"""Paragraphs with a shape, and how a body carries it: in the plain signs of Markdown, which need no screen.

A heading begins with `#`, an item of a list with `-` or its number, a quoted line with `>`; lines of verse stay
lines, the cells of a row stand between bars. Headings, quotes and paragraphs are parted by a blank line; items
of a list and rows of a table stand together. `texts.segment` makes passages of them and the desk shows them as
they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from texts.load.decode import bare, normalized
from texts.load.document import LoadError

CELLS = " | "
"""What stands between two cells of a row."""

_DEEPEST = 6
"""Levels of headings, lists and quotes that are distinguished."""


class BlockKind(Enum):
    """What a block is."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "item"
    ROW = "row"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, item or row."""

    lines: Sequence[str]
    """One, or several where each stays for itself: verse, an address."""
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 1
    """Of a heading, or of the list that an item is in, from 1."""
    mark: str = ""
    """What an item begins with, such as `-` or `3.`; empty for what follows in the same item."""
    quoted: int = 0
    """How many quotations it stands in."""
    group: object = None
    """The same object for items of one list and rows of one table, which stand together."""


def body_of_blocks(blocks: Iterable[Block], name: str) -> str:
    """The body that the blocks make; raises LoadError where they hold no words. `name` is for messages."""
    return normalized(joined_blocks(blocks, name))


def joined_blocks(blocks: Iterable[Block], name: str) -> str:
    """The same before it is normalized."""
    pieces: list[str] = []
    before: Block | None = None
    for block in blocks:
        lines = _lines(block)
        if not lines:
            continue
        if before is not None:
            pieces.append("\n" if _stand_together(before, block) else "\n\n")
        pieces.append("\n".join(lines))
        before = block
    words = bare("".join(pieces))
    if not words.strip():
        raise LoadError(f"{name} is empty: there are no words in it")
    return words


def _stand_together(before: Block, block: Block) -> bool:
    return (
        block.kind in (BlockKind.ITEM, BlockKind.ROW)
        and block.kind is before.kind
        and block.group is before.group
    )


def _lines(block: Block) -> list[str]:
    """The lines of a block with their signs; none where there are no words."""
    lines = [line for line in map(str.rstrip, block.lines) if bare(line).strip()]
    if not lines:
        return []
    level = min(max(block.level, 1), _DEEPEST)
    if block.kind is BlockKind.HEADING:
        lines = ["#" * level + " " + " ".join(map(str.strip, lines))]
    elif block.kind is BlockKind.ITEM:
        indent = "  " * (level - 1)
        mark = f"{block.mark} " if block.mark else "  "
        lines = [indent + (mark if first else " " * len(mark)) + line for first, line in _first(lines)]
    quote = "> " * min(block.quoted, _DEEPEST)
    return [quote + line for line in lines]


def _first(lines: Sequence[str]) -> Iterable[tuple[bool, str]]:
    return ((place == 0, line) for place, line in enumerate(lines))
