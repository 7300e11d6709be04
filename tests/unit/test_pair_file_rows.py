"""What a row of the list of pairs out of a file says, what narrows the list, and how a row is found again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from store.library import Library
from store.services.pair_judging import dismiss_pair, find_pair, link_pair, tag_pair
from texts.corpus.pairs import Pair, PairSide
from texts.model import Span
from tui.desk.pair_rows import PairChoices

HEARD = "The bells rang. All of the town heard them. Then it was still."
SEEN = "A light was seen. The town saw it. Then it was dark."
LEFT = PairSide("bells", 2, 100, 100 + len(HEARD), HEARD)
RIGHT = PairSide("light", 3, 40, 40 + len(SEEN), SEEN)
PAIR = Pair(LEFT, RIGHT, 71.6)


class Laid:
    """Pairs in the order in which they are listed, as an index of a file gives them."""

    def __init__(self, *pairs: Pair, firsts: Sequence[int] | None = None) -> None:
        self._pairs = pairs
        self.firsts = range(len(pairs)) if firsts is None else firsts

    def __len__(self) -> int:
        return len(self._pairs)

    def pair(self, place: int) -> Pair:
        return self._pairs[place]

    def pairs(self, places: Sequence[int]) -> Iterator[Pair]:
        return map(self.pair, places)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library.db", reader="ada") as opened:
        yield opened


def rows_of(library: Library, *pairs: Pair, ungrouped: bool = True, firsts: Sequence[int] | None = None):  # type: ignore[no-untyped-def]
    ctx = SimpleNamespace(session=SimpleNamespace(library=library))
    return PairChoices(ctx, Laid(*pairs, firsts=firsts), ungrouped=ungrouped)  # type: ignore[arg-type]


def row_of(library: Library, pair: Pair):  # type: ignore[no-untyped-def]
    (row,) = rows_of(library, pair).some([0])
    return row


def test_a_row_says_how_sure_where_and_in_which_sentences(library: Library) -> None:
    heard = Span(100 + HEARD.index("All"), 100 + HEARD.index(" Then"))
    pair = replace(PAIR, left=replace(LEFT, sentence=heard))
    row = row_of(library, pair)
    assert row.cells == ("72", "bells ¶2", "All of the town heard them.", "light ¶3", SEEN, "")
    assert (row.key, row.sign) == ("0", " ")


@pytest.mark.parametrize(
    ("changed", "shown"),
    [
        pytest.param({}, HEARD, id="no sentence is named"),
        pytest.param({"sentence": Span(100, 115), "start": None, "end": None}, HEARD, id="no place is named"),
        pytest.param({"sentence": Span(100, 115)}, "The bells rang.", id="the first sentence"),
        pytest.param({"sentence": Span(90, 115)}, "The bells rang.", id="it begins before the passage"),
        pytest.param({"sentence": Span(144, 190)}, "Then it was still.", id="it ends behind the passage"),
        pytest.param({"sentence": Span(300, 310)}, HEARD, id="it stands elsewhere"),
        pytest.param({"quote": "The\nbells\t  rang."}, "The bells rang.", id="lines are joined"),
    ],
)
def test_the_sentence_of_a_side_is_cut_out_of_its_passage(
    library: Library, changed: dict[str, object], shown: str
) -> None:
    assert row_of(library, replace(PAIR, left=replace(LEFT, **changed))).cells[2] == shown  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changed", "shown"),
    [
        pytest.param({}, "bells ¶2", id="name and passage"),
        pytest.param({"title": "Bells"}, "Bells ¶2", id="the title is its name"),
        pytest.param({"passage": None}, "bells", id="no passage is counted"),
        pytest.param(
            {"title": "The bells rang", "passage": None}, "The bells rang", id="as long as the cell"
        ),
        pytest.param({"title": "The bells rang."}, "The bells … ¶2", id="the number stays whole"),
        pytest.param({"title": "a\x1b[1mb", "passage": None}, "a␛[1mb", id="nothing that a terminal obeys"),
    ],
)
def test_the_name_of_a_text_is_cut_and_never_the_number(
    library: Library, changed: dict[str, object], shown: str
) -> None:
    assert row_of(library, replace(PAIR, left=replace(LEFT, **changed))).cells[1] == shown  # type: ignore[arg-type]


@pytest.mark.parametrize(("size", "shown"), [(0, ""), (2, ""), (3, "3"), (12, "12")])
def test_near_duplicates_are_counted_where_a_pair_stands_for_more_than_itself(
    library: Library, size: int, shown: str
) -> None:
    assert row_of(library, replace(PAIR, group="g", group_size=size)).cells[5] == shown


def test_what_narrows_the_list_is_all_that_a_row_says_and_the_names_and_dates(library: Library) -> None:
    pair = Pair(
        replace(LEFT, title="Bells", date="1863"), replace(RIGHT, quote=f"{'x' * 99}yz", date="May"), 50
    )
    (held,) = rows_of(library, pair).searched(0, 1)
    assert held.split() == [
        "Bells",
        "¶2",
        "bells",
        "1863",
        "light",
        "¶3",
        "May",
        *HEARD.split(),
        "x" * 99 + "y",
    ]
    assert row_of(library, pair).label == held


def test_of_very_many_pairs_only_names_and_dates_narrow_the_list(library: Library) -> None:
    names = ["bells", "¶2", "light", "¶3"]
    for many, words in ((200_000, [*HEARD.split(), *SEEN.split()]), (200_001, [])):
        rows = rows_of(library, PAIR, firsts=range(many), ungrouped=False)
        (held,) = rows.searched(0, 1)
        assert held.split() == [*names, *words]


def test_a_row_is_found_again_by_its_pair_unless_it_is_left_out(library: Library) -> None:
    pairs = [replace(PAIR, score=score) for score in (90.0, 80.0, 70.0, 60.0)]
    every = rows_of(library, *pairs, firsts=[0, 2])
    assert (len(every), [every.find(str(place)) for place in range(5)]) == (4, [0, 1, 2, 3, None])
    firsts = rows_of(library, *pairs, firsts=[0, 2], ungrouped=False)
    assert (len(firsts), [firsts.find(str(place)) for place in range(4)]) == (2, [0, None, 1, None])
    assert [firsts.key(at) for at in range(2)] == ["0", "2"]
    assert [row.cells[0] for row in firsts.some([1, 0])] == ["70", "90"]


@pytest.mark.parametrize(
    ("judge", "sign"),
    [(link_pair, "⇄"), (dismiss_pair, "✗"), (lambda library, found: tag_pair(library, found, ["a"]), "#")],
    ids=["linked", "dismissed", "tagged"],
)
def test_a_sign_says_what_was_said_of_a_pair_once_the_library_is_asked_again(
    library: Library, tmp_path: Path, judge, sign: str
) -> None:  # type: ignore[no-untyped-def]
    sides = []
    for name, body in (("bells", HEARD), ("light", SEEN)):
        (tmp_path / f"{name}.txt").write_text(body)
        sides.append(PairSide(name, 1, 0, len(body), body, path=str(tmp_path / f"{name}.txt")))
    pair = Pair(*sides, 50)
    rows = rows_of(library, pair)
    assert rows.some([0])[0].sign == " "
    judge(library, find_pair(library, pair, tmp_path / "pairs.jsonl"))
    rows.look_again()
    assert rows.some([0])[0].sign == sign
