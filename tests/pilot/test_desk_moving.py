"""Moving about at the desk: panes, jumps, places, what is in view, and how the mouse does the same."""

import pytest

from tui.desk.next_keys import show_next_keys


def top(side) -> int:
    return side.pane.place


async def test_tab_goes_to_the_other_pane_and_ctrl_w_to_either(open_desk) -> None:
    async with open_desk() as reader:
        assert reader.desk.active.slug == "editorial"
        await reader.press("tab")
        assert reader.desk.active.slug == "analysis"
        await reader.press("ctrl+w h")
        assert reader.desk.active.slug == "editorial"
        await reader.press("ctrl+w l")
        assert reader.desk.active.slug == "analysis"


async def test_the_texts_change_places(open_desk) -> None:
    async with open_desk() as reader:
        await reader.press("5 G ctrl+w x")
        assert [side.slug for side in reader.desk.sides] == ["analysis", "editorial"]
        assert reader.desk.sides[1].passage_number() == 5
    async with open_desk() as reader:
        assert [side.slug for side in reader.desk.sides] == ["analysis", "editorial"]


async def test_ctrl_o_returns_from_a_jump_and_bracket_j_goes_forward(open_desk) -> None:
    async with open_desk() as reader:
        await reader.press("3 G 1 2 G")
        assert reader.desk.active.passage_number() == 12
        await reader.press("ctrl+o")
        assert reader.desk.active.passage_number() == 3
        await reader.press("] j")
        assert reader.desk.active.passage_number() == 12


async def test_a_letter_remembers_a_place_also_for_the_next_run(open_desk) -> None:
    async with open_desk() as reader:
        await reader.press("7 G m a tab 2 G")
    async with open_desk() as reader:
        await reader.press("' a")
        assert reader.desk.active.slug == "editorial"
        assert reader.desk.active.passage_number() == 7
        await reader.press("' q")
        assert "no place is remembered as q" in reader.status


async def test_places_are_kept_between_runs(open_desk) -> None:
    async with open_desk() as reader:
        await reader.press("6 G tab 4 G")
    async with open_desk() as reader:
        assert reader.desk.active.slug == "analysis"
        assert [side.passage_number() for side in reader.desk.sides] == [6, 4]


async def test_furniture_is_dim_and_can_be_hidden_and_overruled(open_desk) -> None:
    async with open_desk() as reader:
        await reader.press("tab")
        pane = reader.desk.active.pane
        before = pane.row_of(len(pane.text.body) - 1)
        await reader.press("z f")
        assert not pane.show_furniture
        await reader.press("z f")
        assert pane.row_of(len(pane.text.body) - 1) == before
        numbered = len(pane.text.numbered)
        await reader.press("3 G z F")
        assert len(reader.desk.active.text.numbered) == numbered - 1
        assert reader.desk.active.passage_number() is None
        await reader.press("z F")
        assert len(reader.desk.active.text.numbered) == numbered


async def test_highlights_can_be_walked_through(open_desk) -> None:
    async with open_desk() as reader:
        await reader.press("3 G enter 6 G c")
        await reader.write("why?")
        await reader.press("escape 8 G c")
        await reader.write("since when?")
        await reader.press("escape g g ] h")
        assert reader.desk.active.passage_number() == 3
        await reader.press("] n")
        assert reader.desk.active.passage_number() == 6, "the highlight without a note is no note"
        await reader.press("] n")
        assert reader.desk.active.passage_number() == 8
        await reader.press("[ n")
        assert reader.desk.active.passage_number() == 6
        await reader.press("[ h")
        assert reader.desk.active.passage_number() == 3
        await reader.press("[ h")
        assert "no earlier highlight" in reader.status


async def test_proportional_sync_moves_the_other_pane_along(open_desk) -> None:
    async with open_desk() as reader:
        before = top(reader.desk.other)
        await reader.press("z s")
        assert "proportional" in reader.status
        await reader.press("1 5 G")
        assert top(reader.desk.other) > before


async def test_zoom_shows_one_pane_and_both_again(open_desk) -> None:
    async with open_desk() as reader:
        width = reader.desk.active.pane.size.width
        await reader.press("Z")
        assert reader.desk.active.pane.size.width > width
        assert not reader.desk.other.pane.region
        await reader.press("Z")
        assert reader.desk.active.pane.size.width == width


async def test_labels_go_to_a_sentence_and_two_labels_select(open_desk) -> None:
    async with open_desk() as reader:
        await reader.press("3 G s")
        labels = reader.desk.context.state.labels.places
        label, (side, offset) = list(labels.items())[3]
        await reader.press(" ".join(label))
        assert (reader.desk.active.number, reader.desk.active.pane.cursor) == (side, offset)
        await reader.press("S")
        first, last = [
            name for name, place in reader.desk.context.state.labels.places.items() if place[0] == 0
        ][:2]
        await reader.press(" ".join(first))
        await reader.press(" ".join(last))
        assert reader.desk.active.pane.selection is not None


async def test_a_click_moves_the_cursor_and_a_drag_selects(open_desk) -> None:
    async with open_desk() as reader:
        pane = reader.desk.sides[1].pane
        await reader.pilot.mouse_down(pane, offset=(12, 5))
        await reader.pilot.hover(pane, offset=(30, 5))
        await reader.pilot.mouse_up(pane, offset=(30, 5))
        await reader.settled()
        assert reader.desk.active is reader.desk.sides[1]
        assert pane.selection is not None
        await reader.pilot.click(pane, offset=(14, 8))
        await reader.settled()
        assert pane.mode == "read"


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40), (200, 60)])
async def test_every_size_shows_both_texts(open_desk, size) -> None:
    async with open_desk(size) as reader:
        for side in reader.desk.sides:
            assert side.pane.size.width >= 20
            assert side.pane.size.height >= 6
        await reader.press("5 G enter")
        assert len(reader.highlights()) == 1


async def test_a_pause_shows_what_can_follow(open_desk) -> None:
    async with open_desk() as reader:
        await reader.pilot.press("g")
        show_next_keys(reader.desk.context)
        follows = reader.desk.context.overlays.next_keys
        assert follows.display
        await reader.press("g")
        assert not follows.display
