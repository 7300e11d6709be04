"""Acts on a text that another program has updated since it was read: found again word for word, or refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sample_texts import THREE_PARAGRAPHS, a_text, span_of

from store.errors import JournalError, TextChanged, Unchanged
from store.library import Library
from store.reanchor import Reanchoring
from store.records import Anchor
from store.services.bulk_tagging import tag_places
from texts.model import Span

FIRST, SECOND, THIRD = THREE_PARAGRAPHS
BODY = f"{FIRST}\n\n{SECOND}\n\n{THIRD}"
MOVED = f"An editor's word, which was not there before.\n\n{BODY}"
REWORDED = BODY.replace("Tehran wants", "Tehran really wanted")
CUT = f"{FIRST}\n\n{THIRD}"


SEEN = a_text(BODY).sha256


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library.db", reader="ana") as library:
        library.texts.add(a_text(BODY))
        library.texts.add(a_text(f"Another text.\n\n{SECOND}", "two"))
        yield library


def update(library: Library, body: str) -> None:
    with Library.open(library.path, reader="ben") as other:
        other.texts.update("one", a_text(body))


@pytest.mark.promise("a mark on a text that was updated meanwhile is on the words that were seen", tries=2)
def test_a_mark_goes_where_its_words_went(library: Library) -> None:
    update(library, MOVED)
    one = library.highlights.mark("one", span_of("Tehran wants", BODY), version=SEEN)
    assert (one.quote, one.span, one.anchor) == ("Tehran wants", span_of("Tehran wants", MOVED), Anchor.EXACT)
    parts = [span_of("Nouri Maliki", BODY), span_of("wheat", BODY)]
    gapped = library.highlights.mark("one", parts, version=SEEN)
    assert gapped.parts == (span_of("Nouri Maliki", MOVED), span_of("wheat", MOVED))
    assert [each.id for each in library.highlights.of("one")] == [gapped.id, one.id]


@pytest.mark.promise("a mark on words that an update took away is refused with a word", tries=3)
@pytest.mark.parametrize("body", [REWORDED, CUT])
def test_a_mark_on_words_that_are_gone_is_refused(library: Library, body: str) -> None:
    update(library, body)
    before = library.journal.position()
    with pytest.raises(TextChanged, match="One has changed meanwhile"):
        library.highlights.mark("one", span_of("Tehran wants", BODY), version=SEEN)
    with pytest.raises(TextChanged):
        library.highlights.mark(
            "one", [span_of("Nouri Maliki", BODY), span_of("Tehran wants", BODY)], version=SEEN
        )
    with pytest.raises(TextChanged):
        library.highlights.mark("one", span_of("Nouri Maliki", BODY), version="of no body at all")
    assert library.highlights.of("one") == []
    assert library.journal.position() == before


def test_edges_and_orphans_are_put_where_the_words_are_now(library: Library) -> None:
    highlight = library.highlights.mark("one", span_of("wheat", BODY))
    update(library, MOVED)
    moved = library.highlights.move(highlight.id, span_of("wheat, ports", BODY), version=SEEN)
    assert (moved.quote, moved.span) == ("wheat, ports", span_of("wheat, ports", MOVED))
    update(library, CUT)
    with pytest.raises(TextChanged):
        library.highlights.move(highlight.id, span_of("Tehran wants", BODY), version=SEEN)


def test_a_dismissal_and_a_word_on_furniture_go_with_their_paragraph(library: Library) -> None:
    update(library, f"An editor's word.\n\n{REWORDED}")
    present = library.texts.get("one")
    two = library.texts.get("two")
    dismissed = library.links.dismiss(
        "one",
        span_of(SECOND, BODY),
        "two",
        span_of(SECOND, two.body),
        left_version=SEEN,
        right_version=two.sha256,
    )
    assert present.passage_at(dismissed.left_span.start) == present.passages[2]
    library.texts.set_furniture("one", span_of(THIRD, BODY).start, True, version=SEEN)
    assert [p.is_furniture for p in library.texts.get("one").passages] == [False, False, False, True]
    update(library, CUT)
    for act in (
        lambda: library.texts.set_furniture("one", span_of(SECOND, BODY).start, True, version=SEEN),
        lambda: library.links.dismiss(
            "one", span_of(SECOND, BODY), "two", two.passages[1].span, left_version=SEEN
        ),
    ):
        with pytest.raises(TextChanged):
            act()


def test_hits_are_tagged_where_they_are_now_or_none_of_them(library: Library) -> None:
    places = [("one", span_of("Maliki", BODY)), ("one", span_of("Tehran", BODY)), ("two", Span(0, 7))]
    update(library, MOVED)
    assert tag_places(library, places, "found", "tagged 3 hits", {"one": SEEN}) == 3
    assert [each.quote for each in library.highlights.find(tag="found")] == ["Maliki", "Tehran", "Another"]
    update(library, CUT)
    with pytest.raises(TextChanged):
        tag_places(library, places, "again", "tagged 3 hits", {"one": SEEN})
    assert library.highlights.find(tag="again") == []


@pytest.mark.parametrize(
    ("body", "quote", "anchor"),
    [(MOVED, "what Tehran wants", Anchor.EXACT), (REWORDED, "what Tehran really wanted", Anchor.CHANGED),
     (CUT, "what Tehran wants", Anchor.ORPHAN)],
)  # fmt: skip
def test_a_mark_is_undone_and_redone_across_an_update(
    library: Library, body: str, quote: str, anchor: Anchor
) -> None:
    before = library.highlights.mark("one", span_of("Maliki", BODY))
    library.highlights.mark("one", span_of("what Tehran wants", BODY), tags=["aim"])
    update(library, body)
    stood = [(each.quote, each.tags, each.anchor) for each in library.highlights.of("one")]
    assert (quote, ("aim",), anchor) in stood
    act = library.journal.undo()
    assert act is not None
    assert act.label.startswith("highlighted “what Tehran wants”")
    assert [each.id for each in library.highlights.of("one")] == [before.id]
    assert library.codebook.list() == []
    library.journal.redo()
    assert [(each.quote, each.tags, each.anchor) for each in library.highlights.of("one")] == stood
    library.journal.undo()
    library.journal.undo()
    assert library.highlights.of("one") == []


@pytest.mark.parametrize(
    "build",
    [
        lambda other, one: other.highlights.note(one, "theirs"),
        lambda other, one: other.highlights.tag(one, "theirs"),
        lambda other, one: other.highlights.move(one, span_of("Tehran", MOVED)),
        lambda other, one: other.links.add(one, other.highlights.mark("one", Span(0, 5)).id),
    ],
    ids=["note", "tag", "place", "link"],
)
def test_a_mark_that_another_reader_built_on_is_not_undone_across_an_update(
    library: Library, build: Callable[[Library, int], object]
) -> None:
    times = iter("123")
    library.journal.now = lambda: f"2026-01-01T00:00:0{next(times)}Z"
    one = library.highlights.mark("one", span_of("what Tehran wants", BODY)).id
    update(library, MOVED)
    with Library.open(library.path, reader="ben") as other:
        build(other, one)
        stood = other.highlights.find()
    with pytest.raises(JournalError, match="cannot be undone"):
        library.journal.undo()
    assert library.highlights.find() == stood


def between(library: Library, monkeypatch: pytest.MonkeyPatch, what: Callable[[Library], object]) -> None:
    """Has another program do something once this one has looked for its highlights, before it writes."""
    look, done = Reanchoring.__init__, []

    def then_another(moves: Reanchoring, *how: object) -> None:
        look(moves, *how)  # type: ignore[arg-type]
        if not done:
            done.append(what)
            with Library.open(library.path, reader="ben") as other:
                what(other)

    monkeypatch.setattr(Reanchoring, "__init__", then_another)


def test_what_is_marked_while_an_update_is_worked_out_goes_along(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    between(library, monkeypatch, lambda other: other.highlights.mark("one", span_of("wheat", BODY)))
    library.texts.update("one", a_text(MOVED))
    (highlight,) = library.highlights.of("one")
    assert highlight.span == span_of("wheat", MOVED)


def test_the_same_update_made_by_two_programs_at_once_is_one(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    between(library, monkeypatch, lambda other: other.texts.update("one", a_text(MOVED)))
    with pytest.raises(Unchanged):
        library.texts.update("one", a_text(MOVED))
    assert len(library.texts.versions("one")) == 2


PARAGRAPHS = st.lists(st.sampled_from([FIRST, SECOND, THIRD, "Short one.", "Another one."]), max_size=5)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=PARAGRAPHS, after=PARAGRAPHS, edges=st.tuples(st.integers(0, 290), st.integers(1, 80)))
def test_what_is_stored_is_what_was_seen_or_nothing(
    tmp_path_factory: pytest.TempPathFactory, before: list[str], after: list[str], edges: tuple[int, int]
) -> None:
    span = Span(edges[0], min(len(BODY), edges[0] + edges[1]))
    if not BODY[slice(*span)].strip():
        return
    with Library.open(tmp_path_factory.mktemp("l") / "library.db", reader="ana") as library:
        library.texts.add(a_text(BODY))
        update(library, "\n\n".join(["A beginning.", *before, SECOND, *after]))
        try:
            highlight = library.highlights.mark("one", span, version=SEEN)
        except TextChanged:
            assert library.highlights.of("one") == []
        else:
            assert " ".join(highlight.quote.split()) == " ".join(BODY[slice(*span)].split())
