"""The word diff of an old and a new quote."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from texts.diff import DiffKind, word_diff

WORDING = st.one_of(
    st.text(max_size=40),
    st.lists(st.sampled_from(["the", "old", "house", "’s", " – ", ", ", "\n", "“", "🦆"]), max_size=20).map(
        " ".join
    ),
)


def shown(old: str, new: str) -> str:
    """The diff as a line: [-deleted-] and {+inserted+}."""
    line = ""
    for kind, before, after in word_diff(old, new):
        words = {DiffKind.SAME: "{}", DiffKind.DELETED: "[-{}-]", DiffKind.INSERTED: "{{+{}+}}"}[kind]
        line += words.format(new[slice(*after)] if kind is not DiffKind.DELETED else old[slice(*before)])
    return line


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("The old house", "The old house", "The old house"),
        ("The old house", "The new house", "The [-old -]{+new +}house"),
        ("The house", "The old house", "The {+old +}house"),
        ("The old house", "The house", "The [-old -]house"),
        ("one two three", "four five six", "[-one two three-]{+four five six+}"),
        ("the end", "the end.", "the end{+.+}"),
        ("Maliki’s men", "Maliki's men", "Maliki's men"),
        ("so – said", "so -  said", "so -  said"),
        ("a Word", "a word", "a [-Word-]{+word+}"),
        ("", "new", "{+new+}"),
        ("old", "", "[-old-]"),
        ("", "", ""),
    ],
)
def test_a_diff_reads_as_a_person_would_mark_it(old: str, new: str, line: str) -> None:
    assert shown(old, new) == line


@given(WORDING, WORDING)
def test_the_spans_tile_both_wordings(old: str, new: str) -> None:
    at = there = 0
    for kind, before, after in word_diff(old, new):
        assert (before.start, after.start) == (at, there)
        assert (before.start == before.end) == (kind is DiffKind.INSERTED)
        assert (after.start == after.end) == (kind is DiffKind.DELETED)
        at, there = before.end, after.end
    assert (at, there) == (len(old), len(new))


@given(WORDING, WORDING)
def test_neighbours_are_of_different_kinds_and_deletions_come_first(old: str, new: str) -> None:
    kinds = [change.kind for change in word_diff(old, new)]
    for before, after in pairwise(kinds):
        assert before is not after
        assert (before, after) != (DiffKind.INSERTED, DiffKind.DELETED)


@given(WORDING)
def test_the_same_wording_is_the_same(wording: str) -> None:
    assert [change.kind for change in word_diff(wording, wording)] == [DiffKind.SAME] * bool(wording)
