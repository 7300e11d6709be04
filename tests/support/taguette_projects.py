"""Databases as Taguette 1.5 has them, as far as a project is read from them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

SCHEMA = """
    CREATE TABLE projects (id INTEGER PRIMARY KEY, name, description, created);
    CREATE TABLE documents (id INTEGER PRIMARY KEY, name, description, filename, created, project_id, contents);
    CREATE TABLE tags (id INTEGER PRIMARY KEY, project_id, path, description);
    CREATE TABLE highlights (id INTEGER PRIMARY KEY, document_id, start_offset, end_offset, snippet);
    CREATE TABLE highlight_tags (highlight_id, tag_id);
    CREATE TABLE commands (id INTEGER PRIMARY KEY, date, user_login, project_id, document_id, payload);
    INSERT INTO projects VALUES (1, 'Mine', '', '2026-11-29 23:25:24.857867');
    INSERT INTO tags VALUES (1, 1, 'mood/alarm', 'when it rings'), (2, 1, 'claim', '');
"""
HTML = (
    "<h1>On cafés</h1>\n<p>\u00a0</p>\n<p>A 😀 smiling<br>café &amp; a café</p>\n<p>wraps <b>over</b></p>\n"
)
SAID = "On cafés\n\u00a0\nA 😀 smilingcafé & a café\nwraps over\n"
"""What stands between the tags, in which Taguette counts bytes."""


def a_project(path: Path, *quotes: str, html: str = HTML, said: str = SAID) -> Path:
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(SCHEMA)
        connection.execute(
            "INSERT INTO documents VALUES (7, 'Signs', 'from a file', 's.txt', '2026-11-29', 1, ?)", (html,)
        )
        at = 0
        for number, quote in enumerate(quotes, 1):
            at = said.index(quote, at)
            start, end = (len(said[:place].encode()) for place in (at, at + len(quote)))
            connection.execute("INSERT INTO highlights VALUES (?, 7, ?, ?, ?)", (number, start, end, quote))
            connection.execute(
                "INSERT INTO commands VALUES (?, '2026-11-30 10:00:00', 'eva', 1, 7, ?)",
                (number, f'{{"type": "highlight_add", "highlight_id": {number}}}'),
            )
        connection.executemany("INSERT INTO highlight_tags VALUES (?, ?)", [(1, 2), (1, 1), (2, 1)])
        connection.commit()
    return path
