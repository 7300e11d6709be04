"""Finding out what can be done: the first start, the tutorial, the help where one is, what can follow."""

from texts.articles import tutorial
from tui.app import ReaderApp
from tui.session import Session
from tui.settings import Settings


async def test_a_first_start_shows_five_keys_until_something_is_done(library) -> None:
    for shown in (True, False):
        session = Session(library, "tester")
        app = ReaderApp(session, Settings("tester"), welcome=True)
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            welcome = app.desk.foot.first_keys
            assert welcome.display is shown
            await pilot.press("j", "tab")
            assert welcome.display is shown
            await pilot.press("enter")
            assert not welcome.display
        session.close()


async def test_other_libraries_start_without_a_word(open_desk) -> None:
    async with open_desk() as reader:
        assert not reader.desk.foot.first_keys.display


async def test_the_tutorial_is_a_text_that_comes_when_it_is_asked_for(open_desk) -> None:
    async with open_desk() as reader:
        assert [each.slug for each in reader.app.session.library.shelf.list()] == ["analysis", "editorial"]
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
        assert len(reader.app.session.library.shelf.list()) == 3


async def test_the_tutorial_speaks_of_nothing_that_the_articles_speak_of(open_desk) -> None:
    async with open_desk() as reader:
        await reader.press(":")
        await reader.write("tutorial")
        await reader.press("enter")
        await reader.related()
        assert reader.desk.relating.pairs() == []
        await reader.press("/")
        await reader.write("Sistani")
        await reader.press("enter")
        assert {hit.text for hit in reader.desk.finding.hits} == {"analysis"}


PLACES = (
    ("2 G", "here: ¶2 of editorial", "gr"),
    ("2 G enter", "here: on a highlight, no tag", "dd"),
    ("2 G v", "here: selecting", "is"),
    ("2 G enter g e", "here: choosing the place of a highlight", "Enter"),
    ("/ I r a n enter", "of editorial", "n "),
)
"""How to get somewhere, how the help begins there, and a key that it names first."""


async def test_help_begins_with_what_can_be_done_here(open_desk) -> None:
    async with open_desk() as reader:
        for presses, here, shows in PLACES:
            await reader.press(f"{presses} ?")
            words = reader.app.screen._words.plain
            assert here in words.splitlines()[0]
            assert shows in words.partition("\n\n")[0]
            await reader.press("escape escape escape")
            if reader.highlights():
                await reader.press("u")


async def test_help_in_the_related_list_says_what_can_be_done_there(open_desk) -> None:
    async with open_desk() as reader:
        await reader.related()
        await reader.press("9 G g r ?")
        assert "in the list of related passages" in reader.app.screen._words.plain
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
    "H": ("C  claim",),
    "'": ("q  editorial ¶2",),
    "m": ("q  editorial ¶2",),
}
"""What a pause shows after each of these, where there are a tag and a remembered place."""


async def test_a_pause_shows_all_that_can_follow(open_desk) -> None:
    async with open_desk((80, 24)) as reader:
        await reader.press("2 G m q t")
        await reader.write("claim")
        await reader.press("enter")
        follows = reader.desk.foot.follows
        for presses, can_follow in CAN_FOLLOW.items():
            await reader.press(presses)
            reader.desk.foot.show_follows()
            assert follows.display
            shown = [" ".join(row.split()) for row in str(follows.render()).splitlines()]
            for each in can_follow:
                assert any(f"{' '.join(each.split())} " in f"{row} " for row in shown), (presses, each, shown)
            assert not any("…" in row for row in shown)
            await reader.press("escape")
            assert not follows.display
