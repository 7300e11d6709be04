"""What is told of two texts, held against each other: whoever changes a rule of names or words sees what it changes."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import combinations

import pytest
from recorded import same_as_recorded

from tests.unit.test_compare_across_scripts import ENGLISH, OTHERS
from tests.unit.test_compare_nouns import ALSO_GERMAN, GERMAN, OF_1700
from tests.unit.test_recorded_anchoring import BODIES, edited
from tests.unit.test_relate import FABLES, RETOLD
from texts.compare import (
    Tagged,
    alignment_map,
    collate_passages,
    collate_versions,
    compare,
    coverage,
    names,
    read,
)
from texts.compare.matching_blocks import MatchingBlock, matching_blocks, rising
from texts.compare.similarity import Usage, near
from texts.compare.spelling import are_alike, consonants, variants
from texts.compare.tables import changes, pairs, tables
from texts.compare.to_json import to_json
from texts.model import Span, Text
from texts.relate import Related, relate
from texts.search import Searchable
from texts.search.build import build_index
from texts.search.shard import TextWords, shard_of
from texts.segment import passages


def text(body: str, slug: str, language: str = "") -> Text:
    return Text(slug, slug.title(), "", "", body, passages(body, furniture=False), language)


NEWS = """The Office of Security Cooperation (OSC) told Nouri al-Maliki on Monday that Colonel J. K. Harrow would leave.
Harrow met President Ludwig van Beller in Bethshemesh. "Come," Beller said, "and see the Tower of Iraq and the Levant."

The Kurds and the Sunni Arabs met. A Kurd spoke; the Sunnis and the Arabs did not. Iraq's Supreme Court was closed, and
Iraqis waited. Iraqi soldiers went to Falluja with Isis-held maps, and US-Iran talks began. The US said nothing.

Maria and Mario Abiel lived at Tel Aviv. Mario, said Maria, was in Wales. World War II had ended, and Henry VIII was no
more. Moussa Koussa went to Sebastopol. William and the Williams family read the Times. HARROW WINS AGAIN, it said.

South Korea and North Korea sent Mayor Anna Weller to the University of New Harrow. Alas, Weller fell ill in April.
"Lo, the Lord God is with us," said Father Abel, and Abel wept. The Lord was silent; God was not. U.N. men came.

Shi'ite leaders met Ayatollah Ali Sistani in Najaf. Sistani spoke of co-operation, of a Shiite state, and of Qaeda.
"""
RENEWED = """The OSC told Nuri Maliki that Col. Harrow would leave, and Maliki wept. Joan Kate Harrow saw President
van Beller in Beth-shemesh: Beller said, Come, and see the tower of Iraq. Security Cooperation was a name of theirs.

Kurdish and Sunni leaders met in Fallujah; the Kurds spoke and a Sunni did not. The Supreme Court of Iraq was closed.
Iraqis waited, as an Iraqi does. The United States said little, and America less. Talks of Iran and the U.S. began.

Marya and Mario Abiel lived in Tel-Aviv, in Israel. Musa Kusa went to Sevastopol, and then to Wales. The Williamses read
of World War Two. Weller, the mayor, and Anna were ill. The University of New Harrow is in Korea, South of the river.

Abel said: God is with us, and the Lord too. The Levant, said the United Nations, waits. Isis came to the Levant, and
Isis left it. al-Qaida and the Shia, Sistani said, would not meet; Ali al-Sistani was in Nejef with the Shi’ites.
"""
TWO_OF_EACH = {
    "news": (NEWS, RENEWED),
    "turned": (RENEWED, NEWS),
    "fables": ("\n\n".join(FABLES), "\n\n".join(RETOLD)),
    "German": (GERMAN, ALSO_GERMAN),
    "English of 1700": (OF_1700, OF_1700.replace("Farriner", "Faryner").replace("Order", "Command")),
    "German and English": (GERMAN, NEWS),
    **{name: ("\n\n".join(ENGLISH), "\n\n".join(other)) for name, other in OTHERS.items()},
}


@pytest.mark.parametrize("kind", TWO_OF_EACH)
def test_what_is_told_of_two_texts(kind: str) -> None:
    """All tables, and where each name and run stands."""
    left, right = (text(body, slug) for body, slug in zip(TWO_OF_EACH[kind], ("one", "other"), strict=True))
    marks = [
        Tagged("people/harrow", "one", 1, Span(4, 30)),
        Tagged("court", "one", 1, Span(20, 40)),
        Tagged("court", "other", 1, Span(0, 9)),
        Tagged("people/harrow", "other", 1, Span(9, 12)),
        Tagged("court", "elsewhere", 1, Span(0, 9)),
    ]
    found = compare(left, right, relate(left, right), tagged=marks, linked=[(1, 2)], dismissed={(1, 1)})
    made: dict[str, object] = {
        table.id: [[list(column) for column in table.columns], *(list(map(str, row)) for row in table.rows)]
        for table in tables(found)
    }
    plain = to_json(found)
    made |= {f"plain {name}": plain[name] for name in ("names", "coverage", "reuse", "tags")}
    made["pairs"] = [list(map(str, row)) for row in pairs(found).rows]
    same_as_recorded(f"comparing/{kind.replace(' ', '-')}", made)


SPELLINGS = """
nouri nuri maliki malaki teheran tehran sebastopol sevastopol lugansk luhansk qaeda qaida kaida maria mario marya paul
paula iraq iraqi shochoh socoh jehu yehu moussa musa koussa kusa abel abiel levy levi farriner faryner tschaikowsky
chaikovski tchaikovsky philip filip sarah sara zion sion gogh goch xerxes kserkses anna hanna weller waller stone stoney
ruth rut dhahran dahran ghazi gazi juan iuan wuhan vuhan lee leigh kurd kurds market margit
"""


def test_which_spellings_are_alike() -> None:
    spellings = SPELLINGS.split()
    made: dict[str, object] = {"consonants": {word: consonants(word) for word in spellings}}
    made["alone"] = [
        [one, other] for one, other in combinations(spellings, 2) if variants({one: 1}, {other: 1})
    ]
    two = [*zip(spellings[::2], spellings[1::2], strict=False)]
    made["beside another"] = [
        [one, other] for one, other in combinations(spellings, 2) if are_alike(["abu", one], ["abu", other])
    ]
    made["two words"] = [
        [*one, *other] for one, other in combinations(two, 2) if are_alike(one, (other[0], one[1]))
    ]
    chance = random.Random(3)
    for nth in range(12):
        left, right = (
            {word: chance.choice((1, 2, 4, 5, 9)) for word in chance.sample(spellings, 40)} for _ in "lr"
        )
        made[f"of two texts, {nth}"] = [list(pair) for pair in variants(left, right)]
    same_as_recorded("comparing/spellings", made)


def related(left: int, right: int, score: float) -> Related:
    return Related(left, right, score, Span(0, 1), Span(0, 1))


def some_related(count: int, chance: random.Random) -> list[Related]:
    """Pairs of passages here and there, as many as are asked for, some with equal scores."""
    scores = (12.5, 30.0, 40.0, 71.25)
    return [related(chance.randint(1, 12), chance.randint(1, 9), chance.choice(scores)) for _ in range(count)]


def test_which_passages_have_a_counterpart_and_where_that_is_on_the_map() -> None:
    left, right = (
        text("\n\n".join(f"Passage {n} of {of}." for n in range(of)), slug)
        for of, slug in ((12, "a"), (9, "b"))
    )
    made: dict[str, object] = {}
    for seed in range(8):
        chance = random.Random(seed)
        found_related = some_related(3 * seed, chance)
        links = [(chance.randint(1, 12), chance.randint(1, 9)) for _ in range(seed % 3)]
        found = coverage(left, right, found_related, linked=links, min_score=(30.0, 30.5)[seed % 2])
        sides = [
            [[*covered.counterparts, covered.score] for covered in side] for side in (found.left, found.right)
        ]
        made[f"coverage {seed}"] = [
            *sides,
            found.unsure,
            found.left_share,
            found.right_share,
            *found.shares_at_most,
        ]
        for width, height in ((5, 4), (12, 9), (100, 1)):
            cells = alignment_map(left, right, found_related, width=width, height=height, links=links)
            rows = [[[cell.score, cell.left, cell.right, cell.linked] for cell in row] for row in cells.rows]
            firsts = [
                *map(cells.first_left, range(cells.width)),
                *map(cells.first_right, range(cells.height)),
            ]
            places = [list(cells.place(k, n)) for k, n in ((1, 1), (5, 4), (6, 5), (12, 9))]
            made[f"map {seed} {width}"] = [rows, firsts, places] if seed == 3 else rows
    same_as_recorded("comparing/coverage", made)


@pytest.mark.parametrize(
    ("across", "unsure"),
    [
        ([(k, k) for k in (1, 2, 3, 4, 6, 7, 8, 9)], 1),  # the fifth across from the fifth
        ([(k, k) for k in (1, 2, 3, 4, 6, 7, 8)], 0),  # seven in order are too few
        ([(k, k) for k in range(2, 10)], 1),  # the first across from the first
        ([*((k, k) for k in (1, 2, 3, 4, 6, 7, 8, 9)), (10, 1), (11, 1)], 1),
        ([*((k, k) for k in (1, 2, 3, 4, 6, 7, 8, 9)), (10, 1), (11, 1), (12, 1)], 0),  # not mostly in order
        ([*((k, k) for k in range(1, 7)), (9, 8), (10, 9)], 1),  # two across from one
    ],
)
def test_how_many_more_may_have_a_counterpart(across: list[tuple[int, int]], unsure: int) -> None:
    left, right = (
        text("\n\n".join(f"Passage {n} of {of}." for n in range(of)), slug)
        for of, slug in ((12, "a"), (9, "b"))
    )
    assert coverage(left, right, [related(k, n, 50.0) for k, n in across]).unsure == unsure


def source(slug: str, body: str) -> Searchable:
    parts = passages(body, furniture=False)
    return Searchable(slug, body, build_index(body, parts), parts)


def test_which_texts_are_near() -> None:
    bodies = {
        "news": NEWS,
        "renewed": RENEWED,
        "fables": "\n\n".join(FABLES),
        "retold": "\n\n".join(RETOLD),
        "both": "\n\n".join([*RETOLD[:5], RENEWED]),
        "German": GERMAN,
        "numbers": "1914 1918\n\nand of the",
    }
    texts = [source(*each) for each in bodies.items()]
    told = [TextWords(number, each.index.words(), len(each.passages)) for number, each in enumerate(texts)]
    usage = Usage([shard_of(told[:4]), shard_of(told[4:])])
    made: dict[str, object] = {}
    for one in (texts[0], texts[2], texts[4], texts[6]):
        for passage, most in ((None, None), (None, 4), (None, 2), (1, None), (1, 4)):
            for known in (None, usage):
                found = near(one, texts, passage=passage, most=most, usage=known)
                made[f"{one.slug} {passage} {most} {known is usage}"] = [
                    [each.text, each.similarity, " ".join(each.words)] for each in found
                ]
    same_as_recorded("comparing/near", made)


def shown(
    left: str, right: str, pieces: Sequence[tuple[object, Span | None, Span | None]]
) -> list[list[object]]:
    """What happened to each piece, and its words on either side."""
    return [
        [str(fate), *(span and body[span.start : span.end] for body, span in ((left, mine), (right, its)))]
        for fate, mine, its in pieces
    ]


def test_what_became_of_each_word_of_a_version() -> None:
    made: dict[str, object] = {}
    for name, body in {"harbour": BODIES["harbour"], "news": NEWS}.items():
        for seed in range(20, 28):
            other = edited(body, seed)
            made[f"{name} {seed}"] = [
                [
                    unit.left,
                    unit.right,
                    unit.moved,
                    [list(piece) for piece in shown(body, other, unit.pieces)][:40],
                ]
                for unit in collate_versions(body, other)
                if unit.moved or len(unit.pieces) != 1 or not (unit.left and unit.right)
            ]
    old, new = text(NEWS[:400], "a"), text(edited(NEWS[:400], 5).replace("met", "Met"), "b")
    made["table"] = [
        list(map(str, row)) for row in changes(collate_passages(old.body, new.body), old, new).rows
    ]
    same_as_recorded("comparing/versions", made)


def test_what_two_sequences_have_in_order() -> None:
    chance = random.Random(4)
    made: dict[str, object] = {}
    for nth in range(12):
        ours, theirs = (chance.choices("abcde", k=chance.randint(0, 14)) for _ in "lr")
        made["".join([*ours, "-", *theirs, f" {nth}"])] = [
            list(each) for each in matching_blocks(ours, theirs)
        ]
        pins = [MatchingBlock(k, chance.randint(0, 9), 1) for k in range(nth)]
        made[f"rising {nth}"] = [each.right for each in rising(pins)]
    same_as_recorded("comparing/blocks", made)


ANY_WORDS = """
Nouri Maliki al-Maliki Maliki’s Iraq Iraqi Iraqis the of and and the of the President King Isis Isis-held US
U.S. US-Iran J. K. State Office Office University Supreme Court Harrow Weller Anna Bethshemesh Beth-shemesh
shemesh said, Come Behold April van bin South North Korea II harrow mill the a Kurds Kurd Sunni Arabs Lord God
LORD (OSC) (Isis) “Go Tehran Teheran
"""


def test_which_names_two_texts_of_any_words_have() -> None:
    """Sentences of words that are names, may be, and are none, in any order."""
    words = ANY_WORDS.split()
    made: dict[str, object] = {}
    for seed in range(30):
        chance = random.Random(seed)
        bodies = [
            "\n\n".join(
                " ".join(f"{' '.join(chance.choices(words, k=chance.randint(3, 12)))}." for _ in range(3))
                for _ in range(2)
            )
            for _ in "lr"
        ]
        found = names(*(read(text(body, slug)) for body, slug in zip(bodies, "ab", strict=True)))
        made[f"{seed}"] = "; ".join(
            " = ".join(f"{each.written} {len(each.left)}+{len(each.right)}" for each in name.spellings)
            for name in found
        )
    same_as_recorded("comparing/any-words", made)
