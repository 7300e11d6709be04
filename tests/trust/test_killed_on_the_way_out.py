"""Programs that are killed while they export or back up: a file is the old one or the new one, and a copy is whole."""

from __future__ import annotations

import random
import subprocess
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

import pytest
from children import ADD, all_succeed, start

from store.backups import Backups
from store.library import Library
from store.repair import check
from store.services.exports import export_to

MARKS = f"""{ADD}
from itertools import count
from pathlib import Path
from store.backups import Backups, back_up
from store.exchange.snapshot import HighlightFilter
from store.services.exports import export_to
def fill(path):
    with Library.open(path, reader="ana", clock=lambda: "2026-01-01T00:00:00Z") as library:
        library.texts.add(text)
        with library.act("all of them"):
            for start in range(0, 2000, 4):
                library.highlights.mark("one", Span(start, start + 9), tags=["a/b"] if start % 8 else [], note="n" * 40)
"""

EXPORT_FOREVER = f"""{MARKS}
with Library.open(sys.argv[1], read_only=True) as library:
    for turn in count():
        export_to(library, Path(sys.argv[2]), HighlightFilter(tag="a" if turn % 2 else None))
        print(turn, flush=True)
"""

BACK_UP_FOREVER = f"""{MARKS}
for turn in count():
    print(Backups(Path(sys.argv[1])).make(str(turn)).name, flush=True)
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with five hundred highlights."""
    path = tmp_path_factory.mktemp("out") / "library.db"
    all_succeed([start(f"{MARKS}\nfill(sys.argv[1])", path)])
    return path


def tries(kills: int, cut: list[bool]) -> Iterator[int]:
    """Numbers of so many kills, and of more while none has come in the middle of a file: when it comes is chance."""
    for number in range(10 * kills):
        if number >= kills and any(cut):
            return
        yield number


def killed(child: subprocess.Popen[str], rng: random.Random) -> list[str]:
    """What the child said that it had done, until it was killed in the middle of something."""
    assert child.stdout is not None
    assert child.stderr is not None
    told = [child.stdout.readline() for _ in range(rng.randint(1, 5))]
    for _ in range(rng.randrange(4_000)):  # any moment of what comes next, without a clock
        child.poll()
    child.kill()
    told += child.stdout.read().splitlines(keepends=True)
    error = child.stderr.read()
    assert child.wait(timeout=60) < 0, error
    child.stdout.close()
    child.stderr.close()
    return [line.strip() for line in told if line.endswith("\n")]


@pytest.mark.promise(
    "kill −9 while exporting over a good file: the old one or the new one, whole", tries="kills"
)
@pytest.mark.parametrize("kills", [6, pytest.param(100, marks=pytest.mark.long)])
def test_killed_while_exporting(library: Path, tmp_path: Path, kills: int) -> None:
    from store.exchange.snapshot import HighlightFilter

    rng = random.Random(kills)
    endings = cycle((".csv", ".json", ".html", ".qdpx"))
    cut: list[bool] = []
    for number in tries(kills, cut):
        folder = tmp_path / str(number)
        folder.mkdir()
        path = folder / f"notes{next(endings)}"
        with Library.open(library, read_only=True) as opened:
            whole = []
            for choice in (HighlightFilter(tag="a"), HighlightFilter()):
                export_to(opened, path, choice)
                whole.append(path.read_bytes())
        killed(start(EXPORT_FOREVER, library, path), rng)
        assert path.read_bytes() in whole
        left = [other for other in folder.iterdir() if other != path]
        assert all(other.name.startswith(f".{path.name}.") for other in left)
        cut.append(bool(left))
        with Library.open(library, read_only=True) as opened:
            export_to(opened, path)
        assert path.read_bytes() == whole[1], "what was left behind is in nobody's way"
    assert any(cut), "some were killed with a file half written"


@pytest.mark.promise(
    "kill −9 while backing up: an unfinished copy is never offered as a good one", tries="kills"
)
@pytest.mark.parametrize("kills", [6, pytest.param(100, marks=pytest.mark.long)])
def test_killed_while_backing_up(library: Path, tmp_path: Path, kills: int) -> None:
    rng = random.Random(kills)
    cut: list[bool] = []
    for number in tries(kills, cut):
        path = tmp_path / f"{number}.db"
        path.write_bytes(library.read_bytes())
        backups = Backups(path)
        told = killed(start(BACK_UP_FOREVER, path), rng)
        names = {copy.name for copy in backups.list()}
        assert set(told[-5:]) <= names, "what was told is there"
        assert all(check(copy).ok for copy in backups.list())
        assert backups.newest_good() == backups.list()[0]
        cut.append(any(left.name.startswith(".") for left in backups.folder.iterdir()))
        assert check(path).ok
    assert any(cut), "some were killed with a copy half written"
