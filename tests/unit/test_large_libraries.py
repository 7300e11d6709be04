"""What is asked of a large library costs what the answer holds: counted in steps, not in seconds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from store.annotations import annotated, linked
from store.highlight_queries import Order
from store.library import Library
from store.records import Anchor
from tests.support.large_library import Size, make, tag

SMALL, LARGE = 2_000, 40_000
"""Highlights: twenty times as many."""
RARE = tag(30)

Ask = Callable[[Library], object]


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Library, Library]]:
    """A small library and a large one, in which the same few things are rare."""
    folder = tmp_path_factory.mktemp("large")
    libraries = []
    for number in (SMALL, LARGE):
        path = folder / f"{number}.db"
        make(path, Size(highlights=number, texts=4, words=3000, tags=20))
        library = Library.open(path, reader="ana")
        for each in library.highlights.each(library.highlights.ids(text="text-00001", most=12)):
            library.highlights.tag(each.id, RARE)
            library.highlights.star(each.id, True)
        one, two = library.highlights.ids(tag=RARE, most=2)
        library.links.add(one, two)
        libraries.append(library)
    yield libraries[0], libraries[1]
    for library in libraries:
        library.close()


@contextmanager
def steps(library: Library) -> Iterator[list[int]]:
    """Counts hundreds of steps of SQLite's machine."""
    counted = [0]

    def step() -> None:
        counted[0] += 1

    raw = library.connection.raw
    raw.set_progress_handler(step, 100)
    try:
        yield counted
    finally:
        raw.set_progress_handler(None, 100)


def steps_of(library: Library, ask: Ask) -> int:
    """Hundreds of steps that SQLite takes for an answer."""
    ask(library)  # statements are compiled, texts read
    with steps(library) as counted:
        ask(library)
    return counted[0]


def listed(library: Library, **asked: object) -> list[object]:
    """Annotations as a list shows them."""
    return list(annotated(library, library.highlights.each(library.highlights.ids(**asked))))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "ask",
    [
        lambda library: listed(library, tag=RARE),
        lambda library: listed(library, tag=RARE, text="text-00001"),
        lambda library: listed(library, star=True, tag=RARE),
        lambda library: listed(library, reader="nobody"),
        lambda library: listed(library, most=50),
        lambda library: listed(library, order=Order.NEWEST, most=50),
        lambda library: list(linked(library, library.links.each())),
        lambda library: list(linked(library, library.links.each("text-00001"))),
        lambda library: library.links.at(library.highlights.ids(tag=RARE)),
        lambda library: library.codebook.counts_by_text(RARE),
        lambda library: library.highlights.find(text="text-00002", anchor=Anchor.CHANGED),
    ],
)
def test_an_answer_of_the_same_size_takes_the_same_steps_in_a_library_twenty_times_as_large(
    both: tuple[Library, Library], ask: Ask
) -> None:
    small, large = (steps_of(library, ask) for library in both)
    assert large <= 1.5 * small + 5


def test_orphans_and_stars_are_found_by_their_own_indexes(both: tuple[Library, Library]) -> None:
    _, large = both
    everything = steps_of(large, lambda library: library.highlights.ids())
    for asked in ({"anchor": Anchor.ORPHAN}, {"anchor": Anchor.CHANGED}):
        assert (
            steps_of(large, lambda library, asked=asked: library.highlights.ids(**asked)) < everything / 100
        )
    assert steps_of(large, lambda library: library.highlights.ids(star=True)) < everything / 2


def test_a_list_reads_a_few_highlights_at_a_time(both: tuple[Library, Library]) -> None:
    _, large = both
    ids = large.highlights.ids()
    assert len(ids) == large.highlights.count() == LARGE
    first = next(large.highlights.each(ids))
    assert first == large.highlights.get(ids[0])
    with steps(large) as counted:
        next(annotated(large, large.highlights.each(ids)))
    assert counted[0] < steps_of(large, listed) / 20


def test_counting_tags_reads_no_highlight(both: tuple[Library, Library]) -> None:
    _, large = both
    uses = large.connection.value("SELECT count(*) FROM highlight_tag")
    assert 100 * steps_of(large, lambda library: library.codebook.counts()) < 60 * uses


def test_the_same_size_makes_the_same_library(tmp_path: Path) -> None:
    size = Size(highlights=300, texts=2, words=500, tags=30, links=20, tags_each=2, readers=2)
    told = []
    for name in ("one.db", "two.db"):
        make(tmp_path / name, size)
        with Library.open(tmp_path / name) as library:
            told.append((library.highlights.find(), library.links.list(), library.codebook.counts()))
            assert all(h.quote == library.texts.get(h.text).quote(h.span) for h in library.highlights.find())
            assert library.connection.rows("PRAGMA foreign_key_check") == []
    assert told[0] == told[1]
