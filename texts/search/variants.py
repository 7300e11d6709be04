"""The words of a text that a word of a query may stand for.

Not the text is scanned but its vocabulary: 20,000 words where the text has a million. How many edits are
allowed goes by the length of the word: an edit is a letter left out, put in or put wrong, or two neighbours swapped
(Damerau 1964).

Some languages write in one with a word what stands before it, articles and prepositions, or after it, particles and
endings. A stemmer takes care of the endings of most languages of Europe; what it does not know is here: the article and
the one-letter words of Arabic and Hebrew, the particles of Korean, the endings of Persian, and the case endings of the
scripts of India.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA, DamerauLevenshtein

from texts.lexicon import STOP_WORDS, root, stem

if TYPE_CHECKING:
    from texts.lexicon import Aliases
    from texts.search.index import Index
    from texts.search.packed_vocabulary import Vocabulary

WITH_AFFIX = 0.95
"""How alike a word is with something written to it: الكلمة for كلمة, 예수는 for 예수."""

INSIDE = 0.9
"""How alike a longer Korean word is that holds the one wanted: 그리스도예수 for 예수."""

_SHORTEST = 2  # letters of a word that prefixes are looked for before; with fewer, any word would have some
_SHORTEST_BARE = 3  # letters that are left of a word without its article


def _split(words: str) -> tuple[str, ...]:
    return tuple(words.split())


_ARABIC = _split("ال وال فال بال كال لل ولل و ف ب ك ل وب ول وك فب فل")
_HEBREW = _split("ו ה ב כ ל מ ש וה וב וכ ול ומ וש שה שב שכ של שמ מה כש ושה ומה וכש לכש")
_KOREAN = _split(
    """
    가 이 은 는 을 를 의 에 도 만 과 와 로 으로 께 께서 에게 에서 에게서 한테 부터 까지 보다 처럼 같이 마다 조차
    마저 이나 나 이라 라 이여 여 야 아 들 들이 들은 들을 들의 들에게 에는 에도 에서는 께서는 께서도 이니 니 이다 다
    """
)
_PERSIAN = _split("ي ها هاي هايي تر ترين مان تان شان")
_PERSIAN_BEHIND_HE = _split("اي ام ات اش ان اند")
"""Endings that are set off by a joiner nobody sees; some are so only behind the letter he, else part of other words."""
_LETTERS_BEFORE_ENDING = 3  # a word of an Indian script has so many without the marks on them,
_LETTERS_OF_ENDING = 2  # and an ending that may be written to it this many


def with_affixes(word: str, vocabulary: Vocabulary) -> Iterator[tuple[int, float]]:
    """Numbers of the words that are the folded word with something written to it, and how alike they are."""
    first = word[:1]
    if first < "\u0590":
        return
    if "\u05d0" <= first <= "\u05ea":
        yield from _with_prefixes(word, vocabulary, _HEBREW, ("ה", "וה"))
    elif "\u0620" <= first <= "\u06ff":
        yield from _with_prefixes(word, vocabulary, _ARABIC, ("ال", "وال"))
        yield from _persian(word, vocabulary)
    elif "\uac00" <= first <= "\ud7a3":
        yield from _korean(word, vocabulary)
    elif "\u0900" <= first <= "\u0dff":
        yield from _with_endings(word, vocabulary)


def _with_prefixes(
    word: str, vocabulary: Vocabulary, prefixes: tuple[str, ...], articles: tuple[str, ...]
) -> Iterator[tuple[int, float]]:
    bases = [word]
    for article in articles:
        if word.startswith(article) and len(word) - len(article) >= _SHORTEST_BARE:
            bases.append(word.removeprefix(article))
    for base in bases:
        if len(base) < _SHORTEST:
            continue
        for prefix in ("", *prefixes):
            number = vocabulary.find(prefix + base)
            if number is not None and prefix + base != word:
                yield number, WITH_AFFIX


def _persian(word: str, vocabulary: Vocabulary) -> Iterator[tuple[int, float]]:
    if len(word) < _SHORTEST_BARE:
        return
    for ending in (*_PERSIAN, *(_PERSIAN_BEHIND_HE if word.endswith("ه") else ())):
        if (number := vocabulary.find(word + ending)) is not None:
            yield number, WITH_AFFIX


def _korean(word: str, vocabulary: Vocabulary) -> Iterator[tuple[int, float]]:
    for number in vocabulary.containing(word) if len(word) > 1 else vocabulary.starting_with(word):
        other = vocabulary.word(number)
        if other.startswith(word) and (len(word) > 1 or other[len(word) :] in _KOREAN):
            yield number, WITH_AFFIX
        elif len(word) > 1:
            yield number, INSIDE


def _with_endings(word: str, vocabulary: Vocabulary) -> Iterator[tuple[int, float]]:
    if _letters(word) < _LETTERS_BEFORE_ENDING:
        return
    for number in vocabulary.starting_with(word):
        if _letters(vocabulary.word(number)[len(word) :]) <= _LETTERS_OF_ENDING:
            yield number, WITH_AFFIX


def _letters(word: str) -> int:
    """How many letters a word has, not counting the marks on them."""
    return sum(unicodedata.category(c)[0] != "M" for c in word)


SAME_STEM = 0.95
SAME_SPELLING = 0.94
SAME_NAME = 0.9
COMPLETED = 0.9
WRONG_LETTER = 0.95

_LONG_IN_OLD_SPELLING = 7
_MOST_VARIANTS = 40
_FEW_INDEXES = 100
"""Texts whose vocabularies are kept taken apart from one word to the next: 60 bytes a word."""
_MOST_COMPLETIONS = 200

Variants = dict[int, float]
"""Numbers of words of a vocabulary, and how alike each is to the word of the query: 1 is the same."""


class WantedWord(NamedTuple):
    """A word to find variants of."""

    word: str
    """Folded."""
    letters: int
    """The length that decides how many edits are allowed: the word's, or that of a compound's longest part."""
    is_prefix: bool = False
    """Whether words that only begin so are meant too."""
    is_settled: bool = False
    """Whether it is taken for a slip only where it is nowhere: what is still being typed, the, and, of."""
    in_phrase: bool = False
    """Whether its neighbours help to tell it: a short one may then be a slip of another, even where it is a word."""


class WordGroup(NamedTuple):
    """Texts that are looked at as one for the words that may count: one text, or many."""

    vocabulary: Vocabulary
    """Their words, or at least those of them that may count."""
    old: str
    """The language in whose old spelling they are; empty for none."""
    postings: Sequence[Mapping[int, int]] = ()
    """Of many texts, for each word those that have it, by number, and how often; 0 where that is not told."""


def most_edits(length: int) -> int:
    """How many edits a word of this length may have: none up to 2 letters, 1 up to 4, 2 up to 11, 3 above."""
    return 0 if length <= 2 else 1 if length <= 4 else 2 if length <= 11 else 3


def _most_lost(length: int) -> int:
    """How many edits it may have where no letter typed is wrong, but some are lost or swapped: 2 from 4 letters on."""
    return max(most_edits(length), 2 * (length >= 4))


def edits_beside(length: int, best: int) -> int:
    """How many edits still count where the best variant has `best`: what is much worse is another word."""
    beside_the_same = 0 if length <= 4 else 1 if length <= 6 else 2
    beside_another = best + 1 if length > 4 or (length == 4 and best) else best
    return min(_most_lost(length), max(beside_another, beside_the_same))


def expand(wanted: WantedWord, groups: Sequence[WordGroup], aliases: Aliases) -> list[Variants]:
    """For each group of texts, which are all that are searched, the words that the wanted one may stand for."""
    found: list[Variants] = [
        dict(same_words(wanted.word, group.vocabulary, aliases, filter(None, [group.old])))
        for group in groups
    ]
    if wanted.is_prefix and len(wanted.word) > 1:
        for group, variants in zip(groups, found, strict=True):
            for number, similarity in completions(wanted.word, group.vocabulary):
                variants[number] = max(similarity, variants.get(number, 0))
    is_open = wanted.in_phrase or not (wanted.is_settled and any(found))
    if is_open and most_edits(wanted.letters):
        # In old spelling every second word is a letter away from another one: a word that is there is no slip.
        loose = [k for k, group in enumerate(groups) if not (found[k] and group.old)]
        _add_misspelt(wanted, [groups[k] for k in loose], [found[k] for k in loose])
    return found


def most_variants(wanted: WantedWord) -> int:
    """How many words of a text count at most, but for forms of the word itself."""
    return _MOST_COMPLETIONS if wanted.is_prefix else _MOST_VARIANTS


def variants_in(index: Index, variants: Variants, wanted: WantedWord, old: str) -> Variants:
    """Variants by their numbers in the index of a text that is in this old spelling, the most alike first.

    Without those that are other words there.
    """
    if old == "en":
        from texts.languages.early_english import is_as_of_today

        is_other = partial(is_as_of_today, word=wanted.word, count=partial(_count, index))
        variants = {number: alike for number, alike in variants.items() if not is_other(index.word(number))}
    return _best(variants, index, most_variants(wanted))


def _count(index: Index, word: str) -> int:
    number = index.find(word)
    return 0 if number is None else index.count(number)


def same_words(
    word: str, vocabulary: Vocabulary, aliases: Aliases, old: Iterable[str]
) -> Iterator[tuple[int, float]]:
    """Numbers of the words that are no slip of a word but the same, the word itself last, and how alike they are.

    Other names for it, words with the same stem or something written to it, and spellings of it in `old` languages.
    """
    for alias in aliases.of(root(word)):
        for number in vocabulary.starting_with(alias[:-1]):
            if root(vocabulary.word(number)) == alias:
                yield number, SAME_NAME
    wanted = stem(word)
    if len(wanted) > 2:
        # The last letter of a stem may differ from the word's (happy, happi); nothing before it does.
        for number in vocabulary.starting_with(wanted[:-1]):
            other = vocabulary.word(number)
            if stem(other) == wanted and (other not in STOP_WORDS or word in STOP_WORDS):
                yield number, SAME_STEM
    yield from with_affixes(word, vocabulary)
    for language in old:
        from texts.languages.old_spelling import spellings_of

        def words_from(letter: str, length: int) -> Iterator[str]:
            bucket = vocabulary.buckets.get(length)
            return map(vocabulary.word, bucket.starting_with(letter)) if bucket else iter(())

        for other in spellings_of(word, language, words_from):
            if (spelling := vocabulary.find(other)) is not None:
                yield spelling, SAME_SPELLING
    if (same := vocabulary.find(word)) is not None:
        yield same, 1.0


def completions(word: str, vocabulary: Vocabulary) -> Iterator[tuple[int, float]]:
    """Numbers of the words that begin so, and how alike they are."""
    for number in vocabulary.starting_with(word):
        yield number, COMPLETED * math.sqrt(math.sqrt(len(word) / len(vocabulary.word(number))))


def _add_misspelt(wanted: WantedWord, groups: Sequence[WordGroup], found: Sequence[Variants]) -> None:
    """Add the words within the edits that are allowed beside the best variant of all texts."""
    keep = len(groups) <= _FEW_INDEXES
    near = [_slips(wanted, group, keep=keep) for group in groups]
    best = min((edits for one in near for _, _, edits in one), default=0)
    allowed = max(edits_beside(wanted.letters, best), wanted.in_phrase)
    for variants, one in zip(found, near, strict=True):
        for number, other, edits in one:
            if 0 < edits <= allowed:
                similarity = _similarity(wanted.word, other, edits)
                variants[number] = max(similarity, variants.get(number, 0))


def _slips(wanted: WantedWord, group: WordGroup, *, keep: bool) -> list[tuple[int, str, int]]:
    """What is near a word; in old English none that is the spelling of another one: `lorde` is no slip of `large`.

    There a short word has no slips two letters away: too many others are.
    """
    near, word = near_words(wanted, group.vocabulary, keep=keep), wanted.word
    if group.old == "en":
        from texts.languages.early_english import is_english

        if is_english(word):
            most = 1 if len(word) < _LONG_IN_OLD_SPELLING else len(word)
            return [one for one in near if one[1] == word or (one[2] <= most and not is_english(one[1]))]
    return list(near)


def near_words(wanted: WantedWord, vocabulary: Vocabulary, *, keep: bool) -> Iterator[tuple[int, str, int]]:
    """Numbers of words of a vocabulary, the words, and how many edits away they are."""
    word, most, most_lost = wanted.word, most_edits(wanted.letters), _most_lost(wanted.letters)
    for length in range(max(1, len(word) - most), len(word) + most_lost + 1):
        if bucket := vocabulary.buckets.get(length):
            # Optimal string alignment is quick, but counts an edit more where a swap and a slip touch.
            for _, aligned, place in process.extract(
                word, bucket.choices(keep=keep), scorer=OSA.distance, score_cutoff=most + 1, limit=None
            ):
                edits, other = int(aligned), bucket.word(place)
                if edits > most:
                    edits = DamerauLevenshtein.distance(word, other, score_cutoff=most_lost)
                if edits <= most or (edits <= most_lost and not _wrong_letters(word, other)):
                    yield bucket.first + place, other, edits


def _similarity(word: str, other: str, edits: int) -> float:
    """How likely a word of the text is what the reader meant, as a similarity under 1.

    The noisy channel (Kernighan, Church and Gale 1990) in small: who leaves out a letter or swaps two has few
    ways to do so, who puts in a wrong one has many, so that a given wrong one is less to be expected. Words as
    likely as each other are equal, however common: else the more common one would hide the other.
    """
    shared = 1 - edits / max(len(word), len(other))
    return shared * math.sqrt(shared) * WRONG_LETTER ** _wrong_letters(word, other)


def _wrong_letters(word: str, other: str) -> int:
    """How many letters of a word the other one does not have, wherever they stand."""
    for letter in other:
        word = word.replace(letter, "", 1)
    return len(word)


def _best(variants: Variants, index: Index, most: int) -> Variants:
    """The most alike, of those the most used; the word itself in all its forms is never left out."""
    ranked = sorted(variants.items(), key=lambda item: (-item[1], -index.count(item[0]), item[0]))
    return dict(ranked[: max(most, sum(similarity >= INSIDE for similarity in variants.values()))])
