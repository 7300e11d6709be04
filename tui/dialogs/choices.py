"""What a picker lists, what it does with it, and how it is left."""

from __future__ import annotations

from abc import abstractmethod
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import overload

from textual.content import Content

from texts.visible import visible


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of a picker."""

    key: str
    """What the caller knows it by."""
    label: str
    """What is shown, and what the typed letters are held against."""
    detail: str = ""
    """Shown dim after the label; also searched."""
    sign: str = ""
    """A letter or shape before the label."""
    colour: str = ""
    """Colour of the sign, as the theme or CSS names it."""
    shown: Content | None = None
    """Shown in place of the label where plain words do not say it, such as what changed in a quote."""
    cells: tuple[str, ...] = ()
    """In a list with columns what stands in them, in place of label and detail."""


class Choices(Sequence[Choice]):
    """The choices of a picker. Those of a long list are made as they come into view, and searched bit by bit."""

    def key(self, index: int) -> str:
        """What the caller knows a choice by."""
        return self[index].key

    @abstractmethod
    def some(self, indices: Sequence[int]) -> list[Choice]:
        """Those at these places."""

    def searched(self, start: int, stop: int) -> Iterable[str]:
        """The words against which what is typed is held, of the choices from one place to another."""
        return (f"{choice.label} {choice.detail}" for choice in self.some(range(start, stop)))

    def find(self, key: str) -> int | None:
        """The place of the choice with a key; None where there is none, or it would take long to find out."""
        return next((index for index in range(len(self)) if self.key(index) == key), None)

    def has_label(self, label: str) -> bool:
        """Whether a choice is called so."""
        return any(choice.label == label for choice in self)

    @overload
    def __getitem__(self, place: int, /) -> Choice: ...
    @overload
    def __getitem__(self, place: slice, /) -> list[Choice]: ...
    def __getitem__(self, place: int | slice, /) -> Choice | list[Choice]:
        if isinstance(place, slice):
            return self.some(range(*place.indices(len(self))))
        return self.some([range(len(self))[place]])[0]


class MadeChoices(Choices):
    """Choices that are all there."""

    def __init__(self, choices: Iterable[Choice]) -> None:
        self._choices = list(choices)

    def __len__(self) -> int:
        return len(self._choices)

    def some(self, indices: Sequence[int]) -> list[Choice]:
        return [self._choices[index] for index in indices]


def place_among(numbers: Sequence[int], key: str) -> int | None:
    """The place of the choice whose key is a number among those of all choices, which ascend; None where it is not."""
    place = bisect_left(numbers, int(key))
    return place if place < len(numbers) and numbers[place] == int(key) else None


@dataclass(frozen=True, slots=True)
class PickerAction:
    """What a key does with the choices that are ticked, or the highlighted one."""

    press: str
    """Textual's name of the key."""
    name: str
    """What the caller knows it by."""
    help: str
    """A word or two for the line below the list."""
    all: bool = False
    """Whether it takes everything that is listed while nothing is ticked."""
    stays: bool = False
    """Whether the list stays open: what is done is then told to the list's `acts`."""


Meaning = Callable[[str], tuple[str, Callable[[str], bool]]]
"""Takes out of what is typed the words that have a meaning of their own: gives the others, and whether the choice
with a key meets those."""


@dataclass(frozen=True, slots=True)
class Picked:
    """How a picker was left."""

    action: str
    """`pick` for Enter, `new` for a name that was typed, else the name of the action."""
    keys: tuple[str, ...]
    """The choices: those that are ticked, beside a new name too; else the highlighted one."""
    typed: str = ""

    @property
    def key(self) -> str:
        """The one choice; empty where there was none."""
        return self.keys[0] if self.keys else ""


def begins(typed: str, label: str) -> bool:
    """Whether all that is typed begins a label, or a part of it, such as the last name of a tag's path."""
    wanted, held = typed.casefold().strip(), label.casefold()
    return bool(wanted) and any(
        held.startswith(wanted, at) for at in range(len(held)) if at == 0 or not held[at - 1].isalnum()
    )


def preview_words(*parts: tuple[str, str]) -> Content:
    """A preview of (words, style) parts, the words made harmless."""
    return Content.assemble(*((visible(words), style) for words, style in parts))
