"""The main job by keys alone: read, select, mark, tag, note, find, take out; and all of it is there next time."""

import csv
import io

import pytest

from store.services.exports import export
from tui.desk.command_table import _MODULES, CommandTable, commands_in
from tui.keys.key_table import KEYS


async def test_every_key_of_the_table_does_something(open_desk) -> None:
    async with open_desk() as reader:
        assert {key.id for key in KEYS} == set(reader.desk.commands)


@pytest.mark.parametrize("module", _MODULES)
def test_the_table_of_commands_says_what_each_module_does(module: str) -> None:
    assert set(commands_in(f"tui.desk.{module}")) == set(_MODULES[module].split())


def test_what_the_table_does_not_name_is_missing_whatever_was_loaded_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(_MODULES, "commands.undo_commands", "undo redo")
    table = CommandTable()
    assert table["undo"]
    with pytest.raises(KeyError, match="history"):
        table["history"]


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_the_main_job(open_desk, library, size) -> None:
    async with open_desk(size) as reader:
        await reader.press("9 G")
        assert "¶9 s1" in reader.status
        await reader.press("/")
        await reader.write("systani")
        await reader.press("enter v i s")
        assert "Sistani" in reader.quote()
        await reader.press("t")
        await reader.write("actor/sistani")
        await reader.press("enter c")
        await reader.write("Who called whom?")
        await reader.press("escape tab /")
        await reader.write("sistani")
        await reader.press("enter v i s t")
        await reader.write("sist")
        await reader.press("enter c")
        await reader.write("The same plea.")
        await reader.press("escape q")
    async with open_desk(size) as reader:
        one, two = reader.highlights()
        assert {one.text, two.text} == {"editorial", "analysis"}
        assert one.tags == two.tags == ("actor/sistani",)
        assert {one.note, two.note} == {"Who called whom?", "The same plea."}
        assert all("Sistani" in each.quote for each in (one, two))
        assert reader.desk.active.slug == "analysis", "the desk opens where it was left"
        out = io.StringIO(newline="")
        export(reader.app.session.library, out)
        rows = list(csv.DictReader(io.StringIO(out.getvalue(), newline="")))
        assert [row["tags"] for row in rows] == ["actor/sistani"] * 2
        assert {row["passage"] for row in rows} == {"9", "6"}
        assert all(
            row[name]
            for row in rows
            for name in ("id", "title", "quote", "colour", "note", "reader", "anchor")
        )


async def test_enter_marks_the_sentence_and_undo_takes_it_back(open_desk) -> None:
    async with open_desk() as reader:
        await reader.press("3 G enter")
        (highlight,) = reader.highlights()
        assert highlight.quote.endswith(".")
        assert len(reader.marks()) == 1
        await reader.press("u")
        assert reader.highlights() == []
        assert reader.marks() == []
        assert "undone" in reader.status
        await reader.press("U")
        assert len(reader.highlights()) == 1


async def test_undo_reaches_back_into_the_last_run(open_desk) -> None:
    async with open_desk() as reader:
        await reader.press("3 G enter")
    async with open_desk() as reader:
        assert len(reader.highlights()) == 1
        await reader.press("u")
        assert reader.highlights() == []


async def test_a_digit_tags_while_selecting_and_counts_while_reading(open_desk) -> None:
    async with open_desk() as reader:
        reader.app.session.library.codebook.set_quick(3, "claim")
        await reader.press("4 G v 3")
        assert reader.highlights()[0].tags == ("claim",)
        assert reader.desk.active.pane.mode == "read"
        before = reader.desk.active.pane.cursor
        await reader.press("3 w")
        assert reader.desk.active.pane.cursor > before
        assert len(reader.highlights()) == 1


async def test_star_repeat_untag_and_delete(open_desk) -> None:
    async with open_desk() as reader:
        await reader.press("2 G !")
        assert reader.highlights()[0].star
        await reader.press("3 G .")
        assert len(reader.highlights()) == 2
        await reader.press("!")
        assert [each.star for each in reader.highlights()].count(True) == 1
        await reader.press("t")
        await reader.write("claim")
        await reader.press("enter -")
        assert all(not each.tags for each in reader.highlights())
        await reader.press("d d")
        assert len(reader.highlights()) == 1


async def test_overlapping_highlights_cycle_and_join(open_desk) -> None:
    async with open_desk() as reader:
        await reader.press("4 G v w w w w enter")
        await reader.press("4 G v i p enter")
        assert len(reader.highlights()) == 2
        await reader.press("4 G O")
        assert "“" in reader.status
        await reader.press("J")
        (joined,) = reader.highlights()
        side = reader.desk.active
        assert joined.span == side.text.passage(4).span
        await reader.press("u")
        assert len(reader.highlights()) == 2


async def test_edges_move_and_enter_keeps_them(open_desk) -> None:
    async with open_desk() as reader:
        await reader.press("4 G v i w enter")
        before = reader.highlights()[0].span
        await reader.press("g e w w enter")
        after = reader.highlights()[0].span
        assert after.start == before.start
        assert after.end > before.end


async def test_an_armed_tag_goes_on_every_selection(open_desk) -> None:
    async with open_desk() as reader:
        await reader.press("A")
        await reader.write("claim")
        await reader.press("enter 2 G v w v 3 G v w w v A 4 G v w v")
        assert [each.tags for each in reader.highlights()] == [("claim",), ("claim",)]


async def test_the_quoted_words_become_the_tag(open_desk) -> None:
    async with open_desk() as reader:
        await reader.press("2 G v i w T")
        (highlight,) = reader.highlights()
        assert highlight.tags == (highlight.quote,)


async def test_a_note_that_is_left_leaves_no_highlight(open_desk) -> None:
    async with open_desk() as reader:
        await reader.press("2 G c")
        await reader.write("never mind")
        await reader.press("ctrl+x")
        assert reader.highlights() == []


async def test_a_draft_outlives_the_desk(open_desk) -> None:
    async with open_desk() as reader:
        await reader.press("2 G enter c")
        await reader.write("half a thou")
        reader.app.screen.keep_draft()
        await reader.settled()
    async with open_desk() as reader:
        await reader.press("2 G c")
        await reader.until(lambda: reader.app.screen.query_one("#note").text == "half a thou")


async def test_the_status_names_the_tags_of_all_that_is_here(open_desk) -> None:
    async with open_desk((160, 40)) as reader:
        await reader.press("9 G ) ) v e enter v i s t f o o enter 9 G ) )")
        assert "2 here: F foo" in reader.status
