"""What goes through the pipe to a child and comes back, and what a search by regular expression finds there."""

from __future__ import annotations

import io
import marshal
import os
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from texts.child.frames import END, PART, read_frame, write_frame
from texts.child.isolation import command, environment, folder
from texts.child.regex_job import matches, run

kinds = st.sampled_from([PART, END, b"%", b"!"])


@given(st.lists(st.tuples(kinds, st.binary(max_size=300)), max_size=5))
def test_frames_come_back_as_they_were_and_then_there_are_no_more(frames: list[tuple[bytes, bytes]]) -> None:
    pipe = io.BytesIO()
    for kind, payload in frames:
        write_frame(pipe, kind, payload)
    pipe.seek(0)
    assert [read_frame(pipe) for _ in frames] == frames
    with pytest.raises(EOFError):
        read_frame(pipe)


@pytest.mark.parametrize("missing", [1, 3, 4, 7])
def test_a_frame_that_is_cut_short_is_none(missing: int) -> None:
    pipe = io.BytesIO()
    write_frame(pipe, PART, b"abc")
    with pytest.raises(EOFError):
        read_frame(io.BytesIO(pipe.getvalue()[:-missing]))


def test_a_frame_that_is_longer_than_it_may_be_is_not_read() -> None:
    pipe = io.BytesIO()
    write_frame(pipe, PART, b"abc")
    assert read_frame(io.BytesIO(pipe.getvalue()), 3) == (PART, b"abc")
    with pytest.raises(EOFError):
        read_frame(io.BytesIO(pipe.getvalue()), 2)


BODY = "one Two\nthree two"
STRETCHES = [(BODY, [(0, 7), (8, 17)]), ("two", [(0, 3)])]


@pytest.mark.parametrize(
    ("pattern", "ignore_case", "limit", "found"),
    [
        ("two", True, None, [[(0, 4, 7), (1, 14, 17)], [(0, 0, 3)]]),
        ("two", False, None, [[(1, 14, 17)], [(0, 0, 3)]]),
        ("two", True, 2, [[(0, 4, 7), (1, 14, 17)], []]),
        ("two", True, 1, [[(0, 4, 7)], []]),
        ("two", True, 0, [[], []]),
        ("x*", True, None, [[], []]),  # what is empty is nowhere
        ("o*", False, 1, [[(0, 0, 1)], []]),
        ("^t", True, None, [[(1, 8, 9)], [(0, 0, 1)]]),
        ("o$", True, None, [[(0, 6, 7), (1, 16, 17)], [(0, 2, 3)]]),
        ("Two.three", True, None, [[], []]),  # not beyond the end of a stretch
    ],
)
def test_matches_stand_inside_their_stretches(
    pattern: str, ignore_case: bool, limit: int | None, found: list[list[tuple[int, int, int]]]
) -> None:
    assert matches(pattern, ignore_case, limit, STRETCHES) == found
    said: list[bytes] = []
    question = marshal.dumps((pattern, ignore_case, limit, STRETCHES))
    run([question[:5], question[5:]], said.append, None)
    assert [marshal.loads(each) for each in said] == [found]


@pytest.mark.parametrize("pattern", ["(", "a{99999999999}", "[z-a]", "(?P<a>x)(?P<a>y)"])
def test_what_is_no_pattern_is_said_in_words(pattern: str) -> None:
    said = matches(pattern, True, None, STRETCHES)
    assert isinstance(said, str)
    assert said


def test_a_child_is_called_so_that_nothing_around_it_runs(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", ["", "relative", str(tmp_path), "/else/where", *sys.path])
    line = command("package.module:function", "a", "b")
    assert line[0] == sys.executable
    assert {"-I", "-S"} <= set(line)
    assert line[-2:] == ["a", "b"]
    program = line[-3]
    assert str(tmp_path) not in program
    assert "'relative'" not in program
    assert "'/else/where'" in program
    assert program.endswith("from package.module import function; sys.exit(function())")
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    assert "-B" not in command("a:b")
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert "-B" in command("a:b")
    monkeypatch.setattr(sys, "pycache_prefix", None)
    assert not any(word.startswith("pycache_prefix") for word in command("a:b"))
    monkeypatch.setattr(sys, "pycache_prefix", "/compiled")
    assert command("a:b")[-4:-2] == ["-X", "pycache_prefix=/compiled"]


def test_a_child_knows_its_language_and_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "de_DE.UTF-8")
    monkeypatch.setenv("A_SECRET", "x")
    monkeypatch.setenv("PYTHONPATH", "/x")
    found = environment()
    assert found["LANG"] == "de_DE.UTF-8"
    assert not {"A_SECRET", "PYTHONPATH", "HOME"} & found.keys()
    assert environment({"PYTHONPATH": "/x", "A_SECRET": "x", "MY_PYTHON": "y"}) == {
        "A_SECRET": "x",
        "MY_PYTHON": "y",
    }
    assert Path(folder()) == Path(os.path.abspath(os.sep))
