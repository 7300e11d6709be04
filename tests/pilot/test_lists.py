"""Lists and dialogs over the desk: highlights, codebook, links, texts, notes, help."""

import csv
from pathlib import Path


async def test_highlights_are_narrowed_and_gone_to(open_desk) -> None:
    async with open_desk() as reader:
        await reader.mark(3, "claim")
        await reader.mark(9, "actor")
        await reader.press("g g space a")
        await reader.write("claim")
        await reader.press("enter")
        assert reader.desk.active.passage_number() == 3


async def test_many_highlights_are_tagged_in_one_act(open_desk) -> None:
    async with open_desk() as reader:
        await reader.mark(3)
        await reader.mark(5)
        await reader.press("space a tab tab ctrl+t")
        await reader.write("claim")
        await reader.press("enter")
        assert [each.tags for each in reader.highlights()] == [("claim",), ("claim",)]
        await reader.press("u")
        assert [each.tags for each in reader.highlights()] == [(), ()]


async def test_the_codebook_renames_merges_and_deletes(open_desk) -> None:
    async with open_desk() as reader:
        await reader.mark(3, "claim")
        await reader.mark(5, "thesis")
        await reader.press("space t")
        await reader.write("thesis")
        await reader.press("ctrl+g")
        await reader.write("claim")
        await reader.press("enter escape")
        assert [each.tags for each in reader.highlights()] == [("claim",), ("claim",)]
        await reader.press("space t ctrl+r")
        await reader.press("backspace backspace backspace backspace backspace")
        await reader.write("said")
        await reader.press("enter escape")
        assert [each.tags for each in reader.highlights()] == [("said",), ("said",)]
        await reader.press("space t delete t escape")
        assert [each.tags for each in reader.highlights()] == [(), ()]
        assert len(reader.highlights()) == 2
        await reader.press("u u u")
        assert [each.tags for each in reader.highlights()] == [("claim",), ("thesis",)]


async def test_a_tag_gets_a_digit_and_a_colour(open_desk) -> None:
    async with open_desk() as reader:
        await reader.mark(3, "claim")
        await reader.press("space t ctrl+o 2 escape")
        await reader.press("5 G H 2")
        assert reader.highlights()[1].tags == ("claim",)
        await reader.press("space t ctrl+l down enter escape")
        tag = reader.app.session.library.codebook.list()[0]
        assert reader.desk.session.tag_styles()["claim"] == (tag.colour, tag.letter)


async def test_links_are_made_followed_listed_and_deleted(open_desk) -> None:
    async with open_desk() as reader:
        await reader.mark(9)
        await reader.press("p tab")
        await reader.mark(6)
        await reader.press("p")
        (link,) = reader.app.session.library.links.list()
        assert link.kind == "same"
        await reader.press("P")
        await reader.write("contr")
        await reader.press("enter")
        (link,) = reader.app.session.library.links.list()
        assert link.kind == "contradicts"
        await reader.press("g p")
        assert reader.desk.active.slug == "editorial"
        await reader.press("ctrl+o")
        assert reader.desk.active.slug == "analysis"
        await reader.press("space l ctrl+d")
        await reader.write("compare")
        await reader.press("escape")
        assert reader.app.session.library.links.list()[0].note == "compare"
        await reader.press("d p")
        assert reader.app.session.library.links.list() == []


async def test_the_card_shows_what_is_here(open_desk) -> None:
    async with open_desk() as reader:
        await reader.mark(3, "claim")
        await reader.press("K")
        assert "claim" in str(reader.app.screen.words)
        await reader.press("escape c")
        await reader.write("[b]not bold[/x]")
        await reader.press("escape K")
        assert "[b]not bold[/x]" in reader.app.screen.words.plain


async def test_another_text_is_opened_and_a_file_is_added(open_desk, tmp_path: Path) -> None:
    path = tmp_path / "third.txt"
    path.write_text("The third text.\n\nIt speaks of Tehran.\n", encoding="utf-8")
    async with open_desk() as reader:
        await reader.press("space d")
        await reader.write(str(path))
        await reader.press("enter")
        await reader.related()
        assert reader.desk.active.slug == "third"
        await reader.press("space d")
        await reader.write("editorial")
        await reader.press("enter")
        assert reader.desk.active.slug == "editorial"


async def test_a_file_that_is_not_there_is_told(open_desk) -> None:
    async with open_desk() as reader:
        await reader.press("space d")
        await reader.write("/nowhere/at/all.txt")
        await reader.press("enter")
        await reader.related()
        assert "/nowhere/at/all.txt" in reader.status


async def test_notes_on_the_library_and_on_a_text(open_desk) -> None:
    async with open_desk() as reader:
        await reader.press("space n l")
        await reader.write("Two views of one summer.")
        await reader.press("escape space n t")
        await reader.write("An editorial.")
        await reader.press("escape")
        notes = reader.app.session.library.notes
        assert notes.mine().words == "Two views of one summer."
        assert notes.mine("editorial").words == "An editorial."


async def test_the_path_of_a_file_to_add_is_completed(open_desk, tmp_path: Path, monkeypatch) -> None:
    (tmp_path / "harbour.txt").write_text("The harbour\n\nNobody plays there.\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    async with open_desk() as reader:
        await reader.press("space d tab")
        assert reader.app.screen.query_one("#typed").value == ""
        await reader.write("harb")
        await reader.press("tab")
        assert reader.app.screen.query_one("#typed").value == "harbour.txt"
        await reader.write(".not")
        await reader.press("tab")
        assert reader.app.screen.query_one("#typed").value == "harbour.txt.not"


async def test_export_writes_a_file(open_desk, tmp_path: Path) -> None:
    async with open_desk() as reader:
        await reader.mark(3)
        await reader.press("space e")
        await reader.press(" ".join(["backspace"] * len("annotations.csv")))
        await reader.write(str(tmp_path / "out.csv"))
        await reader.press("enter")
        with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as exported:
            assert len(list(csv.DictReader(exported))) == 1


async def test_help_history_theme_and_commands_open(open_desk) -> None:
    async with open_desk() as reader:
        await reader.press("?")
        assert "gr" in reader.app.screen.words.plain
        await reader.press("escape")
        await reader.mark(3)
        await reader.press("space u")
        assert "highlighted" in reader.app.screen.words.plain
        await reader.press("escape space c")
        await reader.write("light")
        await reader.press("enter")
        assert reader.app.theme == "light"
        await reader.press(":")
        await reader.write("text end")
        await reader.press("enter")
        assert reader.desk.active.passage_number() is None, "the text ends in furniture"
