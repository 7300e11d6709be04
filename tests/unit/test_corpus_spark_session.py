"""A Spark session, begun and ended: what it is told, what it waits for, and what is left of it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from store.corpus.spark import spark_session
from store.errors import LibraryError
from texts.relate.relate_records import Cancelled


class Spark:
    """What a session calls of pyspark, and what it said to it."""

    def __init__(self) -> None:
        self.conf: dict[str, str] = {"spark.app.given": "kept"}
        self.done: list[str] = []
        self.executors = [2]
        self.gateway: Any = None

    def modules(self) -> dict[str, ModuleType]:
        """By their names."""
        pyspark, gateway, sql = (
            ModuleType(name) for name in ("pyspark", "pyspark.java_gateway", "pyspark.sql")
        )
        context = type("SparkContext", (), {"_gateway": None, "_jvm": "jvm", "__init__": self._begin(self)})
        pyspark.SparkConf, pyspark.SparkContext = lambda: self, context  # type: ignore[attr-defined]
        gateway.launch_gateway = self._launch  # type: ignore[attr-defined]
        sql.SparkSession = lambda context: SimpleNamespace(  # type: ignore[attr-defined]
            sparkContext=context, stop=lambda: self.done.append("stop")
        )
        return {"pyspark": pyspark, "pyspark.java_gateway": gateway, "pyspark.sql": sql}

    @staticmethod
    def _begin(spark: Spark) -> Callable[..., None]:
        def begin(self: Any, conf: object, gateway: object) -> None:
            assert (conf, gateway) == (spark, spark.gateway)
            type(self)._gateway = gateway
            self.cancelAllJobs = lambda: spark.done.append("cancel")
            status = SimpleNamespace(size=lambda: spark.executors.pop(0))
            scala = SimpleNamespace(getExecutorMemoryStatus=lambda: status)
            self._jsc = SimpleNamespace(sc=lambda: scala)

        return begin

    def _launch(self, conf: object, popen: dict[str, Any]) -> Any:
        popen["stderr"].write(b"java says\n")
        assert popen["stdout"] is popen["stderr"]
        process = SimpleNamespace(
            stdin=SimpleNamespace(close=lambda: self.done.append("close")),
            wait=lambda seconds: self.done.append(f"wait {seconds}"),
        )
        self.gateway = SimpleNamespace(proc=process, shutdown=lambda: self.done.append("shutdown"))
        return self.gateway

    def setMaster(self, master: str) -> Spark:  # noqa: N802
        self.conf["master"] = master
        return self

    def setAppName(self, name: str) -> Spark:  # noqa: N802
        self.conf["name"] = name
        return self

    def setIfMissing(self, name: str, value: str) -> None:  # noqa: N802
        self.conf.setdefault(name, value)


@pytest.fixture
def spark(monkeypatch: pytest.MonkeyPatch) -> Spark:
    made = Spark()
    for name, module in made.modules().items():
        monkeypatch.setitem(sys.modules, name, module)
    monkeypatch.setattr(spark_session, "check", lambda master: None)
    monkeypatch.setattr(spark_session, "sleep", lambda seconds: made.done.append(f"sleep {seconds}"))
    monkeypatch.setenv("PYSPARK_PYTHON", "before")
    monkeypatch.setenv("PYSPARK_DRIVER_PYTHON", "before")
    return made


ENDED = ["stop", "shutdown", "close", "wait 10"]
ANYWHERE = {
    "spark.app.given": "kept",
    "name": "tui corpus relate",
    "spark.ui.enabled": "false",
    "spark.sql.adaptive.enabled": "false",
    "spark.log.level": "ERROR",
}


@pytest.mark.parametrize("master", ["local", "local[2]"])
def test_a_session_here_keeps_all_below_a_folder_and_leaves_nothing(
    tmp_path: Path, spark: Spark, master: str
) -> None:
    scratch = tmp_path / "run" / "spark"
    (scratch / "of an ended one").mkdir(parents=True)
    with spark_session.session(master, tmp_path / "run") as session:
        assert [each.name for each in scratch.iterdir()] == ["log"]
        assert (scratch / "log").read_bytes() == b"java says\n"
        assert session.sparkContext is not None
        assert spark.done == []
        assert (os.environ["PYSPARK_PYTHON"], os.environ["PYSPARK_DRIVER_PYTHON"]) == (sys.executable,) * 2
    assert spark.conf == ANYWHERE | {
        "master": master,
        "spark.local.dir": str(scratch),
        "spark.sql.warehouse.dir": str(scratch / "warehouse"),
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.memory": "2g",
        "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1",
    }
    assert spark.done == ENDED
    assert not scratch.exists()
    context = sys.modules["pyspark"].SparkContext
    assert (context._gateway, context._jvm) == (None, None)


def test_a_session_on_a_cluster_waits_for_an_executor(tmp_path: Path, spark: Spark) -> None:
    spark.executors = [1, 1, 2]
    with spark_session.session("spark://h:7077", tmp_path):
        assert spark.done == ["sleep 0.2", "sleep 0.2"]
    assert spark.conf == ANYWHERE | {"master": "spark://h:7077"}
    assert os.environ["PYSPARK_PYTHON"] == "before"


def test_a_cluster_that_gives_no_executor_is_left(
    tmp_path: Path, spark: Spark, monkeypatch: pytest.MonkeyPatch
) -> None:
    spark.executors = [1, 1, 1]
    seconds = iter((0.0, 60.0, 60.5))
    monkeypatch.setattr(spark_session, "monotonic", lambda: next(seconds))
    with pytest.raises(LibraryError) as refusal, spark_session.session("local-cluster[2,1,1024]", tmp_path):
        pytest.fail("it began")
    assert str(refusal.value) == (
        "local-cluster[2,1,1024] gives no executor in 60 seconds: has it workers that are free?"
    )
    assert spark.done == ["sleep 0.2", "cancel", *ENDED]
    assert not (tmp_path / "spark").exists()


@pytest.mark.parametrize("error", [Cancelled(), KeyboardInterrupt(), LibraryError("said")])
def test_what_ends_a_session_goes_through_and_ends_its_jobs(
    tmp_path: Path, spark: Spark, error: BaseException
) -> None:
    with pytest.raises(type(error)) as raised, spark_session.session("local[2]", tmp_path):
        raise error
    assert raised.value is error
    assert spark.done == ["cancel", *ENDED]


def test_a_folder_that_cannot_be_made(tmp_path: Path, spark: Spark) -> None:
    (tmp_path / "run").write_text("in the way")
    with (
        pytest.raises(LibraryError, match=r"^Spark stopped: .*Not a directory"),
        spark_session.session("local[2]", tmp_path / "run"),
    ):
        pytest.fail("it began")


class OfJavaError(Exception):
    """An error that comes from Java."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__("a hundred lines")
        kind = SimpleNamespace(getSimpleName=lambda: name)
        self.java_exception = SimpleNamespace(getClass=lambda: kind, getMessage=lambda: message)


AGAIN = "; the same command goes on from there"
FULL = "the disk is full: {}; make room, and the same command goes on from there"
MEMORY = (
    "Spark has too little memory; give it more (spark.driver.memory), and the same command goes on from there"
)


@pytest.mark.parametrize(
    ("error", "log", "said"),
    [
        (RuntimeError("Disk quota exceeded"), "", FULL.format("Disk quota exceeded")),
        (RuntimeError("x"), "java.lang.OutOfMemoryError: heap", MEMORY),
        (RuntimeError("MemoryError"), "", MEMORY),
        (RuntimeError("x"), "No space left on device" + "." * 20_100, f"Spark stopped: x{AGAIN}"),
        (RuntimeError("x"), "No space left on device" + "." * 19_000, FULL.format("No space left on device")),
        (RuntimeError(""), "", f"Spark stopped: RuntimeError{AGAIN}"),
        (RuntimeError("\n  one \n\n two\n"), "", f"Spark stopped: one{AGAIN}"),
        (RuntimeError("a.SomeException: 1\nValueError: 2\n  File\n"), "", f"Spark stopped: ValueError: 2{AGAIN}"),
        (RuntimeError("y" * 400), "", f"Spark stopped: {'y' * 300}{AGAIN}"),
        (OfJavaError("SparkError", "Job ended\nno more"), "", f"Spark stopped: SparkError: Job ended{AGAIN}"),
    ],
)  # fmt: skip
def test_a_line_for_what_goes_wrong(tmp_path: Path, error: Exception, log: str, said: str) -> None:
    if log:
        (tmp_path / "log").write_text(log)
    with pytest.raises(LibraryError) as refusal, spark_session.explained(tmp_path):
        raise error
    assert str(refusal.value) == said


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("exit 1", r"^Spark needs Java 17, and .*bin/java does not say which it is$"),
        ("echo 'openjdk version \"21\"'; exit 3", "does not say which it is$"),
        ("echo 'openjdk version \"16.0.2\"'", r"bin/java is 16: set JAVA_HOME to a newer one$"),
        ("echo 'java version \"1.8.0_402\"'", r"bin/java is 8: set JAVA_HOME to a newer one$"),
        ("echo 'java version \"1\"'", r"bin/java is 0: set JAVA_HOME to a newer one$"),
    ],
)
def test_a_java_that_is_not_the_right_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, said: str
) -> None:
    program = tmp_path / "bin" / "java"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(LibraryError, match=said):
        spark_session.check_java()
    program.write_text("#!/no/such/shell\n")
    with pytest.raises(LibraryError, match=r"^Spark needs Java 17, and .*bin/java does not run$"):
        spark_session.check_java()
    program.write_text("#!/bin/sh\necho 'openjdk version \"17\"'\n")
    spark_session.check_java()
