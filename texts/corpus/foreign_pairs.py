"""Pairs out of records of any known shape: ours, passim's, TextPAIR's. What a record is, its keys say.

Of ours, a record may be a passage of a group of near-duplicates: each makes a pair with the first of its group.

passim (https://github.com/dasmiq/passim), versions 1 and 2: `align.json` has a record a pair, with the two passages
aligned; `out.json` a record a passage, those of a cluster one after the other; with `--docwise` a record a text with
its lines, with `--linewise` a record a line. It counts characters. In aligned words `-` is a gap, and a hyphen of the
text U+2010.

TextPAIR (https://github.com/ARTFL-Project/text-pair): `alignments.jsonl` has a record a pair; whatever it knows of a
text begins with `source_` or `target_`. It counts bytes of files with their markup, so that a passage has to be found
by its words.

Neither says how sure it is. The score is then the share of characters that the two passages have in common, 0–100: of
passim's alignments `matches` by their length, else what is left of both by insertions and deletions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby, pairwise
from typing import Protocol

from texts.corpus import pairs
from texts.corpus.group_members import GroupMember, member_of
from texts.corpus.json_lines import LineError, whole_number, words
from texts.corpus.pair_rows import from_row
from texts.corpus.pairs import Pair, PairEvidence, PairSide
from texts.lazy_pattern import lazy_pattern
from texts.model import Span

PASSIM, TEXTPAIR = "passim", "TextPAIR"

_CONTEXT = 200
"""Characters before and after a passage that are kept of what TextPAIR gives."""
_COMPARED = 20_000
"""Characters of two passages that are compared at most to say how alike they are."""
_MOST_IN_CLUSTER = 100_000
"""Passages of a cluster that are held at once; what comes after is taken as another cluster."""
_MOST_OF_TEXT = 100
"""Passages of one text in a cluster that may be the source of another."""
_EVIDENCE = 4
"""Letters that two passages have in a row, at least, for it to be evidence."""

Fields = Mapping[str, object]

_ALSO_CALLED = {
    "title": ("title",),
    "author": ("author", "creator", "authors"),
    "date": ("date", "year", "pub_date", "create_date", "issue_date"),
    "series": ("series", "group", "newspaper", "journal"),
    "source": ("source", "url", "link", "publisher"),
    "path": ("path", "filename", "file"),
}
"""What we call it: what the metadata of others may call it; the first that is there counts."""
_UNEVEN = "has an alignment whose two sides are not equally long"
_TAG = lazy_pattern(r"<[^<>]{0,500}>")


class Shape(Protocol):
    """How records become pairs."""

    by: str
    """The program whose records these are; empty for our own."""
    keeps_lines: bool
    """Whether a line of such a file is a pair as we write it."""
    gathers: str
    """The key by which records have to come together; empty where each stands for itself."""

    def pairs(self, record: Fields) -> Iterable[Pair]:
        """The pairs that are whole with this record. Raises LineError."""
        ...

    def rest(self) -> Iterable[Pair]:
        """Those that are whole once there are no more records."""
        ...


class _OnePair:
    """A record is a pair."""

    by = ""
    keeps_lines = False
    gathers = ""

    def pairs(self, record: Fields) -> Iterable[Pair]:
        return (self._pair(record),)

    def rest(self) -> Iterable[Pair]:
        return ()

    def _pair(self, record: Fields) -> Pair:
        raise NotImplementedError


class _Ours(_OnePair):
    keeps_lines = True

    def _pair(self, record: Fields) -> Pair:
        return pairs.from_json(record)


class _OurRow(_OnePair):
    def _pair(self, record: Fields) -> Pair:
        return from_row(record)


class _OurGroups:
    """A record is a passage of a group of near-duplicates; each but the first of a group is a pair with that."""

    by = ""
    keeps_lines = False
    gathers = ""

    def __init__(self) -> None:
        self._first: GroupMember | None = None

    def pairs(self, record: Fields) -> Iterable[Pair]:
        member, first = member_of(record), self._first
        if first is None or first.group != member.group:
            self._first = member
            return ()
        score = _likeness(first.side.quote, member.side.quote)
        return (Pair(first.side, member.side, score, group=member.group, group_size=member.size),)

    def rest(self) -> Iterable[Pair]:
        return ()


class _TextPair(_OnePair):
    by = TEXTPAIR

    def _pair(self, record: Fields) -> Pair:
        left, right = (self._side(record, which) for which in ("source_", "target_"))
        score = words(record, "similarity")
        return Pair(
            left,
            right,
            _likeness(left.quote, right.quote) if not score else pairs.checked_score(score) * _scale(score),
            by=self.by,
            group=words(record, "group_id").partition(", ")[0],
        )

    def _side(self, record: Fields, which: str) -> PairSide:
        metadata = _metadata(record, which)
        file = metadata.get("path", "").replace("\\", "/").rpartition("/")[2]
        name = file.rpartition(".")[0] or file or words(record, f"{which}doc_id")
        if not name:
            raise LineError(f"does not say which text “{which}passage” is of")
        return PairSide(
            name,
            None,
            None,
            None,
            _without_tags(words(record, f"{which}passage")),
            None,
            before=words(record, f"{which}context_before")[-_CONTEXT:],
            after=words(record, f"{which}context_after")[:_CONTEXT],
            **metadata,
        )


class _PassimPair(_OnePair):
    """Two passages, aligned; what is of the second ends in 2, of the first in `first`."""

    by = PASSIM

    def __init__(self, first: str, begin: str, end: str) -> None:
        self._suffixes = (first, "2")
        self._begin, self._end = begin, end

    def _pair(self, record: Fields) -> Pair:
        aligned = words(record, "s1"), words(record, "s2")
        if len(aligned[0]) != len(aligned[1]):
            raise LineError(_UNEVEN)
        ends = [_place(record, f"{self._begin}{each}", f"{self._end}{each}") for each in self._suffixes]
        left, right = (
            _passim_side(record, each, place, _unaligned(string))
            for each, place, string in zip(self._suffixes, ends, aligned, strict=True)
        )
        matches = whole_number(record, "matches")
        if matches is None:
            score = _likeness(left.quote, right.quote)
        else:
            score = min(100.0, 100 * matches / max(1, len(aligned[0])))
        return Pair(left, right, score, tuple(_evidence(*aligned, *ends)), by=self.by)


class _PassimLine(_OnePair):
    """A line of a text, and what of another one is aligned with it."""

    by = PASSIM

    def __init__(self, suffixes: tuple[str, str], *keys: tuple[str, str, str, str]) -> None:
        """For both sides where their id, offset, words and alignment stand, and how their metadata end."""
        self._sides = tuple(zip(suffixes, keys, strict=True))

    def _pair(self, record: Fields) -> Pair:
        sides, aligned = [], []
        for suffix, (name, begin, text, alg) in self._sides:
            start, quote = whole_number(record, begin) or 0, words(record, text)
            place = Span(start, start + len(quote))
            aligned.append(words(record, alg))
            sides.append(_passim_side(record, suffix, place, quote, name=name))
        if len(aligned[0]) != len(aligned[1]):
            raise LineError(_UNEVEN)
        score = _likeness(sides[0].quote, sides[1].quote)
        places = (Span(side.start or 0, side.end or 0) for side in sides)
        return Pair(sides[0], sides[1], score, tuple(_evidence(aligned[0], aligned[1], *places)), by=self.by)


class _PassimDocument:
    """A text with its lines, some of which have witnesses: lines in a row with the same witness are one pair."""

    by = PASSIM
    keeps_lines = False
    gathers = ""

    def pairs(self, record: Fields) -> Iterable[Pair]:
        lines = record.get("lines")
        if not isinstance(lines, list):
            raise LineError("has lines that are no list")
        witnessed: dict[str, list[tuple[int, Fields, Fields]]] = {}
        for number, line in enumerate(lines):
            wits = line.get("wits") if isinstance(line, dict) else None
            for wit in wits if isinstance(wits, list) else ():
                if isinstance(wit, dict):
                    witnessed.setdefault(words(wit, "id"), []).append((number, line, wit))
        for found in witnessed.values():
            starts = [
                0,
                *(at for at, (a, b) in enumerate(pairwise(found), 1) if b[0] != a[0] + 1),
                len(found),
            ]
            for start, end in pairwise(starts):
                yield self._pair(record, found[start:end])

    def rest(self) -> Iterable[Pair]:
        return ()

    def _pair(self, record: Fields, lines: list[tuple[int, Fields, Fields]]) -> Pair:
        theirs = "".join(words(wit, "alg") for _, _, wit in lines)
        ours = "".join(words(wit, "alg2") for _, _, wit in lines)
        if len(theirs) != len(ours):
            raise LineError(_UNEVEN)
        places = [
            Span(start, start + len(string) - string.count("-"))
            for start, string in (
                (whole_number(lines[0][2], "begin") or 0, theirs),
                (whole_number(lines[0][1], "begin") or 0, ours),
            )
        ]
        matches = sum(whole_number(wit, "matches") or 0 for _, _, wit in lines)
        return Pair(
            _passim_side(lines[0][2], "", places[0], _unaligned(theirs)),
            _passim_side(record, "", places[1], _unaligned(ours)),
            min(100.0, 100 * matches / max(1, len(ours))),
            tuple(_evidence(theirs, ours, *places)),
            by=self.by,
        )


class _PassimClusters:
    """A record is a passage; those of a cluster follow each other, and each but one gives a pair with its source.

    Where passim does not say which passage is the source of another, it is the first by date.
    """

    by = PASSIM
    keeps_lines = False
    gathers = "cluster"

    def __init__(self) -> None:
        self._cluster = ""
        self._passages: list[Fields] = []

    def pairs(self, record: Fields) -> Iterable[Pair]:
        cluster = words(record, "cluster")
        _passim_side(record, "", _place(record, "begin", "end"), "")  # raises where it is none
        if self._passages and (cluster != self._cluster or len(self._passages) == _MOST_IN_CLUSTER):
            yield from self.rest()
        self._cluster = cluster
        self._passages.append(record)

    def rest(self) -> Iterable[Pair]:
        passages, self._passages = self._passages, []
        if not passages:
            return
        first = min(passages, key=lambda each: _metadata(each).get("date") or "~")
        by_text = {uid: list(those) for uid, those in groupby(sorted(passages, key=_uid), key=_uid)}
        size = whole_number(passages[0], "size") or 0
        for each in passages:
            source = next(_sources(each, by_text), first)
            if source is each:
                continue
            left, right = (_cluster_side(one) for one in (source, each))
            score = _likeness(left.quote, right.quote)
            yield Pair(left, right, score, by=self.by, group=self._cluster, group_size=size)


def _uid(record: Fields) -> str:
    return words(record, "uid") or words(record, "id")


def _sources(passage: Fields, by_text: Mapping[str, list[Fields]]) -> Iterator[Fields]:
    """The passages that passim names as sources of one, as far as they are there."""
    named = passage.get("src")
    for each in named if isinstance(named, list) else ():
        if not isinstance(each, dict):
            continue
        place = _place(each, "begin", "end")
        for other in by_text.get(words(each, "uid"), ())[:_MOST_OF_TEXT]:
            if other is not passage and _place(other, "begin", "end").overlaps(place):
                yield other


def _cluster_side(record: Fields) -> PairSide:
    return _passim_side(record, "", _place(record, "begin", "end"), words(record, "text"))


def _passim_side(record: Fields, suffix: str, place: Span, quote: str, *, name: str = "") -> PairSide:
    text = words(record, name or f"id{suffix}") or words(record, f"uid{suffix}")
    if not text:
        raise LineError(f"does not say which text it is of: it has no “{name or f'id{suffix}'}”")
    return PairSide(text, None, place.start, place.end, quote, None, **_metadata(record, "", suffix))


def _place(record: Fields, begin: str, end: str) -> Span:
    start, stop = whole_number(record, begin), whole_number(record, end)
    if start is None or stop is None:
        raise LineError(f"has no “{begin if start is None else end}”")
    return pairs.checked_span((start, stop), begin)


def _metadata(record: Fields, prefix: str = "", suffix: str = "") -> dict[str, str]:
    """What a record says of a text, by our names for it."""
    found = {}
    for name, theirs in _ALSO_CALLED.items():
        said = next(filter(None, (words(record, f"{prefix}{each}{suffix}") for each in theirs)), "")
        if said:
            found[name] = said
    return found


def _unaligned(aligned: str) -> str:
    """The words of one side of an alignment as they stand in the text."""
    return aligned.replace("-", "").replace("\u2010", "-")


def _evidence(near: str, far: str, near_place: Span, far_place: Span) -> Iterator[PairEvidence]:
    """What two aligned strings have in common, as long as they go on having it."""
    i, j = near_place.start, far_place.start
    start = end = (i, j)
    letters = 0
    for one, other in zip(f"{near}-", f"{far}-", strict=True):
        if one != "-" != other and _same(one, other):
            if one.isalnum():
                start = start if letters else (i, j)
                letters, end = letters + 1, (i + 1, j + 1)
        else:
            if letters >= _EVIDENCE:
                yield PairEvidence(Span(start[0], end[0]), Span(start[1], end[1]), 100)
            letters = 0
        i += one != "-"
        j += other != "-"


def _same(one: str, other: str) -> bool:
    """Whether passim counts two characters as a match."""
    return one == other or one.lower() == other.lower() or (one.isspace() and other.isspace())


def _likeness(one: str, other: str) -> float:
    """0–100: the characters that two passages have in common, in order, of all that they have."""
    from rapidfuzz.fuzz import ratio

    return ratio(one[:_COMPARED].casefold(), other[:_COMPARED].casefold())


def _scale(similarity: str) -> int:
    """TextPAIR's vectors are compared from 0 to 1."""
    return 100 if float(similarity) <= 1 else 1


def _without_tags(passage: str) -> str:
    return _TAG.sub("", passage).strip() if "<" in passage else passage.strip()


_SHAPES: tuple[tuple[frozenset[str], Callable[[], Shape]], ...] = (
    (frozenset({"left", "right", "score"}), _Ours),
    (frozenset({"left_text", "right_text", "score"}), _OurRow),
    (frozenset({"group", "group_size", "text", "quote"}), _OurGroups),
    (frozenset({"source_passage", "target_passage"}), _TextPair),
    (frozenset({"s1", "s2", "begin", "begin2"}), lambda: _PassimPair("", "begin", "end")),
    (frozenset({"s1", "s2", "b1", "b2"}), lambda: _PassimPair("1", "b", "e")),
    (
        frozenset({"alg", "alg2", "begin", "begin2"}),
        lambda: _PassimLine(("", "2"), ("id", "begin", "text", "alg"), ("id2", "begin2", "text2", "alg2")),
    ),
    (
        frozenset({"wid", "wbegin", "walg", "talg"}),
        lambda: _PassimLine(("_", ""), ("wid", "wbegin", "wtext", "walg"), ("id", "begin", "text", "talg")),
    ),
    (frozenset({"lines", "id"}), _PassimDocument),
    (frozenset({"cluster", "begin", "end", "text"}), _PassimClusters),
)
"""By what keys a shape is known; the first that has all of them counts."""


def shape_of(record: Fields) -> Shape | None:
    """The shape of the records of a file, by the first of them; None where it is none that is known."""
    return next((shape() for needed, shape in _SHAPES if needed <= record.keys()), None)
