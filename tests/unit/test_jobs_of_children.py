"""The jobs of child processes, called in this one: what they answer, and what they say of how far they are."""

from __future__ import annotations

import json
import pickle
from array import array
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from store.corpus import corpus_making_job, pair_index_job
from store.corpus.corpus_block_job import block_lines, sections_of
from store.corpus.corpus_block_job import run as run_block
from store.corpus.corpus_file import Corpus
from store.corpus.corpus_making import add_texts
from store.corpus.corpus_packing import packed_given, packed_shard, read_in
from store.corpus.corpus_relating import CorpusRun, Wanted
from store.corpus.corpus_sources import GivenText, text_of_record
from store.corpus.pair_files import write_to
from store.errors import LibraryError
from store.exchange import isolated
from store.exchange.codebook_csv import read as read_codebook
from store.exchange.exchange_job import run as run_exchange
from store.segmentation import columns_of
from texts.child.runner import MEGABYTE, ChildError, Limits, OutOfMemoryError, OutOfTimeError
from texts.corpus.pairs import Pair, PairSide, to_json
from texts.corpus.section_relating import SectionRelater
from texts.search.build import build_index
from texts.segment import passages

NEWS = "the council of Harrow has voted to build the burned mill again beside the river before winter"


def done(job: Callable[..., None], *question: bytes) -> tuple[list[bytes], list[str]]:
    """What a job answers, and what it says meanwhile."""
    replies: list[bytes] = []
    told: list[str] = []
    job(question, replies.append, told.append)
    return replies, told


def pair(score: float, group: str = "", text: str = "a") -> Pair:
    return Pair(PairSide(text, 1, 0, 1, "x"), PairSide("b", 2, 3, 4, "y"), score, group=group)


def listed(folder: Path, file: Path) -> tuple[dict[str, Any], list[dict[str, Any]], list[int]]:
    """The answer to a question for a list, the pairs in its order, and which of them are first of their group."""
    question = json.dumps({"path": str(file), "folder": str(folder)}).encode()
    (answer,), told = done(pair_index_job.run, question[:9], question[9:])
    size = file.stat().st_size
    assert told[0].split()[0] != "0"
    assert {each.split()[1] for each in told} == {str(size)}
    order = array("Q", (folder / "order").read_bytes())
    offsets, firsts = order[: len(order) // 2], order[len(order) // 2 :]
    lines = (folder / "pairs.jsonl").read_bytes()
    return json.loads(answer), [json.loads(lines[at:].partition(b"\n")[0]) for at in offsets], list(firsts)


def test_pairs_are_laid_out_best_first_and_groups_by_their_best(tmp_path: Path) -> None:
    pairs = [
        *(pair(50), pair(60, "g"), pair(70, text="one"), pair(70, text="two"), pair(90, "g"), pair(80, "h")),
        *(pair(90, "i"), pair(90), pair(60, "g", text="last")),
    ]
    file = tmp_path / "given.jsonl"
    write_to(file, pairs)
    answer, found, firsts = listed(tmp_path, file)
    assert answer == {"count": 9, "problems": 0, "problem": "", "by": ""}
    assert found == [to_json(pairs[at]) for at in (4, 1, 8, 6, 7, 5, 2, 3, 0)]
    assert firsts == [1, 0, 0, 1, 1, 1, 1, 1, 1]


def test_what_is_no_pair_is_counted_and_the_first_told(tmp_path: Path) -> None:
    file = tmp_path / "given.jsonl"
    write_to(file, [pair(50), pair(60)])
    with file.open("a") as out:
        out.write('{"left": 1}\n{"right": 2}\n')
    answer, found, _ = listed(tmp_path, file)
    assert (answer["count"], answer["problems"], len(found)) == (2, 2, 2)
    assert answer["problem"].startswith("line 3 ")


def test_texts_are_read_and_shards_indexed_where_the_program_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "here").mkdir()
    (tmp_path / "here" / "one.txt").write_text("One text.\n\nWith two passages.")
    folder = tmp_path / "corpus"
    with Corpus.create(folder) as corpus:
        add_texts(corpus, iter([text_of_record({"id": "there", "text": "This one is there already."})]))
    given = [
        GivenText("one.txt", "one"),
        GivenText("gone.txt", "gone"),
        GivenText("in.jsonl", "two", "in.jsonl, line 2", {}, "", b'{"id": "two", "text": "Another.", "year": 1901}'),
        GivenText("in.jsonl", "", "in.jsonl, line 3", {}, "", b'{"id": "there", "text": "This one is there already."}'),
        GivenText("in.jsonl", "", "in.jsonl, line 4", {}, "", b"[]"),
        GivenText("in.jsonl", trouble="in.jsonl is damaged"),
    ]  # fmt: skip
    body = "A shard.\n\nOf two passages."
    monkeypatch.chdir(tmp_path)
    asked = {"folder": str(folder), "here": str(tmp_path / "here"), "hints": {}}
    replies, told = done(
        corpus_making_job.run,
        json.dumps(asked).encode(),
        corpus_making_job.READ + packed_given(given),
        corpus_making_job.INDEX + packed_shard(body, columns_of(passages(body))),
    )
    assert Path.cwd() == tmp_path / "here"
    assert told == ["", ""]
    assert replies[1] == build_index(body, passages(body)).to_bytes()
    read = list(read_in(replies[0]))
    texts = [each.text for each in read]
    assert [None if text is None else (text.known.name, text.body(), text.words) for text in texts] == [
        ("one", "One text.\n\nWith two passages.", 5),
        None,
        ("two", "Another.", 1),
        *(None, None, None),
    ]
    assert [each.trouble for each in read] == [
        "",
        "cannot read gone.txt: there is no such file",
        *("", "", "in.jsonl, line 4: is no JSON object", "in.jsonl is damaged"),
    ]
    done(corpus_making_job.run, json.dumps({**asked, "here": ""}).encode())
    assert Path.cwd() == tmp_path / "here"


def test_blocks_of_a_plan_are_written_and_told_one_by_one(tmp_path: Path) -> None:
    bodies = [f"Text {number} says one thing more.\n\n{NEWS}, number {number % 3}." for number in range(16)]
    with Corpus.create(tmp_path / "papers") as corpus:
        add_texts(corpus, (text_of_record({"id": f"t{n}", "text": body}) for n, body in enumerate(bodies)))
        run = CorpusRun(corpus, wanted=Wanted(best=9, min_score=20.0))
        run.plan.make_folder()
        run.make_plan(lambda step: None, lambda: False)
        asked = {
            "run": str(run.plan.folder),
            "corpora": [str(corpus.folder)],
            "named": [False],
            "blocks": list(range(run.plan.blocks)),
            "min_score": 20.0,
            "aliases": [],
        }
        assert done(run_block, json.dumps(asked).encode()) == ([b"done"], [str(n) for n in asked["blocks"]])
        relater = SectionRelater(sections_of([corpus], [False]), [])
        for block in asked["blocks"]:
            lines = b"".join(block_lines(run.plan, block, relater, 20.0))
            assert lines.count(b"\n") > 3
            assert run.plan.block_file(block).read_bytes() == lines
            assert b'"corpus": "papers"' not in lines
        named = SectionRelater(sections_of([corpus], [True]), [])
        assert b'"corpus": "papers"' in b"".join(block_lines(run.plan, 0, named, 20.0))


CODEBOOK = b"tag,colour\nriver,blue\n"


@pytest.mark.parametrize("piece", [7, 1 << 26])
def test_a_record_is_read_and_sent_in_pieces(monkeypatch: pytest.MonkeyPatch, piece: int) -> None:
    monkeypatch.setattr("store.exchange.exchange_job.PIECE", piece)
    replies, _ = done(run_exchange, b"codebook_csv\na\n\xff.csv", CODEBOOK)
    assert pickle.loads(b"".join(replies)) == read_codebook(CODEBOOK, "a\n\udcff.csv")
    assert all(len(each) == piece for each in replies[:-1])


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OutOfMemoryError("x", ""), "reading it wants more than 1,000 MB of memory; split it"),
        (OutOfTimeError("x", ""), "it keeps its reader busy for ever; split it"),
        (ChildError("a.csv has no header", "LibraryError"), "a.csv has no header"),
        (
            ChildError("no such\nplace", "KeyError"),
            "it is damaged, or no reader is up to it (KeyError: no such␤place); nothing was taken from it",
        ),
        (
            ChildError("it has ended", ""),
            "it is damaged, or no reader is up to it (it has ended); nothing was taken from it",
        ),
    ],
)
@pytest.mark.usefixtures("reading_isolated")
def test_why_a_record_was_not_read(monkeypatch: pytest.MonkeyPatch, error: ChildError, said: str) -> None:
    asked: list[object] = []

    def fails(job: str, question: Sequence[bytes], limits: Limits) -> bytes:
        asked.extend((job, question, limits))
        raise error

    monkeypatch.setattr(isolated, "answer_of", fails)
    with pytest.raises(LibraryError) as refusal:
        isolated.read_isolated("codebook_csv", b"data", "a\udcff.csv")
    assert str(refusal.value) == said
    limits = Limits(memory=1_000 * MEGABYTE, seconds=600.0)
    assert asked == ["store.exchange.exchange_job:run", (b"codebook_csv\na\xff.csv", b"data"), limits]


@pytest.mark.usefixtures("reading_isolated")
def test_a_large_record_may_take_more_memory_to_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    archive = read_codebook(CODEBOOK, "a.csv")
    asked: list[Limits] = []

    def answers(job: str, question: Sequence[bytes], limits: Limits) -> bytes:
        asked.append(limits)
        return pickle.dumps(archive)

    class Large(bytes):
        def __len__(self) -> int:
            return 100 * MEGABYTE

    monkeypatch.setattr(isolated, "answer_of", answers)
    assert isolated.read_isolated("codebook_csv", Large(), "a.csv") == archive
    assert asked[0].memory == 1_200 * MEGABYTE
