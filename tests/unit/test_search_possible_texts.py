"""The index of many texts leaves out only texts that make no difference, and says so in shards that can be merged."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from texts.lexicon import Aliases
from texts.search import Hit, Mode, QueryError, Searchable, possible_texts, search
from texts.search.build import build_index
from texts.search.known_words import KnownWords
from texts.search.old_texts import spelt_as_of_old
from texts.search.shard import FANOUT, LARGEST, SMALLEST, Shard, TextWords, merged, shard_of, to_merge
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
        TextWords(number, text.index.words(), len(text.passages), spelt_as_of_old(text.index))
        for number, text in enumerate(texts)
    ]
    shards = [shard_of(told[:split]), merged([shard_of([each]) for each in told[split:]])]
    return [Shard.from_bytes(shard.to_bytes()) for shard in shards]


def with_index(query: str, texts: Sequence[Searchable], split: int, mode: Mode, prefix: bool) -> list[Hit]:
    shards = sharded(texts, split)
    asked = range(len(texts))
    some = possible_texts(query, shards, asked, mode=mode, prefix_last=prefix, aliases=ALIASES)
    total = sum(number for shard in shards for number in shard.passages)
    chosen = [texts[number] for number in asked if number in some]
    # Of every third text the shards do not tell.
    known = KnownWords(shards, [None if number % 3 == 2 else number for number in asked if number in some])
    given = {"mode": mode, "prefix_last": prefix, "aliases": ALIASES, "passages": total}
    found = search(query, chosen, min_score=0, **given)  # type: ignore[arg-type]
    assert search(query, chosen, min_score=0, known=known, **given) == found  # type: ignore[arg-type]
    return found


ALIASES = Aliases([("share", "portion"), ("Maliki", "Premier")])


@given(
    BODIES, QUERIES, st.integers(0, 7), st.sampled_from([Mode.FUZZY, Mode.EXACT, Mode.WORD]), st.booleans()
)
@example(["fireproof", "fire"], "fire proof", 1, Mode.FUZZY, False)
@example(["fire proof", "kings"], "fireproof", 1, Mode.FUZZY, False)
@example(["fire proof", "kings"], "fire-proof", 1, Mode.FUZZY, False)
@example(["shar", "sharing"], "shar", 1, Mode.FUZZY, True)
@example([f"{TYNDALE} life", "lif"], "life", 1, Mode.FUZZY, False)
@example(["shard", "share", "power"], "sharx", 1, Mode.FUZZY, False)
@example(["道与人同在", "人"], "道与神同在", 1, Mode.FUZZY, False)
def test_what_is_found_is_what_searching_all_texts_finds(
    bodies: list[str], query: str, split: int, mode: Mode, prefix: bool
) -> None:
    texts = texts_of(bodies)
    try:
        wanted = search(query, texts, mode=mode, prefix_last=prefix, aliases=ALIASES, min_score=0)
    except QueryError:
        with pytest.raises(QueryError):
            with_index(query, texts, split, mode, prefix)
        return
    assert with_index(query, texts, split, mode, prefix) == wanted


def test_texts_without_the_words_are_left_out() -> None:
    texts = texts_of(["Sistani spoke", "of cabbages", "Systani too", "kings"])
    shards = sharded(texts, 2)
    assert possible_texts("Sistani", shards, range(4)) == {0, 2}
    assert possible_texts("Sistani", shards, [1, 2, 3]) == {2}
    assert possible_texts("abbage", shards, range(4), mode=Mode.EXACT) == {1}
    assert possible_texts("kings|queens", shards, range(4), mode=Mode.REGEX) == {0, 1, 2, 3}
    assert possible_texts("…", shards, range(4), mode=Mode.EXACT) == {0, 1, 2, 3}, "no word tells"


def test_a_better_spelling_in_a_text_that_is_not_asked_counts_for_nothing() -> None:
    shards = sharded(texts_of(["share", "sherp"]), 1)
    assert possible_texts("share", shards, [0, 1]) == {0}
    assert possible_texts("share", shards, [1]) == {1}


def test_shards_that_are_merged_say_what_they_said() -> None:
    texts = texts_of(["a b", "b c\n\nd", f"{TYNDALE} b"])
    one, both = shard_of([]), sharded(texts, 1)
    assert (list(one.texts), one.size) == ([], 0)
    whole = merged(both)
    number = whole.find("b")
    assert number is not None
    assert list(whole.texts_with(number)) == [0, 1, 2]
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
