"""Where two readers disagree, walked through on the desk."""

from __future__ import annotations

import pytest
from textual.widgets import OptionList

from store.library import Library
from texts.languages.sentences import sentences
from tui.desk.acts import write


def put(library, reader: str, *marks: tuple[str, int, str]) -> None:
    """A reader highlights first sentences: of which text and passage, with which tag."""
    with Library.open(library, reader=reader) as opened:
        for slug, number, tag in marks:
            text = opened.texts.get(slug)
            sentence = sentences(text.body, text.passage(number).span)[0]
            opened.highlights.mark(slug, sentence, tags=[tag])


@pytest.fixture
def two(library):
    """Ana and Ben agree on ¶2 of the editorial, not on ¶3, and not on ¶5 of the analysis."""
    put(library, "ana", ("editorial", 2, "claim"), ("editorial", 3, "claim"), ("analysis", 4, "claim"))
    put(library, "ben", ("editorial", 2, "claim"), ("editorial", 3, "doubt"), ("analysis", 4, "claim"))
    put(library, "ben", ("analysis", 5, "doubt"))
    return library


def listed(reader) -> list[str]:
    return [choice.detail for choice in reader.app.screen.choices]


async def test_the_places_are_listed_with_what_either_says(two, open_desk) -> None:
    async with open_desk() as reader:
        await reader.press("space y")
        assert listed(reader) == [
            "Arm’s length, still · ana: – · ben: doubt",
            "A chance in Baghdad · ana: claim · ben: doubt",
        ]
        assert "ana and ben disagree in 2 places, α" in reader.app.screen.heading
        rows = reader.app.screen.query_one(OptionList)
        first = str(rows.get_option_at_index(0).prompt)
        assert first.startswith("   5 Arm’s length"), "numbers stand at the right of their column"
        preview = str(reader.app.screen.query_one("#preview").render())
        assert "doubt" in preview


async def test_enter_goes_there_and_the_list_opens_where_it_was_left(two, open_desk) -> None:
    async with open_desk() as reader:
        await reader.press("space y down enter")
        side = reader.desk.active
        assert (side.slug, side.passage_number()) == ("editorial", 3)
        assert side.pane.cursor == side.text.passage(3).span.start
        assert "ana: claim · ben: doubt" in reader.status
        await reader.press("space ' up enter")
        assert (reader.desk.active.slug, reader.desk.active.passage_number()) == ("analysis", 5)


async def test_what_is_settled_is_no_longer_listed(two, open_desk) -> None:
    async with open_desk() as reader:
        session = reader.app.session
        (doubt,) = session.library.highlights.find(text="analysis", tag="doubt")
        write(reader.desk.context, lambda library: library.highlights.delete([doubt.id]))
        await reader.settled()
        await reader.press("space y")
        assert listed(reader) == ["A chance in Baghdad · ana: claim · ben: doubt"]


async def test_with_more_readers_it_asks_which_and_remembers(two, open_desk) -> None:
    put(two, "zoe", ("editorial", 2, "claim"))
    async with open_desk() as reader:
        await reader.press("space y")
        assert [choice.label for choice in reader.app.screen.choices] == [
            "ana and ben",
            "ana and zoe",
            "ben and zoe",
        ]
        await reader.press("down enter")
        assert listed(reader) == ["A chance in Baghdad · ana: claim · zoe: –"]
        await reader.press("escape space y")
        assert "ana and zoe" in reader.app.screen.heading
        await reader.press("ctrl+o enter")
        assert "ana and ben" in reader.app.screen.heading


async def test_a_reader_alone_is_told_how_another_comes_in(library, open_desk) -> None:
    async with open_desk() as reader:
        await reader.press("space y")
        assert "nobody has marked anything: tui import" in reader.status
        put(library, "ana", ("editorial", 2, "claim"))
        await reader.press("space y")
        assert "only ana has marked anything: tui import" in reader.status


async def test_readers_of_different_texts_have_nothing_to_compare(library, open_desk) -> None:
    put(library, "ana", ("editorial", 2, "claim"))
    put(library, "ben", ("analysis", 2, "claim"))
    async with open_desk() as reader:
        await reader.press("space y")
        assert "nothing in the same text" in reader.app.screen.when_empty


async def test_hostile_names_and_tags_are_shown_harmless(library, open_desk) -> None:
    put(library, "[b]eve[/b]", ("editorial", 2, "[red]claim"))
    put(library, "ana", ("editorial", 3, "claim"))
    async with open_desk() as reader:
        await reader.press("space y")
        assert "[b]eve[/b]" in listed(reader)[0]
        await reader.press("enter")
        assert "[b]eve[/b]: [red]claim" in reader.status
