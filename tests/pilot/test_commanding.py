"""Commands by name: completion, what follows a name, what was typed before, and kind answers."""

from tui.desk.commands.typed_commands import CommandPrompt
from tui.desk.target import highlights_here
from tui.keys.command_line import commands
from tui.keys.key_table import KEYS
from tui.widgets.floating import Completions


async def command(reader, line: str, *, enter: bool = True) -> None:
    await reader.press(":")
    await reader.write(line)
    if enter:
        await reader.press("enter")


async def test_a_number_goes_to_that_passage(open_desk) -> None:
    async with open_desk() as reader:
        await command(reader, "9")
        assert reader.desk.active.passage_number() == 9
        await command(reader, "999")
        assert "from 1 to 20" in reader.status
        await reader.press("ctrl+o")
        assert reader.desk.active.passage_number() == 1


async def test_a_tag_is_put_on_by_name_and_repeated(open_desk) -> None:
    async with open_desk() as reader:
        await command(reader, "tag actor/maliki")
        await reader.press("5 G .")
        assert [each.tags for each in reader.highlights()] == [("actor/maliki",)] * 2
        await command(reader, "untag actor/maliki")
        assert reader.highlights()[1].tags == ()


async def test_a_note_is_written_on_the_line(open_desk) -> None:
    async with open_desk() as reader:
        await command(reader, "note whose plea?")
        assert reader.highlights()[0].note == "whose plea?"


async def test_tab_completes_names_and_what_follows_them(open_desk) -> None:
    async with open_desk() as reader:
        await command(reader, "tag claim")
        await command(reader, "conco", enter=False)
        assert reader.desk.context.overlays.completions.display
        await reader.press("tab")
        assert reader.desk.context.overlays.prompt.words == "concordance"
        await reader.press("escape : t a g space c l tab")
        assert reader.desk.context.overlays.prompt.words == "tag claim"
        await reader.press("escape")
        assert not reader.desk.context.overlays.completions.display
        assert not reader.desk.context.overlays.prompt.display


async def test_up_brings_earlier_lines_also_in_the_next_run(open_desk) -> None:
    async with open_desk() as reader:
        await command(reader, "theme light")
        await command(reader, "spacing 2")
    async with open_desk() as reader:
        assert reader.app.theme == "light"
        await reader.press(": up up")
        assert reader.desk.context.overlays.prompt.words == "theme light"
        await reader.press("down")
        assert reader.desk.context.overlays.prompt.words == "spacing 2"
        await reader.press("escape / up")
        assert reader.desk.context.overlays.prompt.words == ""


async def test_earlier_queries_come_again_too(open_desk) -> None:
    async with open_desk() as reader:
        await reader.press("/")
        await reader.write("Maliki")
        await reader.press("enter escape / up")
        assert reader.desk.context.overlays.prompt.words == "Maliki"
        assert reader.desk.context.state.search.hits


async def test_texts_are_opened_by_name_and_files_are_added(open_desk, tmp_path) -> None:
    path = tmp_path / "third.txt"
    path.write_text("The third text.\n\nIt speaks of Tehran.\n", encoding="utf-8")
    async with open_desk() as reader:
        await command(reader, f"open {tmp_path}/th", enter=False)
        await reader.press("tab")
        assert reader.desk.context.overlays.prompt.words == f"open {path}"
        await reader.press("enter")
        await reader.related()
        assert reader.desk.active.slug == "third"
        await command(reader, "open editorial")
        assert reader.desk.active.slug == "editorial"
        await reader.press("ctrl+o")
        assert reader.desk.active.slug == "third"


async def test_the_same_text_can_stand_in_both_panes(open_desk) -> None:
    async with open_desk() as reader:
        await command(reader, "open analysis")
        await reader.related()
        assert [side.slug for side in reader.desk.sides] == ["analysis", "analysis"]
        await reader.press("3 G enter tab 3 G")
        assert len(highlights_here(reader.desk.context)) == 1


REFUSED = (
    ("w", "every act is already written"),
    ("next", "next could be next-highlight"),
    ("foobar9", "no command is called foobar9"),
    ("theme purple", "no theme is called purple; there are dark"),
    ("sync maybe", "sync is one of off, proportional, follow"),
    ("spacing 7", ":spacing takes a number from 0 to 2"),
    ("undo often", ":undo takes a number"),
    ("untag claim", "no highlight is here"),
)
"""Lines that cannot be done, and what is said then."""


async def test_what_cannot_be_done_says_why_and_what_instead(open_desk) -> None:
    async with open_desk() as reader:
        for line, says in REFUSED:
            await command(reader, line)
            assert says in reader.status


async def test_habits_of_other_programs_leave_the_desk(open_desk) -> None:
    async with open_desk() as reader:
        await command(reader, "wq")
        assert reader.app._exit


async def test_searching_and_syncing_by_name(open_desk) -> None:
    async with open_desk() as reader:
        await command(reader, "search Maliki")
        assert reader.desk.context.state.search.hits
        await command(reader, "sync follow")
        assert "sync: follow" in reader.status
        await command(reader, "width 40")
        assert reader.desk.active.pane.text_width == 40


async def test_a_number_that_no_computer_reads_is_refused(open_desk) -> None:
    async with open_desk() as reader:
        reader.desk.context.own(CommandPrompt).on_submit("9" * 5000)
        assert "takes a number from 1 to 20" in reader.status


async def test_how_many_more_a_line_could_become_is_said(open_desk) -> None:
    async with open_desk((120, 40)) as reader:
        await reader.press(":")
        *rows, last = str(reader.desk.query_one(Completions).render()).split("\n")
        assert last == f"{len(commands(KEYS)) - len(rows)} more"
        assert 3 <= len(rows) < len(commands(KEYS))
        await reader.write("concord")
        rows = str(reader.desk.query_one(Completions).render()).split("\n")
        assert rows[0].startswith("concordance")
        assert "more" not in rows[-1].split()
