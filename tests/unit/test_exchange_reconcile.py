"""What becomes of a record that two libraries have: by what each says now, and by what both said last."""

from __future__ import annotations

from collections.abc import Hashable

import pytest

from store.merge.duplicates import Received, Reconciled, Resolve, digests, reconcile
from store.merge.outcome import Outcome

NOTHING: dict[str, Hashable] = {}


def known(**content: Hashable) -> dict[str, str]:
    """What both said when it last came."""
    return dict(digests(content))


@pytest.mark.parametrize("resolve", Resolve)
@pytest.mark.parametrize(
    ("mine", "other", "agreed", "changes"),
    [
        ("old", "old", "old", NOTHING),
        ("new", "new", "old", NOTHING),
        ("same", "same", None, NOTHING),
        ("mine", "old", "old", NOTHING),  # nothing new from there
        ("", "old", "old", NOTHING),  # taken away here
        ("old", "theirs", "old", {"note": "theirs"}),
        ("old", "", "old", {"note": ""}),  # taken away there
        ("", "theirs", None, {"note": "theirs"}),  # filling in loses nothing
    ],
)
def test_what_only_one_has_changed_is_taken_over_whatever_was_asked(
    mine: str, other: str, agreed: str | None, changes: dict[str, Hashable], resolve: Resolve
) -> None:
    received = None if agreed is None else known(note=agreed)
    found = reconcile({"note": mine}, {"note": other}, received, resolve)
    assert (found.changes, found.conflicts, found.settled) == (changes, (), False)


BOTH_CHANGED = [
    ("mine", "theirs", "old"),
    ("", "theirs", "old"),
    ("mine", "", "old"),
    ("mine", "theirs", None),
]


@pytest.mark.parametrize(("mine", "other", "agreed"), BOTH_CHANGED)
def test_what_both_have_changed_stays_until_it_is_settled(mine: str, other: str, agreed: str | None) -> None:
    received = None if agreed is None else known(note=agreed)

    def settled(resolve: Resolve) -> tuple[dict[str, Hashable], tuple[str, ...], bool]:
        found = reconcile({"note": mine}, {"note": other}, received, resolve)
        return dict(found.changes), found.conflicts, found.settled

    assert settled(Resolve.TELL) == ({}, ("note",), False)
    assert settled(Resolve.OURS) == ({}, (), True)
    assert settled(Resolve.THEIRS) == ({"note": other}, (), False)


@pytest.mark.parametrize(
    ("name", "mine", "other", "kept"),
    [
        ("note", "mine\n\nand more", "mine", None),
        ("note", "mine and more", "mine", "mine and more\n\nmine"),  # by chance only
        ("note", "mine", "mine\n\nand more", "mine\n\nand more"),
        ("tags", ("b", "c"), ("a", "b"), ("a", "b", "c")),
        ("tags", ("a", "b"), ("a",), None),
        ("star", False, True, True),
        ("star", True, False, None),
        ("kind", "mine", "theirs", None),  # no field in which two words can stand
    ],
)
def test_both_are_kept_where_a_field_can_hold_both(
    name: str, mine: Hashable, other: Hashable, kept: Hashable
) -> None:
    found = reconcile({name: mine}, {name: other}, known(**{name: "something else"}), Resolve.BOTH)
    assert found.changes == ({} if kept is None else {name: kept})
    assert (found.conflicts, found.settled) == ((), kept is None)


def test_two_notes_stand_one_below_the_other() -> None:
    found = reconcile({"note": "mine"}, {"note": "theirs"}, None, Resolve.BOTH)
    (words,) = found.changes.values()
    assert str(words).startswith("mine\n")
    assert str(words).endswith("\ntheirs")


def test_what_was_said_is_remembered_and_only_where_that_is_new() -> None:
    ours = {"note": "mine", "star": True}
    first = reconcile(ours, {"note": "mine", "star": True}, None, Resolve.TELL)
    assert first.received == known(note="mine", star=True)
    again = reconcile(ours, {"note": "mine", "star": True}, first.received, Resolve.TELL)
    assert again.received is None
    unsettled = reconcile(ours, {"note": "theirs", "star": True}, first.received, Resolve.TELL)
    assert (unsettled.changes, unsettled.received) == ({"note": "theirs"}, known(note="theirs", star=True))
    conflict = reconcile({"note": "new"}, {"note": "theirs"}, known(note="mine"), Resolve.TELL)
    assert conflict.received is None, "it is told again the next time"


@pytest.mark.parametrize(
    ("resolve", "changes", "conflicts", "settled", "told"),
    [
        (Resolve.TELL, NOTHING, (), True, (0, 0, 0)),
        (Resolve.OURS, NOTHING, (), True, (1, 0, 0)),
        (Resolve.OURS, NOTHING, (), False, (0, 0, 0)),
        (Resolve.OURS, {"note": "new"}, (), True, (0, 1, 0)),
        (Resolve.OURS, NOTHING, ("note",), True, (0, 0, 1)),
        (Resolve.BOTH, NOTHING, (), True, (0, 0, 0)),
        (Resolve.THEIRS, {"note": "new"}, ("note",), False, (0, 1, 1)),
    ],
)
def test_what_is_told_of_a_record(
    resolve: Resolve,
    changes: dict[str, Hashable],
    conflicts: tuple[str, ...],
    settled: bool,
    told: tuple[int, int, int],
) -> None:
    outcome = Outcome(resolve)
    outcome.tell(
        "it", {"note": "old"}, Reconciled(changes, conflicts, None, settled=settled), {"note": "theirs"}
    )
    assert (outcome.settled, len(outcome.updates), len(outcome.conflicts)) == told
    assert outcome.brings_deleted_back is (resolve is Resolve.THEIRS)


@pytest.mark.parametrize(
    ("last", "taken"),
    [("2026-01-01", {"note": "theirs"}), ("2026-01-02", {"note": "theirs"}), ("2026-01-03", {})],
)
def test_a_copy_from_before_what_came_last_says_nothing(last: str, taken: dict[str, Hashable]) -> None:
    received = Received(known(note="old"), last, None)
    found = Outcome(Resolve.TELL).reconciled({"note": "old"}, {"note": "theirs"}, received, "2026-01-02")
    assert found.changes == taken
    unsaid = Outcome(Resolve.TELL).reconciled({"note": "old"}, {"note": "theirs"}, received, "")
    assert unsaid.changes == {"note": "theirs"}
