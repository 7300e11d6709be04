"""Lists are tables: in columns, sorted by a key, counted, explained, with a preview."""

from __future__ import annotations

from tui.dialogs.picker import Picker
from tui.dialogs.small_dialogs import Page


def rows(reader) -> list[str]:
    options = reader.app.screen.query_one("#list")
    return [str(options.get_option_at_index(at).prompt) for at in range(options.option_count)]


async def test_pairs_show_both_sides_with_evidence(open_desk) -> None:
    async with open_desk((120, 40)) as reader:
        await reader.related()
        await reader.press("g R")
        assert isinstance(reader.app.screen, Picker)
        found = reader.desk.context.view_from(reader.desk.sides[0]).pairs()
        assert str(reader.app.screen.query_one("#frame").border_subtitle) == str(len(found))
        scores = [int(row.split()[0]) for row in rows(reader)]
        assert scores == sorted(scores, reverse=True)
        assert len({len(row) for row in rows(reader)}) == 1
        await reader.press("ctrl+o ctrl+o")
        numbers = [int(row.split()[1]) for row in rows(reader)]
        assert numbers == sorted(numbers)
        assert "¶ ▾" in str(reader.app.screen.query_one("#headings").render())


async def test_a_question_mark_explains_and_is_a_letter_behind_others(open_desk) -> None:
    async with open_desk((120, 40)) as reader:
        await reader.press("9 G enter space a ?")
        assert isinstance(reader.app.screen, Page)
        await reader.press("escape w ?")
        assert reader.app.screen.query_one("#typed").value == "w?"


async def test_highlights_in_columns(open_desk) -> None:
    async with open_desk((120, 40)) as reader:
        await reader.press("9 G ! space a")
        (row,) = rows(reader)
        assert row.split()[:2] == ["9", "1"]
        assert "★" in row
        assert "tester" in row
        await reader.write("wxyz")
        assert str(reader.app.screen.query_one("#frame").border_subtitle) == "0 of 1"


async def test_the_list_of_tags_leaves_what_is_tagged_in_sight(open_desk) -> None:
    async with open_desk((120, 40)) as reader:
        await reader.press("1 2 G z b t")
        pane = reader.desk.active.pane
        row = pane.region.y + pane.screen_row_of(pane.cursor)
        assert row < reader.app.screen.query_one("#frame").region.y
        await reader.press("escape")
        assert pane.region.y + pane.screen_row_of(pane.cursor) > row


async def test_lists_whose_usual_key_is_taken_are_sorted_by_another(open_desk) -> None:
    async with open_desk((120, 40)) as reader:
        await reader.press("space d ctrl+y ctrl+y ctrl+y")
        words = [int(row.split("·")[0].split()[-2]) for row in rows(reader) if "Tutorial" not in row]
        assert words == sorted(words)
        await reader.press("ctrl+y ctrl+y")
        assert "▾" not in str(reader.app.screen.query_one("#headings").render())
