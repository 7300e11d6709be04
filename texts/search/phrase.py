"""Where the words of a phrase stand together in a text: a quoted phrase with some leeway, a whole query as typed."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from rapidfuzz.distance import OSA

from texts.search.index import Index
from texts.search.query import Term
from texts.search.search_records import Body
from texts.search.variants import Variants
from texts.search.word_places import Match, Places
from texts.tokens import IN_RUN

WITHOUT_PARTICLE = 0.9
"""How alike Maliki is to al-Maliki."""

APART = 0.97
"""How alike co operation is to co-operation, and to cooperation."""

SHORTEST_LIKE_RUN = 4
"""A run of fewer characters, in a script without blanks between words, is found as typed or not at all."""

MUCH_WORSE = 0.8
"""Where a phrase is found, what has less than this share of its similarity is another phrase."""

_PLACES_EACH, _PLACES_EACH_READ = 20, 400
"""To look at the word that stands at a place takes as long as to go through so many places of a word; and where that
word has to be read.
"""
_COMMON = 10_000  # a word used more often is not gone through for matches without a rarer one
_WIDEST_GAP = 2  # words that may stand between two words of a phrase
_GAP = 0.03  # what each of them costs
LIGHT = 0.3
"""What a word without a subject weighs in a phrase."""

_IN_ITS_PLACE = 0.5  # what similarity counts of a word that is too far from the one in whose place it stands


def places_of_phrase(index: Index, terms: Sequence[Term], places: Sequence[Places]) -> Places:
    """Where the terms of a phrase, whose places are given, stand together, in order; one in three may be missing."""
    all_light = all(term.light for term in terms)
    weights = [LIGHT if term.light and not all_light else 1.0 for term in terms]
    words = [term.word for term in terms]
    phrase = _Phrase(places, weights, words, gap=_WIDEST_GAP, needed=needed_of_phrase(terms))
    return Places(index, {}, phrase.matches())


def needed_of_phrase(terms: Sequence[Term]) -> int:
    """How many terms of a phrase have to be there."""
    return -(-2 * len(terms) // 3)


def needed_of_run(characters: Sequence[str]) -> int:
    """How many characters of a run have to be there in what is like it; all of a short one."""
    return -(-3 * len(characters) // 4) if len(characters) >= SHORTEST_LIKE_RUN else len(characters)


def places_of_compound(whole: Places, parts: Sequence[Places], core: Variants) -> Places:
    """Where a compound stands: in one word, hyphenated, in words side by side; or its core without the particle."""
    wide = dict(whole.wide)
    for match in side_by_side(parts, [1.0] * len(parts)):
        similarity = match.similarity * APART
        if match.first not in wide or wide[match.first].similarity < similarity:
            wide[match.first] = Match(similarity, ((match.first, match.last),))
    variants = {number: similarity * WITHOUT_PARTICLE for number, similarity in core.items()}
    for number, similarity in whole.variants.items():
        variants[number] = max(similarity, variants.get(number, 0.0))
    return Places(whole.index, variants, wide)


def places_of_run(characters: Sequence[str], body: Body, index: Index) -> Places:
    """Where the characters of a script that sets no blanks between words stand one after the other."""
    units = [_exactly(character, index) for character in characters]
    rows = side_by_side(units, [1.0] * len(units))
    return Places(index, {}, {row.first: _as_one(row) for row in rows if not _is_parted(row, body, index)})


def places_like_run(characters: Sequence[str], index: Index) -> Places:
    """The same where one character in four may be missing or another, and one more may stand between."""
    units = [_exactly(character, index) for character in characters]
    needed = needed_of_run(characters)
    matches = _Phrase(units, [1.0] * len(units), characters, gap=1, needed=needed).matches()
    return Places(index, {}, {start: _as_one(match) for start, match in matches.items()})


def _exactly(word: str, index: Index) -> Places:
    number = index.find(word)
    return Places(index, {} if number is None else {number: 1.0}, {})


def _as_one(match: Match) -> Match:
    return Match(match.similarity, ((match.first, match.last),))


def _is_parted(row: Match, body: Body, index: Index) -> bool:
    """Whether punctuation stands between the first and the last character of a row."""
    start, end = index.starts[row.first], index.starts[row.last]
    if end - start == row.last - row.first:
        return False
    return any(unicodedata.category(c)[0] in "PS" and not IN_RUN.match(c) for c in body[start:end])


class Rows:
    """Places where units stand in one passage in their order with nothing between them."""

    def __init__(self, width: int, words: Mapping[int, float], compounds: Mapping[int, Match]) -> None:
        """`words`: rows of `width` plain words, by first position with their similarity; `compounds`: all others."""
        self._width = width
        self._words = words
        self._compounds = compounds

    def __bool__(self) -> bool:
        return bool(self._words or self._compounds)

    def __iter__(self) -> Iterator[Match]:
        """All rows, those of plain words first."""
        return iter([*map(self._row, self._words), *self._compounds.values()])

    def by_similarity(self) -> dict[float, list[int]]:
        """The first positions of the rows by similarity, ascending."""
        found: dict[float, list[int]] = {}
        for start, similarity in self._words.items():
            found.setdefault(similarity, []).append(start)
        for start, match in self._compounds.items():
            found.setdefault(match.similarity, []).append(start)
        return found if not self._compounds else {key: sorted(starts) for key, starts in found.items()}

    def covered(self) -> set[int]:
        """The positions of all words that stand in a row."""
        found = {position for start in self._words for position in range(start, start + self._width)}
        found.update(p for match in self._compounds.values() for p in range(match.first, match.last + 1))
        return found

    def apart(self) -> Rows:
        """The rows of plain words without those that begin inside one before that is as good, or better."""
        apart: dict[int, float] = {}
        last = -self._width
        for start, similarity in self._words.items():
            if start - last < self._width:
                if similarity <= apart[last]:
                    continue
                del apart[last]
            apart[start] = similarity
            last = start
        return Rows(self._width, apart, {})

    def at(self, start: int) -> Match:
        """The row that begins at one of the positions of `by_similarity`."""
        return self._compounds.get(start) or self._row(start)

    def _row(self, start: int) -> Match:
        runs = tuple([(position, position) for position in range(start, start + self._width)])
        return Match(self._words[start], runs)


NO_ROWS = Rows(0, {}, {})


def side_by_side(units: Sequence[Places], weights: Sequence[float]) -> Rows:
    """Where all units stand in one passage in their order with nothing between them.

    The similarity of a row is the mean of its units', by weight. Rows do not overlap; of two that would, the better
    is given. The cost follows the rarest unit.
    """
    if not all(unit.variants or unit.wide for unit in units):
        return NO_ROWS
    words = Rows(len(units), _rows_of_words(units, weights), {})
    if not any(unit.wide for unit in units):
        return words.apart()
    found = {row.first: row for row in words}
    bounds, passage_of = units[0].index.bounds, units[0].index.passage_of
    for start in _starts_with_compounds(units):
        row = _best_row(units, weights, start, bounds[passage_of(start) + 1])
        if row and (start not in found or found[start].similarity < row.similarity):
            found[start] = row
    return Rows(len(units), {}, _apart(found, least=0.0))


def _rows_of_words(units: Sequence[Places], weights: Sequence[float]) -> dict[int, float]:
    """Rows of plain words by first position, ascending, with their similarity; the rarest units are looked at first."""
    index, width = units[0].index, len(units)
    tokens, bounds, last = index.tokens, index.bounds, len(index.tokens) - width
    used = [sum(map(index.count, unit.variants)) for unit in units]
    rarest, *others = sorted(range(width), key=used.__getitem__)
    starts = [
        position - rarest
        for position in sorted(chain(*map(index.positions, units[rarest].variants)))
        if rarest <= position <= last + rarest
    ]
    each = _PLACES_EACH if index.is_at_hand else _PLACES_EACH_READ
    for place in others:
        variants = units[place].variants
        if used[place] <= each * len(starts):
            places = set(chain(*map(index.positions, variants)))
            starts = [start for start in starts if start + place in places]
        else:
            starts = [start for start in starts if tokens[start + place] in variants]
    starts = [start for start in starts if start + width <= bounds[bisect_right(bounds, start)]]
    alike = [0.0] * len(starts)
    for place, (unit, weight) in enumerate(zip(units, weights, strict=True)):
        variants = unit.variants
        alike = [
            sum_ + weight * variants[tokens[start + place]] for sum_, start in zip(alike, starts, strict=True)
        ]
    whole = sum(weights)
    return {start: similar / whole for start, similar in zip(starts, alike, strict=True)}


def _starts_with_compounds(units: Sequence[Places]) -> set[int]:
    """The positions from which units may run one of which is more than one word: followed to the left of each."""
    tokens = units[0].index.tokens
    found: set[int] = set()
    for number, unit in enumerate(units):
        starts = set(unit.wide)
        for left in reversed(units[:number]):
            ends = left.wide_ends
            starts = {start - 1 for start in starts if start and tokens[start - 1] in left.variants} | {
                ends[start - 1].first for start in starts if start - 1 in ends
            }
        found |= starts
    return found


def _best_row(units: Sequence[Places], weights: Sequence[float], start: int, stop: int) -> Match | None:
    """The most alike row of the units from a position on, before `stop`; None where there is none."""
    rows = {start: Match(0.0, ())}
    for unit, weight in zip(units, weights, strict=True):
        longer: dict[int, Match] = {}
        for at, row in rows.items():
            for match in unit.all_at(at) if at < stop else ():
                similarity, after = row.similarity + weight * match.similarity, match.last + 1
                if after <= stop and (after not in longer or longer[after].similarity < similarity):
                    longer[after] = Match(similarity, row.runs + match.runs)
        rows = longer
    best = max(rows.values(), key=lambda row: row.similarity, default=None)
    return best and best._replace(similarity=best.similarity / sum(weights))


class _Phrase:
    """Terms that stand in a row in one text."""

    def __init__(
        self,
        terms: Sequence[Places],
        weights: Sequence[float],
        words: Sequence[str],
        *,
        gap: int,
        needed: int,
    ) -> None:
        """`gap`: how many words may stand between them in all; `needed`: how many of the terms must be there.

        `words` are the terms as wanted; they are looked at only where terms may be missing.
        """
        self._terms = terms
        self._weights = weights
        self._words = words
        self._gap = gap
        self._needed = needed
        self._index = terms[0].index

    def matches(self) -> dict[int, Match]:
        """All matches by first position; of those that overlap only the best.

        They are looked for around the rarest terms: as many of them as it takes for every match to have one.
        """
        rarest = sorted(range(len(self._terms)), key=lambda term: self._terms[term].count())
        at_most = [weight * term.best for weight, term in zip(self._weights, self._terms, strict=True)]
        found: dict[int, Match] = {}
        for rank in range(len(rarest) - self._needed + 1):
            anchor = rarest[rank]
            if found and self._terms[anchor].count() > _COMMON:
                break
            for position in self._promising(anchor, rarest[rank + 1 :]):
                match = self._around(anchor, position)
                if match and (match.first not in found or found[match.first].similarity < match.similarity):
                    found[match.first] = match
            without = sum(at_most[term] for term in rarest[rank + 1 :]) / sum(self._weights)
            if without < MUCH_WORSE * max((match.similarity for match in found.values()), default=0):
                break
        return _apart(found, least=MUCH_WORSE)

    def _promising(self, anchor: int, others: Sequence[int]) -> Iterator[int]:
        """The positions of a term that have enough of the others on the side where they belong.

        It is asked of every occurrence of a word that may be common, and spares most of them a closer look. What
        it lets pass has no rarer term than the anchor: those that have are found already, from that term.
        """
        terms, tokens = self._terms, self._index.tokens
        bits = [0] * self._index.size
        wide = 0
        for place in others:
            wide |= bool(terms[place].wide) << place  # a term that is found as a compound too may be anywhere
            for number in terms[place].variants:
                bits[number] |= 1 << place
        left_terms = sum(1 << place for place in others if place < anchor)
        right_terms = sum(1 << place for place in others if place > anchor)
        needed = self._needed - 1
        needed_left = needed - right_terms.bit_count()
        stretch = self._gap + (len(terms) if wide else 0)
        left_reach = anchor + stretch if left_terms else 0
        right_reach = len(terms) - anchor + stretch if right_terms else 0
        for position in terms[anchor].positions():
            left = right = wide
            for token in tokens[max(0, position - left_reach) : position]:
                left |= bits[token]
            there = (left & left_terms).bit_count()
            if there < needed_left:
                continue
            for token in tokens[position + 1 : position + right_reach]:
                right |= bits[token]
            if there + (right & right_terms).bit_count() >= needed:
                yield position

    def _around(self, anchor: int, position: int) -> Match | None:
        """The phrase around a place of one of its terms, or None where too much of it is missing.

        A word may stand in the place of one that is missing; other words between, and places left empty, cost.
        """
        match = self._terms[anchor].at(position)
        if match is None:
            return None
        passage = self._index.passage_of(position)
        low, high = self._index.bounds[passage], self._index.bounds[passage + 1]
        found = [match]
        similar = self._weights[anchor] * match.similarity
        missable, gap = len(self._terms) - self._needed, self._gap
        astray = 0
        for after in (True, False):
            at = match.last + 1 if after else match.first - 1
            missing = 0
            for place in range(anchor + 1, len(self._terms)) if after else range(anchor - 1, -1, -1):
                term, reach = self._terms[place], gap + missing + 1
                following = (
                    term.first_in(range(at, min(at + reach, high)))
                    if after
                    else term.first_in(range(at, max(at - reach, low - 1), -1))
                )
                if following is None or not (after or following.last <= at):
                    missable -= 1
                    missing += 1
                    if missable < 0:
                        return None
                    continue
                skipped = following.first - at if after else at - following.last
                if 0 < skipped == missing:
                    edge = following.first if after else following.last
                    similar += self._in_their_place(place, edge, missing, after)
                astray += abs(skipped - missing)
                gap -= max(0, skipped - missing)
                missing = 0
                found.append(following)
                similar += self._weights[place] * following.similarity
                at = following.last + 1 if after else following.first - 1
            edge = at + missing if after else at - missing
            if missing and low - 1 <= edge <= high:
                similar += self._in_their_place(len(self._terms) if after else -1, edge, missing, after)
        runs = sorted(run for match in found for run in match.runs)
        return Match(similar / sum(self._weights) * (1 - _GAP) ** astray, tuple(runs))

    def _in_their_place(self, place: int, position: int, missing: int, after: bool) -> float:
        """What the words are worth that stand where the terms before (or after) a place are missing.

        It never makes a match, but decides between phrases that are else the same: in `skirt of th robe` for thy.
        """
        index, step = self._index, -1 if after else 1
        similarity = 0.0
        for away in range(step, step * (missing + 1), step):
            other = index.word(index.tokens[position + away])
            similarity += self._weights[place + away] * OSA.normalized_similarity(
                self._words[place + away], other
            )
        return similarity * _IN_ITS_PLACE


def _apart(found: dict[int, Match], least: float) -> dict[int, Match]:
    """Of matches that overlap only the better; and none that has less than a share `least` of the best similarity."""
    least *= max((match.similarity for match in found.values()), default=0)
    kept: list[Match] = []
    for match in sorted(found.values(), key=lambda match: match.first):
        if match.similarity < least:
            continue
        if kept and match.first <= kept[-1].last:
            if match.similarity > kept[-1].similarity:
                kept[-1] = match
        else:
            kept.append(match)
    return {match.first: match for match in kept}
