"""The list of links: both ends side by side, and what a link says can be changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import NamedTuple

from rich.table import Table
from rich.text import Text as RichText

from store.library import Library
from store.records import Highlight, Link
from texts.visible import visible
from tui.keys import Press
from tui.screens.desk.part import Part, does
from tui.screens.picker import Choice, Deed, Picked, Picker

_DEEDS = (
    Deed("ctrl+t", "kind", "kind"),
    Deed("ctrl+r", "turn", "turn round"),
    Deed("ctrl+g", "mutual", "mutual or not"),
    Deed("ctrl+d", "note", "note"),
    Deed("delete", "delete", "delete"),
)


class _Linked(NamedTuple):
    """A link with its ends."""

    link: Link
    left: Highlight
    right: Highlight


class LinkList(Part):
    """Opens the list and does what is picked in it."""

    @does("links")
    def links(self, press: Press) -> None:
        """All links of the library."""
        self._open()

    def _open(self, lit: str = "", typed: str = "") -> None:
        library = self.desk.session.library
        links = library.links.list()
        ends = (
            library.highlights.all({end for link in links for end in (link.left, link.right)})
            if links
            else []
        )
        by_id = {each.id: each for each in ends}
        by_key = {str(link.id): _Linked(link, by_id[link.left], by_id[link.right]) for link in links}
        key = self.desk.key_of("link")
        picker = Picker(
            "Links",
            [_choice(each) for each in by_key.values()],
            deeds=_DEEDS,
            ticks=True,
            preview=lambda key: _side_by_side(by_key[key]),
            empty=f"No links yet: {key} on a highlight starts one, {key} on the far side finishes it.",
            lit=lit,
            typed=typed,
        )
        self.desk.app.push_screen(picker, partial(self._picked, by_key))

    def _picked(self, by_key: Mapping[str, _Linked], picked: Picked | None) -> None:
        if picked is None:
            return
        links = [by_key[key].link for key in picked.keys]
        if picked.deed == "pick":
            self.desk.listing.go_to_highlight(by_key[picked.key].left)
            self.desk.listing.go_to_highlight(by_key[picked.key].right)
        elif picked.deed == "delete":
            self.desk.marking.act(lambda library: library.links.delete([link.id for link in links]))
        elif picked.deed == "note":
            self._note(links[0])
        elif picked.deed == "kind":
            self._ask_kind(links, picked.typed)
        elif picked.deed == "turn":
            self._change(links, picked.typed, "turned", lambda library, link: library.links.turn(link.id))
        else:
            mutual = not links[0].mutual
            self._change(
                links,
                picked.typed,
                "made mutual" if mutual else "directed",
                lambda library, link: library.links.edit(link.id, mutual=mutual),
            )

    def _ask_kind(self, links: list[Link], typed: str) -> None:
        def chosen(kind: str | None) -> None:
            if kind is None:
                self._open(lit=str(links[0].id), typed=typed)
                return
            self._change(
                links, typed, f"called {kind}", lambda library, link: library.links.edit(link.id, kind=kind)
            )

        self.desk.linking.ask_kind(links[0].kind, chosen)

    def _change(
        self, links: list[Link], typed: str, what: str, change: Callable[[Library, Link], object]
    ) -> None:
        """Changes links in one act, and opens the list again."""

        def job(library: Library) -> None:
            with library.act(f"{what}: {len(links)} link{'s' if len(links) > 1 else ''}"):
                for link in links:
                    change(library, link)

        def done(_: None) -> None:
            self.desk.reload()
            self._open(lit=str(links[0].id), typed=typed)

        self.desk.session.write(job, done, self.refused)

    def _note(self, link: Link) -> None:
        def written(words: str | None) -> None:
            if words is not None:
                self.desk.marking.act(lambda library: library.links.edit(link.id, note=words))

        title = f"Note on the link ({link.kind})"
        self.desk.marking.write_note(title, link.note, f"link:{link.id}", "", written)


def _choice(linked: _Linked) -> Choice:
    link, left, right = linked
    label = f"“{left.quote}” {'⇄' if link.mutual else '→'} “{right.quote}”"
    return Choice(str(link.id), label, link.note, link.kind)


def _side_by_side(linked: _Linked) -> Table:
    """Both ends in columns of equal width, the note below."""
    link, left, right = linked
    table = Table.grid(expand=True, padding=(0, 1))
    table.add_column(ratio=1)
    table.add_column(width=1)
    table.add_column(ratio=1)
    table.add_row(_words(left.text, "bold"), "⇄" if link.mutual else "→", _words(right.text, "bold"))
    table.add_row(_words(f"“{left.quote}”"), "", _words(f"“{right.quote}”"))
    if link.note:
        table.add_row(_words(link.note, "italic"))
    return table


def _words(words: str, style: str = "") -> RichText:
    """Words made harmless, with no markup in them."""
    return RichText(visible(words), style=style)
