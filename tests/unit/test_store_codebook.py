"""The codebook: a tree of tags, reshaped in one step each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.codebook import PALETTE
from store.library import Library, LibraryError, NotFound
from store.records import Count
from store.sanitize import tag_path
from texts.model import Span, Text
from texts.segment import passages

BODY = "A text of some words, which is long enough to be marked in many places."


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library.db", reader="ana") as library:
        for slug in ("one", "two"):
            body = f"{BODY} {slug}"
            library.texts.add(Text(slug, slug, "", "", body, passages(body)))
        yield library


def paths(library: Library) -> list[str]:
    return [tag.path for tag in library.codebook.list()]


def state(library: Library) -> object:
    return library.codebook.list(), library.codebook.quick(), library.highlights.find(), library.links.list()


def test_tags_get_colours_in_turn_and_letters_of_their_own(library: Library) -> None:
    tags = [library.codebook.ensure(path) for path in ("actor/maliki", "place/mosul", "m", "mm", "1")]
    assert [tag.colour for tag in tags] == list(PALETTE)[:5]
    assert [tag.letter for tag in tags] == ["M", "O", "A", "B", "1"]
    assert library.codebook.ensure("actor/maliki") == tags[0]


def test_when_all_letters_are_taken_they_are_shared(library: Library) -> None:
    with library.act("many"):
        tags = [library.codebook.ensure(f"tag {number}") for number in range(70)]
    assert len({tag.letter for tag in tags}) == 62
    assert all(len(tag.letter) == 1 for tag in tags)


@given(st.text(max_size=30))
def test_a_path_is_refused_or_has_one_spelling(raw: str) -> None:
    refusal = ""
    path = "-"
    try:
        path = tag_path(raw)
    except LibraryError as error:
        refusal = str(error)
    assert refusal.isprintable()
    assert tag_path(path) == path
    assert path.replace("\u200c", "").replace("\u200d", "").replace("/", "").strip()


def test_blanks_round_parts_and_decomposed_letters_make_no_second_tag(library: Library) -> None:
    tag = library.codebook.ensure("ort/Köln")
    assert library.codebook.ensure(" ort / Ko\u0308ln ") == tag
    assert library.codebook.ensure('a; "b", c').path == 'a; "b", c'


def test_counts_are_own_and_below_each_highlight_once(library: Library) -> None:
    mark = library.highlights.mark
    mark("one", Span(0, 3), tags=["actor", "actor/maliki"])
    mark("one", Span(3, 6), tags=["actor/maliki", "actor/maliki/early"])
    mark("two", Span(0, 3), tags=["actor/sistani"])
    library.codebook.ensure("unused")
    assert library.codebook.counts() == {
        "actor": Count(1, 3),
        "actor/maliki": Count(2, 2),
        "actor/maliki/early": Count(1, 1),
        "actor/sistani": Count(1, 1),
        "unused": Count(0, 0),
    }
    assert library.codebook.counts("two")["actor"] == Count(0, 1)
    assert library.codebook.counts_by_text("actor") == {"one": Count(1, 2), "two": Count(0, 1)}
    with pytest.raises(NotFound):
        library.codebook.counts("three")


def test_renaming_takes_along_what_lies_below(library: Library) -> None:
    for path in ("a", "a/x", "a/x/y", "ab", "b"):
        library.codebook.ensure(path)
    library.highlights.mark("one", Span(0, 3), tags=["a/x"])
    before = state(library)
    library.codebook.rename("a", "c/d")
    assert paths(library) == ["ab", "b", "c/d", "c/d/x", "c/d/x/y"]
    assert library.highlights.find()[0].tags == ("c/d/x",)
    library.journal.undo()
    assert state(library) == before


@pytest.mark.parametrize(
    ("old", "new"), [("a", "a/a"), ("a/a", "a/b"), ("a/a", "a/a/a"), ("a", "b"), ("b/a", "a/c")]
)
def test_renaming_within_its_own_branch(library: Library, old: str, new: str) -> None:
    names = ["a", "a/a", "a/a/a", "b/a", "b/a/a"]
    for path in names:
        library.codebook.ensure(path)
    before = state(library)
    expected = [new + p.removeprefix(old) if p == old or p.startswith(f"{old}/") else p for p in names]
    if len(set(expected)) < len(names):
        with pytest.raises(LibraryError, match="already"):
            library.codebook.rename(old, new)
    else:
        library.codebook.rename(old, new)
        assert set(paths(library)) == set(expected)
        library.journal.undo()
    assert state(library) == before


def test_a_name_that_is_taken_is_refused(library: Library) -> None:
    for path in ("a/x", "b/x", "b/y"):
        library.codebook.ensure(path)
    with pytest.raises(LibraryError, match="merge"):
        library.codebook.rename("a", "b")
    with pytest.raises(NotFound, match="did you mean"):
        library.codebook.rename("a/xx", "c")


def test_moving_under_another_and_to_the_top(library: Library) -> None:
    library.codebook.ensure("person/maliki/early")
    assert library.codebook.move("person/maliki", "actor") == "actor/maliki"
    assert paths(library) == ["actor/maliki/early"]
    assert library.codebook.move("actor/maliki", None) == "maliki"
    assert paths(library) == ["maliki/early"]


def test_merging_joins_duplicates_branches_and_descriptions(library: Library) -> None:
    mark = library.highlights.mark
    mark("one", Span(0, 3), tags=["a", "b"])
    mark("one", Span(3, 6), tags=["a/x"])
    mark("one", Span(6, 9), tags=["b/x", "c"])
    library.codebook.describe("a", "About a.")
    library.codebook.describe("c", "About c.")
    library.codebook.set_quick(4, "a")
    before = state(library)
    tag = library.codebook.merge(["a", "b"], "c")
    assert tag.description == "About c.\n\nAbout a."
    assert paths(library) == ["c", "c/x"]
    assert [h.tags for h in library.highlights.find()] == [("c",), ("c/x",), ("c/x", "c")]
    assert library.codebook.quick() == {4: library.codebook.get("c")}
    assert library.journal.history(1)[0].label == "merged a, b into c"
    library.journal.undo()
    assert state(library) == before


def test_merging_into_what_lies_below_or_is_not_there(library: Library) -> None:
    library.codebook.ensure("a/b")
    with pytest.raises(LibraryError, match="rename"):
        library.codebook.merge("a", "a/b")
    with pytest.raises(NotFound):
        library.codebook.merge(["a", "nothing"], "c")
    assert paths(library) == ["a/b"]
    assert library.codebook.merge("a/b", "a/b") == library.codebook.get("a/b")
    assert library.codebook.merge(["a/b"], "a").path == "a"
    assert paths(library) == ["a"]


def test_merging_both_a_branch_and_what_lies_below_it(library: Library) -> None:
    for path in ("a", "a/b", "a/b/c"):
        library.codebook.ensure(path)
    library.codebook.merge(["a", "a/b"], "z")
    assert set(paths(library)) == {"z", "z/c"}


def test_deleting_with_and_without_what_it_marks(library: Library) -> None:
    mark = library.highlights.mark
    first = mark("one", Span(0, 3), tags=["a", "b"])
    second = mark("one", Span(3, 6), tags=["a/x"])
    third = mark("one", Span(6, 9), tags=["b"])
    library.links.add(second.id, third.id)
    before = state(library)
    library.codebook.delete("a")
    assert [h.tags for h in library.highlights.find()] == [("b",), (), ("b",)]
    assert paths(library) == ["b"]
    library.journal.undo()
    assert state(library) == before
    library.codebook.delete("a", highlights=True)
    assert library.highlights.find() == [third]
    assert library.links.list() == []
    library.journal.undo()
    assert state(library) == before
    assert first.tags == ("a", "b")


def test_colour_letter_description(library: Library) -> None:
    tag = library.codebook.ensure("a")
    library.codebook.colour("a", "vermilion")
    library.codebook.letter("a", "z")
    library.codebook.describe("a", "*what*\nit is")
    changed = library.codebook.get("a")
    assert (changed.colour, changed.letter, changed.description) == ("vermilion", "z", "*what*\nit is")
    for _ in range(3):
        library.journal.undo()
    assert library.codebook.get("a") == tag
    for act in (
        lambda: library.codebook.colour("a", "puce"),
        lambda: library.codebook.letter("a", "ab"),
        lambda: library.codebook.letter("a", "é"),
        lambda: library.codebook.colour("nothing", "blue"),
    ):
        with pytest.raises(LibraryError):
            act()


def test_quick_tags_are_one_a_digit_and_undone(library: Library) -> None:
    library.codebook.set_quick(1, "a")
    library.codebook.set_quick(2, "b")
    library.codebook.set_quick(1, "b")
    assert {digit: tag.path for digit, tag in library.codebook.quick().items()} == {1: "b"}
    library.journal.undo()
    assert {digit: tag.path for digit, tag in library.codebook.quick().items()} == {1: "a", 2: "b"}
    library.codebook.set_quick(1, None)
    assert {digit: tag.path for digit, tag in library.codebook.quick().items()} == {2: "b"}
    with pytest.raises(LibraryError):
        library.codebook.set_quick(0, "a")


def test_a_tag_used_five_thousand_times_merges_and_comes_back(library: Library) -> None:
    with library.act("many"):
        spans = [Span(start, end) for end in range(1, 75) for start in range(end)]
        for number in range(5000):
            library.highlights.mark(
                ("one", "two")[number // 2500], spans[number % 2500], tags=["a" if number % 2 else "b"]
            )
        library.highlights.tag([h.id for h in library.highlights.find(tag="a")[:1000]], "b")
    before = library.highlights.find()
    library.codebook.merge(["a", "b"], "c")
    assert library.codebook.counts() == {"c": Count(5000, 5000)}
    library.journal.undo()
    assert library.highlights.find() == before


def test_what_one_reader_marked_with_both_tags_becomes_one_highlight_with_all_that_hung_on_either(
    library: Library,
) -> None:
    word = Span(2, 6)
    first = library.highlights.mark("one", word, tags=["a", "x"], note="why")
    second = library.highlights.mark("one", word, tags=["b", "y"], note="who", star=True)
    elsewhere = library.highlights.mark("one", Span(7, 9), tags=["a"])
    far = library.highlights.mark("two", word)
    library.links.add(second.id, far.id, kind="answers", note="so it is")
    library.links.add(first.id, far.id, kind="same")
    library.links.add(second.id, far.id, kind="same")
    before = state(library)
    library.codebook.merge("b", "a")
    (joined, other) = library.highlights.find(tag="a")
    assert (joined.id, joined.tags, joined.note, joined.star) == (
        first.id, ("a", "x", "y"), "why\n\nwho", True,
    )  # fmt: skip
    assert other.id == elsewhere.id
    assert {(link.left, link.right, link.kind, link.note) for link in library.links.list()} == {
        (first.id, far.id, "answers", "so it is"), (first.id, far.id, "same", ""),
    }  # fmt: skip
    library.journal.undo()
    assert state(library) == before
    library.journal.redo()
    assert library.codebook.counts()["a"] == Count(2, 2)


def test_what_two_readers_marked_stays_two_highlights_when_their_tags_become_one(tmp_path: Path) -> None:
    for reader, tag in (("ana", "a"), ("bo", "b")):
        with Library.open(tmp_path / "library.db", reader=reader) as library:
            if reader == "ana":
                library.texts.add(Text("one", "one", "", "", BODY, passages(BODY)))
            library.highlights.mark("one", Span(2, 6), tags=[tag])
            if reader == "bo":
                library.codebook.merge("b", "a")
                assert [(each.reader, each.tags) for each in library.highlights.find()] == [
                    ("ana", ("a",)), ("bo", ("a",)),
                ]  # fmt: skip


def test_links_between_two_that_become_one_go_and_none_leads_to_itself(library: Library) -> None:
    one, two = (library.highlights.mark("one", Span(2, 6), tags=[tag]) for tag in "ab")
    library.links.add(one.id, two.id)
    library.codebook.merge("a", "b")
    assert len(library.highlights.find()) == 1
    assert library.links.list() == []


def test_the_first_nine_tags_take_the_digits_by_themselves(library: Library) -> None:
    made = [library.codebook.ensure(f"tag/{number}") for number in range(11)]
    assert library.codebook.digits() == dict(enumerate(made[:9], 1))
    assert library.codebook.quick() == {}
    library.codebook.delete("tag/2")
    library.codebook.rename("tag/3", "other")
    library.codebook.ensure("another")
    assert [*library.codebook.digits()] == [1, 2, 4, 5, 6, 7, 8, 9]
    assert library.codebook.digits()[4].path == "other"


def test_a_digit_that_was_chosen_is_not_taken_away(library: Library) -> None:
    for path in "abc":
        library.codebook.ensure(path)
    library.codebook.set_quick(2, "a")
    assert {digit: tag.path for digit, tag in library.codebook.digits().items()} == {2: "a", 3: "c"}
    library.codebook.set_quick(2, None)
    assert {digit: tag.path for digit, tag in library.codebook.digits().items()} == {1: "a", 2: "b", 3: "c"}
