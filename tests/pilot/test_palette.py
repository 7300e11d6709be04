"""The palette opens on the desk, where its commands are, and nowhere else."""

from __future__ import annotations

from textual.command import CommandPalette


async def test_the_palette_does_not_open_over_a_list(open_desk) -> None:
    async with open_desk() as reader:
        await reader.press("space c ctrl+p")
        assert not any(isinstance(screen, CommandPalette) for screen in reader.app.screen_stack)
        # Opened over a list and then over help, it stood twice, which ended the program.
        await reader.press("f1 ctrl+p")
        assert not any(isinstance(screen, CommandPalette) for screen in reader.app.screen_stack)
