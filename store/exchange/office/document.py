"""An archive as the paragraphs of a document: runs of words in a colour, comments that begin and end between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum
from functools import cache
from itertools import chain, islice
from typing import NamedTuple

from store.codebook import PALETTE
from store.connection import batches
from store.exchange.archive import Archive, NoteEntry
from store.exchange.paragraphs import Paragraph, Style, paragraphs
from store.exchange.render_model import UNTAGGED, ArchiveReading, HighlightView, LinkView, TextReading
from store.sanitize import truncate
from texts.joined_cells import joined_in_cell
from texts.model import Text

OURS = "close-reading-tui"
"""The keyword of a document that says how its comments are to be read; other programs keep it."""
TAGS, LINK = "Tags: ", "Link: "
ON_TEXT, ON_LIBRARY = "On the text: ", "On the library: "
"""What a comment begins with that is on more than its words."""
GAPPED = "The words in between are not part of it."
"""What stands in the comment of a highlight with gaps: a comment is on all of a range."""
STAR = "★"
"""What stands among the tags of a highlight that has a star."""
LEVELS = 6
"""Of headings."""
_AT_ONCE = 16
"""Paragraphs in memory at a time, with the highlights in them."""
_TINT = 0.45
"""How much of a colour there is behind words, which are black: the rest is white."""
_LONGEST_QUOTE = 80
BLANK = "\N{OPEN BOX}"
"""What stands for a quote that is white space alone, of which a paragraph would be none."""


class OutputStyle(Enum):
    """What a paragraph of a document looks like: the name of its style."""

    BODY = "Standard"
    TITLE = "Text Title"
    NAME = "Text Name"
    """Above a text that does not begin with its title."""
    BY_LINE = "Subtitle"
    HEADING = "Heading"
    QUOTE = "Quote"
    FURNITURE = "Page Chrome"
    ORPHANS = "Orphans"
    """The heading above the words of highlights that stand on none of the text."""
    ORPHAN = "Orphan"
    """The words of one of them: no words of the text."""


class OutputComment(NamedTuple):
    """A comment on a range of words."""

    number: int
    reader: str
    created: str
    paragraphs: tuple[str, ...]
    """Without newlines."""


class OutputRun(NamedTuple):
    """Words in one colour, what begins before them and ends after them."""

    words: str
    colour: str
    """A name of the palette; empty for none."""
    begin: tuple[OutputComment, ...] = ()
    end: tuple[int, ...] = ()
    """Numbers of comments."""


class OutputParagraph(NamedTuple):
    """A paragraph."""

    look: OutputStyle
    level: int
    """Of a heading, 1–6; of a title that is one, and of the heading above orphans; else 0."""
    lines: tuple[tuple[OutputRun, ...], ...]


@cache
def tint(colour: str) -> str:
    """A colour of the palette, light enough for black words, as six hexadecimal digits."""
    channels = bytes.fromhex(PALETTE[colour].removeprefix("#"))
    return "".join(f"{round(255 - (255 - channel) * _TINT):02X}" for channel in channels)


def title_of(archive: Archive) -> tuple[str, str]:
    """Title and author of the whole document; of several texts their titles, and no author."""
    texts = [(text.title or text.slug, text.author) for text in archive.texts]
    if len(texts) == 1:
        return texts[0]
    return " ↔ ".join(title for title, _ in texts), ""


def blocks(archive: Archive) -> Iterator[OutputParagraph]:
    """All texts, one after the other; the title stands above each only where there are several."""
    reading = ArchiveReading(archive)
    several = len(reading.slugs()) != 1
    document = _Document(reading)
    for number, text in enumerate(reading.texts()):
        yield from document.text(text, reading.notes if number == 0 else (), titled=several)


class _Document:
    def __init__(self, reading: ArchiveReading) -> None:
        self._reading = reading
        self._count = 0
        self._open: dict[str, OutputComment | None] = {}
        """The comments on the highlights that have begun and not ended, by uid; None where nothing is."""

    def text(
        self, text: TextReading, notes: Sequence[NoteEntry], *, titled: bool
    ) -> Iterator[OutputParagraph]:
        """The blocks of a text; comments on all of it, and on the library, stand on its first paragraph."""
        on_all = [
            *(self._noted(note, ON_LIBRARY) for note in notes),
            *(self._noted(note, ON_TEXT) for note in text.notes),
        ]
        lost: list[HighlightView] = []
        blocks = self._blocks(paragraphs(text, lost), text.text)
        first = next(blocks, None)
        if titled or first is None:
            # Most texts begin with their title, which need not be said twice.
            is_title = first is not None and _words(first) == text.title
            title = _title(first) if first and is_title else _plain(OutputStyle.NAME, text.title)
            yield _commented(title, on_all)
            on_all = []
            if by := " · ".join(filter(None, (text.entry.author, text.entry.source))):
                yield _plain(OutputStyle.BY_LINE, by)
            first = None if is_title else first
        for block in chain([first] if first else [], blocks):
            yield _commented(block, on_all)
            on_all = []
        yield from self._wordless("On no words of the text", lost)
        if text.text.body:
            yield from self._wordless("Not in the text any more", text.gone())
        else:
            yield from self._wordless("Highlights", text.gone(), OutputStyle.HEADING, OutputStyle.QUOTE)

    def _wordless(
        self,
        heading: str,
        those: Iterable[HighlightView],
        above: OutputStyle = OutputStyle.ORPHANS,
        look: OutputStyle = OutputStyle.ORPHAN,
    ) -> Iterator[OutputParagraph]:
        """The quotes of highlights that stand on no words, below a heading; nothing where there are none."""
        for number, one in enumerate(those):
            if number == 0:
                yield _plain(above, heading, 2)
            comment = self._comment(one, self._reading.threads([one]).get(one.entry.uid, ()))
            quote = " ".join(one.entry.quote.split()) or BLANK
            yield _commented(_plain(look, quote), [comment] if comment else [])

    def _blocks(self, coming: Iterable[Paragraph], text: Text) -> Iterator[OutputParagraph]:
        """Paragraphs as blocks; the links on their highlights are looked for some paragraphs at a time."""
        for some in batches(coming, _AT_ONCE):
            begun = {one.entry.uid: one for paragraph in some for one in _covering(paragraph)}
            threads = self._reading.threads(begun.values()) if begun else {}
            yield from (self._block(paragraph, text, threads) for paragraph in some)

    def _block(
        self, paragraph: Paragraph, text: Text, threads: Mapping[str, Sequence[LinkView]]
    ) -> OutputParagraph:
        stretches = [stretch for line in paragraph.lines for stretch in line.stretches]
        begin: dict[int, list[OutputComment]] = {}
        last: dict[str, int] = {}
        for number, stretch in enumerate(stretches):
            for one in stretch.covering:
                uid = one.entry.uid
                if uid not in last and uid not in self._open:
                    comment = self._open[uid] = self._comment(one, threads.get(uid, ()))
                    if comment is not None:
                        begin.setdefault(number, []).append(comment)
                last[uid] = number
        end: dict[int, list[int]] = {}
        for one in paragraph.ended:
            uid = one.entry.uid
            comment = self._open.pop(uid)
            if comment is not None:
                end.setdefault(last[uid], []).append(comment.number)
        flat = paragraph.style is Style.PROSE
        body = text.body
        made = []
        for number, (span, covering) in enumerate(stretches):
            words = body[span.start : span.end]
            made.append(
                OutputRun(
                    words.replace("\n", " ") if flat else words,  # in prose a newline is a blank
                    self._colour(covering),
                    tuple(begin.get(number, ())),
                    tuple(end.get(number, ())),
                )
            )
        runs = iter(made)
        lines = tuple(
            _marked(line.mark, tuple(islice(runs, len(line.stretches)))) for line in paragraph.lines
        )
        return OutputParagraph(_LOOKS.get(paragraph.style, OutputStyle.BODY), paragraph.level, lines)

    def _colour(self, covering: Sequence[HighlightView]) -> str:
        """Of what began last."""
        if not covering:
            return ""
        tags = covering[-1].entry.tags
        name = self._reading.tags[tags[0]].colour if tags else UNTAGGED
        return name if name in PALETTE else UNTAGGED

    def _comment(self, one: HighlightView, threads: Sequence[LinkView]) -> OutputComment | None:
        """The comment on a highlight: its note, its tags, its links; None where there is nothing."""
        highlight = one.entry
        tags = joined_in_cell([*highlight.tags, *[STAR] * highlight.star])
        said = highlight.note.split("\n") if highlight.note else []
        said += [f"{TAGS}{tags}"] * bool(tags)
        said += map(self._link, threads)
        said += [GAPPED] * (bool(said) and len(one.parts) > 1)
        return self._numbered(highlight.reader, highlight.created, said) if said else None

    def _link(self, thread: LinkView) -> str:
        other = thread.other
        where = " ".join(filter(None, (self._reading.title(other.entry.text), other.place)))
        link = f"{LINK}{thread.phrase} “{truncate(other.entry.quote, _LONGEST_QUOTE)}” ({where})"
        return ": ".join(filter(None, (link, " ".join(thread.link.note.split()))))

    def _noted(self, note: NoteEntry, on: str) -> OutputComment:
        return self._numbered(note.reader, note.created, f"{on}{note.words}".split("\n"))

    def _numbered(self, reader: str, created: str, said: Iterable[str]) -> OutputComment:
        self._count += 1
        return OutputComment(self._count, reader, created, tuple(said))


_LOOKS = {
    Style.HEADING: OutputStyle.HEADING,
    Style.QUOTE: OutputStyle.QUOTE,
    Style.FURNITURE: OutputStyle.FURNITURE,
}


def _covering(paragraph: Paragraph) -> Iterator[HighlightView]:
    """The highlights in a paragraph, each as often as it covers a stretch."""
    return (one for line in paragraph.lines for stretch in line.stretches for one in stretch.covering)


def _title(block: OutputParagraph) -> OutputParagraph:
    """A paragraph as the title of its text; it stays a heading where it is one."""
    return block._replace(
        look=OutputStyle.TITLE, level=block.level if block.look is OutputStyle.HEADING else 0
    )


def _plain(look: OutputStyle, words: str, level: int = 0) -> OutputParagraph:
    return OutputParagraph(look, level, ((OutputRun(words, ""),),))


def _words(block: OutputParagraph) -> str:
    """What stands in a paragraph of one line; empty for several."""
    return "".join(run.words for run in block.lines[0]).strip() if len(block.lines) == 1 else ""


def _marked(mark: str, runs: tuple[OutputRun, ...]) -> tuple[OutputRun, ...]:
    """A line, with what an item begins with before it."""
    return (OutputRun(f"{mark} ", ""), *runs) if mark else runs


def _commented(block: OutputParagraph, comments: Sequence[OutputComment]) -> OutputParagraph:
    """A paragraph with comments on all of it."""
    if not comments:
        return block
    (first, *others), *lines = block.lines
    first = first._replace(begin=(*comments, *first.begin))
    lines = [(first, *others), *lines]
    *rest, last = lines[-1]
    lines[-1] = (*rest, last._replace(end=(*last.end, *(comment.number for comment in comments))))
    return block._replace(lines=tuple(lines))
