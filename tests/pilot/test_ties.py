"""The lines between the panes: which passages they tie, how strongly, and what is said where an end is out of sight."""

from __future__ import annotations

import pytest

from tui.view.bridge_lines import Tie, Weight

HIGH = 14


def lit(reader) -> set[Tie]:  # type: ignore[no-untyped-def]
    return {tie for tie in reader.desk.context.bridge.ties if tie.emphasized}


def rows(side) -> dict[int, int]:  # type: ignore[no-untyped-def]
    """The screen rows of the passages in view; 0 for one that begins above."""
    return {number: max(0, first) for number, first, _ in side.pane.visible_passages()}


async def test_a_tie_says_how_sure_it_is_or_where_its_other_end_is(
    open_desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.desk.ties.STRONG", 96)  # the articles have no pair between 50 and 60
    async with open_desk(size=(120, HIGH)) as reader:
        await reader.related()
        context = reader.desk.context
        found = context.state.relations.found
        kinds: set[tuple[Weight, str]] = set()
        for near, far, numbers in ((0, 1, (2, 4, 7, 9, 16, 19)), (1, 0, (1, 2, 5, 6, 9))):
            await reader.press("ctrl+w h" if near == 0 else "ctrl+w l")
            side, other = reader.desk.sides[near], reader.desk.sides[far]
            other.pane.reveal(other.text.passage(5).span.start, "middle")
            of = found.for_left if near == 0 else found.for_right
            for number in numbers:
                await reader.press(f"{' '.join(str(number))} G")
                (best,) = of(number, limit=1) or (None,)
                if best is None:
                    assert not lit(reader)
                    continue
                target = best.right if near == 0 else best.left
                seen, here = rows(other), rows(side)[number]
                label, end = f"sure {best.score:.0f}", seen.get(target, 0)
                if target not in seen:
                    label, end = (f"↑¶{target}", -1) if target < min(seen) else (f"↓¶{target}", HIGH - 1)
                ends = (here, end) if near == 0 else (end, here)
                weight = Weight.STRONG if best.score >= 96 else Weight.WEAK
                assert Tie(*ends, weight, True, label) in lit(reader)
                kinds.add((weight, label[0]))
        assert {label for _, label in kinds} == {"s", "↑", "↓"}
        assert {weight for weight, _ in kinds} == {Weight.STRONG, Weight.WEAK}


async def test_a_link_is_tied_where_it_is_in_view_or_at_the_cursor(open_desk) -> None:
    async with open_desk(size=(120, HIGH)) as reader:
        await reader.related()
        await reader.press("9 G g r")
        far = reader.desk.query_one("#related").row.number
        await reader.press("l")
        await reader.press("escape")
        left, right = reader.desk.sides

        def linked() -> list[Tie]:
            return [tie for tie in reader.desk.context.bridge.ties if tie.weight is Weight.LINKED]

        right.pane.reveal(right.text.passage(far).span.start, "middle")
        await reader.press("8 G 9 G")
        assert linked() == [Tie(rows(left)[9], rows(right)[far], Weight.LINKED, True, "")]
        await reader.press("k k k")
        if 9 in rows(left) and reader.desk.active.passage_number() != 9:
            assert [tie.emphasized for tie in linked()] == [False], "both ends are in view"
        right.pane.reveal(len(right.text.body) - 1 if far < 10 else 0, "top")
        await reader.press("9 G")
        (tie,) = linked()
        assert tie.label == (f"↑¶{far}" if far < 10 else f"↓¶{far}")
        await reader.press("g g")
        assert not linked(), "neither is it at the cursor, nor are both ends in view"
