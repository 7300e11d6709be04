"""The bodies of texts and their passages, as a library keeps them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from store.connection import Connection
from store.errors import LibraryError
from store.segmentation import SEGMENTATION, packed, unpacked
from texts.model import Passage, Passages, Text

if TYPE_CHECKING:
    from store.records import CurrentVersion, TextSummary
    from texts.search import Body

BODIES_KEPT = 8
"""TextBodies held in memory; they never change, so they never grow stale."""


class TextBodies:
    """Reads bodies, and tells their passages where they are not kept."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._bodies: dict[str, str] = {}
        """By digest, as the next body may get the id of one that was forgotten."""

    def get(self, body_id: int) -> str:
        """A body by its id."""
        sha256 = self._connection.value("SELECT sha256 FROM body WHERE id = ?", body_id)
        body = self._bodies.pop(sha256, None)
        if body is None:
            body = self._connection.value("SELECT content FROM body WHERE sha256 = ?", sha256)
            if body is None:
                raise LibraryError(f"{self._connection.path} lacks a body: run `tui check`")
        self._bodies[sha256] = body
        if len(self._bodies) > BODIES_KEPT:
            del self._bodies[next(iter(self._bodies))]
        return body

    def text(self, current: CurrentVersion) -> Text:
        """A version of a text, with its passages."""
        body = self.get(current.body_id)
        return Text(
            slug=current.slug,
            title=current.title,
            author=current.author,
            source=current.source,
            body=body,
            passages=self.passages(current, body),
            language=current.language,
        )

    def passages(self, current: CurrentVersion, body: Body) -> Sequence[Passage]:
        """The passages of a version: those that are kept, else told anew and kept."""
        found: Sequence[Passage] | None = self.kept_passages(current.version_id, len(body))
        if found is None:
            whole = str(body)
            found = self._segmented(current, whole)
            self.keep_segmentation(current.version_id, whole, found)
        return found

    def kept_passages(self, version_id: int, length: int) -> Passages | None:
        """The passages that are kept of a body of that length, where they are there and sound."""
        kept = self._connection.value(
            "SELECT spans FROM segmentation WHERE version_id = ? AND format = ?", version_id, SEGMENTATION
        )
        return None if kept is None else unpacked(kept, length)

    def _segmented(self, current: CurrentVersion, body: str) -> tuple[Passage, ...]:
        from texts.segment import passages

        overrides = self._connection.rows(
            "SELECT start, value FROM furniture WHERE version_id = ?", current.version_id
        )
        return passages(
            body, furniture=current.furniture, overrides={start: bool(value) for start, value in overrides}
        )

    def keep_segmentation(self, version_id: int, body: str, passages: Sequence[Passage]) -> None:
        """Keeps the passages of a version, with their number, the words in them and the language."""
        self._connection.keep(
            """INSERT OR REPLACE INTO segmentation (version_id, format, passages, words, spans, language)
            VALUES (?, ?, ?, ?, ?, ?)""",
            version_id,
            SEGMENTATION,
            _numbered(passages),
            words_in(body, passages),
            packed(passages),
            _language(body),
        )

    def counted(self, text: TextSummary, current: CurrentVersion) -> TextSummary:
        """A text whose counts are not kept, or were kept by another version of the program."""
        body = self.get(current.body_id)
        passages = self.passages(current, body)
        return text._replace(
            passages=_numbered(passages),
            words=words_in(body, passages),
            language=current.language or _language(str(body)),
        )


def _numbered(passages: Sequence[Passage]) -> int:
    return sum(passage.number is not None for passage in passages)


def _language(body: str) -> str:
    from texts.languages.telling import language_of

    return language_of(body)


def words_in(body: str, passages: Sequence[Passage]) -> int:
    """How many words the numbered passages of a body have."""
    from texts.languages.telling import sample_of, words_of
    from texts.tokens import WORD

    if _numbered(passages) == len(passages):  # between them there is no word
        return words_of(body).total() if sample_of(body) == body else WORD.count(body)
    return sum(WORD.count(body[slice(*passage.span)]) for passage in passages if passage.number is not None)
