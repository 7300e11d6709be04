"""What a repair says and leaves: every line, and every row that it touches."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from store.backups import Backups
from store.health import MOST_FINDINGS, Problem
from store.library import Library, LibraryError
from store.repair import check, put_log_aside, repair
from store.services.forgetting import Belongings, Forgettable, belongings, forget, forgettable
from texts.model import Span, Text
from texts.segment import passages

BODY = "A miller spoke of the river.\n\nA weaver answered him at length."


def a_text(slug: str, body: str = BODY) -> Text:
    return Text(slug, f"The title of {slug}", "", f"{slug}.txt", body, passages(body))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "data" / "library.db"
    with Library.open(path, reader="ada") as library:
        library.texts.add(a_text("one"))
        library.texts.add(a_text("two", BODY.replace("miller", "smith")))
        left = library.highlights.mark("one", Span(0, 8), tags=["claim", "actor/x"], note="why")
        right = library.highlights.mark("two", Span(0, 7), tags=["claim"])
        library.links.add(left.id, right.id, kind="answers", note="a thought")
        library.links.add(right.id, left.id, kind="doubts")
        library.notes.write("on the text", "one")
        library.search_indexes.word_index.grow(least=1)
    return path


def alter(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as sql:
        for statement in ("PRAGMA foreign_keys = OFF", *statements):
            sql.execute(statement)


def rows(path: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as sql:
        return sql.execute(query).fetchall()


LINKS = "SELECT id, kind, note FROM link ORDER BY id"
NOTES = "SELECT text_id, words, reader FROM note ORDER BY id"
BOTH, WRITTEN = [(1, "answers", "a thought"), (2, "doubts", "")], [(1, "on the text", "ada")]


@pytest.mark.parametrize(
    ("statements", "findings", "done", "query", "left"),
    [
        (
            ("DELETE FROM tag WHERE path = 'claim'",),
            ["highlight_tag 1 refers to a tag that is gone", "highlight_tag 3 refers to a tag that is gone"],
            ["made a tag again that highlights carry, as recovered/1"],
            "SELECT id, path, colour, letter FROM tag WHERE id = 1",
            [(1, "recovered/1", "grey", "R")],
        ),
        (
            (
                "INSERT INTO highlight_tag (highlight_id, tag_id) VALUES (9999, 1)",
                "INSERT INTO highlight_tag (highlight_id, tag_id) VALUES (9998, 2)",
            ),
            [
                "highlight_tag 4 refers to a highlight that is gone",
                "highlight_tag 5 refers to a highlight that is gone",
            ],
            ["took away rows of highlight_tag that belonged to nothing"],
            "SELECT id, highlight_id FROM highlight_tag ORDER BY id",
            [(1, 1), (2, 1), (3, 2)],
        ),
        (
            ("DELETE FROM highlight_tag WHERE highlight_id = 1", "DELETE FROM highlight WHERE id = 1"),
            [
                "link 1 refers to a highlight that is gone",
                "link 2 refers to a highlight that is gone",
            ],
            [
                "took away link 1, one end of which is gone: its note is now one on the library",
                "took away link 2, one end of which is gone",
            ],
            NOTES,
            [*WRITTEN, (None, "[answers] a thought", "ada")],
        ),
        (
            ("UPDATE note SET text_id = 9999",),
            ["note 1 refers to a text that is gone"],
            ["made note 1, the text of which is gone, a note on the library"],
            NOTES,
            [(None, "on the text", "ada")],
        ),
        (
            ("INSERT INTO furniture (version_id, start, value) VALUES (9999, 0, 1)",),
            ["furniture 1 refers to a version that is gone"],
            ["took away rows of furniture that belonged to nothing"],
            "SELECT * FROM furniture",
            [],
        ),
        (
            ("UPDATE search_index SET version_id = 9999 WHERE version_id = 1",),
            ["search_index 9999 refers to a version that is gone"],
            ["emptied search_index, which is worked out anew"],
            "SELECT * FROM search_index",
            [],
        ),
        (
            ("INSERT INTO unindexed (body_id) VALUES (9999)",),
            [
                "the index of words is damaged, so that a search may miss texts",
                "unindexed 9999 refers to a body that is gone",
            ],
            ["took away rows of unindexed that belonged to nothing"],
            "SELECT * FROM unindexed",
            [],
        ),
        (
            ("DELETE FROM shard",),
            ["the index of words is damaged, so that a search may miss texts"],
            ["took away the index of words, which the next search makes anew"],
            "SELECT body_id FROM unindexed ORDER BY 1",
            [(1,), (2,)],
        ),
    ],
)
def test_what_is_found_and_done_and_left(  # noqa: PLR0917
    path: Path, statements: tuple[str, ...], findings: list[str], done: list[str], query: str, left: object
) -> None:
    alter(path, *statements)
    found = check(path)
    assert (sorted(found.findings), found.problem, found.backup) == (findings, Problem.DAMAGE, None)
    repaired = repair(path)
    assert sorted(repaired.done) == done
    assert repaired.copy is not None
    assert repaired.copy.name.endswith("before-repair.db")
    assert sorted(check(repaired.copy).findings) == findings
    assert (repaired.health.findings, repaired.health.problem) == ((), None)
    assert rows(path, query) == left
    if query != NOTES:
        assert (rows(path, LINKS), rows(path, NOTES)) == (BOTH, WRITTEN)
    again = repair(path)
    assert (again.done, again.copy, again.health.ok) == ((), None, True)


@pytest.mark.parametrize(
    ("statement", "finding"),
    [
        ("UPDATE body SET content = content || '!' WHERE id = 2", "body 2 is not what was added: its SHA-256 differs"),
        ("UPDATE highlight SET \"start\" = 1 WHERE id = 2", "highlight 2 does not stand where its quote is"),
        ("UPDATE highlight SET before = 'x' WHERE id = 1", "highlight 1 does not stand where its quote is"),
    ],
)  # fmt: skip
def test_what_no_repair_can_know(path: Path, statement: str, finding: str) -> None:
    good = Backups(path).make("good")
    alter(path, "DROP TRIGGER IF EXISTS body_never_changes", statement)
    found = check(path)
    assert (found.findings, found.problem, found.backup) == ((finding,), Problem.DAMAGE, good)
    repaired = repair(path)
    assert (repaired.done, repaired.copy, repaired.health) == ((), None, found)


def test_an_orphan_need_not_stand_where_its_quote_is(path: Path) -> None:
    alter(path, "UPDATE highlight SET \"start\" = 1, anchor = 'orphan' WHERE id = 2")
    assert check(path).ok


def test_so_many_findings_are_listed_and_no_more(path: Path) -> None:
    alter(path, *(f"INSERT INTO unindexed (body_id) VALUES ({9000 + number})" for number in range(25)))
    assert (len(check(path).findings), MOST_FINDINGS) == (20, 20)


def test_a_log_that_is_put_aside_keeps_its_words_and_gets_the_hour_behind_its_name(path: Path) -> None:
    log, shared = path.with_name("library.db-wal"), path.with_name("library.db-shm")
    log.write_bytes(b"the log of some other library")
    shared.write_bytes(b"")
    aside = put_log_aside(path)
    assert re.fullmatch(r"library\.db-wal\.\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ", aside.name)
    assert aside.read_bytes() == b"the log of some other library"
    assert (aside.parent, log.exists(), shared.exists()) == (log.parent, False, False)
    with pytest.raises(LibraryError) as refusal:
        put_log_aside(path)
    assert str(refusal.value) == (
        f"{log} cannot be put aside (No such file or directory): move it away by hand"
    )


def test_where_there_is_no_library(tmp_path: Path) -> None:
    gone = tmp_path / "gone.db"
    with pytest.raises(LibraryError) as refusal:
        check(gone)
    assert str(refusal.value) == (
        f"there is no library at {gone}: check the name, or make one with `tui add`"
    )


def test_what_goes_with_a_text(path: Path) -> None:
    with Library.open(path) as library:
        library.texts.update("one", a_text("one", BODY + " She was right."))
        assert belongings(library, "one") == Belongings(versions=2, highlights=1, links=2, notes=1)
        assert belongings(library, "two") == Belongings(versions=1, highlights=1, links=2, notes=0)
    assert str(Belongings(3, 1, 2, 0)) == "2 earlier versions, 1 highlight, 2 links"
    assert str(Belongings(1, 0, 0, 1)) == "1 note"
    assert [Belongings(2, *made).are_a_readers for made in ((0, 0, 0), (1, 0, 0), (0, 1, 0), (0, 0, 1))] == [
        *(False, True, True, True)
    ]


def test_what_forgetting_takes_and_what_it_leaves(path: Path) -> None:
    with Library.open(path, reader="ada") as library:
        Backups(path).make("with-both")
        library.drafts.keep("text:one", "half a thought")
        library.drafts.keep("text:two#1", "kept")
        library.drafts.keep("highlight:1", "on one")
        library.drafts.keep("link:2", "on a link")
        library.drafts.keep("library", "kept too")
        library.ui_state.put("desk.queries", ["river"])
        library.ui_state.put("desk.place", {"at": 3})
        library.ui_state.put("desk.theme", "light")
        assert forgettable(library)._replace(acts=0, free_bytes=0, drafts=0, copies=()) == Forgettable(
            titles=(), bodies=0, acts=0, drafts=0, remembered=2, vectors=0, free_bytes=0, copies=(), others=()
        )
        library.texts.remove("one")
        emergency = path.with_name("library.rescued-1.db")
        (aside := path.with_name("library.db-wal.2026-01-01T00-00-00Z")).write_bytes(b"")
        emergency.write_bytes(b"no library")
        other = path.with_name("library.rescued-2.txt")
        other.write_bytes(b"")
        found = forgettable(library)
        (copy,) = found.copies
        assert copy.name.endswith("with-both.db")
        acts = len(rows(path, "SELECT id FROM act"))
        assert found._replace(free_bytes=0) == Forgettable(
            titles=("The title of one",), bodies=1, acts=acts, drafts=3, remembered=2, vectors=0, free_bytes=0,
            copies=(copy,), others=(emergency, other, aside),
        )  # fmt: skip
        assert not found.is_nothing
        assert forget(library) == found._replace(
            free_bytes=forgettable(library).free_bytes or found.free_bytes
        )
        rest = forgettable(library)
        assert (rest, rest.is_nothing) == (Forgettable((), 0, 0, 0, 0, 0, 0, (), found.others), True)
        assert sorted(draft.key for draft in library.drafts.list()) == ["library", "text:two#1"]
    assert not copy.exists()
    (after,) = Backups(path).list()
    assert after.name.endswith("after-forgetting.db")
    assert b"miller" not in path.read_bytes() + after.read_bytes()
    assert rows(path, "SELECT key FROM place") == [("desk.theme",)]


@pytest.mark.parametrize(
    "field", ["bodies", "acts", "drafts", "remembered", "vectors", "free_bytes", "copies", "titles", "others"]
)
def test_what_is_something_to_forget(field: str) -> None:
    nothing = Forgettable((), 0, 0, 0, 0, 0, 0, (), ())
    some = (Path("a"),) if field in ("copies", "others") else ("a title",) if field == "titles" else 1
    assert nothing.is_nothing
    assert nothing._replace(**{field: some}).is_nothing == (field in ("titles", "others"))


def test_copies_that_are_to_stay_stay(path: Path) -> None:
    with Library.open(path) as library:
        kept = Backups(path).make("with-both")
        library.texts.remove("one")
        assert forget(library, copies=False).copies == (kept,)
    assert Backups(path).list() == [kept]
