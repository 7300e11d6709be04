"""XML piece by piece: elements as strings, with no character in them that XML 1.0 cannot hold."""

from __future__ import annotations

import re
from collections.abc import Mapping

from texts.lazy_pattern import lazy_pattern

_ESCAPES = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\r", "&#13;"))
_TO_ESCAPE = lazy_pattern('[\x00-\x1f&<>"\ud800-\udfff\ufffe\uffff]')
_IMPOSSIBLE = lazy_pattern("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def element(tag: str, *inside: str, **attributes: str) -> str:
    """An element with other ones in it; attributes that are empty are left out."""
    return element_of(tag, attributes, *inside)


def element_of(tag: str, attributes: Mapping[str, str], *inside: str) -> str:
    """The same, where the names of attributes are no names of Python, such as `xml:id`."""
    content = "".join(inside)
    start = f"<{tag}{attributes_of(attributes)}" if attributes else f"<{tag}"
    return f"{start}>{content}</{tag}>" if content else f"{start} />"


def started(tag: str, **attributes: str) -> str:
    """The start of an element that is written piece by piece."""
    return f"<{tag}{attributes_of(attributes)}>"


def words_in(tag: str, words: str) -> str:
    """An element that holds words."""
    return f"<{tag}>{escaped(words)}</{tag}>" if words else f"<{tag} />"


def attributes_of(attributes: Mapping[str, str]) -> str:
    """Attributes as they stand in a tag, a blank before each; empty ones are left out."""
    values = attributes.values()
    if _TO_ESCAPE.search("".join(values)):
        attributes = dict(zip(attributes, map(in_attribute, values), strict=True))
    return "".join([f' {name}="{value}"' for name, value in attributes.items() if value])


def escaped(words: str) -> str:
    """Words as they stand between tags, harmless; a bare carriage return would be read as a newline."""
    if not _TO_ESCAPE.search(words):
        return words
    words = harmless(words)
    for character, escape in _ESCAPES:
        if character in words:
            words = words.replace(character, escape)
    return words


def harmless(words: str) -> str:
    """Words with what XML 1.0 cannot hold replaced, one for one: control characters by their pictures."""
    return _IMPOSSIBLE.sub(_picture, words)


def in_attribute(value: str) -> str:
    """A value as it stands between the quotation marks of an attribute."""
    if not _TO_ESCAPE.search(value):
        return value
    value = escaped(value).replace('"', "&quot;")
    return value.replace("\n", "&#10;").replace("\t", "&#09;")


def _picture(match: re.Match[str]) -> str:
    code = ord(match[0])
    return chr(0x2400 + code) if code < 0x20 else "\ufffd"
