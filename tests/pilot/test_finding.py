"""Finding at the desk: as you type, in both texts, from hit to hit."""

from pathlib import Path

from store.library import Library
from tui.desk.commands.search_commands import SearchPrompt
from tui.desk.open_texts import open_in


async def test_a_misspelt_name_is_found_in_both_texts_as_it_is_typed(open_desk) -> None:
    async with open_desk() as reader:
        await reader.press("/")
        await reader.write("systani")
        assert [len(side.hits) for side in reader.desk.sides] == [1, 1]
        assert reader.desk.active.passage_number() == 1, "the cursor moves only when Enter is pressed"
        await reader.press("enter")
        assert reader.desk.active.passage_number() == 9
        await reader.press("tab n")
        assert reader.desk.active.passage_number() == 6


async def test_escape_leaves_the_reader_where_they_were(open_desk) -> None:
    async with open_desk() as reader:
        await reader.press("4 G /")
        await reader.write("iran")
        await reader.press("escape")
        assert reader.desk.active.passage_number() == 4
        assert reader.desk.active.hits == []


async def test_n_goes_round_and_shift_n_goes_back(open_desk) -> None:
    async with open_desk() as reader:
        await reader.press("/")
        await reader.write("Mosul")
        await reader.press("enter")
        left, right = reader.desk.sides
        hits = [*((left, span.start) for span in left.hits), *((right, span.start) for span in right.hits)]
        assert len(left.hits) > 1
        assert right.hits

        def here() -> tuple[object, int]:
            return reader.desk.active, reader.desk.active.pane.cursor

        seen = [here()]
        for _ in hits:
            await reader.press("n")
            seen.append(here())
        assert seen == [*hits, hits[0]], "through both panes, and round"
        await reader.press("N")
        assert here() == hits[-1]
        await reader.press("N")
        assert here() == hits[-2]
        await reader.press(f"{len(hits)} n")
        assert here() == hits[-2]


async def test_n_stays_in_a_pane_that_is_alone_in_sight_or_selecting(open_desk) -> None:
    async with open_desk() as reader:
        await reader.press("/")
        await reader.write("Mosul")
        await reader.press("enter")
        left, _ = reader.desk.sides
        for keys in ("Z", "Z v"):
            await reader.press(keys)
            for _ in range(len(left.hits) + 1):
                await reader.press("n")
                assert reader.desk.active is left


async def test_tab_turns_the_way_of_finding(open_desk) -> None:
    async with open_desk() as reader:
        await reader.press("/")
        await reader.write("systani")
        await reader.press("tab")
        assert reader.desk.context.own(SearchPrompt).mode == "exact"
        assert reader.desk.context.state.search.hits == ()
        await reader.press("tab tab")
        assert reader.desk.context.own(SearchPrompt).mode == "regex"


async def test_a_broken_regex_is_told_and_harms_nothing(open_desk) -> None:
    async with open_desk() as reader:
        await reader.press("/ tab tab tab")
        await reader.write("(")
        await reader.press("enter")
        assert reader.desk.context.state.search.hits == ()
        assert "not a regular expression that can be searched for" in reader.status


async def test_the_word_at_the_cursor_is_found_in_both_texts(open_desk) -> None:
    async with open_desk() as reader:
        await reader.press("/")
        await reader.write("Maliki")
        await reader.press("enter escape *")
        assert all(side.hits for side in reader.desk.sides)


async def test_the_concordance_goes_to_what_is_picked(open_desk) -> None:
    async with open_desk() as reader:
        await reader.press("/")
        await reader.write("sistani")
        await reader.press("enter g / down enter")
        assert reader.desk.active.slug == "analysis"
        assert reader.desk.active.passage_number() == 6


async def test_furniture_is_never_found(open_desk) -> None:
    async with open_desk() as reader:
        await reader.press("/")
        await reader.write("newsletter")
        assert [len(side.hits) for side in reader.desk.sides] == [0, 0]


async def test_a_joined_name_is_found_by_its_other_spelling(open_desk) -> None:
    async with open_desk() as reader:
        await reader.press("slash")
        await reader.write("Zzyzx")
        await reader.press("enter")
        assert reader.desk.context.state.search.hits == ()
        reader.app.session.write(
            lambda library: library.name_rules.join("Zzyzx", "Sistani"), lambda _: None, lambda problem: None
        )
        await reader.settled()
        await reader.press("slash")
        await reader.write("Zzyzx")
        await reader.press("enter")
        assert {hit.text for hit in reader.desk.context.state.search.hits} == {"editorial", "analysis"}


async def test_the_same_text_in_both_panes_is_counted_once(open_desk) -> None:
    async with open_desk() as reader:
        open_in(reader.desk.context, reader.desk.sides[1], "editorial")
        await reader.press("4 G asterisk")
        assert reader.status.count("in A chance in Baghdad") == 1


async def test_texts_without_an_index_are_indexed_soon_after_they_are_seen(open_desk, library: Path) -> None:
    with Library.open(library, reader="tester") as opened:
        opened.connection.execute("DELETE FROM search_index")
    async with open_desk() as reader:
        connection = reader.desk.session.library.connection
        await reader.until(lambda: connection.value("SELECT count(*) FROM search_index") == 2)
