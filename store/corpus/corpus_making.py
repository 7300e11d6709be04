"""Makes a corpus: texts come in, are cut into sections, read into words and written shard by shard.

Where there is more than a little to read, several processes read it and make the indexes of the shards; what comes of
each text is taken in the order in which they were given, so that a corpus does not depend on how many there are.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from store.corpus.corpus_file import Corpus
from store.corpus.corpus_packing import CorpusReading, packed_given, packed_shard, read_in
from store.corpus.corpus_reading import CorpusReader
from store.corpus.new_texts import NewText, shard_of
from store.segmentation import columns_of

if TYPE_CHECKING:
    from store.corpus.corpus_sources import GivenText, Warn
    from store.corpus.corpus_workers import CorpusWorkers
    from texts.corpus.corpus_texts import IncomingText
    from texts.load import LoadHints

SHARD = 1_000_000
"""Words after which texts are written: as many as are lost when the program is ended, some fifteen seconds of work."""
_FEW = 400_000
"""Bytes that are read before other processes are started, which takes each a third of a second."""
_TASK = 100_000
"""Bytes that a process reads at one go."""
_AHEAD = 4
"""Tasks for each process that are under way."""
_MOST_AHEAD = 16_000_000
"""Bytes of all tasks that are under way, unless one alone has more."""


@dataclass
class MakingReport:
    """What came of it."""

    added: int = 0
    there: int = 0
    """Texts that were there already, under the same id and with the same words."""
    words: int = 0
    """Of the texts that were added."""
    empty: int = 0
    """Texts without a word."""


Told = Callable[[MakingReport], None]


def add_texts(corpus: Corpus, texts: Iterable[IncomingText], told: Told = lambda made: None) -> MakingReport:
    """Adds texts to a corpus and says how many; `told` hears of it as it goes on.

    What was written stays whatever ends the rest: the same call goes on from there. Raises LibraryError.
    """
    reader, making = CorpusReader(corpus, {}), _Making(corpus, told)
    for incoming in texts:
        making.take(reader.read_incoming(incoming))
    return making.made_whole()


def add_given(
    corpus: Corpus,
    given: Iterable[GivenText],
    warn: Warn,
    hints: LoadHints,
    told: Told = lambda made: None,
    *,
    workers: int = 0,
) -> MakingReport:
    """The same of texts that are still to be read, by so many processes; 0: as many as there are processors.

    `warn` hears of what cannot be read.
    """
    making, texts = _Making(corpus, told, warn), iter(given)
    workers = workers or os.cpu_count() or 1
    few = texts if workers == 1 else _first(texts, _FEW)
    reader = CorpusReader(corpus, hints)
    for each in few:
        making.take(reader.read(each))
    if (more := next(texts, None)) is not None:
        from store.corpus.corpus_workers import CorpusWorkers

        with CorpusWorkers(corpus.folder, hints, workers) as processes:
            making.workers = processes
            for read in _read_by(processes, chain([more], texts), workers * _AHEAD):
                making.take(read)
            return making.made_whole()
    return making.made_whole()


def _first(given: Iterator[GivenText], most: int) -> Iterator[GivenText]:
    """Texts until they have so many bytes."""
    for each in given:
        yield each
        most -= each.size()
        if most <= 0:
            return


def _read_by(processes: CorpusWorkers, given: Iterator[GivenText], most: int) -> Iterator[CorpusReading]:
    """What comes of texts, in their order; so many tasks at most are under way."""
    under_way: deque[tuple[Future[bytes], int]] = deque()
    ahead = 0
    while task := list(_first(given, _TASK)):
        size = sum(each.size() for each in task)
        under_way.append((processes.read(packed_given(task)), size))
        ahead += size
        while len(under_way) > most or (ahead > _MOST_AHEAD and under_way):
            future, done = under_way.popleft()
            ahead -= done
            yield from read_in(future.result())
    for future, _ in under_way:
        yield from read_in(future.result())


class _Making:
    """What was read and waits to be written."""

    def __init__(self, corpus: Corpus, told: Told, warn: Warn = lambda why: None) -> None:
        self.workers: CorpusWorkers | None = None
        """Who makes the indexes; by default this process."""
        self._corpus = corpus
        self._told = told
        self._warn = warn
        self._made = MakingReport()
        self._waiting: list[NewText] = []
        self._words = 0
        self._shard: tuple[list[NewText], Future[bytes]] | None = None
        """The texts whose index is being made."""
        self._here: set[tuple[str, str]] = set()
        """Names and digests of texts that are not written yet."""

    def take(self, read: CorpusReading) -> None:
        """Takes what came of a text; writes what has waited once it is enough."""
        text, made = read.text, self._made
        if read.trouble:
            self._warn(read.trouble)
            return
        if text is None or _key(text) in self._here or self._corpus.has(*_key(text)):
            made.there += 1
            return
        if not text.words:
            made.empty += 1
            return
        self._here.add(_key(text))
        self._waiting.append(text)
        self._words += text.words
        made.added += 1
        made.words += text.words
        if self._words >= SHARD:
            self._end_shard()
        self._told(made)

    def made_whole(self) -> MakingReport:
        """Writes all that waits and says what came of it."""
        self._end_shard()
        self._write_shard()
        return self._made

    def _end_shard(self) -> None:
        """Writes what waits, or has its index made: then it is written before the next one is."""
        self._write_shard()
        texts, self._waiting, self._words = self._waiting, [], 0
        if not texts:
            return
        if self.workers is None:
            self._write(texts)
        else:
            body, passages = shard_of(texts)
            self._shard = texts, self.workers.index(packed_shard(body, columns_of(passages)))

    def _write_shard(self) -> None:
        if self._shard is not None:
            texts, index = self._shard
            self._shard = None
            self._write(texts, index.result())

    def _write(self, texts: list[NewText], index: bytes = b"") -> None:
        """Writes texts; those that another program has written meanwhile are there, not added."""
        there = len(texts) - self._corpus.add(texts, index)
        self._here.difference_update(map(_key, texts))
        self._made.added -= there
        self._made.there += there


def _key(text: NewText) -> tuple[str, str]:
    return text.known.name, text.sha256
