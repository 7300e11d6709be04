"""A text that another program updates while it is open: what is marked is what was seen, and the reader stays there."""

from __future__ import annotations

import pytest

from store.library import Library
from store.text_names import PAIR
from texts.load import load_bytes
from texts.model import Span
from tui.desk.target import highlights_here

WORST = "Not yet, and not everywhere."
"""The first sentence of ¶9 of `editorial`."""


def update(library, change) -> None:
    with Library.open(library, reader="somebody else") as other:
        body = other.texts.get("editorial").body
        other.texts.update("editorial", load_bytes(change(body).encode(), "editorial.txt"))


def with_a_beginning(body: str) -> str:
    return f"A paragraph that an editor has put before all others.\n\n{body}"


def without_the_sentence(body: str) -> str:
    return body.replace(WORST, "Words of quite another kind stand in this place since then.")


@pytest.fixture
def at_the_sentence(open_desk):
    """Opens the desk with the cursor at the sentence; the desk looks for changes only when it writes."""

    class Opened:
        def __init__(self) -> None:
            self._opened = open_desk()

        async def __aenter__(self):
            reader = await self._opened.__aenter__()
            reader.desk.active.pane.move_to(reader.desk.active.text.body.index(WORST) + 4)
            await reader.settled()
            return reader

        async def __aexit__(self, *problem) -> None:
            await self._opened.__aexit__(*problem)

    return Opened()


def unhurried(reader, monkeypatch) -> None:
    """Takes away the look that comes every .7 seconds, so that the act comes first."""
    monkeypatch.setattr(reader.app.session.library, "changed_elsewhere", lambda: False)


def drawn(reader) -> list[str]:
    text = reader.desk.sides[0].text
    return [text.quote(mark.span) for mark in reader.marks(0)]


@pytest.mark.promise("marks on a text that was updated meanwhile: what the screen showed is stored", tries=6)
@pytest.mark.parametrize("keys", ["enter", "!", "T", "v i s enter", "V enter", "p"])
async def test_what_is_marked_is_what_was_seen(at_the_sentence, library, monkeypatch, keys) -> None:
    async with at_the_sentence as reader:
        unhurried(reader, monkeypatch)
        update(library, with_a_beginning)
        await reader.press(keys)
        (highlight,) = reader.highlights()
        assert WORST in highlight.quote
        text = reader.app.session.library.texts.get("editorial")
        assert text.quote(highlight.span) == highlight.quote
        assert reader.desk.sides[0].text == text, "the new version is shown at once"
        assert drawn(reader) == [highlight.quote]


@pytest.mark.promise("a mark on words that were taken away meanwhile is refused, and not drawn", tries=4)
@pytest.mark.parametrize("keys", ["enter", "!", "v i s enter", "p"])
async def test_what_is_gone_is_not_marked(at_the_sentence, library, monkeypatch, keys) -> None:
    async with at_the_sentence as reader:
        unhurried(reader, monkeypatch)
        update(library, without_the_sentence)
        await reader.press(keys)
        assert reader.highlights() == []
        assert reader.marks(0) == []
        assert "has changed meanwhile" in reader.status
        assert "another kind" in reader.desk.sides[0].text.body


@pytest.mark.promise("a text updated while a list is open over it: what was chosen before is marked", tries=3)
@pytest.mark.parametrize("tags", ["claim", "claim then a second"])
async def test_an_update_while_the_tag_picker_is_open(at_the_sentence, library, tags) -> None:
    async with at_the_sentence as reader:
        reader.app.session.library.codebook.ensure("a second")
        await reader.press("t")
        update(library, with_a_beginning)
        reader.desk.look_elsewhere()
        await reader.settled()
        if tags != "claim":
            await reader.press("tab")
        await reader.write("claim")
        await reader.press("enter")
        (highlight,) = reader.highlights()
        assert (highlight.quote, "claim" in highlight.tags) == (WORST, True)
        assert drawn(reader) == [WORST]


async def test_a_note_on_a_place_goes_with_the_place(at_the_sentence, library) -> None:
    async with at_the_sentence as reader:
        await reader.press("c")
        update(library, with_a_beginning)
        reader.desk.look_elsewhere()
        await reader.write("a thought")
        await reader.press("escape")
        (highlight,) = reader.highlights()
        assert (highlight.quote, highlight.note) == (WORST, "a thought")


@pytest.mark.promise("cursor, view, selection, kept parts and marked places go along with an update", tries=6)
@pytest.mark.parametrize("seen_by", ["look", "write"])
async def test_the_reader_stays_at_the_same_words(at_the_sentence, library, monkeypatch, seen_by) -> None:
    async with at_the_sentence as reader:
        pane = reader.desk.sides[0].pane
        row, cursor = pane.screen_row_of(pane.cursor), pane.cursor
        await reader.press("m a v i s")
        selected = reader.quote()
        update(library, with_a_beginning)
        moved = len(reader.app.session.library.texts.get("editorial").body) - len(
            reader.desk.sides[0].text.body
        )
        if seen_by == "look":
            reader.desk.look_elsewhere()
        else:
            unhurried(reader, monkeypatch)
            reader.app.session.write(lambda opened: opened.codebook.ensure("x"), print, print)
        await reader.settled()
        assert reader.quote() == selected == WORST
        await reader.press("escape")
        assert pane.screen_row_of(cursor + moved) == row
        await reader.press("g g ' a")
        assert pane.cursor == cursor + moved


@pytest.mark.promise(
    "places under letters and jumps go along with an update of a text that is not open", tries=3
)
@pytest.mark.parametrize("by", ["letter", "jump", "the next run"])
async def test_places_in_a_text_that_is_not_open_go_along(open_desk, library, by) -> None:
    with Library.open(library) as other:
        other.texts.add(load_bytes(b"A third text. It speaks of wheat.", "third.txt"))
        other.ui_state.put(PAIR, ["editorial", "analysis"])

    def at_its_words(reader) -> bool:
        pane = reader.desk.active.pane
        return reader.desk.active.slug == "editorial" and pane.text.body[pane.cursor :].startswith(
            "yet, and not"
        )

    async with open_desk() as reader:
        reader.desk.active.pane.move_to(reader.desk.active.text.body.index(WORST) + 4)
        await reader.press("m a :")
        await reader.write("open third")
        await reader.press("enter")
        assert "editorial" not in [side.slug for side in reader.desk.sides]
        update(library, with_a_beginning)
        if by != "the next run":
            await reader.press("' a" if by == "letter" else "ctrl+o")
            assert at_its_words(reader)
            return
        reader.desk.look_elsewhere()
    update(library, with_a_beginning)
    async with open_desk() as reader:
        await reader.press("' a")
        assert at_its_words(reader)


async def test_kept_parts_stay_and_what_is_gone_is_told(at_the_sentence, library) -> None:
    async with at_the_sentence as reader:
        await reader.press("& ) ) &")
        quotes = drawn(reader)[0]
        update(library, with_a_beginning)
        reader.desk.look_elsewhere()
        await reader.settled()
        assert drawn(reader)[0] == quotes
        update(library, without_the_sentence)
        reader.desk.look_elsewhere()
        await reader.settled()
        assert "no longer there" in reader.status
        await reader.press("enter")
        (highlight,) = reader.highlights()
        assert WORST not in highlight.quote


async def test_moved_edges_stay_on_the_words_that_were_selected(
    at_the_sentence, library, monkeypatch
) -> None:
    async with at_the_sentence as reader:
        await reader.press("enter v o b")
        selected = reader.quote()
        unhurried(reader, monkeypatch)
        update(library, with_a_beginning)
        await reader.press("enter")
        assert [each.quote for each in reader.highlights()] == [selected]
        assert drawn(reader) == [selected]


async def test_a_list_of_related_passages_is_closed_when_its_text_changes(open_desk, library) -> None:
    async with open_desk() as reader:
        await reader.related()
        await reader.press("9 G g r")
        update(library, with_a_beginning)
        reader.desk.look_elsewhere()
        await reader.related()
        assert not reader.desk.context.overlays.related_list.display
        assert "asks again" in reader.status


@pytest.mark.parametrize("key", ["l", "x"])
async def test_what_is_done_with_a_related_passage_is_done_with_the_one_that_was_seen(
    open_desk, library, monkeypatch, key
) -> None:
    async with open_desk() as reader:
        await reader.related()
        await reader.press("9 G g r")
        unhurried(reader, monkeypatch)
        update(library, with_a_beginning)
        await reader.press(key)
        library_now = reader.app.session.library
        if key == "l":
            assert "Is Iraq, then" in " ".join(each.quote for each in reader.highlights())
        else:
            (dismissed,) = library_now.links.dismissed()
            text = library_now.texts.get("editorial")
            assert WORST in text.quote(dismissed.left_span)


async def test_page_chrome_is_the_paragraph_that_was_seen(at_the_sentence, library, monkeypatch) -> None:
    async with at_the_sentence as reader:
        unhurried(reader, monkeypatch)
        update(library, with_a_beginning)
        await reader.press("z F")
        text = reader.app.session.library.texts.get("editorial")
        assert text.passage_at(text.body.index(WORST)).is_furniture


async def test_hits_are_tagged_where_they_were_seen(open_desk, library) -> None:
    async with open_desk() as reader:
        await reader.press("/")
        await reader.write("Sistani")
        await reader.press("enter g / ctrl+t")
        update(library, with_a_beginning)
        reader.desk.look_elsewhere()
        await reader.write("found")
        await reader.press("enter")
        assert reader.highlights()
        assert {each.quote for each in reader.highlights()} <= {"Sistani", "al-Sistani", "Ali al-Sistani"}


@pytest.mark.promise("what another program does while the desk writes is looked at next", tries=3)
async def test_a_change_that_arrives_while_the_writer_is_at_work_is_not_swallowed(
    open_desk, library, monkeypatch
) -> None:
    async with open_desk() as reader:
        text = reader.desk.active.text
        held = reader.app.session._calls
        results: list[object] = []
        reader.app.session.deliver_with(results.append)  # written, not told yet
        await reader.press("3 G enter")
        with Library.open(library, reader="somebody else") as other:
            other.highlights.mark("editorial", text.passage(5).span)
        reader.desk.look_elsewhere()
        reader.app.session.deliver_with(held)
        for result in results:
            result()
        reader.desk.look_elsewhere()
        await reader.settled()
        assert len(reader.marks(0)) == 2
        # Before the writer begins, with no look in between:
        unhurried(reader, monkeypatch)
        with Library.open(library, reader="somebody else") as other:
            other.highlights.mark("editorial", text.passage(6).span)
        await reader.press("7 G enter")
        assert len(reader.marks(0)) == 4
        assert "another program" in reader.status


@pytest.mark.promise(
    "an act on a highlight that has gone or changed elsewhere: a word, and what is so", tries=8
)
@pytest.mark.parametrize("keys", ["!", "d d", "t c enter", "J"])
async def test_an_act_on_a_highlight_that_is_gone(open_desk, library, monkeypatch, keys) -> None:
    async with open_desk() as reader:
        await reader.press("9 G V enter v i w enter 9 G")
        first = highlights_here(reader.desk.context)[0]
        unhurried(reader, monkeypatch)
        with Library.open(library, reader="somebody else") as other:
            other.highlights.delete(first.id)
        await reader.press(keys)
        assert [each.id for each in reader.highlights()] == [mark.id for mark in reader.marks(0)]
        assert first.id not in [each.id for each in reader.highlights()]
        assert f"no highlight {first.id}" in reader.status


@pytest.mark.parametrize("keys", ["d d", "J"])
async def test_a_highlight_that_has_changed_elsewhere_is_shown_before_it_goes(
    open_desk, library, monkeypatch, keys
) -> None:
    async with open_desk() as reader:
        await reader.press("9 G V enter v i w enter 9 G")
        first = highlights_here(reader.desk.context)[0]
        with monkeypatch.context() as patched:
            patched.setattr(reader.app.session.library, "changed_elsewhere", lambda: False)
            with Library.open(library, reader="somebody else") as other:
                other.highlights.note(first.id, "words of an hour")
            await reader.press(keys)
        assert len(reader.highlights()) == 2
        assert "changed by another program" in reader.status
        await reader.press(keys)
        assert len(reader.highlights()) == 1


@pytest.mark.parametrize("way", ["likely", "selected", "placed"])
async def test_an_orphan_that_another_program_has_put_back_stays_there(
    open_desk, library, monkeypatch, way
) -> None:
    with Library.open(library, reader="tester") as other:
        text = other.texts.get("editorial")
        other.highlights.mark("editorial", Span(text.body.index(WORST), text.body.index(WORST) + len(WORST)))
        other.highlights.orphan(1)
    async with open_desk() as reader:
        if way == "selected":
            await reader.press("3 G v i s")
        if way == "placed":
            await reader.press("space o ctrl+r 3 G v i s")
        else:
            await reader.press("space o")
        unhurried(reader, monkeypatch)
        with Library.open(library, reader="somebody else") as other:
            other.highlights.move(1, text.passage(5).span)
        await reader.press({"likely": "ctrl+l enter", "selected": "ctrl+r", "placed": "enter"}[way])
        await reader.press("escape")
        assert [each.span for each in reader.highlights()] == [text.passage(5).span]


async def test_the_cursor_of_a_text_that_was_updated_while_nobody_read_it(open_desk, library) -> None:
    async with open_desk() as reader:
        reader.desk.active.pane.move_to(reader.desk.active.text.body.index(WORST))
        await reader.settled()
    update(library, with_a_beginning)
    async with open_desk() as reader:
        text = reader.desk.active.text
        assert text.quote(Span(reader.desk.active.pane.cursor, len(text.body))).startswith(WORST)
