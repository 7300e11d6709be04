"""`tui check` repairs what can be repaired, and names the newest good copy where nothing can; restoring works."""

from __future__ import annotations

import random
import re
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pytest

from store.backups import Backups
from store.library import Library
from store.repair import check, repair
from texts.model import Span
from tui.home import make_first_library

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def library(tmp_path: Path) -> Path:
    path = tmp_path / "data" / "library.db"
    make_first_library(path, "ada")
    with Library.open(path, reader="ada") as opened:
        ids = [
            opened.highlights.mark(slug, Span(start, start + 30), tags=["claim", "actor/x"], note="why").id
            for slug in ("editorial", "analysis")
            for start in range(0, 900, 90)
        ]
        opened.links.add(ids[0], ids[-1], kind="answers", note="a thought")
        opened.notes.write("on the text", "editorial")
        opened.search_indexes.word_index.grow(least=1)
    return path


def alter(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as sql:
        for statement in ("PRAGMA foreign_keys = OFF", *statements):
            sql.execute(statement)


BREAKS: dict[str, tuple[tuple[str, ...], str]] = {
    "a tag": (("DELETE FROM tag WHERE path = 'claim'",), "recovered/"),
    "a tag of nothing": (
        ("INSERT INTO highlight_tag (highlight_id, tag_id) VALUES (9999, 1)",),
        "highlight_tag",
    ),
    "an end of a link": (
        ("DELETE FROM highlight_tag WHERE highlight_id = 1", "DELETE FROM highlight WHERE id = 1"),
        "its note is now one on the library",
    ),
    "the text of a note": (("UPDATE note SET text_id = 9999",), "a note on the library"),
    "furniture": (("INSERT INTO furniture (version_id, start, value) VALUES (9999, 0, 1)",), "furniture"),
    "a cache": (("UPDATE search_index SET version_id = 9999 WHERE version_id = 1",), "search_index"),
    "a waiting body": (("INSERT INTO unindexed (body_id) VALUES (9999)",), "unindexed"),
    "a body that no shard tells of": (("DELETE FROM shard",), "index of words"),
    "a shard": (
        ("UPDATE shard SET data = CAST(data || x'00' AS BLOB)",),
        "index of words",
    ),
}


@pytest.mark.promise(
    "`tui check` repairs indexes, caches and orphaned rows; nothing a reader wrote is dropped"
)
@pytest.mark.parametrize("what", list(BREAKS))
def test_what_is_repaired(library: Path, what: str) -> None:
    statements, said = BREAKS[what]
    alter(library, *statements)
    broken = library.read_bytes()
    assert not check(library).ok
    repaired = repair(library)
    assert repaired.health.ok, repaired
    assert any(said in line for line in repaired.done)
    assert repaired.copy is not None
    assert not check(repaired.copy).ok, "the copy is the library as it was"
    assert broken
    with Library.open(library) as opened:
        words = [note.words for note in opened.notes.list()] + [link.note for link in opened.links.list()]
        assert any("a thought" in each for each in words)
        assert any("on the text" in each for each in words)
    assert repair(library).done == (), "a second look finds nothing"


def test_an_index_that_lacks_rows_is_built_anew(library: Path) -> None:
    with closing(sqlite3.connect(library, isolation_level=None)) as sql:
        sql.execute("PRAGMA writable_schema = ON")
        (root,) = sql.execute("SELECT rootpage FROM sqlite_master WHERE name = 'link_left'").fetchone()
        (other,) = sql.execute("SELECT rootpage FROM sqlite_master WHERE name = 'version_text'").fetchone()
        sql.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        size = sql.execute("PRAGMA page_size").fetchone()[0]
    content = bytearray(library.read_bytes())
    content[(root - 1) * size : root * size] = content[(other - 1) * size : other * size]
    library.write_bytes(content)
    assert not check(library).ok
    repaired = repair(library)
    assert repaired.done == ("built the indexes anew",), repaired
    assert repaired.health.ok


def said(library: Path, environment: Mapping[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    argv = [sys.executable, "-m", "tui", "--library", str(library), *arguments]
    return subprocess.run(argv, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.promise("damage that cannot be repaired: one line, exit 2, the newest good backup")
@pytest.mark.parametrize("seed", range(6))
def test_what_cannot_be_repaired(library: Path, environment: Mapping[str, str], seed: int) -> None:
    good = Backups(library).make("good")
    with closing(sqlite3.connect(library)) as sql:
        sql.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    rng = random.Random(seed)
    content = bytearray(library.read_bytes())
    if seed % 2:
        del content[len(content) * rng.randint(1, 9) // 10 :]
    else:
        for _ in range(4_000):
            content[rng.randrange(100, len(content))] ^= 0xFF
    library.write_bytes(content)
    done = said(library, environment, "check")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert f"the newest good backup is {good}" in done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert library.read_bytes() == content, "it was only looked at"


def restoring_lines() -> list[str]:
    """What the page tells a user to type, but the folder to go to."""
    page = (ROOT / "docs" / "trust.md").read_text("utf-8")
    (block,) = re.findall(r"```sh\n(.*?)```", page.partition("## Restoring a copy")[2], re.DOTALL)
    folder, *lines = block.splitlines()
    assert folder.startswith("cd ")
    return lines


@pytest.mark.promise("a backup is restored by the lines of docs/trust.md")
def test_restoring(library: Path, environment: Mapping[str, str]) -> None:
    good = Backups(library).make("daily")
    with Library.open(library) as opened:
        before = len(opened.highlights.find())
        opened.highlights.mark("editorial", Span(0, 9))
    library.with_name("library.db-wal").write_bytes(b"left over from a crash" * 99)
    library.write_bytes(b"damaged" * 999)
    *moving, checking = restoring_lines()
    assert checking == "tui check"
    lines = re.sub(
        r"library\.db\.backups/\S+", f"library.db.backups/{good.name}", "\n".join(["set -e", *moving])
    )
    subprocess.run(["sh", "-c", lines], cwd=library.parent, check=True)
    assert said(library, environment, "check").returncode == 0
    with Library.open(library) as opened:
        assert len(opened.highlights.find()) == before
