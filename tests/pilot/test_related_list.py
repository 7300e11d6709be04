"""The list of related passages: what its rows show, and what is done with them."""


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
