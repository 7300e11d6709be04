"""Every key of the desk in one table: the app reads it, the help shows it, `tui keys` prints it.

Keys are written as readers know them: `w`, `g g`, `Ctrl-d`, `Space a`. A space parts the presses of a
sequence, so the space bar itself is `Space`. `settings.toml` can give a command other keys, by its id.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum


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


@dataclass(frozen=True, slots=True)
class Key:
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
    """Sequences that call it only while selecting."""


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
        ("sentence_next", ")", "to the next sentence"),
        ("passage_back", "{", "a passage back"),
        ("passage_next", "}", "to the next passage"),
        ("text_start", "g g", "to the start of the text; 9gg goes to ¶9"),
        ("text_end", "G", "to the end of the text; 9G goes to ¶9"),
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
        ("zoom", "Z", "give the pane the whole width, or take it back"),
        ("toggle_marks", "z h", "hide or show highlights"),
        ("toggle_furniture", "z f", "hide or show furniture (page chrome)"),
        ("furniture", "z F", "take the passage as furniture, or as part of the article"),
        ("focus_passage", "z p", "dim all but the current passage, or show all"),
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
        ("jump_back_too", "[ j", "back, as Ctrl-o"),
        ("next_highlight", "] h", "to the next highlight"),
        ("previous_highlight", "[ h", "to the highlight before"),
        ("next_note", "] n", "to the next highlight with a note"),
        ("previous_note", "[ n", "to the note before"),
        ("next_link", "] l", "to the next linked highlight"),
        ("previous_link", "[ l", "to the linked highlight before"),
        ("next_related", "] r", "to the next passage that the other text speaks of too"),
        ("previous_related", "[ r", "to the related passage before"),
        ("next_orphan", "] o", "to the next orphan's last place"),
        ("previous_orphan", "[ o", "to the orphan before"),
    ),
    Key("set_mark", ("m",), Group.JUMP, "remember this place under a letter", takes="a letter"),
    Key("go_mark", ("'",), Group.JUMP, "go to the place remembered under a letter", takes="a letter"),
    *_group(
        Group.SEARCH,
        ("search", "/", "find as you type, tolerant of spelling; Tab changes how"),
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
            ("is", ("i s",), "the sentence, while selecting"),
            ("as", ("a s",), "the sentence and the space after it, while selecting"),
            ("ip", ("i p",), "the passage, while selecting"),
            ("ap", ("a p",), "the passage and the space after it, while selecting"),
            ("iw", ("i w",), "the word, while selecting"),
            ("aw", ("a w",), "the word and the space after it, while selecting"),
            ("ih", ("i h",), "the highlight, while selecting"),
        )
    ),
    Key("keep_part", ("&",), Group.SELECT, "keep this part and select another: a highlight with gaps"),
    Key("other_edge", (), Group.SELECT, "move the other edge, while selecting", selecting=("o",)),
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
        ("link", "p", "start a link here; again on the far side finishes it"),
        ("follow_link", "g p", "follow a link to its other end"),
        ("delete_link", "d p", "delete a link"),
    ),
    *_group(
        Group.LISTS,
        ("annotations", "Space a", "all highlights, to filter and go to"),
        ("codebook", "Space t", "the codebook: all tags, to rename, merge, recolour"),
        ("links", "Space l", "all links, both ends side by side"),
        ("library_note", "Space n", "the note on the library, or on this text"),
        ("open_text", "Space d", "open another text in this pane"),
        ("orphans", "Space o", "highlights that lost their place"),
        ("versions", "Space v", "versions of this text: read an earlier one, update it"),
        ("dismissed", "Space r", "suggestions that were dismissed"),
        ("export", "Space e", "export annotations to a file"),
        ("history", "Space u", "what was done: the journal"),
        ("theme", "Space c", "choose a theme"),
        ("keys", "Space k", "all keys"),
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


def press_name(key: str, character: str | None) -> str:
    """The name of one press as the table writes it (`w`, `Ctrl-d`, `Space`), from Textual's key and character."""
    if character is not None and character.isprintable() and character != " ":
        return character
    if key.startswith("ctrl+"):
        return f"Ctrl-{key.removeprefix('ctrl+')}"
    if key.startswith("shift+"):
        return press_name(key.removeprefix("shift+"), None)
    return _NAMES.get(key, key.upper() if key.startswith("f") else key)


class KeymapError(ValueError):
    """A set of keys that cannot work: unknown commands, or two commands on one key."""


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


@dataclass(frozen=True, slots=True)
class Follow:
    """What can follow an unfinished sequence."""

    press: str
    help: str


@dataclass
class Keymap:
    """Which sequence calls which command, for one set of keys."""

    keys: Sequence[Key] = KEYS
    _reading: dict[tuple[str, ...], Key] = field(default_factory=dict, repr=False)
    _selecting: dict[tuple[str, ...], Key] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        for key in self.keys:
            for sequence in key.keys:
                self._put(self._reading, sequence, key)
        for key in self.keys:
            for sequence in key.selecting:
                self._put(self._selecting, sequence, key)
        self._check_prefixes(self._reading)

    @staticmethod
    def _put(table: dict[tuple[str, ...], Key], sequence: str, key: Key) -> None:
        presses = tuple(sequence.split())
        if not presses:
            raise KeymapError(f"{key.id} has an empty key")
        if presses in table:
            raise KeymapError(f"{sequence} calls both {table[presses].id} and {key.id}")
        table[presses] = key

    @staticmethod
    def _check_prefixes(table: Mapping[tuple[str, ...], Key]) -> None:
        for presses, key in table.items():
            for length in range(1, len(presses)):
                shorter = table.get(presses[:length])
                if shorter is not None:
                    raise KeymapError(
                        f"{' '.join(presses)} ({key.id}) can never be typed: "
                        f"{' '.join(presses[:length])} is {shorter.id}"
                    )

    @classmethod
    def with_changes(cls, changes: Mapping[str, Sequence[str]], keys: Sequence[Key] = KEYS) -> Keymap:
        """The keymap with other keys for some commands, by id; raises KeymapError for what cannot work."""
        known = {key.id: key for key in keys}
        for id in changes:
            if id not in known:
                raise KeymapError(f"no command is called {id}")
        return cls([_with_keys(key, changes[key.id]) if key.id in changes else key for key in keys])

    def find(self, presses: tuple[str, ...], selecting: bool) -> Key | None:
        """The command that the whole sequence calls."""
        if selecting and presses in self._selecting:
            return self._selecting[presses]
        return self._reading.get(presses)

    def follows(self, presses: tuple[str, ...], selecting: bool) -> list[Follow]:
        """What can follow the sequence, in the order of the table; empty where it leads nowhere."""
        tables = (self._selecting, self._reading) if selecting else (self._reading,)
        found: dict[str, Follow] = {}
        for table in tables:
            for sequence, key in table.items():
                if len(sequence) > len(presses) and sequence[: len(presses)] == presses:
                    found.setdefault(sequence[len(presses)], Follow(sequence[len(presses)], key.help))
        return list(found.values())


def _with_keys(key: Key, sequences: Sequence[str]) -> Key:
    return Key(key.id, tuple(sequences), key.group, key.help, key.takes, key.selecting)


@dataclass
class Typing:
    """Makes commands of single presses: counts, sequences, and the press that a command takes."""

    keymap: Keymap
    _count: str = ""
    _presses: tuple[str, ...] = ()
    _taker: Key | None = None

    @property
    def pending(self) -> str:
        """What was typed of an unfinished command, for the status line."""
        presses = (*self._presses, self._taker.keys[0]) if self._taker else self._presses
        return self._count + " ".join(presses)

    def follows(self, selecting: bool) -> list[Follow]:
        """What can follow now; empty where nothing is pending."""
        if self._taker:
            return [Follow(self._taker.takes, self._taker.help)]
        return self.keymap.follows(self._presses, selecting) if self._presses else []

    def clear(self) -> None:
        """Forgets what was typed."""
        self._count, self._presses, self._taker = "", (), None

    def type(self, press: str, selecting: bool) -> Press | None:
        """One press more: returns the command once it is complete, None while it is not or where it is none."""
        if self._taker is not None:
            taker, count = self._taker, self._number()
            self.clear()
            return None if press == "Esc" else Press(taker.id, count, press)
        if self._is_count(press, selecting):
            self._count += press
            return None
        presses = (*self._presses, press)
        key = self.keymap.find(presses, selecting)
        if key is not None and key.takes:
            self._taker, self._presses = key, ()
            return None
        if key is not None:
            found = Press(key.id, self._number(), press if key.id == "quick_tag" else "")
            self.clear()
            return found
        if self.keymap.follows(presses, selecting):
            self._presses = presses
        else:
            self.clear()
        return None

    def _is_count(self, press: str, selecting: bool) -> bool:
        """In reading, digits are counts; while selecting, 1–9 alone are quick tags, unless a count has begun."""
        if self._presses or not (len(press) == 1 and press in "0123456789"):
            return False
        if self._count:
            return True
        return press != "0" and not selecting

    def _number(self) -> int | None:
        return min(int(self._count), 999_999) if self._count else None


def by_group(keys: Iterable[Key]) -> dict[Group, list[Key]]:
    """The keys under their groups, both in the order of the table."""
    groups: dict[Group, list[Key]] = {}
    for key in keys:
        groups.setdefault(key.group, []).append(key)
    return groups


def shown(key: Key) -> str:
    """The keys of a command as the help shows them: `g g`, `Ctrl-f or PageDown`."""
    sequences = (*key.keys, *key.selecting)
    return " or ".join(
        sequence.replace(" ", "") if _is_plain(sequence) else sequence for sequence in sequences
    )


def _is_plain(sequence: str) -> bool:
    return all(len(press) == 1 for press in sequence.split())
