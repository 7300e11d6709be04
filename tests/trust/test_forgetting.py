"""A text that was added by mistake is removed, and then forgotten: no file beside the library has a word of it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pytest
from pseudo import Program

from store.backups import Backups
from store.connection import connect
from store.library import Library
from store.repair import check
from tui.home import make_first_library

TUI = (sys.executable, "-m", "tui")
SECRETS = ("Quixelbrand", "Vorpaldine", "Zanthorium")
"""Words of the body, of the title, and of an earlier version."""
BODY = f"{SECRETS[1]} and what came of it\n\n" + "\n\n".join(
    f"In paragraph {number} it is said that {SECRETS[0]} was seen {number} times, and nobody knows why."
    for number in range(200)
)


@pytest.fixture
def library(tmp_path: Path) -> Path:
    path = tmp_path / "data" / "library.db"
    make_first_library(path, "ada")
    return path


@pytest.fixture
def environment(environment: Mapping[str, str], library: Path) -> Mapping[str, str]:
    return {**environment, "TUI_LIBRARY": str(library)}


def said(environment: Mapping[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*TUI, *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )


def done(environment: Mapping[str, str], *arguments: str) -> str:
    result = said(environment, *arguments)
    assert result.returncode == 0, result
    return result.stdout


def holding(folder: Path) -> dict[str, list[str]]:
    """The files that hold one of the words, as it is written or folded."""
    words = [word.encode() for secret in SECRETS for word in (secret, secret.lower())]
    found = {
        path: [word.decode() for word in words if word in path.read_bytes()]
        for path in folder.rglob("*")
        if path.is_file()
    }
    return {str(path.relative_to(folder)): words for path, words in found.items() if words}


def make_mistake(environment: Mapping[str, str], folder: Path) -> None:
    """Adds a text by mistake, and works with it as one does."""
    first, second = folder / f"{SECRETS[2]}.txt", folder / "second.txt"
    first.write_text(f"{SECRETS[2]}\n\n{BODY}", encoding="utf-8")
    second.write_text(BODY, encoding="utf-8")
    done(environment, "add", "--slug", "mistake", str(first))
    done(environment, "mark", "mistake", f"{SECRETS[0]} was seen 7 times", "--tag", "claim", "--note", "why?")
    done(environment, "mark", "editorial", "Sistani", "--all")
    done(environment, "note", "--text", "mistake", f"{SECRETS[0]} again")
    done(environment, "search", SECRETS[0])
    done(environment, "related", "mistake", "editorial", "--limit", "1", "--min-score", "0")
    done(environment, "update", "mistake", str(second))
    done(environment, "backup", str(folder / "elsewhere.db"))
    with Library.open(Path(environment["TUI_LIBRARY"]), reader="ada") as opened:
        Backups(opened.path).make("by-hand")
        opened.drafts.keep("text:mistake", f"half a thought on {SECRETS[0]}")
        opened.ui_state.put("desk.queries", [SECRETS[0]])
        opened.ui_state.put("desk.theme", "light")
        opened.search_indexes.word_index.grow(least=1)


@pytest.mark.promise("what was removed and forgotten is in no file beside the library")
@pytest.mark.parametrize("beside", ["nothing", "a desk", "an emergency copy"])
def test_nothing_is_left(library: Path, environment: Mapping[str, str], tmp_path: Path, beside: str) -> None:
    make_mistake(environment, tmp_path)
    assert f"{'mistake'}  1 earlier version, 1 highlight, 1 note" in done(environment, "remove", "mistake")
    assert set(holding(library.parent)) >= {"library.db"}, "until it is forgotten, it can be undone"
    told = done(environment, "check", "--forget", "--dry-run")
    assert f"removed text  {SECRETS[2]}" in told
    assert "none of which can be undone" in told
    assert "copy  " in told
    assert "library.db" in holding(library.parent)
    if beside == "a desk":
        with Program([*TUI], environment=environment, folder=tmp_path) as desk:
            desk.until(b"\x1b[?2026l")
            desk.settle()
            done(environment, "check", "--forget", "--yes")
            assert holding(library.parent) == {}
            desk.write(b"q")
            assert desk.ended() == 0
    elif beside == "an emergency copy":
        kept = library.with_name("library.rescued-2026-01-01T00-00-00Z.db")
        kept.write_bytes((tmp_path / "elsewhere.db").read_bytes())
        assert str(kept) in said(environment, "check", "--forget", "--yes").stderr
        kept.unlink()
    else:
        done(environment, "check", "--forget", "--yes")
    assert holding(library.parent) == {}
    assert check(library).ok
    assert all(check(copy).ok for copy in Backups(library).list())
    assert len(Backups(library).list()) == 1, "a copy of what is there now has taken the place of the others"
    with Library.open(library) as opened:
        assert [text.slug for text in opened.texts.list()] == ["analysis", "editorial"]
        assert len(opened.highlights.find()) == 1
        assert opened.journal.undo() is None
        assert opened.ui_state.get("desk.theme") == "light"
    if beside != "a desk":  # which remembers places again
        assert said(environment, "check", "--forget", "--yes").returncode == 1, "a second time finds nothing"


def test_copies_are_kept_if_asked(library: Path, environment: Mapping[str, str], tmp_path: Path) -> None:
    make_mistake(environment, tmp_path)
    done(environment, "remove", "mistake")
    before = Backups(library).list()
    result = said(environment, "check", "--forget", "--yes", "--keep-copies")
    assert "copies named above still hold" in result.stderr
    assert Backups(library).list() == before
    assert set(holding(library.parent)) == {f"library.db.backups/{copy.name}" for copy in before}


def test_forgetting_is_never_done_unasked(
    library: Path, environment: Mapping[str, str], tmp_path: Path
) -> None:
    make_mistake(environment, tmp_path)
    done(environment, "remove", "mistake")
    refused = said(environment, "check", "--forget")
    assert refused.returncode == 2
    assert "--yes" in refused.stderr
    for answer in (b"n\r", b"\r"):
        with Program([*TUI, "check", "--forget"], environment=environment, folder=tmp_path) as asking:
            asking.until(b"[y/N]")
            asking.write(answer)
            assert asking.ended() == 1
    done(environment, "undo")
    assert "mistake" in done(environment, "texts")


def test_removing_asks_at_a_terminal(library: Path, environment: Mapping[str, str], tmp_path: Path) -> None:
    make_mistake(environment, tmp_path)
    for answer, code in ((b"n\r", 1), (b"y\r", 0)):
        with Program([*TUI, "remove", "mistake"], environment=environment, folder=tmp_path) as asking:
            asking.until(b"Remove mistake with all of it? [y/N]")
            asking.write(answer)
            assert asking.ended() == code
    done(environment, "undo")
    done(environment, "remove", "mistake", "analysis", "--dry-run")
    assert "mistake" in done(environment, "texts")
    done(environment, "remove", "mistake", "analysis")
    done(environment, "undo")
    assert len(done(environment, "texts", "--all").splitlines()) == 3, "both were removed in one act"


def test_a_log_in_use_is_told(library: Path, environment: Mapping[str, str], tmp_path: Path) -> None:
    make_mistake(environment, tmp_path)
    done(environment, "remove", "mistake")
    with closing(connect(library, read_only=True)) as reader, reader.reading():
        reader.value("SELECT count(*) FROM text")
        result = said(environment, "check", "--forget", "--yes")
        assert result.returncode == 2
        assert "another program is reading" in result.stderr
    done(environment, "check", "--forget", "--yes")
    assert holding(library.parent) == {}
