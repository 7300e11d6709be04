"""Where the reader is, what can be done there, and the page of keys that says so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from store.records import Highlight
from tui.desk.context import DeskContext
from tui.desk.target import highlights_here
from tui.dialogs.help import Here, help_words
from tui.dialogs.small_dialogs import Page
from tui.keys.key_table import Key, shown
from tui.widgets.status import StatusNote, Tone

_SELECTING = (
    "highlight", "tag", "quick_tag", "highlight_with", "note", "star", "tag_quoted",
    "select_is", "select_ip", "select_iw", "other_edge", "grow", "shrink", "keep_part",
    "search_selected", "related", "link", "copy", "clear",
)  # fmt: skip


_READING = ("highlight", "tag", "highlight_with", "note", "star", "select", "hint", "search", "concordance")


_HIGHLIGHT = ("card", "tag", "untag", "note", "star", "edit_edges", "delete", "repeat", "link", "related")


_CLAUSE = re.compile("[,:;]")
_BRIEF = {
    "highlight": "mark",
    "tag": "tag",
    "highlight_with": "mark with a tag",
    "quick_tag": "quick tag",
    "note": "note",
    "star": "star",
    "select": "select",
    "hint": "labels",
    "search": "find",
    "search_next": "next hit",
    "search_previous": "hit before",
    "concordance": "all hits",
    "related": "related",
    "level": "level",
    "sync": "sync",
    "link": "link",
    "card": "card",
    "untag": "untag",
    "edit_edges": "edges",
    "delete": "delete",
    "repeat": "again",
    "follow_link": "follow the link",
    "link_kind": "kind of link",
    "delete_link": "delete the link",
    "cycle": "next of these",
    "join": "join",
    "tag_quoted": "words as tag",
    "select_is": "sentence",
    "select_ip": "passage",
    "select_iw": "word",
    "other_edge": "other edge",
    "keep_part": "keep a part",
    "search_selected": "find this",
    "copy": "copy",
    "clear": "back",
    "open_text": "open a text",
    "command": "command",
}
"""A word or two on keys that are hinted at."""


_IN_RELATED = (
    ("j k", "the next one, the one before; the other pane shows it"),
    ("Enter", "go there"),
    ("Ctrl-l or l", "link it with what you asked about"),
    ("P", "of what kind that link is"),
    ("Ctrl-x or x", "dismiss it: it is not suggested again"),
    ("Esc", "back to where you were"),
)


def help_here(ctx: DeskContext) -> Here:
    """The place in words, and the commands that make sense there."""
    side = ctx.active
    if side.text is None:
        return _help(ctx, "no text is open", ("open_text", "command", "quit"))
    if ctx.state.placing is not None:
        return _help(
            ctx, "choosing the place of a highlight", ("highlight", "other_edge", "keep_part", "clear")
        )
    if side.pane.mode != "read":
        return _help(ctx, "selecting", _SELECTING)
    if side.is_earlier:
        return _help(ctx, "an earlier version, only to be read", ("clear", "versions", "search", "copy"))
    here = highlights_here(ctx)
    return _on_highlight(ctx, here) if here else _reading(ctx)


def _on_highlight(ctx: DeskContext, here: Sequence[Highlight]) -> Here:
    tags = ", ".join(here[0].tags) or "no tag"
    overlap = f", the first of {len(here)} that overlap" if len(here) > 1 else ""
    linked = (
        ("follow_link", "link_kind", "delete_link") if here[0].id in ctx.session.linked(here[0].text) else ()
    )
    several = ("cycle", "join") if len(here) > 1 else ()
    return _help(ctx, f"on a highlight, {tags}{overlap}", (*linked, *several, *_HIGHLIGHT))


def _reading(ctx: DeskContext) -> Here:
    side, other = ctx.active, ctx.other
    number = side.passage_number()
    if number is None:
        return _help(ctx, "on furniture (page chrome)", ("furniture", "toggle_furniture", *_READING))
    searching = ("search_next", "search_previous", "clear") if ctx.state.search.query else ()
    view = ctx.view_from(side)
    related = len(view.best(number)) if view else 0
    told = f"¶{number} of {ctx.name(side.slug)}"
    if related:
        told += f", of which {ctx.name(other.slug)} speaks in {related} passage{'s' if related > 1 else ''}"
    comparing = ("related", "level", "sync", "link") if other.text else ("open_text",)
    return _help(ctx, told, (*searching, *_READING, *comparing))


def help_in_related() -> Here:
    """What can be done in the list of related passages."""
    return Here("in the list of related passages", _IN_RELATED)


def _help(ctx: DeskContext, words: str, ids: Iterable[str]) -> Here:
    table = ctx.keys.keymap.by_id
    held = [table[id] for id in ("quit", *ids) if shown(table[id])]
    return Here(words, tuple((shown(key), key.help) for key in held), tuple(map(_brief, held)))


def _brief(key: Key) -> str:
    """What a key does, in a word or two."""
    return _BRIEF.get(key.id) or _CLAUSE.split(key.help)[0]


def hints(ctx: DeskContext) -> tuple[list[StatusNote], StatusNote]:
    """The keys of the moment with a word or two on each, those of most use first; and the key that leaves."""
    here = help_here(ctx)
    (quit_key, _), *rows = here.rows
    _, *briefs = here.briefs
    words = [f"{keys.split(' or ')[0]} {brief}" for (keys, _), brief in zip(rows, briefs, strict=True)]
    return [StatusNote(each) for each in words], StatusNote(f"{quit_key} quit", Tone.DIM)


def show_keys(ctx: DeskContext, title: str, here: Here | None) -> None:
    """A page of all keys, with those that matter where the reader is before them."""
    room = Page.columns(ctx.screen.size.width)
    ctx.push(Page(title, help_words(ctx.keys.keymap.keys, here, columns=room)))
