"""Counts before keys, and `.` after them."""

from texts.languages.sentences import sentences
from texts.model import Span


def offset(reader) -> int:
    return reader.desk.active.pane.cursor


async def test_a_count_before_a_motion_is_the_motion_so_often(open_desk) -> None:
    async with open_desk((100, 24)) as reader:
        for key in "wbehljk(){}":
            await reader.press(f"1 0 G w 3 {key}")
            counted = offset(reader)
            await reader.press(f"1 0 G w {key} {key} {key}")
            assert counted == offset(reader), key


async def test_a_count_before_a_page_turns_so_many(open_desk) -> None:
    async with open_desk((100, 24)) as reader:
        for turn, back in (("ctrl+d", "ctrl+u"), ("ctrl+f", "ctrl+b")):
            await reader.press(f"2 G {turn}")
            once = offset(reader)
            await reader.press(f"2 G 2 {turn}")
            assert offset(reader) > once
            await reader.press(f"2 {back}")
            assert offset(reader) < once


async def test_counts_before_jumps(open_desk) -> None:
    async with open_desk() as reader:
        await reader.related()
        for passage in ("3", "5", "8"):
            await reader.press(f"{passage} G enter")
        await reader.press("g g 3 ] h")
        assert reader.desk.active.passage_number() == 8
        await reader.press("2 [ h")
        assert reader.desk.active.passage_number() == 3
        await reader.press("Z g g / I r a n enter g g n n n")
        third = offset(reader)
        await reader.press("g g 3 n")
        assert offset(reader) == third
        await reader.press("Z")
        await reader.press("g g 2 ] r")
        second = offset(reader)
        await reader.press("g g ] r ] r")
        assert offset(reader) == second
        await reader.press("2 G 4 G 6 G 3 ctrl+o")
        assert offset(reader) == second


async def test_a_count_before_a_mark_is_so_many_sentences(open_desk) -> None:
    async with open_desk() as reader:
        await reader.press("2 G 2 enter")
        (two,) = reader.highlights()
        text = reader.desk.active.text
        first, second = sentences(text.body, text.passage(2).span)[:2]
        assert (two.span.start, two.span.end) == (first.start, second.end)
        await reader.press("u")
        assert reader.highlights() == []


async def test_the_dot_takes_as_many_sentences_or_those_of_its_own_count(open_desk) -> None:
    async with open_desk() as reader:

        def passages() -> list[tuple[int, int]]:
            text = reader.desk.active.text
            found = sorted(highlight.span for highlight in reader.highlights())
            return [
                (passage.number, len(sentences(text.body, Span(passage.span.start, span.end))))
                for span in found
                if (passage := text.passage_at(span.start)) is not None
            ]

        await reader.press("2 G 2 enter 3 G .")
        assert passages() == [(2, 2), (3, 2)]
        await reader.press("4 G 3 . 5 G .")
        assert passages()[2:] == [(4, 3), (5, 3)]
        await reader.press("6 G enter 7 G .")
        assert passages()[4:] == [(6, 1), (7, 1)]
        await reader.press("7 G 3 .")
        assert "already highlighted" in reader.status
        assert reader.desk.active.pane.mode == "read"


async def test_the_dot_takes_what_is_selected_rather_than_as_many_sentences(open_desk) -> None:
    async with open_desk() as reader:
        await reader.press("2 G 3 enter 9 G v i w")
        word = reader.quote()
        assert word
        await reader.press(".")
        assert [each.quote for each in reader.highlights()][-1] == word


async def test_a_count_before_undo_takes_back_so_many_acts(open_desk) -> None:
    async with open_desk() as reader:
        await reader.press("2 G enter 3 G enter 4 G enter 2 u")
        assert len(reader.highlights()) == 1
        await reader.press("2 U")
        assert len(reader.highlights()) == 3


async def test_a_count_before_an_object_takes_so_many(open_desk) -> None:
    async with open_desk() as reader:
        await reader.press("2 G 2 V")
        assert reader.desk.active.pane.mode == "select passages"
        await reader.press("escape 2 G v i s i s")
        twice = reader.quote()
        await reader.press("escape 2 G 2 enter")
        assert reader.highlights()[0].quote == twice


async def test_the_dot_repeats_tag_star_note_and_untag(open_desk) -> None:
    async with open_desk() as reader:
        await reader.press("2 G t")
        await reader.write("claim")
        await reader.press("enter 3 G . 4 G .")
        assert [each.tags for each in reader.highlights()] == [("claim",)] * 3
        await reader.press("2 G - 3 G .")
        assert [each.tags for each in reader.highlights()] == [(), (), ("claim",)]
        await reader.press("2 G ! 3 G .")
        assert [each.star for each in reader.highlights()] == [True, True, False]
        await reader.press("2 G c")
        await reader.write("sic")
        await reader.press("escape 4 G .")
        assert [each.note for each in reader.highlights()] == ["sic", "", "sic"]
        await reader.press("5 G -")
        assert "no highlight is here" in reader.status


async def test_the_dot_links_the_same_end_again(open_desk) -> None:
    async with open_desk() as reader:
        await reader.press("9 G p tab 6 G p P")
        await reader.write("answers")
        await reader.press("enter 3 G .")
        links = reader.app.session.library.links.list()
        assert [link.kind for link in links] == ["answers", "answers"]
        assert len({link.left for link in links}) == 1
        await reader.press("u")
        assert len(reader.app.session.library.links.list()) == 1
        assert len(reader.highlights()) == 2


async def test_untagging_says_what_the_highlight_has_instead(open_desk) -> None:
    async with open_desk() as reader:
        for passage, name in (("2", "claim"), ("3", "doubt")):
            await reader.press(f"{passage} G t")
            await reader.write(name)
            await reader.press("enter")
        await reader.press("2 G - 3 G .")
        assert "not tagged claim; it has doubt" in reader.status


async def test_jumps_lead_back_across_panes_and_into_texts_that_were_open(open_desk, tmp_path) -> None:
    path = tmp_path / "third.txt"
    path.write_text("The third text.\n\nIt speaks of Tehran.\n", encoding="utf-8")
    async with open_desk() as reader:
        await reader.press("3 G tab 4 G 6 G ctrl+o")
        assert (reader.desk.active.slug, reader.desk.active.passage_number()) == ("analysis", 4)
        await reader.press("tab 7 G space d")
        await reader.write(str(path))
        await reader.press("enter")
        await reader.related()
        await reader.press("G")
        assert reader.desk.active.slug == "third"
        await reader.press("ctrl+o ctrl+o")
        await reader.related()
        assert reader.desk.active.slug in {"third", "editorial", "analysis"}


async def test_panes_keep_a_readable_width(open_desk) -> None:
    async with open_desk((80, 24)) as reader:
        await reader.press("9 <")
        assert min(side.pane.size.width for side in reader.desk.sides) >= 25
