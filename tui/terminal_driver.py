"""Drivers of Textual's that outlive their terminal, go on after a stop, and take Esc for Esc and words for words.

Textual writes in a thread that ends with the first error, and the desk then waits for ever for room in its queue. After
a SIGSTOP, of which no program hears, its driver would start a second time what was never ended: two threads would read
the keys, of which one may never end, and the modes of the desk would be left to the shell.

Esc that is followed by a key at once is Esc and that key, not the key with Alt. A terminal of the old kind sends the
same for both. Textual takes it for Alt, or for a letter of a Mac's keyboard (`Esc 2` becomes ™): the Esc that leaves a
note would be lost, and what follows be typed into it. No command of ours is on Alt. Terminals with the protocol of
kitty tell the two apart by themselves. In what is pasted there are no keys.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from time import monotonic
from typing import IO, Any

from textual import events
from textual.driver import Driver
from textual.message import Message

from tui.private_api import KeySequences, read_keys_with, write_through


def lasting(driver: type[Driver]) -> type[Driver]:
    """The driver, made to write to nowhere and to read nothing once its terminal is gone."""
    if not hasattr(driver, "run_input_thread"):
        return driver

    class LastingDriver(driver):  # type: ignore[valid-type,misc]
        is_started = False
        """Whether the terminal is in the modes of the desk, and its keys are read."""

        def __init__(self, *arguments: Any, **options: Any) -> None:
            super().__init__(*arguments, **options)
            write_through(self, LastingFile)

        def run_input_thread(self) -> None:
            self.is_started = True
            with suppress(OSError):
                super().run_input_thread()

        def stop_application_mode(self) -> None:
            super().stop_application_mode()
            self.is_started = False

        def resume_application_mode(self) -> None:
            was_stopped = self.is_started
            if was_stopped:
                self.suspend_application_mode()
            super().resume_application_mode()
            if was_stopped:
                self.process_message(self.SignalResume())

    return LastingDriver


class LastingFile:
    """A file that takes whatever is written to it, also when it is gone."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file

    def write(self, words: str) -> int:
        """Writes if the file is there; returns how many characters were taken."""
        with suppress(OSError, ValueError):
            self._file.write(words)
        return len(words)

    def flush(self) -> None:
        """Writes what waits, if the file is there."""
        with suppress(OSError, ValueError):
            self._file.flush()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


_ESC = "\x1b"
_BEGINS_SEQUENCES = "[OP]^_X"
"""What after Esc begins a sequence that a terminal sends by itself."""
_ERASES_WORD = "\x7f"
"""Alt and Backspace is in everybody's fingers, Esc and Backspace in nobody's."""


_PASTE, _PASTED = "\x1b[200~", "\x1b[201~"
"""What a terminal sends before and after what is pasted."""
_SHOWN_ESC = "\N{SYMBOL FOR ESCAPE}"
_ENDS_BROKEN_OFF = (_ESC, "\x1b[27u")
"""Esc, as terminals of the old kind and those with the protocol of kitty send it."""
_BROKEN_OFF = 2.0
"""Seconds without a word after which an Esc alone ends a paste: its end may have been lost on the way."""


class PastedWords:
    """What a terminal sends, with the sign of Esc for each Esc in what is pasted.

    Not every terminal takes it out (tmux does not), and Textual would take what follows it for keys.
    """

    def __init__(self) -> None:
        self._is_inside = False
        self._before = ""
        """What came last outside, as far as it may be the beginning of a paste."""
        self._held = ""
        """What came last inside, as far as it may be its end."""
        self._came = 0.0
        """When anything came last."""

    def harmless(self, sent: str) -> str:
        """The next part of what was sent; what may be the end of a paste is kept until it is known."""
        done, before, self._came = "", self._came, monotonic()
        if self._is_inside and sent in _ENDS_BROKEN_OFF and self._came - before > _BROKEN_OFF:
            sent = _PASTED + sent
        while sent:
            if self._is_inside:
                pasted, end, sent = (self._held + sent).partition(_PASTED)
                self._held = "" if end else _beginning(_PASTED, pasted)
                done += pasted[: len(pasted) - len(self._held)].replace(_ESC, _SHOWN_ESC) + end
            else:
                seen = self._before + sent
                _, end, rest = seen.partition(_PASTE)
                self._before = "" if end else _beginning(_PASTE, seen)
                done, sent = done + sent[: len(sent) - len(rest)], rest
            self._is_inside ^= bool(end)
        return done


def _beginning(whole: str, sent: str) -> str:
    """The end of what was sent, as far as it is the beginning of something; not the whole of it."""
    return next(
        (whole[:length] for length in range(len(whole) - 1, 0, -1) if sent.endswith(whole[:length])), ""
    )


class EscParser(KeySequences):
    """A parser of what a terminal sends, for which Esc is always Esc, and in what is pasted no key."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._pasted = PastedWords()

    def feed(self, data: str) -> Iterable[Message]:
        """What the data say; no data say that there will be no more."""
        harmless = self._pasted.harmless(data)
        return super().feed(harmless) if harmless or not data else ()

    def keys_of(
        self, sequence: str, alt: bool, usual: Callable[[str], Iterable[events.Key]]
    ) -> Iterable[events.Key]:
        """The keys of a sequence: Esc first, where the terminal may have meant Alt."""
        if len(sequence) == 2 and sequence[0] == _ESC and sequence[1] not in _BEGINS_SEQUENCES + _ERASES_WORD:
            sequence, alt = sequence[1], True
        if alt:
            yield events.Key("escape", _ESC)
        yield from usual(sequence)


def with_plain_escape(driver: type[Driver]) -> type[Driver]:
    """The driver, which from now on reads what is typed with `EscParser`."""
    read_keys_with(EscParser, driver)
    return driver
