"""How many cells characters take in a terminal, and which of them make one grapheme.

Widths are those that terminals count, which Rich does not everywhere: a spacing vowel sign (हिन्दी) takes a cell in nine
of ten terminals and none in Rich. What a terminal makes of emoji differs; `count_as` says which it is. Strips that hold
such words are given their cells, so that nothing measures them again.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from texts.lazy_pattern import lazy_pattern
from texts.tokens import is_letter_edge
from texts.visible import visible

TAB = 4
"""Cells that a tab takes, wherever it stands."""

WHITE_SPACE = " \t\n\u3000"
"""What may hang over the end of a row, and what a row may break after."""

_ASCII = bytes(range(128))
_ONE_CELL = frozenset(("Ll", "Lu", "Lt", "Lm", "Pc", "Pd", "Pe", "Pf", "Pi", "Po", "Ps", "Sm", "Sc", "Nd"))
"""Categories of Unicode whose characters take one cell unless they are wide: Rich need not be asked."""
_ZERO_WIDTH_JOINER = "\u200d"
_VARIATION_SELECTOR = "\ufe0f"
_PIECE = lazy_pattern(r"\n|\t[^\n\t]*|[^\n\t]+")
"""What graphemes lie in: none reaches over a newline, or into a tab, which is drawn as several spaces."""
_AS_SPACE = str.maketrans("\t\n", "  ")
_SHOWN_AS = str.maketrans({"\n": " ", "\t": " " * TAB})


class Habits(NamedTuple):
    """What a terminal makes of characters that terminals disagree about."""

    vowel_sign: int = 1
    """Cells of a spacing vowel sign (Unicode category Mc)."""
    selector_widens: bool = False
    """Whether U+FE0F makes a narrow sign two cells wide: ☺️."""
    joiner_joins: bool = False
    """Whether emoji joined by U+200D take the cells of one: 👩‍💻."""
    tone_joins: bool = False
    """Whether a skin tone takes no cells of its own: 👍🏽."""


HABITS: Mapping[str, Habits] = {
    "standard": Habits(),
    "tmux": Habits(joiner_joins=True),
    "konsole": Habits(joiner_joins=True, tone_joins=True),
    "kitty": Habits(vowel_sign=0, selector_widens=True, tone_joins=True),
}
"""By the names that the setting `terminal` takes. Standard: xterm, VTE, foot, alacritty, urxvt, st, GNU screen."""


class _Widths(dict[str, int]):
    """Character → cells, filled as characters are met."""

    habits = Habits()

    def __missing__(self, character: str) -> int:
        kind = unicodedata.category(character)
        if kind == "Mc":
            cells = self.habits.vowel_sign
        elif kind in _ONE_CELL and unicodedata.east_asian_width(character) not in "WF":
            cells = 1
        elif _is_tone(character):
            cells = 2
        else:
            # Here, because commands count cells too, and are done sooner without Rich.
            from rich.cells import get_character_cell_size

            cells = get_character_cell_size(visible(character))
        self[character] = cells
        return cells


_KNOWN = {" ": 1, "\n": 1, "\t": TAB}
_widths = _Widths(_KNOWN)


def count_as(terminal: str) -> None:
    """Counts cells as a terminal does, by its name in `HABITS`; what was laid out before is to be laid out again."""
    _widths.clear()
    _widths.update(_KNOWN)
    _widths.habits = HABITS[terminal]
    _counted.cache_clear()


def terminal_of(environ: Mapping[str, str]) -> str:
    """The name in `HABITS` of the terminal that a program runs in, by its environment."""
    if environ.get("TMUX"):
        return "tmux"
    if environ.get("TERM") == "xterm-kitty" or environ.get("KITTY_WINDOW_ID"):
        return "kitty"
    return "konsole" if environ.get("KONSOLE_VERSION") else "standard"


def width(character: str) -> int:
    """Cells of one character by itself: 0, 1, 2, or `TAB`."""
    return _widths[character]


def odd_characters(string: str) -> re.Pattern[str] | None:
    """A pattern for the characters of the string that do not take one cell each by themselves; None where all do."""
    odd = set() if "\t" not in string else {"\t"}
    if not string.isascii():
        encoded = string.encode("utf-8", "surrogatepass").translate(None, _ASCII)
        odd |= {c for c in set(encoded.decode("utf-8", "surrogatepass")) if _is_odd(c)}
    return re.compile(f"[{re.escape(''.join(sorted(odd)))}]") if odd else None


def _is_odd(character: str) -> bool:
    return _widths[character] != 1 or _IN_GRAPHEMES.match(character) is not None


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
    # What has no width by itself, as control characters, would join the character before.
    string = visible(string).translate(_AS_SPACE) if "\t" not in string else string
    for start, character in enumerate(string):
        cells = _widths[character]
        in_pair = half_a_flag and _is_regional(character)
        half_a_flag = _is_regional(character) and not in_pair
        if found and (in_pair or _joins(string, start)):
            first, before = found[-1]
            found[-1] = (first, before + (cells if in_pair else _adds(string, start, cells)))
        else:
            found.append((start, cells))
    return found


def _joins(string: str, start: int) -> bool:
    """Whether a character belongs to the grapheme before it."""
    character = string[start]
    return (
        _widths[character] == 0
        or character == _VARIATION_SELECTOR
        or _is_tone(character)
        or not is_letter_edge(string, start)
    )


def _adds(string: str, start: int, cells: int) -> int:
    """Cells that a character adds to the grapheme that it belongs to."""
    character, habits = string[start], _widths.habits
    if character == _VARIATION_SELECTOR:
        return int(
            habits.selector_widens and _widths[string[start - 1]] == 1 and string[start - 1] > "\u203b"
        )
    if _is_tone(character):
        return 0 if habits.tone_joins else cells
    if string[start - 1] == _ZERO_WIDTH_JOINER and cells == 2:
        return 0 if habits.joiner_joins else cells
    return cells


def _is_tone(character: str) -> bool:
    return "\U0001f3fb" <= character <= "\U0001f3ff"


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
    return _counted(string)


@lru_cache(2048)
def _counted(string: str) -> int:
    """The same of a string that has to be looked at: a row is painted anew for each cursor that comes and goes."""
    return cells_before(string)[-1]


def cut(string: str, cells: int) -> str:
    """The string if it fits into so many cells, else its beginning and …; no grapheme is cut."""
    if cells_of(string) <= cells:
        return string
    return f"{string[: _fitting(string, cells - 1)]}…" if cells > 0 else ""


def cut_start(string: str, cells: int) -> str:
    """The string if it fits into so many cells, else … and its end; no grapheme is cut."""
    before = cells_before(string)
    if before[-1] <= cells:
        return string
    starts = (*grapheme_starts(string), len(string))
    start = next(start for start in starts if before[-1] - before[start] < max(cells, 1))
    return f"…{string[start:]}" if cells > 0 else ""


def fill(string: str, cells: int) -> str:
    """The string in exactly so many cells: with blanks behind it, or cut without a sign; no grapheme is cut."""
    taken = cells_of(string)
    if taken > cells:
        string = string[: _fitting(string, cells)]
        taken = cells_of(string)
    return string + " " * (cells - taken)


def _fitting(string: str, cells: int) -> int:
    """Where the longest beginning ends that takes at most so many cells; at a grapheme."""
    before = cells_before(string)
    return max(
        (start for start in (*grapheme_starts(string), len(string)) if before[start] <= cells), default=0
    )


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
        and is_letter_edge(body, offset)
        and not _is_tone(character)
        and not _is_regional(character)
        and character not in (_ZERO_WIDTH_JOINER, _VARIATION_SELECTOR)
        and body[offset - 1] != _ZERO_WIDTH_JOINER
    )


def _is_regional(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


_IN_GRAPHEMES = lazy_pattern(
    "[\u0900-\u0dff\u0e33\u0eb3\u0f00-\u109f\u1700-\u1cff\u200d\u302e\u302f\ua800-\ua9ff\uaa00-\uabff\ufe0f\uff9e\uff9f"
    "\U00011000-\U00011fff\U0001d165-\U0001d172\U0001f1e6-\U0001f1ff\U0001f3fb-\U0001f3ff]"
)


_DISPUTED = lazy_pattern(
    "[^\x00-\u02ff\u0370-\u0482\u048a-\u0590\u1e00-\u1fff\u2000-\u200a\u2010-\u2027\u2030-\u205f\u20a0-\u20cf]"
)


def terminals_disagree(string: str) -> bool:
    """Whether the string has characters that some terminals give other cells than others."""
    return not string.isascii() and _DISPUTED.search(string) is not None


def _needs_graphemes(string: str) -> bool:
    """Whether the cells of the string are not simply the sum of its characters' cells."""
    return not string.isascii() and _IN_GRAPHEMES.search(string) is not None
