"""Relates two texts in a process of its own, beside the desk.

No key waits for it, and what it takes of memory (numpy alone 10 MB) goes with it when it is done.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import IO

import texts
from texts.model import Text
from texts.relate.exchange import Request
from texts.relate.records import CancelCheck, Progress, Watch
from texts.relate.relations import Relations

_TICK = 0.05


class RelatingError(Exception):
    """The process that related two texts ended without an answer."""


def relate_beside(
    left: Text,
    right: Text,
    *,
    aliases: Iterable[Iterable[str]] = (),
    progress: Progress | None = None,
    cancelled: CancelCheck | None = None,
) -> Relations:
    """The same as `texts.relate.relate`, in another process; to be called in a thread.

    Raises Cancelled, and RelatingError when the other process dies.
    """
    request = Request(left, right, tuple(tuple(group) for group in aliases))
    return Relations.from_bytes(_answer(request, Watch(progress, cancelled)), left, right)


def _answer(request: Request, watch: Watch) -> bytes:
    """What the other process says; it is ended when the watch says so."""
    # -P and an explicit path: nothing that lies in the reader's working folder is ever imported.
    environment = {**os.environ, "PYTHONPATH": str(Path(texts.__path__[0]).parent)}
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "texts.relate"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
    )
    with process:
        talk = _Talk(process, request)
        try:
            while not talk.ended.wait(_TICK):
                watch.at(talk.share)
        except BaseException:
            process.kill()
            raise
        finally:
            talk.wait()  # else pipes would be closed under those who read them
    if process.returncode != 0:
        raise RelatingError(talk.last_words or "the process that relates texts ended without a word")
    watch.at(1.0)
    return talk.answer


class _Talk:
    """Everything said to and by the other process, each way in a thread, so that neither waits for the other."""

    def __init__(self, process: subprocess.Popen[bytes], request: Request) -> None:
        self.ended = threading.Event()
        self.share = 0.0
        self.answer = b""
        self.last_words = ""
        self._request = request
        self._ways = [
            threading.Thread(target=job, args=(pipe,), daemon=True)
            for job, pipe in (
                (self._ask, process.stdin),
                (self._listen, process.stderr),
                (self._hear, process.stdout),
            )
        ]
        for way in self._ways:
            way.start()

    def wait(self) -> None:
        """Waits until all is said, which is soon after the other process has ended."""
        for way in self._ways:
            way.join()

    def _ask(self, pipe: IO[bytes]) -> None:
        try:
            with pipe:
                self._request.write(pipe)
        except BrokenPipeError:
            pass  # it died, which its exit code tells better

    def _listen(self, pipe: IO[bytes]) -> None:
        for line in pipe:
            try:
                self.share = float(line)
            except ValueError:
                self.last_words = line.decode(errors="replace").strip()

    def _hear(self, pipe: IO[bytes]) -> None:
        self.answer = pipe.read()
        self.ended.set()
