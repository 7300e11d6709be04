"""Finding quotes again: in a new version of their text, and in a body whose old version is not at hand."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from texts.model import Span
from texts.reanchor import (
    Placement,
    Quoted,
    State,
    find_quote,
    find_quotes,
    likely_places,
    occurrences_in_order,
    occurrences_within,
    reanchor_quotes,
)
from texts.reanchor.placement import ORPHANED
from texts.reanchor.score import Candidate, QuoteQuery, choose, score_candidate

HARBOUR = (
    "The harbour lay quiet under the first frost of the year. Nobody had expected the ships before spring, and so "
    "the customs house was shut, its keeper gone inland to his sister. “We shall wait,” said the captain."
)
MAYOR = (
    "The mayor, who had promised three governments in a row that the bridge would stand by Easter, walked out to the "
    "piers each morning and counted the workmen – there were never more than nine."
)
LETTER = (
    "A letter from the ministry arrived on Thursday. It spoke of economies… of the example that a small town could "
    "give, and of the patience of the Treasury, which was not without its limits."
)
MILL = (
    "What the miller’s daughter thought of the affair nobody asked, though it was her field they had dug up, and her "
    "mule that drew the carts of gravel down to the water."
)
BODY = "\n\n".join([HARBOUR, MAYOR, LETTER, MILL])

WORDS = st.text(st.sampled_from("abcdefghij éİßﬁ’“”–…\u00a0\u00ad\n🦆\u0301"), max_size=120)
ANYTHING = st.text(max_size=60)


def quoted(words: str, body: str = BODY) -> Quoted:
    """A quote as the library records it."""
    start = body.index(words)
    return at(body, Span(start, start + len(words)))


def at(body: str, span: Span) -> Quoted:
    start, end = span
    return Quoted(span, body[start:end], body[max(0, start - 32) : start], body[end : end + 32])


def again(words: str, new: str) -> tuple[State, str | None]:
    """What became of a quote: its state, and the words it covers now."""
    (placement,) = reanchor_quotes(BODY, new, [quoted(words)])
    return placement.state, words_of(new, placement)


def words_of(body: str, placement: Placement) -> str | None:
    return None if placement.span is None else body[placement.span.start : placement.span.end]


def is_sound(placement: Placement, body: str) -> bool:
    """What holds of every placement: in bounds and not empty, or an orphan that claims no place."""
    if placement.span is None:
        return placement == ORPHANED
    in_bounds = 0 <= placement.span.start < placement.span.end <= len(body)
    return in_bounds and placement.state is not State.ORPHAN and 0 < placement.confidence <= 100


# A new version of the text


def test_what_stands_as_it_was_is_exact_wherever_it_has_gone() -> None:
    new = "\n\n".join(["A new first paragraph.", LETTER, HARBOUR, MILL, MAYOR])
    for words in ("the first frost", "counted the workmen", "Thursday", MILL, "her mule that drew the carts"):
        assert again(words, new) == (State.EXACT, words)


def test_a_word_mended_inside_a_quote_changes_it() -> None:
    new = BODY.replace("three governments", "four governments")
    assert again("promised three governments in a row", new) == (
        State.CHANGED,
        "promised four governments in a row",
    )


@pytest.mark.parametrize(
    ("was", "now"), [("mayor", "mayors"), ("ministry", "Xministry"), ("Easter", "Eastre")]
)
def test_a_quote_grows_with_the_word_at_its_end(was: str, now: str) -> None:
    assert again(was, BODY.replace(was, now)) == (State.CHANGED, now)


def test_what_was_cut_is_an_orphan_though_its_words_stand_elsewhere() -> None:
    new = BODY.replace("The mayor, who had promised", "Nobody had promised").replace(MAYOR, "")
    assert again("nobody asked", new.replace(MILL, "")) == (State.ORPHAN, None)
    assert again("the patience of the", BODY.replace(LETTER, "")) == (State.ORPHAN, None)


@pytest.mark.parametrize("paragraph", [HARBOUR, MAYOR, LETTER, MILL])
def test_every_quote_of_a_cut_paragraph_is_an_orphan(paragraph: str) -> None:
    words = [m.span() for m in re.finditer(r"\S+", BODY) if BODY.index(paragraph) <= m.start()]
    words = words[: len(paragraph.split())]
    asked = [
        at(BODY, Span(words[k][0], words[k + n - 1][1]))
        for n in (1, 2, 6, len(words))
        for k in range(len(words) - n + 1)
    ]
    placements = reanchor_quotes(BODY, BODY.replace(paragraph, "").strip(), asked)
    assert set(placements) == {ORPHANED}


def test_a_new_wording_in_the_same_place_is_not_taken_for_the_old_one() -> None:
    assert again("the miller’s daughter", BODY.replace("the miller’s daughter", "Pius XII")) == (
        State.ORPHAN,
        None,
    )


def test_typography_and_white_space_leave_a_quote_exact() -> None:
    for was, now in (
        ("“", '"'),
        ("”", '"'),
        ("’", "'"),
        ("–", "--"),
        ("…", "..."),
        (" ", "\n"),
        ("\n\n", "\n \n\n"),
    ):
        new = BODY.replace(was, now)
        for words in ("“We shall wait,” said the captain.", "workmen – there", "economies… of the", MILL):
            state, found = again(words, new)
            assert (state, found) == (State.EXACT, words.replace(was, now))


def test_another_case_is_a_change() -> None:
    assert again("the customs house", BODY.replace("customs", "Customs")) == (
        State.CHANGED,
        "the Customs house",
    )


def test_a_moved_and_corrected_paragraph_takes_its_quotes_along() -> None:
    new = "\n\n".join([MILL, HARBOUR, MAYOR.replace("Easter", "Whitsun").replace("nine", "ten"), LETTER])
    assert again("walked out to the piers", new) == (State.EXACT, "walked out to the piers")
    assert again("stand by Easter, walked out", new) == (State.CHANGED, "stand by Whitsun, walked out")


def test_of_several_that_are_the_same_each_keeps_its_own() -> None:
    body = "\n\n".join(["Read more", HARBOUR, "Read more", MAYOR, "Read more", LETTER])
    new = "\n\n".join(["Read more", HARBOUR, "Read more", LETTER, MAYOR, "Read more"])
    starts = [start for start in range(len(body)) if body.startswith("Read more", start)]
    placements = reanchor_quotes(body, new, [at(body, Span(start, start + 9)) for start in starts])
    assert len({placement.span for placement in placements}) == 3
    assert {placement.state for placement in placements} == {State.EXACT}


def test_another_document_takes_nothing() -> None:
    other = (
        "The committee will meet again in the autumn, when the figures of the second quarter are known. Until then the "
        "secretary keeps the books, and the members of the board have agreed to say nothing to the press.\n\n"
    ) * 3
    words = [m.span() for m in re.finditer(r"\S+", BODY)]
    asked = [at(BODY, Span(words[k][0], words[k + n][1])) for n in (0, 2, 11) for k in range(len(words) - n)]
    assert set(reanchor_quotes(BODY, other, asked)) == {ORPHANED}


def test_a_quote_that_is_not_where_its_span_says_is_looked_for_by_its_words() -> None:
    asked = Quoted(Span(3, 17), "counted the workmen", "each morning and ", " – there were")
    (placement,) = reanchor_quotes(BODY, "New.\n\n" + BODY, [asked])
    assert words_of("New.\n\n" + BODY, placement) == "counted the workmen"


def test_placements_come_in_the_order_of_the_quotes() -> None:
    words = ["Thursday", "the captain", "gone away entirely", "nine"]
    asked = [Quoted(None, w) if w not in BODY else quoted(w) for w in words]
    found = [words_of(BODY + " End.", p) for p in reanchor_quotes(BODY, BODY + " End.", asked)]
    assert found == ["Thursday", "the captain", None, "nine"]


def test_very_long_versions_without_a_line_break_are_compared() -> None:
    body = " ".join(f"word{k} and {k * 7919 % 10007}" for k in range(20_000))
    new = body.replace("word777 ", "wird777 ").replace("word9999 ", "")
    asked = [quoted(words, body) for words in ("word776 and", "word777 and", "word10000 and", "word19999")]
    assert [words_of(new, p) for p in reanchor_quotes(body, new, asked)] == [
        "word776 and", "wird777 and", "word10000 and", "word19999",
    ]  # fmt: skip


def test_versions_with_nothing_to_hold_on_to_are_compared() -> None:
    body, new = "aaaa " * 20_000, "aaaa " * 15_000
    (placement,) = reanchor_quotes(body, new, [at(body, Span(5, 9))])
    assert placement.span == Span(5, 9)


@given(body=WORDS, spans=st.lists(st.tuples(st.integers(0, 120), st.integers(1, 120)), max_size=4))
def test_the_same_body_keeps_everything(body: str, spans: list[tuple[int, int]]) -> None:
    asked = [
        at(body, Span(start, min(len(body), start + length))) for start, length in spans if start < len(body)
    ]
    assert reanchor_quotes(body, body, asked) == [Placement(q.span, State.EXACT, 100) for q in asked]


@given(inserted=WORDS)
def test_what_is_put_before_everything_shifts_it(inserted: str) -> None:
    new = inserted + "\n\n" + BODY
    asked = [quoted(words) for words in ("The harbour", "first frost of the year", "nine", MILL)]
    for question, placement in zip(asked, reanchor_quotes(BODY, new, asked), strict=True):
        assert question.span is not None
        start, end = (offset + len(inserted) + 2 for offset in question.span)
        assert (placement.span, placement.state) == (Span(start, end), State.EXACT)


@given(
    old=WORDS, new=WORDS, spans=st.lists(st.tuples(st.integers(-3, 130), st.integers(-3, 130)), max_size=5)
)
def test_whatever_is_asked_every_placement_is_sound(old: str, new: str, spans: list[tuple[int, int]]) -> None:
    asked = [Quoted(Span(start, end), old[max(0, start) : max(0, end)]) for start, end in spans]
    placements = reanchor_quotes(old, new, asked)
    assert len(placements) == len(asked)
    assert all(is_sound(placement, new) for placement in placements)


@given(words=WORDS, start=st.integers(0, len(BODY) - 1), length=st.integers(0, 60))
def test_an_edit_anywhere_leaves_placements_sound_and_what_is_far_from_it_exact(
    words: str, start: int, length: int
) -> None:
    new = BODY[:start] + words + BODY[start + length :]
    asked = [quoted(paragraph[40:120].strip()) for paragraph in (HARBOUR, MAYOR, LETTER, MILL)]
    for question, placement in zip(asked, reanchor_quotes(BODY, new, asked), strict=True):
        assert is_sound(placement, new)
        assert question.span is not None
        if question.span.end < start - 40 or question.span.start > start + length + 40:
            assert (placement.state, words_of(new, placement)) == (State.EXACT, question.quote)


# Without the old body


def test_a_quote_is_found_by_its_words_alone_when_it_stands_there_once() -> None:
    assert find_quote(BODY, Quoted(None, "counted the workmen")).span == quoted("counted the workmen").span
    assert find_quote(BODY, Quoted(None, "nobody")).span == quoted("nobody").span


@pytest.mark.parametrize(("before", "after"), [("", ""), ("They con", ""), ("", "; the"), ("con", "; ")])
def test_a_little_context_that_fits_makes_a_quote_no_less_sure(before: str, after: str) -> None:
    body = "They concatenate; the hat sat."
    assert find_quote(body, Quoted(None, "catenate", before, after)).span == Span(8, 16)
    assert find_quote(body, Quoted(None, "hat", "the ", " sat")).span == Span(22, 25)


def test_a_quote_that_fits_several_places_equally_well_is_an_orphan() -> None:
    assert find_quote(BODY, Quoted(None, "the")) == ORPHANED
    assert find_quote(BODY, Quoted(Span(10**9, 10**9 + 3), "the")) == ORPHANED


@pytest.mark.parametrize(
    ("body", "quote", "start"),
    [("beta eta theta", "eta", 5), ("They concatenate; the cat sat.", "cat", 22), ("ab οὐδέν δέν", "δέν", 9)],
)
def test_without_context_whole_words_go_before_parts_of_words(body: str, quote: str, start: int) -> None:
    assert find_quote(body, Quoted(None, quote)).span == Span(start, start + len(quote))
    assert occurrences_in_order(body, [quote]) == [Span(start, start + len(quote))]


def test_parts_of_words_listed_one_by_one_are_each_found() -> None:
    assert occurrences_in_order("beta eta theta", ["eta"] * 3) == [Span(1, 4), Span(5, 8), Span(11, 14)]


def test_a_room_tells_which_is_meant_where_the_words_stand_once_in_it() -> None:
    body = "“The  mill” burned.\n\nThe mill — the old mill — fell. Gristmills."
    first, second = Span(0, 19), Span(21, len(body))
    asked = [
        ("The mill", first),
        ("The mill", second),
        ("mill", second),
        ("old mill - fell", second),
        ("hall", first),
    ]
    assert occurrences_within(body, asked) == [Span(1, 10), Span(21, 29), None, Span(36, 51), None]
    assert occurrences_within(body, [("mills", second), ("mill", Span(53, len(body))), ("", first)]) == [
        Span(58, 63),
        Span(58, 62),
        None,
    ]


def test_context_tells_which_is_meant() -> None:
    asked = quoted("the water")
    twice = BODY.replace("the piers", "the water")
    placement = find_quote(twice, Quoted(None, asked.quote, asked.before, asked.after))
    assert placement.span == Span(len(twice) - 10, len(twice) - 1)


def test_a_span_tells_which_is_meant_when_nothing_else_does() -> None:
    second = BODY.index("the", 200)
    assert find_quote(BODY, Quoted(Span(second, second + 3), "the")).span == Span(second, second + 3)


def test_something_like_the_quote_is_found_in_its_context() -> None:
    placement = find_quote(BODY, Quoted(None, "a letter form the minstry arived on Thursday"))
    assert (placement.state, words_of(BODY, placement)) == (
        State.CHANGED,
        "A letter from the ministry arrived on Thursday",
    )
    assert 60 <= placement.confidence < 100


def test_a_long_quote_is_found_though_it_differs() -> None:
    differing = f"{HARBOUR} {MAYOR}".replace("first frost", "late frost").replace("workmen", "masons")
    placement = find_quote(BODY, Quoted(None, differing))
    assert (placement.state, words_of(BODY, placement)) == (State.CHANGED, f"{HARBOUR}\n\n{MAYOR}")


@pytest.mark.parametrize("quote", ["", " \n", "no such words in there", "🦆", "\u00ad"])
def test_what_is_not_there_is_an_orphan(quote: str) -> None:
    assert find_quote(BODY, Quoted(None, quote)) == ORPHANED
    assert find_quote("", Quoted(Span(0, 1), quote)) == ORPHANED


def test_many_quotes_are_found_as_each_alone() -> None:
    asked = [Quoted(None, words) for words in ("nine", "the", "three governments", "not there at all")]
    assert find_quotes(BODY, asked) == [find_quote(BODY, q) for q in asked]


@given(start=st.integers(0, len(BODY) - 1), length=st.integers(1, 80))
def test_the_text_itself_gives_back_the_span_itself(start: int, length: int) -> None:
    words = BODY[start : start + length].strip()
    if words:
        span = Span(first := BODY.index(words, start), first + len(words))
        assert find_quote(BODY, at(BODY, span)) == Placement(span, State.EXACT, 100)


@given(start=st.integers(0, len(BODY) - 41), length=st.integers(40, 80))
def test_a_phrase_is_found_without_a_span(start: int, length: int) -> None:
    span = Span(start, min(len(BODY), start + length))
    asked = at(BODY, span)
    placement = find_quote(BODY, Quoted(None, asked.quote, asked.before, asked.after))
    assert words_of(BODY, placement) == asked.quote.strip()


@given(
    body=ANYTHING,
    quote=ANYTHING,
    before=ANYTHING,
    after=ANYTHING,
    span=st.tuples(st.integers(), st.integers()),
)
def test_whatever_is_looked_for_the_placement_is_sound(
    body: str, quote: str, before: str, after: str, span: tuple[int, int]
) -> None:
    assert is_sound(find_quote(body, Quoted(Span(*span), quote, before, after)), body)
    assert is_sound(find_quote(body, Quoted(None, quote, before, after)), body)


def test_neither_numpy_nor_a_terminal_library_is_loaded() -> None:
    code = (
        "import sys, texts.reanchor; print({'numpy', 'textual', 'rich', 'sqlite_utils'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


# near-copies: a sentence that comes to stand twice

STAYS = "The council met on Monday to hear the report. {} Nobody had asked the insurers, who were away."
SENTENCE = "The old mill at Harrow burned to the ground during the night, and its wheel was lost."


def found_in(new: str) -> Placement:
    old = STAYS.format(SENTENCE)
    start = old.index(SENTENCE)
    asked = Quoted(Span(start, start + len(SENTENCE)), SENTENCE, old[start - 32 : start], old[-32:])
    return reanchor_quotes(old, STAYS.format(new), [asked])[0]


@pytest.mark.parametrize("word", ["mill", "Harrow", "ground", "night,", "lost."])
def test_a_copy_with_another_word_before_or_after_a_sentence_takes_nothing_from_it(word: str) -> None:
    copy = SENTENCE.replace(word, "lighthouse")
    for new in (f"{copy} {SENTENCE}", f"{SENTENCE} {copy}", f"{copy} {SENTENCE} {copy}"):
        placement = found_in(new)
        assert placement.state is State.EXACT
        assert placement.span is not None
        assert placement.span.start == STAYS.index("{") + new.index(SENTENCE)


def test_a_sentence_that_stands_twice_with_other_words_each_is_an_orphan_and_both_are_offered() -> None:
    one, two = SENTENCE.replace("mill", "farm"), SENTENCE.replace("night", "storm")
    body = STAYS.format(f"{one} {two}")
    assert found_in(f"{one} {two}").state is State.ORPHAN
    asked = Quoted(None, SENTENCE, "met on Monday to hear the report. ", " Nobody had asked the insurers, ")
    (likely,) = likely_places(body, [asked])
    assert {body[start:end] for start, end in likely} == {one, two}


def test_nothing_is_offered_where_nothing_is_like_the_quote() -> None:
    assert likely_places(STAYS.format("It rained."), [Quoted(None, SENTENCE), Quoted(None, " ")]) == [[], []]


@given(st.text(max_size=200), st.text(max_size=60))
def test_what_is_offered_stands_in_the_text_and_apart(body: str, quote: str) -> None:
    (likely,) = likely_places(body, [Quoted(None, quote)])
    assert len(likely) <= 3
    assert all(0 <= span.start < span.end <= len(body) for span in likely)
    assert not any(one.overlaps(other) for one, other in combinations(likely, 2))


def test_a_context_of_blanks_says_nothing() -> None:
    body = "The first smiling reader wrote.\n\nThe last paragraph repeats: the first smiling reader."
    asked = Quoted(None, "smiling reader.", "paragraph repeats: the first ", "\n    ")
    placement = find_quote(body, asked)
    assert (placement.state, placement.span) == (State.EXACT, Span(len(body) - 15, len(body)))


def test_a_place_that_has_the_words_but_nothing_around_them_is_not_the_one() -> None:
    body = f"{HARBOUR} All day the bridge was talked of. {MAYOR}"
    start = body.index("the bridge would")
    asked = at(body, Span(start, start + 10))
    elsewhere = body.index("the bridge")
    assert find_quote(body, replace(asked, span=Span(elsewhere, elsewhere + 10))).span == asked.span


@pytest.mark.parametrize(
    ("there", "letters"),
    [("abcdefgh", 8), ("abcdefxx", 4), ("abcdxxxx", 0), ("abxxxxxx", 0), ("xxxxxxxx", 0)],
)
def test_what_is_half_alike_speaks_for_nothing(there: str, letters: float) -> None:
    found = score_candidate(there, Span(0, 8), QuoteQuery("abcdefgh", "", ""), None)
    assert found.letters == pytest.approx(letters)


def test_what_stands_around_a_place_speaks_for_it_as_what_stands_in_it_does() -> None:
    text = "one two three"
    for query, letters in (
        (QuoteQuery("two", "one ", " three"), 13),
        (QuoteQuery("two", "one ", ""), 7),
        (QuoteQuery("two", "xxxx", " three"), 9),
        (QuoteQuery("two", "a much longer way that leads to one ", ""), 3),
    ):
        assert score_candidate(text, Span(4, 7), query, None).letters == pytest.approx(letters)


def test_being_near_to_where_it_should_be_counts_little_and_half_as_much_far_away() -> None:
    query = QuoteQuery("two", "", "")
    scores = [score_candidate("two", Span(0, 3), query, away).score for away in (None, 0, 500, 10**9)]
    assert scores == pytest.approx([100, 100, 97, 94], abs=0.01)


def candidate(start: int, *, quote: float = 100, letters: float = 30, score: float = 80) -> Candidate:
    return Candidate(Span(start, start + 10), quote, letters, score)


def test_a_place_is_chosen_if_enough_speaks_for_it_and_it_is_clearly_the_best() -> None:
    query = QuoteQuery("x" * 40, "", "")
    fine = candidate(0)
    assert choose([], query, gone=False) is None
    assert choose([fine], query, gone=False) is fine
    assert choose([candidate(50, score=78), fine], query, gone=False) is fine
    assert choose([candidate(50, score=78.1), fine], query, gone=False) is None
    assert choose([candidate(5, score=79.9), fine], query, gone=False) is fine  # which overlaps it
    for weak in (candidate(0, quote=59.9), candidate(0, letters=23.9)):
        assert choose([weak], query, gone=False) is None
    for enough in (candidate(0, quote=60), candidate(0, letters=24)):
        assert choose([enough], query, gone=False) is enough


def test_few_words_are_enough_where_they_are_all_that_is_known() -> None:
    few = candidate(0, letters=5)
    assert choose([few], QuoteQuery("a b c", "", ""), gone=False) is few
    assert choose([few], QuoteQuery("a b c", "d", ""), gone=False) is None
    assert choose([few], QuoteQuery("a b c", "", ""), gone=True) is None


def test_what_was_cut_is_taken_for_the_same_elsewhere_only_beyond_doubt() -> None:
    query = QuoteQuery("x" * 99, "", "")
    for sure in (candidate(0, quote=85, letters=56), candidate(0, quote=100, letters=90)):
        assert choose([sure], query, gone=True) is sure
    for unsure in (candidate(0, quote=84.9, letters=56), candidate(0, quote=85, letters=55.9)):
        assert choose([unsure], query, gone=True) is None
