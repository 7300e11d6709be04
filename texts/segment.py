"""A body becomes passages, a passage sentences, a sentence words: all as spans into the body."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType

from texts.model import Passage, Span
from texts.prose import CLOSERS, SUPERSCRIPTS, ends_sentence

WORD = re.compile(r"(?:[A-Z]\.){2,}|[^\W_]+(?:['’ʼ‘`][^\W_]+)*")
"""A word: letters and digits with inner apostrophes, or initials with their dots (U.S.)."""

LONG_LINE = 100
"""A line with as many characters is a paragraph's worth: people do not set lines that long by hand."""

_NARROWEST_WRAP = 30  # columns of words and verses are narrower than any wrapped prose
_WIDEST_WRAP = 150  # programs that wrap lines wrap them below this
_LONGEST_WORD = 24  # scripts without spaces would else never let a word fit
_NO_OVERRIDES: Mapping[int, bool] = MappingProxyType({})
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
_HEADING = re.compile(r"#{1,6}[ \t]+\S")


def passages(
    body: str, *, furniture: bool = True, overrides: Mapping[int, bool] = _NO_OVERRIDES
) -> tuple[Passage, ...]:
    """All paragraphs of the body in order: those of the article numbered from 1, furniture without.

    `furniture=False` takes every paragraph as part of the article. `overrides` maps the start of a
    paragraph to whether it is furniture: the reader's own word, which stands above any rule.
    """
    spans = paragraphs(body)
    flags = _furniture(body, spans) if furniture else [False] * len(spans)
    if overrides:
        flags = [overrides.get(span.start, flag) for span, flag in zip(spans, flags, strict=True)]
    numbered: list[Passage] = []
    number = 0
    for span, is_furniture in zip(spans, flags, strict=True):
        number += not is_furniture
        numbered.append(Passage(span, None if is_furniture else number))
    return tuple(numbered)


def _furniture(body: str, spans: Sequence[Span]) -> list[bool]:
    """For each paragraph, whether it is furniture: front matter is, and what `furniture_of` finds."""
    # Its words of chrome take longer to compile than a search to run, and a search finds no furniture.
    from texts.furniture import furniture_of

    front = front_matter_end(body)
    ahead = sum(span.start < front for span in spans)
    return [True] * ahead + furniture_of(body, spans[ahead:])


def paragraphs(body: str) -> list[Span]:
    """The paragraphs of a body, without the white space around them, in order.

    Blank lines part paragraphs. Lines that stand together are one paragraph if they were wrapped by hand or
    by a program, each their own if one of them is long (`LONG_LINE`), and else one: verse, an address, a
    list. A body without any blank line has a paragraph a line, unless it was wrapped. A Markdown heading
    and the front matter stand on their own.
    """
    front = front_matter_end(body)
    found = [Span(0, len(body[:front].rstrip()))] if front else []
    unparted = not _BLANK_LINE.search(body[front:].strip())
    for block in _blocks(body, front):
        if len(block) == 1 or not (unparted or _has_long_line(block)) or _is_wrapped(body, block):
            found.append(Span(block[0].start, block[-1].end))
        else:
            found.extend(block)
    return found


def _blocks(body: str, start: int) -> Iterator[list[Span]]:
    """Runs of lines without a blank line between them; of each line the span without its white space."""
    block: list[Span] = []
    for line in body[start:].split("\n"):
        content = line.strip()
        if content:
            first = start + line.index(content[0])
            span = Span(first, first + len(content))
            if content[0] == "#" and _HEADING.match(content):
                if block:
                    yield block
                yield [span]
                block = []
            else:
                block.append(span)
        elif block:
            yield block
            block = []
        start += len(line) + 1
    if block:
        yield block


def _has_long_line(block: Sequence[Span]) -> bool:
    return any(line.end - line.start >= LONG_LINE for line in block)


def _is_wrapped(body: str, block: Sequence[Span]) -> bool:
    """Whether the lines of a block are one paragraph that was wrapped greedily at some width.

    Then the first word of a line would not have fitted on the line before (one in ten may, where a hand has
    changed a word since), and most breaks fall inside a sentence. Two or three long lines pass that by
    chance, so their width must be one that programs wrap at.
    """
    width = max(line.end - line.start for line in block)
    if width < _NARROWEST_WRAP or (width > _WIDEST_WRAP and len(block) < 6):
        return False
    breaks = len(block) - 1
    fitting = at_sentence_end = 0
    for line, following in pairwise(block):
        word = _first_word(body, following)
        fitting += line.end - line.start + 1 + word <= width
        if fitting > breaks // 10:
            return False
        at_sentence_end += ends_sentence(body[line.start : line.end])
    return at_sentence_end <= breaks // 2


def _first_word(body: str, line: Span) -> int:
    """Length of the first word of a line, `_LONGEST_WORD` at most."""
    head = body[line.start : min(line.end, line.start + _LONGEST_WORD)]
    return len(head.split(maxsplit=1)[0])


_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(?P<lines>(?:[^\n]*\n){0,200}?)(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_FRONT_MATTER_LINE = re.compile(r"(?:[\w-]+[ \t]*:(?:[ \t].*)?|[ \t]+\S.*|-[ \t].*|#.*|[ \t]*)")


def front_matter_end(body: str) -> int:
    """Where the YAML front matter at the head of a body ends; 0 where there is none."""
    found = _FRONT_MATTER.match(body) if body.startswith("---") else None
    if found is None:
        return 0
    lines = found["lines"].splitlines()
    is_yaml = any(":" in line for line in lines) and all(map(_FRONT_MATTER_LINE.fullmatch, lines))
    return found.end() if is_yaml else 0


def words(body: str, span: Span) -> list[Span]:
    """The words in a span, in order; none reaches beyond it."""
    return [Span(*word.span()) for word in WORD.finditer(body, *span)]


# Marks that speech stands between, and apostrophes only where they do not join a word.
_QUOTE_MARK = re.compile(r"[\"“”„‟«»]|(?<!\w)['’‘‚‛‹›]|['’‘‚‛‹›](?!\w)")
# What ends with a dot and still leads on to what follows: `vol. 2`, `ch. IV`, `approx. 300`.
_LEADS_TO_NUMBER = re.compile(
    r"\b(?:approx|art|bks?|ca|chs?|cols?|fol|ll?|nn?|pts?|secs?|vols?|vv?)\.$", re.IGNORECASE
)
_LEADS_ON = re.compile(r"\b(?:approx|ca|cf|ed|eds|esp|trans|viz)\.$")
_NUMBER = re.compile(r"[\dIVXLC]+\b")
_ENUMERATOR = re.compile(r"[(\[]?(?:\d{1,3}|[IVXLC]{1,6}|[ivxlc]{1,6}|[A-Za-z])\.$")


def sentences(body: str, span: Span) -> list[Span]:
    """The sentences in a span, in order: they cover it, save the white space around and between them.

    sentencex finds them; it takes a quotation of several sentences for one, so it gets the span without its
    quote marks, which then go to the sentence that they open or close.
    """
    found: list[Span] = []
    for piece in _pieces(body, span):
        if found and not _parts(body, found[-1], piece):
            found[-1] = Span(found[-1].start, piece.end)
        else:
            found.append(piece)
    return found


def _pieces(body: str, span: Span) -> Iterator[Span]:
    """The span cut wherever sentencex would end a sentence."""
    start = span.start
    for cut in (*_cuts(body, span), span.end):
        stop = _after_closers(body, cut, span.end)
        content = body[start:stop].strip()
        if content:
            first = body.index(content[0], start)
            yield Span(first, first + len(content))
        start = max(start, stop)


def _cuts(body: str, span: Span) -> Iterator[int]:
    """Offsets after the last character of each sentence, quote marks not counted."""
    from sentencex import get_sentence_boundaries  # type: ignore[import-untyped]

    string = body[span.start : span.end]
    marks = [mark.start() for mark in _QUOTE_MARK.finditer(string)]
    # Each mark's place in the string without marks, to find the way back.
    shifted = [mark - nth for nth, mark in enumerate(marks)]
    bare = _QUOTE_MARK.sub("", string) if marks else string
    for boundary in get_sentence_boundaries("en", bare):
        end = boundary["start_index"] + len(boundary["text"].rstrip())
        if end > boundary["start_index"]:
            yield span.start + end + bisect_right(shifted, end - 1)


def _after_closers(body: str, offset: int, end: int) -> int:
    """The offset moved behind what closes the words before it: quote marks, brackets, a note's number."""
    while offset < end and body[offset] in CLOSERS + SUPERSCRIPTS:
        offset += 1
    return offset


def _parts(body: str, left: Span, right: Span) -> bool:
    """Whether a sentence ends between two pieces: not in `“Where?” he asked`, nor in `vol. 2`."""
    before, after = body[left.start : left.end], body[right.start : right.end]
    if body[left.end - 1] in CLOSERS and after[0].islower():
        return False
    if _LEADS_ON.search(before) or (_LEADS_TO_NUMBER.search(before) and _NUMBER.match(after)):
        return False
    return not _ENUMERATOR.fullmatch(before)
