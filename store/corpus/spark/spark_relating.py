"""Which passages of the texts in a DataFrame say the same: for notebooks and `spark-submit`.

The pairs are those of `tui corpus make` with the texts in the order of their ids and `tui corpus relate`. Needs a
session of the classic kind: Spark Connect (`sc://…`) has no broadcasts.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from store.corpus.corpus_plan import Plan
from store.corpus.corpus_relating import BEST
from store.corpus.spark import spark_steps as steps
from store.corpus.spark.spark_candidates import BLOCK, SECTIONS, SparkCandidates
from store.corpus.spark.spark_messages import gathered, messages, packed, unpacked
from store.corpus.spark.spark_run import jobs_of
from texts.corpus.pair_rows import COLUMNS, NUMBERS, row_of
from texts.corpus.pairs import pair_of
from texts.relate.relate_records import DEFAULT_SCORE

if TYPE_CHECKING:
    from pyarrow import RecordBatch
    from pyspark.sql import DataFrame, SparkSession

_PASSAGE = 300
"""Characters of a passage, about: what the number of blocks is guessed by."""
_PLACES = "left_place long, right_place long, exact_score double"


def relate_texts(
    spark: SparkSession,
    texts: DataFrame,
    *,
    passages: int = BEST,
    min_score: float = DEFAULT_SCORE,
    aliases: Sequence[Sequence[str]] = (),
    block: int = BLOCK,
    checkpoint: str | None = None,
) -> DataFrame:
    """The pairs of passages that say the same, a row each; its columns are `texts.corpus.pair_rows.COLUMNS`.

    `texts` has a row a text: `id` (no two the same) and `text`, and `title`, `author`, `date`, `source`, `series` where
    there are such. What has no words is left out. `passages` and `min_score` (0–100) are those of `tui corpus relate`;
    `block` passages are held against as many others by a task.

    Candidates are found when this is called; sections are related when the rows are asked for. With `checkpoint`, a
    folder for this call alone that all machines see, what was read of the texts and the plan of what is to be related
    are written there, and taken from there by the same call made again.
    """
    folder = None if checkpoint is None else checkpoint.rstrip("/")
    sections = _kept(spark, folder and f"{folder}/sections", lambda: sections_of_texts(texts, block))
    planned = _kept(
        spark, folder and f"{folder}/plan-{passages}", lambda: _planned(spark, sections, passages)
    )
    plan = Plan(Path())
    plan.columns = {row["name"]: unpacked(bytes(row["data"]))["of"] for row in planned.collect()}
    sent = jobs_of(spark, sections, plan, range(plan.blocks))
    related = gathered(sent, plan.blocks, partial(steps.relate, min_score, aliases))
    return _best(spark, related.mapInArrow(_rows, f"{_PLACES}, {_ddl()}"), plan, passages)


def _kept(spark: SparkSession, folder: str | None, make: Callable[[], DataFrame]) -> DataFrame:
    """What is made, kept in a folder, or on the disks of the executors where there is none; or what is kept there."""
    from pyspark import StorageLevel

    if folder is None:
        return make().persist(StorageLevel.DISK_ONLY)
    if not _is_whole(spark, folder):
        make().write.mode("overwrite").parquet(folder)
    return spark.read.parquet(folder)


def _planned(spark: SparkSession, sections: DataFrame, passages: int) -> DataFrame:
    """The plan of what is to be related, a row for each of its columns."""
    columns, found = SparkCandidates(spark, sections).found()
    plan, _ = columns.plan(found, passages)
    rows = [(name, bytearray(packed({"of": column}))) for name, column in plan.items()]
    return spark.createDataFrame(rows, "name string, data binary")


def sections_of_texts(texts: DataFrame, block: int = BLOCK) -> DataFrame:
    """The sections of texts with their words, in the columns of `SECTIONS`; in blocks in the order of their ids."""
    from pyspark.sql import functions

    characters = texts.agg(functions.sum(functions.length("text"))).first()
    count = max(1, -(-int((characters and characters[0]) or 0) // (_PASSAGE * block)))
    ordered = texts.repartitionByRange(count, "id").sortWithinPartitions("id")
    return ordered.mapInArrow(_read_sections, SECTIONS)


def _read_sections(batches: Iterable[RecordBatch]) -> Iterator[RecordBatch]:
    """Runs on an executor: reads texts into sections and their words."""
    import pyarrow
    from pyspark import TaskContext

    from store.corpus.corpus_reading import read_text
    from store.corpus.corpus_sources import text_of_record
    from texts.corpus.content_words import ContentReader
    from texts.corpus.json_lines import LineError, decoded
    from texts.load import LoadError

    context = TaskContext.get()
    block = 0 if context is None else context.partitionId()
    text, section, reader = block << 32, block << 32, ContentReader()
    kinds = {"int": pyarrow.int32(), "long": pyarrow.int64(), "binary": pyarrow.binary()}
    schema = pyarrow.schema([(name, kinds[kind]) for name, kind in map(str.split, SECTIONS.split(", "))])
    for batch in batches:
        for record in batch.to_pylist():
            try:
                line = json.dumps(record, default=str).encode()  # dates as words, as out of a file of Parquet
                new = read_text(text_of_record(decoded(line)), reader)
            except (LineError, LoadError):
                continue
            if not new.words:
                continue
            rows = []
            for each, words in new.sections:
                starts, numbers = words.starts.tobytes(), words.numbers.tobytes()
                counted = steps.section_words(text, starts, numbers)
                passages = len(words.starts) - 1
                body = steps.section_body(new.known, "", each)
                rows.append((block, 0, section, text, passages, counted, body))
                section += 1
            text += 1
            columns = zip(*rows, strict=True)
            arrays = [pyarrow.array(column, kind) for column, kind in zip(columns, schema.types, strict=True)]
            yield pyarrow.RecordBatch.from_arrays(arrays, schema=schema)


def _ddl() -> str:
    return ", ".join(
        f"`{name}` {'long' if name in NUMBERS else 'double' if name == 'score' else 'string'}"
        for name in COLUMNS
    )


def _rows(batches: Iterable[RecordBatch]) -> Iterator[RecordBatch]:
    """Runs on an executor: lines of related pairs as rows, with their places."""
    import pyarrow

    kinds = {"long": pyarrow.int64(), "double": pyarrow.float64(), "string": pyarrow.string()}
    given = [each.rsplit(" ", 1) for each in f"{_PLACES}, {_ddl()}".split(", ")]
    names = [name.strip("`") for name, _ in given]
    for batch in batches:
        for message in messages(batch):
            rows = []
            for line in message.data.splitlines():
                head, _, pair = line.partition(b"\t")
                left, right, score = head.split()
                rows.append([int(left), int(right), float(score), *row_of(pair_of(pair))])
            if rows:
                columns = zip(*rows, strict=True)
                arrays = [
                    pyarrow.array(column, kinds[kind])
                    for column, (_, kind) in zip(columns, given, strict=True)
                ]
                yield pyarrow.RecordBatch.from_arrays(arrays, names=names)


def _best(spark: SparkSession, rows: DataFrame, plan: Plan, most: int) -> DataFrame:
    """The pairs that are among so many best of either passage, with the groups that they are of."""
    from pyspark.sql import Window, functions

    ranks = []
    for mine, other in (("left_place", "right_place"), ("right_place", "left_place")):
        window = Window.partitionBy(mine).orderBy(functions.desc("exact_score"), other)
        ranks.append(functions.row_number().over(window) <= most)
    grouped = plan.columns["group_size"] > 0
    names = ("left", "right", "group", "group_size")
    told = [plan.columns[name][grouped].tolist() for name in names]
    groups = spark.createDataFrame(
        [
            (left, right, f"repeated-{group + 1}", size)
            for left, right, group, size in zip(*told, strict=True)
        ],
        "left_place long, right_place long, its_group string, its_size long",
    )
    kept = rows.withColumn("kept", ranks[0] | ranks[1]).where("kept")
    kept = kept.join(groups, ["left_place", "right_place"], "left")
    kept = kept.withColumn("group", functions.coalesce("its_group", "group"))
    kept = kept.withColumn("group_size", functions.coalesce("its_size", "group_size"))
    return kept.orderBy(functions.desc("exact_score"), "left_place", "right_place").select(*COLUMNS)


def write_by_series(pairs: DataFrame, folder: str) -> None:
    """Writes pairs as Parquet, a folder for each series of their left texts, a file in each with the best first.

    `tui corpus pairs FOLDER` reads them. Raises what Spark does where the folder is there already: nothing is
    written over.
    """
    from pyspark.sql import functions

    parted = pairs.withColumn("series", functions.col("left_series")).repartition("series")
    parted = parted.sortWithinPartitions("series", functions.desc("score"))
    parted.write.partitionBy("series").parquet(folder)


def _is_whole(spark: SparkSession, folder: str) -> bool:
    """Whether Spark has written a folder to its end."""
    jvm = spark.sparkContext._jvm
    path = jvm.org.apache.hadoop.fs.Path(f"{folder}/_SUCCESS")
    return bool(path.getFileSystem(spark.sparkContext._jsc.hadoopConfiguration()).exists(path))
