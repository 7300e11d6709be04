"""Which record of a library is the one that comes: so that nothing is doubled, and nothing written over.

A record is the same by its uid, else by its key: what it stands for, such as body, place, reader and time. Where the
two say different things, both are kept. The one that comes then gets a uid made from its own and from what it says
(UUID version 5, RFC 9562), so that the next import finds it.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Container, Hashable, Iterable
from typing import NamedTuple

from store.exchange.foreign import derived


class Known(NamedTuple):
    """A record of the library, as far as it is compared."""

    id: int
    uid: str
    key: Hashable
    content: Hashable
    """What a reader can change."""


class Verdict(NamedTuple):
    """What becomes of a record that comes."""

    uid: str
    """In the library, from now on."""
    there: Known | None
    """The record of the library that it is; None for one to be added."""
    rival: Known | None = None
    """The record of the library that is the same, but says something else: both are kept."""


class Counterparts:
    """Finds the counterparts of records that come, each of the library's being the counterpart of one at most."""

    def __init__(self, known: Iterable[Known], coming: Container[str]) -> None:
        """`coming` are the uids of all that come: what has one of them is no counterpart by its key."""
        self._by_uid: dict[str, Known] = {}
        self._by_key: dict[Hashable, list[Known]] = defaultdict(list)
        for one in known:
            self._by_uid[one.uid] = one
            if one.uid not in coming:
                self._by_key[one.key].append(one)

    def find(self, uid: str, keys: Iterable[Hashable], content: Hashable) -> Verdict:
        """What becomes of a record with this uid, which any of the keys may stand for."""
        same = self._by_uid.get(uid)
        if same is not None and same.content == content:
            return Verdict(uid, same)
        alike = next((alike for key in keys if (alike := self._by_key.get(key))), [])
        twin = next((one for one in alike if one.content == content), None)
        if twin is not None:
            alike.remove(twin)
            return Verdict(twin.uid, twin)
        if same is None:
            return Verdict(uid, None, alike.pop(0) if alike else None)
        second = derived(uid, json.dumps(content))
        there = self._by_uid.get(second)
        return Verdict(second, there, None if there else same)
