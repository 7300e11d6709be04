"""Ends the desk in time when a signal comes or its terminal is gone, whatever its other threads wait for.

The desk is asked first to leave as `q` does. If it has not done so shortly after (it may wait for a terminal that takes
nothing any more), a thread of its own keeps the draft, has written what is queued, puts the terminal back and ends the
process.
"""

from __future__ import annotations

import os
import select
import signal
from collections.abc import Callable
from contextlib import suppress
from threading import Event, Thread
from time import monotonic
from typing import Any

SECONDS = 2.0
"""In which the process has ended."""
_ASKED = 0.8
"""Of which the desk has so many to leave by itself."""
_KEPT, _WRITTEN = 0.2, 0.8
"""So many are then left to keep the draft, and to write what is queued."""

SIGNALS = tuple(
    getattr(signal, name) for name in ("SIGTERM", "SIGHUP", "SIGINT", "SIGQUIT") if hasattr(signal, name)
)
GONE = getattr(signal, "SIGHUP", signal.SIGTERM)
"""What a terminal that is gone counts as."""
_CAN_WATCH = hasattr(select, "poll")
_STDIN, _STDERR = 0, 2
_AT_REST = b"".join(
    b"\x1b[" + each
    for each in (
        *(b"?2026l", b"?2004l", b"?1000l", b"?1003l", b"?1006l", b"?1015l", b"?1004l", b"?2048l"),
        *(b"<u", b"?7h", b"?1049l", b"?25h"),
    )
)
"""Puts a terminal back as it is for a shell."""


class Leaving:
    """Watches for signals and for the end of the terminal; to be made in the main thread, before the desk is drawn.

    `write_out` closes what is written, and may take its time; it is called only if `done` was not in time.
    """

    def __init__(self, write_out: Callable[[], None]) -> None:
        self.ask: Callable[[int], object] = lambda number: None
        """Has the desk leave for a signal; called in a thread of its own."""
        self.keep_draft: Callable[[], None] = lambda: None
        """Keeps what is being written; likewise."""
        self._write_out = write_out
        self._done = Event()
        self._before: dict[int, Any] = {}
        self._modes = _modes()
        self._reads, self._wakes = os.pipe()
        if _CAN_WATCH:
            os.set_blocking(self._wakes, False)
        self._thread = Thread(target=self._watch, name="leaving", daemon=True)

    def start(self) -> None:
        """Begins to watch, where there is a way to: not on Windows."""
        if _CAN_WATCH:
            self.take_signals()
            self._thread.start()

    def take_signals(self) -> None:
        """Has signals come here, again where something else has taken them since.

        The byte that says which one it was is written by C, so that the thread hears of it while Python waits.
        """
        if not _CAN_WATCH:
            return
        for number in SIGNALS:
            before = signal.getsignal(number)
            if before is not signal.SIG_IGN:  # as `nohup` has it
                self._before.setdefault(number, before)
                signal.signal(number, lambda *_: None)
        signal.set_wakeup_fd(self._wakes, warn_on_full_buffer=False)

    def done(self) -> None:
        """Everything is written: the process may end by itself."""
        self._done.set()
        if not _CAN_WATCH:
            return
        signal.set_wakeup_fd(-1)
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _watch(self) -> None:
        number = self._wait()
        deadline = monotonic() + SECONDS
        with suppress(Exception):  # the desk may be half made, or half gone
            self.ask(number)
        if not self._done.wait(_ASKED):
            for work, seconds in (self.keep_draft, _KEPT), (self._write_out, _WRITTEN):
                thread = Thread(target=_quietly, args=(work,), daemon=True)
                thread.start()
                thread.join(seconds)
        else:
            Event().wait(deadline - monotonic())  # threads that nobody waits for may hold it up
        self._restore_terminal()
        os._exit(128 + number)

    def _wait(self) -> int:
        """Waits for a signal, or for the end of the terminal, and gives the number of the signal."""
        events = select.poll()
        events.register(self._reads, select.POLLIN)
        events.register(_STDIN, 0)  # which hears of nothing but its end
        while True:
            for file, event in events.poll():
                if file == self._reads:
                    found = next((number for number in os.read(file, 64) if number in self._before), None)
                    if found is not None:
                        return found
                elif event & select.POLLHUP:
                    return int(GONE)
                else:  # no terminal that can be asked, as on some macOS
                    events.unregister(file)

    def _restore_terminal(self) -> None:
        """Puts the terminal back without waiting for it: it may take nothing any more, or be gone."""
        import termios

        with suppress(OSError, termios.error):
            signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTTOU])
            if self._modes is not None:
                termios.tcsetattr(_STDIN, termios.TCSANOW, self._modes)
        with suppress(OSError, ValueError):
            if os.isatty(_STDERR) and select.select([], [_STDERR], [], 0)[1]:
                os.write(_STDERR, _AT_REST)


def _modes() -> list[Any] | None:
    """How the terminal is set; None where there is none."""
    try:
        import termios
    except ImportError:
        return None
    try:
        return termios.tcgetattr(_STDIN)
    except (OSError, termios.error):
        return None


def _quietly(work: Callable[[], None]) -> None:
    with suppress(Exception):  # nobody is left to be told
        work()
