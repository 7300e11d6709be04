"""`tui corpus make`, `list`, `remove`: what comes in, what is told of what does not, and what is there afterwards."""

from __future__ import annotations

import gzip
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

Tui = Callable[..., Any]

LINES: Sequence[dict[str, str]] = (
    {
        "id": "p1",
        "text": "The old mill at Harrow burned.\n\nNobody was hurt.",
        "series": "Post",
        "date": "1866",
    },
    {"id": "p2", "text": "The brewery lends its barn.", "title": "A barn", "author": "Ada Quill"},
)


def lines(path: Path, *records: object) -> Path:
    """A file of JSON-lines with these records; strings as they are."""
    path.write_text("".join(r + "\n" if isinstance(r, str) else json.dumps(r) + "\n" for r in records))
    return path


def texts(tui: Tui, name: str) -> list[Any]:
    return list(tui("corpus", "list", name, "--json").data)


def test_json_lines_become_texts_with_what_is_known_of_them(tui: Tui, tmp_path: Path) -> None:
    said = tui("corpus", "make", "papers", lines(tmp_path / "in.jsonl", *LINES))
    assert said == (0, "papers: 2 texts, 3 passages, 14 words\n", "")
    one, two = texts(tui, "papers")
    assert (one["text"], one["series"], one["date"], one["passages"]) == ("p1", "Post", "1866", 2)
    assert (two["title"], two["author"], two["path"]) == ("A barn", "Ada Quill", str(tmp_path / "in.jsonl"))


def test_a_broken_line_is_told_and_the_rest_goes_on(tui: Tui, tmp_path: Path) -> None:
    file = lines(tmp_path / "in.jsonl", LINES[0], '{"id": "p9", ', {"id": "p3"}, LINES[1])
    said = tui("corpus", "make", "papers", file)
    assert said.code == 2
    assert said.err.splitlines()[0].startswith("tui: in.jsonl, line 2: is no JSON")
    assert said.err.splitlines()[1] == "tui: in.jsonl, line 3: has no text"
    assert [text["text"] for text in texts(tui, "papers")] == ["p1", "p2"]


def test_a_folder_is_read_with_all_below_it_and_its_table(tui: Tui, tmp_path: Path, mill: Path) -> None:
    folder = tmp_path / "shelf"
    (folder / "1866").mkdir(parents=True)
    (folder / "1866" / "mill.txt").write_text(mill.read_text())
    with gzip.open(folder / "barn.txt.gz", "wt") as packed:
        packed.write("The brewery has offered to lend its barn.\n")
    (folder / "broken.txt").write_bytes(b"\x00\x01\x02" * 400)
    (folder / "metadata.csv").write_text(
        "filename,title,year,series\n1866/mill.txt,Fire!,1866,The Post\nbarn.txt.gz,,1867,\n"
    )
    said = tui("corpus", "make", "shelf", folder)
    assert said.code == 2
    assert said.err.count("\n") == 1
    assert "broken.txt" in said.err
    two, one = texts(tui, "shelf")
    assert (one["text"], one["title"], one["date"], one["series"]) == (
        "1866/mill",
        "Fire!",
        "1866",
        "The Post",
    )
    assert (two["text"], two["date"]) == ("barn", "1867")


@pytest.mark.parametrize("given", ["missing", "empty", "blank.txt", "blank.jsonl"])
def test_where_no_text_could_be_read_no_corpus_is_left(tui: Tui, tmp_path: Path, given: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "blank.txt").write_text("\n\n")
    (tmp_path / "blank.jsonl").write_text('{"id": "p1", "text": "…"}\n')
    said = tui("corpus", "make", "papers", tmp_path / given)
    assert (said.code, said.out) == (2 if given in ("missing", "blank.txt") else 1, "")
    assert said.err.splitlines()[-1] == "no text could be read: there is no corpus papers"
    assert not (tmp_path / "corpora").exists()


NO_ROOM = """
import resource, sys
from pathlib import Path
from store.corpus.corpus_file import Corpus
from store.errors import LibraryError
early, folder = sys.argv[1] == "early", Path(sys.argv[2])
try:
    corpus = None if early else Corpus.create(folder)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 16 if early else 0, resource.RLIM_INFINITY))
    with corpus or Corpus.create(folder) as corpus:
        print(corpus.remove_if_empty())
except LibraryError as error:
    print(error)
"""


@pytest.mark.skipif(os.name != "posix", reason="limits of files are of POSIX")
@pytest.mark.parametrize("when", ["early", "late"])
def test_where_there_is_no_room_no_empty_corpus_is_left(tmp_path: Path, when: str) -> None:
    folder = tmp_path / "corpora" / "papers"
    done = subprocess.run(
        [sys.executable, "-c", NO_ROOM, when, folder], check=False, capture_output=True, text=True
    )
    assert (done.stderr, done.stdout.count("\n")) == ("", 1)
    assert done.stdout == "True\n" if when == "late" else "corpus.db" in done.stdout
    assert not folder.exists()


def test_a_corpus_without_a_text_is_listed_as_what_it_is(tui: Tui, tmp_path: Path) -> None:
    """A program that was killed leaves one, as it may a file without anything, or one that is damaged."""
    from store.corpus.corpus_file import Corpus
    from store.corpus.corpus_folder import folder_of

    tui("corpus", "make", "papers", lines(tmp_path / "in.jsonl", *LINES))
    Corpus.create(folder_of(tmp_path / "library.db", "ended")).close()
    for name, has in (("nothing", b""), ("damaged", b"no database" * 1_000)):
        file = folder_of(tmp_path / "library.db", name) / "corpus.db"
        file.parent.mkdir()
        file.write_bytes(has)
    said = tui("corpus", "list")
    yet = "no text yet: it is being made, or that was ended; make it again, or remove it"
    assert said.out.splitlines()[:2] == [f"ended    {yet}", f"nothing  {yet}"]
    assert said.out.splitlines()[2].startswith("papers ")
    assert said.code == 2
    assert said.err.count("\n") == 1
    assert "damaged" in said.err
    for name in ("ended", "nothing"):
        assert tui("corpus", "make", name, tmp_path / "in.jsonl").code == 0
        assert len(texts(tui, name)) == 2
    assert tui("corpus", "remove", "damaged").code == 0
    assert tui("corpus", "list").code == 0


def test_a_corpus_that_another_program_is_filling_is_left(tui: Tui, tmp_path: Path) -> None:
    from store.corpus.corpus_file import Corpus
    from store.corpus.corpus_folder import folder_of

    with Corpus.create(folder_of(tmp_path / "library.db", "papers")) as other:
        other.counts()
        assert tui("corpus", "make", "papers", tmp_path / "missing").code == 2
        assert os.path.exists(other.file)
    assert tui("corpus", "make", "papers", tmp_path / "missing").code == 2
    assert not (tmp_path / "corpora").exists()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no named pipes")
@pytest.mark.parametrize("name", ["in.txt", "in.jsonl", "in.parquet", "in.txt.gz"])
def test_a_pipe_is_not_waited_for(tui: Tui, tmp_path: Path, name: str) -> None:
    os.mkfifo(tmp_path / name)
    said = tui("corpus", "make", "papers", tmp_path / name)
    assert said.code == 2
    assert said.err.startswith(f"tui: {tmp_path / name} is a pipe: write what comes out of it to a file")
    said = tui("corpus", "pairs", tmp_path / name)
    assert said == (
        2,
        "",
        f"tui: {tmp_path / name} is a pipe or a device: write what comes out of it to a file first\n",
    )


@pytest.mark.parametrize("score", ["nan", "NaN", "inf", "-inf"])
@pytest.mark.parametrize(
    "command", ["corpus relate x", "corpus pairs x", "corpus search x y", "search y", "related x y"]
)
def test_a_score_that_is_no_number_is_refused(tui: Tui, command: str, score: str) -> None:
    said = tui(*command.split(), "--min-score", score)
    assert (said.code, said.out, said.err.count("\n")) == (2, "", 1)
    assert "Invalid value for '--min-score'" in said.err


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_told(tui: Tui, tmp_path: Path) -> None:
    file = tmp_path / "secret.txt"
    file.write_text("words")
    file.chmod(0)
    said = tui("corpus", "make", "shelf", file)
    assert (said.code, said.err.count("\n")) == (2, 1)


def test_a_file_whose_name_is_no_utf_8_comes_in(tui: Tui, tmp_path: Path) -> None:
    folder = tmp_path / "shelf"
    folder.mkdir()
    try:
        (folder / os.fsdecode(b"n\xff.txt")).write_text("One two three.")
        (folder / os.fsdecode(b"o\xff.jsonl")).write_text(json.dumps(LINES[0]))
    except OSError:
        pytest.skip("names of files are UTF-8 here")
    assert tui("corpus", "make", "papers", folder).code == 0
    assert [Path(text["path"]).name for text in texts(tui, "papers")] == ["n\ufffd.txt", "o\ufffd.jsonl"]


def test_a_text_that_another_program_adds_meanwhile_is_there(tui: Tui, tmp_path: Path) -> None:
    from store.corpus.corpus_file import Corpus
    from store.corpus.corpus_folder import folder_of
    from store.corpus.corpus_making import MakingReport, add_texts
    from store.corpus.corpus_sources import incoming

    both, one = lines(tmp_path / "both.jsonl", *LINES), lines(tmp_path / "one.jsonl", LINES[0])
    done = []

    def meanwhile(_: MakingReport) -> None:
        if not done:
            done.append(tui("corpus", "make", "papers", one).code)

    with Corpus.create(folder_of(tmp_path / "library.db", "papers")) as corpus:
        made = add_texts(corpus, incoming([str(both)], pytest.fail), meanwhile)
    assert (done, made.added, made.there) == ([0], 1, 1)
    assert [text["text"] for text in texts(tui, "papers")] == ["p1", "p2"]


@pytest.mark.skipif(os.name != "posix", reason="Windows removes no file that is open")
def test_what_is_made_of_a_corpus_that_is_removed_meanwhile_is_not_claimed(
    tui: Tui, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from store.corpus.corpus_file import Corpus

    add, file = Corpus.add, lines(tmp_path / "in.jsonl", *LINES)

    def once_it_is_removed(self: Corpus, *given: Any) -> int:
        assert tui("corpus", "remove", "papers").code == 0
        return add(self, *given)

    monkeypatch.setattr(Corpus, "add", once_it_is_removed)
    said = tui("corpus", "make", "papers", file)
    assert (said.code, said.out) == (2, "")
    assert said.err == "tui: the corpus papers was removed meanwhile: nothing was kept\n"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everything")
def test_a_corpus_that_nobody_may_write_is_read(tui: Tui, tmp_path: Path) -> None:
    tui("corpus", "make", "papers", lines(tmp_path / "in.jsonl", *LINES))
    (folder,) = (file.parent for file in tmp_path.rglob("corpus.db"))
    folder.chmod(0o500)
    try:
        assert tui("corpus", "list", "papers").code == 0
        assert tui("corpus", "search", "papers", "brewery").code == 0
        assert "cannot be" in tui("corpus", "relate", "papers").err
    finally:
        folder.chmod(0o700)


def many(folder: Path) -> Path:
    """A folder of texts and of what cannot be read, so named that they come by turns; of one there are two."""
    folder.mkdir()
    for number in range(40):
        words = " ".join(f"word{number}x{k}" for k in range(30))
        (folder / f"a{number:02}.txt").write_text(f"{words}.\n\nA mill stands here, number {number}.\n")
    for number in range(0, 40, 7):
        (folder / f"a{number:02}-.txt").write_bytes(b"\x00\x01\x02" * 400)
        lines(folder / f"a{number:02}_.jsonl", {"id": f"p{number}", "text": "A barn."}, "{", LINES[0])
    return folder


@pytest.fixture
def in_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Texts are read by other processes from the first one on, a few at a time, some of them to a shard."""
    from store.corpus import corpus_making

    monkeypatch.setattr(corpus_making, "_FEW", 0)
    monkeypatch.setattr(corpus_making, "_TASK", 1_000)
    monkeypatch.setattr(corpus_making, "SHARD", 300)
    monkeypatch.setattr("os.cpu_count", lambda: 2)


def test_processes_make_the_corpus_that_one_makes(
    tui: Tui, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    folder, said, kept = many(tmp_path / "many"), [], []
    for name in ("one", "several"):
        if name == "several":
            request.getfixturevalue("in_processes")
        else:
            monkeypatch.setattr("store.corpus.corpus_making.SHARD", 300)
            monkeypatch.setattr("os.cpu_count", lambda: 1)
        said.append(tui("corpus", "make", name, folder))
        (file,) = tmp_path.rglob(f"{name}/corpus.db")
        with sqlite3.connect(file) as sql:
            kept.append(
                [sql.execute(f"SELECT * FROM {table}").fetchall() for table in ("shard", "text", "section")]
            )
    assert kept[0] == kept[1]
    assert len(kept[0][0]) > 3
    assert said[0].err == said[1].err
    assert said[0].err.count("\n") == 13
    assert (said[1].code, said[0].out.replace("one", "")) == (2, said[1].out.replace("several", ""))


@pytest.mark.usefixtures("in_processes")
def test_a_folder_that_is_named_from_where_one_is_comes_in_by_processes(
    tui: Tui, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Processes work in the root, not where they are called from."""
    folder = many(tmp_path / "many")
    monkeypatch.chdir(tmp_path)
    said = tui("corpus", "make", "papers", "many")
    assert said.out.startswith("papers: 47 texts, ")
    assert said.err.count("\n") == 13
    assert {Path(text["path"]).parent for text in texts(tui, "papers")} == {folder}


@pytest.mark.usefixtures("in_processes")
def test_a_process_that_dies_is_told_and_what_was_written_stays(
    tui: Tui, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from store.corpus import corpus_making

    folder, packed, tasks = many(tmp_path / "many"), corpus_making.packed_given, []

    def broken(given: Sequence[Any]) -> bytes:
        tasks.append(given)
        return b"\xff\xff\xff\xff" if len(tasks) == 22 else packed(given)

    monkeypatch.setattr(corpus_making, "packed_given", broken)
    said = tui("corpus", "make", "papers", folder)
    assert (said.code, said.out) == (2, "")
    assert said.err.splitlines()[-1].startswith("tui: reading stopped: ")
    assert said.err.splitlines()[-1].endswith("; the same command goes on from there")
    there = len(texts(tui, "papers"))
    assert 0 < there < 47
    monkeypatch.setattr(corpus_making, "packed_given", packed)
    assert "already there" in tui("corpus", "make", "papers", folder).err
    assert len(texts(tui, "papers")) == 47


def test_a_packed_file_that_is_cut_short_is_told(tui: Tui, tmp_path: Path) -> None:
    whole = gzip.compress("".join(json.dumps(line) + "\n" for line in LINES * 1000).encode())
    (tmp_path / "in.jsonl.gz").write_bytes(whole[: len(whole) // 2])
    said = tui("corpus", "make", "papers", tmp_path / "in.jsonl.gz")
    assert said.code == 2
    assert "in.jsonl.gz cannot be read" in said.err
    assert "it is damaged, or cut short" in said.err


def test_making_it_again_changes_nothing_and_more_texts_are_added(tui: Tui, tmp_path: Path) -> None:
    first = lines(tmp_path / "one.jsonl", LINES[0])
    tui("corpus", "make", "papers", first)
    again = tui("corpus", "make", "papers", first)
    assert (again.code, again.err) == (0, "1 text already there\n")
    tui("corpus", "make", "papers", lines(tmp_path / "two.jsonl", LINES[1], {**LINES[0], "text": "Another."}))
    assert [text["text"] for text in texts(tui, "papers")] == ["p1", "p2", "p1-2"]


def test_a_name_that_could_be_no_folder_is_refused(tui: Tui, tmp_path: Path, mill: Path) -> None:
    said = tui("corpus", "make", "../../elsewhere", mill)
    assert (said.code, said.out) == (2, "")
    assert "cannot be the name of a corpus" in said.err


def test_a_corpus_is_removed(tui: Tui, mill: Path) -> None:
    tui("corpus", "make", "papers", mill)
    assert tui("corpus", "remove", "papers").code == 0
    assert tui("corpus", "list") == (1, "", "")
    assert "there is no corpus “papers”" in tui("corpus", "list", "papers").err


def test_a_folder_that_holds_something_else_is_left_as_it_is(tui: Tui, tmp_path: Path) -> None:
    """Texts may lie in `corpora/NAME` beside a library before there is a corpus of that name."""
    notes = tmp_path / "corpora" / "papers" / "notes.txt"
    notes.parent.mkdir(parents=True)
    notes.write_text("The mill burned.\n")
    for given in (tmp_path / "missing", notes):
        said = tui("corpus", "make", "papers", given)
        why = f"{notes.parent} has files that are none of a corpus: take another name"
        assert said == (2, "", f"tui: {why}\n")
    assert [path.name for path in notes.parent.iterdir()] == ["notes.txt"]


def test_with_a_corpus_goes_only_what_is_of_it(tui: Tui, tmp_path: Path) -> None:
    tui("corpus", "make", "papers", lines(tmp_path / "in.jsonl", *LINES))
    notes = tmp_path / "corpora" / "papers" / "notes.txt"
    notes.write_text("The mill burned.\n")
    (notes.parent / "runs" / "0123").mkdir(parents=True)
    assert tui("corpus", "remove", "papers") == (0, "", "")
    assert [path.name for path in notes.parent.iterdir()] == ["notes.txt"]
    assert tui("corpus", "list").code == 1


EVERY_WAY = (
    ("list", "papers"),
    ("search", "papers", "mill"),
    ("relate", "papers"),
    ("relate", "papers", "--estimate"),
)


def spoil(file: Path, how: str) -> None:
    """Damages the file of a corpus."""
    if how == "no database":
        file.write_bytes(b"no database" * 1_000)
    elif how == "cut short":
        file.write_bytes(file.read_bytes()[:70_000])
    else:
        with sqlite3.connect(file) as sql:
            if how == "without a table":
                sql.execute("DROP TABLE text")
            else:
                table, column = how.split(".")
                sql.execute(f"UPDATE {table} SET {column} = CAST(x'FF' || substr({column}, 2) AS BLOB)")


@pytest.mark.parametrize(
    ("how", "ways"),
    [
        ("no database", EVERY_WAY),
        ("cut short", EVERY_WAY),
        ("without a table", EVERY_WAY),
        ("shard.body", EVERY_WAY[1:3]),
        ("shard.search_index", EVERY_WAY[1:2]),
        ("piece.data", EVERY_WAY[1:3]),
    ],
)
def test_a_damaged_corpus_is_called_that(
    tui: Tui, tmp_path: Path, how: str, ways: Sequence[Sequence[str]]
) -> None:
    """Not a library, of which there would be backups: a corpus is made anew."""
    quoted = "The surveyor counted eleven hundred crooked bricks in the orchard wall before supper"
    several = [{"id": f"p{k}", "text": f"{quoted}, said {who} of the mill."} for k, who in enumerate("AB")]
    tui("corpus", "make", "papers", lines(tmp_path / "in.jsonl", *several))
    assert tui("corpus", "relate", "papers").code == 0
    spoil(tmp_path / "corpora" / "papers" / "corpus.db", how)
    why = "the corpus papers is damaged: take it away with `tui corpus remove papers`, and make it anew"
    for way in ways:
        assert tui("corpus", *way) == (2, "", f"tui: {why}\n"), way
    assert tui("corpus", "remove", "papers").code == 0
    assert tui("corpus", "make", "papers", tmp_path / "in.jsonl").code == 0


def test_the_database_of_another_program_is_left_as_it_is(tui: Tui, tmp_path: Path) -> None:
    file = tmp_path / "corpora" / "papers" / "corpus.db"
    file.parent.mkdir(parents=True)
    with sqlite3.connect(file) as sql:
        sql.execute("CREATE TABLE notes (words)")
    sql.close()
    there = file.read_bytes()
    given = lines(tmp_path / "in.jsonl", *LINES)
    for way in (*EVERY_WAY, ("make", "papers", given), ("remove", "papers"), ("list",)):
        said = tui("corpus", *way)
        assert said == (2, "", f"tui: {file} is another program's, not a corpus: take another name\n"), way
    assert file.read_bytes() == there


@pytest.mark.parametrize("way", [*EVERY_WAY, ("relate", "papers", "-o", "pairs.jsonl")])
def test_of_a_corpus_without_a_text_that_is_said(
    tui: Tui, tmp_path: Path, way: Sequence[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from store.corpus.corpus_file import Corpus

    monkeypatch.chdir(tmp_path)
    Corpus.create(tmp_path / "corpora" / "papers").close()
    said = tui("corpus", *way)
    assert said == (1, "", "papers has no text yet: add some with `tui corpus make papers FOLDER`\n")
    assert not (tmp_path / "pairs.jsonl").exists()


@pytest.mark.parametrize("written", [0, 2])
def test_what_is_stopped_says_what_there_is(
    tui: Tui, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: int
) -> None:
    from store.corpus import corpus_sources

    given, read = lines(tmp_path / "in.jsonl", *LINES), corpus_sources.given_texts

    def stopped(paths: Sequence[str]) -> Iterator[Any]:
        yield from read(paths)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(corpus_sources, "given_texts", stopped)
        patched.setattr("store.corpus.corpus_making.SHARD", 1 if written else 1_000)
        said = tui("corpus", "make", "papers", given)
    there = "papers has 2 texts; the same command goes on from there"
    assert said == (130, "", f"stopped{f': {there}' if written else ' before a text was written'}\n")
    again = tui("corpus", "make", "papers", given)
    assert again.err == ("2 texts already there\n" if written else "")
    assert len(texts(tui, "papers")) == 2
