"""Places that the reader goes back to, and places under letters."""

from __future__ import annotations

from contextlib import suppress

from store.errors import NotFound
from texts.model import Text
from tui.desk.context import DeskContext
from tui.keys.keymap import Continuation
from tui.ui_state import Place

_JUMPS_KEPT = 100


def start_jumps(ctx: DeskContext) -> None:
    """Takes up the jumps and letters of the last run."""
    kept, jumps = ctx.session.ui_state, ctx.state.jumps
    jumps.back, jumps.letters, jumps.versions = kept.jumps, kept.letters, kept.jump_versions


def keep_jumps(ctx: DeskContext) -> None:
    """Keeps jumps and letters for the next run."""
    kept, jumps = ctx.session.ui_state, ctx.state.jumps
    kept.jumps, kept.letters, kept.jump_versions = jumps.back[-_JUMPS_KEPT:], jumps.letters, jumps.versions


def bring_jumps_along(ctx: DeskContext, text: Text) -> None:
    """Puts the places in a text at the same words, where it has another version than when they were remembered."""
    jumps = ctx.state.jumps
    before = jumps.versions.get(text.slug)
    if before is None or before == text.sha256:
        return
    jumps.versions[text.slug] = text.sha256
    old = ctx.session.text_in_version(text.slug, before)
    if old is None:
        return
    # Here, because most runs never see a text change.
    from tui.desk.viewpoint import offsets_after

    places = (*jumps.back, *jumps.forward, *jumps.letters.values())
    offsets = sorted({place.offset for place in places if place.text == text.slug})
    now = dict(zip(offsets, offsets_after(old, text, offsets), strict=True))

    def moved(place: Place) -> Place:
        return place._replace(offset=now[place.offset]) if place.text == text.slug else place

    for way in (jumps.back, jumps.forward):
        way[:] = map(moved, way)
    jumps.letters.update({letter: moved(place) for letter, place in jumps.letters.items()})


def rename_jumps(ctx: DeskContext, old: str, new: str) -> None:
    """Calls a text by its new slug in all places that are remembered."""

    def renamed(place: Place) -> Place:
        return place._replace(text=new) if place.text == old else place

    jumps = ctx.state.jumps
    for way in (jumps.back, jumps.forward):
        way[:] = map(renamed, way)
    jumps.letters.update({letter: renamed(place) for letter, place in jumps.letters.items()})
    if old in jumps.versions:
        jumps.versions[new] = jumps.versions.pop(old)


def bring_closed_along(ctx: DeskContext, slug: str) -> None:
    """Does so for a text that is about to be opened at one of its places."""
    digest = ctx.session.library.texts.digest(slug)
    if ctx.side_of(slug) is None and ctx.state.jumps.versions.get(slug) != digest:
        with suppress(NotFound):
            bring_jumps_along(ctx, ctx.session.text(slug))


def place_here(ctx: DeskContext) -> Place:
    """Where the cursor is."""
    side = ctx.active
    if side.text is not None:
        ctx.state.jumps.versions.setdefault(side.slug, side.text.sha256)
    return Place(side.slug, side.pane.cursor)


def leave_trace(ctx: DeskContext) -> None:
    """Remembers where the reader is, before a jump, so that Ctrl-o returns."""
    here = place_here(ctx)
    if not ctx.state.jumps.back or ctx.state.jumps.back[-1] != here:
        ctx.state.jumps.back.append(here)
    ctx.state.jumps.forward.clear()


def letters_set(ctx: DeskContext) -> list[Continuation]:
    """The letters that places are remembered under, for what can follow m and '."""
    return [
        Continuation(letter, _place_words(ctx, place))
        for letter, place in sorted(ctx.state.jumps.letters.items())
    ]


def _place_words(ctx: DeskContext, place: Place) -> str:
    side = ctx.side_of(place.text)
    passage = side.text.passage_at(place.offset) if side and side.text else None
    name = ctx.name(place.text)
    return f"{name} ¶{passage.number}" if passage and passage.number else name
