"""Two texts are related: what is promised of the answer, whatever the texts."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import threading
from array import array
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from texts.languages.sentences import sentences
from texts.model import Passage, Span, Text
from texts.relate import DEFAULT_SCORE, Cancelled, Kind, Related, Relations, WhichText, relate, relate_job
from texts.relate.findings import Findings
from texts.relate.relate_job import RelatingError, Request, relate_in_child
from texts.relate.spans import related_to_span

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
ARTICLES = [SHARED / "texts" / name for name in ("000_619a4869cd16a413.txt", "001_cd5b7b0d9770d0f4.txt")]

FABLES = (
    "A crow held a piece of cheese in her beak, high in the branches of an oak.",
    "A fox came by and smelt the cheese. He praised the feathers of the crow and asked whether she could sing.",
    "The farmer Nouri drove his oxen to the market in Teheran before the sun had risen.",
    "On the way he met a miller, who complained that the river had carried off his wheel.",
    "The judge gave the miller three days to rebuild the mill, or to pay the village for the flour.",
    "That night wolves came down from the mountains and killed eleven sheep.",
    "The shepherd blew his horn, but the neighbours no longer believed him.",
    "In spring the storks returned, and the children counted them on the roof of the school.",
    "An old woman sold her ring so that the bell could be recast.",
    "Everyone came to hear it ring for the first time, and nobody spoke of the wolves.",
)
RETOLD = (
    "High up in an oak tree a crow was holding some cheese with her beak.",
    "Then a fox passed; smelling cheese, he praised her feathers and asked the crow to sing for him.",
    "Nuri, a farmer, was driving oxen to Tehran, to the market, while it was still dark.",
    "A miller whom he met complained of the river: it had carried away the wheel.",
    "Three days the judge has given him: the mill must be rebuilt, or the village paid for its flour.",
    "Wolves from the mountains killed eleven sheep in the night.",
    "When the shepherd blew the horn his neighbors did not believe him any longer.",
    "The storks were back with the spring. School children count them upon the roof.",
    "For the bell to be cast again, an aged woman has sold the ring she wore.",
    "All came when it first rang. Of wolves nobody was speaking.",
)
ABOUT_SOMETHING_ELSE = (
    "Compilers translate source programs into machine instructions in several passes.",
    "A lexical analyser splits characters into tokens, discarding blanks and comments.",
    "Register allocation by graph colouring spills variables when too many are live at once.",
    "Type inference assigns principal types without annotations from the programmer.",
)

words = st.text(st.characters(codec="utf-8", exclude_characters="\n"), max_size=60)
bodies = st.lists(words, max_size=6)


def text(paragraphs: Sequence[str], slug: str = "text", furniture: Sequence[int] = ()) -> Text:
    """A text with a passage for each paragraph; those at the indices of `furniture` have no number."""
    passages, start, number = [], 0, 0
    for index, paragraph in enumerate(paragraphs):
        is_passage = index not in furniture
        number += is_passage
        passages.append(Passage(Span(start, start + len(paragraph)), number if is_passage else None))
        start += len(paragraph) + 2
    return Text(slug, slug, "", "", "\n\n".join(paragraphs), tuple(passages))


@pytest.fixture(scope="module")
def fables() -> Relations:
    return relate(text(FABLES, "fables"), text(RETOLD, "retold"))


def best(relations: Relations, number: int) -> int | None:
    found = relations.for_left(number, 0, 1)
    return found[0].right if found else None


def test_every_passage_finds_its_counterpart_in_order(fables: Relations) -> None:
    assert [best(fables, number) for number in range(1, 11)] == list(range(1, 11))


def test_and_in_any_other_order() -> None:
    order = list(range(len(RETOLD)))
    random.Random(3).shuffle(order)
    relations = relate(text(FABLES), text([RETOLD[k] for k in order]))
    assert [best(relations, number + 1) for number in range(10)] == [order.index(k) + 1 for k in range(10)]


def test_unrelated_texts_give_no_pairs() -> None:
    assert relate(text(FABLES), text(ABOUT_SOMETHING_ELSE)).pairs() == []


def test_related_texts_give_pairs_at_the_default_threshold(fables: Relations) -> None:
    assert {(pair.left, pair.right) for pair in fables.pairs()} >= {(k, k) for k in (1, 2, 3, 4, 6)}


def test_the_same_text_on_both_sides_finds_itself() -> None:
    relations = relate(text(FABLES), text(FABLES))
    assert all(best(relations, number) == number for number in range(1, 11))
    assert all(relations.for_left(number)[0].score > 99 for number in range(1, 11))


def test_swapping_the_sides_changes_nothing_else(fables: Relations) -> None:
    swapped = relate(text(RETOLD), text(FABLES))
    there = {(pair.left, pair.right): pair.score for pair in fables.pairs(0)}
    back = {(pair.right, pair.left): pair.score for pair in swapped.pairs(0)}
    assert there == pytest.approx(back, rel=1e-3)


def test_the_answer_is_always_the_same(fables: Relations) -> None:
    assert relate(text(FABLES, "fables"), text(RETOLD, "retold")).to_bytes() == fables.to_bytes()


def test_pairs_come_best_first_and_from_both_sides(fables: Relations) -> None:
    everything = fables.pairs(0)
    assert [pair.score for pair in everything] == sorted((pair.score for pair in everything), reverse=True)
    assert len({pair.score for pair in everything}) > 9
    assert fables.pairs(0, 3) == everything[:3]
    for number in range(1, 11):
        assert fables.for_left(number, 0) == [pair for pair in everything if pair.left == number]
        assert fables.for_right(number, 0) == [pair for pair in everything if pair.right == number]
    assert all(pair.score >= DEFAULT_SCORE for pair in fables.pairs())


def test_furniture_never_takes_part() -> None:
    left = text([FABLES[0], "Sign up to our newsletter", FABLES[1]], furniture=[1])
    right = text(["Sign up to our newsletter", *RETOLD[:2]], furniture=[0])
    relations = relate(left, right)
    assert {(pair.left, pair.right) for pair in relations.pairs(0, 2)} == {(1, 1), (2, 2)}
    assert "newsletter" not in {left.quote(word.left) for n in (1, 2) for word in relations.evidence(n, n)}
    assert related_to_span(relations, WhichText.LEFT, left.passages[1].span) == []


def test_the_sentence_that_carries_the_relation_is_named() -> None:
    long = "Nothing at all happened in the town for many years. " + FABLES[5] + " The taverns stayed shut."
    relations = relate(text([long, FABLES[0]]), text([RETOLD[0], RETOLD[5]]))
    pair = relations.for_left(1, 0, 1)[0]
    assert pair.right == 2
    assert relations.left.quote(pair.left_sentence) == FABLES[5]
    assert relations.right.quote(pair.right_sentence) == RETOLD[5]


def test_evidence_joins_spellings_stems_and_aliases() -> None:
    left = text(
        ["The Shi’ite leader Nouri Maliki gave a speech against Qaeda in Teheran, and Iran was praised."]
    )
    right = text(
        ["In Tehran Nuri al-Maliki, a Shia, is giving speeches about Qa’ida on Sunday; Iraq was not named."]
    )
    relations = relate(left, right)
    found = {(left.quote(word.left), right.quote(word.right)): word.kind for word in relations.evidence(1, 1)}
    assert found[("Nouri", "Nuri")] is Kind.SPELLING
    assert found[("Teheran", "Tehran")] is Kind.SPELLING
    assert found[("Shi’ite", "Shia")] is Kind.ALIAS
    assert found[("Qaeda", "Qa’ida")] is Kind.ALIAS
    assert found[("gave", "giving")] is Kind.STEM
    assert found[("Maliki", "Maliki")] is Kind.SAME
    assert not {("Iran", "Iraq"), ("Sunni", "Sunday")} & set(found)


def test_a_readers_own_aliases_count() -> None:
    left, right = text(["Nablus was silent at noon."]), text(["At noon Shechem was silent."])
    plain = relate(left, right)
    told = relate(left, right, aliases=[("Nablus", "Shechem")])
    assert told.pairs(0)[0].score > plain.pairs(0)[0].score
    assert Kind.ALIAS in {word.kind for word in told.evidence(1, 1)}
    again = Relations.from_bytes(told.to_bytes(), left, right)
    assert again.evidence(1, 1) == told.evidence(1, 1)


def test_a_sentence_is_asked_about_rather_than_its_passage(fables: Relations) -> None:
    both = text([FABLES[0] + " " + FABLES[5], FABLES[3]])
    relations = relate(both, text(RETOLD))
    for sentence, right in zip(sentences(both.body, both.passages[0].span), (1, 6), strict=True):
        answer = related_to_span(relations, WhichText.LEFT, sentence, 3)
        assert answer[0].right == right
        assert answer[0].left_sentence == sentence
        assert len(answer) == 3
    back = related_to_span(fables, WhichText.RIGHT, fables.right.passage(3).span, 1)
    assert (back[0].left, back[0].right) == (3, 3)


def test_a_selection_that_cuts_words_in_two_takes_them_whole(fables: Relations) -> None:
    start = fables.left.body.index("wolves") + 2
    answer = related_to_span(fables, WhichText.LEFT, Span(start, start + 2), 1)
    assert fables.left.quote(answer[0].left_sentence) == "wolves"
    assert answer[0].right in (6, 10)


@pytest.mark.parametrize("paragraphs", [[], [""], ["…"], ["word"], [FABLES[0]]])
def test_small_texts_are_no_trouble(paragraphs: list[str]) -> None:
    for left, right in ((paragraphs, FABLES), (FABLES, paragraphs), (paragraphs, paragraphs)):
        relations = relate(text(left), text(right))
        assert all(isinstance(pair, Related) for pair in relations.pairs(0))


def test_passages_that_do_not_exist_are_refused(fables: Relations) -> None:
    for ask in (fables.for_left, fables.for_right):
        with pytest.raises(IndexError):
            ask(11)
        with pytest.raises(IndexError):
            ask(0)
    with pytest.raises(IndexError):
        fables.evidence(1, 11)


def test_progress_goes_up_to_the_end() -> None:
    shares: list[float] = []
    relate(text(FABLES * 10), text(RETOLD * 10), progress=shares.append)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


@pytest.mark.parametrize("after", [0, 1, 5, 10])
def test_it_stops_when_nobody_wants_the_answer(after: int) -> None:
    asked = iter(range(1000))
    with pytest.raises(Cancelled):
        relate(text(FABLES * 10), text(RETOLD * 10), cancelled=lambda: next(asked) >= after)


def test_bytes_bring_everything_back(fables: Relations) -> None:
    again = Relations.from_bytes(fables.to_bytes(), fables.left, fables.right)
    assert again.pairs(0) == fables.pairs(0)
    assert again.evidence(3, 3) == fables.evidence(3, 3)
    span = fables.left.passage(4).span
    assert related_to_span(again, WhichText.LEFT, span) == related_to_span(fables, WhichText.LEFT, span)
    assert again.to_bytes() == fables.to_bytes()


def test_bytes_of_other_texts_are_refused(fables: Relations) -> None:
    data = fables.to_bytes()
    with pytest.raises(ValueError, match="other texts"):
        Relations.from_bytes(data, fables.right, fables.left)
    with pytest.raises(ValueError, match="other passages"):
        Relations.from_bytes(data, text(FABLES, furniture=[2]), fables.right)


@given(st.data())
@settings(max_examples=200)
def test_damaged_bytes_are_refused(data: st.DataObject) -> None:
    left, right = text(FABLES[:3]), text(RETOLD[:3])
    whole = relate(left, right).to_bytes()
    place = data.draw(st.integers(0, len(whole) - 1))
    flipped = whole[:place] + bytes([whole[place] ^ data.draw(st.integers(1, 255))]) + whole[place + 1 :]
    for damaged in (flipped, whole[:place], whole + b"more", data.draw(st.binary(max_size=80))):
        with pytest.raises(ValueError, match="related passages"):
            Relations.from_bytes(damaged, left, right)


@pytest.mark.parametrize("column", ["left_starts", "right_starts", "by_right", "rights"])
def test_bytes_that_point_to_what_is_not_there_are_refused(fables: Relations, column: str) -> None:
    findings = Findings.from_bytes(fables.to_bytes())
    beyond = array("I", [10**6] * len(getattr(findings, column)))
    data = replace(findings, **{column: memoryview(beyond)}).to_bytes()
    with pytest.raises(ValueError, match="damaged"):
        Relations.from_bytes(data, fables.left, fables.right)


@given(bodies, bodies)
@settings(max_examples=150, deadline=None)
def test_nothing_in_any_script_breaks_it(left: list[str], right: list[str]) -> None:
    one, other = text(left), text(right)
    relations = relate(one, other)
    for pair in relations.pairs(0):
        assert 0 <= pair.score <= 100
        ours, theirs = one.passage(pair.left).span, other.passage(pair.right).span
        assert ours.start <= pair.left_sentence.start <= pair.left_sentence.end <= ours.end
        assert theirs.start <= pair.right_sentence.start <= pair.right_sentence.end <= theirs.end
        for word in relations.evidence(pair.left, pair.right):
            assert ours.start <= word.left.start < word.left.end <= ours.end
            assert theirs.start <= word.right.start < word.right.end <= theirs.end
            assert 0 < word.weight <= 100
            assert 0 < word.score <= 100
    for number in range(1, len(one.numbered) + 1):
        assert all(
            pair.left == number
            for pair in related_to_span(relations, WhichText.LEFT, one.passage(number).span)
        )


@given(st.permutations(range(8)), st.permutations(range(8)))
@settings(max_examples=25, deadline=None)
def test_scores_of_unordered_texts_do_not_hang_on_the_order(left: list[int], right: list[int]) -> None:
    """Seven passages are too few for an order, so that only the words count."""
    left, right = left[:7], right[:7]
    straight = relate(text([FABLES[k] for k in sorted(left)]), text([RETOLD[k] for k in sorted(right)]))
    mixed = relate(text([FABLES[k] for k in left]), text([RETOLD[k] for k in right]))

    def by_passage(relations: Relations, ours: list[int], theirs: list[int]) -> dict[tuple[int, int], float]:
        return {(ours[pair.left - 1], theirs[pair.right - 1]): pair.score for pair in relations.pairs(0)}

    assert by_passage(mixed, left, right) == pytest.approx(
        by_passage(straight, sorted(left), sorted(right)), rel=1e-3, abs=1e-6
    )


def test_a_process_of_its_own_says_the_same() -> None:
    left, right = text(FABLES), text(RETOLD)
    shares: list[float] = []
    beside = relate_in_child(left, right, aliases=[("crow", "raven")], progress=shares.append)
    assert beside.to_bytes() == relate(left, right, aliases=[("crow", "raven")]).to_bytes()
    assert shares[-1] == 1.0


JOURNEY = "Die Reise der Brüder begann am 3. Oktober mit einem Boot auf dem See. Sie kamen nie mehr in ihr Dorf zurück."
AND_A_BAKER = "Der Bäcker verkaufte seine Brote auf dem Markt, bevor die Sonne aufging."


@pytest.mark.parametrize("how", [relate, relate_in_child])
@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("", "Die Reise der Brüder begann am 3. Oktober mit einem Boot auf dem See."),
        ("en", "Oktober mit einem Boot auf dem See."),
    ],
)
def test_sentences_are_cut_in_the_language_that_a_reader_says(
    how: Callable[[Text, Text], Relations], said: str, sentence: str
) -> None:
    left, right = (
        text([JOURNEY, AND_A_BAKER]),
        text(["Mit einem Boot begann die Reise der Brüder auf dem See."]),
    )
    relations = how(replaced(left, said), right)
    pair = relations.for_right(1, 0, 1)[0]
    assert relations.left.quote(pair.left_sentence) == sentence
    (answer,) = related_to_span(relations, WhichText.RIGHT, right.passages[0].span, 1)
    assert relations.left.quote(answer.left_sentence) == sentence


def replaced(read: Text, language: str) -> Text:
    return Text(*read._replace(language=language))


def test_relations_hold_for_the_language_that_they_were_made_for() -> None:
    left, right = text(FABLES), text(RETOLD)
    kept = relate(left, right).to_bytes()
    with pytest.raises(ValueError, match="other texts"):
        Relations.from_bytes(kept, replaced(left, "de"), right)


def test_a_process_of_its_own_is_ended_when_nobody_wants_the_answer() -> None:
    threads = set(threading.enumerate())
    with pytest.raises(Cancelled):
        relate_in_child(text(FABLES), text(RETOLD), cancelled=lambda: True)
    assert threads == set(threading.enumerate()), "nobody reads what is closed"


def test_a_process_that_dies_is_an_error_and_not_a_hang(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Request, "pieces", lambda self: [b"nonsense"])
    with pytest.raises(RelatingError):
        relate_in_child(text(FABLES), text(RETOLD))


@given(bodies, bodies)
def test_a_request_arrives_as_it_was_sent(left: list[str], right: list[str]) -> None:
    sent = Request(text(left), text(right), (("Shi’ite", "Shia"),))
    arrived = Request.read(iter(list(sent.pieces())))
    assert (arrived.left.body, arrived.right.body) == (sent.left.body, sent.right.body)
    assert arrived.left.numbered == sent.left.numbered
    assert arrived.aliases == sent.aliases


@given(bodies, st.data())
def test_a_request_that_ends_too_soon_is_refused(body: list[str], data: st.DataObject) -> None:
    whole = list(Request(text(body), text(body), ()).pieces())
    with pytest.raises(ValueError, match="request"):
        Request.read(iter(whole[: data.draw(st.integers(0, len(whole) - 1))]))


def test_a_request_that_goes_on_is_refused() -> None:
    with pytest.raises(ValueError, match="request"):
        Request.read(iter([*Request(text(FABLES), text(RETOLD), ()).pieces(), b""]))


@pytest.mark.parametrize(("letters", "gives_way"), [(100_000, False), (100_001, True)])
def test_a_process_that_relates_long_texts_gives_way_to_others(
    letters: int, gives_way: bool, monkeypatch: pytest.MonkeyPatch, fables: Relations
) -> None:
    given: list[int] = []
    replies: list[bytes] = []
    monkeypatch.setattr(os, "nice", given.append)
    monkeypatch.setattr(relate_job, "relate", lambda *_, **__: fables)
    request = Request(text(["x" * letters]), text(["x" * 100_000]), ())
    relate_job.run(request.pieces(), replies.append, lambda _: None)
    assert bool(given) is gives_way
    assert replies == [fables.to_bytes()]


def test_importing_relate_is_light() -> None:
    code = "import sys, texts.relate as r; sys.exit('numpy' in sys.modules or 'rapidfuzz.process' in sys.modules)"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    assert subprocess.run([sys.executable, "-c", code], check=False, env=environment).returncode == 0


@pytest.mark.skipif(not all(path.exists() for path in ARTICLES), reason="the client's articles are not here")
def test_the_clients_articles() -> None:
    from texts.load import load

    left, right = (load(path) for path in ARTICLES)
    relations = relate(left, right)

    def passage(text: Text, *quoted: str) -> int:
        return next(
            passage.number or 0
            for passage in text.numbered
            if all(words in text.quote(passage.span) for words in quoted)
        )

    assert best(relations, 9) == 6
    assert best(relations, passage(left, "offshoot")) == passage(right, "splinter")
    assert best(relations, passage(left, "Maliki’s failure")) == passage(right, "sectarian and authoritarian")
    assert best(relations, passage(left, "rapprochement")) == passage(right, "rapprochement")
    assert 4 <= len(relations.pairs()) <= 12
    joined = {
        (left.quote(word.left), right.quote(word.right))
        for pair in relations.pairs(0)
        for word in relations.evidence(pair.left, pair.right)
    }
    assert joined >= {("Nouri", "Nuri"), ("Teheran", "Tehran"), ("Shi’ite", "Shia"), ("Qaeda", "Qa’ida")}
    assert not joined & {("Iran", "Iraq"), ("Iraq", "Iran"), ("Sunni", "Sunday")}


def test_a_capital_that_only_begins_sentences_makes_no_name() -> None:
    one = (
        "harbours freeze when northern winds keep blowing", "farmers complain that prices of bread went down",
        "lanterns were lit along the quay by the guards", "soldiers marched over bridges before dawn",
    )  # fmt: skip
    other = (
        "harbours that freeze are of no use to northern fleets", "farmers say bread brings lower prices",
        "lanterns burn on the quay all night", "soldiers crossed both bridges at dawn",
    )  # fmt: skip
    plain = relate(text([f"{line}." for line in one]), text([f"{line}." for line in other]))
    begun = relate(
        text([f"{line}.".capitalize() for line in one]), text([f"{line}.".capitalize() for line in other])
    )
    scores = [(pair.left, pair.right, pair.score) for pair in plain.pairs()]
    assert scores
    assert [(pair.left, pair.right, pair.score) for pair in begun.pairs()] == scores
