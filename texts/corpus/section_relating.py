"""Relates sections of texts as `texts.relate` relates two texts, each of them read once for many others."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from texts.corpus.corpus_texts import CorpusText
from texts.corpus.pairs import Pair, PairEvidence, PairSide
from texts.corpus.sections import Section
from texts.languages.morphology import Morphology, is_in_old_spelling, morphology_of
from texts.model import Span, Text
from texts.relate.relate_records import Evidence, Related
from texts.relate.relating import ReadText, read_words, relate_read
from texts.tokens import WORD

_KEPT = 64
"""Sections that are remembered: they come sorted, so that most are asked for again soon."""
WORD_FOR_WORD = 100.0
SectionPair = tuple[int, int]
"""Which corpus, 0 or 1, and the number of a section in it."""


class SectionOfText(NamedTuple):
    """A section with what is known of its text."""

    known: CorpusText
    section: Section
    corpus: str
    """The name of its corpus; empty for none."""


class SectionRelater:
    """Relates sections; remembers the words of those that it has read last."""

    def __init__(
        self, fetch: Callable[[SectionPair], SectionOfText], aliases: Iterable[Iterable[str]] = ()
    ) -> None:
        """`fetch` gives a section; `aliases` are those of `texts.relate.relate`."""
        self._fetch = fetch
        self._aliases = tuple(tuple(group) for group in aliases)
        self._sections: OrderedDict[SectionPair, tuple[SectionOfText, Text, bool]] = OrderedDict()
        self._read: OrderedDict[tuple[SectionPair, str, bool], ReadText] = OrderedDict()
        self._morphologies: dict[tuple[frozenset[str], bool], Morphology] = {}

    def related(
        self, left: SectionPair, right: SectionPair, wanted: Sequence[tuple[int, int]], min_score: float
    ) -> Iterator[tuple[int, Pair]]:
        """Those of the wanted pairs of passages that are related, each with its place among those wanted.

        Passages are counted from 0 in their sections. The scores and the words that show it are those that
        `texts.relate.relate` gives for the two sections, but that of passages that are the same word for word is
        `WORD_FOR_WORD`: in short texts, half of which is what they share, its words are none that tell the two apart.
        """
        one, other = self._section(left), self._section(right)
        languages = frozenset((one[1].language, other[1].language))
        old = one[2] or other[2]
        morphology = self._morphologies.get((languages, old))
        if morphology is None:
            morphology = self._morphologies[languages, old] = morphology_of((one[1], other[1]))
        mark = "+".join(sorted(languages)), old
        relations = relate_read(
            self._words((left, *mark), one[1], morphology),
            self._words((right, *mark), other[1], morphology),
            morphology,
            aliases=self._aliases,
        )
        found = {
            (each.left - 1, each.right - 1): each
            for passage in sorted({pair[0] for pair in wanted})
            for each in relations.for_left(passage + 1, min_score)
        }
        for place, pair in enumerate(wanted):
            related = found.get(pair)
            if (related is None or related.score < WORD_FOR_WORD) and _has_same_words(one[1], other[1], pair):
                those = relations.for_left(pair[0] + 1, 0.0)
                related = next((each for each in those if each.right == pair[1] + 1), None)
                if related is not None:
                    related = replace(related, score=WORD_FOR_WORD)
            if related is not None:
                evidence = relations.evidence(related.left, related.right)
                yield place, _pair(one[0], other[0], (one[1], other[1]), related, evidence)

    def _section(self, key: SectionPair) -> tuple[SectionOfText, Text, bool]:
        kept = self._sections.get(key)
        if kept is None:
            fetched = self._fetch(key)
            text = fetched.section.as_text(fetched.known.name, fetched.known.language)
            kept = self._sections[key] = fetched, text, is_in_old_spelling(text)
            if len(self._sections) > _KEPT:
                self._sections.popitem(last=False)
        else:
            self._sections.move_to_end(key)
        return kept

    def _words(self, key: tuple[SectionPair, str, bool], text: Text, morphology: Morphology) -> ReadText:
        kept = self._read.get(key)
        if kept is None:
            kept = self._read[key] = read_words(text, morphology)
            if len(self._read) > _KEPT:
                self._read.popitem(last=False)
        else:
            self._read.move_to_end(key)
        return kept


def _has_same_words(left: Text, right: Text, pair: tuple[int, int]) -> bool:
    one, other = (
        [word.casefold() for word in WORD.findall(text.quote(text.passage(number + 1).span))]
        for text, number in zip((left, right), pair, strict=True)
    )
    return one == other


def _pair(
    left: SectionOfText,
    right: SectionOfText,
    texts: tuple[Text, Text],
    related: Related,
    evidence: Sequence[Evidence],
) -> Pair:
    """Two related passages, their places counted in the whole texts."""
    one, other = left.section.start, right.section.start
    return Pair(
        side_of(left, texts[0], related.left, related.left_sentence),
        side_of(right, texts[1], related.right, related.right_sentence),
        related.score,
        tuple(
            PairEvidence(_moved(word.left, one), _moved(word.right, other), word.score) for word in evidence
        ),
    )


def side_of(of: SectionOfText, text: Text, number: int, sentence: Span | None) -> PairSide:
    """A passage of a section, `text`, by its number there, its places counted in the whole text."""
    known, shift = of.known, of.section.start
    span = text.passage(number).span
    place = _moved(span, shift)
    return PairSide(
        known.name,
        of.section.numbers()[number - 1],
        place.start,
        place.end,
        text.quote(span),
        None if sentence is None else _moved(sentence, shift),
        title=known.title,
        author=known.author,
        date=known.date,
        series=known.series,
        source=known.source,
        path=known.path,
        corpus=of.corpus,
    )


def _moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)
