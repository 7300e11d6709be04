"""What stands below the texts: notes on all of it, the links in words, and whatever else a page is given."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from store.exchange.html import words
from store.exchange.html.colours import colour_class
from store.exchange.sheets import Reading
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


def below(reading: Reading) -> Iterator[str]:
    """Notes and links; the scripts read from this list what to draw."""
    if reading.notes:
        notes = "".join(
            f'<div class="note" dir="auto">{words.note(note.words)}</div>\n' for note in reading.notes
        )
        yield f'<section id="notes"><h2>Notes on all of it</h2>\n{notes}</section>\n'
    if reading.links:
        yield '<section id="links"><h2>Links</h2>\n<ol class="links">\n'
        for link in reading.links:
            left, right = reading.placed[link.left], reading.placed[link.right]
            note = f'<div class="note" dir="auto">{words.note(link.note)}</div>' if link.note else ""
            arrow = "↔" if link.mutual else "→"
            kind = words.text(link.kind)
            yield (
                f'<li data-left="{left.anchor}" data-right="{right.anchor}" data-kind="{words.value(link.kind)}"'
                f' class="{colour_class(reading.colour(left.entry))}">'
                f'{_end(reading, link.left)} <span class="kind">{kind} {arrow}</span> {_end(reading, link.right)}'
                f"{note}</li>\n"
            )
        yield "</ol>\n</section>\n"


def _end(reading: Reading, uid: str) -> str:
    one = reading.placed[uid]
    where = f"{clipped(reading.title(one.entry.text), 40)} {one.place}".strip()
    quote = words.text(f"“{clipped(one.entry.quote, 160)}”")
    return f'<a class="end" href="#{one.anchor}" dir="auto">{quote}<span class="place">{words.text(where)}</span></a>'


def section_of(section: Section) -> str:
    """A section as HTML."""
    return (
        f'<section id="s-{words.value(section.id)}"><h2>{words.text(section.title)}</h2>\n'
        f"{''.join(map(_table, section.tables))}</section>\n"
    )


def _table(table: Table) -> str:
    head = "".join(f'<th scope="col">{words.text(name)}</th>' for name in table.head)
    rows = "".join(f"<tr>{''.join(map(_cell, row))}</tr>\n" for row in table.rows)
    return (
        f'<div class="table"><table><caption>{words.text(table.caption)}</caption>\n'
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody></table></div>\n"
    )


def _cell(cell: str) -> str:
    return f'<td dir="auto">{words.text(cell)}</td>'
