"""The desk's way to the library: one connection to read with, one thread that writes.

It knows nothing of screens. What it hands out are the store's records.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from store.errors import LibraryError, LibraryReplaced, overwritten
from store.library import Library
from store.text_names import pair_to_open
from store.writer import Writer
from texts.model import EVERYWHERE, Span
from texts.visible import one_line
from tui.drafts import DeskDrafts
from tui.ui_state import UiState

if TYPE_CHECKING:
    from store.records import Highlight, Outline, Tag
    from store.ui_state import Json
    from texts.child.runner import Child
    from texts.model import Text
    from texts.search import Index

T = TypeVar("T")

_KNOWN_BY = 60
"""Characters behind a cursor by which its place is found in another version."""
_A_FRAME = 0.005
"""Seconds in which the frame that shows an act is drawn before the act is written: a third less until it is seen."""


class _Done(NamedTuple, Generic[T]):
    """Result of a job, and where the journal then stood."""

    result: T
    position: tuple[int, int]
    next_undo: str


class Session:
    """A library opened for the desk. Close it: what is queued is written first."""

    def __init__(self, library: Path, reader: str) -> None:
        """Raises LibraryError where the library cannot be opened."""
        self.reader = reader
        self.library = Library.open(library, reader=reader)
        self.writer = Writer(library, reader, gather=_A_FRAME)
        self.ui_state = UiState(self._read_ui_state, self._write_ui_state)
        """What the desk keeps between runs."""
        self.drafts = DeskDrafts(self)
        self.next_undo = ""
        """Label of the act that undo takes back here without asking."""
        self.relating: Child | None = None
        """A child that was started ahead to relate the first two texts, and is not asked yet."""
        self.shown: tuple[str, ...] = ()
        """Slugs of the texts that are being read."""
        self._seen = self._written = self.library.journal.position()
        self._elsewhere = False
        self.replaced: LibraryReplaced | None = None
        """Why nothing more is written, where another file has come to the place of the library."""
        self._leaving = False
        self.lacks = self._lacking()
        """What to say where the file may lack what was in its log; empty else."""
        self.obstacle = ""
        """What keeps the library from being written for now."""
        self._writing = 0
        self._tags: tuple[int, list[Tag]] | None = None
        self._tag_styles: dict[str, tuple[str, str]] | None = None
        self._linked: dict[str, set[int]] = {}
        self._titles: dict[str, str] = {}
        self._known: dict[int, Highlight] = {}
        self._calls: Callable[[Callable[[], None]], object] = lambda call: call()
        self.when_changed: Callable[[], None] = lambda: None
        """Called before a result is handed over, where another program has written in between."""

    def _keep_unsaved_drafts(self) -> None:
        """Puts what was typed and could not be written any more into the copy that was made of the library."""
        unsaved = self.drafts.unsaved
        if not unsaved or self.replaced is None or not self.replaced.rescued:
            return
        with suppress(LibraryError), Library.open(self.replaced.rescued, reader=self.reader) as copy:
            for on, draft in unsaved.items():
                copy.drafts.keep(on, draft.words, seen=draft.seen)
                self.drafts.settled(on)

    def _lacking(self) -> str:
        since = self.library.lacks_log_since()
        if not since:
            return ""
        from store.health import missing_log

        return missing_log(self.library.path, since)

    def deliver_with(self, call_later: Callable[[Callable[[], None]], object]) -> None:
        """Names the way by which results reach the thread of the screens."""
        self._calls = call_later

    def call_later(self, call: Callable[[], None]) -> None:
        """Calls something in the thread of the screens."""
        self._calls(call)

    def close(self) -> None:
        """Writes what is queued, drafts that could not be written once more, and closes both connections.

        `replaced` says where that was no longer possible.
        """
        with suppress(LibraryError):  # closed already
            for on, draft in self.drafts.unsaved.items():
                self.drafts.keep(on, draft, taken_up=None, failed=lambda _: None)
        self.writer.close()
        if self.writer.replaced is not None and self.replaced is None:
            self._continue_on(self.writer.replaced)
        self.library.close()
        self._keep_unsaved_drafts()

    # texts

    @property
    def pair(self) -> tuple[str, str]:
        """Slugs of the two texts on the desk; the second may be empty."""
        return pair_to_open(self.library, self.ui_state.pair)

    @pair.setter
    def pair(self, slugs: tuple[str, str]) -> None:
        self.ui_state.pair = list(slugs)

    def text(self, slug: str) -> Text:
        """A text of the library."""
        return self.library.texts.get(slug)

    def title(self, slug: str) -> str:
        """The title of a text; empty where the library has no such text."""
        if slug not in self._titles:
            query = "SELECT title FROM text WHERE slug = ?"
            self._titles[slug] = str(self.library.connection.value(query, slug) or "")
        return self._titles[slug]

    def text_id(self, slug: str) -> int:
        """The number of a text in the library; 0 where there is no such text."""
        return int(self.library.connection.value("SELECT id FROM text WHERE slug = ?", slug) or 0)

    def text_in_version(self, slug: str, digest: str) -> Text | None:
        """A text as it was in the version with this digest; None where the library has none."""
        numbers = [each.number for each in self.library.texts.versions(slug) if each.sha256 == digest]
        return self.library.texts.version(slug, numbers[-1]) if numbers else None

    def version_changed(self, text: Text) -> bool:
        """Whether the library has another version of the text than this one."""
        return self.library.texts.digest(text.slug) not in (None, text.sha256)

    def indexes(self) -> AbstractContextManager[Callable[[str], Index]]:
        """Hands out the search indexes of texts, by their slugs, for one search."""
        return self.library.search_indexes.opened()

    def cursor(self, text: Text) -> int:
        """Where the reader left the text, also where it has been updated since; its first passage at first."""
        first = text.numbered[0].span.start if text.numbered else 0
        offset = self.ui_state.cursors.get(text.slug, first)
        if offset < 0:
            return first
        version = self.ui_state.cursor_versions.get(text.slug)
        if version is not None and version != self.library.texts.digest(text.slug):
            with suppress(LibraryError):
                (place,) = self.library.texts.current_spans(
                    self.library.texts.current_version(text.slug),
                    Span(offset, offset + _KNOWN_BY),
                    version,
                    reworded=True,
                )
                offset = place.start
        return offset if offset < max(1, len(text.body)) else first

    def keep_cursors(self, cursors: Mapping[str, tuple[Text, int]]) -> None:
        """Remembers where the reader is in each text, by slug: the version that is shown, and an offset into it."""
        offsets = {slug: offset for slug, (_, offset) in cursors.items()}
        versions = {slug: text.sha256 for slug, (text, _) in cursors.items()}
        self.ui_state.cursors = {**self.ui_state.cursors, **offsets}
        self.ui_state.cursor_versions = {**self.ui_state.cursor_versions, **versions}

    def _read_ui_state(self, key: str) -> object:
        return self.library.ui_state.get(key)

    def _write_ui_state(self, key: str, value: Json) -> None:
        """Has something kept; a library that cannot be written keeps nothing."""
        if not self.library.read_only:
            self.writer.submit(lambda library: library.ui_state.put(key, value))

    def make_indexes(self) -> None:
        """Has made, beside the screens, what a search of the texts on the desk runs over, where it is not there."""
        shown = self.shown
        if not self.library.read_only:
            self.writer.ask(lambda library: library.search_indexes.make(shown))

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

    def tags(self) -> list[Tag]:
        """All tags of the codebook, by path; read again once anybody has written."""
        written = self.library.connection.value("PRAGMA data_version")
        if self._tags is None or self._tags[0] != written:
            self._tags = (written, self.library.codebook.list())
        return self._tags[1]

    def tag_styles(self) -> dict[str, tuple[str, str]]:
        """Colour and letter of each tag, by path."""
        if self._tag_styles is None:
            self._tag_styles = {tag.path: (tag.colour, one_line(tag.letter)[:1]) for tag in self.tags()}
        return self._tag_styles

    def linked(self, slug: str) -> set[int]:
        """Ids of the highlights of a text that a link touches."""
        if slug not in self._linked:
            self._linked[slug] = self.library.links.ends_in(slug)
        return self._linked[slug]

    def forget(self) -> None:
        """Drops what was remembered of the codebook, the links, the highlights and the titles: it may have changed."""
        self._tag_styles = None
        self._linked.clear()
        self._titles.clear()
        self._known.clear()

    def ask(self, job: Callable[[Library], T], done: Callable[[T], None]) -> None:
        """Has a question that takes a while answered beside the screens; `done` is then called in their thread."""
        self.read(job, done, lambda problem: None)

    # writing

    def write(
        self,
        job: Callable[[Library], T],
        done: Callable[[T], None],
        failed: Callable[[BaseException], None],
    ) -> Future[Any]:
        """Does an act in the writer's thread; `done` or `failed` is then called in the thread of the screens.

        Where another program has written in between, `when_changed` is called before. Gives the future of the writing.
        """
        elsewhere = False

        def work(library: Library) -> _Done[T]:
            nonlocal elsewhere  # found out inside the transaction: nobody else can write before it ends
            elsewhere = library.journal.position() not in (self._written, self._seen)
            result = job(library)
            self._written = library.journal.position()
            return _Done(result, self._written, self._next_undo(library))

        def deliver(future: Future[_Done[T]]) -> None:
            self._writing -= 1
            problem = future.exception()
            if isinstance(problem, LibraryReplaced) and self.replaced is None:
                self._continue_on(problem)
            finished = None if problem is not None else future.result()
            if finished is not None:
                self._seen, self.next_undo = finished.position, finished.next_undo
                self.forget()
            if elsewhere:
                self._elsewhere = True
                self.when_changed()
            if finished is not None:
                done(finished.result)
            elif problem is not None:
                failed(problem)

        self._writing += 1
        writing = self.writer.submit(work)
        writing.add_done_callback(lambda future: self._calls(lambda: deliver(future)))
        return writing

    def read(
        self,
        job: Callable[[Library], T],
        done: Callable[[T], None],
        failed: Callable[[BaseException], None],
    ) -> None:
        """Has the writer's thread read, after all that was written before; it keeps no other program from writing."""

        def deliver(future: Future[T]) -> None:
            problem = future.exception()
            if problem is not None:
                failed(problem)
            else:
                done(future.result())

        self.writer.ask(job).add_done_callback(lambda future: self._calls(lambda: deliver(future)))

    def recheck_next_undo(self, done: Callable[[], None]) -> None:
        """Looks what undo takes back here without asking, and calls `done` where it is something else than was said."""

        def found(label: str) -> None:
            if label != self.next_undo:
                self.next_undo = label
                done()

        self.ask(self._next_undo, found)

    def _next_undo(self, library: Library) -> str:
        from store.services.undoing import (
            next_undo_label,  # in the writer's thread: the first paint does without
        )

        return next_undo_label(library, self.shown)

    @property
    def writing(self) -> bool:
        """Whether acts are on their way to the library."""
        return self._writing > 0

    def changed_elsewhere(self) -> bool:
        """Whether another program has changed the library since the last look.

        While the desk itself is writing, nothing is said yet: the writer finds out, inside its transaction.
        """
        if self._leaving or self.replaced is not None:
            return False
        try:
            if not self._elsewhere and (self._writing or not self.library.changed_elsewhere()):
                return False
            position = self.library.journal.position()
        except LibraryError as error:
            if self.library.is_written_over(error):
                return False  # the next look at the file finds what it has become
            raise
        noticed, self._elsewhere = self._elsewhere, False
        if position == self._seen and not noticed:
            return False
        self._seen = position
        self.forget()
        return True

    def look_at_file(self, told: Callable[[BaseException], None]) -> None:
        """Looks whether the library is still the file that was opened; `told` is called once it is not.

        By then a copy of what it had has been made, from which the desk reads on.
        """
        if self._leaving or self.replaced is not None:
            return
        self.obstacle = ""
        try:
            self.library.verify_file()
        except LibraryReplaced as seen:
            self._leaving = True
            self._leave_file(seen, told)
        except LibraryError as problem:
            self.obstacle = str(problem)

    def cause_of(self, error: LibraryError) -> LibraryError:
        """What is to be told where the library cannot be read: the error, or that its file was written over.

        Nothing more is written to it then.
        """
        if self.replaced is None and self.library.is_written_over(error):
            self.replaced = self.library.rescue(overwritten(str(self.library.path)))
            self.writer.leave_file(self.replaced)
        return self.replaced or error

    def _leave_file(self, seen: LibraryReplaced, told: Callable[[BaseException], None]) -> None:
        def deliver(future: Future[None]) -> None:
            problem = future.exception()
            if self.replaced is None:
                if isinstance(problem, LibraryReplaced):
                    self._continue_on(problem)
                else:  # the writer has never opened it: it came when another file was already on its way there
                    problem = self.replaced = self.library.rescue(seen)
                    self.forget()
            if problem is not None:
                told(problem)

        self.writer.leave_file(seen).add_done_callback(lambda future: self._calls(lambda: deliver(future)))

    def _continue_on(self, problem: LibraryReplaced) -> None:
        """Goes on reading from the copy that was made of what the library had."""
        self.replaced = problem
        self.library.continue_on(problem)
        self.forget()
