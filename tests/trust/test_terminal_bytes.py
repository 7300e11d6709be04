"""Every byte that reaches a terminal, from a library in which all that holds words holds hostile ones.

The programs run in a real pseudo-terminal; a state machine that knows only what Textual sends to draw reads what they
wrote. The library was made behind the back of all that cleans what comes in: what is shown must be safe anyhow.
"""

from __future__ import annotations

import json
import re
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import hostile
import pytest
import vt
from pseudo import Program

from store.repair import check
from texts.visible import visible

ESC = b"\x1b"
CLIPBOARD = b"\x1b]52;c;"
"""Begins what is put into the clipboard."""


@pytest.fixture(scope="module")
def evil(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("evil") / "evil.db"
    hostile.make(path)
    assert check(path).ok, "hostile, and in itself as sound as any other"
    return path


PASTE = b"\x1b[200~"


def pasted(words: str) -> bytes:
    """As a terminal sends what is pasted: between two marks, and without what would end the paste."""
    return PASTE + "".join(c for c in words if c not in "\x1b\x9b").encode() + b"\x1b[201~"


def type_and_paste(desk: Program, keys: bytes) -> bytes:
    """What is drawn for keys, and then for what is pasted into what they opened."""
    before, mark, rest = keys.partition(PASTE)
    return desk.press(before, quiet=0.15) + (desk.press(mark + rest, quiet=0.15) if mark else b"")


SCREENS: tuple[tuple[str, bytes], ...] = (
    ("reading", b"jjj"),
    ("help", b"?"),
    ("keys", b" k"),
    ("related", b"gr"),
    ("a related passage", b"gr\r"),
    ("all pairs", b"gR"),
    ("annotations", b" a"),
    ("annotations, narrowed", b" awheel"),
    ("codebook", b" t"),
    ("a tag's name", b" t\x0e"),
    ("links", b" l"),
    ("orphans", b" o"),
    ("versions", b" v"),
    ("dismissed", b" r"),
    ("history", b" u"),
    ("texts", b" d"),
    ("theme", b" c"),
    ("card", b"ggK"),
    ("tags to pick", b"t"),
    ("a note", b"ggc"),
    ("a note on the library", b" n\r"),
    ("what is found", b"/insurers\r"),
    ("concordance", b"g/"),
    ("comparison: names", b" x"),
    ("comparison: words", b" x2"),
    ("comparison: coverage", b" x3"),
    ("comparison: map", b" x4"),
    ("comparison: reuse", b" x5"),
    ("comparison: tags", b" x6"),
    ("command", b":ope\t"),
    ("export", b" e"),
    ("palette", b"\x10"),
    ("a pasted word in the palette", b"\x10" + pasted(hostile.EVIL)),
    ("labels", b"s"),
    ("a link followed", b"gggp"),
    ("deleted", b"ggdd"),
    ("undone", b"u"),
    ("a link deleted", b"ggdp"),
    ("a pasted query", b"/" + pasted(hostile.EVIL) + b"\r"),
    ("a pasted tag", b"t" + pasted(hostile.EVIL)),
    ("a pasted command", b":" + pasted(hostile.EVIL) + b"\r"),
    ("a file that is not there", b":add " + pasted(hostile.EVIL) + b"\r"),
    ("an export that fails", b":export /no/such/" + pasted(hostile.PAYLOADS["window title"]) + b".csv\r"),
    ("a pasted note", b" n\r" + pasted(hostile.EVIL)),
)
"""What is looked at, by the keys that open it from reading."""
_FIRST = (
    "reading",
    "related",
    "annotations",
    "codebook",
    "card",
    "a pasted query",
    "a pasted word in the palette",
    "an export that fails",
    "a pasted note",
)
SOME = tuple(each for each in SCREENS if each[0] in _FIRST)
"""One screen of each kind: lists, a page, a line to type in, a refusal, a note."""


@pytest.mark.promise(
    "no raw control byte of a text reaches the terminal: every screen of the desk", tries="tries"
)
@pytest.mark.parametrize(
    ("screens", "tries"),
    [(SOME, len(SOME)), pytest.param(SCREENS, len(SCREENS), marks=pytest.mark.long)],
    ids=["some", "every"],
)
def test_every_screen_of_the_desk(
    evil: Path,
    environment: Mapping[str, str],
    tmp_path: Path,
    screens: tuple[tuple[str, bytes], ...],
    tries: int,
) -> None:
    findings: dict[str, tuple[str, ...]] = {}
    words = ""
    argv = [sys.executable, "-m", "tui", "--library", str(evil), "--reader", hostile.EVIL.replace("\0", "")]
    with Program(argv, environment=environment, folder=tmp_path) as desk:
        desk.until(b"Paragraph")
        for what, keys in screens:
            drawn = type_and_paste(desk, keys)
            desk.press(b"\x18" if "note" in what else ESC + ESC, quiet=0.15)
            assert desk.process.poll() is None, f"{what} ended the desk: {bytes(desk.drawn[-300:])!r}"
            screen = vt.read(drawn)
            words += screen.words
            if screen.findings:
                findings[what] = screen.findings[:3]
        desk.write(b"\x11")  # Ctrl-q, from wherever it has come to
        code = desk.ended()
        assert desk.modes() == desk.modes_before
        whole = vt.read(bytes(desk.drawn))
    assert findings == {}
    assert whole.findings == (), "between the screens"
    assert code == 0
    assert "[/x][b]bold[@click=app.quit]here" in words, "markup is words like others"
    assert "␛]0;owned␇" in words


@pytest.mark.promise("what is copied is harmless where it is pasted")
def test_what_is_copied_is_harmless_where_it_is_pasted(
    evil: Path, environment: Mapping[str, str], tmp_path: Path
) -> None:
    with Program(
        [sys.executable, "-m", "tui", "--library", str(evil)], environment=environment, folder=tmp_path
    ) as desk:
        desk.until(b"Paragraph")
        desk.write(b"ggVipy")
        desk.until(CLIPBOARD)  # on a busy machine the frames of one key are far apart
        desk.write(ESC + b"q")
        desk.ended()
        screen = vt.read(bytes(desk.drawn), clipboard=True)  # all of it: a part may begin inside a character
    assert screen.findings == ()
    (copied,) = screen.copied
    assert copied == visible(copied)
    assert "\n" not in copied


COMMANDS = (
    ("texts",),
    ("texts", "--json"),
    ("search", "wheel"),
    ("search", "wheel", "--json"),
    ("search", "wheel", "--csv"),
    ("search", "wheel", "-C", "2"),
    ("search", "wheel", "--scope", "texts,notes,tags"),
    ("search", "--regex", "wh..l"),
    ("search", "no such words at all " + hostile.EVIL),
    ("related", "--limit", "2"),
    ("related", "--limit", "2", "--json"),
    ("related", "--limit", "2", "--csv"),
    ("compare",),
    ("compare", "--json"),
    ("annotations",),
    ("annotations", "--json"),
    ("annotations", "--csv"),
    ("tags", "list"),
    ("tags", "list", "--json"),
    ("names",),
    ("history",),
    ("history", "--json"),
    ("export",),
    ("export", "--excel"),
    ("export", "--long"),
    ("export", "--format", "json"),
    ("export", "--format", "md"),
    ("export", "--format", "html"),
    ("export", "--format", "text-md"),
    ("export", "--format", "jsonld"),
    ("export", "--format", "qdc"),
    ("export", "--format", "qdpx"),
    ("export", "--format", "links-csv"),
    ("export", "--format", "codebook-csv"),
    ("export", "--format", "hypothesis"),
    ("export", "--format", "taguette"),
    ("export", "--format", "readwise"),
    ("keys",),
    ("check", "--dry-run"),
    ("mark", "evil", hostile.EVIL),
    ("tags", "colour", hostile.EVIL, hostile.EVIL),
    ("add", hostile.EVIL),
    ("import", hostile.EVIL + ".csv"),
    ("export", "-o", f"/no/such/{hostile.EVIL}.csv"),
    ("backup", f"/no/such/{hostile.EVIL}"),
    ("open", hostile.EVIL),
    (f"--{hostile.EVIL}",),
    ("--library", f"/no/{hostile.EVIL}", "texts"),
)
RUN_ALL = """
import json, sys
from tui.cli.run import run
for number, arguments in enumerate(json.loads(sys.argv[1])):
    print(f"<<{number}>>", flush=True)
    code = run(arguments)
    print(f"<<code {int(code)}>>", flush=True)
"""


def run_all(evil: Path) -> list[str]:
    """The command line of a program that runs every command, one after the other."""
    calls = json.dumps(COMMANDS)
    return [sys.executable, "-c", RUN_ALL, calls]


@pytest.mark.promise(
    "no raw control byte of a text reaches the terminal: every command, its data and errors",
    tries=len(COMMANDS),
)
@pytest.mark.parametrize("colour", [True, pytest.param(False, marks=pytest.mark.long)])
def test_every_command_on_a_terminal(
    evil: Path, environment: Mapping[str, str], tmp_path: Path, colour: bool
) -> None:
    surroundings = {**environment, "TUI_LIBRARY": str(evil)} | ({} if colour else {"NO_COLOR": "1"})
    with Program(run_all(evil), environment=surroundings, folder=tmp_path) as program:
        assert program.ended() == 0
        assert program.modes() == program.modes_before
        whole = vt.read(bytes(program.drawn), vt.COLOURS)
    assert whole.findings == ()
    assert whole.words.count("<<code ") == len(COMMANDS)
    assert "should not have happened" not in whole.words
    assert (re.search(rb"\x1b\[[0-9;]*m", program.drawn) is not None) is colour


@pytest.mark.promise("stdout is data, harmless on a screen and the same data")
@pytest.mark.parametrize(
    "command", [("annotations", "--json"), ("export", "--format", "json"), ("history", "--json")]
)
def test_json_is_harmless_and_the_same_data(
    evil: Path, environment: Mapping[str, str], command: tuple[str, ...]
) -> None:
    argv = [sys.executable, "-m", "tui", "--library", str(evil), *command]
    said = subprocess.run(argv, env=environment, capture_output=True, check=True)
    assert said.stderr == b""
    words = said.stdout.decode()
    assert words == visible(words)
    held = json.dumps(json.loads(words), ensure_ascii=False)
    assert json.dumps(hostile.EVIL, ensure_ascii=False)[1:-1] in held


@pytest.mark.promise("a file gets every character as it is")
def test_a_file_gets_every_character_as_it_is(
    evil: Path, environment: Mapping[str, str], tmp_path: Path
) -> None:
    file = tmp_path / "all.json"
    argv = [sys.executable, "-m", "tui", "--library", str(evil), "export", "-o", str(file)]
    subprocess.run(argv, env=environment, capture_output=True, check=True)
    with closing(sqlite3.connect(evil)) as sql:
        notes = {note for (note,) in sql.execute("SELECT note FROM highlight")}
    assert notes
    assert {one["note"] for one in json.loads(file.read_bytes())["highlights"]} == notes
