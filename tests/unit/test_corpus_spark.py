"""What Spark needs is looked for first, and what is missing is said in a line; which blocks are paired off."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from store.corpus.spark import spark_candidates, spark_session
from store.errors import LibraryError


@pytest.fixture
def with_pyspark(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spark_session, "find_spec", lambda name: object())


def java(folder: Path, says: str) -> Path:
    """A folder with a Java that says which it is."""
    program = folder / "bin" / "java"
    program.parent.mkdir(parents=True)
    program.write_text(f"#!/bin/sh\necho '{says}' >&2\n")
    program.chmod(0o755)
    return folder


@pytest.mark.parametrize(
    "master", ["local[2]", "local[*]", "local[2,3]", "local-cluster[2,1,1024]", "yarn", "k8s://https://h:1"]
)
@pytest.mark.usefixtures("with_pyspark")
def test_masters_that_are_some(master: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JAVA_HOME", str(java(tmp_path, 'openjdk version "17.0.19" 2026-04-21')))
    spark_session.check(master)


@pytest.mark.parametrize("master", ["", "loca[2]", "local[two]", "spark://", "http://h:7077", "local\x1b[2]"])
def test_masters_that_are_none(master: str) -> None:
    with pytest.raises(LibraryError, match="is no master of Spark") as found:
        spark_session.check(master)
    assert "\x1b" not in str(found.value)


def test_no_pyspark(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spark_session, "find_spec", lambda name: None)
    with pytest.raises(LibraryError, match=r"install close-reading-tui\[spark\]"):
        spark_session.check("local[2]")


@pytest.mark.parametrize(
    ("said", "version"),
    [
        ('openjdk version "17.0.19" 2026-04-21', 17),
        ('java version "1.8.0_402"', 8),
        ('openjdk version "25" 2025-09-16', 25),
        ("nothing", None),
    ],
)
def test_versions_of_java(said: str, version: int | None) -> None:
    assert spark_session.java_version(said) == version


def test_no_java(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(LibraryError, match="needs Java 17 or newer, and there is none here"):
        spark_session.check_java()
    monkeypatch.setenv("JAVA_HOME", str(tmp_path / "gone"))
    with pytest.raises(LibraryError, match=r"JAVA_HOME is .*gone, which has no bin/java"):
        spark_session.check_java()


def test_java_that_is_too_old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JAVA_HOME", str(java(tmp_path, 'openjdk version "11.0.2" 2019-01-15')))
    with pytest.raises(LibraryError, match="is 11: set JAVA_HOME to a newer one"):
        spark_session.check_java()


@pytest.mark.usefixtures("with_pyspark")
def test_a_master_that_does_not_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JAVA_HOME", str(java(tmp_path, 'openjdk version "17.0.19"')))
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound and not listening: nobody else takes it meanwhile
        master = f"spark://127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(LibraryError, match=f"the master {master} does not answer: Connection refused"):
            spark_session.check(master)
    with pytest.raises(LibraryError, match="does not answer"):
        spark_session.check("spark://127.0.0.1:none")


def test_a_full_disk_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "log").write_text("java.io.IOException: No space left on device\n\tat …\n")
    with (
        pytest.raises(LibraryError, match=r"the disk is full: .*; make room, and the same command goes on"),
        spark_session.explained(tmp_path),
    ):
        raise RuntimeError("Job aborted due to stage failure:\n\tat org.apache.spark…")


def test_what_spark_says_in_a_hundred_lines_is_one(tmp_path: Path) -> None:
    said = "An error\n  at worker\nTraceback:\nValueError: this is the matter\n\n\tat org.apache…"
    with (
        pytest.raises(LibraryError, match=r"^Spark stopped: ValueError: this is the matter; the same"),
        spark_session.explained(tmp_path),
    ):
        raise RuntimeError(said)


def test_any_two_blocks_are_held_against_each_other_once() -> None:
    tasks = spark_candidates.pair_tasks(4, 0)
    assert sorted(tasks) == [(i, j) for i in range(4) for j in range(i, 4)]
    assert sorted(tasks.values()) == list(range(10))
    assert all(one != other for one, other in list(tasks)[:6])  # what takes longest begins first


def test_of_two_corpora_the_blocks_of_one_ask_those_of_the_other() -> None:
    assert sorted(spark_candidates.pair_tasks(5, 2)) == [(i, j) for i in (0, 1) for j in (2, 3, 4)]
