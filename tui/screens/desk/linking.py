"""Linking: a typed connection between two highlights, usually across the texts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from store.errors import NotFound
from store.library import Library
from store.links import KINDS, link_label
from store.records import Highlight, Link
from texts.model import Span
from tui.keys import Press
from tui.reading.references import references
from tui.screens.desk.part import Part, does
from tui.widgets.status import Note, Tone
from tui.widgets.text_pane import TextPane

if TYPE_CHECKING:
    from tui.screens.picker import Picked

T = TypeVar("T")


class Linking(Part):
    """Starts, finishes, follows and deletes links."""

    _started: Highlight | None = None
    """The first end of a link that has no second one yet."""
    _links: list[Link] | None = None

    def links(self) -> list[Link]:
        """All links of the library."""
        return self.desk.session.library.links.list()

    def passages(self) -> set[tuple[int, int]]:
        """Numbers of passages, left and right, that a link between highlights ties together."""
        left, right = self.desk.sides
        tied: set[tuple[int, int]] = set()
        if not self.desk.session.linked() or left.text is None or right.text is None:
            return tied
        for link in self.links():
            for one, two in ((link.left, link.right), (link.right, link.left)):
                near, far = left.pane.mark(one), right.pane.mark(two)
                if near is not None and far is not None:
                    ends = left.text.passage_at(near.span.start), right.text.passage_at(far.span.start)
                    if ends[0] and ends[1] and ends[0].number and ends[1].number:
                        tied.add((ends[0].number, ends[1].number))
        return tied

    def state(self) -> object:
        """Changes when the links do."""
        return frozenset(self.desk.session.linked())

    # making links

    @does("link")
    def link(self, press: Press) -> None:
        """Starts a link at the target; at the second press finishes it."""
        target = self.desk.marking.target()
        if target is None:
            return
        started = self._started
        if target.highlight is not None:
            self._take_end(started, target.highlight)
            return

        def job(library: Library) -> Highlight:
            return library.highlights.mark(target.side.slug, target.parts)

        def done(highlight: Highlight) -> None:
            self.desk.put_highlights([highlight])
            self._take_end(started, highlight)

        target.side.pane.clear_selection()
        self.desk.gaps.drop()
        self.desk.session.write(job, done, self.refused)

    def _take_end(self, started: Highlight | None, end: Highlight) -> None:
        if started is None:
            self._started = end
            self.desk.tell(
                f"link from here: go to the other end and press {self.desk.key_of('link')} again, "
                f"{self.desk.key_of('clear')} leaves it",
                good=True,
            )
        elif started.id == end.id:
            self.desk.tell(
                f"a link wants two highlights: go to the other end and press {self.desk.key_of('link')}",
                error=True,
            )
        else:
            self._started = None
            self._add(started.id, end.id, KINDS[0])
            self.desk.marking.will_repeat(partial(self._link_here, started.id, KINDS[0]))

    @does("link_kind")
    def call(self, press: Press) -> None:
        """Says of what kind a link of the highlight at the cursor is; asks which where there are several."""
        highlight = self.desk.marking.highlight_here()
        if highlight is not None:
            self._choose("What kind has which link?", self._links_of(highlight), self._call)

    def _call(self, link: Link) -> None:
        def chosen(kind: str | None) -> None:
            if kind is not None:
                self.desk.marking.act(lambda library: library.links.edit(link.id, kind=kind))
                self.desk.marking.will_repeat(partial(self._link_here, link.left, kind))

        self.ask_kind(link.kind, chosen)

    def ask_kind(self, present: str, chosen: Callable[[str | None], None]) -> None:
        """Asks for a kind of link, the present one lit, and tells which was chosen, or None."""
        from tui.screens.picker import Choice, Picker

        def picked(which: Picked | None) -> None:
            chosen(None if which is None else which.typed if which.deed == "new" else which.key)

        choices = [Choice(kind, kind) for kind in self.desk.session.library.links.kinds()]
        title = "What does the first say to the second?"
        self.desk.app.push_screen(Picker(title, choices, new="kind", lit=present), picked)

    def _add(self, left: int, right: int, kind: str) -> None:
        self.desk.session.write(
            lambda library: library.links.add(left, right, kind=kind),
            lambda _: self._linked(kind),
            self.refused,
        )

    def _link_here(self, left: int, kind: str) -> None:
        """Links the same first end to what is here, in one act."""
        target = self.desk.marking.target()
        if target is None:
            return
        if target.highlight is not None:
            self._add(left, target.highlight.id, kind)
            return

        quote = self.desk.marking.quote(target)

        def job(library: Library) -> Link:
            with library.act(link_label(library.highlights.get(left).quote, quote, kind)):
                return library.links.add(
                    left, library.highlights.mark(target.side.slug, target.parts).id, kind=kind
                )

        target.side.pane.clear_selection()
        self.desk.gaps.drop()
        self.desk.session.write(job, lambda link: self._linked(link.kind), self.refused)

    def _linked(self, kind: str) -> None:
        self.desk.reload()
        in_text = isinstance(self.desk.focused, TextPane)  # else the list of related passages has the keys
        hint = f"; {self.desk.key_of('link_kind')} says otherwise" if in_text else ""
        self.desk.tell(f"linked: {kind}{hint}", good=True)

    def link_spans(self, near: Span, far: Span, then: Callable[[], None]) -> None:
        """Links a span of the active text to one of the other, both highlighted in the same act; `then` when done."""
        side, other = self.desk.active, self.desk.other
        if side.text is None or other.text is None:
            return
        kind = KINDS[0]
        label = link_label(side.text.quote(near), other.text.quote(far), kind)

        def job(library: Library) -> Link:
            with library.act(label):
                ends = [
                    self._highlight_of(library, slug, span)
                    for slug, span in ((side.slug, near), (other.slug, far))
                ]
                return library.links.add(ends[0], ends[1], kind=kind)

        def done(link: Link) -> None:
            self._linked(link.kind)
            then()

        self.desk.session.write(job, done, self.refused)

    @staticmethod
    def _highlight_of(library: Library, slug: str, span: Span) -> int:
        """The highlight with just this span; made where there is none."""
        for outline in library.highlights.outlines(slug, span):
            if outline.parts == (span,):
                return outline.id
        return library.highlights.mark(slug, span).id

    def cancel(self) -> None:
        """Leaves a link that was only started."""
        self._started = None

    def status_notes(self) -> list[Note]:
        """Where a link begins that still wants its other end."""
        if self._started is None or not self.desk.session.highlights([self._started.id]):
            return []
        side = self.desk.side_of(self._started.text)
        passage = side.text.passage_at(self._started.span.start) if side and side.text else None
        place = f"¶{passage.number} of " if passage and passage.number else ""
        return [Note(f"link from {place}{self._started.text}…", Tone.WARNING)]

    # following and deleting

    @does("follow_link")
    def follow(self, press: Press) -> None:
        """Goes to the other end of a link, or to what the note refers to; asks which where there are several."""
        highlight = self.desk.marking.highlight_here()
        if highlight is None:
            return
        ways = [(words, self._far_end(highlight, link)) for words, link in self._links_of(highlight)]
        gone = []
        for number in references(highlight.note):
            try:
                far = self.desk.session.library.highlights.get(number)
            except NotFound:
                gone.append(f"[[{number}]]")
            else:
                ways.append((f"[[{number}]] {far.text}: “{far.quote}”", far))
        if gone and not ways:
            self.desk.tell(f"the note refers to {', '.join(gone)}, which is no highlight of this library")
        else:
            self._choose("Follow which link?", ways, self.desk.listing.go_to_highlight)

    @does("delete_link")
    def delete(self, press: Press) -> None:
        """Deletes a link of the highlight at the cursor; asks which where there are several."""
        highlight = self.desk.marking.highlight_here()
        if highlight is not None:
            self._choose("Delete which link?", self._links_of(highlight), self._delete)

    def _links_of(self, highlight: Highlight) -> list[tuple[str, Link]]:
        """The links of a highlight, each after the words for it."""
        links = self.desk.session.library.links.of(highlight.id)
        return [(self._words(highlight, link), link) for link in links]

    def _choose(self, title: str, ways: Sequence[tuple[str, T]], act: Callable[[T], None]) -> None:
        """Does something with the only one there is, or with the one that is picked by its words."""
        from tui.screens.picker import Choice, Picker

        if not ways:
            self.desk.tell(f"no link is here: {self.desk.key_of('link')} starts one")
        elif len(ways) == 1:
            act(ways[0][1])
        else:
            choices = [Choice(str(number), words) for number, (words, _) in enumerate(ways)]

            def picked(which: Picked | None) -> None:
                if which is not None:
                    act(ways[int(which.key)][1])

            self.desk.app.push_screen(Picker(title, choices), picked)

    def _words(self, highlight: Highlight, link: Link) -> str:
        far = self._far_end(highlight, link)
        arrow = "⇄" if link.mutual else "→" if link.left == highlight.id else "←"
        note = f" ({link.note})" if link.note else ""
        return f"{link.kind} {arrow} {far.text}: “{far.quote}”{note}"

    def _far_end(self, highlight: Highlight, link: Link) -> Highlight:
        return self.desk.session.library.highlights.get(
            link.right if link.left == highlight.id else link.left
        )

    def _delete(self, link: Link) -> None:
        self.desk.marking.act(lambda library: library.links.delete(link.id))
