"""What the desk works out without its screen: places that go along with a text, a pair from either side, jobs."""

from __future__ import annotations

import asyncio
import threading
from types import SimpleNamespace
from typing import Any

import pytest
from sample_texts import article_text

from store.errors import LibraryError
from texts.model import Span
from tui.desk.background import in_background
from tui.desk.desk_state import DeskState, KeptParts, Sync
from tui.desk.following import keep_sync, kept_sync
from tui.desk.jumps import (
    bring_closed_along,
    bring_jumps_along,
    keep_jumps,
    leave_trace,
    letters_set,
    rename_jumps,
    start_jumps,
)
from tui.desk.multi_span import drop_parts, hold_parts, is_unwritten, parts_in, parts_with
from tui.desk.pair_view import PairView
from tui.desk.viewpoint import offsets_after
from tui.keys.keymap import Continuation
from tui.ui_state import Place
from tui.view.marks import Mark

ONE = "It begins with a plain sentence. A second one of some length follows it."
TWO = "Here the ferry leaves the quay at noon. It comes back in the evening."
THREE = "The council meets on Tuesdays only. Nobody else is let in."
FOUR = "Old nets hang over the wall. They dry in the sun all day."
FIVE = "At last the lighthouse is lit. It is seen from far away."


def body(*passages: str) -> str:
    return "\n\n".join(passages)


WHOLE = body(ONE, TWO, THREE, FOUR, FIVE)


# where offsets are in another version


@pytest.mark.parametrize(
    ("new", "words", "now"),
    [
        pytest.param(body(THREE, ONE, TWO, FOUR, FIVE), "council", "council", id="its passage has moved"),
        pytest.param(
            WHOLE.replace("Nobody else", "No guest"), "council", "council", id="a sentence beside it differs"
        ),
        pytest.param(
            WHOLE.replace("on Tuesdays only", "on Mondays"),
            "council",
            "council",
            id="its own sentence differs",
        ),
        pytest.param(
            body(ONE, TWO, FOUR, FIVE), "council", "Old nets", id="the passage behind, where its own is gone"
        ),
        pytest.param(body(ONE, TWO), "council", "Here", id="the one before, where that is gone too"),
        pytest.param(body(ONE, FIVE), "council", "At last", id="of two that are as far, the one behind"),
        pytest.param(body(FIVE), "council", "At last", id="the last one that is near"),
        pytest.param(body(FOUR, FIVE), "It begins", "Old nets", id="three passages on"),
    ],
)
def test_an_offset_goes_to_its_words_or_to_what_stood_beside_them(new: str, words: str, now: str) -> None:
    (offset,) = offsets_after(article_text(WHOLE), article_text(new), [WHOLE.index(words)])
    assert new[offset : offset + len(now)] == now


def test_four_passages_on_is_no_neighbour() -> None:
    assert offsets_after(article_text(WHOLE), article_text(FIVE), [0, 20, 70]) == [0, 20, len(FIVE) - 1]


def test_offsets_keep_their_place_in_a_sentence_as_far_as_that_goes() -> None:
    old = WHOLE
    new = old.replace("A second one of some length follows it.", "A second one follows.")
    at = old.index("follows it")
    landed = offsets_after(article_text(old), article_text(new), [at + 8, old.index("second")])
    assert [new[offset] for offset in landed] == [".", "s"]


def test_in_a_text_that_has_become_empty_there_is_one_place() -> None:
    assert offsets_after(article_text(WHOLE), article_text(""), [0, 40]) == [0, 0]
    assert offsets_after(article_text(""), article_text(WHOLE), [0]) == [0]


# jumps


class Sessions:
    """Enough of a session for jumps: earlier versions, and what is kept."""

    def __init__(self) -> None:
        self.ui_state = SimpleNamespace(jumps=[], letters={}, jump_versions={}, sync_of_pairs={})
        self.old = article_text(WHOLE, "one")
        self.new = article_text(body(THREE, ONE, TWO, FOUR, FIVE), "one")
        self.library = SimpleNamespace(texts=SimpleNamespace(digest={"one": self.new.sha256}.get))

    def text(self, slug: str) -> object:
        return self.new

    def text_in_version(self, slug: str, digest: str) -> object:
        return self.old if digest == self.old.sha256 else None


def desk(*slugs: str, **more: Any) -> Any:
    """Enough of a desk with these texts on it."""
    sides = [
        SimpleNamespace(number=n, slug=slug, library_slug=slug, text=None) for n, slug in enumerate(slugs)
    ]
    found = {side.slug: side for side in sides}
    return SimpleNamespace(
        session=Sessions(), state=DeskState(), sides=sides, side_of=found.get, name=str.upper, **more
    )


def with_jumps(ctx: Any) -> Any:
    at = [WHOLE.index(words) for words in ("council", "ferry", "Old")]
    jumps = ctx.state.jumps
    jumps.back, jumps.forward = [Place("one", at[0]), Place("two", 5)], [Place("one", at[1])]
    jumps.letters = {"b": Place("one", at[2]), "a": Place("two", 7)}
    jumps.versions = {"one": ctx.session.old.sha256, "two": "0"}
    return jumps


def words_at(jumps: Any, text: Any) -> list[str]:
    places = [*jumps.back, *jumps.forward, *jumps.letters.values()]
    return [text.body[each.offset :][:6].split(" ")[0] for each in places if each.text == "one"]


def test_places_in_a_text_go_along_with_its_words() -> None:
    ctx = desk("one", "two")
    jumps, session = with_jumps(ctx), ctx.session
    bring_jumps_along(ctx, session.old)
    assert words_at(jumps, session.old) == ["counci", "ferry", "Old"]
    bring_jumps_along(ctx, session.new)
    assert words_at(jumps, session.new) == ["counci", "ferry", "Old"]
    assert (jumps.back[1], jumps.letters["a"]) == (Place("two", 5), Place("two", 7))
    assert jumps.versions == {"one": session.new.sha256, "two": "0"}


def test_places_of_a_version_that_is_gone_stay_as_they_are() -> None:
    ctx = desk("one", "two")
    jumps = with_jumps(ctx)
    jumps.versions["one"] = "of no version"
    before = [*jumps.back, *jumps.forward, *jumps.letters.values()]
    bring_jumps_along(ctx, ctx.session.new)
    assert [*jumps.back, *jumps.forward, *jumps.letters.values()] == before
    assert jumps.versions["one"] == ctx.session.new.sha256


@pytest.mark.parametrize(("slugs", "is_moved"), [(("two", "three"), True), (("one", "two"), False)])
def test_a_text_that_is_open_has_been_brought_along_already(slugs: tuple[str, str], is_moved: bool) -> None:
    ctx = desk(*slugs)
    jumps = with_jumps(ctx)
    bring_closed_along(ctx, "one")
    assert (jumps.versions["one"] == ctx.session.new.sha256) is is_moved


def test_places_go_by_the_new_name_of_a_text() -> None:
    ctx = desk("one", "two")
    jumps = with_jumps(ctx)
    rename_jumps(ctx, "one", "uno")
    places = (*jumps.back, *jumps.forward, *jumps.letters.values())
    assert [each.text for each in places] == ["uno", "two", "uno", "uno", "two"]
    assert jumps.versions == {"uno": ctx.session.old.sha256, "two": "0"}
    rename_jumps(ctx, "three", "tre")
    assert sorted(jumps.versions) == ["two", "uno"]


def test_a_jump_leaves_one_trace_and_no_way_forward() -> None:
    text = article_text(WHOLE, "one")
    ctx = desk("one", active=SimpleNamespace(slug="one", text=text, pane=SimpleNamespace(cursor=9)))
    jumps = ctx.state.jumps
    jumps.forward.append(Place("one", 3))
    leave_trace(ctx)
    leave_trace(ctx)
    assert (jumps.back, jumps.forward, jumps.versions) == ([Place("one", 9)], [], {"one": text.sha256})
    jumps.versions["one"] = "as it was"
    ctx.active.pane.cursor = 10
    leave_trace(ctx)
    assert jumps.back == [Place("one", 9), Place("one", 10)]
    assert jumps.versions == {"one": "as it was"}


def test_the_last_hundred_jumps_are_kept_for_the_next_run() -> None:
    ctx = desk("one")
    ctx.state.jumps.back = [Place("one", n) for n in range(101)]
    ctx.state.jumps.letters = {"q": Place("one", 3)}
    keep_jumps(ctx)
    assert ctx.session.ui_state.jumps == [Place("one", n) for n in range(1, 101)]
    again = desk("one")
    again.session = ctx.session
    start_jumps(again)
    assert (again.state.jumps.back[0], again.state.jumps.letters) == (Place("one", 1), {"q": Place("one", 3)})


def test_letters_say_where_they_lead() -> None:
    ctx = desk("one", "two")
    ctx.sides[0].text = article_text(WHOLE, "one")
    with_jumps(ctx)
    ctx.state.jumps.letters["c"] = Place("three", 1)
    assert letters_set(ctx) == [
        Continuation("a", "TWO"),
        Continuation("b", "ONE ¶4"),
        Continuation("c", "THREE"),
    ]


# how the panes of a pair move


def test_how_panes_move_is_kept_for_each_pair_whichever_is_left() -> None:
    ctx = desk("two", "one")
    assert kept_sync(ctx) is Sync.OFF
    ctx.session.ui_state.sync_of_pairs = {f"a{n} b": "follow" for n in range(200)}
    ctx.state.sync.way = Sync.PROPORTIONAL
    keep_sync(ctx)
    kept = ctx.session.ui_state.sync_of_pairs
    assert (len(kept), next(iter(kept)), list(kept)[-1]) == (200, "a1 b", "one two")
    other = desk("one", "two")
    other.session = ctx.session
    assert kept_sync(other) is Sync.PROPORTIONAL
    ctx.state.sync.way = Sync.FOLLOW
    keep_sync(ctx)
    assert len(ctx.session.ui_state.sync_of_pairs) == 200
    assert kept_sync(other) is Sync.FOLLOW
    ctx.session.ui_state.sync_of_pairs = {"one two": "sideways"}
    assert kept_sync(other) is Sync.OFF


# parts


class Drawn:
    """A pane that only knows marks."""

    def __init__(self) -> None:
        self.marks: dict[int, Mark] = {}

    def put_mark(self, mark: Mark) -> None:
        self.marks[mark.id] = mark

    def drop_mark(self, id: int) -> None:
        self.marks.pop(id, None)


def test_parts_belong_to_one_text_and_are_drawn_as_unwritten() -> None:
    ctx = desk("one", "two")
    left, right = ctx.sides
    left.pane, right.pane = Drawn(), Drawn()
    parts = (Span(0, 4), Span(9, 12))
    assert (parts_with(ctx, left, Span(1, 2)), drop_parts(ctx)) == ((), False)
    hold_parts(ctx, left, parts)
    assert (parts_in(ctx, left), parts_in(ctx, right)) == (parts, ())
    assert ctx.state.parts.held
    (mark,) = left.pane.marks.values()
    assert (mark.parts, mark.letter, mark.pending, right.pane.marks) == (parts, "&", True, {})
    assert not is_unwritten(mark)
    assert [is_unwritten(mark._replace(id=id)) for id in (mark.id + 1, -1, 0, 1)] == [
        True,
        True,
        False,
        False,
    ]
    assert parts_with(ctx, left, None) == parts
    assert parts_with(ctx, left, Span(4, 9)) == (Span(0, 12),)
    assert parts_with(ctx, right, Span(4, 9)) == ()
    assert drop_parts(ctx)
    assert left.pane.marks == {}
    assert vars(ctx.state.parts) == vars(KeptParts())


# a pair from either side


def found(left: int, right: int, score: float) -> Any:
    return SimpleNamespace(
        left=left,
        right=right,
        score=score,
        left_sentence=Span(left, left + 1),
        right_sentence=Span(right, right + 1),
    )


class Relations:
    """Three related pairs, of which two stand together."""

    by_meaning = True
    all = (found(1, 2, 90.0), found(1, 3, 50.0), found(2, 3, 70.0))
    left = SimpleNamespace(numbered=[SimpleNamespace(number=n) for n in (1, 2, 3)])
    right = left

    def for_left(self, number: int, *, min_score: float, limit: int | None) -> list[Any]:
        return [each for each in self.all if each.left == number and each.score >= min_score][:limit]

    def for_right(self, number: int, *, min_score: float, limit: int | None) -> list[Any]:
        ordered = sorted(self.all, key=lambda each: -each.score)
        return [each for each in ordered if each.right == number and each.score >= min_score][:limit]

    def beads(self) -> list[tuple[range, range]]:
        return [(range(1, 2), range(2, 4))]

    def pair_numbers(self) -> list[tuple[int, int]]:
        return [(each.left, each.right) for each in self.all]

    def evidence(self, left: int, right: int) -> list[Any]:
        spans = [
            (Span(0, 1), Span(10, 11), 1.0),
            (Span(2, 3), Span(12, 13), 3.0),
            (Span(4, 5), Span(14, 15), 2.0),
        ]
        one = [SimpleNamespace(left=a, right=b, weight=weight) for a, b, weight in spans]
        return one if (left, right) == (1, 2) else []


def pairs_of(found: list[Any]) -> list[tuple[int, int]]:
    return [(each.left, each.right) for each in found]


def view(side: int, *dismissed: tuple[int, int]) -> PairView:
    return PairView(Relations(), side, frozenset(dismissed))  # type: ignore[arg-type]


def test_a_pair_is_seen_from_either_side() -> None:
    left, right = view(0), view(1)
    assert [pairs_of(left.best(n)) for n in (1, 2, 3)] == [[(1, 2), (1, 3)], [(2, 3)], []]
    assert [pairs_of(right.best(n)) for n in (2, 3)] == [[(1, 2)], [(2, 3), (1, 3)]]
    assert pairs_of(left.best(1, 60.0)) == pairs_of(left.best(1, None, 1)) == [(1, 2)]
    assert pairs_of(left.counterparts(1)) == [(1, 2), (1, 3)]
    assert pairs_of(right.counterparts(3)) == [(2, 3), (1, 3)]
    assert pairs_of(left.pairs()) == [(1, 2), (2, 3), (1, 3)]
    assert (left.numbers_related(), right.numbers_related()) == ({1, 2}, {2, 3})
    assert (left.far_number(found(1, 2, 0)), right.far_number(found(1, 2, 0))) == (2, 1)
    assert (left.far_sentence(found(1, 2, 0)), right.far_sentence(found(1, 2, 0))) == (Span(2, 3), Span(1, 2))
    assert left.left_and_right("near", "far") == ("near", "far")
    assert right.left_and_right("near", "far") == ("far", "near")
    assert left.is_by_meaning


def test_evidence_is_that_of_the_near_text_first() -> None:
    left, right = view(0), view(1)
    in_left, in_right = [Span(0, 1), Span(2, 3), Span(4, 5)], [Span(10, 11), Span(12, 13), Span(14, 15)]
    assert left.evidence(1, 2) == left.evidence_of(found(1, 2, 0)) == (in_left, in_right)
    assert right.evidence(2, 1) == right.evidence_of(found(1, 2, 0)) == (in_right, in_left)
    assert left.most_telling(found(1, 2, 0), 2) == [Span(2, 3), Span(4, 5)]
    assert right.most_telling(found(1, 2, 0), 2) == [Span(12, 13), Span(14, 15)]
    assert (left.share_words(found(1, 2, 0)), left.share_words(found(2, 3, 0))) == (True, False)


def test_what_is_dismissed_is_in_nothing_and_leaves_room_for_another() -> None:
    left = view(0, (1, 2))
    assert pairs_of(left.best(1, None, 1)) == [(1, 3)]
    assert pairs_of(left.pairs()) == [(2, 3), (1, 3)]
    assert left.numbers_related() == {1, 2}
    assert view(1, (1, 2)).numbers_related() == {3}


def test_only_what_stands_together_is_a_counterpart_besides_the_best() -> None:
    class Apart(Relations):
        def beads(self) -> list[tuple[range, range]]:
            return [(range(1, 2), range(2, 3)), (range(2, 3), range(3, 4))]

    assert pairs_of(PairView(Apart(), 0, frozenset()).counterparts(1)) == [(1, 2)]  # type: ignore[arg-type]


# jobs in a thread


async def test_a_job_beside_the_desk_gives_its_result_or_raises() -> None:
    def fails() -> None:
        raise LibraryError("it is gone")

    threads = [await in_background(threading.current_thread) for _ in range(2)]
    assert all(thread is not threading.main_thread() and thread.daemon for thread in threads)
    assert await in_background(lambda: None) is None
    with pytest.raises(LibraryError, match="it is gone"):
        await in_background(fails)


async def test_the_result_of_a_job_that_nobody_waits_for_is_dropped() -> None:
    release = threading.Event()
    waiting = asyncio.ensure_future(in_background(release.wait))
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    release.set()
    assert await in_background(lambda: 7) == 7
