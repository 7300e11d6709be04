"""What lists, questions and cards say: where nothing is listed, where there are several, where a text changed."""

from __future__ import annotations

from typing import Any

from store.library import Library
from texts.load import load_bytes
from texts.model import Span


def seen(reader: Any) -> str:
    """What is drawn, without frames and the ends of rows."""
    screen = reader.app.screen
    rows = (strip.text for strip in screen._compositor.render_strips()[: screen.size.height])
    return " ".join(" ".join(rows).replace("│", " ").split())


async def shows(reader: Any, steps: dict[str, str]) -> None:
    """What is seen after each step, which is left by Esc."""
    lacking = []
    for keys, words in steps.items():
        await reader.press(keys)
        if words not in seen(reader):
            lacking.append((keys, words, seen(reader)))
        await reader.press("escape")
    assert not lacking


async def test_a_library_without_anything_says_in_each_list_what_to_do(open_desk: Any, library: Any) -> None:
    library.unlink()
    Library.open(library, reader="tester").close()
    async with open_desk((150, 30)) as reader:
        await shows(
            reader,
            {
                "space d": "Tutorial: a hundred words that teach the first keys",
                "space a": "No highlights yet: on the desk, Enter marks a sentence.",
                "space t": "No tags yet: type a name, such as actor/maliki, and Enter.",
                "space n": "Note on the library",
                "space u": "Nothing has been done yet.",
                "space l": "No links yet: p on a highlight starts one, p on the far side finishes it.",
                "space o": "No orphans: every highlight has its place.",
                "space y": "nobody has marked anything: tui import brings in another reader's library",
            },
        )


async def test_what_is_there_more_than_once_is_asked_for(open_desk: Any, library: Any) -> None:
    with Library.open(library, reader="tester") as other:
        one = other.texts.get("editorial")
        two = other.texts.get("analysis")
        first = other.highlights.mark("editorial", one.passage(3).span, star=True, note="[[998]]")
        ends = [other.highlights.mark("analysis", two.passage(number).span) for number in (3, 5)]
        for end in ends:
            other.links.add(first.id, end.id)
        other.drafts.keep("text:editorial", "half a thought")
    async with open_desk((150, 30)) as reader:
        await shows(
            reader,
            {
                "3 G g p": "Follow which link?",
                "d p": "Delete which link?",
                "P": "What kind has which link?",
                "K": "★ · id 1 · tester",
                "space n": "1 draft that was never saved",
                "space n d": "Unsaved drafts of notes",
            },
        )
        await reader.press("3 G g p escape")
        assert len(reader.app.session.library.links.list()) == 2


async def test_what_was_dismissed_of_a_text_that_has_changed_has_no_place(
    open_desk: Any, library: Any
) -> None:
    with Library.open(library, reader="tester") as other:
        one, two = other.texts.get("editorial"), other.texts.get("analysis")
        other.links.dismiss("editorial", one.passage(3).span, "analysis", two.passage(3).span)
        body = one.body.replace(one.body[Span(*one.passage(3).span).start :], "Nothing of it is left.")
        other.texts.update("editorial", load_bytes(body.encode(), "editorial.txt"))
    async with open_desk((150, 30)) as reader:
        await reader.press("space r")
        words = seen(reader)
        assert "changed since" in words
        assert "One of the two texts has changed since, and the place is not in its present version." in words
        await reader.press("enter")
        assert "one of the two texts has changed since: this pair has no place in it" in reader.status
