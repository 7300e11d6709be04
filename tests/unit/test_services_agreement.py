"""Which two readers are held against each other, what of theirs counts, and how a place is told where they differ."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from store.errors import LibraryError, NotFound
from store.library import Library
from store.services.agreement import compare_readers, difference, readers_in, two_readers
from texts.load import load_bytes
from texts.model import Span

BODY = "The mill burned.\n\nNobody was hurt in the fire.\n\nIt stood for years."
TEXTS = ("fire", "flood", "storm")


@pytest.fixture
def marked(tmp_path: Path) -> Callable[..., Library]:
    """Makes a library in which each reader has marked the first word of texts, given as `reader=text words tags`."""

    def made(**marks: tuple[tuple[str, Span, tuple[str, ...]], ...]) -> Library:
        path = tmp_path / "library.db"
        with Library.open(path, reader="maker") as library:
            for slug in TEXTS:
                library.texts.add(load_bytes(f"{BODY} A {slug}.".encode(), f"{slug}.txt", slug=slug))
        for reader, places in marks.items():
            with Library.open(path, reader=reader) as library:
                for text, span, tags in places:
                    library.highlights.mark(text, span, tags=tags)
        return Library.open(path, reader="maker")

    return made


MARK = ("fire", Span(0, 8), ())


@pytest.mark.parametrize(
    ("readers", "named", "said"),
    [
        pytest.param({}, (), "there are no two readers to compare; nobody has highlights here", id="nobody"),
        pytest.param(
            {"ann": 1}, (), "there are no two readers to compare; only ann has highlights", id="only one"
        ),
        pytest.param(
            {"ann": 1, "bo": 2, "cy": 1},
            (),
            "there are more than two readers: name two of them; highlights are by ann (1), bo (2), cy (1)",
            id="three",
        ),
        pytest.param({"ann": 1, "bo": 1}, ("ann", "ann"), "ann cannot be compared with themselves", id="one"),
        pytest.param({"ann": 1, "bo": 1}, ("ann", None), "name two readers, or none where", id="half named"),
        pytest.param({"ann": 1, "bo": 1}, ("ann", "cy"), "cy has marked nothing in this library", id="unknown"),
        pytest.param({"ann": 1}, ("ann", "bo"), "bo has marked nothing in this library; only ann", id="absent"),
    ],
)  # fmt: skip
def test_who_cannot_be_compared_is_told_with_who_there_is(
    marked: Callable[..., Library], readers: dict[str, int], named: tuple[str | None, ...], said: str
) -> None:
    with marked(
        **{name: tuple(("fire", Span(0, 8 - k), ()) for k in range(many)) for name, many in readers.items()}
    ) as library:
        assert readers_in(library) == readers
        with pytest.raises(LibraryError) as refused:
            two_readers(library, *named)
        assert str(refused.value).startswith(said)
        assert isinstance(refused.value, NotFound) == ("nothing in this library" in said)


def test_two_readers_are_meant_by_themselves_or_as_they_are_named(marked: Callable[..., Library]) -> None:
    with marked(bo=(MARK,), ann=(MARK,)) as library:
        assert two_readers(library) == ("ann", "bo")
        assert two_readers(library, "bo", "ann") == ("bo", "ann")


@pytest.mark.parametrize(
    ("tag", "ones", "others"),
    [
        pytest.param(None, [("claim",), ("claim/strong",), ("claimant",), ()], [("other",)], id="no tag"),
        pytest.param("claim", [("claim",), ("claim/strong",)], [], id="a tag and those below it"),
        pytest.param("claim/strong", [("claim/strong",)], [], id="a tag below"),
        pytest.param("other", [], [("other",)], id="of the other reader"),
    ],
)
def test_with_a_tag_only_what_has_it_counts(
    marked: Callable[..., Library],
    tag: str | None,
    ones: list[tuple[str, ...]],
    others: list[tuple[str, ...]],
) -> None:
    places = [Span(0, 3), Span(4, 8), Span(9, 16), Span(18, 24)]
    tags = [("claim",), ("claim/strong",), ("claimant",), ()]
    mine = tuple(("fire", span, each) for span, each in zip(places, tags, strict=True))
    with marked(ann=mine, bo=(("fire", Span(48, 50), ("other",)),)) as library:
        found = compare_readers(library, "ann", "bo", tag=tag)
        assert found.texts == ("fire",)
        assert (found.agreement.marked.highlights.one, found.agreement.marked.highlights.other) == (
            len(ones),
            len(others),
        )
        assert found.told
        assert not compare_readers(library, "ann", "bo", tag="nothing").told


def test_texts_of_one_reader_alone_are_left_out_and_orphans_counted(marked: Callable[..., Library]) -> None:
    mine = (MARK, ("flood", Span(0, 3), ()), ("storm", Span(4, 8), ()))
    with marked(ann=mine, bo=(MARK, ("flood", Span(4, 8), ()))) as library:
        library.highlights.orphan(
            next(each.id for each in library.highlights.find(text="flood", reader="ann"))
        )
        found = compare_readers(library, "ann", "bo")
        assert (found.texts, dict(found.only_one), found.orphans) == (
            ("fire",),
            {"storm": "ann", "flood": "bo"},
            0,
        )
        one_text = compare_readers(library, "ann", "bo", text="flood")
        assert (one_text.texts, dict(one_text.only_one), one_text.orphans) == (("flood",), {}, 1)
        highlights = one_text.agreement.marked.highlights
        assert (highlights.one, highlights.other) == (0, 1)


def test_a_difference_says_what_each_has_made_of_the_words(marked: Callable[..., Library]) -> None:
    with marked(
        ann=(("fire", Span(0, 8), ("b", "a")), ("fire", Span(18, 24), ("c",))),
        bo=(("fire", Span(0, 8), ()), ("fire", Span(18, 30), ("c",)), ("fire", Span(48, 56), ("d",))),
    ) as library:
        found = compare_readers(library, "ann", "bo")
        told = {difference(place, found) for place in found.agreement.places}
        assert "ann: a, b · bo: no tag" in told
        assert "ann: – · bo: d" in told
