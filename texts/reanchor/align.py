"""Two versions of a text, compared.

Unchanged lines – where lines are not wrapped, paragraphs – are paired first, those that kept their order and those that
moved; then what lies between them is compared (`patience`); and what is then left over on both sides, paragraph by
paragraph, goes to what is most like it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from texts.model import Span
from texts.reanchor.alignment import Alignment, ComparedRegion, SharedBlock, total
from texts.reanchor.folded_body import FoldedBody
from texts.reanchor.patience import FIRM, between, longest_rise, patience
from texts.reanchor.slide import slide
from texts.reanchor.string_similarity import WORD, string_similarity

_TOGETHER = 24
"""Letters that must have moved together where they are less than a paragraph."""
_KIN = 60.0
"""How alike (0–100) two stretches must be for one to have become the other."""
_RARE = 4
"""Stretches that may hold a word for it to say something about their kinship."""
_CANDIDATES = 3
"""How many stretches are looked at as what another has become."""
_OLD_GAP, _NEW_GAP = "\ud800", "\udbff"
"""Stand for what is already paired and lies elsewhere: lone surrogates, which no body holds."""


def align(old: FoldedBody, new: FoldedBody) -> Alignment:
    """Compare two versions; the offsets are those of the folded texts."""
    pins, moved = _unchanged(old, new)
    whole = ComparedRegion(Span(0, len(old.key)), Span(0, len(new.key)))
    old_rest = _without(old.key, ((b.old, b.old_end) for b in moved), _OLD_GAP)
    new_rest = _without(new.key, ((b.new, b.new_end) for b in moved), _NEW_GAP)
    blocks = [*pins, *moved]
    for region in between(pins, whole):
        blocks += patience(old_rest, new_rest, region)
    left = _leftovers(old, sorted((b.old, b.old_end) for b in blocks))
    right = _leftovers(new, sorted((b.new, b.new_end) for b in blocks))
    for region in _similar_pairs(old.key, new.key, left, right):
        blocks += patience(old.key, new.key, region)
    old_starts, new_starts = (frozenset(line.start for line in version.lines) for version in (old, new))
    return Alignment(slide(old.key, new.key, blocks, old_starts, new_starts))


def align_strings(old: str, new: str) -> Alignment:
    """Compare two strings as they are, without a look for what has moved."""
    return Alignment(patience(old, new, ComparedRegion(Span(0, len(old)), Span(0, len(new)))))


def _unchanged(old: FoldedBody, new: FoldedBody) -> tuple[list[SharedBlock], list[SharedBlock]]:
    """The lines that are the same in both versions: in the same order, and moved."""
    blocks = sorted(_same(_Lines(old), _Lines(new)))
    rise = set(longest_rise([b.new for b in blocks]))
    pins = [b for k, b in enumerate(blocks) if k in rise]
    # The few headings that a thorough revision left alone would tie chapters to the wrong ones.
    if total(pins) < FIRM * min(len(old.key), len(new.key)):
        return [], []
    return pins, [b for k, b in enumerate(blocks) if k not in rise]


class _Lines:
    """The lines of a version that are not paired yet."""

    def __init__(self, version: FoldedBody) -> None:
        self.spans = [span for span in version.lines if span.start < span.end]
        self._words = [version.key[slice(*span)] for span in self.spans]
        self._numbers: Sequence[int] = range(len(self.spans))

    def named(self, aside: int) -> dict[tuple[str, str, int, int], int]:
        """The numbers of the lines by their words and those of the line so many lines on.

        Of several that are the same, by how many there are and which of them each is.
        """
        names = [(self._words[k], self._beside(k + aside)) for k in self._numbers]
        counts, seen = Counter(names), Counter[tuple[str, str]]()
        named = {}
        for k, name in zip(self._numbers, names, strict=True):
            named[*name, counts[name], seen[name]] = k
            seen[name] += 1
        return named

    def drop(self, paired: Iterable[int]) -> None:
        """Take lines as paired."""
        gone = set(paired)
        self._numbers = [k for k in self._numbers if k not in gone]

    def _beside(self, k: int) -> str:
        return self._words[k] if 0 <= k < len(self._words) else ""


def _same(old: _Lines, new: _Lines) -> Iterator[SharedBlock]:
    """The lines that are the same. Which is which of several, the line before tells, the line after, or the order."""
    for aside in (-1, 1, 0):
        here, there = old.named(aside), new.named(aside)
        both = [(k, there[name]) for name, k in here.items() if name in there]
        for k, n in both:
            one, other = old.spans[k], new.spans[n]
            yield SharedBlock(one.start, other.start, one.end - one.start)
        old.drop(k for k, _ in both)
        new.drop(n for _, n in both)


def _without(text: str, stretches: Iterable[tuple[int, int]], filler: str) -> str:
    """A text with stretches blotted out; its length stays the same."""
    pieces: list[str] = []
    done = 0
    for start, end in sorted(stretches):
        pieces += text[done:start], filler * (end - start)
        done = end
    return "".join([*pieces, text[done:]])


def _leftovers(version: FoldedBody, taken: Sequence[tuple[int, int]]) -> list[Span]:
    """The stretches that are not taken: whole paragraphs, and long parts of them."""
    leftovers = []
    k = 0
    for paragraph in version.paragraphs:
        done = paragraph.start
        while k and taken[k - 1][1] > paragraph.start:
            k -= 1
        while done < paragraph.end:
            while k < len(taken) and taken[k][1] <= done:
                k += 1
            start, end = taken[k] if k < len(taken) else (paragraph.end, paragraph.end)
            free = Span(done, min(start, paragraph.end))
            if free.end - free.start >= _TOGETHER or free == paragraph:
                leftovers.append(free)
            done = max(done, end)
    return leftovers


def _similar_pairs(
    old: str, new: str, left: Sequence[Span], right: Sequence[Span]
) -> Iterator[ComparedRegion]:
    """Pairs of stretches of which one has become the other, each in one pair at most, the most alike first."""
    alike = []
    for k, n in _candidate_pairs([old[slice(*span)] for span in left], [new[slice(*span)] for span in right]):
        degree = string_similarity(old[slice(*left[k])], new[slice(*right[n])])
        if degree >= _KIN:
            alike.append((-degree, abs(left[k].start - right[n].start), k, n))
    paired_left, paired_right = set[int](), set[int]()
    for _, _, k, n in sorted(alike):
        if k not in paired_left and n not in paired_right:
            paired_left.add(k)
            paired_right.add(n)
            yield ComparedRegion(left[k], right[n])


def _candidate_pairs(left: Sequence[str], right: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The pairs that may be similar: for each stretch on the left those that share the most rare words with it."""
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for n, stretch in enumerate(right):
        for word in set(WORD.findall(stretch)):
            holders[word].append(n)
    for k, stretch in enumerate(left):
        votes: Counter[int] = Counter()
        for word in set(WORD.findall(stretch)):
            if len(shared := holders.get(word, ())) <= _RARE:
                votes.update(shared)
        yield from ((k, n) for n, _ in votes.most_common(_CANDIDATES))
