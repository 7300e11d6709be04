"""Which text is meant by the beginning of a name, and which step aside once a reader has texts of their own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from store.library import Library
from store.text_names import PAIR, AmbiguousName, aside, last_pair, pair_to_open, slugs_in_use, text_meant
from texts.articles import articles
from texts.model import Text
from texts.segment import passages
from tui.home import make_first_library


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    path = tmp_path / "library.db"
    make_first_library(path, "ana")
    with Library.open(path, reader="ana") as library:
        yield library


def add(library: Library, slug: str, title: str) -> None:
    body = f"{title}\n\nWords of {slug}, and a few more."
    library.texts.add(Text(slug, title, "", "a file", body, passages(body)))


def test_a_text_is_found_by_any_unambiguous_beginning(library: Library) -> None:
    add(library, "mill-crisis", "Mill crisis: Old rivals")
    add(library, "late-floods", "The late floods in Harrow")
    for name in ("mill-crisis", "mill", "Mill cri", "crisis", "old"):
        assert text_meant(library, name) == "mill-crisis"
    assert text_meant(library, "the late") == text_meant(library, "floods") == "late-floods"
    assert text_meant(library, "brewery") is None
    assert text_meant(library, " ") is None
    add(library, "mill", "Something else")
    assert text_meant(library, "mill") == "mill"
    with pytest.raises(AmbiguousName, match="could be 2 texts: mill, mill-crisis"):
        text_meant(library, "mil")


@pytest.mark.parametrize(("more", "named"), [(5, "; write"), (6, " …; write")])
def test_of_very_many_texts_that_a_name_could_mean_five_are_named(
    library: Library, more: int, named: str
) -> None:
    for number in range(more):
        add(library, f"tide-{number}", "A tide")
    with pytest.raises(AmbiguousName) as error:
        text_meant(library, "tide")
    assert str(error.value).startswith(
        f"“tide” could be {more} texts: tide-0, tide-1, tide-2, tide-3, tide-4{named}"
    )


def test_what_came_with_the_program_steps_aside_once_there_is_something_else(library: Library) -> None:
    assert slugs_in_use(library) == ["analysis", "editorial"]
    assert last_pair(library) == ("editorial", "analysis")
    add(library, "mill", "The mill")
    add(library, "fire", "A fire")
    assert aside(library) == {"analysis", "editorial"}
    assert slugs_in_use(library) == ["fire", "mill"]
    assert last_pair(library) == ("fire", "mill")


def test_what_is_open_or_marked_does_not_step_aside(library: Library) -> None:
    add(library, "mill", "The mill")
    library.ui_state.put(PAIR, ["mill", "analysis"])
    assert aside(library) == {"editorial"}
    editorial = library.texts.get("editorial")
    library.highlights.mark("editorial", editorial.numbered[1].span)
    assert aside(library) == frozenset()
    assert pair_to_open(library, ["mill", "gone"]) == ("mill", "")


def test_the_articles_say_that_they_come_with_the_program(library: Library) -> None:
    add(library, "mill", "The mill")
    assert {article.slug for article in articles()} == aside(library)
