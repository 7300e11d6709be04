"""What lies on a text besides highlights: the cursor, the selection, hits, evidence, labels."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import accumulate

from texts.model import Span
from tui.reading.looks import Layer, Look


class Spans:
    """Spans that may overlap, kept so that those on a row are found at once."""

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        self._spans = sorted(spans)
        # The furthest end so far never falls, so it can be bisected where single ends cannot.
        self._reach = list(accumulate((span.end for span in self._spans), max))

    def __iter__(self) -> Iterator[Span]:
        return iter(self._spans)

    def __bool__(self) -> bool:
        return bool(self._spans)

    def within(self, start: int, end: int) -> Iterator[Span]:
        """The spans that share a character with body[start:end], in order."""
        for place in range(bisect_right(self._reach, start), len(self._spans)):
            span = self._spans[place]
            if span.start >= end:
                break
            if span.end > start:
                yield span


@dataclass
class Overlay:
    """What lies on the text of a pane besides highlights."""

    cursor: Span = field(default=Span(0, 0))
    """The grapheme that the cursor is on."""
    focused: bool = False
    """Whether the reader is in this pane."""
    selection: Span | None = None
    hits: Spans = field(default_factory=Spans)
    current: Span | None = None
    """The hit that the reader is at."""
    evidence: Spans = field(default_factory=Spans)
    lit: Span | None = None
    """A passage that is shown as related."""
    labels: Mapping[int, str] = field(default_factory=dict)
    """Hint labels by the offset that they name."""
    show_marks: bool = True
    focus_dim: bool = False
    """Whether all but the current passage is dim."""

    @property
    def cursor_look(self) -> Look:
        """The look of the cursor: another one in the pane that the reader is in."""
        return _CURSOR if self.focused else _AWAY

    def layers(self, start: int, end: int) -> list[Layer]:
        """What lies on body[start:end], each with its own ends and the look that it adds."""
        layers: list[Layer] = []
        if self.hits:
            layers += ((*span, _HIT) for span in self.hits.within(start, end))
        if self.evidence:
            layers += ((*span, _EVIDENCE) for span in self.evidence.within(start, end))
        for single, look in ((self.lit, _LIT), (self.current, _CURRENT), (self.selection, _SELECTED)):
            if single is not None and single.start < end and start < single.end:
                layers.append((*single, look))
        if start <= self.cursor.start < end:
            layers.append((*self.cursor, self.cursor_look))
        return layers


_HIT = Look(hit=True)
_CURRENT = Look(current=True)
_EVIDENCE = Look(evidence=True)
_LIT = Look(lit=True)
_SELECTED = Look(selected=True)
_CURSOR = Look(cursor=True)
_AWAY = Look(away=True)
