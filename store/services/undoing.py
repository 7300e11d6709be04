"""Undoing at a desk: what one press takes back, and what it asks about before.

An act that brought in a text that is being read, and one of an earlier run on texts that are not open, are not taken
back by a key that is pressed once too often.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from store.errors import LibraryError
from store.journal import told_of_kept
from store.library import Library
from store.records import Act


class Question(NamedTuple):
    """An act that is not undone without asking."""

    act: Act
    why: str
    """What would follow, in a sentence."""


class UndoSteps(NamedTuple):
    """Result of undoing or redoing some acts."""

    label: str
    """Of the last one; empty where there was none."""
    left: int = 0
    """How many of those that were asked for are left, where there is a question."""
    question: Question | None = None


class _Asks(LibraryError):  # noqa: N818  # it ends the undoing, and is answered
    def __init__(self, question: Question) -> None:
        super().__init__(question.why)
        self.question = question


def undo_steps(
    library: Library, *, times: int = 1, shown: Collection[str] = (), agreed: int | None = None
) -> UndoSteps:
    """Undoes acts, and stops before one that has to be asked about; raises JournalError as `Journal.undo` does.

    `shown` are the slugs of the texts that are being read; `agreed` is the id of an act that the reader agreed to undo.
    """
    label = ""

    def allow(act: Act) -> None:
        why = "" if act.id == agreed else _reason_to_ask(library, act, shown)
        if why:
            raise _Asks(Question(act, why))

    for done in range(times):
        try:
            act = library.journal.undo(allow=allow)
        except _Asks as asks:
            return UndoSteps(label, times - done, asks.question)
        if act is None:
            break
        label = f"{act.label} ({told_of_kept(act)})" if act.kept else act.label
    return UndoSteps(label)


def redo_steps(library: Library, *, times: int = 1) -> UndoSteps:
    """Does acts again; raises JournalError as `Journal.redo` does."""
    label = ""
    for _ in range(times):
        act = library.journal.redo()
        if act is None:
            break
        label = act.label
    return UndoSteps(label)


def next_undo_label(library: Library, shown: Collection[str]) -> str:
    """The label of what undoing would take back without asking; empty where there is nothing of the kind."""
    act = library.journal.next_undo()
    return "" if act is None or _reason_to_ask(library, act, shown) else act.label


def undo_message(way: str, steps: UndoSteps) -> str:
    """What to say after undoing (`undo`) or redoing (`redo`)."""
    if not steps.label:
        return f"nothing to {way}"
    return f"{'undone' if way == 'undo' else 'done again'}: {steps.label}"


def _reason_to_ask(library: Library, act: Act, shown: Collection[str]) -> str:
    """Why an act is not undone without asking; empty where it is."""
    journal = library.journal
    own = journal.is_own(act)
    open_here = frozenset(shown)
    taken_out = journal.brought_in(act, versions=False) & open_here
    if taken_out:
        return f"{' and '.join(_names(library, taken_out))} would leave the desk and the library."
    if own:
        return ""
    older = journal.brought_in(act, versions=True) & open_here
    if older:
        return f"{' and '.join(_names(library, older))} would go back to the version before this one."
    about = journal.texts_of(act)
    if about is not None and not about & open_here:
        of = ", ".join(_names(library, about)) or "a text that is not in the library"
        return f"It was about {of}, not about what is open here."
    return ""


def _names(library: Library, slugs: Collection[str]) -> list[str]:
    """What texts are called to readers, sorted."""
    return sorted(library.texts.current_version(slug).name for slug in slugs)
