"""Notes on what is marked, on a text and on the library."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from store.sanitize import pluralize
from store.services.note_saving import TextNote
from tui.desk.context import DeskContext, command
from tui.desk.marking import do_and_repeat, show_pending, will_repeat
from tui.desk.noting import list_drafts, save_note, write_note
from tui.desk.target import Target, find_target, with_target
from tui.dialogs.small_dialogs import Choose
from tui.keys.key_table import Press

if TYPE_CHECKING:
    from store.services.note_saving import NoteSubject


@command("note")
def note(ctx: DeskContext, press: Press) -> None:
    """Writes a note on the target, which becomes a highlight if it is none; in the editor where no words are given."""
    if press.argument:
        do_and_repeat(ctx, lambda: with_target(ctx, partial(_put_words, ctx, press.argument)))
        return
    target = find_target(ctx)
    if target is None:
        return

    def save(subject: NoteSubject, words: str) -> None:
        _put_note(ctx, target, subject, words)
        will_repeat(ctx, lambda: with_target(ctx, partial(_put_words, ctx, words)))

    write_note(ctx, _note_of(ctx, target), quote=target.quote, save=save)


def _put_words(ctx: DeskContext, words: str, target: Target) -> None:
    _put_note(ctx, target, _note_of(ctx, target), words)


def _note_of(ctx: DeskContext, target: Target) -> NoteSubject:
    """The note of a target."""
    from store.services.note_saving import HighlightNote, PlaceNote  # the first paint does without

    if target.highlight is not None:
        return HighlightNote(target.highlight)
    return PlaceNote(target.text, target.parts, (ctx.state.marking.armed,) if ctx.state.marking.armed else ())


def _put_note(ctx: DeskContext, target: Target, subject: NoteSubject, words: str) -> None:
    """Saves a note on a target: the mark of a new highlight is seen at once."""
    if target.highlight is not None:
        save_note(ctx, subject, words)
    elif words.strip():
        pending = show_pending(ctx, target, ctx.state.marking.armed, star=False, noted=True)
        save_note(ctx, subject, words, lambda: target.side.pane.drop_mark(pending.id))


@command("library_note")
def library_note(ctx: DeskContext, press: Press) -> None:
    """The note on the library, or on this text."""
    slug = ctx.active.slug
    if not slug and not ctx.session.library.drafts.list():
        _note_chosen(ctx, "l")
        return
    answers = {"l": "the note on the library", "t": f"the note on {ctx.name(slug)}"}
    drafts = len(ctx.session.library.drafts.list())
    if drafts:
        answers["d"] = f"{pluralize(drafts, 'draft')} that {'was' if drafts == 1 else 'were'} never saved"
    ctx.push(Choose("Which note?", answers), partial(_note_chosen, ctx))


def _note_chosen(ctx: DeskContext, key: str | None) -> None:
    if key is None:
        return
    if key == "d":
        list_drafts(ctx)
        return
    slug = ctx.active.slug if key == "t" else None
    mine = ctx.session.library.notes.mine(slug)
    write_note(ctx, TextNote(slug, mine.words if mine else ""))
