"""Links and dismissed suggestions; notes on texts and the library; drafts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from store.library import Library, LibraryError, NotFound
from store.links import KINDS
from texts.model import Span, Text
from texts.segment import passages

BODY = "A text of some words, which is long enough to be marked in many places."


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library.db", reader="ana") as library:
        for slug in ("one", "two", "three"):
            body = f"{BODY} {slug}"
            library.texts.add(Text(slug, slug, "", "", body, passages(body)))
        yield library


def mark(library: Library, slug: str, start: int = 0) -> int:
    return library.highlights.mark(slug, Span(start, start + 5)).id


def test_a_link_says_what_it_is(library: Library) -> None:
    left, right = mark(library, "one"), mark(library, "two")
    link = library.links.add(left, right, kind="supports", note="how")
    assert (link.left, link.right, link.kind, link.mutual, link.note, link.reader) == (
        left, right, "supports", False, "how", "ana",
    )  # fmt: skip
    assert library.links.of(left) == library.links.of(right) == [link]
    assert library.links.add(right, left).mutual


def test_the_ends_of_links_in_each_text(library: Library) -> None:
    assert library.links.ends_in("one") == set()
    first, second, alone = (mark(library, "one", start) for start in (0, 10, 20))
    far = mark(library, "two")
    library.links.add(first, far)
    library.links.add(far, second)
    assert library.links.ends_in("one") == {first, second}
    assert library.links.ends_in("two") == {far}
    assert library.links.ends_in("three") == library.links.ends_in("no text") == set()
    assert library.links.ends() == {first, second, far}
    assert alone not in library.links.ends()


def test_the_same_link_twice_is_one(library: Library) -> None:
    left, right = mark(library, "one"), mark(library, "two")
    link = library.links.add(left, right)
    assert library.links.add(left, right) == library.links.add(right, left) == link
    directed = library.links.add(left, right, kind="answers")
    assert library.links.add(right, left, kind="answers") != directed
    assert len(library.links.list()) == 3


def test_what_cannot_be_linked(library: Library) -> None:
    left = mark(library, "one")
    for act in (
        lambda: library.links.add(left, left),
        lambda: library.links.add(left, 99),
        lambda: library.links.add(left, mark(library, "two"), kind=" \n"),
        lambda: library.links.get(5),
        lambda: library.links.delete([5]),
    ):
        with pytest.raises(LibraryError):
            act()
    assert library.links.list() == []


def test_links_by_text_and_pair(library: Library) -> None:
    ids = {slug: mark(library, slug) for slug in ("one", "two", "three")}
    across = library.links.add(ids["one"], ids["two"])
    other = library.links.add(ids["three"], ids["two"])
    inside = library.links.add(ids["one"], mark(library, "one", 9))
    assert library.links.list("one") == [across, inside]
    assert library.links.list("two", "one") == [across]
    assert library.links.list("two", "three") == [other]
    assert library.links.list("one", "one") == [inside]
    assert library.links.list() == [across, other, inside]


def test_editing_turning_and_deleting(library: Library) -> None:
    link = library.links.add(mark(library, "one"), mark(library, "two"), kind="quotes")
    assert library.links.edit(link.id, kind="reader's own", note="n").kind == "reader's own"
    assert library.links.kinds() == [*KINDS, "reader's own"]
    turned = library.links.turn(link.id)
    assert (turned.left, turned.right) == (link.right, link.left)
    library.links.delete(link.id)
    assert library.links.list() == []
    for _ in range(3):
        library.journal.undo()
    assert library.links.get(link.id) == link


def test_a_new_kind_brings_its_nature_unless_somebody_said_otherwise(library: Library) -> None:
    one, two = (library.highlights.mark("one", Span(start, start + 3)).id for start in (0, 4))
    link = library.links.add(one, two, kind="same")
    assert link.mutual
    assert not library.links.edit(link.id, kind="supports").mutual
    assert library.links.edit(link.id, kind="same").mutual
    library.links.edit(link.id, mutual=False)
    assert not library.links.edit(link.id, kind="contradicts").mutual


def test_deleting_a_highlight_deletes_its_links_in_the_same_step(library: Library) -> None:
    left, right = mark(library, "one"), mark(library, "two")
    link = library.links.add(left, right)
    library.highlights.delete(left)
    assert library.links.list() == []
    library.journal.undo()
    assert library.links.of(right) == [link]


def test_dismissed_suggestions_are_listed_and_taken_back(library: Library) -> None:
    one = library.links.dismiss("one", Span(0, 5), "two", Span(3, 9))
    assert library.links.dismiss("one", Span(0, 5), "two", Span(3, 9)) == one
    assert library.links.dismiss("two", Span(3, 9), "one", Span(0, 5)).id == one.id
    other = library.links.dismiss("two", Span(0, 5), "three", Span(3, 9))
    assert library.links.dismissed() == [one, other]
    assert library.links.dismissed("one") == [one]
    (turned,) = library.links.dismissed("two", "one")
    assert (turned.left, turned.left_span, turned.right, turned.right_span) == (
        "two",
        Span(3, 9),
        "one",
        Span(0, 5),
    )
    library.links.take_back([one.id])
    assert library.links.dismissed() == [other]
    library.journal.undo()
    assert library.links.dismissed() == [one, other]
    with pytest.raises(LibraryError):
        library.links.dismiss("one", Span(0, 5000), "two", Span(0, 1))


def test_each_reader_has_a_note_on_each_text_and_on_the_library(library: Library) -> None:
    on_text = library.notes.write("# On one", "one")
    on_library = library.notes.write("On all")
    assert library.notes.mine("one") == on_text
    assert library.notes.list() == [on_library, on_text]
    with Library.open(library.path, reader="bert") as theirs:
        assert theirs.notes.mine("one") is None
        theirs.notes.write("Not so", "one")
    assert [note.reader for note in library.notes.of("one")] == ["ana", "bert"]
    before = library.journal.history()
    assert library.notes.write("# On one", "one") == on_text
    assert library.notes.write("On all") == on_library
    with Library.open(library.path, reader="carl") as theirs:
        assert theirs.notes.write("", "one") is None
    assert library.journal.history() == before, "words that stand there already are no act"
    changed = library.notes.write("# On one, again", "one")
    assert changed is not None
    assert on_text is not None
    assert (changed.id, changed.words) == (on_text.id, "# On one, again")
    assert library.notes.write("", "one") is None
    assert [note.reader for note in library.notes.of("one")] == ["bert"]
    library.journal.undo()
    library.journal.undo()
    assert library.notes.mine("one") == on_text
    with pytest.raises(NotFound):
        library.notes.write("x", "nowhere")
    with pytest.raises(NotFound):
        library.notes.delete(99)


def test_a_draft_outlives_the_program_and_leaves_no_trace_in_the_journal(library: Library) -> None:
    before = library.journal.history()
    library.drafts.keep("highlight:3", "half a thou")
    library.drafts.keep("highlight:3", "half a thought")
    assert library.journal.history() == before
    with Library.open(library.path) as again:
        (draft,) = again.drafts.list()
        assert (draft.key, draft.words, draft.reader) == ("highlight:3", "half a thought", "ana")
        assert again.drafts.get("highlight:3") == draft
        again.drafts.drop("highlight:3")
    assert library.drafts.get("highlight:3") is None
