"""The keys of the comparison in one table: the screen binds them, its help and its foot show them."""

from __future__ import annotations

from typing import NamedTuple

from textual.binding import Binding


class Key(NamedTuple):
    """Presses, as Textual names them, and what they do."""

    presses: str
    action: str
    shown: str
    """How the help writes the key; empty for one that another line speaks of."""
    help: str


KEYS = (
    *(Key(str(number), f"view({number})", "", "") for number in range(1, 8)),
    Key("tab", "turn(1)", "1 – 6, Tab", "another view; Shift-Tab the one before"),
    Key("shift+tab", "turn(-1)", "", ""),
    Key("j,down", "move(1, 0)", "j k", "up and down"),
    Key("k,up", "move(-1, 0)", "", ""),
    Key("h,left", "move(0, -1)", "h l", "to the list beside; on the map, left and right"),
    Key("l,right", "move(0, 1)", "", ""),
    Key("ctrl+d", "page(0.5)", "Ctrl-d Ctrl-u", "half a screen; Ctrl-f and Ctrl-b a whole one"),
    Key("ctrl+u", "page(-0.5)", "", ""),
    Key("ctrl+f,pagedown", "page(1)", "", ""),
    Key("ctrl+b,pageup", "page(-1)", "", ""),
    Key("g,home", "edge(-1)", "g G", "to the first and to the last row"),
    Key("G,end", "edge(1)", "", ""),
    Key("n", "to_next(1)", "n N", "on the map, to the next related pair and back"),
    Key("N", "to_next(-1)", "", ""),
    Key("enter", "go", "Enter", "go there: both panes are put in place, n and N walk through the places"),
    Key("slash", "narrow", "/", "narrow the list by a few letters; Esc shows all again"),
    Key("space", "tick", "Space", "tick a name"),
    Key("J", "join", "J", "join the ticked names, or the ticked one and this one: one name from now on"),
    Key("P", "part", "P", "part the spellings of this name"),
    Key("o", "only_alone", "o", "in coverage, only what stands alone, or all passages"),
    Key("d", "differences", "d", "the two passages word against word"),
    Key("e", "export", "e", "export this table to a CSV file"),
    Key("u", "walk('undo')", "u U", "undo the last act; do it again"),
    Key("U,ctrl+r", "walk('redo')", "", ""),
    Key("question_mark,f1", "help", "?", "these keys, and how each number is made"),
    Key("escape,q", "leave", "Esc", "back to where you were"),
)


def bindings() -> list[Binding]:
    """The keys as Textual wants them."""
    return [Binding(key.presses, key.action, key.help, show=False) for key in KEYS]
