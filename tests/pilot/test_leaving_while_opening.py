"""The program may end while a screen is being opened: nothing is asked of widgets that never came."""

from __future__ import annotations

import pytest

from tui.keys.key_table import Press


@pytest.mark.parametrize(
    "id", ["annotations", "codebook", "links", "open_text", "comparison", "theme", "palette", "note", "help"]
)
async def test_the_program_ends_while_a_screen_is_opened(open_desk, id: str) -> None:
    async with open_desk() as reader:
        await reader.press("9 G enter")
        reader.desk.do(Press(id))
        reader.app.exit()
    assert reader.app.return_code == 0
