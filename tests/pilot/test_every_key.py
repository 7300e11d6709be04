"""Every key of the table, pressed: each has a visible effect, or says why it has none.

`EXPECTED` names what is to be seen for each command. A command without an entry fails, so that no key is added
without being pressed here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from textual.keys import _character_to_key

from store.library import Library
from texts.languages.sentences import sentences
from tui.desk.aligning import leave_alignment
from tui.desk.commands.related_commands import leave_related
from tui.desk.desk_state import Sync
from tui.desk.open_texts import activate, set_zoom, share_out, swap_texts
from tui.keys.key_table import KEYS, Group, Key, Press

_NAMES = {
    "Esc": "escape",
    "Enter": "enter",
    "Tab": "tab",
    "Space": "space",
    "Left": "left",
    "Right": "right",
    "Up": "up",
    "Down": "down",
    "Home": "home",
    "End": "end",
    "PageUp": "pageup",
    "PageDown": "pagedown",
    "F1": "f1",
}


def pressed(sequence: str) -> str:
    """A sequence of the table as the pilot presses it."""
    presses = []
    for press in sequence.split():
        if press.startswith("Ctrl-"):
            presses.append(f"ctrl+{press.removeprefix('Ctrl-')}")
        else:
            presses.append(_NAMES.get(press) or _character_to_key(press))
    return " ".join(presses)


@dataclass(frozen=True)
class Seen:
    """What is on the desk: what a key can change."""

    side: int
    cursor: int
    place: int
    selection: object
    mode: str
    texts: tuple[str, ...]
    marks: tuple[object, ...]
    screen: str
    classes: frozenset[str]
    share: int
    status: str
    prompt: str
    other_place: int
    flags: tuple[bool, ...]
    hits: int
    links: int
    related: bool
    left: tuple[str, ...]


def seen(reader, left: list[str]) -> Seen:
    desk = reader.desk
    side = desk.active
    title = getattr(reader.app.screen, "heading", "") or getattr(reader.app.screen, "question", "")
    return Seen(
        side.number,
        side.pane.cursor,
        side.pane.place,
        side.pane.selection,
        side.pane.mode,
        tuple(each.slug for each in desk.sides),
        tuple((each.text, each.span, each.tags, each.star, each.note) for each in reader.highlights()),
        f"{type(reader.app.screen).__name__}: {title}",
        frozenset(desk.classes),
        desk.context.state.share,
        reader.status,
        str(desk.context.overlays.prompt.query_one("#label").render())
        if desk.context.overlays.prompt.display
        else "",
        desk.other.pane.place,
        (side.pane.show_marks, side.pane.show_furniture, side.pane.focus_dim),
        len(desk.context.state.search.hits),
        len(reader.app.session.library.links.list()),
        desk.query_one("#related").display,
        tuple(left),
    )


Check = Callable[[Seen, Seen], bool]


@dataclass(frozen=True)
class Expected:
    """How a key is pressed, and what is to be seen then."""

    holds: Check
    before: str = "9 G"
    """What is pressed first: on ¶9 of the left text there is a highlight with a tag, a note and a link."""
    after: str = ""
    """What is pressed after it, such as a letter that the command takes."""


def later(before: Seen, after: Seen) -> bool:
    return after.cursor > before.cursor


def earlier(before: Seen, after: Seen) -> bool:
    return after.cursor < before.cursor


def scrolled(before: Seen, after: Seen) -> bool:
    return after.place != before.place


def selects(before: Seen, after: Seen) -> bool:
    return after.selection != before.selection and after.selection is not None


def moved(before: Seen, after: Seen) -> bool:
    return after.cursor != before.cursor


def other_side(before: Seen, after: Seen) -> bool:
    return after.side != before.side


def asks(words: str) -> Check:
    return lambda before, after: words.casefold() in after.screen.casefold()


def says(words: str) -> Check:
    return lambda before, after: words in after.status


def marks(before: Seen, after: Seen) -> bool:
    return len(after.marks) > len(before.marks)


def changes_marks(before: Seen, after: Seen) -> bool:
    return after.marks != before.marks


def prompts(label: str) -> Check:
    return lambda before, after: after.prompt.startswith(label)


def flag(number: int) -> Check:
    return lambda before, after: after.flags[number] != before.flags[number]


EXPECTED: dict[str, Expected] = {
    "char_left": Expected(earlier, "9 G w"),
    "line_down": Expected(later),
    "line_up": Expected(earlier),
    "char_right": Expected(later),
    "word_next": Expected(later),
    "word_back": Expected(earlier),
    "word_end": Expected(later),
    "line_start": Expected(earlier, "9 G w w"),
    "line_first": Expected(earlier, "9 G w w"),
    "line_end": Expected(later),
    "sentence_back": Expected(earlier),
    "sentence_next": Expected(later),
    "passage_back": Expected(earlier),
    "passage_next": Expected(later),
    "text_start": Expected(earlier),
    "text_end": Expected(later),
    "half_page_down": Expected(later, "2 G"),
    "half_page_up": Expected(earlier, "1 6 G"),
    "page_down": Expected(later, "2 G"),
    "page_up": Expected(earlier, "1 6 G"),
    "view_top": Expected(scrolled),
    "view_middle": Expected(scrolled, "9 G z t"),
    "view_bottom": Expected(scrolled, "9 G z t"),
    "sync": Expected(says("sync: proportional")),
    "sync_invert": Expected(says("other way round next")),
    "align": Expected(says("aligned")),
    "level": Expected(lambda before, after: after.other_place != before.other_place, "1 6 G"),
    "meaning": Expected(says("to go by meaning: pip install")),
    "zoom": Expected(lambda before, after: "-zoomed" in after.classes),
    "toggle_marks": Expected(flag(0)),
    "toggle_furniture": Expected(flag(1)),
    "furniture": Expected(says("furniture"), "2 0 G"),
    "language": Expected(asks("is in English")),
    "focus_passage": Expected(flag(2)),
    "hints": Expected(says("key hints")),
    "other_pane": Expected(other_side),
    "left_pane": Expected(other_side, "9 G tab"),
    "right_pane": Expected(other_side),
    "swap_panes": Expected(lambda before, after: after.texts == before.texts[::-1]),
    "only_pane": Expected(lambda before, after: "-zoomed" in after.classes),
    "equal_panes": Expected(lambda before, after: after.share == 50, "9 G >"),
    "narrower": Expected(lambda before, after: after.share < before.share),
    "wider": Expected(lambda before, after: after.share > before.share),
    "jump_back": Expected(earlier, "3 G 1 2 G"),
    "jump_forward": Expected(later, "3 G 1 2 G ctrl+o"),
    "jump_back_too": Expected(earlier, "3 G 1 2 G"),
    "next_highlight": Expected(later, "g g"),
    "previous_highlight": Expected(earlier, "G"),
    "next_note": Expected(later, "g g"),
    "previous_note": Expected(earlier, "G"),
    "next_link": Expected(later, "g g"),
    "previous_link": Expected(earlier, "G"),
    "next_related": Expected(later, "g g"),
    "previous_related": Expected(earlier, "G"),
    "next_heading": Expected(later, "g g"),
    "previous_heading": Expected(earlier, "G"),
    "next_orphan": Expected(says("no later orphan in A chance in Baghdad: Space o lists")),
    "previous_orphan": Expected(says("no earlier orphan in A chance in Baghdad: Space o lists")),
    "set_mark": Expected(says("this place is 'q"), after="q"),
    "go_mark": Expected(earlier, "9 G m a 1 5 G", after="a"),
    "search": Expected(prompts("/ fuzzy")),
    "search_back": Expected(prompts("? fuzzy")),
    "search_next": Expected(later, "g g / M a l i k i enter"),
    "search_previous": Expected(moved, "g g / M a l i k i enter"),
    "search_selected": Expected(lambda before, after: after.hits > 0),
    "concordance": Expected(asks("× Maliki"), "/ M a l i k i enter"),
    "clear": Expected(lambda before, after: after.selection is None, "9 G v i s"),
    "select": Expected(selects),
    "select_passages": Expected(selects),
    "grow": Expected(selects),
    "shrink": Expected(selects, "9 G + +"),
    "select_again": Expected(selects, "9 G v i s escape"),
    "hint": Expected(says("type a label")),
    "hint_select": Expected(says("two labels")),
    "copy": Expected(says("sent to the terminal with its citation")),
    **{f"select_{name}": Expected(selects, "9 G v") for name in ("is", "as", "ip", "ap", "iw", "aw", "ih")},
    "keep_part": Expected(says("1 part kept"), "3 G v i w"),
    "other_edge": Expected(earlier, "9 G v i s"),
    "highlight": Expected(marks, "5 G"),
    "tag": Expected(asks("Tag “"), "5 G"),
    "tag_quoted": Expected(marks, "5 G v i w"),
    "arm": Expected(asks("Arm a tag")),
    "repeat": Expected(marks, "4 G enter 5 G"),
    "note": Expected(asks("NoteEditor")),
    "star": Expected(changes_marks),
    "highlight_with": Expected(marks, "5 G", after="1"),
    "quick_tag": Expected(marks, "5 G v i s"),
    "card": Expected(asks("1 here")),
    "cycle": Expected(says("only one highlight is here: K")),
    "edit_edges": Expected(selects),
    "untag": Expected(changes_marks),
    "delete": Expected(lambda before, after: len(after.marks) < len(before.marks)),
    "join": Expected(says("nothing overlaps this highlight")),
    "related": Expected(lambda before, after: after.related),
    "pairs": Expected(asks("related passages: 1 A chance in Baghdad – 2 Arm’s length, still")),
    "link": Expected(says("link from here")),
    "follow_link": Expected(other_side),
    "link_kind": Expected(asks("What does the first say")),
    "delete_link": Expected(lambda before, after: after.links < before.links),
    "annotations": Expected(asks(": Highlights")),
    "codebook": Expected(asks(": Codebook")),
    "links": Expected(asks(": Links")),
    "outline": Expected(asks(" of A chance in Baghdad")),
    "library_note": Expected(asks("Choose")),
    "open_text": Expected(asks("Open in pane 1")),
    "orphans": Expected(asks("Orphans")),
    "versions": Expected(asks(": Versions of A chance in Baghdad")),
    "dismissed": Expected(asks(": Dismissed between")),
    "pair_file": Expected(asks("Open the pairs of a file")),
    "export": Expected(asks("ExportDialog")),
    "history": Expected(asks("What was done")),
    "theme": Expected(asks("Theme")),
    "keys": Expected(asks("All keys")),
    "comparison": Expected(asks("Comparison")),
    "disagreements": Expected(says("only tester has marked anything")),
    "last_list": Expected(asks("Theme"), "space c escape"),
    "undo": Expected(changes_marks, "5 G enter"),
    "redo": Expected(changes_marks, "5 G enter u"),
    "command": Expected(prompts(":")),
    "help": Expected(asks("Help")),
    "palette": Expected(asks("Commands")),
    "suspend": Expected(lambda before, after: after.left == ("suspended",)),
    "quit": Expected(lambda before, after: after.left == ("quit",)),
}
"""What is to be seen after the keys of each command."""


def test_every_command_of_the_table_is_pressed_here() -> None:
    assert {key.id for key in KEYS} == set(EXPECTED)


def prepare(library: Path) -> None:
    """Gives ¶9 a highlight with a tag that has the digit 1, a note and a link to ¶6 of the other text."""
    with Library.open(library, reader="tester") as opened:
        ends = [
            opened.highlights.mark(slug, sentences(text.body, text.passage(number).span)[0], **given)
            for slug, number, given in (
                ("editorial", 9, {"tags": ("claim",), "note": "whose?"}),
                ("analysis", 6, {}),
            )
            for text in (opened.texts.get(slug),)
        ]
        opened.links.add(ends[0].id, ends[1].id, kind="same")
        opened.codebook.set_quick(1, "claim")


def acts(reader) -> int:
    """Acts of the journal that are not undone."""
    return sum(not act.undone for act in reader.app.session.library.journal.history(1000))


async def type_(reader, sequences: str) -> None:
    """Presses keys in one go, and waits once."""
    await reader.pilot.press(
        *(_character_to_key(each) if len(each) == 1 else each for each in sequences.split())
    )
    await reader.settled()


async def restore(reader, done: int) -> None:
    """Puts the desk back to how it was before a key, so that many keys share one."""
    app, desk = reader.app, reader.desk
    while app.screen is not desk:
        await app.pop_screen()
    if desk.context.overlays.prompt.display:
        desk.context.state.prompt.on_cancel()
    if desk.context.state.labels is not None:
        desk.context.clear_labels()
    if desk.query_one("#related").display:
        leave_related(desk.context)
    for _ in range(3):
        desk.context.run(Press("clear"))
    while acts(reader) > done:
        await type_(reader, "u")
    set_zoom(desk.context, False)
    leave_alignment(desk.context)
    share_out(desk.context, 50)
    desk.context.state.sync.way, desk.context.state.sync.inverted = Sync.OFF, False
    if desk.sides[0].slug != "editorial":
        swap_texts(desk.context)
        await reader.related()
    for side in desk.sides:
        side.pane.show_marks, side.pane.show_furniture, side.pane.focus_dim = True, True, False
    activate(desk.context, desk.sides[0])
    desk.context.tell("")


def keys_of(group: Group) -> list[Key]:
    return [key for key in KEYS if key.group is group]


@pytest.mark.parametrize("group", list(Group))
async def test_every_key_does_what_it_says(library, open_desk, group: Group, monkeypatch) -> None:
    monkeypatch.setattr("tui.desk.commands.related_commands.model_version", lambda: "")
    prepare(library)
    async with open_desk() as reader:
        await reader.related()
        left: list[str] = []
        reader.app.action_suspend_process = lambda: left.append("suspended")
        reader.app.exit = lambda *_: left.append("quit")
        done = acts(reader)
        wrong = []
        for key in keys_of(group):
            expected = EXPECTED[key.id]
            for sequence in (*key.keys, *key.selecting[:1]):
                await type_(reader, expected.before)
                left.clear()
                before = seen(reader, left)
                await type_(reader, f"{pressed(sequence)} {expected.after}")
                if not expected.holds(before, seen(reader, left)):
                    wrong.append(f"{sequence}: {key.id}: {reader.status}")
                await restore(reader, done)
        del reader.app.exit
        assert not wrong
