"""Makes the words of readers and authors harmless to show, one code point for one: offsets never move.

Terminals obey control characters wherever they come from: an escape sequence in an article can rename the
window, fill the clipboard or answer for the reader; bidirectional controls can show a line in another order
than it is stored in. Neither Textual nor Rich takes them out. So everything that is shown or printed, and
every body that is read, goes through `visible`.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from texts.lazy_pattern import lazy_pattern

MOST_MARKS = 8
"""As many combining marks may stand on one letter; what is piled higher paints over the lines around it."""

_REPLACEMENT = "\ufffd"
_DOT = "·"
_BIDI = "␦"

_RANGES: tuple[tuple[int, int, str], ...] = (
    (0x80, 0x9F, _REPLACEMENT),  # C1 controls
    (0xAD, 0xAD, "-"),  # a soft hyphen, which some terminals draw and others drop
    (0x061C, 0x061C, _BIDI),
    (0x17B4, 0x17B5, _DOT),  # Khmer vowels without a shape
    (0x180E, 0x180E, _DOT),
    (0x200B, 0x200B, _DOT),  # zero-width space; its neighbours, the joiners, shape letters and emoji and stay
    (0x200E, 0x200F, _BIDI),
    (0x2028, 0x2029, "\n"),
    (0x202A, 0x202E, _BIDI),
    (0x2060, 0x2065, _DOT),
    (0x2066, 0x2069, _BIDI),
    (0x206A, 0x206F, _DOT),
    (0x3164, 0x3164, _DOT),  # Hangul fillers
    (0xD800, 0xDFFF, _REPLACEMENT),  # surrogates: file names that are no UTF-8 arrive with them
    (0xFDD0, 0xFDEF, _REPLACEMENT),  # no characters at all, nor are the last two of each plane, below
    (0xFEFF, 0xFEFF, _DOT),
    (0xFFA0, 0xFFA0, _DOT),
    (0xFFF9, 0xFFFB, _DOT),
    (0x13430, 0x1343F, _DOT),
    (0x1BCA0, 0x1BCA3, _DOT),
    (0x1D173, 0x1D17A, _DOT),
    (0xE0000, 0xE0FFF, _DOT),  # tags and supplementary variation selectors, where hidden messages travel
    *((plane + 0xFFFE, plane + 0xFFFF, _REPLACEMENT) for plane in range(0, 0x110000, 0x10000)),
)


@cache
def _replacements() -> dict[int, str]:
    """Code point → what is shown for it."""
    table = {control: chr(0x2400 + control) for control in range(0x20)}
    del table[ord("\n")], table[ord("\t")]
    table[0x7F] = "␡"
    for first, last, shown in _RANGES:
        table.update(dict.fromkeys(range(first, last + 1), shown))
    table[0x85] = "\n"
    return table


@cache
def _harmful() -> re.Pattern[str]:
    ranges = "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last, _ in _RANGES)
    return re.compile(rf"[\x00-\x08\x0b-\x1f\x7f{ranges}]")


_BLANKS = "\xa0\u2002\u2003\u2008\u2009\u200a\u202f\u3000"
"""Blanks of other widths than the usual one: no harm, though Python does not call them printable."""

_PRINTABLE = lazy_pattern("[\u17b4\u17b5\u3164\uffa0\U000e0000-\U000e0fff]")
"""Harmful characters that count as printable."""

_TWO_IN_A_ROW = lazy_pattern("[^\x00-\u02ff][^\x00-\u02ff]")
"""What any marks on a letter begin with: two characters of another kind than Latin letters; soon looked for."""

_PERHAPS_PILED = lazy_pattern(rf"[^\w\s\x00-\u02ff]{{{MOST_MARKS + 1},}}")
"""Combining marks are neither word characters nor white space: few runs of ordinary text come this far."""

_JOINERS = "\u200c\u200d"


def visible(string: str) -> str:
    """The string with all that a terminal would obey, hide or pile up replaced, one code point for one.

    Newlines and tabs stay (line and paragraph separators become newlines); control characters become their
    pictures (ESC is ␛), bidirectional controls ␦, invisible characters ·, broken ones U+FFFD, a soft hyphen
    `-`. Of combining marks in a row the first `MOST_MARKS` stay. Same length; a second pass changes
    nothing.
    """
    if string.isascii() and (string.isprintable() or _without_breaks(string).isprintable()):
        return string
    if _may_harm(string) and _harmful().search(string):
        string = string.translate(_replacements())
    return cut_marks(string, MOST_MARKS)


def _may_harm(string: str) -> bool:
    """Whether it is worth a look at every character: a tenth of the time that the look takes."""
    # What Python does not call printable are blanks, controls, formats, and what is no character; few others do harm.
    rest = _without_breaks(string)
    if not rest.isprintable():
        for blank in _BLANKS:
            rest = rest.replace(blank, "")
    return not rest.isprintable() or bool(_PRINTABLE.search(string))


def _without_breaks(string: str) -> str:
    return string.replace("\n", "").replace("\t", "")


def one_line(string: str) -> str:
    """`visible`, on one line: newline ␤, tab ␉. For names, titles and error messages."""
    return visible(string).replace("\n", "␤").replace("\t", "␉")


def visible_json(data: str) -> str:
    """JSON with \\u escapes for what a terminal must not get: the same data, harmless on a screen."""
    shown = visible(data)
    if shown == data:
        return data
    import json

    return "".join(c if c == s else json.dumps(c)[1:-1] for c, s in zip(data, shown, strict=True))


def cut_marks(string: str, most: int) -> str:
    """The string with each combining mark after `most` in a row replaced by a dot; `most` ≥ `MOST_MARKS`."""
    if not _TWO_IN_A_ROW.search(string):
        return string
    return _PERHAPS_PILED.sub(lambda run: _cut_run(run.group(), most), string)


def _cut_run(run: str, most: int) -> str:
    out = list(run)
    piled = 0
    for place, character in enumerate(run):
        is_mark = character in _JOINERS or unicodedata.category(character) in ("Mn", "Me")
        piled = piled + 1 if is_mark else 0
        if piled > most:
            out[place] = _DOT
    return "".join(out)
