"""`tui corpus search` says what `tui search` says of the same texts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Tui = Callable[..., Any]


@pytest.fixture
def both(library: Tui, mill: Path, fire: Path) -> Tui:
    """`tui` on a library and a corpus that have the same two texts."""
    assert library("corpus", "make", "fires", mill, fire).code == 0
    return library


@pytest.mark.parametrize(
    "asked",
    [
        ("Tomas Reyl",),
        ('"Moore-Hay"',),
        ("--exact", "wheel"),
        ("--word", "mill"),
        ("--regex", r"\b[A-Z]\w+"),
        ("mayor", "-C", "1"),
        ("river", "--csv"),
        ("watermil", "--json"),
        ("county", "--limit", "1", "--json"),
        ("mayor river", "--min-score", "0", "--json"),
    ],
)
def test_it_says_the_same_as_a_search_of_the_library(both: Tui, asked: tuple[str, ...]) -> None:
    expected = both("search", *asked, "--in", "mill", "--in", "fire")
    assert expected.out
    assert both("corpus", "search", "fires", *asked) == expected


def test_nothing_is_found_and_an_unknown_corpus_is_told(both: Tui) -> None:
    assert both("corpus", "search", "fires", "xylophone") == (1, "", "")
    said = both("corpus", "search", "floods", "mill")
    assert (said.code, said.err) == (2, "tui: there is no corpus “floods”: there are fires\n")
