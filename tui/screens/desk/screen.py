"""The desk itself: the panes, the bridge, the status line, and the way from a key to what it does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen
from textual.widget import Widget

from store.errors import LibraryError, NotFound
from store.records import Highlight, Outline
from texts.model import EVERYWHERE, Span, Text
from tui.keymap import Keymap, Typing
from tui.keys import Press, press_name
from tui.reading.paint import Mark
from tui.screens.desk.gaps import Gaps
from tui.screens.desk.linking import Linking
from tui.screens.desk.marking import Marking
from tui.screens.desk.moving import MOTIONS, Moving
from tui.screens.desk.part import Asking, Doing, Later, Part
from tui.screens.desk.refusals import no_text, one_text
from tui.screens.desk.relating import Relating
from tui.screens.desk.side import Side
from tui.session import Session
from tui.settings import Settings
from tui.widgets.bridge import Bridge
from tui.widgets.pane_head import PaneHead
from tui.widgets.status import Note, StatusLine, Tone
from tui.widgets.text_pane import TextPane

if TYPE_CHECKING:
    from tui.screens.desk.agreement import Agreeing
    from tui.screens.desk.at_highlight import AtHighlight
    from tui.screens.desk.codebook import Codebook
    from tui.screens.desk.commanding import Commanding
    from tui.screens.desk.comparing import Comparing
    from tui.screens.desk.dismissals import Dismissals
    from tui.screens.desk.finding import Finding
    from tui.screens.desk.foot import Foot
    from tui.screens.desk.highlight_list import HighlightList
    from tui.screens.desk.journaling import Journaling
    from tui.screens.desk.link_list import LinkList
    from tui.screens.desk.listing import Listing
    from tui.screens.desk.selecting import Selecting
    from tui.screens.desk.tag_hits import TagHits
    from tui.screens.desk.tagging import Tagging
    from tui.screens.desk.versions import Versions
    from tui.screens.desk.where import Where
    from tui.screens.picker import Picker
    from tui.widgets.prompt import Prompt
    from tui.widgets.related_list import RelatedList

_WIDE = 100
"""Cells of a screen from which on the bridge has its full width."""
_BRIDGE = 9
_NARROW_BRIDGE = 5
_NARROWEST_PANE = 30
"""Cells that a pane keeps when the other is made wider."""
_LOOK_ELSEWHERE = 0.7
"""Seconds between looks at what another program has changed in the library."""
_OF_SENTENCES = frozenset({"highlight", "tag", "highlight_with", "note", "star", "link", "copy", "related"})
"""Commands that a count gives so many sentences to."""
_ONLY_LOOKING = frozenset({*MOTIONS, "other_pane", "left_pane", "right_pane"})
"""Commands that leave the first keys on the screen."""
_OF_THE_PRESENT = frozenset({"furniture", "next_orphan", "previous_orphan", "library_note"})
"""Commands that ask the library about a text, and mean its present version."""


class _Frame(Widget):
    """Holds widgets that cover it. It is hidden: Textual would draw its rows below theirs, a twelfth of a page down."""


class DeskScreen(Screen[None], inherit_bindings=False):
    """Two texts, side by side."""

    AUTO_FOCUS = ""
    BLANK = True
    BINDINGS: ClassVar[list[BindingType]] = []
    HORIZONTAL_BREAKPOINTS = [(0, "-stacked"), (80, "-side-by-side")]  # noqa: RUF012  # as Textual declares it
    DEFAULT_CSS = """
    DeskScreen {
        layers: base over;
        background: $background;
        & #panes { height: 1fr; layout: horizontal; visibility: hidden; }
        & .side { width: 1fr; height: 1fr; layout: vertical; }
        & PaneHead, & TextPane, & Bridge { visibility: visible; }
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

    def __init__(self, session: Session, keymap: Keymap, settings: Settings) -> None:
        super().__init__()
        self.session = session
        self._settings = settings
        self.typing = Typing(keymap)
        self.sides: tuple[Side, ...] = ()
        self.share = 50
        """Percent of the width that the left pane gets."""
        self._active = 0
        self._told = Note("")
        self.asking: Asking | None = None
        """What the prompt is open for."""
        self.working = ""
        """What takes a while, for the status line."""
        self._gone: dict[int, str] = {}
        """Slugs of texts that were on the desk when an undo took them out of the library, by number of the side."""
        self._list: tuple[Press, Picker] | None = None
        """The last list, and what opened it."""
        self.moving = Moving(self)
        self.marking = Marking(self)
        self.relating = Relating(self)
        self.linking = Linking(self)
        self.gaps = Gaps(self)

    selecting: Later[Selecting] = Later("selecting", "Selecting")
    tagging: Later[Tagging] = Later("tagging", "Tagging")
    at_highlight: Later[AtHighlight] = Later("at_highlight", "AtHighlight")
    codebook: Later[Codebook] = Later("codebook", "Codebook")
    commanding: Later[Commanding] = Later("commanding", "Commanding")
    comparing: Later[Comparing] = Later("comparing", "Comparing")
    journaling: Later[Journaling] = Later("journaling", "Journaling")
    finding: Later[Finding] = Later("finding", "Finding")
    listing: Later[Listing] = Later("listing", "Listing")
    highlight_list: Later[HighlightList] = Later("highlight_list", "HighlightList")
    link_list: Later[LinkList] = Later("link_list", "LinkList")
    tag_hits: Later[TagHits] = Later("tag_hits", "TagHits")
    versions: Later[Versions] = Later("versions", "Versions")
    dismissals: Later[Dismissals] = Later("dismissals", "Dismissals")
    agreeing: Later[Agreeing] = Later("agreement", "Agreeing")
    where: Later[Where] = Later("where", "Where")
    foot: Later[Foot] = Later("foot", "Foot")

    @cached_property
    def commands(self) -> Mapping[str, Doing]:
        """What each command of the key table does, by its id."""
        found: dict[str, Doing] = dict(self._own_commands())
        for part in self._parts():
            found.update(part.commands())
        return found

    def _parts(self) -> Iterable[Part]:
        """The parts that do commands."""
        yield from (self.moving, self.marking, self.relating, self.linking, self.gaps)
        yield from (
            self.selecting,
            self.tagging,
            self.at_highlight,
            self.codebook,
            self.commanding,
            self.comparing,
        )
        yield from (self.journaling, self.finding, self.listing, self.highlight_list, self.link_list)
        yield from (self.versions, self.dismissals, self.agreeing)

    def _own_commands(self) -> Iterable[tuple[str, Doing]]:
        """Commands that belong to no part."""
        yield "clear", lambda press: self.clear()
        yield "last_list", lambda press: self.open_last_list()
        yield "quit", lambda press: self.app.exit()
        yield "suspend", lambda press: self.app.action_suspend_process()

    # what is on the screen

    def compose(self) -> ComposeResult:
        left, right = TextPane(id="left"), TextPane(id="right")
        for pane in (left, right):
            pane.text_width, pane.spacing = self._settings.text_width, self._settings.spacing
            pane.justified = self._settings.justify
        heads = PaneHead(1), PaneHead(2)
        self.sides = tuple(
            Side(number, pane, head)
            for number, (pane, head) in enumerate(zip((left, right), heads, strict=True))
        )
        with _Frame(id="panes"):
            with _Frame(classes="side", id="side-0"):
                yield heads[0]
                yield left
            yield Bridge(id="bridge")
            with _Frame(classes="side", id="side-1"):
                yield heads[1]
                yield right
        yield StatusLine(id="status")

    def on_mount(self) -> None:
        self.moving.start()
        pair = self.session.pair
        for side, slug in zip(self.sides, pair, strict=True):
            self.put_text(side, self.session.text(slug) if slug else None)
        self.set_class(not pair[1], "-single")
        self.activate(self.sides[1 if pair[1] and self.session.places.get("active", 0) == 1 else 0])
        self.call_after_refresh(self._load_the_rest)
        self.call_after_refresh(self.relating.start)
        self.set_interval(_LOOK_ELSEWHERE, self.look_elsewhere)

    def on_resize(self, event: events.Resize) -> None:
        self.bridge.styles.width = _BRIDGE if event.size.width >= _WIDE else _NARROW_BRIDGE

    @property
    def bridge(self) -> Bridge:
        """The bridge between the panes."""
        return self.query_one("#bridge", Bridge)

    def _load_the_rest(self) -> None:
        """Loads what the first paint did without, before a key asks for it."""
        for name in ("foot", "commands"):
            getattr(self, name)

    @property
    def active(self) -> Side:
        """The side the reader is in."""
        return self.sides[self._active]

    @property
    def other(self) -> Side:
        """The side the reader is not in."""
        return self.sides[1 - self._active]

    def sides_in_sight(self) -> tuple[Side, ...]:
        """The active side first, and the other one unless the active one has the whole width."""
        return (self.active,) if self.zoomed else (self.active, self.other)

    def side_of(self, slug: str) -> Side | None:
        """The side that shows a text, the active one first."""
        for side in (self.active, self.other):
            if side.text and side.slug == slug:
                return side
        return None

    def activate(self, side: Side) -> None:
        """Makes a side the one that keys go to."""
        if side.text is None and any(each.text for each in self.sides):
            self.tell(f"no second text is open: {self.key_of('open_text')} opens one")
            return
        self._active = side.number
        if self.zoomed:
            self._show_active_alone()
        self.set_focus(side.pane, scroll_visible=False)
        self.refresh_place()
        self.relating.draw_bridge()
        self.call_after_refresh(self._lead_cursor)

    # texts

    def put_text(self, side: Side, text: Text | None) -> None:
        """Shows a text in a side, at the place where the reader left it."""
        self.gaps.drop()
        side.text = text
        side.hits = []
        if text is None:
            side.pane.clear()
            return
        cursor = self.session.cursor(text)
        side.pane.show(text, cursor=cursor)
        screenful = self.app.size.height * side.pane.text_width
        self.draw_highlights(side, Span(max(0, cursor - screenful), cursor + screenful))
        self.call_after_refresh(self.draw_highlights, side)

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
            self.tell(one_text(self))
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
        if zoomed:
            self._show_active_alone()
        self.set_class(zoomed, "-zoomed")

    def _show_active_alone(self) -> None:
        """Says by class which side a zoomed desk shows; at any other time that would cost a layout for nothing."""
        for side in self.sides:
            self.query_one(f"#side-{side.number}").set_class(side is self.active, "-active")

    def share_out(self, percent: int) -> None:
        """Gives the left pane so many percent of the width; both stay wide enough to read in."""
        least = min(50, max(20, -(-100 * _NARROWEST_PANE // max(1, self.size.width))))
        self.share = min(100 - least, max(least, percent))
        self.query_one("#side-0").styles.width = f"{self.share}fr"
        self.query_one("#side-1").styles.width = f"{100 - self.share}fr"

    # highlights

    def draw_highlights(self, side: Side, within: Span = EVERYWHERE) -> None:
        """Draws the highlights of a side as the library has them, or for now only those that reach into a span."""
        if side.text is None or side.is_earlier:
            return
        linked, looks = self.session.linked(), self.session.looks()
        try:
            outlines = self.session.outlines(side.slug, within)
        except NotFound:
            return  # taken out of the library a moment ago, which `_follow_shelf` is about to see
        side.pane.set_marks(mark_of(outline, looks, linked) for outline in outlines)
        self.gaps.draw(side)

    def _follow_shelf(self) -> None:
        """Leaves texts that the library no longer has, and opens them again once it has them again."""
        shelf, before = self.session.library.shelf, [side.slug for side in self.sides]
        for side in self.sides:
            if side.text is not None and not shelf.has(side.library_slug):
                self._gone[side.number] = side.library_slug
                self.put_text(side, None)
                side.head.show("no text", "", False)
            elif side.text is None and shelf.has(self._gone.get(side.number, "")):
                self.put_text(side, self.session.text(self._gone.pop(side.number)))
        if [side.slug for side in self.sides] != before:
            self.set_class(self.sides[1].text is None, "-single")
            self._pair_changed()
            self.activate(self.active if self.active.text else self.other)

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
        self._follow_shelf()
        self.take_new_versions()
        for side in self.sides:
            self.draw_highlights(side)
        self.relating.read_dismissed()
        self.relating.draw_bridge()
        self.refresh_place()

    def put_highlights(self, highlights: Iterable[Highlight]) -> None:
        """Shows highlights as the library now has them."""
        linked, looks = self.session.linked(), self.session.looks()
        for highlight in highlights:
            for side in self.sides:
                if side.slug == highlight.text:
                    side.pane.put_mark(mark_of(highlight.outline, looks, linked))
        self.refresh_place()

    def look_elsewhere(self) -> None:
        """Shows what another program has changed."""
        if self.session.changed_elsewhere():
            self.reload()
            if self._told.tone is not Tone.ERROR:  # a refusal stays until the next key
                self.tell("the library was changed by another program")

    # keys

    def key_of(self, id: str) -> str:
        """The key of a command in this reader's keymap, for what is told."""
        return self.typing.keymap.key_of(id)

    def on_key(self, event: events.Key) -> None:
        if not isinstance(self.focused, TextPane):
            if event.character == "?" or event.key == "f1":
                event.stop()
                self.listing.show_keys("Help", self.where.in_related())
            return
        if self.selecting.labelling:
            event.stop()
            self.selecting.label_typed(event)
            return
        selecting = self.active.pane.mode != "read"
        press = self.typing.type(press_name(event.key, event.character), selecting)
        event.stop()
        event.prevent_default()
        self.foot.wait_to_show_follows()
        if press is not None:
            self.do(press)
        elif self.typing.meaningless:
            self.tell(f"{self.typing.meaningless} is nothing: {self.key_of('help')} shows what is")
        else:
            self.show_status()

    @property
    def stands(self) -> bool:
        """Whether all is there that a key may need: the foot comes after the first paint."""
        return self.is_mounted and self.foot.prompt.is_mounted

    def do(self, press: Press) -> None:
        """Does a command."""
        told = self._told
        if press.id in _OF_THE_PRESENT and self.active.is_earlier:
            self.tell(self.versions.refusal(self.active), error=True)
        else:
            self.marking.take_sentences(press.count if press.id in _OF_SENTENCES else None)
            try:
                self.commands[press.id](press)
            except LibraryError as problem:
                # A page of the library is damaged, or its disk is gone: the rest can still be read.
                self.tell(str(problem), error=True)
            self._keep_list(press)
            if press.id not in _ONLY_LOOKING:
                self.foot.first_keys.hide()
        if self._told is told and told.words:
            self._told = Note("")
        self.show_status()

    def _keep_list(self, press: Press) -> None:
        """Keeps a list that a command has opened, to open it again."""
        from tui.screens.picker import Picker

        if isinstance(self.app.screen, Picker) and press.id != "last_list":
            self._list = press, self.app.screen

    def open_last_list(self) -> None:
        """Opens the last list again, with what was typed in it and what was lit."""
        if self._list is None:
            lists = ", ".join(map(self.key_of, ("annotations", "codebook", "open_text")))
            self.tell(f"no list has been opened yet: {lists} open one")
            return
        press, left = self._list
        typed, lit = left.left_at
        self.do(press)
        if isinstance(self.app.screen, type(left)):
            self.app.screen.take_up(typed, lit)

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

    def show_first_keys(self) -> None:
        """Shows the first keys of a first start."""
        self.foot.welcome()

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
        if self._told.words:  # before what may be cut off at the edge
            parts.append(self._told)
        if "at_highlight" in vars(self):  # else that part is not needed yet, and holds nothing
            parts += self.at_highlight.status_notes()
        parts += self.linking.status_notes()
        parts.append(Note(self.relating.sync_words(), Tone.DIM))
        parts += [
            *self.gaps.status_notes(),
            *self.marking.status_notes(),
        ]
        if self.active.pane.mode != "read":
            parts += self.tagging.status_notes()
        if self.working:
            parts.append(Note(self.working, Tone.WARNING))
        if not self._told.words:
            parts.append(Note(self.session.last_act, Tone.DIM))
        self.query_one("#status", StatusLine).show(parts)

    def _place_words(self) -> str:
        side = self.active
        if side.text is None:
            return no_text(self)
        passage = side.text.passage_at(side.pane.cursor)
        if passage is None or passage.number is None:
            return "furniture" if passage else "empty"
        number = side.pane.sentence_number()
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
        event.stop()
        self.relating.cursor_moved()
        self.refresh_place()
        self._lead_cursor()

    @on(TextPane.SelectionChanged)
    def _selection_changed(self, event: TextPane.SelectionChanged) -> None:
        event.stop()
        self.show_status()

    @on(TextPane.ViewChanged)
    def _view_changed(self, event: TextPane.ViewChanged) -> None:
        event.stop()
        self.relating.draw_bridge()
        self._lead_cursor()

    def _lead_cursor(self) -> None:
        """Puts the terminal's own cursor where the reader's is: screen readers and magnifiers follow it."""
        cell = self.active.pane.cursor_cell() if isinstance(self.focused, TextPane) else None
        if cell is not None:
            self.app.cursor_position = cell

    @on(events.DescendantFocus)
    def _focused(self, event: events.DescendantFocus) -> None:
        for side in self.sides:
            if event.widget is side.pane is self.focused and side is not self.active:
                self.activate(side)

    # Named rather than decorated, because a decorator would need the widgets before the first paint.

    def on_prompt_typed(self, event: Prompt.Typed) -> None:
        """A letter more, or less, in the prompt."""
        if self.asking is not None:
            self.asking.typed(event.words)

    def on_prompt_turned(self, event: Prompt.Turned) -> None:
        """Tab in the prompt."""
        if self.asking is not None:
            self.asking.turned(event.by)

    def on_prompt_walked(self, event: Prompt.Walked) -> None:
        """Up and Down in the prompt."""
        if self.asking is not None:
            self.asking.walked(event.by)

    def on_prompt_entered(self, event: Prompt.Entered) -> None:
        """Enter in the prompt."""
        if self.asking is not None:
            self.asking.entered(event.words)
            self.show_status()

    def on_prompt_left(self) -> None:
        """Esc in the prompt."""
        if self.asking is not None:
            self.asking.left()

    def on_related_list_lit(self, event: RelatedList.Lit) -> None:
        """Another row of the related list."""
        self.relating.preview(event.row)

    def on_related_list_wanted(self, event: RelatedList.Wanted) -> None:
        """Something is to be done with a related passage."""
        self.relating.wanted(event.what, event.row)

    # leaving

    def remember(self) -> None:
        """Keeps pair, places, jumps and marks for the next run."""
        self.session.keep_cursors({side.slug: side.pane.cursor for side in self.sides if side.text})
        self.session.places.put("active", self._active)
        self.moving.remember()
        self.relating.remember()


def mark_of(outline: Outline, looks: dict[str, tuple[str, str]], linked: set[int]) -> Mark:
    """What a pane shows of a highlight: colour and letter of its first tag, and signs for what it carries."""
    colour, letter = looks.get(outline.tag, ("", ""))
    return Mark(
        id=outline.id,
        parts=outline.parts,
        colour=colour,
        letter=letter,
        star=outline.star,
        note=outline.noted,
        link=outline.id in linked,
        pending=False,
    )
