"""What the parent's side of a child sends, hands on and raises, with a stand-in for the process."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Callable, Iterator

import pytest

from texts.child import runner
from texts.child.frames import END, ERROR, OUT_OF_MEMORY, PART, PROGRESS, read_frame, write_frame
from texts.child.isolation import command, environment, folder
from texts.child.runner import Child, ChildError, Limits, OutOfMemoryError, OutOfTimeError, answer_of
from texts.relate.relate_job import start_child


def frames(*each: tuple[bytes, bytes]) -> bytes:
    out = io.BytesIO()
    for kind, payload in each:
        write_frame(out, kind, payload)
    return out.getvalue()


class Kept(io.BytesIO):
    """What was written to a pipe, also once that is closed."""

    written = b""

    def close(self) -> None:
        if not self.closed:
            self.written = self.getvalue()
        super().close()


class Process:
    """Stands for a process: says what it is to say, and ends with a code."""

    def __init__(self, says: bytes, code: int | None = 0) -> None:
        self.stdin, self.stdout = Kept(), io.BytesIO(says)
        self.code, self.ends = code, 0

    def kill(self) -> None:
        self.ends += 1

    def wait(self, timeout: float | None = None) -> int | None:
        if self.code is None and timeout is not None:
            raise subprocess.TimeoutExpired("it", timeout)
        return self.code


class Started:
    """Stands for `Popen`: keeps how it was called."""

    def __init__(self, process: Process) -> None:
        self.process, self.calls = process, list[tuple[list[str], dict[str, object]]]()

    def __call__(self, line: list[str], **given: object) -> Process:
        self.calls.append((line, given))
        return self.process


class AtOnce:
    """Stands for a thread: does its work when it is started, so that all is said before anybody listens."""

    def __init__(
        self, target: Callable[..., None], args: tuple[object, ...] = (), daemon: bool = False
    ) -> None:
        self.start = lambda: target(*args)
        assert daemon, "the program ends without waiting for it"

    def join(self) -> None:
        """It has ended."""


def standing_in(monkeypatch: pytest.MonkeyPatch, says: bytes, code: int | None = 0) -> Started:
    started = Started(Process(says, code))
    monkeypatch.setattr(subprocess, "Popen", started)
    monkeypatch.setattr(runner, "Thread", AtOnce)
    return started


@pytest.mark.parametrize(
    ("limits", "niceness", "numbers"),
    [
        (Limits(), 0, ("0", "0", "0")),
        (Limits(memory=100, seconds=2.5, silence=9), 3, ("100", "11", "3")),
        (Limits(seconds=0.1), 10, ("0", "2", "10")),
    ],
)
def test_a_child_is_given_its_job_and_its_limits(
    limits: Limits, niceness: int, numbers: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    started = standing_in(monkeypatch, b"")
    Child("jobs:echo", limits, niceness=niceness)
    pipe = subprocess.PIPE
    assert started.calls == [
        (
            command("texts.child.worker:main", "jobs:echo", *numbers),
            {
                "stdin": pipe,
                "stdout": pipe,
                "stderr": subprocess.DEVNULL,
                "env": environment(),
                "cwd": folder(),
            },
        )
    ]


def test_a_child_that_relates_gives_way_where_it_is_started_ahead_of_being_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    started = standing_in(monkeypatch, b"")
    start_child()
    start_child(ahead=True)
    asked, ahead = (int(argv[-1]) for argv, _ in started.calls)
    assert asked == 0 < ahead


def test_pieces_go_and_come_in_order_up_to_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    says = frames((PART, b"one"), (PROGRESS, b"half"), (PART, b""), (PART, b"two"), (END, b""), (PART, b"x"))
    started = standing_in(monkeypatch, says)
    told: list[str] = []
    ticks: list[int] = []
    with Child("jobs:echo") as child:
        assert not child.is_ended
        got = list(child.ask([b"a", b"", b"bc"], progress=told.append, tick=lambda: ticks.append(len(told))))
    assert got == [b"one", b"", b"two"]
    assert told == ["half"]
    assert ticks == [0, 0, 1, 1, 1], "before each frame is handed on"
    assert child.is_ended
    assert started.process.ends == 1
    assert started.process.stdin.written == frames((PART, b"a"), (PART, b""), (PART, b"bc"), (END, b""))


def test_what_was_ended_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    standing_in(monkeypatch, frames((END, b"")))
    child = Child("jobs:echo")
    child.close()
    with pytest.raises(ChildError, match=r"^the process has been ended$"):
        list(child.ask([]))


@pytest.mark.parametrize(
    ("says", "code", "kind", "of", "words"),
    [
        (frames((ERROR, b"ValueError\nno such\nthing")), 1, ChildError, "ValueError", "no such\nthing"),
        (frames((ERROR, b"KeyError")), 1, ChildError, "KeyError", ""),
        (frames((ERROR, b"A\n\xff")), 1, ChildError, "A", "�"),
        (b"", OUT_OF_MEMORY, OutOfMemoryError, "", "it wanted more than 1,500 MB of memory"),
        (b"", 7, ChildError, "", "the process ended with 7"),
        (b"", -9, ChildError, "", "the process ended with -9"),
        (frames((PART, b"abc"))[:-1], 0, ChildError, "", "the process ended with 0"),
        (PART + (256_000_001).to_bytes(4, "little"), 0, ChildError, "", "the process ended with 0"),
        (b"", None, ChildError, "", "the process said nothing more"),
    ],
)
def test_what_went_wrong_is_raised_in_words(
    says: bytes,
    code: int | None,
    kind: type[ChildError],
    of: str,
    words: str,
    *,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    standing_in(monkeypatch, says, code)
    with pytest.raises(ChildError) as raised:
        answer_of("jobs:echo", [b"x"], Limits(memory=1_500_000_000))
    assert (type(raised.value), raised.value.kind, str(raised.value)) == (kind, of, words)


def clock(monkeypatch: pytest.MonkeyPatch, *times: float) -> None:
    """Says these times, one after the other, then the last one for ever."""

    def ticking() -> Iterator[float]:
        yield from times
        while True:
            yield times[-1]

    running = ticking()
    monkeypatch.setattr(runner, "monotonic", lambda: next(running))


@pytest.mark.parametrize(
    ("limits", "times", "words"),
    [
        (Limits(seconds=5), (0, 5, 5.0, 5.1, 5.1), "it took more than 5 s"),
        (Limits(seconds=5), (0, 5, 5.0, 5.0, 5.0), None),
        (Limits(silence=0.5), (0, 1, 1.6), "it took more than 0.5 s"),
        (Limits(silence=0.5), (0, 1, 1.5, 3, 3.5), None),
        (Limits(), (0, 1, 1e9), None),
    ],
)
def test_time_is_up_beyond_a_limit_not_at_it(
    limits: Limits, times: tuple[float, ...], words: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The times are those of the start, then for each frame when it came and when the limits were looked at."""
    standing_in(monkeypatch, frames((PART, b"a"), (PART, b"b"), (END, b"")))
    clock(monkeypatch, *times)
    if words is None:
        assert answer_of("jobs:echo", [], limits) == b"ab"
    else:
        with pytest.raises(OutOfTimeError, match=f"^{words}$"):
            answer_of("jobs:echo", [], limits)


def test_a_question_that_nobody_reads_is_no_error_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    started = standing_in(monkeypatch, frames((PART, b"a"), (END, b"")))
    started.process.stdin.close()
    assert answer_of("jobs:echo", [b"x"]) == b"a"


def test_the_longest_frame_of_an_answer_is_read_in_full() -> None:
    assert read_frame(io.BytesIO(frames((PART, b"abc")))) == (PART, b"abc")
    assert frames((PART, b"x" * 300))[:5] == PART + b"\x2c\x01\x00\x00"
