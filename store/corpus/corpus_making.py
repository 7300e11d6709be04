"""Makes a corpus: texts come in, are cut into sections, read into words and written shard by shard."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from store.corpus.corpus_file import Corpus, NewText
from texts.corpus.content_words import ContentReader
from texts.corpus.sections import sections_of
from texts.languages.telling import effective_language
from texts.tokens import WORD

if TYPE_CHECKING:
    from texts.corpus.corpus_texts import IncomingText

SHARD = 1_000_000
"""Words after which texts are written: as many as are lost when the program is ended, some fifteen seconds of work."""


@dataclass
class MakingReport:
    """What came of it."""

    added: int = 0
    there: int = 0
    """Texts that were there already, under the same id and with the same words."""
    empty: int = 0
    """Texts without a word."""


def add_texts(
    corpus: Corpus, texts: Iterable[IncomingText], told: Callable[[MakingReport], None] = lambda made: None
) -> MakingReport:
    """Adds texts to a corpus and says how many; `told` hears of it as it goes on.

    What was written stays whatever ends the rest: the same call goes on from there. Raises LibraryError.
    """
    made, reader = MakingReport(), ContentReader()
    waiting: list[NewText] = []
    here: set[tuple[str, str]] = set()
    for incoming in texts:
        key = incoming.known.name, incoming.text.sha256
        if key in here or corpus.has(*key):
            made.there += 1
            continue
        new = _read(incoming, reader)
        if not new.words:
            made.empty += 1
            continue
        here.add(key)
        waiting.append(new)
        made.added += 1
        if sum(text.words for text in waiting) >= SHARD:
            _write(corpus, waiting, made)
            waiting, here = [], set()
        told(made)
    _write(corpus, waiting, made)
    return made


def _write(corpus: Corpus, waiting: list[NewText], made: MakingReport) -> None:
    """Writes texts; those that another program has written meanwhile are there, not added."""
    there = len(waiting) - corpus.add(waiting)
    made.added -= there
    made.there += there


def _read(incoming: IncomingText, reader: ContentReader) -> NewText:
    """A text with its sections and their words."""
    text = incoming.text
    language = effective_language(text)
    sections = [(section, reader.read(section.as_text(text.slug, language))) for section in sections_of(text)]
    words = sum(sum(1 for _ in WORD.finditer(text.body, *passage.span)) for passage in text.numbered)
    return NewText(replace(incoming.known, language=language), text.sha256, words, sections)
