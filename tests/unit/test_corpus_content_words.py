"""The words of passages as numbers that any process and any corpus gives them."""

from __future__ import annotations

from array import array
from hashlib import blake2b
from itertools import pairwise

from texts.corpus.content_words import ContentReader, hash_of
from texts.lexicon import root
from texts.load import load_bytes
from texts.model import Text


def text_of(body: str, language: str = "en") -> Text:
    text = load_bytes(body.encode(), "one.txt")
    return Text("one", "", "", "", text.body, text.passages, language)


def words_of(text: Text, reader: ContentReader | None = None) -> list[list[int]]:
    """The numbers of each passage."""
    found = (reader or ContentReader()).read(text)
    assert found.starts[0] == 0
    assert found.starts[-1] == len(found.numbers)
    return [list(found.numbers[start:end]) for start, end in pairwise(found.starts)]


def test_a_word_is_the_hash_of_its_root_and_stop_words_are_none() -> None:
    text = text_of("The harbours of the town.\n\nOf the.\n\nTown, harbour, town.")
    town, harbour = hash_of("town"), hash_of(root("harbour"))
    assert words_of(text) == [[harbour, town], [], [town, harbour, town]]


def test_a_hash_is_eight_bytes_of_blake2b_with_a_sign() -> None:
    for word in ("quay", "zeit", "море"):
        digest = blake2b(word.encode(), digest_size=8).digest()
        assert array("q", [hash_of(word)]).tobytes() == digest
    assert hash_of("\udce9") != hash_of("\udcea")  # halves of surrogate pairs have one too


def test_numbers_are_the_same_whoever_reads_and_whatever_was_read_before() -> None:
    one, other = text_of("The quay was empty."), text_of("Empty was the harbour, and the quay.")
    reader = ContentReader()
    assert words_of(other, reader) == words_of(other)
    assert words_of(one, reader) == words_of(one)
    assert words_of(other, reader) == words_of(other)


def test_each_language_has_its_own_roots_and_stop_words() -> None:
    reader = ContentReader()
    body = "Die Häfen die."
    assert len(words_of(text_of(body, "de"), reader)[0]) == 1
    assert len(words_of(text_of(body, "en"), reader)[0]) == 3
    assert words_of(text_of(body, "de"), reader) == words_of(text_of("Hafen.", "de"), reader)


def test_a_text_in_old_spelling_shares_its_words_with_a_modern_one() -> None:
    old = (
        "Thou shalt loue thy neyghboure, and haue the hertes of the peple, whiche ben vnder the heuen. " * 20
    )
    new = (
        "Thou shalt love thy neighbour, and have the hearts of the people, which been under the heaven. " * 20
    )
    ours, theirs = (set(words_of(text_of(body))[0]) for body in (old, new))
    assert hash_of("neyghbour") not in ours
    assert len(ours & theirs) > len(ours) / 2


def test_page_chrome_has_no_words() -> None:
    prose = (
        "The port reopened on Monday after eleven days, and the first ships were unloaded before dawn. " * 3
    )
    text = text_of(f"Menu\n\nShare\n\nSearch\n\nThe port\n\n{prose}")
    assert any(passage.is_furniture for passage in text.passages)
    found = words_of(text)
    assert len(found) == len(text.numbered)
    assert hash_of("menu") not in {number for passage in found for number in passage}
