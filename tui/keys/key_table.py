"""Every key of the desk in one table: the app reads it, the help shows it, `tui keys` prints it.

Keys are written as readers know them: `w`, `g g`, `Ctrl-d`, `Space a`. A space parts the presses of a
sequence, so the space bar itself is `Space`. `settings.toml` can take another set of keys (`presets`), and give a
command other keys, by its id.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Group(StrEnum):
    """Where a key stands in the help."""

    MOVE = "move"
    VIEW = "view"
    PANES = "panes"
    JUMP = "jump"
    SEARCH = "search"
    SELECT = "select"
    MARK = "mark"
    HIGHLIGHT = "on a highlight"
    COMPARE = "compare"
    LISTS = "lists"
    APP = "app"


class Key(NamedTuple):
    """A command of the desk and the keys that call it."""

    id: str
    """What `settings.toml` names it by."""
    keys: tuple[str, ...]
    """The sequences that call it, the first one shown first."""
    group: Group
    help: str
    """One line, in the imperative."""
    takes: str = ""
    """What the press after it names, when it needs one: `a letter`."""
    selecting: tuple[str, ...] = ()
    """Sequences that call it while selecting; those of several presses in reading too, where they call nothing else."""


def _group(group: Group, *rows: tuple[str, str, str]) -> tuple[Key, ...]:
    """Rows of id, keys (sequences parted by two spaces) and help."""
    return tuple(Key(id, tuple(keys.split("  ")), group, help) for id, keys, help in rows)


KEYS: tuple[Key, ...] = (
    *_group(
        Group.MOVE,
        ("char_left", "h  Left", "a character back"),
        ("line_down", "j  Down", "a line down"),
        ("line_up", "k  Up", "a line up"),
        ("char_right", "l  Right", "a character on"),
        ("word_next", "w", "to the next word"),
        ("word_back", "b", "a word back"),
        ("word_end", "e", "to the end of the word"),
        ("line_start", "0  Home", "to the start of the line"),
        ("line_first", "^", "to the first word of the line"),
        ("line_end", "$  End", "to the end of the line"),
        ("sentence_back", "(", "a sentence back"),
        ("sentence_next", ")", "to the next sentence; while selecting, to the end of this one"),
        ("passage_back", "{", "a passage back"),
        ("passage_next", "}", "to the next passage; while selecting, to the end of this one"),
        ("text_start", "g g", "to the start of the text; with a count, to that passage"),
        ("text_end", "G", "to the end of the text; with a count, to that passage"),
        ("half_page_down", "Ctrl-d", "half a screen down"),
        ("half_page_up", "Ctrl-u", "half a screen up"),
        ("page_down", "Ctrl-f  PageDown", "a screen down"),
        ("page_up", "Ctrl-b  PageUp", "a screen up"),
    ),
    *_group(
        Group.VIEW,
        ("view_top", "z t", "put the cursor's line at the top"),
        ("view_middle", "z z", "put the cursor's line in the middle"),
        ("view_bottom", "z b", "put the cursor's line at the bottom"),
        ("sync", "z s", "change how the panes move together: off, proportional, follow"),
        ("sync_invert", "z .", "the other way round for the next move"),
        ("level", "z =", "bring the other pane level with the cursor"),
        ("align", "z a", "align the panes: related passages level with each other"),
        ("meaning", "z m", "relate the texts by meaning too, or by words alone"),
        ("zoom", "Z", "give the pane the whole width, or take it back"),
        ("toggle_marks", "z h", "hide or show highlights"),
        ("toggle_furniture", "z f", "hide or show furniture (page chrome)"),
        ("furniture", "z F", "take the passage as furniture, or as part of the article"),
        ("language", "z L", "say which language the text is in"),
        ("focus_passage", "z p", "dim all but the current passage, or show all"),
        ("hints", "z ?", "show or hide key hints"),
    ),
    *_group(
        Group.PANES,
        ("other_pane", "Tab  Ctrl-w w", "go to the other pane"),
        ("left_pane", "Ctrl-w h", "go to the left pane"),
        ("right_pane", "Ctrl-w l", "go to the right pane"),
        ("swap_panes", "Ctrl-w x", "swap the two texts"),
        ("only_pane", "Ctrl-w o", "show this pane alone, or both again"),
        ("equal_panes", "Ctrl-w =", "make both panes equally wide"),
        ("narrower", "<", "make this pane narrower"),
        ("wider", ">", "make this pane wider"),
    ),
    *_group(
        Group.JUMP,
        ("jump_back", "Ctrl-o", "back to where you were before the jump"),
        ("jump_forward", "] j", "forward again"),
        ("jump_back_too", "[ j", "back, once more"),
        ("next_highlight", "] h", "to the next highlight"),
        ("previous_highlight", "[ h", "to the highlight before"),
        ("next_note", "] n", "to the next highlight with a note"),
        ("previous_note", "[ n", "to the note before"),
        ("next_link", "] l", "to the next linked highlight"),
        ("previous_link", "[ l", "to the linked highlight before"),
        ("next_related", "] r", "to the next passage that the other text speaks of too"),
        ("previous_related", "[ r", "to the related passage before"),
        ("next_heading", "] ]", "to the next heading"),
        ("previous_heading", "[ [", "to the heading before"),
        ("next_orphan", "] o", "to the next orphan's last place"),
        ("previous_orphan", "[ o", "to the orphan before"),
    ),
    Key("set_mark", ("m",), Group.JUMP, "remember this place under a letter", takes="a letter"),
    Key("go_mark", ("'",), Group.JUMP, "go to the place remembered under a letter", takes="a letter"),
    *_group(
        Group.SEARCH,
        ("search", "/", "find as you type, tolerant of spelling; Tab changes how"),
        ("search_back", "g ?", "find backwards: the next hit is the one before"),
        ("search_next", "n", "to the next hit"),
        ("search_previous", "N", "to the hit before"),
        ("search_selected", "*", "find what is selected, or the word at the cursor"),
        ("concordance", "g /", "both texts as one concordance"),
        ("clear", "Esc", "clear: selection, hits, what is pending"),
    ),
    *_group(
        Group.SELECT,
        ("select", "v", "start or stop selecting"),
        ("select_passages", "V", "start or stop selecting whole passages"),
        ("grow", "+", "grow: word, sentence, passage, text"),
        ("shrink", "_", "shrink again"),
        ("select_again", "g v", "select again what was selected last"),
        ("hint", "s", "go to a sentence by its label, in either pane"),
        ("hint_select", "S", "select from one labelled sentence to another"),
        ("copy", "y", "copy the selection, or the sentence, with its citation"),
    ),
    *(
        Key(f"select_{object}", (), Group.SELECT, help, selecting=keys)
        for object, keys, help in (
            ("is", ("i s",), "select the sentence"),
            ("as", ("a s",), "select the sentence and the space after it"),
            ("ip", ("i p",), "select the passage"),
            ("ap", ("a p",), "select the passage and the space after it"),
            ("iw", ("i w",), "select the word"),
            ("aw", ("a w",), "select the word and the space after it"),
            ("ih", ("i h",), "select the highlight"),
        )
    ),
    Key("keep_part", ("&",), Group.SELECT, "keep this part and select another: a highlight with gaps"),
    Key(
        "other_edge",
        (),
        Group.SELECT,
        "move the other edge, while selecting; right after v, the edges of the highlight here",
        selecting=("o",),
    ),
    *_group(
        Group.MARK,
        ("highlight", "Enter", "highlight with the last tag"),
        ("tag", "t", "pick a tag, or type a new one"),
        ("tag_quoted", "T", "make the quoted words the tag"),
        ("arm", "A", "arm a tag: every selection gets it, until A again"),
        ("repeat", ".", "do the last mark again, here"),
        ("note", "c", "write a note"),
        ("star", "!", "put a star on, or take it off"),
    ),
    Key("highlight_with", ("H",), Group.MARK, "highlight with a tag", takes="a digit or a tag's letter"),
    Key(
        "quick_tag",
        (),
        Group.MARK,
        "highlight with the quick tag, while selecting",
        selecting=tuple("123456789"),
    ),
    *_group(
        Group.HIGHLIGHT,
        ("card", "K", "show all that is here: tags, note, links"),
        ("cycle", "O", "the next one where highlights overlap"),
        ("edit_edges", "g e", "move the highlight's edges: o and motions, then Enter"),
        ("untag", "-", "take a tag off"),
        ("delete", "d d", "delete the highlight"),
        ("join", "J", "join overlapping highlights into one"),
    ),
    *_group(
        Group.COMPARE,
        ("related", "g r", "what does the other text say about this?"),
        ("pairs", "g R", "all related passages of the two texts, best first"),
        ("link", "p", "start a link here; again on the far side finishes it"),
        ("link_kind", "P", "say of what kind a link here is"),
        ("follow_link", "g p", "follow a link to its other end"),
        ("delete_link", "d p", "delete a link"),
    ),
    *_group(
        Group.LISTS,
        ("annotations", "Space a", "all highlights, to filter and go to"),
        ("codebook", "Space t", "the codebook: all tags, to rename, merge, recolour"),
        ("links", "Space l", "all links, both ends side by side"),
        ("outline", "Space h", "headings of this text, to go to"),
        ("library_note", "Space n", "the note on the library, or on this text"),
        ("open_text", "Space d", "open another text, in this pane or the empty one"),
        ("orphans", "Space o", "highlights that lost their place"),
        ("versions", "Space v", "versions of this text: read an earlier one, update it"),
        ("pair_file", "Space p", "pairs out of a file: ours, passim's, TextPAIR's"),
        ("dismissed", "Space r", "suggestions that were dismissed"),
        ("comparison", "Space x", "what the two texts share, and where they part"),
        ("disagreements", "Space y", "where two readers disagree, place by place"),
        ("export", "Space e", "export annotations to a file"),
        ("history", "Space u", "what was done: the journal"),
        ("theme", "Space c", "choose a theme"),
        ("keys", "Space k", "all keys"),
        ("last_list", "Space '", "the last list again, as you left it"),
    ),
    *_group(
        Group.APP,
        ("undo", "u", "undo the last act"),
        ("redo", "U  Ctrl-r", "do it again"),
        ("command", ":", "a command by its name"),
        ("help", "?  F1", "what can be done here"),
        ("palette", "Ctrl-p", "find a command"),
        ("suspend", "Ctrl-z", "back to the shell; fg returns"),
        ("quit", "q", "quit: every act is already written"),
    ),
)
"""All commands of the desk that have a key."""

_NAMES = {
    "left": "Left",
    "right": "Right",
    "up": "Up",
    "down": "Down",
    "home": "Home",
    "end": "End",
    "pageup": "PageUp",
    "pagedown": "PageDown",
    "enter": "Enter",
    "tab": "Tab",
    "space": "Space",
    "escape": "Esc",
    "backspace": "Backspace",
    "delete": "Delete",
}


_SAME = {"Ctrl-i": "Tab", "Ctrl-m": "Enter", "Ctrl-[": "Esc", "Ctrl-h": "Backspace"}
"""Presses that a terminal does not tell from another one."""


MOTIONS = tuple(key.id for key in KEYS if key.group is Group.MOVE)
"""Ids of the commands that move the cursor."""
OF_SENTENCES = frozenset({"highlight", "tag", "highlight_with", "note", "star", "link", "copy", "related"})
"""Commands that a count gives so many sentences to."""
ONLY_LOOKING = frozenset({*MOTIONS, "other_pane", "left_pane", "right_pane"})
"""Commands that leave the first keys on the screen."""
OF_THE_PRESENT = frozenset({"furniture", "next_orphan", "previous_orphan", "library_note"})
"""Commands that ask the library about a text, and mean its present version."""


_HELD = ("shift", "control", "alt", "super", "hyper", "meta")


def is_held_key(key: str) -> bool:
    """Whether Textual's key is one that is held while another is pressed: some terminals, as kitty, report it alone."""
    side, _, name = key.partition("_")
    return (side in ("left", "right") and name in _HELD) or key in ("iso_level3_shift", "iso_level5_shift")


def misnamed(press: str) -> str:
    """Why a press can have no such name; empty where it can."""
    if press in _SAME:
        return f"{press} is {_SAME[press]} in a terminal"
    if press.startswith("Ctrl-") and len(press) == 6:
        return ""
    is_function = press[:1] == "F" and press[1:].isdecimal() and 1 <= int(press[1:]) <= 24
    if press in _NAMES.values() or is_function or (len(press) == 1 and press.isprintable()):
        return ""
    return f"{press} is no key: write w, Ctrl-d, F5, or one of {', '.join(_NAMES.values())}"


def press_name(key: str, character: str | None) -> str:
    """The name of one press as the table writes it (`w`, `Ctrl-d`, `Space`), from Textual's key and character."""
    if character is not None and character.isprintable() and character != " ":
        return character
    if key.startswith("ctrl+"):
        return f"Ctrl-{key.removeprefix('ctrl+')}"
    if key.startswith("shift+"):
        return press_name(key.removeprefix("shift+"), None)
    return _NAMES.get(key, key.upper() if key.startswith("f") else key)


@dataclass(frozen=True, slots=True)
class Press:
    """A finished sequence: what to do, how often, and on what."""

    id: str
    count: int | None = None
    """The number typed before it; None where none was."""
    argument: str = ""
    """The press after it, for commands that take one; for a quick tag the digit."""

    @property
    def times(self) -> int:
        """The count, one where none was typed."""
        return self.count or 1


def by_group(keys: Iterable[Key]) -> dict[Group, list[Key]]:
    """The keys under their groups, both in the order of the table."""
    groups: dict[Group, list[Key]] = {}
    for key in keys:
        groups.setdefault(key.group, []).append(key)
    return groups


def shown(key: Key) -> str:
    """The keys of a command as the help shows them: `gg`, `Ctrl-f or PageDown`, `1 to 9`."""
    sequences = (*key.keys, *key.selecting)
    if len(sequences) > 1 and "".join(sequences) in "123456789":
        return f"{sequences[0]} to {sequences[-1]}"
    return " or ".join(
        sequence.replace(" ", "") if _is_plain(sequence) else sequence for sequence in sequences
    )


def _is_plain(sequence: str) -> bool:
    return all(len(press) == 1 for press in sequence.split())
