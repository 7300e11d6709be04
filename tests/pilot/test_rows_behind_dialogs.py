"""What is seen of the desk behind a dialog."""

from __future__ import annotations

from pathlib import Path

from store.library import Library
from texts.load import load_bytes

WIDE = "世界の歴史\n\n国際連合は、世界の平和と安全を維持するために、千九百四十五年に設立された。"


def rows(reader) -> list[str]:
    strips = reader.app.screen._compositor.render_strips()
    return ["".join(segment.text for segment in strip if not segment.control) for strip in strips]


async def test_rows_with_wide_characters_are_whole_behind_a_dialog(open_desk, library: Path) -> None:
    with Library.open(library, reader="tester") as there:
        there.texts.add(load_bytes(WIDE.encode(), "wide.txt", slug="wide"))
        there.ui_state.put("desk.pair", ["wide", "editorial"])
    async with open_desk(size=(80, 24)) as reader:
        await reader.related()
        await reader.settled()
        before = rows(reader)[2:6]
        assert any("世界" in row for row in before)
        assert any(row[-6:].strip() for row in before)
        await reader.press("c")
        await reader.pilot.pause()
        assert rows(reader)[2:6] == before
