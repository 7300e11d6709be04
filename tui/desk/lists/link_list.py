"""The list of links: both ends side by side, and what a link says can be changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from rich.table import Table
from rich.text import Text as RichText

from store.library import Library
from store.records import Highlight, Link
from store.services.note_saving import LinkNote
from texts.visible import visible
from tui.desk.acts import write
from tui.desk.context import DeskContext, command
from tui.desk.highlight_rows import PlaceNames
from tui.desk.linking import ask_link_kind
from tui.desk.navigation import go_to_highlight
from tui.desk.noting import write_note
from tui.desk.open_texts import reload
from tui.dialogs.choices import Choice, Choices, Picked, PickerAction, place_among
from tui.dialogs.picker import Picker
from tui.keys.key_table import Press
from tui.view.tables import ViewColumn

_ACTIONS = (
    PickerAction("ctrl+t", "kind", "kind"),
    PickerAction("ctrl+r", "turn", "turn round"),
    PickerAction("ctrl+g", "mutual", "mutual or not"),
    PickerAction("ctrl+d", "note", "note"),
    PickerAction("delete", "delete", "delete"),
)


_COLUMNS = (
    ViewColumn("kind", 11),
    ViewColumn("", 6),
    ViewColumn("from", least=16),
    ViewColumn("", 1),
    ViewColumn("", 6),
    ViewColumn("to", least=16),
    ViewColumn("note", 20, gives_way=1),
)
_LEGEND = """1 ¶9: passage 9 of the first text on the desk
→ leads from the one to the other · ⇄ reads the same in both directions"""


class _Linked(NamedTuple):
    """A link with its ends."""

    link: Link
    left: Highlight
    right: Highlight


class LinkChoices(Choices):
    """Links as lines of a list, read as they come into view."""

    def __init__(self, ctx: DeskContext) -> None:
        self._library = library = ctx.session.library
        self._places = PlaceNames(ctx)
        self._ids = library.links.ids()
        self._seen: dict[int, _Linked] = {}

    def __len__(self) -> int:
        return len(self._ids)

    def key(self, index: int) -> str:
        return str(self._ids[index])

    def find(self, key: str) -> int | None:
        return place_among(self._ids, key)

    def some(self, indices: Sequence[int]) -> list[Choice]:
        ids = [self._ids[index] for index in indices]
        self._seen |= self._read(number for number in ids if number not in self._seen)
        return [
            _choice(self._seen[number], self._places)
            if number in self._seen
            else Choice(str(number), "deleted elsewhere")
            for number in ids
        ]

    def searched(self, start: int, stop: int) -> Iterator[str]:
        found = self._read(self._ids[start:stop])
        for number in self._ids[start:stop]:
            yield _searched(found[number]) if number in found else ""

    def linked(self, keys: Iterable[str]) -> list[_Linked]:
        """The links of some lines as they were read, without those that are gone."""
        ids = list(map(int, keys))
        self._seen |= self._read(number for number in ids if number not in self._seen)
        return [self._seen[number] for number in ids if number in self._seen]

    def _read(self, ids: Iterable[int]) -> dict[int, _Linked]:
        links = self._library.links.present(ids)
        ends = self._library.highlights.present(
            {end for link in links.values() for end in (link.left, link.right)}
        )
        return {
            number: _Linked(link, ends[link.left], ends[link.right])
            for number, link in links.items()
            if link.left in ends and link.right in ends
        }


@command("links")
def links(ctx: DeskContext, press: Press) -> None:
    """All links of the library."""
    _open(ctx)


def _open(ctx: DeskContext, highlighted: str = "", typed: str = "") -> None:
    choices = LinkChoices(ctx)
    key = ctx.key_of("link")
    picker = Picker(
        "Links",
        choices,
        actions=_ACTIONS,
        ticks=True,
        preview=lambda key: _side_by_side(ctx, choices.linked([key])),
        empty=f"No links yet: {key} on a highlight starts one, {key} on the far side finishes it.",
        highlighted=highlighted,
        typed=typed,
        columns=_COLUMNS,
        legend=_LEGEND,
    )
    ctx.push(picker, partial(_picked, ctx, choices))


def _picked(ctx: DeskContext, choices: LinkChoices, picked: Picked | None) -> None:
    found = choices.linked(picked.keys) if picked is not None else []
    if picked is None or not found:
        return
    links = [each.link for each in found]
    if picked.action == "pick":
        go_to_highlight(ctx, found[0].left)
        go_to_highlight(ctx, found[0].right)
    elif picked.action == "delete":
        write(ctx, lambda library: library.links.delete([link.id for link in links]))
    elif picked.action == "note":
        write_note(ctx, LinkNote(links[0], found[0].left))
    elif picked.action == "kind":
        _ask_kind(ctx, links, picked.typed)
    elif picked.action == "turn":
        _change(ctx, links, picked.typed, "turned", lambda library, link: library.links.turn(link.id))
    else:
        mutual = not links[0].mutual
        _change(
            ctx,
            links,
            picked.typed,
            "made mutual" if mutual else "directed",
            lambda library, link: library.links.edit(link.id, mutual=mutual),
        )


def _ask_kind(ctx: DeskContext, links: list[Link], typed: str) -> None:
    def chosen(kind: str | None) -> None:
        if kind is None:
            _open(ctx, highlighted=str(links[0].id), typed=typed)
            return
        _change(
            ctx, links, typed, f"called {kind}", lambda library, link: library.links.edit(link.id, kind=kind)
        )

    ask_link_kind(ctx, links[0].kind, chosen)


def _change(
    ctx: DeskContext, links: list[Link], typed: str, what: str, change: Callable[[Library, Link], object]
) -> None:
    """Changes links in one act, and opens the list again."""

    def job(library: Library) -> None:
        with library.act(f"{what}: {len(links)} link{'s' if len(links) > 1 else ''}"):
            for link in links:
                change(library, link)

    def done(_: None) -> None:
        reload(ctx)
        _open(ctx, highlighted=str(links[0].id), typed=typed)

    ctx.session.write(job, done, ctx.refused)


def _choice(linked: _Linked, places: PlaceNames) -> Choice:
    link, left, right = linked
    cells = (
        link.kind,
        f"{places.number(left.text)} ¶{places.passage(left.text, left.span.start)}",
        left.quote,
        "⇄" if link.mutual else "→",
        f"{places.number(right.text)} ¶{places.passage(right.text, right.span.start)}",
        right.quote,
        " ".join(link.note.split()),
    )
    return Choice(str(link.id), _searched(linked), cells=cells)


def _searched(linked: _Linked) -> str:
    """The words of a link, against which what is typed is held."""
    link, left, right = linked
    return f"{link.kind} “{left.quote}” {'⇄' if link.mutual else '→'} “{right.quote}” {link.note}"


def _side_by_side(ctx: DeskContext, found: Sequence[_Linked]) -> Table:
    """Both ends of a link in columns of equal width, the note below; nothing for one that is gone."""
    table = Table.grid(expand=True, padding=(0, 1))
    if not found:
        return table
    link, left, right = found[0]
    table.add_column(ratio=1)
    table.add_column(width=1)
    table.add_column(ratio=1)
    table.add_row(
        _words(ctx.name(left.text), "bold"), "⇄" if link.mutual else "→", _words(ctx.name(right.text), "bold")
    )
    table.add_row(_words(f"“{left.quote}”"), "", _words(f"“{right.quote}”"))
    if link.note:
        table.add_row(_words(link.note, "italic"))
    return table


def _words(words: str, style: str = "") -> RichText:
    """Words made harmless, with no markup in them."""
    return RichText(visible(words), style=style)
