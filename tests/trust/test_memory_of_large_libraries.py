"""What lists and writes a large library takes no more memory for it: it goes through, row by row."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.support.large_library import Size, make

pytestmark = pytest.mark.long

HIGHLIGHTS = 100_000
MOST_MEGABYTES = 80
"""Programs that held all rows took 160 (CSV) to 490 (QDPX) of so many highlights."""
SMALL_PARENT = """
import json, os, subprocess, sys
program = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
_, status, usage = os.wait4(program.pid, 0)
print(json.dumps([os.waitstatus_to_exitcode(status), usage.ru_maxrss]))
"""
"""Starts a program: one that is forked off a large process would be counted with the memory of that."""


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("large") / "library.db"
    make(path, Size(highlights=HIGHLIGHTS, texts=10, words=20_000, tags=300, links=2000))
    return path


def megabytes(library: Path, environment: Mapping[str, str], *arguments: str) -> float:
    """The most memory that a command takes, which has to do its work."""
    argv = [sys.executable, "-I", "-S", "-c", SMALL_PARENT]
    argv += [sys.executable, "-m", "tui", "--library", str(library), *arguments]
    done = subprocess.run(argv, env=environment, capture_output=True, text=True, check=True)
    code, most = json.loads(done.stdout)
    assert code == 0, done.stderr
    return float(most) / (1 << 20 if sys.platform == "darwin" else 1 << 10)


@pytest.mark.promise(f"tags of {HIGHLIGHTS:,} highlights are counted in under {MOST_MEGABYTES} MB")
def test_tags_are_counted_where_they_are(large: Path, environment: Mapping[str, str]) -> None:
    assert megabytes(large, environment, "tags", "list") < MOST_MEGABYTES


@pytest.mark.promise(
    f"{HIGHLIGHTS:,} highlights are exported in under {MOST_MEGABYTES} MB, in each format", tries=3
)
@pytest.mark.parametrize("format", ["csv", "json", "qdpx"])
def test_exports_are_streamed(
    large: Path, tmp_path: Path, environment: Mapping[str, str], format: str
) -> None:
    file = tmp_path / f"out.{format}"
    assert megabytes(large, environment, "export", "--format", format, "-o", str(file)) < MOST_MEGABYTES
    assert file.stat().st_size > 50 * HIGHLIGHTS / (20 if format == "qdpx" else 1)
