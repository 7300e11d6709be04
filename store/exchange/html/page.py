"""The page round the texts: head and legend, texts, what stands below them, and the styles and scripts in it."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from importlib.resources import files
from typing import NamedTuple

from store.exchange.archive import TagEntry
from store.exchange.html import html_escaping
from store.exchange.html.body import begins_with_title, body, card
from store.exchange.html.html_escaping import colour_class
from store.exchange.render_model import UNTAGGED, ArchiveView, TextView, by_line
from store.sanitize import pluralize, truncate


class PageTable(NamedTuple):
    """A plain table."""

    caption: str
    head: tuple[str, ...]
    """Names of the columns."""
    rows: tuple[tuple[str, ...], ...]


class PageSection(NamedTuple):
    """What stands below the texts: a comparison, say."""

    id: str
    """Letters, digits and hyphens."""
    title: str
    tables: tuple[PageTable, ...]


def below(view: ArchiveView) -> Iterator[str]:
    """Notes and links; the scripts read from this list what to draw."""
    if view.notes:
        notes = "".join(
            f'<div class="note" dir="auto">{html_escaping.note(note.words)}</div>\n' for note in view.notes
        )
        yield f'<section id="notes"><h2>Notes on all of it</h2>\n{notes}</section>\n'
    if view.links:
        yield '<section id="links"><h2>Links</h2>\n<ol class="links">\n'
        for link in view.links:
            left, right = view.placed[link.left], view.placed[link.right]
            note = f'<div class="note" dir="auto">{html_escaping.note(link.note)}</div>' if link.note else ""
            arrow = "↔" if link.mutual else "→"
            kind = html_escaping.text(link.kind)
            yield (
                f'<li data-left="{left.anchor}" data-right="{right.anchor}"'
                f' data-kind="{html_escaping.value(link.kind)}" class="{colour_class(view.colour(left.entry))}">'
                f'{_end(view, link.left)} <span class="kind">{kind} {arrow}</span> {_end(view, link.right)}'
                f"{note}</li>\n"
            )
        yield "</ol>\n</section>\n"


def _end(view: ArchiveView, uid: str) -> str:
    one = view.placed[uid]
    where = f"{truncate(view.title(one.entry.text), 40)} {one.place}".strip()
    quote = html_escaping.text(f"“{truncate(one.entry.quote, 160)}”")
    place = f'<span class="place">{html_escaping.text(where)}</span>'
    return f'<a class="end" href="#{one.anchor}" dir="auto">{quote}{place}</a>'


def section_of(section: PageSection) -> str:
    """A section as HTML."""
    return (
        f'<section id="s-{html_escaping.value(section.id)}"><h2>{html_escaping.text(section.title)}</h2>\n'
        f"{''.join(map(_table, section.tables))}</section>\n"
    )


def _table(table: PageTable) -> str:
    head = "".join(f'<th scope="col">{html_escaping.text(name)}</th>' for name in table.head)
    rows = "".join(f"<tr>{''.join(map(_cell, row))}</tr>\n" for row in table.rows)
    return (
        f'<div class="table"><table><caption>{html_escaping.text(table.caption)}</caption>\n'
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody></table></div>\n"
    )


def _cell(cell: str) -> str:
    return f'<td dir="auto">{html_escaping.text(cell)}</td>'


def header(view: ArchiveView, pair: tuple[int, int] | None) -> str:
    """The head; with a pair, a reader can choose another one where there are more than two texts."""
    counts = ((len(view.sheets), "text"), (len(view.placed), "highlight"), (len(view.links), "link"))
    summary = " · ".join(pluralize(count, noun) for count, noun in counts)
    choice = "".join(_choice(view, pair)) if pair and len(view.sheets) > 2 else ""
    return f'<header class="top">\n<p class="summary">{summary}</p>\n{choice}{_legend(view)}</header>\n'


def _choice(view: ArchiveView, shown: tuple[int, int]) -> Iterator[str]:
    """Which two of several texts stand side by side."""
    yield '<p class="choice scripted">'
    for side, place in (("left", shown[0]), ("right", shown[1])):
        yield f'<label>{side.title()} <select id="{side}">'
        for index, sheet in enumerate(view.sheets):
            selected = " selected" if index == place else ""
            yield f'<option value="t{index}"{selected}>{html_escaping.text(truncate(sheet.title, 60))}</option>'
        yield "</select></label> "
    yield "</p>\n"


def best_pair(view: ArchiveView) -> tuple[int, int]:
    """Indexes of the two texts with the most links between them, the first two where there are none."""
    places = {sheet.entry.slug: index for index, sheet in enumerate(view.sheets)}
    between: Counter[tuple[int, int]] = Counter()
    for link in view.links:
        ends = sorted(places[view.placed[uid].entry.text] for uid in (link.left, link.right))
        if ends[0] != ends[1]:
            between[ends[0], ends[1]] += 1
    return max(sorted(between), key=lambda pair: between[pair], default=(0, 1))


def _legend(view: ArchiveView) -> str:
    uses = Counter(path for one in view.placed.values() for path in one.entry.tags)
    boxes = [_box(view.numbers[path], tag, uses[path]) for path, tag in view.tags.items() if uses[path]]
    untagged = sum(not one.entry.tags for one in view.placed.values())
    if untagged:
        boxes.append(_box("none", TagEntry("untagged", UNTAGGED), untagged))
    if any(passage.is_furniture for sheet in view.sheets for passage in sheet.text.passages):
        boxes.append(_FURNITURE)
    return f'<fieldset class="legend">\n<legend>Tags</legend>\n{"".join(boxes)}</fieldset>\n' if boxes else ""


def _box(number: int | str, tag: TagEntry, count: int) -> str:
    hint = f' title="{html_escaping.value(tag.description)}"' if tag.description else ""
    return (
        f'<label class="box {colour_class(tag.colour)}"{hint}>'
        f'<input class="scripted" type="checkbox" data-tag="{number}"> '
        f'<b class="chip">{html_escaping.text(tag.letter or "·")}</b> {html_escaping.text(tag.path)} '
        f'<span class="count">{count}</span></label>\n'
    )


_FURNITURE = (
    '<label class="box scripted"><input type="checkbox" id="furniture" checked> page furniture</label>\n'
)


STYLES = ("page.css", "texts.css", "notes.css", "print.css")
SCRIPTS = ("cards.js", "lines.js", "legend.js", "panes.js", "start.js")


def page(
    view: ArchiveView,
    *,
    sections: Sequence[PageSection] = (),
    paired: bool = True,
    pair: tuple[int, int] | None = None,
) -> Iterator[str]:
    """The whole page, piece by piece; `paired` puts texts side by side, else they follow each other.

    `pair` are the places of the two that stand side by side at first; None: those that links connect most.
    """
    pair = pair or best_pair(view)
    title = " ↔ ".join(sheet.title for sheet in view.sheets) or "An empty library"
    style = html_escaping.stylesheet() + "".join(map(_asset, STYLES))
    script = "".join(map(_asset, SCRIPTS))
    layout = "pair" if paired and len(view.sheets) > 1 else "single"
    yield '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_policy(style, script)}">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield '<meta name="referrer" content="no-referrer">\n<meta name="color-scheme" content="light dark">\n'
    yield f"<title>{html_escaping.text(truncate(title, 120))}</title>\n<style>{style}</style>\n</head>\n"
    yield f'<body class="{layout}">\n<a class="skip" href="#texts">To the texts</a>\n<div class="front">\n'
    yield header(view, pair if layout == "pair" else None)
    yield '<main id="texts">\n'
    yield from _texts(view, layout, pair)
    yield "</main>\n</div>\n"
    if view.notes or view.links or sections:
        yield '<div class="below">\n'
        yield from below(view)
        yield from map(section_of, sections)
        yield "</div>\n"
    yield f"<script>{script}</script>\n</body>\n</html>\n"


def _asset(name: str) -> str:
    return (files("store.exchange.html") / "assets" / name).read_text("utf-8")


def _policy(style: str, script: str) -> str:
    """Nothing from anywhere, but this style sheet and this script."""
    return (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(source: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()}"


def _texts(view: ArchiveView, layout: str, pair: tuple[int, int]) -> Iterator[str]:
    for index, sheet in enumerate(view.sheets):
        side = (
            ("left" if index == pair[0] else "right" if index == pair[1] else "other")
            if layout == "pair"
            else ""
        )
        yield f'<article id="t{index}" class="text {side}" tabindex="0" aria-labelledby="t{index}-title">\n'
        begins = begins_with_title(sheet)  # then that is the headline, and is not said twice
        title = f'<h1 id="t{index}-title" dir="auto">{html_escaping.text(sheet.title)}</h1>\n'
        yield f"<header>{'' if begins else title}"
        line = by_line(sheet)
        yield f'<p class="by">{html_escaping.text(line)}</p>\n' if line else ""
        yield "".join(
            f'<div class="note on-text" dir="auto">{html_escaping.note(note.words)}</div>\n'
            for note in sheet.notes
        )
        yield '</header>\n<div class="body">'
        yield from body(sheet, view, title_id=f"t{index}-title" if begins else "")
        yield "</div>\n"
        yield from _gone(sheet, view)
        yield "</article>\n"
    if layout == "pair":
        yield '<svg id="lines" aria-hidden="true"></svg>\n'


def _gone(sheet: TextView, view: ArchiveView) -> Iterator[str]:
    if not sheet.gone:
        return
    yield f'<section class="gone"><h2>{"Not in the text any more" if sheet.text.body else "Highlights"}</h2>\n'
    yield from (card(one, view) for one in sheet.gone)
    yield "</section>\n"
