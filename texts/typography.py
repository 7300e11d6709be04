"""Folding: what keyboards, printers and scribes write differently made one, with the way back to the body.

Three grades. `fold_body` makes quotation marks, dashes, blanks and what nobody sees one, and leaves letters as
they are: for finding a quote again. `fold_text` takes off case, marks and widths as well: for finding words as typed.
`fold_word` does that for one word, and takes off its apostrophes: for comparing words. Nothing folded is ever stored as
a text: bodies keep every character, and `Folded` leads back to it.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache, lru_cache
from itertools import chain, filterfalse, pairwise
from typing import NamedTuple

from texts.lazy_pattern import lazy_pattern
from texts.model import Span
from texts.tokens import APOSTROPHES, WORD

_QUOTES = {
    "'": "'’‘‚‛‹›′´`ʼʹʻʽ׳＇",
    '"': '"“”„‟«»″״〝〞〟＂「」『』﹁﹂﹃﹄｢｣',
    "-": "-‐‑‒–—―−⸺⸻־﹘﹣－",
}
_BLANKS = "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u00a0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B))
)
ALIKE: Mapping[int, str] = str.maketrans(
    {
        **{written: sign for sign, group in _QUOTES.items() for written in group},
        **dict.fromkeys(_BLANKS, " "),
    }
)
"""What a keyboard has one sign for and a printer several: each is folded to one code point."""

_UNSEEN = lazy_pattern(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\U000e0100-\U000e01ef]"
)
"""Characters without a shape of their own: soft hyphens, joiners, direction marks, variation selectors."""

_NO_LETTERS = frozenset("\u0640\u07fa\u180a" + "\u055b\u055c\u055e\u055f")
"""What stands in a word and is no letter of it: tatweel, and what stretches words in N'Ko and Mongolian; the marks that
Armenian sets over a vowel, where a question says which word is asked for."""


def _pairs(table: str) -> Mapping[str, str]:
    return dict(pair.split("=") for pair in table.split())


_LETTERS = _pairs(
    """
    æ=ae œ=oe ø=o ł=l đ=d ð=d þ=th ħ=h ŧ=t ı=i Æ=AE Œ=OE Ø=O Ł=L Đ=D Ð=D Þ=TH Ħ=H Ŧ=T
    ٱ=ا ى=ي ی=ي ے=ي ک=ك ة=ه ہ=ه ھ=ه ە=ه ۃ=ه
    ך=כ ם=מ ן=נ ף=פ ץ=צ װ=וו ױ=וי ײ=יי
    ँ=ं
    """
)
"""What one letter is folded to, besides its marks: Latin ones that Unicode takes for letters of their own; Arabic and
Persian ones that keyboards exchange; Hebrew ones at the end, and Yiddish digraphs; a Devanagari sign."""

_BARE = _pairs("ണ=ൺ ന=ൻ ര=ർ ല=ൽ ള=ൾ ക=ൿ ত=ৎ")
_WITHOUT_VOWEL = lazy_pattern("([ണനരലളകত])[\u0d4d\u09cd]\u200d")
"""Letters without their vowel, as they were typed before each had a code point."""

_NASAL = lazy_pattern(
    "(?:ङ\u094d(?=[क-घ])|ञ\u094d(?=[च-झ])|ण\u094d(?=[ट-ढ])|न\u094d(?=[त-ध])|म\u094d(?=[प-भ]))"
    "|(?:ઙ\u0acd(?=[ક-ઘ])|ઞ\u0acd(?=[ચ-ઝ])|ણ\u0acd(?=[ટ-ઢ])|ન\u0acd(?=[ત-ધ])|મ\u0acd(?=[પ-ભ]))"
)
"""A nasal before a letter of its own class, which Hindi, Marathi and Gujarati may write as a dot: हिन्दी, हिंदी."""

MAYBE_DOTTED = lazy_pattern("[ङञणनमઙઞણનમ](?:[\u094d\u0acd]|$)|[\u0902\u0a82]")
"""What `fold_word` may have written as such a dot, or left as one, in part of a word."""

_KEPT_WHOLE = frozenset("йЙ\u0e33\u0eb3")
"""Letters that Unicode takes apart and their readers do not."""


# One character at a time.


def _is_mark_off(mark: str) -> bool:
    """Whether a mark is taken off: points, accents and the like, but no vowel sign, virama or tone of Asia.

    By Unicode's combining class: 1 overlays, 7 nukta, 10 to 36 the points of Hebrew, Arabic and Syriac, from 200 on
    what stands above and below letters anywhere.
    """
    kind = unicodedata.combining(mark)
    return kind in {1, 7} or 10 <= kind <= 36 or kind >= 200 or unicodedata.category(mark) == "Me"


@cache
def _simplified() -> Mapping[str, str]:
    """The simplified form of each traditional or Japanese form of a Chinese character."""
    from pathlib import Path  # late: it takes as long as a quarter of an exact search

    lines = Path(__file__).with_name("han_variants.txt").read_text(encoding="utf-8").splitlines()
    pairs = "".join(line for line in lines if not line.startswith("#"))
    return dict(zip(pairs[::2], pairs[1::2], strict=True))


def _is_han(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff" or "\U00020000" <= character <= "\U000323af"


@lru_cache(1 << 16)
def _fold_character(character: str, case: bool) -> str:
    """What one character is compared as without its marks; empty for marks and for what nobody sees."""
    return _cased("".join(map(_without_marks, _plain(character))), case)


@lru_cache(1 << 16)
def _fold_letter(letter: str, case: bool) -> str:
    """What a letter is compared as with the marks on it; a sign that is no letter has no marks to keep."""
    composed = _composed(letter)
    if not composed[:1].isalpha():
        return "".join(_fold_character(c, case) for c in letter)
    return unicodedata.normalize("NFC", _cased("".join(map(_plain, composed)), case))


def _cased(string: str, case: bool) -> str:
    return string.casefold().replace("i\u0307", "i").replace("ı", "i") if case else string


def is_capital(character: str) -> bool:
    """Whether a character is a capital; not where capitals are what one writes with, as in Cherokee."""
    return character.isupper() and not "\u13a0" <= character <= "\u13f5"


def _composed(words: str) -> str:
    """Words in NFC, and what a joiner makes one letter of in Malayalam and Bengali as that letter."""
    composed = unicodedata.normalize("NFC", words)
    if "\u200d" in composed:
        return _WITHOUT_VOWEL.sub(lambda found: _BARE[found[1]], composed)
    return composed


def _plain(character: str) -> str:
    """A character in its plain form: no other width, ligature, blank, quotation mark, digit or form of Han."""
    if character.isspace():
        return " "
    if character in _NO_LETTERS or _UNSEEN.match(character) or unicodedata.category(character) == "Cf":
        return ""
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    if character in _KEPT_WHOLE:
        return character
    composed = unicodedata.normalize("NFKC", character.translate(ALIKE))
    if any(map(_is_han, composed)):
        return "".join(_simplified().get(c, c) for c in composed)
    return composed.translate(ALIKE)


def _without_marks(character: str) -> str:
    if character in _KEPT_WHOLE:
        return character
    apart = unicodedata.normalize("NFD", character)
    kept = "".join(_LETTERS.get(c, c) for c in apart if not _is_mark_off(c))
    return unicodedata.normalize("NFC", kept)  # か and its voicing, jamo: what is left belongs together


# Words.

_REMEMBERED = 20_000
"""Code points of a string whose words are remembered."""


class _Table(dict[int, str]):
    """For `str.translate`: each character as `fold_word` takes it, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold_character(chr(code), True)
        return folded


_WORD_TABLE = _Table()
_JOINERS = str.maketrans("", "", APOSTROPHES + '"·.')


@lru_cache(1 << 18)
def fold_word(word: str) -> str:
    """A word as it is compared: no marks, no case, no apostrophes, no possessive, no dots of initials.

    Shi’ite → shiite, Maliki’s → maliki, U.S. → us, מֹשֶׁה → משה, 經濟 → 经济. May be empty, and may be longer or shorter
    than the word.
    """
    if word.isascii() and word.isalnum():  # as nearly all are in most texts
        return word.lower()
    word = word.replace(".", "")
    if word.isascii():
        word = word.casefold()
    else:
        folded = _composed(word).translate(_WORD_TABLE)
        word = _dotted(unicodedata.normalize("NFC", folded))
    if len(word) > 2 and word[-1] == "s" and word[-2] in APOSTROPHES:
        word = word[:-2]
    return word.translate(_JOINERS)


def _dotted(word: str) -> str:
    """A word with the nasals that may be written as a dot above written so."""
    if "\u094d" not in word and "\u0acd" not in word:
        return word
    return _NASAL.sub(lambda found: "\u0902" if found[0] < "\u0a81" else "\u0a82", word)


def split_words(string: str) -> tuple[Sequence[str], Mapping[str, str]]:
    """What is between the words of a string and the words, in turn, as `WORD.split` does; and each word folded.

    That of a short string is remembered until the next one: of a text that is added the language is told by it, the
    words are counted, and the index is made.
    """
    return _split_words.__wrapped__(string) if len(string) > _REMEMBERED else _split_words(string)


@lru_cache(1)
def _split_words(string: str) -> tuple[Sequence[str], Mapping[str, str]]:
    parts = WORD.split(string)
    return parts, _folded(set(parts[1::2]))


def _folded(words: Collection[str]) -> dict[str, str]:
    """Each of some words with what `fold_word` makes of it: plain ones, as most are, all at once."""
    plain = list(filter(str.isascii, words))
    folded = dict(zip(plain, "\n".join(plain).lower().split("\n"), strict=False))
    for word in chain(filterfalse(str.isascii, words), filterfalse(str.isalnum, plain)):
        folded[word] = fold_word(word)
    return folded


# Whole strings.


class EvenRun(NamedTuple):
    """A stretch in which a string and its folded form run evenly; what is between two of them does not."""

    source: int
    text: int
    length: int


class Folded:
    """A string folded, with the way back to where each of its characters came from."""

    def __init__(self, source: str, text: str, runs: Sequence[EvenRun] = ()) -> None:
        """`runs`: the stretches in which both forms run evenly, in order; none: all of it is one."""
        self.body = source
        self.text = text
        self._source_starts, self._text_starts, self._lengths = zip(
            *(runs or [EvenRun(0, 0, len(source))]), strict=True
        )

    @property
    def runs(self) -> list[EvenRun]:
        """The stretches in which both forms run evenly, in order."""
        return list(map(EvenRun, self._source_starts, self._text_starts, self._lengths))

    def into(self, span: Span) -> Span:
        """A span of the source, in the text; an edge inside something that is folded to one moves outwards."""
        return self._carry(span, self._source_starts, self._text_starts)

    def back(self, span: Span) -> Span:
        """A span of the text, in the source: whole characters only.

        It covers all of a character that unfolds to several (ß → ss), the marks that stand after a letter, and all of
        what is folded to one; what nobody sees after that stays outside.
        """
        start, stop = self._carry(span, self._text_starts, self._source_starts)
        if span.start == span.end:
            return Span(start, start)
        k = bisect_left(self._text_starts, span.end)
        while k < len(self._text_starts) and self._text_starts[k] == span.end:
            stop = self._source_starts[k]
            if self._lengths[k]:
                break
            k += 1
        while stop > start + 1 and self.body[stop - 1] in _TRAILING:
            stop -= 1
        return Span(start, stop)

    def _carry(self, span: Span, here: Sequence[int], there: Sequence[int]) -> Span:
        """Carries both edges over; an edge inside something uneven moves outwards."""
        k = bisect_right(here, span.start) - 1
        start = there[k] + min(span.start - here[k], self._lengths[k])
        k = max(0, bisect_left(here, span.end) - 1)
        offset = span.end - here[k]
        end = there[k] + offset if offset <= self._lengths[k] else there[k + 1]
        return Span(start, max(start, end))


_TRAILING = frozenset("\u00ad\u061c\u200b\u200e\u200f\u2060\ufeff" + "".join(map(chr, range(0x202A, 0x202F))))
"""What nobody sees and belongs to no letter."""


def fold_text(string: str, *, case: bool = True, accents: bool = True) -> Folded:
    """A string as it is searched for exact words: typography, widths and forms made one, marks off, and case too.

    `case=False` keeps capitals apart from small letters, `accents=False` letters with a mark from those without,
    however either was written. Runs of blanks keep their length.
    """
    if string.isascii():
        even = string.translate(ALIKE)
        return Folded(string, even.casefold() if case else even)
    if not accents:
        return _by_letter(string, lambda letter: _fold_letter(letter, case))
    folded = {ord(c): _fold_character(c, case) for c in set(string) if not c.isascii()}
    if folded.keys().isdisjoint(_HALF_WIDTH_VOICING) and all(len(letter) == 1 for letter in folded.values()):
        even = string.translate(folded).translate(ALIKE)
        return Folded(string, even.casefold() if case else even)
    return _by_letter(string, lambda letter: _fold_bare(letter, case))


def _by_letter(string: str, fold: Callable[[str], str]) -> Folded:
    """A string folded letter by letter, each with the marks on it."""
    starts = [start for start, c in enumerate(string) if start == 0 or not _continues(c)]
    pieces: list[str] = []
    runs = [EvenRun(0, 0, 0)]
    written = 0
    for start, end in pairwise((*starts, len(string))):
        piece = fold(string[start:end])
        pieces.append(piece)
        written += len(piece)
        if len(piece) == end - start == 1:
            runs[-1] = runs[-1]._replace(length=runs[-1].length + 1)
        else:
            runs.append(EvenRun(end, written, 0))
    return Folded(string, "".join(pieces), runs)


_HALF_WIDTH_VOICING = (0xFF9E, 0xFF9F)
_CONTINUING = (*_HALF_WIDTH_VOICING, 0x200D)


def _continues(character: str) -> bool:
    """Whether a character may be made one with the letter before it."""
    return unicodedata.combining(character) != 0 or ord(character) in _CONTINUING


@lru_cache(1 << 16)
def _fold_bare(letter: str, case: bool) -> str:
    """What a letter with the marks on it is compared as without them."""
    folded = "".join(_fold_character(c, case) for c in _composed(letter))
    return unicodedata.normalize("NFC", folded)


_UNEVEN = lazy_pattern(
    r"  +|--+|…|[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]|[\ufb00-\ufb06]"
)
"""What is folded to less or more, once all blanks and dashes are one: stretches of white space, dashes typed as
hyphens, ellipses, marks that nobody sees, and Latin ligatures."""


def fold_body(body: str) -> Folded:
    """A body with quotation marks, dashes, ellipses and every stretch of white space made one; letters as they are.

    A text saved by another tool, or wrapped at another width, is then no other text. Linear in its length.
    """
    alike = body.translate(ALIKE)
    pieces: list[str] = []
    runs: list[EvenRun] = []
    done = written = 0
    for uneven in _UNEVEN.finditer(alike):
        start, end = uneven.span()
        stands_for = _evened(uneven[0])
        pieces += alike[done:start], stands_for
        runs.append(EvenRun(done, written, start - done))
        written += start - done + len(stands_for)
        done = end
    pieces.append(alike[done:])
    runs.append(EvenRun(done, written, len(alike) - done))
    return Folded(body, "".join(pieces), runs)


def _evened(uneven: str) -> str:
    """What stands in the folded text for something uneven."""
    match uneven[0]:
        case "…":
            return "..."
        case " " | "-":
            return uneven[0]
        case "\ufb00" | "\ufb01" | "\ufb02" | "\ufb03" | "\ufb04" | "\ufb05" | "\ufb06":
            return unicodedata.normalize("NFKC", uneven)
    return ""


def fold_typography(words: str) -> str:
    """Words with their typography folded, whatever their letters are composed of, and no blanks at their ends."""
    return fold_body(unicodedata.normalize("NFC", words)).text.strip()


def without_case(words: str) -> str:
    """Words in lower case, code point for code point."""
    lower = words.lower()
    if len(lower) != len(words):  # İ has a lower case of two code points
        lower = "".join(low if len(low := c.lower()) == 1 else c for c in words)
    return lower


def without_accents(words: str) -> str:
    """Words without accents and case, as names, tags and notes are looked up by; not code point for code point."""
    decomposed = unicodedata.normalize("NFKD", words)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()
