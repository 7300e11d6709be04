"""Words of readers and authors, and the colours of tags, as HTML and CSS.

Everything is escaped, and of Markdown there is only what needs no address.
"""

from __future__ import annotations

from functools import cache
from html import escape
from typing import TYPE_CHECKING

from store.codebook import PALETTE
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


_DARK_INK, _LIGHT_INK = "#14120f", "#ffffff"


def colour_class(colour: str) -> str:
    """The class that sets a colour; grey for one that is not of the palette."""
    return f"c-{colour if colour in PALETTE else 'grey'}"


def stylesheet() -> str:
    """For each colour `--c`, its channels, and `--on`, the ink that is read best on it."""
    return "".join(
        f".c-{name} {{ --c: {red} {green} {blue}; --on: {_ink(red, green, blue)}; }}\n"
        for name, (red, green, blue) in ((name, _channels(code)) for name, code in PALETTE.items())
    )


def _channels(code: str) -> tuple[int, int, int]:
    red, green, blue = bytes.fromhex(code.removeprefix("#"))
    return red, green, blue


def _ink(*channels: int) -> str:
    """Dark or light, whichever has the higher contrast (WCAG 2.2: relative luminance)."""
    luminance = sum(map(float.__mul__, (0.2126, 0.7152, 0.0722), map(_linear, channels)))
    return _DARK_INK if (luminance + 0.05) / 0.05 > 1.05 / (luminance + 0.05) else _LIGHT_INK


def _linear(channel: int) -> float:
    share = channel / 255
    return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)
