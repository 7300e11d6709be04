"""What needs the relations of the pair waits for them, says so, and blocks no key."""

from __future__ import annotations

from threading import Event

import pytest

from store.services.relations import relations_in
from texts.relate import Relations
from tui.desk.desk_state import Sync
from tui.desk.open_texts import swap_texts
from tui.desk.relating import relating_progressed, relations_arrived


class Held:
    """Relates as the program does, but not before it is let go."""

    def __init__(self) -> None:
        self.go, self.begun, self.problem = Event(), Event(), None

    def relations_in(self, library, left, right, *, progress, cancelled, in_child, meaning, how) -> Relations:  # type: ignore[no-untyped-def]
        progress(0.4)
        self.begun.set()
        assert self.go.wait(60)
        if self.problem is not None:
            raise self.problem
        return relations_in(
            library, left, right, progress=lambda _: None, cancelled=cancelled, in_child=in_child
        )


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Held:
    held = Held()
    monkeypatch.setattr("store.services.relations.relations_in", held.relations_in)
    yield held  # type: ignore[misc]
    held.go.set()


async def until_begun(reader, held: Held) -> None:  # type: ignore[no-untyped-def]
    while not held.begun.is_set() or reader.desk.context.state.relations.progress != "40%":
        await reader.pilot.pause(0.01)


async def let_go(reader, held: Held) -> None:  # type: ignore[no-untyped-def]
    held.go.set()
    while reader.desk.context.state.relations.progress:
        await reader.pilot.pause(0.01)
    await reader.settled()


async def test_the_list_opens_by_itself_on_what_was_asked(open_desk, held: Held) -> None:
    async with open_desk() as reader:
        await until_begun(reader, held)
        await reader.press("9 G ) ) ) g r")
        assert "relating 40% · then gr" in reader.status
        await reader.press("j")
        assert "Esc stops waiting" in reader.status, "no key is blocked, and none but Esc takes it back"
        listed = reader.desk.query_one("#related")
        assert not listed.display
        await let_go(reader, held)
        assert listed.display
        assert "relating" not in reader.status, "nothing waits any more"
        assert "Sistani" in listed.row.words
        await reader.press("enter")
        assert (reader.desk.active.slug, reader.desk.active.passage_number()) == ("analysis", 6)


async def test_escape_stops_waiting(open_desk, held: Held) -> None:
    async with open_desk() as reader:
        await until_begun(reader, held)
        await reader.press("9 G g r escape")
        assert "then gr" not in reader.status
        await let_go(reader, held)
        assert not reader.desk.query_one("#related").display


@pytest.mark.parametrize(("keys", "passage"), [("] r", 2), ("2 ] r", 3)])
async def test_the_next_related_passage_is_gone_to_when_it_is_known(
    open_desk, held: Held, keys: str, passage: int
) -> None:
    async with open_desk() as reader:
        await reader.press("g g")
        await until_begun(reader, held)
        before = reader.desk.active.passage_number()
        await reader.press(keys)
        assert reader.desk.active.passage_number() == before
        await let_go(reader, held)
        assert reader.desk.active.passage_number() > before


async def test_the_list_of_all_pairs_opens_by_itself(open_desk, held: Held) -> None:
    async with open_desk() as reader:
        await until_begun(reader, held)
        await reader.press("g R")
        assert reader.app.screen is reader.desk
        await let_go(reader, held)
        assert reader.app.screen is not reader.desk
        await reader.press("escape g l")


async def test_level_and_follow_wait_too(open_desk, held: Held) -> None:
    async with open_desk() as reader:
        await until_begun(reader, held)
        await reader.press("9 G z s z s")
        assert reader.desk.context.state.sync.way is Sync.FOLLOW
        await let_go(reader, held)
        left, right = (side.pane for side in reader.desk.sides)
        assert left.screen_row_of_passage(9) == right.screen_row_of_passage(6)
        assert "¶9→¶6" in reader.status


async def test_level_brings_the_counterpart_once_it_is_known(open_desk, held: Held) -> None:
    async with open_desk() as reader:
        await until_begun(reader, held)
        await reader.press("9 G z =")
        await let_go(reader, held)
        left, right = (side.pane for side in reader.desk.sides)
        assert left.screen_row_of_passage(9) == right.screen_row_of_passage(6)


async def test_who_is_typing_meanwhile_is_told_and_not_disturbed(open_desk, held: Held) -> None:
    async with open_desk() as reader:
        await until_begun(reader, held)
        await reader.press("9 G g r /")
        await reader.write("Sist")
        await let_go(reader, held)
        assert not reader.desk.query_one("#related").display
        assert reader.desk.context.overlays.prompt.words == "Sist"
        assert "related now: gr" in reader.status


async def test_another_pair_takes_back_what_waits(open_desk, held: Held) -> None:
    async with open_desk() as reader:
        await until_begun(reader, held)
        await reader.press("9 G g r")
        swap_texts(reader.desk.context)
        await let_go(reader, held)
        assert not reader.desk.query_one("#related").display


async def test_after_a_failure_a_key_tries_again(open_desk, held: Held) -> None:
    from texts.relate.relate_job import RelatingError

    held.problem = RelatingError("no memory")
    async with open_desk() as reader:
        await until_begun(reader, held)
        await reader.press("9 G g r")
        await let_go(reader, held)
        assert "no memory" in reader.status
        held.problem = None
        await reader.press("g r")
        await let_go(reader, held)
        assert reader.desk.query_one("#related").display


async def test_relations_that_come_after_the_desk_is_left_change_nothing(open_desk, held: Held) -> None:
    async with open_desk() as reader:
        await until_begun(reader, held)
        ctx, sides = reader.desk.context, reader.desk.sides
        left, right = (side.text for side in sides)
        library = reader.app.session.library
        relations = relations_in(library, left, right)
        await reader.press("q")
        relating_progressed(ctx, 0.5)
        relations_arrived(ctx, left, right, relations)
        assert ctx.state.relations.found is None
        held.go.set()  # or the thread that relates is waited for
