"""The one picker: what Enter means for a new name, many tags at once, and the last list again."""

from store.library import Library


async def tag(reader, name: str, presses: str = "t") -> None:
    await reader.press(presses)
    await reader.write(name)
    await reader.press("enter")


TYPED = (
    ("claim", ("claim",)),
    ("cla", ("claim",)),
    ("mal", ("actor/maliki",)),
    ("actor/mal", ("actor/maliki",)),
    ("claims", ("claims",)),
    ("clain", ("clain",)),
    ("actor", ("actor/maliki",)),
    ("actor/malik2", ("actor/malik2",)),
    ("laim", ("laim",)),
)
"""What is typed where the tags are `claim` and `actor/maliki`, and the tags that Enter then puts on."""


async def test_what_begins_an_old_tag_means_it_and_all_else_is_new(open_desk) -> None:
    async with open_desk() as reader:
        await tag(reader, "claim", "2 G t")
        await tag(reader, "actor/maliki", "3 G t")
        for typed, tags in TYPED:
            await tag(reader, typed, "4 G t")
            assert reader.highlights()[2].tags == tags
            await reader.press("u")


async def test_a_name_that_begins_an_old_tag_can_still_be_new(open_desk) -> None:
    async with open_desk() as reader:
        await tag(reader, "claims", "2 G t")
        await reader.press("3 G t")
        await reader.write("claim")
        await reader.press("down enter")
        assert reader.highlights()[1].tags == ("claim",)


async def test_what_is_nearly_a_text_means_that_text(open_desk) -> None:
    async with open_desk() as reader:
        await reader.press("space d")
        await reader.write("anlaysis")
        await reader.press("enter")
        await reader.settled()
        assert reader.desk.active.slug == "analysis"


async def test_several_tags_are_put_on_in_one_act_and_repeated(open_desk) -> None:
    async with open_desk() as reader:
        await tag(reader, "claim", "2 G t")
        await tag(reader, "doubt", "3 G t")
        await reader.press("5 G t ctrl+a enter 6 G .")
        assert [each.tags for each in reader.highlights()[2:]] == [("claim", "doubt")] * 2
        await reader.press("2 G t ctrl+a enter")
        assert reader.highlights()[0].tags == ("claim", "doubt")
        await reader.press("u")
        assert reader.highlights()[0].tags == ("claim",)


async def test_the_last_list_opens_again_as_it_was_left(open_desk) -> None:
    async with open_desk() as reader:
        await reader.press("space '")
        assert "no list has been opened yet" in reader.status
        await tag(reader, "claim", "2 G t")
        await tag(reader, "claim", "4 G t")
        await reader.press("space a")
        await reader.write("claim")
        await reader.press("down enter")
        gone_to = reader.desk.active.passage_number()
        for _ in range(2):
            await reader.press("G space '")
            assert reader.app.screen.typed == "claim"
            await reader.press("enter")
            assert reader.desk.active.passage_number() == gone_to


async def test_all_related_passages_are_listed_and_gone_to(open_desk) -> None:
    async with open_desk() as reader:
        await reader.related()
        await reader.press("g R")
        await reader.write("Sistani")
        await reader.press("enter")
        assert reader.desk.active.passage_number() == 9
        rows = (
            reader.desk.sides[0].pane.screen_row_of_passage(9),
            reader.desk.sides[1].pane.screen_row_of_passage(6),
        )
        assert rows[0] == rows[1] is not None


async def test_a_new_tag_goes_along_with_those_that_are_ticked(open_desk) -> None:
    async with open_desk() as reader:
        await tag(reader, "claim", "2 G t")
        await tag(reader, "doubt", "3 G t")
        await reader.press("5 G t ctrl+a")
        await reader.write("fresh")
        await reader.press("enter")
        assert reader.highlights()[2].tags == ("claim", "doubt", "fresh")


async def test_a_digit_without_tags_says_how_a_tag_is_made(open_desk, library) -> None:
    with Library.open(library) as other:
        for tag in other.codebook.list():
            other.codebook.delete(tag.path)
    async with open_desk() as reader:
        await reader.press("H 1")
        assert "no quick tag 1 yet: t makes a tag" in reader.status
        await reader.press("t")
        await reader.write("claim")
        await reader.press("enter j H 2")
        assert "no quick tag 2 yet: Space t chooses them" in reader.status


async def test_what_is_tagged_stands_above_the_list_and_the_text_goes_back_when_that_is_left(
    open_desk,
) -> None:
    async with open_desk((120, 40)) as reader:
        await reader.press("9 G z b")
        pane = reader.desk.active.pane
        before, row = pane.place, pane.screen_row_of(pane.cursor)
        assert row > 20
        await reader.press("t")
        assert pane.screen_row_of(pane.cursor) < 10
        assert pane.place > before
        await reader.press("escape")
        assert (pane.place, pane.screen_row_of(pane.cursor)) == (before, row)
        await reader.press("z t")
        above = pane.place
        await reader.press("t")
        assert pane.place == above, "it is in sight already"
