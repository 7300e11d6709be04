"""Where quotes go in edited versions of their text: whoever changes a rule of anchoring sees which quotes it moves."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Sequence
from itertools import pairwise

import pytest
from recorded import same_as_recorded

from tests.unit.test_claims import BRIDGE, CELLO, GOSPELS
from tests.unit.test_reanchor import BODY, HARBOUR, LETTER, MAYOR, MILL, SENTENCE, STAYS, at
from texts.model import Span
from texts.reanchor import (
    Placement,
    Quoted,
    find_quotes,
    likely_places,
    occurrences_in_order,
    reanchor_quotes,
)
from texts.reanchor.align import align
from texts.reanchor.folded_body import FoldedBody

MARK: Sequence[str] = json.loads(GOSPELS.read_text(encoding="utf-8"))["mark"]
BODIES = {
    "harbour": BODY,
    "news": "\n\n".join([*BRIDGE, "Read more", *CELLO, "Read more"]),
    "mark": "\n".join(MARK[:8]),
    "lines": "\n".join(re.findall(r"\S.{20,45}?(?=\s|$)", " ".join(MARK[8:11]))),
}


def sentences(words: str) -> list[str]:
    return re.findall(r"\S.*?(?:[.!?;:][”\"]?(?=\s|$)|$)", words)


def rewritten(paragraph: str, kind: str, chance: random.Random) -> list[str]:
    """What an edit of a kind makes of a paragraph: one, two, or none."""
    own = sentences(paragraph) or [paragraph]
    words = paragraph.split(" ")
    one, word = chance.randrange(len(own)), chance.randrange(len(words))
    copy = own[one].split(" ")
    copy[chance.randrange(len(copy))] = "lighthouse"
    instead = chance.choice(("lighthouse", "", "not", f"{words[word]}s", f"in{words[word]}"))
    slips = set(chance.sample(range(len(paragraph)), len(paragraph) // 9))
    found = {
        "word": [" ".join([*words[:word], instead, *words[word + 1 :]])],
        "cut": [" ".join(own[:one] + own[one + 1 :])],
        "copy": [" ".join([*own[: one + 1], own[one], *own[one + 1 :]])],
        "near copy": [" ".join([*own[:one], " ".join(copy), *own[one:]])],
        "swap": [" ".join(chance.sample(own, len(own)))],
        "slips": ["".join("x" if place in slips else letter for place, letter in enumerate(paragraph))],
        "split": [" ".join(own[: one + 1]), " ".join(own[one + 1 :])],
        "turn": [" ".join(reversed(words))],
        "new": ["The committee will meet again in the autumn, when more is known.", paragraph],
        "gone": [],
    }[kind]
    return [each for each in found if each]


KINDS = ("word", "word", "cut", "copy", "near copy", "swap", "slips", "split", "turn", "new", "gone", "move")


def edited(body: str, seed: int) -> str:
    """A version that somebody has edited here and there: words, sentences, paragraphs, or letters everywhere."""
    chance = random.Random(seed)
    joint = "\n\n" if "\n\n" in body else "\n"
    paragraphs = body.split(joint)
    for _ in range(chance.choice((1, 1, 2, 3, 6))):
        place, kind = chance.randrange(len(paragraphs)), chance.choice(KINDS)
        if kind == "move":
            paragraphs.insert(chance.randrange(len(paragraphs)), paragraphs.pop(place))
        else:
            paragraphs[place : place + 1] = rewritten(paragraphs[place], kind, chance)
        paragraphs = paragraphs or ["Nothing is left of it."]
    return joint.join(paragraphs)


def quotes_of(body: str, seed: int) -> list[Quoted]:
    """Words, phrases, sentences and more, from everywhere in a body."""
    chance = random.Random(seed)
    words = [word.span() for word in re.finditer(r"\S+", body)]
    found = []
    for count in (1, 1, 2, 2, 3, 5, 8, 8, 14, 30):
        first = chance.randrange(max(1, len(words) - count))
        found.append(at(body, Span(words[first][0], words[min(first + count, len(words)) - 1][1])))
    return found


def shown(placements: Sequence[Placement]) -> list[object]:
    return [
        [placement.state, *(placement.span or ()), round(placement.confidence, 2)] for placement in placements
    ]


@pytest.mark.parametrize("name", BODIES)
def test_where_quotes_go_in_an_edited_version(name: str) -> None:
    body = BODIES[name]
    made: dict[str, object] = {
        str(seed): shown(reanchor_quotes(body, edited(body, seed), quotes_of(body, seed)))
        for seed in range(40)
    }
    same_as_recorded(f"anchoring/{name}", made)


@pytest.mark.parametrize("name", BODIES)
def test_where_quotes_are_without_the_version_that_they_were_taken_from(name: str) -> None:
    body = BODIES[name]
    made: dict[str, object] = {}
    for seed in range(20):
        new, asked = edited(body, seed), quotes_of(body, seed)
        bare = [Quoted(None, one.quote) for one in asked]
        beside = [Quoted(None, one.quote, one.before, one.after) for one in asked]
        made[str(seed)] = [shown(find_quotes(new, some)) for some in (bare, beside, asked)]
        made[f"{seed} likely"] = [[[*span] for span in spans] for spans in likely_places(new, beside)]
    same_as_recorded(f"anchoring/alone-{name}", made)


def test_what_two_versions_share() -> None:
    made: dict[str, object] = {}
    for name, body in BODIES.items():
        for seed in range(12):
            blocks = align(FoldedBody(body), FoldedBody(edited(body, seed))).blocks
            made[f"{name} {seed}"] = [[*block] for block in blocks]
    same_as_recorded("anchoring/shared", made)


def test_where_a_sentence_goes_that_comes_to_stand_twice() -> None:
    old = STAYS.format(SENTENCE)
    asked = [
        at(old, Span(start, start + length))
        for start in range(old.index("The old"), 130, 9)
        for length in (12, 40, 70)
    ]
    copies = [
        SENTENCE.replace(word, "lighthouse") for word in ("old", "mill", "during the night", "its wheel")
    ]
    news = [f"{copy} {SENTENCE}" for copy in copies] + [f"{SENTENCE} {copy}" for copy in copies]
    news += [f"{one} {two}" for one, two in pairwise(copies)] + copies
    made: dict[str, object] = {new: shown(reanchor_quotes(old, STAYS.format(new), asked)) for new in news}
    same_as_recorded("anchoring/twice", made)


def test_where_quotes_stand_that_are_listed_in_order() -> None:
    made: dict[str, object] = {}
    for seed in range(40):
        chance = random.Random(seed)
        body = "\n".join([HARBOUR, LETTER, MAYOR, HARBOUR, MILL, LETTER])
        starts = sorted(chance.sample([word.start() for word in re.finditer(r"\b\w", body)], 9))
        quotes = [body[start : start + chance.choice((3, 5, 9, 20, 60))].strip() for start in starts]
        made[str(seed)] = [span and [*span] for span in occurrences_in_order(body, quotes)]
    same_as_recorded("anchoring/in-order", made)
