"""`tui corpus relate --spark`: the pairs of one machine, by tasks of Spark; what was killed goes on.

.venv/bin/pytest -m spark -n 0
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from store.corpus.corpus_file import Corpus
from store.corpus.corpus_relating import DEFAULT, CorpusRun
from store.corpus.pair_files import PairFile
from store.corpus.spark import spark_session
from store.errors import LibraryError
from tests.bench.planted_corpus import write_corpus
from texts.corpus.pairs import Pair, to_json
from texts.relate.relate_records import Cancelled

Tui = Callable[..., Any]
MASTER = "local[2]"
NEWS = (
    "the council of Harrow has voted to build the burned mill again beside the river before the winter comes"
)


def test_what_is_missing_is_told_before_anything_is_begun(tui: Tui, tmp_path: Path) -> None:
    make(tui, tmp_path, 100)
    said = tui("corpus", "relate", "papers", "--spark", "elsewhere")
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("tui: “elsewhere” is no master of Spark: ")
    assert tui("corpus", "relate", "papers", "--spark", MASTER, "--estimate").code == 2
    assert list(tmp_path.rglob("runs")) == []


@pytest.fixture
def ready() -> None:
    """Skips where Spark cannot be."""
    try:
        spark_session.check(MASTER)
    except LibraryError as error:
        pytest.skip(str(error))


spark = [pytest.mark.spark, pytest.mark.usefixtures("ready"), pytest.mark.filterwarnings("default")]


def make(tui: Tui, folder: Path, passages: int) -> Path:
    """A corpus `papers` with quotations and with a piece of news that many reprint; its folder."""
    file = folder / "papers.jsonl"
    write_corpus(file, passages)
    lines = [json.loads(line) for line in file.read_text().splitlines()]
    for number, line in enumerate(lines):
        line["series"] = f"paper/{number % 3}"
        if number % 5 == 0:
            line["text"] += f"\n\n{NEWS.capitalize()}{'' if number % 2 else ' said one'}."
    file.write_text("".join(json.dumps(line) + "\n" for line in lines))
    assert tui("corpus", "make", "papers", file).code == 0
    return next(folder.rglob("corpus.db")).parent


def on_one_machine(folder: Path) -> list[Pair]:
    with Corpus.open(folder) as corpus:
        run = CorpusRun(corpus, None, DEFAULT)
        run.run()
        found = list(run.pairs())
        run.forget()
        return found


@pytest.fixture
def run_of() -> Callable[..., Any]:
    from store.corpus.spark.spark_run import SparkRun

    def make_run(corpus: Corpus, block: int) -> SparkRun:
        return SparkRun(MASTER, corpus, None, DEFAULT, block=block)

    return make_run


class TestOnSpark:
    pytestmark = spark

    def test_five_thousand_passages_give_the_pairs_of_one_machine(
        self, tui: Tui, tmp_path: Path, run_of: Callable[..., Any]
    ) -> None:
        folder = make(tui, tmp_path, 5_000)
        with Corpus.open(folder) as corpus:
            run = run_of(corpus, 1_200)
            steps: list[Any] = []
            run.run(steps.append)
            found = list(run.pairs())
            run.forget()
        assert found == on_one_machine(folder)
        assert sum(not pair.group for pair in found) > 20
        assert any(pair.group_size > 40 for pair in found)
        assert {"finding candidates", "relating sections"} <= {step.doing for step in steps}
        assert list(tmp_path.rglob("runs")) == []

    def test_another_corpus_by_the_command(self, tui: Tui, tmp_path: Path) -> None:
        make(tui, tmp_path, 300)
        essay = tmp_path / "essay.txt"
        essay.write_text(f"A letter.\n\n{NEWS.capitalize()}, they say.\n\nNothing else is new.")
        asked = ("corpus", "relate", "papers", "--with", essay, "--json")
        here = tui(*asked).data
        assert here
        said = tui(*asked, "--spark", MASTER)
        assert (said.code, said.data) == (0, here)

    def test_between_series_by_the_command(self, tui: Tui, tmp_path: Path) -> None:
        make(tui, tmp_path, 600)
        asked = ("corpus", "relate", "papers", "--between-series", "--json")
        here = tui(*asked).data
        assert here
        assert all(pair["left"]["series"] != pair["right"]["series"] for pair in here)
        assert tui(*asked, "--spark", MASTER).data == here

    def test_the_function_gives_them_too_and_writes_them_by_series(self, tui: Tui, tmp_path: Path) -> None:
        from store.corpus.spark.spark_relating import relate_texts, write_by_series

        folder = make(tui, tmp_path, 300)
        kept, out = tmp_path / "kept", tmp_path / "pairs"
        with spark_session.session(MASTER, tmp_path / "session") as session:
            session.conf.set("spark.sql.shuffle.partitions", 4)
            texts = session.read.json(str(tmp_path / "papers.jsonl"))
            pairs = relate_texts(session, texts, block=110, checkpoint=str(kept))
            write_by_series(pairs, str(out))
            blocks = session.read.parquet(str(kept / "sections")).select("block").distinct().count()
            again = relate_texts(session, texts.limit(0), block=110, checkpoint=str(kept))
            assert again.count() == pairs.count()  # of texts there are none any more
            few = relate_texts(session, texts.limit(2), block=2)  # more ranges than texts
            assert few.count() <= 2
        assert blocks == 3
        found = list(PairFile(out).pairs(pytest.fail))
        assert {each.name for each in out.iterdir() if each.is_dir()} == {
            f"series=paper%2F{number}" for number in range(3)
        }
        assert sorted(map(bare, found)) == sorted(map(bare, on_one_machine(folder)))
        assert any(pair.group for pair in found)
        assert any(not pair.group for pair in found)

    @pytest.mark.parametrize("during", ["finding candidates", "relating sections"])
    def test_what_was_killed_goes_on_on_one_machine(self, tui: Tui, tmp_path: Path, during: str) -> None:
        folder = make(tui, tmp_path, 600)
        whole = [to_json(pair) for pair in on_one_machine(folder)]
        program = [sys.executable, "-c", KILLED, str(folder), during]
        ended = subprocess.run(program, capture_output=True, text=True, check=False)
        assert ended.returncode == -signal.SIGKILL, ended.stderr
        assert list(folder.rglob("*.part*")) == []
        kept = {file.name for file in folder.rglob("runs/*/*")}
        assert ("plan.npz" in kept) == (during == "relating sections")
        assert tui("corpus", "relate", "papers", "--json").data == whole
        assert list(tmp_path.rglob("runs")) == []

    def test_what_is_cancelled_leaves_no_java_and_no_session(
        self, tui: Tui, tmp_path: Path, run_of: Callable[..., Any]
    ) -> None:
        from pyspark import SparkContext

        folder = make(tui, tmp_path, 300)
        with Corpus.open(folder) as corpus, pytest.raises(Cancelled):
            run_of(corpus, 100).run(cancelled=lambda: True)
        assert SparkContext._active_spark_context is None
        assert list(folder.rglob("runs/*/spark")) == []


KILLED = """
import os, signal, sys
from pathlib import Path
from store.corpus.corpus_file import Corpus
from store.corpus.corpus_relating import DEFAULT
from store.corpus.spark.spark_run import SparkRun

if __name__ == "__main__":
    run = SparkRun("local[2]", Corpus.open(Path(sys.argv[1])), None, DEFAULT, block=200)
    run.run(lambda step: step.doing == sys.argv[2] and os.kill(os.getpid(), signal.SIGKILL))
"""


@pytest.fixture(autouse=True)
def java_ends() -> Iterator[None]:
    """Gives the environment back as it was: a session names the Python of its workers there."""
    before = dict(os.environ)
    yield
    os.environ.clear()
    os.environ.update(before)


def bare(pair: Pair) -> str:
    """A pair but for what a corpus of the library knows of itself, its score as a table has it."""
    fields = to_json(pair)
    for side in ("left", "right"):
        for name in ("corpus", "path"):
            fields[side].pop(name, None)
    fields["score"] = round(fields["score"], 1)
    return json.dumps(fields, sort_keys=True)
