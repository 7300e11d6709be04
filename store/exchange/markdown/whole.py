"""The whole texts in Markdown, what was highlighted marked in place, with tags, notes and links as footnotes.

`==words==` and `[^1]` are what Obsidian, Logseq, Zettlr, Typora, iA Writer and Pandoc (`+mark`) show without a
plug-in; CriticMarkup, which could do more, few of them know. Marks cannot overlap: words under any highlight are
marked once, and each highlight has a footnote where it ends, which says where it starts.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import BinaryIO

from store.exchange.archive import Archive
from store.exchange.markdown import escaping
from store.exchange.views import Sheet, Shown, View, by_line, joined, view_of
from store.tidy import clipped
from texts.model import Text
from texts.prose import keeps_lines

_WORDS_OF_LINE = re.compile(r"\S(?:[^\n]*\S)?")
"""A mark neither goes on into another line nor begins or ends with a blank."""


def write_archive(archive: Archive, out: BinaryIO) -> int:
    """Writes all texts, one after the other; gives how many highlights are in them."""
    view = view_of(archive)
    numbers = {uid: number for number, uid in enumerate(view.placed, 1)}
    blocks = [escaping.note(note.words) for note in view.notes]
    for sheet in view.sheets:
        blocks += _sheet(sheet, view, numbers)
    out.write(("\n\n".join(filter(None, blocks)) + "\n").encode())
    return len(archive.highlights)


def marked(sheet: Sheet, numbers: Mapping[str, int]) -> str:
    """The body with its marks; `numbers` has those of the footnotes, by uid."""
    body = sheet.text.body
    put = _insertions(sheet, numbers)
    edges = sorted({0, len(body), *put})
    whole = [put.get(0, "")]
    for start, end in pairwise(edges):
        words = escaping.plain(body[start:end])
        # A footnote's number with a bracket or a colon behind it would be an address, or the footnote itself.
        follows_number = put.get(start, "").endswith("]") and words[0] in "(:"
        whole += ["\\" * follows_number, words, put.get(end, "")]
    return "".join(whole)


def _insertions(sheet: Sheet, numbers: Mapping[str, int]) -> dict[int, str]:
    """What goes into the body, by offset: ends of marks, numbers of footnotes, hard line ends, starts of marks."""
    body = sheet.text.body
    closing, feet, opening = (defaultdict[int, str](str) for _ in range(3))
    everything = joined(sorted(part for one in sheet.standing for part in one.parts))
    for span in everything:
        for words in _WORDS_OF_LINE.finditer(body, *span):
            opening[words.start()], closing[words.end()] = "==", "=="
    for one in sheet.standing:
        feet[_last_word_end(body, one)] += f"[^{numbers[one.entry.uid]}]"
    breaks = defaultdict[int, str](str, dict.fromkeys(_line_ends(sheet.text), "\\"))
    kinds = (closing, feet, breaks, opening)
    return {place: "".join(kind[place] for kind in kinds) for place in set().union(*kinds)}


def _line_ends(text: Text) -> Iterator[int]:
    """The newlines that Markdown would take for blanks: of lines that stay for themselves, and between passages."""
    newline = re.compile("\n")
    for passage in text.passages:
        if keeps_lines(text.quote(passage.span)):
            yield from (found.start() for found in newline.finditer(text.body, *passage.span))
    for before, after in pairwise(text.passages):
        between = [found.start() for found in newline.finditer(text.body, before.span.end, after.span.start)]
        if len(between) == 1:
            yield from between


def _last_word_end(body: str, one: Shown) -> int:
    """Where the words of a highlight end, blanks left out."""
    start, end = one.parts[0].start, one.parts[-1].end
    return start + len(body[start:end].rstrip()) or end


def _sheet(sheet: Sheet, view: View, numbers: Mapping[str, int]) -> Iterator[str]:
    yield f"# {escaping.plain_line(sheet.title)}"
    yield escaping.plain_line(by_line(sheet))
    yield from (escaping.note(note.words) for note in sheet.notes)
    yield marked(sheet, numbers).strip("\n")
    for one in sheet.standing:
        yield f"[^{numbers[one.entry.uid]}]: " + _foot(one, view, numbers).replace("\n", "\n    ")
    if sheet.gone:
        yield f"## {'Not in the text any more' if sheet.text.body else 'Highlights'}"
        yield from (_foot(one, view, numbers) for one in sheet.gone)


def _foot(one: Shown, view: View, numbers: Mapping[str, int]) -> str:
    """What a footnote says: the words, the tags, the star, the reader; the note; the links."""
    highlight = one.entry
    head = (
        escaping.plain_line(_ends(highlight.quote) if one.parts else f"“{highlight.quote}”"),
        " ".join(map(escaping.hashtag, highlight.tags)),
        "★" if highlight.star else "",
        escaping.plain_line(highlight.reader) if view.several_readers else "",
    )
    links = []
    for thread in view.threads.get(highlight.uid, ()):
        quote = escaping.plain_line(f"{thread.phrase} “{clipped(thread.other.entry.quote)}”")
        note = escaping.note(thread.link.note).replace("\n", "\n  ")
        number = numbers[thread.other.entry.uid]
        links.append(f"- {quote} (note {number})" + (f"\n\n  {note}" if note else ""))
    return "\n\n".join(
        filter(None, (" · ".join(filter(None, head)), escaping.note(highlight.note), "\n".join(links)))
    )


def _ends(quote: str) -> str:
    """`“The first words … the last ones”`."""
    words = quote.split()
    short = words if len(words) <= 8 else [*words[:4], "…", *words[-3:]]
    return f"“{' '.join(short)}”"
