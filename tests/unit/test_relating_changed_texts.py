"""Related passages of a text that is updated while they are computed are not kept for its new version."""

from __future__ import annotations

from pathlib import Path

import pytest
from sample_texts import a_text

from store.library import Library
from store.services.relations import relations_in
from texts.relate import relate

BODY = "Maliki rules in Baghdad.\n\nTehran sends envoys to Najaf.\n\nOil goes up again."


def test_what_was_computed_for_the_version_before_is_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Library.open(tmp_path / "library.db", reader="ana") as library:
        left, right = (library.texts.add(a_text(f"{BODY} {slug}", slug))[0] for slug in ("one", "two"))
        updates = [f"{BODY}\n\nMore."]

        def slow(*texts: object, **how: object) -> object:
            if updates:
                library.texts.update("one", a_text(updates.pop(), "one"))
            return relate(*texts, **how)  # type: ignore[arg-type]

        monkeypatch.setattr("texts.relate.relate", slow)
        relations_in(library, left, right)
        kept = library.connection.value("SELECT count(*) FROM relation")
        assert kept == 0
        relations_in(library, left, right)
        assert library.connection.value("SELECT count(*) FROM relation") == 0, (
            "the old version is still shown"
        )
        relations_in(library, library.texts.get("one"), right)
        assert library.connection.value("SELECT count(*) FROM relation") == 1
