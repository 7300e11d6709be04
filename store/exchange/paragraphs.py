"""A text paragraph by paragraph, as an edition or a word processor has it: its kind, its lines, what covers them.

A body carries headings, quotations and items in the plain signs of Markdown (`texts.load.blocks`); here they are told
and taken off again. One paragraph and the highlights in it are in memory at a time.
"""

from __future__ import annotations

import re
from bisect import insort
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from store.exchange.render_model import HighlightView, TextReading
from texts.lazy_pattern import lazy_pattern
from texts.model import Passage, Span, Text
from texts.prose import keeps_lines


class Style(Enum):
    """What a paragraph is."""

    PROSE = "prose"
    """Its lines are one: a newline in it is a blank."""
    HEADING = "heading"
    QUOTE = "quote"
    """Each line had a `>` before it."""
    LIST = "list"
    """Each line is an item."""
    VERSE = "verse"
    """Each line stays for itself."""
    LINES = "lines"
    """Each line stays for itself, and some of them have the look of an item, a quotation or a row of a table."""
    FURNITURE = "furniture"
    """Page chrome."""


class CoveredRun(NamedTuple):
    """Neighbouring characters that the same highlights cover."""

    span: Span
    covering: tuple[HighlightView, ...]
    """In the order in which they start."""


class ParagraphLine(NamedTuple):
    """A line that stays for itself, or all of a paragraph that flows."""

    mark: str
    """What an item begins with, such as `-` or `3.`."""
    stretches: tuple[CoveredRun, ...]


class Paragraph(NamedTuple):
    """A passage, with what was made of it."""

    passage: Passage
    style: Style
    level: int
    """Of a heading, 1–6."""
    lines: tuple[ParagraphLine, ...]
    ended: tuple[HighlightView, ...]
    """The highlights whose last words stand in it."""


class _Shape(NamedTuple):
    style: Style
    level: int
    lines: tuple[tuple[str, Span], ...]
    """The mark of each line, and its words."""


_HEADING = lazy_pattern(r"(#{1,6}) (?=\S)")
_QUOTED = lazy_pattern(r"> ?")
_ITEM = lazy_pattern(r"[ \t]*([-*+•]|\d{1,3}[.)])[ \t]+(?=\S)")
_ROW = lazy_pattern(r".*\S \| ")
_LINE = lazy_pattern(r"[^\n]+")


def paragraphs(text: TextReading, lost: list[HighlightView] | None = None) -> Iterator[Paragraph]:
    """The passages of a text in order; `lost` gets the highlights of which no word is in any, such as of blanks."""
    coming = text.standing()
    following = next(coming, None)
    active: list[_Active] = []
    for passage in text.text.passages:
        shape = _shape(text.text, passage)
        while following is not None and following.parts[0].start < passage.span.end:
            last = _last_offset(text.text, following, passage, shape)
            if last is not None:
                active.append(_Active(following, last))
            elif lost is not None:
                lost.append(following)
            following = next(coming, None)
        shown = [one.shown for one in active]
        lines = tuple(ParagraphLine(mark, tuple(_stretches(span, shown))) for mark, span in shape.lines)
        ended = tuple(one.shown for one in active if one.last < passage.span.end)
        active = [one for one in active if one.last >= passage.span.end]
        yield Paragraph(passage, shape.style, shape.level, lines, ended)
    if lost is not None:
        lost += filter(None, (following, *coming))


class _Active(NamedTuple):
    shown: HighlightView
    last: int
    """Offset of its last word's last character."""


def _last_offset(text: Text, one: HighlightView, passage: Passage, shape: _Shape) -> int | None:
    """Of the last character of a highlight that stands in a line; None where none does.

    `passage`, of that shape, is the one that it begins in, and mostly the only one.
    """
    for part in reversed(one.parts):
        if passage.span.start <= part.start and part.end <= passage.span.end:
            touched = [shape]
        else:
            touched = [_shape(text, each) for each in reversed(text.touched(part))]
        for each in touched:
            for _, line in reversed(each.lines):
                if line.overlaps(part):
                    return min(line.end, part.end) - 1
    return None


def _stretches(line: Span, active: Sequence[HighlightView]) -> list[CoveredRun]:
    """A line, cut wherever a part of a highlight starts or ends."""
    if not active:
        return [CoveredRun(line, ())] if line.start < line.end else []
    first, after = line
    begun: dict[int, list[int]] = {}
    ended: dict[int, list[int]] = {}
    for number, one in enumerate(active):
        for start, end in one.parts:
            if start < after and first < end:
                begun.setdefault(max(start, first), []).append(number)
                ended.setdefault(min(end, after), []).append(number)
    covering: list[int] = []
    runs = []
    for start, end in pairwise(sorted({first, after, *begun, *ended})):
        for number in ended.get(start, ()):
            covering.remove(number)
        for number in begun.get(start, ()):
            insort(covering, number)
        runs.append(CoveredRun(Span(start, end), tuple([active[number] for number in covering])))
    return runs


def _shape(text: Text, passage: Passage) -> _Shape:
    return _shape_of(text.quote(passage.span), passage.span.start, passage.is_furniture, text.wrapped_at)


@lru_cache(64)
def _shape_of(words: str, start: int, is_furniture: bool, width: int) -> _Shape:
    """What the passage with these words is; spans count from `start` on, `width` as in `flows`."""
    spans = [Span(start + line.start(), start + line.end()) for line in _LINE.finditer(words)]
    lines = [words[span.start - start : span.end - start] for span in spans]
    if is_furniture:
        return _Shape(Style.FURNITURE, 0, tuple(("", span) for span in spans))
    if len(lines) == 1 and (heading := _HEADING.match(words)):
        level = len(heading[1])
        return _Shape(Style.HEADING, level, (("", Span(start + heading.end(), start + len(words))),))
    if (cut := _without(lines, spans, _QUOTED)) is not None:
        return _Shape(Style.QUOTE, 0, cut)
    if (cut := _without(lines, spans, _ITEM)) is not None:
        return _Shape(Style.LIST, 0, cut)
    if not keeps_lines(words, width):
        return _Shape(Style.PROSE, 0, (("", Span(start, start + len(words))),))
    signed = any(pattern.match(line) for line in lines for pattern in (_QUOTED, _ITEM, _ROW))
    return _Shape(Style.LINES if signed else Style.VERSE, 0, tuple(("", span) for span in spans))


def _without(
    lines: Iterable[str], spans: Iterable[Span], sign: re.Pattern[str]
) -> tuple[tuple[str, Span], ...] | None:
    """The lines without the sign before each; None where one has none, or nothing behind it."""
    cut = []
    for line, span in zip(lines, spans, strict=True):
        found = sign.match(line)
        if found is None or not line[found.end() :].strip():
            return None
        cut.append((found[1] if found.re.groups else "", Span(span.start + found.end(), span.end)))
    return tuple(cut)
