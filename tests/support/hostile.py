"""What nobody should have to read: words that try to rule a terminal, a program or a screen, and a library of them.

The library is made by SQL, behind the back of all that cleans what comes in: what is shown must be safe anyhow.
"""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path

from store.highlight_rows import quoted
from store.library import Library
from texts.model import Span, Text
from texts.segment import passages
from texts.visible import visible

PAYLOADS = {
    "window title": "\x1b]0;owned\x07",
    "hyperlink": "\x1b]8;;http://x.example\x1b\\link\x1b]8;;\x1b\\",
    "clipboard": "\x1b]52;c;aGFja2Vk\x07",
    "unterminated": "\x1b]0;never ends ",
    "clear": "\x1b[2J\x1b[3J\x1b[H",
    "questions": "\x1b[6n\x1b[c\x1b[>q\x1b[?1049l",
    "reset": "\x1bc\x1b[!p",
    "strings": '\x1bP$q"p\x1b\\\x1b_Gx\x1b\\\x1b^p\x1b\\\x1bXs\x1b\\',
    "C1": "".join(map(chr, range(0x80, 0xA0))) + "\x9b31m\x9d0;owned\x9c",
    "C0": "\x07\x08\x0b\x0c\x0e\x0f\x7f",
    "bidi": "\u202e\u202d\u2066\u2069\u200f\u061c",
    "invisible": "a\u200b\u2060\ufeff\U000e0041\U000e0100\u3164",
    "piled": "Z" + "\u0301" * 300,
    "noncharacters": "\uffff\ufdd0",
    "markup": "[/x][b]bold[@click=app.quit]here[/][link=file:///etc/passwd]",
}
"""By what each tries."""

EVIL = " ".join(PAYLOADS.values())
"""All of them, in one line."""

_PARTS = tuple(PAYLOADS.values())


def _body(beginning: str) -> str:
    """Nine passages that speak of the same, each with some of the payloads in it."""
    return "\n\n".join(
        f"{beginning} number {number} tells of the wheel at Harrow {payload} and how the river took it. "
        f"The insurers {_PARTS[-1 - number]} have asked for patience, said Colin Moore-Hay of claim {number}."
        for number, payload in enumerate(_PARTS[:12])
    )


def make(path: Path) -> None:
    """Makes a library in which everything that holds words holds hostile ones."""
    bodies = {slug: _body(beginning) for slug, beginning in (("evil", "Passage"), ("worse", "Paragraph"))}
    with Library.open(path, reader="eve") as library:
        for slug, body in bodies.items():
            clean = visible(body)
            library.texts.add(Text(slug, slug, "a", "s", clean, passages(clean)))
            for start in range(0, 900, 60):
                tags = (f"tag{start}", f"branch/leaf{start}")
                library.highlights.mark(slug, Span(start, start + 150), tags=tags, note=f"n{start}")
            library.notes.write("a note", slug)
        library.notes.write("a note on the library")
        ids = [highlight.id for highlight in library.highlights.find()]
        for left, right in zip(ids[:8], reversed(ids), strict=False):
            library.links.add(left, right, kind="answers", note="why")
        library.highlights.orphan(ids[3:5])
        library.links.dismiss("evil", Span(0, 40), "worse", Span(0, 40))
        library.name_rules.join("Moore-Hay", "Moor-Hay")
        library.highlights.note(ids[0], "changed")
        library.journal.undo()
        text = library.texts.get("worse")
        library.texts.update("worse", Text("worse", "w", "a", "s", text.body + " More.", text.passages))
        bodies["worse"] += " More."
        library.drafts.keep(f"highlight:{ids[1]}", "a draft")
        library.ui_state.put("desk.pair", ["evil", "worse"])
    _turn_evil(path, bodies)


def _turn_evil(path: Path, bodies: dict[str, str]) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as sql:
        for slug, body in bodies.items():
            (body_id,) = sql.execute(
                "SELECT body_id FROM version JOIN text ON text.id = text_id WHERE slug = ? ORDER BY version.id DESC",
                (slug,),
            ).fetchone()
            digest = hashlib.sha256(body.encode()).hexdigest()
            sql.execute("UPDATE body SET content = ?, sha256 = ? WHERE id = ?", (body, digest, body_id))
            highlights = sql.execute(
                'SELECT highlight.id, "start", "end" FROM highlight JOIN text ON text.id = text_id WHERE slug = ?',
                (slug,),
            ).fetchall()
            for number, start, end in highlights:
                sql.execute(
                    "UPDATE highlight SET quote = ?, before = ?, after = ? WHERE id = ?",
                    (*quoted(body, [Span(start, end)]), number),
                )
        for cache in ("segmentation", "search_index", "relation"):
            sql.execute(f"DELETE FROM {cache}")
        for statement in (
            "UPDATE text SET title = :evil || slug, author = :evil, source = :evil",
            "UPDATE version SET source = :evil, reader = :evil",
            "UPDATE tag SET path = 'x' || :evil || id || CASE WHEN id % 2 THEN '/' || :evil ELSE '' END",
            "UPDATE tag SET description = :evil, letter = char(155), colour = :evil || 'red'",
            "UPDATE highlight SET note = note || :evil || char(10) || :evil, reader = :evil, created = :evil",
            "UPDATE link SET kind = :evil, note = :evil, reader = :evil",
            "UPDATE note SET words = :evil || char(10) || :evil, reader = :evil",
            "UPDATE naming SET one = :evil || one",
            "UPDATE act SET label = label || :evil, reader = :evil, at = :evil",
            "UPDATE draft SET words = :evil",
            "UPDATE dismissed SET reader = :evil",
            "UPDATE text SET slug = slug || replace(:evil, '@', '')",
            """UPDATE place SET value = (SELECT json_group_array(slug) FROM text ORDER BY slug)
            WHERE key = 'desk.pair'""",
        ):
            sql.execute(statement, {"evil": EVIL})
