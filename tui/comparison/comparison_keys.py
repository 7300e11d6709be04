"""The keys of the comparison in one table: the screen binds them, its help and its foot show them."""

from __future__ import annotations

from typing import NamedTuple

from textual.binding import Binding
from textual.content import Content

from texts.compare.tables import HOW
from texts.relate.relate_records import DEFAULT_SCORE


class ComparisonKey(NamedTuple):
    """Presses, as Textual names them, and what they do."""

    presses: str
    action: str
    shown: str
    """How the help writes the key; empty for one that another line speaks of."""
    help: str


KEYS = (
    *(ComparisonKey(str(number), f"view({number})", "", "") for number in range(1, 8)),
    ComparisonKey("tab", "turn(1)", "1 – 6, Tab", "another view; Shift-Tab the one before"),
    ComparisonKey("shift+tab", "turn(-1)", "", ""),
    ComparisonKey("j,down", "move(1, 0)", "j k", "up and down"),
    ComparisonKey("k,up", "move(-1, 0)", "", ""),
    ComparisonKey("h,left", "move(0, -1)", "h l", "to the list beside; on the map, left and right"),
    ComparisonKey("l,right", "move(0, 1)", "", ""),
    ComparisonKey("ctrl+d", "page(0.5)", "Ctrl-d Ctrl-u", "half a screen; Ctrl-f and Ctrl-b a whole one"),
    ComparisonKey("ctrl+u", "page(-0.5)", "", ""),
    ComparisonKey("ctrl+f,pagedown", "page(1)", "", ""),
    ComparisonKey("ctrl+b,pageup", "page(-1)", "", ""),
    ComparisonKey("g,home", "edge(-1)", "g G", "to the first and to the last row"),
    ComparisonKey("G,end", "edge(1)", "", ""),
    ComparisonKey("n", "to_next(1)", "n N", "on the map, to the next related pair and back"),
    ComparisonKey("N", "to_next(-1)", "", ""),
    ComparisonKey(
        "enter", "go", "Enter", "go there: both panes are put in place, n and N walk through the places"
    ),
    ComparisonKey("slash", "narrow", "/", "narrow the list by a few letters; Esc shows all again"),
    ComparisonKey("space", "tick", "Space", "tick a name"),
    ComparisonKey(
        "J", "join", "J", "join the ticked names, or the ticked one and this one: one name from now on"
    ),
    ComparisonKey("P", "part", "P", "part the spellings of this name"),
    ComparisonKey("o", "only_alone", "o", "in coverage, only what stands alone, or all passages"),
    ComparisonKey("d", "differences", "d", "the two passages word against word"),
    ComparisonKey("e", "export", "e", "export this table to a CSV file"),
    ComparisonKey("u", "walk('undo')", "u U", "undo the last act; do it again"),
    ComparisonKey("U,ctrl+r", "walk('redo')", "", ""),
    ComparisonKey("question_mark,f1", "help", "?", "these keys, and how each number is made"),
    ComparisonKey("escape,q", "leave", "Esc", "back to where you were"),
)


def bindings() -> list[Binding]:
    """The keys as Textual wants them."""
    return [Binding(key.presses, key.action, key.help) for key in KEYS]


def help_words() -> Content:
    """All keys, then how the numbers of each table are made."""
    lines = [
        Content.styled(
            "What the two texts share, and where they part. The panes below show the row's places.\n", "bold"
        )
    ]
    lines += [Content.assemble((f"  {key.shown:<15}", "bold"), f" {key.help}") for key in KEYS if key.shown]
    lines.append(Content.styled("\nHow the numbers are made", "bold $accent"))
    for name, how in HOW.items():
        lines.append(Content.assemble((f"\n{name}: ", "bold"), how.format(min_score=DEFAULT_SCORE)))
    return Content("\n").join(lines)
