"""A comparison as the tables that a reader looks at: what stands in each row, and where it leads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from texts.compare import ChangeKind, CollatedPiece, Comparison, Covered, Name, SharedRun, Tagged, WordUse
from texts.compare.distinctive import SIGNIFICANT
from texts.compare.reuse import SHORTEST
from texts.model import Span, Text
from texts.short_titles import short_titles
from tui.view.tables import RowPlaces, TableRow, TableView, ViewColumn, bar, tag_tables

_LONGEST = 300
"""Characters of a quote in a table; the text itself is one key away."""
_BAR = 6
_FULL_BAR = 6.0
"""The log ratio that fills a bar: 64 times as frequent."""


class Tab(StrEnum):
    """One way of looking at a comparison."""

    NAMES = "names"
    WORDS = "words"
    COVERAGE = "coverage"
    MAP = "map"
    REUSE = "reuse"
    TAGS = "tags"
    CHANGES = "changes"
    """Only where the two texts are versions of one."""


HOW: Mapping[Tab, str] = {
    Tab.NAMES: "Counts are mentions: what a capital marks as a name, in numbered passages. Spellings are one name by "
    "consonants, initials, surname, or your word.",
    Tab.WORDS: f"G²: log-likelihood (Dunning 1993), chance makes {SIGNIFICANT} once in 20 words. "
    "Ratio: how many times the share doubles (Hardie 2014). Uses: left:right.",
    Tab.COVERAGE: "A counterpart is related with {score:.0f} or more of 100, or linked by you.{more} "
    "Strips: all of a text, █ covered, ▓▒ partly, · alone.",
    Tab.MAP: "A cell is the best score of its passages: ░ from {score:.0f}, ▒ ▓ █ in equal steps to 100; "
    "◆ your link. The left text runs to the right, the right text down.",
    Tab.REUSE: f"Runs of {SHORTEST} words or more in both texts, 2 of them with a subject, case and punctuation "
    "regardless; how often each text has them.",
    Tab.TAGS: "How many highlights carry a tag in each text. Together: passages with both tags on any words, and "
    "pairs of their highlights that overlap.",
    Tab.CHANGES: "Word for word, furniture included: what keeps its order is the same and left out; what stands "
    "elsewhere in the same words has moved.",
}
"""How the numbers of each view are made; `score` is the one from which passages count as related, `more` what else
may."""

_EMPTY = {
    Tab.NAMES: "No names: nothing here has a capital inside a sentence.",
    Tab.WORDS: "None beyond chance.",
    Tab.REUSE: "No run of four words stands in both texts.",
    Tab.CHANGES: "The two versions have the same words.",
}
_FATES = {
    ChangeKind.RESPELLED: "≈ spelt",
    ChangeKind.CHANGED: "~ changed",
    ChangeKind.REMOVED: "− removed",
    ChangeKind.ADDED: "+ added",
    ChangeKind.MOVED: "⇄ moved",
}


_Spans = tuple[Span, ...]


@dataclass(frozen=True)
class ComparisonTabs:
    """A comparison, ready to be shown."""

    comparison: Comparison
    tables: Mapping[Tab, tuple[TableView, ...]]
    """For each view what stands side by side in it; none for the map."""
    changes: Sequence[CollatedPiece] | None = None
    """What differs between two versions of one text; None where the two are no such versions."""

    @property
    def views(self) -> tuple[Tab, ...]:
        """The views that there are, in order."""
        return tuple(view for view in Tab if view is Tab.MAP or view in self.tables)

    def how(self, view: Tab) -> str:
        """How the numbers of a view are made."""
        found = self.comparison.coverage
        more = f" Up to {found.unsure} more may have one." if found.unsure else ""
        return HOW[view].format(score=found.min_score, more=more)

    def name(self, key: str) -> Name | None:
        """The name of a row."""
        return next((name for name in self.comparison.names if name.label == key), None)


def overview(
    comparison: Comparison, tagged: Iterable[Tagged] = (), changes: Sequence[CollatedPiece] | None = None
) -> ComparisonTabs:
    """The tables of a comparison.

    `tagged` is what stands behind its tags; `changes` are the pieces of a collation where the texts are two versions
    of one.
    """
    left, right = comparison.left, comparison.right
    tables = {
        Tab.NAMES: (_names(comparison),),
        Tab.WORDS: _words(comparison),
        Tab.COVERAGE: _coverage(comparison),
        Tab.REUSE: (_reuse(comparison.reuse, left, right),),
        Tab.TAGS: tag_tables(comparison.tags, left.slug, right.slug, tagged),
    }
    if changes is not None:
        tables[Tab.CHANGES] = (_changes(changes, left, right),)
    return ComparisonTabs(comparison, tables, changes)


def alone(table: TableView) -> TableView:
    """The table of a text's passages with only those that have no counterpart."""
    return TableView(
        table.name, table.title, table.columns, tuple(row for row in table.rows if row.is_strong), table.empty
    )


def _names(comparison: Comparison) -> TableView:
    columns = (
        ViewColumn("name"),
        ViewColumn("", 2),
        ViewColumn("in 1", 5, is_number=True),
        ViewColumn("in 2", 5, is_number=True),
        ViewColumn("spellings"),
    )
    rows = tuple(
        TableRow(
            name.label,
            (name.label, _sides(name), str(len(name.left)), str(len(name.right)), _spellings(name)),
            RowPlaces(name.left, name.right),
            tuple(spelling.written for spelling in name.spellings),
            name.differs,
        )
        for name in comparison.names
    )
    return TableView("names", "names and their spellings", columns, rows, _EMPTY[Tab.NAMES])


def _sides(name: Name) -> str:
    """A sign for who has it: ≈ both, spelt differently, = both, ◂ the left alone, ▸ the right alone."""
    if name.is_shared:
        return "≈" if name.differs else "="
    return "◂" if name.left else "▸"


def _spellings(name: Name) -> str:
    """`Nouri Maliki 2:0 · Maliki 1:4`; empty where there is only one."""
    if len(name.spellings) == 1:
        return ""
    return " · ".join(f"{each.written} {len(each.left)}:{len(each.right)}" for each in name.spellings)


def _words(comparison: Comparison) -> tuple[TableView, ...]:
    words = comparison.distinctive
    left, right = _titles(comparison.left, comparison.right)
    columns = (
        ViewColumn("word"),
        ViewColumn("uses", 7, is_number=True),
        ViewColumn("G²", 6, is_number=True),
        ViewColumn("ratio", 5, is_number=True, gives_way=1),
        ViewColumn("", _BAR, gives_way=2),
    )
    shared = (ViewColumn("word"), ViewColumn("uses", 9, is_number=True))
    empty = _EMPTY[Tab.WORDS]
    return (
        TableView("words left", f"rather in {left}", columns, tuple(map(_telling, words.left)), empty),
        TableView(
            "words shared", "in both", shared, tuple(map(_shared, words.shared)), "They share no word."
        ),
        TableView("words right", f"rather in {right}", columns, tuple(map(_telling, words.right)), empty),
    )


def _telling(use: WordUse) -> TableRow:
    counts = f"{len(use.left)}:{len(use.right)}"
    size = bar(abs(use.log_ratio) / _FULL_BAR, _BAR)
    cells = (use.word, counts, f"{use.log_likelihood:.1f}", f"{use.log_ratio:+.1f}", size)
    return TableRow(use.word, cells, RowPlaces(use.left, use.right))


def _shared(use: WordUse) -> TableRow:
    return TableRow(use.word, (use.word, f"{len(use.left)}:{len(use.right)}"), RowPlaces(use.left, use.right))


def _coverage(comparison: Comparison) -> tuple[TableView, ...]:
    left, right = comparison.left, comparison.right
    one, two = comparison.coverage.left, comparison.coverage.right

    def from_left(mine: _Spans, its: _Spans) -> RowPlaces:
        return RowPlaces(mine, its, True)

    def from_right(mine: _Spans, its: _Spans) -> RowPlaces:
        return RowPlaces(its, mine, True)

    return (
        _passages("coverage left", left, right, one, from_left, number=1),
        _passages("coverage right", right, left, two, from_right, number=2),
    )


def _passages(
    name: str,
    text: Text,
    other: Text,
    covered: Sequence[Covered],
    places: Callable[[_Spans, _Spans], RowPlaces],
    *,
    number: int,
) -> TableView:
    columns = (
        ViewColumn("", 1),
        ViewColumn("¶", 4, is_number=True),
        ViewColumn("score", 5, is_number=True, gives_way=1),
        ViewColumn("across", 7),
        ViewColumn("begins", least=18),
    )
    alone = sum(each.is_alone for each in covered)

    def row(each: Covered) -> TableRow:
        span = text.passage(each.passage).span
        across = [other.passage(number).span for number in each.counterparts[:1]]
        more = f" +{len(each.counterparts) - 1}" if len(each.counterparts) > 1 else ""
        return TableRow(
            str(each.passage),
            (
                "○" if each.is_alone else "●",
                str(each.passage),
                f"{each.score:.0f}" if each.score else "",
                "alone" if each.is_alone else f"¶{each.counterparts[0]}{more}",
                _quote(text, span),
            ),
            places((span,), tuple(across)),
            is_strong=each.is_alone,
        )

    title = f"{alone} of {len(covered)} ¶ alone in {number} {short_titles([text.title, other.title])[0]}"
    return TableView(name, title, columns, tuple(map(row, covered)), "Every passage has a counterpart.")


def _reuse(runs: Sequence[SharedRun], left: Text, right: Text) -> TableView:
    columns = (
        ViewColumn("words", 5, is_number=True),
        ViewColumn("uses", 7, is_number=True, gives_way=1),
        ViewColumn("¶", 9, is_number=True),
        ViewColumn("quote"),
    )

    def row(run: SharedRun) -> TableRow:
        quote = _quote(left, run.left[0])
        return TableRow(
            " ".join(quote.casefold().split()),
            (
                str(run.words),
                f"{len(run.left)}:{len(run.right)}",
                f"{_number(left, run.left[0])}–{_number(right, run.right[0])}",
                quote,
            ),
            RowPlaces(run.left, run.right),
        )

    title = "words in a row that both have"
    return TableView("reuse", title, columns, tuple(map(row, runs)), _EMPTY[Tab.REUSE])


def _changes(pieces: Sequence[CollatedPiece], left: Text, right: Text) -> TableView:
    columns = (
        ViewColumn("what", 9),
        ViewColumn("¶", 9, is_number=True),
        *map(ViewColumn, _titles(left, right)),
    )

    def row(piece: CollatedPiece) -> TableRow:
        mine, its = piece.left, piece.right
        numbers = f"{_number(left, mine) if mine else ''}–{_number(right, its) if its else ''}"
        quotes = _quote(left, mine) if mine else "", _quote(right, its) if its else ""
        places = RowPlaces((mine,) if mine else (), (its,) if its else ())
        key = f"{mine.start if mine else ''}-{its.start if its else ''}"
        return TableRow(key, (_FATES[piece.fate], numbers, *quotes), places)

    return TableView("changes", "what differs", columns, tuple(map(row, pieces)), _EMPTY[Tab.CHANGES])


def _titles(left: Text, right: Text) -> tuple[str, str]:
    """What the two are called: `1 Mill crisis`, `2 The late floods`."""
    one, two = short_titles([left.title or left.slug, right.title or right.slug])
    return f"1 {one}", f"2 {two}"


def _quote(text: Text, span: Span) -> str:
    """The first words of a span, in one line."""
    words = " ".join(text.body[span.start : min(span.end, span.start + _LONGEST)].split())
    return words + "…" if span.end - span.start > _LONGEST else words


def _number(text: Text, span: Span) -> str:
    passage = text.passage_at(span.start)
    return str(passage.number) if passage and passage.number else ""
