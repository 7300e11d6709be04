"""What others have noted in a document of a word processor, and on which words of its body.

While a document is read, characters that its XML cannot hold mark where a comment begins and ends. They are taken out
of the words again before these become a body, so that it is the same body with them and without.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from texts.lazy_pattern import lazy_pattern
from texts.load.blocks import Block, joined_blocks
from texts.load.decode import body_with_offsets
from texts.model import Span

TEXT_TITLE, TEXT_NAME, BY_LINE = "text title", "text name", "subtitle"
"""Styles of paragraphs that part the texts of a document that this program wrote: a title that belongs to the text, one
that only names it, and what stands below either."""
ORPHANS, ORPHAN = "orphans", "orphan"
"""Styles of paragraphs of such a document that are no words of its text: the heading above the words of highlights that
stand on none of them, and those words."""
_PARTS = (TEXT_TITLE, TEXT_NAME, BY_LINE, ORPHANS, ORPHAN)
_BEGIN, _END, _CALL = "\x01", "\x02", "\x03"
_DIGITS = {str(digit): chr(0x0E + digit) for digit in range(10)}
_MARK = lazy_pattern("([\x01-\x03])([\x0e-\x17]+)")
_EDGES = lazy_pattern(r"\A(?:\s|[\x01-\x03][\x0e-\x17]+)+|(?:\s|[\x01-\x03][\x0e-\x17]+)+\Z")
_MOST_DIGITS = 9


class Comment(NamedTuple):
    """A comment, as far as it stands apart from the words."""

    id: str
    author: str
    date: str
    """As the document writes it; empty where it does not say."""
    paragraphs: tuple[str, ...]
    answers: str = ""
    """The id of the comment that it answers; empty for none."""


class Commented(NamedTuple):
    """A document with its comments."""

    body: str
    title: str
    author: str
    comments: tuple[Comment, ...]
    spans: Mapping[str, Span]
    """Into the body, by id of a comment; those that stand on no words of it have none."""
    parts: tuple[tuple[Span, str], ...] = ()
    """Paragraphs in one of the styles that part texts, in order, each with that style."""


class CommentMarks:
    """The marks that stand for the ids of comments, and for paragraphs that part texts."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._ended: set[str] = set()
        """Ids whose end is said, also where no words come behind it."""

    def begin(self, id: str) -> str:
        """What marks where a comment begins; one that never ends goes on to its call, else to the end of its line."""
        return _BEGIN + self._digits(id)

    def end(self, id: str) -> str:
        """What marks where it ends."""
        self._ended.add(id)
        return _END + self._digits(id)

    def at(self, id: str) -> str:
        """What marks the place where a comment is called: all of it, unless it has begun before."""
        return _CALL + self._digits(id) if id in self._numbers else self.begin(id) + self.end(id)

    def paragraph(self, styles: Iterable[str], words: str) -> str:
        """The words of a paragraph, marked where it is in a style that parts texts; `styles` are its own and those that
        that is based on."""
        style = next((name for name in styles if name in _PARTS), "")
        if not style or not bare(words).strip():
            return words
        id = f"{style}\0{len(self._numbers)}"  # which no comment has: XML cannot hold it
        return f"{self.begin(id)}{words}{self.end(id)}"

    def commented(
        self,
        blocks: Iterable[Block],
        name: str,
        core: tuple[str, str],
        comments: Callable[[], Iterable[Comment]],
    ) -> Commented:
        """The document that blocks make; `core` is its title and author, `comments` is called when they are read."""
        body, spans = self.body(blocks, name)
        parts = sorted((span, id.partition("\0")[0]) for id, span in spans.items() if "\0" in id)
        own = {id: span for id, span in spans.items() if "\0" not in id}
        return Commented(body, *core, tuple(comments()), own, tuple(parts))

    def _digits(self, id: str) -> str:
        number = self._numbers.setdefault(id, len(self._numbers))
        return "".join(_DIGITS[digit] for digit in str(number))

    def body(self, blocks: Iterable[Block], name: str) -> tuple[str, dict[str, Span]]:
        """The body that blocks make, and where each comment stands in it; raises LoadError where they hold no words."""
        words, begins, ends, calls = self._without(joined_blocks(blocks, name))
        body, found = body_with_offsets(words)
        for id in begins.keys() - ends.keys():
            is_said = id in self._ended
            ends[id] = len(words) if is_said else _end_of(words, begins[id], calls.get(id, 0))
        wanted = {id: (begin, ends[id]) for id, begin in begins.items()}
        offsets = found(offset for pair in wanted.values() for offset in pair)
        spans = {id: _worded(body, offsets[start], offsets[end]) for id, (start, end) in wanted.items()}
        return body, {id: span for id, span in spans.items() if span is not None}

    def _without(self, marked: str) -> tuple[str, dict[str, int], dict[str, int], dict[str, int]]:
        """The words without marks, and the offset there of each mark, by id of its comment."""
        ids = list(self._numbers)
        places: dict[str, dict[str, int]] = {_BEGIN: {}, _END: {}, _CALL: {}}
        pieces: list[str] = []
        length = last = 0
        for mark in _MARK.finditer(marked):
            pieces.append(marked[last : mark.start()])
            length += mark.start() - last
            last = mark.end()
            number = int("".join(str(ord(digit) - 0x0E) for digit in mark[2][:_MOST_DIGITS]))
            if number < len(ids):
                places[mark[1]].setdefault(ids[number], length)
        return "".join((*pieces, marked[last:])), places[_BEGIN], places[_END], places[_CALL]


def lines_of(words: str) -> list[str]:
    """The lines of a paragraph; marks that stand in a line alone go into the next one, or the last."""
    lines: list[str] = []
    marks = ""
    for line in map(_trimmed, words.split("\n")):
        if bare(line):
            lines.append(marks + line)
            marks = ""
        else:
            marks += line
    if marks and lines:
        lines[-1] += marks
    return lines


def bare(words: str) -> str:
    """Words without marks."""
    return _MARK.sub("", words)


def marks_alone(words: str) -> str:
    """The marks in a paragraph, which has no words that could keep them."""
    return "".join(mark[0] for mark in _MARK.finditer(words))


def _end_of(words: str, begin: int, call: int) -> int:
    """Where a comment ends of which nothing says so: where it is called behind its beginning, else with its line."""
    line = words.find("\n", begin)
    return call if call > begin else line if line >= 0 else len(words)


def _trimmed(words: str) -> str:
    """Words without white space at their ends, marks kept; the same as `strip` where there are none."""
    return _EDGES.sub(lambda edge: marks_alone(edge[0]), words)


def _worded(body: str, start: int, end: int) -> Span | None:
    """A span without white space at its ends; of a mere place the word at it, else the one before it."""
    while start < end and body[start].isspace():
        start += 1
    while start < end and body[end - 1].isspace():
        end -= 1
    if start < end:
        return Span(start, end)
    before = re.search(r"\S+\s*\Z", body[max(0, start - 200) : start])
    behind = re.match(r"\S+", body[start : start + 200])
    first = start - len(before[0]) if before else start
    last = start + (len(behind[0]) if behind else 0)
    if before and not before[0][-1].isspace():
        return Span(first, last)
    if behind and not before:
        return Span(start, last)
    return Span(first, first + len(before[0].rstrip())) if before else None
