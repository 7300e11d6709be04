"""Highlights as rows of a table, with a preview of each."""

from __future__ import annotations

from textual.content import Content

from store.records import Anchor, Highlight
from store.text_names import slugs_in_use
from texts.model import Text
from tui.desk.context import DeskContext
from tui.dialogs.choices import Choice, preview_words
from tui.view.tables import ViewColumn

_NOTE = 60
"""Characters of a note in the list; the preview has all of it."""


LEGEND = """¶: the passage; 1 and 2: the texts on the desk
★ star · ✎ note · ? changed with its text · ! lost its place
the letter before a row is that of its first tag"""

_ANCHORS = {Anchor.EXACT: "", Anchor.CHANGED: "?", Anchor.ORPHAN: "!"}


def highlight_columns(ctx: DeskContext) -> tuple[ViewColumn, ...]:
    """Of a list of highlights: texts go by their numbers where there are only those on the desk."""
    shown = {side.library_slug for side in ctx.sides}
    others = not shown.issuperset(slugs_in_use(ctx.session.library))
    return (
        ViewColumn("¶", 4, is_number=True),
        ViewColumn("text", 16 if others else 4, gives_way=2),
        ViewColumn("tag", 14),
        ViewColumn("quote", least=22),
        ViewColumn("note", 20, gives_way=4),
        ViewColumn("", 4),
        ViewColumn("reader", 9, gives_way=3),
    )


class PlaceNames:
    """Says in which text and passage something stands, as lists show it; each text is looked up once."""

    def __init__(self, ctx: DeskContext) -> None:
        self._ctx = ctx
        self._texts: dict[str, Text] = {}

    def number(self, slug: str) -> str:
        """`1` or `2` for a text on the desk, else what it is called."""
        side = self._ctx.side_of(slug)
        return str(side.number + 1) if side is not None else self._ctx.name(slug)

    def passage(self, slug: str, offset: int) -> str:
        """Number of the passage at an offset into a text; empty on furniture."""
        if slug not in self._texts:
            self._texts[slug] = self._ctx.session.library.texts.without_body(slug)
        passage = self._texts[slug].passage_at(offset)
        return str(passage.number) if passage and passage.number else ""


def highlight_choice(ctx: DeskContext, highlight: Highlight, places: PlaceNames) -> Choice:
    """A highlight as a row of a list with `highlight_columns`."""
    styles = ctx.session.tag_styles()
    first = highlight.tags[0] if highlight.tags else ""
    letter = styles.get(first, ("", " "))[1] or " "
    label, detail = highlight_words(highlight)
    cells = (
        "" if highlight.anchor == Anchor.ORPHAN else places.passage(highlight.text, highlight.span.start),
        places.number(highlight.text),
        ", ".join(highlight.tags),
        label[1:-1],
        " ".join(highlight.note.split()),
        ("★" if highlight.star else "") + ("✎" if highlight.note else "") + _ANCHORS[highlight.anchor],
        highlight.reader,
    )
    return Choice(str(highlight.id), label, detail, letter, cells=cells)


def highlight_preview(highlight: Highlight | None) -> Content:
    """A highlight with its surroundings, tags and note; nothing of one that is gone."""
    if highlight is None:
        return Content("")
    return preview_words(
        (f"…{highlight.before}", "$foreground 65%"),
        (highlight.quote, "bold"),
        (f"{highlight.after}…\n", "$foreground 65%"),
        (f"{', '.join(highlight.tags)}\n", "$accent"),
        (highlight.note, ""),
    )


def highlight_words(highlight: Highlight) -> tuple[str, str]:
    """The words of a highlight, and what is known of it."""
    signs = ("★" if highlight.star else "") + ("✎" if highlight.note else "")
    facts = (
        highlight.text,
        ", ".join(highlight.tags),
        signs,
        " ".join(highlight.note[:_NOTE].split()),
        highlight.reader,
        "" if highlight.anchor == "exact" else str(highlight.anchor),
    )
    return f"“{' '.join(highlight.quote.split())}”", " · ".join(filter(None, facts))
