"""A body as HTML: passages in order, the words of highlights marked in them, and their notes behind each passage.

Leaving out the notes, the text of what comes out is the body, letter for letter. What stands beside a highlight is its
card: its tags, its note, its links.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from store.exchange.html import html_escaping
from store.exchange.html.html_escaping import colour_class
from store.exchange.render_model import ArchiveView, CoveredSpan, HighlightView, LinkView, TextView, pieces
from store.sanitize import truncate
from texts.languages.telling import effective_language
from texts.model import Passage
from texts.prose import keeps_lines

LANES = 4
"""So many overlapping highlights have a line of their own below the words; further ones share them."""


def body(sheet: TextView, view: ArchiveView, *, title_id: str = "") -> Iterator[str]:
    """The HTML of a body, piece by piece; with `title_id` its first passage is the title, and has that id."""
    return _Body(sheet, view, title_id).html()


def begins_with_title(sheet: TextView) -> bool:
    """Whether the first passage of the article says what the text is called, and no more."""
    numbered = sheet.text.numbered
    words = " ".join(sheet.text.quote(numbered[0].span).split()).lstrip("# ") if numbered else ""
    return bool(words) and words.casefold() == " ".join(sheet.title.split()).casefold()


class _Body:
    def __init__(self, sheet: TextView, view: ArchiveView, title_id: str) -> None:
        self._sheet = sheet
        self._title_id = title_id
        self._reading = view
        self._lanes = _lanes(sheet.standing)
        self._begun: set[int] = set()

    def html(self) -> Iterator[str]:
        starting = {passage.span.start: passage for passage in self._sheet.text.passages}
        cuts = [edge for passage in starting.values() for edge in passage.span]
        passage: Passage | None = None
        begun_here: list[int] = []
        for piece in pieces(self._sheet.text.body, self._sheet.standing, cuts):
            if piece.span.start in starting:
                passage = starting[piece.span.start]
                yield self._opening(passage)
            if passage is None:
                yield _gap(self._sheet.text.quote(piece.span))
                continue
            new = [index for index in piece.covering if index not in self._begun]
            self._begun.update(new)
            begun_here += new
            yield from (letter(self._sheet.standing[index], self._reading, at_words=True) for index in new)
            yield self._marked(piece)
            if piece.span.end == passage.span.end:
                yield "</p>"
                yield from self._cards(begun_here, passage)
                yield "</div>"
                passage, begun_here = None, []
        # A highlight of nothing but the blanks between passages begins in none of them.
        yield from self._cards([i for i in range(len(self._lanes)) if i not in self._begun], None)

    def _opening(self, passage: Passage) -> str:
        kinds = ["passage"]
        if passage.is_furniture:
            kinds.append("furniture")
        if keeps_lines(self._sheet.text.quote(passage.span), self._sheet.text.wrapped_at):
            kinds.append("lines")
        number = "" if passage.is_furniture else f' data-n="{passage.number}"'
        if passage.number == 1 and self._title_id:
            kinds.append("headline")
            number += f' id="{self._title_id}" role="heading" aria-level="1"'
        language = effective_language(self._sheet.text)
        said = f' lang="{language}"' if language else ""
        return f'<div class="row"><p class="{" ".join(kinds)}" dir="auto"{said}{number}>'

    def _marked(self, piece: CoveredSpan) -> str:
        """A stretch, in one mark for each highlight that covers it."""
        html = html_escaping.text(self._sheet.text.quote(piece.span))
        for index in reversed(piece.covering):
            one = self._sheet.standing[index]
            colour = colour_class(self._reading.colour(one.entry))
            lane = self._lanes[index] % LANES
            html = f'<mark class="{colour} lane{lane}" data-of="{one.anchor}">{html}</mark>'
        return html

    def _cards(self, begun: Sequence[int], passage: Passage | None) -> Iterator[str]:
        if not begun:
            return
        label = f"Notes on ¶{passage.number}" if passage and passage.number else "Notes"
        yield f'<div class="cards" role="group" aria-label="{label}">'
        yield from (card(self._sheet.standing[index], self._reading) for index in begun)
        yield "</div>"


def _gap(blanks: str) -> str:
    """What stands between passages; a no-break space or the like there would take up a line."""
    return blanks if blanks.strip(" \n\t") == "" else f'<span class="gap">{html_escaping.text(blanks)}</span>'


def _lanes(standing: Sequence[HighlightView]) -> list[int]:
    """For each highlight the first line below the words that no overlapping one has."""
    ends: list[int] = []
    lanes = []
    for one in standing:
        start, end = one.parts[0].start, one.parts[-1].end
        lane = next((lane for lane, taken in enumerate(ends) if taken <= start), len(ends))
        ends[lane : lane + 1] = [end]
        lanes.append(lane)
    return lanes


def letter(one: HighlightView, view: ArchiveView, *, at_words: bool) -> str:
    """The letters of a highlight's tags: at its words they lead to its card, on its card back to the words.

    The style sheet draws them, so that the text of a body is the body, also when it is copied.
    """
    letters = "".join(view.tags[path].letter for path in one.entry.tags) or "·"
    names = ", ".join(one.entry.tags) or "untagged"
    if at_words:
        own, target, label = one.anchor, f"n{one.anchor}", f"Highlight {names}: to its note"
        letters += "★" * one.entry.star
    else:
        own, target, label = f"n{one.anchor}", one.anchor, f"{names}: to its words"
    return (
        f'<a class="letter {colour_class(view.colour(one.entry))}" id="{own}" href="#{target}"'
        f' data-of="{one.anchor}" data-letter="{html_escaping.value(letters)}"'
        f' aria-label="{html_escaping.value(label)}"></a>'
    )


def card(one: HighlightView, view: ArchiveView) -> str:
    """The card of a highlight; of one that the text has lost, with the words that it stood on."""
    highlight = one.entry
    numbers = " ".join(str(view.numbers[path]) for path in highlight.tags) or "none"
    colour = colour_class(view.colour(highlight))
    return "".join(
        [
            f'<div class="card {colour}" data-of="{one.anchor}" data-tags="{numbers}">',
            f'<p class="tags">{_head(one, view)}</p>',
            "" if one.parts else f'<blockquote dir="auto">{html_escaping.text(highlight.quote)}</blockquote>',
            f'<div class="note" dir="auto">{html_escaping.note(highlight.note)}</div>'
            if highlight.note
            else "",
            *_threads(one, view),
            f'<p class="reader">{html_escaping.text(highlight.reader)}</p>' if view.several_readers else "",
            "</div>",
        ]
    )


def _head(one: HighlightView, view: ArchiveView) -> str:
    """The letters, the names of the tags and the star, on a line."""
    tags = [
        f'<span class="tag {colour_class(view.tags[path].colour)}">{html_escaping.text(path)}</span>'
        for path in one.entry.tags
    ]
    star = ['<span class="star" role="img" aria-label="starred">★</span>'] if one.entry.star else []
    way = letter(one, view, at_words=False) if one.parts else f'<a id="{one.anchor}"></a>'
    return way + " ".join((tags or ['<span class="untagged">untagged</span>']) + star)


def _threads(one: HighlightView, view: ArchiveView) -> Iterator[str]:
    threads = view.threads.get(one.entry.uid, ())
    if not threads:
        return
    yield '<ul class="threads">'
    for thread in threads:
        note = (
            f'<div class="note" dir="auto">{html_escaping.note(thread.link.note)}</div>'
            if thread.link.note
            else ""
        )
        yield f'<li><span class="kind">{html_escaping.text(thread.phrase)}</span> {_target(thread)}{note}</li>'
    yield "</ul>"


def _target(thread: LinkView) -> str:
    place = f'<span class="place">{thread.other.place}</span> ' if thread.other.place else ""
    quote = html_escaping.text(f"“{truncate(thread.other.entry.quote, 60)}”")
    return f'<a href="#{thread.other.anchor}">{place}{quote}</a>'
