"""The job of a child that relates blocks of pairs of sections; only `store.corpus.corpus_relating` has it run.

Takes one question of JSON: the folder of the run, those of the corpora, the blocks to do, the least score, the aliases
of the reader. Writes a file a block, whole or not at all, and says the number of each that is done.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from pathlib import Path

from store.corpus.corpus_file import Corpus
from store.corpus.corpus_plan import Plan
from texts.corpus.pairs import to_json
from texts.corpus.section_relating import SectionOfText, SectionPair, SectionRelater


def run(question: Iterable[bytes], reply: Callable[[bytes], None], progress: Callable[[str], None]) -> None:
    """The job: answers one question."""
    asked = json.loads(b"".join(question))
    plan = Plan(Path(asked["run"]))
    with ExitStack() as stack:
        corpora = [stack.enter_context(Corpus.open(Path(folder))) for folder in asked["corpora"]]
        relater = SectionRelater(sections_of(corpora, asked["named"]), asked["aliases"])
        for block in asked["blocks"]:
            plan.write_block(block, block_lines(plan, block, relater, asked["min_score"]))
            progress(str(block))
    reply(b"done")


def sections_of(corpora: list[Corpus], named: list[bool]) -> Callable[[SectionPair], SectionOfText]:
    """What gives the sections of corpora; `named` says which of these keep a name that a reader knows."""

    def fetch(key: SectionPair) -> SectionOfText:
        corpus = corpora[key[0]]
        known = corpus.known(corpus.section_text(key[1]))
        return SectionOfText(known, corpus.section(key[1]), corpus.name if named[key[0]] else "")

    return fetch


def block_lines(plan: Plan, block: int, relater: SectionRelater, min_score: float) -> Iterable[bytes]:
    """The pairs of a block, a line each: places in the corpus, score, and the pair as JSON."""
    for job in plan.jobs(block):
        for place, pair in relater.related(job.left, job.right, job.wanted, min_score):
            left, right = job.places[place]
            head = f"{left} {right} {pair.score:.6f}\t".encode()
            yield head + json.dumps(to_json(pair), ensure_ascii=False).encode() + b"\n"
