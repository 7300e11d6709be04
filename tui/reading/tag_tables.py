"""Tags against two texts, and tags that meet, as tables whose rows lead to the highlights."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from texts.compare import Tagged, TagTable, Together
from texts.model import Span
from tui.reading.tables import Column, Places, Row, Table


class _Highlights:
    """Where each tag stands in each text, and in which of its passages."""

    def __init__(self, tagged: Iterable[Tagged]) -> None:
        self._spans: defaultdict[tuple[str, str], list[Span]] = defaultdict(list)
        self._in_passages: defaultdict[tuple[str, str], defaultdict[int, list[Span]]] = defaultdict(
            lambda: defaultdict(list)
        )
        for mark in tagged:
            self._spans[mark.tag, mark.text].append(mark.span)
            if mark.passage is not None:
                self._in_passages[mark.tag, mark.text][mark.passage].append(mark.span)

    def of(self, tag: str, text: str) -> tuple[Span, ...]:
        """The highlights of a text that carry a tag, in order."""
        return tuple(sorted(self._spans[tag, text]))

    def of_both(self, one: str, other: str, text: str) -> tuple[Span, ...]:
        """The highlights that carry either tag, in the passages of a text that have both."""
        mine, its = self._in_passages[one, text], self._in_passages[other, text]
        return tuple(sorted({span for number in mine.keys() & its for span in (*mine[number], *its[number])}))


def tag_tables(table: TagTable, left: str, right: str, tagged: Iterable[Tagged]) -> tuple[Table, Table]:
    """The two tables of two texts (slugs); `tagged` is what `table` was made of."""
    highlights = _Highlights(tagged)
    only = {tag: text for text in table.texts for tag in table.only(text)}

    def counted(tag: str) -> Row:
        places = Places(highlights.of(tag, left), highlights.of(tag, right))
        where = f"only {only[tag]}" if tag in only else ""
        return Row(tag, (tag, *map(str, table.counts[tag]), where), places, is_strong=tag in only)

    def met(pair: Together) -> Row:
        words = f"{pair.one} + {pair.other}"
        mine, its = (highlights.of_both(pair.one, pair.other, text) for text in (left, right))
        places = Places(mine, its)
        return Row(words, (words, str(pair.passages), str(pair.overlapping)), places)

    counts = (
        Column("tag"),
        Column(left, 8, is_number=True),
        Column(right, 8, is_number=True),
        Column("one side", 14, gives_way=1),
    )
    together = (Column("tags"), Column("passages", 8, is_number=True), Column("overlap", 7, is_number=True))
    return (
        Table(
            "tags",
            "tags and texts",
            counts,
            tuple(map(counted, table.counts)),
            "Nothing is tagged in these texts: Esc goes back, t tags a sentence.",
        ),
        Table(
            "tags together",
            "tags that occur together",
            together,
            tuple(map(met, table.together)),
            "No two tags meet in a passage.",
        ),
    )
