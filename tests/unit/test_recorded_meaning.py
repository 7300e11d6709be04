"""How pairs are weighed by meaning, before anything is claimed of them: whoever changes a weight sees which change."""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np
import pytest
from recorded import same_as_recorded
from standin_vectors import some_sentences, text_of, translated, vectors_of

from texts.meaning.beads import beads, indices, rising
from texts.meaning.cooccurrence import Cooccurrence, WordsOfPassages
from texts.meaning.meaning_scores import MeaningScorer
from texts.meaning.names_across import names_across
from texts.meaning.pieces import pieces_of
from texts.meaning.vectors import TextVectors, unit
from texts.model import Span, Text
from texts.relate.relate_records import Progress
from texts.relate.sparse import Floats, Ints
from texts.segment import passages

ORIGINAL = [" ".join(pair) for pair in zip(some_sentences(14), some_sentences(14, seed=4), strict=True)]
OTHER = [*map(translated, ORIGINAL[:6]), translated(" ".join(ORIGINAL[6:8])), *map(translated, ORIGINAL[8:])]
CHINESE = ["天地玄黃宇宙洪荒", "日月盈昃辰宿列張天地", "a", "天 地", "The sea is, The SEA’s 1914"]


def numbers(values: Floats | Ints) -> list[float]:
    return [round(float(value), 4) for value in values.ravel()]


def all_pairs(lefts: int, rights: int) -> tuple[Ints, Ints]:
    found = np.arange(lefts * rights)
    return found // rights, found % rights


def test_the_words_of_passages_and_what_each_says() -> None:
    made: dict[str, object] = {}
    long = " ".join(f"w{number % 97}x{number}" for number in range(90))
    for name, some in (
        ("Latin", ORIGINAL[:3]),
        ("Chinese", CHINESE),
        ("none", []),
        ("long", [long, long, "w1x1 w2"]),
    ):
        words = WordsOfPassages.of(some)
        made[name] = [words.starts.tolist(), words.numbers.tolist(), numbers(words.rarity)]
    same_as_recorded("meaning-parts/words", made)


@pytest.mark.parametrize("count", [7, 8, 13])
def test_what_words_that_stand_across_from_each_other_are_worth(count: int) -> None:
    """Eight sure pairs teach something, seven nothing; none is judged by what was learned of itself."""
    left, right = WordsOfPassages.of(ORIGINAL), WordsOfPassages.of(OTHER)
    sure = np.arange(count)
    learned = Cooccurrence(left, right, sure, np.minimum(sure, len(OTHER) - 1))
    scores = learned.score(*all_pairs(len(ORIGINAL), len(OTHER)))
    assert learned.is_empty is (count < 8)
    same_as_recorded(f"meaning-parts/learned-{count}", {"scores": numbers(scores)})


def scorer_of(worth: float) -> MeaningScorer:
    texts = text_of("left", ORIGINAL), text_of("right", OTHER)
    vectors = vectors_of(*texts)
    left, right = (TextVectors.of(pieces_of(each), len(each.numbered), vectors) for each in texts)
    words = WordsOfPassages.of(ORIGINAL), WordsOfPassages.of(OTHER)

    def by_words(lefts: Ints, rights: Ints) -> Floats:
        return ((lefts * 3 + rights) % 7 / 7).astype(np.float32)

    return MeaningScorer((left, right), words, by_words, worth, Progress(None, None))


@pytest.mark.parametrize("worth", [0.0, 0.6])
def test_how_alike_passages_are(worth: float) -> None:
    scorer = scorer_of(worth)
    pairs = all_pairs(*scorer.counts)
    made: dict[str, object] = {"around": scorer.around_all, "lengths": numbers(scorer.left.lengths)}
    made["cosine"] = numbers(scorer.cosine(*pairs))
    made["before"] = numbers(scorer.score(pairs, Progress(None, None)).scores)
    best, mine, its = scorer.best_pieces(*pairs)
    made["pieces"] = [numbers(best), mine.tolist(), its.tolist()]
    found = scorer.candidates(Progress(None, None))
    made["candidates"] = [found.lefts.tolist(), found.rights.tolist(), numbers(found.scores)]
    made["after"] = numbers(scorer.score(pairs, Progress(None, None)).scores)
    same_as_recorded(f"meaning-parts/scores-{worth}", made)


def test_which_neighbours_stand_together() -> None:
    """Rows that are sums of others here and there, some left out, with sure pairs and without."""
    made: dict[str, object] = {}
    for seed in range(14):
        chance = np.random.default_rng(seed)
        left = unit(chance.normal(size=(9, 24)).astype(np.float32))
        at, rows = 0, []
        while at < len(left):
            step = int(chance.integers(1, 3))
            kind = chance.integers(0, 5)
            if kind:
                rows.append(left[at : at + step].sum(0) + chance.normal(size=24) * 0.15)
            if kind == 4:
                rows[-1:] = [
                    rows[-1] * 0.5 + left[(at + 3) % 9] * 0.4,
                    rows[-1] * 0.5 - left[(at + 3) % 9] * 0.4,
                ]
            at += step
        right = unit(np.array(rows, np.float32))
        for sure in (None, [(0, 0), (4, len(right) // 2)]):
            found = beads(left, right, (0.2, 0.5)[seed % 2], 0.7, sure)
            made[f"{seed} {sure is None}"] = [
                [*each.left, *each.right, round(float(each.similarity), 3), each.is_merged] for each in found
            ]
            lefts, rights = indices(found)
            assert list(zip(lefts, rights, strict=True)) == [
                (i, j) for each in found for i in range(*each.left) for j in range(*each.right)
            ]
        order = random.Random(seed).sample(range(9), 9)
        made[f"rising {seed}"] = rising(list(zip(order, reversed(order[2:] + order[:2]), strict=True)))
    same_as_recorded("meaning-parts/beads", made)


def lengths(body: str) -> list[int]:
    """Code points of each piece of a text of one passage."""
    text = Text("x", "X", "", "", body, passages(body, furniture=False))
    return [span.end - span.start for _, span, _ in pieces_of(text)]


def test_where_long_sentences_and_long_passages_are_cut() -> None:
    assert lengths("x" * 1_200) == [1_200]
    assert lengths("x" * 1_201) == [1_200, 1]
    assert lengths("x" * 599 + " " + "y" * 700) == [1_200, 100], "too early a blank is none"
    assert lengths("x" * 600 + " " + "y" * 700) == [600, 700]
    assert lengths("x" * 1_199 + " " + "y") == [1_199, 1]
    assert lengths("x" * 1_200 + " " + "y") == [1_200, 2]
    assert lengths(" ".join(["It rained."] * 120)) == [10] * 120
    assert lengths(" ".join(["It rained."] * 121)) == [21] * 60 + [10]
    assert lengths("— 1 *") == [5]
    assert lengths("— * _") == []


def test_which_names_two_passages_share_across_scripts_and_languages() -> None:
    made: dict[str, object] = {}
    pieces: Sequence[str] = (
        "Moses and Aaron saw Jerusalem, and the Iraqi Ali Sistani in Baghdad.",
        "Moïse et Aaron virent Jérusalem; al Sistani.",
        "Систани был в Багдаде, Моисей и Аарон в Иерусалиме.",
        "西斯塔尼在巴格达，摩西。",
        "μωυσης και ααρων εν ιερουσαλημ",
        "In Ur, 1914.",
    )
    for one in pieces:
        for other in pieces:
            left, right = text_of("left", [one]), text_of("right", [other])
            for one_script in (False, True):
                parted = {("Aaron", "Аарон")} if one_script else ()
                found = names_across(
                    left, right, Span(0, len(one)), Span(0, len(other)), parted=parted, one_script=one_script
                )
                shown = [f"{left.quote(a)} {right.quote(b)} {alike:.3f}" for a, b, alike in found]
                if shown:
                    made[f"{one[:5]} {other[:5]} {one_script}"] = shown
    same_as_recorded("meaning-parts/names", made)
