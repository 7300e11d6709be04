"""What dialogs draw for each key, and what they are left with, as it was last recorded."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from drawing import Stage, drawn
from recorded import same_as_recorded
from textual.content import Content
from textual.screen import Screen

from store.errors import LibraryError
from tui.dialogs.choices import Choice, Picked, PickerAction
from tui.dialogs.export_dialog import ExportDialog, Offer
from tui.dialogs.help import Here, help_words
from tui.dialogs.note_editor import NoteEditor
from tui.dialogs.path_dialog import AskPath
from tui.dialogs.picker import Picker
from tui.dialogs.small_dialogs import Ask, Choose, Page
from tui.keys.key_table import KEYS
from tui.view.tables import ViewColumn

TAGS = (
    Choice("actor", "actor", "4 highlights", "A", "#8fbf7f"),
    Choice("actor/mayor", "actor/mayor", "", "M", "#e0af68"),
    Choice("claim", "claim", "said, not\x1b[31m shown", "C"),
    Choice("doubt", "doubt", shown=Content.styled("DOUBT", "italic")),
)
COLUMNS = (ViewColumn("¶", 4, is_number=True), ViewColumn("tag", 8), ViewColumn("words"), ViewColumn("", 2))
ROWS = tuple(
    Choice(f"row {n}", f"words {n % 7}", cells=(f"¶{n}", "abc"[n % 3], f"words {n % 7}", "★" * (n % 2)))
    for n in range(1, 131)
)
ACTIONS = (
    PickerAction("ctrl+d", "delete", "delete", stays=True),
    PickerAction("ctrl+e", "export", "write", all=True),
    PickerAction("delete", "drop", "drop"),
)
LETTERS = (PickerAction("l", "link", "link"), PickerAction("x", "dismiss", "dismiss", stays=True))


def preview(key: str) -> Content:
    if key == "claim":
        raise LibraryError("another program has taken\nit away")
    return Content(f"Of {key}.\nA second line.")


def meaning(typed: str) -> tuple[str, Callable[[str], bool]]:
    """Takes out `#`, which means those with a slash."""
    return typed.replace("#", ""), lambda key: "#" not in typed or "/" in key


HERE = (
    ("t", "tags it"),
    ("keys too long for it", "do what takes many words to be said in a row of the help, and goes on below"),
)


def forget(words: str) -> None:
    """Drafts come as time goes by, and so in no order that a test may ask for."""


ACTED: list[object] = []
SCREENS: dict[str, tuple[Callable[[], Screen[object]], str]] = {
    "a picker of tags": (
        lambda: Picker(
            "Tag \x1b[1mthese",
            TAGS,
            new="tag",
            ticks=True,
            actions=ACTIONS,
            acts=ACTED.append,
            preview=preview,
            preview_rows=2,
            legend="A letter is a tag's.\nNumbers count.",
            hint="type a tag",
            highlighted="claim",
        ),
        "up up up tab tab tab ctrl+d +act backspace backspace backspace +mayo enter",
    ),
    "a picker that ticks all": (
        lambda: Picker("Tags", TAGS, new="tag", ticks=True, actions=ACTIONS),
        "ctrl+a down tab ctrl+a ctrl+a ctrl+a pagedown tab pageup ctrl+e",
    ),
    "a picker that takes all that is listed": (
        lambda: Picker("Tags", TAGS, actions=ACTIONS, preview=preview),
        "+a ctrl+e",
    ),
    "a picker with a name that is new": (
        lambda: Picker("Tags", TAGS, new="tag", ticks=True),
        "tab +cla +x up down enter",
    ),
    "a picker that is lenient": (
        lambda: Picker("Tags", TAGS, new="tag", lenient=True, typed="mayr"),
        "down up +z enter",
    ),
    "a picker with words of its own meaning": (
        lambda: Picker("Tags", TAGS, matches=meaning, legend="# has parts"),
        "+# +a ? escape +xyz enter escape",
    ),
    "a picker without anything": (
        lambda: Picker("Nothing", (), empty="No tags: t makes one.", at_foot=True, actions=ACTIONS),
        "down tab ctrl+e ctrl+d enter f1 escape escape",
    ),
    "a table": (
        lambda: Picker(
            "Highlights",
            ROWS,
            columns=COLUMNS,
            ticks=True,
            highlighted="row 9",
            legend="★ starred",
            actions=(PickerAction("ctrl+o", "open", "open"),),
        ),
        f"down tab {'ctrl+y ' * 4}{'pagedown ' * 10}up +words +_5 ctrl+y ctrl+o",
    ),
    "a table that begins far down": (
        lambda: Picker("Highlights", ROWS, columns=COLUMNS, highlighted="row 120", at_foot=True),
        "down pageup enter",
    ),
    "a list where letters are keys": (
        lambda: Picker(
            "Pairs",
            ROWS[:5],
            columns=COLUMNS,
            letters=True,
            actions=LETTERS,
            acts=ACTED.append,
            legend="pairs",
            ticks=True,
        ),
        "j j k x / +3 x escape / +4 enter tab x ? escape l",
    ),
    "a question for a line": (lambda: Ask("A name?\x1b[31m", "old", hint="One line."), "+new enter"),
    "a question that is left": (lambda: Ask("A name?", " old "), "end +x escape enter"),
    "a choice": (
        lambda: Choose("Which?", {"o": "write over it", "n": "leave\nit"}, hint="There is one."),
        "x n",
    ),
    "a choice that is left": (lambda: Choose("Which?", {"o": "write over it"}), "z escape o"),
    "a page": (
        lambda: Page("A \x1b[1mpage", Content("\n".join(f"Line {n}." for n in range(40))), does="goes on"),
        "j j k space ctrl+d pageup down up f1 x enter",
    ),
    "a page that proposes nothing": (lambda: Page("Page", Content("One line.")), "q enter"),
    "a path": (lambda: AskPath("Which file?", ""), "tab +al tab tab +h tab enter"),
    "a path that is nowhere": (lambda: AskPath("Which file?", "nowhere/x"), "tab escape"),
    "an export": (
        lambda: ExportDialog(
            (Offer("all", "the library"), Offer("text", "this\ntext")),
            (Offer("csv", "CSV", ".csv"), Offer("json", "JSON", ".json")),
            "/nowhere/out.csv",
            count=lambda key: f"{len(key)} of them",
        ),
        "up right right right down down l t down down ctrl+e backspace tab enter",
    ),
    "a note": (
        lambda: NoteEditor("Note on “the mill”", "First.", keep_draft=forget, quote="the\x1b mill"),
        "+more enter +x escape",
    ),
    "a note with a draft": (
        lambda: NoteEditor("Note", "First.", keep_draft=forget, draft="Second."),
        "ctrl+x escape",
    ),
    "a note with a draft of the same words": (
        lambda: NoteEditor("Note", "First.", keep_draft=forget, draft="First."),
        "ctrl+s",
    ),
    "a note that could not be saved": (
        lambda: NoteEditor("Note", "", keep_draft=forget, draft="First.", problem="the disk is\nfull"),
        "ctrl+s",
    ),
    "the help": (
        lambda: Page(
            "Help", help_words(KEYS[:6], Here("on a highlight", HERE, ()), columns=Page.columns(64))
        ),
        "space space",
    ),
}


@pytest.mark.parametrize("name", SCREENS)
async def test_each_key_draws_what_it_drew(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for file in ("alpha.txt", "alps.csv", "beta.csv"):
        (tmp_path / file).touch()
    (tmp_path / "alphabet").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("EDITOR", "true")
    ACTED.clear()
    make, presses = SCREENS[name]
    app = Stage()
    made = await drawn(app, lambda: app.push_screen(make(), app.left_with.append), presses)
    left = {"left with": [_plain(each) for each in app.left_with], "acted": [_plain(each) for each in ACTED]}
    same_as_recorded(f"dialogs/{name.replace(' ', '-')}", {**made, **left})


def _plain(given: object) -> object:
    return [given.action, list(given.keys), given.typed] if isinstance(given, Picked) else str(given)
