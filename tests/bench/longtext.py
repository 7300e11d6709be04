"""A long text made on the spot: English in the manner of an old novel, the same for the same seed.

It has what makes finding a quote hard: phrases that come again and again, names, quotations, dashes, short headings,
paragraphs from one line to a page. Words are drawn as in real prose, the common ones very often (Zipf's law).
"""

# ruff: noqa: SIM905 -- words are easier to read as words than as a list of strings
from __future__ import annotations

from itertools import accumulate
from random import Random

_NOUNS = """morning house garden letter carriage evening window gentleman daughter village river church captain
    harbour winter fortune marriage servant kitchen candle promise journey winter stranger mountain silence shadow
    market soldier physician widow cousin orchard library portrait battle council minister embassy newspaper rumour
    border army province treaty sermon lantern staircase corridor bridge mill meadow quarrel inheritance manuscript
    voyage island lighthouse fever nurse parlour argument apology secret confession witness magistrate prisoner
    sentence clerk ledger debt coin merchant cargo storm anchor sail sailor tavern fiddle dance music supper wine
    bread table chair mirror curtain fire chimney ash cellar key lock gate lane hedge field plough harvest barn
    horse saddle bridle hound fox forest clearing path stone wall tower bell steeple grave funeral mourner memory
    childhood nursery lesson governess school master pupil book page ink pen handwriting signature seal envelope
    postman parcel ribbon dress shawl bonnet glove ring necklace jewel thief constable pursuit escape""".split()
_ADJECTIVES = """old young quiet dark long narrow cold bitter gentle weary honest proud humble distant foreign
    strange familiar pale heavy bright broken empty crowded ancient modest wealthy poor silent restless patient
    anxious cheerful gloomy solemn sudden terrible little great dusty golden grey crimson faded elegant clumsy
    careless tender stubborn faithful jealous idle learned simple curious melancholy fragile damp splendid dreary
    plain venerable ragged polite severe generous obscure notorious wooden iron""".split()
_VERBS = """crossed remembered forgot answered followed watched admired opened closed described left found lost
    carried refused accepted mended praised feared despised loved sold bought painted counted burned buried
    discovered concealed examined abandoned inherited mentioned suspected avoided disturbed approached regretted
    borrowed returned defended blamed forgave interrupted imagined celebrated neglected surrendered""".split()
_ADVERBS = """slowly|quietly|suddenly|at last|once more|without a word|in haste|with some difficulty|as before
    |by degrees|to her surprise|against his will|that same evening|long afterwards|not without regret""".split(
    "|"
)
_PLACES = """in the {n}|behind the {a} {n}|near the {n} at {P}|on the road to {P}|under the {n}|by the {a} {n}
    |before the {n} of {N}|among the {n}s of {P}|at the end of the {n}|beyond the {n}""".split("|")
_CLAUSES = """the {a} {n} of {N} {v} the {n}|{N} {v} the {a} {n} {p}|the {n} {v} the {n} {p}|{N} and {N} {v} a {a} {n}
    |a {n} {p} {v} the {n} of {P}|it was the {a} {n} {p} that {v} {N}|there was a {a} {n} {p}|nobody {v} the {n} of {P}
    |in those days the {n} was {a} and {a}|{N}, who {v} the {n}, {v} the {a} {n}|the {n} was as {a} as the {n}
    |{d} the {n} {v} {N}|the government of {P} {v} the {n}|{d} {N} {v} the {n} {p}""".split("|")
_JOINTS = (", and ", ", but ", "; ", ", while ", " because ", ", although ", " – ", ", so that ")
_SPEECH = ("“{c},” said {N}.", "“{c}!” cried the {n}.", "{N} answered: “{c}.”", "“{c}?” asked {N}’s {n}.")
_ONSETS = "b br c ch d dr f g gr h j k l m n p pr r s st t th v w".split()
_VOWELS = "a e i o u ea ai ou".split()
_ENDS = "n r l s ck nd rt lling mer ston ford by ham wick den th sby more well".split()


def long_text(words: int, seed: int = 1) -> str:
    """A text of at least so many words in paragraphs with a blank line between them."""
    writer = _Writer(Random(seed))
    paragraphs: list[str] = []
    written = 0
    while written < words:
        paragraph = writer.paragraph(len(paragraphs))
        written += paragraph.count(" ") + 1
        paragraphs.append(paragraph)
    return "\n\n".join(paragraphs) + "\n"


class _Writer:
    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._people = [self._name() for _ in range(150)]
        self._towns = [self._name() for _ in range(80)]
        self._rare = [self._name().lower() for _ in range(1500)]

    def paragraph(self, number: int) -> str:
        """A heading now and then, else one to twelve sentences."""
        if number % 40 == 0:
            return f"CHAPTER {number // 40 + 1}"
        if self._rng.random() < 0.05:
            return self._upper(
                self._filled(self._rng.choice(("the {n} of {P}", "{N} and the {a} {n}", "by {N}")))
            )
        return " ".join(self._sentence() for _ in range(self._rng.randint(1, 12)))

    def _sentence(self) -> str:
        clause = self._upper(self._clause())
        if self._rng.random() < 0.15:
            return self._filled(self._rng.choice(_SPEECH)).replace("{c}", clause)
        while self._rng.random() < 0.4:
            clause += self._rng.choice(_JOINTS) + self._clause()
        return clause + self._rng.choice("....…?!" if self._rng.random() < 0.2 else ".")

    def _clause(self) -> str:
        return self._filled(self._rng.choice(_CLAUSES))

    def _filled(self, pattern: str) -> str:
        for slot, choices in (
            ("{p}", _PLACES), ("{d}", _ADVERBS), ("{n}", _NOUNS), ("{a}", _ADJECTIVES), ("{v}", _VERBS),
            ("{N}", self._people), ("{P}", self._towns),
        ):  # fmt: skip
            while slot in pattern:
                word = self._drawn(choices)
                if slot in ("{n}", "{a}") and self._rng.random() < 0.1:
                    word = self._drawn(self._rare)
                pattern = pattern.replace(slot, word.strip(), 1)
        return pattern.strip()

    def _drawn(self, choices: list[str]) -> str:
        weights = list(accumulate(1 / rank for rank in range(1, len(choices) + 1)))
        return self._rng.choices(choices, cum_weights=weights)[0]

    def _name(self) -> str:
        pick = self._rng.choice
        middle = pick(_VOWELS) + pick("lmnrstvd") if self._rng.random() < 0.5 else ""
        return self._upper(pick(_ONSETS) + middle + pick(_VOWELS) + pick(_ENDS))

    @staticmethod
    def _upper(words: str) -> str:
        return words[:1].upper() + words[1:]
