"""The pairs of a file, ours or another program's: listed, read in both panes, linked, dismissed, tagged."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from store.library import Library
from store.sanitize import pluralize
from texts.visible import one_line
from tui.desk.background import show_work
from tui.desk.context import DeskContext, command
from tui.desk.jumps import leave_trace
from tui.desk.open_texts import activate, reload, show_text
from tui.desk.pair_rows import COLUMNS, LEGEND, PairChoices, pair_preview
from tui.desk.relating import read_dismissed
from tui.desk.tag_picker import tag_picker
from tui.desk.ties import draw_bridge
from tui.dialogs.choices import Picked, PickerAction
from tui.dialogs.path_dialog import AskPath, path_of
from tui.dialogs.picker import Picker
from tui.keys.key_table import Press

if TYPE_CHECKING:
    from store.corpus.pair_index import PairIndex, Reading
    from store.services.pair_judging import FoundPair

_ACTIONS = (
    PickerAction("l", "link", "link", stays=True),
    PickerAction("x", "dismiss", "dismiss", stays=True),
    PickerAction("t", "tag", "tag"),
    PickerAction("a", "all", "near-duplicates"),
    PickerAction("o", "other", "another file"),
)
_PREVIEW = 11
"""Rows of a preview at most."""
_AT_ONCE = 1_000
"""Pairs that are judged in one act at most."""


class PairsOfFile:
    """The file of pairs that is open, and how its list was left."""

    def __init__(self, ctx: DeskContext) -> None:
        self.index: PairIndex | None = None
        self.ungrouped = False
        """Whether near-duplicates are listed one by one."""
        self.highlighted = ""
        self.typed = ""


@command("pair_file")
def pair_file(ctx: DeskContext, press: Press) -> None:
    """The pairs of the file that is open; asks for one where none is, or opens the one that is named."""
    if press.argument:
        _read(ctx, path_of(press.argument))
    elif ctx.own(PairsOfFile).index is not None:
        _open_list(ctx)
    else:
        _ask_file(ctx)


def _ask_file(ctx: DeskContext) -> None:
    hint = "of tui corpus relate or tui related, of passim, of TextPAIR; a folder as those write it"
    index = ctx.own(PairsOfFile).index

    def answered(words: str | None) -> None:
        if words:
            _read(ctx, path_of(words))

    ctx.push(
        AskPath("Open the pairs of a file", "" if index is None else str(index.path), hint=hint), answered
    )


def _read(ctx: DeskContext, path: Path) -> None:
    """Reads a file beside the desk, in a process of its own; Esc ends it."""
    show_work(ctx, f"reading {path.name} … (Esc stops it)")
    ctx.screen.run_worker(partial(_read_beside, ctx, path), thread=True, group="add", exit_on_error=False)


class _UnwantedError(Exception):
    """The reader no longer wants what is being read."""


def _read_beside(ctx: DeskContext, path: Path) -> None:
    from textual.worker import get_current_worker

    from store.corpus.pair_index import read_pairs
    from store.errors import LibraryError

    worker = get_current_worker()

    def tick() -> None:
        if worker.is_cancelled:
            raise _UnwantedError

    def progress(reading: Reading) -> None:
        share = reading.done / max(1, reading.of)
        words = f"reading {path.name} … {share:.0%}, {pluralize(reading.pairs, 'pair')} (Esc stops it)"
        ctx.app.call_later(show_work, ctx, words)

    try:
        index = read_pairs(path, progress=progress, tick=tick)
    except _UnwantedError:
        ctx.app.call_later(_not_read, ctx, f"{path.name} was not read to its end")
    except LibraryError as problem:
        ctx.app.call_later(_not_read, ctx, str(problem))
    else:
        ctx.app.call_later(_arrived, ctx, index)


def _not_read(ctx: DeskContext, why: str) -> None:
    show_work(ctx, "")
    ctx.tell(why, error=True)


def _arrived(ctx: DeskContext, index: PairIndex) -> None:
    """Takes up what was read, and lists it unless the reader is in another list by now."""
    own = ctx.own(PairsOfFile)
    if own.index is not None:
        own.index.close()
    own.index, own.highlighted, own.typed = index, "", ""
    show_work(ctx, "")
    if not ctx.on_top or ctx.overlays.prompt.display:
        ctx.tell(
            f"{index.path.name} is read: {ctx.key_of('pair_file')} lists its {pluralize(len(index), 'pair')}"
        )
        return
    ctx.do(Press("pair_file"))  # as its key does, so that it is the last list
    if index.problems:
        records = pluralize(index.problems, "record is no pair", "records are no pairs")
        ctx.tell(f"{index.path.name}: {records}: {index.problem}; the others are listed")


# the list


def _open_list(ctx: DeskContext) -> None:
    own = ctx.own(PairsOfFile)
    index = own.index
    if index is None:
        return
    choices = PairChoices(ctx, index, ungrouped=own.ungrouped)
    by = f" by {index.by}" if index.by else ""
    title = f"{pluralize(len(index), 'pair')}{by} in {index.path.name}"
    if len(choices) < len(index):
        title += f", {len(choices):,} without near-duplicates"
    picker = Picker(
        title,
        choices,
        actions=_ACTIONS,
        ticks=True,
        preview=lambda key: pair_preview(index.pair(int(key))),
        preview_rows=min(_PREVIEW, ctx.screen.size.height // 4),
        empty="There are no pairs in this file.",
        columns=COLUMNS,
        legend=LEGEND,
        highlighted=own.highlighted,
        typed=own.typed,
        letters=True,
        acts=lambda picked: _judge(ctx, index, picker, choices, picked),
    )

    def left(picked: Picked | None) -> None:
        own.typed, own.highlighted = picker.left_at
        if picked is not None:
            _picked(ctx, index, picked)

    ctx.push(picker, left)


def _picked(ctx: DeskContext, index: PairIndex, picked: Picked) -> None:
    own = ctx.own(PairsOfFile)
    if picked.action == "pick":
        _with_found(ctx, index, picked.keys[:1], lambda found: _show(ctx, found[0]))
    elif picked.action == "tag":
        _ask_tags(ctx, index, picked.keys)
    elif picked.action == "all":
        own.ungrouped = not own.ungrouped
        _open_list(ctx)
    elif picked.action == "other":
        _ask_file(ctx)


# what is done with a pair


def _with_found(
    ctx: DeskContext, index: PairIndex, keys: Sequence[str], then: Callable[[list[FoundPair]], None]
) -> None:
    """Finds the places of pairs beside the desk, where their texts may have to be read, and hands them on.

    Why one was not found is said, and the others are handed on.
    """
    from store.services.pair_judging import PairFinder

    pairs, session = [index.pair(int(key)) for key in keys[:_AT_ONCE]], ctx.session

    def work() -> None:
        from store.errors import LibraryError

        found, problems = [], []
        try:
            with Library.open(session.library.path, reader=session.reader) as library:
                finder = PairFinder(library, index.path)
                for pair in pairs:
                    try:
                        found.append(finder.find(pair))
                    except LibraryError as problem:
                        problems.append(problem)
        except LibraryError as problem:
            problems.append(problem)
        ctx.app.call_later(arrived, found, problems)

    def arrived(found: list[FoundPair], problems: list[BaseException]) -> None:
        show_work(ctx, "")
        if problems:
            many = f"{len(problems)} of {len(pairs)} pairs cannot be found: " if len(pairs) > 1 else ""
            _refuse(ctx, f"{many}{problems[0]}")
        if found:
            then(found)

    show_work(ctx, "looking for the passages …")
    ctx.screen.run_worker(work, thread=True, group="pairs", exit_on_error=False)


def _refuse(ctx: DeskContext, why: str) -> None:
    """Says why something was not done; over the list too while that is open, as it covers what a line cannot hold."""
    ctx.tell(why, error=True)
    if ctx.app.screen is not ctx.screen:
        ctx.app.notify(one_line(why), severity="error", markup=False)


def _show(ctx: DeskContext, found: FoundPair) -> None:
    """Opens both texts of a pair at its places, the evidence marked; texts that are new come into the library."""
    from store.services.pair_judging import take_in

    if found.new:
        ctx.session.write(
            lambda library: take_in(library, found), partial(_show_taken, ctx, found), ctx.refused
        )
    else:
        _show_taken(ctx, found, found)


def _show_taken(ctx: DeskContext, before: FoundPair, found: FoundPair) -> None:
    places, evidence = list(found.places), list(found.placed.evidence)
    slugs = [place.text.slug for place in places]
    if slugs[0] != slugs[1] and [side.slug for side in ctx.sides] == slugs[::-1]:  # each stays in its pane
        places, evidence = places[::-1], evidence[::-1]
    leave_trace(ctx)
    for side, place in zip(ctx.sides, places, strict=True):
        if side.text is None or side.slug != place.text.slug:
            show_text(ctx, side, ctx.session.text(place.text.slug))
    activate(ctx, ctx.sides[0])
    for side, place, spans in zip(ctx.sides, places, evidence, strict=True):
        side.pane.reveal(place.span.start, where="middle")
        side.pane.move_to(place.span.start)
        side.pane.set_evidence(sorted(spans))
        side.pane.emphasize(place.span)
    draw_bridge(ctx)
    added = " and ".join(text.title for text in before.new)
    again = f"{ctx.key_of('pair_file')} lists the pairs again"
    ctx.tell(f"{added} added to the library; {again}" if added else again, good=bool(added))


def _judge(ctx: DeskContext, index: PairIndex, picker: Picker, choices: PairChoices, picked: Picked) -> None:
    """Links or dismisses a pair, or those that are ticked in one act; the list stays open, on the next one."""
    from store.services.pair_judging import dismiss_pair, link_pair

    act, done = (link_pair, "linked") if picked.action == "link" else (dismiss_pair, "dismissed")

    def again() -> None:
        choices.look_again()
        picker.redraw()

    _with_found(ctx, index, picked.keys, lambda found: _write(ctx, found, act, done, again))
    picker.action_move(1)


def _write(
    ctx: DeskContext,
    found: Sequence[FoundPair],
    act: Callable[[Library, FoundPair], object],
    what: str,
    then: Callable[[], None],
) -> None:
    """Does something with pairs, in one act, and says so; `then` when it is done."""

    def job(library: Library) -> None:
        if len(found) == 1:
            act(library, found[0])
            return
        with library.act(f"{what}: {len(found)} pairs"):
            for each in found:
                act(library, each)

    def done(_: None) -> None:
        _judged(ctx)
        pairs = "" if len(found) == 1 else f" {len(found)} pairs"
        ctx.tell(f"{what}{pairs}: {ctx.key_of('undo')} takes that back", good=True)
        then()

    ctx.session.write(job, done, lambda problem: _refuse(ctx, str(problem)))


def _ask_tags(ctx: DeskContext, index: PairIndex, keys: Sequence[str]) -> None:
    """Asks for tags, which go on both passages, and opens the list again."""
    from store.services.pair_judging import tag_pair

    def answered(picked: Picked | None) -> None:
        if picked is None:
            _open_list(ctx)
            return
        tags = (*picked.keys, picked.typed) if picked.action == "new" else picked.keys
        ctx.state.marking.last_tag = tags[-1]
        act, what = partial(tag_pair, tags=tags), f"tagged {', '.join(tags)}"
        _with_found(ctx, index, keys, lambda found: _write(ctx, found, act, what, lambda: _list_again(ctx)))

    ctx.push(tag_picker(ctx, "Tag both passages", ticks=True), answered)


def _list_again(ctx: DeskContext) -> None:
    if ctx.on_top:
        _open_list(ctx)


def _judged(ctx: DeskContext) -> None:
    """Shows on the desk what was done."""
    reload(ctx)
    read_dismissed(ctx)
    draw_bridge(ctx)
