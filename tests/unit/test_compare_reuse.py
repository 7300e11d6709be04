"""Runs of words that two texts have in common: all of them, maximal, and quoted from both."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from sample_texts import article_text

from texts.articles import articles
from texts.compare import SharedRun, read, reuse
from texts.lexicon import STOP_WORDS

# Few words, so that they meet again and again; a third of them carry no subject.
WORDS = st.lists(st.sampled_from(["sea", "ship", "storm", "the", "of", "\n\n", "sail’s", "Sea"]), max_size=30)


def runs(left: str, right: str) -> tuple[SharedRun, ...]:
    """The runs of two bodies."""
    return reuse(read(article_text(left)), read(article_text(right)))


def quotes(left: str, right: str) -> list[str]:
    """The runs of two bodies, in the words of the left."""
    return [left[slice(*run.left[0])] for run in runs(left, right)]


def keys(body: str) -> list[list[str]]:
    """The folded words of each passage."""
    return [[word.folded for word in words] for words in read(article_text(body)).by_passage]


def by_hand(left: str, right: str) -> set[tuple[str, ...]]:
    """Every run that cannot go on in some pair of places is found by trying all pairs, and then those are kept that
    are as long as can be from some place of one of the texts."""
    ours, theirs = keys(left), keys(right)
    found = set()
    for mine, its in ((ours, theirs), (theirs, ours)):
        everywhere = {tuple(p[i:j]) for p in its for i in range(len(p)) for j in range(i + 1, len(p) + 1)}
        for passage in mine:
            for start in range(len(passage)):
                for end in range(start + 4, len(passage) + 1):
                    run = tuple(passage[start:end])
                    longer = tuple(passage[start : end + 1]) if end < len(passage) else None
                    earlier = tuple(passage[start - 1 : end]) if start else None
                    if run in everywhere and longer not in everywhere and earlier not in everywhere:
                        found.add(run)
    return {run for run in found if sum(word not in STOP_WORDS for word in run) >= 2}


def test_a_quotation_is_found_whatever_its_punctuation() -> None:
    left = "He said that “the old order changes slowly”, and left."
    right = "They wrote: The old order – changes SLOWLY. And so on."
    assert quotes(left, right) == ["the old order changes slowly”, and"]


def test_the_longest_comes_first_and_parts_of_it_do_not_come_again() -> None:
    left = "one two three four five six.\n\nred green blue black"
    right = "red green blue black, then one two three four five six"
    assert quotes(left, right) == ["one two three four five six", "red green blue black"]


def test_a_part_comes_on_its_own_where_a_text_has_it_on_its_own() -> None:
    left = "one two three four five six"
    right = "one two three four five six.\n\nnine two three four five nine"
    found = runs(left, right)
    assert [run.words for run in found] == [6, 4]
    assert [len(run.right) for run in found] == [1, 2]


def test_four_words_with_two_that_tell_something() -> None:
    assert quotes("an end of the war", "the end of the war") == ["end of the war"]
    assert quotes("out of the war", "out of the war") == []
    assert quotes("end of war", "end of war") == []


def test_a_run_stays_inside_its_passage() -> None:
    assert quotes("red green\n\nblue black", "red green blue black") == []


def test_our_articles_share_what_both_say() -> None:
    left, right = articles()
    found = reuse(read(left), read(right))
    assert left.quote(found[0].left[0]).endswith("Islamic State of Iraq and the Levant")
    assert len(found) < 10


@given(WORDS, WORDS)
def test_all_maximal_runs_are_found_and_nothing_else(left: list[str], right: list[str]) -> None:
    one, other = " ".join(left), " ".join(right)
    found = {
        tuple(word.folded for word in read(article_text(one[slice(*run.left[0])])).words)
        for run in runs(one, other)
    }
    assert found == by_hand(one, other)


@given(WORDS, WORDS)
def test_spans_quote_the_same_words_on_both_sides(left: list[str], right: list[str]) -> None:
    one, other = " ".join(left), " ".join(right)
    found = runs(one, other)
    assert [run.words for run in found] == sorted((run.words for run in found), reverse=True)
    for run in found:
        said = {tuple(keys(one[slice(*span)])[0]) for span in run.left}
        said |= {tuple(keys(other[slice(*span)])[0]) for span in run.right}
        assert len(said) == 1
        assert len(said.pop()) == run.words


@given(WORDS, WORDS)
def test_the_runs_are_the_same_from_either_side(left: list[str], right: list[str]) -> None:
    one, other = " ".join(left), " ".join(right)
    here = {(run.words, run.left, run.right) for run in runs(one, other)}
    there = {(run.words, run.right, run.left) for run in runs(other, one)}
    assert here == there


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text_is_read(left: str, right: str) -> None:
    for run in runs(left, right):
        assert all(0 <= span.start < span.end <= len(left) for span in run.left)
        assert all(0 <= span.start < span.end <= len(right) for span in run.right)
