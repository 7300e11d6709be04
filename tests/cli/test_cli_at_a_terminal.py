"""What commands do where somebody sits at a terminal: questions, how far they are, and what they open."""

from __future__ import annotations

import errno
import io
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.cli.conftest import Screen
from tui.cli import progress
from tui.cli.run import run

Tui = Callable[..., Any]


class Typing(io.StringIO):
    """A stdin that calls itself a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def answering(library: Tui, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Tui:
    """Calls `tui` at a terminal with what is typed there: its exit code, stdout and stderr."""

    def call(typed: str, *arguments: str) -> tuple[int, str, str]:
        shown = Screen()
        capsys.readouterr()
        with monkeypatch.context() as patch:
            patch.setattr(sys, "stdin", Typing(typed))
            patch.setattr(sys, "stderr", shown)
            code = run(list(arguments))
        return code, capsys.readouterr().out, shown.getvalue()

    return call


def test_before_a_text_with_something_of_a_readers_goes_it_is_asked(library: Tui, answering: Tui) -> None:
    assert answering("", "remove", "fire")[2].startswith("fire removed; "), "nobody made anything of it"
    library("undo")
    library("mark", "mill", "the river")
    left = "mill  1 highlight\n"
    for typed in ("n\n", "\n", "", "yeah\n"):
        asked = answering(typed, "remove", "mill")
        assert asked == (1, left, "Remove mill with all of it? [y/N] nothing was removed\n")
    code, out, err = answering(" Yes \n", "remove", "mill", "fire", "mill")
    assert (code, out) == (0, f"{left}fire\n")
    assert err == (
        "Remove 2 texts with all of it? [y/N] mill, fire removed; `tui undo` brings back what is gone, "
        "`tui check --forget` makes it final\n"
    )
    library("undo")
    assert answering("", "remove", "mill", "--yes")[2].startswith("mill removed; ")


def test_before_anything_goes_for_good_it_is_asked(library: Tui, answering: Tui) -> None:
    library("remove", "fire")
    code, out, err = answering("no\n", "check", "--forget")
    assert (code, err) == (1, "Take all of this away for good? [y/N] nothing was taken away\n")
    assert out.startswith("removed text  A fire at Harrow\n")
    assert answering("y\n", "check", "--forget")[2] == "Take all of this away for good? [y/N] forgotten\n"
    assert answering("", "check", "--forget") == (1, "", "there is nothing to forget\n")


def test_long_commands_say_what_they_do(
    library: Tui, answering: Tui, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(progress, "PATIENCE", -1.0)
    library("mark", "mill", "the river")
    library("export", "-o", "all.json")

    def told(*arguments: str) -> list[str]:
        """What stood before the colon, once each; the line is gone at the end."""
        said = answering("", *arguments)[2]
        steps = [step for step in said.split("\r\x1b[K") if ": " in step and not step.endswith("\n")]
        return list(dict.fromkeys(step.partition(":")[0] for step in steps))

    assert told("add", "mill.txt") == ["adding"]
    assert told("compare", "mill", "fire", "--json") == ["comparing"]
    assert told("compare", "mill", "--json") == ["comparing mill with the library"]
    assert told("related", "mill.txt", "fire.txt", "--json") == ["relating"]
    assert told("related", "mill", "--json") == ["relating mill with the library"]
    assert told("export", "-o", "again.json") == ["exporting"]
    assert told("export", "--format", "json") == ["exporting"]
    assert told("--library", "other.db", "import", "all.json") == ["importing"]


def test_how_far_it_is_is_said_with_separators_as_a_share_or_in_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shown = Screen()
    monkeypatch.setattr(sys, "stderr", shown)
    monkeypatch.setattr(progress, "PATIENCE", -1.0)
    with progress.progress("adding") as told:
        told(1200, 3400)
    with progress.share_done("relating") as share:
        share(0.126)
    with progress.how_far("reading") as far:
        far("7 words")
        progress.make_way()
        progress.make_way()
        far("8 words")
    gone = "\r\x1b[K"
    assert shown.getvalue() == (
        f"{gone}adding: 1,200 of 3,400{gone}{gone}relating: 13%{gone}{gone}reading: 7 words{gone}{gone}reading: 8 words"
        f"{gone}"
    )


def test_it_is_said_after_a_while_and_not_more_often(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = Screen()
    now = SimpleNamespace(at=10.0)
    monkeypatch.setattr(sys, "stderr", shown)
    monkeypatch.setattr(progress, "monotonic", lambda: now.at)
    with progress.how_far("reading") as far:
        for at in (10.5, 10.51, 11.0, 11.01, 11.02):
            now.at = at
            far(f"{at}")
        assert shown.getvalue() == "\r\x1b[Kreading: 10.51\r\x1b[Kreading: 11.02"
    with progress.progress("adding", since=0.0) as told:
        told(1, 2)
    assert shown.getvalue().endswith("\r\x1b[K\r\x1b[Kadding: 1 of 2\r\x1b[K")


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[tuple[object, ...]]:
    """What the desk is opened with, in place of a desk."""
    asked: list[tuple[object, ...]] = []

    def run_desk(
        path: Path, left: str | None, right: str | None, reader: str, *, pairs: Path | None, relating: object
    ) -> int:
        asked.append((path, left, right, reader, pairs, relating))
        return 7

    monkeypatch.setenv("TEXTUAL_DRIVER", "another")
    monkeypatch.setattr("tui.app.run_desk", run_desk)
    child = SimpleNamespace(close=lambda: asked.append(("closed",)))
    monkeypatch.setattr("texts.relate.relate_job.start_child", lambda ahead: child if ahead else None)
    return asked


def test_the_desk_is_opened_with_texts_of_the_library_and_files(
    library: Tui, opened: list[tuple[object, ...]], tmp_path: Path
) -> None:
    path = tmp_path / "library.db"
    assert library().code == 7
    assert library("open", "mil", "--reader", "bo").code == 7
    (tmp_path / "new.txt").write_text("New\n\nSomething is said here.\n")
    assert library("open", "new.txt", "fire").code == 7
    assert opened == [
        (path, None, None, "ada", None, None),
        (path, "mill", None, "bo", None, None),
        (path, "new", "fire", "ada", None, None),
    ]
    assert library("open", "--pairs", "missing.jsonl").err.startswith(
        "tui: missing.jsonl cannot be read: there is no such file."
    )


def test_where_there_is_no_library_a_child_begins_to_relate_while_it_is_made(
    tui: Tui, opened: list[tuple[object, ...]], tmp_path: Path, mill: Path, fire: Path
) -> None:
    path = tmp_path / "library.db"
    assert tui("open", mill, fire).code == 7
    (desk, closed) = opened
    assert (desk[:3], closed) == ((path, "mill", "fire"), ("closed",))
    assert desk[5] is not None
    path.unlink()
    opened.clear()
    assert tui("open", mill).code == 7
    assert opened == [(path, "mill", None, "ada", None, None)], "one text is related to nothing"
    path.unlink()
    opened.clear()
    assert tui().code == 7
    assert [line.split()[0] for line in tui("texts", "--all").lines] == ["analysis", "editorial"]
    assert opened[0][5] is not None
    assert tui("--library", tmp_path / "no" / "library.db").err == (
        f"tui: there is no folder {tmp_path / 'no'}: make it, or name another --library\n"
    )


@pytest.mark.parametrize(
    ("stdin", "stdout", "stderr", "term", "told"),
    [
        (False, True, True, "xterm", "stdin is not one"),
        (True, False, True, "xterm", "stdout is not one"),
        (True, True, False, "xterm", "stderr is not one"),
        (True, True, True, "dumb", "TERM is dumb"),
    ],
)
@pytest.mark.usefixtures("library")
def test_without_a_terminal_no_desk_is_opened(
    monkeypatch: pytest.MonkeyPatch,
    *,
    stdin: bool,
    stdout: bool,
    stderr: bool,
    term: str,
    told: str,
) -> None:
    monkeypatch.setattr(sys, "stdin", Typing() if stdin else io.StringIO())
    monkeypatch.setattr(sys, "stdout", Screen() if stdout else io.StringIO())
    monkeypatch.setattr(sys, "stderr", said := Screen() if stderr else io.StringIO())
    monkeypatch.setenv("TERM", term)
    monkeypatch.delenv("TEXTUAL_DRIVER", raising=False)
    monkeypatch.setattr("tui.app.run_desk", lambda *_, **__: pytest.fail("the desk is opened"))
    assert run([]) == 2
    assert said.getvalue() == (
        f"tui: the desk needs a terminal, but {told}; the commands of `tui --help` work without one.\n"
    )


def test_the_desk_in_a_browser_is_called_as_this_one_was(
    library: Tui, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    pytest.importorskip("textual_serve", reason="the extra [web] is not installed")
    served: list[object] = []
    problem: list[OSError] = []

    class Server:
        def __init__(self, call: list[str], port: int) -> None:
            served.append((call[call.index("--library") :], port))

        def run(self, tell: Callable[[str], None]) -> None:
            if problem:
                raise problem.pop()
            tell("serving")

    monkeypatch.setattr("tui.serving.DeskServer", Server)
    settings = ["--library", str(tmp_path / "library.db"), "--reader", "ada"]
    assert library("web") == (0, "", "tui: serving\n")
    assert library("web", "mill", "fire.txt", "--port", 9000).code == 0
    assert served == [(settings, 8765), ([*settings, "open", "mill", "fire"], 9000)]
    problem.append(OSError(errno.EADDRINUSE, "in use"))
    assert library("web").err == "tui: port 8765 is taken: name another one with --port\n"
    problem.append(OSError(errno.EACCES, "not allowed"))
    assert library("web").err == "tui: not allowed\n"
