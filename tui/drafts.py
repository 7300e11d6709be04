"""Notes that are being written at the desk, and what becomes of words that no library could take."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from threading import Lock
from typing import Any, NamedTuple, Protocol

from store.library import Library
from store.writer import Writer
from texts.visible import one_line, visible


class DraftWords(NamedTuple):
    """What was typed of a note, and the words that it had when this was begun."""

    words: str
    seen: str


class DraftKeeper(Protocol):
    """What a session does for drafts."""

    library: Library
    """To read from."""
    writer: Writer

    def call_later(self, call: Callable[[], None]) -> None:
        """Calls something in the thread of the screens."""


class DeskDrafts:
    """Notes being written: their newest words are in memory until they are on the disk."""

    def __init__(self, session: DraftKeeper) -> None:
        self._session = session
        self._unsaved: dict[str, DraftWords] = {}
        self._lock = Lock()

    def get(self, on: str) -> DraftWords | None:
        """The newest words that were typed on something and are not in a note; None where there are none."""
        if on in self._unsaved:
            return self._unsaved[on]
        draft = self._session.library.drafts.get(on)
        return DraftWords(draft.words, draft.seen) if draft else None

    def keep(
        self, on: str, draft: DraftWords, *, taken_up: str | None, failed: Callable[[BaseException], None]
    ) -> None:
        """Keeps words, and goes on holding them where they cannot be written; `failed` is then called with why.

        `taken_up` are the words of the draft that they go on with.
        """
        with self._lock:
            self._unsaved[on] = draft

        def kept(future: Future[None]) -> None:
            problem = future.exception()
            if problem is not None:
                self._session.call_later(lambda: failed(problem))
                return
            with self._lock:
                if self._unsaved.get(on) == draft:
                    del self._unsaved[on]

        job = self._session.writer.submit(
            lambda library: library.drafts.keep(on, draft.words, seen=draft.seen, taken_up=taken_up)
        )
        job.add_done_callback(kept)

    def hold(self, on: str, draft: DraftWords, until: Callable[[], Future[Any]]) -> None:
        """Holds words until a note with them is written, also past the end of the desk."""

        def written(future: Future[Any]) -> None:
            if future.exception() is None:
                self.settled(on)

        with self._lock:
            self._unsaved[on] = draft
        until().add_done_callback(written)

    def settled(self, on: str) -> None:
        """Forgets words that are in a note by now, or were given up."""
        with self._lock:
            self._unsaved.pop(on, None)

    def drop(self, on: str, *, taken_up: str | None) -> None:
        """Forgets a draft that the reader gives up."""
        self.settled(on)
        self._session.writer.submit(lambda library: library.drafts.drop(on, taken_up=taken_up))

    @property
    def unsaved(self) -> dict[str, DraftWords]:
        """What could not be written to the library, by what it is on."""
        return dict(self._unsaved)


def rescued(unsaved: Mapping[str, DraftWords]) -> Iterator[str]:
    """The last resort for words that no library could take: a file each, for its owner alone, in the temporary folder.

    Gives a line to be printed for each.
    Where not even that can be written, the line has the words.
    """
    import os
    import tempfile

    for on, draft in unsaved.items():
        try:
            handle, name = tempfile.mkstemp(prefix="tui-unsaved-note-", suffix=".md")
            with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
                file.write(draft.words)
        except OSError:
            yield f"tui: the note on {one_line(on)} could not be saved anywhere. It says:\n{visible(draft.words)}"
        else:
            yield f"tui: the note on {one_line(on)} could not be saved in the library; it is in {one_line(name)}"
