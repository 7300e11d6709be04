"""A text as it is seen: laid out for the size there is, scrolled, and painted.

It knows no library. What lies on the text is drawn by `marked_text`, and moved by the reader in `text_pane`. What costs
time is kept small: only a window of the text is laid out at first, and painted rows are kept until something on them
changes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from textual.geometry import Offset, Region
from textual.message import Message
from textual.strip import Strip
from textual.theme import Theme
from textual.timer import Timer

from texts.model import Passage, Span, Text
from tui.private_api import SizedBeforePaint
from tui.view.marks import Marks
from tui.view.overlay import Overlay
from tui.view.paint import MARGIN, Painter, gutter_width
from tui.view.palette import DARK, Palette, palette_of
from tui.view.viewport import Viewport, Where
from tui.view.visible_text import VisibleText

TEXT_WIDTH = 72
"""Cells of the text column, at most."""

_WIDEST = 100
"""Cells of the text column on the widest screens: longer lines are hard to come back from."""

_NO_TEXT = Text("", "", "", "", "", ())
_REST_AFTER = 0.3
"""Seconds until more of the text is laid out: longer than from one letter of a search to the next."""
_FIRST_AHEAD_AFTER = 0.06
"""Seconds after a new layout until rows out of view are painted."""
_AHEAD_AFTER = 0.02
"""Seconds after scrolling until rows out of view are painted."""
_BETWEEN_CHUNKS = 0.004
"""Seconds between chunks of such work, so that keys come first."""
_AHEAD = 8
"""Rows that are painted at one go."""


class TextDisplay(SizedBeforePaint):
    """A text to look at, which keeps its cursor in view while it is laid out anew.

    Offsets are code points into the body, spans half-open. Rows are display rows: numbers of `row_of` mean something
    only against each other, until the text is next laid out; screen rows count from 0 at the top of the widget.

    It scrolls by itself: Textual's scroll offset stays 0, because all it would do here is cost a layout.
    """

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    TextDisplay { width: 1fr; height: 1fr; overflow: hidden hidden; }
    """

    class DisplayMessage(Message):
        """What its messages carry."""

        def __init__(self, display: TextDisplay) -> None:
            super().__init__()
            self.display = display
            """What it comes from."""

        @property
        def control(self) -> TextDisplay:
            """What it comes from."""
            return self.display

    class CursorMoved(DisplayMessage):
        """The cursor stands elsewhere."""

        def __init__(self, display: TextDisplay, offset: int) -> None:
            super().__init__(display)
            self.offset = offset
            """Where it stands now."""

    class ViewChanged(DisplayMessage):
        """Passages stand on other screen rows: scrolled, resized, another text."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._text: Text | None = None
        self._marks = Marks()
        self.marks_version = 0
        """Goes up with every change of the marks."""
        self._overlay = Overlay()
        self._palette: Palette | None = None
        self._of_theme = DARK
        self._text_width = TEXT_WIDTH
        self._widens = True
        """Whether the column gets wider than that where the screen is wide: until somebody says how wide it is."""
        self._spacing = 1
        self._justified = False
        self._show_furniture = True
        self._tells_headings = False
        self._to_reveal: tuple[Span | int, Where | int] | None = None
        """What to scroll to once there is a size."""
        self._growing: Timer | None = None
        self._ahead: Timer | None = None
        self._set_shown(VisibleText(_NO_TEXT), 0)

    def _set_shown(self, shown: VisibleText, place: int) -> None:
        """Starts from what is shown of a text, laid out for the present size with a place at the top."""
        shown.tells_headings = self._tells_headings
        self._shown = shown
        self._overlay.selection = None
        self._overlay.cursor = shown.grapheme(self._overlay.cursor.start)
        self._view = Viewport(
            shown,
            columns=self._columns(),
            height=self.outer_size.height,
            place=place,
            spacing=self._spacing,
            justified=self._justified,
        )
        self._show_layout()

    # the text

    @property
    def text(self) -> Text | None:
        """The text that is shown; None while there is none."""
        return self._text

    def show(self, text: Text, *, cursor: int = 0) -> None:
        """Shows a text with nothing on it, and the cursor at an offset."""
        self._text = text
        self._marks = Marks()
        overlay = self._overlay
        self._overlay = Overlay(
            Span(cursor, cursor),
            focused=overlay.focused,
            show_marks=overlay.show_marks,
            focus_dim=overlay.focus_dim,
        )
        self._set_shown(VisibleText(text, furniture=self._show_furniture), cursor)
        self.reveal(self.cursor, "middle")
        self.refresh()
        self._tell(self.CursorMoved(self, self.cursor))

    @property
    def cursor(self) -> int:
        """Offset at which the cursor is drawn."""
        return self._overlay.cursor.start

    def clear(self) -> None:
        """Shows no text."""
        self.show(_NO_TEXT)
        self._text = None

    # laying out

    @property
    def text_width(self) -> int:
        """Cells of the text column, at most."""
        return self._text_width

    @text_width.setter
    def text_width(self, cells: int) -> None:
        if cells != self._text_width or self._widens:
            self._text_width, self._widens = cells, False
            self._lay_out()
            self.refresh()

    @property
    def spacing(self) -> int:
        """Blank rows between passages."""
        return self._spacing

    @spacing.setter
    def spacing(self, rows: int) -> None:
        if rows != self._spacing:
            self._spacing = rows
            self._set_shown(self._shown, self._view.place)
            self.reveal(self.cursor)
            self.refresh()

    @property
    def justified(self) -> bool:
        """Whether rows of prose are stretched to the text column."""
        return self._justified

    @justified.setter
    def justified(self, justified: bool) -> None:
        if justified != self._justified:
            self._justified = self._view.justified = justified
            self._show_layout()
            self.refresh()

    def _columns(self) -> int:
        """Cells of the text column in the room that there is."""
        gutter = gutter_width(len(self._shown.text.numbered))
        room = self.outer_size.width - gutter - MARGIN
        widest = self._text_width
        if self._widens and room > widest:
            widest = min(_WIDEST, widest + (room - widest) * 2 // 3)
        return min(widest, room)

    def take_size(self, take: Callable[[], bool], *, is_new: bool) -> bool:
        """Lays the text out for a new size; the cursor stays in view."""
        in_view = self._view.holds(self.cursor)
        updated = take()
        if is_new:
            self._lay_out()
            if self._to_reveal is not None and self.outer_size:
                what, where = self._to_reveal
                self._to_reveal = None
                self.reveal(what, where)
            elif in_view:
                self.reveal(self.cursor)
        return updated

    def _lay_out(self) -> None:
        """Wraps the text anew for the present size; what is at the top stays there."""
        self._view.fit(self._columns(), self.outer_size.height)
        self._show_layout()

    def _show_layout(self) -> None:
        """Paints by a new layout."""
        layout = self._view.layout
        width, height = self.outer_size
        self._painter = Painter(layout, self._marks, self._overlay, self.palette, width, height=height)
        if self.is_attached:
            self._grow_later(_REST_AFTER)
            self._paint_ahead_later(_FIRST_AHEAD_AFTER)
            self._tell(self.ViewChanged(self))

    def _tell(self, message: DisplayMessage) -> None:
        """Sends a message to the screen, without a stop at each widget on the way up: they take as long as a motion."""
        if self.is_attached:
            self.screen.post_message(message)

    # level with another pane

    @property
    def fillers(self) -> Mapping[int, int]:
        """Blank rows behind passages, by their index among those shown, beside those that part them; -1: before all."""
        return self._view.fillers

    @fillers.setter
    def fillers(self, fillers: Mapping[int, int]) -> None:
        self._view.fill(fillers)
        self._show_layout()
        self.refresh()

    @property
    def geometry(self) -> tuple[object, ...]:
        """What the rows of the text depend on, fillers aside: the text, what is shown of it, and its column."""
        return self._text, self._shown, self._view.layout.columns, self._spacing

    def first_rows(self) -> list[int]:
        """The rows at which the passages that are shown begin, without fillers; lays the whole text out."""
        layout = self._view.whole_layout()
        return [layout.row_of(passage.span.start) for passage in self._shown.passages]

    def index_of(self, passage: Passage) -> int:
        """The index of a passage among those that are shown."""
        return self._shown.index(passage.span.start)

    @property
    def top_row(self) -> int:
        """The row at the top, counted from the first one of a text that is laid out as a whole."""
        return self._view.first

    def scroll_to_row(self, number: int) -> None:
        """Brings a row to the top, counted likewise."""
        self.scroll_rows(number - self.top_row)

    # work for when nothing else is to be done

    def _grow_later(self, seconds: float) -> None:
        if self._growing is not None:
            self._growing.stop()
        wanted = self.outer_size and not self._view.has_rows_ready
        self._growing = self.set_timer(seconds, self._grow) if wanted else None

    def _grow(self) -> None:
        """Lays out one more chunk around the view."""
        self._growing = None
        if self._view.grow():
            self._grow_later(_BETWEEN_CHUNKS)

    def _paint_ahead_later(self, seconds: float) -> None:
        if self._ahead is not None:
            self._ahead.stop()
        self._ahead = self.set_timer(seconds, self._paint_ahead) if self.outer_size else None

    def _paint_ahead(self) -> None:
        """Paints some rows of the screens below and above, so that a page turns at once."""
        self._ahead = None
        first, height = self._view.first, self._view.height
        coming = (*range(first + height, first + 2 * height), *range(first - 1, first - height, -1))
        painted = self._painter.paint_ahead(coming, _AHEAD)
        for strip in painted:
            strip.render(self.app.console)  # the strip keeps the bytes that the frame will ask it for
        if painted:
            self._paint_ahead_later(_BETWEEN_CHUNKS)

    # rows and places

    @property
    def place(self) -> int:
        """Offset of the first character in view."""
        return self._view.place

    @property
    def in_view(self) -> tuple[int, int]:
        """Offsets of the first and of the last row in view."""
        return self._view.edges

    def row_of(self, offset: int) -> int:
        """The display row of an offset, to be compared with that of another; laid out for it if need be."""
        return self._view.row_of(offset)

    def screen_row_of(self, offset: int) -> int:
        """The screen row of an offset; negative or from the height on where it is out of sight."""
        return self._view.screen_row_of(offset)

    def passage_at(self, offset: int) -> Passage:
        """The passage at an offset, or the nearest one before it."""
        return self._shown.passages[self._shown.index(offset)]

    def sentence_at(self, offset: int) -> Span:
        """The sentence at an offset, or the nearest one before it in its passage."""
        return self._shown.sentence(offset)

    def visible_passages(self) -> list[tuple[int, int, int]]:
        """The numbered passages in view: number, first and last screen row, cut off at the edges."""
        return self._view.passages()

    def screen_row_of_passage(self, number: int) -> int | None:
        """The first screen row of a passage that is in view; None where it is not."""
        return next((first for seen, first, _ in self.visible_passages() if seen == number), None)

    def visible_sentences(self) -> list[int]:
        """Offsets of the sentences that begin in view."""
        return self._view.sentences()

    # scrolling

    def scroll_rows(self, rows: int) -> bool:
        """Scrolls down by so many rows, or up; returns whether that changed anything."""
        scrolled = self._view.scroll_to(self._view.top + rows, over=True)
        if scrolled:
            self._show_scrolled()
        return scrolled

    def reveal(self, what: Span | int, where: Where | int = "near") -> None:
        """Scrolls to an offset or a span: to the top, the middle, the bottom, or a screen row of that number.

        `near` scrolls as little as needed; what is more than a screen away comes to the middle. The cursor stays.
        """
        if not self.outer_size:
            self._to_reveal = what, where
        elif self._view.reveal(what, where):
            self._show_scrolled()

    def _show_scrolled(self) -> None:
        self.refresh()
        self._grow_later(_REST_AFTER)
        # A search moves the text on with each letter; pages are turned from a pane.
        turns = isinstance(self.screen.focused, TextDisplay)
        self._paint_ahead_later(_AHEAD_AFTER if turns else _REST_AFTER)
        self._tell(self.ViewChanged(self))

    # what is shown of it

    def set_off_headings(self) -> None:
        """Sets titles and other headings off from now on."""
        self._tells_headings = self._shown.tells_headings = True
        self._touch_all()

    @property
    def show_furniture(self) -> bool:
        """Whether furniture is shown, dim, or left out."""
        return self._show_furniture

    @show_furniture.setter
    def show_furniture(self, show: bool) -> None:
        if show == self._show_furniture:
            return
        self._show_furniture = show
        before = self.cursor
        screen_row = min(max(self.screen_row_of(before), 0), max(0, self._view.height - 1))
        self._set_shown(VisibleText(self._shown.text, furniture=show), before)
        self.reveal(self.cursor, screen_row)
        self.refresh()
        if self.cursor != before:
            self._tell(self.CursorMoved(self, self.cursor))

    # colours

    @property
    def palette(self) -> Palette:
        """The colours in use: those that were set, or those of the theme."""
        return self._palette or self._of_theme

    def set_palette(self, palette: Palette | None) -> None:
        """Draws in these colours; None goes back to those of the theme."""
        self._palette = palette
        self._show_palette()

    def _show_palette(self) -> None:
        self._painter.palette = self.palette
        self._touch_all()

    def on_mount(self) -> None:
        """Follows the theme of the app."""
        self.app.theme_changed_signal.subscribe(self, self._follow_theme)
        self._follow_theme(self.app.current_theme)

    def _follow_theme(self, theme: Theme) -> None:
        # An app that knows of a terminal with few colours says what is drawn in place of the theme's.
        self._of_theme = getattr(self.app, "palette_for", palette_of)(theme)
        self._show_palette()

    # painting

    def _touch(self, span: Span) -> None:
        """Paints the rows of a span anew."""
        layout, view = self._view.layout, self._view
        first, last = layout.row_of(span.start), layout.row_of(max(span.start, span.end - 1))
        self._painter.forget(first, last)
        first, last = max(first, view.first), min(last, view.first + view.height - 1)
        if first <= last:
            self.refresh(Region(0, first - view.first, self.outer_size.width, last - first + 1))

    def _touch_where(self, differs: Callable[[int, int], bool]) -> None:
        """Paints those rows anew of whose stretch of the body, from one offset up to another, something has changed."""
        view, width = self._view, self.outer_size.width
        first, below = view.first, view.first + view.height
        touched = [number for number in self._painter.forget_where(differs) if first <= number < below]
        if 2 * len(touched) > view.height:
            self.refresh()
        elif touched:
            self.refresh(*(Region(0, number - first, width, 1) for number in touched))

    def _touch_all(self) -> None:
        self._painter.forget_all()
        self.refresh()

    def render_lines(self, crop: Region) -> list[Strip]:
        """The rows of a region. Kept strips go straight to the compositor, past Textual's own caches and filters."""
        first = self._view.first + crop.y
        strips = self._painter.strips(first, crop.height)
        if crop.x or crop.width != self.outer_size.width:
            return [strip.crop(crop.x, crop.right) for strip in strips]
        return strips

    def cursor_cell(self) -> Offset | None:
        """The cell of the screen that the cursor stands in; None where it is out of sight."""
        row = self._view.screen_row_of(self.cursor)
        if not 0 <= row < self.outer_size.height:
            return None
        layout = self._view.layout
        column = layout.column_of(layout.row(layout.row_of(self.cursor)), self.cursor)
        return Offset(self.region.x + self._painter.gutter + column, self.region.y + row)
