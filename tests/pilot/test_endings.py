"""How the desk begins with little and ends at any time."""

import signal

from store.library import Library
from tui.settings import Settings


async def test_the_settings_decide_on_keys_and_the_width_of_the_text(open_desk) -> None:
    settings = Settings(reader="tester", text_width=30, keys={"undo": ("X",)})
    async with open_desk(settings=settings) as reader:
        assert [side.pane.text_width for side in reader.desk.sides] == [30, 30]
        await reader.press("3 G enter u")
        assert len(reader.highlights()) == 1, "u is no longer undo"
        await reader.press("X")
        assert reader.highlights() == []


async def test_a_library_without_texts_says_what_to_do_and_can_be_left(open_desk, library) -> None:
    with Library.open(library) as emptied:
        for slug in ("editorial", "analysis"):
            emptied.texts.remove(slug)
    async with open_desk() as reader:
        assert "Space d" in reader.status
        await reader.press("j enter t escape g r slash escape")
        assert reader.highlights() == []
        await reader.press("space d escape q")


async def test_one_text_alone_is_read_and_marked(open_desk, library) -> None:
    with Library.open(library) as alone:
        alone.ui_state.put("desk.pair", ["editorial", ""])
    async with open_desk() as reader:
        assert not reader.desk.sides[1].pane.region
        await reader.press("3 G enter tab g r z s j")
        assert len(reader.highlights()) == 1


async def test_the_same_text_stands_in_both_panes(open_desk, library) -> None:
    with Library.open(library) as twice:
        twice.ui_state.put("desk.pair", ["editorial", "editorial"])
    async with open_desk() as reader:
        await reader.related()
        await reader.press("3 G enter")
        assert [len(reader.marks(side)) for side in (0, 1)] == [1, 1]
        await reader.press("tab 5 G g r escape")


async def test_a_signal_keeps_the_draft_and_the_place(open_desk) -> None:
    async with open_desk() as reader:
        await reader.press("4 G enter c")
        await reader.write("half a thou")
        reader.app._leave_on_signal(signal.SIGTERM)  # as `tui.leaving` has it done
        await reader.pilot.pause()
        await reader.pilot.pause()
    async with open_desk() as reader:
        assert reader.desk.active.passage_number() == 4
        await reader.press("c")
        await reader.until(lambda: reader.app.screen.query_one("#note").text == "half a thou")


async def test_places_of_another_shape_do_not_stop_the_desk(open_desk, library) -> None:
    with Library.open(library) as strange:
        for key, value in {
            "sync": "bogus", "order": 7, "active": 9, "jumps": [["editorial"], 3], "marks": {"a": "x"},
            "cursors": [1], "theme": {}, "queries": "no list", "comparison": 5,
        }.items():  # fmt: skip
            strange.ui_state.put(f"desk.{key}", value)
    async with open_desk() as reader:
        await reader.press("3 G / M enter space a escape")
        assert reader.desk.context.state.sync.way == "off"
        assert reader.desk.active.number == 0
