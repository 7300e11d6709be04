"""A pair: two passages of two texts that a program holds to be related, with enough of both to be read anywhere.

As JSON a pair is what `tui related --json` prints, and keys for what that leaves to the library: titles, dates, the
files that the texts stand in, the group of near-duplicates that it belongs to, and what a reader has said of it. All
keys are written, empty where there is nothing to say: programs that take the columns of a table from the first lines of
a file would pass over what comes first after them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from itertools import islice
from math import isfinite

from texts.corpus.json_lines import LineError, decoded, whole_number, words
from texts.model import Span

MOST_EVIDENCE = 10_000
"""Pieces of evidence that are read of one pair; no passage has so many words."""

METADATA = ("title", "author", "date", "series", "source", "path", "corpus")
"""What a side says of its text beside its name, in this order."""
_OPTIONAL = (*METADATA, "before", "after")


@dataclass(frozen=True, slots=True)
class PairSide:
    """One of the two passages, and what is known of its text."""

    text: str
    """Name of the text: its slug in a library, its id in a corpus."""
    passage: int | None
    """Number of the passage in its text, from 1; None where the file does not count passages."""
    start: int | None
    """Offset of the passage into the body; None where the passage has to be found by its words."""
    end: int | None
    quote: str
    """The words of the passage."""
    sentence: Span | None = None
    """The sentence that carries the relation, as offsets into the body; None: the whole passage."""
    title: str = ""
    author: str = ""
    date: str = ""
    """As the file has it: a year, a day as ISO 8601, or words."""
    series: str = ""
    """What the text is one of: a newspaper, an edition."""
    source: str = ""
    """Where the text comes from: an address, a citation."""
    path: str = ""
    """The file that the text can be read from."""
    corpus: str = ""
    """Name of the corpus that has the text."""
    before: str = ""
    """Words before the passage where the file has them: they tell one place from another."""
    after: str = ""

    @property
    def span(self) -> Span | None:
        """The passage as offsets into the body; None where it has to be found by its words."""
        return None if self.start is None or self.end is None else Span(self.start, self.end)

    @property
    def name(self) -> str:
        """What a reader knows the text by: its title, else its name."""
        return self.title or self.text


@dataclass(frozen=True, slots=True)
class PairEvidence:
    """A word or some words of the left passage and of the right one that are held to be the same."""

    left: Span
    """Offsets into the left body."""
    right: Span
    score: float
    """0–100: how alike they are."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a reader has said of a pair."""

    said: tuple[str, ...]
    """Of `VERDICTS`, in that order."""
    kind: str = ""
    """Kind of the link."""
    tags: tuple[str, ...] = ()
    """Tags on either of the two passages."""
    note: str = ""
    reader: str = ""
    time: str = ""
    """Of the last judgement, ISO 8601 in UTC."""


VERDICTS = ("linked", "dismissed", "tagged")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two passages that a program holds to be related."""

    left: PairSide
    right: PairSide
    score: float
    """0–100: how sure the program is; of a program that says nothing of the kind, how alike the two passages are."""
    evidence: tuple[PairEvidence, ...] = ()
    by: str = ""
    """How it was found where that is not by words: `meaning`, `meaning and words`; else the name of the program."""
    group: str = ""
    """What pairs of near-duplicates have in common; empty for a pair on its own."""
    group_size: int = 0
    """How many passages belong to the group; 0 where that is not known."""
    verdict: Verdict | None = None

    @property
    def sides(self) -> tuple[PairSide, PairSide]:
        """Left and right."""
        return self.left, self.right


def pair_of(line: bytes) -> Pair:
    """The pair that a line of JSON-lines holds. Raises LineError."""
    return from_json(decoded(line))


def to_json(pair: Pair) -> dict[str, object]:
    """A pair as JSON gives it."""
    record: dict[str, object] = {
        "left": _side_to_json(pair.left),
        "right": _side_to_json(pair.right),
        "score": round(pair.score, 1),
        "evidence": [
            {"left": list(each.left), "right": list(each.right), "score": round(each.score, 1)}
            for each in pair.evidence
        ],
    }
    record["by"] = pair.by
    record["group"] = pair.group
    record["group_size"] = pair.group_size
    record["verdict"] = None if pair.verdict is None else _verdict_to_json(pair.verdict)
    return record


def from_json(record: Mapping[str, object]) -> Pair:
    """Inverse of `to_json`; keys that it does not know are passed over. Raises LineError."""
    return Pair(
        _side_of(record, "left"),
        _side_of(record, "right"),
        _score(record),
        tuple(_evidence_of(record)),
        words(record, "by"),
        words(record, "group"),
        whole_number(record, "group_size") or 0,
        _verdict_of(record),
    )


def checked_score(value: object) -> float:
    """A score of 0–100, also as digits in quotes. Raises LineError."""
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        try:
            score = float(value)
        except (ValueError, OverflowError):
            score = -1.0
        if isfinite(score) and 0 <= score <= 100:
            return score
    raise LineError("has a score that is no number from 0 to 100")


def checked_span(place: object, of: str) -> Span:
    """A list of two offsets as a span. Raises LineError with the name of what it is the place `of`."""
    if not isinstance(place, list | tuple) or len(place) != 2:
        raise LineError(f"has a place in “{of}” that is not two offsets")
    start, end = place
    if type(start) is not int or type(end) is not int or not (0 <= start < 2**53 and 0 <= end < 2**53):
        raise LineError(f"has a place in “{of}” that is no whole number from 0 on")
    if end < start:
        raise LineError(f"has a place in “{of}” that ends before it starts")
    return Span(start, end)


def _side_to_json(side: PairSide) -> dict[str, object]:
    record: dict[str, object] = {
        "text": side.text,
        "passage": side.passage,
        "start": side.start,
        "end": side.end,
        "quote": side.quote,
        "sentence": None if side.sentence is None else list(side.sentence),
    }
    for name in _OPTIONAL:
        record[name] = getattr(side, name)
    return record


def _side_of(record: Mapping[str, object], which: str) -> PairSide:
    side = record.get(which)
    if not isinstance(side, dict):
        raise LineError(f"has no “{which}”")
    name, quote = words(side, "text"), words(side, "quote")
    if not name:
        raise LineError(f"does not say which text “{which}” is of")
    start, end = side.get("start"), side.get("end")
    place = None if start is None and end is None else checked_span((start, end), which)
    sentence = side.get("sentence")
    return PairSide(
        name,
        whole_number(side, "passage") or None,
        None if place is None else place.start,
        None if place is None else place.end,
        quote,
        None if sentence is None else checked_span(sentence, which),
        **{each: words(side, each) for each in _OPTIONAL if each in side},
    )


def _score(record: Mapping[str, object]) -> float:
    if "score" not in record:
        raise LineError("has no score")
    return checked_score(record["score"])


def _evidence_of(record: Mapping[str, object]) -> Iterator[PairEvidence]:
    evidence = record.get("evidence")
    if evidence is None:
        return
    if not isinstance(evidence, list):
        raise LineError("has evidence that is no list")
    for each in islice(evidence, MOST_EVIDENCE):
        if not isinstance(each, dict):
            raise LineError("has evidence that is not two places")
        left, right = checked_span(each.get("left"), "evidence"), checked_span(each.get("right"), "evidence")
        yield PairEvidence(left, right, checked_score(each.get("score", 100)))


def _verdict_to_json(verdict: Verdict) -> dict[str, object]:
    values = ((field.name, getattr(verdict, field.name)) for field in fields(verdict))
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values}


def _verdict_of(record: Mapping[str, object]) -> Verdict | None:
    found = record.get("verdict")
    if not isinstance(found, dict):
        return None
    said = found.get("said")
    tags = found.get("tags")
    return Verdict(
        tuple(each for each in VERDICTS if isinstance(said, list) and each in said),
        words(found, "kind"),
        tuple(map(str, tags)) if isinstance(tags, list) else (),
        words(found, "note"),
        words(found, "reader"),
        words(found, "time"),
    )
