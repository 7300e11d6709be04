"""The job of a process that reads texts and makes indexes; only `store.corpus.corpus_workers` has it run.

The first piece of the question is JSON: the folder of the corpus, the one from which files are named, and the hints of
`texts.load`. Each other is a task and has an answer of one piece: texts to be read (`READ`), or a shard to make the
index of (`INDEX`).
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable
from pathlib import Path

from store.corpus.corpus_file import Corpus
from store.corpus.corpus_packing import given_in, packed_read, shard_in
from store.corpus.corpus_reading import CorpusReader
from store.segmentation import passages_in
from texts.search.build import build_index

READ, INDEX = b"r", b"i"


def run(question: Iterable[bytes], reply: Callable[[bytes], None], progress: Callable[[str], None]) -> None:
    """The job: answers each task as it comes."""
    pieces = iter(question)
    asked = json.loads(next(pieces))
    if asked["here"]:
        os.chdir(asked["here"])
    with Corpus.open(Path(asked["folder"])) as corpus:
        reader = CorpusReader(corpus, asked["hints"])
        for piece in pieces:
            kind, task = piece[:1], piece[1:]
            if kind == READ:
                reply(packed_read([reader.read(given) for given in given_in(task)]))
            else:
                body, columns = shard_in(task)
                reply(build_index(body, passages_in(columns)).to_bytes())
            progress("")  # which sends what was written
