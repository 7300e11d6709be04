"""Plain text, whose lines were set by hand or by a machine: paragraphs found by indents, broken words made whole.

The body stays the file, but for a blank line between paragraphs that only an indent parted, and for paragraphs whose
words were broken at the ends of lines: these become one line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from texts.lazy_pattern import lazy_pattern
from texts.load import wrapped_han
from texts.load.decode import body_of
from texts.load.document import Document, File
from texts.load.printed_pages import PrintedPages
from texts.load.words_broken import WordJoiner

_INDENT = lazy_pattern(r"[ \t\u2003\u3000]*")
_TAB = 8
_LINES_OF_HANGING = 2.5
"""As many lines have paragraphs on the average whose first line alone stands out: in verse every other one may."""
_ITEM = lazy_pattern(r"\s*(?:[-*+•‣▪●◦–—]|\(?(?:\d{1,3}|[a-zA-Z])[.)])\s")
_LEAST_INDENT, _MOST_INDENT = 2, 12
"""Columns by which the first line of a paragraph stands in."""
_NARROWEST = 30
_MISFITS = 8
"""One line in so many may end although the next word had room: a hand has changed it since."""
_MAY_BREAK = frozenset("-\u2010\u00ac\u2e17")
_BROKEN = lazy_pattern(r"[^\W\d_][-\u2010\u00ac\u2e17]$")
_SURELY_BROKEN = "\u00ac\u2e17"
"""What OCR and old German prints end a line with inside a word."""
_MOST_BROKEN_LINE = 200
_FEWEST_BROKEN, _SHARE_BROKEN = 2, 0.15


def unwrapped(body: str) -> str:
    """The body with its paragraphs parted by blank lines, and its words whole."""
    if "\n" not in body:
        return body
    if (whole := wrapped_han.joined(body)) is not None:
        return whole
    blocks = [_parted(block) for block in _blocks(body.split("\n"))]
    lines = [line for block in blocks for line in block]
    if any(map(_is_broken, lines)):
        joiner = WordJoiner(line for line in lines if len(line) <= _MOST_BROKEN_LINE)
        blocks = [whole for block in blocks for whole in _whole(block, joiner)]
    return "\n".join(line for block in blocks for line in block)


def _blocks(lines: Sequence[str]) -> Iterator[list[str]]:
    """Runs of lines with words, and runs without, in turn."""
    run: list[str] = []
    for line in lines:
        if run and bool(line.strip()) != bool(run[0].strip()):
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _parted(block: list[str]) -> list[str]:
    """The block with a blank line before each line that begins a paragraph, if only indents tell where they begin."""
    if len(block) == 1:
        return block
    columns = [_column(line) for line in block]
    margin = min(columns)
    first = [column - margin for column in columns]
    starts = [_LEAST_INDENT <= indent <= _MOST_INDENT for indent in first]
    inner = sum(starts[1:])
    if not inner or len({indent for indent in first if indent}) > 1:
        return block
    widths = [len(line.rstrip()) for line in block]  # however wide a tab was meant to be
    if not _fills(block, widths, starts) or _is_verse(block, starts):
        starts = [not indented for indented in starts]
        if not _hangs(block, starts) or not _fills(block, widths, starts) or _is_verse(block, starts):
            return block
    parted: list[str] = []
    for line, begins in zip(block, starts, strict=True):
        if begins and parted:
            parted.append("")
        parted.append(line)
    return parted


def _hangs(block: Sequence[str], starts: Sequence[bool]) -> bool:
    """Whether paragraphs hang: all lines stand in but the first of each, which have several; lists are none."""
    count = sum(starts)
    is_long = len(block) >= _LINES_OF_HANGING * count
    return starts[0] and count > 1 and is_long and not any(map(_ITEM.match, block))


def _column(line: str) -> int:
    """Where the words of a line begin; an ideographic space is two columns wide."""
    indent = _INDENT.match(line)
    spaces = indent[0] if indent else ""
    return sum(_TAB if space == "\t" else 2 if space == "\u3000" else 1 for space in spaces)


def _fills(block: Sequence[str], widths: Sequence[int], starts: Sequence[bool]) -> bool:
    """Whether each line of a paragraph but its last is as full as the next word let it be, as no verse is."""
    width, inside, misfits = max(widths), 0, 0
    if width < _NARROWEST:  # as lines without words are
        return False
    for (place, line), (_, after) in pairwise(enumerate(block)):
        if starts[place + 1]:
            continue
        inside += 1
        word = after.split(maxsplit=1)[0]
        misfits += widths[place] + 1 + len(word) <= width and not _is_broken(line)
    return inside > 0 and misfits * _MISFITS <= inside


def _is_verse(block: Sequence[str], starts: Sequence[bool]) -> bool:
    """Whether every line begins with a capital, those too that no indent makes the first of a paragraph."""
    return all(
        next(filter(str.isalpha, line), "").isupper() and not line.isupper()
        for line, begins in zip(block[1:], starts[1:], strict=True)
        if not begins
    )


def _is_broken(line: str) -> bool:
    """Whether a line ends in what may be a broken word."""
    line = line.rstrip()
    return line[-1:] in _MAY_BREAK and bool(_BROKEN.search(line))


def _whole(block: list[str], joiner: WordJoiner) -> Iterator[list[str]]:
    """The block, its paragraphs as one line each where words were broken at the ends of lines."""
    for run in _blocks(block):
        lines = [line.strip() for line in run]
        breaks = [
            _is_broken(line) and (after[:1].islower() or line[-1] in _SURELY_BROKEN)
            for line, after in pairwise(lines)
        ]
        count = sum(breaks)
        enough = count >= max(_FEWEST_BROKEN, _SHARE_BROKEN * len(breaks))
        widths = [len(line.rstrip()) for line in run]
        wrapped = _fills(run, widths, [False] * len(lines))
        if not count or not (enough or wrapped) or max(widths) > _MOST_BROKEN_LINE:
            yield run
            continue
        indent = _INDENT.match(run[0])
        yield [(indent[0] if indent else "") + joiner.flow(lines)]


def read(file: File) -> Document:
    """The document in a plain text file; raises LoadError."""
    pages = PrintedPages()
    prepare = pages.joined if file.furniture and b"\f" in file.data else str
    body, remarks = body_of(file.data, file.name, file.encoding, prepare)
    return Document(unwrapped(body), remarks=(*remarks, *pages.remarks()))
