"""Versions on the desk: updating from a file, looking at what that did, reading an earlier one."""

from pathlib import Path

import pytest

from store.records import Anchor
from tui.desk.open_texts import activate

SENTENCES = {
    3: "The map explains the alarm.",
    5: "Nobody can plead surprise.",
    9: "Not yet, and not everywhere.",
}
"""A sentence of some passages of `editorial`, each of which the tests mark."""


@pytest.fixture
def corrected(library: Path, tmp_path: Path) -> Path:
    """`editorial` with a word changed in ¶3, ¶5 gone, and ¶9 as it was."""
    from store.library import Library

    with Library.open(library, reader="tester") as opened:
        text = opened.texts.get("editorial")
    kept = [
        text.quote(passage.span).replace("explains the alarm", "explains the fear")
        for passage in text.passages
        if passage.number != 5
    ]
    path = tmp_path / "corrected.txt"
    path.write_text("\n\n".join(kept) + "\n", encoding="utf-8")
    return path


async def mark_sentences(reader) -> None:
    text = reader.desk.sides[0].text
    for quote in SENTENCES.values():
        activate(reader.desk.context, reader.desk.sides[0])
        reader.desk.active.pane.move_to(text.body.index(quote))
        await reader.press("enter")
    assert [each.quote for each in reader.highlights()] == list(SENTENCES.values())


async def worked(reader) -> None:
    """Waits until the thread is done and what it found is shown."""
    await reader.app.workers.wait_for_complete()
    await reader.settled()


async def propose(reader, path: Path, *, completed: bool = False) -> None:
    await reader.press("space v ctrl+u")
    await reader.write(str(path))
    await reader.press("tab enter" if completed else "enter")
    await worked(reader)


async def update(reader, path: Path) -> None:
    await mark_sentences(reader)
    await propose(reader, path)
    await reader.press("enter")
    await worked(reader)


def anchors(reader) -> dict[str, Anchor]:
    return {each.quote: each.anchor for each in reader.highlights()}


async def test_what_would_happen_is_shown_first_and_escape_leaves_all_as_it_was(open_desk, corrected) -> None:
    async with open_desk() as reader:
        await mark_sentences(reader)
        await propose(reader, corrected)
        words = reader.app.screen.words.plain
        assert "1 exact, 1 changed, 1 orphan" in words
        assert "The map explains the alarm fear." in words
        assert "Nobody can plead surprise." in words
        await reader.press("escape")
        assert len(reader.app.session.library.texts.versions("editorial")) == 1
        assert set(anchors(reader).values()) == {Anchor.EXACT}


async def test_the_name_of_the_file_is_completed(open_desk, corrected) -> None:
    async with open_desk() as reader:
        await mark_sentences(reader)
        await propose(reader, corrected.with_name("corr"), completed=True)
        assert "1 exact, 1 changed, 1 orphan" in reader.app.screen.words.plain


async def test_enter_updates_and_the_report_lists_what_changed(open_desk, corrected) -> None:
    async with open_desk() as reader:
        await update(reader, corrected)
        assert "explains the fear" in reader.desk.sides[0].text.body
        assert anchors(reader) == {
            "The map explains the fear.": Anchor.CHANGED,
            SENTENCES[5]: Anchor.ORPHAN,
            SENTENCES[9]: Anchor.EXACT,
        }
        shown = [choice.shown.plain for choice in reader.app.screen.choices]
        assert shown == ["The map explains the alarm fear.", SENTENCES[5]]
        styles = {span.style for choice in reader.app.screen.choices for span in choice.shown.spans}
        assert any("strike" in str(style) for style in styles)
        assert any("underline" in str(style) for style in styles), "never by colour alone"


async def test_a_changed_highlight_is_confirmed_and_the_list_goes_on(open_desk, corrected) -> None:
    async with open_desk() as reader:
        await update(reader, corrected)
        await reader.press("ctrl+y")
        await worked(reader)
        assert anchors(reader)["The map explains the fear."] is Anchor.EXACT
        assert [choice.shown.plain for choice in reader.app.screen.choices] == [SENTENCES[5]]


async def test_a_changed_highlight_is_corrected_by_selecting(open_desk, corrected) -> None:
    async with open_desk() as reader:
        await update(reader, corrected)
        await reader.press("ctrl+e")
        assert reader.quote() == "The map explains the fear."
        await reader.press("b b enter")
        await worked(reader)
        moved = reader.highlights()[0]
        assert moved.anchor is Anchor.EXACT
        assert moved.quote.startswith("The map explains")
        assert moved.quote != "The map explains the fear."
        assert len(reader.app.screen.choices) == 1, "the list goes on with the orphan"


def assert_put_on(reader, passage: int) -> None:
    """The orphan has a place, on the passage."""
    put = next(each for each in reader.highlights() if each.id == 2)
    assert put.anchor is Anchor.EXACT
    assert put.span.start == reader.desk.sides[0].text.passage(passage).span.start


async def test_an_orphan_is_put_where_the_reader_selects(open_desk, corrected) -> None:
    async with open_desk() as reader:
        await update(reader, corrected)
        await reader.press("down ctrl+e")
        await reader.press("enter")
        assert "select where it belongs first" in reader.status
        await reader.press("7 G v i s enter")
        await worked(reader)
        assert_put_on(reader, passage=7)


async def test_a_highlight_in_a_wrong_place_is_made_an_orphan(open_desk, corrected) -> None:
    async with open_desk() as reader:
        await update(reader, corrected)
        await reader.press("ctrl+o")
        await worked(reader)
        assert list(anchors(reader).values()).count(Anchor.ORPHAN) == 2
        assert reader.app.screen.choices[0].shown.plain == SENTENCES[3], "the words that the reader marked"


async def test_the_list_can_be_taken_up_again(open_desk, corrected) -> None:
    async with open_desk() as reader:
        await update(reader, corrected)
        await reader.press("escape")
    async with open_desk() as reader:
        await reader.press("space v ctrl+r")
        await worked(reader)
        assert reader.app.screen.choices[0].shown.plain == "The map explains the alarm fear."


async def test_undo_brings_the_old_version_back(open_desk, corrected) -> None:
    async with open_desk() as reader:
        before = reader.desk.sides[0].text
        await update(reader, corrected)
        await reader.press("escape u")
        assert reader.desk.sides[0].text == before
        assert anchors(reader) == dict.fromkeys(SENTENCES.values(), Anchor.EXACT)
        assert len(reader.marks(0)) == 3


async def test_the_reader_stays_where_they_were(open_desk, corrected) -> None:
    async with open_desk() as reader:
        await reader.press("9 G")
        await propose(reader, corrected)
        await reader.press("enter")
        await worked(reader)
        assert reader.desk.active.passage_number() == 8, "¶5 is gone"
        assert "version 2" in reader.status


async def test_an_earlier_version_opens_across_and_escape_goes_back(open_desk, corrected) -> None:
    async with open_desk() as reader:
        await update(reader, corrected)
        await reader.press("escape 8 G space v enter")
        await worked(reader)
        side = reader.desk.active
        assert side.slug == "editorial@1"
        assert "explains the alarm" in side.text.body
        assert side.passage_number() == 9, "where the reader was in the present version"
        assert reader.marks(side.number) == []
        assert reader.desk.context.state.relations.found is not None, (
            "the versions are compared as any two texts"
        )
        await reader.press("escape")
        assert [each.slug for each in reader.desk.sides] == ["editorial", "analysis"]
        assert reader.desk.active.slug == "editorial"


async def test_an_earlier_version_is_searched_but_never_marked(open_desk, corrected) -> None:
    async with open_desk() as reader:
        await update(reader, corrected)
        before = reader.highlights()
        await reader.press("escape space v enter")
        await worked(reader)
        await reader.press("/")
        await reader.write("alarm")
        await reader.press("enter")
        assert len(reader.desk.active.hits) == 1
        for presses in ("enter", "!", "p", "c", "&", "z F", "space n", "] o", "v i s t"):
            await reader.press(presses)
            assert "only read" in reader.status, presses
            assert reader.app.screen is reader.desk, presses
        assert reader.highlights() == before
        await reader.press("escape /")
        await reader.write("alarm")
        await reader.press("enter escape")
        assert not reader.desk.active.hits
        assert reader.desk.active.is_earlier, "Esc ends the search first"
        await reader.press("escape")
        assert not reader.desk.active.is_earlier


async def test_the_pair_of_the_next_run_is_the_one_before_the_earlier_version(open_desk, corrected) -> None:
    async with open_desk() as reader:
        await update(reader, corrected)
        await reader.press("escape space v enter")
        await worked(reader)
        assert reader.desk.active.is_earlier
    async with open_desk() as reader:
        assert [each.slug for each in reader.desk.sides] == ["editorial", "analysis"]


async def test_a_file_that_cannot_be_read_is_told(open_desk) -> None:
    async with open_desk() as reader:
        await propose(reader, Path("/nowhere/at/all.txt"))
        assert "/nowhere/at/all.txt" in reader.status


async def test_the_same_words_are_no_new_version(open_desk, tmp_path: Path) -> None:
    async with open_desk() as reader:
        path = tmp_path / "same.txt"
        path.write_text(reader.desk.sides[0].text.body, encoding="utf-8")
        await propose(reader, path)
        assert "has not changed" in reader.status


async def test_an_orphan_is_put_back_from_the_list_of_orphans(open_desk, corrected) -> None:
    async with open_desk() as reader:
        await update(reader, corrected)
        await reader.press("escape space o ctrl+r 7 G v i s enter")
        await worked(reader)
        assert_put_on(reader, passage=7)


async def test_escape_leaves_an_orphan_an_orphan(open_desk, corrected) -> None:
    async with open_desk() as reader:
        await update(reader, corrected)
        await reader.press("escape space o ctrl+r escape 7 G enter")
        assert next(each for each in reader.highlights() if each.id == 2).anchor is Anchor.ORPHAN
        assert len(reader.highlights()) == 4, "Enter marks again, as ever"
