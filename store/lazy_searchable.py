"""A text of the library as search sees it, of which only what is asked for is read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from texts.search.search_records import Searchable

if TYPE_CHECKING:
    from texts.model import Passage
    from texts.search import Body, Index


class LazySearchable(Searchable):
    """Reads index, body and passages when they are first asked for: of most texts a search wants the index at most."""

    __slots__ = ("_read_body", "_read_index", "_read_passages")

    def __init__(
        self,
        slug: str,
        body: Callable[[Index], Body],
        index: Callable[[], Index],
        passages: Callable[[Body], Sequence[Passage]],
    ) -> None:
        self.slug = slug
        self._read_body = body
        self._read_index = index
        self._read_passages = passages

    def __getattr__(self, name: str) -> object:
        """What a slot would hold that is still empty."""
        if name == "index":
            self.index = self._read_index()
        elif name == "body":
            self.body = self._read_body(self.index)
        elif name == "passages":
            self.passages = self._read_passages(self.body)
        else:
            raise AttributeError(name)
        return object.__getattribute__(self, name)
