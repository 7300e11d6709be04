"""Lines become paragraphs again: joined where they flow, kept where they are verse, broken words made whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from texts.lazy_pattern import lazy_pattern
from texts.load.blocks import Block, BlockKind
from texts.load.layout import LayoutLine, Region, regions, without_running
from texts.load.line_numbers import without_line_numbers
from texts.load.words_broken import WordJoiner
from texts.prose import ends_sentence

_HEADING_MOST = 200
_LARGER = 1.12
_ITEM = lazy_pattern(r"(?P<mark>[•‣▪●◦–—-]|\(?(?:\d{1,3}|[a-zA-Z])[.)])\s+(?=\S)")
_ROUND_BULLETS = "•‣▪●◦"
_BULLETS = _ROUND_BULLETS + "–—-"


_Group = list[tuple[LayoutLine, Region]]
"""The lines of a paragraph, each with the lines around it."""


def paragraphs(pages: Sequence[Sequence[LayoutLine]], *, furniture: bool = True) -> list[Block]:
    """The blocks of a document; `furniture` leaves out running heads, numbers of pages and of lines."""
    kept = [without_line_numbers(page) for page in without_running(pages)] if furniture else pages
    levels = _heading_levels(kept)
    joiner = WordJoiner(line.words for page in kept for line in page)
    found = [region for page in kept for region in regions(page)]
    return [_block(group, levels, joiner) for group in _groups(found)]


def _usual_size(pages: Sequence[Sequence[LayoutLine]]) -> float:
    """The size of the letters that most of the text is set in."""
    letters: Counter[float] = Counter()
    for page in pages:
        for line in page:
            letters[round(line.size, 1)] += len(line.words)
    return letters.most_common(1)[0][0] if letters else 0.0


def _heading_levels(pages: Sequence[Sequence[LayoutLine]]) -> dict[float, int]:
    """The level of heading for each size of letters that is larger than the usual one."""
    usual = _usual_size(pages)
    larger = {round(line.size, 1) for page in pages for line in page if line.size > usual * _LARGER}
    ranked = sorted(larger, reverse=True)
    return {size: min(rank, 3) for rank, size in enumerate(ranked, 1)}


def _groups(found: Sequence[Region]) -> Iterator[_Group]:
    """The lines of each paragraph, which may go on in another column or on another page."""
    group: _Group = []
    for region in found:
        for place, line in enumerate(region.lines):
            if group and (_ends_before(region, place) if place else not _goes_on(*group[-1], line)):
                yield group
                group = []
            group.append((line, region))
    if group:
        yield group


def _goes_on(before: LayoutLine, region: Region, line: LayoutLine) -> bool:
    """Whether a paragraph goes on from the end of a region at the head of the next one."""
    same = abs(before.size - line.size) < 0.08 * line.size
    if not same or ends_sentence(before.words) or _ITEM.match(line.words):
        return False
    return before.words.endswith("-") or line.words[:1].islower() or not _is_short(region, before)


def _is_short(region: Region, line: LayoutLine) -> bool:
    return line.right < region.right - max(0.12 * (region.right - region.left), 2 * line.size)


def _ends_before(region: Region, place: int) -> bool:
    """Whether a paragraph ends before that line of the region."""
    before, line = region.lines[place - 1], region.lines[place]
    if abs(before.size - line.size) > 0.08 * max(before.size, line.size):
        return True
    apart = before.top - line.top > 1.35 * region.leading or before.top < line.bottom
    if apart or region.is_verse:
        return apart
    if _ITEM.match(line.words):
        return line.words[0] in _ROUND_BULLETS or _is_short(region, before) or ends_sentence(before.words)
    if _is_short(region, before) and ends_sentence(before.words) and line.left <= before.left + line.size:
        return True
    indent = line.left - 0.6 * line.size
    following = region.lines[place + 1 : place + 2]
    returns = bool(following) and following[0].left < indent
    if indent > before.left:
        return returns or ends_sentence(before.words)
    return returns and _is_short(region, before)


def _block(group: _Group, levels: dict[float, int], joiner: WordJoiner) -> Block:
    """The paragraph, heading, item or verse that the lines are."""
    lines = [line.words for line, _ in group]
    verse = _is_verse(group)
    joined = lines if verse else [joiner.flow(lines)]
    first, region = group[0]
    level = levels.get(round(first.size, 1))
    if level and sum(map(len, joined)) <= _HEADING_MOST:
        return Block(joined, BlockKind.HEADING, level=level)
    item = None if verse else _ITEM.match(joined[0])
    if item:
        mark = "-" if item["mark"] in _BULLETS else item["mark"]
        return Block([joined[0][item.end() :]], BlockKind.ITEM, 1, mark, group=region)
    return Block(joined)


def _is_verse(group: _Group) -> bool:
    """Whether most lines end where the next word would still have had room, or all stand among verses."""
    if len(group) > 1 and all(region.is_verse for _, region in group):
        return True
    with_room = [_has_room(region, line, after) for (line, region), (after, _) in pairwise(group)]
    return len(group) > 2 and sum(with_room) > 0.7 * len(with_room)


def _has_room(region: Region, line: LayoutLine, after: LayoutLine) -> bool:
    first, _, _ = after.words.partition(" ")
    letter = (after.right - after.left) / max(len(after.words), 1)
    return line.right + (len(first) + 1) * letter < region.right
