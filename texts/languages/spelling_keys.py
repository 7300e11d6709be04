"""Keys of words in old spelling, by rules alone: the same for an old form of a word and for that of today.

The rules are those of CAB (Jurish 2012) for German before 1800, and the usage of dictionaries for Latin and French.
English is compared by modern words, in `early_english`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache, lru_cache

_Rule = tuple[str, str]


def rewriting(rules: Sequence[_Rule]) -> Callable[[str], str]:
    """A function that rewrites a word by rules, one after the other: patterns, each with what takes its place."""

    @cache
    def steps() -> list[tuple[re.Pattern[str], str]]:
        # When first used: most texts have no old spelling.
        return [(re.compile(pattern), by) for pattern, by in rules]

    def apply(word: str) -> str:
        for pattern, by in steps():
            word = pattern.sub(by, word)
        return word

    return apply


_NAME = rewriting(
    (
        (r"vv", "w"),
        (r"^h?[iyj](?=[aeiou])", "j"),  # Iesus, Iohn, Hierusalem
        (r"^[uv]", "u"),
        (r"(?<=[aeiouylr])[uv](?=[aeiy])", "v"),
        (r"y", "i"),
        (r"([a-z])\1", r"\1"),
        (r"(?<=..)e$|(?<=[^aeiou])es$", ""),
    )
)


@lru_cache(1 << 14)
def name_key(word: str) -> str:
    """The key of a folded word of a name, the same for its old spellings: Iesus, Jesus."""
    return _NAME(word)


latin_key = rewriting(
    (
        (r"^([mn]i)ch(?=i)", r"\1h"),  # michi, nichil
        (r"v", "u"),
        (r"j", "i"),
        (r"ae|oe", "e"),
        (r"ph", "f"),
        (r"ch", "c"),
        (r"tio|tia", "cia"),
        (r"y", "i"),
    )
)
german_key = rewriting(
    (
        (r"^v(?=[^aeiou])", "u"),  # CAB: vnd
        (r"(?<=[aeiouylr])u(?=[aeiou])", "f"),  # CAB: teuffel
        (r"gleub", "glaub"),  # CAB: eu for au
        (r"([tkl])euff?(?=e[nt]|t)", r"\1auf"),
        (r"heubt", "haupt"),
        (r"^(?:jh?|ih)(?=[mnr])", "ih"),  # jm, jhm, ihm; im is another word
        (r"^j(?=[^aeiou])", "i"),
        (r"th", "t"),  # CAB: thun, rath
        (r"y", "i"),  # CAB: seyn
        (r"(?<=[aou])e", ""),  # ae, oe, ue for umlauts, which folding takes off
        (r"ie", "i"),
        (r"(?<=[aeou])h", ""),  # wol, wohl
        (r"dt|tt|dd|d$", "t"),  # CAB: stad
        (r"mb$|mp(?=t)", "m"),  # CAB: umb, lamb, kompt
        (r"gk(?=eit)", "chk"),  # CAB: herrligkeit
        (r"([a-z])\1", r"\1"),
        (r"ck|c(?=[aoulr])", "k"),
    )
)
french_key = rewriting(
    (
        (r"^sc(?=a)", "s"),  # scavoir
        (r"(?<=[^aeiou])oi(?=s$|t$|ent$)", "ai"),  # étoit
        (r"(?<=[aeiou])s(?=[tmnlpcqj])", ""),  # estre, hospital, tousjours
        (r"ct(?=s?$)", "t"),  # faict, nuict
        (r"(?<=[cv])eu(?=e?s?$)", "u"),  # receu, veu
        (r"ubs$", "us"),  # soubs
        (r"pc", "c"),  # nopces
        (r"y", "i"),
        (r"[zx]$", "s"),  # loix
        (r"([bcdfglmnprst])\1", r"\1"),
    )
)
