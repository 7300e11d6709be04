"""The pieces of relating, each against a plain way of saying the same."""

from __future__ import annotations

import sys
from itertools import combinations, pairwise
from threading import Event, get_ident
from types import FrameType

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.standin_vectors import text_of
from texts.lexicon import Aliases, may_vary, spelling_similarity
from texts.model import Span
from texts.relate import candidates as lookup
from texts.relate import relate, threads
from texts.relate.candidates import candidates
from texts.relate.claim import never_above_better
from texts.relate.features import (
    Analysis,
    Features,
    analyse,
    are_stop_words,
    phrase_rows,
    rarities,
    shares_at_large,
    weighted_rows,
    word_weights,
)
from texts.relate.formula import worth_of_spellings
from texts.relate.hubs_and_order import Hubs, coherence, in_order
from texts.relate.passage_words import Capital, RootNumbers, Word, WordReader
from texts.relate.relate_records import Progress
from texts.relate.relating import rank_pairs
from texts.relate.scoring import Scored, Scorer
from texts.relate.soft_links import soft_links
from texts.relate.sparse import Groups, SparseRows, collect, inner_products, ranges
from texts.relate.threads import Alongside, in_threads

entries = st.lists(
    st.tuples(st.integers(0, 5), st.integers(0, 7), st.floats(0.125, 2, width=16)), max_size=30
)


def rows_of(found: list[tuple[int, int, float]]) -> SparseRows:
    owners, columns, values = (np.array([entry[k] for entry in found]) for k in range(3))
    return collect(owners.astype(np.int64), columns.astype(np.int64), values.astype(float), 6, 8)


def table_of(found: list[tuple[int, int, float]]) -> np.ndarray:
    table = np.zeros((6, 8))
    for row, column, value in found:
        table[row, column] += value
    return table


def unpacked(rows: SparseRows) -> np.ndarray:
    table = np.zeros((len(rows), rows.width))
    table[rows.owners(), rows.columns] = rows.values
    return table


@given(entries)
def test_rows_hold_what_was_collected(found: list[tuple[int, int, float]]) -> None:
    rows, table = rows_of(found), table_of(found)
    assert unpacked(rows) == pytest.approx(table, rel=1e-3)
    assert unpacked(rows.turned()) == pytest.approx(table.T, rel=1e-3)
    lengths = np.linalg.norm(unpacked(rows.unit()), axis=1)
    assert lengths == pytest.approx((table.sum(axis=1) > 0).astype(float), rel=1e-3)


@given(entries, entries, st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=12))
def test_inner_products_are_those_of_the_tables(
    left: list[tuple[int, int, float]], right: list[tuple[int, int, float]], pairs: list[tuple[int, int]]
) -> None:
    lefts = np.array(sorted(pair[0] for pair in pairs), np.int64)
    rights = np.array([pair[1] for pair in pairs], np.int64)
    expected = (table_of(left) @ table_of(right).T)[lefts, rights] if pairs else []
    assert inner_products(rows_of(left), rows_of(right), lefts, rights) == pytest.approx(expected, rel=1e-3)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 4)), max_size=9))
def test_ranges_are_ranges(given_ranges: list[tuple[int, int]]) -> None:
    starts = np.array([start for start, _ in given_ranges], np.int64)
    lengths = np.array([length for _, length in given_ranges], np.int64)
    numbers, owner = ranges(starts, starts + lengths)
    assert numbers.tolist() == [n for start, length in given_ranges for n in range(start, start + length)]
    assert owner.tolist() == [k for k, (_, length) in enumerate(given_ranges) for _ in range(length)]


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 3)), max_size=20))
def test_the_best_of_each_group_is_its_first_highest(given_entries: list[tuple[int, int]]) -> None:
    numbers = np.array([number for number, _ in given_entries], np.int64)
    values = np.array([value for _, value in given_entries], np.float32)
    expected = [
        max((k for k, entry in enumerate(given_entries) if entry[0] == number), key=lambda k: values[k])
        for number in sorted({number for number, _ in given_entries})
    ]
    assert Groups.of(numbers).best(values).tolist() == expected


def read(*passages: str, vocabulary: RootNumbers) -> Analysis:
    body = "\n\n".join(passages)
    starts = [sum(len(passage) + 2 for passage in passages[:k]) for k in range(len(passages))]
    spans = [Span(start, start + len(passage)) for start, passage in zip(starts, passages, strict=True)]
    return analyse(body, spans, WordReader(vocabulary))


def words_of(body: str) -> list[Word]:
    return WordReader(RootNumbers()).words(body, Span(0, len(body)))


def test_words_know_their_capitals_and_initials() -> None:
    words = words_of("The U.S. and Iran met. Iran gave us nothing.")
    told = [(word.folded, word.root, word.capital) for word in words if not word.is_stop]
    assert told == [
        ("us", "us.", Capital.INSIDE),
        ("iran", "iran", Capital.INSIDE),
        ("met", "meet", Capital.NONE),
        ("iran", "iran", Capital.FIRST),
        ("gave", "give", Capital.NONE),
        ("nothing", "noth", Capital.NONE),
    ]


def test_reading_two_texts_in_turn_looks_through_each_of_them_once() -> None:
    reader = WordReader(RootNumbers())
    bodies = ["The lamp is lit. " * 40, "A lantern burns. " * 40]
    searches = 0

    def count(frame: FrameType, event: str, called: object) -> None:
        nonlocal searches
        searches += event == "c_call" and getattr(called, "__name__", "") == "search"

    sys.setprofile(count)
    try:
        for start in range(0, 340, 17):
            for body in bodies:
                reader.words(body, Span(start, start + 17))
    finally:
        sys.setprofile(None)
    assert searches <= len(bodies)


def test_capitals_tell_nothing_where_all_are() -> None:
    assert [word.root for word in words_of("GIVE US BREAD")] == ["give", "us", "bread"]


def test_a_hyphen_of_habit_does_not_part_a_word() -> None:
    body = "They co-operate on re-opening; anti-war re- co-"
    quoted = [body[slice(*word.span)] for word in words_of(body)]
    assert quoted == ["They", "co-operate", "on", "re-opening", "anti", "war", "re", "co"]
    assert words_of("co-operate")[0].root == words_of("cooperates")[0].root


@given(st.text(max_size=80))
def test_words_are_quoted_by_their_spans(body: str) -> None:
    words = words_of(body)
    assert all(0 <= word.span.start < word.span.end <= len(body) for word in words)
    assert all(one.span.end <= other.span.start for one, other in pairwise(words))


def test_segments_are_whole_sentences_long_enough_to_compare() -> None:
    body = "The king of the land rode out at dawn. He fell. Then all of his men turned back to the city."
    analysis = read(body, vocabulary=RootNumbers())
    assert analysis.segments.tolist() == [0, 9, 21]
    # "He fell." is too short, and goes with what is before it until there is enough.
    quoted = [body[slice(*sentence)] for sentence in analysis.sentences.tolist()]
    assert quoted == [
        "The king of the land rode out at dawn.",
        "Then all of his men turned back to the city.",
    ]


def test_rare_words_and_names_weigh_more() -> None:
    vocabulary = RootNumbers()
    analysis = read("We saw Sistani in the house", "The house was dark", vocabulary=vocabulary)
    weights = dict(
        zip(
            vocabulary.roots(),
            word_weights(vocabulary, [analysis], rarities(shares_at_large(vocabulary), [analysis])),
            strict=True,
        )
    )
    assert weights["sistani"] > weights["dark"] > weights["hous"] > weights["the"] >= 1


def test_soft_links_join_spellings_both_ways() -> None:
    roots = ["nouri", "nuri", "iran", "iraq", "shiit", "shia", "teheran", "tehran"]
    left = np.array([True, False] * 4)
    forth = soft_links(roots, left, ~left, Aliases(), Progress())
    back = soft_links(roots, ~left, left, Aliases(), Progress())
    joined = [(roots[a], roots[b]) for a, b in zip(forth.left, forth.right, strict=True)]
    assert joined == [("nouri", "nuri"), ("shiit", "shia"), ("teheran", "tehran")]
    assert [(roots[b], roots[a]) for a, b in zip(back.left, back.right, strict=True)] == joined
    assert np.allclose(forth.worth, back.worth)


@given(st.lists(st.text("aeinrstß\u0430\U00010437", max_size=14), unique=True, max_size=12))
def test_all_spellings_are_linked_that_look_alike_two_by_two(roots: list[str]) -> None:
    roots = [*roots, *(root[:-1] + "x" for root in roots if root)]
    used = np.arange(len(roots)) % 3 != 1, np.arange(len(roots)) % 3 != 0
    found = soft_links(roots, *used, Aliases(), Progress())
    expected = [
        (a, b)
        for a, one in enumerate(roots)
        for b, other in enumerate(roots)
        if used[0][a] and used[1][b] and a != b and may_vary(one) and may_vary(other)
        if spelling_similarity(one, other)
        if worth_of_spellings(
            one, other, both_used_by_both=bool(used[0][[a, b]].all() and used[1][[a, b]].all())
        )
    ]
    assert list(zip(found.left.tolist(), found.right.tolist(), strict=True)) == expected


def test_soft_links_widen_rows_by_their_worth() -> None:
    roots = ["nouri", "nuri", "king"]
    links = soft_links(roots, np.array([1, 0, 1], bool), np.array([0, 1, 1], bool), Aliases(), Progress())
    rows = collect(np.array([0, 0]), np.array([0, 2]), np.array([1.0, 0.5]), 1, 3)
    assert unpacked(links.widen(rows))[0] == pytest.approx([1, links.worth[0], 0.5])


def test_phrases_match_in_order_and_over_a_gap() -> None:
    vocabulary = RootNumbers()
    left = read("red house burning", "house red", vocabulary=vocabulary)
    right = read("a red old house", "of the", vocabulary=vocabulary)
    rows = phrase_rows(left, right, are_stop_words(vocabulary))
    products = [inner_products(*rows, np.array([k]), np.array([0]))[0] for k in (0, 1)]
    assert products[0] > 0
    assert products[1] == 0


def salad(count: int, seed: int) -> np.ndarray:
    return np.random.default_rng(seed).zipf(1.3, (count, 12)) % 400


def test_candidates_hold_the_best_of_both_sides(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lookup, "_ALL_PAIRS", 0)
    sides = []
    for seed in (1, 2):
        words = salad(100, seed)
        owners = np.repeat(np.arange(100), 12)
        sides.append(weighted_rows(words.ravel(), owners, 100, np.linspace(3, 1, 400).astype(np.float32)))
    found = set(zip(*(side.tolist() for side in candidates(*sides, Progress())), strict=True))
    products = unpacked(sides[0]) @ unpacked(sides[1]).T
    for k in range(100):
        assert products[k].max() == 0 or (k, int(products[k].argmax())) in found
        assert products[:, k].max() == 0 or (int(products[:, k].argmax()), k) in found
    assert len(found) < 100 * 100


@pytest.mark.parametrize("dense", [0.002, 0.05, 2.0])
@pytest.mark.parametrize("counts", [(300, 420), (70, 90)])
def test_candidates_are_the_best_of_the_table_and_what_ties_with_them(
    dense: float, counts: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lookup, "_ALL_PAIRS", 0)
    monkeypatch.setattr(lookup, "_DENSE", dense)
    sides = []
    for seed, count in enumerate(counts):
        words = salad(count, seed)
        words[count // 2 : count // 2 + 5] = words[0]  # passages that tie
        owners = np.repeat(np.arange(count), 12)
        sides.append(weighted_rows(words.ravel(), owners, count, np.linspace(3, 1, 400).astype(np.float32)))
    products = unpacked(sides[0]) @ unpacked(sides[1]).T
    expected = set()
    for table, turned in ((products, False), (products.T, True)):
        least = -np.sort(-table, axis=1)[:, lookup.BEST - 1]
        for row, column in zip(*np.nonzero((table > 1e-9) & (table > least[:, None] - 1e-6)), strict=True):
            expected.add((int(column), int(row)) if turned else (int(row), int(column)))
    found = list(zip(*(side.tolist() for side in candidates(*sides, Progress())), strict=True))
    assert found == sorted(expected)


def test_work_in_threads_keeps_its_order_and_ends_with_its_caller() -> None:
    done: list[int] = []

    def work(item: int) -> int:
        done.append(item)
        return item * item

    assert list(in_threads(work, range(200), 10**9)) == [k * k for k in range(200)]
    assert list(in_threads(work, range(5), 1)) == [0, 1, 4, 9, 16]
    assert list(in_threads(lambda _: get_ident(), range(1), 10**9)) == [get_ident()], (
        "one needs no other thread"
    )
    done.clear()
    begun = Event()

    def wait(item: int) -> None:
        done.append(item)
        begun.wait(0.01 if item else 0)

    answers = in_threads(wait, range(10_000), 10**9)
    next(answers)
    answers.close()
    assert len(done) < 10_000


def test_work_alongside_goes_on_while_the_caller_does_where_it_is_worth_a_thread(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(threads, "workers_for", lambda comparisons: 2 if comparisons else 1)
    heard = Event()
    with Alongside(1) as alongside:
        answer = alongside.start(lambda: heard.wait(30) and get_ident())
        failed = alongside.start(int, "no number")
        heard.set()
        assert answer() not in (False, get_ident())
        with pytest.raises(ValueError, match="no number"):
            failed()
    with Alongside(0) as alongside:
        assert alongside.start(get_ident)() == get_ident()


def test_threads_change_nothing_of_what_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    words = [f"{a}{b}{c}{a}er" for a in "bdkmpt" for b in "aeo" for c in "lrtns"]
    chance = np.random.default_rng(1)
    sides = [[" ".join(chance.choice(words, 12)) + "." for _ in range(30)] for _ in range(2)]
    sides[1][4:20] = sides[0][4:20]
    left, right = (text_of(name, side) for name, side in zip("ab", sides, strict=True))
    found = []
    for workers in (1, 3):
        monkeypatch.setattr(threads, "workers_for", lambda comparisons, workers=workers: workers)
        found.append(relate(left, right).to_bytes())
    assert found[0] == found[1]


def test_candidates_cost_follows_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lookup, "_POSTINGS", 10)
    reach, owners = np.array([5, 100, 2, 4, 50]), np.array([0, 0, 0, 0, 1])
    assert sorted(lookup._rarest(reach, owners).tolist()) == [2, 3, 4]


def scored(pairs: dict[tuple[int, int], float]) -> Scored:
    keys = sorted(pairs)
    none = np.zeros(len(keys), np.int64)
    return Scored(
        np.array([left for left, _ in keys], np.int64),
        np.array([right for _, right in keys], np.int64),
        np.array([pairs[key] for key in keys], np.float32),
        none,
        none,
    )


def test_what_is_near_to_everything_loses_most() -> None:
    pairs = {(k, 0): 0.5 for k in range(12)} | {(k, k): 0.6 for k in range(1, 12)}
    pairs |= {(k, k % 11 + 1): 0.1 for k in range(1, 12)}
    hubs = Hubs.of(scored(pairs), (12, 12))
    assert hubs.right[0] > hubs.right[1:].max()


@pytest.mark.parametrize("count", [1, 2, 3])
def test_the_counterpart_of_a_passage_is_no_crowd_by_itself(count: int) -> None:
    hubs = Hubs.of(scored({(0, 0): 0.8}), (count, count))
    assert 0 < hubs.around_left[0] < 0.7
    assert 0 < hubs.around_right[0] < 0.7


def test_a_passage_near_to_both_of_two_is_near_to_everything() -> None:
    hubs = Hubs.of(scored({(0, 0): 0.8, (0, 1): 0.8, (1, 0): 0.1, (1, 1): 0.1}), (2, 2))
    assert hubs.around_left.tolist() == pytest.approx([0.8, 0.1])


def test_order_is_seen_where_there_is_one_and_nowhere_else() -> None:
    shuffled = np.random.default_rng(1).permutation(40)
    assert coherence(scored({(k, k): 0.5 for k in range(40)}), (40, 40)) > 0.9
    assert coherence(scored({(k, int(shuffled[k])): 0.5 for k in range(40)}), (40, 40)) == 0
    assert coherence(scored({(k, k): 0.5 for k in range(5)}), (5, 5)) == 0


def scorer_of_parallel_texts() -> Scorer:
    """Of 36 passages of a word each, the same on both sides but for the twelfth."""
    names = [f"{a}{b}{c}{a}" for a in "bdkm" for b in "aeo" for c in "lrt"]
    left, right = list(names), list(names)
    left[12], right[12] = "gunwale", "pickaxe"
    vocabulary = RootNumbers()
    sides = read(*left, vocabulary=vocabulary), read(*right, vocabulary=vocabulary)
    weights = word_weights(vocabulary, sides, rarities(shares_at_large(vocabulary), sides))
    stop_words = are_stop_words(vocabulary)
    ours, theirs = (Features.of(side, weights, stop_words) for side in sides)
    return Scorer(ours, theirs, phrase_rows(*sides, stop_words))


@pytest.mark.parametrize("ordered", [True, False])
def test_hubs_are_those_of_the_scores_that_they_are_taken_off(ordered: bool) -> None:
    scorer = scorer_of_parallel_texts()
    ranked = rank_pairs(scorer, Progress(), ordered=ordered)
    scores = ranked.pairs.supported
    assert ranked.pairs.has_order == ordered
    levelled = Hubs.of(scores, scorer.counts).levelled(scores)
    assert ranked.similarity.tolist() == levelled.tolist()


def test_order_finds_what_shares_no_word() -> None:
    scorer = scorer_of_parallel_texts()
    same = np.array([k for k in range(scorer.counts[0]) if k != 12])
    alone = scorer.score((same, same), Progress())
    found = in_order(scorer, alone, Progress())
    assert found.has_order
    ordered = found.supported
    supported = {
        (int(i), int(j)): s for i, j, s in zip(ordered.lefts, ordered.rights, ordered.scores, strict=True)
    }
    assert supported[12, 12] == max(s for (i, _), s in supported.items() if i == 12)
    assert supported[12, 12] > 0.2


@given(
    st.lists(
        st.tuples(
            st.integers(0, 4),
            st.integers(0, 4),
            st.floats(0, 100, width=32),
            st.integers(0, 500).map(lambda part: part / 500),
        ),
        max_size=20,
        unique_by=lambda pair: pair[:2],
    )
)
def test_no_claim_is_above_that_of_what_stands_higher(pairs: list[tuple[int, int, float, float]]) -> None:
    lefts, rights = (np.array([pair[k] for pair in pairs], np.int64) for k in (0, 1))
    claimed, similarity = (np.array([pair[k] for pair in pairs], np.float32) for k in (2, 3))
    told = never_above_better(claimed, lefts, rights, similarity)
    assert all(told <= claimed)
    for one, other in combinations(range(len(pairs)), 2):
        if lefts[one] == lefts[other] or rights[one] == rights[other]:
            assert (
                similarity[one] == similarity[other]
                or (told[one] - told[other]) * (similarity[one] - similarity[other]) >= 0
            )


def test_rivals_are_the_best_others_of_a_group() -> None:
    groups = Groups.of(np.array([7, 3, 7, 7, 5, 5]))
    assert groups.rivals(np.array([1, 9, 4, 2, 6, 6], np.float32)).tolist() == [4, 0, 2, 4, 6, 6]


def test_of_many_passages_that_tie_twice_as_many_are_looked_at_as_of_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(lookup, "_ALL_PAIRS", 0)
    count = 3 * lookup.BEST
    same = collect(np.arange(count), np.zeros(count, np.int64), np.ones(count), count, 1)
    one = collect(np.zeros(1, np.int64), np.zeros(1, np.int64), np.ones(1), 1, 1)
    lefts, rights = candidates(same, same, Progress())
    assert np.bincount(lefts).max() == count, "each is among the first of the others"
    assert np.unique(rights[lefts == count - 1]).tolist() == list(range(2 * lookup.BEST))
    assert len(candidates(one, same, Progress())[0]) == count
