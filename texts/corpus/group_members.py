"""The passages of groups of near-duplicates, each told once: of a thousand that are alike a thousand records.

Records of one group follow each other, the first passage first. As a record of JSON, and as a row of a table, a passage
has the keys of one side of a pair, after the name of its group and how many passages that has.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from texts.corpus.json_lines import LineError, whole_number, words
from texts.corpus.pairs import METADATA, PairSide, checked_span

MEMBER_COLUMNS = ("group", "group_size", "text", "passage", "start", "end", "quote", *METADATA)
MEMBER_NUMBERS = frozenset(("group_size", "passage", "start", "end"))


class GroupMember(NamedTuple):
    """A passage that others repeat, word for word or nearly."""

    group: str
    size: int
    """How many passages the group has."""
    side: PairSide


def member_row(member: GroupMember) -> list[str | int | float | None]:
    """The cells of a passage, in the order of `MEMBER_COLUMNS`."""
    return [member.group, member.size, *(getattr(member.side, name) for name in MEMBER_COLUMNS[2:])]


def member_to_json(member: GroupMember) -> dict[str, object]:
    """A passage as JSON gives it."""
    return dict(zip(MEMBER_COLUMNS, member_row(member), strict=True))


def member_of(record: Mapping[str, object]) -> GroupMember:
    """Inverse of `member_to_json`, and of `member_row` by the names of the columns. Raises LineError."""
    group, text = words(record, "group"), words(record, "text")
    if not group or not text:
        raise LineError(f"does not say which {'text it is of' if group else 'group it is in'}")
    start, end = whole_number(record, "start"), whole_number(record, "end")
    place = None if start is None and end is None else checked_span((start, end), "text")
    side = PairSide(
        text,
        whole_number(record, "passage") or None,
        None if place is None else place.start,
        None if place is None else place.end,
        words(record, "quote"),
        None,
        **{name: words(record, name) for name in METADATA},
    )
    return GroupMember(group, whole_number(record, "group_size") or 0, side)
