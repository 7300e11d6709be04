"""Plain text in Chinese or Japanese whose lines were wrapped: words go on over the ends of lines, so that these go.

Such a text has lines as wide as each other, but for what may not begin or end one, and most of them end inside a
sentence; verse does not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from texts.lazy_pattern import lazy_pattern
from texts.prose import ends_sentence, runs_on

_WIDE = lazy_pattern(
    "[\u2014\u2018\u2019\u201c\u201d\u2026\u3000-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff01-\uff60\U00020000-\U0003ffff]"
)
"""Han and kana, and the signs that are as wide among them."""
_WRITTEN_WIDE = 0.6
"""Share of the letters and signs that are such in a text in Chinese or Japanese."""
_NARROWEST, _WIDEST = 30, 160
"""Columns: lines of verse are narrower, and nobody wraps wider."""
_RAGGED = 4
"""Columns by which a line may be narrower: a stop may not begin the next one, a bracket not end it."""
_HANGING = 2
"""Columns by which a stop may stand out."""
_FEWEST = 3
_SHARE = 0.8
"""So many lines, and such a share of those that end inside a sentence, have the width of all."""
_WIDER = 0.05
"""Such a share may be wider: what stands around the text in another script."""
_INDENTED = lazy_pattern(r"\u3000|[ \t]{2}")


def joined(body: str) -> str | None:
    """The body with a line a paragraph, parted by blank lines where indents or short lines part them.

    None where it is no text in Chinese or Japanese that was wrapped.
    """
    if body.isascii() or "\n" not in body:
        return None
    letters = len(body) - sum(map(body.count, " \t\n"))
    if len(_WIDE.findall(body)) < _WRITTEN_WIDE * letters:
        return None
    lines = body.split("\n")
    columns = [_columns(line) for line in lines]
    width = _width(lines, columns)
    return None if not width else "\n".join(_paragraphs(lines, columns, width))


def _columns(line: str) -> int:
    line = line.rstrip()
    return len(line) + len(_WIDE.findall(line))


def _width(lines: Sequence[str], columns: Sequence[int]) -> int:
    """How many columns wide the lines were wrapped; 0 where they were not."""
    going_on = [
        width
        for line, after, width in zip(lines, lines[1:], columns, strict=False)
        if _WIDE.search(line) and after.strip() and not _is_ended(line)
    ]
    widest = max(going_on, default=0)
    full = sum(width >= widest - _RAGGED for width in going_on)
    wider = sum(width > widest + _HANGING for width in columns)
    is_wrapped = full >= _FEWEST and full >= _SHARE * len(going_on) and wider <= _WIDER * len(columns)
    return widest if is_wrapped and _NARROWEST <= widest <= _WIDEST else 0


def _is_ended(line: str) -> bool:
    line = line.rstrip()
    return ends_sentence(line) or runs_on(line)


def _paragraphs(lines: Sequence[str], columns: Sequence[int], width: int) -> Iterator[str]:
    paragraph = ""
    may_go_on = False
    for line, columns_of_line in zip(lines, columns, strict=True):
        words = line.strip()
        if may_go_on and words and not _INDENTED.match(line):
            paragraph += _between(paragraph, words) + words
        else:
            if paragraph:
                yield paragraph
                if words and (may_go_on or ends_sentence(paragraph)):
                    yield ""
            paragraph = line.rstrip()
            if not words:
                yield ""
        may_go_on = bool(words) and -_RAGGED <= columns_of_line - width <= _HANGING
    if paragraph:
        yield paragraph


def _between(before: str, after: str) -> str:
    """What stands between two lines that are one: nothing beside a wide sign."""
    return "" if _WIDE.match(before[-1:]) or _WIDE.match(after[0]) else " "
