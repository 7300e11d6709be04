"""The status line: `? help` stays, Ctrl-c says how to leave, how the panes move belongs to the pair."""

import pytest

from store.library import Library
from store.text_names import PAIR
from texts.load import load_bytes
from tui.widgets.floating import WholeMessage


def line(reader) -> str:
    status = reader.desk.query_one("#status")
    return status.render_line(0).text


@pytest.mark.parametrize("size", [(200, 40), (120, 40), (80, 24), (60, 20)])
async def test_help_never_leaves(open_desk, size) -> None:
    async with open_desk(size) as reader:
        assert line(reader).endswith(" ? help ")
        await reader.press("3 G enter 4 G ! z s z s")
        assert line(reader).endswith(" ? help ")
        reader.desk.context.tell("a very long word of " * 20)
        assert line(reader).endswith(" ? help ")
        assert len(line(reader)) == size[0]


def message(reader) -> str:
    """What stands over the status line, its rows joined."""
    widget = reader.app.screen.query_one(WholeMessage)
    rows = (
        [widget.render_line(row).text.strip() for row in range(widget.size.height)] if widget.display else []
    )
    return " ".join(rows)


@pytest.mark.parametrize("size", [(200, 40), (120, 40), (80, 24), (60, 20)])
async def test_what_the_line_would_cut_is_told_whole_over_it(open_desk, size) -> None:
    async with open_desk(size) as reader:
        for length in range(20, 260, 7):
            words = ("eight to" * 40)[:length].strip()
            reader.desk.context.tell(words, error=True)
            await reader.settled()
            assert (words in line(reader)) != (words.split() == message(reader).split()), words
        await reader.press("j")
        assert message(reader) == ""
        assert "sync: off" in line(reader)


async def test_what_the_line_would_cut_is_told_whole_in_a_comparison(open_desk) -> None:
    async with open_desk((80, 24)) as reader:
        await reader.press("space x")
        await reader.related()
        words = "12 rows exported over /home/reader/a/folder/of/some/depth/with/comparisons/names.csv"
        reader.app.screen.tell(words, good=True)
        await reader.settled()
        assert "".join(words.split()) == "".join(message(reader).split())
        reader.app.screen.tell("a word")
        await reader.settled()
        assert message(reader) == ""


async def test_a_refused_undo_says_what_to_do_at_80_columns(open_desk, library) -> None:
    async with open_desk((80, 24)) as reader:
        await reader.press("3 G ! 4 G !")
        with Library.open(library, reader="somebody else") as other:
            other.highlights.note(reader.highlights()[1].id, "theirs")
        await reader.press("u")
        assert message(reader).endswith("was changed since; undo again skips it (`tui undo --skip`)")
        await reader.press("u")
        assert message(reader).startswith("undone: ")


async def test_a_line_too_narrow_for_both_says_where_the_reader_is(open_desk) -> None:
    async with open_desk((22, 12)) as reader:
        assert "help" not in line(reader)
        assert "READ" in line(reader)


async def test_ctrl_c_says_how_to_leave(open_desk) -> None:
    async with open_desk() as reader:
        await reader.press("ctrl+c")
        assert "q leaves: every act is written already" in reader.status
        await reader.press("space a ctrl+c")
        assert reader.app.is_running


async def test_how_the_panes_move_belongs_to_their_pair(open_desk, library) -> None:
    with Library.open(library, reader="tester") as other:
        other.texts.add(load_bytes(b"A third text.\n\nOf wheat.", "third.txt"))
        other.ui_state.put(PAIR, ["editorial", "analysis"])
    async with open_desk() as reader:
        await reader.related()
        await reader.press(":")
        await reader.write("sync follow")
        await reader.press("enter")
        assert "sync: follow" in reader.status
        await reader.press(":")
        await reader.write("open third")
        await reader.press("enter")
        await reader.related()
        assert "sync: off" in reader.status
        await reader.press(":")
        await reader.write("open editorial")
        await reader.press("enter")
        await reader.related()
        assert "sync: follow" in reader.status
        await reader.press("ctrl+w x")
        assert "sync: follow" in reader.status
    async with open_desk() as reader:
        assert "sync: follow" in reader.status
