"""The index of many texts leaves out only texts that make no difference, and says so in shards that can be merged."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from texts.lexicon import Aliases
from texts.search import Hit, Index, Mode, QueryError, Searchable, possible_texts, search
from texts.search.build import build_index
from texts.search.known_words import KnownTexts, KnownWords
from texts.search.old_texts import spelt_as_of_old
from texts.search.shard import (
    FANOUT,
    LARGEST,
    MOST_COUNTED,
    SMALLEST,
    Shard,
    TextWords,
    counts_of,
    merged,
    shard_of,
    to_merge,
)
from texts.segment import passages

TYNDALE = "vnto vpon haue hym lyfe thynge wyth sayd whiche selfe"
WORDS = f"""
    the of share power shares shard sharing powre powers co-operation cooperation co operation Cooperate
    Sistani al-Sistani Systani Shia Shiite Maliki’s US us U.S. Straße strasse naïve state-of-the-art
    {TYNDALE} life have thing sonne son 太初有道 耶稣爱你们 耶穌對門徒說 道与神同在 人
    كلمة والكلمة كلمات الحكومة حكومة قال فقال क्षमा कक्ष ईश्वर ईश्वरेर किया की शब्द शब्दों
    예수 예수는 그리스도예수의 하나님의 דבר הדבר והדבר Οὐ ου в начале началу Слово слова
""".split()
WORD = st.sampled_from(WORDS)
BODIES = st.lists(
    st.lists(WORD, max_size=12).map(" ".join)
    | st.lists(WORD, max_size=4).map("\n\n".join)
    | st.just(f"{TYNDALE} god"),
    min_size=1,
    max_size=7,
)


@st.composite
def slips(draw: st.DrawFn) -> str:
    """A word, spelt as it is or with a letter gone, doubled or swapped."""
    word = draw(WORD)
    at = draw(st.integers(0, max(0, len(word) - 2)))
    return draw(
        st.sampled_from(
            [word, word[:at] + word[at + 1 :], word[: at + 1] + word[at:], word[:-1], word.lower()]
        )
    )


QUERIES = (
    st.lists(slips(), min_size=1, max_size=4)
    .map(" ".join)
    .flatmap(lambda words: st.sampled_from([words, f'"{words}"', words.replace(" ", "-")]))
)


def texts_of(bodies: Sequence[str]) -> list[Searchable]:
    found = []
    for number, body in enumerate(bodies):
        parts = passages(body, furniture=False)
        found.append(Searchable(f"text-{number}", body, build_index(body, parts), parts))
    return found


def sharded(texts: Sequence[Searchable], split: int) -> list[Shard]:
    """Shards of the texts by number: those before `split` in one, the others merged from one each."""
    told = [
        TextWords(
            number, text.index.words(), len(text.passages), spelt_as_of_old(text.index), counts_of(text.index)
        )
        for number, text in enumerate(texts)
    ]
    shards = [shard_of(told[:split]), merged([shard_of([each]) for each in told[split:]])]
    return [Shard.from_bytes(shard.to_bytes()) for shard in shards]


class Way(NamedTuple):
    """How to look."""

    mode: Mode = Mode.FUZZY
    prefix: bool = False
    limit: int | None = None
    least: float = 0.0


def found_in(
    query: str,
    texts: Sequence[Searchable],
    way: Way,
    passages: int | None = None,
    known: KnownTexts | None = None,
) -> list[Hit]:
    return search(
        query,
        texts,
        mode=way.mode,
        prefix_last=way.prefix,
        limit=way.limit,
        min_score=way.least,
        aliases=ALIASES,
        passages=passages,
        known=known,
    )


def with_index(query: str, texts: Sequence[Searchable], split: int, way: Way) -> list[Hit]:
    """What is found where shards tell of all texts but every third."""
    shards = sharded(texts, split)
    asked = range(len(texts))
    known = KnownWords(shards, [number for number in asked if number % 3 < 2])
    some = possible_texts(query, known, mode=way.mode, prefix_last=way.prefix, aliases=ALIASES)
    chosen = [number for number in asked if number in some or number % 3 == 2]
    numbers = [number if number % 3 < 2 else None for number in chosen]
    total = sum(number for shard in shards for number in shard.passages)
    return found_in(query, [texts[number] for number in chosen], way, total, KnownTexts(known, numbers))


ALIASES = Aliases([("share", "portion"), ("Maliki", "Premier")])


@given(
    BODIES,
    QUERIES,
    st.integers(0, 7),
    st.builds(
        Way,
        st.sampled_from([Mode.FUZZY, Mode.FUZZY, Mode.EXACT, Mode.WORD]),
        st.booleans(),
        st.sampled_from([None, 1, 2, 5]),
        st.sampled_from([0.0, 40.0, 80.0]),
    ),
)
@example(["fireproof", "fire"], "fire proof", 1, Way())
@example(["fire proof", "kings"], "fireproof", 1, Way())
@example(["fire proof", "kings"], "fire-proof", 1, Way())
@example(["shar", "sharing"], "shar", 1, Way(prefix=True))
@example([f"{TYNDALE} life", "lif"], "life", 1, Way())
@example(["shard", "share", "power"], "sharx", 1, Way())
@example(["道与人同在", "人"], "道与神同在", 1, Way())
def test_what_is_found_is_what_searching_all_texts_finds(
    bodies: list[str], query: str, split: int, way: Way
) -> None:
    texts = texts_of(bodies)
    try:
        wanted = found_in(query, texts, way)
    except QueryError:
        with pytest.raises(QueryError):
            with_index(query, texts, split, way)
        return
    assert with_index(query, texts, split, way) == wanted


def test_texts_without_the_words_are_left_out() -> None:
    texts = texts_of(["Sistani spoke", "of cabbages", "Systani too", "kings"])
    shards = sharded(texts, 2)
    assert possible_texts("Sistani", KnownWords(shards, range(4))) == {0, 2}
    assert possible_texts("Sistani", KnownWords(shards, [1, 2, 3])) == {2}
    assert possible_texts("abbage", KnownWords(shards, range(4)), mode=Mode.EXACT) == {1}
    assert possible_texts("kings|queens", KnownWords(shards, range(4)), mode=Mode.REGEX) == {0, 1, 2, 3}
    assert possible_texts("…", KnownWords(shards, range(4)), mode=Mode.EXACT) == {0, 1, 2, 3}, "no word tells"


FEW_WORDS = st.sampled_from(
    ["river", "mill", "kings", "share", "cooperation", "co-operation", "mills", "the", "rivr", "milk"]
)


@given(
    st.lists(
        st.lists(st.lists(FEW_WORDS, min_size=1, max_size=5).map(" ".join), min_size=1, max_size=3).map(
            "\n\n".join
        ),
        min_size=4,
        max_size=8,
    ),
    st.lists(FEW_WORDS, min_size=2, max_size=3).map(" ".join),
    st.builds(
        Way,
        st.just(Mode.FUZZY),
        st.just(False),
        st.sampled_from([None, 1, 2, 3]),
        st.sampled_from([0.0, 40.0, 60.0, 80.0]),
    ),
)
@example(["cooperation co-operation kings", "cooperation", "kings", "mill"], "cooperation kings", Way())
@example(["river x x x mill\n\nriver", "river mill", "x", "x"], "river mill", Way(limit=1))
@example([*["river"] * 4, "river mill"], "river milk", Way(least=80))
def test_the_best_places_of_several_words_are_the_best_of_all(
    bodies: list[str], query: str, way: Way
) -> None:
    texts = texts_of(bodies)
    every = [hit for hit in found_in(query, texts, Way()) if hit.score >= way.least]
    found = with_index(query, texts, 2, way)
    assert found == found_in(query, texts, way)
    assert [hit.score for hit in found] == [hit.score for hit in every[: way.limit]]
    assert set(found) <= set(every)


class Watched(Searchable):
    """A text that remembers whether it was looked into."""

    __slots__ = ("_kept", "is_opened")

    def __init__(self, text: Searchable) -> None:
        self.slug, self.body, self.passages = text.slug, text.body, text.passages
        self._kept = text.index
        self.is_opened = False

    @property
    def index(self) -> Index:  # type: ignore[override]
        self.is_opened = True
        return self._kept


def opened_for(query: str, texts: Sequence[Searchable], **given: int) -> list[int]:
    """The numbers of the texts that are opened for a query, where shards tell of all."""
    asked = range(len(texts))
    known = KnownTexts(KnownWords(sharded(texts, 3), asked), asked)
    watched = [Watched(text) for text in texts]
    wanted = search(query, texts, **given)  # type: ignore[arg-type]
    passages = sum(len(text.passages) for text in texts)
    assert search(query, watched, passages=passages, known=known, **given) == wanted  # type: ignore[arg-type]
    return [number for number, text in enumerate(watched) if text.is_opened]


def test_a_text_that_cannot_reach_the_least_score_is_not_opened() -> None:
    texts = texts_of([f"the river {'mills' if number in (4, 7) else 'kings'}" for number in range(40)])
    assert opened_for("river mills", texts) == [4, 7]
    assert opened_for("river mills", texts, min_score=0) == list(range(40))
    assert opened_for('"river mills" river', texts, min_score=0) == [4, 7], (
        "nothing is a hit without the phrase"
    )


def test_a_text_that_comes_after_the_limit_is_not_opened() -> None:
    texts = texts_of(["a mill", "some mills", *["the mill, a mill"] * 9])
    assert opened_for("mill", texts, limit=4) == [0, 2, 3]
    assert opened_for("mlil", texts, limit=1) == [0]
    texts = texts_of(["kings, who had to do with mills by the river", *["of the river mills"] * 3])
    assert opened_for("river mills", texts, limit=2) == [0, 1, 2, 3], "any may have both in a row"
    assert opened_for("rivr mils", [*texts, *texts_of(["river"] * 40)], limit=2) == [0, 1, 2, 3]


def test_a_byte_tells_how_often_a_text_has_a_word_or_that_it_has_to_be_asked() -> None:
    (text,) = texts_of(["co-operation " + "mill " * MOST_COUNTED + "river " * (MOST_COUNTED + 1)])
    (shard, _) = sharded([text], 1)
    counts = {shard.word(number): list(shard.counts_with(number)) for number in range(shard.size)}
    assert counts == {"co": [1], "operation": [1], "cooperation": [0], "mill": [255], "river": [0]}
    assert opened_for("cooperation", [text]) == opened_for("river", [text]) == [0]


def test_a_better_spelling_in_a_text_that_is_not_asked_counts_for_nothing() -> None:
    shards = sharded(texts_of(["share", "sherp"]), 1)
    assert possible_texts("share", KnownWords(shards, [0, 1])) == {0}
    assert possible_texts("share", KnownWords(shards, [1])) == {1}


def test_shards_that_are_merged_say_what_they_said() -> None:
    texts = texts_of(["a b", "b c\n\nd", f"{TYNDALE} b"])
    one, both = shard_of([]), sharded(texts, 1)
    assert (list(one.texts), one.size) == ([], 0)
    whole = merged(both)
    number = whole.find("b")
    assert number is not None
    assert list(whole.texts_with(number)) == [0, 1, 2]
    assert list(whole.counts_with(number)) == [1, 1, 1]
    assert list(whole.texts) == [0, 1, 2]
    assert list(whole.passages) == [1, 2, 1]
    assert whole.old == ["", "", "en"]


@pytest.mark.parametrize("damage", [lambda kept: kept[:-4], lambda kept: kept[:-1] + b"?", lambda kept: b""])
def test_a_damaged_shard_says_so(damage) -> None:  # type: ignore[no-untyped-def]
    (shard, _) = sharded(texts_of(["a b c"]), 1)
    with pytest.raises(ValueError, match="index"):
        Shard.from_bytes(damage(shard.to_bytes()))


def test_shards_of_a_size_are_merged_and_large_ones_left_alone() -> None:
    assert to_merge([SMALLEST] * (FANOUT - 1)) == []
    assert to_merge([SMALLEST * FANOUT, *[SMALLEST] * FANOUT]) == [1, 2, 3, 4]
    assert to_merge([LARGEST] * FANOUT) == []
    sizes: list[int] = []
    for _ in range(300):
        sizes.append(SMALLEST)
        while places := to_merge(sizes):
            joined = sum(sizes[place] for place in places)
            sizes = [size for place, size in enumerate(sizes) if place not in places] + [joined]
    assert len(sizes) <= 12
    assert sum(sizes) == 300 * SMALLEST
