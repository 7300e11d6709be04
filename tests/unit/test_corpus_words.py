"""What a corpus tells of the words of its shards: the same is found with it and without, in older files too."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.corpus.byte_pieces import PIECE, SCHEMA, Pieces, remove_pieces, write_pieces
from store.corpus.corpus_errors import DamagedCorpus, damaged
from store.corpus.corpus_file import Corpus
from store.corpus.corpus_making import add_texts
from store.corpus.corpus_search import find_in_corpus
from store.corpus.corpus_sources import text_of_record
from store.services.search import Way
from texts.search import Mode

BODIES = (
    "The surveyor counted crooked bricks.\n\nThe mill stands by the river; a co-operation of 3,000 farmers.",
    "Systani spoke of the river mill.\n\nSistani was quoted again, and the surveyors left.",
    "And the lorde did saye vnto hym that he should haue lyfe.\n\nThe myll by the ryuer was olde.",
    "國家政府宣布新的法律。\n\nNo mill, no river: cooperation alone. Bricks, bricks, bricks.",
    "The river.\n\nA surveyor of mills counted.",
)
QUERIES = (
    *("mill river", "Systani", "surveyor bricks", '"crooked bricks"', "the lord life", "cooperation"),
    *("co-operation farmers", "政府 法律", "nowhere", "counted surveyer mil", "3000"),
)


def made(folder: Path, shards: Sequence[Sequence[str]]) -> Path:
    """A corpus of these shards."""
    with Corpus.create(folder) as corpus:
        number = 0
        for bodies in shards:
            some = {f"t{number + k}": body for k, body in enumerate(bodies, 1)}
            number += len(some)
            add(corpus, some)
    return folder


def add(corpus: Corpus, bodies: Mapping[str, str]) -> None:
    """Adds texts by their names, as one shard."""
    add_texts(corpus, (text_of_record({"id": name, "text": body}) for name, body in bodies.items()))


def with_whole_shards(folder: Path) -> Path:
    """The corpus as the format before this had it."""
    with closing(sqlite3.connect(folder / "corpus.db", isolation_level=None)) as sql:
        sql.execute("BEGIN")
        sql.execute(
            "CREATE TABLE whole (id INTEGER PRIMARY KEY, body BLOB, passages BLOB, search_index BLOB)"
        )
        for number, body, body_bytes, passages, index, index_bytes in sql.execute(
            "SELECT * FROM shard"
        ).fetchall():
            values = [number, _bytes(sql, body, body_bytes), passages, _bytes(sql, index, index_bytes)]
            sql.execute("INSERT INTO whole VALUES (?, ?, ?, ?)", values)
        for table in ("shard", "piece", "words"):
            sql.execute(f"DROP TABLE {table}")
        sql.execute("ALTER TABLE whole RENAME TO shard")
        sql.execute("PRAGMA user_version = 1")
        sql.execute("COMMIT")
    return folder


def _bytes(sql: sqlite3.Connection, first: int, length: int) -> bytes:
    return Pieces(lambda query, *values: iter(sql.execute(query, values)), first, length, AssertionError)[:]


def found(folder: Path) -> list[object]:
    """All that the queries find."""
    with Corpus.open(folder) as corpus:
        return [
            (
                query,
                mode,
                [(each.text, each.span, each.score) for each in find_in_corpus(query, corpus, Way(mode))[0]],
            )
            for query in QUERIES
            for mode in (Mode.FUZZY, Mode.EXACT)
        ]


def vocabularies(folder: Path) -> list[list[int]]:
    """The shards that each vocabulary tells of."""
    with Corpus.open(folder) as corpus:
        return [sorted(words.texts) for words in corpus.words()]


def test_a_corpus_of_an_older_file_says_the_same_and_goes_on(tmp_path: Path) -> None:
    shards = [BODIES[:2], BODIES[2:3], BODIES[3:]]
    now = made(tmp_path / "now", shards)
    before = with_whole_shards(made(tmp_path / "before", shards))
    assert vocabularies(before) == []
    assert found(before) == found(now)
    for folder in (now, before):
        with Corpus.create(folder) as corpus:
            add(corpus, {"more": "A river of bricks, and a mill."})
    assert vocabularies(before) == vocabularies(now) == [[1, 2, 3, 4]]
    assert found(before) == found(now)
    with Corpus.open(before) as old, Corpus.open(now) as new:
        assert [old.text(name).body for name in ("t3", "more")] == [
            new.text(name).body for name in ("t3", "more")
        ]


def test_what_no_vocabulary_tells_of_is_found_all_the_same(tmp_path: Path) -> None:
    folder = made(tmp_path / "papers", [[body] for body in BODIES])
    assert vocabularies(folder) == [[1, 2, 3, 4], [5]]
    told = found(folder)
    with closing(sqlite3.connect(folder / "corpus.db")) as sql, sql:
        sql.execute("DELETE FROM words WHERE shards = 4")
    assert found(folder) == told
    with (
        closing(sqlite3.connect(folder / "corpus.db")) as sql,
        sql,
    ):  # as another version of the program makes them
        sql.execute(
            "UPDATE piece SET data = CAST(x'00' || substr(data, 2) AS BLOB) WHERE id = (SELECT first FROM words)"
        )
    assert vocabularies(folder) == []
    assert found(folder) == told


def test_a_search_leaves_a_shard_closed_that_cannot_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = made(tmp_path / "papers", [["A mill."], ["A river."], ["A millrace."]])
    opened = []
    column = Corpus._column

    def told(self: Corpus, name: str, shard: int) -> object:
        opened.append(shard)
        return column(self, name, shard)

    monkeypatch.setattr(Corpus, "_column", told)
    with Corpus.open(folder) as corpus:
        assert [each.text for each in find_in_corpus("river", corpus)[0]] == ["t2"]
    assert set(opened) == {2}


@given(st.integers(0, 3 * PIECE), st.integers(0, 3 * PIECE), st.integers(0, 3 * PIECE))
def test_any_part_of_pieces_is_that_of_the_bytes(length: int, start: int, stop: int) -> None:
    data = bytes(k * 31 % 251 for k in range(length))
    with closing(sqlite3.connect(":memory:")) as sql:
        sql.execute(SCHEMA)
        places = [write_pieces(sql, each) for each in (b"before", data, b"after")]

        def opened(first: int, size: int) -> Pieces:
            return Pieces(
                lambda query, *values: iter(sql.execute(query, values)),
                first,
                size,
                lambda: damaged("x/corpus.db"),
            )

        assert opened(places[1], length)[start:stop] == data[start:stop]
        assert opened(places[2], 5)[:] == b"after"
        if length:
            remove_pieces(sql, places[1], length)
            assert opened(places[0], 6)[:] + opened(places[2], 5)[:] == b"beforeafter"
            with pytest.raises(DamagedCorpus):
                opened(places[1], length)[:]
