"""The edges of a highlight move under the reader's motions: `g e`, or `v` and `o`, until Enter keeps them."""

from __future__ import annotations

import pytest

from tui.settings import Settings


async def mark_words(reader, keys: str) -> None:
    await reader.press(f"{keys} enter")


def quotes(reader) -> list[str]:
    return [highlight.quote for highlight in reader.highlights()]


@pytest.mark.parametrize("take", ["g e", "v o"])
async def test_the_end_moves_and_after_o_the_start(open_desk, take: str) -> None:
    async with open_desk() as reader:
        await mark_words(reader, "4 G w w v w e")
        before = reader.highlights()[0].span
        await reader.press(f"4 G w w {take[0]}")
        assert ("o moves this highlight's edges" in reader.status) == (take == "v o")
        await reader.press(take[2:])
        assert reader.quote() == reader.highlights()[0].quote
        assert "move the edge (o: the other one), Enter keeps, Esc leaves it" in reader.status
        await reader.press("w e")
        assert "move the edge" in reader.status, "it says so for as long as it lasts"
        await reader.press("o b enter")
        after = reader.highlights()[0].span
        assert after.start < before.start
        assert after.end > before.end
        assert reader.desk.active.pane.mode == "read"
        assert "move the edge" not in reader.status
        await reader.press("u")
        assert reader.highlights()[0].span == before


async def test_esc_leaves_the_highlight_where_it_is(open_desk) -> None:
    async with open_desk() as reader:
        await mark_words(reader, "4 G v e")
        before = reader.highlights()
        await reader.press("4 G v o w w escape")
        assert (reader.desk.active.pane.mode, reader.highlights()) == ("read", before)
        assert "move the edge" not in reader.status
        await reader.press("w w w w w w enter")
        assert len(reader.highlights()) == 2, "Enter marks again"


@pytest.mark.parametrize("keys", ["v e o", "v l h o", "v i w o", "v w b o"])
async def test_o_after_a_motion_moves_the_other_edge_as_in_vim(open_desk, keys: str) -> None:
    async with open_desk() as reader:
        await mark_words(reader, "4 G v i p")
        await reader.press(f"4 G {keys}")
        selected = reader.quote()
        assert 1 <= len(selected) < 20
        assert "move the edge" not in reader.status
        await reader.press("o")
        assert reader.quote() == selected


async def test_o_right_after_v_off_any_highlight_selects_nothing_more(open_desk) -> None:
    async with open_desk() as reader:
        await reader.press("4 G v o e")
        assert reader.quote() == "How"
        assert "move the edge" not in reader.status


async def test_of_overlapping_highlights_the_one_that_the_card_shows_first_is_taken(open_desk) -> None:
    async with open_desk() as reader:
        await mark_words(reader, "4 G v i p")
        await mark_words(reader, "4 G v e")
        await reader.press("4 G v o")
        inner, outer = sorted(quotes(reader), key=len)
        assert reader.quote() == inner
        await reader.press("escape 4 G O v o")
        assert reader.quote() == outer


async def test_a_tag_keeps_the_edges_and_goes_on_the_highlight(open_desk) -> None:
    async with open_desk() as reader:
        await mark_words(reader, "4 G v e")
        before = reader.highlights()[0].span
        await reader.press("4 G v o w e t")
        await reader.write("claim")
        await reader.press("enter")
        (highlight,) = reader.highlights()
        assert highlight.span.end > before.end
        assert highlight.tags == ("claim",)
        await reader.press("g e e !")
        (starred,) = reader.highlights()
        assert starred.star
        assert starred.span.end > highlight.span.end
        assert reader.marks()[0].parts == starred.parts


async def test_of_a_highlight_with_gaps_the_part_at_the_cursor_moves(open_desk) -> None:
    async with open_desk() as reader:
        await reader.press("4 G v e & w w w v e enter")
        (before,) = reader.highlights()
        assert len(before.parts) == 2
        await reader.press("4 G v o escape")
        assert reader.highlights() == [before]
        assert reader.marks()[0].parts == before.parts
        assert len(reader.marks()) == 1, "nothing of the other part is left on the screen"
        await reader.press("4 G w w w v o")
        assert reader.quote() == reader.desk.active.text.quote(before.parts[1])
        await reader.press("w e enter")
        (after,) = reader.highlights()
        assert after.parts[0] == before.parts[0]
        assert after.parts[1].end > before.parts[1].end
        await reader.press("u")
        assert reader.highlights()[0].parts == before.parts


async def test_what_can_be_done_is_told_with_the_keys_that_are_set(open_desk) -> None:
    async with open_desk((80, 24), Settings("tester", keys={"highlight": ("F5",)})) as reader:
        await reader.press("4 G v e f5 4 G v o")
        assert "move the edge (o: the other one), F5 keeps" in reader.status
        await reader.press("v")
        assert "select where it belongs (v and motions" in reader.status
        await reader.press("f5")
        assert "select where it belongs first" in reader.status
