"""Small things that readers stumbled over at the desk: each test says what they saw, and what they see now."""

from textual.widgets import OptionList

from tui.desk.open_texts import activate, open_in, show_text
from tui.dialogs.picker import Picker
from tui.dialogs.small_dialogs import Choose


def listed(reader, id: str) -> OptionList:
    return reader.app.screen.query_one(id, OptionList)


async def one_text(reader) -> None:
    """Leaves one text on the desk."""
    show_text(reader.desk.context, reader.desk.sides[1], None)
    activate(reader.desk.context, reader.desk.sides[0])
    await reader.settled()


# labels


async def test_only_what_is_in_sight_is_labelled_while_a_pane_is_zoomed(open_desk) -> None:
    async with open_desk() as reader:
        await reader.press("s")
        assert {side for side, _ in reader.desk.context.state.labels.places.values()} == {0, 1}
        await reader.press("escape Z s")
        assert {side for side, _ in reader.desk.context.state.labels.places.values()} == {0}


async def test_after_a_label_the_status_line_asks_for_none(open_desk) -> None:
    async with open_desk() as reader:
        await reader.press("s")
        assert "type a label" in reader.status
        await reader.press("d")
        assert "label" not in reader.status
        await reader.press("S d f")
        assert reader.quote()
        assert "label" not in reader.status


# keys


async def test_a_sequence_that_means_nothing_is_told_and_over(open_desk) -> None:
    async with open_desk() as reader:
        await reader.press("space j")
        assert "Space j is not bound" in reader.status
        assert reader.desk.context.keys.pending == ""
        await reader.press("x")
        assert reader.app.screen is reader.desk
        await reader.press("j g escape")
        assert "is not bound" not in reader.status
        assert " g " not in f" {reader.status} ", "Esc ends a sequence without a word"


async def test_an_object_is_selected_from_reading_too(open_desk) -> None:
    async with open_desk() as reader:
        await reader.press("4 G i p")
        side = reader.desk.active
        assert side.pane.selection == side.text.passage(4).span
        await reader.press("escape 2 i s")
        assert len(reader.quote()) > 0
        await reader.press("escape 4 G enter l i h")
        assert side.pane.selection == reader.highlights()[0].span


async def test_an_object_that_is_not_here_is_told(open_desk) -> None:
    async with open_desk() as reader:
        await reader.press("4 G i h")
        assert reader.desk.active.pane.selection is None
        assert "no highlight is here" in reader.status


# the armed tag


async def test_every_key_that_marks_takes_the_armed_tag(open_desk) -> None:
    async with open_desk() as reader:
        await reader.press("2 G t")
        await reader.write("first")
        await reader.press("enter A")
        await reader.write("claim")
        await reader.press("enter 3 G v w enter 4 G ) enter 5 G !")
        assert [each.tags for each in reader.highlights()] == [("first",), *[("claim",)] * 3]
        assert reader.highlights()[-1].star


# links


async def test_a_link_that_wants_its_other_end_stays_in_the_status_line(open_desk) -> None:
    async with open_desk() as reader:
        await reader.press("2 G p j tab j")
        assert "link from ¶2 of A chance in Baghdad" in reader.status
        await reader.press("escape j")
        assert "link from" not in reader.status
        await reader.press("tab p j")
        assert "link from" in reader.status
        await reader.press("tab p")
        assert len(reader.app.session.library.links.list()) == 1
        await reader.press("j")
        assert "link from" not in reader.status


async def test_a_link_from_a_highlight_that_is_undone_no_longer_waits(open_desk) -> None:
    async with open_desk() as reader:
        await reader.press("2 G p u j")
        assert reader.highlights() == []
        assert "link from" not in reader.status


async def test_a_link_out_of_the_related_list_is_called_by_both_quotes(open_desk) -> None:
    async with open_desk() as reader:
        await reader.related()
        await reader.press("9 G g r l")
        (act,) = reader.app.session.library.journal.history(1)
        quotes = {each.text: each.quote for each in reader.highlights()}
        assert act.label.startswith(f"linked “{quotes['editorial'][:20]}")
        assert f" to “{quotes['analysis'][:20]}" in act.label
        assert act.label.endswith("(same)")


# lists


async def test_a_quote_across_passages_is_one_line_on_its_card(open_desk) -> None:
    async with open_desk() as reader:
        await reader.press("4 G v } } enter 4 G l")
        assert "\n" in reader.highlights()[0].quote
        await reader.press("K")
        shown = "\n".join(str(each.render()) for each in reader.app.screen.query("Static"))
        assert reader.highlights()[0].quote[:20] in shown
        assert "␤" not in shown


async def test_a_long_quote_takes_two_rows_of_the_list_at_most(open_desk) -> None:
    for size in ((120, 40), (80, 24)):
        async with open_desk(size) as reader:
            await reader.press("4 G V } } enter 9 G V } enter space a")
            rows = listed(reader, "#list")
            assert rows.option_count
            assert rows.virtual_size.height <= 2 * rows.option_count
            await reader.press("escape")


async def test_what_a_cut_quote_does_not_show_is_still_found(open_desk) -> None:
    async with open_desk() as reader:
        await reader.press("4 G V } } enter")
        last = reader.highlights()[0].quote.split()[-3:]
        await reader.press("space a")
        await reader.write(" ".join(last))
        assert isinstance(reader.app.screen, Picker)
        assert listed(reader, "#list").option_count == 1


async def test_each_related_passage_takes_one_row(open_desk) -> None:
    async with open_desk((90, 30)) as reader:
        await reader.related()
        await reader.press("9 G g r")
        rows = listed(reader, "#rows")
        assert rows.option_count > 1
        assert any(len(row.words) > 90 for row in reader.desk.context.overlays.related_list.rows)
        sure = {row.is_sure for row in reader.desk.context.overlays.related_list.rows}
        assert rows.virtual_size.height == rows.option_count + (len(sure) > 1)  # a line parts them


# one text, and one text twice


async def test_with_one_text_open_keys_for_two_refuse(open_desk) -> None:
    async with open_desk() as reader:
        await one_text(reader)
        before = reader.desk.context.state.sync.way
        for keys in ("z s", "z .", "z ="):
            await reader.press(keys)
            assert "this wants two texts" in reader.status, keys
        assert reader.desk.context.state.sync.way is before


async def test_another_text_is_opened_beside_the_only_one(open_desk) -> None:
    async with open_desk() as reader:
        await one_text(reader)
        await reader.press("space d enter")
        assert [side.slug for side in reader.desk.sides] == ["editorial", "analysis"]
        assert reader.desk.active is reader.desk.sides[1]


async def test_the_picker_still_offers_the_pane_that_the_reader_is_in(open_desk) -> None:
    async with open_desk() as reader:
        await one_text(reader)
        await reader.press("space d")
        await reader.write("analysis")
        await reader.press("ctrl+o")
        assert [side.slug for side in reader.desk.sides] == ["analysis", ""]


async def test_a_text_beside_itself_does_not_answer_with_the_place_that_asks(open_desk) -> None:
    async with open_desk() as reader:
        open_in(reader.desk.context, reader.desk.sides[1], "editorial")
        activate(reader.desk.context, reader.desk.sides[0])
        await reader.related()
        await reader.press("3 G g r")
        numbers = [row.number for row in reader.desk.context.overlays.related_list.rows]
        assert numbers
        assert all(abs(number - 3) > 2 for number in numbers)


# keyboards and small terminals


async def test_a_keyboard_of_another_script_is_told_of(open_desk) -> None:
    async with open_desk() as reader:
        await reader.press("о")
        assert (
            "о is not bound; your keyboard writes Cyrillic letters, keys are Latin: switch it"
            in reader.status
        )
        await reader.press("g λ")
        assert "g λ is not bound; your keyboard writes Greek" in reader.status
        await reader.press("s о")
        assert "no label begins with о: your keyboard writes Cyrillic" in reader.status


async def test_a_question_tells_why_a_letter_of_another_script_answers_nothing(open_desk) -> None:
    async with open_desk() as reader:
        reader.app.push_screen(Choose("Remove it?", {"y": "remove it", "n": "keep it"}))
        await reader.press("н")
        assert "your keyboard writes Cyrillic" in str(reader.app.screen.query_one("#frame").border_subtitle)
        await reader.press("escape")
        assert reader.app.screen is reader.desk


async def test_a_note_can_be_written_in_a_few_rows(open_desk) -> None:
    async with open_desk(size=(20, 6)) as reader:
        await reader.press("c")
        editor = reader.app.screen
        frame = editor.query_one("#frame").region
        assert (frame.y, frame.bottom) == (0, 6)
        await reader.write("a word")
        assert editor.query_one("#note").region.height == 4
        await reader.press("escape")
        assert [highlight.note for highlight in reader.highlights()] == ["a word"]


async def test_the_list_of_texts_says_that_tab_completes(open_desk) -> None:
    async with open_desk() as reader:
        await reader.press("space d")
        assert "Tab completes" in str(reader.app.screen.query_one("#keys").render())
