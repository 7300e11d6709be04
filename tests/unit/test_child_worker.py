"""What the child's side of a child does and says, in the process of the test: nothing is ended, no limit is set."""

from __future__ import annotations

import builtins
import io
import os
import sys
from collections.abc import Callable, Iterable
from types import SimpleNamespace
from typing import BinaryIO, NoReturn, cast

import pytest

from texts.child import worker
from texts.child.frames import END, ERROR, OUT_OF_MEMORY, PART, PROGRESS, read_frame, write_frame

resource = pytest.importorskip("resource", reason="Windows has none")


class Ended(BaseException):
    """Where the process would have ended: with this code."""


class SeenError(Exception):
    """Where the test has seen enough."""


def end(code: int) -> NoReturn:
    raise Ended(code)


@pytest.fixture(autouse=True)
def not_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "_exit", end)


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[tuple[object, ...]]:
    """What is done to the process, in order."""
    found: list[tuple[object, ...]] = []
    monkeypatch.setattr(os, "nice", lambda by: found.append(("nice", by)))
    monkeypatch.setattr(resource, "setrlimit", lambda kind, both: found.append(("limit", kind, both)))

    def stack_size(size: int) -> int:
        found.append(("stack", size))
        return 7

    monkeypatch.setattr(worker, "stack_size", stack_size)
    monkeypatch.setattr(
        worker, "start_new_thread", lambda watch, given: found.append((watch.__name__.strip("_"), *given))
    )
    return found


def job(question: Iterable[bytes], reply: Callable[[bytes], None], progress: Callable[[str], None]) -> None:
    """Answers with each piece, and says how far it is; what it prints goes nowhere."""
    for piece in question:
        os.write(1, b"words that nobody asked for")
        progress("½")
        if piece in RAISED:
            raise RAISED[piece]
        reply(piece * 2)


RAISED: dict[bytes, BaseException] = {
    b"memory": MemoryError(),
    b"pipe": BrokenPipeError(),
    b"end": EOFError(),
    b"key": KeyError("no\nsuch"),
    b"stop": KeyboardInterrupt(),
}


def run(
    monkeypatch: pytest.MonkeyPatch, name: str, numbers: str, *pieces: bytes, whole: bool = True
) -> tuple[int, list[tuple[bytes, bytes]]]:
    """Does a job with a question: the code with which the process ends, and the frames that it has written by then."""
    asked = io.BytesIO()
    for piece in pieces:
        write_frame(asked, PART, piece)
    if whole:
        write_frame(asked, END)
    asked.seek(0)
    monkeypatch.setattr(sys, "argv", ["-c", f"{__name__}:{name}", *numbers.split()])
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=asked))
    monkeypatch.setitem(sys.modules, __name__, sys.modules[job.__module__])
    opened: list[BinaryIO] = []
    fdopen = os.fdopen

    def kept(number: int, mode: str) -> BinaryIO:
        opened.append(cast("BinaryIO", fdopen(number, mode)))
        return opened[-1]

    monkeypatch.setattr(os, "fdopen", kept)
    usual, (source, sink) = os.dup(1), os.pipe()
    os.set_blocking(source, False)
    os.dup2(sink, 1)
    try:
        with pytest.raises(Ended) as ended:
            worker.main()
        return ended.value.args[0], frames_in(source)
    finally:
        os.dup2(usual, 1)
        for file in opened:
            file.close()
        for number in (usual, source, sink):
            os.close(number)


def frames_in(source: int) -> list[tuple[bytes, bytes]]:
    """The frames that have gone into a pipe: what is kept back is lost at the end of a process."""
    try:
        written = io.BytesIO(os.read(source, 1 << 16))
    except BlockingIOError:
        return []
    found = []
    while written.tell() < len(written.getvalue()):
        found.append(read_frame(written))
    return found


CORE = ("limit", resource.RLIMIT_CORE, (0, 0))
ENDS_WITH_PARENT = [("stack", 1 << 18), ("end_with_parent",), ("stack", 7)]


def test_a_job_is_done_piece_by_piece(
    monkeypatch: pytest.MonkeyPatch, done: list[tuple[object, ...]]
) -> None:
    code, frames = run(monkeypatch, "job", "0 0 0", b"a", b"", b"bc")
    assert code == 0
    told = (PROGRESS, "½".encode())
    assert frames == [told, (PART, b"aa"), told, (PART, b""), told, (PART, b"bcbc"), (END, b"")]
    assert done == [CORE, *ENDS_WITH_PARENT]


def test_a_child_limits_itself(monkeypatch: pytest.MonkeyPatch, done: list[tuple[object, ...]]) -> None:
    assert run(monkeypatch, "job", "1000 30 5") == (0, [(END, b"")])
    assert done == [
        ("nice", 5),
        ("stack", 1 << 18),
        ("end_above", 1000),
        ("stack", 7),
        ("limit", resource.RLIMIT_DATA, (1250, 1250)),
        ("limit", resource.RLIMIT_CPU, (30, 30)),
        CORE,
        *ENDS_WITH_PARENT,
    ]


def test_where_a_lower_limit_holds_the_others_are_set(
    monkeypatch: pytest.MonkeyPatch, done: list[tuple[object, ...]]
) -> None:
    def refuse(kind: int, both: tuple[int, int]) -> None:
        done.append((kind, both))
        raise ValueError

    monkeypatch.setattr(resource, "setrlimit", refuse)
    assert run(monkeypatch, "job", "0 30 0") == (0, [(END, b"")])
    assert done[:2] == [(resource.RLIMIT_CPU, (30, 30)), (resource.RLIMIT_CORE, (0, 0))]


@pytest.mark.parametrize(
    ("piece", "code", "said"),
    [
        (b"memory", OUT_OF_MEMORY, []),
        (b"pipe", 1, []),
        (b"end", 1, []),
        (b"key", 1, [(ERROR, b"KeyError\n'no\\nsuch'")]),
        (b"stop", 1, []),
    ],
)
@pytest.mark.usefixtures("done")
def test_how_a_job_ends_that_fails(
    piece: bytes, code: int, said: list[tuple[bytes, bytes]], *, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended, frames = run(monkeypatch, "job", "0 0 0", piece)
    assert (ended, frames[1:]) == (code, said), "after the first, which says how far it is"


@pytest.mark.usefixtures("done")
def test_a_question_cut_short_ends_the_child(monkeypatch: pytest.MonkeyPatch) -> None:
    code, frames = run(monkeypatch, "job", "0 0 0", b"a", whole=False)
    assert (code, frames) == (1, [(PROGRESS, "½".encode())])


@pytest.mark.usefixtures("done")
def test_a_job_that_is_not_there_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    code, ((kind, said),) = run(monkeypatch, "nothing", "0 0 0")
    assert (code, kind) == (1, ERROR)
    assert said.startswith(b"AttributeError\n")


@pytest.fixture
def watching(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], object]:
    """Watches a limit of memory: the seconds until the second look, or the code with which the process ends."""
    started: list[tuple[Callable[..., None], tuple[int, ...]]] = []
    monkeypatch.setattr(worker, "start_new_thread", lambda watch, given: started.append((watch, given)))
    monkeypatch.setattr(os, "nice", lambda _: None)
    monkeypatch.setattr(resource, "setrlimit", lambda *_: None)

    def sleep(seconds: float) -> NoReturn:
        raise SeenError(seconds)

    def watch(limit: int) -> object:
        monkeypatch.setattr(worker, "sleep", sleep)
        run(monkeypatch, "job", f"{limit} 0 0")
        (first, given), *_ = started
        try:
            first(*given)
        except (SeenError, Ended) as seen:
            return seen.args[0]
        return None

    return watch


def reading(monkeypatch: pytest.MonkeyPatch, said: bytes | None) -> None:
    """Has the system say how much memory there is; None where it says nothing."""
    usual = builtins.open

    def opened(file: object, *given: object) -> object:
        if file != "/proc/self/statm":
            return usual(file, *given)  # type: ignore[call-overload]
        if said is None:
            raise OSError
        return io.BytesIO(said)

    monkeypatch.setattr(builtins, "open", opened)


PAGES = 7 * os.sysconf("SC_PAGE_SIZE")


@pytest.mark.parametrize(
    ("said", "limit", "seen"),
    [
        (b"900 7 3 1", PAGES, 0.02),
        (b"900 7 3 1", PAGES - 1, OUT_OF_MEMORY),
        (None, 5 * 1024, 0.02),
        (None, 5 * 1024 - 1, OUT_OF_MEMORY),
        (b"900", 5 * 1024 - 1, OUT_OF_MEMORY),
        (b"x y", 5 * 1024, 0.02),
    ],
)
def test_a_child_that_has_more_memory_than_it_may_is_ended(
    said: bytes | None,
    limit: int,
    seen: float,
    *,
    watching: Callable[[int], object],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """By what Linux says of it now, and where it says nothing by the most that it has had."""
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(resource, "getrusage", lambda _: SimpleNamespace(ru_maxrss=5))
    reading(monkeypatch, said)
    assert watching(limit) == seen
