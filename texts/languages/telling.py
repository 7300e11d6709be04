"""Tells the language of a text from the text itself: by its script, and of those that share it by its commonest words.

No model and no library: what is told decides sentences, stems and stop words, and a reader can correct it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from texts.lazy_pattern import lazy_pattern
from texts.typography import fold_word, split_words

if TYPE_CHECKING:
    from texts.model import Text

UNKNOWN = ""
"""No language: a text of another one, or too short to tell."""


def _pairs(table: str) -> Mapping[str, str]:
    return dict(pair.split("=") for pair in table.split())


NAMES = _pairs(
    """
    af=Afrikaans am=Amharic ar=Arabic be=Belarusian bg=Bulgarian bn=Bengali bo=Tibetan ca=Catalan ceb=Cebuano cs=Czech
    cy=Welsh da=Danish de=German el=Greek en=English eo=Esperanto es=Spanish et=Estonian eu=Basque fa=Persian fi=Finnish
    fr=French ga=Irish gd=Gaelic gl=Galician gu=Gujarati gv=Manx he=Hebrew hi=Hindi hr=Croatian ht=Haitian hu=Hungarian
    hy=Armenian id=Indonesian is=Icelandic it=Italian ja=Japanese ka=Georgian km=Khmer kn=Kannada ko=Korean la=Latin
    lo=Lao lt=Lithuanian lv=Latvian mi=Maori mk=Macedonian ml=Malayalam mr=Marathi my=Burmese ne=Nepali nl=Dutch
    no=Norwegian pa=Punjabi pl=Polish pt=Portuguese ro=Romanian ru=Russian si=Sinhala sk=Slovak sl=Slovene sq=Albanian
    sr=Serbian sv=Swedish sw=Swahili syr=Syriac ta=Tamil te=Telugu th=Thai tl=Tagalog tr=Turkish uk=Ukrainian ur=Urdu
    vi=Vietnamese yi=Yiddish zh=Chinese
    """
)
"""The English name of each language by its code (ISO 639)."""


def code_of(language: str) -> str:
    """The code of a language by its code or its English name, in any case; `UNKNOWN` for none that is known."""
    wanted = language.casefold()
    return next((code for code, name in NAMES.items() if wanted in (code, name.casefold())), UNKNOWN)


_SAMPLE = 20_000
_ASCII = lazy_pattern(r"[\x00-\x7f]+")
_NO_LETTERS = bytes(code for code in range(128) if not chr(code).isalpha())
_LEAST = 0.06
"""Share of the words that must be among the commonest of a language, for the text to be in it."""

_SURELY_ENGLISH = 0.3
"""Share of the commonest words of English that no text in another language has: 0.13 is the most that was seen."""

_SCRIPTS: tuple[tuple[str, str], ...] = (
    ("Latin", "A-Za-zÀ-ʯḀ-ỿ"),
    ("el", "Ͱ-ϡϰ-Ͽἀ-῾"),
    ("Cyrillic", "Ѐ-ԯ"),
    ("hy", "԰-֏"),
    ("Hebrew", "א-ת"),
    ("Arabic", "ء-يٱ-ۓ"),
    ("syr", "ܐ-ܯ"),
    ("Devanagari", "\u0904-\u0939"),
    ("bn", "অ-হ"),
    ("pa", "ਅ-ਹ"),
    ("gu", "અ-હ"),
    ("ta", "அ-ஹ"),
    ("te", "అ-హ"),
    ("kn", "ಅ-ಹ"),
    ("ml", "അ-ഹ"),
    ("si", "අ-ෆ"),
    ("th", "ก-ฮ"),
    ("lo", "ກ-ຮ"),
    ("bo", "ཀ-ཬ"),
    ("my", "က-ဪ"),
    ("km", "ក-អ"),
    ("ka", "Ⴀ-ჿ\u1c90-\u1cbf\u2d00-\u2d2d"),
    ("am", "ሀ-ፚ"),
    ("ko", "가-힣"),
    ("kana", "ぁ-ヺ"),
    ("Han", "㐀-鿿"),
)
_WRITTEN_IN = {
    "Latin": (
        "en de fr es it pt nl la sv da no fi pl cs ro hu tr vi "
        "af ca cy eo et eu ga gd gl gv hr ht id is lt lv mi sk sl sq sr sw tl ceb"
    ),
    "Cyrillic": "ru uk bg sr be mk",
    "Hebrew": "he yi",
    "Arabic": "ar fa ur",
    "Devanagari": "hi mr ne",
}
"""Of two whose words a text has as often, the one named first is taken."""


@cache
def _letters() -> Mapping[str, re.Pattern[str]]:
    return {name: re.compile(f"[{letters}]") for name, letters in _SCRIPTS}


@cache
def _lists() -> Mapping[str, str]:
    """The line of each language that has a list of its commonest words."""
    lines = Path(__file__).with_name("stop_words.txt").read_text(encoding="utf-8").splitlines()
    return {code: words for code, _, words in (line.partition(" ") for line in lines) if code != "#"}


def listed() -> Iterable[str]:
    """The languages that have a list of their commonest words."""
    return _lists().keys()


@cache
def stop_words(code: str) -> frozenset[str]:
    """The commonest words of a language, folded; empty where it has no list."""
    words = _lists().get(code, "").split()
    return frozenset(word if word.isascii() and word.isalpha() else fold_word(word) for word in words)


def language_of(body: str) -> str:
    """The code of the language that a body is in; `UNKNOWN` where it cannot be detected."""
    return _told(sample_of(body))


def effective_language(text: Text) -> str:
    """The code of the language of a text: what a reader has set, else what is detected from its body."""
    return text.language or language_of(text.body)


def sample_of(body: str) -> str:
    """The part of a body by which its language is detected."""
    middle = max(0, len(body) // 2 - _SAMPLE // 2)
    return body[middle : middle + _SAMPLE]


@lru_cache(64)
def _told(sample: str) -> str:
    latin = len(sample.encode("ascii", "ignore").translate(None, _NO_LETTERS))
    if 2 * latin > len(sample):
        return _by_words(sample, _written_in("Latin"))
    beyond = _ASCII.sub("", sample)
    counts = {name: len(letters.findall(beyond)) for name, letters in _letters().items()}
    counts["Latin"] += latin
    total = sum(counts.values())
    if not total:
        return UNKNOWN
    script = max(counts, key=lambda name: counts[name])
    if script == "kana" or counts["kana"] * 10 >= counts["Han"] + counts["kana"] > total // 3:
        return "ja"
    if script in NAMES:
        return script
    if script == "Han":  # Korean may write most of its nouns in it
        return "ko" if counts["ko"] * 10 >= counts["Han"] + counts["ko"] else "zh"
    return _by_words(sample, _written_in(script))


@cache
def _written_in(script: str) -> tuple[str, ...]:
    return tuple(_WRITTEN_IN[script].split())


@lru_cache(8)
def words_of(sample: str) -> Counter[str]:
    """How often a sample uses each word, folded; not to be changed."""
    parts, folded = split_words(sample)
    return Counter(map(folded.__getitem__, parts[1::2]))


def _by_words(sample: str, codes: tuple[str, ...]) -> str:
    """The one of some languages whose commonest words the sample uses most."""
    words = words_of(sample)
    total = max(1, words.total())
    if "en" in codes:
        english = sum(words[word] for word in words.keys() & stop_words("en"))
        if english / total >= _SURELY_ENGLISH:
            return "en"  # the lists of the others need not be read
    counts = dict.fromkeys(codes, 0)
    common_in = _common_in(codes)
    for word in words.keys() & common_in.keys():
        for code in common_in[word]:
            counts[code] += words[word]
    best = max(counts, key=lambda code: counts[code])
    return best if counts[best] / total >= _LEAST else UNKNOWN


@cache
def _common_in(codes: tuple[str, ...]) -> Mapping[str, Sequence[str]]:
    """For each word those of some languages among whose commonest it is."""
    found: dict[str, list[str]] = {}
    for code in codes:
        for word in stop_words(code):
            found.setdefault(word, []).append(code)
    return found
