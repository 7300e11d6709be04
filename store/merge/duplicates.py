"""Which record of a library is the one that comes, and what becomes of what the two say differently.

A record is the same by its uid, else by its key: what it stands for, such as body, place, reader and time. What it said
when it last came, or was last seen to be equal, is remembered (the table `received`), so that the two can be merged
three ways (as diff3 does): what only the other library has changed since is taken over, what only this one has changed
stays, and what both have changed is a conflict.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Container, Hashable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple, TypeAlias

from store.connection import Connection
from store.highlight_rows import holds_note, joined_notes

Content: TypeAlias = Mapping[str, Hashable]
"""What a reader can change of a record: field → what it says."""

Digests: TypeAlias = Mapping[str, str]
"""Field → digest of what it said when it last came. Where both libraries came to say another thing since, the digests
of all they agreed on, between spaces, the last one last: a third library may still say what they said before."""


class Resolve(StrEnum):
    """What to do where both libraries have changed the same thing."""

    TELL = "tell"
    """Keep ours and name it; it is named again until it is settled."""
    OURS = "ours"
    """Keep ours, and take it as settled."""
    THEIRS = "theirs"
    BOTH = "both"
    """Keep both in one record: the tags of either, one note below the other."""


class Existing(NamedTuple):
    """A record of the library, as far as it is compared."""

    id: int
    uid: str
    keys: tuple[Hashable, ...]
    """What it stands for, time and all; any of them will do."""
    loose_keys: tuple[Hashable, ...]
    """The same without the time: these count only for a record that says the same, or repeats it."""
    content: Content


class Incoming(NamedTuple):
    """A record that comes, with the fields that its format can hold."""

    uid: str
    keys: tuple[Hashable, ...]
    loose_keys: tuple[Hashable, ...]
    content: Content


class Counterpart(NamedTuple):
    """The record of the library that one that comes is."""

    existing: Existing
    repeated: bool = False
    """Whether it is another record that repeats it: the same words with the same tag."""


def conflicting(ours: Content, theirs: Content) -> list[str]:
    """The fields in which two records differ, of those that both have."""
    return [name for name, value in theirs.items() if name in ours and ours[name] != value]


def digests(content: Content) -> Digests:
    """A digest of each field: enough to see whether it has changed, without keeping its words."""
    return {
        name: hashlib.sha256(json.dumps(value).encode()).hexdigest()[:16] for name, value in content.items()
    }


def find_counterparts(
    existing: Iterable[Existing],
    coming: Sequence[Incoming],
    *,
    own_uids: bool,
    repeats: Callable[[Content, Content], bool] = lambda ours, theirs: False,
) -> list[Counterpart | None]:
    """For each record that comes the one of the library that it is, each of the library's for one at most.

    `own_uids` says whether the uids are those of a library of ours; where a format has none, a record with the same key
    is the same whatever it says. `repeats` says whether a record with a uid of its own repeats another one.
    """
    pool = _Pool(existing, {one.uid for one in coming})
    found = [pool.of_uid(one.uid) for one in coming]
    rounds: list[tuple[str, Callable[[Content, Content], bool], bool]] = [
        ("keys", lambda ours, theirs: not conflicting(ours, theirs), False),
        ("loose_keys", lambda ours, theirs: not conflicting(ours, theirs), False),
        ("loose_keys", repeats, True),
    ]
    if not own_uids:
        rounds.append(("keys", lambda ours, theirs: True, False))
    for kind, fits, repeated in rounds:
        for number, one in enumerate(coming):
            if found[number] is None and (match := pool.take(kind, one, fits)) is not None:
                found[number] = Counterpart(match, repeated)
    return found


def under_uids_of_their_places(
    existing: Sequence[Existing], coming: Sequence[Incoming], elsewhere: Mapping[str, str]
) -> Iterator[Incoming]:
    """What comes from a format that has no uids, with that of the highlight that stands where it does.

    Such a format counts those that are alike: what is the second one in one table is the first in another. One that
    stands where none does, and not where the one of its uid has the same words, gets that of its place (`elsewhere`).
    """
    counted = {one.uid for one in coming}
    known = {one.uid: one for one in existing}
    others = {one.keys[0]: one.uid for one in existing if one.uid not in counted}
    for one in coming:
        stands = one.uid in known and known[one.uid].keys[0] in one.keys
        there = None if stands else next((key for key in one.keys if key in others), None)
        if there is not None:
            yield one._replace(uid=others.pop(there))
        else:
            yield one._replace(uid=elsewhere.get(one.uid, one.uid))


class _Pool:
    """The records of the library that are no record's counterpart yet."""

    def __init__(self, existing: Iterable[Existing], coming: Container[str]) -> None:
        self._by_uid: dict[str, Existing] = {}
        self._by_key: dict[tuple[str, Hashable], list[Existing]] = defaultdict(list)
        for one in existing:
            self._by_uid[one.uid] = one
            if one.uid in coming:  # it is the counterpart of that one, and of no other by its key
                continue
            for kind, keys in (("keys", one.keys), ("loose_keys", one.loose_keys)):
                for key in keys:
                    self._by_key[kind, key].append(one)
        self._taken: set[int] = set()

    def of_uid(self, uid: str) -> Counterpart | None:
        found = self._by_uid.get(uid)
        return None if found is None else Counterpart(found)

    def take(self, kind: str, one: Incoming, fits: Callable[[Content, Content], bool]) -> Existing | None:
        """The record that one of the keys stands for, and that fits best: the one that differs in the fewest fields."""
        alike = [
            existing
            for key in getattr(one, kind)
            for existing in self._by_key.get((kind, key), ())
            if existing.id not in self._taken and fits(existing.content, one.content)
        ]
        if not alike:
            return None
        best = min(alike, key=lambda existing: len(conflicting(existing.content, one.content)))
        self._taken.add(best.id)
        return best


class Reconciled(NamedTuple):
    """What becomes of a record that both libraries have."""

    changes: Mapping[str, Hashable]
    """What is written over, by field."""
    conflicts: tuple[str, ...]
    """Fields that both have changed, and in which ours stays."""
    received: Digests | None
    """What is to be remembered of it; None where that is so already."""
    settled: bool
    """Whether something that both have changed ends with what ours says, by the reader's word."""


def reconcile(ours: Content, theirs: Content, received: Digests | None, resolve: Resolve) -> Reconciled:
    """Merges the fields of a record three ways; `received` is what both said when it last came, if it ever did."""
    said, changes, conflicts, settled = digests(theirs), dict[str, Hashable](), list[str](), False
    base = dict(received or {})
    for name in theirs.keys() & ours.keys():
        mine, other, agreed = ours[name], theirs[name], base.get(name, "").split()
        if mine == other:
            base[name] = " ".join([*(each for each in agreed if each != said[name]), said[name]])
            continue
        if said[name] in agreed:
            continue  # nothing new from there
        if agreed[-1:] == [digests({name: mine})[name]] or (not agreed and mine in _EMPTY):
            changes[name] = other
        elif resolve is Resolve.TELL:
            conflicts.append(name)
            continue
        elif (combined := _resolved(name, mine, other, resolve)) != mine:
            changes[name] = combined
        else:
            settled = True
        base[name] = said[name]
    return Reconciled(changes, tuple(sorted(conflicts)), base if base != (received or {}) else None, settled)


_EMPTY: tuple[Hashable, ...] = ("", ())
"""What gives way where it is not known who has changed what: filling it in loses nothing."""


def _resolved(name: str, mine: Hashable, other: Hashable, resolve: Resolve) -> Hashable:
    if resolve is not Resolve.BOTH:
        return mine if resolve is Resolve.OURS else other
    match mine, other:
        case tuple(), tuple():
            return tuple(sorted({*mine, *other}))
        case bool(), bool():
            return mine or other
        case str(), str() if name in _WORDS:
            is_there = holds_note(mine, other)
            return mine if is_there else other if holds_note(other, mine) else joined_notes([mine, other])
    return mine


_WORDS = ("note", "words", "description")
"""Fields that can hold what two readers wrote, one below the other."""


HIGHLIGHT, LINK, NOTE, TAG = "highlight", "link", "note", "tag"
"""Kinds of records."""


class Received(NamedTuple):
    """What is remembered of a record."""

    content: Digests
    updated: str
    """When it was last changed there; empty where its format does not say."""
    joined_into: str | None
    """Uid of the highlight that it became part of here; None where it did not."""


def read_received(connection: Connection, kind: str) -> Mapping[str, Received]:
    """All that is remembered of records of a kind, by uid; of tags by path."""
    rows = connection.rows("SELECT uid, content, updated, joined_into FROM received WHERE kind = ?", kind)
    return dict(connection.made(_entry, rows))


def write_received(connection: Connection, kind: str, uid: str, content: Digests, updated: str) -> None:
    """Remembers what a record said, in place of what it said before."""
    connection.execute(
        """INSERT INTO received (kind, uid, content, updated) VALUES (?, ?, ?, ?)
        ON CONFLICT (kind, uid) DO UPDATE SET content = excluded.content, updated = excluded.updated""",
        kind,
        uid,
        json.dumps(dict(content), sort_keys=True),
        updated,
    )


def _entry(row: tuple[str, str, str, str | None]) -> tuple[str, Received]:
    uid, content, updated, joined_into = row
    said = json.loads(content)
    if not isinstance(said, dict):
        raise ValueError("what was received is an object")  # the file holds what was never written
    return uid, Received(said, updated, joined_into)
