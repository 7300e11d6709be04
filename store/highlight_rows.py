"""Rows of highlights: their parts as columns and as a quote; deleted and joined with all that hangs on them in an act.

Of highlights that are joined the tags, notes, stars and links end up on the one that is kept. Two highlights are
doubles where the same reader has marked the same words of the same version with the same tag.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from store.connection import Connection
from texts.model import Span

CONTEXT = 32
"""Characters kept before and after a quote."""

GAP = " … "
"""What stands between the parts of a quote."""

NOTES_APART = "\n\n"
"""What stands between notes that become one."""


def quoted(body: str, parts: Sequence[Span]) -> tuple[str, str, str]:
    """The quote of some parts of a body, and what stands before and after it."""
    start, end = parts[0].start, parts[-1].end
    return (
        GAP.join(body[part.start : part.end] for part in parts),
        body[max(0, start - CONTEXT) : start],
        body[end : end + CONTEXT],
    )


def span_columns(parts: Sequence[Span]) -> tuple[int, int, str | None]:
    """Parts as three columns: start, end, and JSON where there are gaps."""
    return parts[0].start, parts[-1].end, json.dumps(parts) if len(parts) > 1 else None


def parts_of(start: int, end: int, gapped: str | None) -> tuple[Span, ...]:
    """Parts from their three columns."""
    return (Span(start, end),) if gapped is None else tuple(Span(*part) for part in json.loads(gapped))


def erase(connection: Connection, ids: Sequence[int]) -> None:
    """Deletes highlights with their links and without their tags, inside an act."""
    for statement in _ERASE:
        connection.execute(statement, json.dumps(list(ids)))


def joined_notes(notes: Sequence[str]) -> str:
    """All notes as one, each once, in their order."""
    return NOTES_APART.join(dict.fromkeys(note for note in notes if note))


def holds_note(note: str, other: str) -> bool:
    """Whether another note stands in a note already, in lines of its own."""
    return f"\n{other}\n" in f"\n{note}\n"


def join_rows(connection: Connection, kept: int, others: Sequence[int], note: str, at: str) -> None:
    """Makes highlights one, inside an act: `kept` gets the tags, stars and links of the others, which go.

    The uids of those that go are remembered, so that an import that brings them again adds nothing.
    """
    going = json.dumps(list(others))
    _take_tags(connection, kept, going)
    _take_links(connection, kept, going)
    connection.execute(
        """UPDATE highlight SET note = ?1, updated = ?2, star = (
            SELECT max(star) FROM highlight WHERE id = ?3 OR id IN (SELECT value FROM json_each(?4))
        ) WHERE id = ?3""",
        note, at, kept, going,
    )  # fmt: skip
    _remember(connection, kept, going)
    erase(connection, others)


def join_doubles(connection: Connection, tag: int, at: str) -> int:
    """Joins the doubles that carry a tag, inside an act; gives how many highlights went."""
    groups = connection.rows(
        """SELECT json_group_array(highlight.id) FROM highlight_tag
        JOIN highlight ON highlight.id = highlight_id WHERE tag_id = ?
        GROUP BY version_id, "start", "end", coalesce(parts, ''), quote, reader, anchor HAVING count(*) > 1""",
        tag,
    )
    gone = 0
    for (group,) in groups:
        ids: list[int] = sorted(json.loads(group))
        notes = connection.rows(
            "SELECT note FROM highlight WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id", group
        )
        join_rows(connection, ids[0], ids[1:], joined_notes([note for (note,) in notes]), at)
        gone += len(ids) - 1
    return gone


def _take_tags(connection: Connection, kept: int, going: str) -> None:
    connection.execute(
        """INSERT OR IGNORE INTO highlight_tag (highlight_id, tag_id)
        SELECT ?, tag_id FROM highlight_tag WHERE highlight_id IN (SELECT value FROM json_each(?))
        ORDER BY highlight_id, id""",
        kept,
        going,
    )


def _take_links(connection: Connection, kept: int, going: str) -> None:
    """Leads the links of those that go to the one that is kept; those among them go, and those it has already."""
    for side, other in (("left_id", "right_id"), ("right_id", "left_id")):
        connection.execute(
            f"""UPDATE link SET {side} = ?1 WHERE {side} IN (SELECT value FROM json_each(?2))
            AND {other} <> ?1 AND {other} NOT IN (SELECT value FROM json_each(?2))""",
            kept,
            going,
        )
    connection.execute(
        """DELETE FROM link WHERE (left_id = ?1 OR right_id = ?1) AND EXISTS (
            SELECT 1 FROM link AS first WHERE first.id < link.id AND first.kind = link.kind
            AND first.mutual = link.mutual AND link.note IN ('', first.note)
            AND ((first.left_id = link.left_id AND first.right_id = link.right_id)
                OR (link.mutual AND first.left_id = link.right_id AND first.right_id = link.left_id))
        )""",
        kept,
    )


def _remember(connection: Connection, kept: int, going: str) -> None:
    """Notes into which highlight the others went, and those that had gone into them before."""
    uid = connection.value("SELECT uid FROM highlight WHERE id = ?", kept)
    connection.execute(
        """UPDATE received SET joined_into = ? WHERE kind = 'highlight' AND joined_into IN (
            SELECT uid FROM highlight WHERE id IN (SELECT value FROM json_each(?)))""",
        uid,
        going,
    )
    connection.execute(
        """INSERT INTO received (kind, uid, joined_into)
        SELECT 'highlight', uid, ? FROM highlight WHERE id IN (SELECT value FROM json_each(?))
        ON CONFLICT (kind, uid) DO UPDATE SET joined_into = excluded.joined_into""",
        uid,
        going,
    )


def remember_deleted(connection: Connection, table: str, ids: str) -> None:
    """Notes that highlights, links or notes are deleted here, inside the act that does so: no merge brings them back.

    `ids` is a JSON array. Another library may have them from this one, or this one may have begun as its copy.
    """
    connection.execute(
        f"""INSERT INTO received (kind, uid) SELECT ?, uid FROM {table} WHERE id IN (SELECT value FROM json_each(?))
        ON CONFLICT (kind, uid) DO NOTHING""",
        table,
        ids,
    )


_ERASE = (
    """DELETE FROM link WHERE left_id IN (SELECT value FROM json_each(?1))
        OR right_id IN (SELECT value FROM json_each(?1))""",
    "DELETE FROM highlight_tag WHERE highlight_id IN (SELECT value FROM json_each(?1))",
    "DELETE FROM highlight WHERE id IN (SELECT value FROM json_each(?1))",
)
