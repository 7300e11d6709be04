"""Long lists open with what is in view, go on as far as there is anything, and find what is far down."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support.large_library import Size, make, tag
from tui.app import ReaderApp
from tui.desk import tag_picker
from tui.desk.lists import codebook_list
from tui.dialogs.picker import Picker
from tui.session import Session
from tui.settings import Settings

if TYPE_CHECKING:
    from tests.pilot.conftest import Reader

HIGHLIGHTS, TAGS, LINKS = 2500, 1700, 400

Open = Callable[[], AbstractAsyncContextManager["Reader"]]


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("large") / "library.db"
    make(path, Size(highlights=HIGHLIGHTS, texts=2, words=2000, tags=TAGS, links=LINKS))
    return path


@pytest.fixture
def open_large(large: Path, tmp_path: Path) -> Open:
    from tests.pilot.conftest import Reader

    path = tmp_path / "library.db"
    path.write_bytes(large.read_bytes())

    @asynccontextmanager
    async def opened() -> AsyncIterator[Reader]:
        session = Session(path, "ana")
        try:
            app = ReaderApp(session, Settings(reader="ana"))
            async with app.run_test(size=(120, 40)) as pilot:
                await pilot.pause()
                yield Reader(app, pilot)
        finally:
            session.close()

    return opened


def picker(reader: Reader) -> Picker:
    screen = reader.app.screen
    assert isinstance(screen, Picker)
    return screen


def rows(reader: Reader) -> list[str]:
    """What is drawn of the list, its last line too."""
    options = picker(reader).query_one("#list")
    return [str(option.prompt) for option in options.options]


async def read_through(reader: Reader) -> None:
    """Waits until all choices have been held against what is typed."""
    for _ in range(400):
        if picker(reader).searched_all:
            return
        await reader.pilot.pause(0.02)
    raise AssertionError("the list is still being read")


async def test_all_highlights_are_there_and_few_are_made(open_large: Open) -> None:
    async with open_large() as reader:
        await reader.press("space a")
        assert len(picker(reader).listed) == HIGHLIGHTS
        assert len(rows(reader)) == 101
        assert rows(reader)[-1] == f"… {HIGHLIGHTS - 100} more"
        for _ in range(12):
            await reader.press("pagedown")
        assert rows(reader)[-1] == f"… {HIGHLIGHTS - 200} more"


async def test_row_by_row_a_list_goes_on_behind_what_is_drawn(open_large: Open) -> None:
    async with open_large() as reader:
        await reader.press("space a")
        for _ in range(9):
            await reader.press("pagedown")
        assert len(rows(reader)) == 101
        await reader.press(" ".join(["down"] * 11))
        assert picker(reader).query_one("#list").highlighted == 101
        assert rows(reader)[-1] == f"… {HIGHLIGHTS - 200} more"


async def test_words_far_down_are_found_and_gone_to(open_large: Open) -> None:
    async with open_large() as reader:
        library = reader.app.session.library
        those = library.highlights.find(text="text-00001", noted=True)
        noted = next(each for each in reversed(those) if each.id > TAGS and not each.star)
        await reader.press("space a")
        await reader.write(f"{noted.note}")
        await read_through(reader)
        assert picker(reader).listed == (str(noted.id),)
        await reader.press("ctrl+s")
        await reader.settled()
        assert library.highlights.get(noted.id).star


async def test_words_with_a_meaning_narrow_the_whole_list(open_large: Open) -> None:
    async with open_large() as reader:
        library = reader.app.session.library
        await reader.press("space a")
        await reader.write("starred noted")
        await read_through(reader)
        expected = {str(number) for number in library.highlights.ids(star=True, noted=True)}
        assert set(picker(reader).listed) == expected
        await reader.press("ctrl+a ctrl+t")
        await reader.write("found")
        await reader.press("enter")
        await reader.settled()
        assert {str(number) for number in library.highlights.ids(tag="found")} == expected


async def test_tags_far_down_are_found_and_their_counts_come_when_they_are_counted(
    open_large: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (tag_picker, codebook_list):
        monkeypatch.setattr(module, "COUNTED_AT_ONCE", 0)
    async with open_large() as reader:
        counts = reader.app.session.library.codebook.counts()
        await reader.press("space t")
        assert len(picker(reader).listed) == TAGS
        for _ in range(200):
            if str(counts["tag1"].below) in rows(reader)[0].split():
                break
            await reader.pilot.pause(0.02)
        else:
            raise AssertionError(rows(reader)[:2])
        await reader.write(tag(1699).rpartition("/")[2])
        await read_through(reader)
        assert picker(reader).listed == (tag(1699),)
        await reader.press("enter")
        assert set(picker(reader).listed) == set(
            map(str, reader.app.session.library.highlights.ids(tag=tag(1699)))
        )


async def test_links_are_listed_from_the_first_to_the_last(open_large: Open) -> None:
    async with open_large() as reader:
        await reader.press("space l")
        assert picker(reader).listed == tuple(str(number) for number in range(1, LINKS + 1))
        await reader.write(f"link {LINKS}")
        await read_through(reader)
        assert str(LINKS) in picker(reader).listed
