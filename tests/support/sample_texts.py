"""Texts made of a body, and places in it found by their words."""

from __future__ import annotations

from texts.model import Span, Text
from texts.segment import passages


def a_text(body: str, slug: str = "one", *, title: str = "", source: str = "") -> Text:
    """A text of that body; its title is its name with a capital unless another is given."""
    return Text(slug, title or slug.title(), "", source, body, passages(body))


def article_text(body: str, slug: str = "text") -> Text:
    """A text all of whose paragraphs are article."""
    return Text(slug, slug, "", "", body, passages(body, furniture=False))


def span_of(words: str, body: str) -> Span:
    """Where words stand for the first time in a body."""
    start = body.index(words)
    return Span(start, start + len(words))


THREE_PARAGRAPHS = (
    "The first paragraph names Nouri Maliki, who was the prime minister of the country then.",
    "The second paragraph is about what Tehran wants, and how little of it anybody there would say aloud.",
    "The third paragraph leaves for other matters entirely: wheat, ports, and the price of a barrel of oil.",
)
