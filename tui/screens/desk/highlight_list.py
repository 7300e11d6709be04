"""The list of highlights: narrowed by what is typed, in three orders, to go to and to act on many at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from functools import partial

from rich.cells import cell_len, set_cell_size
from textual.content import Content

from store.records import Highlight
from texts.visible import one_line
from tui.keys import Press
from tui.reading.filters import FILTER_HINT, Filter
from tui.screens.desk.part import Part, does
from tui.screens.picker import Choice, Deed, Picked, Picker, preview_words

_NOTE = 60
"""Characters of a note in the list; the preview has all of it."""
_ROWS = 2
"""Rows of a highlight in the list: of a long quote the beginning, the preview has all of it."""
_LEAST_QUOTE = 24
"""Cells of a quote that are shown whatever stands beside it."""
_BESIDE = 24
"""Cells of two rows that are lost to the tick, the letter, the quotation marks, and where a row ends with a word."""


class Order(StrEnum):
    """How the list is sorted."""

    TEXT = "by text"
    TAG = "by tag"
    NEWEST = "newest first"


class HighlightList(Part):
    """Opens the list on all highlights or on some, and does what is picked in it."""

    @does("annotations")
    def annotations(self, press: Press) -> None:
        """All highlights of the library."""
        found = self.desk.session.library.highlights.find()
        self.open("Highlights", found, "No highlights yet: on the desk, Enter marks a sentence.")

    def open(
        self, title: str, found: Sequence[Highlight], empty: str, *, typed: str = "", lit: str = ""
    ) -> None:
        """Lists highlights under a title; `empty` is said where there are none."""
        order = Order(self.desk.session.places.get("order", Order.TEXT))
        by_key = {str(each.id): each for each in found}
        meets = Filter(found, self.desk.session.linked())

        def matches(typed: str) -> tuple[str, Callable[[str], bool]]:
            words, met = meets(typed)
            return words, lambda key: met(int(key))

        deeds = (
            Deed("ctrl+t", "tag", "tag"),
            Deed("ctrl+s", "star", "star"),
            Deed("ctrl+o", "order", "order"),
            Deed("delete", "delete", "delete"),
        )
        picker = Picker(
            f"{title}, {order}",
            [self.choice(each) for each in in_order(found, order)],
            deeds=deeds,
            ticks=True,
            empty=empty,
            preview=lambda key: self.preview(by_key[key]),
            matches=matches,
            hint=FILTER_HINT,
            typed=typed,
            lit=lit,
        )
        self.desk.app.push_screen(picker, partial(self._picked, title, found, empty))

    def choice(self, highlight: Highlight) -> Choice:
        """A highlight as a line of a list."""
        looks = self.desk.session.looks()
        first = highlight.tags[0] if highlight.tags else ""
        signs = ("★" if highlight.star else "") + ("✎" if highlight.note else "")
        facts = (
            highlight.text,
            ", ".join(highlight.tags),
            signs,
            " ".join(highlight.note[:_NOTE].split()),
            highlight.reader,
            "" if highlight.anchor == "exact" else str(highlight.anchor),
        )
        letter = looks.get(first, ("", " "))[1] or " "
        quote, detail = " ".join(highlight.quote.split()), " · ".join(filter(None, facts))
        room = _ROWS * Picker.columns(self.desk.size.width) - _BESIDE - cell_len(one_line(detail))
        shown = Content(f"“{_cut(one_line(quote), max(_LEAST_QUOTE, room))}”")
        return Choice(str(highlight.id), f"“{quote}”", detail, letter, shown=shown)

    def preview(self, highlight: Highlight) -> Content:
        """A highlight with its surroundings, tags and note."""
        return preview_words(
            (f"…{highlight.before}", "$foreground 65%"),
            (highlight.quote, "bold"),
            (f"{highlight.after}…\n", "$foreground 65%"),
            (f"{', '.join(highlight.tags)}\n", "$accent"),
            (highlight.note, ""),
        )

    def _picked(self, title: str, found: Sequence[Highlight], empty: str, picked: Picked | None) -> None:
        if picked is None:
            return
        ids = [int(key) for key in picked.keys]
        marking = self.desk.marking
        if picked.deed == "pick":
            self.desk.listing.go_to_highlight(next(each for each in found if each.id == ids[0]))
        elif picked.deed == "delete":
            marking.act(lambda library: library.highlights.delete(ids))
        elif picked.deed == "star":
            marking.act(lambda library: library.highlights.star(ids, True))
        elif picked.deed == "order":
            self._turn_order()
            self.open(title, found, empty, typed=picked.typed, lit=picked.key)
        elif picked.deed == "tag":
            asked = f"Tag {len(ids)} highlight{'s' if len(ids) > 1 else ''}"
            self.desk.app.push_screen(self.desk.tagging.tag_picker(asked), partial(self._tag_many, ids))

    def _turn_order(self) -> None:
        places, orders = self.desk.session.places, tuple(Order)
        present = orders.index(Order(places.get("order", Order.TEXT)))
        places.put("order", str(orders[(present + 1) % len(orders)]))

    def _tag_many(self, ids: list[int], picked: Picked | None) -> None:
        if picked is not None:
            tag = picked.typed if picked.deed == "new" else picked.key
            self.desk.marking.act(lambda library: library.highlights.tag(ids, tag))


def _cut(words: str, cells: int) -> str:
    """The beginning of some words, in so many cells."""
    return words if cell_len(words) <= cells else set_cell_size(words, cells - 1).rstrip() + "…"


def in_order(found: Sequence[Highlight], order: Order) -> list[Highlight]:
    """The highlights, which come in the order of their texts, in another order."""
    if order is Order.TAG:
        return sorted(found, key=lambda each: (not each.tags, each.tags[:1]))
    if order is Order.NEWEST:
        return sorted(found, key=lambda each: (each.created, each.id), reverse=True)
    return list(found)
