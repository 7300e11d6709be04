"""The list of related passages: what its rows show, and what is done with them."""

from __future__ import annotations

from panes import underlined

from store.library import Library
from texts.model import Span
from tui.desk.pair_view import LEAST_LISTED


async def test_after_a_dismissal_the_next_one_is_shown_and_after_the_last_the_list_goes(open_desk) -> None:
    async with open_desk() as reader:
        await reader.related()
        await reader.press("9 G g r")
        listed, far = reader.desk.query_one("#related"), reader.desk.other
        first = listed.row.number
        await reader.press("x")
        assert listed.row.number != first
        assert far.pane._overlay.emphasized == far.text.passage(listed.row.number).span
        while listed.display:
            await reader.press("x")
        assert reader.app.focused is reader.desk.active.pane
        assert "will not be suggested again" in reader.status


async def test_what_is_linked_is_shown_as_linked(open_desk) -> None:
    async with open_desk() as reader:
        await reader.related()
        await reader.press("9 G g r")
        listed = reader.desk.query_one("#related")
        assert not listed.row.linked
        await reader.press("l")
        assert listed.row.linked
        assert "⇄" in str(listed.query_one("#rows").get_option_at_index(0).prompt)


async def test_the_list_takes_no_more_rows_than_it_has(open_desk) -> None:
    async with open_desk() as reader:
        await reader.related()
        await reader.press("9 G g r")
        listed = reader.desk.query_one("#related")
        rows = listed.query_one("#rows")
        assert rows.size.height == rows.option_count + 1 < 9, "and the line above what is less sure"


async def test_the_list_says_of_what_kind_a_link_is(open_desk) -> None:
    async with open_desk() as reader:
        await reader.related()
        await reader.press("9 G g r l")
        assert "linked: same; P says otherwise" in reader.status
        await reader.press("P")
        await reader.write("contra")
        await reader.press("enter")
        library = reader.app.session.library
        assert [link.kind for link in library.links.list()] == ["contradicts"]
        assert "linked: contradicts" in reader.status
        assert reader.desk.query_one("#related").display, "the list stays for the next one"
        await reader.press("escape u")
        assert [link.kind for link in library.links.list()] == ["same"]


async def test_a_row_without_a_link_has_no_kind(open_desk) -> None:
    async with open_desk() as reader:
        await reader.related()
        await reader.press("9 G g r P")
        assert "no link is here: l makes one" in reader.status
        assert reader.app.screen is reader.desk


async def test_of_several_links_the_newest_is_meant(open_desk) -> None:
    async with open_desk() as reader:
        await reader.related()
        await reader.press("9 G g r l escape w w w w v w g r l P")
        await reader.write("answers")
        await reader.press("enter")
        library = reader.app.session.library
        assert [link.kind for link in library.links.list()] == ["same", "answers"]


async def test_rows_show_the_sentence_and_underline_what_speaks_for_it(open_desk) -> None:
    async with open_desk() as reader:
        await reader.related()
        near, far = reader.desk.sides
        view = reader.desk.context.view_from(near)
        listed = reader.desk.query_one("#related")
        seen = 0
        for number in (2, 7, 9):
            await reader.press(f"{number} G g r")
            sure = [row.score for row in listed.rows if row.is_sure]
            assert sure == sorted(sure, reverse=True)
            for row in listed.rows:
                assert row.words == far.text.quote(row.sentence)
                assert not row.by_meaning, "words speak for it"
                told = {
                    far.text.quote(Span(max(span.start, row.sentence.start), min(span.end, row.sentence.end)))
                    for span in view.evidence(number, row.number)[1]
                    if span.overlaps(row.sentence)
                }
                assert {row.words[span.start : span.end] for span in row.underlined} == told
                seen += len(told)
            assert underlined(near.pane)
            assert underlined(far.pane)
            await reader.press("escape")
        assert seen


async def test_a_list_with_few_rows_is_filled_up_and_a_long_one_cut(open_desk) -> None:
    async with open_desk() as reader:
        await reader.related()
        listed = reader.desk.query_one("#related")
        filled = 0
        for number in (2, 7, 8, 9, 16, 18):
            await reader.press(" ".join(str(number)) + " G v i p g r")
            likely = [row for row in listed.rows if row.score >= LEAST_LISTED]
            assert 0 < len(likely) <= 12
            assert len(listed.rows) == len(likely) or len(likely) < len(listed.rows) <= 4
            filled += len(listed.rows) - len(likely)
            await reader.press("escape escape")
        assert filled, "some had fewer than four"


async def test_a_link_is_shown_again_from_either_side(open_desk) -> None:
    async with open_desk() as reader:
        await reader.related()
        await reader.press("9 G g r l")
        listed = reader.desk.query_one("#related")
        number = listed.row.number
        await reader.press("escape g r")
        assert [row.number for row in listed.rows if row.linked] == [number]
        await reader.press("escape ctrl+w l " + " ".join(str(number)) + " G g r")
        assert [row.number for row in listed.rows if row.linked] == [9]


async def test_leaving_the_list_leaves_the_other_text_where_it_was(open_desk) -> None:
    async with open_desk(size=(120, 20)) as reader:
        await reader.related()
        await reader.press("9 G")
        near, far = reader.desk.sides
        far.pane.reveal(far.text.passage(2).span.start, "top")
        place = far.pane.place
        await reader.press("g r")
        assert far.pane.place != place
        await reader.press("j escape")
        assert far.pane.place == place
        assert (underlined(near.pane), underlined(far.pane)) == ("", "")


async def test_a_text_beside_itself_is_not_answered_by_what_stands_around_a_place(open_desk, library) -> None:
    with Library.open(library) as twice:
        twice.ui_state.put("desk.pair", ["editorial", "editorial"])
    async with open_desk() as reader:
        await reader.related()
        listed = reader.desk.query_one("#related")
        seen = 0
        for number in (2, 9, 16):
            await reader.press(" ".join(str(number)) + " G v i p g r")
            assert all(abs(row.number - number) > 2 for row in listed.rows if listed.display)
            seen += len(listed.rows) if listed.display else 0
            await reader.press("escape escape")
        assert seen
