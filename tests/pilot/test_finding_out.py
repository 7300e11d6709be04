"""Finding out what can be done: the first start, the tutorial, the help where one is, what can follow."""

from texts.articles import tutorial
from tui.app import ReaderApp
from tui.desk.next_keys import show_next_keys
from tui.session import Session
from tui.settings import Settings


async def test_a_first_start_shows_five_keys_until_something_is_done(library) -> None:
    for shown in (True, False):
        session = Session(library, "tester")
        app = ReaderApp(session, Settings("tester"), welcome=True)
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            welcome = app.desk.context.overlays.first_keys
            assert welcome.display is shown
            await pilot.press("j", "tab")
            assert welcome.display is shown
            await pilot.press("enter")
            assert not welcome.display
        session.close()


async def test_other_libraries_start_without_a_word(open_desk) -> None:
    async with open_desk() as reader:
        assert not reader.desk.context.overlays.first_keys.display


async def test_the_tutorial_is_a_text_that_comes_when_it_is_asked_for(open_desk) -> None:
    async with open_desk() as reader:
        assert [each.slug for each in reader.app.session.library.texts.list()] == ["analysis", "editorial"]
        await reader.press("space d")
        await reader.write("tutorial")
        await reader.press("enter")
        await reader.related()
        assert reader.desk.active.text.body == tutorial().body
        await reader.press("5 G enter")
        assert reader.highlights()[0].text == "tutorial"
        await reader.press("tab :")
        await reader.write("tutorial")
        await reader.press("enter")
        await reader.related()
        assert [side.slug for side in reader.desk.sides] == ["tutorial", "tutorial"]
        assert len(reader.app.session.library.texts.list()) == 3


async def test_the_tutorial_speaks_of_nothing_that_the_articles_speak_of(open_desk) -> None:
    async with open_desk() as reader:
        await reader.press(":")
        await reader.write("tutorial")
        await reader.press("enter")
        await reader.related()
        assert reader.desk.context.view_from(reader.desk.sides[0]).pairs() == []
        await reader.press("/")
        await reader.write("Sistani")
        await reader.press("enter")
        assert {hit.text for hit in reader.desk.context.state.search.hits} == {"analysis"}


PLACES = (
    ("2 G", "here: ¶2 of A chance in Baghdad", "gr"),
    ("2 G enter", "here: on a highlight, no tag", "dd"),
    ("2 G v", "here: selecting", "is"),
    ("2 G enter g e", "here: choosing the place of a highlight", "Enter"),
    ("/ I r a n enter", "of A chance in Baghdad", "n "),
)
"""How to get somewhere, how the help begins there, and a key that it names first."""


async def test_help_begins_with_what_can_be_done_here(open_desk) -> None:
    async with open_desk() as reader:
        for presses, here, shows in PLACES:
            await reader.press(f"{presses} ?")
            words = reader.app.screen.words.plain
            assert here in words.splitlines()[0]
            assert shows in words.partition("\n\n")[0]
            await reader.press("escape escape escape")
            if reader.highlights():
                await reader.press("u")


async def test_help_offers_to_follow_a_link_only_where_there_is_one(open_desk) -> None:
    async def offered(reader) -> str:
        await reader.press("?")
        words = reader.app.screen.words.plain.partition("\n\n")[0]
        await reader.press("escape")
        return words

    async with open_desk() as reader:
        await reader.press("enter")
        assert "delete a link" not in await offered(reader)
        await reader.press("p tab p escape tab")
        assert reader.app.session.library.links.list()
        assert "delete a link" in await offered(reader)


async def test_help_in_the_related_list_says_what_can_be_done_there(open_desk) -> None:
    async with open_desk() as reader:
        await reader.related()
        await reader.press("9 G g r ?")
        assert "in the list of related passages" in reader.app.screen.words.plain
        await reader.press("escape")
        assert reader.desk.query_one("#related").display


CAN_FOLLOW = {
    "space": ("a", "t", "d", "'"),
    "g": ("r", "g", "p", "/"),
    "z": ("z", "s", "="),
    "]": ("h", "n", "l", "r", "o", "j"),
    "[": ("h", "n", "l", "r", "o", "j"),
    "ctrl+w": ("h", "l", "x", "o", "="),
    "d": ("d", "p"),
    "H": ("1  claim",),
    "'": ("q  A chance in Baghdad ¶2",),
    "m": ("q  A chance in Baghdad ¶2",),
}
"""What a pause shows after each of these, where there are a tag and a remembered place."""


async def test_a_pause_shows_all_that_can_follow(open_desk) -> None:
    async with open_desk((80, 24)) as reader:
        await reader.press("2 G m q t")
        await reader.write("claim")
        await reader.press("enter")
        follows = reader.desk.context.overlays.next_keys
        for presses, can_follow in CAN_FOLLOW.items():
            await reader.press(presses)
            show_next_keys(reader.desk.context)
            assert follows.display
            shown = [" ".join(row.split()) for row in str(follows.render()).splitlines()]
            for each in can_follow:
                assert any(f"{' '.join(each.split())} " in f"{row} " for row in shown), (presses, each, shown)
            assert not any("…" in row for row in shown), shown
            await reader.press("escape")
            assert not follows.display


async def test_leaving_stands_first_in_the_help_and_last_among_the_first_keys(library) -> None:
    session = Session(library, "tester")
    try:
        app = ReaderApp(session, Settings("tester"), welcome=True)
        async with app.run_test(size=(60, 20)) as pilot:
            await pilot.pause()
            assert "q  leave" in str(app.desk.context.overlays.first_keys.render())
            await pilot.press("question_mark")
            await pilot.pause()
            (page,) = app.screen.query("Static")
            lines = str(page.render()).splitlines()
            assert lines[1].split() == ["q", "quit:", "every", "act", "is", "already"]
            words = lines[1].index("quit")
            assert all(line[:words].strip() or line[words:].strip() for line in lines[1:10])
            assert lines[2][:words].strip() == "", "what goes on below stands below itself"
    finally:
        session.close()


async def test_the_keys_of_the_moment_are_those_of_the_place(open_desk) -> None:
    async with open_desk((120, 40)) as reader:
        await reader.press("5 G z ?")
        hints = reader.desk.context.overlays.hints
        assert hints.words.startswith("Enter mark · t tag")
        await reader.press("enter")
        assert hints.words.startswith("K card")
        await reader.press("v i s")
        assert "1 to 9 quick tag" in hints.words
    async with open_desk((120, 40)) as reader:
        assert reader.desk.context.overlays.hints.display
