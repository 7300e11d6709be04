"""The desk's way to the library: one connection to read with, one thread that writes.

It knows nothing of screens. What it hands out are the store's records.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from store.library import Library
from store.writer import Writer
from texts.model import EVERYWHERE
from texts.visible import one_line
from tui.home import pair_among

if TYPE_CHECKING:
    from store.records import Highlight, Outline
    from texts.model import Span, Text
    from texts.search import Index

T = TypeVar("T")

_LOOKED_THROUGH = 50
"""Acts looked through for the last one that is not undone."""
_A_FRAME = 0.005
"""Seconds in which the frame that shows an act is drawn before the act is written: a third less until it is seen."""


@dataclass(frozen=True, slots=True)
class _Done(Generic[T]):
    """What came of a job, and where the journal then stood."""

    result: T
    position: tuple[int, int]
    last_act: str


class DeskPlaces:
    """What the desk remembers between runs: read at once, written by the writer."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._put: dict[str, Any] = {}

    def get(self, key: str, default: Any) -> Any:
        """What was kept under a name, else the default.

        So too where something else is kept than a default of this kind, or a word that its enumeration does not have:
        the library may be a stranger's.
        """
        if key in self._put:
            return self._put[key]
        kept = self._session.library.places.get(f"desk.{key}", default)
        if isinstance(default, StrEnum):
            return kept if kept in tuple(type(default)) else default
        return kept if default is None or isinstance(kept, type(default)) else default

    def put(self, key: str, value: Any) -> None:
        """Keeps something that JSON can hold; a library that cannot be written keeps nothing."""
        self._put[key] = value
        if not self._session.library.read_only:
            self._session.writer.submit(lambda library: library.places.put(f"desk.{key}", value))


class Session:
    """A library opened for the desk. Close it: what is queued is written first."""

    def __init__(self, library: Path, reader: str) -> None:
        """Raises LibraryError where the library cannot be opened."""
        self.reader = reader
        self.library = Library.open(library, reader=reader)
        self.writer = Writer(library, reader, gather=_A_FRAME)
        self.places = DeskPlaces(self)
        self.last_act = ""
        self._seen = self.library.journal.position()
        self._writing = 0
        self._looks: dict[str, tuple[str, str]] | None = None
        self._linked: set[int] | None = None
        self._known: dict[int, Highlight] = {}
        self._calls: Callable[[Callable[[], None]], object] = lambda call: call()

    def deliver_with(self, call_later: Callable[[Callable[[], None]], object]) -> None:
        """Names the way by which results reach the thread of the screens."""
        self._calls = call_later

    def close(self) -> None:
        """Writes what is queued and closes both connections."""
        self.writer.close()
        self.library.close()

    # texts

    @property
    def pair(self) -> tuple[str, str]:
        """Slugs of the two texts on the desk; the second may be empty."""
        return pair_among(
            [shelved.slug for shelved in self.library.shelf.list()], self.places.get("pair", None)
        )

    @pair.setter
    def pair(self, slugs: tuple[str, str]) -> None:
        self.places.put("pair", list(slugs))

    def text(self, slug: str) -> Text:
        """A text of the library."""
        return self.library.shelf.get(slug)

    def version_changed(self, text: Text) -> bool:
        """Whether the library has another version of the text than this one."""
        return any(
            each.slug == text.slug and each.sha256 != text.sha256 for each in self.library.shelf.list()
        )

    def indexes(self) -> AbstractContextManager[Callable[[str], Index]]:
        """Hands out the search indexes of texts, by their slugs, for one search."""
        return self.library.shelf.indexes()

    def cursor(self, text: Text) -> int:
        """Where the reader left the text; its first passage at first."""
        first = text.numbered[0].span.start if text.numbered else 0
        offset = self.places.get("cursors", {}).get(text.slug, first)
        return offset if isinstance(offset, int) and 0 <= offset < max(1, len(text.body)) else first

    def keep_cursors(self, cursors: Mapping[str, int]) -> None:
        """Remembers where the reader is in each text."""
        self.places.put("cursors", {**self.places.get("cursors", {}), **cursors})

    # highlights

    def outlines(self, slug: str, within: Span = EVERYWHERE) -> list[Outline]:
        """What is drawn of a text's highlights, or of those that reach into a span."""
        return self.library.highlights.outlines(slug, within)

    def highlights(self, ids: Sequence[int]) -> list[Highlight]:
        """The highlights of these ids, in this order, without those that are gone or not written yet."""
        unknown = [each for each in ids if each not in self._known]
        if unknown:
            self._known.update(self.library.highlights.present(unknown))
        return [self._known[each] for each in ids if each in self._known]

    def looks(self) -> dict[str, tuple[str, str]]:
        """Colour and letter of each tag, by path."""
        if self._looks is None:
            self._looks = {
                tag.path: (tag.colour, one_line(tag.letter)[:1]) for tag in self.library.codebook.list()
            }
        return self._looks

    def linked(self) -> set[int]:
        """Ids of the highlights that a link touches."""
        if self._linked is None:
            self._linked = {end for link in self.library.links.list() for end in (link.left, link.right)}
        return self._linked

    def forget(self) -> None:
        """Drops what was remembered of the codebook, the links and the highlights: it may have changed."""
        self._looks = self._linked = None
        self._known.clear()

    # writing

    def write(
        self,
        job: Callable[[Library], T],
        done: Callable[[T], None],
        failed: Callable[[BaseException], None],
    ) -> None:
        """Does an act in the writer's thread; `done` or `failed` is then called in the thread of the screens."""

        def work(library: Library) -> _Done[T]:
            result = job(library)
            last = next((act for act in library.journal.history(_LOOKED_THROUGH) if not act.undone), None)
            return _Done(result, library.journal.position(), last.label if last else "")

        def deliver(future: Future[_Done[T]]) -> None:
            self._writing -= 1
            problem = future.exception()
            if problem is not None:
                failed(problem)
                return
            finished = future.result()
            self._seen, self.last_act = finished.position, finished.last_act
            self.forget()
            done(finished.result)

        self._writing += 1
        self.writer.submit(work).add_done_callback(lambda future: self._calls(lambda: deliver(future)))

    def changed_elsewhere(self) -> bool:
        """Whether another program has changed the library since the last look."""
        if not self.library.changed_elsewhere():
            return False
        position = self.library.journal.position()
        if position == self._seen or self._writing:
            return False
        self._seen = position
        self.forget()
        return True
