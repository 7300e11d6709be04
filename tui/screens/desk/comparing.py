"""Comparing: the overview of what the two texts share, computed beside the desk, and the way back into the texts."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from itertools import combinations, product
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, NamedTuple

from textual.worker import WorkerFailed

from store.library import Library, LibraryError
from texts.model import Span, Text
from texts.search import Hit
from tui.keys import Press
from tui.screens.desk.moving import Place
from tui.screens.desk.part import Part, does

if TYPE_CHECKING:
    from texts.compare import Name
    from texts.naming import Overrides
    from texts.relate import Relations
    from tui.reading.overview import Overview
    from tui.screens.comparison import ComparisonScreen, Going, Kept

    _Answer = tuple[Overview, Overrides]

_LOOK_AGAIN = 0.1
"""Seconds between looks at whether the desk's own relating is done."""
_SHOWN_WORDS = 40
"""Characters of a name or a quote in the status line."""


class _Before(NamedTuple):
    """A comparison that was made."""

    overview: Overview
    overrides: Overrides
    """What readers had said of names."""
    position: object
    """Where the journal stood."""


class Comparing(Part):
    """Opens the comparison, has it computed, and does what is asked of it."""

    _screen: ComparisonScreen | None = None
    _before: _Before | None = None
    """The last one, shown at once when the comparison is opened again."""
    _kept: Kept | None = None

    @does("comparison")
    def comparison(self, press: Press) -> None:
        """What the two texts share, and where they part."""
        left, right = (side.text for side in self.desk.sides)
        if left is None or right is None:
            self.desk.tell("this wants two texts: Space d opens another", error=True)
            return
        if left.slug == right.slug:
            self.desk.tell(f"both panes show {left.slug}: Space d opens another text", error=True)
            return
        from tui.screens.comparison import ComparisonScreen
        from tui.screens.comparison.screen import kept_of

        if self._kept is None:
            self._kept = kept_of(self.desk.session.places.get("comparison", {}))
        if self._overview is not None and not self._is_of(self._overview, left, right):
            self._before = None
        self._screen = ComparisonScreen(self, left, right, self._kept)
        if self._overview is not None:
            self._screen.show(self._overview)
        self.desk.app.push_screen(self._screen, self._left)
        if self._before is None or self._before.position != self._position():
            self._compare()

    @staticmethod
    def _is_of(overview: Overview, left: Text | None, right: Text | None) -> bool:
        return (overview.comparison.left, overview.comparison.right) == (left, right)

    @property
    def _overview(self) -> Overview | None:
        return self._before.overview if self._before is not None else None

    def _position(self) -> object:
        return self.desk.session.library.journal.position()

    # computing

    def _compare(self) -> None:
        """Has the two texts compared beside the desk; what was asked for before is dropped."""
        left, right = (side.text for side in self.desk.sides)
        if left is not None and right is not None:
            self.desk.run_worker(
                self._work(left, right), group="compare", exclusive=True, exit_on_error=False
            )

    async def _work(self, left: Text, right: Text) -> None:
        """Waits for the relations that the desk is computing anyway, and compares in a thread."""
        from texts.relate import Cancelled
        from texts.relate.beside import RelatingError

        await self._related()
        position = self._position()
        answer: asyncio.Future[_Answer] = asyncio.get_running_loop().create_future()
        # A daemon: a reader who leaves while two long texts are compared does not wait for the end of it.
        Thread(target=self._in_thread, args=(left, right, answer), daemon=True).start()
        try:
            overview, overrides = await answer
        except (LibraryError, RelatingError) as problem:
            if self._screen is not None:
                self._screen.tell(str(problem), error=True)
            return
        except Cancelled:
            return
        if self._is_of(overview, *(side.text for side in self.desk.sides)):
            self._before = _Before(overview, overrides, position)
            if self._screen is not None:
                self._screen.show(overview)

    async def _related(self) -> None:
        """Waits until the desk has related the pair, or cannot."""
        for worker in [each for each in self.desk.workers if each.group == "relate" and not each.is_finished]:
            waiting = asyncio.ensure_future(worker.wait())
            while not waiting.done():
                self._progressed(self.desk.relating.sync_words().rpartition(" · ")[2])
                await asyncio.wait([waiting], timeout=_LOOK_AGAIN)
            with suppress(WorkerFailed, asyncio.CancelledError):
                waiting.result()

    def _progressed(self, words: str) -> None:
        if self._screen is not None:
            self._screen.progressed(words)

    def _in_thread(self, left: Text, right: Text, answer: asyncio.Future[_Answer]) -> None:
        loop = answer.get_loop()

        def deliver(result: _Answer | BaseException) -> None:
            if answer.cancelled():
                return
            if isinstance(result, BaseException):
                answer.set_exception(result)
            else:
                answer.set_result(result)

        result: _Answer | BaseException
        session = self.desk.session
        # So many small records make the collector walk through all of them again and again, which every key would
        # wait for; what is made here lives on, so that it need not look at it later either.
        gc.disable()
        try:
            with Library.open(session.library.path, reader=session.reader) as library:
                result = _compared(library, left, right, self.desk.relating.relations, self._before)
        except Exception as problem:  # told where the answer is awaited
            result = problem
        finally:
            gc.freeze()
            gc.enable()
        with suppress(RuntimeError):  # the program has ended meanwhile
            loop.call_soon_threadsafe(deliver, result)

    # what the comparison asks for

    def evidence(self, left: int, right: int) -> tuple[list[Span], list[Span]]:
        """Spans that speak for the relation of two passages, in each text."""
        relations = self.desk.relating.relations
        found = relations.evidence(left, right) if relations is not None else []
        return [each.left for each in found], [each.right for each in found]

    def join(self, names: Sequence[Name]) -> None:
        """These names are one from now on, whatever parted their spellings before."""
        from texts.naming import spelling_key
        from tui.comparing import join_names

        first, *others = names

        def job(library: Library) -> None:
            parted = {frozenset(map(spelling_key, pair)) for pair in library.naming.overrides().parted}
            with library.act(f"joined the names {_quoted(name.label for name in names)}"):
                for other in others:
                    join_names(library, first.label, other.label)
                for one, two in combinations(names, 2):
                    for mine, its in product(one.spellings, two.spellings):
                        if frozenset(map(spelling_key, (mine.written, its.written))) in parted:
                            join_names(library, mine.written, its.written)

        self._rule(job, f"joined {_quoted(name.label for name in names)}: u parts them again")

    def part(self, name: Name, spelling: str) -> None:
        """A spelling is another name from now on than all others of its name."""
        from tui.comparing import part_names

        others = [each.written for each in name.spellings if each.written != spelling]

        def job(library: Library) -> None:
            with library.act(f"parted the name {_quoted([spelling])} from {_quoted([name.label])}"):
                for other in others:
                    part_names(library, spelling, other)

        self._rule(job, f"{_quoted([spelling])} is a name of its own: u joins it again")

    def _rule(self, job: Callable[[Library], None], told: str) -> None:
        self.desk.session.write(job, partial(self._ruled, told), self._refused)

    def _ruled(self, told: str, _: object) -> None:
        """Relates and compares again, because names decide on both."""
        self.desk.relating.start()
        self._compare()
        if self._screen is not None:
            self._screen.tell(told, good=True)

    def _refused(self, problem: BaseException) -> None:
        if self._screen is not None:
            self._screen.tell(str(problem), error=True)

    def walk(self, way: str) -> None:
        """Undoes the last act, or does it again."""

        def job(library: Library) -> str:
            act = library.journal.undo() if way == "undo" else library.journal.redo()
            return act.label if act else ""

        def done(label: str) -> None:
            self.desk.reload()
            self._ruled(
                f"{'undone' if way == 'undo' else 'done again'}: {label}" if label else f"nothing to {way}",
                None,
            )

        self.desk.session.write(job, done, self._refused)

    def export(self, table: str, path: Path) -> None:
        """A table to a CSV file."""
        overview, screen = self._overview, self._screen
        if overview is None or screen is None:
            return

        def done(rows: int) -> None:
            screen.tell(f"{rows} rows exported to {path}", good=True)

        from tui.screens.comparison.exporting import export_table

        self.desk.session.write(lambda _: export_table(overview, table, path), done, self._refused)

    # back into the texts

    def _left(self, going: Going | None) -> None:
        """The comparison was left: keeps where the reader was in it, and goes where they want."""
        kept = self._kept
        if kept is not None:
            self.desk.session.places.put("comparison", {"view": str(kept.view), "rows": kept.rows})
        self._screen = None
        if going is None:
            if self._overview is None:
                self.desk.workers.cancel_group(self.desk, "compare")
            return
        if self._overview is None or not self._is_of(
            self._overview, *(side.text for side in self.desk.sides)
        ):
            self.desk.tell("the text has changed: Space x compares it again", error=True)
            return
        if going.places.are_passages:
            self._go_to_passages(going)
        else:
            self._go_to_occurrences(going)

    def _go_to_passages(self, going: Going) -> None:
        """Goes to a passage in each pane."""
        spans = going.places.left[:1], going.places.right[:1]
        active = self.desk.active if spans[self.desk.active.number] else self.desk.other
        self.desk.finding.clear()
        self.desk.moving.go(Place(active.slug, spans[active.number][0].start))
        for side, found in zip(self.desk.sides, spans, strict=True):
            if found and side is not active:
                side.pane.move_to(found[0].start)
        # After the panes have told of their cursors, because a pane that follows the other would move again.
        self.desk.call_after_refresh(self._light_passages, spans)

    def _light_passages(self, spans: Sequence[Sequence[Span]]) -> None:
        """Puts the passages at the top of their panes, lit, with what speaks for their relation underlined."""
        numbers: list[int] = []
        for side, found in zip(self.desk.sides, spans, strict=True):
            side.pane.set_evidence([])
            side.pane.set_lit(found[0] if found else None)
            number = side.passage_number() if found else None
            if found and number is not None:
                numbers.append(number)
                side.pane.reveal(found[0], "top")
        if len(numbers) == len(spans):
            for side, evidence in zip(self.desk.sides, self.evidence(*numbers), strict=True):
                side.pane.set_evidence(sorted(evidence))
        self.desk.relating.draw_bridge()

    def _go_to_occurrences(self, going: Going) -> None:
        """Lights every occurrence as a hit in both panes and goes to the first one: n and N walk through them."""
        spans = going.places.left, going.places.right
        finding = self.desk.finding
        finding.clear()
        words = " ".join(going.words.split())[:_SHOWN_WORDS]
        finding.query = words
        finding.hits = tuple(
            hit for side, found in zip(self.desk.sides, spans, strict=True) for hit in _hits(side.text, found)
        )
        active = self.desk.active if spans[self.desk.active.number] else self.desk.other
        for side, found in zip(self.desk.sides, spans, strict=True):
            side.hits = list(found)
            first = found[0] if found else None
            side.pane.set_hits(found, first if side is active else None)
            if first is not None:
                side.pane.reveal(first, "middle")
        self.desk.moving.go(Place(active.slug, spans[active.number][0].start))
        counts = ", ".join(f"{len(side.hits)} in {side.slug}" for side in self.desk.sides)
        self.desk.tell(f"{words}: {counts} · n next, Space x back to the comparison", good=True)


def _hits(text: Text | None, spans: Sequence[Span]) -> list[Hit]:
    """Places as a search would have found them, for the concordance and for tagging all of them."""
    if text is None:
        return []
    passages = [text.passage_at(span.start) for span in spans]
    return [
        Hit(text.slug, passage.number if passage else None, span, 100.0, (span,))
        for span, passage in zip(spans, passages, strict=True)
    ]


def _quoted(words: Iterable[str]) -> str:
    return ", ".join(f"“{word[:_SHOWN_WORDS]}”" for word in words)


def _compared(
    library: Library, left: Text, right: Text, relations: Relations | None, before: _Before | None
) -> tuple[Overview, Overrides]:
    """The overview of two texts that are open, and what readers had said of names when it was made.

    An earlier version of a text, which is in no library, is one too. Marks alone leave the words as they were, which
    cost most to compare: they are taken over from the overview `before`.
    """
    from texts.compare import collate, compare, coverage, tag_table
    from tui.comparing import comparison_of, linked_passages, tagged_in
    from tui.reading.overview import overview
    from tui.relating import dismissed_passages, relations_in
    from tui.updating import EARLIER

    overrides = library.naming.overrides()
    if not (library.shelf.has(left.slug) and library.shelf.has(right.slug)):
        relations = relations or relations_in(library, left, right, beside=True)
        comparison = compare(left, right, relations, overrides=overrides)
        one, other = (text.slug.partition(EARLIER)[0] for text in (left, right))
        return overview(comparison, changes=collate(left, right) if one == other else None), overrides
    tagged = list(tagged_in(library, left, right))
    if before is None or before.overrides != overrides or relations is None:
        comparison = comparison_of(library, left.slug, right.slug, beside=True)
        return overview(comparison, tagged), overrides
    old = before.overview.comparison
    linked = frozenset(linked_passages(library, left, right))
    dismissed = dismissed_passages(library, left, right)
    least = old.coverage.min_score
    related = tuple(pair for pair in relations.pairs(least) if (pair.left, pair.right) not in dismissed)
    comparison = replace(
        old,
        coverage=coverage(left, right, related, linked=linked, min_score=least),
        tags=tag_table(tagged, (left.slug, right.slug)),
        related=related,
        linked=linked,
    )
    return overview(comparison, tagged), overrides
