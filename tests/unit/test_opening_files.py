"""A file that is opened is taken apart once; one that the library has already, not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.library import Library, LibraryError
from texts import segment
from texts.boilerplate import article
from texts.load import load_bytes
from texts.model import Text
from tui.cli.codes import LIBRARY_VARIABLE
from tui.cli.invocation import Invocation
from tui.session import Session

BODY = "The old mill at Harrow burned to the ground on Monday.\n\nIt will be built again.\n\nShare this\n"


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The bodies whose paragraphs have been looked at for page chrome, in order."""
    seen: list[str] = []
    rule = article.boilerplate_of

    def look(body: str, *more: object) -> list[bool]:
        seen.append(body)
        return rule(body, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(article, "boilerplate_of", look)
    look_away(seen)
    return seen


def look_away(looks: list[str]) -> None:
    """Has the program look at another body than the last one, which it remembers; what was seen is forgotten."""
    segment.passages("Something else.")
    del looks[:]


def test_a_text_that_is_added_is_looked_at_once(tmp_path: Path, looks: list[str]) -> None:
    with Library.open(tmp_path / "library.db", reader="tester") as library:
        library.texts.add(load_bytes(BODY.encode(), "mill.txt"))
        library.texts.add(load_bytes(BODY[:-13].encode(), "other.txt"))
    assert looks == [BODY.strip(), BODY[:-13].strip()]


def test_what_is_known_by_its_digest_is_not_looked_at(looks: list[str]) -> None:
    text = load_bytes(BODY.encode(), "mill.txt")
    asked: list[str] = []

    def known(digest: str) -> Text | None:
        asked.append(digest)
        return text

    look_away(looks)
    assert load_bytes(b"\xef\xbb\xbf" + BODY.encode(), "copy.txt", known=known) is text
    assert (asked, looks) == ([text.sha256], [])
    assert load_bytes(BODY.encode(), "mill.txt", known=lambda _: None).passages == text.passages


def test_opening_a_file_that_the_library_has_finds_its_text_and_leaves_the_copy_to_the_desk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, looks: list[str]
) -> None:
    monkeypatch.setenv(LIBRARY_VARIABLE, str(tmp_path / "library.db"))
    (tmp_path / "mill.txt").write_text(BODY)
    first, again = Invocation(), Invocation()
    slug = first.add_to_library(str(tmp_path / "mill.txt"))
    first.ensure_library()
    assert not (tmp_path / "library.db.backups").exists()
    look_away(looks)
    assert again.add_to_library(str(tmp_path / "mill.txt")) == slug
    assert looks == []
    again.close()


def test_the_desk_makes_no_folder_for_a_library_that_was_named_but_one_for_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    missing = tmp_path / "typo" / "library.db"
    named = Invocation()
    named.library_file = str(missing)
    with pytest.raises(LibraryError, match=f"there is no folder {missing.parent}"):
        named.ensure_library()
    assert not missing.parent.exists()
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.delenv(LIBRARY_VARIABLE, raising=False)
    by_itself = Invocation()
    assert tmp_path / "data" in by_itself.path.parents
    by_itself.ensure_library()
    assert by_itself.path.is_file()


def test_the_index_of_a_file_that_is_opened_is_left_to_the_desk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "library.db"
    monkeypatch.setenv(LIBRARY_VARIABLE, str(path))
    (tmp_path / "mill.txt").write_text(BODY)
    invocation = Invocation()
    slug = invocation.add_to_library(str(tmp_path / "mill.txt"))
    invocation.close()
    session = Session(path, "tester")
    try:
        indexes = "SELECT count(*) FROM search_index"
        assert session.library.connection.value(indexes) == 0
        session.shown = (slug, "gone")
        session.make_indexes()
        session.writer.drain(20)
        assert session.library.connection.value(indexes) == 1
    finally:
        session.close()
