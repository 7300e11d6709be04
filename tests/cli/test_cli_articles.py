"""The main job on the two articles that the program is made for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Tui = Callable[..., Any]

SHARED = Path(__file__).resolve().parents[3] / "shared" / "texts"
pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="wants the articles in ../shared/texts")


@pytest.fixture
def articles(tui: Tui) -> Tui:
    """`tui` on a library with the editorial and the analysis."""
    editorial, analysis = sorted(SHARED.glob("*.txt"))
    assert tui("add", "--slug", "editorial", editorial).code == 0
    assert tui("add", "--slug", "analysis", analysis).code == 0
    return tui


@pytest.mark.parametrize("query", ["Sistani", "Systani"])
def test_sistani_is_found_once_in_each(articles: Tui, query: str) -> None:
    hits = articles("search", query, "--json").data
    assert {(hit["text"], hit["passage"]) for hit in hits} == {("editorial", 9), ("analysis", 6)}
    assert [hit["quote"] for hit in hits] == ["Sistani", "Sistani"]


def test_a_name_is_found_in_both_spellings(articles: Tui) -> None:
    hits = articles("search", "Nouri al Maliki", "--json", "--min-score", 70).data
    assert {hit["quote"] for hit in hits} == {"Nouri Maliki", "Nuri al-Maliki"}


def test_furniture_answers_nothing(articles: Tui) -> None:
    for query in ("newsletter", "Share", "recruitment", "subscribe", "Facebook"):
        hits = articles("search", query, "--exact", "--json").data
        assert all(hit["passage"] is not None for hit in hits)


def test_the_first_answer_to_the_sistani_passage_is_the_sistani_passage(articles: Tui) -> None:
    pairs = articles("related", "editorial", "analysis", "--passage", 9, "--json").data
    assert pairs[0]["right"]["passage"] == 6


def test_two_marks_come_out_as_two_full_rows(articles: Tui) -> None:
    for slug in ("editorial", "analysis"):
        assert articles("mark", slug, "Sistani", "--tag", "actor/sistani", "--note", "cleric").code == 0
    assert articles("link", 1, 2, "--kind", "same").code == 0
    rows = articles("annotations", "--json").data
    assert [(row["text"], row["passage"], row["tags"]) for row in rows] == [
        ("analysis", 6, ["actor/sistani"]),
        ("editorial", 9, ["actor/sistani"]),
    ]
    assert all(row[key] for row in rows for key in row if key not in ("star",))
