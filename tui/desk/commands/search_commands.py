"""Searching: as you type, hits shown in both panes, from hit to hit, the concordance, and tagging what was found."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from store.errors import LibraryError
from store.services.search import Way, find
from texts.model import Span
from texts.search import Hit, Mode, QueryError, Searchable
from texts.segment import words
from tui.desk.context import DeskContext, command
from tui.desk.elsewhere import look_elsewhere
from tui.desk.jumps import place_here
from tui.desk.navigation import go_to_hit, light_hit
from tui.desk.side import Side
from tui.keys.key_table import Press
from tui.ui_state import Place
from tui.view.prompt_history import PromptHistory

_MODES = tuple(Mode)


_WHILE_TYPING = 1_000
"""Hits that are shown while a query is being typed: one letter has a hundred thousand in a long text.

Twice as many take a frame more, and the next letter comes soon. Enter finds all.
"""


class SearchPrompt:
    """What the prompt does while a query is typed in it."""

    def __init__(self, ctx: DeskContext) -> None:
        self._ctx = ctx
        self.mode = Mode.FUZZY
        """How the next query is read."""
        self._history = PromptHistory()
        self._origin: Place | None = None
        """Where the reader was when the prompt opened: Esc returns there."""

    def begin(self, *, backwards: bool) -> None:
        """Takes a query from where the reader is; n then goes on the way that was asked for."""
        ctx = self._ctx
        ctx.state.search.backwards = backwards
        self._origin = place_here(ctx)
        self._history = PromptHistory(ctx.session.ui_state.queries)

    def open(self) -> None:
        """Opens the prompt."""
        prompt = self._ctx.overlays.prompt
        self._ctx.state.prompt = self
        prompt.open(self._label(), "")
        prompt.count(_count_words(self._ctx))

    def _label(self) -> str:
        return f"{'?' if self._ctx.state.search.backwards else '/'} {self.mode}"

    def on_change(self, text: str) -> None:
        """Finds what is typed so far, lights it, and shows the first hit after where the reader was."""
        if self._origin is None:
            return
        problem = find_in_both(self._ctx, text, self.mode, as_you_type=True)
        self._ctx.overlays.prompt.count(problem or _count_words(self._ctx))
        light_hit(self._ctx, _first_hit(self._ctx, self._origin))

    def on_cycle(self, by: int) -> None:
        """The next way of finding: fuzzy, exact, word, regex."""
        prompt = self._ctx.overlays.prompt
        self.mode = _MODES[(_MODES.index(self.mode) + by) % len(_MODES)]
        prompt.label(self._label())
        self.on_change(prompt.words)

    def on_history(self, by: int) -> None:
        """Puts an earlier query into the prompt, or a later one."""
        prompt = self._ctx.overlays.prompt
        query = self._history.walk(by, prompt.words)
        prompt.put(query)
        self.on_change(query)

    def on_submit(self, text: str) -> None:
        """Keeps what was found and goes to the first hit."""
        ctx = self._ctx
        ctx.overlays.prompt.close()
        self._history.add(text.strip())
        ctx.session.ui_state.queries = self._history.lines
        origin, self._origin = self._origin, None
        problem = find_in_both(ctx, text, self.mode)
        ctx.screen.set_focus(ctx.active.pane, scroll_visible=False)
        if problem:
            ctx.tell(problem, error=True)
        elif not ctx.state.search.hits:
            ctx.tell(
                f"nothing found: {text}; Tab in {ctx.key_of('search')} looks otherwise"
                if text.strip()
                else ""
            )
        elif origin is not None:
            hit = _first_hit(ctx, origin)
            if hit is not None:
                go_to_hit(ctx, hit)

    def on_cancel(self) -> None:
        """Esc in the prompt: nothing was asked, and the reader is where they were."""
        ctx = self._ctx
        ctx.overlays.prompt.close()
        origin, self._origin = self._origin, None
        ctx.clear_search()
        if origin is not None:
            ctx.active.pane.reveal(origin.offset)
        ctx.screen.set_focus(ctx.active.pane, scroll_visible=False)


@command("search", "search_back")
def search(ctx: DeskContext, press: Press) -> None:
    """Finds the words that are given, or opens the prompt for them; n then goes on the way that was asked for."""
    prompt = ctx.own(SearchPrompt)
    if not press.argument and ctx.active.text is None:
        ctx.tell(ctx.no_text(), error=True)
        return
    prompt.begin(backwards=press.id == "search_back")
    if press.argument:
        prompt.on_submit(press.argument)
    else:
        prompt.open()


def find_in_both(ctx: DeskContext, query: str, mode: Mode, *, as_you_type: bool = False) -> str:
    """Finds in both texts and lights all hits. Returns what is wrong with the query, or nothing."""
    found, problem = ctx.state.search, ""
    found.query = query
    try:
        found.hits = tuple(_search(ctx, query, mode, as_you_type)) if query.strip() else ()
    except (QueryError, LibraryError) as error:  # a text may have gone from the library a moment ago
        found.hits, problem = (), str(error)
    for side in ctx.sides:
        spans = [span for hit in found.hits if hit.text == side.slug for span in (hit.words or (hit.span,))]
        side.hits = sorted(hit.span for hit in found.hits if hit.text == side.slug)
        side.pane.set_hits(sorted(spans), None)
    return problem


def _search(ctx: DeskContext, query: str, mode: Mode, as_you_type: bool) -> list[Hit]:
    look_elsewhere(ctx)
    session, earlier = ctx.session, ctx.state.earlier
    with session.library.reading(), session.indexes() as index_of:
        searchables = {
            side.slug: Searchable(
                side.slug,
                side.text.body,
                (earlier.index if side.is_earlier else None) or index_of(side.slug),
                side.text.passages,
            )
            for side in ctx.sides
            if side.text is not None and not session.version_changed(side.text)
        }
        return find(
            query,
            list(searchables.values()),
            Way(mode),
            limit=_WHILE_TYPING if as_you_type else None,
            joined=session.library.joined_names(),
            as_you_type=as_you_type,
        )


def _count_words(ctx: DeskContext) -> str:
    if not ctx.overlays.prompt.words.strip():
        return "Tab: fuzzy, exact, word, regex · ↑ earlier"
    return f"the best {_WHILE_TYPING}" if len(ctx.state.search.hits) == _WHILE_TYPING else _totals(ctx)


def _first_hit(ctx: DeskContext, origin: Place) -> tuple[Side, Span] | None:
    """The next hit after where the reader was, else the first of the same text, else of the other."""
    side = ctx.active
    if ctx.state.search.backwards:
        before = _next_hit(ctx, side, origin.offset, -1)
        last = _next_hit(ctx, side, len(side.text.body), -1) if side.text else None
        return before or last or _next_hit(ctx, ctx.other, -1, 1)
    return (
        _next_hit(ctx, side, origin.offset - 1, 1)
        or _next_hit(ctx, side, -1, 1)
        or _next_hit(ctx, ctx.other, -1, 1)
    )


def _next_hit(ctx: DeskContext, side: Side, offset: int, direction: int) -> tuple[Side, Span] | None:
    spans = side.hits if direction > 0 else side.hits[::-1]
    for span in spans:
        if (span.start - offset) * direction > 0:
            return side, span
    return None


@command("search_next")
def search_next(ctx: DeskContext, press: Press) -> None:
    """To the next hit of both texts in the direction of the search; from the last to the first."""
    _step(ctx, -1 if ctx.state.search.backwards else 1, press.times)


@command("search_previous")
def search_previous(ctx: DeskContext, press: Press) -> None:
    """To the hit before; from the first to the last."""
    _step(ctx, 1 if ctx.state.search.backwards else -1, press.times)


def _step(ctx: DeskContext, direction: int, times: int) -> None:
    active = ctx.active
    hits = [(side, span) for side in _walked_sides(ctx) for span in side.hits]
    if not hits:
        elsewhere = len(ctx.other.hits)
        ctx.tell(
            f"no hit here, {elsewhere} in {ctx.name(ctx.other.slug)}: {ctx.key_of('other_pane')} goes there"
            if elsewhere
            else f"nothing is being searched: {ctx.key_of('search')} finds"
        )
        return
    here = active.number, active.pane.cursor
    places = [(side.number, span.start) for side, span in hits]
    nearest = (
        bisect_right(places, here) if direction > 0 else bisect_left(places, here) - 1
    )  # may be one beyond either end: it goes round
    go_to_hit(ctx, hits[(nearest + direction * (times - 1)) % len(hits)])


def _walked_sides(ctx: DeskContext) -> tuple[Side, ...]:
    """The sides whose hits are walked through, from the left: both, unless one is out of sight or a selection ends.

    Where both show one text, its hits are walked through once.
    """
    active = ctx.active
    together = active.pane.mode == "read" and not ctx.zoomed and ctx.other.slug != active.slug
    return tuple(ctx.sides) if together else (active,)


@command("search_selected")
def search_selected(ctx: DeskContext, press: Press) -> None:
    """Finds what is selected, or the word at the cursor, in both texts."""
    pane, text = ctx.active.pane, ctx.active.text
    if text is None:
        ctx.tell(ctx.no_text(), error=True)
        return
    span = pane.selection or _word_at(ctx, pane.cursor)
    if span is None:
        ctx.tell(
            f"no word is here: {ctx.key_of('word_next')} goes to the next one, "
            f"{ctx.key_of('select')} and motions select"
        )
        return
    query = " ".join(text.quote(span).split())
    ctx.state.search.backwards = False
    mode = ctx.own(SearchPrompt).mode
    problem = find_in_both(ctx, f'"{query}"' if " " in query and mode is Mode.FUZZY else query, mode)
    pane.clear_selection()
    if problem:
        ctx.tell(problem, error=True)
        return
    light_hit(ctx, (ctx.active, span) if span in ctx.active.hits else None)
    ctx.tell(f"/{ctx.state.search.query}  {_totals(ctx)}", good=True)


def _word_at(ctx: DeskContext, offset: int) -> Span | None:
    text = ctx.active.text
    passage = text.passage_at(offset) if text else None
    if text is None or passage is None:
        return None
    return next((span for span in words(text.body, passage.span) if span.end > offset), None)


def _totals(ctx: DeskContext) -> str:
    """How many hits there are in each text; once where both panes show the same."""
    counts = (f"{len(side.hits)} in {ctx.name(side.slug)}" for side in ctx.sides if side.text is not None)
    return " · ".join(dict.fromkeys(counts))
