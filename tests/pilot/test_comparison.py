"""The comparison of the two open texts: each view by keys, and the way back into the texts from every row."""

import csv
from pathlib import Path
from threading import Event

import pytest

from store.library import Library
from texts.model import Span
from tui.comparison import ComparisonScreen
from tui.desk.open_texts import open_in, show_text, take_new_versions
from tui.desk.relating import start_relating
from tui.keys.key_table import Press
from tui.view.comparison_tabs import Tab


async def opened(reader, view: int = 1) -> ComparisonScreen:
    """Opens the comparison and waits until it is there."""
    await reader.press("space x")
    await reader.related()
    screen = reader.app.screen
    assert isinstance(screen, ComparisonScreen)
    assert screen.overview is not None
    await reader.press(str(view))
    return screen


async def light(reader, screen: ComparisonScreen, words: str) -> None:
    """Narrows the list to a row."""
    await reader.press("slash")
    await reader.write(words)
    await reader.press("enter")
    assert screen.row is not None
    assert words in " ".join(screen.row.cells)


def status(screen: ComparisonScreen) -> str:
    return screen.query_one("#status").words


def naming(reader):
    return reader.app.session.library.name_rules.list()


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
async def test_each_view_is_a_key_away(open_desk, size) -> None:
    async with open_desk(size) as reader:
        screen = await opened(reader)
        assert screen.overview.views == tuple(Tab)[:6], "no changes: these are no versions of one text"
        for number, view in enumerate(screen.overview.views, 1):
            await reader.press(str(number))
            assert screen.kept.view is view
            assert [each.id for each in screen.query(".view") if each.display] == [f"view-{view}"]
            assert screen.query_one("#how").region.height >= 1, "how its numbers are made"
        await reader.press("tab")
        assert screen.kept.view is Tab.NAMES
        await reader.press("shift+tab")
        assert screen.kept.view is Tab.TAGS


async def test_enter_on_a_name_walks_through_it_in_both_texts(open_desk) -> None:
    async with open_desk() as reader:
        screen = await opened(reader)
        await light(reader, screen, "Sistani")
        name = screen.overview.name(screen.row.key)
        assert len(name.spellings) > 1
        await reader.press("enter")
        desk = reader.desk
        assert reader.app.screen is desk
        assert [tuple(side.hits) for side in desk.sides] == [name.left, name.right]
        assert desk.active.pane.cursor == name.left[0].start
        await reader.press("tab n")
        assert desk.active.pane.cursor == name.right[0].start
        assert "hit 1 of" in reader.status
        await reader.press("g slash")
        assert len(reader.app.screen.choices) == len(name.left) + len(name.right)


async def test_a_word_of_the_other_text_leads_there(open_desk) -> None:
    async with open_desk() as reader:
        screen = await opened(reader, 2)
        await reader.press("l l")
        row = screen.row
        assert row.places.right
        assert float(row.cells[2]) >= 3.84
        await reader.press("enter")
        side = reader.desk.context.side_of("analysis") if not row.places.left else reader.desk.active
        assert reader.desk.active is side
        assert reader.desk.active.hits


async def test_a_covered_passage_puts_both_panes_in_place(open_desk) -> None:
    async with open_desk() as reader:
        screen = await opened(reader, 3)
        while screen.row.is_strong:
            await reader.press("j")
        left, right = (spans[0] for spans in screen.row.places[:2])
        await reader.press("enter")
        sides = reader.desk.sides
        assert [side.pane.cursor for side in sides] == [left.start, right.start]
        assert all(side.pane.screen_row_of(side.pane.cursor) <= 2 for side in sides)


async def test_what_one_text_says_alone_is_listed(open_desk) -> None:
    async with open_desk() as reader:
        screen = await opened(reader, 3)
        every = screen.list.place[1]
        await reader.press("o")
        assert 0 < screen.list.place[1] < every
        alone = [number.passage for number in screen.overview.comparison.coverage.left if number.is_alone]
        assert [int(row.key) for row in screen.list.table.rows] == alone
        await reader.press("enter")
        assert reader.desk.active.passage_number() == alone[0]
        screen = await opened(reader, 3)
        assert screen.list.place[1] == len(alone), "it opens as it was left"
        await reader.press("o")
        assert screen.list.place[1] == every


async def test_the_map_moves_both_panes(open_desk) -> None:
    async with open_desk() as reader:
        screen = await opened(reader, 4)
        best = screen.overview.comparison.related[0]
        assert (screen.cell.left, screen.cell.right) == (best.left, best.right)
        assert f"¶{best.left} – ¶{best.right}" in status(screen)
        await reader.press("g n")
        assert screen.cell.score
        tops = [screen.query_one(f"#pane-{number}").visible_passages()[0][0] for number in range(2)]
        assert tops == [screen.cell.left, screen.cell.right]
        left, right = screen.cell.left, screen.cell.right
        await reader.press("enter")
        assert [side.passage_number() for side in reader.desk.sides] == [left, right]


async def test_the_map_has_every_pair_at_every_size(open_desk) -> None:
    async with open_desk((80, 24)) as reader:
        screen = await opened(reader, 4)
        seen = {(screen.cell.left, screen.cell.right)} if screen.cell.score else set()
        await reader.press("g")
        for _ in range(60):
            before = screen.cell
            await reader.press("n")
            if screen.cell == before:
                break
            seen.add((screen.cell.left, screen.cell.right))
        assert "no later pair" in status(screen)
        assert seen <= {(pair.left, pair.right) for pair in screen.overview.comparison.related}
        assert len(seen) > 1


async def test_a_link_stands_apart_on_the_map(open_desk) -> None:
    async with open_desk() as reader:
        library = reader.app.session.library
        ends = [
            library.highlights.mark(slug, library.texts.get(slug).passage(2).span)
            for slug in ("editorial", "analysis")
        ]
        library.links.add(ends[0].id, ends[1].id)
        screen = await opened(reader, 4)
        view = screen.query_one("#map")
        assert (2, 2) in screen.overview.comparison.linked
        drawn = "".join(view.render_line(y).text for y in range(view.size.height))
        assert "◆" in drawn


async def test_runs_of_words_and_the_differences_around_them(open_desk) -> None:
    async with open_desk() as reader:
        screen = await opened(reader, 5)
        if screen.row is None:
            assert "No run" in screen.list.render_line(2).text
            await reader.press("4")
        await reader.press("d")
        left, right = (each.content for each in reader.app.screen.query(".words"))
        run = screen._texts[0].quote(screen._body.places.left[0])
        assert run in left.plain
        assert any("underline" in str(span.style) for span in right.spans), "other words are underlined"
        await reader.press("escape")
        assert reader.app.screen is screen


async def test_tags_lead_to_their_highlights(open_desk) -> None:
    async with open_desk() as reader:
        await reader.press("3 G t")
        await reader.write("claim")
        await reader.press("enter t")
        await reader.write("actor")
        await reader.press("enter")
        screen = await opened(reader, 6)
        assert [row.key for row in screen.list.table.rows] == ["actor", "claim"]
        assert screen.row.cells[3] == "only in 1"
        await reader.press("l")
        assert screen.row.key == "actor + claim"
        assert screen.row.cells[1] == "1"
        await reader.press("enter")
        assert reader.desk.active.passage_number() == 3
        assert reader.desk.active.hits


async def test_names_are_joined_and_parted_and_that_is_undone(open_desk) -> None:
    async with open_desk() as reader:
        await reader.press("3 G enter")
        screen = await opened(reader)
        names = {row.key for row in screen.list.table.rows}
        one, other = (screen.list.table.rows[place].key for place in (0, 1))
        await reader.press("g space J")
        await reader.related()
        (ruling,) = naming(reader)
        assert ruling.same
        assert {ruling.one, ruling.other} == {one, other}
        assert len(screen.list.table.rows) == len(names) - 1
        assert screen.overview.name(one) is screen.overview.name(screen.row.key)
        await reader.press("u")
        await reader.related()
        assert naming(reader) == []
        assert len(reader.highlights()) == 1, "only the last act"
        assert {row.key for row in screen.list.table.rows} == names
        await reader.press("U")
        await reader.related()
        assert len(naming(reader)) == 1


async def test_a_name_with_two_spellings_is_parted(open_desk) -> None:
    async with open_desk() as reader:
        screen = await opened(reader)
        name = next(each for each in screen.overview.comparison.names if len(each.spellings) == 2)
        await light(reader, screen, name.label)
        await reader.press("P")
        await reader.related()
        assert not naming(reader)[0].same
        labels = {each.label for each in screen.overview.comparison.names}
        assert {spelling.written for spelling in name.spellings} <= labels
        assert screen.row.key == name.label, "the reader stays where they were"


async def test_joining_takes_back_a_parting(open_desk) -> None:
    async with open_desk() as reader:
        screen = await opened(reader)
        name = next(each for each in screen.overview.comparison.names if len(each.spellings) > 2)
        await light(reader, screen, name.label)
        await reader.press("P down enter")
        await reader.related()
        written = {each.written for each in name.spellings}
        parts = [each for each in screen.overview.comparison.names if each.label in written]
        assert len(parts) > 1
        screen.actions.join(parts)
        await reader.settled()
        await reader.related()
        again = screen.overview.name(name.label)
        assert {each.written for each in again.spellings} == written


async def test_one_name_alone_is_not_joined(open_desk) -> None:
    async with open_desk() as reader:
        screen = await opened(reader)
        await reader.press("J")
        assert "Space ticks" in status(screen)
        assert naming(reader) == []


async def test_escape_returns_and_reopening_lands_on_the_row(open_desk) -> None:
    async with open_desk() as reader:
        await reader.press("5 G")
        places = [(side.pane.cursor, side.pane.place) for side in reader.desk.sides]
        screen = await opened(reader)
        await reader.press("j j j")
        key = screen.row.key
        await reader.press("escape")
        assert reader.app.screen is reader.desk
        assert [(side.pane.cursor, side.pane.place) for side in reader.desk.sides] == places
        await reader.press("space x")
        again = reader.app.screen
        assert again is not screen
        assert again.row.key == key, "at once, before it is compared anew"
        await reader.related()
        assert again.row.key == key
        await reader.press("5 q")
    async with open_desk() as reader:
        await reader.press("space x")
        await reader.related()
        assert reader.app.screen.kept.view is Tab.REUSE, "also in the next run"
        await reader.press("1")
        assert reader.app.screen.row.key == key


async def test_every_table_is_exported(open_desk, tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    async with open_desk() as reader:
        screen = await opened(reader)
        comparison = screen.overview.comparison
        words = comparison.distinctive
        for view, name, column, expected in (
            (1, "names", "name", len(comparison.names)),
            (2, "distinctive", "word", sum(map(len, (words.left, words.right, words.shared)))),
            (3, "coverage", "passage", len(comparison.coverage.left) + len(comparison.coverage.right)),
            (4, "map", "left_passage", len(comparison.related)),
            (5, "reuse", "quote", len(comparison.reuse)),
            (6, "tags", "tag", 0),
        ):
            await reader.press(f"{view} e enter")
            with Path(f"{name}.csv").open(encoding="utf-8", newline="") as file:
                rows = csv.DictReader(file)
                assert column in rows.fieldnames
                assert len(list(rows)) == expected
            assert f"{expected} rows exported" in status(screen)


async def test_a_file_that_cannot_be_written_is_told(open_desk, tmp_path) -> None:
    async with open_desk() as reader:
        screen = await opened(reader)
        await reader.press("e ctrl+u")
        await reader.write(str(tmp_path / "nowhere" / "out.csv"))
        await reader.press("enter")
        assert "cannot be written" in status(screen)


async def test_the_help_says_how_numbers_are_made(open_desk) -> None:
    async with open_desk() as reader:
        await opened(reader)
        await reader.press("question_mark")
        words = str(reader.app.screen.words)
        assert "Dunning 1993" in words
        assert "join the ticked names" in words


async def test_one_text_alone_is_not_compared(open_desk) -> None:
    async with open_desk() as reader:
        show_text(reader.desk.context, reader.desk.sides[1], None)
        await reader.press("space x")
        assert reader.app.screen is reader.desk
        assert "two texts" in reader.status


async def test_a_text_is_not_compared_with_itself(open_desk) -> None:
    async with open_desk() as reader:
        open_in(reader.desk.context, reader.desk.sides[1], reader.desk.sides[0].slug)
        await reader.press("space x")
        assert reader.app.screen is reader.desk
        assert "both panes show A chance in Baghdad" in reader.status


async def test_a_library_that_is_only_read_is_compared_and_refuses(open_desk, monkeypatch) -> None:
    async with open_desk() as reader:
        screen = await opened(reader)
        from store.errors import LibraryError

        def refuse(*_: object) -> None:
            raise LibraryError("library.db is only read")

        monkeypatch.setattr("store.name_rules.NameRules.join", refuse)
        await reader.press("g space J")
        assert "only read" in status(screen)
        assert naming(reader) == []


async def test_an_earlier_version_is_collated(open_desk, tmp_path) -> None:
    async with open_desk() as reader:
        library = reader.app.session.library
        text = library.texts.get("editorial")
        first = text.numbered[1].span
        changed = text.body[: first.start] + "Entirely other words. " + text.body[first.start :]
        path = tmp_path / "new.txt"
        path.write_text(changed, encoding="utf-8")
        from texts.load import load

        library.texts.update("editorial", load(path))
        take_new_versions(reader.desk.context)
        await reader.press("space v enter")
        await reader.related()
        assert any(side.is_earlier for side in reader.desk.sides)
        screen = await opened(reader)
        assert screen.overview.views[-1] is Tab.CHANGES
        await reader.press("7")
        assert "Entirely other words" in " ".join(screen.row.cells)
        spans = screen.row.places
        await reader.press("enter")
        present = next(side for side in reader.desk.sides if not side.is_earlier)
        assert present.hits == [*spans[present.number]]


async def test_hostile_words_are_shown_harmless(open_desk, tmp_path) -> None:
    path = tmp_path / "hostile.txt"
    path.write_text(
        "He met [bold]Ghazni[/] and \u202eGhazni\u202c [/x]. We saw Ghazni there.\n", encoding="utf-8"
    )
    async with open_desk() as reader:
        from texts.load import load

        added = reader.app.session.library.texts.add(load(path))[0]
        open_in(reader.desk.context, reader.desk.sides[1], added.slug)
        screen = await opened(reader)
        for view in range(1, 7):
            await reader.press(str(view))
            drawn = "".join(
                rows.render_line(y).text for rows in screen.query("RowList") for y in range(rows.size.height)
            )
            assert "\u202e" not in drawn


def test_spans_are_told_from_passages() -> None:
    from tui.view.tables import RowPlaces

    assert not RowPlaces((Span(0, 1),)).are_passages


async def test_an_export_that_ends_after_the_comparison_was_left_is_told_on_the_desk(
    open_desk, tmp_path
) -> None:
    async with open_desk() as reader:
        screen = await opened(reader)
        held = Event()
        reader.app.session.writer.submit(lambda _: held.wait())
        screen.actions.export("names", tmp_path / "names.csv", over=False)
        await reader.pilot.press("escape")
        await reader.pilot.pause()
        assert reader.app.screen is reader.desk
        held.set()
        await reader.settled()
        assert "rows exported" in reader.status


async def test_a_list_narrowed_to_nothing_can_be_narrowed_anew(open_desk) -> None:
    async with open_desk() as reader:
        screen = await opened(reader)
        every = screen.list.place[1]
        await reader.press("slash z z q q enter")
        assert screen.row is None
        await reader.press("slash escape")
        assert screen.list.place[1] == every


async def test_an_undone_update_is_compared_as_the_text_then_is(open_desk, library, tmp_path) -> None:
    from texts.load import load

    path = tmp_path / "new.txt"
    with Library.open(library, reader="tester") as before:
        body = before.texts.get("analysis").body
        path.write_text(body[: len(body) // 3], encoding="utf-8")
        before.texts.update("analysis", load(path))
    async with open_desk() as reader:
        screen = await opened(reader, 4)
        await reader.press("G 1 u")
        await reader.press("y")
        await reader.related()
        assert screen.overview.comparison.right.body == body
        await reader.press("4 G")
        last = screen.cell.right
        assert last == len(screen.overview.comparison.right.numbered)
        await reader.press("enter")
        assert reader.app.screen is reader.desk
        assert reader.desk.sides[1].passage_number() == last


async def test_a_joining_while_the_texts_are_still_related_is_compared(open_desk, monkeypatch) -> None:
    """Relating begins anew with it; what waited for the relating that was given up waits for the new one."""
    async with open_desk() as reader:
        screen = await opened(reader)
        start_relating(reader.desk.context)
        one, other = screen.overview.comparison.names[:2]
        screen.actions.join([one, other])
        await reader.settled()
        await reader.related()
        joined = screen.overview.name(one.label)
        assert other.label in {spelling.written for spelling in joined.spellings}
        assert "comparing" not in status(screen)


async def test_a_key_that_comes_before_the_comparison_is_drawn_does_nothing(open_desk) -> None:
    async with open_desk() as reader:
        await reader.related()
        reader.desk.do(Press("comparison"))
        screen = reader.app.screen
        for action in ("leave", "view(4)", "help"):
            assert not await reader.app.run_action(action, screen)
        await reader.related()
        assert reader.app.screen is screen
        assert screen.overview is not None
