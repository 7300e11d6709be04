"""Relates a corpus of the library on Spark: the run of one machine, its steps done by executors.

Sections go to files of Parquet in the folder of the run. Candidates are found by one chain of Spark jobs: what is
killed there begins anew. Then the plan and each block of pairs are written as on one machine, by this program, so that
a run goes on from there: on Spark, or without.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from store.corpus.corpus_columns import numbers_of_texts
from store.corpus.corpus_plan import Plan
from store.corpus.corpus_relating import CorpusRun, Step, Tell, Wanted
from store.corpus.spark import spark_session
from store.corpus.spark import spark_steps as steps
from store.corpus.spark.spark_candidates import BLOCK, SparkCandidates
from store.corpus.spark.spark_messages import COLUMNS, gathered
from store.errors import LibraryError
from texts.relate.relate_records import Cancelled
from texts.visible import one_line

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

    from store.corpus.corpus_file import Corpus

_LOOK = 0.2
_WAVES = 16
"""Parts in which a plan is done, at most: what is done of it stays."""
_TASKS = 4
"""Blocks of a wave for each core, at least."""


class SparkRun(CorpusRun):
    """Relating a corpus on Spark."""

    def __init__(
        self, master: str, corpus: Corpus, other: Corpus | None, wanted: Wanted, *, block: int = BLOCK
    ) -> None:
        """`block` passages are held against as many others by a task. Raises LibraryError for no Spark."""
        super().__init__(corpus, other, wanted)
        spark_session.check(master)
        self._master = master
        self._size = block
        self._spark: SparkSession | None = None

    def run(self, tell: Tell = lambda step: None, cancelled: Callable[[], bool] = lambda: False) -> None:
        """As of one machine; also raises LibraryError for whatever Spark complains of."""
        self.plan.make_folder()
        if self.plan.is_planned and all(map(self.plan.is_done, range(self.plan.blocks))):
            return
        with (
            spark_session.session(self._master, self.plan.folder) as self._spark,
            spark_session.explained(self.plan.folder),
        ):
            super().run(tell, cancelled)

    def make_plan(self, tell: Tell, cancelled: Callable[[], bool]) -> None:
        """Finds candidates on Spark and makes the plan of them."""
        spark = self._session
        watch = partial(_watched, spark, tell, cancelled)
        columns, found = SparkCandidates(spark, self._sections(), watch).found()
        self.keep_plan(columns, found)

    def relate(self, tell: Tell, cancelled: Callable[[], bool]) -> None:
        """Relates the sections of the plan, some blocks at a time."""
        plan, spark = self.plan, self._session
        todo = [block for block in range(plan.blocks) if not plan.is_done(block)]
        wave = max(_TASKS * spark.sparkContext.defaultParallelism, -(-len(todo) // _WAVES))
        sections = self._sections() if todo else None
        for start in range(0, len(todo), wave):
            blocks = todo[start : start + wave]
            done = plan.blocks - len(todo) + start

            def told(step: Step, done: int = done, many: int = len(blocks)) -> None:
                tell(Step("relating sections", done + step.done * many // max(1, step.of), plan.blocks))

            sent = jobs_of(spark, sections, plan, blocks)
            related = gathered(sent, len(blocks), partial(steps.relate, self.wanted.min_score, self._aliases))
            table = _watched(spark, told, cancelled, "relating sections", related.toArrow)
            for task, data in zip(
                *(table.column(name).to_pylist() for name in ("task", "data")), strict=True
            ):
                plan.write_block(blocks[task], [data])

    @property
    def _session(self) -> SparkSession:
        assert self._spark is not None
        return self._spark

    @property
    def _aliases(self) -> list[list[str]]:
        return [list(group) for group in self.wanted.aliases]

    def _sections(self) -> DataFrame:
        """The sections of the corpora, out of files in the folder of the run."""
        folder = self.plan.folder / "sections"
        if not (folder / _WHOLE).exists():
            write_sections(self.corpora, folder, self._size, between_series=self.wanted.between_series)
        return self._session.read.parquet(str(folder / "*.parquet"))


_WHOLE = "whole"


def write_sections(
    corpora: Sequence[Corpus], folder: Path, block: int = BLOCK, *, between_series: bool = False
) -> None:
    """Writes the sections of corpora as Parquet, a file a block of so many passages. Raises LibraryError.

    With `between_series` texts of one series go by one number, as on one machine.
    """
    import pyarrow
    from pyarrow import parquet

    kinds = [
        *(("block", pyarrow.int32()), ("corpus", pyarrow.int32()), ("section", pyarrow.int64())),
        *(("text", pyarrow.int64()), ("passages", pyarrow.int32())),
        *(("words", pyarrow.binary()), ("body", pyarrow.binary())),
    ]
    schema = pyarrow.schema(kinds)
    try:
        folder.mkdir(exist_ok=True)
        for number, rows in enumerate(_blocks(corpora, block, between_series=between_series)):
            columns = zip(*((number, *row) for row in rows), strict=True)
            arrays = [pyarrow.array(column, kind) for column, (_, kind) in zip(columns, kinds, strict=True)]
            part = folder / f"{number:05}.part"
            parquet.write_table(pyarrow.Table.from_arrays(arrays, schema=schema), part, compression="zstd")
            os.replace(part, folder / f"{number:05}.parquet")
        (folder / _WHOLE).touch()
    except OSError as error:
        raise LibraryError(f"{folder} cannot be written: {one_line(error.strerror or str(error))}") from error


def _blocks(corpora: Sequence[Corpus], size: int, *, between_series: bool) -> Iterator[list[tuple[Any, ...]]]:
    """The rows of blocks, but for their numbers; a block is of one corpus."""
    numbers = numbers_of_texts(corpora, between_series=between_series)
    for which, corpus in enumerate(corpora):
        rows: list[tuple[Any, ...]] = []
        count = 0
        name = corpus.name if corpus.is_named else ""
        for each in corpus.section_words():
            passages = len(each.starts) // 4 - 1
            text = numbers[which][each.text]
            words = steps.section_words(text, each.starts, each.words)
            body = steps.section_body(corpus.known(each.text), name, corpus.section(each.id))
            rows.append((which, each.id, text, passages, words, body))
            count += passages
            if count >= size:
                yield rows
                rows, count = [], 0
        if rows:
            yield rows


def jobs_of(spark: SparkSession, sections: DataFrame | None, plan: Plan, blocks: Sequence[int]) -> DataFrame:
    """Some blocks of a plan as messages: what is to be related, and the sections that it takes."""
    jobs, needed = [], set()
    for task, block in enumerate(blocks):
        mine = list(plan.jobs(block))
        jobs.append((task, steps.JOBS, 0, bytearray(json.dumps(mine).encode())))
        needed |= {(task, steps.section_number(*key)) for job in mine for key in (job.left, job.right)}
    sent = spark.createDataFrame(jobs, COLUMNS)
    if sections is None or not needed:
        return sent
    where = spark.createDataFrame(sorted(needed), "task int, number long")
    number = f"corpus * {steps.section_number(1, 0)} + section AS number"
    bodies = sections.selectExpr(number, "body AS data").join(where.hint("broadcast"), "number")
    kind = f"CAST({steps.SECTION} AS INT) AS kind"
    return sent.unionAll(bodies.selectExpr("task", kind, "number AS source", "data"))


def _watched(
    spark: SparkSession, tell: Tell, cancelled: Callable[[], bool], doing: str, work: Callable[[], Any]
) -> Any:
    """Runs what starts jobs of Spark in a thread, and says meanwhile how many of their tasks are done."""
    context = spark.sparkContext
    with ThreadPoolExecutor(1) as pool:
        task = pool.submit(work)
        try:
            while not task.done():
                wait([task], _LOOK)
                tell(_step(spark, doing))
                if cancelled():
                    raise Cancelled
        except BaseException:
            context.cancelAllJobs()
            raise
    return task.result()


def _step(spark: SparkSession, doing: str) -> Step:
    tracker = spark.sparkContext.statusTracker()
    stages = [tracker.getStageInfo(stage) for stage in tracker.getActiveStageIds()]
    known = [stage for stage in stages if stage is not None]
    return Step(doing, sum(each.numCompletedTasks for each in known), sum(each.numTasks for each in known))


__all__ = ["SparkRun", "jobs_of", "write_sections"]
