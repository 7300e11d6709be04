"""What stands below the texts: notes on all of it, the links in words, and whatever else a page is given."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from store.exchange.html import escaping
from store.exchange.html.colours import colour_class
from store.exchange.views import View
from store.tidy import clipped


class Table(NamedTuple):
    """A plain table."""

    caption: str
    head: tuple[str, ...]
    """Names of the columns."""
    rows: tuple[tuple[str, ...], ...]


class Section(NamedTuple):
    """What stands below the texts: a comparison, say."""

    id: str
    """Letters, digits and hyphens."""
    title: str
    tables: tuple[Table, ...]


def below(view: View) -> Iterator[str]:
    """Notes and links; the scripts read from this list what to draw."""
    if view.notes:
        notes = "".join(
            f'<div class="note" dir="auto">{escaping.note(note.words)}</div>\n' for note in view.notes
        )
        yield f'<section id="notes"><h2>Notes on all of it</h2>\n{notes}</section>\n'
    if view.links:
        yield '<section id="links"><h2>Links</h2>\n<ol class="links">\n'
        for link in view.links:
            left, right = view.placed[link.left], view.placed[link.right]
            note = f'<div class="note" dir="auto">{escaping.note(link.note)}</div>' if link.note else ""
            arrow = "↔" if link.mutual else "→"
            kind = escaping.text(link.kind)
            yield (
                f'<li data-left="{left.anchor}" data-right="{right.anchor}" data-kind="{escaping.value(link.kind)}"'
                f' class="{colour_class(view.colour(left.entry))}">'
                f'{_end(view, link.left)} <span class="kind">{kind} {arrow}</span> {_end(view, link.right)}'
                f"{note}</li>\n"
            )
        yield "</ol>\n</section>\n"


def _end(view: View, uid: str) -> str:
    one = view.placed[uid]
    where = f"{clipped(view.title(one.entry.text), 40)} {one.place}".strip()
    quote = escaping.text(f"“{clipped(one.entry.quote, 160)}”")
    place = f'<span class="place">{escaping.text(where)}</span>'
    return f'<a class="end" href="#{one.anchor}" dir="auto">{quote}{place}</a>'


def section_of(section: Section) -> str:
    """A section as HTML."""
    return (
        f'<section id="s-{escaping.value(section.id)}"><h2>{escaping.text(section.title)}</h2>\n'
        f"{''.join(map(_table, section.tables))}</section>\n"
    )


def _table(table: Table) -> str:
    head = "".join(f'<th scope="col">{escaping.text(name)}</th>' for name in table.head)
    rows = "".join(f"<tr>{''.join(map(_cell, row))}</tr>\n" for row in table.rows)
    return (
        f'<div class="table"><table><caption>{escaping.text(table.caption)}</caption>\n'
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody></table></div>\n"
    )


def _cell(cell: str) -> str:
    return f'<td dir="auto">{escaping.text(cell)}</td>'
