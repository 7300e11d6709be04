"""Texts: added once, read back whole, edited, removed, kept in versions."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store import segmentation
from store import texts as texts_module
from store.library import Library, LibraryError, NotFound
from store.text_bodies import words_in
from texts.model import Passage, Span, Text
from texts.segment import passages
from texts.tokens import WORD

LONG = "This is a line of an article, long enough to be taken for one, with a full stop where a sentence ought to end."
BODY = f"A headline\n\n{LONG}\n\nShare\n\n{LONG} Again.\n\n{LONG} And again.\n\nSign up"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library.db", reader="ana") as library:
        yield library


def a_text(body: str = BODY, slug: str = "one", **rules: bool) -> Text:
    return Text(slug, "A chance", "An author", "a file", body, passages(body, **rules))


def test_a_text_comes_back_as_it_was(library: Library) -> None:
    text = a_text()
    assert library.texts.add(text) == (text, True)
    assert library.texts.get("one") == text


def test_the_same_body_twice_is_one_text(library: Library) -> None:
    library.texts.add(a_text())
    text, new = library.texts.add(a_text(slug="other"))
    assert (text.slug, new) == ("one", False)
    assert len(library.texts.list()) == 1


def test_a_slug_that_is_taken_gets_a_number(library: Library) -> None:
    slugs = [library.texts.add(a_text(f"{BODY} {number}"))[0].slug for number in range(3)]
    assert slugs == ["one", "one-2", "one-3"]
    assert library.journal.history(1)[0].label.startswith("added A chance")


def test_the_list_has_counts_and_digest(library: Library) -> None:
    text, _ = library.texts.add(a_text())
    (summary,) = library.texts.list()
    assert (summary.slug, summary.title, summary.author) == ("one", "A chance", "An author")
    assert summary.passages == len(text.numbered)
    assert summary.sha256 == text.sha256
    assert summary.words > 50


def test_an_unknown_text_is_told_with_names_like_it(library: Library) -> None:
    library.texts.add(a_text(slug="editorial"))
    with pytest.raises(NotFound, match="did you mean editorial"):
        library.texts.get("editorail")
    with pytest.raises(NotFound, match="tui texts"):
        library.texts.get("xyzzy")


def test_names_are_edited_in_one_line(library: Library) -> None:
    library.texts.add(a_text())
    library.texts.edit("one", title="A new\ntitle", author="")
    text = library.texts.get("one")
    assert (text.title, text.author, text.source) == ("A new title", "", "a file")
    library.journal.undo()
    assert library.texts.get("one").title == "A chance"


def test_the_readers_word_on_furniture_stands_and_is_undone(library: Library) -> None:
    before, _ = library.texts.add(a_text())
    share = next(p for p in before.passages if before.quote(p.span) == "Share")
    library.texts.set_furniture("one", share.span.start, not share.is_furniture)
    after = library.texts.get("one")
    assert after.passage_at(share.span.start).is_furniture is not share.is_furniture  # type: ignore[union-attr]
    assert library.texts.list()[0].passages == len(after.numbered)
    assert len(after.numbered) != len(before.numbered)
    library.journal.undo()
    assert library.texts.get("one") == before
    assert library.texts.list()[0].passages == len(before.numbered)


def test_no_word_on_what_is_no_paragraph(library: Library) -> None:
    library.texts.add(a_text())
    with pytest.raises(LibraryError, match="no paragraph"):
        library.texts.set_furniture("one", 3, True)


@pytest.mark.parametrize(
    "text",
    [
        a_text(),
        a_text(furniture=False),
        Text("one", "", "", "", BODY, passages(BODY, overrides={0: True})),
        a_text(""),
        a_text("x"),
    ],
)
def test_passages_are_told_again_as_they_were(tmp_path: Path, text: Text) -> None:
    path = tmp_path / "library.db"
    with Library.open(path) as library:
        library.texts.add(text)
    with closing(sqlite3.connect(path, isolation_level=None)) as sql:
        sql.execute("DELETE FROM segmentation")
    with Library.open(path) as library:
        assert library.texts.get("one").passages == text.passages


def test_passages_kept_by_another_version_of_the_program_are_told_again(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    text, _ = library.texts.add(a_text())
    monkeypatch.setattr(texts_module, "SEGMENTATION", texts_module.SEGMENTATION + 1)
    assert library.texts.list()[0].passages == len(text.numbered)
    assert library.texts.get("one") == text


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(1, 2000), st.booleans())))
def test_packed_passages_come_back(lengths: list[tuple[int, int, bool]]) -> None:
    at, number, told = 0, 0, []
    for gap, length, is_furniture in lengths:
        number += not is_furniture
        told.append(Passage(Span(at + gap, at + gap + length), None if is_furniture else number))
        at += gap + length
    packed = segmentation.packed(tuple(told))
    assert segmentation.unpacked(packed, at) == tuple(told)
    assert not told or segmentation.unpacked(packed, at - 1) is None
    assert not told or segmentation.unpacked(packed[:-1], at) is None
    for place in range(0, len(packed), 5):
        flipped = bytes((*packed[:place], packed[place] ^ 1, *packed[place + 1 :]))
        assert segmentation.unpacked(flipped, at) is None, "one bit that is not as it was written"


def test_removing_takes_everything_and_undo_brings_it_back(library: Library) -> None:
    for slug in ("one", "two"):
        library.texts.add(a_text(f"{BODY} {slug}", slug))
    left = library.highlights.mark("one", Span(0, 4), tags=["a"], note="n")
    right = library.highlights.mark("two", Span(0, 4))
    library.links.add(left.id, right.id)
    library.links.dismiss("one", Span(0, 4), "two", Span(0, 4))
    library.notes.write("on one", "one")
    before = [
        library.highlights.find(),
        library.links.list(),
        library.notes.list(),
        library.links.dismissed(),
    ]
    library.texts.remove("one")
    assert [text.slug for text in library.texts.list()] == ["two"]
    assert library.highlights.find() == [right]
    assert library.links.list() == library.notes.list() == library.links.dismissed() == []
    library.journal.undo()
    assert [
        library.highlights.find(), library.links.list(), library.notes.list(), library.links.dismissed()
    ] == before  # fmt: skip


def test_the_first_search_finds_an_index(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    library.texts.add(a_text())
    monkeypatch.setattr("texts.search.build.build_index", None)
    assert library.search_indexes.of("one").find("headline") is not None
    for _ in range(2):  # once it is looked through, once it is known to be sound
        with library.search_indexes.opened() as index_of:
            assert index_of("one").find("headline") is not None


def test_the_index_is_made_once_and_kept(library: Library) -> None:
    library.texts.add(a_text())
    made = library.search_indexes.of("one").to_bytes()
    assert library.search_indexes.of("one").to_bytes() == made
    assert library.search_indexes.searchable("one")[1].index.to_bytes() == made


def test_an_index_for_one_search_finds_the_same_and_then_lets_the_library_go_on(library: Library) -> None:
    library.texts.add(a_text())
    whole = library.search_indexes.of("one")
    for added in ("while-it-is-checked", "once-it-is-known-to-be-sound"):
        with library.search_indexes.opened() as index_of:
            index = index_of("one")
            word = index.find("headline")
            assert word is not None
            assert index.positions(word).tolist() == whole.positions(word).tolist()
            with Library.open(library.path, reader="ben") as other:
                other.texts.add(a_text(f"{BODY} {added}", added))
        assert library.texts.has(added), "what was written meanwhile is seen"


def test_a_damaged_index_is_made_again_before_it_is_searched(library: Library) -> None:
    library.texts.add(a_text())
    sound = library.search_indexes.of("one").to_bytes()
    damaged = sound[:-1] + bytes([sound[-1] ^ 1])
    with closing(sqlite3.connect(library.path)) as connection, connection:
        connection.execute("UPDATE search_index SET data = ?", (damaged,))
    with library.search_indexes.opened() as index_of:
        assert index_of("one").to_bytes() == sound
    assert library.search_indexes.of("one").to_bytes() == sound


def test_relations_hold_for_what_they_were_made_with(library: Library) -> None:
    for slug in ("one", "two"):
        library.texts.add(a_text(f"{BODY} {slug}", slug))
    library.relations.put("one", "two", b"found", format_number=1, aliases="x")
    assert library.relations.get("one", "two", format_number=1, aliases="x") == b"found"
    assert library.relations.get("two", "one", format_number=1, aliases="x") is None
    assert library.relations.get("one", "two", format_number=2, aliases="x") is None
    assert library.relations.get("one", "two", format_number=1, aliases="y") is None
    library.texts.set_furniture("one", 0, True)
    assert library.relations.get("one", "two", format_number=1, aliases="x") is None


def test_a_text_is_renamed_with_all_that_is_kept_of_it_and_back(library: Library) -> None:
    library.texts.add(a_text(slug="one"))
    library.texts.add(a_text(f"{BODY} 2", slug="two"))
    kept = {
        "desk.pair": ["one", "two"],
        "desk.cursors": {"one": 7, "two": 8},
        "desk.sync of pairs": {"one two": "follow"},
        "desk.jumps": [["one", 3], ["two", 4]],
        "desk.marks": {"a": ["one", 5]},
        "desk.queries": ["one"],
    }
    for key, value in kept.items():
        library.ui_state.put(key, value)
    library.drafts.keep("text:one", "unfinished")
    library.texts.rename("one", "first")
    assert library.texts.slugs() == ["first", "two"]
    assert {key: library.ui_state.get(key) for key in kept} == {
        "desk.pair": ["first", "two"],
        "desk.cursors": {"first": 7, "two": 8},
        "desk.sync of pairs": {"first two": "follow"},
        "desk.jumps": [["first", 3], ["two", 4]],
        "desk.marks": {"a": ["first", 5]},
        "desk.queries": ["one"],
    }
    assert [draft.key for draft in library.drafts.list()] == ["text:first"]
    library.journal.undo()
    assert {key: library.ui_state.get(key) for key in kept} == kept
    assert [draft.key for draft in library.drafts.list()] == ["text:one"]
    library.journal.redo()
    assert library.ui_state.get("desk.pair") == ["first", "two"]


def test_a_name_that_is_taken_or_none_is_refused(library: Library) -> None:
    library.texts.add(a_text(slug="one"))
    library.texts.add(a_text(f"{BODY} 2", slug="two"))
    with pytest.raises(LibraryError, match="called two already"):
        library.texts.rename("one", "two")
    with pytest.raises(LibraryError, match="“the-first” could"):
        library.texts.rename("one", "The First!")
    library.texts.rename("one", "one")
    assert library.journal.history(1)[0].label.startswith("added A chance")
    assert library.journal.history(1)[0].id == 2


def test_an_unknown_text_is_told_with_titles_like_it(library: Library) -> None:
    library.texts.add(a_text(slug="qqq"))
    with pytest.raises(NotFound, match="did you mean qqq"):
        library.texts.get("A chanse")


def test_the_journal_names_texts_by_short_titles(library: Library) -> None:
    one = a_text(slug="one")._replace(title="Mill crisis: Old rivals will meet at the weir")
    two = a_text(f"{BODY} 2", slug="two")._replace(title="")
    for text in (one, two):
        library.texts.add(text)
        library.highlights.mark(text.slug, Span(0, 4))
        library.notes.write("first", text.slug)
    library.texts.edit("one", title="The weir")
    library.links.dismiss("one", Span(0, 4), "two", Span(0, 4))
    library.texts.remove("one")
    quote = f"“{BODY[:4]}”"
    assert [act.label for act in library.journal.history()] == [
        "removed The weir",
        "dismissed a suggestion between The weir and two",
        "edited the title of Mill crisis",
        "noted on two",
        f"highlighted {quote} in two",
        "added two",
        "noted on Mill crisis",
        f"highlighted {quote} in Mill crisis",
        "added Mill crisis: Old rivals will meet at the weir",
    ]


@given(st.text("ab'’ -.\nאʼ", max_size=60), st.sets(st.integers(0, 3)))
def test_words_are_counted_in_numbered_passages(body: str, left_out: set[int]) -> None:
    spans = [passage.span for passage in passages(body, furniture=False)]
    parts = [Passage(span, None if place in left_out else place + 1) for place, span in enumerate(spans)]
    counted = sum(WORD.count(body[start:end]) for (start, end), number in parts if number is not None)
    assert words_in(body, parts) == counted
    assert words_in(
        f"{body}\n\n" + "word " * 5_000, passages(f"{body}\n\n" + "word " * 5_000, furniture=False)
    ) == (sum(WORD.count(body[slice(*span)]) for span in spans) + 5_000)
