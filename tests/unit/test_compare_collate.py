"""Two wordings held word against word: nothing is lost, what is the same is the same, what moved is told apart."""

from __future__ import annotations

from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_texts import article_text

from texts.articles import articles
from texts.compare import ChangeKind, CollatedPiece, collate, collate_passages, collate_versions
from texts.compare.collate import _tokens
from texts.compare.matching_blocks import MatchingBlock, matching_blocks, rising
from texts.model import Span
from texts.typography import fold_text
from tui.comparison.differences import side_of

WORDING = st.one_of(
    st.text(max_size=60),
    st.lists(
        st.sampled_from(
            ["harbour", "Harbour", "storm", "the", "of", "’s", "–", ",", ".", "\n\n", "🦆", "sails"]
        ),
        max_size=40,
    ).map(" ".join),
)
MARKS = {
    ChangeKind.SAME: "{0}",
    ChangeKind.RESPELLED: "{0}~{1}",
    ChangeKind.CHANGED: "[{0}>{1}]",
    ChangeKind.REMOVED: "[-{0}]",
    ChangeKind.ADDED: "[+{1}]",
    ChangeKind.MOVED: "<{0}>",
}


def shown(left: str, right: str) -> str:
    """The pieces in a line."""
    said = [
        MARKS[piece.fate].format(
            left[slice(*piece.left)] if piece.left else "", right[slice(*piece.right)] if piece.right else ""
        )
        for piece in collate_passages(left, right)
    ]
    return " ".join(said)


def spans(pieces: tuple[CollatedPiece, ...], side: str) -> list[Span]:
    """The spans of one side, in its order."""
    return sorted(span for piece in pieces if (span := getattr(piece, side)) is not None)


@pytest.mark.parametrize(
    ("left", "right", "line"),
    [
        ("The old house", "The old house", "The old house"),
        ("The old house", "The new house", "The [old>new] house"),
        ("The house", "The old house", "The [+old] house"),
        ("The old house", "The house", "The [-old] house"),
        ("“Maliki’s men”", '"Maliki\'s men"', '“Maliki’s~"Maliki\'s men ”~"'),
        ("An Old house", "An old house", "An Old~old house"),
        ("the end", "the end.", "the end [+.]"),
        ("", "new words", "[+new words]"),
        ("old words", "", "[-old words]"),
        ("", "", ""),
        (
            "Ships left the harbour at dawn. Snow fell on the hills.",
            "Snow fell on the hills. Ships left the harbour at dawn.",
            "Ships left the harbour at dawn. <Snow fell on the hills.>",
        ),
        (
            "the cat of the house",
            "a dog of that farm",
            "[the cat of the house>a dog of that farm]",
        ),
    ],
)
def test_a_collation_reads_as_a_person_would_mark_it(left: str, right: str, line: str) -> None:
    assert shown(left, right) == line


def test_two_passages_are_collated_where_they_stand() -> None:
    left, right = "Before. The old house. After.", "The new house. Then more."
    pieces = collate_passages(left, right, Span(8, 22), Span(0, 14))
    said = [
        (left[slice(*p.left)] if p.left else "", right[slice(*p.right)] if p.right else "") for p in pieces
    ]
    assert said == [("The", "The"), ("old", "new"), ("house.", "house.")]


def test_versions_are_collated_without_what_is_equal() -> None:
    for article in articles():
        assert collate(article, article) == ()
    article = articles()[0]
    changed = article.body.replace("Tigris", "river Tigris", 1)
    pieces = collate(article, article_text(changed))
    assert [(piece.fate, changed[slice(*piece.right)]) for piece in pieces if piece.right] == [
        (ChangeKind.ADDED, "river")
    ]


def test_a_moved_paragraph_of_a_long_text_is_one_piece() -> None:
    body = articles()[0].body
    paragraphs = body.split("\n\n")
    moved = "\n\n".join([*paragraphs[:3], *paragraphs[5:], paragraphs[3], paragraphs[4]])
    fates = [piece.fate for piece in collate(article_text(body), article_text(moved))]
    assert fates == [ChangeKind.MOVED]


PARAGRAPHS = [
    "The council of the town has met for the third time since the mill burned down.",
    "A force of just 800 men took the river and the harbour in a single night, it is said.",
    "There are estimated to be about 10,000 people in the valley who want to leave it soon.",
    "Nobody knows what the governor will do when the letters from the capital arrive.",
    "The price of wheat has risen by 1.5 per cent, and that of oil by more than that.",
]


def told(left: list[str], right: list[str]) -> list[tuple[str, str, str]]:
    """Fate, left and right words of what differs between two versions."""
    old, new = article_text("\n\n".join(left)), article_text("\n\n".join(right))
    return [
        (str(p.fate), old.quote(p.left) if p.left else "", new.quote(p.right) if p.right else "")
        for p in collate(old, new)
    ]


def test_paragraphs_are_paired_before_their_words_are() -> None:
    one, two, three, four, five = PARAGRAPHS
    assert told(PARAGRAPHS, [one, three.replace("10,000", "11,000"), two, five]) in (
        [
            ("moved", two, two),
            ("changed", "10,000", "11,000"),
            ("removed", four, ""),
        ],
        [("changed", "10,000", "11,000"), ("moved", two, two), ("removed", four, "")],
    )
    assert told(PARAGRAPHS, [one, two, "Something else.", three, four, five]) == [
        ("added", "", "Something else.")
    ]


def test_a_paragraph_that_was_split_or_joined_has_not_changed() -> None:
    one, two, three, four, five = PARAGRAPHS
    assert told(PARAGRAPHS, [f"{one} {two}", three, four, five]) == []
    assert told([f"{one} {two}", three, four, five], PARAGRAPHS) == []


def test_a_number_is_one_word() -> None:
    old, new = "About 10,000 men, 1.5 of them 3.", "About 10,500 men, 2.5 of them 3."
    changed = [(old[slice(*p.left)], new[slice(*p.right)]) for p in collate_passages(old, new)
               if p.fate is ChangeKind.CHANGED and p.left and p.right]  # fmt: skip
    assert changed == [("10,000", "10,500"), ("1.5", "2.5")]


@given(st.lists(WORDING, max_size=5), st.lists(WORDING, max_size=5), st.randoms(use_true_random=False))
def test_every_token_of_each_version_is_in_one_piece(
    left: list[str], right: list[str], random: Random
) -> None:
    right += left
    random.shuffle(right)
    old, new = "\n\n".join(left), "\n\n".join(right)
    pieces = tuple(piece for unit in collate_versions(old, new) for piece in unit.pieces)
    for body, side in ((old, "left"), (new, "right")):
        found = spans(pieces, side)
        inside = [token.span for span in found for token in _tokens(body, span)]
        assert inside == [token.span for token in _tokens(body, Span(0, len(body)))]


def test_a_text_too_long_for_one_table_is_pinned_together() -> None:
    numbers = [f"word{number}" for number in range(6000)]
    words = [*numbers[:2000], "new", *numbers[2000:4000], *numbers[4001:]]
    pieces = collate(article_text(" ".join(numbers)), article_text(" ".join(words)))
    assert [piece.fate for piece in pieces] == [ChangeKind.ADDED, ChangeKind.REMOVED]


@given(WORDING, WORDING)
def test_every_token_of_each_side_is_in_one_piece(left: str, right: str) -> None:
    pieces = collate_passages(left, right)
    for body, side in ((left, "left"), (right, "right")):
        found = spans(pieces, side)
        inside = [token.span for span in found for token in _tokens(body, span)]
        assert inside == [token.span for token in _tokens(body, Span(0, len(body)))]
        assert all(one.end <= other.start for one, other in pairwise(found))


@given(WORDING, WORDING)
def test_pieces_hold_what_they_say(left: str, right: str) -> None:
    for piece in collate_passages(left, right):
        ours = "".join(left[slice(*piece.left)].split()) if piece.left else None
        theirs = "".join(right[slice(*piece.right)].split()) if piece.right else None
        if piece.fate is ChangeKind.SAME:
            assert ours == theirs
        elif piece.fate in (ChangeKind.RESPELLED, ChangeKind.MOVED):
            assert ours is not None
            assert theirs is not None
            assert fold_text(ours).text == fold_text(theirs).text
        elif piece.fate is ChangeKind.CHANGED:
            assert ours is not None
            assert theirs is not None
            assert ours != theirs
        else:
            assert (ours is None) == (piece.fate is ChangeKind.ADDED)
            assert (theirs is None) == (piece.fate is ChangeKind.REMOVED)


@given(WORDING)
def test_a_wording_is_the_same_as_itself(body: str) -> None:
    assert {piece.fate for piece in collate_passages(body, body)} <= {ChangeKind.SAME}


@given(WORDING, WORDING)
def test_that_nothing_differs_holds_from_either_side(left: str, right: str) -> None:
    alike = {ChangeKind.SAME, ChangeKind.RESPELLED}
    here = {piece.fate for piece in collate_passages(left, right)}
    there = {piece.fate for piece in collate_passages(right, left)}
    assert (here <= alike) == (there <= alike)


def test_each_side_of_two_passages_has_its_own_words_and_what_became_of_them() -> None:
    left, right = "The cat sat there.", "The dog sat."
    pieces = collate_passages(left, right, Span(0, len(left)), Span(0, len(right)))
    sides = (
        side_of(pieces, left, Span(0, len(left)), right=False),
        side_of(pieces, right, Span(0, len(right)), right=True),
    )
    assert ["".join(stretch.words for stretch in side) for side in sides] == [left, right]
    fates = [{stretch.words: stretch.fate for stretch in side if stretch.fate} for side in sides]
    assert (fates[0]["cat"], fates[1]["dog"]) == (ChangeKind.CHANGED, ChangeKind.CHANGED)
    assert fates[0]["there"] is ChangeKind.REMOVED


@st.composite
def two_sequences(draw: st.DrawFn) -> tuple[list[str], list[str]]:
    token = st.sampled_from("abcde")
    return draw(st.lists(token, max_size=30)), draw(st.lists(token, max_size=30))


@given(two_sequences())
def test_blocks_in_order_are_a_longest_common_subsequence(both: tuple[list[str], list[str]]) -> None:
    ours, theirs = both
    blocks = matching_blocks(ours, theirs)
    for block in blocks:
        assert block.size > 0
        assert ours[block.left : block.left_end] == theirs[block.right : block.right_end]
    for one, other in pairwise(blocks):
        assert one.left_end <= other.left
        assert one.right_end <= other.right
        assert (one.left_end, one.right_end) != (other.left, other.right)
    lengths = [[0] * (len(theirs) + 1) for _ in range(len(ours) + 1)]
    for i, mine in enumerate(ours):
        for j, its in enumerate(theirs):
            lengths[i + 1][j + 1] = (
                lengths[i][j] + 1 if mine == its else max(lengths[i][j + 1], lengths[i + 1][j])
            )
    assert sum(block.size for block in blocks) == lengths[-1][-1]


def test_long_sequences_are_pinned_together_by_what_each_has_once() -> None:
    chance = Random(3)
    common = [f"w{number}" for number in range(3000)]
    ours = ["x" if chance.random() < 0.2 else word for word in common]
    theirs = ["y" if chance.random() < 0.2 else word for word in common]
    moved = [f"m{number}" for number in range(8)]
    ours[500:500] = moved
    theirs[2500:2500] = moved
    blocks = matching_blocks(ours, theirs)
    found = {(block.left + k, block.right + k) for block in blocks for k in range(block.size)}
    mine = {word: place for place, word in enumerate(ours)}
    its = {word: place for place, word in enumerate(theirs)}
    kept = {(mine[word], its[word]) for word in common if word in mine and word in its}
    assert found == kept  # all that keeps its order, and nothing of what moved


def test_long_sequences_of_few_words_are_held_together_between_their_pins() -> None:
    """What occurs once on each side parts the rest, piece by piece: nothing of it is lost."""
    words = ["a", "b"] * 1500
    ours, theirs = list(words), list(words)
    ours[1000:1000] = ["pin", "one"]
    theirs[1001:1001] = ["pin", "two"]
    blocks = matching_blocks(ours, theirs)
    assert (1000, 1001) in {(block.left + k, block.right + k) for block in blocks for k in range(block.size)}
    assert sum(block.size for block in blocks) >= 2999


@pytest.mark.parametrize(
    ("places", "chain"),
    [([], []), ([3], [3]), ([3, 2, 1], [1]), ([1, 5, 2, 3, 9, 4], [1, 2, 3, 4]), ([2, 3, 1], [2, 3])],
)
def test_the_longest_chain_that_rises_on_both_sides(places: list[int], chain: list[int]) -> None:
    pins = [MatchingBlock(number, place, 1) for number, place in enumerate(places)]
    assert [pin.right for pin in rising(pins)] == chain
