"""The desk itself: the panes, the bridge, the status line, and the way from a key to what it does."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import Screen
from textual.timer import Timer
from textual.worker import get_current_worker

from store.library import Library, LibraryError
from store.records import Highlight
from texts.model import Text
from tui.keys import Keymap, Press, Typing, press_name, shown
from tui.reading.paint import Mark
from tui.relating import relations_in
from tui.screens.desk.at_highlight import AtHighlight
from tui.screens.desk.codebook import Codebook
from tui.screens.desk.dismissals import Dismissals
from tui.screens.desk.finding import Finding
from tui.screens.desk.gaps import Gaps
from tui.screens.desk.highlight_list import HighlightList
from tui.screens.desk.journaling import Journaling
from tui.screens.desk.link_list import LinkList
from tui.screens.desk.linking import Linking
from tui.screens.desk.listing import Listing
from tui.screens.desk.marking import Marking
from tui.screens.desk.moving import Moving
from tui.screens.desk.part import Doing
from tui.screens.desk.relating import Relating
from tui.screens.desk.selecting import Selecting
from tui.screens.desk.side import Side
from tui.screens.desk.tag_hits import TagHits
from tui.screens.desk.tagging import Tagging
from tui.screens.desk.versions import Versions
from tui.screens.picker import Choice, Picked, Picker
from tui.session import Session
from tui.widgets.bridge import Bridge
from tui.widgets.follows import Follows
from tui.widgets.pane_head import PaneHead
from tui.widgets.prompt import Prompt
from tui.widgets.related_list import RelatedList
from tui.widgets.status import Note, StatusLine, Tone
from tui.widgets.text_pane import TEXT_WIDTH, TextPane

_FOLLOWS_AFTER = 0.45
"""Seconds after which an unfinished sequence shows what can follow."""
_WIDE = 100
"""Cells of a screen from which on the bridge has its full width."""
_BRIDGE = 9
_NARROW_BRIDGE = 5
_LOOK_ELSEWHERE = 0.7
"""Seconds between looks at what another program has changed in the library."""
_OF_THE_PRESENT = frozenset({"furniture", "next_orphan", "previous_orphan", "library_note"})
"""Commands that ask the library about a text, and mean its present version."""


class DeskScreen(Screen[None], inherit_bindings=False):
    """Two texts, side by side."""

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = []
    HORIZONTAL_BREAKPOINTS = [(0, "-stacked"), (80, "-side-by-side")]  # noqa: RUF012  # as Textual declares it
    DEFAULT_CSS = """
    DeskScreen {
        layers: base over;
        background: $background;
        & #panes { height: 1fr; layout: horizontal; }
        & .side { width: 1fr; height: 1fr; layout: vertical; }
        &.-stacked {
            & #panes { layout: vertical; }
            & Bridge { display: none; }
        }
        &.-zoomed {
            & Bridge { display: none; }
            & .side { display: none; }
            & .side.-active { display: block; }
        }
        &.-single {
            & Bridge { display: none; }
            & #side-1 { display: none; }
        }
    }
    """

    def __init__(self, session: Session, keymap: Keymap, text_width: int = TEXT_WIDTH) -> None:
        super().__init__()
        self.session = session
        self._text_width = text_width
        self.typing = Typing(keymap)
        self.sides: tuple[Side, ...] = ()
        self.share = 50
        """Percent of the width that the left pane gets."""
        self._active = 0
        self._told = Note("")
        self._pause: Timer | None = None
        self.moving = Moving(self)
        self.selecting = Selecting(self)
        self.marking = Marking(self)
        self.tagging = Tagging(self)
        self.at_highlight = AtHighlight(self)
        self.codebook = Codebook(self)
        self.journaling = Journaling(self)
        self.finding = Finding(self)
        self.relating = Relating(self)
        self.linking = Linking(self)
        self.listing = Listing(self)
        self.highlight_list = HighlightList(self)
        self.link_list = LinkList(self)
        self.gaps = Gaps(self)
        self.tag_hits = TagHits(self)
        self.versions = Versions(self)
        self.dismissals = Dismissals(self)
        parts = (
            self.moving,
            self.selecting,
            self.marking,
            self.tagging,
            self.at_highlight,
            self.codebook,
            self.journaling,
            self.finding,
            self.relating,
            self.linking,
            self.listing,
            self.highlight_list,
            self.link_list,
            self.gaps,
            self.versions,
            self.dismissals,
        )
        self.commands: dict[str, Doing] = dict(self._own_commands())
        for part in parts:
            self.commands.update(part.commands())

    def _own_commands(self) -> Iterable[tuple[str, Doing]]:
        """Commands that belong to no part."""
        yield "clear", lambda press: self.clear()
        yield "quit", lambda press: self.app.exit()
        yield "palette", lambda press: self.app.action_command_palette()
        yield "suspend", lambda press: self.app.action_suspend_process()
        yield "command", lambda press: self.choose_command()

    # what is on the screen

    def compose(self) -> ComposeResult:
        left, right = TextPane(id="left"), TextPane(id="right")
        left.text_width = right.text_width = self._text_width
        heads = PaneHead(1), PaneHead(2)
        self.sides = tuple(
            Side(number, pane, head)
            for number, (pane, head) in enumerate(zip((left, right), heads, strict=True))
        )
        with Horizontal(id="panes"):
            with Vertical(classes="side", id="side-0"):
                yield heads[0]
                yield left
            yield Bridge(id="bridge")
            with Vertical(classes="side", id="side-1"):
                yield heads[1]
                yield right
        yield RelatedList(id="related")
        yield Prompt(id="prompt")
        yield StatusLine(id="status")
        yield Follows(id="follows")

    def on_mount(self) -> None:
        self.moving.start()
        pair = self.session.pair
        for side, slug in zip(self.sides, pair, strict=True):
            self.put_text(side, self.session.text(slug) if slug else None)
        self.set_class(not pair[1], "-single")
        self.activate(self.sides[self.session.places.get("active", 0) if pair[1] else 0])
        self.call_after_refresh(self.relating.start)
        self.set_interval(_LOOK_ELSEWHERE, self.look_elsewhere)

    def on_resize(self, event: events.Resize) -> None:
        self.bridge.styles.width = _BRIDGE if event.size.width >= _WIDE else _NARROW_BRIDGE

    @property
    def bridge(self) -> Bridge:
        """The bridge between the panes."""
        return self.query_one("#bridge", Bridge)

    @property
    def prompt(self) -> Prompt:
        """The prompt at the foot."""
        return self.query_one("#prompt", Prompt)

    @property
    def active(self) -> Side:
        """The side the reader is in."""
        return self.sides[self._active]

    @property
    def other(self) -> Side:
        """The side the reader is not in."""
        return self.sides[1 - self._active]

    def side_of(self, slug: str) -> Side | None:
        """The side that shows a text, the active one first."""
        for side in (self.active, self.other):
            if side.text and side.slug == slug:
                return side
        return None

    def activate(self, side: Side) -> None:
        """Makes a side the one that keys go to."""
        if side.text is None and any(each.text for each in self.sides):
            self.tell("no second text is open: Space d opens one")
            return
        self._active = side.number
        for each in self.sides:
            self.query_one(f"#side-{each.number}").set_class(each is side, "-active")
        side.pane.focus(scroll_visible=False)
        self.refresh_place()
        self.relating.draw_bridge()

    # texts

    def put_text(self, side: Side, text: Text | None) -> None:
        """Shows a text in a side, at the place where the reader left it."""
        self.gaps.drop()
        side.text = text
        side.hits = []
        if text is None:
            side.highlights = {}
            side.pane.clear()
            return
        side.pane.show(text, cursor=self.session.cursor(text))
        self.reload_highlights(side)

    def open_text(self, side: Side, slug: str) -> None:
        """Opens another text of the library in a side."""
        self.show_text(side, self.session.text(slug))

    def show_text(self, side: Side, text: Text | None) -> None:
        """Shows another text in a side, or none."""
        self.session.keep_cursors({each.slug: each.pane.cursor for each in self.sides if each.text})
        self.put_text(side, text)
        self.set_class(self.sides[1].text is None, "-single")
        self._pair_changed()
        if text is not None:
            self.activate(side)

    def reopen(self, side: Side, told: str) -> None:
        """Reads the text of a side again after its passages have changed."""
        self.session.keep_cursors({side.slug: side.pane.cursor})
        cursor = side.pane.cursor
        self.put_text(side, self.session.text(side.slug))
        side.pane.move_to(cursor)
        self._pair_changed()
        self.tell(told, good=True)

    def swap(self) -> None:
        """The two texts change places."""
        if self.other.text is None:
            self.tell("only one text is open: Space d opens another")
            return
        self.session.keep_cursors({each.slug: each.pane.cursor for each in self.sides})
        first, second = (side.text for side in self.sides)
        self.put_text(self.sides[0], second)
        self.put_text(self.sides[1], first)
        self._pair_changed()
        self.refresh_place()

    def _pair_changed(self) -> None:
        if not any(side.is_earlier for side in self.sides):
            self.session.pair = (self.sides[0].slug, self.sides[1].slug)
        self.finding.clear()
        self.relating.start()

    @property
    def zoomed(self) -> bool:
        """Whether the active pane has the whole width."""
        return self.has_class("-zoomed")

    def zoom(self, zoomed: bool) -> None:
        """Gives the active pane the whole width, or takes it back."""
        self.set_class(zoomed, "-zoomed")

    def share_out(self, percent: int) -> None:
        """Gives the left pane so many percent of the width."""
        self.share = min(80, max(20, percent))
        self.query_one("#side-0").styles.width = f"{self.share}fr"
        self.query_one("#side-1").styles.width = f"{100 - self.share}fr"

    # highlights

    def reload_highlights(self, side: Side) -> None:
        """Reads the highlights of a side again."""
        if side.text is None:
            return
        if side.is_earlier:
            side.highlights = {}
            return
        side.highlights = {highlight.id: highlight for highlight in self.session.highlights(side.slug)}
        linked = self.session.linked()
        looks = self.session.looks()
        side.pane.set_marks([mark_of(highlight, looks, linked) for highlight in side.highlights.values()])
        self.gaps.draw(side)

    def take_new_versions(self) -> None:
        """Shows the texts whose version has changed as they now are."""
        changed = [
            side for side in self.sides if side.text is not None and self.session.version_changed(side.text)
        ]
        for side in changed:
            cursor = side.pane.cursor
            self.put_text(side, self.session.text(side.slug))
            side.pane.move_to(cursor)
        if changed:
            self._pair_changed()

    def reload(self) -> None:
        """Reads again all that another act, or another program, may have changed."""
        self.take_new_versions()
        for side in self.sides:
            self.reload_highlights(side)
        self.relating.read_dismissed()
        self.relating.draw_bridge()
        self.refresh_place()

    def put_highlights(self, highlights: Iterable[Highlight]) -> None:
        """Shows highlights as the library now has them."""
        linked, looks = self.session.linked(), self.session.looks()
        for highlight in highlights:
            for side in self.sides:
                if side.slug == highlight.text:
                    side.highlights[highlight.id] = highlight
                    side.pane.put_mark(mark_of(highlight, looks, linked))
        self.refresh_place()

    def look_elsewhere(self) -> None:
        """Shows what another program has changed."""
        if self.session.changed_elsewhere():
            self.reload()
            if self._told.tone is not Tone.ERROR:  # a refusal stays until the next key
                self.tell("the library was changed by another program")

    # keys

    def on_key(self, event: events.Key) -> None:
        if not isinstance(self.focused, TextPane):
            return
        if self.selecting.labelling:
            event.stop()
            self.selecting.label_typed(event)
            return
        selecting = self.active.pane.mode != "read"
        press = self.typing.type(press_name(event.key, event.character), selecting)
        event.stop()
        event.prevent_default()
        self._show_follows()
        if press is not None:
            self.do(press)
        elif self.typing.pending:
            self.show_status()

    def do(self, press: Press) -> None:
        """Does a command."""
        told = self._told
        if press.id in _OF_THE_PRESENT and self.active.is_earlier:
            self.tell(self.versions.refusal(self.active), error=True)
        else:
            self.commands[press.id](press)
        if self._told is told and told.words:
            self._told = Note("")
        self.show_status()

    def _show_follows(self) -> None:
        if self._pause is not None:
            self._pause.stop()
            self._pause = None
            self.query_one("#follows", Follows).hide()
        if self.typing.pending:
            self._pause = self.set_timer(_FOLLOWS_AFTER, self._follows_now)

    def _follows_now(self) -> None:
        follows = self.typing.follows(self.active.pane.mode != "read")
        if follows:
            self.query_one("#follows", Follows).show(follows)

    def clear(self) -> None:
        """Clears the selection first; then hits, evidence and what is pending."""
        self.typing.clear()
        pane = self.active.pane
        selecting = pane.mode != "read" or pane.selection is not None
        if selecting:
            pane.clear_selection()
        if self.at_highlight.stop_placing() or selecting or self.gaps.drop():
            return
        searching = bool(self.finding.query)
        self.finding.clear()
        self.linking.cancel()
        self.relating.clear()
        if self.active.is_earlier and not searching:
            self.versions.leave()

    def choose_command(self) -> None:
        """A command by its name."""
        keys = [key for key in self.typing.keymap.keys if not key.takes and key.keys]
        choices = [Choice(key.id, key.id.replace("_", " "), f"{key.help}  {shown(key)}") for key in keys]

        def picked(which: Picked | None) -> None:
            if which is not None:
                self.do(Press(which.key))

        self.app.push_screen(Picker("Command", choices), picked)

    # the status line

    def tell(self, words: str, *, error: bool = False, good: bool = False) -> None:
        """Says something in the status line until the next key."""
        self._told = Note(words, Tone.ERROR if error else Tone.GOOD if good else Tone.WARNING)
        self.show_status()

    def show_status(self) -> None:
        """Shows mode, place, sync, what is here, and what was done last."""
        pane = self.active.pane
        mode = {"read": "READ", "select": "SELECT"}.get(pane.mode, "SELECT ¶")
        parts = [Note(mode, Tone.MODE), Note(self._place_words())]
        if self.typing.pending:
            parts.append(Note(self.typing.pending, Tone.WARNING))
        parts.append(Note(self.relating.sync_words(), Tone.DIM))
        parts += [
            *self.gaps.status_notes(),
            *self.marking.status_notes(),
            *self.tagging.status_notes(),
            *self.versions.status_notes(),
        ]
        parts.append(self._told if self._told.words else Note(self.session.last_act, Tone.DIM))
        self.query_one("#status", StatusLine).show(parts)

    def _place_words(self) -> str:
        side = self.active
        if side.text is None:
            return "no text is open: Space d opens one"
        passage = side.text.passage_at(side.pane.cursor)
        if passage is None or passage.number is None:
            return "furniture" if passage else "empty"
        number = side.sentence_number()
        return f"¶{passage.number} s{number}" if number else f"¶{passage.number}"

    def refresh_place(self) -> None:
        """Shows names and places over the panes."""
        for side in self.sides:
            if side.text is None:
                continue
            total = len(side.text.numbered)
            place = f"¶{side.passage_number() or '–'}/{total}"
            side.head.show(f"{side.slug} · {side.text.title}", place, side is self.active)
        self.show_status()

    # messages of the panes

    @on(TextPane.CursorMoved)
    def _cursor_moved(self, event: TextPane.CursorMoved) -> None:
        self.relating.cursor_moved()
        self.refresh_place()

    @on(TextPane.SelectionChanged)
    def _selection_changed(self) -> None:
        self.show_status()

    @on(TextPane.ViewChanged)
    def _view_changed(self) -> None:
        self.relating.draw_bridge()

    @on(events.DescendantFocus)
    def _focused(self, event: events.DescendantFocus) -> None:
        for side in self.sides:
            if event.widget is side.pane is self.focused and side is not self.active:
                self.activate(side)

    @on(Prompt.Typed)
    def _prompt_typed(self, event: Prompt.Typed) -> None:
        self.finding.typed(event.words)

    @on(Prompt.Turned)
    def _prompt_turned(self, event: Prompt.Turned) -> None:
        self.finding.turned(event.by)

    @on(Prompt.Entered)
    def _prompt_entered(self, event: Prompt.Entered) -> None:
        self.finding.entered(event.words)

    @on(Prompt.Left)
    def _prompt_left(self) -> None:
        self.finding.left()

    @on(RelatedList.Lit)
    def _related_lit(self, event: RelatedList.Lit) -> None:
        self.relating.preview(event.row)

    @on(RelatedList.Wanted)
    def _related_wanted(self, event: RelatedList.Wanted) -> None:
        self.relating.wanted(event.what, event.row)

    # beside the desk

    @work(thread=True, exclusive=True, group="relate", exit_on_error=False)
    def relate(self, left: Text, right: Text) -> None:
        """Relates the pair in a thread, with a connection of its own to the library."""
        from texts.relate import Cancelled
        from texts.relate.beside import RelatingError

        worker = get_current_worker()

        def progress(done: float) -> None:
            self.app.call_later(self.relating.progressed, done)

        try:
            with Library.open(self.session.library.path, reader=self.session.reader) as library:
                relations = relations_in(
                    library,
                    left,
                    right,
                    progress=progress,
                    cancelled=lambda: worker.is_cancelled,
                    beside=True,
                )
        except Cancelled:
            return
        except (LibraryError, RelatingError) as problem:
            self.app.call_later(self.tell, str(problem), error=True)
            return
        if not worker.is_cancelled:
            self.app.call_later(self.relating.arrived, left, right, relations)

    @work(thread=True, group="add", exit_on_error=False)
    def add_file(self, path: Path, side: Side) -> None:
        """Adds a file to the library in a thread and opens it."""
        from texts.load import LoadError, load

        def failed(problem: BaseException) -> None:
            self.tell(str(problem), error=True)

        try:
            text = load(path)
        except LoadError as problem:
            self.app.call_later(failed, problem)
            return
        self.session.write(
            lambda library: library.shelf.add(text)[0], lambda added: self.open_text(side, added.slug), failed
        )

    # leaving

    def remember(self) -> None:
        """Keeps pair, places, jumps and marks for the next run."""
        self.session.keep_cursors({side.slug: side.pane.cursor for side in self.sides if side.text})
        self.session.places.put("active", self._active)
        self.moving.remember()
        self.relating.remember()


def mark_of(highlight: Highlight, looks: dict[str, tuple[str, str]], linked: set[int]) -> Mark:
    """What a pane shows of a highlight: colour and letter of its first tag, and signs for what it carries."""
    colour, letter = looks.get(highlight.tags[0], ("", "")) if highlight.tags else ("", "")
    return Mark(
        id=highlight.id,
        parts=highlight.parts,
        colour=colour,
        letter=letter,
        star=highlight.star,
        note=bool(highlight.note),
        link=highlight.id in linked,
        pending=False,
    )
