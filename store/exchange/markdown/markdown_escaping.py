"""Words as Markdown: an author's as plain text whatever they look like, a reader's notes without raw HTML."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from texts.lazy_pattern import lazy_pattern
from texts.visible import one_line, visible

# What any of CommonMark, GFM, Obsidian, Logseq, Zettlr and Pandoc would take for markup inside a line.
_MARKUP = lazy_pattern(r"[\\`*_{}\[\]<>&~^=$|#]|%(?=%)|:(?=:)|\((?=\()")
_BLOCK = lazy_pattern(r"^([ \t]*)(?:([-+])|(\d{1,9})([.)]))", re.MULTILINE)
_BEGINS_BLOCK = frozenset("-+ \t")
"""What a line begins with, but for digits, that is looked at by the two expressions around here."""
_CODE_INDENT = lazy_pattern(r"^(?=(?: {4}| {0,3}\t)[ \t]*[^ \t\n])[ \t]", re.MULTILINE)
_ESCAPED = lazy_pattern(r"\\([!-/:-@\[-`{-~\n])|&#(9|32);")
_RAW_HTML = lazy_pattern(r"<(?=[A-Za-z/!?])(?!https?://[^\s<>]+>)")


def plain(words: str) -> str:
    """Words that Markdown shows as they are, letter for letter."""
    return _escaped(visible(words))


def plain_line(words: str) -> str:
    """`plain`, on one line."""
    return _escaped(one_line(words))


def _escaped(words: str) -> str:
    """Visible words as Markdown."""
    if _MARKUP.search(words):
        words = _MARKUP.sub(r"\\\g<0>", words)
    if "\n" not in words and not words[:1].isdecimal() and words[:1] not in _BEGINS_BLOCK:
        return words
    words = _BLOCK.sub(lambda found: f"{found[1]}\\{found[2]}" if found[2] else _number(found), words)
    return _CODE_INDENT.sub(lambda found: f"&#{ord(found[0])};", words)


def unplain(markdown: str) -> str:
    """The words before `plain`."""
    return _ESCAPED.sub(lambda found: found[1] or chr(int(found[2])), markdown)


def note(markdown: str) -> str:
    """A reader's Markdown, in which raw HTML shows as text; addresses in angle brackets stay."""
    return _RAW_HTML.sub("&lt;", visible(markdown)).strip("\n")


def quoted(markdown: str) -> str:
    """As a block quotation, its line ends kept."""
    return "\n".join(f"> {line}".rstrip() for line in markdown.replace("\n", "\\\n").split("\n"))


@lru_cache(1 << 10)
def name_line(name: str) -> str:
    """`plain_line`, for the names of texts, authors and readers, which come again and again."""
    return plain_line(name)


@lru_cache(1 << 12)
def hashtag(path: str) -> str:
    """`#actor/sistani`: letters, digits, `_`, `-` and `/` in it, and not only digits, as notes programs want it."""
    name = "/".join(map(_hashtag_part, visible(path).split("/")))
    return f"#_{name}" if name.replace("/", "").isdecimal() else f"#{name}"


def _hashtag_part(part: str) -> str:
    # The vowels of Indic scripts are marks, and no letters to a regular expression.
    kept = (c if c in "_-" or unicodedata.category(c)[0] in "LMN" else " " for c in part)
    return "-".join("".join(kept).split()) or "_"


def _number(found: re.Match[str]) -> str:
    return f"{found[1]}{found[3]}\\{found[4]}"
