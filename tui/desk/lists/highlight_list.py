"""The list of highlights: narrowed by what is typed, in three orders, to go to and to act on many at once."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, partial
from typing import NamedTuple

from store.highlight_queries import Order as Sorted
from store.records import Highlight
from tui.desk.acts import write, write_on
from tui.desk.context import DeskContext, command
from tui.desk.highlight_rows import (
    LEGEND,
    PlaceNames,
    highlight_choice,
    highlight_columns,
    highlight_preview,
    highlight_words,
)
from tui.desk.navigation import go_to_highlight
from tui.desk.tag_picker import tag_picker
from tui.dialogs.choices import Choice, Choices, Picked, PickerAction
from tui.dialogs.picker import Picker
from tui.keys.key_table import Press
from tui.ui_state import HighlightOrder
from tui.view.filters import FILTER_HINT, Filter

_ORDERS = {
    HighlightOrder.TEXT: Sorted.TEXT,
    HighlightOrder.TAG: Sorted.TAG,
    HighlightOrder.NEWEST: Sorted.NEWEST,
}


_FIRST = 300
"""Ids that are put in order as the list opens; the others when the reader goes on or types."""


class Listed(NamedTuple):
    """Which highlights a list is of, and what stands above it."""

    title: str
    empty: str
    """What is said where there are none."""
    tag: str | None = None
    """Only those with this tag or one below it."""


class HighlightChoices(Choices):
    """Highlights as lines of a list: put in order by their ids, and read as they come into view."""

    def __init__(self, ctx: DeskContext, listed: Listed, order: HighlightOrder) -> None:
        self._ctx = ctx
        self._library = ctx.session.library
        self._listed = listed
        self._order = _ORDERS[order]
        self._first = self._library.highlights.ids(tag=listed.tag, order=self._order, most=_FIRST)
        self._filter = Filter(linked=self._library.links.ends())
        self.seen: dict[int, Highlight] = {}
        """What was made a line of, by id: what the reader has seen."""
        self._places = PlaceNames(ctx)

    @cached_property
    def _ids(self) -> array[int]:
        if len(self._first) < _FIRST:
            return self._first
        return self._library.highlights.ids(tag=self._listed.tag, order=self._order)

    @cached_property
    def _number(self) -> int:
        everything = self._listed.tag is None and len(self._first) == _FIRST
        return self._library.highlights.count() if everything else len(self._ids)

    def __len__(self) -> int:
        return self._number

    def key(self, index: int) -> str:
        return str((self._first if index < len(self._first) else self._ids)[index])

    def find(self, key: str) -> int | None:
        ids = self._first if int(key) in self._first else self._ids
        return ids.index(int(key)) if int(key) in ids else None

    def some(self, indices: Sequence[int]) -> list[Choice]:
        ids = [int(self.key(index)) for index in indices]
        found = self._library.highlights.present(each for each in ids if each not in self.seen)
        self.seen |= found
        return [
            highlight_choice(self._ctx, self.seen[each], self._places)
            if each in self.seen
            else Choice(str(each), "deleted elsewhere")
            for each in ids
        ]

    def searched(self, start: int, stop: int) -> Iterator[str]:
        ids = [int(self.key(index)) for index in range(start, stop)]
        found = self._library.highlights.present(ids)
        self._filter.add(found.values())
        return (" ".join(highlight_words(found[each])) if each in found else "" for each in ids)

    def matches(self, typed: str) -> tuple[str, Callable[[str], bool]]:
        """What of the typed words is held against the list, and which highlights meet the others, by key."""
        words, met = self._filter(typed)
        return words, lambda key: met(int(key))

    def highlight(self, key: str) -> Highlight | None:
        """The highlight of a line, as it was read; None where it is gone."""
        number = int(key)
        if number not in self.seen:
            self.seen |= self._library.highlights.present([number])
        return self.seen.get(number)


@command("annotations")
def list_highlights(ctx: DeskContext, press: Press) -> None:
    """All highlights of the library, or those with the named tag."""
    tag = press.argument
    if tag:
        _open(ctx, Listed(tag, f"Nothing is tagged {tag} yet.", tag))
    else:
        _open(ctx, Listed("Highlights", "No highlights yet: on the desk, Enter marks a sentence."))


def _open(ctx: DeskContext, listed: Listed, *, typed: str = "", highlighted: str = "") -> None:
    """Lists highlights."""
    order = ctx.session.ui_state.order
    choices = HighlightChoices(ctx, listed, order)
    actions = (
        PickerAction("ctrl+t", "tag", "tag"),
        PickerAction("ctrl+s", "star", "star"),
        PickerAction("ctrl+o", "order", "order"),
        PickerAction("delete", "delete", "delete"),
    )
    picker = Picker(
        f"{listed.title}, {order}",
        choices,
        actions=actions,
        ticks=True,
        empty=listed.empty,
        preview=lambda key: highlight_preview(choices.highlight(key)),
        matches=choices.matches,
        hint=FILTER_HINT,
        columns=highlight_columns(ctx),
        legend=LEGEND,
        typed=typed,
        highlighted=highlighted,
    )
    ctx.push(picker, partial(_picked, ctx, listed, choices))


def _picked(ctx: DeskContext, listed: Listed, choices: HighlightChoices, picked: Picked | None) -> None:
    if picked is None:
        return
    ids = [int(key) for key in picked.keys]
    if picked.action == "pick":
        highlight = choices.highlight(picked.keys[0])
        if highlight is not None:
            go_to_highlight(ctx, highlight)
    elif picked.action == "delete":
        seen = [choices.seen[each] for each in ids if each in choices.seen]
        write_on(ctx, seen, lambda library: library.highlights.delete(ids))
    elif picked.action == "star":
        write(ctx, lambda library: library.highlights.star(ids, True))
    elif picked.action == "order":
        _turn_order(ctx)
        _open(ctx, listed, typed=picked.typed, highlighted=picked.key)
    elif picked.action == "tag":
        asked = f"Tag {len(ids)} highlight{'s' if len(ids) > 1 else ''}"
        ctx.push(tag_picker(ctx, asked), partial(_tag_many, ctx, ids))


def _turn_order(ctx: DeskContext) -> None:
    state, orders = ctx.session.ui_state, tuple(HighlightOrder)
    state.order = orders[(orders.index(state.order) + 1) % len(orders)]


def _tag_many(ctx: DeskContext, ids: list[int], picked: Picked | None) -> None:
    if picked is not None:
        tag = picked.typed if picked.action == "new" else picked.key
        write(ctx, lambda library: library.highlights.tag(ids, tag))
