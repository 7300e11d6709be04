"""Writes an archive as TEI: each text with its `seg`s, and behind it their annotations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain
from tempfile import SpooledTemporaryFile
from typing import BinaryIO

from store.exchange.archive import Archive, HighlightEntry, LinkEntry, NoteEntry, highlights_of
from store.exchange.paragraphs import CoveredRun, Paragraph, Style, paragraphs
from store.exchange.render_model import ArchiveReading, HighlightView, TextReading
from store.exchange.tei.header import DECLARATION, NAMESPACE, Names, TeiNote, header, id_of, note, taxonomies
from store.exchange.xml import attributes_of, element_of, escaped, started

_IN_MEMORY = 1 << 20
"""Bytes of annotations that wait in memory for the end of their text; more wait in a file."""


def write_archive(archive: Archive, out: BinaryIO) -> int:
    """Writes a text as `TEI`, several as a `teiCorpus` of them; gives how many highlights."""
    out.writelines(piece.encode() for piece in _Edition(archive).markup())
    return len(archive.highlights)


class _Edition:
    """An archive as one document."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._reading = ArchiveReading(archive)
        self._alone = len(self._reading.slugs()) == 1
        highlights = highlights_of(archive)
        readers = highlights.readers() | {note.reader for note in archive.notes}
        readers |= {link.reader for link in archive.links}
        kinds = {link.kind for link in archive.links}
        self._names = Names.of(self._reading.tags, readers, kinds)
        self._declared = taxonomies(self._reading.tags, self._names, starred=highlights.starred())

    def markup(self) -> Iterator[str]:
        """The document, piece by piece."""
        yield DECLARATION
        texts = enumerate(self._reading.texts(), 1)
        if self._alone:
            for number, text in texts:
                yield from self._text(text, number)
            return
        yield started("teiCorpus", xmlns=NAMESPACE)
        title = "Annotated texts" if self._reading.slugs() else "An empty library"
        yield header(title, self._names, notes=_notes(self._reading.notes), declared=self._declared)
        yield from _stand_off(self._links())
        for number, text in texts:
            yield from self._text(text, number)
        if not self._reading.slugs():
            yield from ("\n", started("TEI"), header(title, self._names), _EMPTY, "</TEI>")
        yield "\n</teiCorpus>\n"

    def _text(self, text: TextReading, number: int) -> Iterator[str]:
        entry, alone = text.entry, self._alone
        yield started("TEI", xmlns=NAMESPACE) if alone else f"\n{started('TEI')}"
        notes = [*(self._reading.notes if alone else ()), *text.notes]
        yield header(
            text.title,
            self._names,
            author=entry.author,
            source=entry.source,
            notes=_notes(notes),
            declared=self._declared if alone else None,
        )
        with SpooledTemporaryFile(_IN_MEMORY) as said:
            body = _Body(text, number, self._names, said)
            yield f'\n<text xml:id="text-{number}"><body>'
            yield from body.markup()
            yield "\n</body></text>"
            said.seek(0)
            annotations = (line.decode() for line in said)
            inside = _enclosed("listAnnotation", annotations)
            yield from _stand_off(chain(inside, self._links() if alone else ()))
        yield f"\n</TEI>{chr(10) * alone}"

    def _links(self) -> Iterator[str]:
        """All links, and then what is noted on them."""
        yield from _enclosed("linkGrp", map(self._link, self._archive.links))
        noted = (link for link in self._archive.links if link.note)
        yield from _enclosed("listAnnotation", map(self._note_on_link, noted))

    def _link(self, link: LinkEntry) -> str:
        return "\n" + element_of(
            "link",
            {
                "xml:id": id_of("l", link.uid),
                "type": "mutual" if link.mutual else "directed",
                "ana": f"#{self._names.kinds[link.kind]}",
                "target": f"#{id_of('h', link.left)} #{id_of('h', link.right)}",
                "resp": self._names.reader(link.reader),
            },
        )

    def _note_on_link(self, link: LinkEntry) -> str:
        attributes = {"xml:id": id_of("n", link.uid), "target": f"#{id_of('l', link.uid)}"}
        return "\n" + element_of("annotation", attributes, note(TeiNote(link.note, link.reader), self._names))


_EMPTY = "<text><body><p /></body></text>"


def _notes(notes: Iterable[NoteEntry]) -> list[TeiNote]:
    return [TeiNote(each.words, each.reader) for each in notes]


def _enclosed(tag: str, inside: Iterator[str]) -> Iterator[str]:
    """What is inside an element, in it; nothing where there is nothing."""
    first = next(inside, None)
    if first is not None:
        yield from (f"\n<{tag}>", first)
        yield from inside
        yield f"\n</{tag}>"


def _stand_off(inside: Iterator[str]) -> Iterator[str]:
    return _enclosed("standOff", inside)


class _Body:
    """The body of a text as divisions and paragraphs; the annotations of its `seg`s go into a file meanwhile."""

    def __init__(
        self, text: TextReading, number: int, names: Names, said: SpooledTemporaryFile[bytes]
    ) -> None:
        self._text = text
        self._number = number
        self._names = names
        self._said = said
        self._segments = 0
        self._of: dict[str, list[str]] = defaultdict(list)
        """The `seg`s of highlights that have not ended, by uid."""

    def markup(self) -> Iterator[str]:
        """The divisions and paragraphs."""
        levels: list[int] = []
        is_empty = True
        lost: list[HighlightView] = []
        for paragraph in paragraphs(self._text, lost):
            is_empty = False
            if paragraph.style is Style.HEADING:
                while levels and levels[-1] >= paragraph.level:
                    levels.pop()
                    yield "</div>"
                levels.append(paragraph.level)
                yield "\n<div>"
            yield f"\n{self._paragraph(paragraph)}"
            for one in paragraph.ended:
                self._annotate(one.entry, self._of.pop(one.entry.uid))
        if is_empty:
            yield "<p />"
        yield "</div>" * len(levels)
        for one in chain(lost, self._text.gone()):
            self._annotate(one.entry, [f"text-{self._number}"], is_gone=True)

    def _paragraph(self, paragraph: Paragraph) -> str:
        lines = ["".join(map(self._stretch, line.stretches)) for line in paragraph.lines]
        number = "" if paragraph.passage.number is None else str(paragraph.passage.number)
        match paragraph.style:
            case Style.HEADING:
                return element_of("head", {"n": number}, *lines)
            case Style.VERSE:
                return element_of("lg", {"n": number}, *(element_of("l", {}, line) for line in lines))
            case Style.LIST:
                items = zip(paragraph.lines, lines, strict=True)
                inside = (element_of("item", {"n": line.mark}, words) for line, words in items)
                return element_of("list", {"n": number}, *inside)
            case Style.QUOTE:
                return element_of("quote", {"n": number}, element_of("p", {}, "<lb />\n".join(lines)))
            case Style.FURNITURE:
                return element_of("ab", {"type": "furniture"}, "<lb />\n".join(lines))
            case Style.PROSE | Style.LINES:
                return element_of("p", {"n": number}, "<lb />\n".join(lines))

    def _stretch(self, stretch: CoveredRun) -> str:
        words = escaped(self._text.text.quote(stretch.span))
        if not stretch.covering:
            return words
        self._segments += 1
        id = f"s{self._number}.{self._segments}"
        tags: dict[str, None] = {}
        for one in stretch.covering:
            self._of[one.entry.uid].append(id)
            tags |= dict.fromkeys(one.entry.tags)
        ana = f' ana="{self._names.pointers(tags, star=False)}"' if tags else ""
        return f'<seg xml:id="{id}"{ana}>{words}</seg>'

    def _annotate(self, highlight: HighlightEntry, targets: Iterable[str], *, is_gone: bool = False) -> None:
        """Writes the annotations of a highlight; of one that is not in the text any more, its words too."""
        changed = highlight.updated if highlight.updated != highlight.created else ""
        times = "".join(
            [
                f"<change{attributes_of({'when': time})}>{word}</change>"
                for word, time in (("made", highlight.created), ("changed", changed))
                if time
            ]
        )
        inside = f"<revisionDesc>{times}</revisionDesc>" if times else ""
        if is_gone:
            inside += element_of("note", {"type": "quote"}, escaped(highlight.quote))
        if highlight.note:
            inside += note(TeiNote(highlight.note, ""), self._names)
        attributes = {
            "xml:id": id_of("h", highlight.uid),
            "target": " ".join([f"#{target}" for target in targets]),
            "ana": self._names.pointers(highlight.tags, star=highlight.star),
            "resp": self._names.reader(highlight.reader),
        }
        self._said.write(f"\n{element_of('annotation', attributes, inside)}".encode())
