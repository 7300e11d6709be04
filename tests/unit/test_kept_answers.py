"""What a library keeps of its texts is what would be made of them today: a change raises the number of its format.

What is kept is used as long as that number stays, so that a change of a formula would reach new texts alone, and the
same question would have two answers. What was made with each number is recorded (`recorded`).
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Sequence
from itertools import islice

import pytest
from recorded import same_as_recorded
from standin_vectors import some_sentences, text_of, translated, vectors_of

from tests.unit.test_claims import BRIDGE, CELLO, ELSEWHERE, GOSPELS, IMPRINT, REFRAIN
from tests.unit.test_relate import ABOUT_SOMETHING_ELSE, FABLES, RETOLD, text
from texts.languages.sentences import sentences
from texts.meaning.across import relate_by_meaning
from texts.meaning.meaning_relations import MEANING_FORMAT, MeaningRelations
from texts.relate import Related, Relations, WhichText, relate
from texts.relate.spans import related_to_span

CHINESE = (
    "那時耶穌從加利利的拿撒勒來，在約但河裡受了約翰的洗。",
    "他從水裡一上來，就看見天裂開了，聖靈彷彿鴿子，降在他身上。",
    "又有聲音從天上來說，你是我的愛子，我喜悅你。",
)
CHINESE_TOO = (
    "當下耶穌從加利利來到約但河，見了約翰，要受他的洗。",
    "耶穌受了洗，隨即從水裡上來，天忽然為他開了。",
    "從天上有聲音說，這是我的愛子，我所喜悅的。",
    "他禁食四十晝夜，後來就餓了。",
)


def salad(seed: int, count: int) -> list[str]:
    """Passages of drawn words, frequent and rare, some with a refrain, some with names that are spelt in two ways."""
    chance = random.Random(seed)
    stems = [
        a + b + c
        for a in ("bar", "lin", "tor", "mes")
        for b in ("ga", "de", "ro")
        for c in ("l", "nt", "sk", "m")
    ]
    names = (("Nouri", "Teheran"), ("Nuri", "Tehran"))[seed % 2]
    found = []
    for number in range(count):
        words = [
            stems[min(int(chance.expovariate(0.08)), len(stems) - 1)] for _ in range(chance.randint(4, 22))
        ]
        if number % 9 == 0:
            words.insert(2, chance.choice(names))
        if number % 4 == 0:
            words.append(f"x{number % 31}y{number // 31}")
        found.append(f"{' '.join(words).capitalize()}.{f' {REFRAIN}' if number % 25 == 3 else ''}")
    return found


def pairs_of_texts() -> dict[str, tuple[Sequence[str], Sequence[str]]]:
    """Passages of two texts each, by what they are to each other."""
    gospels = json.loads(GOSPELS.read_text(encoding="utf-8"))
    mixed = [RETOLD[k] for k in (4, 9, 1, 7, 0, 8, 2, 6, 3, 5)]
    few = [passage for verse in gospels["mark"][:6] for passage in (verse, REFRAIN)]
    return {
        "retold": (FABLES, RETOLD),
        "retold in another order": (FABLES, [*mixed, *ELSEWHERE]),
        "two versions": (gospels["matthew"], gospels["mark"]),
        "other matters": (gospels["mark"][:9], gospels["acts"]),
        "some other matters": (FABLES, [*RETOLD[:4], *ABOUT_SOMETHING_ELSE, *RETOLD[7:]]),
        "an imprint": ([*BRIDGE, IMPRINT], [*CELLO, IMPRINT]),
        "a refrain": (few, [*CELLO, REFRAIN, f"{ELSEWHERE[0]} {REFRAIN}", *BRIDGE, *ELSEWHERE]),
        "told twice": (FABLES[:6], [*FABLES[:6], *FABLES[:3]]),
        "a passage": (BRIDGE[:1], [BRIDGE[0].replace("council", "counoil"), CELLO[0]]),
        "Chinese": (CHINESE, CHINESE_TOO),
        "many passages": (salad(1, 72), salad(2, 68)),
    }


def rounded(numbers: Iterable[float]) -> list[float]:
    return [round(float(number), 4) for number in numbers]


def claimed(relations: Relations) -> list[Related]:
    """The pairs of which anything is claimed, in the order of the texts."""
    return sorted(relations.pairs(1), key=lambda pair: (pair.left, pair.right))


def kept_of(relations: Relations) -> dict[str, object]:
    """What is kept of relations: claims, ranks, and how the words are weighed."""
    findings = relations.findings
    of_words = zip(findings.roots(), findings.weights, findings.rarity, strict=True)
    return {
        "claimed": [
            [pair.left, pair.right, round(pair.score, 2), *pair.left_sentence, *pair.right_sentence]
            for pair in claimed(relations)
        ],
        "similarity": rounded(sorted(findings.similarity, reverse=True)[:120]),
        "words": {root: rounded(numbers) for root, *numbers in islice(of_words, 60)},
    }


def asked_of(relations: Relations) -> dict[str, object]:
    """What is answered out of what is kept: words that pairs share, and the best three passages for each sentence."""
    evidence = [relations.evidence(pair.left, pair.right) for pair in claimed(relations)[:12]]
    found: dict[str, object] = {
        "evidence": [
            [[*each.left, *each.right, each.score, each.weight, each.kind.name] for each in some]
            for some in evidence
        ]
    }
    for side in WhichText:
        body, passages = relations.text(side).body, relations.text(side).passages[:7]
        spans = [span for passage in passages for span in sentences(body, passage.span)[:2]]
        answers = [
            relations.related_to_span(side, span) or related_to_span(relations, side, span, 3)
            for span in spans
        ]
        found[side.name] = [
            [[each.left, each.right, *each.left_sentence, *each.right_sentence] for each in some[:3]]
            for some in answers
        ]
    return found


PAIRS = pairs_of_texts()


@pytest.fixture(scope="module", params=PAIRS)
def by_words(request: pytest.FixtureRequest) -> tuple[str, Relations]:
    left, right = (
        text(some, slug) for some, slug in zip(PAIRS[request.param], ("left", "right"), strict=True)
    )
    return request.param.replace(" ", "-"), relate(left, right)


def test_what_is_related_by_words(by_words: tuple[str, Relations]) -> None:
    kind, relations = by_words
    same_as_recorded(f"words/{kind}", kept_of(relations), Relations.FORMAT)


def test_what_is_asked_of_texts_that_are_related_by_words(by_words: tuple[str, Relations]) -> None:
    kind, relations = by_words
    same_as_recorded(f"asked/{kind}", asked_of(relations))


def test_what_a_text_has_in_common_with_itself() -> None:
    one = text([*FABLES, FABLES[2], REFRAIN, REFRAIN], "one")
    same_as_recorded("words/itself", kept_of(relate(one, one)), Relations.FORMAT)


def translations() -> dict[str, tuple[list[str], list[str]]]:
    """Passages in two languages, by how the second text stands to the first."""
    original = [" ".join(pair) for pair in zip(some_sentences(26), some_sentences(26, seed=4), strict=True)]
    other = [translated(passage) for passage in original]
    merged = [*other[:9], f"{other[9]} {other[10]}", *other[11:]]
    names = ["In 1914 Nouri met Maliki in Teheran. " + passage for passage in FABLES]
    chance = random.Random(3)
    return {
        "in order": (original, merged),
        "some left out": (original, [passage for place, passage in enumerate(other) if place % 4]),
        "in another order": (original, chance.sample(other, len(other))),
        "a few": (original[:5], other[:4]),
        "other matters": (original[:20], [translated(one) for one in some_sentences(20, seed=9)]),
        "one language": (names, [*RETOLD, "Nuri Maliki came to Tehran in 1914."]),
    }


@pytest.fixture(scope="module", params=translations())
def by_meaning(request: pytest.FixtureRequest) -> tuple[str, MeaningRelations]:
    left, right = (
        text_of(slug, some)
        for some, slug in zip(translations()[request.param], ("left", "right"), strict=True)
    )
    return request.param.replace(" ", "-"), relate_by_meaning(left, right, vectors_of(left, right))


def test_what_is_related_by_meaning(by_meaning: tuple[str, MeaningRelations]) -> None:
    kind, relations = by_meaning
    own = {
        "beads": [[one.start, one.stop, other.start, other.stop] for one, other in relations.beads()],
        "parted": relations.sentences.parted,
        "one language": relations.sentences.one_language,
    }
    same_as_recorded(f"meaning/{kind}", kept_of(relations) | own, MEANING_FORMAT)


def test_what_is_asked_of_texts_that_are_related_by_meaning(by_meaning: tuple[str, MeaningRelations]) -> None:
    kind, relations = by_meaning
    same_as_recorded(f"asked-by-meaning/{kind}", asked_of(relations))
