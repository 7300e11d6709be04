"""The words of passages as numbers that mean the same in every corpus and on every machine.

A word counts by its root, as relating takes it (`texts.relate.passage_words`), and the number is a hash of that: texts
can be read in any order, by any process, and two corpora compared, without a vocabulary that all have to share.
"""

from __future__ import annotations

from array import array
from hashlib import blake2b
from typing import NamedTuple

from texts.languages.morphology import is_in_old_spelling, morphology_of
from texts.languages.telling import effective_language
from texts.model import Text
from texts.relate.passage_words import RootNumbers, WordReader

_MOST_FORMS = 200_000
"""Forms that are remembered: of damaged letters there is no end."""


class WordNumbers(NamedTuple):
    """The words of the passages of one text that carry a subject."""

    numbers: array[int]
    """Hash of the root of each word, 64 bits with a sign, passage after passage."""
    starts: array[int]
    """Where in them each passage starts, and their number at the end."""


class _Hashes(RootNumbers):
    """Numbers roots by their hash."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = 0

    def number(self, name: str) -> int:
        """64 bits of BLAKE2b (RFC 7693), as a number with a sign."""
        self.asked += 1
        return hash_of(name)


def hash_of(root: str) -> int:
    """64 bits of BLAKE2b of a root, as a number with a sign."""
    digest = blake2b(root.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little", signed=True)


class ContentReader:
    """Reads the words of texts; remembers those that it has met."""

    def __init__(self) -> None:
        self._readers: dict[tuple[str, bool], tuple[WordReader, _Hashes, frozenset[str]]] = {}

    def read(self, text: Text) -> WordNumbers:
        """The words of the numbered passages of a text, stop words left out."""
        reader, stop_words = self._reader(text)
        numbers, starts = array("q"), array("I", [0])
        for passage in text.numbered:
            for _, _, form, _ in reader.scan(text.body, passage.span):
                if form.number is not None and form.root not in stop_words:
                    numbers.append(form.number)
            starts.append(len(numbers))
        return WordNumbers(numbers, starts)

    def _reader(self, text: Text) -> tuple[WordReader, frozenset[str]]:
        key = effective_language(text), is_in_old_spelling(text)
        found = self._readers.get(key)
        if found is None or found[1].asked > _MOST_FORMS:
            morphology = morphology_of((text,))
            hashes = _Hashes()
            found = self._readers[key] = (
                WordReader(hashes, morphology=morphology),
                hashes,
                morphology.stop_words,
            )
        return found[0], found[2]
