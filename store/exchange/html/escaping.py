"""The words of readers and authors as HTML: everything escaped, and of Markdown only what needs no address."""

from __future__ import annotations

from functools import cache
from html import escape
from typing import TYPE_CHECKING

from texts.visible import one_line, visible

if TYPE_CHECKING:
    from markdown_it import MarkdownIt


def text(words: str) -> str:
    """Words between tags."""
    return escape(visible(words), quote=False)


def value(words: str) -> str:
    """Words in an attribute."""
    return escape(one_line(words))


def note(markdown: str) -> str:
    """A reader's note: emphasis, lists, quotations and code; links, images and raw HTML show as they were typed."""
    return str(_markdown().render(visible(markdown))).strip()


@cache
def _markdown() -> MarkdownIt:
    from markdown_it import MarkdownIt

    # Headings would stand in the outline of the page, where a reader of notes does not expect them.
    unwanted = ["link", "image", "autolink", "html_inline", "html_block", "reference", "heading", "lheading"]
    return MarkdownIt("commonmark", {"html": False, "breaks": True}).disable(unwanted)
