"""What the desk knows besides its texts: an object for each matter that more than one command has to do with.

They are plain classes: what a dataclass makes of nine of them took a fiftieth of the time until the first frame.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import StrEnum
from itertools import count
from typing import TYPE_CHECKING, NamedTuple, Protocol

from tui.ui_state import Place
from tui.widgets.status import StatusNote

if TYPE_CHECKING:
    from textual.timer import Timer

    from store.records import Highlight
    from texts.model import Passage, Span
    from texts.relate import Relations
    from texts.search import Hit, Index
    from tui.dialogs.picker import Picker
    from tui.keys.key_table import Press


class Sync(StrEnum):
    """How the other pane moves with this one."""

    OFF = "off"
    PROPORTIONAL = "proportional"
    FOLLOW = "follow"


class PromptHandler(Protocol):
    """What the prompt is open for: it hears what is typed there."""

    def on_change(self, text: str) -> None:
        """Another letter was typed, or taken back."""

    def on_cycle(self, by: int) -> None:
        """Tab, or Shift-Tab."""

    def on_history(self, by: int) -> None:
        """Up, which is negative, or Down."""

    def on_submit(self, text: str) -> None:
        """Enter."""

    def on_cancel(self) -> None:
        """Esc."""


class MarkingState:
    """What the next mark gets, and what `.` does again."""

    def __init__(self) -> None:
        self.armed = ""
        """The tag that every selection gets."""
        self.last_tag = ""
        """The tag that Enter puts on while none is armed."""
        self.repeat: Callable[[], None] | None = None
        self.repeat_count: int | None = None
        self.count: int | None = None
        """How many sentences a count has given to what is being done."""
        self.cycled: int | None = None
        """Id of the highlight that was chosen of several that overlap."""
        self.pending: Iterator[int] = count(-1, -1)
        """Ids of marks that are not written yet."""


class Placing(NamedTuple):
    """A highlight that the reader selects a place for."""

    highlight: Highlight
    then: Callable[[], None]
    """What follows once it is there."""


class KeptParts:
    """The parts of a highlight with gaps that is being made, all of one text."""

    def __init__(self, spans: tuple[Span, ...] = (), slug: str = "", held: bool = False) -> None:
        self.spans = spans
        self.slug = slug
        self.held = held
        """Whether they belong to a highlight of which another part is being moved."""


class Jumps:
    """Places to go back to, and places under letters."""

    def __init__(self) -> None:
        self.back: list[Place] = []
        self.forward: list[Place] = []
        self.letters: dict[str, Place] = {}
        self.versions: dict[str, str] = {}
        """Digests of the versions into which the offsets count, by slug of the text."""


class SearchState:
    """The query whose hits are shown in both texts."""

    def __init__(self) -> None:
        self.query = ""
        self.hits: tuple[Hit, ...] = ()
        self.backwards = False
        """Whether n goes up the text."""


class Waiting(NamedTuple):
    """A command that was given before the pair was related."""

    id: str
    """Of the command."""
    do: Callable[[], None]
    """Does it, once the pair is related."""


class RelationState:
    """The relations of the pair, and how far the computing of them is."""

    def __init__(self) -> None:
        self.found: Relations | None = None
        self.meaning: dict[frozenset[str], bool] = {}
        """Whether a pair of slugs is related by meaning too, where the reader has said so."""
        self.is_by_meaning = False
        """Whether what is found, or computed, is by meaning too."""
        self.progress = ""
        """How far the computing is, in words; empty while nothing is computed."""
        self.waiting: Waiting | None = None
        self.dismissed: frozenset[tuple[int, int]] = frozenset()
        """Numbers of passages, left and right, that are not suggested."""
        self.drawn: object = None
        """What the bridge was drawn from last."""


class SyncState:
    """How the panes move together."""

    def __init__(self) -> None:
        self.way = Sync.OFF
        self.inverted = False
        """Whether the next move is the other way round."""
        self.follows = ""
        """What the other pane follows, for the status line."""
        self.passage: Passage | None = None
        """The passage at the cursor, as of the last move."""


Labelled = tuple[int, int]
"""Number of a side and an offset into its text."""


class Labels:
    """Labels that are shown at sentences, and take the keys meanwhile."""

    def __init__(self, places: dict[str, Labelled], to_select: bool, first: Labelled | None = None) -> None:
        self.places = places
        self.to_select = to_select
        """Whether two labels select from the one to the other."""
        self.typed = ""
        self.first = first
        """The first of two."""


class EarlierVersion:
    """An earlier version of a text that lies open only to be read."""

    def __init__(self) -> None:
        self.index: Index | None = None
        self.replaced = ""
        """Slug of the text in whose place it was opened."""


class LastList(NamedTuple):
    """The list that was open last, and what opened it."""

    press: Press
    picker: Picker


class DeskState:
    """All that commands share, apart from texts, panes and the library."""

    def __init__(self) -> None:
        self.marking = MarkingState()
        self.placing: Placing | None = None
        self.parts = KeptParts()
        self.link_start: Highlight | None = None
        """The first end of a link that has no second one yet."""
        self.jumps = Jumps()
        self.search = SearchState()
        self.relations = RelationState()
        self.sync = SyncState()
        self.labels: Labels | None = None
        self.earlier = EarlierVersion()
        self.updating = ""
        """Slug of the text that the writer is updating."""
        self.prompt: PromptHandler | None = None
        """What the prompt is open for."""
        self.aligned: object = None
        """What the blank rows were reckoned for that bring related passages level; None while none do."""
        self.last_list: LastList | None = None
        self.first_press: Press | None = None
        """What is done once the desk is seen, as the command line has asked for it."""
        self.next_keys_timer: Timer | None = None
        """Runs until what can follow an unfinished sequence is shown."""
        self.share = 50
        """Percent of the width that the left pane gets."""
        self.gone: dict[int, str] = {}
        """Slugs of texts that were on the desk when an undo took them out of the library, by number of the side."""
        self.told = StatusNote("")
        """What was said last, for the status line."""
        self.working = ""
        """What takes a while, for the status line."""
        self.went_along = ""
        """What the last new version of a text has done to what the reader had chosen in it."""
