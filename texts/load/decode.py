"""Bytes become a body: the encoding found, newlines and accents made one, everything harmful made visible."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections import Counter

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
    (b"{\\rtf", "an RTF document"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"SQLite format 3", "an SQLite database"),
)
# Python calls these text encodings too, but no file is written in them.
_NO_FILE_ENCODINGS = frozenset({"idna", "punycode", "raw-unicode-escape", "unicode-escape", "undefined"})

_NEWLINE = re.compile("\r\n?|[\x85\u2028\u2029]")
_SAMPLE = 1 << 16

_STREAM_SAFE = 30
"""Combining marks in a row that normalising gets to see, as in the Stream-Safe Text Format of UAX 15.

Its time grows with the square of their number: 200,000 of them take a minute."""


def body_of(data: bytes, name: str, encoding: str | None = None) -> str:
    """The body in the bytes of a file; raises LoadError where there are no words in them.

    Newlines become `\\n`, those at the end go; then NFC; then `visible`, which keeps tabs. `name` is for
    messages.
    """
    if _OPEN_DOCUMENT in data[:100] or (data.startswith(_ZIP) and name.lower().endswith((".odt", ".ott"))):
        raise LoadError(f"{name} is an OpenDocument text: save it as .docx, .epub or plain text")
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            raise LoadError(f"{name} looks like {kind}: save it as .docx, .epub or plain text")
    body = tidy(decode(data, name, encoding))
    if not body.strip():
        raise LoadError(f"{name} is empty" + (": it holds nothing but white space" if body or data else ""))
    return body


def tidy(string: str) -> str:
    """A decoded string as a body: newlines `\\n` and none at the end, NFC, everything harmful visible."""
    string = _NEWLINE.sub("\n", string.removeprefix("\ufeff")).rstrip("\n")
    if not string.isascii():
        string = unicodedata.normalize("NFC", cut_marks(string, _STREAM_SAFE))
    return visible(string)


def decode(data: bytes, name: str, encoding: str | None = None) -> str:
    """The characters of a file: by the encoding asked for, else by its mark, else by what its bytes can be.

    That is UTF-8 (also with a few broken places, which become U+FFFD), UTF-16 without a mark, cp1252 or Mac
    Roman. Raises LoadError for an unknown encoding, one that does not fit, and for what looks like a binary
    file.
    """
    string = _decode_as(data, name, encoding) if encoding else _decode(data)
    if _is_binary(string):
        raise LoadError(f"{name} looks like a binary file: only text can be read")
    return string


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


def _decode(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    nuls = data.count(0)
    try:
        # A few NULs may stray into a text; half the bytes of UTF-16 English are, which is valid UTF-8 too.
        if nuls * 10 <= len(data):
            return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if nuls and (wide := _utf_16(data)):
        return data.decode(wide, "replace")
    return _decode_broken(data)


def _utf_16(data: bytes) -> str:
    """The byte order of UTF-16 without a mark; empty where the bytes are no UTF-16.

    Read in the right order, every unit is a character that texts are made of; ASCII in the wrong order is
    not.
    """
    sample = data[: _SAMPLE if len(data) > _SAMPLE else len(data) & ~1]
    scores = {order: _likeness(sample, order) for order in ("utf-16-le", "utf-16-be")}
    best = max(scores, key=scores.__getitem__)
    return best if scores[best] > 0.95 else ""


def _likeness(sample: bytes, encoding: str) -> float:
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


def _decode_broken(data: bytes) -> str:
    """What is no UTF-8: UTF-8 with broken places if more of its long characters are whole than broken."""
    string = data.decode("utf-8", "replace")
    broken = string.count("\ufffd")
    ascii_only = len(string.encode("ascii", "ignore"))
    if len(string) - ascii_only - broken > broken:
        return string
    windows, macintosh = data.decode("cp1252", "replace"), data.decode("mac_roman")
    return macintosh if _oddities(macintosh) < _oddities(windows) else windows


# What stands in a text that was read in the wrong one of the two: capitals after small letters (itÕs, cafÈ),
# the signs that one has where the other has letters, and bytes that mean nothing.
_ODD = re.compile(
    r"(?<=[a-zß-öø-ÿ])[À-ÖØ-ÞŒŠŽ§]|(?<!\w)[ÑÐÒÓÔÕ](?!\w)|(?<!\w)[ÒÔ](?=[A-Z])|(?<=[.,!?])[ÓÕ]"
    r"|[\ufffd\x80-\x9fŸ¤¦¨¬¯¸ˆ˜˘˙˚˝˛ˇ‡‰ƒ√∂∑∏π∫Ω≈≠≤≥∆∞◊ıﬁﬂ⁄]"
)


def _oddities(string: str) -> int:
    return sum(1 for _ in _ODD.finditer(string))


# Escape, bell, backspace, form feed and vertical tab occur in text: logs, listings, typescripts.
_CONTROL = re.compile(r"[\x00-\x06\x0e-\x1a\x1c-\x1f\x7f\ufffd]")
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
