"""The page round the texts: head, legend, texts, links, whatever comes after, and the styles and scripts in it."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Sequence
from importlib.resources import files

from store.exchange.html import colours, escaping
from store.exchange.html.below import Section, below, section_of
from store.exchange.html.body import body
from store.exchange.html.cards import card
from store.exchange.html.head import best_pair, header
from store.exchange.views import Sheet, View, by_line
from store.tidy import clipped

STYLES = ("page.css", "texts.css", "notes.css", "print.css")
SCRIPTS = ("cards.js", "lines.js", "legend.js", "panes.js", "start.js")


def page(view: View, *, sections: Sequence[Section] = (), paired: bool = True) -> str:
    """The whole page; `paired` puts texts side by side, else they follow each other."""
    title = " ↔ ".join(sheet.title for sheet in view.sheets) or "An empty library"
    style = colours.stylesheet() + "".join(map(_asset, STYLES))
    script = "".join(map(_asset, SCRIPTS))
    lower = [*below(view), *map(section_of, sections)]
    layout = "pair" if paired and len(view.sheets) > 1 else "single"
    return "".join(
        [
            '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n',
            f'<meta http-equiv="Content-Security-Policy" content="{_policy(style, script)}">\n',
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n',
            '<meta name="referrer" content="no-referrer">\n<meta name="color-scheme" content="light dark">\n',
            f"<title>{escaping.text(clipped(title, 120))}</title>\n<style>{style}</style>\n</head>\n",
            f'<body class="{layout}">\n<a class="skip" href="#texts">To the texts</a>\n<div class="front">\n',
            header(view, paired=layout == "pair"),
            f'<main id="texts">\n{"".join(_texts(view, layout))}</main>\n</div>\n',
            f'<div class="below">\n{"".join(lower)}</div>\n' if lower else "",
            f"<script>{script}</script>\n</body>\n</html>\n",
        ]
    )


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


def _texts(view: View, layout: str) -> Iterator[str]:
    pair = best_pair(view)
    for index, sheet in enumerate(view.sheets):
        side = (
            ("left" if index == pair[0] else "right" if index == pair[1] else "other")
            if layout == "pair"
            else ""
        )
        yield f'<article id="t{index}" class="text {side}" tabindex="0" aria-labelledby="t{index}-title">\n'
        yield f'<header><h1 id="t{index}-title" dir="auto">{escaping.text(sheet.title)}</h1>\n'
        line = by_line(sheet)
        yield f'<p class="by">{escaping.text(line)}</p>\n' if line else ""
        yield "".join(
            f'<div class="note on-text" dir="auto">{escaping.note(note.words)}</div>\n'
            for note in sheet.notes
        )
        yield f'</header>\n<div class="body">{"".join(body(sheet, view))}</div>\n'
        yield _gone(sheet, view)
        yield "</article>\n"
    if layout == "pair":
        yield '<svg id="lines" aria-hidden="true"></svg>\n'


def _gone(sheet: Sheet, view: View) -> str:
    if not sheet.gone:
        return ""
    title = "Not in the text any more" if sheet.text.body else "Highlights"
    cards = "".join(card(one, view) for one in sheet.gone)
    return f'<section class="gone"><h2>{title}</h2>\n{cards}</section>\n'
