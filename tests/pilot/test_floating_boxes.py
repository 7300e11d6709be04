"""The boxes over the status line: what a line at the prompt could become, and the first keys."""

from __future__ import annotations

import pytest
from rich.text import Text as RichText
from textual.app import App, ComposeResult

from tui.keys.keymap import Continuation
from tui.widgets.floating import Completions, FloatingBox, Welcome, WhichKey


class Boxes(App[None]):
    def compose(self) -> ComposeResult:
        yield Completions(id="completions")
        yield Welcome(id="welcome")
        yield WhichKey(id="which")


def lines_of(box: FloatingBox) -> list[str]:
    return [line.rstrip() for line in str(box.content).splitlines()]


@pytest.mark.parametrize(
    ("many", "at", "first", "last", "more"),
    [
        pytest.param(3, None, 0, 2, "", id="few"),
        pytest.param(8, 7, 0, 7, "", id="as many as there is room for"),
        pytest.param(20, None, 0, 7, "12 more", id="nothing is highlighted"),
        pytest.param(20, 4, 0, 7, "12 more", id="in the first half"),
        pytest.param(20, 10, 6, 13, "12 more", id="in the middle"),
        pytest.param(20, 19, 12, 19, "12 more", id="the last"),
    ],
)
async def test_the_completions_around_the_highlighted_one_are_seen(
    many: int, at: int | None, first: int, last: int, more: str
) -> None:
    async with Boxes().run_test(size=(60, 30)) as pilot:
        box = pilot.app.query_one(Completions)
        box.show([(f"choice {number}", f"does {number}") for number in range(many)], at)
        assert box.display
        seen = [f"choice {number}  does {number}" for number in range(first, last + 1)]
        assert [" ".join(line.split()) for line in lines_of(box)] == [
            *(" ".join(line.split()) for line in seen),
            *filter(None, [more]),
        ]
        lit = [span for span in box.content.spans if "reverse" in str(span.style)]
        assert [box.content.plain[span.start : span.end].strip() for span in lit] == (
            [] if at is None else [f"choice {at}"]
        )
        box.show([], None)
        assert not box.display
        box.show([("one", "again")], 0)
        box.hide()
        assert not box.display


async def test_explanations_stand_below_each_other_and_nothing_is_wider_than_the_screen() -> None:
    async with Boxes().run_test(size=(60, 20)) as pilot:
        box = pilot.app.query_one(Completions)
        box.show([("a", "one"), ("abc\n", "two")], None)
        first, second = lines_of(box)
        assert first.index("one") == second.index("two")
        box.show([("a", "one"), ("b" * 60, "two")], None)
        first, second = lines_of(box)
        assert first == f"{'a':40}  one", "a long one does not push the explanations of the others away"
        assert (len(second), second[-1]) == (58, "…")


@pytest.mark.parametrize(
    ("size", "many", "columns"),
    [
        pytest.param((60, 20), 3, 3, id="side by side"),
        pytest.param((60, 20), 9, 5, id="as many columns as there is room for"),
        pytest.param((80, 8), 40, 7, id="more where they are many"),
        pytest.param((12, 20), 4, 1, id="one below the other"),
    ],
)
async def test_what_can_follow_a_key_stands_in_columns(
    size: tuple[int, int], many: int, columns: int
) -> None:
    async with Boxes().run_test(size=size) as pilot:
        box = pilot.app.query_one(WhichKey)
        box.show([Continuation(chr(97 + at % 26), f"key {at:02}") for at in range(many)])
        lines = lines_of(box)
        assert len(lines) == -(-many // columns)
        assert max(map(len, lines)) <= size[0] - 2
        assert [line.split()[0] for line in lines] == [chr(97 + at % 26) for at in range(len(lines))]


@pytest.mark.parametrize(("width", "columns"), [(60, 2), (20, 1), (100, 4)])
async def test_the_first_keys_stand_side_by_side_where_there_is_room(width: int, columns: int) -> None:
    rows = [("j", "down"), ("k k", "up"), ("q", "leave it all"), ("?", "help")]
    async with Boxes().run_test(size=(width, 20)) as pilot:
        box = pilot.app.query_one(Welcome)
        box.show("The first keys", rows)
        title, *lines = lines_of(box)
        assert (title, len(lines)) == ("The first keys", -(-len(rows) // columns))
        assert sum(line.count(keys.rjust(3) + "  " + words) for line in lines for keys, words in rows) == len(
            rows
        )
        assert all(RichText(line).cell_len <= width - 2 for line in lines)
