"""A text as search sees it, of which only what is asked for is read."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

from texts.search.search_records import Searchable

if TYPE_CHECKING:
    from store.present_versions import Present
    from texts.model import Passage
    from texts.search import Body, Index


class _ReadWhenAsked(Searchable):
    """Reads index, body and passages when they are first asked for: of most texts a search wants the index at most."""

    __slots__ = ()

    def __getattr__(self, name: str) -> object:
        """What a slot would hold that is still empty."""
        if name == "index":
            self.index = self._read_index()
        elif name == "body":
            self.body = self._read_body()
        elif name == "passages":
            self.passages = self._read_passages()
        else:
            raise AttributeError(name)
        return object.__getattribute__(self, name)

    @abstractmethod
    def _read_index(self) -> Index: ...

    @abstractmethod
    def _read_body(self) -> Body: ...

    @abstractmethod
    def _read_passages(self) -> Sequence[Passage]: ...


class LazySearchable(_ReadWhenAsked):
    """A text that functions read."""

    __slots__ = ("_body_of", "_indexed", "_passages_of")

    def __init__(
        self,
        slug: str,
        body: Callable[[Index], Body],
        index: Callable[[], Index],
        passages: Callable[[Body], Sequence[Passage]],
    ) -> None:
        self.slug = slug
        self._body_of = body
        self._indexed = index
        self._passages_of = passages

    def _read_index(self) -> Index:
        return self._indexed()

    def _read_body(self) -> Body:
        return self._body_of(self.index)

    def _read_passages(self) -> Sequence[Passage]:
        return self._passages_of(self.body)


class Reader(Protocol):
    """What reads the parts of a text in its present version."""

    def read_index(self, slug: str, present: Present) -> Index: ...

    def read_body(self, present: Present, index: Index) -> Body: ...

    def read_passages(self, slug: str, present: Present, body: Body) -> Sequence[Passage]: ...


class SearchableOfLibrary(_ReadWhenAsked):
    """A text of a library in its present version: as there are thousands, it is made without functions of its own."""

    __slots__ = ("_indexes", "_present")

    def __init__(self, slug: str, present: Present, indexes: Reader) -> None:
        self.slug = slug
        self._present = present
        self._indexes = indexes

    def _read_index(self) -> Index:
        return self._indexes.read_index(self.slug, self._present)

    def _read_body(self) -> Body:
        return self._indexes.read_body(self._present, self.index)

    def _read_passages(self) -> Sequence[Passage]:
        return self._indexes.read_passages(self.slug, self._present, self.body)
