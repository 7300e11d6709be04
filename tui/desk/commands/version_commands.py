"""The versions of a text: reading an earlier one, and updating from a file.

Reading files, comparing versions and finding highlights again take time on long texts: a thread does that, with a
connection of its own to the library, and the status line says so meanwhile.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content

from store.library import Library
from store.records import Anchor, Update, Version
from store.services.versions import earlier_version, map_offset
from store.text_names import EARLIER
from texts.model import Span, Text
from tui.desk.background import read_beside, show_work, work_failed
from tui.desk.context import DeskContext, command
from tui.desk.open_texts import leave_earlier, show_text, take_new_versions
from tui.desk.reviewing import SIGNS, keep_old_quotes, old_quotes, review
from tui.dialogs.choices import Choice, Picked, PickerAction
from tui.dialogs.path_dialog import AskPath, path_of
from tui.dialogs.picker import Picker
from tui.dialogs.small_dialogs import Page
from tui.keys.key_table import Press
from tui.view.times import local_time

if TYPE_CHECKING:
    from texts.search import Index

_SHOWN_BEFOREHAND = 40
"""Highlights that the report before an update spells out; its first line counts them all."""
_LEGEND = "~ its words changed · ✗ orphan: its words are gone, it stays listed"


class _Earlier(NamedTuple):
    """An earlier version, ready to be shown and searched."""

    text: Text
    search_index: Index
    cursor: int
    """Where the reader goes on in it."""


class _Proposed(NamedTuple):
    """An update that was tried out, with nothing written yet."""

    slug: str
    new: Text
    report: Update


@command("versions")
def versions(ctx: DeskContext, press: Press) -> None:
    """The versions of the text in this pane, the newest first."""
    side = ctx.active
    if side.text is None:
        ctx.tell(ctx.no_text(), error=True)
        return
    slug, library = side.library_slug, ctx.session.library
    versions = library.texts.versions(slug)
    waiting = _waiting_words(library, slug)
    actions = [PickerAction("ctrl+u", "update", "update from a file")]
    if waiting:
        actions.append(PickerAction("ctrl+r", "review", "look at what changed"))
    picker = Picker(
        f"Versions of {ctx.name(slug)}{f' · {waiting}' if waiting else ''}",
        [_version_choice(version, len(versions)) for version in reversed(versions)],
        actions=actions,
        highlighted=str(len(versions) if side.is_earlier else max(1, len(versions) - 1)),
    )
    ctx.push(picker, partial(_version_picked, ctx, slug, len(versions)))


def _version_picked(ctx: DeskContext, slug: str, present: int, picked: Picked | None) -> None:
    if picked is None:
        return
    if picked.action == "update":
        _ask_file(ctx, slug)
    elif picked.action == "review":
        review(ctx, slug)
    elif int(picked.key) != present:
        _read(ctx, slug, int(picked.key))
    elif not leave_earlier(ctx):
        ctx.tell(f"this is the present version of {ctx.name(slug)}")


def _read(ctx: DeskContext, slug: str, number: int) -> None:
    """Has the thread fetch a version, and the place in it where the reader is in the present one."""
    near = next((side for side in ctx.sides if side.slug == slug), None)
    place = near.pane.sentence_at(near.pane.cursor) if near is not None else Span(0, 0)

    def job(library: Library) -> _Earlier:
        from texts.search.build import build_index

        text = earlier_version(library, slug, number)
        cursor = map_offset(library.texts.get(slug).body, text.body, place)
        return _Earlier(text, build_index(text.body, text.passages), cursor)

    read_beside(ctx, f"opening version {number} of {ctx.name(slug)} …", job, partial(_opened, ctx))


def _opened(ctx: DeskContext, earlier: _Earlier) -> None:
    """Shows a version in the pane across, or in place of the version that is open there."""
    side = next((side for side in ctx.sides if side.is_earlier), None)
    if side is None:
        present = ctx.side_of(earlier.text.slug.partition(EARLIER)[0]) or ctx.active
        side = ctx.sides[1 - present.number]
        ctx.state.earlier.replaced = side.slug
    ctx.state.earlier.index = earlier.search_index
    show_text(ctx, side, earlier.text)
    side.pane.move_to(earlier.cursor)
    side.pane.reveal(side.pane.cursor, "middle")
    ctx.tell(f"{ctx.name(earlier.text.slug)}: to be read only, {ctx.key_of('clear')} goes back", good=True)


def _ask_file(ctx: DeskContext, slug: str) -> None:
    source = ctx.session.text(slug).source
    value = source if source and Path(source).expanduser().is_file() else ""
    hint = "The present version is kept, each highlight is found again, and you see first what would happen."
    ctx.push(AskPath(f"Update {ctx.name(slug)} from which file?", value, hint=hint), partial(_try, ctx, slug))


def _try(ctx: DeskContext, slug: str, name: str | None) -> None:
    """Has the thread find out what an update would do."""
    if not name:
        return

    def job(library: Library) -> _Proposed:
        from texts.load import load

        new = load(path_of(name))
        return _Proposed(slug, new, library.texts.update(slug, new, dry_run=True))

    read_beside(ctx, f"finding the highlights of {ctx.name(slug)} again …", job, partial(_propose, ctx))


def _propose(ctx: DeskContext, proposed: _Proposed) -> None:
    """Shows what would happen; Enter does it."""
    from tui.desk.word_diff_view import in_one_line

    report = proposed.report
    moved = [each for each in report.highlights if each.anchor is not Anchor.EXACT]
    lines = [Content.assemble((f"{report.summary}", "bold"))]
    for each in moved[:_SHOWN_BEFOREHAND]:
        sign, colour = SIGNS[each.anchor]
        quote = "" if each.anchor is Anchor.ORPHAN else each.quote
        lines.append(Content.assemble((f"{sign} ", f"bold {colour}"), in_one_line(each.old_quote, quote)))
    if len(moved) > _SHOWN_BEFOREHAND:
        lines.append(Content(f"… and {len(moved) - _SHOWN_BEFOREHAND} more"))
    lines.append(Content.styled(f"\n{_LEGEND}", "$foreground 75%"))
    page = Page(
        f"Version {report.version} of {ctx.name(proposed.slug)} would leave the highlights so",
        Content("\n").join(lines),
        does="updates",
    )
    ctx.push(page, partial(_decided, ctx, proposed))


def _decided(ctx: DeskContext, proposed: _Proposed, agreed: bool | None) -> None:
    if not agreed:
        ctx.tell(f"{ctx.name(proposed.slug)} is as it was")
        return
    slug, kept = proposed.slug, old_quotes(ctx, proposed.slug)
    ctx.state.updating = slug
    show_work(ctx, f"updating {ctx.name(slug)} …")

    def job(library: Library) -> tuple[Update, dict[int, str]]:
        unconfirmed = {each.id for each in library.highlights.find(text=slug, anchor=Anchor.CHANGED)}
        report = library.texts.update(slug, proposed.new)
        changed = [each for each in report.highlights if each.anchor is Anchor.CHANGED]
        # What was never confirmed is held against the words that the reader marked, not against the last guess.
        return report, {
            each.id: kept.get(each.id, each.old_quote) if each.id in unconfirmed else each.old_quote
            for each in changed
        }

    ctx.session.write(job, partial(_updated, ctx), partial(_not_updated, ctx))


def _not_updated(ctx: DeskContext, problem: BaseException) -> None:
    ctx.state.updating = ""
    work_failed(ctx, problem)


def _updated(ctx: DeskContext, done: tuple[Update, dict[int, str]]) -> None:
    report, quotes = done
    ctx.state.updating = ""
    show_work(ctx, "")
    keep_old_quotes(ctx, report.text, quotes)
    take_new_versions(ctx)
    ctx.tell(f"{ctx.name(report.text)} is now version {report.version}: {report.summary}", good=True)
    if report.how_many(Anchor.EXACT) < len(report.highlights):
        review(ctx, report.text)


def _waiting_words(library: Library, slug: str) -> str:
    """`2 changed, 1 orphan`; empty where every highlight of a text has its place."""
    counts = {anchor: len(library.highlights.find(text=slug, anchor=anchor)) for anchor in SIGNS}
    return ", ".join(f"{count} {anchor}" for anchor, count in counts.items() if count)


def _version_choice(version: Version, present: int) -> Choice:
    now = " (now)" if version.number == present else ""
    facts = (local_time(version.added), version.source, version.reader)
    return Choice(str(version.number), f"version {version.number}{now}", " · ".join(filter(None, facts)))
