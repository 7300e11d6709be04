"""A comparison as what JSON can hold: `names`, `distinctive`, `coverage`, `reuse`, `tags`.

Spans are `[start, end]` into the bodies, passages numbers from 1.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from texts.compare import Comparison
from texts.compare.coverage import Coverage, Covered
from texts.compare.distinctive import WordUse
from texts.compare.names import Name
from texts.compare.reuse import SharedRun
from texts.compare.tagging import TagTable
from texts.model import Span, Text

Json: TypeAlias = "str | int | float | bool | Sequence[Json] | Mapping[str, Json] | None"
"""What `json.dumps` takes."""


def to_json(comparison: Comparison) -> dict[str, Json]:
    """The comparison, plain: numbers rounded to what they can tell."""
    left, right = comparison.left, comparison.right
    words = comparison.distinctive
    return {
        "names": [_name(name, left, right) for name in comparison.names],
        "distinctive": {
            "left": [_word(use, left, right) for use in words.left],
            "right": [_word(use, left, right) for use in words.right],
            "shared": [_word(use, left, right) for use in words.shared],
        },
        "coverage": _coverage(comparison.coverage, left, right),
        "reuse": [_run(run, left, right) for run in comparison.reuse],
        "tags": _tags(comparison.tags),
    }


def _places(text: Text, spans: Sequence[Span]) -> Json:
    """How often something stands in a text, where, and in which passages."""
    passages = (text.passage_at(span.start) for span in spans)
    numbers = {passage.number for passage in passages if passage and passage.number is not None}
    return {"count": len(spans), "spans": [list(span) for span in spans], "passages": sorted(numbers)}


def _name(name: Name, left: Text, right: Text) -> Json:
    return {
        "name": name.label,
        "left": _places(left, name.left),
        "right": _places(right, name.right),
        "spellings": [
            {
                "written": spelling.written,
                "left": _places(left, spelling.left),
                "right": _places(right, spelling.right),
            }
            for spelling in name.spellings
        ],
    }


def _word(use: WordUse, left: Text, right: Text) -> Json:
    return {
        "word": use.word,
        "left": _places(left, use.left),
        "right": _places(right, use.right),
        "log_likelihood": round(use.log_likelihood, 2),
        "log_ratio": round(use.log_ratio, 2),
        "chance": float(f"{use.chance:.2g}"),
    }


def _coverage(found: Coverage, left: Text, right: Text) -> Json:
    return {
        "min_score": found.min_score,
        "left": _side(left, found.left, found.left_share, found.shares_at_most[0]),
        "right": _side(right, found.right, found.right_share, found.shares_at_most[1]),
    }


def _side(text: Text, passages: Sequence[Covered], share: float, at_most: float) -> Json:
    return {
        "text": text.slug,
        "share": round(share, 3),
        "share_at_most": round(at_most, 3),
        "alone": [covered.passage for covered in passages if covered.is_alone],
        "passages": [
            {
                "passage": covered.passage,
                "score": round(covered.score, 1),
                "counterparts": list(covered.counterparts),
            }
            for covered in passages
        ],
    }


def _run(run: SharedRun, left: Text, right: Text) -> Json:
    return {
        "words": run.words,
        "quote": left.quote(run.left[0]),
        "left": _places(left, run.left),
        "right": _places(right, run.right),
    }


def _tags(table: TagTable) -> Json:
    return {
        "texts": list(table.texts),
        "tags": [
            {"tag": tag, "counts": dict(zip(table.texts, counts, strict=True))}
            for tag, counts in table.counts.items()
        ],
        "together": [
            {"tags": [pair.one, pair.other], "passages": pair.passages, "overlapping": pair.overlapping}
            for pair in table.together
        ],
        "only": {text: list(table.only(text)) for text in table.texts},
    }
