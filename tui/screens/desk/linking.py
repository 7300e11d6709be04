"""Linking: a typed connection between two highlights, usually across the texts."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from store.library import Library
from store.records import Highlight, Link
from texts.model import Span
from tui.keys import Press
from tui.screens.desk.moving import Place
from tui.screens.desk.part import Part, does
from tui.screens.picker import Choice, Picked, Picker


class Linking(Part):
    """Starts, finishes, follows and deletes links."""

    _started: Highlight | None = None
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
                near, far = left.highlights.get(one), right.highlights.get(two)
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
        self.desk.session.write(job, done, self._failed)

    def _take_end(self, started: Highlight | None, end: Highlight) -> None:
        if started is None:
            self._started = end
            self.desk.tell("link from here: go to the other end and press p again, Esc leaves it", good=True)
        elif started.id == end.id:
            self.desk.tell("a link wants two highlights: go to the other end and press p", error=True)
        else:
            self._started = None
            self._ask_kind(started.id, end.id)

    def _ask_kind(self, left: int, right: int) -> None:
        kinds = self.desk.session.library.links.kinds()
        title = "What does the first say to the second?"
        picker = Picker(title, [Choice(kind, kind) for kind in kinds], new="kind")
        self.desk.app.push_screen(picker, partial(self._kind_picked, left, right))

    def _kind_picked(self, left: int, right: int, picked: Picked | None) -> None:
        if picked is None:
            self.desk.tell("no link was made")
            return
        kind = picked.typed if picked.deed == "new" else picked.key
        self.desk.session.write(
            lambda library: library.links.add(left, right, kind=kind),
            lambda _: self._linked(kind),
            self._failed,
        )

    def _linked(self, kind: str) -> None:
        self.desk.reload()
        self.desk.tell(f"linked: {kind}", good=True)

    def _failed(self, problem: BaseException) -> None:
        self.desk.tell(str(problem), error=True)

    def link_spans(self, near: Span, far: Span) -> None:
        """Links a span of the active text to one of the other, both highlighted in the same act."""
        side, other = self.desk.active, self.desk.other
        if other.text is None:
            return
        passage = other.text.passage_at(far.start)
        place = f"¶{passage.number} of {other.slug}" if passage and passage.number else other.slug

        def job(library: Library) -> Link:
            with library.act(f"linked a passage of {side.slug} to {place}"):
                ends = [
                    self._highlight_of(library, slug, span)
                    for slug, span in ((side.slug, near), (other.slug, far))
                ]
                return library.links.add(ends[0], ends[1], kind="same")

        self.desk.session.write(job, lambda link: self._linked(link.kind), self._failed)

    @staticmethod
    def _highlight_of(library: Library, slug: str, span: Span) -> int:
        """The highlight with just this span; made where there is none."""
        for highlight in library.highlights.of(slug):
            if highlight.parts == (span,):
                return highlight.id
        return library.highlights.mark(slug, span).id

    def cancel(self) -> None:
        """Leaves a link that was only started."""
        self._started = None

    # following and deleting

    @does("follow_link")
    def follow(self, press: Press) -> None:
        """Goes to the other end of a link of the highlight at the cursor; asks which where there are several."""
        self._with_link("Follow which link?", self._follow)

    @does("delete_link")
    def delete(self, press: Press) -> None:
        """Deletes a link of the highlight at the cursor."""
        self._with_link("Delete which link?", self._delete)

    def _with_link(self, title: str, act: Callable[[Highlight, Link], None]) -> None:
        highlight = self.desk.marking.highlight_here()
        if highlight is None:
            return
        links = self.desk.session.library.links.of(highlight.id)
        if not links:
            self.desk.tell("no link is here: p starts one")
        elif len(links) == 1:
            act(highlight, links[0])
        else:
            choices = [Choice(str(link.id), self._words(highlight, link), link.note) for link in links]

            def picked(which: Picked | None) -> None:
                if which is not None:
                    act(highlight, next(link for link in links if str(link.id) == which.key))

            self.desk.app.push_screen(Picker(title, choices), picked)

    def _words(self, highlight: Highlight, link: Link) -> str:
        far = self._far_end(highlight, link)
        arrow = "⇄" if link.mutual else "→" if link.left == highlight.id else "←"
        return f"{link.kind} {arrow} {far.text}: “{far.quote}”"

    def _far_end(self, highlight: Highlight, link: Link) -> Highlight:
        return self.desk.session.library.highlights.get(
            link.right if link.left == highlight.id else link.left
        )

    def _follow(self, highlight: Highlight, link: Link) -> None:
        far = self._far_end(highlight, link)
        self.desk.moving.go(Place(far.text, far.span.start))

    def _delete(self, highlight: Highlight, link: Link) -> None:
        self.desk.marking.act(lambda library: library.links.delete(link.id))
