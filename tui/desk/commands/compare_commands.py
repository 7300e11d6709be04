"""Comparing: the overview of what the two texts share, computed beside the desk, and the way back into the texts."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from store.errors import LibraryError
from store.library import Library
from store.services.undoing import UndoSteps, undo_message
from texts.model import Span, Text
from tui.desk.background import in_background
from tui.desk.comparison_jumps import evidence_in, go_to_occurrences, go_to_passages
from tui.desk.comparison_overview import MadeOverview, make_overview
from tui.desk.context import DeskContext, command
from tui.desk.open_texts import reload
from tui.desk.relating import start_relating
from tui.desk.undoing import walk_journal
from tui.keys.key_table import Press
from tui.runtime import without_collecting

if TYPE_CHECKING:
    from texts.compare import Name
    from tui.comparison import ComparisonScreen, ComparisonState, JumpTarget

_LOOK_AGAIN = 0.05
"""Seconds between looks at whether the desk's own relating is done."""


class Comparing:
    """Opens the comparison, has it computed, and does what is asked of it."""

    def __init__(self, ctx: DeskContext) -> None:
        self._ctx = ctx
        self._screen: ComparisonScreen | None = None
        self._made: MadeOverview | None = None
        """The last one, shown at once when the comparison is opened again."""
        self._kept: ComparisonState | None = None

    def open(self) -> None:
        """What the two texts share, and where they part."""
        left, right = (side.text for side in self._ctx.sides)
        if left is None or right is None:
            self._ctx.tell(self._ctx.one_text(), error=True)
            return
        if left.slug == right.slug:
            self._ctx.tell(
                f"both panes show {self._ctx.name(left.slug)}: {self._ctx.key_of('open_text')} opens another text",
                error=True,
            )
            return
        from tui.comparison import ComparisonScreen, state_of

        if self._kept is None:
            self._kept = state_of(self._ctx.session.ui_state.comparison)
        if self._made is not None and not self._made.is_of(left, right):
            self._made = None
        self._screen = ComparisonScreen(self, left, right, self._kept)
        if self._made is not None:
            self._screen.show(self._made.overview)
        self._ctx.push(self._screen, self._left)
        if self._made is None or self._made.position != self._ctx.session.library.journal.position():
            self._compare()

    def _tell(self, words: str, *, error: bool = False, good: bool = False) -> None:
        """Says something where the reader is: in the comparison, or on the desk once it was left."""
        teller = self._screen if self._screen is not None else self._ctx
        teller.tell(words, error=error, good=good)

    def refused(self, problem: BaseException) -> None:
        """Says why something was not done, where the reader is."""
        self._tell(str(problem), error=True)

    # computing

    def _compare(self) -> None:
        """Has the two texts compared beside the desk; what was asked for before is dropped."""
        left, right = (side.text for side in self._ctx.sides)
        if left is not None and right is not None:
            # To be called, not begun: where the desk is left before, nothing is. mypy takes it for a plain function.
            work = partial(self._work, left, right)
            self._ctx.screen.run_worker(work, group="compare", exclusive=True, exit_on_error=False)  # type: ignore[arg-type]

    async def _work(self, left: Text, right: Text) -> None:
        """Waits for the relations that the desk is computing anyway, and compares in a thread."""
        from texts.meaning import MeaningError
        from texts.relate import Cancelled
        from texts.relate.relate_job import RelatingError

        while self._ctx.state.relations.progress:
            if self._screen is not None:
                self._screen.progressed(f"relating {self._ctx.state.relations.progress}")
            await asyncio.sleep(_LOOK_AGAIN)
        session, relations, before = self._ctx.session, self._ctx.state.relations.found, self._made

        def job() -> MadeOverview:
            with Library.open(session.library.path, reader=session.reader) as library:
                return make_overview(library, left, right, relations, before)

        try:
            with without_collecting():
                made = await in_background(job)
        except (LibraryError, RelatingError, MeaningError) as problem:
            self.refused(problem)
        except Cancelled:
            return
        else:
            self._arrived(made)

    def _arrived(self, made: MadeOverview) -> None:
        """Shows a comparison, if it still is that of the texts on the desk."""
        if made.is_of(*(side.text for side in self._ctx.sides)):
            self._made = made
            if self._screen is not None:
                self._screen.show(made.overview)
        elif self._screen is not None:
            self._screen.tell("the texts have changed: Esc goes back to them", error=True)

    # what the comparison asks for

    def evidence(self, left: int, right: int) -> tuple[list[Span], list[Span]]:
        """Spans that speak for the relation of two passages, in each text."""
        return evidence_in(self._ctx, left, right)

    def join(self, names: Sequence[Name]) -> None:
        """These names are one from now on, whatever parted their spellings before."""
        from store.services.comparison import join_names, quoted

        spellings = [[each.written for each in name.spellings] for name in names]
        told = f"joined {quoted(name.label for name in names)}: u parts them again"
        self._rule(lambda library: join_names(library, *spellings), told)

    def part(self, name: Name, spelling: str) -> None:
        """A spelling is another name from now on than all others of its name."""
        from store.services.comparison import part_names, quoted

        others = [each.written for each in name.spellings if each.written != spelling]
        told = f"{quoted([spelling])} is a name of its own: u joins it again"
        self._rule(lambda library: part_names(library, spelling, others), told)

    def _rule(self, job: Callable[[Library], None], told: str) -> None:
        self._ctx.session.write(job, lambda _: self._ruled(told), self.refused)

    def _ruled(self, told: str) -> None:
        """Relates and compares again, because names decide on both."""
        start_relating(self._ctx)
        self._compare()
        self._tell(told, good=True)

    def walk(self, way: str) -> None:
        """Undoes the last act, or does it again."""

        def done(steps: UndoSteps) -> None:
            reload(self._ctx)
            self._ruled(undo_message(way, steps))

        walk_journal(self._ctx, way, done, self.refused)

    def export(self, table: str, path: Path, over: bool) -> None:
        """A table to a CSV file; with `over` in the place of one that is there."""
        if self._made is None:
            return
        from tui.comparison.exporting import export_table
        from tui.dialogs.overwriting import refuse_if_there

        overview = self._made.overview

        def job(_: Library) -> int:
            refuse_if_there(path, over)
            return export_table(overview, table, path)

        def done(rows: int) -> None:
            self._tell(f"{rows} rows exported {'over' if over else 'to'} {path}", good=True)

        self._ctx.session.read(job, done, self.refused)

    # back into the texts

    def _left(self, going: JumpTarget | None) -> None:
        """The comparison was left: keeps where the reader was in it, and goes where they want."""
        kept = self._kept
        if kept is not None:
            self._ctx.session.ui_state.comparison = {"view": str(kept.view), "rows": kept.rows}
        self._screen = None
        if going is None:
            if self._made is None:
                self._ctx.screen.workers.cancel_group(self._ctx.screen, "compare")
            return
        if self._made is None or not self._made.is_of(*(side.text for side in self._ctx.sides)):
            again = self._ctx.key_of("comparison")
            self._ctx.tell(f"the text has changed: {again} compares it again", error=True)
            return
        if going.places.are_passages:
            go_to_passages(self._ctx, going)
        else:
            go_to_occurrences(self._ctx, going)


@command("comparison")
def comparison(ctx: DeskContext, press: Press) -> None:
    """What the two texts share, and where they part."""
    ctx.own(Comparing).open()
