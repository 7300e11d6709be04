"""The lists of highlights and of links: filters, orders, and changing what a link says."""

from itertools import chain, repeat

from store.records import Highlight


def listed(reader) -> list[Highlight]:
    by_id = {str(each.id): each for each in reader.highlights()}
    return [by_id[key] for key in reader.app.screen.listed]


async def narrowed(reader, count: int) -> list[Highlight]:
    """What is listed, once so many are: on a busy machine the list is read while the reader goes on typing."""
    while len(listed(reader)) != count:
        assert reader.app.is_running
        await reader.pilot.pause(0.01)
    return listed(reader)


async def test_words_with_a_meaning_narrow_exactly(open_desk) -> None:
    async with open_desk() as reader:
        await reader.mark(9)
        await reader.press("!")
        await reader.mark(3, "actor")
        await reader.mark(5, "claim")
        await reader.press("space a")
        await reader.write("tag:actor")
        assert [each.tags for each in await narrowed(reader, 1)] == [("actor",)]
        await reader.press("ctrl+u")
        await reader.write("starred")
        assert [each.star for each in await narrowed(reader, 1)] == [True]
        await reader.press("ctrl+u")
        await reader.write("-starred reader:tester text:edi")
        assert not any(each.star for each in await narrowed(reader, 2))


async def test_the_order_is_turned_and_kept(open_desk) -> None:
    async with open_desk() as reader:
        await reader.mark(5)
        await reader.mark(9, "a")
        await reader.mark(3, "z")
        await reader.press("space a")
        assert [each.tags for each in listed(reader)] == [("z",), (), ("a",)]
        await reader.press("ctrl+o")
        assert [each.tags for each in listed(reader)] == [("a",), ("z",), ()]
        await reader.press("ctrl+o")
        assert [each.tags for each in listed(reader)] == [("z",), ("a",), ()]
        assert "newest first" in str(reader.app.screen.heading)
        await reader.press("escape")
    async with open_desk() as reader:
        await reader.press("space a")
        assert [each.tags for each in listed(reader)] == [("z",), ("a",), ()]


async def test_a_link_is_called_otherwise_turned_and_made_mutual(open_desk) -> None:
    async with open_desk() as reader:
        await reader.mark(9)
        await reader.press("p tab")
        await reader.mark(6)
        await reader.press("p P")
        await reader.write("supports")
        await reader.press("enter space l")
        links = reader.app.session.library.links
        (before,) = links.list()
        await reader.press("ctrl+t")
        await reader.write("answers")
        await reader.press("enter")
        assert links.get(before.id).kind == "answers"
        await reader.press("ctrl+r")
        assert (links.get(before.id).left, links.get(before.id).right) == (before.right, before.left)
        await reader.press("ctrl+g")
        assert links.get(before.id).mutual
        await reader.press("escape u u u")
        assert links.get(before.id)._replace(updated=before.updated) == before


async def test_a_note_refers_to_another_highlight(open_desk) -> None:
    async with open_desk() as reader:
        await reader.mark(3)
        await reader.mark(9)
        first, second = reader.highlights()
        await reader.press("c")
        await reader.write(f"against [[{first.id}]], and [[99]]")
        await reader.press("escape g p")
        assert reader.desk.active.pane.cursor == first.span.start
        await reader.press("ctrl+o")
        assert reader.desk.active.pane.cursor == second.span.start


async def test_references_stand_beside_the_links(open_desk) -> None:
    async with open_desk() as reader:
        await reader.mark(3)
        await reader.press("tab")
        await reader.mark(6)
        await reader.press("p tab")
        await reader.mark(9)
        await reader.press("p c")
        await reader.write("[[1]]")
        await reader.press("escape g p")
        assert len(reader.app.screen.choices) == 2
        await reader.press("down enter")
        assert reader.desk.active.passage_number() == 3


async def test_a_reference_to_nothing_is_told(open_desk) -> None:
    async with open_desk() as reader:
        await reader.mark(3)
        await reader.press("c")
        await reader.write("[[99]]")
        await reader.press("escape g p")
        assert "[[99]]" in reader.status


async def test_words_typed_before_the_list_has_been_read_narrow_it_once_it_is(open_desk, monkeypatch) -> None:
    """On a busy machine nothing is read, so nothing is highlighted, when the first letter asks for it."""
    async with open_desk() as reader:
        await reader.mark(3, "actor")
        await reader.mark(5, "claim")
        await reader.press("space a")
        times = chain((0.0, 1000.0), repeat(0.0))
        monkeypatch.setattr("tui.dialogs.picker.monotonic", lambda: next(times))
        await reader.write("tag:actor")
        assert [each.tags for each in await narrowed(reader, 1)] == [("actor",)]
