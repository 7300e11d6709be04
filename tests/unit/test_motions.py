"""Motions stay in the text, land where a cursor can stand, and lead where they say."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from texts.model import Passage, Span, Text
from texts.segment import passages
from tui.view.cells import graphemes
from tui.view.motions import MOTIONS, Motions
from tui.view.visible_text import VisibleText
from tui.view.wrap import Layout, Wrapper

WORDS = ["a", "b. ", "The word. ", "it’s ", "U.S. ", "“"]
PIECES = [*WORDS, "\n", "\n\n", "  ", "\t", "世", "。", "e\u0301", "👨\u200d👩", "🇺🇸"]
bodies = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)

PROSE = (
    "One two three. Four five six seven eight nine ten. Eleven twelve.\n\n"
    "Thirteen fourteen fifteen. Sixteen seventeen eighteen nineteen twenty.\n\n"
    "Twenty-one."
)


def motions_of(body: str, columns: int = 20, *, window: int = 0, around: int = 0) -> Motions:
    text = Text("text", "Text", "", "", body, passages(body, furniture=False))
    return Motions(Layout(Wrapper(VisibleText(text)), columns, around=around, rows=window))


def places(shown: VisibleText) -> set[int]:
    """Where a cursor can stand."""
    found = set()
    for passage in shown.passages:
        start, end = passage.span
        found |= {start + place for place, _ in graphemes(shown.body[start:end])} or {start}
    return found


@given(bodies, st.sampled_from(sorted(MOTIONS)), st.integers(-3, 400), st.integers(1, 12))
def test_every_motion_leads_to_a_place_in_the_text(body: str, motion: str, offset: int, count: int) -> None:
    motions = motions_of(body)
    assert motions.go(motion, offset, count) in places(motions.shown)


@given(bodies, st.integers(0, 400))
def test_right_walks_over_every_place_and_left_walks_back(body: str, start: int) -> None:
    motions = motions_of(body)
    walked = [motions.shown.snap_to_grapheme(0)]
    while (following := motions.go("char_right", walked[-1])) != walked[-1]:
        assert following > walked[-1]
        walked.append(following)
    if motions.shown.end == 0:
        return
    newlines = {place for place in places(motions.shown) if body[place : place + 1] == "\n"}
    assert set(walked) == places(motions.shown) - newlines
    back = [walked[-1]]
    while (before := motions.go("char_left", back[-1])) != back[-1]:
        back.append(before)
    assert back == walked[::-1]


@given(bodies, st.integers(0, 400), st.integers(1, 5))
def test_a_word_on_and_a_word_back_is_where_it_was(body: str, offset: int, count: int) -> None:
    motions = motions_of(body)
    start = motions.go("word_next", offset)
    if motions.shown.word(start) is None:
        return
    there = motions.go("word_next", start, count)
    words = 0
    place = start
    while place != there:
        place = motions.go("word_next", place)
        words += 1
    back = motions.go("word_back", there, words) if words else start
    assert back == start or motions.shown.word(there) is None


@given(bodies, st.integers(0, 400), st.integers(0, 8), st.integers(0, 8))
def test_counts_add_up(body: str, offset: int, first: int, second: int) -> None:
    for motion in ("char_right", "word_next", "sentence_next", "passage_back", "line_down"):
        motions = motions_of(body)
        at_once = motions.go(motion, offset, first + second)
        motions.forget_goal()
        assert (
            motions.go(motion, motions.go(motion, motions.shown.snap_to_grapheme(offset), first), second)
            == at_once
        )


@given(bodies, st.integers(0, 400), st.integers(-6, 6))
def test_lines_are_the_same_in_a_window_as_in_the_whole(body: str, offset: int, by: int) -> None:
    whole, window = motions_of(body), motions_of(body, window=1, around=offset)
    motion = "line_down" if by > 0 else "line_up"
    assert whole.go(motion, offset, abs(by)) == window.go(motion, offset, abs(by))


def test_words() -> None:
    motions = motions_of(PROSE)
    assert motions.go("word_next", 0) == PROSE.index("two")
    assert motions.go("word_next", 1, 2) == PROSE.index("three")
    assert motions.go("word_end", 0) == PROSE.index("One") + 2
    assert motions.go("word_end", 2) == PROSE.index("two") + 2
    assert motions.go("word_back", PROSE.index("two") + 1) == PROSE.index("two")
    assert motions.go("word_back", PROSE.index("two")) == 0
    assert motions.go("word_back", PROSE.index("Thirteen")) == PROSE.index("twelve"), (
        "over the end of a passage"
    )
    assert motions.go("word_next", PROSE.index("one.")) == len(PROSE) - 1, "the last word leads to the end"


def test_sentences_and_passages() -> None:
    motions = motions_of(PROSE)
    assert motions.go("sentence_next", 0) == PROSE.index("Four")
    assert motions.go("sentence_next", 0, 3) == PROSE.index("Thirteen")
    assert motions.go("sentence_back", PROSE.index("five")) == PROSE.index("Four")
    assert motions.go("sentence_back", PROSE.index("Thirteen")) == PROSE.index("Eleven")
    assert motions.go("sentence_back", PROSE.index("fourteen")) == PROSE.index("Thirteen")
    assert motions.go("passage_next", 5) == PROSE.index("Thirteen")
    assert motions.go("passage_back", PROSE.index("Sixteen")) == PROSE.index("Thirteen")
    assert motions.go("passage_back", PROSE.index("Thirteen")) == 0
    assert motions.go("passage_next", len(PROSE) - 3) == len(PROSE) - 1


def test_the_ends_of_sentences_and_passages() -> None:
    motions = motions_of(PROSE)
    ends = [PROSE.index("three.") + 5, PROSE.index("ten.") + 3, PROSE.index("twelve.") + 6]
    offset = 4
    for end in ends:
        offset = motions.go("sentence_end", offset)
        assert offset == end
    assert motions.go("sentence_end", offset) == PROSE.index("fifteen.") + 7
    assert motions.go("passage_end", 4) == ends[-1]
    assert motions.go("passage_end", ends[-1]) == PROSE.index("twenty.") + 6
    assert motions.go("passage_end", 4, 9) == motions.go("sentence_end", 4, 99) == len(PROSE) - 1


@given(bodies, st.integers(0, 400), st.sampled_from(["sentence", "passage"]))
def test_an_end_is_on_the_last_of_what_is_there_or_comes_next(body: str, offset: int, what: str) -> None:
    motions = motions_of(body)
    place = motions.shown.snap_to_grapheme(offset)
    end = motions.go(f"{what}_end", place)
    assert end > place or end == motions.go("text_end", place) or not body.strip()
    spans = motions.shown.sentence if what == "sentence" else motions.shown.span
    assert end == motions.shown.snap_to_grapheme(spans(end).end - 1)


def test_after_the_end_of_a_row_up_and_down_keep_to_the_ends() -> None:
    motions = motions_of("abc de fghij\n\nk\n\nlmno pqrstuv", 10)
    ends = [5, 11, 14, 20, 28]
    offset = motions.go("line_end", 0)
    assert offset == ends[0]
    for end in ends[1:]:
        offset = motions.go("line_down", offset)
        assert offset == end
    assert motions.go("line_up", offset, 4) == ends[0]


def test_numbers_go_to_passages_and_beyond_the_last_one_to_it() -> None:
    motions = motions_of(PROSE)
    assert motions.go("go_to_passage", 0, 2) == PROSE.index("Thirteen")
    assert motions.go("go_to_passage", 0, 99) == PROSE.index("Twenty-one")


def test_lines_keep_their_column_over_a_short_one_and_leave_blank_rows_out() -> None:
    body = "a long line here\n\nab\n\nanother long line"
    motions = motions_of(body, 30)
    short = motions.go("line_down", 12)
    assert short == body.index("ab") + 1
    assert motions.go("line_down", short) == body.index("another") + 12
    assert motions.go("line_up", body.index("another") + 12, 2) == 12


def test_the_ends_of_a_row() -> None:
    body = "one two three four five six"
    motions = motions_of(body, 13)
    assert motions.go("line_end", 2) == len("one two three") - 1
    assert motions.go("line_start", 9) == 0
    assert motions.go("line_start", 20) == len("one two three ")


def test_hidden_furniture_is_passed_over() -> None:
    body = "One.\n\nShare\n\nTwo."
    text = Text(
        "t", "", "", "", body, (Passage(Span(0, 4), 1), Passage(Span(6, 11), None), Passage(Span(13, 17), 2))
    )
    motions = Motions(Layout(Wrapper(VisibleText(text, furniture=False)), 40))
    for motion in ("passage_next", "sentence_next", "word_next", "line_down"):
        assert motions.go(motion, 0) == 13, motion
    assert motions.go("char_left", 13) == 3
    assert motions.shown.snap_to_grapheme(8) == 3, "a cursor on it goes to the passage before"


def test_from_the_end_of_a_row_up_and_down_lead_to_ends_of_rows() -> None:
    body = "ab\n\na longer line\n\nabc\n\nthe longest line of all"
    motions = motions_of(body, 30)
    at = motions.go("line_end", 0)
    ends = [at := motions.go("line_down", at) for _ in range(3)]
    assert [body[: end + 1].rpartition("\n")[2] for end in ends] == body.split("\n\n")[1:]
    assert motions.go("line_up", at, 3) == 1


def test_rows_that_are_laid_out_on_the_way_up_shift_nothing() -> None:
    body = "\n\n".join(f"Passage {number} has a few words in it." for number in range(60))
    whole, part = motions_of(body), motions_of(body, window=4, around=len(body) - 1)
    at = other = len(body) - 1
    for _ in range(25):
        at, other = whole.go("line_up", at, 3), part.go("line_up", other, 3)
        assert at == other


def test_a_text_without_numbered_passages_is_gone_to_at_its_start() -> None:
    body = "Share\n\nMore"
    text = Text("t", "", "", "", body, (Passage(Span(0, 5), None), Passage(Span(7, 11), None)))
    assert Motions(Layout(Wrapper(VisibleText(text)), 40)).go("go_to_passage", 8, 2) == 0
