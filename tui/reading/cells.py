"""How many cells characters take in a terminal, and which of them make one grapheme.

Widths are Rich's, because Textual's compositor measures by them; on top of that come regional indicators, which
make a flag two by two, and tabs, which are drawn here as a fixed number of spaces.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate

from rich.cells import get_character_cell_size, split_graphemes

from texts.visible import visible

TAB = 4
"""Cells that a tab takes, wherever it stands."""

WHITE_SPACE = " \t\n\u3000"
"""What may hang over the end of a row, and what a row may break after."""

_ASCII = bytes(range(128))
_ZERO_WIDTH_JOINER = "\u200d"
_VARIATION_SELECTOR = "\ufe0f"
_PIECE = re.compile(r"\n|\t[^\n\t]*|[^\n\t]+")
"""What graphemes lie in: none reaches over a newline, or into a tab, which is drawn as several spaces."""
_AS_SPACE = str.maketrans("\t\n", "  ")
_SHOWN_AS = str.maketrans({"\n": " ", "\t": " " * TAB})


class _Widths(dict[str, int]):
    """Character → cells, filled as characters are met."""

    def __missing__(self, character: str) -> int:
        cells = self[character] = get_character_cell_size(visible(character))
        return cells


_widths = _Widths({"\n": 1, "\t": TAB})


def width(character: str) -> int:
    """Cells of one character by itself: 0, 1, 2, or `TAB`."""
    return _widths[character]


def odd_characters(string: str) -> re.Pattern[str] | None:
    """A pattern for the characters of the string that do not take exactly one cell; None where all do."""
    odd = set() if "\t" not in string else {"\t"}
    if not string.isascii():
        encoded = string.encode("utf-8", "surrogatepass").translate(None, _ASCII)
        odd |= {c for c in set(encoded.decode("utf-8", "surrogatepass")) if _widths[c] != 1}
    return re.compile(f"[{re.escape(''.join(sorted(odd)))}]") if odd else None


def graphemes(string: str) -> list[tuple[int, int]]:
    """The start and the cells of each grapheme, in order. A grapheme has 0 cells only where a line starts."""
    return [
        (piece.start() + start, cells)
        for piece in _PIECE.finditer(string)
        for start, cells in _in_piece(piece[0])
    ]


def _in_piece(string: str) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    half_a_flag = False
    # Rich gives control characters no width, and what has no width would join the character before.
    for start, _, cells in split_graphemes(visible(string).translate(_AS_SPACE))[0]:
        character = string[start]
        in_pair = half_a_flag and _is_regional(character)
        half_a_flag = _is_regional(character) and not in_pair
        if in_pair:
            found[-1] = (found[-1][0], found[-1][1] + cells)
        else:
            found.append((start, TAB if character == "\t" else cells))
    return found


def grapheme_starts(string: str) -> Sequence[int]:
    """The start of each grapheme, in order; a range where every character is one."""
    if _needs_graphemes(string):
        return [start for start, _ in graphemes(string)]
    widths = list(map(_widths.__getitem__, string))
    if all(widths):
        return range(len(string))
    return [start for start, cells in enumerate(widths) if cells or not start or string[start - 1] == "\n"]


def cells_before(string: str) -> list[int]:
    """Cells before each character of the string, and last the cells of all: one longer than the string.

    Characters inside a grapheme stand where the grapheme ends, so that no break falls before them.
    """
    if not _needs_graphemes(string):
        return list(accumulate(map(_widths.__getitem__, string), initial=0))
    cells = [0] * len(string)
    for start, taken in graphemes(string):
        cells[start] = taken
    return list(accumulate(cells, initial=0))


def cells_of(string: str) -> int:
    """Cells that the string takes on one row."""
    if string.isascii() and "\t" not in string:
        return len(string)
    return cells_before(string)[-1]


def as_shown(string: str) -> str:
    """The string as it is written to the terminal: harmless, newlines as spaces, tabs as `TAB` spaces.

    Bodies are made harmless when they are read in; but a library may come from anybody.
    """
    string = visible(string)
    return string.translate(_SHOWN_AS) if "\n" in string or "\t" in string else string


def grapheme_around(body: str, offset: int, low: int, high: int) -> tuple[int, int]:
    """Start and end of the grapheme that holds the offset, looking no further than `low` and `high`.

    `low` must be the start of a grapheme, and low ≤ offset < high.
    """
    start, end = offset, offset + 1
    while start > low and not _surely_starts(body, start):
        start -= 1
    while end < high and not _surely_starts(body, end):
        end += 1
    if end - start == 1:
        return start, end
    starts = [start + place for place, _ in graphemes(body[start:end])]
    first = max(place for place in starts if place <= offset)
    return first, min((place for place in starts if place > offset), default=end)


def _surely_starts(body: str, offset: int) -> bool:
    """Whether a grapheme starts here whatever stands before; False where one has to look further back."""
    character = body[offset]
    if character in "\n\t" or body[offset - 1] == "\n":
        return True
    if character.isascii():
        return body[offset - 1] != _ZERO_WIDTH_JOINER
    return (
        _widths[character] > 0
        and not _is_regional(character)
        and character not in (_ZERO_WIDTH_JOINER, _VARIATION_SELECTOR)
        and body[offset - 1] != _ZERO_WIDTH_JOINER
    )


def _is_regional(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


_IN_GRAPHEMES = re.compile("[\u200d\ufe0f\U0001f1e6-\U0001f1ff]")


def _needs_graphemes(string: str) -> bool:
    """Whether the cells of the string are not simply the sum of its characters' cells."""
    return not string.isascii() and _IN_GRAPHEMES.search(string) is not None
