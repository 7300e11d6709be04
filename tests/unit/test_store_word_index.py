"""The index of words is current whatever is done, undone or forgotten, and whoever made the library."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import product
from pathlib import Path

import pytest

from store import word_index
from store.library import Library
from store.services import comparison
from store.services.forgetting import forget
from store.services.search import DEFAULT, FEW, Answering, Way, answering, find_in_texts, source_in
from store.text_names import SHIPPED, slugs_in_use
from store.word_index import WordIndex
from texts.compare import likely_near
from texts.model import Text
from texts.search import Mode
from texts.search.shard import FANOUT, SMALLEST
from texts.segment import passages

WORDS = ["mill", "river", "brewery", "co-operation", "Maliki", "Sistani", "耶稣爱你们", "الحكومة", "क्षमा"]
QUERIES = ("mil", "river brewry", '"the mill"', "cooperation", "Systani", "耶稣", "حكومة", "क्षमा", "the", ".")
MODES = (Mode.FUZZY, Mode.EXACT, Mode.WORD)


def a_text(number: int, *words: str) -> Text:
    body = f"The {WORDS[number % len(WORDS)]} of {number}.\n\n{' '.join(words)} {WORDS[number % 7]} the end."
    return Text(f"text-{number:03}", f"Text {number}", "", "", body, passages(body, furniture=False))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "library.db"


@pytest.fixture
def library(path: Path) -> Iterator[Library]:
    with Library.open(path, reader="ana") as library:
        with library.transaction():
            for number in range(SMALLEST + 9):
                library.texts.add(a_text(number))
        yield library


def told(library: Library) -> tuple[set[int], set[int]]:
    """The bodies that shards tell of, and those that wait."""
    with library.connection.pieces():
        shards = {body for shard in library.search_indexes.word_index.shards() for body in shard.texts}
    return shards, {body for (body,) in library.connection.rows("SELECT body_id FROM unindexed")}


def assert_the_same(library: Library, queries: Sequence[str] = QUERIES) -> None:
    """What is found by the index is what is found in all texts, and nothing is missed."""
    assert library.search_indexes.word_index.is_sound()
    slugs = library.texts.slugs()
    for mode, query in product(MODES, queries):
        if query == "." and mode is Mode.FUZZY:
            continue
        way = Way(mode, min_score=0)
        library.search_indexes.word_index.grow()  # nothing can be written while pieces are read
        with library.connection.pieces():
            some = answering(query, library, slugs, way, few=0)
            every = find_in_texts(query, [source_in(library, slug, once=True) for slug in slugs], way)
            assert find_in_texts(query, some.sources, way, passages=some.passages, known=some.known) == every
            assert_answering_alike(some, answering(query, library, None, way, few=0))


def assert_answering_alike(one: Answering, other: Answering) -> None:
    """The same texts may answer, and as much is known of them."""
    assert one.known is not None
    assert other.known is not None
    assert one.known.numbers == other.known.numbers
    assert one.passages == other.passages
    assert [each.searchable.slug for each in one.sources] == [each.searchable.slug for each in other.sources]


def test_texts_wait_until_there_are_enough_for_a_shard(library: Library) -> None:
    shards, waiting = told(library)
    assert len(shards) == SMALLEST
    assert len(waiting) == 9
    assert not shards & waiting
    assert_the_same(library)


def test_few_texts_are_opened(library: Library) -> None:
    found = answering("brewery", library, library.texts.slugs(), DEFAULT)
    assert 0 < len(found.sources) < SMALLEST
    assert found.passages == 2 * (SMALLEST + 9)


@pytest.mark.parametrize("mode", MODES)
def test_texts_that_step_aside_are_not_meant_where_none_is_named(library: Library, mode: Mode) -> None:
    library.connection.execute("UPDATE text SET source = ? WHERE slug IN ('text-002', 'text-038')", SHIPPED)
    in_use = slugs_in_use(library)
    assert library.texts.number() - len(in_use) == 2
    for few in (0, FEW, len(in_use)):
        whole = answering("brewery", library, None, Way(mode), few=few)
        named = answering("brewery", library, in_use, Way(mode), few=few)
        found = [each.searchable.slug for each in whole.sources]
        assert found == [each.searchable.slug for each in named.sources]
        assert "text-011" in found
        assert whole.passages == named.passages


def test_an_exact_search_is_told_only_of_texts_that_have_the_word_or_wait(library: Library) -> None:
    gone = library.texts.add(a_text(40, "Quixelbrand"))[0].slug
    library.search_indexes.word_index.grow(least=1)
    library.texts.update(gone, a_text(41, "Vorpaldine"))
    waiting = library.texts.add(a_text(42))[0].slug
    found = answering("quixelbrand", library, library.texts.slugs(), Way(Mode.EXACT))
    assert [each.searchable.slug for each in found.sources] == [gone, waiting]
    asked = [waiting, gone]
    found = answering("quixelbrand", library, asked, Way(Mode.EXACT), few=0)
    assert [each.searchable.slug for each in found.sources] == asked


def test_shards_of_a_size_become_one(path: Path) -> None:
    with Library.open(path, reader="ana") as library, library.transaction():
        for number in range(FANOUT * SMALLEST + 1):
            library.texts.add(a_text(number))
        assert library.connection.rows("SELECT texts FROM shard") == [(FANOUT * SMALLEST,)]
        assert_the_same(library, ["brewry"])


def fresh_words_of(library: Library) -> list[str]:
    """The words that are gone through for what is like a word."""
    word_index = library.search_indexes.word_index
    with library.connection.pieces():
        return [word for each in word_index.fresh(word_index.shards()) for word in each.words()]


def all_words_of(library: Library) -> list[str]:
    """All words of the index, each once."""
    with library.connection.pieces():
        shards = library.search_indexes.word_index.shards()
        return sorted({word for shard in shards for word in shard.words()})


def test_each_word_is_gone_through_once_whatever_becomes_of_its_shard(path: Path) -> None:
    with Library.open(path, reader="ana") as library, library.transaction():
        for number in range(FANOUT * SMALLEST + SMALLEST):
            library.texts.add(a_text(number, f"only{number}", f"late{number // 60}"))
            if not (number + 1) % SMALLEST:
                assert sorted(fresh_words_of(library)) == all_words_of(library)
        assert len(library.connection.rows("SELECT id FROM shard")) == 2
        assert_the_same(library, ["brewry", "latte1", "onyl3"])


@pytest.mark.parametrize("damage", ["DELETE FROM fresh_words", "UPDATE fresh_words SET data = x'00'"])
def test_words_that_are_not_told_or_damaged_are_told_anew(library: Library, damage: str) -> None:
    for number in range(60, 60 + SMALLEST):
        library.texts.add(a_text(number, f"only{number}"))
    library.connection.execute(damage)
    assert library.search_indexes.word_index.is_sound() == damage.startswith("DELETE")
    assert sorted(set(fresh_words_of(library))) == all_words_of(library)
    library.texts.add(a_text(100))
    library.search_indexes.word_index.grow(least=1)
    library.search_indexes.word_index.grow(least=1)
    assert sorted(fresh_words_of(library)) == all_words_of(library)
    assert_the_same(library, ["brewry"])


def test_whatever_is_done_and_undone_the_index_is_current(library: Library) -> None:
    library.texts.remove("text-000")
    library.texts.update("text-001", a_text(901, "Zanthorium"))
    library.texts.add(a_text(902, "Vorpaldine"))
    library.texts.set_language("text-003", "de")
    library.texts.set_furniture("text-004", 0, True)
    library.texts.rename("text-005", "another")
    assert_the_same(library)
    library.search_indexes.word_index.grow(least=1)
    assert told(library)[1] == set()
    for _ in range(6):
        assert library.journal.undo() is not None
        assert_the_same(library, ["river brewry"])
    for _ in range(6):
        assert library.journal.redo() is not None
    assert_the_same(library)
    assert find_in_texts("Zanthorium", answering("Zanthorium", library, library.texts.slugs()).sources)


def test_an_older_library_is_indexed_when_it_is_first_asked(library: Library, path: Path) -> None:
    library.close()
    with closing(sqlite3.connect(path, isolation_level=None)) as sql:
        for statement in (
            "DROP TABLE shard",
            "DROP TABLE unindexed",
            "DROP TABLE fresh_words",
            *(f"DROP TRIGGER {name}" for name in TRIGGERS),
            "DELETE FROM _sqlite_migrations WHERE name = 'which_texts_use_which_words'",
            "DELETE FROM _sqlite_migrations WHERE name = 'which_words_no_other_shard_has'",
            "PRAGMA user_version = 8",
            "DELETE FROM search_index WHERE version_id % 2",
        ):
            sql.execute(statement)
    with Library.open(path, reader="ana") as older:
        assert told(older) == (set(), set(range(1, SMALLEST + 10)))
        assert_the_same(older)
        assert told(older) == (set(range(1, SMALLEST + 10)), set())


TRIGGERS = ("index_after_insert_of_body", "forget_after_delete_of_body", "forget_after_update_of_body")


def test_shards_of_another_format_are_made_anew(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_index, "FORMAT", "other")
    assert library.search_indexes.word_index.shards() == []
    assert library.search_indexes.word_index.is_sound()
    library.search_indexes.word_index.grow()
    assert library.connection.rows("SELECT DISTINCT format FROM shard") == [("other",)]
    assert_the_same(library)


@pytest.mark.parametrize(
    "damage", ["zeroblob(9)", "CAST(data || x'00' AS BLOB)", "substr(data, 1, length(data) - 4)"]
)
def test_a_damaged_index_costs_time_and_no_hits(library: Library, damage: str) -> None:
    library.connection.execute(f"UPDATE shard SET data = {damage}")
    assert not library.search_indexes.word_index.is_sound()
    (found,) = (each for each in library.texts.slugs() if each == "text-002")
    assert found in {
        each.searchable.slug for each in answering("brewery", library, library.texts.slugs()).sources
    }


def test_a_library_that_cannot_be_written_is_searched_as_it_is(library: Library, path: Path) -> None:
    library.connection.execute("DELETE FROM shard")
    library.connection.execute("INSERT OR IGNORE INTO unindexed SELECT id FROM body")
    library.close()
    with Library.open(path, read_only=True) as kept:
        assert_the_same(kept)
        assert told(kept)[0] == set()


def test_what_is_forgotten_is_in_no_shard(library: Library) -> None:
    library.texts.add(a_text(903, "Quixelbrand"))
    library.search_indexes.word_index.grow(least=1)
    library.texts.remove("text-903")
    assert b"quixelbrand" in library.path.read_bytes() + Path(f"{library.path}-wal").read_bytes()
    forget(library)
    assert b"quixelbrand" not in library.path.read_bytes()
    library.texts.add(a_text(904))
    library.search_indexes.word_index.grow(least=1)
    assert_the_same(library, ["river"])
    bodies = library.connection.rows("SELECT id FROM body ORDER BY id")
    assert [(body,) for body in sorted(told(library)[0])] == bodies


def test_a_text_that_gets_the_place_of_a_forgotten_one_is_read_anew(library: Library, path: Path) -> None:
    gone, _ = library.texts.add(a_text(905, "Quixelbrand"))
    body_id = library.texts.current_version(gone.slug).body_id
    assert "Quixelbrand" in library.bodies.get(body_id)
    with Library.open(path, reader="bo") as other:
        other.texts.remove(gone.slug)
        forget(other)
        new, _ = other.texts.add(a_text(906, "Zanthorium"))
    assert library.texts.current_version(new.slug).body_id == body_id, (
        "the id is free, so SQLite gives it again"
    )
    assert library.texts.get(new.slug).body == new.body
    assert find_in_texts("Zanthorium", answering("Zanthorium", library, library.texts.slugs()).sources)
    assert not find_in_texts("Quixelbrand", answering("Quixelbrand", library, library.texts.slugs()).sources)


def test_a_body_that_another_program_changes_is_read_again(library: Library) -> None:
    assert told(library)[0]
    library.connection.execute("UPDATE body SET content = 'Zanthorium' WHERE id = 3")
    assert told(library)[0] == set()
    assert WordIndex(library.connection).is_sound()


def test_the_nearest_of_many_texts_are_told_by_the_index(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comparison, "FEW", 2)
    monkeypatch.setattr(likely_near, "_FEWEST", 8)
    asked = library.texts.get("text-001")
    copy, _ = library.texts.add(a_text(950, asked.body, "Zanthorium"))
    waiting = told(library)[1]
    assert library.texts.current_version(copy.slug).body_id in waiting
    found = comparison.beside_library(library, asked, most=5)
    slugs = [each.text.slug for each in found]
    assert copy.slug in slugs, "what waits is weighed too"
    assert len(slugs) == 5
    assert all("river" in each.text.body for each in found)


def test_the_nearest_are_found_where_no_shard_can_be_read(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comparison, "FEW", 2)
    asked = library.texts.get("text-001")
    library.connection.execute("UPDATE shard SET data = substr(data, 1, 20)")
    assert WordIndex(library.connection).shards() == []
    assert len(comparison.beside_library(library, asked, most=5)) == 5


def test_texts_that_follow_each_other_wait_for_one_shard(path: Path) -> None:
    with Library.open(path, reader="ana") as library:
        for number in range(2 * SMALLEST):
            library.texts.add(a_text(number), more=True)
        assert told(library) == (set(), set(range(1, 2 * SMALLEST + 1)))
        library.texts.add(a_text(2 * SMALLEST))
        assert library.connection.value("SELECT count(*) FROM shard") == 1
        assert_the_same(library, QUERIES[:3])


def test_many_that_follow_each_other_do_not_wait_for_ever(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(word_index, "AT_ONCE", 5)
    with Library.open(path, reader="ana") as library:
        for number in range(12):
            library.texts.add(a_text(number), more=True)
        assert len(told(library)[1]) == 2
