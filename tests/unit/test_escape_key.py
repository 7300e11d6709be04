"""Esc and a quick key are Esc and that key."""

import pytest
from textual import events
from textual.drivers.linux_driver import LinuxDriver

from tui.terminal_driver import EscParser, with_plain_escape


def keys(sent: str) -> list[tuple[str, str | None]]:
    """What a parser makes of bytes that come at once, and of the silence after them."""
    parser = EscParser()
    found = [*parser.feed(sent), *parser.tick(), *parser.feed("")]
    return [(event.key, event.character) for event in found if isinstance(event, events.Key)]


@pytest.mark.parametrize("character", [*"jqbf2)-=O[ü§", "\t", "\r", " "])
def test_esc_and_a_quick_key_are_two_keys(character: str) -> None:
    first, *rest = keys(f"\x1b{character}")
    assert first[0] == "escape"
    assert rest == keys(character)
    assert len(rest) == 1


@pytest.mark.parametrize(
    ("sent", "meant"),
    [
        ("\x1b", ["escape"]),
        ("\x1b[A", ["up"]),
        ("\x1bOP", ["f1"]),
        ("\x1b[1;5C", ["ctrl+right"]),
        ("\x1b[106;3u", ["alt+j"]),
        ("\x1b\x7f", ["ctrl+w"]),
        ("\x1b[27u", ["escape"]),
        ("jk", ["j", "k"]),
        ("\x1bjk", ["escape", "j", "k"]),
    ],
)
def test_what_a_terminal_sends_by_itself_is_one_key(sent: str, meant: list[str]) -> None:
    assert [key for key, _ in keys(sent)] == meant


def test_the_driver_reads_with_it() -> None:
    from textual.drivers import linux_driver

    assert with_plain_escape(LinuxDriver) is LinuxDriver
    assert linux_driver.XTermParser is EscParser
