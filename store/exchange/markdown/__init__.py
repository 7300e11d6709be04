"""Markdown: `markdown_highlights` for notes programs, `markdown_texts` the whole texts with the highlights in place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from store.exchange.foreign import kept_apart
from store.exchange.markdown import markdown_escaping
from store.exchange.render_model import ArchiveReading


class TaggedReading(ArchiveReading):
    """An archive as people read it in a notes program."""

    @cached_property
    def hashtags(self) -> Mapping[str, str]:
        """By path of a tag; no two tags fall together."""
        return kept_apart(self.tags, markdown_escaping.hashtag)


def file_of(blocks: Iterable[str]) -> Iterator[bytes]:
    """Blocks with an empty line between them, as the pieces of a file."""
    between = ""
    for block in blocks:
        yield f"{between}{block}".encode()
        between = "\n\n"
    yield b"\n"
