"""Reads one text of those that are given to a corpus: its words and sections, or why it cannot be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.corpus.corpus_file import Corpus
from store.corpus.corpus_packing import CorpusReading
from store.corpus.corpus_sources import GivenText, read_given
from store.corpus.new_texts import NewText
from texts.corpus.content_words import ContentReader
from texts.corpus.json_lines import LineError
from texts.corpus.sections import sections_of
from texts.languages.telling import effective_language
from texts.load import LoadError
from texts.tokens import WORD

if TYPE_CHECKING:
    from texts.corpus.corpus_texts import IncomingText
    from texts.load import LoadHints


class CorpusReader:
    """Reads texts for a corpus; remembers the words that it has met."""

    def __init__(self, corpus: Corpus, hints: LoadHints) -> None:
        self._corpus = corpus
        self._hints = hints
        self._words = ContentReader()

    def read(self, given: GivenText) -> CorpusReading:
        """What comes of a text; of one that is there already nothing is read but what tells that it is."""
        if given.trouble:
            return CorpusReading(None, given.trouble)
        try:
            return self.read_incoming(read_given(given, self._hints))
        except (LoadError, LineError) as error:
            return CorpusReading(None, f"{given.where}: {error}" if given.where else str(error))

    def read_incoming(self, incoming: IncomingText) -> CorpusReading:
        """The same of a text that is at hand."""
        if self._corpus.has(incoming.known.name, incoming.text.sha256):
            return CorpusReading()
        return CorpusReading(read_text(incoming, self._words))


def read_text(incoming: IncomingText, words: ContentReader) -> NewText:
    """The words and the sections of a text; `words` remembers those that it has met."""
    text = incoming.text
    language = effective_language(text)
    sections = [(section, words.read(section.as_text(text.slug, language))) for section in sections_of(text)]
    count = sum(sum(1 for _ in WORD.finditer(text.body, *passage.span)) for passage in text.numbered)
    return NewText(incoming.known._replace(language=language), text.sha256, count, sections)
