"""What the status line says: mode, place, what is here, what goes on, and what was done last."""

from __future__ import annotations

from collections.abc import Iterable
from os.path import basename

from store.errors import LibraryOverwritten
from store.records import Highlight
from tui.desk.context import DeskContext
from tui.desk.desk_state import Sync, Waiting
from tui.desk.target import can_be_taken, highlights_here
from tui.widgets.status import StatusNote, Tone


def status_notes(ctx: DeskContext) -> list[StatusNote]:
    """Mode, place, sync, what is here, and what was done last."""
    pane, state, session = ctx.active.pane, ctx.state, ctx.session
    notes = [StatusNote({"read": "READ", "select": "SELECT"}.get(pane.mode, "SELECT ¶"), Tone.MODE)]
    if session.replaced is not None or session.obstacle:
        notes += _file_notes(ctx)
    notes.append(StatusNote(_place_words(ctx)))
    if ctx.keys.pending:
        notes.append(StatusNote(ctx.keys.pending, Tone.WARNING))
    if state.told.words:  # before what may be cut off at the edge
        notes.append(state.told)
    if session.replaced is not None and not session.replaced.rescued:
        return notes  # all else is read from the library, in whose file something else stands by now
    if state.relations.waiting is not None:
        notes.append(_waiting_note(ctx, state.relations.waiting))
    notes += _edge_notes(ctx)
    if state.link_start is not None:
        notes += _link_notes(ctx, state.link_start)
    notes.append(StatusNote(_sync_words(ctx), Tone.DIM))
    if state.parts.spans and not state.parts.held:
        notes.append(_parts_note(ctx, len(state.parts.spans)))
    notes += _highlight_notes(ctx)
    if state.marking.armed:
        notes.append(StatusNote(f"armed: {state.marking.armed}", Tone.WARNING))
    if pane.mode != "read":
        notes.append(_quick_tag_note(ctx))
    if state.working:
        notes.append(StatusNote(state.working, Tone.WARNING))
    if not state.told.words and session.next_undo:
        notes.append(StatusNote(f"undo: {session.next_undo}", Tone.DIM))
    return notes


def show_hints(ctx: DeskContext, shown: bool) -> None:
    """Shows or hides the keys of the moment."""
    ctx.overlays.hints.display = shown
    if shown:
        draw_hints(ctx)


def draw_hints(ctx: DeskContext) -> None:
    """Draws the keys of the moment."""
    from tui.desk.context_help import hints

    ctx.overlays.hints.show(*hints(ctx))


def _file_notes(ctx: DeskContext) -> Iterable[StatusNote]:
    """Why nothing is written, as long as that is so."""
    replaced = ctx.session.replaced
    if replaced is not None:
        name, copy = ctx.session.library.path.name, basename(replaced.rescued)
        yield StatusNote(f"NOT WRITING{f' · kept in {copy}' if copy else ''}", Tone.ERROR)
        what = "overwritten" if isinstance(replaced, LibraryOverwritten) else "moved or replaced"
        yield StatusNote(f"{name} was {what}", Tone.ERROR)
    elif ctx.session.obstacle:
        yield StatusNote(f"NOT WRITING · {ctx.session.obstacle}", Tone.ERROR)


def _place_words(ctx: DeskContext) -> str:
    side = ctx.active
    if side.text is None:
        return ctx.no_text()
    passage = side.text.passage_at(side.pane.cursor)
    if passage is None or passage.number is None:
        return "furniture" if passage else "empty"
    number = side.pane.sentence_number() if ctx.is_drawn else None
    return f"¶{passage.number} s{number}" if number else f"¶{passage.number}"


def _waiting_note(ctx: DeskContext, waiting: Waiting) -> StatusNote:
    """What waits for the relations, and how far the computing of them is."""
    then, stops = ctx.key_of(waiting.id), ctx.key_of("clear")
    return StatusNote(
        f"relating {ctx.state.relations.progress} · then {then} · {stops} stops waiting", Tone.WARNING
    )


def _sync_words(ctx: DeskContext) -> str:
    """How the panes move together, what is followed, and how far the computing is."""
    sync, relations = ctx.state.sync, ctx.state.relations
    if ctx.state.aligned is not None:
        return "aligned"
    words = f"sync: {sync.way}{' (other way round next)' if sync.inverted else ''}"
    if sync.way is Sync.FOLLOW and sync.follows:
        words += f" {sync.follows}"
    if relations.found is not None and relations.is_by_meaning:
        words += " · by meaning"
    return (
        f"{words} · relating {relations.progress}" if relations.progress and not relations.waiting else words
    )


def _edge_notes(ctx: DeskContext) -> list[StatusNote]:
    """What can be done with the edges of the highlight that is being placed, or that is at the cursor."""
    if ctx.state.placing is not None:
        return [_placing_note(ctx)]
    if can_be_taken(ctx):
        return [StatusNote(f"{ctx.key_of('other_edge')} moves this highlight's edges", Tone.DIM)]
    return []


def _placing_note(ctx: DeskContext) -> StatusNote:
    """What becomes of the highlight that is being placed, and by which keys."""
    key = ctx.key_of
    keeps, leaves = key("highlight"), key("clear")
    if ctx.active.pane.selection is not None:
        words = f"move the edge ({key('other_edge')}: the other one), {keeps} keeps, {leaves} leaves it"
    else:
        words = (
            f"select where it belongs ({key('select')} and motions, {key('keep_part')} for each part), "
            f"{keeps} puts it there, {leaves} leaves it"
        )
    return StatusNote(words, Tone.WARNING)


def _link_notes(ctx: DeskContext, start: Highlight) -> list[StatusNote]:
    """Where a link begins that still wants its other end; nothing where that highlight is gone."""
    if not ctx.session.highlights([start.id]):
        return []
    side = ctx.side_of(start.text)
    passage = side.text.passage_at(start.span.start) if side and side.text else None
    place = f"¶{passage.number} of " if passage and passage.number else ""
    return [StatusNote(f"link from {place}{ctx.name(start.text)}…", Tone.WARNING)]


def _parts_note(ctx: DeskContext, count: int) -> StatusNote:
    """How many parts are kept, and what can be done with them."""
    another, drops = ctx.key_of("keep_part"), ctx.key_of("clear")
    kept = f"{count} part{'s' if count > 1 else ''} kept"
    return StatusNote(f"{kept}: {another} keeps another, a mark takes all, {drops} drops", Tone.WARNING)


def _highlight_notes(ctx: DeskContext) -> list[StatusNote]:
    """The highlights at the cursor: how many, their tags, those of the first before the others, and its signs."""
    here = highlights_here(ctx)
    if not here:
        return []
    styles, first = ctx.session.tag_styles(), here[0]
    all_tags = dict.fromkeys(tag for each in here for tag in each.tags)
    tags = " ".join(f"{styles.get(tag, ('', ''))[1]} {tag}".strip() for tag in all_tags) or "highlight"
    signs = ("★" if first.star else "") + (" ✎ note" if first.note else "")
    return [StatusNote(f"{len(here)} here: {tags} {signs}".strip())]


def _quick_tag_note(ctx: DeskContext) -> StatusNote:
    """The quick tags, which a digit alone puts on while selecting."""
    quick = ctx.session.library.codebook.digits()
    return StatusNote("  ".join(f"{digit} {tag.path}" for digit, tag in sorted(quick.items())), Tone.DIM)
