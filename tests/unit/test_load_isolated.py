"""What goes to the child that reads a file, what comes back, and what is said where it cannot: without the process."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from texts.child.runner import ChildError, Limits, OutOfMemoryError, OutOfTimeError
from texts.load import LoadError, isolated
from texts.load.document import Document, File
from texts.load.load_job import run

pytestmark = pytest.mark.usefixtures("reading_isolated")

PAGE = "# Title\n\nA “word”.\n".encode()


def answering(monkeypatch: pytest.MonkeyPatch, answer: Callable[..., bytes]) -> list[tuple[object, ...]]:
    """Has a function stand for the process; what that is asked is kept."""
    asked: list[tuple[object, ...]] = []

    def answer_of(job: str, question: Iterable[bytes], limits: Limits, **given: Any) -> bytes:
        pieces = tuple(question)
        asked.append((job, pieces, limits, sorted(given)))
        return answer(pieces, **given)

    monkeypatch.setattr(isolated, "answer_of", answer_of)
    return asked


def test_a_file_goes_to_its_reader_with_all_that_was_said_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[int, int]] = []

    def answer(_: object, progress: Callable[[str], None], tick: Callable[[], None]) -> bytes:
        progress("3 12")
        tick()
        said = ["A title", "An author", "A source", ["one\nremark", "another"]]
        return json.dumps(said).encode() + b"\n" + "One\x1b\nline \ud800".encode("utf-8", "surrogatepass")

    asked = answering(monkeypatch, answer)
    file = File(PAGE, "a.md", "latin-1", False, lambda done, of: told.append((done, of)), "as is")
    found = isolated.read_isolated("markdown", file, lambda: False)
    assert found == Document(found.body, "A title", "An author", "A source", ("one␤remark", "another"))
    assert found.body.splitlines()[1].startswith("line ")
    assert "\x1b" not in found.body
    assert told == [(3, 12)]
    given = json.dumps(["markdown", "a.md", "latin-1", False, "as is"]).encode()
    limits = Limits(memory=1_000_000_000, seconds=600, silence=60)
    assert asked == [("texts.load.load_job:run", (given, PAGE), limits, ["progress", "tick"])]
    assert isolated.read_isolated("markdown", File(PAGE, "a.md")) == found, "without anybody to tell"


def test_who_cancels_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch, lambda _, progress, tick: tick())
    with pytest.raises(LoadError, match=r"^a\.md was not read: cancelled$"):
        isolated.read_isolated("markdown", File(PAGE, "a.md"), lambda: True)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (ChildError("a.md is\nempty", "LoadError"), "a.md is␤empty"),
        (
            OutOfMemoryError("x"),
            "a.md is not read: it wants more than 1,000 MB of memory; split it, or save it anew",
        ),
        (
            OutOfTimeError("x"),
            "a.md is not read: it keeps its reader busy for ever; split it, or save it anew",
        ),
        (
            ChildError("no\nsuch key", "KeyError"),
            "a.md is damaged, or no reader is up to it: get it, or save it, once more (KeyError: no␤such key)",
        ),
        (
            ChildError("the process ended with -11"),
            "a.md is damaged, or no reader is up to it: get it, or save it, once more"
            " (the process ended with -11)",
        ),
    ],
)
def test_why_a_file_was_not_read_is_said_in_one_line(
    error: ChildError, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def answer(_: object, **__: object) -> bytes:
        raise error

    answering(monkeypatch, answer)
    with pytest.raises(LoadError) as raised:
        isolated.read_isolated("markdown", File(PAGE, "a.md"))
    assert str(raised.value) == words


def test_the_job_reads_and_says_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[File] = []

    def read(file: File) -> Document:
        seen.append(file)
        assert file.progress is not None
        file.progress(1, 4)
        return Document("words \ud800", "T", "A", "S", ("r",))

    monkeypatch.setattr("texts.load.markdown.read", read)
    pieces: list[bytes] = []
    told: list[str] = []
    asked = json.dumps(["markdown", "a.md", "latin-1", False, "as is"]).encode()
    run([asked, PAGE], pieces.append, told.append)
    assert pieces == [b'["T", "A", "S", ["r"]]\n', b"words \xed\xa0\x80"]
    assert told == ["1 4"]
    (file,) = seen
    assert file == File(PAGE, "a.md", "latin-1", False, file.progress, "as is")
