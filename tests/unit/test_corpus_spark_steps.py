"""The steps that tasks of Spark do, in this process: the plan and the lines are those of one machine."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from store.corpus.corpus_block_job import block_lines, sections_of
from store.corpus.corpus_file import Corpus
from store.corpus.corpus_making import add_texts
from store.corpus.corpus_plan import JOBS
from store.corpus.corpus_relating import CorpusRun, Step, Wanted
from store.corpus.corpus_sources import text_of_record
from store.corpus.pair_files import PairFile
from store.corpus.spark import spark_session
from store.corpus.spark.spark_run import SparkRun, write_sections
from store.errors import LibraryError
from texts.corpus.pair_rows import COLUMNS, row_of
from texts.corpus.section_relating import SectionRelater
from texts.relate.relate_records import Cancelled

if TYPE_CHECKING:
    from standin_spark import StandInSession

pytest.importorskip("pyarrow")
NEWS = "the council of Harrow has voted to build the burned mill again beside the river before winter"
WORDS = [a + b for a in ("bar", "fen", "gol", "mir", "tas", "wen") for b in ("dorth", "kisk", "lump", "nert")]


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> StandInSession:
    """A stand-in for what `spark_session` starts."""
    from standin_spark import StandInSession, pyspark_modules

    stand_in = StandInSession()

    @contextmanager
    def started(master: str, folder: Path) -> Iterator[StandInSession]:
        assert (master, folder.is_dir()) == ("local[2]", True)
        yield stand_in

    monkeypatch.setattr(spark_session, "check", lambda master: None)
    monkeypatch.setattr(spark_session, "session", started)
    for name, module in pyspark_modules().items():
        monkeypatch.setitem(sys.modules, name, module)
    return stand_in


def made(folder: Path, count: int, seed: int) -> Corpus:
    """A corpus of texts that quote each other, repeat themselves and reprint a piece of news."""
    chance = random.Random(seed)
    passages: list[str] = []
    texts = []
    for number in range(count):
        body = []
        for _ in range(chance.randint(3, 9)):
            words = [chance.choice(WORDS) for _ in range(chance.randint(6, 14))]
            if passages and chance.random() < 0.3:
                words += chance.choice(passages).split()[:7]
            passages.append(" ".join([*words, f"only{number}x{len(body)}"]))
            body.append(passages[-1])
        if chance.random() < 0.3:
            body.append(chance.choice(passages))
        if number % 3 == 0:
            body.append(f"{NEWS} {'said' if number % 2 else 'says'} one")
        fields = {"id": f"t{number:02}", "text": "\n\n".join(body), "series": ("", "day", "week")[number % 3]}
        texts.append(text_of_record(fields))
    corpus = Corpus.create(folder)
    add_texts(corpus, iter(texts[: count // 2]))
    add_texts(corpus, iter(texts[count // 2 :]))
    return corpus


def on_one_machine(corpora: Sequence[Corpus], wanted: Wanted) -> tuple[Any, Any, list[bytes]]:
    """The plan, the passages of groups and the lines of pairs."""
    run = CorpusRun(*corpora, wanted=wanted)
    run.plan.make_folder()
    run.make_plan(lambda step: None, lambda: False)
    relater = SectionRelater(sections_of(list(corpora), [True] * len(corpora)), wanted.aliases)
    lines = [
        b"".join(block_lines(run.plan, block, relater, wanted.min_score)) for block in range(run.plan.blocks)
    ]
    found = run.plan.columns, run.plan.members, lines
    run.forget()
    return found


@pytest.mark.parametrize(
    ("block", "two", "wanted"),
    [
        (10_000, False, Wanted(min_score=20)),
        (17, False, Wanted(best=1, min_score=30, aliases=[["bardorth", "fenkisk"]], between_series=True)),
        (23, True, Wanted(min_score=20)),
    ],
)
def test_the_plan_and_the_lines_are_those_of_one_machine(
    tmp_path: Path, session: StandInSession, block: int, two: bool, wanted: Wanted
) -> None:
    corpora = [made(tmp_path / "papers", 14, 1), *([made(tmp_path / "books", 9, 2)] if two else [])]
    columns, members, lines = on_one_machine(corpora, wanted)
    assert len(columns["left"]) > 10
    assert len(lines) == -(-(len(columns["starts"]) - 1) // JOBS)
    run = SparkRun("local[2]", corpora[0], corpora[1] if two else None, wanted, block=block)
    run.run()
    for mine, theirs in ((run.plan.columns, columns), (run.plan.members, members)):
        assert mine.keys() == theirs.keys()
        assert all(np.array_equal(mine[name], theirs[name]) for name in theirs)
    assert [run.plan.block_file(number).read_bytes() for number in range(run.plan.blocks)] == lines
    assert any(lines)
    assert list(run.pairs())
    assert not list(run.plan.folder.glob("*.part*"))
    assert session.cancelled == 0
    for corpus in corpora:
        corpus.close()


def test_what_is_done_is_told_and_it_can_be_ended(tmp_path: Path, session: StandInSession) -> None:
    """What was done stays: the next run reads the sections that were written, and does what is left of the plan."""
    session.active = [SimpleNamespace(numCompletedTasks=2, numTasks=9), None, session.stage(1, 4)]
    session.is_watched = True
    told: list[Step] = []
    with made(tmp_path / "papers", 20, 1) as corpus:
        run = SparkRun("local[2]", corpus, None, Wanted(min_score=20), block=30)
        with pytest.raises(Cancelled):
            run.run(told.append, lambda: told[-1].doing == "finding candidates")
        assert list(dict.fromkeys(told)) == [
            Step(doing, 3, 13) for doing in ("reading sections", "counting", "finding candidates")
        ]
        assert session.cancelled == 1
        written = sorted(run.plan.folder.glob("sections/*"))
        assert [file.name for file in written] == [
            *(f"{number:05}.parquet" for number in range(len(written) - 1)),
            "whole",
        ]
        before = [file.stat().st_mtime_ns for file in written]
        told.clear()
        session.is_watched, session.sparkContext.defaultParallelism = True, 0
        run.run(told.append)
        assert before == [file.stat().st_mtime_ns for file in written]
        assert run.plan.blocks == 3
        assert [step for step in dict.fromkeys(told) if step.doing == "relating sections"] == [
            Step("relating sections", done + 3 // 13, 3) for done in range(3)
        ]
        run.plan.block_file(1).unlink()
        told.clear()
        session.active = [session.stage(4, 4)]
        run.run(told.append)
        assert set(told) == {Step("relating sections", 2 + 1, 3)}
        told.clear()
        run.run(told.append)
        assert told == []


def test_blocks_are_of_one_corpus_and_of_so_many_passages_at_least(tmp_path: Path) -> None:
    from pyarrow import parquet

    with made(tmp_path / "papers", 6, 1) as papers, made(tmp_path / "books", 3, 2) as books:
        write_sections([papers, books], tmp_path / "sections", 20)
        blocks = [
            parquet.read_table(file).to_pylist() for file in sorted(tmp_path.glob("sections/*.parquet"))
        ]
        counts = [
            [len(section.starts) // 4 - 1 for section in each.section_words()] for each in (papers, books)
        ]
    passages = [[row["passages"] for row in rows] for rows in blocks]
    assert [each for rows in passages for each in rows] == [*counts[0], *counts[1]]
    assert [{row["corpus"] for row in rows} for rows in blocks] == [{0}] * (len(blocks) - 1) + [{1}]
    assert all(sum(rows) >= 20 > sum(rows[:-1]) for rows in passages[:-2])
    assert [{row["block"] for row in rows} for rows in blocks] == [{number} for number in range(len(blocks))]


def test_sections_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "sections").write_text("in the way")
    with pytest.raises(LibraryError, match=r"^.*sections cannot be written: File exists$"):
        write_sections([], tmp_path / "sections")


def test_texts_of_a_frame_give_the_pairs_of_one_machine(tmp_path: Path, session: StandInSession) -> None:
    from standin_spark import StandInFrame

    from store.corpus.spark.spark_relating import relate_texts, sections_of_texts, write_by_series

    with made(tmp_path / "papers", 12, 1) as corpus:
        run = CorpusRun(corpus, wanted=Wanted(best=2, min_score=20, workers=1))
        run.run()
        pairs = [bare(dict(zip(COLUMNS, row_of(pair), strict=True))) for pair in run.pairs()]
        bodies = [corpus.text(known.name).body for _, known, _, _ in corpus.texts()]
        names = [known.name for _, known, _, _ in corpus.texts()]
        series = [known.series for _, known, _, _ in corpus.texts()]
    rows = [*zip(names, bodies, series, strict=True), ("t99", "", ""), ("u", " — ", "day"), ("t98", "…", "")]
    texts = StandInFrame(["id", "text", "series"], [rows[::2], rows[1::2]], lambda: None)
    kept = tmp_path / "kept"
    sections = sections_of_texts(texts, 8)
    assert len(sections.partitions) == -(-sum(len(row[1]) for row in rows) // (300 * 8))
    by_block = [{row[0] for row in part} for part in sections.partitions]
    assert by_block == [{number} for number in range(len(by_block))]
    assert [row[1] for part in sections.partitions for row in part] == [0] * len(names)
    assert [row[2:4] for row in sections.partitions[1]] == [
        ((1 << 32) + number, (1 << 32) + number) for number in range(len(sections.partitions[1]))
    ]
    given: dict[str, Any] = {"passages": 2, "min_score": 20, "block": 8}
    for checkpoint in (None, f"{kept}/", str(kept)):
        found = relate_texts(session, texts, checkpoint=checkpoint, **given)
        assert found.columns == list(COLUMNS)
        assert sorted(str(bare(row)) for row in found.collect()) == sorted(map(str, pairs))
        scores = [row["score"] for row in found.collect()]
        assert scores == sorted(scores, reverse=True)
    assert {each.name for each in kept.iterdir()} == {"sections", "plan-2"}
    again = relate_texts(session, texts.where("id = 'none'"), checkpoint=str(kept), **given)
    assert len(again.collect()) == len(pairs)  # what is kept is taken
    write_by_series(found, str(tmp_path / "pairs"))
    read = [
        bare(dict(zip(COLUMNS, row_of(each), strict=True)))
        for each in PairFile(tmp_path / "pairs").pairs(pytest.fail)
    ]
    assert sorted(map(str, read)) == sorted(map(str, pairs))
    assert {each.name for each in (tmp_path / "pairs").iterdir() if each.is_dir()} <= {
        f"series={each}" for each in ("", "day", "week")
    }


def bare(row: dict[str, Any]) -> dict[str, Any]:
    """A pair but for what a corpus of the library knows of itself."""
    told = {name: value for name, value in row.items() if not name.endswith(("_corpus", "_path"))}
    return {name: round(value, 1) if name == "score" else value for name, value in told.items()}
