"""The desk shows which language a text is in, and keeps another one."""

from __future__ import annotations


async def test_a_language_is_chosen_from_a_list_and_undone(open_desk) -> None:
    async with open_desk() as reader:
        await reader.press("z L")
        assert "A chance in Baghdad is in English" in reader.app.screen.heading
        await reader.press("f r e n c h enter")
        assert reader.desk.active.text.language == "fr"
        assert "A chance in Baghdad is taken as French" in reader.status
        await reader.press("u")
        assert reader.app.session.library.texts.get("editorial").language == ""
