"""Records of passim, of TextPAIR and of groups of near-duplicates: what each key of them makes of a pair."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from texts.corpus.common_words import common_words
from texts.corpus.foreign_pairs import shape_of
from texts.corpus.group_members import GroupMember, member_of, member_row, member_to_json
from texts.corpus.json_lines import LineError
from texts.corpus.pairs import Pair, PairSide
from texts.model import Span


def pairs_of(*records: Mapping[str, object]) -> list[Pair]:
    """The pairs of a file with these records."""
    shape = shape_of(records[0])
    assert shape is not None
    found = [pair for record in records for pair in shape.pairs(record)]
    return [*found, *shape.rest()]


ALIGNMENT = {
    "source_filename": "C:\\texts\\speech.v2.txt",
    "source_passage": " four <hi rend='b'>score</hi> ",
    "target_filename": "/texts/courier.txt",
    "target_passage": "four score",
}


def test_a_text_of_textpair_is_called_by_its_file_without_the_ending() -> None:
    (pair,) = pairs_of(ALIGNMENT)
    assert (pair.left.text, pair.right.text, pair.by) == ("speech.v2", "courier", "TextPAIR")
    (pair,) = pairs_of(ALIGNMENT | {"source_filename": "README", "target_filename": "", "target_doc_id": 7})
    assert (pair.left.text, pair.right.text) == ("README", "7")
    with pytest.raises(LineError, match="which text “target_passage” is of"):
        pairs_of(ALIGNMENT | {"target_filename": ""})


def test_tags_in_a_passage_of_textpair_are_no_words_of_it() -> None:
    (pair,) = pairs_of(ALIGNMENT)
    assert (pair.left.quote, pair.right.quote, pair.score) == ("four score", "four score", 100)
    (pair,) = pairs_of(ALIGNMENT | {"source_passage": "a < b"})
    assert pair.left.quote == "a < b"


def test_two_hundred_characters_around_a_passage_of_textpair_are_kept() -> None:
    around = {"source_context_before": "a" + "b" * 200, "source_context_after": "c" * 200 + "d"}
    (pair,) = pairs_of(ALIGNMENT | around)
    assert (pair.left.before, pair.left.after) == ("b" * 200, "c" * 200)


@pytest.mark.parametrize(
    ("similarity", "score"), [("0.5", 50), (0.25, 25), ("1", 100), ("1.5", 1.5), ("87", 87), (0, 0)]
)
def test_a_similarity_of_textpair_is_a_share_or_a_score(similarity: object, score: float) -> None:
    (pair,) = pairs_of(ALIGNMENT | {"similarity": similarity})
    assert pair.score == score


@pytest.mark.parametrize("similarity", ["-1", "101", "near"])
def test_a_similarity_of_textpair_that_is_none_is_refused(similarity: str) -> None:
    with pytest.raises(LineError, match="no number from 0 to 100"):
        pairs_of(ALIGNMENT | {"similarity": similarity})


def test_what_others_call_title_author_and_date_is_found_under_the_first_name_that_says_something() -> None:
    said = {
        "source_title": "Speech",
        "source_creator": "",
        "source_authors": "A. L.",
        "source_year": 1863,
        "source_issue_date": "1863-11-19",
        "source_newspaper": "The Herald",
        "source_url": "https://example.org",
        "target_date": "1864",
    }
    (pair,) = pairs_of(ALIGNMENT | said)
    left = pair.left
    assert (left.title, left.author, left.date) == ("Speech", "A. L.", "1863")
    assert (left.series, left.source) == ("The Herald", "https://example.org")
    assert (pair.right.title, pair.right.date) == ("", "1864")


ALIGNED = {
    "id": "a",
    "id2": "b",
    "s1": "word for word",
    "s2": "word-for-word",
    "begin": 5,
    "end": 18,
    "begin2": 9,
    "end2": 20,
}
LINE = {
    "id": "a",
    "id2": "b",
    "begin": 1,
    "begin2": 2,
    "text": "xyzw",
    "text2": "xyzw",
    "alg": "xyzw",
    "alg2": "xyzw",
}
DOCUMENT = {
    "id": "late",
    "lines": [
        {
            "begin": 3,
            "text": "abcd\n",
            "wits": [{"id": "early", "begin": 40, "alg": "abcd\n", "alg2": "abcd\n"}],
        }
    ],
}


@pytest.mark.parametrize(
    "record",
    [
        ALIGNED | {"s1": "word for words"},
        LINE | {"alg": "xyz"},
        DOCUMENT | {"lines": [{"begin": 3, "wits": [{"id": "x", "begin": 1, "alg": "ab", "alg2": "a"}]}]},
    ],
    ids=["pair", "line", "document"],
)
def test_an_alignment_of_passim_is_equally_long_on_both_sides(record: Mapping[str, object]) -> None:
    with pytest.raises(LineError, match="not equally long"):
        pairs_of(record)


def test_an_alignment_of_passim_scores_what_it_says_it_matches() -> None:
    (pair,) = pairs_of(ALIGNED | {"matches": 11})
    assert pair.score == pytest.approx(100 * 11 / 13)
    (pair,) = pairs_of(ALIGNED | {"matches": 99})
    assert pair.score == 100
    (pair,) = pairs_of(ALIGNED)
    assert pair.score == pytest.approx(100 * 2 * 11 / (13 + 11))
    (pair,) = pairs_of(ALIGNED | {"s1": "", "s2": "", "matches": 0})
    assert pair.score == 0


def test_places_that_passim_does_not_give_are_missed_by_name() -> None:
    for key in ("begin2", "end2"):
        with pytest.raises(LineError, match=f"has no “{key}”"):
            pairs_of(ALIGNED | {key: None})
    with pytest.raises(LineError, match="which text it is of: it has no “id2”"):
        pairs_of(ALIGNED | {"id2": ""})
    (pair,) = pairs_of(ALIGNED | {"id2": "", "uid2": 77})
    assert pair.right.text == "77"


def test_evidence_of_passim_begins_and_ends_with_letters_and_stops_at_gaps() -> None:
    (pair,) = pairs_of(
        ALIGNED | {"s1": "“Four, Three” x-yzab", "s2": "“four, three” xwyzab", "end": 24, "end2": 29}
    )
    assert [each.left for each in pair.evidence] == [(6, 20), (20, 24)]
    assert [each.right for each in pair.evidence] == [(10, 24), (25, 29)]


def test_a_document_of_passim_passes_over_what_is_no_witness() -> None:
    line = {"begin": 3, "text": "abcd\n", "wits": [3, *DOCUMENT["lines"][0]["wits"]]}  # type: ignore[index]
    (pair,) = pairs_of({"id": "late", "lines": ["x", {"wits": 4}, line]})
    assert (pair.left.text, pair.left.span, pair.right.span) == ("early", (40, 45), (3, 8))
    assert pair.score == 0  # nobody says what matches
    with pytest.raises(LineError, match="lines that are no list"):
        pairs_of({"id": "late", "lines": "x"})


def in_cluster(name: str, date: str, **more: object) -> dict[str, object]:
    return {
        "cluster": 5,
        "id": name,
        "uid": name,
        "date": date,
        "begin": 10,
        "end": 14,
        "text": "thaw",
    } | more


def sides_of(*records: Mapping[str, object]) -> list[tuple[str, str]]:
    return [(pair.left.text, pair.right.text) for pair in pairs_of(*records)]


def test_the_source_of_a_cluster_is_its_earliest_with_a_date() -> None:
    cluster = [in_cluster("undated", ""), in_cluster("late", "1864"), in_cluster("early", "1863")]
    assert sides_of(*cluster) == [("early", "undated"), ("early", "late")]


def test_another_number_begins_another_cluster() -> None:
    one, two = in_cluster("a", "1"), in_cluster("b", "2")
    three, four = in_cluster("c", "3", cluster=6), in_cluster("d", "4", cluster=6)
    assert sides_of(one, two, three, four) == [("a", "b"), ("c", "d")]
    assert sides_of(one) == []


@pytest.mark.parametrize(
    ("source", "left"),
    [
        ({"uid": "mid", "begin": 13, "end": 20}, "mid"),
        ({"uid": "mid", "begin": 14, "end": 20}, "early"),  # touches it only
        ({"uid": "late", "begin": 10, "end": 14}, "early"),  # is the passage itself
        ({"uid": "gone", "begin": 10, "end": 14}, "early"),
        (3, "early"),
    ],
)
def test_a_source_is_the_passage_that_has_the_place_named(source: object, left: str) -> None:
    early, mid = in_cluster("early", "1863"), in_cluster("mid", "1864")
    late = in_cluster("late", "1865", src=[source])
    assert sides_of(early, mid, late) == [("early", "mid"), (left, "late")]


def test_a_passage_of_a_cluster_without_a_place_is_refused() -> None:
    with pytest.raises(LineError, match="has no “end”"):
        pairs_of(in_cluster("a", "1", end=None))


SIDE = PairSide("mill", 3, 10, 14, "thaw", title="The Mill", author="A", date="1863", corpus="news")
MEMBER = GroupMember("g1", 3, SIDE)


@pytest.mark.parametrize("member", [MEMBER, GroupMember("g1", 0, PairSide("mill", None, None, None, ""))])
def test_a_passage_of_a_group_comes_back_from_its_record_and_its_row(member: GroupMember) -> None:
    record = member_to_json(member)
    assert member_of(record) == member
    cells = ["" if cell is None else str(cell) for cell in member_row(member)]
    assert member_of(dict(zip(record, cells, strict=True))) == member


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"group": ""}, "does not say which group it is in"),
        ({"text": ""}, "does not say which text it is of"),
        ({"start": None}, "a place in “text”"),
        ({"end": None}, "a place in “text”"),
        ({"group_size": -1}, "a “group_size” that is no whole number"),
    ],
)
def test_a_passage_of_a_group_that_says_too_little_is_refused(
    changes: dict[str, object], reason: str
) -> None:
    with pytest.raises(LineError, match=reason):
        member_of(member_to_json(MEMBER) | changes)


def test_each_passage_of_a_group_is_a_pair_with_the_first() -> None:
    groups = [
        ("g1", "a", "thaw"),
        ("g1", "b", "thaw"),
        ("g1", "c", "thor"),
        ("g2", "d", "x"),
        ("g2", "e", "y"),
    ]
    records = [
        member_to_json(GroupMember(group, 3, PairSide(text, 1, 0, 4, quote))) for group, text, quote in groups
    ]
    found = pairs_of(*records)
    assert [(pair.left.text, pair.right.text, pair.group, pair.group_size) for pair in found] == [
        ("a", "b", "g1", 3),
        ("a", "c", "g1", 3),
        ("d", "e", "g2", 3),
    ]
    assert [pair.score for pair in found] == [100, 50, 0]


def common(left: str, right: str) -> list[tuple[str, str]]:
    places = common_words(left, Span(0, len(left)), right, Span(0, len(right)))
    return [(left[slice(*one)], right[slice(*other)]) for one, other in places]


def test_words_in_common_are_two_in_a_row_or_one_of_six_letters() -> None:
    assert common("the old quay", "THE OLD mill") == [("the old", "THE OLD")]
    assert common("a harbor b", "c Harbor d") == [("harbor", "Harbor")]
    assert common("a quays b", "c quays d") == []
    assert common("it's the sea’s, here", "It's the sea’s! there") == [("it's the sea’s", "It's the sea’s")]


def test_words_in_common_stand_within_the_passages() -> None:
    body = "old quay. old quay. old quay."
    assert common_words(body, Span(10, 19), body, Span(20, 29)) == [((10, 18), (20, 28))]
