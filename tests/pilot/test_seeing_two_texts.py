"""Seeing two texts at once: aligned, by their headings, and where in them there is something."""

from __future__ import annotations

import pytest
from textual.events import MouseScrollDown, MouseScrollUp

from store.library import Library
from store.text_names import PAIR
from texts.load import load_bytes
from tui.desk.scrolling import draw_scroll
from tui.view.scroll_marks import ScrollMark


def level(reader) -> list[tuple[int, int]]:
    """Screen rows of the passages on either side that are related and in view."""
    left, right = reader.desk.sides
    view = reader.desk.context.view_from(left)
    rows = [
        (left.pane.screen_row_of_passage(p.left), right.pane.screen_row_of_passage(p.right))
        for p in view.pairs()
    ]
    return [(one, two) for one, two in rows if None not in (one, two)]


async def test_related_passages_stand_level_wherever_one_goes(open_desk) -> None:
    async with open_desk((120, 40)) as reader:
        await reader.related()
        await reader.press("z a")
        assert "aligned: za ends it" in reader.status
        for keys in ("g g", "9 G", "ctrl+f", "G", "ctrl+u"):
            await reader.press(keys)
            left, right = reader.desk.sides
            assert left.pane.top_row == right.pane.top_row
        await reader.press("9 G z t")
        assert any(one == two for one, two in level(reader))
        await reader.press("z a")
        assert "no longer aligned" in reader.status
        assert not any(side.pane.fillers for side in reader.desk.sides)


async def test_the_alignment_goes_along_with_the_width_and_ends_with_the_pair(open_desk) -> None:
    async with open_desk((120, 40)) as reader:
        await reader.related()
        await reader.press("z a")
        before = dict(reader.desk.sides[0].pane.fillers)
        await reader.press("> > > >")
        await reader.settled()
        assert dict(reader.desk.sides[0].pane.fillers) != before
        assert reader.desk.context.state.aligned is not None
        await reader.press("ctrl+w x")
        await reader.related()
        await reader.press("j")
        assert reader.desk.context.state.aligned is None
        assert not any(side.pane.fillers for side in reader.desk.sides)


async def test_headings_are_listed_and_gone_to(open_desk, library) -> None:
    prose = "This is a paragraph with words enough to be one, and a full stop where a sentence ought to end."
    body = "\n\n".join(["A book", prose, "Chapter 1", prose, "Chapter 2", prose])
    with Library.open(library) as other:
        other.texts.add(load_bytes(body.encode(), "book.txt"))
        other.ui_state.put(PAIR, ["book", "editorial"])
    async with open_desk() as reader:
        await reader.press("] ]")
        assert reader.desk.active.passage_number() == 3
        await reader.press("2 [ [")
        assert "no earlier heading" in reader.status
        await reader.press("space h")
        assert "3 headings of A book" in reader.app.screen.heading
        await reader.press("down enter")
        assert reader.desk.active.passage_number() == 5


async def test_the_edges_of_the_bridge_say_where_something_is(open_desk) -> None:
    async with open_desk((120, 40)) as reader:
        await reader.related()
        await reader.press("9 G enter / M a l i k i enter")
        draw_scroll(reader.desk.context)
        left, right = reader.desk.context.bridge.scrolled
        assert ScrollMark.HIT in left.marks
        assert ScrollMark.HIT in right.marks
        await reader.press("escape")
        draw_scroll(reader.desk.context)
        left, right = reader.desk.context.bridge.scrolled
        assert ScrollMark.HIT not in left.marks
        assert ScrollMark.HIGHLIGHT in left.marks
        assert ScrollMark.RELATED in left.marks
        before = left.first
        await reader.press("G")
        draw_scroll(reader.desk.context)
        assert reader.desk.context.bridge.scrolled[0].first > before


async def test_what_is_dismissed_has_no_scroll_mark(open_desk) -> None:
    async with open_desk((120, 40)) as reader:
        await reader.related()
        context = reader.desk.context
        draw_scroll(context)
        assert all(ScrollMark.RELATED in side.marks for side in context.bridge.scrolled)
        pairs = context.state.relations.found.pairs()
        context.state.relations.dismissed = frozenset((each.left, each.right) for each in pairs)
        draw_scroll(context)
        assert not any(ScrollMark.RELATED in side.marks for side in context.bridge.scrolled)


async def test_headlines_are_set_off(open_desk) -> None:
    async with open_desk() as reader:
        assert reader.desk.active.pane._shown.tells_headings
        assert reader.desk.active.pane._shown.is_heading(0)


async def test_texts_that_share_nothing_are_not_aligned(open_desk, library) -> None:
    with Library.open(library) as other:
        other.texts.add(load_bytes("פסקה אחת, ועוד מילים.".encode(), "he.txt"))
        other.ui_state.put(PAIR, ["editorial", "he"])
    async with open_desk() as reader:
        await reader.related()
        await reader.press("z a")
        assert "no related passages to align" in reader.status
        assert reader.desk.context.state.aligned is None


@pytest.mark.parametrize("number", [0, 1], ids=["the pane with the cursor", "the other one"])
async def test_the_wheel_over_either_pane_carries_the_other_one_along(open_desk, number: int) -> None:
    async with open_desk((120, 40)) as reader:
        await reader.related()
        await reader.press("z a")
        left, right = (side.pane for side in reader.desk.sides)
        top = left.top_row
        turned = (left, right)[number]
        for event, rows in ((MouseScrollDown, 6), (MouseScrollUp, 3)):
            for _ in range(2 if event is MouseScrollDown else 1):
                turned.post_message(event(turned, 1, 1, 0, 1, 0, False, False, False))
            await reader.settled()
            assert left.top_row == right.top_row == top + rows


async def test_fillers_are_hatched_and_what_parts_passages_is_not(open_desk) -> None:
    async with open_desk((120, 40)) as reader:
        await reader.related()
        await reader.press("z a")
        for pane in (side.pane for side in reader.desk.sides):
            layout = pane._view.layout
            drawn = [strip.text.strip() for strip in pane._painter.strips(0, len(layout.rows))]
            hatched = [number for number, text in enumerate(drawn) if set(text) == {"╱"}]
            assert len(hatched) == sum(pane.fillers.values())
            assert all(layout.row(number).blank for number in hatched)
            blank = sum(layout.row(number).blank for number in range(len(layout.rows)))
            assert blank - len(hatched) == len(pane._shown.passages) - 1
        await reader.press("z a")
        assert "╱" not in "".join(row.text for row in reader.app.screen._compositor.render_strips())


async def test_pages_are_turned_past_a_screen_of_fillers(open_desk) -> None:
    async with open_desk((120, 12)) as reader:
        await reader.related()
        await reader.press("z a")
        pane = reader.desk.active.pane
        pane.fillers = {**pane.fillers, 1: 60}
        seen = []
        while not seen or pane.cursor != seen[-1]:
            seen.append(pane.cursor)
            await reader.press("ctrl+f")
        assert pane._shown.index(seen[-1]) == len(pane._shown.passages) - 1
