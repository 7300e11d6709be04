"""What every command of the desk is given: the session, the panes, what the desk knows, and the way to the reader."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from textual.app import App
from textual.screen import Screen

from store.text_names import EARLIER
from tui.desk.desk_state import DeskState
from tui.desk.pair_view import PairView
from tui.desk.side import Side
from tui.keys.key_table import Press
from tui.keys.keymap import Keymap, KeyParser
from tui.session import Session
from tui.widgets.bridge import Bridge
from tui.widgets.status import StatusNote, Tone

if TYPE_CHECKING:
    from tui.desk.overlays import Overlays

T = TypeVar("T")


class Router(Protocol):
    """What the screen does for commands."""

    @property
    def commands(self) -> Mapping[str, DeskCommand]:
        """What each command of the key table does, by its id."""

    def do(self, press: Press) -> None:
        """Does a command as if its keys had been pressed."""

    def show_status(self) -> None:
        """Draws the status line."""


class DeskContext:
    """Given to each command, which is a function of it and of what was pressed."""

    def __init__(self, screen: Screen[None], router: Router, session: Session, keymap: Keymap) -> None:
        self.screen = screen
        self._router = router
        self.session = session
        self.keys = KeyParser(keymap)
        self.state = DeskState()
        self.sides: tuple[Side, ...] = ()
        """The left and the right one, once the screen is composed."""
        self.active_number = 0
        self.bridge = Bridge(id="bridge")
        """Between the panes."""
        self.do = router.do
        self.show_status = router.show_status
        self._own: dict[Callable[[DeskContext], Any], Any] = {}

    # the screen

    @property
    def app(self) -> App[Any]:
        """The program that the desk is the first screen of."""
        return self.screen.app

    @property
    def on_top(self) -> bool:
        """Whether no list, dialog or other screen lies over the desk."""
        return self.screen.app.screen is self.screen

    def push(self, screen: Screen[T], answered: Callable[[T | None], None] | None = None) -> None:
        """Lays a list, a dialog or another screen over the desk; `answered` is called with what it was left with."""
        self.screen.app.push_screen(screen, answered)

    @cached_property
    def overlays(self) -> Overlays:
        """The prompt, the related list and what else lies at the foot of the desk; mounted when first asked for."""
        from tui.desk.overlays import Overlays

        return Overlays(self.screen)

    @property
    def is_drawn(self) -> bool:
        """Whether the first frame has been drawn: what is shown in it, it shows without what takes long to find out."""
        return "overlays" in vars(self)

    @property
    def zoomed(self) -> bool:
        """Whether the active pane has the whole width."""
        return self.screen.has_class("-zoomed")

    # the two sides

    @property
    def active(self) -> Side:
        """The side the reader is in."""
        return self.sides[self.active_number]

    @property
    def other(self) -> Side:
        """The side the reader is not in."""
        return self.sides[1 - self.active_number]

    def sides_in_sight(self) -> tuple[Side, ...]:
        """The active side first, and the other one unless the active one has the whole width."""
        return (self.active,) if self.zoomed else (self.active, self.other)

    def side_of(self, slug: str) -> Side | None:
        """The side that shows a text, the active one first."""
        for side in (self.active, self.other):
            if side.text and side.slug == slug:
                return side
        return None

    def name(self, slug: str) -> str:
        """What a text is called in messages and lists: its title, in few words."""
        from texts.short_titles import short_titles

        base, _, version = slug.partition(EARLIER)
        titles = {side.library_slug: side.text.title for side in self.sides if side.text is not None}
        titles.setdefault(base, self.session.title(base))
        name = dict(zip(titles, short_titles(list(titles.values())), strict=True))[base] or base
        return f"{name} ({version})" if version else name

    def view_from(self, side: Side) -> PairView | None:
        """The relations of the pair as seen from a side; None as long as there are none."""
        relations = self.state.relations
        if relations.found is None:
            return None
        return PairView(relations.found, side.number, relations.dismissed)

    # what is said

    def key_of(self, id: str) -> str:
        """The key of a command in this reader's keymap, for messages."""
        return self.keys.keymap.key_of(id)

    def tell(self, words: str, *, error: bool = False, good: bool = False) -> None:
        """Says something in the status line until the next key."""
        self.state.told = StatusNote(words, Tone.ERROR if error else Tone.GOOD if good else Tone.WARNING)
        self.show_status()

    def refused(self, problem: BaseException) -> None:
        """Says why something was not done."""
        self.tell(str(problem), error=True)

    def no_text(self) -> str:
        """Why nothing that acts on a text is done where none is open, and which key helps."""
        return f"no text is open: {self.key_of('open_text')} opens one"

    def one_text(self) -> str:
        """The same for what acts on two texts."""
        return f"this wants two texts: {self.key_of('open_text')} opens another"

    def why_locked(self, side: Side) -> str:
        """Why nothing can be marked in a side just now; empty where it can."""
        if side.is_earlier:
            return f"an earlier version is only read: {self.key_of('clear')} goes back to the present one"
        if self.state.updating and side.slug == self.state.updating:
            return f"{self.name(side.slug)} is being updated: again in a moment"
        return ""

    # what is shown in the panes besides highlights

    def clear_search(self) -> None:
        """Forgets the query and takes all hits away."""
        self.state.search.query, self.state.search.hits = "", ()
        for side in self.sides:
            side.hits = []
            side.pane.set_hits([], None)

    def clear_labels(self) -> None:
        """Takes the labels away."""
        self.state.labels = None
        for side in self.sides:
            side.pane.set_labels({})

    def clear_evidence(self) -> None:
        """Takes away the evidence and what is emphasized."""
        for side in self.sides:
            side.pane.set_evidence([])
            side.pane.emphasize(None)

    # other commands

    @property
    def commands(self) -> Mapping[str, DeskCommand]:
        """What each command of the key table does, by its id."""
        return self._router.commands

    def run(self, press: Press) -> None:
        """Does another command as a part of this one."""
        self.commands[press.id](self, press)

    def own(self, kind: Callable[[DeskContext], T]) -> T:
        """The one object of a class in which the module of a command keeps what concerns nobody else."""
        if kind not in self._own:
            self._own[kind] = kind(self)
        found: T = self._own[kind]
        return found


DeskCommand = Callable[[DeskContext, Press], None]
_Command = TypeVar("_Command", bound=DeskCommand)


def command(*ids: str) -> Callable[[_Command], _Command]:
    """Marks a function as the one that does the commands with these ids."""

    def mark(function: _Command) -> _Command:
        function.command_ids = ids  # type: ignore[attr-defined]
        return function

    return mark
