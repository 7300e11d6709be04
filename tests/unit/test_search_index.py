"""The index of a text survives being kept, says when it has not, and knows where each word stands."""

from __future__ import annotations

from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from texts.search import Index, Mode, Searchable, build, packed_vocabulary, search
from texts.search.build import build_index
from texts.search.index import Column
from texts.search.packed_vocabulary import Bucket
from texts.search.strings import as_searchable
from texts.segment import passages
from texts.tokens import JOINT, WORD
from texts.typography import fold_word

BODY = "The co-operation of Sistani’s men\n\nand al-Maliki’s; a state-of-the-art plan. Straße, über."


def index_of(*strings: str) -> Index:
    return as_searchable(strings).index


def test_every_word_is_where_the_index_says() -> None:
    searchable = as_searchable(BODY.split("\n\n"))
    index = searchable.index
    assert len(index.tokens) == len(index.starts)
    for token, start in zip(index.tokens, index.starts, strict=True):
        word = WORD.match(BODY, start)
        assert word is not None
        assert index.word(token) == fold_word(word[0])
    assert [index.passage_of(k) for k in range(len(index.tokens))] == [0] * 6 + [1] * 11


def test_an_index_of_the_format_before_is_read_and_one_of_any_other_refused() -> None:
    kept = bytearray(build_index(BODY, passages(BODY)).to_bytes())
    for number in (3, 4, Index.FORMAT, Index.FORMAT + 1):
        kept[:4] = array("I", [number]).tobytes()
        if number in (4, Index.FORMAT):
            assert Index.from_bytes(bytes(kept)).find("cooperation") is not None
        else:
            with pytest.raises(ValueError, match="not an index of this version"):
                Index.from_bytes(bytes(kept))


def test_words_are_found_by_themselves_by_beginning_and_by_part() -> None:
    index = index_of("men mend amend women")
    words = [index.word(number) for number in range(index.size)]
    assert words == ["men", "mend", "amend", "women"]
    assert [index.find(word) for word in (*words, "nem", "m")] == [0, 1, 2, 3, None, None]
    assert [words[k] for k in index.starting_with("men")] == ["men", "mend"]
    assert [words[k] for k in index.containing("men")] == words
    assert [words[k] for k in index.containing("nd")] == ["mend", "amend"]


def test_parts_do_not_run_over_the_edge_of_a_word() -> None:
    assert list(index_of("abc dea").containing("cd")) == []


def test_a_compound_stands_joined_beside_its_parts() -> None:
    index = index_of("A state-of-the-art co-\noperation")
    for joined, position, width in (
        ("stateoftheart", 1, 4),
        ("stateof", 1, 2),
        ("theart", 3, 2),
        ("cooperation", 5, 2),
    ):
        number = index.find(joined)
        assert number is not None
        assert index.count(number) == 0
        assert index.compounds(number) == [position]
        assert index.compound_width(number, position) == width


def test_a_compound_does_not_run_over_the_edge_of_a_passage() -> None:
    assert index_of("co-", "operation").find("cooperation") is None


@pytest.mark.parametrize("strings", [(), ("",), ("", ""), ("–…!", "_ *"), ("\n",)])
def test_a_text_without_words_is_indexed_and_holds_nothing(strings: tuple[str, ...]) -> None:
    searchable = as_searchable(strings)
    again = Index.from_bytes(searchable.index.to_bytes())
    assert again.size == len(again.tokens) == 0
    for mode in Mode:
        assert search("word", [searchable], mode=mode) == []


def test_an_index_cut_short_anywhere_is_refused() -> None:
    data = index_of(BODY).to_bytes()
    for length in range(len(data)):
        with pytest.raises(ValueError, match="build it again"):
            Index.from_bytes(data[:length])
    with pytest.raises(ValueError, match="build it again"):
        Index.from_bytes(data + b"\0")


def test_an_index_with_a_flipped_bit_anywhere_is_refused() -> None:
    data = index_of(BODY).to_bytes()
    for place in range(len(data)):
        for bit in (1, 128):
            with pytest.raises(ValueError, match="build it again"):
                Index.from_bytes(data[:place] + bytes([data[place] ^ bit]) + data[place + 1 :])


@given(st.binary(max_size=200))
def test_noise_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="build it again"):
        Index.from_bytes(data)


@given(st.lists(st.text(st.sampled_from("abCé-’s. \n\u00ad\ud800ß"), max_size=40), max_size=4), st.data())
def test_an_index_kept_as_bytes_answers_as_before(strings: list[str], data: st.DataObject) -> None:
    searchable = as_searchable(strings)
    kept = searchable.index.to_bytes()
    again = Searchable("", searchable.body, Index.from_bytes(kept), searchable.passages)
    assert again.index.to_bytes() == kept
    query = "ab"
    if words := WORD.findall(str(searchable.body)):
        query = " ".join(data.draw(st.lists(st.sampled_from(words), min_size=1, max_size=3)))
    for mode in (Mode.FUZZY, Mode.EXACT, Mode.WORD):
        hits = search(query, [searchable], mode=mode, min_score=0)
        assert search(query, [again], mode=mode, min_score=0) == hits


@given(
    st.integers(1, 4).flatmap(
        lambda size: st.tuples(
            st.sets(st.text("ab\u05d0", min_size=size, max_size=size), max_size=20),
            st.text("ab\u05d0", min_size=size, max_size=size),
            st.integers(0, size),
        )
    )
)
def test_words_of_one_length_are_found_in_the_string_that_they_are_kept_as(
    case: tuple[set[str], str, int],
) -> None:
    words, wanted, letters = sorted(case[0]), case[1], case[2]
    bucket = Bucket(len(wanted), 7, "".join(words))
    for longest in (0, 8_192):  # by halves, and one after the other
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(packed_vocabulary, "_LONG", longest)
            assert bucket.find(wanted) == (7 + words.index(wanted) if wanted in words else None)
    beginning = [7 + place for place, word in enumerate(words) if word.startswith(wanted[:letters])]
    assert list(bucket.starting_with(wanted[:letters])) == beginning
    assert bucket.words(keep=False) == bucket.words() == words
    for rows in (1, 256):  # cut out a few at a time, and all at once
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(packed_vocabulary, "_ROW", rows)
            choices = bucket.choices(keep=False)
            assert [each if isinstance(each, str) else each.decode() for each in choices] == words


@given(
    st.lists(
        st.sampled_from(["naïve", "re-\nsult", "太初", "U.S.", "ʼ", "\n", "\n\n", " ", "don’t"]), max_size=40
    )
)
def test_a_body_that_is_read_in_pieces_has_the_same_index(words: list[str]) -> None:
    body = " ".join(words)
    parts = passages(body, furniture=False)
    whole = build_index(body, parts).to_bytes()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(build, "_PIECE", 1)
        assert build_index(body, parts).to_bytes() == whole


@given(st.text("ab- \n", max_size=40))
def test_parts_are_joined_by_the_same_signs_in_plain_texts_as_in_others(body: str) -> None:
    parts = passages(body, furniture=False)
    plain = build_index(body, parts).to_bytes()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "_HYPHEN", JOINT)
        assert build_index(body, parts).to_bytes() == plain


@given(st.integers(0, 40_000), st.integers(0, 40_000), st.integers(0, 39_999))
def test_a_column_read_piece_by_piece_reads_as_a_whole(start: int, stop: int, place: int) -> None:
    """Pieces of 1,024 numbers at first: slices in the piece at hand, in the next, across two, and over more."""
    numbers = array("I", range(40_000))
    column = Column(numbers.tobytes(), 0, 160_000)
    assert column[place] == place
    assert column[start:stop].tolist() == list(numbers[start:stop])
    assert column[place : place + 40].tolist() == list(numbers[place : place + 40])


class _Read:
    """Bytes that count how often they are read."""

    def __init__(self, data: bytes) -> None:
        self.data, self.times = data, 0

    def __len__(self) -> int:
        return len(self.data)

    def __getitem__(self, part: slice) -> bytes:
        self.times += 1
        return self.data[part]


@pytest.mark.parametrize(("at_once", "times"), [(1 << 14, 3), (0, 7)])
def test_of_a_short_text_all_is_read_in_one_but_places(
    at_once: int, times: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = "The mill burned.\n\nCo-operation of millers."
    kept = build_index(body, passages(body, furniture=False))
    monkeypatch.setattr(packed_vocabulary, "_AT_ONCE", at_once)
    read = _Read(kept.to_bytes())
    index = Index.from_bytes(read)
    number = index.find("cooperation")
    assert number is not None
    assert (index.compounds(number), list(index.bounds), list(index.marks)) == (
        [3],
        [0, 3, 7],
        [0, len(body)],
    )
    assert list(index.tokens) == list(kept.tokens)
    assert read.times == times


def test_a_number_with_its_thousands_set_off_is_one_behind_a_year() -> None:
    assert list(index_of("In 1914 200 000 men came.").containing("200000"))
