"""Notes at the desk: the editor, saving what was typed, and the drafts of notes that never were saved."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from store.library import Library
from store.services.note_saving import HighlightNote, LinkNote, SavedNote, TextNote, subject_of_draft
from tui.desk.context import DeskContext
from tui.desk.navigation import go_to_highlight
from tui.desk.open_texts import put_highlights, reload
from tui.dialogs.choices import Choice, Picked, PickerAction, preview_words
from tui.dialogs.picker import Picker
from tui.drafts import DraftWords
from tui.view.times import local_time

if TYPE_CHECKING:
    from store.records import Draft
    from store.services.note_saving import NoteSubject


def write_note(
    ctx: DeskContext,
    subject: NoteSubject,
    *,
    quote: str = "",
    save: Callable[[NoteSubject, str], None] | None = None,
    draft: DraftWords | None = None,
    on: str = "",
    problem: str = "",
) -> None:
    """Opens the editor on a note.

    `save` is called with the words, by default that of this class. `draft` are words that were never saved, by
    default those that are kept for the note; `on` is what they are kept under, by default the key of the note.
    `problem` says why words that are held could not be saved.
    """
    # Here, because it brings Textual's text area, which a list of links can do without.
    from tui.dialogs.note_editor import NoteEditor

    session, key = ctx.session, on or subject.key
    if session.library.read_only:
        ctx.tell("the library is read-only: no note can be written in it", error=True)
        return
    draft = draft or session.drafts.get(key)
    if draft is not None:
        subject = subject.begun_with(draft.seen)
    taken_up = draft.words if draft else None

    def keep_draft(words: str) -> None:
        session.drafts.keep(key, DraftWords(words, subject.seen), taken_up=taken_up, failed=only_in_memory)

    def only_in_memory(problem: BaseException) -> None:
        editor.tell(f"this draft is only in memory: {problem}")

    def left(words: str | None) -> None:
        if words is None or words == subject.seen:
            session.drafts.drop(key, taken_up=taken_up)
        else:
            (save or partial(save_note, ctx, on=key))(subject, words)

    editor = NoteEditor(
        _title(subject),
        subject.seen,
        quote=quote,
        draft=taken_up,
        keep_draft=keep_draft,
        problem=problem,
    )
    ctx.push(editor, left)


def save_note(
    ctx: DeskContext,
    subject: NoteSubject,
    words: str,
    then: Callable[[], None] = lambda: None,
    *,
    on: str = "",
) -> None:
    """Saves a note, and says where its words are if not where they were written; `then` is called in any case.

    Words that cannot be saved are held, and the editor opens again with them.
    """
    key, drafts = on or subject.key, ctx.session.drafts
    draft = DraftWords(words, subject.seen)
    known = drafts.get(key)
    taken_up = known.words if known else words

    def job(library: Library) -> SavedNote:
        saved = subject.save(library, words)
        library.drafts.drop(key, taken_up=taken_up)
        return saved

    def done(saved: SavedNote) -> None:
        then()
        if saved.highlight is not None:
            put_highlights(ctx, [saved.highlight])
        else:
            reload(ctx)
        if saved.told:
            ctx.tell(saved.told + _way_to(ctx, saved), error=True)

    def failed(problem: BaseException) -> None:
        then()
        drafts.keep(key, draft, taken_up=taken_up, failed=lambda _: None)
        reload(ctx)
        ctx.tell(f"not saved: {problem}", error=True)
        if ctx.on_top:
            write_note(ctx, subject, draft=draft, on=key, problem=str(problem))

    drafts.hold(key, draft, lambda: ctx.session.write(job, done, failed))


def _way_to(ctx: DeskContext, saved: SavedNote) -> str:
    """The keys that show a note where words have been put."""
    answer = "l" if saved.text is None else "t"
    return f" ({ctx.key_of('library_note')} {answer})" if saved.apart else ""


def list_drafts(ctx: DeskContext) -> None:
    """Lists the drafts, to go on with one or to delete it."""
    by_key = {draft.key: draft for draft in ctx.session.library.drafts.list()}
    choices = [
        Choice(
            draft.key,
            " ".join(draft.words.split()),
            f"{draft.key} · {draft.reader} {local_time(draft.updated)}",
        )
        for draft in by_key.values()
    ]
    picker = Picker(
        "Unsaved drafts of notes",
        choices,
        actions=(PickerAction("delete", "delete", "delete"),),
        preview=lambda key: preview_words((by_key[key].words, "")),
        empty="No drafts: every note is saved.",
    )
    ctx.push(picker, partial(_draft_picked, ctx, by_key))


def _draft_picked(ctx: DeskContext, by_key: dict[str, Draft], picked: Picked | None) -> None:
    if picked is None:
        return
    draft = by_key[picked.key]
    if picked.action == "delete":
        ctx.session.write(
            lambda library: library.drafts.delete(draft.key), lambda _: list_drafts(ctx), ctx.refused
        )
        return
    subject = subject_of_draft(ctx.session.library, draft)
    if isinstance(subject, HighlightNote):
        go_to_highlight(ctx, subject.highlight)
    write_note(ctx, subject, draft=DraftWords(draft.words, draft.seen), on=draft.on)


def _title(subject: NoteSubject) -> str:
    """What the editor is headed with."""
    if isinstance(subject, HighlightNote):
        return f"Note on highlight {subject.highlight.id}"
    if isinstance(subject, LinkNote):
        return f"Note on the link ({subject.link.kind})"
    if isinstance(subject, TextNote):
        return f"Note on {subject.text or 'the library'}"
    return "Note"
