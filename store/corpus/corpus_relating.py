"""Relates a corpus with itself or with another: candidates by their words, then sections as `tui related` does it.

Both steps go by blocks that are kept as they are done, so that a run that was ended goes on where it stood. Candidates
are found in threads (numpy lets go of the interpreter while it sorts); sections are related in children.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from dataclasses import replace
from functools import lru_cache
from hashlib import sha256
from threading import Event
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from store.corpus.corpus_columns import Columns
from store.corpus.corpus_errors import DamagedCorpus
from store.corpus.corpus_folder import RUNS, remove_folder
from store.corpus.corpus_plan import JOBS, Plan
from store.errors import LibraryError
from texts.corpus.group_members import GroupMember
from texts.corpus.pairs import Pair, pair_of
from texts.corpus.section_relating import SectionOfText, side_of
from texts.relate.relate_records import DEFAULT_SCORE, Cancelled

if TYPE_CHECKING:
    from store.corpus.corpus_file import Corpus
    from texts.corpus.shared_words import Candidates, Small
    from texts.model import Text

BEST = 5
"""Pairs that are told of a passage unless more are asked for."""
_PASSAGES = 2_048
"""Passages of a block whose candidates are looked for."""
_LOOK = 0.2
"""Seconds between two looks at how far it is."""
_KEPT = 64
"""Sections that are remembered while passages of groups are told."""
_SAMPLE, _SAMPLE_JOBS = 1_024, 8


class Wanted(NamedTuple):
    """What is asked for."""

    best: int = BEST
    """Pairs of each passage at most: those for which it is among the best of either passage."""
    min_score: float = DEFAULT_SCORE
    """0–100."""
    aliases: Sequence[Sequence[str]] = ()
    """Groups of words that the reader holds to be one."""
    workers: int = 0
    """Processes; 0: as many as there are processors."""
    between_series: bool = False
    """Whether passages of one series are left alone, not those of one text only."""


class Step(NamedTuple):
    """How far a run is."""

    doing: str
    done: int
    of: int


class Estimate(NamedTuple):
    """What a run will take, by a sample of it."""

    passages: int
    seconds: float
    sections: int
    """Pairs of sections that are likely to be related."""


DEFAULT = Wanted()
Tell = Callable[[Step], None]


class CorpusRun:
    """Relating a corpus with itself, or with another."""

    def __init__(self, corpus: Corpus, other: Corpus | None = None, wanted: Wanted = DEFAULT) -> None:
        self.corpora = [corpus] if other is None else [corpus, other]
        self.wanted = wanted
        self.plan = Plan(corpus.folder / RUNS / self._key())
        self._workers = wanted.workers or os.cpu_count() or 1

    def _key(self) -> str:
        """What tells this run from any other: another state of a corpus, or another wish, is another run."""
        said = [[corpus.name, *corpus.state()] for corpus in self.corpora]
        wanted = self.wanted._replace(workers=0)
        return sha256(json.dumps([said, wanted, _FORMAT]).encode()).hexdigest()[:16]

    def estimate(self) -> Estimate:
        """How long the run will take, by a sample of its blocks; what is kept of it already is not taken off."""
        columns = Columns.of(self.corpora, between_series=self.wanted.between_series)
        words = columns.shared_words()
        count = words.asks
        step = max(1, count // _SAMPLE)
        asking = np.zeros(len(words), bool)
        asking[:count:step] = True
        found = words.candidates(0, count, asking & columns.tell_words)
        # By a block as the run finds it: the sample takes long for its few passages, as they lie far apart.
        begun = monotonic()
        words.candidates(0, min(_PASSAGES, count), columns.tell_words)
        finding = (monotonic() - begun) * -(-count // _PASSAGES) / min(self._workers, 2)
        jobs = columns.jobs(found)
        share = asking[: len(words)].sum() / max(1, count)
        # Where all ask all, a pair is found if either of its passages was asked.
        seen = share if len(self.corpora) > 1 else 1 - (1 - share) ** 2
        sections = round((len(jobs["starts"]) - 1) / max(seen, 1e-9))
        begun, sample = monotonic(), self.plan.folder.with_suffix(".sample")
        plan = Plan(sample)
        plan.make_folder()
        try:
            some = columns.jobs(found.only(np.arange(min(len(found.lefts), _SAMPLE_JOBS))))
            plan.write_plan(**some)
            each = 0.0
            if plan.job_count:
                self._relate_here(plan)
                each = (monotonic() - begun) / plan.job_count
        finally:
            shutil.rmtree(sample, ignore_errors=True)
        return Estimate(count, finding + sections * each / self._workers, sections)

    def _relate_here(self, plan: Plan) -> None:
        """Relates the first block in this process."""
        from store.corpus.corpus_block_job import block_lines, sections_of
        from texts.corpus.section_relating import SectionRelater

        relater = SectionRelater(sections_of(self.corpora, [True] * len(self.corpora)), self.wanted.aliases)
        plan.write_block(0, block_lines(plan, 0, relater, self.wanted.min_score))

    def run(self, tell: Tell = lambda step: None, cancelled: Callable[[], bool] = lambda: False) -> None:
        """Does what is still to be done. Raises Cancelled, and LibraryError for a full disk or a child that dies."""
        self.plan.make_folder()
        if not self.plan.is_planned:
            self.make_plan(tell, cancelled)
        self.relate(tell, cancelled)

    def make_plan(self, tell: Tell, cancelled: Callable[[], bool]) -> None:
        """Finds candidates block by block and makes the plan of them."""
        tell(Step("reading words", 0, 1))
        columns = Columns.of(self.corpora, between_series=self.wanted.between_series)
        words = columns.shared_words()
        blocks = -(-words.asks // _PASSAGES)

        def find(block: int) -> None:
            if stopped.is_set() or self.plan.has_found(block):
                return
            last = min((block + 1) * _PASSAGES, words.asks)
            self.plan.write_found(block, words.candidates(block * _PASSAGES, last, columns.tell_words))

        stopped = Event()
        with ThreadPoolExecutor(self._workers) as pool:
            try:
                tasks = {pool.submit(find, block) for block in range(blocks)}
                while tasks:
                    done, tasks = wait(tasks, _LOOK, FIRST_COMPLETED)
                    for task in done:
                        task.result()
                    tell(Step("finding candidates", blocks - len(tasks), blocks))
                    if cancelled():
                        raise Cancelled
            finally:
                stopped.set()
        self.keep_plan(columns, self.plan.found(blocks))

    def keep_plan(self, columns: Columns, found: Candidates) -> None:
        """Keeps the plan of what is worth telling of these candidates, and the groups. Raises LibraryError."""
        plan, groups = columns.plan(found, self.wanted.best)
        self.plan.write_members(**columns.members(groups))
        self.plan.write_plan(**plan)

    def relate(self, tell: Tell, cancelled: Callable[[], bool]) -> None:
        """Relates the sections of the plan, in as many children as there are processors."""
        from texts.child.runner import Child, ChildError

        total = self.plan.blocks
        todo = [block for block in range(total) if not self.plan.is_done(block)]
        shares = [todo[k :: self._workers] for k in range(self._workers)]
        done = total - len(todo)
        stopped = Event()

        def tick() -> None:
            if stopped.is_set():
                raise Cancelled

        def relate(blocks: Sequence[int]) -> None:
            nonlocal done
            asked = {
                "run": str(self.plan.folder),
                "corpora": [str(corpus.folder) for corpus in self.corpora],
                "named": self._named(),
                "blocks": list(blocks),
                "min_score": self.wanted.min_score,
                "aliases": self.wanted.aliases,
            }

            def hear(_: str) -> None:
                nonlocal done
                done += 1

            with Child("store.corpus.corpus_block_job:run") as child:
                for _ in child.ask((json.dumps(asked).encode(),), progress=hear, tick=tick):
                    pass

        with ThreadPoolExecutor(self._workers) as pool:
            tasks = {pool.submit(relate, blocks) for blocks in shares if blocks}
            try:
                while tasks:
                    finished, tasks = wait(tasks, _LOOK, FIRST_COMPLETED)
                    for task in finished:
                        task.result()
                    tell(
                        Step("relating sections", min(done * JOBS, self.plan.job_count), self.plan.job_count)
                    )
                    if cancelled():
                        raise Cancelled
            except ChildError as error:
                if error.kind == DamagedCorpus.__name__:
                    raise DamagedCorpus(str(error)) from error
                raise LibraryError(
                    f"relating stopped: {error}; the same command goes on from there"
                ) from error
            finally:
                stopped.set()

    def pairs(self) -> Iterator[Pair]:
        """The pairs that were found, best first, the best of each passage only; to be asked for once all is done."""
        lefts, rights, scores, files, offsets = self._heads()
        best = _best_of_either(lefts, rights, scores, self.wanted.best)
        order = np.lexsort((rights[best], lefts[best], -scores[best]))
        names = self._group_names()
        for place in best[order].tolist():
            block = int(files[place])
            with self.plan.block_file(block).open("rb") as source:
                source.seek(int(offsets[place]))
                line = source.readline()
            pair = pair_of(line.partition(b"\t")[2])
            group = names.get((int(lefts[place]), int(rights[place])))
            yield pair if group is None else replace(pair, group=group[0], group_size=group[1])

    def _heads(self) -> tuple[Small, Small, Small, Small, Small]:
        """For each pair the two places, the score, and where its line stands."""
        rows: list[tuple[int, int, float, int, int]] = []
        for block in range(self.plan.blocks):
            offset = 0
            with self.plan.block_file(block).open("rb") as source:
                for line in source:
                    head = line[: line.index(b"\t")].split()
                    rows.append((int(head[0]), int(head[1]), float(head[2]), block, offset))
                    offset += len(line)
        columns = zip(*rows, strict=True) if rows else ((), (), (), (), ())
        kinds = (np.int64, np.int64, np.float64, np.int32, np.int64)
        left, right, score, file, place = (
            np.array(column, kind) for column, kind in zip(columns, kinds, strict=True)
        )
        return left, right, score, file, place

    def untold(self) -> tuple[int, int]:
        """How many passages are in groups of which not all are told with the first, and in how many such groups."""
        _, counts = np.unique(self.plan.members["first"], return_counts=True)
        more = counts > self.wanted.best + 1
        return int(counts[more].sum()), int(more.sum())

    def members(self) -> Iterator[GroupMember]:
        """All passages of the groups that the pairs name, group by group; to be asked for once all is done."""
        from store.corpus.corpus_block_job import sections_of

        fetch = sections_of(self.corpora, self._named())

        @lru_cache(_KEPT)
        def section(corpus: int, number: int) -> tuple[SectionOfText, Text]:
            found = fetch((corpus, number))
            return found, found.section.as_text(found.known.name, found.known.language)

        columns = self.plan.members
        names = ("first", "size", "corpus", "section", "passage")
        for first, size, *place, passage in zip(*(columns[each].tolist() for each in names), strict=True):
            yield GroupMember(_group_name(first), size, side_of(*section(*place), passage + 1, None))

    def _named(self) -> list[bool]:
        """Which of the corpora keep a name that a reader knows: not the one that is made of a text for the while."""
        return [corpus.is_named for corpus in self.corpora]

    def _group_names(self) -> dict[tuple[int, int], tuple[str, int]]:
        """For the pairs of a group what it is called and how many passages it has."""
        columns = self.plan.columns
        return {
            (left, right): (_group_name(first), size)
            for left, right, first, size in zip(
                *(columns[name].tolist() for name in ("left", "right", "group", "group_size")), strict=True
            )
            if size
        }

    def forget(self) -> None:
        """Removes what was kept of the run; nothing else is of use to others."""
        remove_folder(self.plan.folder)


def _group_name(first: int) -> str:
    """What a group is called whose first passage stands at this place of the corpus."""
    return f"repeated-{first + 1}"


_FORMAT = 5
"""Goes up whenever what is kept of an older run is of no use."""


def _best_of_either(lefts: Small, rights: Small, scores: Small, most: int) -> Small:
    """Which pairs are among so many best of their left or of their right passage."""
    kept = np.zeros(len(lefts), bool)
    for passages in (lefts, rights):
        order = np.lexsort((-scores, passages))
        heads = np.flatnonzero(np.diff(passages[order], prepend=-1))
        place = np.arange(len(order)) - np.repeat(heads, np.diff(np.append(heads, len(order))))
        kept[order[place < most]] = True
    return np.flatnonzero(kept)
