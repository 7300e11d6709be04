"""A change of what is a passage, or furniture, raises `SEGMENTATION`: what a library keeps was told by that number."""

from __future__ import annotations

import random
import textwrap
from collections.abc import Sequence

import pytest
from recorded import same_as_recorded

from store.segmentation import SEGMENTATION
from tests.unit.test_boilerplate import (
    ARTICLE,
    AUTHOR,
    CALL,
    FORM,
    HEADS,
    NOT_PAGES,
    TAILS,
    TITLE,
    novel,
    prose,
)
from texts.segment import passages

LINES = (
    *ARTICLE, *ARTICLE, TITLE, AUTHOR, CALL, CALL[:60], *FORM, *(line for part in (*HEADS, *TAILS) for line in part),
    "* * *", "- an item", "Monday 3 March 2024", "By Jane Doe", "The Quay\nHarbour Street", "© 1999 Ann Ash",
    "Copyright 2024 The Gazette", "Advertisement", "Subscribe now", "Story of a quay", "“Yes.”", "He was silent,",
)  # fmt: skip


def told(paragraphs: Sequence[str]) -> str:
    """A sign for each passage of a body: `.` where it is furniture."""
    return "".join("." if passage.is_furniture else "x" for passage in passages("\n\n".join(paragraphs)))


def mixed(seed: int) -> list[str]:
    """A page of drawn lines, with an article in it or pieces of one."""
    chance = random.Random(seed)
    inner = [prose(chance.choice((60, 99, 100, 101, 180, 400))) for _ in range(chance.randint(0, 5))]
    around = [chance.sample(LINES, chance.randint(0, 9)) for _ in range(2)]
    cut = chance.randint(0, len(inner))
    between = chance.sample(LINES, chance.choice((0, 0, 1, 1, 2, 3)))
    return [*around[0], *inner[:cut], *between, *inner[cut:], *around[1]] or [TITLE]


@pytest.mark.parametrize("tens", range(6))
def test_which_lines_of_mixed_pages_are_furniture(tens: int) -> None:
    made: dict[str, object] = {str(seed): told(mixed(seed)) for seed in range(40 * tens, 40 * tens + 40)}
    same_as_recorded(f"passages/mixed-{tens}", made, SEGMENTATION)


def test_which_lines_of_what_is_no_page_or_a_short_one_are_furniture() -> None:
    made: dict[str, object] = {kind: told(paragraphs[:60]) for kind, paragraphs in NOT_PAGES.items()}
    made["novel"] = told(novel(1, 3))
    made |= {
        f"{len(head)} {tail[:1]}": told([*head, TITLE, *ARTICLE, *tail]) for head in HEADS for tail in TAILS
    }
    same_as_recorded("passages/pages", made, SEGMENTATION)


def set_in_lines(seed: int) -> str:
    """Prose, verse, lists and headings, set at a width or in lines of their own, with blank lines or without."""
    chance = random.Random(seed)
    parted = chance.choice(("\n\n", "\n\n", "\n", "\n \t\n"))
    pieces = []
    for _ in range(chance.randint(1, 6)):
        words = " ".join(chance.sample(ARTICLE, chance.randint(1, 3)))
        width = chance.choice((26, 29, 30, 31, 40, 72, 100, 149, 150, 160))
        lines = textwrap.wrap(words, width)
        kind = chance.choice(("wrapped", "wrapped", "moved", "line", "verse", "heading", "list"))
        if kind == "moved":  # a hand has changed a word since
            at = chance.randrange(len(lines))
            lines[at] = lines[at][: chance.randint(9, width)]
        if kind == "verse":
            lines = [line.capitalize() for line in textwrap.wrap(words[:200], 33)]
        if kind == "list":
            lines = [f"{chance.choice(('-', '#', '##', '1.'))} {line}" for line in lines[:3]]
        pieces.append({"line": words, "heading": f"## {words[:40]}"}.get(kind, "\n".join(lines)))
    return parted.join(pieces)


def test_where_passages_of_set_texts_begin_and_end() -> None:
    made: dict[str, object] = {
        str(seed): [[*passage.span] for passage in passages(set_in_lines(seed), furniture=False)]
        for seed in range(120)
    }
    same_as_recorded("passages/set-in-lines", made, SEGMENTATION)
