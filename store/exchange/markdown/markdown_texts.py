"""The whole texts in Markdown, what was highlighted marked in place, with tags, notes and links as footnotes.

`==words==` and `[^1]` are what Obsidian, Logseq, Zettlr, Typora, iA Writer and Pandoc (`+mark`) show without a
plug-in; CriticMarkup, which could do more, few of them know. Marks cannot overlap: words under any highlight are
marked once, and each highlight has a footnote where it ends, which says where it starts.
"""

from __future__ import annotations

import re
from array import array
from collections import defaultdict
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import BinaryIO, NamedTuple

from store.connection import batches
from store.exchange.archive import Archive
from store.exchange.markdown import TaggedReading, file_of, markdown_escaping
from store.exchange.render_model import HighlightView, LinkView, TextReading
from store.highlight_queries import AT_ONCE
from store.sanitize import truncate
from texts.lazy_pattern import lazy_pattern
from texts.model import Span, Text, united
from texts.prose import keeps_lines

_WORDS_OF_LINE = lazy_pattern(r"\S(?:[^\n]*\S)?")
"""A mark neither goes on into another line nor begins or ends with a blank."""


def write_archive(archive: Archive, out: BinaryIO) -> int:
    """Writes all texts, one after the other; gives how many highlights are in them."""
    out.writelines(file_of(filter(None, _blocks(archive))))
    return len(archive.highlights)


def _blocks(archive: Archive) -> Iterator[str]:
    reading = TaggedReading(archive)
    survey = _Survey(archive, reading)
    yield from (markdown_escaping.note(note.words) for note in reading.notes)
    number = 1
    for text in reading.texts():
        number = yield from _text(text, reading, number, survey)


class _Survey:
    """What is known before anything is written: all texts are gone through once for it."""

    def __init__(self, archive: Archive, reading: TaggedReading) -> None:
        ends = {end for link in archive.links for end in (link.left, link.right)}
        self.numbers: dict[str, int] = {}
        """Of the footnotes to which links lead, by uid."""
        self._parts: dict[str, array[int]] = {}
        """By text: how many parts each highlight with a place has, and where they start and end."""
        number = 1
        for text in reading.texts():
            parts = self._parts[text.entry.slug] = array("I")
            for one in text.standing(bare=True):
                parts.append(len(one.parts))
                for start, end in one.parts:
                    parts.append(start)
                    parts.append(end)
                if one.entry.uid in ends:
                    self.numbers[one.entry.uid] = number
                number += 1
            for one in text.gone(bare=True):
                if one.entry.uid in ends:
                    self.numbers[one.entry.uid] = number
                number += 1

    def marked(self, slug: str, number: int) -> Iterator[MarkdownMark]:
        """What is marked in a text, the footnotes of which begin with a number."""
        parts = iter(self._parts[slug])
        for count in parts:
            yield MarkdownMark(tuple(Span(next(parts), next(parts)) for _ in range(count)), number)
            number += 1


class MarkdownMark(NamedTuple):
    """What is marked in a body for a highlight."""

    parts: tuple[Span, ...]
    number: int
    """Of its footnote."""


def marked(text: Text, standing: Iterable[MarkdownMark]) -> str:
    """The body with its marks."""
    body = text.body
    put = _insertions(text, standing)
    edges = sorted({0, len(body), *put})
    before = put.get(0, "")
    whole = [before]
    for start, end in pairwise(edges):
        words = markdown_escaping.plain(body[start:end])
        # A footnote's number with a bracket or a colon behind it would be an address, or the footnote itself.
        if words[0] in "(:" and before.endswith("]"):
            whole.append("\\")
        before = put.get(end, "")
        whole += (words, before)
    return "".join(whole)


def _insertions(text: Text, standing: Iterable[MarkdownMark]) -> dict[int, str]:
    """What goes into the body, by offset: ends of marks, numbers of footnotes, hard line ends, starts of marks."""
    body = text.body
    closing, feet, opening = (defaultdict[int, str](str) for _ in range(3))
    parts: set[Span] = set()
    for one in standing:
        parts.update(one.parts)
        feet[_last_word_end(body, one.parts)] += f"[^{one.number}]"
    for span in united(parts):
        for words in _WORDS_OF_LINE.finditer(body, *span):
            opening[words.start()], closing[words.end()] = "==", "=="
    breaks = defaultdict[int, str](str, dict.fromkeys(_line_ends(text), "\\"))
    kinds = (closing, feet, breaks, opening)
    return {place: "".join(kind[place] for kind in kinds) for place in set().union(*kinds)}


def _line_ends(text: Text) -> Iterator[int]:
    """The newlines that Markdown would take for blanks: of lines that stay for themselves, and between passages."""
    newline = re.compile("\n")
    for passage in text.passages:
        if keeps_lines(text.quote(passage.span), text.wrapped_at):
            yield from (found.start() for found in newline.finditer(text.body, *passage.span))
    for before, after in pairwise(text.passages):
        between = [found.start() for found in newline.finditer(text.body, before.span.end, after.span.start)]
        if len(between) == 1:
            yield from between


def _last_word_end(body: str, parts: Sequence[Span]) -> int:
    """Where the words of a highlight end, blanks left out."""
    start, end = parts[0].start, parts[-1].end
    return start + len(body[start:end].rstrip()) or end


def _text(
    text: TextReading, reading: TaggedReading, number: int, survey: _Survey
) -> Generator[str, None, int]:
    """A text, the footnotes of which begin with a number; returns the next number."""
    yield f"# {markdown_escaping.plain_line(text.title)}"
    yield markdown_escaping.plain_line(" · ".join(filter(None, (text.entry.author, text.entry.source))))
    yield from (markdown_escaping.note(note.words) for note in text.notes)
    yield marked(text.text, survey.marked(text.entry.slug, number)).strip("\n")
    for foot in _feet(text.standing(), reading, survey.numbers):
        yield f"[^{number}]: " + foot.replace("\n", "\n    ")
        number += 1
    heading = f"## {'Not in the text any more' if text.text.body else 'Highlights'}"
    for foot in _feet(text.gone(), reading, survey.numbers):
        yield heading
        yield foot
        heading = ""
        number += 1
    return number


def _feet(shown: Iterable[HighlightView], reading: TaggedReading, linked: Mapping[str, int]) -> Iterator[str]:
    """What the footnotes of highlights say."""
    for some in batches(shown, AT_ONCE):
        threads = reading.threads(some)
        for one in some:
            yield _foot(one, threads.get(one.entry.uid, ()), reading, linked)


def _foot(
    one: HighlightView, threads: Sequence[LinkView], reading: TaggedReading, linked: Mapping[str, int]
) -> str:
    """What a footnote says: the words, the tags, the star, the reader; the note; the links."""
    highlight = one.entry
    head = (
        markdown_escaping.plain_line(_ends(highlight.quote) if one.parts else f"“{highlight.quote}”"),
        " ".join(reading.hashtags[path] for path in highlight.tags),
        "★" if highlight.star else "",
        markdown_escaping.name_line(highlight.reader) if reading.several_readers else "",
    )
    links = []
    for thread in threads:
        quote = markdown_escaping.plain_line(f"{thread.phrase} “{truncate(thread.other.entry.quote)}”")
        note = markdown_escaping.note(thread.link.note).replace("\n", "\n  ")
        number = linked[thread.other.entry.uid]
        links.append(f"- {quote} (note {number})" + (f"\n\n  {note}" if note else ""))
    return "\n\n".join(
        filter(
            None, (" · ".join(filter(None, head)), markdown_escaping.note(highlight.note), "\n".join(links))
        )
    )


def _ends(quote: str) -> str:
    """`“The first words … the last ones”`."""
    words = quote.split()
    short = words if len(words) <= 8 else [*words[:4], "…", *words[-3:]]
    return f"“{' '.join(short)}”"
