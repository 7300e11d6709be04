"""Highlights: made, found, changed, joined and deleted, one act and one undo each."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store.library import Library, LibraryError, NotFound
from store.records import Anchor
from texts.model import Span, Text, united
from texts.segment import passages

BODY = (
    "The first paragraph names Nouri Maliki and says why.\n\n"
    "The second one is about Tehran, “and what it wants”.\n\n"
    "The third one ends the matter, as far as anybody can tell today."
)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library.db", reader="ana") as library:
        library.texts.add(Text("one", "One", "", "", BODY, passages(BODY)))
        library.texts.add(Text("two", "Two", "", "", f"{BODY} Or not.", passages(f"{BODY} Or not.")))
        yield library


def acts(library: Library) -> list[str]:
    return [act.label for act in library.journal.history()]


def test_a_highlight_has_its_words_and_their_surroundings(library: Library) -> None:
    start = BODY.index("Tehran")
    highlight = library.highlights.mark(
        "one", Span(start, start + 6), tags=["place/tehran", "star"], note="**so**", star=True
    )
    assert highlight.quote == "Tehran"
    assert highlight.before == BODY[start - 32 : start]
    assert highlight.after == BODY[start + 6 : start + 38]
    assert highlight.tags == ("place/tehran", "star")
    assert (highlight.note, highlight.star, highlight.reader) == ("**so**", True, "ana")
    assert (highlight.anchor, highlight.confidence) == (Anchor.EXACT, 100)
    assert highlight.created == highlight.updated
    assert highlight.created.endswith("Z")
    assert library.highlights.get(highlight.id) == highlight
    assert acts(library)[0] == "highlighted “Tehran” in One as place/tehran, star"


def test_a_highlight_with_gaps_is_one(library: Library) -> None:
    highlight = library.highlights.mark("one", [Span(20, 30), Span(0, 4), Span(4, 9)])
    assert highlight.parts == (Span(0, 9), Span(20, 30))
    assert highlight.span == Span(0, 30)
    assert highlight.quote == f"{BODY[:9]} … {BODY[20:30]}"
    assert library.highlights.of("one") == [highlight]


@pytest.mark.parametrize("place", [Span(0, 0), Span(-1, 3), Span(5, 3), Span(0, len(BODY) + 1), []])
def test_what_is_no_place_is_refused(library: Library, place: Span | list[Span]) -> None:
    before = acts(library)
    with pytest.raises(LibraryError):
        library.highlights.mark("one", place)
    assert library.highlights.find() == []
    assert acts(library) == before


def test_a_tag_that_cannot_be_one_leaves_no_highlight(library: Library) -> None:
    for path in ("", "a//b", "/", "a\nb", "a\x1b[0m", "\u202eevil", "x" * 201, "\ud800"):
        with pytest.raises(LibraryError) as refusal:
            library.highlights.mark("one", Span(0, 3), tags=["good", path])
        assert str(refusal.value).isprintable()
    assert library.highlights.find() == []
    assert library.codebook.list() == []


def test_they_come_in_the_order_of_the_text(library: Library) -> None:
    for start in (30, 5, 17):
        library.highlights.mark("one", Span(start, start + 4))
    library.highlights.mark("one", Span(5, 40))
    assert [h.span for h in library.highlights.of("one")] == [
        Span(5, 9),
        Span(5, 40),
        Span(17, 21),
        Span(30, 34),
    ]
    outlines = library.highlights.outlines("one")
    assert outlines == [h.outline for h in library.highlights.of("one")]
    assert library.highlights.outlines("one", Span(9, 18)) == outlines[1:3]


def test_finding_by_everything(library: Library) -> None:
    mark = library.highlights.mark
    maliki = mark("one", Span(26, 38), tags=["actor/maliki"], note="Who is he?")
    actor = mark("one", Span(0, 9), tags=["actor"], star=True)
    other = mark("two", Span(0, 9), tags=["actors"])
    plain = mark("two", Span(4, 9))
    find = library.highlights.find
    assert find() == [actor, maliki, other, plain]
    assert find(text="two") == [other, plain]
    assert find(tag="actor") == [actor, maliki]
    assert find(tag="actor/maliki") == [maliki]
    assert find(tag="nothing") == []
    assert find(star=True) == [actor]
    assert find(noted=True) == [maliki]
    assert find(tagged=False) == [plain]
    assert find(reader="bert") == []
    assert find(anchor=Anchor.EXACT, reader="ana") == find()
    assert find(words="nouri MALIKI") == [maliki]
    assert find(words="who is") == [maliki]
    assert find(words="actors") == [other]
    assert find(text="one", tag="actor", star=False) == [maliki]
    with pytest.raises(NotFound):
        find(text="three")


def test_acts_on_many_are_one_undo(library: Library) -> None:
    ids = [library.highlights.mark("one", Span(k, k + 3)).id for k in range(3)]
    h = library.highlights
    h.tag(ids[:1], "a/b")
    assert [x.tags for x in h.tag(ids, "a/b")] == [("a/b",)] * 3
    assert acts(library)[0] == "tagged 2 highlights a/b"
    assert all(x.star for x in h.star(ids, True))
    assert {x.note for x in h.note(ids, "same")} == {"same"}
    assert [x.tags for x in h.untag(ids, "a/b")] == [()] * 3
    h.delete(ids)
    assert h.find() == []
    library.journal.undo()
    assert len(h.find()) == 3
    library.journal.undo()
    assert all(x.tags == ("a/b",) for x in h.find())
    library.journal.undo()
    library.journal.undo()
    assert not any(x.star or x.note for x in h.find())


def test_what_changes_nothing_is_no_act(library: Library) -> None:
    highlight = library.highlights.mark("one", Span(0, 3), tags=["a"], star=True, note="n")
    before = acts(library)
    library.highlights.star(highlight.id, True)
    library.highlights.note(highlight.id, "n")
    library.highlights.tag(highlight.id, "a")
    library.highlights.untag(highlight.id, "b")
    library.highlights.confirm(highlight.id)
    assert acts(library) == before
    assert library.highlights.get(highlight.id) == highlight


def test_an_unknown_id_is_told_and_nothing_is_done(library: Library) -> None:
    highlight = library.highlights.mark("one", Span(0, 3))
    for act in (
        lambda: library.highlights.get(99),
        lambda: library.highlights.star([highlight.id, 99], True),
        lambda: library.highlights.delete([highlight.id, 99]),
        lambda: library.highlights.get(10**30),
    ):
        with pytest.raises(NotFound, match="no highlight"):
            act()
    assert library.highlights.find() == [highlight]


def test_moving_an_edge_takes_new_words(library: Library) -> None:
    highlight = library.highlights.mark("one", Span(4, 9))
    moved = library.highlights.move(highlight.id, Span(4, 19))
    assert (moved.quote, moved.after) == (BODY[4:19], BODY[19:51])
    library.journal.undo()
    assert library.highlights.get(highlight.id) == highlight


def test_joining_keeps_everything(library: Library) -> None:
    h = library.highlights
    first = h.mark("one", Span(0, 10), tags=["a"], note="first")
    second = h.mark("one", Span(8, 20), tags=["b", "a"], note="second", star=True)
    third = h.mark("one", Span(30, 40), note="first")
    far = h.mark("two", Span(0, 3))
    library.links.add(second.id, far.id, kind="supports")
    library.links.add(second.id, first.id)
    joined = h.join([first.id, second.id, third.id])
    assert joined.id == first.id
    assert joined.parts == (Span(0, 20), Span(30, 40))
    assert joined.tags == ("a", "b")
    assert joined.note == "first\n\nsecond"
    assert joined.star
    assert [(link.left, link.right) for link in library.links.list()] == [(first.id, far.id)]
    assert h.of("one") == [joined]
    library.journal.undo()
    assert h.of("one") == [first, second, third]
    assert len(library.links.list()) == 2
    assert h.join([first.id, second.id], note="mine").note == "mine"


def test_what_cannot_be_joined(library: Library) -> None:
    h = library.highlights
    one, other, far = h.mark("one", Span(0, 3)), h.mark("one", Span(9, 12)), h.mark("two", Span(0, 3))
    h.orphan(other.id)
    for ids in ([one.id], [one.id, one.id], [one.id, far.id], [one.id, other.id]):
        with pytest.raises(LibraryError):
            h.join(ids)


def test_orphaned_and_put_back_by_hand(library: Library) -> None:
    highlight = library.highlights.mark("one", Span(0, 9))
    (orphan,) = library.highlights.orphan(highlight.id)
    assert (orphan.anchor, orphan.confidence, orphan.quote) == (Anchor.ORPHAN, 0, highlight.quote)
    assert library.highlights.find(anchor=Anchor.ORPHAN) == [orphan]
    back = library.highlights.move(highlight.id, Span(4, 9))
    assert (back.anchor, back.confidence, back.quote) == (Anchor.EXACT, 100, BODY[4:9])


def test_words_that_no_file_can_hold_are_replaced(library: Library) -> None:
    highlight = library.highlights.mark("one", Span(0, 3), note="a\0b\ud800c\r\n[/x]")
    assert highlight.note == "a\ufffdb\ufffdc\r\n[/x]"


def test_a_note_of_a_megabyte(library: Library) -> None:
    note = "word " * 200_000
    highlight = library.highlights.mark("one", Span(0, 3), note=note)
    assert library.highlights.star(highlight.id, True)[0].note == note
    library.journal.undo()
    library.journal.undo()
    library.journal.redo()
    assert library.highlights.get(highlight.id).note == note


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20)).map(lambda p: Span(p[0], p[0] + p[1]))))
def test_united_parts_hold_the_same_characters_in_order(parts: list[Span]) -> None:
    whole = united(parts)
    assert {k for p in whole for k in range(*p)} == {k for p in parts for k in range(*p)}
    assert all(a.end < b.start for a, b in pairwise(whole))


@pytest.mark.parametrize(
    ("there", "added", "kept"),
    [
        ("I know", "no", "I know\n\nno"),
        ("no\n\nI know", "no", "no\n\nI know"),
        ("one\nno", "no", "one\nno"),
        ("", "no", "no"),
        ("no", "", "no"),
        ("no", "no\nno", "no\n\nno\nno"),
    ],
)
def test_a_note_on_words_that_are_marked_again_is_kept_unless_it_is_there(
    library: Library, there: str, added: str, kept: str
) -> None:
    library.highlights.mark("one", Span(0, 5), note=there)
    assert library.highlights.mark("one", Span(0, 5), note=added).note == kept
