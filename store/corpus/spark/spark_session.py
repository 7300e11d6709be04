"""A Spark session for one run: what it needs is looked for first, and what goes wrong is said in a line."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any

from store.errors import LibraryError
from texts.relate.relate_records import Cancelled
from texts.visible import one_line

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

JAVA = 17
"""The oldest Java that Spark 4 runs on."""
_PATIENCE = 5.0
"""Seconds that a master has to answer, each of several."""
_WORKERS = 60.0
"""Seconds that a cluster has to give the first executor."""
_MASTER = re.compile(
    r"local(\[(\d+|\*)(,\d+)?\])?|local-cluster\[\d+,\d+,\d+\]|spark://[^\s/]+|k8s://\S+|yarn", re.ASCII
)
_VERSION = re.compile(r'version "(\d+)(?:\.(\d+))?')
_SCRATCH = "spark"


def check(master: str) -> None:
    """Looks for what Spark needs: pyspark, Java, a master that answers. Raises LibraryError, in a line."""
    if not _MASTER.fullmatch(master):
        raise LibraryError(
            f"“{one_line(master)}” is no master of Spark: local[2], spark://HOST:7077, yarn or k8s://…"
        )
    if find_spec("pyspark") is None:
        raise LibraryError("--spark needs pyspark: install close-reading-tui[spark]")
    check_java()
    if master.startswith("spark://"):
        _check_answers(master)


def check_java() -> None:
    """Raises LibraryError where there is no Java, or one that is too old."""
    home = os.environ.get("JAVA_HOME", "")
    java = shutil.which("java", path=str(Path(home, "bin"))) if home else shutil.which("java")
    if java is None:
        where = f"JAVA_HOME is {one_line(home)}, which has no bin/java" if home else "there is none here"
        raise LibraryError(
            f"Spark needs Java {JAVA} or newer, and {where}: install OpenJDK {JAVA} or set JAVA_HOME to it"
        )
    try:
        said = subprocess.run([java, "-version"], capture_output=True, text=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise LibraryError(f"Spark needs Java {JAVA}, and {java} does not run") from error
    version = java_version(said.stderr + said.stdout)
    if said.returncode or version is None:
        raise LibraryError(f"Spark needs Java {JAVA}, and {java} does not say which it is")
    if version < JAVA:
        raise LibraryError(
            f"Spark needs Java {JAVA} or newer, and {java} is {version}: set JAVA_HOME to a newer one"
        )


def java_version(said: str) -> int | None:
    """The number of a Java by what `java -version` says: 8 for `1.8.0_402`, 17 for `17.0.19`; None for nothing."""
    found = _VERSION.search(said)
    if found is None:
        return None
    major = int(found[1])
    return int(found[2] or 0) if major == 1 else major


def _check_answers(master: str) -> None:
    """Raises LibraryError where none of the masters can be reached: Spark itself tries for minutes."""
    problems = []
    for each in master.removeprefix("spark://").split(","):
        host, _, port = each.rpartition(":")
        try:
            with socket.create_connection((host.strip("[]"), int(port)), timeout=_PATIENCE):
                return
        except (OSError, ValueError, OverflowError) as error:
            problems.append(one_line(getattr(error, "strerror", None) or str(error)))
    raise LibraryError(f"the master {one_line(master)} does not answer: {problems[0]}")


@contextmanager
def session(master: str, folder: Path) -> Iterator[SparkSession]:
    """A session of its own, stopped at the end with all its jobs; what it writes meanwhile is below `folder`.

    Raises LibraryError where it cannot be had, or ends before its time.
    """
    check(master)
    scratch = folder / _SCRATCH
    shutil.rmtree(scratch, ignore_errors=True)
    with explained(scratch):
        scratch.mkdir(parents=True)
        spark = _started(master, scratch)
        try:
            _wait_for_executors(spark, master)
            yield spark
        except BaseException:
            with suppress(Exception):
                spark.sparkContext.cancelAllJobs()
            raise
        finally:
            with suppress(Exception):
                spark.stop()
            _end_gateway()
            shutil.rmtree(scratch, ignore_errors=True)


def _started(master: str, scratch: Path) -> SparkSession:
    from pyspark import SparkConf, SparkContext
    from pyspark.java_gateway import launch_gateway
    from pyspark.sql import SparkSession

    conf = SparkConf().setMaster(master).setAppName("tui corpus relate")
    settings = {
        "spark.ui.enabled": "false",
        "spark.sql.adaptive.enabled": "false",  # a task is a block pair, and stays one
        "spark.log.level": "ERROR",
    }
    if master.startswith("local"):
        settings |= {
            "spark.local.dir": str(scratch),
            "spark.sql.warehouse.dir": str(scratch / "warehouse"),
            "spark.driver.host": "127.0.0.1",
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.driver.memory": "2g",
            # It moves bytes for a minute or so: compiling them well would take longer than that saves.
            "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1",
        }
        os.environ["PYSPARK_PYTHON"] = sys.executable
    os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable
    for name, value in settings.items():
        conf.setIfMissing(name, value)
    with (scratch / "log").open("wb") as log:
        gateway = launch_gateway(conf, {"stderr": log, "stdout": log})
    return SparkSession(SparkContext(conf=conf, gateway=gateway))


def _end_gateway() -> None:
    """Ends the Java that was started: it would live as long as this program, which tests call many times."""
    from pyspark import SparkContext

    gateway = SparkContext._gateway
    process = getattr(gateway, "proc", None)
    if gateway is not None and process is not None:
        with suppress(Exception):
            gateway.shutdown()
        process.stdin.close()
        with suppress(subprocess.TimeoutExpired):
            process.wait(10)
        SparkContext._gateway = SparkContext._jvm = None


def _wait_for_executors(spark: SparkSession, master: str) -> None:
    """Raises LibraryError where a cluster gives no executor: a job would wait for one without an end."""
    if master == "local" or master.startswith("local["):
        return
    begun = monotonic()
    status = spark.sparkContext._jsc.sc()
    while status.getExecutorMemoryStatus().size() < 2:  # the driver is one
        if monotonic() - begun > _WORKERS:
            raise LibraryError(
                f"{one_line(master)} gives no executor in {_WORKERS:.0f} seconds: has it workers that are free?"
            )
        sleep(0.2)


@contextmanager
def explained(scratch: Path) -> Iterator[None]:
    """Says in a line what Spark says in a hundred; Cancelled, errors of ours and signals go through."""
    try:
        yield
    except (LibraryError, Cancelled):
        raise
    except Exception as error:
        raise LibraryError(_reason(error, scratch)) from error


def _reason(error: Exception, scratch: Path) -> str:
    said = f"{error}\n{_log(scratch)}"
    again = "the same command goes on from there"
    for sign in ("No space left on device", "Disk quota exceeded"):
        if sign in said:
            return f"the disk is full: {sign}; make room, and {again}"
    if "OutOfMemoryError" in said or "MemoryError" in said:
        return f"Spark has too little memory; give it more (spark.driver.memory), and {again}"
    named: Any = getattr(error, "java_exception", None)
    words = str(error) if named is None else f"{named.getClass().getSimpleName()}: {named.getMessage()}"
    last = [each.strip() for each in words.splitlines() if each.strip()]
    cause = next((each for each in reversed(last) if re.match(r"[\w.]*(Error|Exception)\b", each)), "")
    return f"Spark stopped: {one_line((cause or (last or [type(error).__name__])[0])[:300])}; {again}"


def _log(scratch: Path) -> str:
    """The end of what Java has said."""
    with suppress(OSError), (scratch / "log").open("rb") as log:
        log.seek(max(0, log.seek(0, os.SEEK_END) - 20_000))
        return log.read().decode(errors="replace")
    return ""
