"""Subtitles (SRT, WebVTT, ASS): what is said, in paragraphs, each with the time at which it begins; lyrics (LRC).

Lyrics are verse, in the order in which they are sung.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape
from itertools import pairwise
from typing import NamedTuple

from texts.lazy_pattern import lazy_pattern
from texts.load.blocks import Block, body_of_blocks
from texts.load.decode import decoded
from texts.load.document import Document, File
from texts.prose import ends_sentence

_PAUSE = 2.0
"""Seconds of silence after which a new paragraph begins, where a sentence has ended."""
_FEWEST_ROLLED = 2
_LONGEST = 60.0
"""Seconds of a paragraph, likewise."""
_TIME = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[.,](\d{1,3})"
_TIMES = lazy_pattern(rf"\s*{_TIME}\s*-->\s*{_TIME}")
_VOICE = lazy_pattern(r"<v(?:\.[^\s<>]*+)?\s++([^<>]++)>")
_TAG = lazy_pattern(
    r"</?(?:[bius]|font|ruby|rt|lang|[cv])(?:[.\s][^<>]*+)?/?>|<br\s*/?>|<\d[\d:.]*>|\{\\[^}]{0,500}\}|</?>",
    re.IGNORECASE,
)
"""Of SubRip and of WebVTT; other words in angle brackets are the speaker's.

None goes on past where the next begins, else a line of beginnings alone would be gone through from each of them.
"""
_RUBY = lazy_pattern(r"<rt\b[^<>]*+>.*?(?:</rt>|(?=</ruby>)|\Z)", re.IGNORECASE)
"""How letters are said, above them."""
_EVENTS = lazy_pattern(r"\[events\]\s*$", re.IGNORECASE)
_SCRIPT_INFO = lazy_pattern(r"\[script info\]\s*$", re.IGNORECASE)
_EVENT = lazy_pattern(r"Dialogue:\s*(.*)")
_FIELDS = ("layer", "start", "end", "style", "name", "marginl", "marginr", "marginv", "effect", "text")
"""Of an event of ASS, where its file does not say them."""
_OVERRIDE = lazy_pattern(r"(\{[^}]*\})")
_DRAWN = lazy_pattern(r"\\p(\d)")
"""Other than 0: what follows is a drawing."""
_TITLE = lazy_pattern(r"Title:\s*(.*)")
_UNNAMED = frozenset(("default aegisub file", "<untitled>", "untitled"))
"""What programs call a file in want of a title."""
_SUNG = lazy_pattern(r"((?:\[\d{1,3}:\d{2}(?:[.:]\d{1,3})?\][ \t]*)+)(.*)")
_WHEN_SUNG = lazy_pattern(r"\[(\d{1,3}):(\d{2})(?:[.:](\d{1,3}))?\]")
_WORD_SUNG = lazy_pattern(r"<\d{1,3}:\d{2}(?:[.:]\d{1,3})?>[ \t]*")
_SAID_OF_SONG = lazy_pattern(r"\[(ti|ar):(.*)\]$", re.IGNORECASE)
_TAG_OF_SONG = lazy_pattern(r"\[[a-z#]{1,8}:[^\]]*\]\s*$", re.IGNORECASE)
_SPEAKER = lazy_pattern(r"[-–—]\s*\S")


class _Cue(NamedTuple):
    start: float
    end: float
    words: str


def read(file: File) -> Document:
    """The document in a file of subtitles; raises LoadError where nothing is said in it."""
    source, remarks = decoded(file.data, file.name, file.encoding)
    lines = source.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    title = ""
    if any(map(_EVENTS.match, lines)) and not any(map(_TIMES.match, lines)):
        cues = sorted(_events(lines), key=lambda cue: cue.start)
        title = next((found[1].strip() for found in map(_TITLE.match, _script_info(lines)) if found), "")
    elif not any("-->" in line for line in lines) and any(map(_SUNG.match, lines)):
        said = {found[1].lower(): found[2].strip(" \t") for found in map(_SAID_OF_SONG.match, lines) if found}
        body = body_of_blocks(_stanzas(lines), file.name)
        return Document(body, said.get("ti", ""), said.get("ar", ""), remarks=remarks)
    else:
        cues = list(_cues("\n".join(lines)))
    title = "" if title.lower() in _UNNAMED else title
    return Document(body_of_blocks(_paragraphs(_unrolled(cues)), file.name), title, remarks=remarks)


def _script_info(lines: Iterable[str]) -> Iterator[str]:
    """The lines of ASS that say what the file is."""
    is_info = False
    for line in lines:
        is_info = _SCRIPT_INFO.match(line) is not None if line.startswith("[") else is_info
        if is_info:
            yield line


def _events(lines: Iterable[str]) -> Iterator[_Cue]:
    """What is said in a file of ASS or SSA; comments and drawings are left out."""
    fields = list(_FIELDS)
    is_event = False
    for line in lines:
        if line.startswith("["):
            is_event = _EVENTS.match(line) is not None
        elif is_event and line.startswith("Format:"):
            fields = [field.strip().lower() for field in line.removeprefix("Format:").split(",")]
        elif event := _EVENT.match(line):
            said = dict(zip(fields, event[1].split(",", len(fields) - 1), strict=False))
            times = _TIMES.match(f"{said.get('start', '')} --> {said.get('end', '')}")
            words = _undrawn(said.get("text", ""))
            words = words.replace("\\N", "\n").replace("\\n", " ").replace("\\h", " ")
            plain = "\n".join(filter(None, map(str.strip, words.split("\n"))))
            if times and plain:
                yield _Cue(_seconds(*times.groups()[:4]), _seconds(*times.groups()[4:]), plain)


def _undrawn(text: str) -> str:
    """What an event of ASS says, without what is said of it in braces and without what is drawn."""
    end = text.rfind("}") + 1
    is_drawn, words = False, ""
    for place, part in enumerate(_OVERRIDE.split(text[:end])):
        if place % 2 == 0:
            words += "" if is_drawn else part
        elif scales := _DRAWN.findall(part):
            is_drawn = scales[-1] != "0"
    return words if is_drawn else words + text[end:]


def _stanzas(lines: Iterable[str]) -> Iterator[Block]:
    """Lyrics with each line where it is sung, again and again; a line without words parts stanzas.

    One without a time goes on where it stands.
    """
    sung: list[tuple[float, str]] = []
    times = [0.0]
    for line in lines:
        if found := _SUNG.match(line):
            times = [
                60 * int(minutes) + int(seconds) + float(f"0.{parts or 0}")
                for minutes, seconds, parts in _WHEN_SUNG.findall(found[1])
            ]
            words = _WORD_SUNG.sub("", found[2]).strip()
        elif not (words := line.strip()) or _TAG_OF_SONG.match(words):
            continue
        sung.extend((time, words) for time in times)
    stanza: list[str] = []
    for _, words in sorted(sung, key=lambda line: line[0]):
        if words:
            stanza.append(words)
        elif stanza:
            yield Block(stanza)
            stanza = []
    if stanza:
        yield Block(stanza)


def _cues(source: str) -> Iterator[_Cue]:
    """The cues in their order; what stands between them without a time (notes, styles, numbers) is left out."""
    for part in re.split(r"\n[^\S\n]*\n", source):
        lines = part.strip("\n").split("\n")
        at = next((number for number, line in enumerate(lines[:3]) if _TIMES.match(line)), None)
        if at is None:
            continue
        times = _TIMES.match(lines[at])
        assert times
        words = [_VOICE.sub(r"\1: ", line) for line in lines[at + 1 :]]
        plain = "\n".join(unescape(_TAG.sub("", _RUBY.sub("", line))).strip() for line in words).strip()
        if plain:
            yield _Cue(_seconds(*times.groups()[:4]), _seconds(*times.groups()[4:]), plain)


def _unrolled(cues: list[_Cue]) -> Iterator[_Cue]:
    """The cues with each line once: captions that roll up show the lines before above what is said, cue after cue."""
    kept = [0, *(_rolled(before, cue) for before, cue in pairwise(cues))]
    rolls = len(cues) > _FEWEST_ROLLED and sum(map(bool, kept)) * 2 > len(cues)
    for again, cue in zip(kept, cues, strict=False):
        words = "\n".join(cue.words.split("\n")[again:]) if rolls else cue.words
        if words:
            yield cue._replace(words=words)


def _rolled(before: _Cue, cue: _Cue) -> int:
    """How many lines at the beginning of a cue are the last ones of the cue before."""
    lines, last = cue.words.split("\n"), before.words.split("\n")
    return next((count for count in range(len(lines), 0, -1) if last[-count:] == lines[:count]), 0)


def _seconds(hours: str | None, minutes: str, seconds: str, parts: str) -> float:
    return int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds) + int(parts.ljust(3, "0")) / 1000


def _paragraphs(cues: Iterable[_Cue]) -> Iterator[Block]:
    """Cues that go on in each other as one paragraph; what another speaker says begins a line of its own."""
    group: list[_Cue] = []
    for cue in cues:
        if group and _begins(group, cue):
            yield _block(group)
            group = []
        group.append(cue)
    if group:
        yield _block(group)


def _begins(group: list[_Cue], cue: _Cue) -> bool:
    before = group[-1]
    if not ends_sentence(before.words):
        return cue.start - before.end > 5 * _PAUSE
    return cue.start - before.end > _PAUSE or cue.end - group[0].start > _LONGEST


def _block(group: list[_Cue]) -> Block:
    lines: list[str] = []
    for line in (line for cue in group for line in cue.words.split("\n")):
        if lines and not _SPEAKER.match(line) and not lines[-1].endswith(":"):
            lines[-1] += f" {line}"
        else:
            lines.append(line)
    minutes, seconds = divmod(int(group[0].start), 60)
    lines[0] = f"[{minutes // 60}:{minutes % 60:02}:{seconds:02}] {lines[0]}"
    return Block(lines)
