"""Bytes become a body: the encoding found, newlines and accents made one, everything harmful made visible."""

from __future__ import annotations

import codecs
import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable

from texts.lazy_pattern import lazy_pattern
from texts.load.document import LoadError
from texts.visible import cut_marks, one_line, visible

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_ZIP = b"PK\x03\x04"
_OPEN_DOCUMENT = b"mimetypeapplication/vnd.oasis.opendocument"
"""How the archive begins, after the header of its first member."""
_SIGNATURES = (
    (b"%PDF-", "a PDF"),
    (_ZIP, "a ZIP archive, as .docx and .epub files are"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"SQLite format 3", "an SQLite database"),
)
# Python calls these text encodings too, but no file is written in them.
_NO_FILE_ENCODINGS = frozenset({"idna", "punycode", "raw-unicode-escape", "unicode-escape", "undefined"})

_HEAD = 1 << 14
_MARKED_UP = lazy_pattern(
    rb"^[ \t]*\\(?:documentclass|documentstyle|begin\{document\}|input texinfo)", re.MULTILINE
)
_XML = lazy_pattern(rb"(?:\xef\xbb\xbf)?\s*<(?:\?xml\s|!DOCTYPE\s+(?!html))", re.IGNORECASE)
_TROFF_BEGINS = lazy_pattern(rb"\s*(?:[.']\\\"|\.(?:TH|Dd|so|de|ds) )")
_TROFF = lazy_pattern(rb"^\.(?:TH|SH|SS|PP|TP|IP|Dd|Dt|Sh|Nm|Pp|br|so|de|ds|nr|fi|nf)\b", re.MULTILINE)
_TROFF_LEAST = 3
"""So many lines with a macro are no chance; a text may well begin one line with a dot."""
_NEWLINE = lazy_pattern("\r\n?|[\x85\u2028\u2029]")
_JIS_KANJI = lazy_pattern(rb"\x1b\$[@B]")
"""What announces Japanese letters in ISO-2022-JP (RFC 1468)."""
_SAMPLE = 1 << 16

_UNSEEN = lazy_pattern(
    r"[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202c\u2060\u2066-\u2069\ufeff]+|(?<![^\n\r])\x0c+|\x0c+(?=[\n\r]|\Z)"
)
"""What nobody sees and is no part of the words: hints where a line or a word may be broken (soft hyphens, zero-width
spaces, joiners), marks of direction but those that overrule it, and form feeds at the edges of lines."""

_LATER_JAMO = frozenset(map(chr, (*range(0x1161, 0x1176), *range(0x11A8, 0x11C3))))
"""The vowels and last letters of Korean syllables."""

_STREAM_SAFE = 30
"""Combining marks in a row that normalising gets to see, as in the Stream-Safe Text Format of UAX 15.

Its time grows with the square of their number: 200,000 of them take a minute."""


def body_of(
    data: bytes, name: str, encoding: str | None = None, prepare: Callable[[str], str] = str
) -> tuple[str, tuple[str, ...]]:
    """The body in the bytes of a file, and what a reader should know of how they were read.

    Raises LoadError where there are no words in them.

    Newlines become `\\n`, those at the end go; then NFC; then `visible`, which keeps tabs. `name` is for
    messages; `prepare` may change the words before that.
    """
    if _OPEN_DOCUMENT in data[:100]:
        raise LoadError(f"{name} is an OpenDocument file, but no text: save it as .odt, .docx or plain text")
    # What each expression begins with is looked for first: it is compiled where a file has that.
    head = data[:_HEAD]
    start = head.removeprefix(codecs.BOM_UTF8).lstrip()[:1]
    if b"\\" in head and _MARKED_UP.search(head):
        raise LoadError(f"{name} is a document in LaTeX: make a PDF, .docx or plain text of it")
    if start == b"<" and _XML.match(head):
        raise LoadError(f"{name} is XML, but neither a page nor a TEI edition: make plain text of it")
    if start in (b".", b"'") and _TROFF_BEGINS.match(head) and len(_TROFF.findall(head)) >= _TROFF_LEAST:
        raise LoadError(f"{name} is a page in troff: make plain text of it (man -l FILE | col -b)")
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            raise LoadError(f"{name} looks like {kind}: save it as .docx, .epub or plain text")
    string, remarks = decoded(data, name, encoding)
    body = normalized(bare(prepare(string)))
    if not body.strip():
        raise LoadError(f"{name} is empty" + (": it holds nothing but white space" if body or data else ""))
    return body, remarks


def bare(string: str) -> str:
    """A string without what nobody sees in it; a form feed inside a line is the end of the line."""
    if string.isascii() and "\x0c" not in string:
        return string
    return _UNSEEN.sub("", string).replace("\x0c", "\n")


def normalized(string: str) -> str:
    """A decoded string as a body: newlines `\\n` and none at the end, NFC, everything harmful visible."""
    string = string.removeprefix("\ufeff")
    if "\r" in string or not string.isascii():
        string = _NEWLINE.sub("\n", string)
    string = string.rstrip("\n")
    if not string.isascii():
        string = unicodedata.normalize("NFC", cut_marks(string, _STREAM_SAFE))
    return visible(string)


def body_with_offsets(string: str) -> tuple[str, Callable[[Iterable[int]], dict[int, int]]]:
    """A string as a body (newlines `\\n`, NFC, all visible), and what finds offsets into the string in the body.

    What nobody sees (`bare`) is left out. Offsets count code points. One between characters that the body holds as one
    comes to lie after them.
    """
    unseen = [place for run in _UNSEEN.finditer(string) for place in range(*run.span())]
    if unseen:
        body, found_bare = body_with_offsets(bare(string))

        def found_beside_unseen(offsets: Iterable[int]) -> dict[int, int]:
            seen = {offset: offset - bisect_left(unseen, offset) for offset in offsets}
            there = found_bare(seen.values())
            return {offset: there[place] for offset, place in seen.items()}

        return body, found_beside_unseen
    string = bare(string)
    body = normalized(string)

    def found(offsets: Iterable[int]) -> dict[int, int]:
        places = sorted(set(offsets))
        if body == string:
            return {place: place for place in places}
        there: dict[int, int] = {}
        cut = length = 0
        for place in places:
            after = _boundary(string, place)
            if after > cut:
                # What is cut off at the ends of a body, a mark and newlines, is not cut off at those of a piece of it.
                length += len(normalized("x" * (cut > 0) + string[cut:after] + "x")) - 1 - (cut > 0)
                cut = after
            there[place] = min(length, len(body))
        return there

    return body, found


def _boundary(string: str, place: int) -> int:
    """The place, or the next one where the string can be cut without changing what either side becomes."""
    while 0 < place < len(string) and _grow_together(string[place - 1], string[place]):
        place += 1
    return place


def _grow_together(before: str, after: str) -> bool:
    """Whether two characters may become one in a body."""
    return (
        unicodedata.combining(after) != 0
        or after in _LATER_JAMO
        or before + after == "\r\n"
        or len(unicodedata.normalize("NFC", before + after)) < 2
    )


def decode(data: bytes, name: str, encoding: str | None = None) -> str:
    """The characters of a file: by the encoding asked for, else by its mark, else by what its bytes can be.

    That is UTF-8 (also with a few broken places, which become U+FFFD), UTF-16 without a mark, or one of the
    older encodings of `legacy`. Raises LoadError for an unknown encoding, one that does not fit, and for what
    looks like a binary file.
    """
    return decoded(data, name, encoding)[0]


def decoded(data: bytes, name: str, encoding: str | None = None) -> tuple[str, tuple[str, ...]]:
    """The same, and what a reader should know: the encoding where it was guessed, what is broken where it is UTF-8."""
    string, guessed = (_decode_as(data, name, encoding), "") if encoding else _decode(data)
    if _is_binary(string):
        raise LoadError(f"{name} looks like a binary file: only text can be read")
    if not guessed:
        return string, ()
    if guessed == "utf-8":
        broken = string.count("\ufffd")
        places = "1 character is" if broken == 1 else f"{broken:,} characters are"
        return string, (f"{places} broken: it was read as UTF-8 (--encoding names another)",)
    shown = re.sub("^cp125", "windows-125", guessed).replace("_", "-")
    return string, (f"read as {shown}, by its letters (--encoding names another)",)


def _decode_as(data: bytes, name: str, encoding: str) -> str:
    asked = one_line(encoding)
    try:
        known = codecs.lookup(encoding).name
        if known in _NO_FILE_ENCODINGS:
            raise LookupError(encoding)
        string = data.decode(known, "replace")
    except (LookupError, ValueError) as error:  # ValueError: a NUL in the name, a codec that cannot replace
        raise LoadError(f"there is no encoding {asked}: try utf-8, utf-16, cp1252 or mac_roman") from error
    if string.count("\ufffd") * 10 > len(string):
        raise LoadError(f"{name} is not written in {asked}: leave the encoding out to have it found")
    return string


def _decode(data: bytes) -> tuple[str, str]:
    """The characters, and the encoding where that is a guess."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace"), ""
    nuls = data.count(0)
    try:
        # A few NULs may stray into a text; half the bytes of UTF-16 English are, which is valid UTF-8 too.
        if nuls * 10 <= len(data):
            string = data.decode("utf-8")
            # The bytes of Cyrillic in UTF-16 are valid UTF-8 as well: ASCII, and every other one a control.
            if not (nuls and _is_binary(string)):
                return _jis(data) or (string, "")
    except UnicodeDecodeError:
        pass
    if nuls and (wide := _utf_16(data)):
        return data.decode(wide, "replace"), wide
    return _decode_broken(data)


def _jis(data: bytes) -> tuple[str, str] | None:
    """The characters of Japanese in seven bits (ISO-2022-JP), as in mail of old; None where bytes are no such."""
    if b"\x1b$" not in data or not _JIS_KANJI.search(data) or not data.isascii():
        return None
    try:
        return data.decode("iso2022_jp"), "iso2022_jp"
    except UnicodeDecodeError:
        return None


def _utf_16(data: bytes) -> str:
    """The byte order of UTF-16 without a mark; empty where the bytes are no UTF-16.

    Read in the right order, every unit is a character that texts are made of; ASCII in the wrong order is
    not.
    """
    sample = data[: _SAMPLE if len(data) > _SAMPLE else len(data) & ~1]
    scores = {order: _plausibility(sample, order) for order in ("utf-16-le", "utf-16-be")}
    best = max(scores, key=scores.__getitem__)
    return best if scores[best] > 0.95 else ""


def _plausibility(sample: bytes, encoding: str) -> float:
    """Share of characters that texts are made of: white space, letters, marks, numbers, signs."""
    string = sample.decode(encoding, "ignore")
    if len(string) * 2 < len(sample) * 0.99 or "\0" in string:
        return 0.0
    common = sum(
        character.isspace() or (character.isprintable() and unicodedata.category(character)[0] in "LMNPSZ")
        for character in string
    )
    # In the wrong order a space is U+2000 and a newline U+0A00: hardly ever both right by chance.
    plain = any(character in " \n\r\t" for character in string) or string.isascii()
    return common / len(string) if string and plain else 0.0


def _decode_broken(data: bytes) -> tuple[str, str]:
    """What is no UTF-8, and what it was read as.

    That is UTF-8 with broken places if more of its long characters are whole than broken, else legacy.
    """
    string = data.decode("utf-8", "replace")
    broken = string.count("\ufffd")
    ascii_only = len(string.encode("ascii", "ignore"))
    if len(string) - ascii_only - broken > broken:
        return string, "utf-8"
    from texts.load.legacy import likeliest

    found = likeliest(data)
    if found not in ("", "cp1252", "mac_roman"):
        return data.decode(found, "replace"), found
    windows, macintosh = data.decode("cp1252", "replace"), data.decode("mac_roman")
    if _oddities(macintosh) < _oddities(windows):
        return macintosh, "mac_roman"
    return windows, "cp1252"


# What stands in a text that was read in the wrong one of the two: capitals after small letters (itÕs, cafÈ),
# the signs that one has where the other has letters, and bytes that mean nothing.
_ODD = lazy_pattern(
    r"(?<=[a-zß-öø-ÿ])[À-ÖØ-ÞŒŠŽ§]|(?<!\w)[ÑÐÒÓÔÕ](?!\w)|(?<!\w)[ÒÔ](?=[A-Z])|(?<=[.,!?])[ÓÕ]"
    r"|[\ufffd\x80-\x9fŸ¤¦¨¬¯¸ˆ˜˘˙˚˝˛ˇ‡‰ƒ√∂∑∏π∫Ω≈≠≤≥∆∞◊ıﬁﬂ⁄]"
)


def _oddities(string: str) -> int:
    return len(_ODD.findall(string))


# Escape, bell, backspace, form feed and vertical tab occur in text: logs, listings, typescripts.
_CONTROL = lazy_pattern(r"[\x00-\x06\x0e-\x1a\x1c-\x1f\x7f\ufffd]")
_FORGIVEN = 24
"""Control characters that the shortest text may hold, beyond the share of them that any may."""


def _is_binary(string: str) -> bool:
    """Whether there is too much in it that no text is written with: controls, and what is no character.

    Noise behind the mark of UTF-16 is mostly Chinese and Korean; what tells it is that unassigned characters, halves
    of pairs and private ones come together. A text in a private script has those alone.
    """
    sample = string if len(string) <= 2 * _SAMPLE else string[:_SAMPLE] + string[-_SAMPLE:]
    allowed = min(len(sample) / 2, _FORGIVEN + 0.05 * len(sample))
    wrong = len(_CONTROL.findall(sample))
    if sample.isascii():
        return wrong > allowed
    kinds = Counter(map(unicodedata.category, sample))
    wrong += kinds["Cn"]
    if kinds["Co"] > 0.05 * len(sample) and wrong > 0.01 * len(sample):
        wrong += kinds["Co"]
    return wrong > allowed
