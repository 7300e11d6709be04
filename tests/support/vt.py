"""Reads what was sent to a terminal, and says what is neither text that is safe to show nor a command that we mean.

A state machine of few states: text, and the commands that Textual sends to draw. Whatever else begins with ESC, is a
control character, hides, turns round or piles up is a finding. What it does not know is a finding too, so that nothing
slips through for want of a rule.
"""

from __future__ import annotations

import base64
import binascii
import re
from typing import NamedTuple

from texts.visible import visible

DRAWING = re.compile(
    r"""\x1b\[(?:
        [0-9;]*m                                      # colour and style
      | [0-9]+;[0-9]+H                                # cursor to
      | [0-9]+G                                       # cursor to a column of its row
      | \?(?:7|25|1000|1003|1004|1006|1015|1049|2004|2026|2048)[hl]   # modes of the terminal that Textual switches
      | \?(?:2026|2048)\$p                            # may frames be marked, sizes be told?
      | [<>][0-9]*u                                   # the protocol of keys
    )
    | \x1b\]22;[a-z-]+\x07                            # the shape of the mouse pointer""",
    re.VERBOSE,
)
"""All that the desk may tell a terminal, but for the clipboard."""

COLOURS = re.compile("\x1b\\[[0-9;]*m|\ufeff(?=id,)|(?<=\r)\x1b\\[K")
"""All that a command may tell a terminal: colours, the end of a line of progress, the mark of an `--excel` table."""

CLIPBOARD = re.compile(r"\x1b\]52;c;([A-Za-z0-9+/=]*)\x07")

_TEXT = re.compile(r"[^\x1b\r\n\ufeff]+")
_SHOWN = 60
"""Characters around a finding."""


class Screen(NamedTuple):
    """What a terminal was sent."""

    words: str
    """All that was shown, without the commands."""
    findings: tuple[str, ...]
    """Each thing that should not have been sent, with what stood around it."""
    copied: tuple[str, ...]
    """What was put into the clipboard."""


def read(sent: bytes, allowed: re.Pattern[str] = DRAWING, *, clipboard: bool = False) -> Screen:
    """Takes apart what a terminal was sent. `clipboard` says whether the reader has asked to copy something."""
    words = sent.decode("utf-8", "surrogateescape")
    shown: list[str] = []
    findings: list[str] = []
    copied: list[str] = []
    at = 0
    while at < len(words):
        if text := _TEXT.match(words, at):
            findings += _harmful(text[0])
            shown.append(text[0])
            at = text.end()
        elif words[at] in "\r\n":
            shown.append("\n")
            at += 1
        elif command := allowed.match(words, at):
            at = command.end()
        elif clipboard and (copy := CLIPBOARD.match(words, at)):
            copied.append(_decoded(copy[1]))
            at = copy.end()
        else:
            findings.append(f"a command: {words[at : at + _SHOWN]!r}")
            at += 1
    return Screen("".join(shown), tuple(findings), tuple(copied))


def _harmful(text: str) -> list[str]:
    safe = visible(text)
    return [
        f"U+{ord(sent):04X} in {text[max(0, at - 20) : at + 20]!r}"
        for at, (sent, harmless) in enumerate(zip(text, safe, strict=True))
        if sent != harmless
    ][:5]


def _decoded(words: str) -> str:
    try:
        return base64.b64decode(words, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return f"no words: {words!r}"
