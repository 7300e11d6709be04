"""A comparison as tables of plain values: what the terminal, CSV and HTML show, and how each number is made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from texts.compare import CollatedPiece, Comparison
from texts.compare.coverage import Coverage, Covered
from texts.compare.distinctive import SIGNIFICANT, Distinctive, WordUse
from texts.compare.names import Name, Spelling
from texts.compare.reuse import SHORTEST
from texts.excerpt import first_words
from texts.model import Span, Text

CellValue = str | int | float | None
"""What a row holds under a column; words may be a reader's or an author's, and are not made harmless."""

_SHOWN = 80
"""Characters of a passage that are shown to say which one it is."""


class TableColumn(NamedTuple):
    """What the cells below each other have in common."""

    id: str
    """What CSV calls it: letters, digits and underscores."""
    heading: str
    """What a reader is shown; may hold the slug of a text."""
    is_number: bool = False
    """Whether all its cells are numbers, or None."""


@dataclass(frozen=True)
class Table:
    """One of the tables of a comparison."""

    id: str
    """One of `TABLES`, or what else can be told as rows: `pairs`, `changes`, `others`."""
    title: str
    how: str
    """How its numbers are made, in a sentence or two."""
    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[CellValue, ...], ...]
    """A cell for each column."""

    def records(self) -> Iterator[dict[str, CellValue]]:
        """Its rows by the ids of the columns."""
        names = [column.id for column in self.columns]
        return (dict(zip(names, row, strict=True)) for row in self.rows)


TABLES = ("names", "distinctive", "coverage", "reuse", "tags", "together")
"""The tables there are, in the order in which they are shown."""

HOW = {
    "names": (
        "Names are told by their capitals. Spellings are joined by known aliases, equal consonants, short forms and "
        "surnames (rapidfuzz’s Indel similarity decides), unless a reader says otherwise. Counts are mentions in "
        "numbered passages, without pronouns."
    ),
    "distinctive": (
        "G² is the log-likelihood (Dunning 1993) that chance alone would spread a word so over the two texts: "
        f"{SIGNIFICANT} happens to one word in twenty, 10.83 to one in a thousand. Log ratio (Hardie 2014) is its "
        "effect size: 1 is twice as frequent on the left, −1 on the right. Forms of a word count together; function "
        "words and numbers are left out."
    ),
    "coverage": (
        "Score is the best that a passage reaches with one of the other text, 0–100: how likely the two speak of the "
        "same. Counterparts are the passages with at least {min_score:g}, and those that a reader has linked, without "
        "those that were dismissed."
    ),
    "reuse": (
        f"Runs of {SHORTEST} words or more that both texts have, as long as they can be; case, accents and punctuation "
        "are regardless, and two words of each carry a subject."
    ),
    "tags": "Counts are highlights with the tag itself, not with tags below it; orphans are left out.",
    "together": (
        "Passages have a highlight of either tag in them; overlapping are pairs of their highlights that share at "
        "least one character."
    ),
}
"""How the numbers of each table are made."""


def tables(comparison: Comparison) -> tuple[Table, ...]:
    """All tables of a comparison, empty ones too, in the order of `TABLES`."""
    left, right = comparison.left, comparison.right
    makers = (_names, _distinctive, _coverage, _reuse, _tags, _together)
    return tuple(make(comparison, left, right) for make in makers)


def pairs(comparison: Comparison) -> Table:
    """What the map is drawn from: the pairs with a score, best first, then those that are only linked."""
    scores = {(pair.left, pair.right): round(pair.score, 1) for pair in comparison.related}
    rows = tuple(
        (*pair, scores.get(pair), "yes" if pair in comparison.linked else "")
        for pair in dict.fromkeys((*scores, *sorted(comparison.linked)))
    )
    left, right = _told_apart(comparison.left, comparison.right)
    columns = (
        TableColumn("left_passage", f"¶ {left}", True),
        TableColumn("right_passage", f"¶ {right}", True),
        TableColumn("score", "score", True),
        TableColumn("linked", "linked"),
    )
    how = how_coverage(comparison.coverage)
    return Table("pairs", "Related and linked passages", how, columns, rows)


def how_coverage(found: Coverage) -> str:
    """How coverage is made, and how many more passages may have a counterpart."""
    how = HOW["coverage"].format(min_score=found.min_score)
    if not found.unsure:
        return how
    return (
        f"{how} Up to {found.unsure} more of each text may have one: they stand alone where as many of the other do, "
        "and both run in the same order."
    )


def changes(pieces: Iterable[CollatedPiece], left: Text, right: Text) -> Table:
    """The pieces of a collation, with their places and words on each side."""
    columns = (
        TableColumn("fate", "what"),
        TableColumn("left_start", "from", True),
        TableColumn("left_end", "to", True),
        TableColumn("left_quote", left.slug),
        TableColumn("right_start", "from", True),
        TableColumn("right_end", "to", True),
        TableColumn("right_quote", right.slug),
    )
    rows = tuple((str(piece.fate), *_at(piece.left, left), *_at(piece.right, right)) for piece in pieces)
    how = "Offsets are code points into the bodies; what keeps its order is the same, what stands elsewhere has moved."
    return Table("changes", "What differs", how, columns, rows)


def _at(span: Span | None, text: Text) -> tuple[CellValue, CellValue, CellValue]:
    """Where words stand, and the words; nothing where a side has none."""
    return (None, None, None) if span is None else (span.start, span.end, text.quote(span))


def limited(comparison: Comparison, most: int) -> Comparison:
    """The comparison with so many names, words of each kind and runs at most; coverage and tags stay whole."""
    words = comparison.distinctive
    return replace(
        comparison,
        names=comparison.names[:most],
        distinctive=Distinctive(words.left[:most], words.right[:most], words.shared[:most]),
        reuse=comparison.reuse[:most],
    )


def _counts(left: Text, right: Text) -> tuple[TableColumn, ...]:
    """Columns for how often each text has something, and in which passages."""
    one, other = _told_apart(left, right)
    return (
        TableColumn("left", one, True),
        TableColumn("right", other, True),
        TableColumn("left_passages", f"¶ {one}"),
        TableColumn("right_passages", f"¶ {other}"),
    )


def _told_apart(left: Text, right: Text) -> tuple[str, str]:
    """What to call the two texts."""
    if left.slug != right.slug:
        return left.slug, right.slug
    return f"{left.slug} (left)", f"{right.slug} (right)"


def _places(comparison: Comparison, left: Sequence[Span], right: Sequence[Span]) -> tuple[CellValue, ...]:
    """The cells of `_counts`."""
    return (
        len(left),
        len(right),
        _passages(comparison.left, left),
        _passages(comparison.right, right),
    )


def _passages(text: Text, spans: Iterable[Span]) -> str:
    """The numbers of the passages in which something stands."""
    passages = (text.passage_at(span.start) for span in spans)
    numbers = {passage.number for passage in passages if passage and passage.number}
    return _numbers(sorted(numbers))


def _numbers(numbers: Iterable[int]) -> str:
    return " ".join(map(str, numbers))


def _names(comparison: Comparison, left: Text, right: Text) -> Table:
    rows = (
        (name.label, _spellings(name), *_places(comparison, name.left, name.right))
        for name in comparison.names
    )
    columns = (TableColumn("name", "name"), TableColumn("spellings", "spellings"), *_counts(left, right))
    return Table("names", "Names and their spellings", HOW["names"], columns, tuple(rows))


def _spellings(name: Name) -> str:
    """`Maliki 2+3; Nouri Maliki 1+0`, where there is more than one spelling."""
    if len(name.spellings) == 1:
        return ""
    return "; ".join(map(_spelling, name.spellings))


def _spelling(spelling: Spelling) -> str:
    return f"{spelling.written} {len(spelling.left)}+{len(spelling.right)}"


def _distinctive(comparison: Comparison, left: Text, right: Text) -> Table:
    words = comparison.distinctive
    of = (*_told_apart(left, right), "both")
    rows = (
        (_word(comparison, use, where))
        for where, uses in zip(of, (words.left, words.right, words.shared), strict=True)
        for use in uses
    )
    columns = (
        TableColumn("word", "word"),
        TableColumn("of", "of"),
        *_counts(left, right)[:2],
        TableColumn("log_likelihood", "G²", True),
        TableColumn("log_ratio", "log ratio", True),
        TableColumn("chance", "by chance", True),
        *_counts(left, right)[2:],
    )
    return Table("distinctive", "Distinctive and shared words", HOW["distinctive"], columns, tuple(rows))


def _word(comparison: Comparison, use: WordUse, where: str) -> tuple[CellValue, ...]:
    mine, its, *passages = _places(comparison, use.left, use.right)
    numbers = round(use.log_likelihood, 2), round(use.log_ratio, 2), float(f"{use.chance:.2g}")
    return use.word, where, mine, its, *numbers, *passages


def _coverage(comparison: Comparison, left: Text, right: Text) -> Table:
    found = comparison.coverage
    names = _told_apart(left, right)
    sides = zip(names, (left, right), (found.left, found.right), strict=True)
    rows = (row for name, text, covered in sides for row in _covered(name, text, covered))
    columns = (
        TableColumn("text", "text"),
        TableColumn("passage", "¶", True),
        TableColumn("score", "score", True),
        TableColumn("counterparts", "counterparts"),
        TableColumn("begins", "begins"),
    )
    return Table(
        "coverage", "Passages with a counterpart, and without", how_coverage(found), columns, tuple(rows)
    )


def _covered(name: str, text: Text, passages: Iterable[Covered]) -> Iterator[tuple[CellValue, ...]]:
    for each in passages:
        words = " ".join(text.quote(text.passage(each.passage).span).split())
        yield (
            name,
            each.passage,
            round(each.score, 1),
            _numbers(each.counterparts),
            first_words(words, _SHOWN),
        )


def _reuse(comparison: Comparison, left: Text, right: Text) -> Table:
    rows = (
        (run.words, " ".join(left.quote(run.left[0]).split()), *_places(comparison, run.left, run.right))
        for run in comparison.reuse
    )
    columns = (TableColumn("words", "words", True), TableColumn("quote", "quote"), *_counts(left, right))
    return Table("reuse", "Words that both have in a row", HOW["reuse"], columns, tuple(rows))


def _tags(comparison: Comparison, left: Text, right: Text) -> Table:
    found = comparison.tags
    only = {tag: text for text in found.texts for tag in found.only(text)}
    rows = ((tag, counts[0], counts[-1], only.get(tag, "")) for tag, counts in found.counts.items())
    columns = (TableColumn("tag", "tag"), *_counts(left, right)[:2], TableColumn("only", "only in"))
    return Table("tags", "Tags", HOW["tags"], columns, tuple(rows))


def _together(comparison: Comparison, left: Text, right: Text) -> Table:
    rows = ((pair.one, pair.other, pair.passages, pair.overlapping) for pair in comparison.tags.together)
    columns = (
        TableColumn("tag", "tag"),
        TableColumn("other", "with"),
        TableColumn("passages", "passages", True),
        TableColumn("overlapping", "overlapping", True),
    )
    return Table("together", "Tags that occur together", HOW["together"], columns, tuple(rows))
