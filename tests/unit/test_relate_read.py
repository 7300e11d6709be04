"""Texts whose words are read once, for many others, are related as two texts are: to the last bit."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from texts.languages.morphology import morphology_of
from texts.load import load_bytes
from texts.relate import relate
from texts.relate.relating import read_words, relate_read

WORDS = st.sampled_from(
    [
        "mill",
        "Mill",
        "burned",
        "IAEA",
        "the",
        "Nouri",
        "Nuri",
        "co-operate",
        "of",
        "1866",
        "Harrow.",
        "river\n\n",
    ]
)


@given(st.lists(WORDS, min_size=1, max_size=60), st.lists(WORDS, min_size=1, max_size=60))
def test_what_is_read_apart_is_related_as_what_is_read_together(one: list[str], other: list[str]) -> None:
    left, right = (load_bytes(" ".join(words).encode(), "a.txt") for words in (one, other))
    morphology = morphology_of((left, right))
    apart = relate_read(read_words(left, morphology), read_words(right, morphology), morphology)
    assert apart.to_bytes() == relate(left, right).to_bytes()
