"""Pairs out of a file in a library: where their passages stand, and what a reader says of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import reprints

from store.errors import LibraryError
from store.library import Library
from store.services.pair_judging import FoundPair, dismiss_pair, find_pair, link_pair, tag_pair, take_in
from store.services.pair_texts import fetch_text, mark_in, place_in
from store.services.pair_verdicts import judged
from texts.corpus.common_words import common_words
from texts.corpus.foreign_pairs import shape_of
from texts.corpus.pairs import Pair, PairEvidence, PairSide
from texts.load import load
from texts.model import Span

BODY = reprints.SPEECH
START, END = reprints.place("speech", *reprints.GREAT_WAR)
WAR = PairSide("speech", None, START, END, BODY[START:END])


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library.db", create=True, reader="ada") as made:
        yield made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, body in reprints.TEXTS.items():
        (tmp_path / f"{name}.txt").write_text(body)
    return tmp_path


def pair_of(record: dict[str, object], folder: Path) -> Pair:
    shape = shape_of(record)
    assert shape is not None
    (pair,) = shape.pairs(record)
    left, right = (replace(side, path=str(folder / f"{side.text}.txt")) for side in pair.sides)
    return replace(pair, left=left, right=right)


@pytest.mark.parametrize(
    ("side", "place"),
    [
        (WAR, (START, END)),
        (replace(WAR, start=START + 7, end=END + 7), (START, END)),
        (replace(WAR, start=None, end=None), (START, END)),
        (replace(WAR, quote=WAR.quote.replace("testing", "tcsting")), (START, END)),
        (replace(WAR, quote=WAR.quote.replace(" ", "\n"), start=None, end=None), (START, END)),
        (replace(WAR, start=10**9, end=10**9 + 4), (START, END)),
        (replace(WAR, quote="Nothing of the kind was ever said by anyone in this place."), None),
        (replace(WAR, quote=""), None),
    ],
)
def test_a_passage_is_where_its_words_are(side: PairSide, place: tuple[int, int] | None) -> None:
    assert place_in(BODY, side) == place


def test_of_a_passage_that_stands_twice_the_nearer_one_is_meant() -> None:
    body = f"{WAR.quote}\n\n{BODY[:40]}\n\n{WAR.quote}"
    second = body.rindex(WAR.quote)
    assert place_in(body, replace(WAR, start=second + 2, end=second + 2 + len(WAR.quote))) == (
        second,
        second + len(WAR.quote),
    )
    assert place_in(body, replace(WAR, start=second - 23, end=second)) == (second, second + len(WAR.quote))
    assert place_in(body, replace(WAR, start=60, end=99)) == (0, len(WAR.quote))
    assert place_in(body, replace(WAR, start=None, end=None)) is not None, (
        "any place will do where none is named"
    )


def test_what_is_marked_is_the_sentence_if_the_passage_stands_as_it_did() -> None:
    sentence = Span(END - 52, END)
    side = replace(WAR, sentence=sentence)
    assert mark_in(BODY, Span(START, END), side) == sentence
    moved = "\n" * 9 + BODY
    assert mark_in(moved, Span(START + 9, END + 9), side) == (sentence.start + 9, sentence.end + 9)
    assert mark_in(BODY, Span(START, END), replace(side, quote="other")) == (START, END)
    assert mark_in(BODY, Span(START, END), replace(side, sentence=Span(0, 9))) == (START, END)


def test_words_that_two_passages_have_in_order_are_evidence() -> None:
    left, right = "The mill burned, said the Mayor.", "So the MILL burned down; a mayor"
    found = common_words(left, Span(0, len(left)), right, Span(0, len(right)))
    words = [(left[slice(*one)], right[slice(*other)]) for one, other in found]
    assert words == [("The mill burned", "the MILL burned")]


@pytest.mark.parametrize(
    "record", [reprints.aligned()[0], reprints.alignments()[0]], ids=["passim", "TextPAIR"]
)
def test_a_pair_is_found_in_files_and_then_in_the_library(
    library: Library, folder: Path, record: dict[str, object]
) -> None:
    pair = pair_of(record, folder)
    found = find_pair(library, pair, folder / "pairs.jsonl")
    assert [text.slug for text in found.new] == [pair.left.text, pair.right.text]
    for place, spans in zip(found.places, found.placed.evidence, strict=True):
        words = " ".join(place.text.quote(span) for span in spans)
        assert len(words) > 0.8 * (place.span.end - place.span.start)
    assert not library.texts.slugs(), "finding writes nothing"
    taken = take_in(library, found)
    again = find_pair(library, pair, folder / "pairs.jsonl")
    assert not again.new
    assert [place.span for place in again.places] == [place.span for place in taken.places]
    assert len(library.journal.history()) == 1
    library.journal.undo()
    assert not library.texts.slugs()


def test_evidence_of_a_passage_that_stands_otherwise_by_now_is_looked_for_anew(
    library: Library, folder: Path
) -> None:
    pair = pair_of(reprints.aligned()[0], folder)
    (folder / "speech.txt").write_text(BODY.replace("a great civil war", "one great civil war"))
    found = find_pair(library, pair, folder / "pairs.jsonl")
    near, far = found.placed.evidence
    words = [found.placed.left.text.quote(span) for span in near]
    assert words == [found.placed.right.text.quote(span) for span in far]
    assert words[:2] == ["Now we are engaged in", "great civil war"]


def test_a_text_is_known_again_under_another_name(library: Library, folder: Path) -> None:
    pair = pair_of(reprints.aligned()[0], folder)
    take_in(library, find_pair(library, pair, folder / "pairs.jsonl"))
    library.texts.rename("speech", "gettysburg")
    assert not find_pair(library, pair, folder / "pairs.jsonl").new


def tag(library: Library, found: FoundPair) -> None:
    tag_pair(library, found, ["a/b"])


@pytest.mark.parametrize(
    ("act", "said"), [(link_pair, "linked"), (dismiss_pair, "dismissed"), (tag, "tagged")]
)
def test_an_act_brings_the_texts_in_and_is_a_verdict_until_it_is_undone(
    library: Library, folder: Path, act: object, said: str
) -> None:
    pair = pair_of(reprints.aligned()[0], folder)
    act(library, find_pair(library, pair, folder / "pairs.jsonl"))  # type: ignore[operator]
    (verdict,) = (each.verdict for each in judged(library, [pair]))
    assert verdict is not None
    assert (verdict.said, verdict.reader) == ((said,), "ada")
    assert len(library.journal.history()) == 1
    library.journal.undo()
    assert not list(judged(library, [pair]))
    assert not library.texts.slugs()


def test_a_link_is_between_the_sentences(library: Library, folder: Path) -> None:
    pair = pair_of(reprints.aligned()[0], folder)
    sentence = Span(END - 52, END)
    pair = replace(pair, left=replace(pair.left, sentence=sentence))
    link = link_pair(library, find_pair(library, pair, folder / "pairs.jsonl"))
    left, right = library.highlights.all([link.left, link.right])
    assert left.span == sentence
    assert right.span == pair.right.span
    assert [each.verdict.said for each in judged(library, [pair]) if each.verdict] == [("linked",)]


def test_both_passages_may_be_in_one_text(library: Library, folder: Path) -> None:
    other = PairSide("speech", None, 0, 20, BODY[:20], path=str(folder / "speech.txt"))
    pair = Pair(
        replace(WAR, path=other.path), other, 50, (PairEvidence(Span(START, START + 3), Span(0, 3), 100),)
    )
    found = find_pair(library, pair, folder / "pairs.jsonl")
    assert [text.slug for text in found.new] == ["speech"]
    tag_pair(library, found, ["twice"])
    assert len(library.highlights.find()) == 2


def test_a_path_is_looked_for_beside_the_file_and_above_it(folder: Path, tmp_path: Path) -> None:
    side = replace(WAR, path="speech.txt")
    deep = tmp_path / "output" / "results"
    deep.mkdir(parents=True)
    assert (
        fetch_text(side, deep / "alignments.jsonl", tmp_path / "library.db").body
        == load(folder / "speech.txt").body
    )


@pytest.mark.parametrize("path", ["", "gone.txt", "in.jsonl"])
def test_a_text_that_is_nowhere_is_told_in_one_line(tmp_path: Path, path: str) -> None:
    (tmp_path / "in.jsonl").write_text(BODY)
    with pytest.raises(LibraryError, match="is in no corpus and") as told:
        fetch_text(replace(WAR, path=path, title="A\nB"), tmp_path / "pairs.jsonl", tmp_path / "library.db")
    assert "\n" not in str(told.value)


def test_a_text_without_the_passage_is_told_in_one_line(library: Library, folder: Path) -> None:
    pair = pair_of(reprints.aligned()[0], folder)
    pair = replace(pair, left=replace(pair.left, quote="Nothing of the kind\nwas ever said."))
    with pytest.raises(LibraryError, match="has no such passage by now: “Nothing of the kind") as told:
        find_pair(library, pair, folder / "pairs.jsonl")
    assert "\n" not in str(told.value)
