"""How commands end: exit codes, one line on stderr for every error, nothing but data on stdout."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest

from texts.articles import articles
from tui.cli.root import COMMANDS
from tui.cli.root import tui as root

Tui = Callable[..., Any]

ROOT = Path(__file__).resolve().parents[2]
CALL = [sys.executable, "-c", "import sys; from tui.cli import main; sys.exit(main())"]


def process(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Runs `tui` as a program of its own."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [*CALL, *arguments], env=environment, capture_output=True, stdin=subprocess.DEVNULL, check=False
    )


def command(name: str) -> click.Command:
    found = root.get_command(click.Context(root), name)
    assert found is not None
    return found


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_of_the_table_is_there_with_help_and_examples(tui: Tui, name: str) -> None:
    said = tui(name, "--help")
    assert (said.code, said.err) == (0, "")
    assert f"Usage: tui {name}" in said.out
    assert f"  tui {name}" in said.out.partition("Examples:")[2]
    assert all(isinstance(p.help, str) for p in command(name).params if isinstance(p, click.Option))


@pytest.mark.parametrize("name", ["search", "related", "compare", "mark", "furniture", "dismiss"])
def test_examples_do_what_they_say_on_the_two_texts_that_come_with_the_program(
    tui: Tui, tmp_path: Path, name: str
) -> None:
    for article in articles():
        path = tmp_path / f"{article.slug}.txt"
        path.write_text(article.body, encoding="utf-8")
        assert tui("add", path).code == 0
    said = tui(name, "--help").out.partition("Examples:")[2].splitlines()
    examples = [
        shlex.split(line.strip().split("  ")[0])[1:]
        for line in said
        if ("editorial" in line or "analysis" in line) and not set("|>") & set(line)
    ]
    assert examples
    for example in examples:
        if "--versions" not in example:  # they have one
            assert tui(*example).code == 0, example


def test_the_help_lists_every_command_without_importing_one() -> None:
    said = process("--help")
    assert said.returncode == 0
    for name, entry in COMMANDS.items():
        assert f"{name} " in said.stdout.decode()
        assert entry.help in said.stdout.decode()


def test_the_version(tui: Tui) -> None:
    from tui import __version__

    assert tui("--version").out == f"tui, version {__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["serch", "mill"], "tui: There is no command “serch”; did you mean search? See `tui --help`."),
        (["zzz"], "tui: There is no command “zzz”. See `tui --help`."),
        (
            ["./mill.txt", "my fire.txt"],
            "“./mill.txt”, but a file: `tui open ./mill.txt 'my fire.txt'` opens it.",
        ),
        (["--lib"], "--library"),
        (["search", "--wrd", "mill"], "--word"),
        (["search"], "tui: Missing argument 'QUERY'. See `tui search --help`."),
        (["search", "mill", "--limit", "none"], "'none' is not a valid integer"),
        (["search", "mill", "--scope", "books"], "“books” is nothing to look in; name texts, notes, tags"),
        (["search", "mill", "--json", "--csv"], "--json and --csv cannot both be printed; choose one."),
        (["search", "mill", "--exact", "--word"], "--exact and --word cannot both be meant; choose one."),
        (
            ["corpus", "search", "papers", "mill", "--regex", "--word"],
            "--word and --regex cannot both be meant; choose one.",
        ),
        (["search", "mill", "--in", "brewery"], "there is no text “brewery”"),
        (["search", "mill", "--in", "./brewery.txt"], "cannot read brewery.txt: there is no such file"),
        (["search", ""], "nothing to look for"),
        (["mark", "mill", "brewery"], "“brewery” is not in mill; `tui search` finds what is like it."),
        (
            ["mark", "mill", "mill"],
            "“mill” is 3 times in mill (¶1, ¶3, ¶5): quote more words, or choose by --passage N, or say --all.",
        ),
        (["mark", "mill", "mill", "--passage", "9"], "mill has no passage 9: they go from 1 to 5."),
        (
            ["mark", "./mill.txt", "mill"],
            "./mill.txt is a file: add it to the library first, with `tui add`",
        ),
        (["mark", "mill", "river", "--tag", "a//b"], "is no tag"),
        (["link", "1", "2"], "there is no highlight 1: `tui annotations` lists what there is"),
        (["tags", "rename", "a", "b"], "there is no tag “a”"),
        (["tags", "lst"], "No such command 'lst'"),
        (["add", "nowhere.txt"], "cannot read nowhere.txt: there is no such file"),
        (["add", "mill.txt", "fire.txt", "--title", "Both"], "add the files one by one"),
        (["export", "-o", "notes.xyz"], "notes.xyz"),
        (["export", "-o", "no/such/folder/notes.csv"], "no/such/folder/notes.csv"),
        (
            ["compare", "mill", "--passages", "1", "1"],
            "Name two texts, or none for those that were last open.",
        ),
        (["compare", "mill", "fire", "--versions", "1", "1"], "name that text."),
        (["related", "mill", "fire", "--passage", "9"], "mill has no passage 9: they go from 1 to 5."),
        (["open", "mill"], "the desk needs a terminal, but stdin is not one"),
        ([], "the desk needs a terminal, but stdin is not one"),
    ],
)
def test_an_error_is_one_line_that_says_what_to_do(library: Tui, arguments: list[str], told: str) -> None:
    said = library(*arguments)
    assert (said.code, said.out) == (2, "")
    assert told in said.err
    assert said.err.startswith("tui: ")
    assert said.err.count("\n") == 1


@pytest.mark.parametrize(
    "name", ["texts", "search mill", "annotations", "tags", "export", "history", "check"]
)
def test_a_library_that_is_not_there_is_told(tui: Tui, tmp_path: Path, name: str) -> None:
    for missing in (tmp_path / "missing.db", tmp_path / "no" / "folder.db"):
        said = tui(*name.split(), "--library", missing)
        assert (said.code, said.out) == (2, "")
        assert "there is no library at" in said.err
        assert said.err.count("\n") == 1


def test_an_empty_file_was_no_library_before(tui: Tui, tmp_path: Path, mill: Path) -> None:
    empty = tmp_path / "empty.db"
    empty.touch()
    said = tui("texts", "--library", empty)
    assert (said.code, said.out) == (2, "")
    assert said.err == f"tui: {empty} is empty: make a library of it with `tui add`\n"
    assert tui("add", mill, "--library", empty).code == 0
    assert "mill" in tui("texts", "--library", empty).out


def test_adding_to_a_folder_that_is_not_there_is_told(tui: Tui, tmp_path: Path, mill: Path) -> None:
    said = tui("--library", tmp_path / "no" / "library.db", "add", mill)
    assert (said.code, said.out) == (2, "")
    assert "there is no folder" in said.err
    assert not (tmp_path / "no").exists()


def test_a_library_is_named_before_the_command_after_it_or_in_the_environment(
    tui: Tui, tmp_path: Path, mill: Path, fire: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = tmp_path / "one.db", tmp_path / "two.db"
    assert tui("--library", one, "add", mill).code == 0
    assert tui("add", fire, "--library", two).code == 0
    monkeypatch.setenv("TUI_LIBRARY", str(two))
    assert tui("texts").out.startswith("fire ")
    assert tui("--library", one, "texts").out.startswith("mill ")
    assert tui("texts", "--library", one).out.startswith("mill ")


def test_the_default_library_is_made_on_first_use_with_the_two_articles(home: Path) -> None:
    said = process("texts")
    assert (said.returncode, said.stderr) == (0, b"")
    assert [line.split()[0] for line in said.stdout.decode().splitlines()] == ["analysis", "editorial"]
    made = home / "data" / "close-reading-tui" / "library.db"
    assert made.stat().st_mode & 0o777 == 0o600
    assert made.parent.stat().st_mode & 0o777 == 0o700
    assert process("search", "xyzzy").returncode == 1


def test_exit_codes_of_a_program_of_its_own(tmp_path: Path, mill: Path) -> None:
    library = ("--library", str(tmp_path / "library.db"))
    assert process("add", str(mill), *library).returncode == 0
    found, nothing = process("search", "mill", *library), process("search", "xyzzy", *library)
    assert (found.returncode, found.stderr) == (0, b"")
    assert (nothing.returncode, nothing.stdout, nothing.stderr) == (1, b"", b"")
    assert process("nonsense").returncode == 2


def test_a_closed_pipe_ends_quietly(tmp_path: Path, mill: Path) -> None:
    library = tmp_path / "library.db"
    assert process("add", str(mill), "--library", str(library)).returncode == 0
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TUI_LIBRARY": str(library)}
    for arguments in (["search", "mill", "--json"], ["keys"], ["--help"], ["texts"]):
        reader, writer = os.pipe()
        os.close(reader)
        try:
            said = subprocess.run(
                [*CALL, *arguments], env=environment, stdout=writer, stderr=subprocess.PIPE, check=False
            )
        finally:
            os.close(writer)
        assert (said.returncode, said.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_behind_stdout_is_told() -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with open("/dev/full", "wb") as full:
        said = subprocess.run(
            [*CALL, "keys"], env=environment, stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert said.returncode == 2
    assert said.stderr == b"tui: No space left on device\n"


def test_streams_that_are_closed_are_no_error(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    line = " ".join(f"'{word}'" for word in [*CALL, "keys"])
    assert subprocess.run(f"{line} >&- 2>&-", shell=True, env=environment, check=False).returncode == 0
    assert subprocess.run(f"{line} serch >&- 2>&-", shell=True, env=environment, check=False).returncode == 2


def test_ctrl_c_ends_quietly_with_130(tui: Tui, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(arguments: list[str]) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(sys.modules["tui.cli.run"], "_invoke", interrupted)
    assert tui("texts") == (130, "", "")


def test_what_nobody_foresaw_is_one_line_too(tui: Tui, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(arguments: list[str]) -> int:
        raise RuntimeError("\x1b]0;boo\x07 went\nwrong")

    monkeypatch.setattr(sys.modules["tui.cli.run"], "_invoke", broken)
    said = tui("texts")
    assert (said.code, said.out) == (2, "")
    assert "RuntimeError: ␛]0;boo␇ went␤wrong" in said.err
    assert said.err.count("\n") == 1
    monkeypatch.setenv("TUI_DEBUG", "1")
    with pytest.raises(RuntimeError):
        tui("texts")


def test_a_dumb_terminal_gets_no_desk(tui: Tui, monkeypatch: pytest.MonkeyPatch) -> None:
    from tui.cli import opening

    monkeypatch.setattr(opening, "_why_no_desk", lambda: "TERM is dumb")
    said = tui("open", "mill")
    assert (said.code, said.err.count("\n")) == (2, 1)
    assert "TERM is dumb" in said.err


def test_data_is_utf_8_wherever_it_goes(tmp_path: Path, mill: Path) -> None:
    library = str(tmp_path / "library.db")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "ascii", "TUI_LIBRARY": library}
    assert process("add", str(mill), "--library", library).returncode == 0
    said = subprocess.run(
        [*CALL, "search", "insurers"],
        env=environment,
        capture_output=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    assert (said.returncode, said.stderr) == (0, b"")
    assert said.stdout.decode("utf-8").startswith("mill ¶4: ")
