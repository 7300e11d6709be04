"""A pair as one row of a table, for CSV and Parquet: the columns of `tui related --csv`, and what those leave out.

A row has all that the pair has; nothing is lost on the way there and back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice

from texts.corpus.json_lines import LineError, whole_number, words
from texts.corpus.pairs import (
    METADATA,
    MOST_EVIDENCE,
    VERDICTS,
    Pair,
    PairEvidence,
    PairSide,
    Verdict,
    checked_score,
    checked_span,
)
from texts.joined_cells import joined_in_cell, parted
from texts.lazy_pattern import lazy_pattern
from texts.model import Span

_PLACE = ("text", "passage", "start", "end", "quote")
_BESIDE = ("sentence", *METADATA, "before", "after")
_SIDES = ("left", "right")

COLUMNS = (
    *(f"{side}_{name}" for side in _SIDES for name in _PLACE),
    "score",
    "words",
    *(f"{side}_{name}" for side in _SIDES for name in _BESIDE),
    "evidence",
    "by",
    "group",
    "group_size",
    "verdict",
    "kind",
    "tags",
    "note",
    "reader",
    "judged",
)
"""The first twelve are those of `tui related --csv`. `words` is for people: the evidence as `word=word`; `evidence` has
its places, `12-17=40-45:100`; `sentence` is `12-40`; `verdict` and `tags` are separated by `; `."""

NUMBERS = frozenset(
    (*(f"{side}_{name}" for side in _SIDES for name in ("passage", "start", "end")), "group_size")
)
"""Columns of whole numbers; `score` is a number too."""

_EVIDENCE = lazy_pattern(r"(\d{1,16})-(\d{1,16})=(\d{1,16})-(\d{1,16})(?::([\d.]{1,8}))?\Z")
_SPAN = lazy_pattern(r"(\d{1,16})-(\d{1,16})\Z")
_JOINT = "; "


def row_of(pair: Pair) -> list[str | int | float | None]:
    """The cells of a pair, in the order of `COLUMNS`; None where there is nothing to say."""
    verdict = pair.verdict or Verdict(())
    return [
        *(getattr(side, name) for side in pair.sides for name in _PLACE),
        round(pair.score, 1),
        _JOINT.join(_words_of(pair)),
        *(each for side in pair.sides for each in _beside(side)),
        _JOINT.join(map(_evidence_cell, pair.evidence)),
        pair.by,
        pair.group,
        pair.group_size or None,
        _JOINT.join(verdict.said),
        verdict.kind,
        joined_in_cell(verdict.tags),
        verdict.note,
        verdict.reader,
        verdict.time,
    ]


def from_row(row: Mapping[str, object]) -> Pair:
    """Inverse of `row_of`; columns that are not there are empty, others are passed over. Raises LineError."""
    said = parted(words(row, "verdict"))
    verdict = Verdict(
        tuple(each for each in VERDICTS if each in said),
        words(row, "kind"),
        tuple(parted(words(row, "tags"))),
        words(row, "note"),
        words(row, "reader"),
        words(row, "judged"),
    )
    return Pair(
        _side_of(row, "left"),
        _side_of(row, "right"),
        checked_score(row.get("score")),
        tuple(_evidence_of(words(row, "evidence"))),
        words(row, "by"),
        words(row, "group"),
        whole_number(row, "group_size") or 0,
        None if verdict == Verdict(()) else verdict,
    )


def _words_of(pair: Pair) -> Iterator[str]:
    """The evidence as the words that it stands on, as far as the quotes have them."""
    for each in pair.evidence:
        left, right = _words_at(pair.left, each.left), _words_at(pair.right, each.right)
        if left and right:
            yield f"{left}={right}"


def _words_at(side: PairSide, span: Span) -> str:
    if side.start is None or span.start < side.start:
        return ""
    return side.quote[span.start - side.start : span.end - side.start]


def _beside(side: PairSide) -> Iterator[str]:
    yield "" if side.sentence is None else f"{side.sentence.start}-{side.sentence.end}"
    for name in _BESIDE[1:]:
        yield getattr(side, name)


def _evidence_cell(each: PairEvidence) -> str:
    (a, b), (c, d) = each.left, each.right
    return f"{a}-{b}={c}-{d}:{round(each.score, 1):g}"


def _side_of(row: Mapping[str, object], which: str) -> PairSide:
    name = words(row, f"{which}_text")
    if not name:
        raise LineError(f"does not say which text “{which}” is of")
    start, end = whole_number(row, f"{which}_start"), whole_number(row, f"{which}_end")
    place = None if start is None and end is None else checked_span((start, end), which)
    return PairSide(
        name,
        whole_number(row, f"{which}_passage") or None,
        None if place is None else place.start,
        None if place is None else place.end,
        words(row, f"{which}_quote"),
        _sentence_of(words(row, f"{which}_sentence"), which),
        **{each: words(row, f"{which}_{each}") for each in _BESIDE[1:]},
    )


def _sentence_of(cell: str, which: str) -> Span | None:
    if not cell:
        return None
    found = _SPAN.match(cell)
    if found is None:
        raise LineError(f"has a sentence in “{which}” that is not two offsets")
    return checked_span([int(found[1]), int(found[2])], which)


def _evidence_of(cell: str) -> Iterator[PairEvidence]:
    for each in islice(filter(None, cell.split(_JOINT)), MOST_EVIDENCE):
        found = _EVIDENCE.match(each)
        if found is None:
            raise LineError("has evidence that is not two places")
        a, b, c, d = (int(found[number]) for number in range(1, 5))
        left, right = checked_span([a, b], "evidence"), checked_span([c, d], "evidence")
        yield PairEvidence(left, right, checked_score(found[5] or 100))
