"""What does the other text say about this? The related list, the bridge, and panes that move together."""

from store.errors import LibraryError
from tui.desk.open_texts import show_text
from tui.desk.relating import relating_progressed, start_relating
from tui.view.bridge_lines import Weight


async def ask(reader, passage: int, sentence: int = 1) -> None:
    await reader.related()
    await reader.press(" ".join(str(passage)) + " G")
    for _ in range(sentence - 1):
        await reader.press(")")
    await reader.press("g r")


async def test_the_first_answer_is_the_passage_that_speaks_of_the_same(open_desk) -> None:
    async with open_desk() as reader:
        await ask(reader, 9, 4)
        listed = reader.desk.query_one("#related")
        assert listed.display
        assert listed.row.number == 6
        assert "Sistani" in listed.row.words
        underlined = [listed.row.words[span.start : span.end] for span in listed.row.underlined]
        assert "Sistani" in underlined
        await reader.press("enter")
        assert not listed.display
        assert reader.desk.active.slug == "analysis"
        assert reader.desk.active.passage_number() == 6
        await reader.press("ctrl+o")
        assert reader.desk.active.passage_number() == 9


async def test_escape_returns_the_other_pane_to_where_it_was(open_desk) -> None:
    async with open_desk() as reader:
        await reader.related()
        await reader.press("1 9 G")
        before = reader.desk.other.pane.place
        await reader.press("g r")
        await reader.press("escape")
        assert reader.desk.other.pane.place == before
        assert reader.desk.active.slug == "editorial"


async def test_one_key_links_and_the_bridge_draws_it_heavy(open_desk) -> None:
    async with open_desk() as reader:
        await ask(reader, 9, 4)
        await reader.press("ctrl+l escape")
        (link,) = reader.app.session.library.links.list()
        ends = [reader.app.session.library.highlights.get(end) for end in (link.left, link.right)]
        assert [end.text for end in ends] == ["editorial", "analysis"]
        assert all("Sistani" in end.quote for end in ends)
        assert any(tie.weight is Weight.LINKED for tie in reader.desk.context.bridge.ties)
        await reader.press("u")
        assert reader.highlights() == []
        assert reader.app.session.library.links.list() == []


async def test_what_is_dismissed_stays_away_until_it_is_undone(open_desk) -> None:
    async with open_desk() as reader:
        await ask(reader, 9, 4)
        await reader.press("ctrl+x escape g r")
        listed = reader.desk.query_one("#related")
        assert listed.display
        assert listed.row.number != 6
    async with open_desk() as reader:
        await reader.related()
        await reader.press("9 G")
        assert all(
            related.right != 6 for related in reader.desk.context.view_from(reader.desk.active).best(9)
        )
        await reader.press("u")
        assert any(
            related.right == 6 for related in reader.desk.context.view_from(reader.desk.active).best(9)
        )


async def test_follow_brings_the_counterpart_level_and_says_why(open_desk) -> None:
    async with open_desk() as reader:
        await reader.related()
        await reader.press("z s z s 9 G")
        assert "follow" in reader.status
        assert "¶9→¶6" in reader.status
        left, right = (side.pane for side in reader.desk.sides)
        rows = left.screen_row_of_passage(9), right.screen_row_of_passage(6)
        assert rows[0] is not None
        assert rows[0] == rows[1]
        before = right.place
        await reader.press("z . 7 G")
        assert right.place == before, "inverted for one move"


async def test_level_works_without_sync(open_desk) -> None:
    async with open_desk() as reader:
        await reader.related()
        await reader.press("9 G z =")
        assert reader.desk.other.pane.screen_row_of_passage(6) is not None


async def test_related_passages_can_be_walked_through(open_desk) -> None:
    async with open_desk() as reader:
        await reader.related()
        await reader.press("] r")
        first = reader.desk.active.passage_number()
        await reader.press("] r")
        assert reader.desk.active.passage_number() > first
        await reader.press("[ r")
        assert reader.desk.active.passage_number() == first


async def test_relations_are_kept_in_the_library(open_desk) -> None:
    async with open_desk() as reader:
        await reader.related()
        assert reader.desk.context.state.relations.found is not None
        from texts.relate import Relations

        kept = reader.app.session.library.relations.get(
            "editorial", "analysis", format_number=Relations.FORMAT
        )
        assert kept is not None


async def test_relating_that_fails_is_told_and_over(open_desk, monkeypatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise LibraryError("the disk is gone")

    async with open_desk() as reader:
        await reader.related()
        monkeypatch.setattr("store.services.relations.relations_in", fail)
        start_relating(reader.desk.context)
        await reader.related()
        assert "the disk is gone" in reader.status
        assert reader.desk.context.state.relations.progress == "", "nobody waits for it"


async def test_progress_of_texts_that_are_no_longer_open_is_not_shown(open_desk) -> None:
    async with open_desk() as reader:
        await reader.related()
        show_text(reader.desk.context, reader.desk.sides[1], None)
        relating_progressed(reader.desk.context, 0.5)
        await reader.settled()
        assert "relating" not in reader.status
