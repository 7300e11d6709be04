"""Elements and lists of a page that are open while it is read, by what they say of themselves."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from texts.lazy_pattern import lazy_pattern
from texts.load.wordstyles import LIST_FORMS, numeral

VOID = frozenset(
    (
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    )
)
"""Elements without contents."""
ENDLESS = frozenset(("p", "li", "dt", "dd", "td", "th", "hr"))
"""Blocks that mostly go unclosed; where the next one begins, they end."""
_UNSEEN = lazy_pattern(r"\b(?:display\s*:\s*none|visibility\s*:\s*hidden)\b", re.IGNORECASE)
_MARGINAL = lazy_pattern(
    r"(?:^|[\s_-])(?:page-?(?:num|no|number|break)s?|pagenr|pgnum|folio|pb(?!-)|pn|line-?(?:num|no|nr|number)s?|ln|lnum)(?:$|[\s_-])",
    re.IGNORECASE,
)
"""Names that pages give to the numbers of pages and lines in their margins; `pb-3` is white below a paragraph."""
_PAGE_ANCHOR = lazy_pattern(r"(?:p|pb|pg|pag|page|fol|folio)[-_.]?\d+", re.IGNORECASE)
"""What an anchor is called that a page begins at; its words are the number of that page."""
_PARAGRAPH = lazy_pattern(r"p[-_.]?\d+", re.IGNORECASE)
"""What a paragraph or a part may be called as well, by its own number."""
_ANCHORS = frozenset(("a", "span", "div"))
_LINK_ONLY = lazy_pattern(
    r"\b(?:mw-editsection|header-?link|header-?anchor|anchorjs-link"
    r"|mw-cite-backlink|doc-backlink|footnote-?back(?:-?ref|-?link)?|reversefootnote)\b",
    re.IGNORECASE,
)
"""What is called so stands beside headings to edit them or to link to them, or leads from a note back to its call."""
_NOTE_CALL = lazy_pattern(
    r"\b(?:noteref|doc-noteref|footnote-?ref|fnanchor|fnref|footnote-?anchor|sdfootnoteanc|sdfootnotesym)\b",
    re.IGNORECASE,
)
_ONE_NOTE = lazy_pattern(r"(?:^|\s)(?:footnote|endnote|sidenote)(?:$|\s)", re.IGNORECASE)
_RUNNING = frozenset(("header", "footer"))
"""What LibreOffice calls the head and the foot of its pages, which it writes among the words."""
_STYLED = {
    "none": "none",
    "disc": "none",
    "circle": "none",
    "square": "none",
    "decimal": "decimal",
    "lower-alpha": "lowerLetter",
    "lower-latin": "lowerLetter",
    "upper-alpha": "upperLetter",
    "upper-latin": "upperLetter",
    "lower-roman": "lowerRoman",
    "upper-roman": "upperRoman",
}
_LIST_STYLE = lazy_pattern(r"\blist-style(?:-type)?\s*:([^;]*)", re.IGNORECASE)
_LIST_FORM = lazy_pattern(rf"""(?<![\w(/"'.-])({"|".join(_STYLED)})\b""", re.IGNORECASE)
"""The form that a list gives the numbers of its items; no part of a picture's name."""
_ITEM_OR_LIST = lazy_pattern(r"<(/?)(ol|ul|menu|dir|li)\b", re.IGNORECASE)
_LONGEST_REVERSED = 100_000
MOST_AHEAD = 10_000_000
"""Characters of a page in which items are counted ahead, for all its lists."""


@dataclass(slots=True)
class OpenElement:
    """An element that is open."""

    tag: str
    is_stanza: bool = False
    is_unseen: bool = False
    """Whether it is hidden by what it says of itself."""
    is_marginal: bool = False
    """Whether it is called the number of a page or a line; it is left out if it is one."""
    is_call: bool = False
    """Whether it calls a note."""
    target: str = ""
    """What a call leads to on its own page."""
    is_note: bool = False
    """Whether a call before it leads here."""
    is_named_note: bool = False
    """Whether it is named as one note: all of it is one where a call leads into it."""
    content: int = 0
    """Where its content begins in the source, for one that is unseen."""
    start: int = 0
    """How many pieces of words there were before it."""
    parts: list[int] = field(default_factory=list)
    """Of a formula: likewise for each of its parts."""

    @classmethod
    def of(cls, tag: str, said: Mapping[str, str | None]) -> OpenElement:
        """An element by what it says of itself: whether it is unseen, a number in the margin, the call of a note."""
        names = " ".join(filter(None, (said.get("class"), said.get("epub:type"), said.get("role"))))
        is_break = "pagebreak" in names
        unseen = (
            ("hidden" in said and said["hidden"] != "until-found")
            or bool(_UNSEEN.search(said.get("style") or ""))
            or (tag == "div" and said.get("title") in _RUNNING)
            or "katex-html" in names  # said once more, after MathML
            or is_break
            or bool(_LINK_ONLY.search(names))
        )
        return cls(
            tag,
            is_unseen=unseen and tag not in VOID,
            is_marginal=bool(_MARGINAL.search(names)) or _is_page_anchor(tag, said),
            is_call=bool(_NOTE_CALL.search(names)),
            is_named_note=bool(_ONE_NOTE.search(names)),
            target=address[1:] if (address := said.get("href") or "").startswith("#") else "",
        )


def _is_page_anchor(tag: str, said: Mapping[str, str | None]) -> bool:
    if "href" in said:
        return False
    named = [name for name in (said.get("name"), said.get("id")) if name and _PAGE_ANCHOR.fullmatch(name)]
    return any(tag in _ANCHORS or not _PARAGRAPH.fullmatch(name) for name in named)


@dataclass(slots=True)
class OpenList:
    """A list that is open."""

    number: int | None = None
    """Of its next item; None where items are not numbered."""
    form: str = "decimal"
    """As `numeral` names it."""

    step: int = 1
    """From one item to the next."""
    in_note: bool = False
    """Whether its item that is being read is a note which a call before it leads to."""

    @classmethod
    def of(
        cls, tag: str, said: Mapping[str, str | None], styled: str, ahead: Callable[[], int | None]
    ) -> OpenList:
        """A list by what it says of itself, and `styled`, what stylesheets say; `ahead` counts items, or gives up."""
        own = _LIST_STYLE.search(said.get("style") or "")
        found = _LIST_FORM.search(own[1] if own else styled)
        form = _STYLED[found[1].lower()] if found else ""
        if tag != "ol":
            return cls(1, form) if form not in ("", "none") else cls()
        start, is_reversed = _number(said.get("start")), "reversed" in said
        if start is None and is_reversed:
            start = ahead()
            is_reversed = start is not None
        start = 1 if start is None else start
        form = form or LIST_FORMS.get(said.get("type") or "", "decimal")
        return cls(start, form, -1 if is_reversed else 1)

    def next_mark(self, said: Mapping[str, str | None]) -> str:
        """What the next item begins with, by what it says of itself: `-`, `3.`, `iv.`"""
        if self.number is None:
            return "-"
        own = _number(said.get("value"))
        number = self.number if own is None else own
        self.number = number + self.step
        mark = numeral(self.form, number)
        return f"{mark}." if mark else "-"


def items_ahead(source: str, start: int) -> tuple[int, int]:
    """How many items the list has whose tag begins there, other lists in it not counted; and where it was read to."""
    depth = items = 0
    end = min(len(source), start + _LONGEST_REVERSED)
    for found in _ITEM_OR_LIST.finditer(source, start, end):
        closes, tag = found[1], found[2].lower()
        if tag != "li":
            depth += -1 if closes else 1
            if depth == 0:
                return items, found.end()
        elif depth == 1 and not closes:
            items += 1
    return items, end


def _number(start: str | None) -> int | None:
    return int(start) if start and start.isascii() and start.isdigit() and len(start) < 7 else None
