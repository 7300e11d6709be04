"""What is pasted into a line, and keys that come before the desk stands."""

import pytest
from pressing import key_event
from textual import events
from textual.widgets import Input

HOSTILE = "Najaf\x80\x9d0;owned\u202e\u200b"
SHOWN = "Najaf\ufffd\ufffd0;owned␦·"


@pytest.mark.parametrize("opening", ["/", ":", "t", "space a", "ctrl+p"])
async def test_what_is_pasted_into_a_line_is_harmless(open_desk, opening: str) -> None:
    async with open_desk() as reader:
        await reader.press(opening)
        assert isinstance(reader.app.focused, Input)
        reader.app.post_message(events.Paste(HOSTILE))
        await reader.settled()
        assert reader.app.focused.value == SHOWN


async def test_what_stands_in_a_line_is_harmless_however_it_came(open_desk) -> None:
    async with open_desk() as reader:
        await reader.press(":")
        reader.desk.context.overlays.prompt.put(HOSTILE)
        assert reader.desk.context.overlays.prompt.words == SHOWN


async def test_nothing_cut_leaves_the_clipboard_as_it_is(open_desk) -> None:
    async with open_desk() as reader:
        reader.app.copy_to_clipboard("the river")
        await reader.press("/ ctrl+x")
        assert reader.app.clipboard == "the river"


async def test_a_key_that_comes_before_the_foot_stands_is_taken(open_desk) -> None:
    async with open_desk() as reader:
        desk = reader.desk
        overlays = desk.context.overlays
        for each in (
            overlays.prompt,
            overlays.related_list,
            overlays.completions,
            overlays.first_keys,
            overlays.next_keys,
            overlays.message,
            overlays.hints,
        ):
            await each.remove()
        del desk.context.__dict__["overlays"]  # as at a start: made by the first key
        await reader.press(":")
        assert desk.context.overlays.prompt.display
        assert desk.context.overlays.prompt.words == ""


async def test_of_several_lines_pasted_into_a_line_all_are_taken(open_desk) -> None:
    async with open_desk() as reader:
        await reader.press("/")
        reader.app.post_message(events.Paste("\nGrand Ayatollah\r\n   Ali al-Sistani\n"))
        await reader.settled()
        assert reader.app.focused.value == "Grand Ayatollah Ali al-Sistani"


TYPED = "می\u200cخواهد 東京\u3000都\u00a0? \u200fא\u00adb \ue0a9\U0010f000"


async def type_each(reader, words: str) -> None:
    """Types words as a terminal sends them; what is not printable has no name by which the pilot knows it."""
    for character in words:
        reader.app.post_message(key_event(character))
    await reader.settled()


async def test_what_python_calls_unprintable_is_typed_into_a_note(open_desk) -> None:
    async with open_desk() as reader:
        await reader.press("c")
        await type_each(reader, TYPED)
        await reader.press("home")
        await type_each(reader, "\u200dx")
        await reader.press("escape")
        assert [highlight.note for highlight in reader.highlights()] == [f"\u200dx{TYPED}"]


async def test_what_python_calls_unprintable_is_typed_into_a_line(open_desk) -> None:
    async with open_desk() as reader:
        await reader.press("slash")
        await type_each(reader, "می\u200cx 東\u3000京\u200f")
        field = reader.app.focused
        assert field.value == "می\u200cx 東\u3000京␦"
        field.selection = (3, 0)
        await type_each(reader, "\u200c")
        assert field.value == "\u200cx 東\u3000京␦"
