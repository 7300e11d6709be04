"""Vectors are kept by the words that they are of: across texts and versions, in no journal, until forgotten."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
import standin_vectors
from standin_vectors import MODEL, sentence_vector, some_sentences, text_of, translated

from store.library import Library
from store.services import meanings
from store.services.forgetting import forget, forgettable
from store.services.meanings import Work, forgotten_vectors, relates_by_meaning, vectors_of
from store.services.relations import relations_in
from texts.meaning import MeaningError, embedding
from texts.meaning.embedding import VECTOR_BYTES
from texts.meaning.pieces import key_of
from texts.relate.relate_records import Cancelled

ENGLISH = (
    "The king went to the river with his men, and it was cold there. ",
    "He said that the bread was old and that they would have no more of it. ",
)
GERMAN = (
    "Der König ging mit seinen Leuten zum Fluss, und es war kalt. ",
    "Er sagte, dass das Brot alt ist. ",
)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library.db", reader="ana") as library:
        yield library


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the stand-in for the model was asked for."""
    asked: list[str] = []

    def embed(words: Sequence[str], **more: object) -> Iterator[tuple[str, bytes]]:
        asked.extend(words)
        return standin_vectors.embed(words, **more)

    monkeypatch.setattr(embedding, "embed", embed)
    monkeypatch.setattr(meanings, "model_version", lambda: MODEL)
    return asked


def test_a_vector_comes_back_by_model_and_words(library: Library) -> None:
    library.vectors.put("one-1", [(key_of("a"), b"12"), (key_of("b"), b"345")])
    assert library.vectors.get("one-1", [key_of("a"), key_of("b"), key_of("c")], 2) == {key_of("a"): b"12"}
    assert library.vectors.get("one-2", [key_of("a")], 2) == {}


def test_more_vectors_than_a_statement_takes_come_back(library: Library) -> None:
    many = [(key_of(str(number)), b"xx") for number in range(1_700)]
    library.vectors.put("one-1", many)
    assert library.vectors.get("one-1", [key for key, _ in many], 2) == dict(many)


def test_a_library_that_cannot_be_written_keeps_none_and_does_not_mind(
    library: Library, tmp_path: Path
) -> None:
    with Library.open(tmp_path / "library.db", read_only=True) as reading:
        reading.vectors.put("one-1", [(key_of("a"), b"12")])
        assert reading.vectors.get("one-1", [key_of("a")], 2) == {}


def test_what_is_made_is_kept_and_not_made_again(library: Library, asked: list[str]) -> None:
    words = some_sentences(40)
    first = vectors_of(words, library, Work())
    assert sorted(asked) == sorted(words)
    asked.clear()
    assert vectors_of(words, library, Work()) == first == {each: sentence_vector(each) for each in words}
    assert asked == []


def test_an_update_makes_only_what_is_new(library: Library, asked: list[str]) -> None:
    before = some_sentences(20)
    after = [*before[:7], "An other sentence stands here.", *before[8:]]
    left, right = (
        library.texts.add(text_of(slug, passages))[0]
        for slug, passages in (("left", before), ("right", [translated(each) for each in before]))
    )
    relations_in(library, left, right, meaning=True)
    asked.clear()
    library.texts.update("left", text_of("left", after))
    relations = relations_in(library, library.texts.get("left"), right, meaning=True)
    assert asked == ["An other sentence stands here."]
    assert relations.for_left(3)[0].right == 3


def test_what_was_related_by_meaning_is_kept_apart_from_what_was_by_words(
    library: Library, asked: list[str]
) -> None:
    original = some_sentences(20)
    left = library.texts.add(text_of("left", original))[0]
    right = library.texts.add(text_of("right", [translated(each) for each in original]))[0]
    by_meaning = relations_in(library, left, right, meaning=True)
    assert by_meaning.by_meaning
    assert relations_in(library, left, right, meaning=True).pairs() == by_meaning.pairs()
    by_words = relations_in(library, left, right)
    assert not by_words.by_meaning
    assert by_words.pairs() == []


def test_vectors_are_in_no_act(library: Library, asked: list[str]) -> None:
    acts = library.connection.value("SELECT count(*) FROM act")
    vectors_of(some_sentences(3), library, Work())
    assert library.connection.value("SELECT count(*) FROM act") == acts
    assert library.connection.value("SELECT count(*) FROM change WHERE table_name = 'vector'") == 0


def test_forgetting_takes_those_of_removed_texts_alone(library: Library, asked: list[str]) -> None:
    for slug, passages in (("gone", some_sentences(4)), ("stays", some_sentences(6)[2:])):
        text = library.texts.add(text_of(slug, passages))[0]
        vectors_of(passages, library, Work())
        assert forgotten_vectors(library) == set(), text.slug
    library.texts.remove("gone")
    assert forgotten_vectors(library) == {key_of(each) for each in some_sentences(2)}
    assert forgettable(library).vectors == 2
    forget(library)
    assert forgettable(library).vectors == 0
    assert library.vectors.digests() == {key_of(each) for each in some_sentences(6)[2:]}


def test_what_was_made_before_it_was_cancelled_is_kept(library: Library, asked: list[str]) -> None:
    words = some_sentences(5)
    done: list[float] = []

    def cancelled_after_three(share: float) -> None:
        done.append(share)
        if len(done) == 3:
            raise Cancelled

    with pytest.raises(Cancelled):
        vectors_of(words, library, Work(cancelled_after_three))
    assert len(library.vectors.digests()) == 3


@pytest.mark.parametrize(
    ("asked_for", "one_language", "said"),
    [(None, False, True), (None, True, False), (True, True, True), (False, False, False)],
)
def test_two_languages_are_related_by_meaning_and_one_where_it_is_asked_for(
    asked: list[str], asked_for: bool | None, one_language: bool, said: bool
) -> None:
    left = text_of("left", ENGLISH * 4)
    right = text_of("right", (ENGLISH if one_language else GERMAN) * 4)
    assert relates_by_meaning(left, right, asked_for) is said


def test_without_the_extra_nothing_changes_and_asking_says_what_is_missing(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(meanings, "model_version", lambda: "")
    left, right = (
        library.texts.add(text_of(slug, body * 4))[0] for slug, body in (("l", ENGLISH), ("r", GERMAN))
    )
    assert not relations_in(library, left, right, meaning=None).by_meaning
    with pytest.raises(MeaningError, match=r"pip install 'close-reading-tui\[meaning\]'"):
        relations_in(library, left, right, meaning=True)


def test_a_vector_has_two_bytes_for_each_number() -> None:
    assert len(sentence_vector("some words")) == VECTOR_BYTES
