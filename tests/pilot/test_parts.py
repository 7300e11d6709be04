"""Highlights with gaps: several parts, one highlight."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from texts.model import Span
from tui.desk.multi_span import with_part
from tui.desk.open_texts import reload


async def test_parts_that_are_kept_become_one_highlight(open_desk) -> None:
    async with open_desk() as reader:
        await reader.press("3 G v i w &")
        assert "1 part kept" in reader.status
        await reader.press("4 G v i w & 2 G v i w t")
        assert "…" in str(reader.app.screen.heading)
        await reader.write("claim")
        await reader.press("enter")
        (highlight,) = reader.highlights()
        text = reader.desk.active.text
        assert [part.start for part in highlight.parts] == [text.passage(n).span.start for n in (2, 3, 4)]
        assert highlight.tags == ("claim",)
        assert "kept" not in reader.status
        await reader.press("u")
        assert reader.highlights() == []


async def test_a_mark_without_a_selection_takes_what_is_kept(open_desk) -> None:
    async with open_desk() as reader:
        await reader.press("3 G v i w & 4 G v i w & 6 G !")
        (highlight,) = reader.highlights()
        assert len(highlight.parts) == 2
        assert highlight.star


async def test_escape_drops_what_is_kept(open_desk) -> None:
    async with open_desk() as reader:
        await reader.press("3 G v i w & escape")
        assert "kept" not in reader.status
        assert reader.desk.active.pane.marks_at(reader.desk.active.text.passage(3).span.start) == []
        await reader.press("4 G enter")
        assert len(reader.highlights()[0].parts) == 1


async def test_escape_clears_a_selection_before_it_drops_parts(open_desk) -> None:
    async with open_desk() as reader:
        await reader.press("3 G v i w & 4 G v i w escape")
        assert "1 part kept" in reader.status


async def test_parts_of_two_texts_make_no_highlight(open_desk) -> None:
    async with open_desk() as reader:
        await reader.press("3 G v i w & tab 3 G v i w &")
        assert "A chance in Baghdad" in reader.status
        await reader.press("enter")
        (highlight,) = reader.highlights()
        assert (highlight.text, len(highlight.parts)) == ("analysis", 1)


async def test_kept_parts_are_seen_after_another_act(open_desk) -> None:
    async with open_desk() as reader:
        await reader.press("3 G v i w &")
        reload(reader.desk.context)
        start = reader.desk.active.text.passage(3).span.start
        assert [mark.pending for mark in reader.desk.active.pane.marks_at(start)] == [True]


SPANS = st.tuples(st.integers(0, 50), st.integers(1, 9)).map(lambda pair: Span(pair[0], pair[0] + pair[1]))


@given(st.lists(SPANS))
def test_parts_stay_in_order_and_apart(spans: list[Span]) -> None:
    parts: tuple[Span, ...] = ()
    for span in spans:
        parts = with_part(parts, span)
    assert all(one.end < two.start for one, two in pairwise(parts))
    covered = {offset for part in parts for offset in range(*part)}
    assert covered == {offset for span in spans for offset in range(*span)}
