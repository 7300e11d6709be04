"""A reader's word on names: what is joined, by way of others too, and what a search makes of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from texts.naming import Overrides, aliases_of, naming_words, rephrased, spelling_key
from texts.typography import fold_word

NAMES = st.sampled_from(
    [
        "Burma",
        "Myanmar",
        "Birma",
        "Isis",
        "Islamic State",
        "Nouri Maliki",
        "Nuri al-Maliki",
        "al-Qaeda",
        "Ωmega",
    ]
)
PAIRS = st.lists(st.tuples(NAMES, NAMES), max_size=6)


def joined(*pairs: tuple[str, str]) -> Overrides:
    """A reader who has joined these."""
    overrides = Overrides()
    for one, other in pairs:
        overrides = overrides.join(one, other)
    return overrides


def test_case_accents_quotes_and_possessives_make_no_other_spelling() -> None:
    assert spelling_key("AL-QA’IDA’S") == spelling_key("al-Qa'ida")
    assert spelling_key("Erdoğan") == spelling_key("erdogan")
    assert spelling_key("Nouri  Maliki") == spelling_key("Nouri\nMaliki")
    assert spelling_key("Iran") != spelling_key("Iraq")


def test_what_is_joined_by_way_of_a_third_is_one_group() -> None:
    overrides = joined(("Burma", "Myanmar"), ("Isis", "Daesh"), ("Birma", "Burma"))
    assert overrides.groups() == (("Birma", "Burma", "Myanmar"), ("Daesh", "Isis"))


def test_what_is_joined_and_parted_is_parted() -> None:
    both = Overrides(frozenset({("Burma", "Myanmar")}), frozenset({("MYANMAR", "burma")}))
    assert both.groups() == ()
    assert joined(("Burma", "Myanmar")).part("myanmar", "burma").groups() == ()
    assert joined(("Burma", "Myanmar")).without("myanmar", "burma") == Overrides()


def test_words_are_aliases_where_they_alone_tell_two_spellings_apart() -> None:
    assert aliases_of([("Burma", "Myanmar")]) == (("Burma", "Myanmar"),)
    assert aliases_of([("Nouri Maliki", "Nuri al-Maliki")]) == (("Nouri", "Nuri"),)
    assert aliases_of([("Moussa Koussa", "Musa Kusa")]) == ()
    assert aliases_of([("Isis", "Islamic State")]) == ()


def test_an_article_is_no_word_of_a_name() -> None:
    assert naming_words("Ali al-Sistani") == ("Ali", "Sistani")
    assert naming_words("As it was") == ("As", "it", "was")


@pytest.mark.parametrize(
    ("query", "others"),
    [
        ("Isis in Iraq", ['"Islamic State" in Iraq']),
        ("islamic state", ["Isis"]),
        ('"Islamic State" in Iraq', ['"Isis" in Iraq']),
        ('"war on Isis now"', ['"war on Islamic State now"']),
        ("state islamic", []),
        ("Iraq", []),
        ("", []),
    ],
)
def test_a_query_is_put_in_other_words(query: str, others: list[str]) -> None:
    assert rephrased(query, joined(("Isis", "Islamic State")).groups()) == others


def test_the_article_of_a_name_goes_with_it() -> None:
    groups = joined(("Ali al-Sistani", "Grand Ayatollah")).groups()
    assert rephrased("plea of ali al-sistani", groups) == ['plea of "Grand Ayatollah"']
    assert rephrased("al-Qaeda", joined(("al-Qaeda", "The Base")).groups()) == ['"The Base"']


@given(PAIRS, st.text(max_size=40))
def test_groups_hold_each_spelling_once_and_a_query_without_them_stays(
    pairs: list[tuple[str, str]], query: str
) -> None:
    groups = joined(*(pair for pair in pairs if pair[0] != pair[1])).groups()
    spellings = [written for group in groups for written in group]
    assert len(spellings) == len(set(spellings))
    assert all(len(group) > 1 for group in groups)
    words = {fold_word(word) for group in groups for written in group for word in naming_words(written)}
    if not words & {fold_word(word) for word in naming_words(query)}:
        assert rephrased(query, groups) == []


def test_what_is_parted_does_not_come_together_by_way_of_others() -> None:
    """Search finds a name by all spellings of its group, so two that a reader has parted must be in two."""
    said = joined(("Burma", "Myanmar"), ("Myanmar", "Pagan")).part("Burma", "Pagan")
    assert said.groups() == (("Burma", "Myanmar"),)
