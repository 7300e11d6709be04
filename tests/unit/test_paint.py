"""Painted rows are as wide as the pane, show what is there, and tell looks apart, with colours or without."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.style import Style

from texts.model import Passage, Span, Text
from texts.segment import passages
from tui.view.cells import as_shown, cells_of
from tui.view.marks import Mark, Marks
from tui.view.overlay import Overlay, Spans, StyleFlags
from tui.view.paint import SCREENS_KEPT, Painter, gutter_width
from tui.view.palette import DARK, HUES, LIGHT, NO_COLOUR, Palette, style
from tui.view.visible_text import VisibleText
from tui.view.wrap import Layout, Wrapper

PIECES = [
    "a",
    "word ",
    "it’s ",
    "\n",
    "\n\n",
    "\t",
    "世",
    "e\u0301",
    "👨\u200d👩",
    "❤\ufe0f",
    "🇺🇸",
    "[b]",
    "[/x]",
]
bodies = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)
spans = st.tuples(st.integers(0, 120), st.integers(1, 60)).map(lambda pair: Span(pair[0], pair[0] + pair[1]))
palettes = st.sampled_from([DARK, LIGHT, NO_COLOUR])

PROSE = "The first passage is here. It goes on.\n\nShare this\n\nThe last passage ends it all."


@dataclass
class Page:
    """A painted text."""

    painter: Painter
    body: str

    def row(self, number: int) -> str:
        return self.painter.paint(number).text

    def style_at(self, offset: int) -> Style:
        """The style of the cell of an offset."""
        layout = self.painter.layout
        number = layout.row_of(offset)
        cell = self.painter.gutter + layout.column_of(layout.row(number), offset)
        for segment in self.painter.paint(number):
            cell -= cells_of(segment.text)
            if cell < 0:
                return segment.style or Style()
        raise AssertionError("no such cell")


def page_of(
    body: str, overlay: Overlay, marks: Sequence[Mark] = (), palette: Palette = DARK, width: int = 60
) -> Page:
    text = Text("text", "Text", "", "", body, passages(body, furniture=False))
    return page_of_text(text, overlay, marks, palette, width)


def page_of_text(
    text: Text, overlay: Overlay, marks: Sequence[Mark], palette: Palette = DARK, width: int = 60
) -> Page:
    shown = VisibleText(text)
    layout = Layout(Wrapper(shown), width - gutter_width(len(text.numbered)) - 1)
    return Page(Painter(layout, Marks(marks), overlay, palette, width), text.body)


@st.composite
def overlays(draw: st.DrawFn) -> Overlay:
    """Anything that can lie on a text."""
    cursor, hits = draw(spans), draw(st.lists(spans, max_size=3))
    return Overlay(
        Span(cursor.start, cursor.start + 1),
        focused=draw(st.booleans()),
        selection=draw(st.none() | spans),
        hits=Spans(hits),
        current=hits[0] if hits else None,
        evidence=Spans(draw(st.lists(spans, max_size=3))),
        emphasized=draw(st.none() | spans),
        show_marks=draw(st.booleans()),
        focus_dim=draw(st.booleans()),
    )


@given(bodies, palettes, overlays(), st.lists(spans, max_size=4), st.integers(12, 80))
def test_every_row_is_as_wide_as_the_pane_and_has_the_words(
    body: str, palette: Palette, overlay: Overlay, marked: list[Span], width: int
) -> None:
    marks = [Mark(id, (span,), "sky" if id % 2 else "", "A", note=id > 1) for id, span in enumerate(marked)]
    page = page_of(body, overlay, marks, palette, width)
    overlay.cursor = page.painter.layout.shown.grapheme(overlay.cursor.start)
    layout = page.painter.layout
    for number in range(len(layout.rows)):
        strip = page.painter.paint(number)
        assert strip.cell_length == width
        assert sum(cells_of(segment.text) for segment in strip) == width
        row = layout.row(number)
        if width > 20:
            assert as_shown(body[row.start : row.end]) in strip.text


def test_a_row_too_wide_for_a_narrow_pane_is_cut_before_what_has_no_room() -> None:
    strip = page_of("a👨\u200d👩", Overlay(Span(0, 1)), width=12).painter.paint(0)
    assert strip.text == "   1    a   ", "a grapheme is there whole or not at all"
    assert cells_of(strip.text) == strip.cell_length == 12


def test_numbers_stand_on_first_rows_and_furniture_has_none() -> None:
    text = Text("t", "", "", "", PROSE, (
        Passage(Span(0, 38), 1), Passage(Span(40, 50), None), Passage(Span(52, len(PROSE)), 2),
    ))  # fmt: skip
    page = page_of_text(text, Overlay(Span(0, 1)), [], width=40)
    gutters = [page.row(number)[: page.painter.gutter] for number in range(len(page.painter.layout.rows))]
    assert [gutter.strip() for gutter in gutters] == ["1", "", "", "·", "", "2"]
    assert page.style_at(41).color == Style(color=DARK.dim).color
    assert page.style_at(0) != page.style_at(41)


def test_a_mark_has_letter_signs_bar_and_wash() -> None:
    mark = Mark(1, (Span(4, 60),), "green", "G", note=True, star=True)
    body = "The quick fox " * 8
    page = page_of(body.strip(), Overlay(), [mark], width=40)
    assert page.row(0)[: page.painter.gutter] == "   1✎★G▌"
    assert page.row(1)[: page.painter.gutter] == "       ▌"
    assert page.row(3)[: page.painter.gutter].strip() == ""
    assert page.style_at(0).bgcolor == style(DARK).bgcolor
    assert page.style_at(5).bgcolor == style(DARK, StyleFlags(marked="green")).bgcolor != style(DARK).bgcolor


def test_what_is_selected_in_a_mark_keeps_the_colour_of_the_mark() -> None:
    overlay = Overlay(Span(33, 34), selection=Span(4, 15))
    page = page_of("The quick brown fox jumps over it.", overlay, [Mark(1, (Span(0, 9),), "green", "G")])
    assert page.style_at(5) == style(DARK, StyleFlags(marked="green", selected=True))
    assert page.style_at(12) == style(DARK, StyleFlags(selected=True))


def test_of_overlapping_marks_the_innermost_shows_underlined() -> None:
    marks = [Mark(1, (Span(0, 30),), "green", "G"), Mark(2, (Span(10, 20),), "pink", "P")]
    page = page_of("The quick brown fox jumps over it.", Overlay(Span(33, 34)), marks)
    assert page.style_at(5) == style(DARK, StyleFlags(marked="green"))
    assert page.style_at(15) == style(DARK, StyleFlags(marked="pink", overlap=True))
    assert page.style_at(15).underline
    assert page.row(0)[: page.painter.gutter] == "   1 GP▌"


def test_a_row_of_two_marks_has_a_bar_of_both_and_without_colours_a_whole_one() -> None:
    two = [Mark(1, (Span(0, 9),), "sky", "A"), Mark(2, (Span(4, 9),), "pink", "B")]
    rows = {
        palette: page_of(PROSE, Overlay(Span(40, 41)), two, palette).row(0) for palette in (DARK, NO_COLOUR)
    }
    assert [sign for sign in rows[DARK] if sign in "▌█╎"] == ["▌"]
    assert [sign for sign in rows[NO_COLOUR] if sign in "▌█╎"] == ["█"]


def test_more_signs_than_there_is_room_for_end_in_a_plus() -> None:
    marks = [
        Mark(id, (Span(id, 30),), "green", letter, note=True, star=True) for id, letter in enumerate("ABC")
    ]
    page = page_of("The quick brown fox jumps over it.", Overlay(), marks)
    assert page.row(0)[: page.painter.gutter] == "   1+BC▌"


def test_marks_that_are_hidden_leave_no_trace() -> None:
    marks = [Mark(1, (Span(0, 30),), "green", "G", note=True)]
    page = page_of("The quick brown fox jumps over it.", Overlay(show_marks=False), marks)
    assert page.row(0)[: page.painter.gutter].strip() == "1"
    assert page.style_at(5) == style(DARK)


def test_a_mark_that_is_not_written_yet_has_a_broken_bar() -> None:
    page = page_of("Some words.", Overlay(), [Mark(1, (Span(0, 4),), "sky", "S", pending=True)])
    assert "╎" in page.row(0)


def test_the_cursor_shows_in_the_pane_that_has_it_and_in_the_other() -> None:
    here = page_of("Some words.", Overlay(Span(5, 6), focused=True)).style_at(5)
    there = page_of("Some words.", Overlay(Span(5, 6))).style_at(5)
    plain = page_of("Some words.", Overlay(Span(0, 1))).style_at(5)
    assert len({here, there, plain}) == 3


def test_the_cursor_shows_on_a_hanging_space_and_in_an_empty_text() -> None:
    body = "abcdefghij klm"
    page = page_of(body, Overlay(Span(10, 11), focused=True), width=gutter_width(1) + 11)
    assert page.row(0).endswith("abcdefghij ")
    assert list(page.painter.paint(0))[-1].style == style(DARK, StyleFlags(cursor=True))
    empty = page_of("", Overlay(Span(0, 0), focused=True))
    assert style(DARK, StyleFlags(cursor=True)) in {segment.style for segment in empty.painter.paint(0)}


def test_the_current_hit_the_other_hits_and_the_selection_look_different() -> None:
    overlay = Overlay(
        Span(30, 31), hits=Spans([Span(0, 4), Span(10, 14)]), current=Span(10, 14), selection=Span(20, 25)
    )
    page = page_of("Some word with many more words in it.", overlay)
    assert len({page.style_at(offset) for offset in (0, 5, 10, 20)}) == 4


def test_evidence_is_underlined_and_a_lit_passage_has_a_sign() -> None:
    body = "One passage.\n\nAnother passage."
    page = page_of(body, Overlay(evidence=Spans([Span(22, 29)]), emphasized=Span(14, len(body))))
    assert page.style_at(23).underline
    assert not page.style_at(15).underline
    assert page.row(2).startswith("▸")
    assert not page.row(0).startswith("▸")


@given(bodies, spans, spans, palettes)
def test_no_two_neighbours_have_one_style(body: str, marked: Span, found: Span, palette: Palette) -> None:
    """Each segment takes some forty bytes of colours on its way to the terminal."""
    overlay = Overlay(Span(0, 1), hits=Spans([found]))
    page = page_of(body, overlay, [Mark(1, (marked,), "sky", "S")], palette)
    for number in range(len(page.painter.layout.rows)):
        styles = [segment.style for segment in page.painter.paint(number)]
        assert all(one != other for one, other in pairwise(styles))


def test_the_last_screens_are_kept_and_no_more() -> None:
    page = page_of("\n\n".join(f"Passage {number}." for number in range(400)), Overlay(Span(0, 1)))
    painter = Painter(page.painter.layout, Marks(), page.painter.overlay, DARK, 60, height=10)
    strips = [painter.strip(number) for number in range(400)]
    assert painter.strip(399) is strips[399], "what was painted last is still there"
    assert painter.strip(399 - 10 * (SCREENS_KEPT // 2 - 1)) is strips[399 - 10 * (SCREENS_KEPT // 2 - 1)]
    assert painter.strip(0) is not strips[0]
    assert len(painter._kept) <= 10 * SCREENS_KEPT


def test_rows_are_painted_ahead_once_as_many_as_are_asked_for_and_none_that_are_not_there() -> None:
    painter = page_of("One.\n\nTwo.\n\nThree.", Overlay(Span(0, 1))).painter
    rows = range(-1, len(painter.layout.rows) + 1)
    ahead = [strip.text.split() for strip in painter.paint_ahead(rows, 4)]
    assert ahead == [["1", "One."], [], ["2", "Two."], []]
    assert [strip.text.split() for strip in painter.paint_ahead(rows, 4)] == [["3", "Three."]]
    assert painter.paint_ahead(rows, 4) == []


def test_out_of_focus_is_dim() -> None:
    body = "One passage.\n\nAnother passage."
    page = page_of(body, Overlay(Span(0, 1), focus_dim=True))
    assert page.style_at(15) == style(DARK, StyleFlags(dim=True))
    assert page.style_at(3) == style(DARK)


@given(bodies, st.lists(spans, max_size=6), st.integers(20, 60))
def test_marks_alone_take_no_word_away_and_add_none(body: str, marked: list[Span], width: int) -> None:
    marks = [Mark(id, (span,), "sky" if id % 2 else "pink", "A") for id, span in enumerate(marked)]
    page = page_of(body, Overlay(Span(-1, -1)), marks, DARK, width)
    layout = page.painter.layout
    for number in range(len(layout.rows)):
        row, strip = layout.row(number), page.painter.paint(number)
        assert strip.cell_length == sum(cells_of(segment.text) for segment in strip) == width
        assert strip.text[page.painter.gutter :].rstrip() == as_shown(body[row.start : row.end]).rstrip()


@given(bodies, st.sampled_from(["§", "§§", "§§§"]))
def test_labels_hide_nothing_of_what_they_name(body: str, label: str) -> None:
    page = page_of(body, Overlay(), width=50)
    shown = page.painter.layout.shown
    for passage in shown.passages:
        for offset in range(*passage.span):
            if shown.snap_to_grapheme(offset) != offset:
                continue
            number = page.painter.layout.row_of(offset)
            row = page.painter.layout.row(number)
            if row.start <= offset < row.end:
                page.painter.overlay.labels = {offset: label}
                strip = page.painter.paint(number)
                assert strip.cell_length == 50
                _, _, after = strip.text.partition(label)
                assert after.startswith(as_shown(body[offset : row.end]))


def test_a_label_stands_in_the_space_before_a_sentence_and_in_the_gutter_before_a_row() -> None:
    body = "One sentence. Another one."
    page = page_of(body, Overlay(labels={0: "as", 14: "d"}))
    assert page.row(0).rstrip() == "   1  asOne sentence.dAnother one."


@pytest.mark.parametrize("palette", [DARK, LIGHT, NO_COLOUR], ids=["dark", "light", "no colour"])
def test_looks_that_matter_differ_in_every_palette(palette: Palette) -> None:
    looks = [
        StyleFlags(),
        StyleFlags(marked="green"),
        StyleFlags(marked="green", overlap=True),
        StyleFlags(hit=True),
        StyleFlags(selected=True),
        StyleFlags(cursor=True),
        StyleFlags(away=True),
        StyleFlags(dim=True),
        StyleFlags(emphasized=True),
        StyleFlags(hit=True, current=True),
        StyleFlags(marked="green", selected=True),
    ]
    assert len({style(palette, look) for look in looks}) == len(looks)


def test_without_colour_no_style_has_one() -> None:
    marks = [Mark(1, (Span(0, 8),), "green", "G"), Mark(2, (Span(4, 20),), "pink", "P")]
    overlay = Overlay(Span(9, 10), True, Span(6, 12), Spans([Span(3, 9)]), Span(3, 9), labels={0: "a"})
    page = page_of("The quick brown fox jumps.", overlay, marks, NO_COLOUR)
    for segment in page.painter.paint(0):
        assert segment.style is not None
        assert segment.style.color is None
        assert segment.style.bgcolor is None


@pytest.mark.parametrize("palette", [DARK, LIGHT], ids=["dark", "light"])
@pytest.mark.parametrize("colour", [*HUES, ""])
def test_words_and_letters_of_every_colour_are_legible(palette: Palette, colour: str) -> None:
    """WCAG 2.2 asks for a contrast of 4.5 between words and what is behind them, and of 3 for signs."""
    assert contrast(palette.text, palette.under(colour)) >= 4.5
    assert contrast(palette.ink(colour), palette.background) >= 3


def contrast(one: str, other: str) -> float:
    def luminance(colour: str) -> float:
        channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@given(st.lists(spans, max_size=40), spans)
def test_spans_on_a_row_are_those_that_touch_it(all: list[Span], row: Span) -> None:
    assert list(Spans(all).within(*row)) == sorted(span for span in all if span.overlaps(row))
