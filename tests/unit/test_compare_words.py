"""Distinctive and shared words: the statistics against tables by hand, the spans against the bodies."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_texts import article_text

from texts.articles import articles
from texts.compare import WordUse, distinctive, names, read
from texts.compare.distinctive import log_likelihood, log_ratio

COUNTS = st.integers(0, 500)


def uses(left: str, right: str) -> dict[str, WordUse]:
    """Every word of two bodies, by its usual form."""
    found = distinctive(
        read(article_text(left)), read(article_text(right)), min_count=1, min_log_likelihood=0
    )
    return {use.word: use for use in (*found.left, *found.right, *found.shared)}


def by_hand(left: int, right: int, left_total: int, right_total: int) -> float:
    """G² by the definition: twice the sum of observed × ln(observed / expected) over the four cells."""
    observed = [[left, right], [left_total - left, right_total - right]]
    rows = [sum(row) for row in observed]
    columns = [left_total, right_total]
    total = 0.0
    for row, cells in enumerate(observed):
        for column, count in enumerate(cells):
            expected = rows[row] * columns[column] / sum(columns)
            total += count * math.log(count / expected) if count else 0.0
    return 2 * total


def test_log_likelihood_of_a_table_worked_out_on_paper() -> None:
    # 10 of 100 words against 2 of 100: expected 6 and 6, and 94 and 94 for all the other words.
    # 2 × (10 ln(10/6) + 2 ln(2/6) + 90 ln(90/94) + 98 ln(98/94)) = 2 × (5.10826 − 2.19722 − 3.91366 + 4.08390)
    assert log_likelihood(10, 2, 100, 100) == pytest.approx(6.1625, abs=0.001)
    # the same share in both: nothing to explain
    assert log_likelihood(5, 10, 100, 200) == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("table", [(10, 2, 100, 100), (0, 7, 900, 1100), (3, 3, 50, 5000), (40, 0, 40, 60)])
def test_log_likelihood_is_the_sum_over_four_cells(table: tuple[int, int, int, int]) -> None:
    assert log_likelihood(*table) == pytest.approx(by_hand(*table))


def test_log_ratio_counts_doublings() -> None:
    assert log_ratio(8, 2, 100, 100) == pytest.approx(2)
    assert log_ratio(2, 8, 100, 100) == pytest.approx(-2)
    assert log_ratio(4, 4, 100, 200) == pytest.approx(1)
    assert log_ratio(4, 0, 100, 100) == pytest.approx(3)
    assert log_ratio(0, 0, 0, 0) == 0


def test_chance_is_that_of_chi_squared_with_one_degree_of_freedom() -> None:
    for likelihood, chance in ((3.841, 0.05), (6.635, 0.01), (10.828, 0.001)):
        assert WordUse("word", (), (), likelihood, 0).chance == pytest.approx(chance, rel=0.01)


@given(COUNTS, COUNTS, COUNTS, COUNTS)
def test_the_statistics_mirror_when_the_texts_change_sides(
    one: int, other: int, more: int, rest: int
) -> None:
    table = (one, other, one + more, other + rest)
    mirrored = (other, one, other + rest, one + more)
    assert log_likelihood(*table) == pytest.approx(log_likelihood(*mirrored), abs=1e-6)
    assert log_likelihood(*table) >= 0
    assert log_ratio(*table) == pytest.approx(-log_ratio(*mirrored))


def test_words_stand_where_they_are_distinctive() -> None:
    found = distinctive(
        read(article_text("The harbour gave work. " * 8)),
        read(article_text("The mountain gave shelter. " * 8)),
    )
    assert {use.word for use in found.left} == {"harbour", "work"}
    assert {use.word for use in found.right} == {"mountain", "shelter"}
    assert [use.word for use in found.shared] == ["gave"]
    assert all(use.log_ratio > 0 for use in found.left)
    assert all(use.log_ratio < 0 for use in found.right)


def test_forms_of_a_word_count_as_one() -> None:
    use = uses("He gives. She gave. They give.", "A gift was given.")["gave"]
    assert (len(use.left), len(use.right)) == (3, 1)


def test_function_words_and_numbers_are_left_out_and_acronyms_are_not() -> None:
    assert set(uses("The US and we in 2014.", "It told us so.")) == {"US", "told"}


def test_spellings_of_a_name_count_as_one_when_told_so() -> None:
    left, right = (read(article) for article in articles())
    apart = distinctive(left, right)
    alike = (name.one_word_spellings for name in names(left, right))
    together = distinctive(left, right, alike=alike)
    assert {"Tehran", "Shia"} <= {use.word for use in apart.right}
    assert not {"Tehran", "Shia", "Teheran", "Shi’ites"} & {
        use.word for use in (*together.left, *together.right)
    }
    assert {"Teheran", "Shia"} <= {use.word for use in together.shared}


@given(st.text(max_size=80), st.text(max_size=80))
def test_spans_lie_in_their_bodies_and_hold_a_form_of_the_word(left: str, right: str) -> None:
    one, other = article_text(left), article_text(right)
    found = distinctive(read(one), read(other), min_count=1, min_log_likelihood=0)
    for use in (*found.left, *found.right, *found.shared):
        assert use.left or use.right
        quotes = {one.quote(span).casefold() for span in use.left}
        quotes |= {other.quote(span).casefold() for span in use.right}
        assert use.word.casefold() in quotes


@given(st.text(max_size=80))
def test_a_text_has_nothing_distinctive_against_itself(body: str) -> None:
    found = distinctive(read(article_text(body)), read(article_text(body)))
    assert (found.left, found.right) == ((), ())


def test_a_word_that_stands_once_tells_nothing() -> None:
    """However unlikely it is: a text of one word against a long one."""
    long = "Rain fell on the harbour. " * 40
    once, twice = (
        distinctive(read(article_text(body)), read(article_text(long)))
        for body in ("A zebra.", "A zebra. A zebra.")
    )
    assert [use.word for use in once.left] == []
    assert [use.word for use in twice.left] == ["zebra"]


@pytest.mark.parametrize(
    ("after", "of", "has"), [(17, 30, True), (16, 30, False), (29, 29, False), (33, 60, True)]
)
def test_a_text_writes_nouns_with_capitals_where_most_of_thirty_articles_say_so(
    after: int, of: int, has: bool
) -> None:
    """Fifty-five in a hundred of them at least; words in capitals all over, and articles with one, do not count."""
    body = " ".join(f"the {'Mill' if n < after else 'mill'} of" for n in range(of))
    assert read(article_text(f"It was {body} NOW. The Mill The MILL.")).capitalizes_nouns is has
