"""A body becomes passages, and any span of it words: all as spans into the body."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from types import MappingProxyType

from texts.lazy_pattern import lazy_pattern
from texts.model import Passage, Span
from texts.prose import ends_sentence
from texts.tokens import WORD

LONG_LINE = 100
"""A line with as many characters is a paragraph's worth: people do not set lines that long by hand."""

_NARROWEST_WRAP = 30  # columns of words and verses are narrower than any wrapped prose
_WIDEST_WRAP = 150  # programs that wrap lines wrap them below this
_LONGEST_WORD = 24  # scripts without spaces would else never let a word fit
_NO_OVERRIDES: Mapping[int, bool] = MappingProxyType({})
_BLANK_LINE = lazy_pattern(r"\n[^\S\n]*\n")
_HEADING = lazy_pattern(r"#{1,6}[ \t]+\S")


def passages(
    body: str, *, furniture: bool = True, overrides: Mapping[int, bool] = _NO_OVERRIDES
) -> tuple[Passage, ...]:
    """All paragraphs of the body in order: those of the article numbered from 1, furniture without.

    `furniture=False` takes every paragraph as part of the article. `overrides` maps the start of a
    paragraph to whether it is furniture: the reader's own word, which stands above any rule.
    """
    if furniture:
        spans, flags = _by_rule(body)
    else:
        spans = paragraphs(body)
        flags = [False] * len(spans)
    if overrides:
        flags = [overrides.get(span.start, flag) for span, flag in zip(spans, flags, strict=True)]
    numbered: list[Passage] = []
    number = 0
    for span, is_furniture in zip(spans, flags, strict=True):
        number += not is_furniture
        numbered.append(Passage(span, None if is_furniture else number))
    return tuple(numbered)


@lru_cache(maxsize=1)
def _by_rule(body: str) -> tuple[list[Span], list[bool]]:
    """The paragraphs, and for each whether it is furniture: front matter is, and what `boilerplate_of` finds.

    Remembered for one body: of a text that is added it is asked when the file is read and when the text is kept.
    """
    # Its words of chrome take longer to compile than a search to run, and a search finds no furniture.
    from texts.boilerplate.article import boilerplate_of

    spans = paragraphs(body)
    front = front_matter_end(body)
    ahead = sum(span.start < front for span in spans)
    return spans, [True] * ahead + boilerplate_of(body, spans[ahead:])


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


_FRONT_MATTER = lazy_pattern(r"\A---[ \t]*\n(?P<lines>(?:[^\n]*\n){0,200}?)(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_TOML_FRONT_MATTER = lazy_pattern(r"\A\+{3}[ \t]*\n(?P<lines>(?:[^\n]*\n){0,200}?)\+{3}[ \t]*(?:\n|\Z)")
_FRONT_MATTER_LINE = lazy_pattern(r"(?:[\w-]+[ \t]*:(?:[ \t].*)?|[ \t]+\S.*|-[ \t].*|#.*|[ \t]*)")


def front_matter_end(body: str) -> int:
    """Where the front matter at the head of a body ends, in YAML or TOML; 0 where there is none."""
    if body.startswith("+++"):
        found = _TOML_FRONT_MATTER.match(body)
        return found.end() if found and toml_of(found["lines"]) else 0
    found = _FRONT_MATTER.match(body) if body.startswith("---") else None
    if found is None:
        return 0
    lines = found["lines"].splitlines()
    is_yaml = any(":" in line for line in lines) and all(map(_FRONT_MATTER_LINE.fullmatch, lines))
    return found.end() if is_yaml else 0


def toml_of(source: str) -> dict[str, object]:
    """What TOML says; nothing where it is none."""
    import tomllib

    try:
        return tomllib.loads(source)
    except (ValueError, RecursionError):
        return {}


def words(body: str, span: Span) -> list[Span]:
    """The words in a span, in order; none reaches beyond it."""
    return [Span(*word.span()) for word in WORD.finditer(body, *span)]
