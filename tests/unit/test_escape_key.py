"""Esc and a quick key are Esc and that key; in what is pasted there are no keys."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
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


def read(sent: list[str]) -> tuple[list[str], list[str]]:
    """What is pasted, and the keys, of what comes in parts, and of the silence after them."""
    parser = EscParser()
    found = [event for part in sent for event in parser.feed(part)]
    found += [*parser.tick(), *parser.feed("")]
    pasted = [event.text for event in found if isinstance(event, events.Paste)]
    return pasted, [event.key for event in found if isinstance(event, events.Key)]


PASTED = st.lists(
    st.sampled_from(["\x1b", "\x1b[A", "\x1b[20", "\x1b[200~", "d", "201~", "水\n", "[", "~"])
).map("".join)


@given(PASTED.filter(lambda words: "\x1b[201~" not in words), st.lists(st.integers(0, 80), max_size=6))
def test_what_is_pasted_is_words_however_it_comes(words: str, cuts: list[int]) -> None:
    sent = f"j\x1b[200~{words}\x1b[201~k"
    edges = sorted({0, len(sent), *(min(cut, len(sent)) for cut in cuts)})
    parts = [sent[start:end] for start, end in pairwise(edges)]
    pasted, typed = read(parts)
    assert "".join(pasted) == words.replace("\x1b", "␛")
    assert typed == ["j", "k"]


@pytest.mark.parametrize("esc", ["\x1b", "\x1b[27u"])
@pytest.mark.parametrize(("pause", "typed"), [(0.1, []), (10.0, ["escape", "j"])])
def test_esc_after_a_while_ends_a_paste_whose_end_was_lost(
    monkeypatch: pytest.MonkeyPatch, esc: str, pause: float, typed: list[str]
) -> None:
    now = 100.0
    monkeypatch.setattr("tui.terminal_driver.monotonic", lambda: now)
    parser = EscParser()
    found = [*parser.feed("\x1b[200~one \x1b[20")]
    now += pause
    found += [*parser.feed(esc), *parser.tick()]
    found += [*parser.feed("j"), *parser.tick()]
    assert [event.text for event in found if isinstance(event, events.Paste)] == ["one ␛[20"] * bool(typed)
    assert [event.key for event in found if isinstance(event, events.Key)] == typed


def test_what_is_typed_comes_at_once_also_where_it_begins_as_a_paste_does() -> None:
    parser = EscParser()
    found = [list(map(str, parser.feed(part))) for part in ("j", "\x1b[20", "~")]
    assert [len(events) for events in found] == [1, 0, 1]
    assert "f9" in found[2][0]


def test_the_driver_reads_with_it() -> None:
    from textual.drivers import linux_driver

    assert with_plain_escape(LinuxDriver) is LinuxDriver
    assert linux_driver.XTermParser is EscParser
