"""The bars of the desk and the bridge as they are drawn: each row's words, and the colours that say what they mean."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.geometry import Region
from textual.pilot import Pilot
from textual.widget import Widget

from texts.compare import AlignmentMap, Covered, MatrixCell
from tui.desk.scrolling import Scrolled
from tui.themes import DARK
from tui.view.bridge_lines import Tie, Weight
from tui.view.scroll_marks import ScrollMark
from tui.widgets.alignment_map import AlignmentView
from tui.widgets.bridge import Bridge
from tui.widgets.coverage import CoverageStrip
from tui.widgets.pane_head import PaneHead
from tui.widgets.status import StatusLine, StatusNote, Tone

WORDS, FAINT = "#d8d8d8", "#a2a2a2"
BAR, GROUND, HEAD = "#242424", "#141414", "#1c1c1c"
ACCENT, PRIMARY = "#dfaf68", "#7aa2d6"


class Bars(App[None]):
    """What is drawn row by row, in the dark theme."""

    CSS: ClassVar[str] = (
        "StatusLine, PaneHead { width: 60; } Bridge { height: 9; } AlignmentView { width: 12; }"
    )

    def compose(self) -> ComposeResult:
        yield StatusLine()
        yield PaneHead(2)
        yield Bridge()
        yield CoverageStrip()
        yield AlignmentView()

    def on_mount(self) -> None:
        self.register_theme(DARK)
        self.theme = "dark"

    async def settled(self) -> None:
        """Waits until what was changed is laid out."""
        await Pilot(self).pause()


@asynccontextmanager
async def bars() -> AsyncIterator[Bars]:
    app = Bars()
    async with app.run_test(size=(80, 30)) as pilot:
        await pilot.pause()
        yield app


def row(widget: Widget, y: int = 0) -> list[tuple[str, str]]:
    """The words of a row, each with how it looks."""
    strip = widget.render_lines(Region(0, y, *widget.size))[0]
    return [(part.text, str(part.style).removeprefix("not bold ")) for part in strip]


def words(widget: Widget, y: int = 0) -> str:
    return "".join(part for part, _ in row(widget, y))


async def test_each_part_of_the_status_line_looks_like_what_it_is() -> None:
    async with bars() as app:
        line = app.query_one(StatusLine)
        plain, end = f"{WORDS} on {BAR}", [(" ", f"{WORDS} on {BAR}"), ("? help", f"{FAINT} on {BAR}")]
        end.append((" ", plain))
        assert row(line) == [(" " * 52, plain), *end]
        line.show(
            [
                StatusNote("READ", Tone.MODE),
                StatusNote("¶1 s1"),
                StatusNote(""),
                StatusNote("done", Tone.GOOD),
                StatusNote("well\x1b", Tone.WARNING),
                StatusNote("no", Tone.ERROR),
                StatusNote("sync: off", Tone.DIM),
            ]
        )
        dot = (" · ", plain)
        assert row(line) == [
            (" READ ", f"bold {GROUND} on {PRIMARY}"),
            *((" ", plain), ("¶1 s1", plain), dot, ("done", f"#8fbf7f on {BAR}"), dot),
            *(("well␛", f"{ACCENT} on {BAR}"), dot, ("no", f"bold #df6c75 on {BAR}"), dot),
            *(("sync: off", f"{FAINT} on {BAR}"), (" " * 8, plain), *end),
        ]
        assert line.words == "READ · ¶1 s1 · done · well\x1b · no · sync: off"
        line.show([StatusNote("¶2"), StatusNote("here")], StatusNote("q quit", Tone.GOOD))
        assert row(line) == [
            *(("¶2", plain), dot, ("here", plain), (" " * 43, plain)),
            *((" ", plain), ("q quit", f"#8fbf7f on {BAR}"), (" ", plain)),
        ]
        line.show([StatusNote("¶3")])
        assert words(line).endswith(" q quit ")


async def test_a_message_that_would_be_cut_is_left_out() -> None:
    async with bars() as app:
        line = app.query_one(StatusLine)
        for length, is_left_out in (
            (46, False),
            (47, True),
        ):  # beside ¶12 and a point, of 60 less 8 for the help
            said = StatusNote("m" * length, Tone.WARNING)
            line.show([StatusNote("¶12"), said, StatusNote("after")])
            assert line.leave_out(said) is is_left_out
            assert ("m" in words(line)) is not is_left_out
            assert ("after" in words(line)) is is_left_out
        assert line.leave_out(StatusNote("")) is False
        assert "m" in words(line)


async def test_on_a_narrow_line_the_help_gives_way() -> None:
    async with bars() as app:
        line = app.query_one(StatusLine)
        line.show([StatusNote("READ ¶12"), StatusNote("some more words")])
        for width, drawn in ((23, "READ ¶12 · some more w…"), (24, "READ ¶12 · some… ? help ")):
            line.styles.width = width
            await app.settled()
            assert words(line) == drawn


async def test_a_head_says_which_pane_has_the_keys_and_shortens_its_name() -> None:
    async with bars() as app:
        head = app.query_one(PaneHead)
        away, here = f"#b2b2b2 on {HEAD}", f"bold {WORDS} on {BAR}"
        badge = (" 2 ", f"bold {GROUND} on {PRIMARY}")
        head.short = lambda: "Short"
        head.show("A name", "¶1/9", active=False)
        assert row(head) == [(" 2 A name".ljust(54) + " ¶1/9 ", away)]
        head.show("A name", "¶1/9", active=True)
        assert row(head) == [badge, (" A name".ljust(51) + " ¶1/9 ", here)]
        for length, active, name in (
            (50, True, ""),
            (51, True, "Short"),
            (51, False, ""),
            (52, False, "Short"),
        ):
            whole = "x" * length
            head.show(whole, "¶1/9", active=active)
            assert words(head) == f"{' 2 ' if active else ' 2'} {name or whole}".ljust(54) + " ¶1/9 "
        head.short = str
        head.show("x" * 60, "¶1/9", active=False)
        assert words(head) == f" 2 {'x' * 50}… ¶1/9 "


async def test_the_bridge_draws_ties_over_what_stands_at_its_edges() -> None:
    async with bars() as app:
        bridge, mark = app.query_one(Bridge), ScrollMark
        bridge.show(
            [Tie(1, 3, Weight.STRONG, True, "sure 90"), Tie(5, 5, Weight.WEAK), Tie(7, 7, Weight.LINKED)]
        )
        bridge.show_scrolled(
            Scrolled((mark.NOTHING, mark.HIT, mark.RELATED, mark.HIGHLIGHT, mark.NOTHING), 0, 2),
            Scrolled((mark.HIT,) * 3, 2, 6),
        )
        lit, weak = f"bold {ACCENT} on {GROUND}", f"#585858 on {GROUND}"
        bare_in_view = ("│", f"#6c6c6c on {BAR}")
        hit = ("◆", f"{ACCENT} on {GROUND}")
        assert [row(bridge, y) for y in range(9)] == [
            [(" " * 9, f"{WORDS} on {HEAD}")],
            [bare_in_view, (" " * 7, weak), hit],
            [("────╮", lit), ("   ", weak), hit],
            [
                ("·", f"#909090 on {BAR}"),
                ("   ", weak),
                ("│", lit),
                ("   ", weak),
                ("◆", f"{ACCENT} on {BAR}"),
            ],
            [("▪", f"{PRIMARY} on {GROUND}"), ("   ", weak), ("╰────", lit)],
            [(" ", weak), ("sure 90", lit), bare_in_view],
            [("┄" * 9, weak)],
            [(" " * 8, weak), bare_in_view],
            [("━" * 9, f"{PRIMARY} on {GROUND}")],
        ]
        assert bridge.marked_rows == 8
        bridge.keeps_columns = True
        assert [part.text for part in bridge.render_line(0)] == ["\x1b[1G", " " * 9, "\x1b[10G"]


async def test_the_bridge_is_narrow_on_a_narrow_screen() -> None:
    bridge = Bridge()
    widths = []
    for cells in (99, 100):
        bridge.fit(cells)
        widths.append(bridge.styles.width.value if bridge.styles.width else None)
    assert widths == [5, 9]


async def test_the_strip_marks_where_the_reader_is() -> None:
    async with bars() as app:
        strip = app.query_one(CoverageStrip)
        strip.show(
            [
                Covered(number, 80.0 if number % 2 else 0.0, (1,) if number % 2 else ())
                for number in range(1, 17)
            ]
        )
        sign, here = f"#a7a7a7 on {GROUND}", f"bold {ACCENT} on {GROUND}"
        drawn = [[(" ▓ ", sign)]] * strip.size.height
        assert [row(strip, y) for y in range(strip.size.height)] == drawn
        strip.mark(3)
        assert [row(strip, y) for y in range(8)] == [drawn[0], [("▸▓ ", here)], *drawn[2:]]
        strip.mark(None)
        assert row(strip, 1) == drawn[1]


async def test_the_map_moves_its_cursor_from_cell_to_cell() -> None:
    async with bars() as app:
        view = app.query_one(AlignmentView)
        assert (view.cell, view.to_next(1)) == (None, False)
        scores = ((0.0, 90.0, 0.0), (0.0, 0.0, 0.0), (30.0, 0.0, 70.0))

        def draw(width: int, height: int) -> AlignmentMap:
            cells = tuple(
                tuple(
                    MatrixCell(score, left, right, (left, right) == (2, 2))
                    for left, score in enumerate(line, 1)
                )
                for right, line in enumerate(scores, 1)
            )
            return AlignmentMap(cells, 3, 3)

        view.show(draw, (2, 1))
        assert (view.pair, view.cell) == ((2, 1), MatrixCell(90.0, 2, 1, False))
        cell, axis, here = f"#a7a7a7 on {GROUND}", f"#898989 on {GROUND}", f"bold {ACCENT} on {GROUND}"
        end = ("  ", f"{WORDS} on {GROUND}")
        assert [row(view, y) for y in range(5)] == [
            [(" " * 8, axis), ("▼2", here), ("  ", axis)],
            [("▶    1 ", here), ("·", cell), ("█", f"bold reverse {ACCENT} on {GROUND}"), ("·", cell), end],
            [("     2 ", axis), ("·", cell), ("◆", f"bold {PRIMARY} on {GROUND}"), ("·", cell), end],
            [("     3 ", axis), ("░·▒", cell), end],
            [(" " * 12, f"{WORDS} on {GROUND}")],
        ]
        for direction, ways in ((1, [(2, 2), (1, 3), (3, 3)]), (-1, [(1, 3), (2, 2), (2, 1)])):
            for pair in ways:
                assert view.to_next(direction)
                assert view.pair == pair
            assert not view.to_next(direction)
        for down, right, pair in ((9, 9, (3, 3)), (-1, -1, (2, 2)), (-9, -9, (1, 1)), (1, 0, (1, 2))):
            view.move(down, right)
            assert view.pair == pair
        view.show(draw, (7, 8))
        assert view.cell == MatrixCell(70.0, 3, 3, False)
