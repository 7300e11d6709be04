"""Tagging the hits of a search from the concordance."""


async def find(reader, words: str) -> int:
    await reader.press("/")
    await reader.write(words)
    await reader.press("enter g /")
    return len(reader.app.screen.choices)


async def test_all_hits_of_both_texts_are_tagged_in_one_act(open_desk) -> None:
    async with open_desk() as reader:
        count = await find(reader, "Maliki")
        await reader.press("ctrl+t")
        await reader.write("actor/maliki")
        await reader.press("enter")
        found = reader.highlights()
        assert len(found) == count > 2
        assert {each.text for each in found} == {"editorial", "analysis"}
        assert all(each.tags == ("actor/maliki",) for each in found)
        assert all(reader.marks(side) for side in (0, 1))
        assert f"{count} hits" in reader.status
        await reader.press("u")
        assert reader.highlights() == []


async def test_only_what_is_ticked_is_tagged(open_desk) -> None:
    async with open_desk() as reader:
        await find(reader, "Maliki")
        await reader.press("tab down tab ctrl+t")
        await reader.write("some")
        await reader.press("enter")
        assert len(reader.highlights()) == 2


async def test_ctrl_a_ticks_all_that_is_listed_and_unticking_leaves_some_out(open_desk) -> None:
    async with open_desk() as reader:
        count = await find(reader, "Maliki")
        await reader.press("ctrl+a tab ctrl+t")
        await reader.write("most")
        await reader.press("enter")
        assert len(reader.highlights()) == count - 1


async def test_ctrl_a_twice_ticks_nothing(open_desk) -> None:
    async with open_desk() as reader:
        await find(reader, "Maliki")
        await reader.press("ctrl+a ctrl+a")
        assert reader.app.screen.ticked == {}


async def test_narrowing_leaves_hits_out(open_desk) -> None:
    async with open_desk() as reader:
        count = await find(reader, "Maliki")
        await reader.write("analysis")
        await reader.press("ctrl+t")
        await reader.write("actor")
        await reader.press("enter")
        assert {each.text for each in reader.highlights()} == {"analysis"}
        assert 0 < len(reader.highlights()) < count
