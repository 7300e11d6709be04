"""Finding: as you type, hits lit in both panes, from hit to hit, and the concordance."""

from __future__ import annotations

from functools import partial

from store.errors import LibraryError
from texts.model import Span
from texts.search import Hit, Mode, QueryError, Searchable
from texts.segment import words
from tui.finding import Way, find
from tui.keys import Press
from tui.reading.earlier import Earlier
from tui.screens.desk.moving import Place
from tui.screens.desk.part import Part, does
from tui.screens.desk.refusals import no_text
from tui.screens.desk.side import Side
from tui.screens.desk.tag_hits import TAG_HITS
from tui.screens.picker import Choice, Picked, Picker

_MODES = tuple(Mode)
_WHILE_TYPING = 2_000
"""Hits that are lit while a query is being typed: one letter has a hundred thousand in a long text."""
_CONTEXT = 34
"""Characters of context on either side of a hit in the concordance."""


class Finding(Part):
    """One query at a time, over both texts."""

    query: str = ""
    mode: Mode = Mode.FUZZY
    hits: tuple[Hit, ...] = ()
    _backwards: bool = False
    _lines: Earlier | None = None
    _origin: Place | None = None
    """Where the reader was when the prompt opened: Esc returns there."""

    @does("search", "search_back")
    def search(self, press: Press) -> None:
        """Opens the prompt; n then goes on the way that was asked for."""
        if self.desk.active.text is None:
            self.desk.tell(no_text(self.desk), error=True)
            return
        self._backwards = press.id == "search_back"
        self._origin = self.desk.moving.here()
        self.desk.asking = self
        self._earlier.begin()
        self.desk.foot.prompt.open(self._label(), "")
        self.desk.foot.prompt.count(self._count_words())

    def search_for(self, query: str, *, backwards: bool = False) -> None:
        """Finds words as if they had been typed at the prompt."""
        self._backwards = backwards
        self._origin = self.desk.moving.here()
        self.entered(query)

    def _label(self) -> str:
        return f"{'?' if self._backwards else '/'} {self.mode}"

    @property
    def _earlier(self) -> Earlier:
        if self._lines is None:
            self._lines = Earlier(self.desk.session.places.get("queries", []))
        return self._lines

    def typed(self, text: str) -> None:
        """Finds what is typed so far, lights it, and shows the first hit after where the reader was."""
        if self._origin is None:
            return
        problem = self.find(text, as_you_type=True)
        self.desk.foot.prompt.count(problem or self._count_words())
        self._light(self._first_hit(self._origin))

    def turned(self, by: int) -> None:
        """The next way of finding: fuzzy, exact, word, regex."""
        self.mode = _MODES[(_MODES.index(self.mode) + by) % len(_MODES)]
        self.desk.foot.prompt.label(self._label())
        self.typed(self.desk.foot.prompt.words)

    def walked(self, by: int) -> None:
        """Puts an earlier query into the prompt, or a later one."""
        query = self._earlier.walk(by, self.desk.foot.prompt.words)
        self.desk.foot.prompt.put(query)
        self.typed(query)

    def entered(self, text: str) -> None:
        """Keeps what was found and goes to the first hit."""
        self.desk.foot.prompt.close()
        self._earlier.add(text.strip())
        self.desk.session.places.put("queries", self._earlier.lines)
        origin, self._origin = self._origin, None
        problem = self.find(text)
        self.desk.set_focus(self.desk.active.pane, scroll_visible=False)
        if problem:
            self.desk.tell(problem, error=True)
        elif not self.hits:
            self.desk.tell(
                f"nothing found: {text}; Tab in {self.desk.key_of('search')} looks otherwise"
                if text.strip()
                else ""
            )
        elif origin is not None:
            hit = self._first_hit(origin)
            if hit is not None:
                self._go(hit)

    def left(self) -> None:
        """Esc in the prompt: nothing was asked, and the reader is where they were."""
        self.desk.foot.prompt.close()
        origin, self._origin = self._origin, None
        self.clear()
        if origin is not None:
            self.desk.active.pane.reveal(origin.offset)
        self.desk.set_focus(self.desk.active.pane, scroll_visible=False)

    def find(self, query: str, *, as_you_type: bool = False) -> str:
        """Finds in both texts and lights all hits. Returns what is wrong with the query, or nothing."""
        self.query = query
        problem = ""
        try:
            self.hits = tuple(self._search(query, as_you_type)) if query.strip() else ()
        except (QueryError, LibraryError) as error:  # a text may have gone from the library a moment ago
            self.hits, problem = (), str(error)
        for side in self.desk.sides:
            spans = [
                span for hit in self.hits if hit.text == side.slug for span in (hit.words or (hit.span,))
            ]
            side.hits = sorted(hit.span for hit in self.hits if hit.text == side.slug)
            side.pane.set_hits(sorted(spans), None)
        return problem

    def _search(self, query: str, as_you_type: bool) -> list[Hit]:
        earlier_index = self.desk.versions.earlier_index
        with self.desk.session.indexes() as index_of:
            searchables = {
                side.slug: Searchable(
                    side.slug,
                    side.text.body,
                    earlier_index(side) or index_of(side.slug),
                    side.text.passages,
                )
                for side in self.desk.sides
                if side.text is not None
            }
            return find(
                query,
                list(searchables.values()),
                Way(self.mode),
                limit=_WHILE_TYPING if as_you_type else None,
                joined=self.desk.session.library.joined_names(),
                as_you_type=as_you_type,
            )

    def _count_words(self) -> str:
        if not self.desk.foot.prompt.words.strip():
            return "Tab: fuzzy, exact, word, regex · ↑ earlier"
        return f"the best {_WHILE_TYPING}" if len(self.hits) == _WHILE_TYPING else self._totals()

    # from hit to hit

    def _first_hit(self, origin: Place) -> tuple[Side, Span] | None:
        """The next hit after where the reader was, else the first of the same text, else of the other."""
        side = self.desk.active
        if self._backwards:
            before = self._next_hit(side, origin.offset, -1)
            last = self._next_hit(side, len(side.text.body), -1) if side.text else None
            return before or last or self._next_hit(self.desk.other, -1, 1)
        return (
            self._next_hit(side, origin.offset - 1, 1)
            or self._next_hit(side, -1, 1)
            or self._next_hit(self.desk.other, -1, 1)
        )

    def _next_hit(self, side: Side, offset: int, direction: int) -> tuple[Side, Span] | None:
        spans = side.hits if direction > 0 else side.hits[::-1]
        for span in spans:
            if (span.start - offset) * direction > 0:
                return side, span
        return None

    def _light(self, hit: tuple[Side, Span] | None) -> None:
        for side in self.desk.sides:
            side.pane.set_current_hit(hit[1] if hit and hit[0] is side else None)
        if hit is not None:
            hit[0].pane.reveal(hit[1], where="near")

    def _go(self, hit: tuple[Side, Span]) -> None:
        side, span = hit
        self.desk.moving.go(Place(side.slug, span.start))
        self._light(hit)
        at = side.hits.index(span) + 1
        self.desk.tell(f"/{self.query}  hit {at} of {len(side.hits)} in {side.slug}", good=True)

    @does("search_next")
    def search_next(self, press: Press) -> None:
        """To the next hit in the direction of the search; from the last to the first."""
        self._step(-1 if self._backwards else 1, press.times)

    @does("search_previous")
    def search_previous(self, press: Press) -> None:
        """To the hit before; from the first to the last."""
        self._step(1 if self._backwards else -1, press.times)

    def _step(self, direction: int, times: int) -> None:
        side = self.desk.active
        if not side.hits:
            elsewhere = len(self.desk.other.hits)
            self.desk.tell(
                f"no hit here, {elsewhere} in {self.desk.other.slug}: {self.desk.key_of('other_pane')} goes there"
                if elsewhere
                else f"nothing is being searched: {self.desk.key_of('search')} finds"
            )
            return
        starts = [span.start for span in side.hits]
        offset = side.pane.cursor
        after = [k for k, start in enumerate(starts) if (start - offset) * direction > 0]
        nearest = (
            (after[0] if direction > 0 else after[-1]) if after else (0 if direction > 0 else len(starts) - 1)
        )
        self._go((side, side.hits[(nearest + direction * (times - 1)) % len(starts)]))

    @does("search_selected")
    def search_selected(self, press: Press) -> None:
        """Finds what is selected, or the word at the cursor, in both texts."""
        pane, text = self.desk.active.pane, self.desk.active.text
        if text is None:
            return
        span = pane.selection or self._word_at(pane.cursor)
        if span is None:
            self.desk.tell(
                f"no word is here: {self.desk.key_of('word_next')} goes to the next one, "
                f"{self.desk.key_of('select')} and motions select"
            )
            return
        query = " ".join(text.quote(span).split())
        self._backwards = False
        problem = self.find(f'"{query}"' if " " in query and self.mode is Mode.FUZZY else query)
        pane.clear_selection()
        if problem:
            self.desk.tell(problem, error=True)
            return
        self._light((self.desk.active, span) if span in self.desk.active.hits else None)
        self.desk.tell(f"/{self.query}  {self._totals()}", good=True)

    def _word_at(self, offset: int) -> Span | None:
        text = self.desk.active.text
        passage = text.passage_at(offset) if text else None
        if text is None or passage is None:
            return None
        return next((span for span in words(text.body, passage.span) if span.end > offset), None)

    def _totals(self) -> str:
        """How many hits there are in each text; once where both panes show the same."""
        counts = (f"{len(side.hits)} in {side.slug}" for side in self.desk.sides if side.text is not None)
        return " · ".join(dict.fromkeys(counts))

    def clear(self) -> None:
        """Forgets the query and puts out all hits."""
        self.query, self.hits = "", ()
        for side in self.desk.sides:
            side.hits = []
            side.pane.set_hits([], None)

    # the concordance

    @does("concordance")
    def concordance(self, press: Press) -> None:
        """All hits of the last query, of both texts, keyword in context."""
        if not self.hits:
            self.desk.tell(
                f"nothing is being searched: {self.desk.key_of('search')} finds, "
                f"then {self.desk.key_of('concordance')} shows all of it"
            )
            return
        ordered = sorted(self.hits, key=lambda hit: (hit.text != self.desk.active.slug, hit.span))
        choices = [self._line(number, hit) for number, hit in enumerate(ordered)]
        title = f"{len(ordered)} × {self.query}"
        picker = Picker(title, choices, ticks=True, deeds=(TAG_HITS,))
        self.desk.app.push_screen(picker, partial(self._picked, ordered))

    def _line(self, number: int, hit: Hit) -> Choice:
        side = self.desk.side_of(hit.text)
        body = side.text.body if side and side.text else ""
        before = " ".join(body[max(0, hit.span.start - _CONTEXT) : hit.span.start].split())
        after = " ".join(body[hit.span.end : hit.span.end + _CONTEXT].split())
        keyword = " ".join(body[hit.span.start : hit.span.end].split())
        label = f"{before[-_CONTEXT:]:>{_CONTEXT}} [{keyword}] {after}"
        return Choice(str(number), label, f"{hit.text} ¶{hit.passage or '–'}")

    def _picked(self, ordered: list[Hit], picked: Picked | None) -> None:
        if picked is not None and picked.deed == TAG_HITS.name:
            self.desk.tag_hits.ask([ordered[int(key)] for key in picked.keys], self.query)
        elif picked is not None:
            hit = ordered[int(picked.key)]
            side = self.desk.side_of(hit.text)
            if side is not None:
                self._go((side, hit.span))
