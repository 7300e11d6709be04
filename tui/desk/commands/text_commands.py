"""The text in a pane: opening another one, its language, its furniture, the tutorial."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from store.library import Library
from store.records import TextSummary
from store.text_names import aside, text_meant
from texts.languages.telling import NAMES, UNKNOWN, language_of
from tui.desk.context import DeskContext, command
from tui.desk.navigation import TUTORIAL, open_text_in
from tui.desk.open_texts import reload, reopen_text
from tui.desk.side import Side
from tui.dialogs.choices import Choice, Picked, PickerAction
from tui.dialogs.path_completion import completed_path
from tui.dialogs.picker import Picker
from tui.dialogs.small_dialogs import Ask, Choose
from tui.keys.key_table import Press
from tui.view.tables import ViewColumn

_COLUMNS = (
    ViewColumn("title", least=24),
    ViewColumn("author", 18, gives_way=2),
    ViewColumn("words", 7, is_number=True),
    ViewColumn("name", 18, gives_way=1),
    ViewColumn("", 16, gives_way=3),
)
_ACTIONS = (
    PickerAction("ctrl+o", "other", "in the other pane"),
    PickerAction("ctrl+r", "title", "retitle"),
    PickerAction("ctrl+t", "name", "rename"),
    PickerAction("delete", "remove", "remove"),
)


@command("open_text")
def open_text(ctx: DeskContext, press: Press) -> None:
    """Another text of the library in this pane, or in the empty one; a path that is typed is added first."""
    if press.argument:
        _open_named(ctx, press.argument)
        return
    into = _pane_to_fill(ctx)
    without = aside(ctx.session.library)
    summaries = sorted(ctx.session.library.texts.list(), key=lambda text: text.slug in without)
    unread = [each.slug for each in summaries if each.slug != ctx.active.slug]
    highlighted = ctx.active.slug if into is ctx.active else next(iter(unread), "")
    choices = [_choice(ctx, each, in_program=each.slug in without) for each in summaries]
    if not ctx.session.library.texts.has(TUTORIAL):
        teaches = "a hundred words that teach the first keys"
        cells = (f"Tutorial: {teaches}", "", "", TUTORIAL, "with the program")
        choices.append(Choice(TUTORIAL, "Tutorial", teaches, "?", cells=cells))
    picker = Picker(
        f"Open in pane {into.number + 1}", choices, new="file", highlighted=highlighted,
        actions=_ACTIONS, lenient=True, completed=completed_path,
        hint="a text, or the path of a file to add", columns=_COLUMNS,
        empty="No texts yet: type the path of a file, or leave and run tui add FILE.",
    )  # fmt: skip
    ctx.push(picker, partial(_text_picked, ctx))


def _text_picked(ctx: DeskContext, picked: Picked | None) -> None:
    if picked is None:
        return
    side = _pane_to_fill(ctx)
    if picked.action == "other":
        side = ctx.sides[1 - side.number]
    if picked.action == "new":
        _add(ctx, picked.typed, side)
    elif picked.action in ("title", "name"):
        _ask_name(ctx, picked.key, picked.action)
    elif picked.action == "remove":
        _ask_remove(ctx, picked.key)
    else:
        open_text_in(ctx, picked.key, side)


def _choice(ctx: DeskContext, text: TextSummary, *, in_program: bool) -> Choice:
    """A text as a line of the list: its title, and what tells it from others of the same title."""
    open_in = next((str(side.number + 1) for side in ctx.sides if side.library_slug == text.slug), " ")
    facts = (text.author, f"{text.words}", text.slug, "with the program" if in_program else "")
    title = text.title or text.slug
    return Choice(text.slug, title, " · ".join(filter(None, facts)), open_in, cells=(title, *facts))


def _ask_name(ctx: DeskContext, slug: str, what: str) -> None:
    """Asks for another title of a text, or for another name of it on the command line."""
    now = ctx.session.title(slug) if what == "title" else slug
    hint = "" if what == "title" else "letters, digits and hyphens: what the command line calls it"

    def answered(words: str | None) -> None:
        if words is None or words == now:
            return

        def job(library: Library) -> str:
            if what == "title":
                library.texts.edit(slug, title=words)
                return slug
            library.texts.rename(slug, words)
            return words

        def done(new: str) -> None:
            reload(ctx)
            ctx.tell(f"{ctx.name(new)}: {new} on the command line", good=True)

        ctx.session.write(job, done, ctx.refused)

    ctx.push(Ask(f"{'Title' if what == 'title' else 'Name'} of {ctx.name(slug)}", now, hint=hint), answered)


def _ask_remove(ctx: DeskContext, slug: str) -> None:
    """Asks whether a text is to go, and says what goes with it."""
    from store.services.forgetting import belongings

    goes = str(belongings(ctx.session.library, slug))
    answers = {"y": f"remove it with {goes}" if goes else "remove it", "n": "leave it"}

    def answered(key: str | None) -> None:
        if key != "y":
            return
        name = ctx.name(slug)

        def done(_: object) -> None:
            reload(ctx)
            ctx.tell(f"{name} removed: {ctx.key_of('undo')} brings it back", good=True)

        ctx.session.write(lambda library: library.texts.remove(slug), done, ctx.refused)

    ctx.push(Choose(f"Remove {ctx.name(slug)} from the library?", answers), answered)


def _pane_to_fill(ctx: DeskContext) -> Side:
    """The pane for another text: the one that the reader is in, or the other while that is empty."""
    active, other = ctx.active, ctx.other
    return other if active.text is not None and other.text is None else active


def _open_named(ctx: DeskContext, name: str) -> None:
    """Opens a text by its name where `open_text` does; what is none is the path of a file, which is added first."""
    path = Path(name).expanduser()
    slug = name if name == TUTORIAL or path.exists() else text_meant(ctx.session.library, name)
    if name == TUTORIAL or (slug is not None and ctx.session.library.texts.has(slug)):
        open_text_in(ctx, slug or name, _pane_to_fill(ctx))
    else:
        _add(ctx, name, _pane_to_fill(ctx))


def _add(ctx: DeskContext, name: str, side: Side) -> None:
    path = Path(name).expanduser()
    ctx.tell(f"reading {path.name} … (Esc stops it)")
    work = partial(_add_file, ctx, path, side)
    ctx.screen.run_worker(work, thread=True, group="add", exit_on_error=False)


def _add_file(ctx: DeskContext, path: Path, side: Side) -> None:
    """Reads a file in a thread, then adds and opens it."""
    from textual.worker import get_current_worker

    from texts.load import LoadError, load

    remarks: list[str] = []
    try:
        worker = get_current_worker()
        progress = partial(_tell_progress, ctx, path.name)
        text = load(path, progress=progress, cancelled=lambda: worker.is_cancelled, remark=remarks.append)
    except LoadError as problem:
        ctx.app.call_later(ctx.refused, problem)
        return
    ctx.session.write(
        lambda library: library.texts.add(text)[0],
        lambda added: _show_added(ctx, added.slug, side, path.name, remarks),
        ctx.refused,
    )


def _show_added(ctx: DeskContext, slug: str, side: Side, name: str, remarks: list[str]) -> None:
    """Opens what was read, and says what its reader should know of the reading, such as comments left out."""
    open_text_in(ctx, slug, side)
    ctx.tell("; ".join([f"{name} is {ctx.name(slug)}", *remarks]))


def _tell_progress(ctx: DeskContext, name: str, done: int, of: int) -> None:
    """Says how far the reading of a file is: a PDF takes seconds."""
    ctx.app.call_later(ctx.tell, f"reading {name} … {done} of {of} (Esc stops it)")


@command("furniture")
def furniture(ctx: DeskContext, press: Press) -> None:
    """Takes the passage as furniture, or as part of the article: the reader's word counts."""
    side, text = ctx.active, ctx.active.text
    passage = text.passage_at(side.pane.cursor) if text else None
    if text is None or passage is None:
        ctx.tell(ctx.no_text(), error=True)
        return
    start, value = passage.span.start, not passage.is_furniture
    ctx.session.write(
        lambda library: library.texts.set_furniture(text.slug, start, value, version=text.sha256),
        lambda _: reopen_text(ctx, side, "furniture" if value else "part of the article"),
        ctx.refused,
    )


_AUTO = "auto"


@command("language")
def language(ctx: DeskContext, press: Press) -> None:
    """Lists the languages, the one that the text is taken to be in first."""
    side, text = ctx.active, ctx.active.text
    if text is None or side.is_earlier:
        ctx.tell(ctx.why_locked(side) or ctx.no_text(), error=True)
        return
    told = language_of(text.body)
    now = text.language or told
    codes = sorted(NAMES, key=lambda code: (code != now, NAMES[code]))
    picker = Picker(
        f"{ctx.name(side.slug)} is in {NAMES.get(now, 'a language that cannot be told')}",
        [
            *(Choice(code, NAMES[code], code) for code in codes),
            Choice(_AUTO, "Told from the text", NAMES.get(told, "cannot be told")),
        ],
    )

    def picked(choice: Picked | None) -> None:
        if choice is None:
            return
        code = UNKNOWN if choice.key == _AUTO else choice.key
        ctx.session.write(
            lambda library: library.texts.set_language(side.slug, code),
            lambda _: reopen_text(
                ctx, side, f"{ctx.name(side.slug)} is taken as {NAMES.get(code or told, 'unknown')}"
            ),
            ctx.refused,
        )

    ctx.push(picker, picked)
