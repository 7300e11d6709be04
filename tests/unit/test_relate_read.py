"""Texts whose words are read once, for many others, are related as two texts are: to the last bit."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from texts.languages.morphology import morphology_of
from texts.load import load_bytes
from texts.relate import relate
from texts.relate.relating import OneWithOthers, read_words, relate_read

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


@given(st.lists(st.lists(WORDS, min_size=1, max_size=30), min_size=2, max_size=4))
def test_one_text_is_related_with_others_as_with_each_alone(bodies: list[list[str]]) -> None:
    one, *others = (load_bytes(" ".join(words).encode(), "a.txt") for words in bodies)
    relater = OneWithOthers(one)
    for other in others:
        assert relater.relate(one, other).to_bytes() == relate(one, other).to_bytes()


def test_one_text_is_read_once_for_others_in_its_language_and_anew_for_those_in_another() -> None:
    english, german = (
        [load_bytes((sentence * n).encode(), "a.txt") for n in (1, 2)]
        for sentence in (
            "The mill of the town and the river that was there had been burned by them. ",
            "Die Mühle der Stadt und der Fluss, der dort war, sind nicht mit dem Haus verbrannt. ",
        )
    )
    relater = OneWithOthers(english[0])
    for other in (english[1], german[0], english[1], german[1]):
        assert relater.relate(english[0], other).to_bytes() == relate(english[0], other).to_bytes()
    assert len(relater._read) == 2


def test_what_is_not_the_one_text_is_related_too() -> None:
    one, other = (load_bytes(words.encode(), "a.txt") for words in ("The mill burned.", "A mill was burned."))
    assert OneWithOthers(one).relate(other, one).to_bytes() == relate(other, one).to_bytes()
