"""What is found in a few books, in which order and how sure it is: who changes a rule of ranking sees what it does."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from zlib import crc32

import pytest
from recorded import same_as_recorded

from tests.unit.test_claims import BRIDGE, CELLO, GOSPELS, REFRAIN
from tests.unit.test_relate import FABLES, RETOLD
from texts.search import Mode, Searchable, concordance, search
from texts.search.build import build_index
from texts.search.index import Index
from texts.segment import passages

DATA = Path(__file__).parent / "data"
TYNDALE = (DATA / "old-spelling" / "tyndale-john.txt").read_text(encoding="utf-8")
LETTERS = (
    "Co-operation cost 3,000 marks; the co-operation of al-Maliki and Maliki, of Nouri and Nuri, was no cooperation.",
    "The U.S. and us: what the mayor's men, the Mayors, and a mayor with 3000 men did in Teheran, or Tehran, in 1822.",
    "“Well-being,” she said, “is being well”; naïve, naive; café and cafe; not able, notable; Qaeda, al-Qa’ida.",
)


def books() -> dict[str, Sequence[str]]:
    """The paragraphs of a few books, in several languages."""
    gospels = json.loads(GOSPELS.read_text(encoding="utf-8"))
    languages = ("ar-plain", "he-plain", "hi", "th", "zh-union", "zh-wenli", "ta", "my")
    of_languages = {
        name: (DATA / "formats-and-languages" / f"{name}.txt").read_text(encoding="utf-8").split("\n\n")
        for name in languages
    }
    return {
        "fables": FABLES,
        "retold": [*RETOLD, REFRAIN],
        "letters": LETTERS,
        "news": [*BRIDGE, *CELLO],
        "mark": gospels["mark"],
        "acts": gospels["acts"],
        "tyndale": TYNDALE[:6000].split("\n\n"),
        **of_languages,
    }


@cache
def library() -> tuple[Searchable, ...]:
    found = []
    for slug, paragraphs in books().items():
        body = "\n\n".join(paragraphs)
        of_body = passages(body, furniture=False)
        found.append(Searchable(slug, body, build_index(body, of_body), of_body))
    return tuple(found)


def hits(query: str, mode: Mode = Mode.FUZZY, *, prefix: bool = False, least: float = 40.0) -> list[object]:
    """The first hits of a query: text, passage, score, and each of its words."""
    bodies = {text.slug: text.body for text in library()}
    found = search(query, library(), mode=mode, prefix_last=prefix, min_score=least, limit=25)
    return [
        [
            hit.text,
            hit.passage,
            round(hit.score, 3),
            " ".join(bodies[hit.text][slice(*word)] for word in hit.words),
        ]
        for hit in found
    ]


QUERIES = {
    kind: queries.split("|")
    for kind, queries in {
        "names": ("Sistani|Nouri|Nuri Maliki|al-Maliki|Teheran|tehran|Qaeda|Jhon|Jerusalem|Jerusalm|Petre"),
        "words": ("mayor|mayor's|wolf|wolves|horn|childern|neighbour|neighbors|cheese oak|us|US|the|of the"),
        "slips": ("chese|sheperd|mil|bels|teh mill|rivre|wlof|scholo|villagers|taht|mountian|recst"),
        "compounds": (
            "cooperation|co operation|co-operation|well being|wellbeing|notable|not able|3000|3,000"
        ),
        "several words": (
            "miller river wheel|river miller|wolves killed sheep|the judge and the miller|"
            "storks school roof spring|he came to the city|kingdom of god|nobody spoke of the wolves|"
            "baptised in the river|children of the river mill"
        ),
        "phrases": (
            '"killed eleven sheep"|"eleven sheep killed"|"wolves came mountains"|"the kingdom of God"|'
            '"river" wheel|"kindom of God" heaven|"piece of cheese" crow|"lost his way home again"|'
            '"he saw the heavens opened"'
        ),
        "old spelling": ("life|word|himself|light|world|which|witness|beginning|came"),
        "other scripts": (
            "耶穌|耶稣對門徒說|神|道與神同在|太初有道|אלהים|דבר|والكلمة|كلمة|الله|परमेश्वर|พระเจ้า|தேவன்"
        ),
    }.items()
}


@pytest.mark.parametrize("kind", QUERIES)
def test_what_is_found(kind: str) -> None:
    made: dict[str, object] = {query: hits(query) for query in QUERIES[kind]}
    same_as_recorded(f"search/{kind.replace(' ', '-')}", made)


@pytest.mark.parametrize("kind", ["names", "words", "compounds", "several words", "other scripts"])
def test_what_is_found_as_typed(kind: str) -> None:
    made: dict[str, object] = {
        f"{mode} {query}": hits(query, mode) for query in QUERIES[kind] for mode in (Mode.EXACT, Mode.WORD)
    }
    same_as_recorded(f"search/as-typed-{kind.replace(' ', '-')}", made)


def test_what_is_found_while_a_word_is_still_typed_or_of_little_likeness() -> None:
    typed = ("s", "sh", "shep", "wolves k", "the riv", "co-op", "al-m", "耶", "الك", "miller wh")
    made: dict[str, object] = {f"{query}…": hits(query, prefix=True) for query in typed}
    made |= {
        f"{query} at 0": hits(query, least=0.0) for query in (*QUERIES["slips"], '"came wolves"', "mill fox")
    }
    made |= {f"{query} at 90": hits(query, least=90.0) for query in ("wolves river", "cheese", "mayors")}
    same_as_recorded("search/typed-and-unlike", made)


def test_a_concordance() -> None:
    made: dict[str, object] = {}
    for query in ("river", "wolf", "God", "耶穌"):
        found = search(query, library(), limit=12)
        lines = (line for width in (9, 40) for line in concordance(found, library(), width))
        made[query] = [[line.left, line.keyword, line.right] for line in lines]
    same_as_recorded("search/concordance", made)


def test_the_index_of_a_text() -> None:
    made: dict[str, object] = {text.slug: crc32(text.index.to_bytes()) for text in library()}
    same_as_recorded("index/texts", made, Index.FORMAT)
