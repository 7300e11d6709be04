"""What the desk loads before its first frame: nothing heavy that waits for a key."""

from __future__ import annotations

from pathlib import Path

import first_frame

from tui.home import make_first_library

ELSEWHERE = {
    *(
        "click",
        "csv",
        "hashlib",
        "numpy",
        "rapidfuzz",
        "sentencex",
        "sqlite_utils",
        "ssl",
        "Stemmer",
        "tomllib",
    ),
    *("store.services.relations", "texts.languages", "texts.relate", "tui.dialogs"),
}
"""Loaded by what comes later, if at all."""


def test_nothing_heavy_is_loaded(tmp_path: Path) -> None:
    library = tmp_path / "library.db"
    make_first_library(library, "tester")
    loaded = first_frame.modules(library)
    assert {"tui.desk.desk_screen", "textual.screen"} <= loaded
    assert ELSEWHERE & loaded == set()
