"""How letters, words, names and lines are taken: who changes a table of letters or a rule of spelling sees for which.

Of the characters those are looked at that Unicode had in version 3.2, so that no newer one changes an answer.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from itertools import combinations
from unicodedata import normalize, ucd_3_2_0
from zlib import crc32

import pytest
from recorded import same_as_recorded

from tests.unit.test_boilerplate import AUTHOR, CALL, FORM, HEADS, TAILS, TITLE
from tests.unit.test_claims import BRIDGE, CELLO, GOSPELS
from tests.unit.test_languages import SAMPLES
from tests.unit.test_recorded_search import TYNDALE
from tests.unit.test_relate import FABLES, RETOLD
from texts.languages.abbreviations import leads_on
from texts.languages.early_english import is_english, modern_root
from texts.languages.morphology import morphology_of
from texts.languages.old_spelling import KEYS, spellings_of
from texts.languages.sentences import sentences
from texts.languages.spelling_keys import name_key
from texts.languages.telling import language_of
from texts.languages.transliteration import main_script, one_name, romanized, skeleton, sounds_alike
from texts.lexicon import (
    acronym_root,
    are_two_words,
    letter_similarity,
    may_vary,
    root,
    spelling_similarity,
    stem,
)
from texts.model import Span, Text
from texts.outline import outline
from texts.prose import ends_sentence, finished, flows, is_headline, is_running, runs_on
from texts.segment import passages
from texts.tokens import is_unspaced
from texts.typography import fold_body, fold_text, fold_typography, fold_word, is_capital
from texts.visible import cut_marks, one_line, visible

OF_CHARACTERS: dict[str, Callable[[str], object]] = {
    "fold_word": lambda character: fold_word(f"a{character}b"),
    "fold_text": lambda character: fold_text(f"a{character}B ").text,
    "with case": lambda character: fold_text(f"A{character}b", case=False).text,
    "with accents": lambda character: fold_text(f"a{character}é", accents=False).text,
    "fold_body": lambda character: fold_body(f"a {character} b").text,
    "fold_typography": lambda character: fold_typography(f"“a{character}”"),
    "visible": lambda character: (visible(f"a{character}b"), visible(character)),
    "one_line": lambda character: one_line(f"a{character}\n b"),
    "is_capital": is_capital,
    "is_unspaced": is_unspaced,
    "romanized": romanized,
    "skeleton": lambda character: skeleton(f"a{character}e{character}"),
    "main_script": main_script,
}
PIECE = 0x100


def pieces() -> Iterable[tuple[str, str]]:
    """The characters that have long been there, in pieces by their first code point."""
    for first in (
        *range(0, 0x3400, PIECE),
        0x4E00,
        0x5300,
        0xAC00,
        *range(0xF900, 0x10500, PIECE),
        0x1D400,
        0xE0000,
    ):
        characters = map(chr, range(first, first + PIECE))
        yield (
            f"{first:X}",
            "".join(each for each in characters if ucd_3_2_0.category(each) not in ("Cn", "Cs")),
        )


@pytest.mark.parametrize("name", OF_CHARACTERS)
def test_how_each_character_is_taken(name: str) -> None:
    take = OF_CHARACTERS[name]
    made: dict[str, object] = {
        first: crc32(repr([*map(take, some)]).encode()) for first, some in pieces() if some
    }
    same_as_recorded(f"words/each-{name.replace(' ', '-')}", made)


ENGLISH = sorted(set(re.findall(r"[a-z’]+", " ".join((*FABLES, *RETOLD, *BRIDGE, *CELLO)).lower())))
OLD = sorted(set(re.findall(r"[a-z]+", TYNDALE.lower())))[::2]
NAMES = """
nouri nuri maliki malaki teheran tehran sistani systani iran iraq qaeda qaida shia shiit peter petre jhon john iesus
jesus Систани Sistani Σιστάνι سيستاني 西斯塔尼 Малики 马利基 Nouri Нури Νούρι نوري Kyiv Киев Київ Athens Αθήνα
Chaikovsky Чайковский 柴可夫斯基 Churchill Черчилль 丘吉尔 Li Ли Anna Анна Αννα Ян Jan آن לוי Levi משה Moses Moshe
Gorbachev Горбачёв
"""


def test_the_roots_of_words() -> None:
    made: dict[str, object] = {
        word: [stem(word), root(word), may_vary(word), acronym_root(word)] for word in ENGLISH
    }
    same_as_recorded("words/roots", made)


def test_the_words_of_today_that_old_spellings_are() -> None:
    made: dict[str, object] = {word: [modern_root(word), is_english(word), name_key(word)] for word in OLD}
    keyed = sorted({fold_word(word) for code in KEYS if code in SAMPLES for word in SAMPLES[code].split()})
    made |= {f"{code} {word}": KEYS[code](word) for code in KEYS for word in (*keyed, *OLD[:40])}

    def words_from(letter: str, length: int) -> list[str]:
        return [word for word in OLD if word.startswith(letter) and len(word) == length]

    modern = (
        "life",
        "word",
        "light",
        "himself",
        "world",
        "which",
        "witness",
        "beginning",
        "came",
        "people",
        "know",
        "given",
    )
    made |= {
        f"{word} in {code}": sorted(spellings_of(word, code, words_from)) for word in modern for code in KEYS
    }
    same_as_recorded("words/old", made)


def test_how_alike_two_names_are() -> None:
    made: dict[str, object] = {}
    for one, other in combinations(NAMES.split(), 2):
        folded = fold_word(one), fold_word(other)
        alike = [
            one_name(one, other),
            sounds_alike(skeleton(one), skeleton(other)),
            float(spelling_similarity(*folded)),
            float(letter_similarity(*folded)),
        ]
        parted = [are_two_words(*folded, both_used_by_both=both) for both in (True, False)]
        if max(alike) >= 0.5:
            made[f"{one} {other}"] = [*(round(each, 4) for each in alike), *parted]
    same_as_recorded("words/names", made)


def test_the_language_of_pieces_and_the_words_that_it_takes() -> None:
    made: dict[str, object] = {}
    for code, sample in SAMPLES.items():
        words = sample.split()
        pieces = [" ".join(words[first : first + count]) for count in (2, 4, 8) for first in (0, 3, 6)]
        mixed = [f"{sample} {SAMPLES[other]}" for other in ("en", "ja", "zh", "ru", "de")]
        made[code] = [language_of(each) for each in (*pieces, sample.upper(), *mixed)]
        taken = morphology_of([Text("x", "x", "", "", sample, passages(sample))])
        made[f"{code} words"] = [
            [taken.root(fold_word(word)), fold_word(word) in taken.stop_words] for word in words[:9]
        ]
    same_as_recorded("words/languages", made)


def test_where_sentences_end_in_each_language() -> None:
    marks = json.loads(GOSPELS.read_text(encoding="utf-8"))["acts"][0]
    made: dict[str, object] = {}
    for code, sample in SAMPLES.items():
        words = [*sample.split(), "a", "b"]
        said = f"„{words[0]}!“ 3. {words[-3]} (vgl. S. 12 ff.) Dr. {words[1]} a. 1999. «{sample}» {words[2]}?"
        body = f"{sample} {said} {marks}"
        made[code] = [[*span] for span in sentences(body, Span(0, len(body)), code)]
        pairs = [
            (f"{before}.", after)
            for before in ("vol", "S", "12", "Dr", words[0])
            for after in (words[1], "Oktober", "3")
        ]
        made[f"{code} leads on"] = "".join("01"[leads_on(before, after, code)] for before, after in pairs)
    same_as_recorded("words/sentences", made)


LINES = (
    *FABLES, *BRIDGE, TITLE, AUTHOR, CALL, *FORM, *(line for part in (*HEADS, *TAILS) for line in part), "", "He said:",
    "It ends.[12]", "“Is it?”", "Chapter 1", "CHAPTER II", "# A heading", "### Three", "I.", "1.2 Of ships", "* * *",
    "Part One: the sea", "BOOK THE FIRST", "The sea is calm,\nthe tide is full", "- item\n- item",
    "The sea is calm to-night, and\nthe tide is full and the moon\nlies fair.",
)  # fmt: skip


def test_what_lines_are() -> None:
    rules = (ends_sentence, runs_on, is_headline, flows, is_running)
    made: dict[str, object] = {
        line: ["".join("01"[bool(rule(line))] for rule in rules), finished(line)] for line in LINES
    }
    body = "\n\n".join(line for line in LINES if line)
    text = Text("x", "x", "", "", body, passages(body, furniture=False))
    made["outline"] = [[heading.passage.number, heading.level, heading.words] for heading in outline(text)]
    marked = [f"a{normalize('NFD', 'é')[1] * count}b" for count in range(8)]
    made["marks"] = [cut_marks(each, most) for each in marked for most in (1, 3)]
    same_as_recorded("words/lines", made)
