"""The bar for finding highlights again, on a small sample; `tests/bench/anchoring.py` measures it in full."""

from __future__ import annotations

import sys
from pathlib import Path
from random import Random

import pytest

sys.path.append(str(Path(__file__).parents[1] / "bench"))

import anchoring
import edits
from anchoring import Row, Verdict
from longtext import long_text

from texts.reanchor import State, reanchor_quotes

BODY = long_text(4_000, seed=3)
HIGHLIGHTS = 400


@pytest.mark.parametrize("row", anchoring.ROWS, ids=lambda row: row.name)
def test_highlights_are_found_again(row: Row) -> None:
    tally = anchoring.measure(row, BODY, HIGHLIGHTS, Random(row.name))
    assert tally.share(Verdict.RIGHT) >= row.right
    assert tally.share(Verdict.WRONG) <= row.wrong


@pytest.mark.parametrize("edit", [edits.straightened, edits.wrapped])
def test_typography_leaves_every_highlight_exact(edit: edits.Edit) -> None:
    asked = anchoring.highlights(BODY, HIGHLIGHTS, Random(3))
    edited = edit(edits.Edited.first(BODY), Random(3))
    assert edited.text != BODY
    assert {p.state for p in reanchor_quotes(BODY, edited.text, asked)} == {State.EXACT}


def test_another_document_takes_nothing() -> None:
    tally = anchoring.measure_wrong_document(BODY, long_text(4_000, seed=4), HIGHLIGHTS, Random(1))
    assert tally.share(Verdict.WRONG) <= anchoring.WRONG_DOCUMENT.wrong


@pytest.mark.parametrize("row", anchoring.ROWS, ids=lambda row: row.name)
def test_an_edit_keeps_where_every_letter_came_from(row: Row) -> None:
    edited = row.edit(edits.Edited.first(BODY), Random(2))
    assert len(edited.origins) == len(edited.text)
    kept = [origin for origin in edited.origins if origin != edits.NEW]
    assert len(set(kept)) == len(kept)
    same = sum(BODY[o] == c for o, c in zip(edited.origins, edited.text, strict=True) if o != edits.NEW)
    assert same > 0.85 * len(kept)


def test_a_place_with_other_words_is_judged_wrong() -> None:
    body = "One two three four five six seven eight nine ten eleven twelve thirteen fourteen."
    edited = edits.Edited.first(body)
    judge = anchoring.Judge(edited, len(body))
    asked = anchoring.quoted(body, anchoring.Span(4, 13))
    assert asked.span is not None
    for span, verdict in (((4, 13), "RIGHT"), ((4, 7), "LOOSE"), ((30, 40), "WRONG"), (None, "LOST")):
        placement = anchoring.Placement(span and anchoring.Span(*span), anchoring.State.CHANGED, 50)
        assert judge.verdict(asked.span, placement) is Verdict[verdict]
