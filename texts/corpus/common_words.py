"""What two passages have in common, word by word: evidence for pairs that come without any."""

from __future__ import annotations

from texts.lazy_pattern import lazy_pattern
from texts.model import Span

_WORD = lazy_pattern(r"\w+(?:['’]\w+)*")
_FEWEST = 2
"""Words in a row that are evidence; one alone only where it is long."""
_LONG = 6


def common_words(left: str, left_span: Span, right: str, right_span: Span) -> list[tuple[Span, Span]]:
    """The places of words that two passages have in the same order, case aside: spans into both bodies.

    A word alone counts from six letters on: shorter ones are in any two passages.
    """
    from texts.compare.matching_blocks import matching_blocks  # all of comparing comes with it

    ours = [Span(*found.span()) for found in _WORD.finditer(left, *left_span)]
    theirs = [Span(*found.span()) for found in _WORD.finditer(right, *right_span)]
    blocks = matching_blocks(
        [left[slice(*span)].casefold() for span in ours], [right[slice(*span)].casefold() for span in theirs]
    )
    found = []
    for block in blocks:
        one = Span(ours[block.left].start, ours[block.left_end - 1].end)
        other = Span(theirs[block.right].start, theirs[block.right_end - 1].end)
        if block.size >= _FEWEST or one.end - one.start >= _LONG:
            found.append((one, other))
    return found
