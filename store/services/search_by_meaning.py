"""Finding in texts by what sentences mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.services.meanings import Work, vectors_of
from store.services.search import CONTEXT, Finding, Scope
from texts.meaning import MISSING, MeaningError, model_version
from texts.model import Text
from texts.search import Hit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.library import Library
    from store.services.search import SearchedSource
    from texts.meaning.pieces import Piece


def answered_by_meaning(
    query: str,
    sources: Sequence[SearchedSource],
    library: Library | None,
    work: Work,
    *,
    limit: int,
    keep: bool = True,
) -> list[Finding]:
    """Sentences of texts that answer a query by what they mean, in whatever language, best first and `limit` at most.

    The score is how far a sentence stands out among all of them. Raises Cancelled and MeaningError.
    """
    from texts.meaning.embedding import embed
    from texts.meaning.nearest import OTHER_QUESTIONS, nearest
    from texts.meaning.pieces import clean, pieces_of

    if not model_version():
        raise MeaningError(MISSING)
    asked = clean(query)
    if not asked:
        return []
    texts = [_text_of(source, library) for source in sources]
    pieces = [pieces_of(text) for text in texts]
    words = [piece.words for own in pieces for piece in own]
    vectors = vectors_of(words, library, work, keep=keep)
    made = dict(embed([asked, *OTHER_QUESTIONS], questions=True, processes=1, cancelled=work.cancelled))
    questions = [made[each] for each in (asked, *OTHER_QUESTIONS)]
    return [
        _finding(texts[answer.text], answer.piece, answer.score)
        for answer in nearest(questions, pieces, vectors, limit)
    ]


def _text_of(source: SearchedSource, library: Library | None) -> Text:
    """The text of a source, with what its library knows of its language."""
    found = source.searchable
    body = found.body[0 : len(found.body)]
    if library is not None and library.texts.has(found.slug):
        text = library.texts.get(found.slug)
        if text.body == body:
            return text
    return Text(found.slug, source.title, "", "", body, tuple(found.passages))


def _finding(text: Text, piece: Piece, score: float) -> Finding:
    start, end = piece.span
    return Finding(
        Scope.TEXTS,
        text.slug,
        text.title,
        piece.passage + 1,
        piece.span,
        text.quote(piece.span),
        text.body[max(0, start - CONTEXT) : start],
        text.body[end : end + CONTEXT],
        score,
        hit=Hit(text.slug, piece.passage + 1, piece.span, score, (piece.span,)),
        by_meaning=True,
    )
