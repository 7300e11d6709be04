"""What the desk knows besides its texts: a record for each matter that more than one command has to do with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import count
from typing import TYPE_CHECKING, NamedTuple, Protocol

from tui.ui_state import Place
from tui.widgets.status import Note

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


@dataclass
class MarkingState:
    """What the next mark gets, and what `.` does again."""

    armed: str = ""
    """The tag that every selection gets."""
    last_tag: str = ""
    """The tag that Enter puts on while none is armed."""
    repeat: Callable[[], None] | None = None
    repeat_count: int | None = None
    count: int | None = None
    """How many sentences a count has given to what is being done."""
    cycled: int | None = None
    """Id of the highlight that was chosen of several that overlap."""
    pending: Iterator[int] = field(default_factory=lambda: count(-1, -1))
    """Ids of marks that are not written yet."""


class Placing(NamedTuple):
    """A highlight that the reader selects a place for."""

    highlight: Highlight
    then: Callable[[], None]
    """What follows once it is there."""


@dataclass
class KeptParts:
    """The parts of a highlight with gaps that is being made, all of one text."""

    spans: tuple[Span, ...] = ()
    slug: str = ""
    held: bool = False
    """Whether they belong to a highlight of which another part is being moved."""


@dataclass
class Jumps:
    """Places to go back to, and places under letters."""

    back: list[Place] = field(default_factory=list)
    forward: list[Place] = field(default_factory=list)
    letters: dict[str, Place] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)
    """Digests of the versions into which the offsets count, by slug of the text."""


@dataclass
class SearchState:
    """The query whose hits are shown in both texts."""

    query: str = ""
    hits: tuple[Hit, ...] = ()
    backwards: bool = False
    """Whether n goes up the text."""


class Waiting(NamedTuple):
    """A command that was given before the pair was related."""

    id: str
    """Of the command."""
    do: Callable[[], None]
    """Does it, once the pair is related."""


@dataclass
class RelationState:
    """The relations of the pair, and how far the computing of them is."""

    found: Relations | None = None
    meaning: dict[frozenset[str], bool] = field(default_factory=dict)
    """Whether a pair of slugs is related by meaning too, where the reader has said so."""
    is_by_meaning: bool = False
    """Whether what is found, or computed, is by meaning too."""
    progress: str = ""
    """How far the computing is, in words; empty while nothing is computed."""
    waiting: Waiting | None = None
    dismissed: frozenset[tuple[int, int]] = frozenset()
    """Numbers of passages, left and right, that are not suggested."""
    drawn: object = None
    """What the bridge was drawn from last."""


@dataclass
class SyncState:
    """How the panes move together."""

    way: Sync = Sync.OFF
    inverted: bool = False
    """Whether the next move is the other way round."""
    follows: str = ""
    """What the other pane follows, for the status line."""
    passage: Passage | None = None
    """The passage at the cursor, as of the last move."""


Labelled = tuple[int, int]
"""Number of a side and an offset into its text."""


@dataclass
class Labels:
    """Labels that are shown at sentences, and take the keys meanwhile."""

    places: dict[str, Labelled]
    to_select: bool
    """Whether two labels select from the one to the other."""
    typed: str = ""
    first: Labelled | None = None
    """The first of two."""


@dataclass
class EarlierVersion:
    """An earlier version of a text that lies open only to be read."""

    index: Index | None = None
    replaced: str = ""
    """Slug of the text in whose place it was opened."""


class LastList(NamedTuple):
    """The list that was open last, and what opened it."""

    press: Press
    picker: Picker


@dataclass
class DeskState:
    """All that commands share, apart from texts, panes and the library."""

    marking: MarkingState = field(default_factory=MarkingState)
    placing: Placing | None = None
    parts: KeptParts = field(default_factory=KeptParts)
    link_start: Highlight | None = None
    """The first end of a link that has no second one yet."""
    jumps: Jumps = field(default_factory=Jumps)
    search: SearchState = field(default_factory=SearchState)
    relations: RelationState = field(default_factory=RelationState)
    sync: SyncState = field(default_factory=SyncState)
    labels: Labels | None = None
    earlier: EarlierVersion = field(default_factory=EarlierVersion)
    updating: str = ""
    """Slug of the text that the writer is updating."""
    prompt: PromptHandler | None = None
    """What the prompt is open for."""
    aligned: object = None
    """What the blank rows were reckoned for that bring related passages level; None while none do."""
    hints: bool = False
    """Whether the keys of the moment are shown."""
    last_list: LastList | None = None
    next_keys_timer: Timer | None = None
    """Runs until what can follow an unfinished sequence is shown."""
    share: int = 50
    """Percent of the width that the left pane gets."""
    gone: dict[int, str] = field(default_factory=dict)
    """Slugs of texts that were on the desk when an undo took them out of the library, by number of the side."""
    told: Note = field(default_factory=lambda: Note(""))
    """What was said last, for the status line."""
    working: str = ""
    """What takes a while, for the status line."""
    went_along: str = ""
    """What the last new version of a text has done to what the reader had chosen in it."""
