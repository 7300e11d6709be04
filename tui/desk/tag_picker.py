"""The list in which a tag is picked or made, and the signs that tags have."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import TypeVar

from store.library import Library
from store.records import Tag
from store.sanitize import pluralize
from tui.desk.context import DeskContext
from tui.dialogs.choices import Choice, Choices
from tui.dialogs.picker import Picker
from tui.keys.keymap import Continuation

T = TypeVar("T")

COUNTED_AT_ONCE = 20_000
"""Uses of tags that are counted in some hundredths of a second."""


def tag_picker(ctx: DeskContext, title: str, *, ticks: bool = False, at_foot: bool = False) -> Picker:
    """A picker of the codebook's tags in which a new name makes a tag; with ticks, of several.

    `at_foot` leaves the upper half of the desk in sight.
    """
    codebook = ctx.session.library.codebook
    digits = {tag.path: digit for digit, tag in codebook.digits().items()}
    uses: dict[str, int] = {}
    picker = Picker(
        title,
        TagChoices(ctx.session.tags(), lambda tag: _used(uses.get(tag.path), digits.get(tag.path))),
        new="tag",
        ticks=ticks,
        highlighted=ctx.state.marking.last_tag,
        empty="No tags yet: type a name, such as actor/maliki.",
        at_foot=at_foot,
    )
    count_tags(ctx, picker, uses, lambda library: library.codebook.uses())
    return picker


def count_tags(
    ctx: DeskContext, picker: Picker, into: dict[str, T], counting: Callable[[Library], Mapping[str, T]]
) -> None:
    """Counts for a picker of tags: at once, or in a large library beside it, which shows them when they come."""
    library = ctx.session.library
    if not library.codebook.is_used_more_than(COUNTED_AT_ONCE):
        into.update(counting(library))
        return

    def show(found: Mapping[str, T]) -> None:
        into.update(found)
        picker.renew()

    ctx.session.ask(counting, show)


def tag_signs(ctx: DeskContext) -> list[Continuation]:
    """The quick tags and the letters of the others, for what can follow H."""
    quick = ctx.session.library.codebook.digits()
    found = {str(digit): tag.path for digit, tag in sorted(quick.items())}
    for tag in ctx.session.tags():
        if tag.letter and tag.path not in found.values():
            found.setdefault(tag.letter, tag.path)
    return [Continuation(sign, path) for sign, path in found.items()]


class TagChoices(Choices):
    """Tags as lines of a list; what stands beside one is asked for when it comes into view."""

    def __init__(
        self,
        tags: Sequence[Tag],
        detail: Callable[[Tag], str],
        cells: Callable[[Tag], tuple[str, ...]] = lambda tag: (),
    ) -> None:
        """`cells` are those of a tag in a list with columns."""
        self._tags = tags
        self._detail, self._cells = detail, cells

    def __len__(self) -> int:
        return len(self._tags)

    def key(self, index: int) -> str:
        return self._tags[index].path

    def some(self, indices: Sequence[int]) -> list[Choice]:
        tags = (self._tags[index] for index in indices)
        return [
            Choice(tag.path, tag.path, self._detail(tag), tag.letter, cells=self._cells(tag)) for tag in tags
        ]

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return {tag.path: place for place, tag in enumerate(self._tags)}

    def find(self, key: str) -> int | None:
        return self._places.get(key)

    def has_label(self, label: str) -> bool:
        return label in self._places


def _used(uses: int | None, quick: int | None) -> str:
    """How often a tag is used, where that is known already, and its digit."""
    facts = ("" if uses is None else pluralize(uses, "highlight"), f"quick {quick}" if quick else "")
    return " · ".join(filter(None, facts))
