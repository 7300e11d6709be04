"""Dismissed suggestions: listed, gone to, and taken back."""


async def dismiss(reader) -> None:
    await reader.related()
    await reader.press("9 G g r x escape")


async def test_a_dismissed_pair_is_listed_and_taken_back(open_desk) -> None:
    async with open_desk() as reader:
        await dismiss(reader)
        library = reader.app.session.library
        (dismissed,) = library.links.dismissed()
        await reader.press("space r")
        (choice,) = reader.app.screen.choices
        assert choice.cells[0] == "9"
        await reader.press("delete")
        assert library.links.dismissed() == []
        assert reader.desk.context.state.relations.dismissed == set(), "it is suggested again at once"
        await reader.press("u")
        assert library.links.dismissed() == [dismissed]


async def test_enter_goes_to_both_places(open_desk) -> None:
    async with open_desk() as reader:
        await dismiss(reader)
        (dismissed,) = reader.app.session.library.links.dismissed("editorial", "analysis")
        await reader.press("g g tab g g tab space r enter")
        assert reader.desk.active.slug == "editorial"
        assert [side.pane.cursor for side in reader.desk.sides] == [
            dismissed.left_span.start,
            dismissed.right_span.start,
        ]


async def test_with_nothing_dismissed_the_list_says_how(open_desk) -> None:
    async with open_desk() as reader:
        await reader.press("space r")
        assert "gr" in reader.app.screen.when_empty


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
