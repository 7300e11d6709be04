"""Comparing: the overview of what the two texts share, computed beside the desk, and the way back into the texts."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from store.library import Library, LibraryError
from texts.model import Span, Text
from texts.search import Hit
from tui.keys import Press
from tui.screens.desk.aside import aside, without_collecting
from tui.screens.desk.journaling import told_of_walk, walked
from tui.screens.desk.moving import Place
from tui.screens.desk.part import Part, does
from tui.screens.desk.refusals import one_text

if TYPE_CHECKING:
    from texts.compare import Name
    from texts.naming import Overrides
    from texts.relate import Relations
    from tui.reading.overview import Overview
    from tui.screens.comparison import ComparisonScreen, Going, Kept

_LOOK_AGAIN = 0.05
"""Seconds between looks at whether the desk's own relating is done."""
_SHOWN_WORDS = 40
"""Characters of a name or a quote in the status line."""


class _Made(NamedTuple):
    """A comparison that was made."""

    overview: Overview
    overrides: Overrides
    """What readers had said of names."""
    position: object
    """Where the journal stood."""

    def is_of(self, left: Text | None, right: Text | None) -> bool:
        """Whether it is of these texts, in these versions."""
        return (self.overview.comparison.left, self.overview.comparison.right) == (left, right)


class Comparing(Part):
    """Opens the comparison, has it computed, and does what is asked of it."""

    _screen: ComparisonScreen | None = None
    _made: _Made | None = None
    """The last one, shown at once when the comparison is opened again."""
    _kept: Kept | None = None

    @does("comparison")
    def comparison(self, press: Press) -> None:
        """What the two texts share, and where they part."""
        left, right = (side.text for side in self.desk.sides)
        if left is None or right is None:
            self.desk.tell(one_text(self.desk), error=True)
            return
        if left.slug == right.slug:
            self.desk.tell(
                f"both panes show {left.slug}: {self.desk.key_of('open_text')} opens another text", error=True
            )
            return
        from tui.screens.comparison import ComparisonScreen, kept_of

        if self._kept is None:
            self._kept = kept_of(self.desk.session.places.get("comparison", {}))
        if self._made is not None and not self._made.is_of(left, right):
            self._made = None
        self._screen = ComparisonScreen(self, left, right, self._kept)
        if self._made is not None:
            self._screen.show(self._made.overview)
        self.desk.app.push_screen(self._screen, self._left)
        if self._made is None or self._made.position != self.desk.session.library.journal.position():
            self._compare()

    def _tell(self, words: str, *, error: bool = False, good: bool = False) -> None:
        """Says something where the reader is: in the comparison, or on the desk once it was left."""
        teller = self._screen if self._screen is not None else self.desk
        teller.tell(words, error=error, good=good)

    def refused(self, problem: BaseException) -> None:
        """Says why something was not done, where the reader is."""
        self._tell(str(problem), error=True)

    # computing

    def _compare(self) -> None:
        """Has the two texts compared beside the desk; what was asked for before is dropped."""
        left, right = (side.text for side in self.desk.sides)
        if left is not None and right is not None:
            # To be called, not begun: where the desk is left before, nothing is. mypy takes it for a plain function.
            work = partial(self._work, left, right)
            self.desk.run_worker(work, group="compare", exclusive=True, exit_on_error=False)  # type: ignore[arg-type]

    async def _work(self, left: Text, right: Text) -> None:
        """Waits for the relations that the desk is computing anyway, and compares in a thread."""
        from texts.relate import Cancelled
        from texts.relate.beside import RelatingError

        while self.desk.relating.progress:
            if self._screen is not None:
                self._screen.progressed(f"relating {self.desk.relating.progress}")
            await asyncio.sleep(_LOOK_AGAIN)
        session, relations, before = self.desk.session, self.desk.relating.relations, self._made

        def job() -> _Made:
            with Library.open(session.library.path, reader=session.reader) as library:
                return _compared(library, left, right, relations, before)

        try:
            made = await aside(partial(without_collecting, job))
        except (LibraryError, RelatingError) as problem:
            self.refused(problem)
        except Cancelled:
            return
        else:
            self._arrived(made)

    def _arrived(self, made: _Made) -> None:
        """Shows a comparison, if it still is that of the texts on the desk."""
        if made.is_of(*(side.text for side in self.desk.sides)):
            self._made = made
            if self._screen is not None:
                self._screen.show(made.overview)
        elif self._screen is not None:
            self._screen.tell("the texts have changed: Esc goes back to them", error=True)

    # what the comparison asks for

    def evidence(self, left: int, right: int) -> tuple[list[Span], list[Span]]:
        """Spans that speak for the relation of two passages, in each text."""
        relations = self.desk.relating.relations
        found = relations.evidence(left, right) if relations is not None else []
        return [each.left for each in found], [each.right for each in found]

    def join(self, names: Sequence[Name]) -> None:
        """These names are one from now on, whatever parted their spellings before."""
        from tui.comparing import join_names, quoted

        spellings = [[each.written for each in name.spellings] for name in names]
        told = f"joined {quoted(name.label for name in names)}: u parts them again"
        self._rule(lambda library: join_names(library, *spellings), told)

    def part(self, name: Name, spelling: str) -> None:
        """A spelling is another name from now on than all others of its name."""
        from tui.comparing import part_names, quoted

        others = [each.written for each in name.spellings if each.written != spelling]
        told = f"{quoted([spelling])} is a name of its own: u joins it again"
        self._rule(lambda library: part_names(library, spelling, others), told)

    def _rule(self, job: Callable[[Library], None], told: str) -> None:
        self.desk.session.write(job, lambda _: self._ruled(told), self.refused)

    def _ruled(self, told: str) -> None:
        """Relates and compares again, because names decide on both."""
        self.desk.relating.start()
        self._compare()
        self._tell(told, good=True)

    def walk(self, way: str) -> None:
        """Undoes the last act, or does it again."""

        def done(label: str) -> None:
            self.desk.reload()
            self._ruled(told_of_walk(way, label))

        self.desk.session.write(partial(walked, way=way), done, self.refused)

    def export(self, table: str, path: Path) -> None:
        """A table to a CSV file."""
        if self._made is None:
            return
        from tui.screens.comparison.exporting import export_table

        overview = self._made.overview

        def done(rows: int) -> None:
            self._tell(f"{rows} rows exported to {path}", good=True)

        self.desk.session.write(lambda _: export_table(overview, table, path), done, self.refused)

    # back into the texts

    def _left(self, going: Going | None) -> None:
        """The comparison was left: keeps where the reader was in it, and goes where they want."""
        kept = self._kept
        if kept is not None:
            self.desk.session.places.put("comparison", {"view": str(kept.view), "rows": kept.rows})
        self._screen = None
        if going is None:
            if self._made is None:
                self.desk.workers.cancel_group(self.desk, "compare")
            return
        if self._made is None or not self._made.is_of(*(side.text for side in self.desk.sides)):
            again = self.desk.key_of("comparison")
            self.desk.tell(f"the text has changed: {again} compares it again", error=True)
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
        onward, back = self.desk.key_of("search_next"), self.desk.key_of("comparison")
        self.desk.tell(f"{words}: {counts} · {onward} next, {back} back to the comparison", good=True)


def _hits(text: Text | None, spans: Sequence[Span]) -> list[Hit]:
    """Places as a search would have found them, for the concordance and for tagging all of them."""
    if text is None:
        return []
    passages = [text.passage_at(span.start) for span in spans]
    return [
        Hit(text.slug, passage.number if passage else None, span, 100.0, (span,))
        for span, passage in zip(spans, passages, strict=True)
    ]


def _compared(
    library: Library, left: Text, right: Text, relations: Relations | None, before: _Made | None
) -> _Made:
    """The overview of two texts that are open, which takes over from the one `before` what marks leave as it was.

    An earlier version of a text, which is in no library and bears no marks, is one too.
    """
    from texts.compare import collate, compare
    from tui.comparing import comparison_of, marked_anew, tagged_in
    from tui.reading.overview import overview
    from tui.relating import relations_in
    from tui.updating import EARLIER

    position, overrides = library.journal.position(), library.naming.overrides()
    if not (library.shelf.has(left.slug) and library.shelf.has(right.slug)):
        relations = relations or relations_in(library, left, right, beside=True)
        comparison = compare(left, right, relations, overrides=overrides)
        one, other = (text.slug.partition(EARLIER)[0] for text in (left, right))
        changes = collate(left, right) if one == other else None
        return _Made(overview(comparison, changes=changes), overrides, position)
    if relations is None or before is None or before.overrides != overrides or not before.is_of(left, right):
        comparison = comparison_of(library, left.slug, right.slug, beside=True)
    else:
        comparison = marked_anew(library, before.overview.comparison, relations)
    return _Made(overview(comparison, tagged_in(library, left, right)), overrides, position)
