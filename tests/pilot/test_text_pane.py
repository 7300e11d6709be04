"""The pane in an app: what keys, mouse, sizes and themes do to it, and what it paints for that."""

from __future__ import annotations

import pytest
from panes import BODY, HEIGHT, TEXT, Panes, desk_of
from textual import events
from textual.geometry import Region

from texts.model import Passage, Span, Text
from texts.segment import passages
from tui.view.overlay import StyleFlags
from tui.view.paint import Mark
from tui.view.palette import LIGHT, NO_COLOUR, style
from tui.widgets.text_pane import TextPane


def words(span: Span | None) -> str | None:
    return None if span is None else BODY[span.start : span.end]


async def test_a_text_is_shown_with_numbers_and_all_its_words() -> None:
    async with desk_of() as desk:
        rows = desk.rows()
        assert rows[0].startswith("   1    Passage 1 begins here")
        assert all(len(row) == desk.left.size.width for row in rows)
        assert desk.left.place == 0
        assert desk.left.visible_passages()[0][:2] == (1, 0)
        assert desk.left.screen_row_of_passage(2) == rows.index(
            next(row for row in rows if "Passage 2 begins" in row)
        )
        assert desk.left.screen_row_of_passage(30) is None


async def test_opening_at_an_offset_brings_it_into_view() -> None:
    async with desk_of() as desk:
        offset = BODY.index("Passage 20")
        desk.left.show(TEXT, cursor=offset)
        await desk.snap_to_grapheme()
        assert desk.left.cursor == offset
        assert 0 <= desk.left.screen_row_of(offset) < HEIGHT
        assert any("Passage 20 begins" in row for row in desk.rows())


async def test_moving_down_scrolls_and_keeps_the_cursor_in_view() -> None:
    async with desk_of() as desk:
        for _ in range(60):
            desk.left.move("line_down")
            assert 0 <= desk.left.screen_row_of(desk.left.cursor) < HEIGHT
        assert desk.left.place > 0
        desk.left.move("text_end")
        assert desk.left.cursor == len(BODY) - 1
        desk.left.move("text_start")
        assert (desk.left.cursor, desk.left.place) == (0, 0)


async def test_pages_turn_there_and_back() -> None:
    async with desk_of() as desk:
        desk.left.move("line_down", 3)
        before = desk.left.cursor, desk.left.place
        desk.left.move("page_down")
        assert desk.left.row_of(desk.left.place) - desk.left.row_of(before[1]) == HEIGHT - 2
        desk.left.move("half_page_down", 2)
        desk.left.move("half_page_up", 2)
        desk.left.move("page_up")
        assert desk.left.place == before[1]
        assert 0 <= desk.left.screen_row_of(desk.left.cursor) < HEIGHT


async def test_a_mark_paints_its_rows_and_leaves_them_as_they_were_when_it_goes() -> None:
    async with desk_of() as desk:
        before = desk.rows()
        mark = Mark(7, (Span(10, 60),), "green", "G", note=True, star=False, link=False, pending=False)
        desk.left.put_mark(mark)
        await desk.snap_to_grapheme()
        after = desk.rows()
        assert "✎G▌" in after[0]
        assert "▌" in after[1]
        assert [row for row in range(HEIGHT) if before[row] != after[row]] == [0, 1]
        assert desk.left.marks_at(20) == [mark]
        assert desk.left.next_mark(0, 1) == mark
        desk.left.drop_mark(7)
        assert desk.rows() == before


async def test_what_lies_on_the_text_is_painted_and_wiped_off() -> None:
    async with desk_of() as desk:
        plain = [list(strip) for strip in desk.left.render_lines(Region(0, 0, *desk.left.size))]

        def changed() -> set[int]:
            now = [list(strip) for strip in desk.left.render_lines(Region(0, 0, *desk.left.size))]
            return {row for row in range(HEIGHT) if now[row] != plain[row]}

        second = BODY.index("Passage 2")
        desk.left.set_hits([Span(8, 9), Span(second, second + 7)], Span(8, 9))
        assert changed() == {0, desk.left.screen_row_of(second)}
        desk.left.set_current_hit(Span(second, second + 7))
        assert changed() == {0, desk.left.screen_row_of(second)}
        desk.left.set_hits([], None)
        assert not changed()
        desk.left.set_evidence([Span(second, second + 7)])
        assert changed() == {desk.left.screen_row_of(second)}
        desk.left.set_evidence([])
        assert not changed()
        desk.left.emphasize(TEXT.passage(2).span)
        assert min(changed()) == desk.left.screen_row_of(second)
        desk.left.emphasize(None)
        assert not changed()
        desk.left.set_labels({second: "as"})
        assert changed() == {desk.left.screen_row_of(second)}
        desk.left.set_labels({})
        assert not changed()


async def test_selecting_by_motions_objects_and_edges() -> None:
    async with desk_of() as desk:
        pane = desk.left
        pane.move("word_next")
        pane.select("select")
        assert pane.mode == "select"
        pane.move("word_end", 2)
        assert words(pane.selection) == "1 begins here"
        pane.other_edge()
        pane.move("word_back")
        assert words(pane.selection) == "Passage 1 begins here"
        pane.select_object("is")
        assert words(pane.selection) == "Passage 1 begins here and says a few words."
        pane.grow_selection()
        assert pane.selection == TEXT.passage(1).span
        pane.shrink_selection()
        assert words(pane.selection) == "Passage 1 begins here and says a few words."
        assert pane.target() == pane.selection
        pane.clear_selection()
        assert (pane.mode, pane.selection) == ("read", None)
        assert words(pane.last_selection) == "Passage 1 begins here and says a few words."
        pane.select("select passages")
        pane.move("passage_next")
        assert pane.selection == Span(0, TEXT.passage(2).span.end)
        pane.select("select passages")
        assert pane.mode == "read"


async def test_the_highlight_at_the_cursor_is_an_object() -> None:
    async with desk_of() as desk:
        desk.left.set_marks([Mark(1, (Span(5, 30),), "", ""), Mark(2, (Span(8, 12),), "", "")])
        desk.left.move_to(9)
        desk.left.select_object("ih")
        assert desk.left.selection == Span(8, 12)
        desk.left.select_object("ih")
        assert desk.left.selection == Span(5, 30)


async def test_a_selection_is_painted() -> None:
    async with desk_of() as desk:
        desk.left.select_span(Span(8, 17))
        await desk.snap_to_grapheme()
        segments = list(desk.left.render_lines(Region(0, 0, *desk.left.size))[0])
        selected = [
            s.text for s in segments if s.style == style(desk.left.palette, StyleFlags(selected=True))
        ]
        assert selected == [BODY[8:16]], "all but the last character, where the cursor is"


async def test_with_nothing_selected_the_sentence_is_the_target() -> None:
    async with desk_of() as desk:
        desk.left.move("sentence_next")
        assert words(desk.left.target()) == (
            "It goes on with a second sentence, which is longer than the first and wraps."
        )


async def test_messages_tell_what_happened() -> None:
    async with desk_of() as desk:
        desk.app.messages.clear()
        desk.left.move("word_next")
        await desk.snap_to_grapheme()
        assert desk.app.names() == ["CursorMoved"]
        moved = desk.app.messages[0]
        assert isinstance(moved, TextPane.CursorMoved)
        assert (moved.display, moved.offset, moved.control) == (desk.left, 8, desk.left)
        desk.app.messages.clear()
        desk.left.select("select")
        desk.left.clear_selection()
        desk.left.clear_selection()
        await desk.snap_to_grapheme()
        assert desk.app.names() == ["SelectionChanged", "SelectionChanged"]
        desk.app.messages.clear()
        desk.left.scroll_rows(30)
        await desk.snap_to_grapheme()
        assert sorted(desk.app.names()) == ["CursorMoved", "ViewChanged"]


async def test_resizing_keeps_the_place_and_never_drifts() -> None:
    async with desk_of() as desk:
        desk.right.reveal(BODY.index("Passage 12"), "top")
        place = desk.right.place
        for width in (60, 140, 81, 100):
            await desk.pilot.resize_terminal(width, HEIGHT + 1)
            await desk.snap_to_grapheme()
            assert max(map(len, desk.rows(desk.right))) == desk.right.size.width
        assert desk.right.place == place


async def test_resizing_keeps_the_cursor_in_view() -> None:
    async with desk_of() as desk:
        desk.left.move("line_down", 15)
        await desk.pilot.resize_terminal(50, 8)
        await desk.snap_to_grapheme()
        assert 0 <= desk.left.screen_row_of(desk.left.cursor) < desk.left.size.height


@pytest.mark.parametrize("size", [(20, 3), (40, 10), (300, 80), (9, 2)])
async def test_every_size_works(size: tuple[int, int]) -> None:
    async with desk_of(size=size) as desk:
        for motion in ("page_down", "line_down", "text_end", "page_up", "text_start"):
            desk.left.move(motion)
            await desk.snap_to_grapheme()
            assert all(len(row) == desk.left.size.width for row in desk.rows())


async def test_the_column_is_never_wider_than_asked_for() -> None:
    async with desk_of(size=(300, 20)) as desk:
        widest = max(len(row.rstrip()) for row in desk.rows())
        assert 8 + 72 < widest <= 8 + 100, "as long as nothing was asked for, it grows on a wide screen"
        desk.left.text_width = 72
        assert max(len(row.rstrip()) for row in desk.rows()) <= 8 + 72
        desk.left.text_width = 40
        assert max(len(row.rstrip()) for row in desk.rows()) <= 8 + 40


async def test_reveal_puts_things_where_they_are_wanted() -> None:
    async with desk_of() as desk:
        pane, offset = desk.left, BODY.index("Passage 20")
        pane.reveal(offset, "top")
        assert pane.screen_row_of(offset) == 0
        pane.reveal(offset, "bottom")
        assert pane.screen_row_of(offset) == HEIGHT - 1
        pane.reveal(offset, "middle")
        assert abs(pane.screen_row_of(offset) - HEIGHT // 2) <= 1
        pane.reveal(offset, 4)
        assert pane.screen_row_of(offset) == 4
        place = pane.place
        pane.reveal(offset)
        assert pane.place == place, "what is in view stays where it is"
        pane.reveal(TEXT.passage(3).span)
        rows = [
            pane.screen_row_of(edge) for edge in (TEXT.passage(3).span.start, TEXT.passage(3).span.end - 1)
        ]
        assert 0 <= rows[0] <= rows[1] < HEIGHT
        assert pane.cursor == 0, "the cursor stays"
        pane.reveal(len(BODY) - 1, "top")
        assert pane.screen_row_of(len(BODY) - 1) == 0


async def test_the_wheel_scrolls_and_takes_the_cursor_along() -> None:
    async with desk_of() as desk:
        for _ in range(4):
            desk.left.post_message(
                events.MouseScrollDown(desk.left, 5, 5, 0, 0, 0, False, False, False, 5, 5)
            )
            await desk.snap_to_grapheme()
        assert desk.left.row_of(desk.left.place) == 12
        assert desk.left.screen_row_of(desk.left.cursor) == 0
        assert desk.right.place == 0


async def test_a_click_puts_the_cursor_there_and_focuses_the_pane() -> None:
    async with desk_of() as desk:
        await desk.pilot.click(TextPane, offset=(8 + 10, 0))
        assert desk.left.cursor == 10
        await desk.pilot.click("#right", offset=(8 + 3, 0))
        assert desk.app.focused is desk.right
        assert desk.right.cursor == 3
        assert desk.left.cursor == 10


async def test_a_drag_selects_and_stays_in_its_pane() -> None:
    async with desk_of() as desk:
        await desk.pilot.mouse_down("#left", offset=(8, 0))
        await desk.pilot.hover("#left", offset=(8 + 6, 0))
        assert words(desk.left.selection) == "Passage"
        await desk.pilot.hover("#right", offset=(30, 1))
        assert desk.left.selection is not None
        assert desk.left.selection.end > 20
        await desk.pilot.mouse_up("#right", offset=(30, 1))
        assert desk.right.selection is None
        assert not desk.app.screen.selections
        end = desk.left.selection
        await desk.pilot.hover("#left", offset=(8, 8))
        assert desk.left.selection == end, "the button is up"


async def test_two_clicks_select_a_word_and_three_a_sentence() -> None:
    async with desk_of() as desk:
        await desk.pilot.click("#left", offset=(8 + 12, 0), times=2)
        assert words(desk.left.selection) == "begins"
        await desk.pilot.click("#left", offset=(8 + 12, 0), times=3)
        assert words(desk.left.selection) == "Passage 1 begins here and says a few words."


async def test_a_click_on_any_cell_of_a_wide_character_is_a_click_on_it() -> None:
    """Joined emoji take the cells of each, as in most terminals."""
    body = "世界 👨\u200d👩\u200d👧 x"
    async with desk_of(Text("t", "", "", "", body, passages(body, furniture=False))) as desk:
        for cell, offset in ((0, 0), (1, 0), (2, 1), (3, 1), (5, 3), (6, 3), (10, 3), (12, len(body) - 1)):
            await desk.pilot.click("#left", offset=(8 + cell, 0))
            assert desk.left.cursor == offset, cell


async def test_a_selection_ends_with_its_sentence_or_passage() -> None:
    async with desk_of() as desk:
        pane = desk.left
        pane.select("select")
        pane.move("sentence_next")
        assert words(pane.selection) == "Passage 1 begins here and says a few words."
        pane.move("passage_next")
        assert pane.selection == TEXT.passage(1).span
        pane.move("passage_next", 2)
        assert pane.selection == Span(0, TEXT.passage(3).span.end)
        pane.move("passage_back")
        pane.move("passage_back")
        pane.move("passage_back")
        pane.clear_selection()
        pane.move_to(BODY.index("It goes"))
        pane.select("select")
        pane.move("sentence_back")
        pane.move("sentence_next")
        assert words(pane.selection) == "I", "back to the letter where it began"
        pane.clear_selection()
        pane.move("sentence_next")
        assert BODY[pane.cursor :].startswith("The third"), "in reading it goes to the start"


async def test_mouse_cursor_and_marks_stand_on_the_words_of_justified_rows() -> None:
    async with desk_of() as desk:
        ragged = desk.rows()
        desk.left.justified = True
        await desk.snap_to_grapheme()
        row, gutter = desk.rows()[0], 8
        column = min(desk.left.text_width, desk.left.size.width - gutter - 1)
        assert len(ragged[0].rstrip()) < len(row.rstrip()) == gutter + column
        assert row.split() == ragged[0].split()
        for word in ("begins", "here", "says"):
            cell, offset = row.index(word), BODY.index(word)
            for letter in range(len(word)):
                await desk.pilot.click("#left", offset=(cell + letter, 0))
                assert desk.left.cursor == offset + letter
                place = desk.left.cursor_cell()
                assert place is not None
                assert place.x == desk.left.region.x + cell + letter
            await desk.pilot.click("#left", offset=(cell - 1, 0))
            assert BODY[desk.left.cursor] == " ", "the gap is one space, however wide"
        await desk.pilot.mouse_down("#left", offset=(row.index("begins"), 0))
        await desk.pilot.hover("#left", offset=(row.index("says") - 1, 0))
        await desk.pilot.mouse_up("#left", offset=(row.index("says") - 1, 0))
        assert words(desk.left.selection) == "begins here and "
        desk.left.justified = False
        await desk.snap_to_grapheme()
        assert desk.rows() == ragged


async def test_down_and_up_keep_the_cell_on_justified_rows() -> None:
    async with desk_of() as desk:
        desk.left.justified = True
        desk.left.move_to(BODY.index("says"))
        before = desk.left.cursor_cell()
        for motion, rows in (("line_down", 1), ("line_down", 2), ("line_up", 1)):
            desk.left.move(motion)
            cell = desk.left.cursor_cell()
            assert before is not None
            assert cell is not None
            assert cell.y == before.y + rows
            assert before.x - 3 < cell.x <= before.x, "at that cell, or in the gap that covers it"


async def test_furniture_is_dim_or_hidden() -> None:
    body = "First passage.\n\nShare this\n\nLast passage."
    text = Text("t", "", "", "", body, (
        Passage(Span(0, 14), 1), Passage(Span(16, 26), None), Passage(Span(28, 41), 2),
    ))  # fmt: skip
    async with desk_of(text) as desk:
        assert "Share this" in desk.rows()[2]
        desk.left.move_to(20)
        desk.left.show_furniture = False
        await desk.snap_to_grapheme()
        assert not any("Share" in row for row in desk.rows())
        assert desk.left.cursor == 13, "from what is hidden the cursor goes to the passage before"
        assert [message.offset for message in desk.app.messages if isinstance(message, TextPane.CursorMoved)][
            -1
        ] == 13
        desk.left.show_furniture = True
        await desk.snap_to_grapheme()
        assert "Share this" in desk.rows()[2]


async def test_markup_in_a_text_is_text() -> None:
    body = "[b]bold[/b] [/x] [@click=app.quit]press[/]"
    text = Text("t", "", "", "", body, (Passage(Span(0, len(body)), 1),))
    async with desk_of(text, (140, 10)) as desk:
        assert desk.rows()[0].rstrip().endswith(body)


@pytest.mark.parametrize("body", ["", "a", "\n\n", "世"])
async def test_the_smallest_texts_work(body: str) -> None:
    async with desk_of(Text("t", "", "", "", body, passages(body, furniture=False))) as desk:
        for motion in (
            "char_right",
            "word_next",
            "line_down",
            "page_down",
            "text_end",
            "sentence_back",
            "line_end",
        ):
            desk.left.move(motion)
            assert desk.left.cursor == 0
        for mode in ("select", "select passages"):
            desk.left.select(mode)  # type: ignore[arg-type]
            desk.left.grow_selection()
            desk.left.shrink_selection()
            desk.left.clear_selection()
        for name in ("is", "as", "ip", "ap", "iw", "aw", "ih"):
            desk.left.select_object(name)
        desk.left.target()
        await desk.snap_to_grapheme()
        desk.rows()


async def test_no_text_at_all_works() -> None:
    async with desk_of() as desk:
        desk.left.clear()
        await desk.snap_to_grapheme()
        assert desk.left.text is None
        assert not any(row.strip() for row in desk.rows())
        desk.left.move("word_next")


async def test_five_megabytes_in_one_line_open_at_any_place() -> None:
    body = "word " * 1_000_000
    body = body.strip()
    text = Text("t", "", "", "", body, (Passage(Span(0, len(body)), 1),))
    async with desk_of(text) as desk:
        desk.left.show(text, cursor=2_500_000)
        await desk.snap_to_grapheme()
        assert 0 <= desk.left.screen_row_of(2_500_000) < HEIGHT
        assert all("word word" in row for row in desk.rows())


async def test_the_rest_is_laid_out_without_moving_the_view() -> None:
    body = "\n\n".join([BODY] * 40)
    text = Text("t", "", "", "", body, passages(body, furniture=False))
    async with desk_of(text) as desk:
        pane, middle = desk.left, len(body) // 2
        pane.show(text, cursor=middle)  # laid out anew; no timer adds to it before something is awaited
        assert not pane._view.has_rows_ready
        before, place, row = desk.rows(), pane.place, pane.row_of(middle)
        while not pane._view.has_rows_ready:
            pane._grow()
        assert (desk.rows(), pane.place, pane.row_of(middle)) == (before, place, row)
        assert pane.row_of(0) < 0, "rows above have numbers before those that were there first"
        pane.move("line_down")
        assert desk.rows() == before, "still the same rows in view"


async def test_jumping_beyond_what_is_laid_out() -> None:
    body = "\n\n".join([BODY] * 40)
    text = Text("t", "", "", "", body, passages(body, furniture=False))
    async with desk_of(text) as desk:
        for motion in ("text_end", "text_start", "text_end", "page_up", "line_up"):
            desk.left.move(motion)
            await desk.snap_to_grapheme()
            assert 0 <= desk.left.screen_row_of(desk.left.cursor) < HEIGHT
            assert any(row.strip() for row in desk.rows())


async def test_a_selection_goes_on_from_its_edge_however_far_the_view_is() -> None:
    body = "\n\n".join([BODY] * 40)
    text = Text("t", "", "", "", body, passages(body, furniture=False))
    for motion in ("line_down", "page_down", "word_next"):
        async with desk_of(text) as desk:
            desk.left.select("select")
            desk.left.reveal(len(body) // 2)
            desk.left.move(motion)
            await desk.snap_to_grapheme()
            assert desk.left.selection is not None
            assert desk.left.selection.start == 0
            assert 0 < desk.left.cursor < 4000
            assert 0 <= desk.left.screen_row_of(desk.left.cursor) < HEIGHT


async def test_the_theme_changes_the_colours_while_it_runs() -> None:
    async with desk_of() as desk:
        dark = desk.left.palette
        desk.app.theme = "textual-light"
        await desk.snap_to_grapheme()
        assert desk.left.palette.background != dark.background
        ground = desk.left.palette.background
        segment = list(desk.left.render_lines(Region(0, 0, *desk.left.size))[5])[-1]
        assert segment.style is not None
        assert segment.style.bgcolor is not None
        assert segment.style.bgcolor.name == ground
        desk.left.set_palette(LIGHT)
        assert desk.left.palette is LIGHT


async def test_an_app_without_colours_has_panes_without(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Panes, "palette_for", lambda app, theme: NO_COLOUR, raising=False)
    async with desk_of() as desk:
        desk.left.put_mark(Mark(1, (Span(0, 20),), "green", "G"))
        segments = [each for row in desk.left.render_lines(Region(0, 0, *desk.left.size)) for each in row]
        assert "Passage" in "".join(each.text for each in segments)
        assert all(each.style is not None for each in segments)
        assert {(each.style.color, each.style.bgcolor) for each in segments if each.style} == {(None, None)}


async def test_the_cursor_of_the_other_pane_is_hollow() -> None:
    async with desk_of() as desk:

        def styles(pane: TextPane) -> set[object]:
            return {segment.style for segment in pane.render_lines(Region(0, 0, *pane.size))[0]}

        here, away = (
            style(desk.left.palette, StyleFlags(cursor=True)),
            style(desk.left.palette, StyleFlags(away=True)),
        )
        assert here in styles(desk.left)
        assert away in styles(desk.right)
        desk.right.focus()
        await desk.snap_to_grapheme()
        assert away in styles(desk.left)
        assert here in styles(desk.right)


async def test_labels_are_offered_for_the_sentences_in_view() -> None:
    async with desk_of() as desk:
        offsets = desk.left.visible_sentences()
        assert offsets[:3] == [0, BODY.index("It goes"), BODY.index("The third")]
        assert all(0 <= desk.left.screen_row_of(offset) < HEIGHT for offset in offsets)


async def test_focus_dims_all_but_the_current_passage() -> None:
    async with desk_of() as desk:
        desk.left.focus_dim = True
        await desk.snap_to_grapheme()
        dim = style(desk.left.palette, StyleFlags(dim=True))

        def dim_rows() -> set[int]:
            strips = desk.left.render_lines(Region(0, 0, *desk.left.size))
            return {row for row, strip in enumerate(strips) if dim in {segment.style for segment in strip}}

        first, second = desk.left.screen_row_of_passage(1), desk.left.screen_row_of_passage(2)
        assert first not in dim_rows()
        assert second in dim_rows()
        desk.left.move("passage_next")
        await desk.snap_to_grapheme()
        assert first in dim_rows()
        assert second not in dim_rows()
