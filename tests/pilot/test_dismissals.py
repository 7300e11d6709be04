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
