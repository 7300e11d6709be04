"""What a run will take, by a sample of it: how many pairs of sections, and seconds by a clock that is known."""

from __future__ import annotations

from itertools import count
from pathlib import Path

import pytest

from store.corpus import corpus_relating
from store.corpus.corpus_file import Corpus
from store.corpus.corpus_making import add_texts
from store.corpus.corpus_relating import CorpusRun, Estimate, Wanted
from store.corpus.corpus_sources import text_of_record
from texts.relate.relate_records import Cancelled

NEWS = "the council of Harrow has voted to build the burned mill again beside the river before winter"


def made(folder: Path, texts: int, passages: int, every: int) -> Corpus:
    """Texts of so many passages, each of words of its own; every so many texts reprint one piece of news."""
    corpus = Corpus.create(folder)
    bodies = []
    for number in range(texts):
        body = [f"only{number}x{k} mere{number}x{k} bare{number}x{k}" for k in range(passages)]
        bodies.append("\n\n".join([*body, *([f"{NEWS} no{number}"] if number % every == 0 else [])]))
    add_texts(corpus, (text_of_record({"id": f"t{n:04}", "text": body}) for n, body in enumerate(bodies)))
    return corpus


@pytest.fixture
def seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    """A clock that is a second later with each look."""
    looks = count(0.0, 1.0)
    monkeypatch.setattr(corpus_relating, "monotonic", lambda: next(looks))


@pytest.mark.usefixtures("seconds")
@pytest.mark.parametrize(("workers", "finding"), [(1, 1.0), (2, 0.5), (4, 0.5)])
def test_all_of_a_small_corpus_is_the_sample(tmp_path: Path, workers: int, finding: float) -> None:
    with made(tmp_path / "papers", 12, 3, 3) as corpus:
        run = CorpusRun(corpus, wanted=Wanted(workers=workers))
        found = run.estimate()
        assert list(tmp_path.rglob("*.sample")) == []
    assert found == Estimate(40, finding + 6 * (1.0 / 6) / workers, 6)


@pytest.mark.usefixtures("seconds")
def test_of_a_larger_one_every_second_or_third_passage_is_asked(tmp_path: Path) -> None:
    with made(tmp_path / "papers", 40, 53, 2) as corpus, made(tmp_path / "books", 4, 3, 1) as other:
        alone = CorpusRun(corpus, wanted=Wanted(workers=1)).estimate()
        both = CorpusRun(corpus, other, Wanted(workers=1)).estimate()
    assert (alone.passages, both.passages) == (40 * 53 + 20, 40 * 53 + 20)
    assert alone.sections == 140  # of 190: by every second passage, which finds three in four of the pairs
    assert both.sections == 80  # all that there are
    assert alone.seconds == pytest.approx(2.0 + alone.sections / 8)
    assert both.seconds == pytest.approx(2.0 + both.sections / 8)


def test_without_anything_to_relate_it_takes_no_time(tmp_path: Path) -> None:
    with made(tmp_path / "papers", 1, 1, 2) as corpus:
        found = CorpusRun(corpus).estimate()
    assert (found.passages, found.sections) == (2, 0)
    assert found.seconds < 1


def test_a_plan_is_told_block_by_block_and_can_be_ended(tmp_path: Path) -> None:
    told: list[corpus_relating.Step] = []
    with made(tmp_path / "papers", 40, 53, 2) as corpus:
        run = CorpusRun(corpus, wanted=Wanted(workers=1))
        run.plan.make_folder()
        with pytest.raises(Cancelled):
            run.make_plan(told.append, lambda: True)
        assert told[0] == corpus_relating.Step("reading words", 0, 1)
        assert told[1].doing == "finding candidates"
        assert told[1].of == 2
        told.clear()
        run.make_plan(told.append, lambda: False)
        assert told[-1] == corpus_relating.Step("finding candidates", 2, 2)
        assert len(run.plan.columns["left"]) > 0
        run.forget()
        assert not run.plan.folder.exists()
