"""Vectors of the sentences of a library's texts, made once and kept, and texts related by them."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from store.text_names import texts_in_use
from texts.digests import digest_of
from texts.meaning import MISSING, MeaningError, model_version

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from store.library import Library
    from texts.meaning.meaning_relations import MeaningRelations
    from texts.meaning.vectors import TextVectors
    from texts.model import Text
    from texts.naming import Overrides

_MAKING = 0.9
"""Share of the time that vectors take, where any have to be made."""


def relates_by_meaning(left: Text, right: Text, asked: bool | None) -> bool:
    """Whether two texts are related by meaning too: as asked, else where they are in two languages and a model is
    there.

    Raises MeaningError where it is asked for and there is no model.
    """
    if asked is False:
        return False
    if not model_version():
        if asked:
            raise MeaningError(MISSING)
        return False
    if asked:
        return True
    from texts.languages.telling import effective_language
    from texts.languages.transliteration import are_in_two_scripts

    languages = effective_language(left), effective_language(right)
    if all(languages):
        return languages[0] != languages[1]
    return are_in_two_scripts(left.body, right.body)


_BEGINNING = 1_024
"""Code points by which the script of a text is told where a whole library is looked through."""


class OtherLanguages(NamedTuple):
    """The texts of a library that are in another language than one that is asked about."""

    by_meaning: tuple[str, ...] = ()
    """Slugs of those that can be related by meaning at once, because vectors of all their sentences are kept; those
    that say most of the same first."""
    by_words: int = 0
    """How many others there are."""


def in_other_languages(library: Library, text: Text, most: int) -> OtherLanguages:
    """Which texts of the library are in another language than a text; of those with vectors, `most` at most.

    A text has vectors when it was related or searched by meaning before.
    """
    from texts.languages.telling import effective_language
    from texts.languages.transliteration import are_in_two_scripts

    own_language = effective_language(text)
    texts = [each for each in texts_in_use(library) if each.slug != text.slug]
    # Where a language is not known, the letters tell.
    unknown = [each.slug for each in texts if not (own_language and each.language)]
    beginnings = library.texts.beginnings(_BEGINNING) if unknown else {}
    elsewhere = {slug for slug in unknown if are_in_two_scripts(text.body, beginnings.get(slug, ""))}
    elsewhere.update(each.slug for each in texts if own_language and each.language not in ("", own_language))
    others = [each.slug for each in texts if each.slug in elsewhere]
    own = _kept_vectors(library, text) if others and model_version() else None
    if own is None:
        return OtherLanguages((), len(others))
    from texts.meaning.vectors import likeness

    alike = {}
    for slug in others:
        vectors = _kept_vectors(library, library.texts.get(slug))
        if vectors is not None:
            alike[slug] = likeness(own, vectors)
    nearest = sorted(alike, key=lambda slug: -alike[slug])[:most]
    return OtherLanguages(tuple(nearest), len(others) - len(nearest))


def _kept_vectors(library: Library, text: Text) -> TextVectors | None:
    """A text in vectors, where the library keeps those of all its sentences."""
    from texts.meaning.embedding import VECTOR_BYTES
    from texts.meaning.pieces import pieces_of
    from texts.meaning.vectors import TextVectors

    pieces = pieces_of(text)
    keys = {piece.key for piece in pieces}
    kept = library.vectors.get(model_version(), keys, VECTOR_BYTES)
    return TextVectors.of(pieces, len(text.numbered), kept) if keys and len(kept) == len(keys) else None


class Work(NamedTuple):
    """How meaning is worked out."""

    progress: Callable[[float], None] | None = None
    """Is told the share that is done, 0–1."""
    cancelled: Callable[[], bool] | None = None
    """Says whether the answer is no longer wanted."""
    beside: bool = False
    """Whether it is worked out beside a desk, which comes first: in one process that gives way to others."""


def related_by_meaning(
    library: Library | None, left: Text, right: Text, overrides: Overrides, work: Work, *, keep: bool = True
) -> MeaningRelations:
    """Which passages of two texts say the same, in whatever language; vectors that the library keeps are taken from it.

    `keep`: those that are made now are kept there, as soon as they are made. Raises Cancelled and MeaningError.
    """
    from texts.meaning.meaning_job import relate_in_child_by_meaning, words_in_child

    words = words_in_child(left, right, cancelled=work.cancelled)
    told = work.progress or (lambda share: None)
    vectors = vectors_of(
        words, library, work._replace(progress=lambda share: told(share * _MAKING)), keep=keep
    )
    return relate_in_child_by_meaning(
        left,
        right,
        vectors,
        aliases=overrides.aliases(),
        parted=sorted(overrides.parted),
        progress=lambda share: told(_MAKING + share * (1 - _MAKING)),
        cancelled=work.cancelled,
    )


def vectors_of(
    words: Sequence[str], library: Library | None, work: Work, *, keep: bool = True
) -> dict[str, bytes]:
    """The vector of each of the clean strings: as the library has it, or made now and kept there.

    Raises Cancelled and MeaningError; what was made until then is kept.
    """
    from texts.meaning.embedding import VECTOR_BYTES, KeptVector, complete
    from texts.meaning.pieces import key_of

    model = model_version()
    keys = {each: key_of(each) for each in words}
    kept = library.vectors.get(model, keys.values(), VECTOR_BYTES) if library is not None else {}

    def keep_made(made: Iterable[KeptVector]) -> None:
        if library is not None and keep:
            library.vectors.put(model, [(keys[each], vector) for each, vector in made])

    return complete(
        words,
        {each: kept[key] for each, key in keys.items() if key in kept},
        keep_made,
        progress=None if work.progress is None else lambda done, of: _tell(work, done / of),
        cancelled=work.cancelled,
        processes=1 if work.beside else 0,
        niceness=10 if work.beside else 0,
    )


def _tell(work: Work, share: float) -> None:
    if work.progress is not None:
        work.progress(share)


def forgotten_vectors(library: Library) -> set[bytes]:
    """The digests of vectors that no present text of the library has the words of: what removed texts have left."""
    kept = library.vectors.digests()
    if not kept:
        return kept
    from texts.meaning.pieces import pieces_of

    for slug in library.texts.slugs():
        kept.difference_update(piece.key for piece in pieces_of(library.texts.get(slug)))
        if not kept:
            break
    return kept


def kept_relations(
    library: Library, left: Text, right: Text, overrides: Overrides
) -> MeaningRelations | None:
    """What was related by meaning before and still holds."""
    from texts.meaning.meaning_relations import MeaningRelations

    kept = library.relations.get(left.slug, right.slug, format_number=_format(), aliases=_digest(overrides))
    if kept is not None:
        with suppress(ValueError):  # of other passages: what counts as furniture has changed
            return MeaningRelations.from_bytes(kept, left, right)
    return None


def keep_relations(library: Library, relations: MeaningRelations, overrides: Overrides) -> None:
    """Keeps what was related, in the place of what the library kept for the pair."""
    library.relations.put(
        relations.left.slug,
        relations.right.slug,
        relations.to_bytes(),
        format_number=_format(),
        aliases=_digest(overrides),
    )


def _format() -> int:
    """A number that no relations by words have, and that changes with either layout."""
    from texts.meaning.meaning_relations import MEANING_FORMAT
    from texts.relate import Relations

    return 1000 * MEANING_FORMAT + Relations.FORMAT


def _digest(overrides: Overrides) -> str:
    """What tells the model and the reader's word on names from others."""
    return f"{model_version()} {digest_of(repr((overrides.aliases(), sorted(overrides.parted))))}"
