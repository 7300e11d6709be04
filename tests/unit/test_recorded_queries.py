"""What is found by queries that were drawn: words of the texts, misspelt, swapped, joined, quoted, cut short.

`test_recorded_search` asks what readers ask; these hold what seldom comes together.
"""

from __future__ import annotations

import random
from functools import cache

import pytest
from recorded import same_as_recorded

from tests.unit.test_claims import BRIDGE, CELLO, REFRAIN
from tests.unit.test_recorded_search import LETTERS, TYNDALE
from tests.unit.test_relate import FABLES, RETOLD
from texts.search import Mode, QueryError, Searchable, search
from texts.search.build import build_index
from texts.segment import passages

SCRIPTS = (
    "הספר בספר והספר ספרים של המלך; מלך ומלכה, למלך.",
    "الكتاب وكتاب بالكتاب كتابها كتابی خانه‌ها خانه والبيت بيت",
    "학교에서 학교 학교는 대학교 물이 물을 사람들에게 사람",
    "राम ने रामायण पढ़ी, रामों को, किताब किताबें किताबों में",
    "港口建於一八二二年，海港的人 港口 вода воды воде Путин Путина",
)
BODIES = {
    "fables": "\n\n".join((*FABLES[:6], REFRAIN, REFRAIN)),
    "retold": "\n\n".join((*RETOLD[:6], "Share this", "Read more")),
    "letters": "\n\n".join((*LETTERS, *SCRIPTS)),
    "news": "\n\n".join(
        (*BRIDGE, *CELLO, "co-operate wellbeing and the mayors of Tehran; US troops, us too.")
    ),
    "tyndale": TYNDALE[:2500],
}
Chance = random.Random


@cache
def library() -> tuple[Searchable, ...]:
    found = []
    for slug, body in BODIES.items():
        of_body = passages(body, overrides={body.index("\n\n") + 2: slug == "news"})
        found.append(Searchable(slug, body, build_index(body, of_body), of_body))
    return tuple(found)


def misspelt(chance: Chance, word: str) -> str:
    at = chance.randrange(len(word))
    return chance.choice(
        (
            word, word, word.lower(), word.upper(), word.capitalize(), word[:at] + word[at + 1 :] or word,
            word[:at] + word[at + 1 : at + 2] + word[at : at + 1] + word[at + 2 :],
            word[:at] + chance.choice("aeiouxs") + word[at + 1 :], word[:at] + chance.choice("aeioths") + word[at:],
            word[:at] + "-" + word[at:], word + "s", word[1:] or word, word[: at + 1], word[at:] + word[:at],
        )
    )  # fmt: skip


def drawn(chance: Chance) -> str:
    """Some words of a text, in a row or not, each as it is or misspelt, some of them in quotes."""
    words = BODIES[chance.choice(list(BODIES))].split()
    at, count = chance.randrange(len(words) - 4), chance.choice((1, 1, 1, 2, 2, 3, 4))
    chosen = words[at : at + count] if chance.random() < 0.6 else chance.sample(words, count)
    if chance.random() < 0.2:
        chosen.insert(chance.randrange(len(chosen) + 1), chance.choice(("the", "of", "and", "xyzzy", "in")))
    chosen = [misspelt(chance, word) if chance.random() < 0.35 else word for word in chosen]
    if chance.random() < 0.15:
        chosen.reverse()
    if chance.random() < 0.25:
        first = chance.randrange(len(chosen))
        chosen[first] = '"' + chosen[first]
        chosen[-1] += '"'
    return chance.choice((*" " * 8, "  ", "-", "")).join(chosen)


@pytest.mark.parametrize("piece", range(4))
def test_what_drawn_queries_find(piece: int) -> None:
    made: dict[str, object] = {}
    bodies = {text.slug: text.body for text in library()}
    for seed in range(70 * piece, 70 * (piece + 1)):
        chance = Chance(seed)
        query = drawn(chance)
        least, limit = chance.choice((0.0, 20.0, 40.0, 40.0, 60.0, 85.0)), chance.choice((1, 2, 5, 5, 12))
        mode = chance.choice((Mode.FUZZY,) * 6 + (Mode.EXACT, Mode.WORD))
        prefix, furniture = chance.random() < 0.3, chance.random() < 0.3
        try:
            found = search(
                query,
                library(),
                mode=mode,
                min_score=least,
                limit=limit,
                furniture=furniture,
                prefix_last=prefix,
            )
        except QueryError as error:
            made[f"{seed} {query}"] = str(error)
            continue
        made[f"{seed} {query}"] = [
            [
                f"{hit.text} {hit.passage}",
                round(hit.score, 3),
                " ".join(bodies[hit.text][slice(*word)] for word in hit.words),
            ]
            for hit in found
        ]
    same_as_recorded(f"search/drawn-{piece}", made)
