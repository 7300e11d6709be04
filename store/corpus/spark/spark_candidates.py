"""Finds the candidates of a corpus on Spark: what is counted over all goes round once, then blocks are paired off.

| step | a task is | sends |
|---|---|---|
| words of a block | a block | nothing: kept on the disks of the executors |
| passages with the same words | a share of digests | 17 bytes a passage |
| in how many passages a word is | a share of words | 24 bytes a word of a block; the sums, by broadcast, to all |
| in how many passages a phrase is | a share of phrases | 24 bytes a phrase of a block; back, what is looked up |
| finding | two blocks | both blocks; what each passage finds |
| comparing | two blocks | both blocks; the best partners of each passage |

No step gathers by a word, so that a word that is everywhere makes no task longer than another: it is one row of a
block. What such a word costs is bounded by the limits of the kernel (`texts.corpus.shared_words`).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from store.corpus.corpus_columns import Columns
from store.corpus.spark import spark_steps as steps
from store.corpus.spark.spark_messages import COLUMNS, continued, gathered, unpacked
from texts.corpus.block_pairs import Whole, WordTally
from texts.corpus.repeats import firsts_of_several
from texts.corpus.shared_words import Candidates, Words

if TYPE_CHECKING:
    from pyarrow import Table
    from pyspark.sql import DataFrame, SparkSession

    from texts.corpus.shared_words import Small

SECTIONS = "block int, corpus int, section long, text long, passages int, words binary, body binary"
"""The columns of sections: `section` is a number that ascends with the block, `text` one that passages which are no
pair have in common; `words` and `body` are those of `spark_steps.section_words` and `section_body`."""
BLOCK = 50_000
"""Passages of a block, about: two of them take some 400 MB."""
Watch = Callable[[str, Callable[[], Any]], Any]
"""Runs what starts jobs of Spark, under a name, and gives what comes of it."""


def unwatched(doing: str, work: Callable[[], Any]) -> Any:
    """Runs it here."""
    return work()


class SectionLayout(NamedTuple):
    """Which sections there are, in order; held by the driver."""

    block: Small
    corpus: Small
    section: Small
    text: Small
    passages: Small

    @classmethod
    def of(cls, sections: DataFrame) -> SectionLayout:
        """That of sections in the columns of `SECTIONS`."""
        table: Table = sections.select(*cls._fields).toArrow()
        columns = [table.column(name).to_numpy() for name in cls._fields]
        order = np.lexsort((columns[2], columns[0]))
        return cls(*(column[order].astype(np.int64) for column in columns))

    @property
    def blocks(self) -> int:
        """How many blocks there are."""
        return int(self.block.max(initial=-1)) + 1

    @property
    def asking(self) -> int:
        """How many blocks, from the first on, are of the first of two corpora; none where there is one."""
        return int(self.block[self.corpus == 1].min(initial=self.blocks)) % max(1, self.blocks)

    def places(self) -> list[int]:
        """The place of the first passage of each block."""
        sizes = np.bincount(self.block, self.passages, self.blocks).astype(np.int64)
        return [int(place) for place in np.cumsum(sizes) - sizes]

    def columns(self, same: Small) -> Columns:
        """What the plan is made of, by the first passage with the words of each."""
        heads = np.cumsum(self.passages) - self.passages
        each = [np.repeat(column, self.passages) for column in (self.text, self.corpus, self.section, heads)]
        texts, corpus, section, first = each
        words = Words(np.zeros(0, np.int64), np.zeros(len(texts) + 1, np.int64), texts)
        return Columns(words, corpus.astype(np.int8), section, first, same, int(np.searchsorted(corpus, 1)))


class SparkCandidates:
    """Finding candidates."""

    def __init__(self, spark: SparkSession, sections: DataFrame, watch: Watch = unwatched) -> None:
        self._spark = spark
        self._sections = sections
        self._watch = watch
        self.layout: SectionLayout = watch("reading sections", lambda: SectionLayout.of(sections))

    def found(self) -> tuple[Columns, Candidates]:
        """The candidates of the corpus, and what the plan of relating them is made of."""
        from pyspark import StorageLevel

        layout = self.layout
        if not layout.blocks:
            return layout.columns(np.zeros(0, np.int64)), Candidates.joined([])
        places, shares = layout.places(), max(layout.blocks, self._spark.sparkContext.defaultParallelism)
        sent = self._sections.selectExpr(
            "block AS task", "corpus AS kind", "section AS source", "words AS data"
        )
        blocks = gathered(sent, layout.blocks, partial(steps.make_block, places, layout.asking))
        blocks = blocks.persist(StorageLevel.DISK_ONLY)
        ready = None
        try:
            same, ready, whole = self._prepared(blocks, shares)
            ready = ready.persist(StorageLevel.DISK_ONLY)
            found = self._watch("finding candidates", lambda: self._between(ready, places, whole))
        finally:
            for kept in (blocks, ready):
                if kept is not None:
                    kept.unpersist()
        return layout.columns(same), found

    def _prepared(self, blocks: DataFrame, shares: int) -> tuple[Small, DataFrame, Whole]:
        """For each passage the first with its words; the blocks with the weights of their words; the whole."""
        context, layout = self._spark.sparkContext, self.layout
        count = int(layout.passages.sum())
        same = np.arange(count)
        digests = continued(blocks, partial(steps.send_digests, shares))
        for part in self._collected("counting", gathered(digests, shares, steps.first_of_same)):
            same[part["places"]] = part["firsts"]
        texts = np.repeat(layout.text, layout.passages)
        repeating = context.broadcast(
            (np.flatnonzero(same != np.arange(count)), firsts_of_several(same, texts))
        )
        counts = continued(blocks, partial(steps.send_word_counts, shares, repeating))
        sums = self._collected("counting", gathered(counts, shares, steps.sum_word_counts))
        words = sum(int(part.pop("words")) for part in sums)
        vocabulary = context.broadcast(tuple(WordTally.sorted([WordTally(**part) for part in sums])))
        whole = Whole(count, words / max(1, count), layout.asking == 0)
        phrases = continued(blocks, partial(steps.send_phrase_counts, shares, repeating, vocabulary))
        back = gathered(phrases, shares, steps.sum_phrase_counts)
        prepare = partial(steps.prepare, repeating, vocabulary, whole)
        return same, gathered(blocks.unionAll(back), layout.blocks, prepare), whole

    def _between(self, ready: DataFrame, places: list[int], whole: Whole) -> Candidates:
        """What passages of any two blocks have in common."""
        tasks = pair_tasks(self.layout.blocks, self.layout.asking)
        there = set(self.layout.block.tolist())  # a range of a DataFrame may be empty
        rows = [
            (block, task)
            for pair, task in tasks.items()
            if there.issuperset(pair)
            for block in sorted(set(pair))
        ]
        where = self._spark.createDataFrame(rows, "of int, pair int")
        ready = ready.join(where.hint("broadcast"), ready["task"] == where["of"])
        ready = ready.selectExpr("pair AS task", "kind", "source", "data")
        found = gathered(
            ready.where(f"kind = {steps.TO_FIND}"), len(tasks), partial(steps.find, places, whole)
        )
        best = gathered(found, self.layout.blocks, partial(steps.keep_best, places, tasks, whole.both))
        sent = ready.where(f"kind = {steps.TO_COMPARE}").unionAll(best)
        parts = _unpacked(gathered(sent, len(tasks), partial(steps.compare, whole)))
        return Candidates.joined([Candidates(**part) for part in parts])

    def _collected(self, doing: str, sent: DataFrame) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self._watch(doing, lambda: _unpacked(sent))
        return found


def pair_tasks(blocks: int, asking: int) -> dict[tuple[int, int], int]:
    """The task of any two blocks that are held against each other; those of one block among itself come last.

    With `asking` the first so many ask, and all others only answer.
    """
    if asking:
        pairs = [(one, other) for one in range(asking) for other in range(asking, blocks)]
    else:
        pairs = [(one, other) for one in range(blocks) for other in range(one, blocks)]
    pairs.sort(key=lambda pair: pair[0] == pair[1])  # half the work: they fill up what the others leave
    return {pair: task for task, pair in enumerate(pairs)}


def _unpacked(sent: DataFrame) -> list[dict[str, Any]]:
    rows = sent.toArrow().column("data").to_pylist()
    return [unpacked(data) for data in rows]


__all__ = [
    "BLOCK",
    "COLUMNS",
    "SECTIONS",
    "SectionLayout",
    "SparkCandidates",
    "Watch",
    "pair_tasks",
    "unwatched",
]
