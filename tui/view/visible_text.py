"""What is shown of a text: its passages, furniture with them or not, and where a cursor can stand in them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from texts.model import Passage, Span, Text, starts_of
from texts.tokens import WORD
from tui.view.cells import grapheme_around

_LONGEST_WORD = 400
"""Characters before an offset in which the start of its word is looked for."""


class VisibleText:
    """The passages of a text that are shown, in order. There is always one: nothing to show is an empty passage."""

    def __init__(self, text: Text, *, furniture: bool = True) -> None:
        self.text = text
        self.body = text.body
        passages = text.passages if furniture else text.numbered
        self.passages: Sequence[Passage] = passages or (Passage(Span(0, 0), None),)
        self._starts = starts_of(self.passages)
        self._sentences: dict[int, list[Span]] = {}
        self.tells_headings = False
        """Whether it says which passages are headings: the first paint does without."""
        self._headings: dict[int, bool] = {}

    @property
    def start(self) -> int:
        """Offset of the first character that is shown."""
        return self._starts[0]

    @property
    def end(self) -> int:
        """Offset after the last character that is shown."""
        return self.passages[-1].span.end

    def index(self, offset: int) -> int:
        """Index of the passage that holds the offset, or else of the nearest one before it, or of the first."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def index_from(self, offset: int) -> int:
        """Index of the first passage that starts at the offset or after it; as many as there are if none does."""
        return bisect_left(self._starts, offset)

    def span(self, offset: int) -> Span:
        """Span of the passage that holds the offset, or is nearest before it."""
        return self.passages[self.index(offset)].span

    def is_heading(self, index: int) -> bool:
        """Whether a passage, by its index, says what follows: a title, a chapter, a cross-heading."""
        found = self._headings.get(index)
        if found is None:
            from texts.outline import heading_level

            found = self._headings[index] = heading_level(self.body, self.passages, index) > 0
        return found

    # graphemes

    def grapheme(self, offset: int) -> Span:
        """The grapheme that holds the offset, once that has been moved into the nearest passage."""
        span = self.span(offset)
        if span.start == span.end:
            return span
        inside = min(max(offset, span.start), span.end - 1)
        return Span(*grapheme_around(self.body, inside, *span))

    def snap_to_grapheme(self, offset: int) -> int:
        """The nearest place where a cursor can stand: the start of a grapheme inside a passage."""
        return self.grapheme(offset).start

    def after(self, offset: int) -> int:
        """The place of the next grapheme that is no newline; the same place at the end."""
        grapheme = self.grapheme(offset)
        span = self.span(offset)
        following = grapheme.end
        while following < span.end and self.body[following] == "\n":
            following += 1
        if following < span.end:
            return following
        index = self.index(offset) + 1
        return self._starts[index] if index < len(self._starts) else grapheme.start

    def before(self, offset: int) -> int:
        """The place of the grapheme before that is no newline; the same place at the start."""
        start = self.snap_to_grapheme(offset)
        span = self.span(start)
        last = start - 1
        while last >= span.start and self.body[last] == "\n":
            last -= 1
        if last >= span.start:
            return self.snap_to_grapheme(last)
        index = self.index(start) - 1
        return self.snap_to_grapheme(self.passages[index].span.end - 1) if index >= 0 else start

    # words and sentences

    def word(self, offset: int) -> Span | None:
        """The word that holds the offset; None between words."""
        span = self.span(offset)
        low = max(span.start, offset - _LONGEST_WORD)
        low = max(low, *(self.body.rfind(space, low, offset) + 1 for space in " \n\t"))
        for match in WORD.finditer(self.body, low, span.end):
            if match.end() > offset:
                return Span(*match.span()) if match.start() <= offset else None
        return None

    def word_after(self, offset: int) -> Span | None:
        """The first word that starts behind the offset, in this passage or a later one."""
        word = self.word(offset)
        begin = word.end if word else offset + 1
        for index in range(self.index(offset), len(self.passages)):
            span = self.passages[index].span
            match = WORD.search(self.body, max(begin, span.start), span.end)
            if match:
                return Span(*match.span())
        return None

    def word_before(self, offset: int) -> Span | None:
        """The last word that starts before the offset, in this passage or an earlier one."""
        index = self.index(offset)
        high = offset
        while index >= 0:
            span = self.passages[index].span
            found = self._last_word(span.start, min(high, span.end))
            if found:
                return found
            index -= 1
        return None

    def _last_word(self, start: int, before: int) -> Span | None:
        """The last word that starts in body[start:before]; looks back in steps, since patterns only look forward."""
        high = before
        while high > start:
            low = max(start, high - _LONGEST_WORD)
            if low > start:
                # A step that begins inside a word would take the word's rest for a word.
                low = max((self.body.find(space, low, high) for space in " \n\t"), default=-1)
                low = low if low >= 0 else max(start, high - _LONGEST_WORD)
            last = None
            for match in WORD.finditer(self.body, low, self.span(start).end):
                if match.start() >= before:
                    break
                last = match
            if last is not None:
                return Span(*last.span())
            if low == start:
                return None
            high = low
        return None

    def sentences(self, index: int) -> list[Span]:
        """The sentences of a passage by its index; a passage without any is its own sentence."""
        found = self._sentences.get(index)
        if found is None:
            # Not for the first paint: what cuts sentences is needed by the first key that asks for one.
            from texts.languages.sentences import sentences
            from texts.languages.telling import effective_language

            span, language = self.passages[index].span, effective_language(self.text)
            found = self._sentences[index] = sentences(self.body, span, language) or [span]
        return found

    def sentence_number(self, offset: int) -> int | None:
        """Number in its passage, from 1, of the sentence that holds the offset, or is next; None behind the last."""
        found = self.sentences(self.index(offset))
        return next((number for number, span in enumerate(found, 1) if offset < span.end), None)

    def sentence(self, offset: int) -> Span:
        """The sentence that holds the offset, or the nearest one before it in its passage, or its first."""
        found = self.sentences(self.index(offset))
        return found[max(0, bisect_right([span.start for span in found], offset) - 1)]
